"""The statutes: drug amounts, the penalty ladder, other sections, firearm counts, classes, the safety valve.

Read once from `statutes/<table>/<date>.toml`; each file follows the day the offense ended and says so. Terms
are exact, money is whole dollars. A file that is not as it must be raises `LawError` naming file and row.
Source: 21 U.S.C. 841 to 861, 960, 962, 963; 18 U.S.C. 924(c), 3013, 3553, 3559, 3571, 3583.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from calculator.law.schema import LawError, Row, Tables
from calculator.units import LIFE, Quantity, Term, UnitError

__all__ = [
    "Amounts",
    "Class",
    "Classes",
    "Doubt",
    "Firearm",
    "Firearms",
    "Ladder",
    "Multiplied",
    "Outside",
    "OwnRow",
    "Paragraph",
    "Penalty",
    "SafetyValveLaw",
    "Section",
    "Sections",
    "Statutes",
    "Threshold",
    "Times",
    "ValveTest",
]

HOMES = ("841", "960")
MEASURES = ("mixture", "pure", "plants")
NOTHING = Term()


@dataclass(frozen=True, slots=True)
class Threshold:
    """For one substance and measure: (tier, at least so much, citation), gravest first. Grams, or plants."""

    measure: str
    steps: tuple[tuple[str, Decimal, str], ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A substance that may also count as another: said, never applied."""

    may_be: str
    words: str
    cite: str


@dataclass(frozen=True, slots=True)
class Penalty:
    """One row of the ladder: terms of prison and supervised release, the listed fine in dollars.

    `release_maximum` is None where the paragraph itself states none. `title_18_times` is how often the fine
    of title 18 is allowed ("twice that authorized in accordance with the provisions of title 18").
    """

    minimum: Term
    maximum: Term
    fine: int
    title_18_times: int
    release_minimum: Term
    release_maximum: Term | None
    cite: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of 841(b) with its twin in 960(b). `rank` 0 is the gravest; `rows` by case ("base", …)."""

    tier: str
    rank: int
    prior: str
    displaces_3583: bool
    bars_probation: str
    cites: Mapping[str, str]
    rows: Mapping[str, Penalty]


@dataclass(frozen=True, slots=True)
class Section:
    """A section one can be charged under, and what the reader sees of it."""

    section: str
    title: str
    cite: str
    home: str = "841"


@dataclass(frozen=True, slots=True)
class Times:
    """How a section multiplies the ladder, its own minimum, and the grams of marijuana that escape it."""

    times: int
    of_first_offense: bool
    minimum: Term
    maximum: Term | None
    small_marihuana: Decimal | None
    cite: str


@dataclass(frozen=True, slots=True)
class Multiplied:
    """849, 859, 860 or 861. `again` is None where the text of the repeat penalty is not modelled."""

    section: Section
    first: Times
    again: Times | None
    bars_probation: str
    bar_cite: str
    further: str
    further_cite: str


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A penalty of a section's own. `fine` is 0 where the section names none."""

    minimum: Term
    maximum: Term
    fine: int
    fine_minimum: int
    cite: str


@dataclass(frozen=True, slots=True)
class Class:
    """A class of offense by its longest term: at least `bound`, or more than it."""

    name: str
    bound: Term | None
    or_more: bool
    felony: bool
    cite: str


