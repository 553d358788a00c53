"""The same drugs as 21 U.S.C. 841(b) and 960(b) weigh them."""

from __future__ import annotations

from decimal import Decimal

from calculator.answer import StatutoryAmount
from calculator.kinds import BadCase, FieldError
from calculator.law.drugs import DrugTables, Substance, multiply
from calculator.rules.conversion.row import HUNDREDTH, checked, grams_of
from calculator.scenario import Drug

__all__ = ["statutory_amounts"]


def statutory_amounts(drugs: tuple[Drug, ...], tables: DrugTables, where: str = "drugs") -> tuple[StatutoryAmount, ...]:
    """Each drug as 21 U.S.C. 841(b) and 960(b) weigh it: one record for each drug in each row's mixture.

    The mixture is weighed with the carrier of LSD (*Chapman*); plants are counted; the pure weight is given
    for drugs whose purity matters. Where only the pure drug was weighed, the mixture weighs at least as much, and
    that much is counted: the pure drug is itself a substance containing it. Typical weights and the 0.4 mg dose
    are guideline estimates, so they are never used here: what a count of pills weighs is None unless it was
    weighed. `substance` is the drug's line in 841(b)(1)(A) and (B) where it has one, else its id. Raises
    `BadCase` as `drug_level` does for names and units.
    """
    errors: list[FieldError] = []
    amounts: list[StatutoryAmount] = []
    for index, drug in enumerate(drugs):
        at = f"{where}[{index}]"
        try:
            amounts += _statutory(drug, at, tables)
        except BadCase as error:
            errors += error.errors
    if errors:
        raise BadCase(errors)
    return tuple(amounts)


def _statutory(drug: Drug, at: str, tables: DrugTables) -> list[StatutoryAmount]:
    """One row as the statutes weigh it, once for each drug in the mixture."""
    named = checked(drug, at, tables)
    weight = drug.weighed if drug.weighed is not None and (drug.quantity.counted or named.on_carrier) else drug.quantity
    grams = grams_of(weight, tables)
    plants = int(drug.quantity.amount) if drug.quantity.unit == "plants" else None
    mixture, pure = grams, None
    if named.actual is not None:
        if drug.measured == "pure":
            pure = grams
        elif grams is not None and isinstance(drug.purity, Decimal):
            pure = multiply(multiply(grams, drug.purity), HUNDREDTH)
    amounts = [_amount_of(named, mixture, pure, plants, f"{at}.quantity")]
    for name in drug.also_contains:
        other = tables.find(name, f"{at}.also_contains")
        if other is not named:
            amounts.append(_amount_of(other, mixture, None, None, f"{at}.also_contains"))
    return amounts


def _amount_of(
    substance: Substance, mixture: Decimal | None, pure: Decimal | None, plants: int | None, field: str
) -> StatutoryAmount:
    name = substance.threshold or substance.id
    return StatutoryAmount(
        name, substance.label, substance.schedule, mixture, pure, plants, field, substance.on_carrier
    )
