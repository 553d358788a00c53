"""Reading the rows of a statute table: each named once, amounts as printed."""

from __future__ import annotations

from decimal import Decimal

from calculator.law.schema import LawError, Row
from calculator.units import Quantity, UnitError

__all__ = ["HOMES", "put", "weight"]

HOMES = ("841", "960")


def put[K, V](found: dict[K, V], key: K, value: V, row: Row) -> None:
    """Keep a value under a key that must be new."""
    if key in found:
        raise LawError(f"{row.where}: {key!r} is given twice")
    found[key] = value


def weight(row: Row, key: str, text: str, measure: str) -> Decimal:
    """An amount as printed, in grams or plants."""
    try:
        quantity = Quantity.parse(text)
    except UnitError as error:
        raise LawError(f"{row.where}: {key} {error}") from None
    factor = {"g": 1, "kg": 1000, "plants": 1}.get(quantity.unit)
    if factor is None or (quantity.unit == "plants") != (measure == "plants"):
        raise LawError(f"{row.where}: {key} is in {quantity.unit}, which does not measure {measure}")
    return quantity.amount * factor
