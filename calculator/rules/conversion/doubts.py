"""What is open about how one drug was named or weighed, though a number can be given."""

from __future__ import annotations

from calculator.law.drugs import DrugTables, multiply
from calculator.rules.conversion.level import Level, Totals, level_of
from calculator.rules.conversion.purity import changed, replaced
from calculator.rules.conversion.row import Row
from calculator.rules.conversion.words import mass_of
from calculator.trace import Trace

__all__ = ["say_doubts"]


def say_doubts(row: Row, totals: Totals, found: Level, tables: DrugTables, trace: Trace) -> None:
    """The name that may mean another drug, a typical weight, the weight of plants, and a powder of GHB."""
    _name(row, trace)
    _typical_weight(row, totals, found, tables, trace)
    _plants(row, totals, found, tables, trace)
    _powder(row, tables, trace)


def _name(row: Row, trace: Trace) -> None:
    """The checks that the law data keeps for this drug."""
    for check in row.named.to_check(row.drug.substance, counted=row.drug.quantity.counted):
        trace.flagged("2D1.1(c)", f"{check.say}: a lawyer should check this.", check.cite, field=f"{row.at}.substance")


def _typical_weight(row: Row, totals: Totals, found: Level, tables: DrugTables, trace: Trace) -> None:
    """n.9: a typical weight only stands in, and with an asterisk it is the weight of the drug itself."""
    typical = row.substance.typical
    if not row.typical or typical is None:
        return
    rule, field = "2D1.1 n.9", f"{row.at}.weighed"
    only = "No weight is given, so the Manual's typical weight is used; it gives way to any more reliable estimate"
    if not typical.actual or row.whole is not None:
        trace.applied(rule, f"{only}.", typical.cite, field=field)
        return
    words = (
        f"{only}. It is the weight of the {row.substance.name} itself, and “a very conservative estimate of the total "
        "weight”."
    )
    whole = row.substance.whole
    if row.entry is not whole and whole is not None:
        other = level_of(replaced(totals, row, whole, row.amount), tables).level
        words += f" Read as the weight of the whole pills instead, {changed(other, found.level)}."
    trace.flagged(rule, words, typical.cite, field=field)


def _plants(row: Row, totals: Totals, found: Level, tables: DrugTables, trace: Trace) -> None:
    """Note (E): the actual weight, where it is greater, is that of usable marijuana (n.3 and background)."""
    if row.drug.quantity.unit != "plants":
        return
    by_plant = multiply(row.drug.quantity.amount, tables.plant_g)
    if row.amount <= by_plant:
        return
    other = level_of(replaced(totals, row, row.entry, by_plant), tables).level
    trace.flagged(
        "2D1.1(c) note (E)",
        f"The weight is more than {mass_of(tables.plant_g)} a plant, so it is used. It must be the weight of dry, "
        "usable marijuana; whole or freshly cut plants weigh far more, and that weight does not count. By the plant "
        f"alone, {mass_of(by_plant)}, {changed(other, found.level)}.",
        f"{tables.plant_cite}; USSG §2D1.1, comment. (n.3, backg’d.)",
        field=f"{row.at}.weighed",
    )


def _powder(row: Row, tables: DrugTables, trace: Trace) -> None:
    """GHB and its kin are counted in milliliters; only for a liquid does the Manual turn grams into them."""
    if row.substance.measure == "ml" and row.drug.quantity.unit in tables.measures.grams:
        trace.flagged(
            "2D1.1 n.8(D)",
            f"A weight of {row.substance.name} is read as the weight of a liquid, 1 g as 1 ml. For a powder the Manual "
            "gives no rule: a lawyer should check this.",
            f"{tables.measures.cite}; {row.entry.cite}",
            field=f"{row.at}.quantity",
        )
