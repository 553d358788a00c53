"""How much of each drug there was, and the gravest paragraph of 21 U.S.C. 841(b) or 960(b) that it reaches.

Different drugs are never added together.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculator.answer import StatutoryAmount
from calculator.law.statutes import Statutes
from calculator.rules.penalties.words import in_sentence
from calculator.units import plain

__all__ = ["Reach", "Sum", "gravest", "reached", "summed", "without_quantity"]


@dataclass(slots=True)
class Sum:
    """All of one drug: whole mixture and pure drug in grams, plants. None where no row of it can be told."""

    substance: str
    name: str
    schedule: str
    field: str
    mixture: Decimal | None = None
    pure: Decimal | None = None
    plants: Decimal | None = None
    pure_untold: Decimal = Decimal(0)  # grams of mixture whose pure part is not known
    pure_field: str = ""  # the first row of those
    untold_fields: list[str] = dataclasses.field(default_factory=list)  # where rows with no weight at all would have it
    on_carrier: bool = False
    rows: int = 0

    def of(self, measure: str) -> Decimal | None:
        return self.mixture if measure == "mixture" else self.pure if measure == "pure" else self.plants


@dataclass(frozen=True, slots=True)
class Reach:
    """The gravest paragraph that an amount reaches: tier, citation with its clause, and how, as words."""

    tier: str
    cite: str
    words: str
    name: str


def summed(amounts: Sequence[StatutoryAmount]) -> dict[str, Sum]:
    """Each drug added up; different drugs are never added. List I chemicals have no place on the ladder."""
    sums: dict[str, Sum] = {}
    for amount in amounts:
        if amount.schedule == "list I":
            continue
        one = sums.get(amount.substance)
        if one is None:
            one = sums[amount.substance] = Sum(
                amount.substance,
                in_sentence(amount.name),
                amount.schedule,
                amount.field,
                on_carrier=amount.on_carrier,
            )
        one.rows += 1
        if amount.mixture_g is not None:
            one.mixture = amount.mixture_g + (one.mixture or 0)
            if amount.pure_g is None:
                one.pure_untold += amount.mixture_g
                if amount.field.endswith(".quantity"):
                    one.pure_field = one.pure_field or f"{_row(amount.field)}.purity"
        elif amount.pure_g is None and amount.plants is None:
            one.untold_fields.append(f"{_row(amount.field)}.weighed")
        if amount.pure_g is not None:
            one.pure = amount.pure_g + (one.pure or 0)
        if amount.plants is not None:
            one.plants = amount.plants + (one.plants or Decimal(0))
    return sums


def _row(field: str) -> str:
    """The row that a field belongs to: 'drugs[0]' for 'drugs[0].quantity'."""
    return field[: field.index("]") + 1] if "]" in field else field


def reached(statutes: Statutes, home: str, one: Sum, substance: str) -> Reach | None:
    """The gravest paragraph that this much of a drug reaches when it counts as `substance`, if any."""
    best: Reach | None = None
    paragraphs = statutes.ladder.paragraphs
    for row in statutes.amounts.thresholds.get((home, substance), ()):
        amount = one.of(row.measure)
        if amount is None:
            continue
        for tier, least, cite in row.steps:
            if amount >= least:
                if best is None or paragraphs[tier].rank < paragraphs[best.tier].rank:
                    words = (
                        f"{_measured(amount, row.measure, one.name)} reaches the line of"
                        f" {_measured(least, row.measure)}"
                    )
                    best = Reach(tier, cite, words, one.name)
                break
    return best


def _measured(amount: Decimal, measure: str, name: str = "") -> str:
    if measure == "plants":
        return f"{plain(amount)} {name} plants" if name else f"{plain(amount)} plants"
    unit = f"{plain(amount)} g"
    if not name:
        return f"{unit} of the pure drug" if measure == "pure" else unit
    return f"{unit} of pure {name}" if measure == "pure" else f"{unit} of {name}"


def gravest(statutes: Statutes, home: str, sums: dict[str, Sum]) -> Reach:
    """The gravest paragraph of all the drugs, by amount where one is reached, else by substance."""
    best: Reach | None = None
    paragraphs = statutes.ladder.paragraphs
    for one in sums.values():
        tier = without_quantity(statutes, home, one)
        plainly = Reach(tier, paragraphs[tier].cites[home], f"The drug is {one.name}", one.name)
        for reach in (reached(statutes, home, one, one.substance), plainly):
            if reach is not None and (best is None or paragraphs[reach.tier].rank < paragraphs[best.tier].rank):
                best = reach
    assert best is not None
    return best


def without_quantity(statutes: Statutes, home: str, one: Sum) -> str:
    """The paragraph a drug belongs to whatever its amount."""
    return statutes.amounts.without_quantity(home, one.substance, one.schedule)
