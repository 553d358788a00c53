"""Chapter Five as data: the Sentencing Table with its zones, the sentence options, and what follows prison.

Read once per Manual from `guidelines/`; everything is checked on reading, so a rule never meets a cell or a
row that does not fit its neighbours. Terms are exact (`units.Term`), money is whole dollars.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Self, cast

from calculator.answer import Range
from calculator.law.schema import LawError, Row, Tables
from calculator.units import LIFE, Term, UnitError

__all__ = [
    "FineRow",
    "FloorRule",
    "MotionRule",
    "OptionKind",
    "OptionRule",
    "ProbationTerm",
    "RangeTables",
    "Zone",
]

type OptionKind = Literal["prison", "split", "probation_with_confinement", "probation", "none_required"]
type ProbationByZone = Literal["authorized", "with_confinement", "not_authorized"]

_KINDS = ("prison", "split", "probation_with_confinement", "probation", "none_required")
_PROBATION = ("authorized", "with_confinement", "not_authorized")
# Misdemeanors share one row of §5D1.2(a); this is the name the row uses.
MISDEMEANOR = "misdemeanor"


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone by the words of the commentary: the minimums of a range it holds, and what it says of
    probation.
    """

    letter: str
    minimums: tuple[int, ...]
    at_least: int | None
    at_most: int | None
    probation: ProbationByZone
    probation_cite: str
    cite: str

    @property
    def endless(self) -> bool:
        """True for the zone without an upper end."""
        return not self.minimums and self.at_most is None

    def holds(self, months: int) -> bool:
        """True when a range whose minimum is `months` lies in this zone."""
        if self.minimums:
            return months in self.minimums
        return (self.at_least is None or months >= self.at_least) and (self.at_most is None or months <= self.at_most)


@dataclass(frozen=True, slots=True)
class OptionRule:
    """One way a zone lets the minimum of the range be satisfied.

    `prison` is a fixed least term in prison, `prison_part` (numerator, denominator) a part of the minimum,
    and `substitutes` names what may stand in for the rest, day for day.
    """

    kind: OptionKind
    prison: Term | None
    prison_part: tuple[int, int] | None
    substitutes: tuple[str, ...]
    cite: str


@dataclass(frozen=True, slots=True)
class FloorRule:
    """§5C1.2(b): with a lifted minimum of `minimum_at_least` or more, no range below `low` to `high`."""

    minimum_at_least: Term
    low: Term
    high: Term
    cite: str


@dataclass(frozen=True, slots=True)
class ProbationTerm:
    """How long a term of probation may be; `at_least` is empty where there is no least term."""

    at_least: Term
    at_most: Term
    cite: str


@dataclass(frozen=True, slots=True)
class FineRow:
    """One row of the fine table, in dollars. An open end of the levels is None."""

    from_level: int | None
    to_level: int | None
    minimum: int
    maximum: int
    cite: str


@dataclass(frozen=True, slots=True)
class MotionRule:
    """A motion of the Government for help given: does it reach below a statutory minimum, and when is it
    due?
    """

    name: str
    below_statutory_minimum: bool
    within: Term | None
    cite: str


