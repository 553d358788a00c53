"""How much of each drug reaches a paragraph of the ladder: 21 U.S.C. 841(b)(1) and 960(b)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from calculator.law.schema import LawError, Row
from calculator.law.statutes.ladder import Paragraph
from calculator.law.statutes.rows import HOMES, put, weight

__all__ = ["Amounts", "Doubt", "Threshold", "amounts_from"]

MEASURES = ("mixture", "pure", "plants")


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


def amounts_from(table: Row, paragraphs: Mapping[str, Paragraph]) -> Amounts:
    """Read `thresholds`, for the paragraphs of the ladder."""
    lesser: dict[str, str] = {}
    for row in table.rows("lesser"):
        row.cite()
        tier = row.one_of("tier", paragraphs)
        for schedule in row.texts("schedules"):
            put(lesser, schedule, tier, row)
        row.done()
    named: dict[tuple[str, str], str] = {}
    for row in table.rows("named"):
        row.cite()
        tier = row.one_of("tier", paragraphs)
        substances = row.texts("substances")
        for home in _homes(row):
            for substance in substances:
                put(named, (home, substance), tier, row)
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
            put(doubts, substance, doubt, row)
        row.done()
    table.done()
    return Amounts({key: tuple(rows) for key, rows in thresholds.items()}, lesser, named, doubts)


def _homes(row: Row) -> tuple[str, ...]:
    homes = row.texts("sections")
    if not homes or not set(homes) <= set(HOMES):
        raise LawError(f"{row.where}: sections must be of {', '.join(HOMES)}")
    return homes


def _threshold(row: Row, paragraphs: Mapping[str, Paragraph], found: dict[tuple[str, str], list[Threshold]]) -> None:
    measure = row.one_of("measure", MEASURES)
    row.cite()
    steps = [(tier, weight(row, tier, text, measure)) for tier, text in row.pairs("at_least", str).items()]
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