@dataclass(frozen=True, slots=True)
class Firearm:
    """One kind of 924(c) count: the term that is added, and the one after a final 924(c) conviction."""

    words: str
    minimum: Term
    after_prior: Term
    cite: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A section that is known but not modelled: why, and what to ask a lawyer."""

    why: str
    ask: str
    cite: str


@dataclass(frozen=True, slots=True)
class ValveTest:
    """One test of the safety valve; `most` where it counts something."""

    name: str
    most: int
    cite: str


@dataclass(frozen=True, slots=True)
class SafetyValveLaw:
    """18 U.S.C. 3553(f): the sections it names, its seven tests by key, and what it and 3553(e) lift."""

    covered: frozenset[str]
    covered_cite: str
    tests: Mapping[str, ValveTest]
    minimum_cite: str
    release_cite: str
    assistance_cite: str
    assistance_release_cite: str
    guideline_motion_cite: str
    cite: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """21 U.S.C. 841(b)(1)–(3) and 960(b), gravest paragraph first, and what raises a row of it."""

    paragraphs: Mapping[str, Paragraph]
    two_priors: int
    two_priors_paragraph: str
    two_priors_sections: frozenset[str]
    two_priors_cite: str
    notice_cite: str
    prior_cites: Mapping[str, str]
    serious_doubt: str
    second_import_cite: str

    def graver(self, tiers: Iterable[str]) -> str:
        """The gravest of some tiers; there must be one."""
        return min(tiers, key=lambda tier: self.paragraphs[tier].rank)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What each drug needs to reach a paragraph, by home ("841" or "960") and substance."""

    thresholds: Mapping[tuple[str, str], tuple[Threshold, ...]]
    lesser: Mapping[str, str]
    named: Mapping[tuple[str, str], str]
    doubts: Mapping[str, Doubt]

    def without_quantity(self, home: str, substance: str, schedule: str) -> str:
        """The tier that needs no finding of quantity."""
        return self.named.get((home, substance)) or self.lesser[schedule]

    def tiers_of(self, home: str, substance: str, schedule: str) -> frozenset[str]:
        """Every tier a drug can be charged under, in some amount, doubts included."""
        found = {self.without_quantity(home, substance, schedule)}
        doubt = self.doubts.get(substance)
        for name in (substance, doubt.may_be if doubt else substance):
            found |= {step[0] for row in self.thresholds.get((home, name), ()) for step in row.steps}
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Sections:
    """Every section a count can be under, each in the group that says how its penalty is found."""

    ladder: Mapping[str, Section]
    multiplied: Mapping[str, Multiplied]
    own: Mapping[str, tuple[Section, Mapping[str, OwnRow]]]
    treated: Mapping[str, tuple[Section, str]]
    conspiracies: Mapping[str, str]
    outside: Mapping[str, Outside]
    date_rape_cite: str


@dataclass(frozen=True, slots=True)
class Classes:
    """18 U.S.C. 3559(a), highest class first, and the false domain name of 3559(g)(1)."""

    classes: tuple[Class, ...]
    false_domain_times: int
    false_domain_more: Term
    false_domain_cite: str

    def of(self, maximum: Term) -> Class:
        """The class of an offense whose longest term is `maximum`."""
        for item in self.classes:
            if item.bound is None or maximum > item.bound or (item.or_more and maximum == item.bound):
                return item
        raise LawError("felony_classes: no class is open at the bottom")


@dataclass(frozen=True, slots=True)
class Firearms:
    """18 U.S.C. 924(c), by the kind of firearm count."""

    kinds: Mapping[str, Firearm]
    prior_cite: str
    consecutive_cite: str
    predicate_cite: str


@dataclass(frozen=True, slots=True)
class Statutes:
    """All the statutes one answer needs. Money by class of offense is in whole dollars, with its citation."""

    ladder: Ladder
    amounts: Amounts
    sections: Sections
    classes: Classes
    firearms: Firearms
    safety_valve: SafetyValveLaw
    release_most: Mapping[str, tuple[Term, str]]
    assessments: Mapping[str, tuple[int, str]]
    fines: Mapping[str, tuple[int, str]]
    gain_or_loss_cite: str

    @classmethod
    def read(cls, tables: Tables) -> Statutes:
        """Read every statute table in force on the day `tables` stands for. Raises `LawError`."""
        ladder = _ladder(_opened(tables, "penalties_841b"))
        classes = _classes(_opened(tables, "felony_classes"))
        names = tuple(item.name for item in classes.classes)
        release = _opened(tables, "supervised_release")
        assessment = _opened(tables, "assessments")
        fine = _opened(tables, "fines")
        gain = fine.row("gain_or_loss")
        found = cls(
            ladder,
            _amounts(_opened(tables, "thresholds"), ladder.paragraphs),
            _sections(_opened(tables, "other_sections")),
            classes,
            _firearms(_opened(tables, "firearm_924c")),
            _safety_valve(_opened(tables, "safety_valve")),
            _by_class(release, "most", "maximum", names, Term),
            _by_class(assessment, "assessment", "dollars", names, int),
            _by_class(fine, "fine", "dollars", names, int),
            gain.cite(),
        )
        for part in (gain, release, assessment, fine):
            part.done()
        return found