@dataclass(frozen=True, slots=True)
class RangeTables:
    """All of Chapter Five that the calculation reads. See the files for what is printed where."""

    cite: str
    categories: tuple[str, ...]
    least_level: int
    most_level: int
    outside_cite: str
    cells: dict[str, tuple[Range, ...]]
    cell_cites: tuple[str, ...]
    zones: dict[str, Zone]
    options: dict[str, tuple[OptionRule, ...]]
    not_recommended_from: str
    not_recommended_cite: str
    zero_point_zones: tuple[str, ...]
    zero_point_cite: str
    floor: FloorRule
    single_count: dict[str, str]
    single_count_cite: str
    probation_rows: tuple[tuple[int | None, int | None, ProbationTerm], ...]
    probation_felony: ProbationTerm
    probation_misdemeanor: ProbationTerm
    first_possession: ProbationTerm
    barred_classes: tuple[str, ...]
    barred_cite: str
    release_terms: dict[str, tuple[Term, str]]
    fines: tuple[FineRow, ...]
    fines_above: int
    fines_above_cite: str
    fines_from: date
    fines_from_cite: str
    assessments: dict[str, tuple[int, str]]
    assessments_cite: str
    motions: dict[str, MotionRule]

    def cell(self, level: int, category: str) -> Range:
        """The cell for a level of the table and a criminal history category; KeyError for another one."""
        return self.cells[category][level - self.least_level]

    def cell_cite(self, level: int) -> str:
        """The citation of a level's row."""
        return self.cell_cites[level - self.least_level]

    def zone_of(self, low: Term) -> str | None:
        """The zone of a range with this minimum, or None for a minimum that no zone names (11 months, or
        days).
        """
        if low.life:
            return next(letter for letter, zone in self.zones.items() if zone.endless)
        if low.days:
            return None
        return next((letter for letter, zone in self.zones.items() if zone.holds(low.months)), None)

    def probation_term(self, level: int) -> ProbationTerm:
        """The guideline's term of probation at an offense level (§5B1.2)."""
        return next(term for first, last, term in self.probation_rows if _between(level, first, last))

    def fine_row(self, level: int) -> FineRow:
        """The row of the fine table for an offense level (§5E1.2(c)(3))."""
        return next(row for row in self.fines if _between(level, row.from_level, row.to_level))

    @classmethod
    def read(cls, tables: Tables) -> Self:
        """Read and check every table of Chapter Five. Raises `LawError` naming file and row."""
        zones = _zones(tables("zones"))
        cite, categories, outside, cells, cell_cites = _sentencing_table(tables("sentencing_table"), zones)
        options, not_recommended, zero_point = _options(tables("sentencing_options"), zones, categories)
        single_count_cite, single_count = _single_count(tables("single_count"))
        probation = _probation(tables("probation_terms"))
        fines, above, older = _fines(tables("fine_table"))
        assessments_cite, assessments = _assessments(tables("special_assessments"))
        return cls(
            cite=cite,
            categories=categories,
            least_level=outside[0],
            most_level=outside[1],
            outside_cite=outside[2],
            cells=cells,
            cell_cites=cell_cites,
            zones=zones,
            options=options,
            not_recommended_from=not_recommended[0],
            not_recommended_cite=not_recommended[1],
            zero_point_zones=zero_point[0],
            zero_point_cite=zero_point[1],
            floor=_floor(tables("safety_valve_floor")),
            single_count=single_count,
            single_count_cite=single_count_cite,
            probation_rows=probation.rows,
            probation_felony=probation.felony,
            probation_misdemeanor=probation.misdemeanor,
            first_possession=probation.first_possession,
            barred_classes=probation.barred,
            barred_cite=probation.barred_cite,
            release_terms=_release(tables("supervised_release_terms")),
            fines=fines,
            fines_above=above[0],
            fines_above_cite=above[1],
            fines_from=older[0],
            fines_from_cite=older[1],
            assessments=assessments,
            assessments_cite=assessments_cite,
            motions=_motions(tables("substantial_assistance")),
        )


def _between(level: int, first: int | None, last: int | None) -> bool:
    return (first is None or level >= first) and (last is None or level <= last)


def _term(row: Row, key: str) -> Term:
    try:
        return Term.parse(row.take(key, str))
    except UnitError as error:
        raise LawError(f"{row.where}: {key} {error}") from error


def _maybe_term(row: Row, key: str) -> Term | None:
    try:
        text = row.maybe(key, str)
        return None if text is None else Term.parse(text)
    except UnitError as error:
        raise LawError(f"{row.where}: {key} {error}") from error


def _numbers(row: Row, key: str) -> tuple[int, ...]:
    listed = row.maybe(key, list) or []
    if not all(type(item) is int for item in listed):
        raise LawError(f"{row.where}: {key} must be whole numbers, not {listed!r}")
    return tuple(listed)


