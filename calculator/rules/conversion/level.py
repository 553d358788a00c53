"""From weights to a level: one drug in its own column, several by converted weight (USSG §2D1.1, comment. (n.8))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from calculator.law.drugs import Cap, DrugTables, Entry, QuantityRow, add, multiply
from calculator.rules.conversion.row import ZERO, Row

__all__ = ["Level", "Totals", "families_of", "level_of"]

type Totals = dict[Entry, Decimal]


@dataclass(slots=True)
class Level:
    """A level found: the method, the row, the converted weight, and the entry whose minimum raised it."""

    level: int
    method: Literal["column", "converted"]
    row: QuantityRow
    cite: str
    converted: Decimal
    minimum: Entry | None
    capped: list[tuple[Cap, Decimal]]


def families_of(rows: Sequence[Row]) -> dict[Entry, Totals]:
    """The amounts added up (n.7) by entry, with the entries of one drug (mixture, actual, Ice) together."""
    families: dict[Entry, Totals] = {}
    for row in rows:
        family = families.setdefault(row.substance.entry, {})
        family[row.entry] = add(family.get(row.entry, ZERO), row.amount)
    return families


def level_of(totals: Totals, tables: DrugTables) -> Level:
    """One substance in its own column; all else by converted weight, with caps and minimum levels (n.8)."""
    converted, capped = converted_weight(totals, tables)
    if len(totals) == 1:
        (entry, amount) = next(iter(totals.items()))
        if entry.column is not None:
            row = entry.column.row(amount)
            return Level(row.level, "column", row, row.cite, converted, None, capped)
    row = tables.converted.row(converted)
    level, cite, minimum = row.level, row.cite, None
    for entry in totals:
        least = entry.cls.minimum_level
        if least is not None and least > level and _in_scope(entry, totals):
            level, cite, minimum = least, tables.level_rows[least], entry
    return Level(level, "converted", row, cite, converted, minimum, capped)


def _in_scope(entry: Entry, totals: Totals) -> bool:
    """Whether a minimum level holds in this company; flunitrazepam's holds only with the classes it names."""
    company = entry.cls.minimum_with
    return company is None or all(other.cls is entry.cls or other.cls.id in company for other in totals)


def converted_weight(totals: Totals, tables: DrugTables) -> tuple[Decimal, list[tuple[Cap, Decimal]]]:
    """Converted drug weight in grams after the caps, and each cap that held with the weight before it.

    The provisos to Schedules III, IV and V nest: each narrower group is capped before it goes into the wider
    one.
    """
    total = held = ZERO
    by_class: dict[str, Decimal] = {}
    for entry, amount in totals.items():
        grams = multiply(amount, entry.grams)
        if entry.cls.id in tables.caps[-1].covers:
            by_class[entry.cls.id] = add(by_class.get(entry.cls.id, ZERO), grams)
        else:
            total = add(total, grams)
    capped: list[tuple[Cap, Decimal]] = []
    if by_class:
        for cap in tables.caps:
            for name in [name for name in by_class if name in cap.covers]:
                held = add(held, by_class.pop(name))
            if held > cap.grams:
                capped.append((cap, held))
                held = cap.grams
    return add(total, held), capped