def _opened(tables: Tables, name: str) -> Row:
    """A statute table, its citation and its governing date checked."""
    table = tables(name)
    table.cite()
    governed_by = table.take("governed_by", str)
    if governed_by != "offense_ended":
        raise LawError(f"{table.where}: governed_by must be offense_ended, not {governed_by!r}")
    return table


def _term(row: Row, key: str) -> Term | None:
    """A term such as "10 years", or None when it is not printed."""
    text = row.maybe(key, str)
    if text is None:
        return None
    try:
        return Term.parse(text)
    except UnitError as error:
        raise LawError(f"{row.where}: {key} {error}") from None


def _needed(row: Row, key: str) -> Term:
    term = _term(row, key)
    if term is None:
        raise LawError(f"{row.where}: {key} is missing")
    return term


def _weight(row: Row, key: str, text: str, measure: str) -> Decimal:
    """An amount as printed, in grams or plants."""
    try:
        quantity = Quantity.parse(text)
    except UnitError as error:
        raise LawError(f"{row.where}: {key} {error}") from None
    factor = {"g": 1, "kg": 1000, "plants": 1}.get(quantity.unit)
    if factor is None or (quantity.unit == "plants") != (measure == "plants"):
        raise LawError(f"{row.where}: {key} is in {quantity.unit}, which does not measure {measure}")
    return quantity.amount * factor


def _chosen(row: Row, key: str, known: Iterable[str]) -> str:
    value = row.take(key, str)
    if value not in known:
        raise LawError(f"{row.where}: {key} must be one of {', '.join(known)}, not {value!r}")
    return value


def _put[K, V](found: dict[K, V], key: K, value: V, row: Row) -> None:
    if key in found:
        raise LawError(f"{row.where}: {key!r} is given twice")
    found[key] = value


CASES = ("base", "death", "prior", "prior_death", "two_priors")