def _zones(table: Row) -> dict[str, Zone]:
    table.cite()
    zones: dict[str, Zone] = {}
    reach = -1
    for row in table.rows("zone"):
        zone = Zone(
            row.take("letter", str),
            _numbers(row, "minimums"),
            row.maybe("at_least", int),
            row.maybe("at_most", int),
            cast("ProbationByZone", row.take("probation", str)),
            row.take("probation_cite", str),
            row.cite(),
        )
        row.done()
        if zone.letter in zones or len(zone.letter) != 1:
            raise LawError(f"{row.where}: {zone.letter} is not a new zone letter")
        if zone.probation not in _PROBATION:
            raise LawError(f"{row.where}: probation is {zone.probation!r}: use one of {', '.join(_PROBATION)}")
        if bool(zone.minimums) == (zone.at_least is not None):
            raise LawError(f"{row.where}: a zone is given by minimums or by at_least, by one of them")
        least = min(zone.minimums) if zone.minimums else zone.at_least
        if least is None or least <= reach:
            raise LawError(f"{row.where}: zone {zone.letter} overlaps the zone before it")
        # Without an upper end nothing may follow: every later zone would overlap.
        most = max(zone.minimums) if zone.minimums else zone.at_most
        reach = 10**9 if most is None else most
        if reach < least:
            raise LawError(f"{row.where}: zone {zone.letter} ends before it begins")
        zones[zone.letter] = zone
    table.done()
    if reach < 10**9:
        raise LawError(f"{table.where}: the last zone has an upper end, so a longer range would have no zone")
    return zones


_Table = tuple[str, tuple[str, ...], tuple[int, int, str], dict[str, tuple[Range, ...]], tuple[str, ...]]


def _sentencing_table(table: Row, zones: dict[str, Zone]) -> _Table:
    cite = table.cite()
    categories = table.texts("categories")
    columns: dict[str, list[Range]] = {category: [] for category in categories}
    cites: list[str] = []
    outside = table.row("outside")
    least, most, outside_cite = outside.take("least", int), outside.take("most", int), outside.cite()
    outside.done()
    level = least
    before: list[Range] | None = None
    for row in table.rows("row"):
        if row.take("level", int) != level:
            raise LawError(f"{row.where}: level {level} is expected here: one is missing, doubled or misplaced")
        printed, letters = row.texts("ranges"), row.take("zones", str)
        cites.append(row.cite())
        row.done()
        if not len(printed) == len(letters) == len(categories):
            raise LawError(f"{row.where}: level {level} needs one range and one zone for each category")
        cells = [_cell(text, letter, row.where) for text, letter in zip(printed, letters, strict=True)]
        for category, cell, letter in zip(categories, cells, letters, strict=True):
            _one_of(letter, tuple(zones), row)
            zone = zones[letter]
            if not (zone.endless if cell.low.life else zone.holds(cell.low.months)):
                raise LawError(f"{row.where}: {category} has minimum {cell.low}, which is not in zone {letter}")
            columns[category].append(cell)
        for left, right in [*zip(cells, cells[1:], strict=False), *zip(before or (), cells, strict=False)]:
            if right.low < left.low or right.high < left.high:
                raise LawError(f"{row.where}: a range falls from one cell to the next, at level {level}")
        before = cells
        level += 1
    if level != most + 1:
        raise LawError(f"{table.where}: the rows end at level {level - 1}, not at {most}")
    table.done()
    return (
        cite,
        categories,
        (least, most, outside_cite),
        {category: tuple(column) for category, column in columns.items()},
        tuple(cites),
    )


def _cell(printed: str, zone: str, where: str) -> Range:
    """A cell as printed: '0–6', '360–life' or 'life'."""
    low, dash, high = printed.partition("–")
    try:
        first = LIFE if low == "life" else Term(int(low))
        last = first if not dash else LIFE if high == "life" else Term(int(high))
    except ValueError as error:
        raise LawError(f"{where}: {printed!r} is not a range such as 24–30, 360–life or life") from error
    if last < first or (not dash and not first.life) or (dash and first.life):
        raise LawError(f"{where}: {printed!r} is not a range such as 24–30, 360–life or life")
    return Range(first, last, zone)


