"""The drug guidelines beside §2D1.1, and the lines of Appendix A that lead to them."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.law.levels.printed import check_falling, check_order
from calculator.law.schema import LawError, Row

__all__ = [
    "Indexed",
    "Possession",
    "Premises",
    "Protected",
    "Reference",
    "index_from",
    "possession_from",
    "premises_from",
    "protected_from",
    "reference_from",
]

_POSSESSION = ("opiate_or_cocaine_base", "cocaine_flunitrazepam_lsd_pcp", "other")
_GUIDELINES = ("2D1.1", "2D1.2", "2D1.6", "2D1.8", "2D2.1")


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
    # The sections that are about young people: whether one under eighteen was involved is not known unless said.
    asked_in: frozenset[str]


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


def index_from(other: Row) -> dict[str, Indexed]:
    """The lines of Appendix A, by section."""
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


def protected_from(row: Row) -> Protected:
    """The alternatives of §2D1.2(a)."""
    protected = Protected(
        reference_from(row.row("near"), "plus"),
        reference_from(row.row("total"), "plus"),
        reference_from(row.row("under_18"), "level"),
        reference_from(row.row("otherwise"), "level"),
        frozenset(row.texts("asked_in")),
    )
    row.done()
    return protected


def premises_from(row: Row) -> Premises:
    """The alternatives of §2D1.8(a)."""
    underlying = row.row("underlying")
    rule, cite = underlying.take("rule", str), underlying.cite()
    underlying.done()
    allowed = row.row("only_allowed_use")
    most = allowed.take("not_greater_than", int)
    premises = Premises(rule, cite, reference_from(allowed, "less"), most)
    row.done()
    return premises


def reference_from(row: Row, key: str) -> Reference:
    """One reference; `key` is what its number is called in print."""
    reference = Reference(row.take("rule", str), row.take(key, int), row.cite())
    row.done()
    return reference


def possession_from(other: Row) -> dict[str, Possession]:
    """The levels of §2D2.1(a), by class of substance."""
    found: dict[str, Possession] = {}
    for row in other.rows("possession"):
        kind = row.take("class", str)
        item = Possession(row.take("rule", str), row.take("level", int), row.take("words", str), row.cite())
        row.done()
        if kind in found:
            raise LawError(f"{row.where}: class {kind} is listed twice")
        found[kind] = item
    check_order(found, _POSSESSION, f"{other.where} possession")
    check_falling([item.level for item in found.values()], f"{other.where} possession")
    return found