def _ladder(table: Row) -> Ladder:
    paragraphs: dict[str, Paragraph] = {}
    for item in table.rows("paragraph"):
        cites = {"841": item.cite(), "960": item.take("cite_960", str)}
        rows: dict[str, Penalty] = {}
        for row in item.rows("row"):
            case = _chosen(row, "case", CASES)
            penalty = Penalty(
                _term(row, "minimum") or NOTHING,
                _needed(row, "maximum"),
                row.take("fine", int),
                row.take("title_18_times", int),
                _term(row, "release_minimum") or NOTHING,
                _term(row, "release_maximum"),
                row.cite(),
            )
            row.done()
            if penalty.minimum > penalty.maximum:
                raise LawError(f"{row.where}: the minimum is above the maximum")
            _put(rows, case, penalty, row)
        if not {"base", "prior"} <= rows.keys() or ("death" in rows) != ("prior_death" in rows):
            raise LawError(f"{item.where}: a paragraph needs base and prior, and death with prior_death")
        for lower, higher in (
            ("base", "prior"),
            ("base", "death"),
            ("death", "prior_death"),
            ("prior", "two_priors"),
        ):
            if higher in rows and (rows[lower].minimum, rows[lower].maximum) > (
                rows[higher].minimum,
                rows[higher].maximum,
            ):
                raise LawError(f"{item.where}: {higher} is less than {lower}")
        tier = item.take("tier", str)
        _put(
            paragraphs,
            tier,
            Paragraph(
                tier,
                0,
                _chosen(item, "prior", ("serious", "drug")),
                item.take("displaces_3583", bool),
                _chosen(item, "bars_probation", ("always", "death", "never")),
                cites,
                rows,
            ),
            item,
        )
        item.done()
    # Printed order is not the order of gravity: (E) allows 10 years, (D) before it 5.
    gravest = sorted(
        paragraphs.values(),
        key=lambda one: (
            one.rows["base"].minimum,
            one.rows["base"].maximum,
            one.rows["base"].release_minimum,
        ),
        reverse=True,
    )
    paragraphs = {one.tier: dataclasses.replace(one, rank=rank) for rank, one in enumerate(gravest)}
    two = table.row("two_priors")
    notice = table.row("notice")
    priors = table.row("priors")
    priors.cite()
    second_import = table.row("second_import")
    found = Ladder(
        paragraphs,
        two.take("priors", int),
        _two_priors_paragraph(two, paragraphs),
        frozenset(two.texts("sections")),
        two.cite(),
        notice.cite(),
        {"serious": priors.take("serious_cite", str), "drug": priors.take("drug_cite", str)},
        priors.take("serious_doubt", str),
        second_import.cite(),
    )
    for part in (two, notice, priors, second_import, table):
        part.done()
    return found


def _two_priors_paragraph(row: Row, paragraphs: Mapping[str, Paragraph]) -> str:
    tier = _chosen(row, "paragraph", paragraphs)
    if "two_priors" not in paragraphs[tier].rows:
        raise LawError(f"{row.where}: paragraph {tier} has no row for two priors")
    return tier


def _amounts(table: Row, paragraphs: Mapping[str, Paragraph]) -> Amounts:
    lesser: dict[str, str] = {}
    for row in table.rows("lesser"):
        row.cite()
        tier = _chosen(row, "tier", paragraphs)
        for schedule in row.texts("schedules"):
            _put(lesser, schedule, tier, row)
        row.done()
    named: dict[tuple[str, str], str] = {}
    for row in table.rows("named"):
        row.cite()
        tier = _chosen(row, "tier", paragraphs)
        substances = row.texts("substances")
        for home in _homes(row):
            for substance in substances:
                _put(named, (home, substance), tier, row)
        row.done()
    thresholds: dict[tuple[str, str], list[Threshold]] = {}
    for row in table.rows("threshold"):
        _threshold(row, paragraphs, thresholds)
    doubts: dict[str, Doubt] = {}
    for row in table.rows("doubt"):
        doubt = Doubt(row.take("may_be", str), row.take("words", str), row.cite())
        if ("841", doubt.may_be) not in thresholds:
            raise LawError(f"{row.where}: may_be {doubt.may_be!r} has no threshold")
        for substance in row.texts("substances"):
            _put(doubts, substance, doubt, row)
        row.done()
    table.done()
    return Amounts({key: tuple(rows) for key, rows in thresholds.items()}, lesser, named, doubts)


def _homes(row: Row) -> tuple[str, ...]:
    homes = row.texts("sections")
    if not homes or not set(homes) <= set(HOMES):
        raise LawError(f"{row.where}: sections must be of {', '.join(HOMES)}")
    return homes


