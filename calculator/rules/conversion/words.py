"""How weights, rows and drugs are said in the steps about quantity."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from calculator.law.drugs import QuantityRow
from calculator.units import plain

__all__ = ["amount_in", "in_kilograms", "listed", "mass_of", "row_bounds"]


def listed(words: Sequence[str], last: str = "or") -> str:
    """Words one after another, the last one joined by `last`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def mass_of(grams: Decimal) -> str:
    """A weight as the arithmetic of one row shows it: milligrams below one gram, kilograms from ten."""
    if grams < 1:
        return f"{plain(grams.scaleb(3))} mg" if grams else "0 g"
    return f"{plain(grams)} g" if grams < 10_000 else f"{plain(grams.scaleb(-3))} kg"


def in_kilograms(grams: Decimal) -> str:
    """A converted weight the way the Manual's examples write it: "500 g", "23.142 kg"."""
    return f"{plain(grams)} g" if grams < 1_000 else f"{plain(grams.scaleb(-3))} kg"


def amount_in(amount: Decimal, measure: str) -> str:
    """An amount in its measure, as the Drug Quantity Table writes it."""
    if measure != "g":
        return f"{plain(amount)} {'unit' if measure == 'units' and amount == 1 else measure}"
    return mass_of(amount) if amount < 1 else in_kilograms(amount)


def row_bounds(row: QuantityRow, measure: str) -> str:
    """The row in words: "at least 28 g but less than 112 g"."""
    if row.less_than is None:
        return f"{amount_in(row.at_least, measure)} or more"
    less = f"less than {amount_in(row.less_than, measure)}"
    return f"at least {amount_in(row.at_least, measure)} but {less}" if row.at_least else less
