"""Note (A) to the Drug Quantity Table: a mixture of several drugs; and every drug of the case as it is counted."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from calculator.kinds import UNSTATED, BadCase, FieldError
from calculator.law.drugs import DrugTables, Substance, multiply
from calculator.rules.conversion.level import level_of
from calculator.rules.conversion.row import NOTE_A, NOTE_B, Row, checked
from calculator.rules.conversion.weighing import weighed_as
from calculator.rules.conversion.words import listed
from calculator.scenario import Drug
from calculator.trace import Stop, Trace

__all__ = ["counted_rows"]


def counted_rows(drugs: Sequence[Drug], tables: DrugTables, where: str, trace: Trace) -> list[Row]:
    """Every drug of the case as it is counted. Raises `BadCase` with all that is wrong with them."""
    errors: list[FieldError] = []
    rows: list[Row] = []
    for index, drug in enumerate(drugs):
        at = f"{where}[{index}]"
        try:
            substance = checked(drug, at, tables)
            row = weighed_as(drug, substance, at, tables)
            rows.append(note_a(row, tables, trace) if drug.also_contains else row)
        except BadCase as error:
            errors += error.errors
    if not drugs:
        errors.append(FieldError(where, "is empty: name at least one drug and how much of it there was"))
    if errors:
        raise BadCase(errors)
    return rows


def _can_beat(other: Substance, level: int, tables: DrugTables) -> bool:
    """Whether any amount of a drug is worth more than a level: a cap on its schedule can rule that out (n.8(D))."""
    cap = next((cap for cap in tables.caps if cap.of == other.entry.cls.id), None)
    return cap is None or tables.converted.row(cap.grams).level > level


def note_a(row: Row, tables: DrugTables, trace: Trace) -> Row:
    """Note (A): a mixture of several drugs counts whole as the one that gives the greater level."""
    best, best_level = row, level_of({row.entry: row.amount}, tables).level
    others: list[str] = []
    for name in row.drug.also_contains:
        field = f"{row.at}.also_contains"
        other = tables.find(name, field)
        if other is row.named:
            continue
        others.append(other.name)
        try:
            # Purity and isomer were stated of the drug the row names; of the others only the mixture is
            # known.
            bare = dataclasses.replace(row.drug, purity="unset", d_meth_hydrochloride=UNSTATED, near_protected=None)
            if bare.measured == "pure" or bare.quantity.counted and bare.quantity.unit not in other.units:
                raise BadCase.at(field, "cannot be weighed")
            candidate = weighed_as(bare, other, row.at, tables)
        except (BadCase, Stop):
            if not _can_beat(other, best_level, tables):
                continue
            trace.flagged(
                "2D1.1(c) note (A)",
                f"The mixture also contains {other.name}. What was given does not say how much the whole "
                f"mixture would be counted as {other.name}, so a lawyer should check whether that gives a "
                "greater level.",
                NOTE_A,
                field=field,
            )
            continue
        if other.actual is not None:
            trace.flagged(
                "2D1.1(c) note (B)",
                f"How much of the mixture is {other.name} itself is not known. If that weight gives a "
                "greater level, it is used instead.",
                NOTE_B,
                field=field,
            )
        level = level_of({candidate.entry: candidate.amount}, tables).level
        converted, so_far = (multiply(item.amount, item.entry.grams) for item in (candidate, best))
        if (level, converted) > (best_level, so_far):
            best, best_level = candidate, level
    if others:
        trace.applied(
            "2D1.1(c) note (A)",
            f"The mixture holds {listed((row.named.name, *others), 'and')}. All of its weight is counted as "
            f"{best.substance.name}, which gives the greatest level.",
            NOTE_A,
            field=f"{row.at}.also_contains",
        )
    if best is not row:
        best.drug, best.named, best.whole, best.pure = row.drug, row.named, row.whole, row.pure
    return best