def _threshold(row: Row, paragraphs: Mapping[str, Paragraph], found: dict[tuple[str, str], list[Threshold]]) -> None:
    measure = _chosen(row, "measure", MEASURES)
    row.cite()
    steps = [(tier, _weight(row, tier, text, measure)) for tier, text in row.pairs("at_least", str).items()]
    for tier, _ in steps:
        if tier not in paragraphs:
            raise LawError(f"{row.where}: at_least {tier} is no paragraph of the ladder")
    for (graver, more), (lighter, less) in zip(steps, steps[1:], strict=False):
        if paragraphs[graver].rank >= paragraphs[lighter].rank or not more > less:
            raise LawError(f"{row.where}: {lighter} ({less}) does not come below {graver} ({more})")
    clauses = {home: row.maybe(f"clause_{home}", str) for home in HOMES}
    substances = row.texts("substances")
    for home in _homes(row):
        # The clause names the drug in (A) and (B); what sends a drug from (D) to (C) has none.
        numbered = [tier for tier, _ in steps if paragraphs[tier].prior == "serious"]
        if bool(numbered) != (clauses[home] is not None):
            raise LawError(f"{row.where}: clause_{home} goes with amounts for (A) and (B), and only with them")
        cited = tuple(
            (tier, least, paragraphs[tier].cites[home] + ((clauses[home] or "") if tier in numbered else ""))
            for tier, least in steps
        )
        for substance in substances:
            rows = found.setdefault((home, substance), [])
            if any(other.measure == measure for other in rows):
                raise LawError(f"{row.where}: {substance} by {measure} is given twice for {home}")
            rows.append(Threshold(measure, cited))
    row.done()


def _section(row: Row, home: str = "841") -> Section:
    return Section(row.take("section", str), row.take("title", str), row.cite(), home)


def _times(row: Row) -> Times:
    small = row.maybe("small_marihuana", str)
    times = Times(
        row.take("times", int),
        row.take("of_first_offense", bool),
        _term(row, "minimum") or NOTHING,
        _term(row, "maximum"),
        None if small is None else _weight(row, "small_marihuana", small, "mixture"),
        row.cite(),
    )
    row.done()
    return times


def _sections(table: Row) -> Sections:
    ladder: dict[str, Section] = {}
    for row in table.rows("ladder"):
        section = _section(row, _chosen(row, "home", HOMES))
        _put(ladder, section.section, section, row)
        row.done()
    multiplied: dict[str, Multiplied] = {}
    for row in table.rows("multiplied"):
        section = _section(row)
        first = _times(row.row("first"))
        again_row = row.maybe("again", dict)
        again = None if again_row is None else _times(Row(again_row, f"{row.where} again"))
        bars = _chosen(row, "bars_probation", ("always", "with its minimum", "never"))
        item = Multiplied(
            section,
            first,
            again,
            bars,
            row.take("bar_cite", str) if bars != "never" else "",
            row.maybe("further", str) or "",
            row.maybe("further_cite", str) or "",
        )
        _put(multiplied, section.section, item, row)
        row.done()
    own: dict[str, tuple[Section, Mapping[str, OwnRow]]] = {}
    for row in table.rows("own"):
        section = _section(row)
        rows: dict[str, OwnRow] = {}
        for line in row.rows("row"):
            case = _chosen(line, "case", ("first", "again", "one_prior", "two_priors", "flunitrazepam"))
            penalty = OwnRow(
                _term(line, "minimum") or NOTHING,
                _needed(line, "maximum"),
                line.maybe("fine", int) or 0,
                line.maybe("fine_minimum", int) or 0,
                line.cite(),
            )
            line.done()
            if penalty.minimum > penalty.maximum:
                raise LawError(f"{line.where}: the minimum is above the maximum")
            _put(rows, case, penalty, line)
        if "first" not in rows:
            raise LawError(f"{row.where}: a section needs a first row")
        _put(own, section.section, (section, rows), row)
        row.done()
    treated: dict[str, tuple[Section, str]] = {}
    for row in table.rows("treated"):
        section = _section(row)
        _put(treated, section.section, (section, _chosen(row, "as", own)), row)
        row.done()
    conspiracies: dict[str, str] = {}
    for row in table.rows("conspiracy"):
        _put(conspiracies, row.take("section", str), row.cite(), row)
        row.done()
    outside: dict[str, Outside] = {}
    for row in table.rows("outside"):
        _put(
            outside,
            row.take("section", str),
            Outside(row.take("why", str), row.take("ask", str), row.cite()),
            row,
        )
        row.done()
    date_rape = table.row("date_rape_drugs")
    cite = date_rape.cite()
    date_rape.done()
    table.done()
    return Sections(ladder, multiplied, own, treated, conspiracies, outside, cite)


