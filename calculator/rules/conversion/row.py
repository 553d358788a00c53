"""One drug of the case: the substance it names, once its facts fit it, and what it is counted as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculator.kinds import YES, BadCase
from calculator.law.drugs import DrugTables, Entry, Substance, multiply
from calculator.rules.conversion.words import listed
from calculator.scenario import Drug
from calculator.units import Quantity

__all__ = ["HUNDREDTH", "NOTE_A", "NOTE_B", "Row", "ZERO", "checked", "grams_of", "names_of", "printed"]

NOTE_A = "USSG §2D1.1(c), note (A)"
NOTE_B = "USSG §2D1.1(c), note (B)"
ZERO, HUNDREDTH = Decimal(0), Decimal("0.01")


@dataclass(slots=True)
class Row:
    """One drug of the case as it is counted: `amount` of `entry`; and both weights of a mixture, if known."""

    at: str
    drug: Drug
    named: Substance  # as the case names it
    substance: Substance  # as it is counted, which note (A) can make another drug of the same mixture
    entry: Entry
    amount: Decimal
    words: str
    cite: str
    whole: Decimal | None = None
    pure: Decimal | None = None
    typical: bool = False  # by the typical weight of a pill or dose, for want of a better one (n.9)

    @property
    def label(self) -> str:
        """What was counted, as a list shows it."""
        return self._called(self.substance.label)

    @property
    def said(self) -> str:
        """What was counted, as a sentence says it."""
        return self._called(self.substance.name)

    def _called(self, name: str) -> str:
        if self.entry is self.substance.whole:
            return name
        return f"{name} (actual)" if self.entry is self.substance.actual else self.entry.name


def checked(drug: Drug, at: str, tables: DrugTables) -> Substance:
    """The substance a row names, once its facts fit it. Raises `BadCase` at the field that does not."""
    substance = tables.find(drug.substance, f"{at}.substance")
    name, quantity = substance.name, drug.quantity
    if drug.measured == "pure" and substance.actual is None and not substance.weighed_alone:
        what = "whole mixture" if substance.measure == "g" else "pills or the liquid"
        raise BadCase.at(f"{at}.measured", f"cannot be pure for {name}: the law counts the {what}, so give that amount")
    if drug.d_meth_hydrochloride is YES and substance.ice is None:
        raise BadCase.at(f"{at}.d_meth_hydrochloride", f"is only for methamphetamine, not for {name}: leave it out")
    if quantity.counted:
        fits = quantity.unit in substance.units or (
            quantity.unit == "units" and "doses" in substance.units and not substance.on_carrier
        )
    else:
        # Any weight or volume fits a drug that is weighed; LSD is never reckoned from a liquid's volume.
        fits = not (substance.on_carrier and quantity.unit in tables.measures.milliliters)
        if drug.weighed is not None and not substance.on_carrier:
            raise BadCase.at(
                f"{at}.weighed", "is only for drugs given as a count, such as pills or plants: leave it out"
            )
    if not fits:
        raise BadCase.at(f"{at}.quantity", f"“{quantity}” does not fit {name}: use {listed(substance.units)}")
    _check_near(drug, substance, f"{at}.near_protected", tables)
    return substance


def _check_near(drug: Drug, substance: Substance, field: str, tables: DrugTables) -> None:
    """The part near a protected place or person is a part of what there was, in a measure that goes with it."""
    part, whole = drug.near_protected, drug.quantity
    if part is None or not part.amount or part.unit == whole.unit:
        return
    if whole.counted and drug.weighed is not None and not substance.on_carrier:
        whole = drug.weighed
    part_g, whole_g = grams_of(part, tables), grams_of(whole, tables)
    if part_g is None or whole_g is None:
        raise BadCase.at(field, f"“{part}” does not go with the whole quantity: give a part of {drug.quantity}")
    if part_g > whole_g:
        raise BadCase.at(field, f"“{part}” is more than the whole quantity, {whole}: give a part of it")


def grams_of(quantity: Quantity, tables: DrugTables) -> Decimal | None:
    """A weight, or the weight of a liquid, in grams; None for a count."""
    measures = tables.measures
    factor = measures.grams.get(quantity.unit)
    if factor is not None:
        return multiply(quantity.amount, factor)
    factor = measures.milliliters.get(quantity.unit)
    return None if factor is None else multiply(multiply(quantity.amount, factor), measures.grams_per_ml)


def names_of(rows: Sequence[Row]) -> dict[Entry, str]:
    """What each entry is called here: the drug's own name, or the printed one where several share it."""
    names: dict[Entry, str] = {}
    for row in rows:
        if names.setdefault(row.entry, row.said) != row.said:
            names[row.entry] = printed(row.entry)
    return names


def printed(entry: Entry) -> str:
    """A drug as the Manual's tables name it."""
    return entry.column.name if entry.column is not None else entry.name
