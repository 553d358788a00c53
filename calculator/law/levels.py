"""Offense levels as data: §2D1.1(a) and (b), the drug guidelines beside it, and Chapter Three.

In: the tables `base_levels`, `specific_offense_characteristics`, `other_drug_guidelines` and `adjustments`.
Out: `LevelTables`, whose rows carry their printed name, levels, citation and ready-made sentences. Every row
that is printed must be there, in printed order, and nothing else: anything different is a `LawError` naming
file and row. Source: Guidelines Manual (Nov. 1, 2025), printed pages 130–161, 177, 327–360, 543–544.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from calculator.law.schema import LawError, Row
from calculator.units import Term, UnitError

__all__ = [
    "Adjustment",
    "Factor",
    "FixedLevel",
    "Indexed",
    "LevelTables",
    "Possession",
    "Premises",
    "Protected",
    "Reference",
    "RoleCap",
]

# Every printed row, in order: a row left out of a file would otherwise be a rule that silently never applies.
_CHARACTERISTICS = (
    "weapon",
    "violence",
    "aircraft",
    "submersible",
    "crew",
    "prison_distribution",
    "meth_import",
    "submersible_conviction",
    "mass_marketing",
    "masking_agent",
    "steroid_to_athlete",
    "convicted_841g",
    "bribery",
    "premises",
    "fentanyl_knowingly",
    "fentanyl_recklessly",
    "hazardous_discharge",
    "distribution_860a",
    "manufacture_860a",
    "manufacture_risk",
    "manufacture_risk_minor",
    "public_land",
    "aggravating_factors",
    "mitigating_factors",
    "safety_valve",
)
_AGGRAVATING = (
    "used_affection",
    "vulnerable_person",
    "directly_imported",
    "witness_or_evidence",
    "livelihood",
)
_MITIGATING = ("family_or_fear", "no_pay", "minimal_knowledge")
_ADJUSTMENTS = (
    "hate_crime",
    "vulnerable_victim",
    "many_vulnerable_victims",
    "official_motivated",
    "official_assaulted",
    "restraint",
    "leader",
    "manager",
    "small_leader",
    "minimal",
    "minor",
    "between",
    "trust",
    "skill",
    "used_minor",
    "armor_involved",
    "armor_used",
    "obstruction",
    "reckless_flight",
    "on_release",
    "false_domain",
    "acceptance",
    "early_plea",
)
_FIXED = ("2D1.1(a)(1)", "2D1.1(a)(2)", "2D1.1(a)(3)", "2D1.1(a)(4)")
_CAPS = ("2D1.1(a)(5)(B)(i)", "2D1.1(a)(5)(B)(ii)", "2D1.1(a)(5)(B)(iii)")
_POSSESSION = ("opiate_or_cocaine_base", "cocaine_flunitrazepam_lsd_pcp", "other")
_LAST_CHARACTERISTIC = 18
_GUIDELINES = ("2D1.1", "2D1.2", "2D1.6", "2D1.8", "2D2.1")


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A rule that moves the offense level: how far, from or to what level, and its sentences for each
    finding.

    `levels` is signed. `at_least` is the floor that binds right after it; `from_level` the least level it
    needs.
    """

    name: str
    rule: str
    levels: int
    at_least: int | None
    from_level: int | None
    when: str
    cite: str
    applied: str
    passed: str
    unknown: str


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the listed factors of (b)(16) or (b)(17): it moves nothing alone."""

    name: str
    rule: str
    when: str
    cite: str


@dataclass(frozen=True, slots=True)
class FixedLevel:
    """§2D1.1(a)(1)–(4): a base level that follows from the statutory term, whatever the quantity.

    Reached under the listed penalty paragraphs when the statute's minimum (or its maximum) is at least the
    one named.
    """

    rule: str
    level: int
    paragraphs: frozenset[str]
    minimum: Term | None
    maximum: Term | None
    when: str
    cite: str


@dataclass(frozen=True, slots=True)
class RoleCap:
    """§2D1.1(a)(5): what a mitigating role does to the Drug Quantity Table level."""

    exact: dict[int, tuple[int, str]]  # table level -> (level after, citation)
    above: int
    above_to: int
    above_cite: str
    minimal_above: int
    minimal_to: int
    minimal_cite: str

    def __call__(self, level: int) -> tuple[int, str] | None:
        """The level after clauses (i) to (iii) and the clause, or None when the level is too low for them."""
        if level > self.above:
            return self.above_to, self.above_cite
        return self.exact.get(level)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A line of Appendix A: the guideline for a section."""

    guideline: str
    cite: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A base level, or a number of levels added to another guideline's level."""

    rule: str
    levels: int
    cite: str