def _classes(table: Row) -> Classes:
    classes: list[Class] = []
    for row in table.rows("class"):
        name = row.take("name", str)
        least, above = _term(row, "at_least"), _term(row, "more_than")
        if least is not None and above is not None:
            raise LawError(f"{row.where}: at_least and more_than cannot both be given")
        bound = least if least is not None else above
        if classes:
            before = classes[-1].bound
            if before is None or (bound is not None and not before > bound):
                raise LawError(f"{row.where}: class {name} does not come below class {classes[-1].name}")
        classes.append(Class(name, bound, least is not None, row.take("felony", bool), row.cite()))
        row.done()
    if classes[-1].bound is not None or classes[0].bound != LIFE:
        raise LawError(f"{table.where}: the classes must run from life down to one without a bound")
    domain = table.row("false_domain")
    found = Classes(tuple(classes), domain.take("times", int), _needed(domain, "more"), domain.cite())
    domain.done()
    table.done()
    return found


def _firearms(table: Row) -> Firearms:
    firearms: dict[str, Firearm] = {}
    for row in table.rows("firearm"):
        firearm = Firearm(row.take("words", str), _needed(row, "minimum"), _needed(row, "after_prior"), row.cite())
        if firearm.after_prior < firearm.minimum:
            raise LawError(f"{row.where}: after_prior is less than minimum")
        _put(firearms, row.take("count", str), firearm, row)
        row.done()
    parts = {name: table.row(name) for name in ("prior", "consecutive", "predicate")}
    cites = {name: part.cite() for name, part in parts.items()}
    for part in (*parts.values(), table):
        part.done()
    return Firearms(firearms, cites["prior"], cites["consecutive"], cites["predicate"])


VALVE_TESTS = ("points", "three_point", "two_point_violent", "weapon", "injury", "role", "disclosure")


def _safety_valve(table: Row) -> SafetyValveLaw:
    covered, effect, assistance = table.row("covered"), table.row("effect"), table.row("assistance")
    tests: dict[str, ValveTest] = {}
    for row in table.rows("test"):
        key = _chosen(row, "key", VALVE_TESTS)
        _put(tests, key, ValveTest(row.take("name", str), row.maybe("most", int) or 0, row.cite()), row)
        row.done()
    if tuple(tests) != VALVE_TESTS:
        raise LawError(f"{table.where}: the tests must be {', '.join(VALVE_TESTS)}, in this order")
    found = SafetyValveLaw(
        frozenset(covered.texts("sections")),
        covered.cite(),
        tests,
        effect.take("minimum_cite", str),
        effect.take("release_cite", str),
        assistance.take("minimum_cite", str),
        assistance.take("release_cite", str),
        assistance.take("guideline_cite", str),
        effect.cite(),
    )
    assistance.cite()
    for part in (covered, effect, assistance, table):
        part.done()
    return found


def _by_class[T: (int, Term)](
    table: Row, rows: str, key: str, names: tuple[str, ...], kind: type[T]
) -> dict[str, tuple[T, str]]:
    """A value for each class of offense named, with its citation."""
    found: dict[str, tuple[T, str]] = {}
    for row in table.rows(rows):
        value: object = _needed(row, key) if kind is Term else row.take(key, int)
        assert isinstance(value, kind)
        cite = row.cite()
        for name in row.texts("classes"):
            if name not in names:
                raise LawError(f"{row.where}: {name!r} is no class of offense")
            _put(found, name, (value, cite), row)
        row.done()
    return found