def _options(
    table: Row, zones: dict[str, Zone], categories: tuple[str, ...]
) -> tuple[dict[str, tuple[OptionRule, ...]], tuple[str, str], tuple[tuple[str, ...], str]]:
    table.cite()
    substitutes: dict[str, list[str]] = {}
    for row in table.rows("substitute"):
        name, kinds = row.take("name", str), row.texts("kinds")
        days, for_days = row.take("days", int), row.take("for_days", int)
        row.cite()
        row.done()
        if days != for_days:
            raise LawError(f"{row.where}: only a substitute that counts day for day can be read")
        for kind in kinds:
            _one_of(kind, _KINDS, row)
            substitutes.setdefault(kind, []).append(name)
    options: dict[str, list[OptionRule]] = {letter: [] for letter in zones}
    for row in table.rows("option"):
        zone, kind = row.take("zone", str), row.take("kind", str)
        _one_of(zone, tuple(zones), row)
        _one_of(kind, _KINDS, row)
        prison, part = _maybe_term(row, "prison"), _numbers(row, "prison_part")
        if (kind == "split") != bool(prison is not None or part) or (prison is not None and part):
            raise LawError(f"{row.where}: a split, and only a split, says how much is prison")
        if part and (len(part) != 2 or not 0 < part[0] < part[1]):
            raise LawError(f"{row.where}: prison_part must be a fraction below one, such as [1, 2]")
        options[zone].append(
            OptionRule(
                cast("OptionKind", kind),
                prison,
                (part[0], part[1]) if part else None,
                tuple(substitutes.get(kind, ())),
                row.cite(),
            )
        )
        row.done()
    for letter, rules in options.items():
        if not any(rule.kind == "prison" for rule in rules):
            raise LawError(f"{table.where}: zone {letter} has no option of prison")
    advice = table.row("not_recommended")
    not_recommended = (advice.take("from_category", str), advice.cite())
    _one_of(not_recommended[0], categories, advice)
    advice.done()
    zero = table.row("zero_point")
    zero_point = (zero.texts("zones"), zero.cite())
    for letter in zero_point[0]:
        _one_of(letter, tuple(zones), zero)
    zero.done()
    table.done()
    return {letter: tuple(rules) for letter, rules in options.items()}, not_recommended, zero_point


def _one_of(word: str, known: tuple[str, ...], row: Row) -> None:
    if word not in known:
        raise LawError(f"{row.where}: {word!r} is not one of {', '.join(known)}")


def _floor(table: Row) -> FloorRule:
    table.cite()
    row = table.row("floor")
    rule = FloorRule(_term(row, "minimum_at_least"), _term(row, "low"), _term(row, "high"), row.cite())
    row.done()
    table.done()
    if not rule.low < rule.high:
        raise LawError(f"{row.where}: low must be below high")
    return rule


_RULES = ("a", "b", "c1", "c2")


def _single_count(table: Row) -> tuple[str, dict[str, str]]:
    cite = table.cite()
    cites: dict[str, str] = {}
    for row in table.rows("rule"):
        name = row.take("name", str)
        _one_of(name, _RULES, row)
        row.take("when", str)
        if name in cites:
            raise LawError(f"{row.where}: {name} is there twice")
        cites[name] = row.cite()
        row.done()
    table.done()
    if tuple(cites) != _RULES:
        raise LawError(f"{table.where}: rules {', '.join(_RULES)} are expected, in this order")
    return cite, cites


@dataclass(frozen=True, slots=True)
class _Probation:
    rows: tuple[tuple[int | None, int | None, ProbationTerm], ...]
    felony: ProbationTerm
    misdemeanor: ProbationTerm
    first_possession: ProbationTerm
    barred: tuple[str, ...]
    barred_cite: str


def _probation_term(row: Row) -> ProbationTerm:
    term = ProbationTerm(_maybe_term(row, "at_least") or Term(), _term(row, "at_most"), row.cite())
    row.done()
    if term.at_most < term.at_least:
        raise LawError(f"{row.where}: at_most is below at_least")
    return term