@dataclass(frozen=True, slots=True)
class Protected:
    """§2D1.2(a): its four alternatives, of which the greatest applies."""

    near: Reference
    total: Reference
    under_18: Reference
    otherwise: Reference


@dataclass(frozen=True, slots=True)
class Premises:
    """§2D1.8(a): the underlying level, or less for one who only allowed the use of the place."""

    rule: str
    cite: str
    allowed: Reference
    allowed_most: int


@dataclass(frozen=True, slots=True)
class Possession:
    """§2D2.1(a): the level for one class of substances."""

    rule: str
    level: int
    words: str
    cite: str


@dataclass(frozen=True, slots=True)
class LevelTables:
    """Everything about offense levels outside the Drug Quantity Table and Chapter Four."""

    guidelines: dict[str, Indexed]
    fixed: tuple[FixedLevel, ...]
    fixed_sections: frozenset[str]
    direct_sections: frozenset[str]
    cap: RoleCap
    characteristics: dict[str, Adjustment]
    aggravating_factors: dict[str, Factor]
    mitigating_factors: dict[str, Factor]
    protected: Protected
    communication: tuple[str, str]  # rule, citation
    premises: Premises
    possession: dict[str, Possession]
    adjustments: dict[str, Adjustment]
    minor_sections: frozenset[str]
    minor_cite: str
    early_disposition: Reference  # `levels` is the most that may be taken off

    @classmethod
    def read(cls, tables: Callable[[str], Row]) -> LevelTables:
        """Read the four tables. Raises `LawError` naming the file and the row."""
        base = tables("base_levels")
        base.cite()
        sections = frozenset(base.texts("sections"))
        direct = frozenset(base.texts("direct_sections"))
        if not direct <= sections:
            raise LawError(f"{base.where}: direct_sections names a section that sections does not")
        fixed = tuple(_fixed(row) for row in base.rows("fixed"))
        _all_in_order((item.rule for item in fixed), _FIXED, f"{base.where} fixed")
        _falling([item.level for item in fixed], f"{base.where} fixed")
        cap = _cap(base)
        base.done()

        special = tables("specific_offense_characteristics")
        special.cite()
        characteristics = _adjustments(special, "characteristic", _CHARACTERISTICS)
        _numbered([item.rule for item in characteristics.values()], f"{special.where} characteristic")
        aggravating = _factors(special, "aggravating_factor", _AGGRAVATING)
        mitigating = _factors(special, "mitigating_factor", _MITIGATING)
        special.done()

        other = tables("other_drug_guidelines")
        other.cite()
        guidelines = _index(other)
        protected = _protected(other.row("protected"))
        communication = other.row("communication")
        by_phone = communication.take("rule", str), communication.cite()
        communication.done()
        premises = _premises(other.row("premises"))
        possession = _possession(other)
        other.done()

        three = tables("adjustments")
        three.cite()
        adjustments = _adjustments(three, "adjustment", _ADJUSTMENTS)
        if adjustments["early_plea"].from_level is None:
            raise LawError(f"{three.where} adjustment: early_plea needs from_level")
        minor = three.row("minor_is_the_offense")
        minor_sections, minor_cite = frozenset(minor.texts("sections")), minor.cite()
        minor.done()
        early = _reference(three.row("early_disposition"), "not_more_than")
        three.done()

        return cls(
            guidelines,
            fixed,
            sections,
            direct,
            cap,
            characteristics,
            aggravating,
            mitigating,
            protected,
            by_phone,
            premises,
            possession,
            adjustments,
            minor_sections,
            minor_cite,
            early,
        )


