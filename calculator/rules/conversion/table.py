"""The row of the Drug Quantity Table, the caps and minimum levels, and what is open about them."""

from __future__ import annotations

from collections.abc import Sequence

from calculator.law.drugs import DrugTables, Entry, add, multiply
from calculator.rules.conversion.level import Level, Totals, level_of
from calculator.rules.conversion.row import NOTE_B, ZERO, Row, names_of, printed
from calculator.rules.conversion.words import amount_in, in_kilograms, listed, row_bounds
from calculator.trace import Trace

__all__ = ["say_batches", "say_level"]

N8B = "USSG §2D1.1, comment. (n.8(B))"


def say_level(
    rows: Sequence[Row],
    families: dict[Entry, Totals],
    totals: Totals,
    found: Level,
    tables: DrugTables,
    trace: Trace,
    where: str,
) -> None:
    """The row of the table, the caps and minimum levels, and what is open about them."""
    names = names_of(rows)
    row = found.row
    rule = f"2D1.1(c){row.cite.rpartition('(c)')[2]}"
    if found.method == "column":
        (entry, amount) = next(iter(totals.items()))
        column = entry.column
        assert column is not None
        counted, bounds = amount_in(amount, column.measure), row_bounds(row, column.measure)
        words = f"{counted} of {names[entry]} is {bounds}: level {row.level}."
        trace.applied(rule, words, row.cite, field=where)
        return
    for cap, before in found.capped:
        groups = listed(tuple(printed(entry) for entry in totals if entry.cls.id in cap.covers), "and")
        trace.applied(
            "2D1.1 n.8(D)",
            f"{groups} convert to {in_kilograms(before)}, "
            f"but together count for no more than {in_kilograms(cap.grams)}.",
            cap.cite,
            field=where,
        )
    total = f"{'Together the drugs come' if len(totals) > 1 else 'It comes'} to {in_kilograms(found.converted)}"
    words = f"{total} of converted drug weight, {row_bounds(row, 'g')}: level {row.level}."
    trace.applied(rule, words, row.cite, field=where)
    if found.minimum is not None:
        trace.applied(
            "2D1.1 n.8(D)",
            f"With {names[found.minimum]} the level is never below {found.level}, so it is {found.level}.",
            found.minimum.cls.cite,
            field=where,
        )
    for entry in totals:
        least = entry.cls.minimum_level
        if least is not None and least > found.level:
            trace.passed(
                "2D1.1 n.8(D)",
                f"The minimum of level {least} for {names[entry]} is printed only for that drug alone or "
                "with depressants and Schedule III, IV or V drugs, so it is not used here.",
                entry.cls.cite,
                field=where,
            )
    _separate_caps(totals, found, tables, trace, where)
    if len(families) > 1:
        _lower_than_alone(names, families, found, tables, trace, where)


def _separate_caps(totals: Totals, found: Level, tables: DrugTables, trace: Trace, where: str) -> None:
    """The proviso caps Schedules IV and V combined; example 8(C)(iv) caps each. Say when that matters."""
    if not found.capped:
        return
    widest = tables.caps[-1]
    own = {cap.of: cap.grams for cap in tables.caps}
    free = held = ZERO
    for entry, amount in totals.items():
        # Each of the capped classes has one entry, so that its own cap can be put on it here.
        grams = multiply(amount, entry.grams)
        if entry.cls.id in widest.covers:
            held = add(held, min(grams, own.get(entry.cls.id, grams)))
        else:
            free = add(free, grams)
    other = add(free, min(held, widest.grams))
    level = max(tables.converted.row(other).level, found.level if found.minimum is not None else 0)
    if level != found.level:
        trace.flagged(
            "2D1.1 n.8(D)",
            "The proviso caps Schedule IV and V drugs together, and is followed here. The arithmetic of an "
            f"example in the Manual caps each by itself and then adds, which would give {in_kilograms(other)} "
            f"and level {level}.",
            "USSG §2D1.1, comment. (n.8(C)(iv), n.8(D))",
            field=where,
        )


def _lower_than_alone(
    names: dict[Entry, str],
    families: dict[Entry, Totals],
    found: Level,
    tables: DrugTables,
    trace: Trace,
    where: str,
) -> None:
    """A rounded conversion can give several drugs less than one of them alone: say so (an open doubt)."""
    best, alone = found.level, None
    for family in families.values():
        level = level_of(family, tables).level
        if level > best:
            best, alone = level, family
    if alone is not None:
        drugs = listed([f"{amount_in(amount, entry.measure)} of {names[entry]}" for entry, amount in alone.items()])
        trace.flagged(
            "2D1.1 n.8(B)",
            f"By conversion the drugs together are level {found.level}, but {drugs} alone is level {best}. "
            "The note on combining drugs, read as it stands, uses the total; no text says that the level "
            "of one drug alone is a floor. A lawyer should check this.",
            N8B,
            field=where,
        )


def say_batches(
    rows: Sequence[Row],
    families: dict[Entry, Totals],
    totals: Totals,
    found: Level,
    tables: DrugTables,
    trace: Trace,
    where: str,
) -> None:
    """Several batches of one drug whose purity matters: note (B) mixture by mixture, then added (n.7).

    Note (B) speaks of "a mixture or substance", so each batch takes its own greater weight, and n.7 adds
    transactions by the conversion tables. It can also be read on the sums: all mixtures against all pure
    drug. Say when that differs.
    """
    for base, family in families.items():
        if len(family) < 2:
            continue
        own = [row for row in rows if row.substance.entry is base]
        substance = own[0].substance
        whole, actual = substance.whole, substance.actual
        if whole is None or actual is None or whole not in family:
            continue
        mixture = pure = ZERO
        for row in own:
            mixture = add(mixture, (row.pure if row.whole is None else row.whole) or ZERO)
            pure = add(pure, (row.whole if row.entry is substance.ice else row.pure) or ZERO)
        rest = {entry: amount for entry, amount in totals.items() if entry not in family}
        level = max(
            level_of({**rest, whole: mixture}, tables).level,
            level_of({**rest, actual: pure}, tables).level if pure else 0,
        )
        if level != found.level:
            trace.flagged(
                "2D1.1(c) note (B)",
                f"Each batch of {substance.name} is counted by whichever of its own two weights is greater, "
                "and the results are added. If all mixtures are weighed against all the pure drug instead, "
                f"the drug level is {level}, not {found.level}. The Manual does not say which.",
                f"{NOTE_B}; USSG §2D1.1, comment. (n.7)",
                field=where,
            )