def _probation(table: Row) -> _Probation:
    table.cite()
    rows = []
    for row in table.rows("row"):
        first, last = row.maybe("from_level", int), row.maybe("to_level", int)
        rows.append((first, last, _probation_term(row)))
    rows.sort(key=lambda item: (item[0] is not None, item[0] or 0))
    _check_levels([(first, last) for first, last, _ in rows], table.where)
    barred = table.row("barred")
    classes, barred_cite = barred.texts("classes"), barred.cite()
    barred.done()
    read = _Probation(
        tuple(rows),
        _probation_term(table.row("felony")),
        _probation_term(table.row("misdemeanor")),
        _probation_term(table.row("first_possession")),
        classes,
        barred_cite,
    )
    table.done()
    return read


def _check_levels(bounds: list[tuple[int | None, int | None]], where: str) -> None:
    """Bands of levels, lowest first: open at both ends, each beginning where the one before it ends."""
    if bounds[0][0] is not None or bounds[-1][1] is not None:
        raise LawError(f"{where}: the first row must be open below and the last open above")
    for (_, last), (first, _) in zip(bounds, bounds[1:], strict=False):
        if last is None or first is None or first != last + 1:
            raise LawError(f"{where}: levels have a gap or an overlap between {last} and {first}")
    for first, last in bounds:
        if first is not None and last is not None and last < first:
            raise LawError(f"{where}: levels {first} to {last} run backwards")


def _release(table: Row) -> dict[str, tuple[Term, str]]:
    table.cite()
    terms: dict[str, tuple[Term, str]] = {}
    for row in table.rows("row"):
        classes, most = row.texts("classes"), _term(row, "at_most")
        cite = row.cite()
        row.done()
        for name in classes:
            if name in terms:
                raise LawError(f"{row.where}: class {name} is there twice")
            terms[name] = (most, cite)
    table.done()
    if set(terms) != {"A", "B", "C", "D", "E", MISDEMEANOR}:
        raise LawError(f"{table.where}: classes A to E and {MISDEMEANOR} are expected, each once")
    return terms


def _fines(table: Row) -> tuple[tuple[FineRow, ...], tuple[int, str], tuple[date, str]]:
    table.cite()
    larger = table.row("larger_by_statute")
    above = (larger.take("above", int), larger.cite())
    larger.done()
    older = table.row("older_offenses")
    before = (older.take("before", date), older.cite())
    older.done()
    rows = []
    for row in table.rows("row"):
        rows.append(
            FineRow(
                row.maybe("from_level", int),
                row.maybe("to_level", int),
                row.take("minimum", int),
                row.take("maximum", int),
                row.cite(),
            )
        )
        row.done()
        if rows[-1].minimum >= rows[-1].maximum:
            raise LawError(f"{row.where}: minimum is not below maximum")
    _check_levels([(row.from_level, row.to_level) for row in rows], table.where)
    for lower, upper in zip(rows, rows[1:], strict=False):
        if upper.minimum < lower.minimum or upper.maximum < lower.maximum:
            raise LawError(f"{table.where}: fines fall from level {lower.to_level} to {upper.from_level}")
    table.done()
    return tuple(rows), above, before


def _assessments(table: Row) -> tuple[str, dict[str, tuple[int, str]]]:
    cite = table.cite()
    amounts: dict[str, tuple[int, str]] = {}
    for row in table.rows("row"):
        name = row.take("class", str)
        if name in amounts:
            raise LawError(f"{row.where}: {name} is there twice")
        amounts[name] = (row.take("dollars", int), row.cite())
        row.done()
    table.done()
    return cite, amounts


_MOTIONS = ("guideline", "statute", "after_sentencing")


def _motions(table: Row) -> dict[str, MotionRule]:
    table.cite()
    rules: dict[str, MotionRule] = {}
    for row in table.rows("motion"):
        name = row.take("name", str)
        _one_of(name, _MOTIONS, row)
        if name in rules:
            raise LawError(f"{row.where}: {name} is there twice")
        rules[name] = MotionRule(
            name, row.take("below_statutory_minimum", bool), _maybe_term(row, "within"), row.cite()
        )
        row.done()
    table.done()
    if tuple(rules) != _MOTIONS:
        raise LawError(f"{table.where}: motions {', '.join(_MOTIONS)} are expected, in this order")
    return rules