def _adjustments(table: Row, key: str, expected: Sequence[str]) -> dict[str, Adjustment]:
    read = [_adjustment(row) for row in table.rows(key)]
    _all_in_order((item.name for item in read), expected, f"{table.where} {key}")
    return {item.name: item for item in read}


def _adjustment(row: Row) -> Adjustment:
    name, rule = row.take("name", str), row.take("rule", str)
    up, down = row.maybe("increase", int), row.maybe("decrease", int)
    if (up is None) is (down is None):
        raise LawError(f"{row.where}: needs either increase or decrease")
    size = up if up is not None else down
    if size is None or size < 1:
        raise LawError(f"{row.where}: a change is 1 level or more")
    at_least, from_level = row.maybe("at_least", int), row.maybe("from_level", int)
    if at_least is not None and up is None:
        raise LawError(f"{row.where}: at_least goes with increase")
    when, cite = row.take("when", str), row.cite()
    row.done()
    are = _levels_are(size)
    verb = "added" if up is not None else "taken off"
    floor = f", and the level becomes at least {at_least}" if at_least is not None else ""
    return Adjustment(
        name,
        rule,
        size if up is not None else -size,
        at_least,
        from_level,
        when,
        cite,
        f"{when[0].upper()}{when[1:]}: {are} {verb}.",
        f"{are} {verb}{floor}{',' if floor else ''} when {when}; that is not counted here.",
        f"It is not known whether {when}. If so, {are} {verb}{floor}.",
    )


def _levels_are(count: int) -> str:
    return f"{count} level is" if count == 1 else f"{count} levels are"


def _factors(table: Row, key: str, expected: Sequence[str]) -> dict[str, Factor]:
    read = []
    for row in table.rows(key):
        read.append(Factor(row.take("name", str), row.take("rule", str), row.take("when", str), row.cite()))
        row.done()
    _all_in_order((item.name for item in read), expected, f"{table.where} {key}")
    return {item.name: item for item in read}


def _fixed(row: Row) -> FixedLevel:
    minimum, maximum = row.maybe("minimum", str), row.maybe("maximum", str)
    if (minimum is None) is (maximum is None):
        raise LawError(f"{row.where}: needs either minimum or maximum")
    item = FixedLevel(
        row.take("rule", str),
        row.take("level", int),
        frozenset(row.texts("paragraphs")),
        _term(minimum, row),
        _term(maximum, row),
        row.take("when", str),
        row.cite(),
    )
    row.done()
    return item


def _term(text: str | None, row: Row) -> Term | None:
    if text is None:
        return None
    try:
        return Term.parse(text)
    except UnitError as error:
        raise LawError(f"{row.where}: {error}") from error


def _cap(base: Row) -> RoleCap:
    where = f"{base.where} cap"
    rules: list[str] = []
    exact: dict[int, tuple[int, str]] = {}
    above = above_to = 0
    above_cite = ""
    for row in base.rows("cap"):
        rules.append(row.take("rule", str))
        if len(rules) < len(_CAPS):
            level = row.take("level", int)
            exact[level] = level - row.take("decrease", int), row.cite()
        else:
            above, above_to, above_cite = row.take("above", int), row.take("decrease_to", int), row.cite()
        row.done()
    _all_in_order(rules, _CAPS, where)
    levels = list(exact)
    if levels != sorted(levels) or levels[-1] != above:
        raise LawError(f"{where}: “above {above}” does not follow on level {levels[-1]}")
    after = [level for level, _ in exact.values()] + [above_to]
    if after != sorted(after):
        raise LawError(f"{where}: a higher table level must not end below a lower one")
    row = base.row("minimal")
    row.take("rule", str)
    minimal_above, minimal_to, minimal_cite = row.take("above", int), row.take("decrease_to", int), row.cite()
    row.done()
    if minimal_to > minimal_above:
        raise LawError(f"{base.where} minimal: decrease_to is above the level it lowers")
    return RoleCap(exact, above, above_to, above_cite, minimal_above, minimal_to, minimal_cite)


