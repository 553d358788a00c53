"""The level of all the drugs together, with its weights and steps; and amounts in the Manual's measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from calculator.answer import DrugLevel, DrugWeight
from calculator.law.drugs import DrugTables, Entry, multiply
from calculator.records import with_field
from calculator.rules.conversion.doubts import say_doubts
from calculator.rules.conversion.level import Totals, families_of, level_of
from calculator.rules.conversion.mixture import counted_rows
from calculator.rules.conversion.purity import say_purity, say_row
from calculator.rules.conversion.table import say_batches, say_level
from calculator.rules.conversion.words import mass_of
from calculator.scenario import Drug
from calculator.trace import Stage, Trace
from calculator.units import Quantity, plain

__all__ = ["drug_level", "echo", "level_curve"]

_METRIC = frozenset({"mg", "g", "kg", "ml", "l"})


def drug_level(drugs: tuple[Drug, ...], tables: DrugTables, where: str = "drugs") -> DrugLevel:
    """The Drug Quantity Table level of all `drugs` together, with the weights and the steps behind it.

    `where` is the path of the list in the case, for errors and for the field of each step. Raises `BadCase`
    for an unknown name, a unit that does not fit the drug or a weight that is missing, each at its field;
    `Stop` for a powder of a drug that the Manual counts only in units.
    """
    trace = Trace(Stage.QUANTITY)
    rows = counted_rows(drugs, tables, where, trace)
    families = families_of(rows)
    totals = _added_up(families)
    found = level_of(totals, tables)
    for row in rows:
        say_row(row, found, trace)
        say_purity(row, totals, found, tables, trace)
        say_doubts(row, totals, found, tables, trace)
    say_level(rows, families, totals, found, tables, trace, where)
    say_batches(rows, families, totals, found, tables, trace, where)
    weights = tuple(
        DrugWeight(
            row.entry.id,
            row.label,
            row.drug.quantity,
            row.amount,
            row.entry.measure,
            multiply(row.amount, row.entry.grams),
            row.words,
        )
        for row in rows
    )
    return DrugLevel(found.level, found.method, found.cite, found.converted, weights, tuple(trace.steps))


def level_curve(drug: Drug, amounts: Iterable[Decimal], tables: DrugTables) -> list[int]:
    """The Drug Quantity Table level of one drug at each of these amounts, in the unit that it is given in."""
    unit = drug.quantity.unit
    levels = []
    for amount in amounts:
        weighed = with_field(drug, "quantity", Quantity(amount, unit))
        rows = counted_rows((weighed,), tables, "drugs", Trace(Stage.QUANTITY))
        levels.append(level_of(_added_up(families_of(rows)), tables).level)
    return levels


def _added_up(families: Mapping[Entry, Totals]) -> Totals:
    return {entry: amount for family in families.values() for entry, amount in family.items()}


def echo(quantity: Quantity, tables: DrugTables) -> str | None:
    """How the Manual's own table reads an amount ("3 lb = 1,360.8 g"); None when nothing is converted."""
    if quantity.counted or quantity.unit in _METRIC:
        return None
    measures = tables.measures
    if quantity.unit in measures.grams:
        return f"{quantity} = {mass_of(multiply(quantity.amount, measures.grams[quantity.unit]))}"
    return f"{quantity} = {plain(multiply(quantity.amount, measures.milliliters[quantity.unit]))} ml"
