"""The Manual's measurement table, and reading amounts by it. Weights are grams, volumes milliliters, all `Decimal`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from calculator.law.drugs.exact import divide, multiply
from calculator.law.schema import LawError, Row
from calculator.units import Quantity, UnitError

__all__ = ["MEASURES", "Measures", "measured", "texts_in"]

MEASURES = ("g", "units", "ml")


@dataclass(frozen=True, slots=True)
class Measures:
    """The Manual's measurement table: grams in each unit of weight, milliliters in each unit of volume."""

    grams: Mapping[str, Decimal]
    milliliters: Mapping[str, Decimal]
    grams_per_ml: Decimal  # of a liquid
    cite: str

    @classmethod
    def read(cls, table: Row) -> Measures:
        """Read `measurement_conversion`. Every unit must be reached, and two rows for one unit must agree."""
        cite = table.cite()
        table.take("page", str)
        pending: list[tuple[str, Decimal, str, str]] = []
        per_ml: Decimal | None = None
        for row in table.rows("row"):
            row.cite()
            one, equals, where = row.take("one", str), quantity_in(row, "equals"), row.where
            if row.maybe("liquid", bool):
                if (one, equals.unit) != ("g", "ml"):
                    raise LawError(f"{where}: a liquid row must say how many ml one g is")
                per_ml = divide(Decimal(1), equals.amount)
            else:
                pending.append((one, equals.amount, equals.unit, where))
            row.done()
        table.done()
        if per_ml is None:
            raise LawError(f"{table.where}: no row says what a milliliter of liquid weighs")
        grams, milliliters = {"g": Decimal(1)}, {"ml": Decimal(1)}
        while pending:
            # Rows that say what a unit is come first; only "1 gm = 1,000 mg" has to be turned round.
            for turned in (False, True):
                left = [row for row in pending if not any(_link(known, *row, turned) for known in (grams, milliliters))]
                if len(left) < len(pending):
                    break
            else:
                raise LawError(f"{left[0][3]}: {left[0][0]} is not linked to g or ml")
            pending = left
        return cls(grams, milliliters, per_ml, cite)


def _link(known: dict[str, Decimal], one: str, amount: Decimal, unit: str, where: str, turned: bool) -> bool:
    """Take 1 `one` = `amount` `unit` into `known`, if the unit (or, `turned`, the one) is known there."""
    if turned and one in known and unit not in known:
        known[unit] = divide(known[one], amount)
        return True
    if unit not in known:
        return False
    value = multiply(amount, known[unit])
    if known.setdefault(one, value) != value:
        raise LawError(f"{where}: 1 {one} is {value} here but {known[one]} elsewhere")
    return True


def quantity_in(row: Row, key: str) -> Quantity:
    """A text such as "28 g" in a law file."""
    text = row.take(key, str)
    try:
        return Quantity.parse(text)
    except UnitError as error:
        raise LawError(f"{row.where}: {key} {error}") from error


def texts_in(row: Row, key: str) -> tuple[str, ...]:
    """A list of texts that need not be there."""
    return tuple(Row({key: item}, row.where).take(key, str) for item in row.maybe(key, list) or ())


def measured(row: Row, key: str, measures: Measures) -> tuple[Decimal, str]:
    """A quantity of a law file in its base measure: (amount, "g", "ml" or "units")."""
    quantity = quantity_in(row, key)
    if quantity.unit in measures.grams:
        return multiply(quantity.amount, measures.grams[quantity.unit]), "g"
    if quantity.unit in measures.milliliters:
        return multiply(quantity.amount, measures.milliliters[quantity.unit]), "ml"
    if quantity.unit == "units":
        return quantity.amount, "units"
    raise LawError(f"{row.where}: {key} is in {quantity.unit}, not in g, ml or units")