def _index(other: Row) -> dict[str, Indexed]:
    found: dict[str, Indexed] = {}
    for row in other.rows("index"):
        section = row.take("section", str)
        guideline = row.take("guideline", str)
        if section in found:
            raise LawError(f"{row.where}: section {section} is listed twice")
        if guideline not in _GUIDELINES:
            raise LawError(f"{row.where}: no rule is written for §{guideline}")
        found[section] = Indexed(guideline, row.cite())
        row.done()
    return found


def _protected(row: Row) -> Protected:
    protected = Protected(
        _reference(row.row("near"), "plus"),
        _reference(row.row("total"), "plus"),
        _reference(row.row("under_18"), "level"),
        _reference(row.row("otherwise"), "level"),
    )
    row.done()
    return protected


def _premises(row: Row) -> Premises:
    underlying = row.row("underlying")
    rule, cite = underlying.take("rule", str), underlying.cite()
    underlying.done()
    allowed = row.row("only_allowed_use")
    most = allowed.take("not_greater_than", int)
    premises = Premises(rule, cite, _reference(allowed, "less"), most)
    row.done()
    return premises


def _reference(row: Row, key: str) -> Reference:
    reference = Reference(row.take("rule", str), row.take(key, int), row.cite())
    row.done()
    return reference


def _possession(other: Row) -> dict[str, Possession]:
    found: dict[str, Possession] = {}
    for row in other.rows("possession"):
        kind = row.take("class", str)
        item = Possession(row.take("rule", str), row.take("level", int), row.take("words", str), row.cite())
        row.done()
        if kind in found:
            raise LawError(f"{row.where}: class {kind} is listed twice")
        found[kind] = item
    _all_in_order(found, _POSSESSION, f"{other.where} possession")
    _falling([item.level for item in found.values()], f"{other.where} possession")
    return found


def _all_in_order(found: Iterable[str], expected: Sequence[str], where: str) -> None:
    """Raise unless exactly the printed rows are there, in printed order."""
    names = tuple(found)
    for position, (name, wanted) in enumerate(zip(names, expected, strict=False), 1):
        if name != wanted:
            raise LawError(f"{where} {position}: {name} stands where {wanted} is printed")
    if len(names) != len(expected):
        what = (
            f"{expected[len(names)]} is missing"
            if len(names) < len(expected)
            else f"{names[len(expected)]} is one too many"
        )
        raise LawError(f"{where}: {what}")


def _falling(levels: list[int], where: str) -> None:
    if any(above <= below for above, below in zip(levels, levels[1:], strict=False)):
        raise LawError(f"{where}: the levels must fall from row to row, as printed")


def _numbered(rules: list[str], where: str) -> None:
    """The rows of (b) must be numbered (b)(1) to (b)(18) without a gap and each be printed once."""
    if len(set(rules)) != len(rules):
        raise LawError(f"{where}: a rule is printed twice")
    last = 0
    for position, rule in enumerate(rules, 1):
        head, _, rest = rule.partition("(b)(")
        number = rest.partition(")")[0]
        if head != "2D1.1" or not number.isdigit() or int(number) not in (last, last + 1):
            raise LawError(f"{where} {position}: {rule} does not follow 2D1.1(b)({last})")
        last = int(number)
    if last != _LAST_CHARACTERISTIC:
        raise LawError(f"{where}: the last rule is 2D1.1(b)({last}), not (b)({_LAST_CHARACTERISTIC})")
