"""What purity did, would do, or does not matter to: notes (A) to (C) to the Drug Quantity Table."""

from __future__ import annotations

from decimal import Decimal

from calculator.kinds import NO, UNKNOWN, UNSTATED, YES
from calculator.law.drugs import DrugTables, Entry, add, multiply, subtract
from calculator.rules.conversion.level import Level, Totals, level_of
from calculator.rules.conversion.row import NOTE_A, NOTE_B, ZERO, Row
from calculator.rules.conversion.words import in_kilograms, mass_of
from calculator.trace import Trace
from calculator.units import plain

__all__ = ["changed", "replaced", "say_purity", "say_row"]


def say_row(row: Row, found: Level, trace: Trace) -> None:
    """How one drug was weighed and, where it counts, converted."""
    field = f"{row.at}.quantity"
    if found.method == "column":
        trace.applied("2D1.1(c)", f"{row.words}.", row.cite, field=field)
    else:
        kilograms = in_kilograms(multiply(row.amount, row.entry.grams))
        cite = row.entry.cite if row.cite in (NOTE_A, row.entry.cite) else f"{row.cite}; {row.entry.cite}"
        trace.applied("2D1.1 n.8(D)", f"{row.words}: {kilograms} of converted drug weight.", cite, field=field)


def say_purity(row: Row, totals: Totals, found: Level, tables: DrugTables, trace: Trace) -> None:
    """Notes (A) to (C) for one row: what purity did, would do, or does not matter to."""
    named, drug, field = row.named, row.drug, f"{row.at}.purity"
    actual, whole = named.actual, named.whole
    if actual is None:
        if drug.purity != "unset":
            trace.passed(
                "2D1.1(c) note (A)",
                f"Purity does not change the weight of {named.name}: the whole mixture is counted.",
                NOTE_A,
                field=field,
            )
        if named.entry.cls.contained and drug.measured != "pure":
            trace.flagged(
                "2D1.1 n.8(D)",
                f"If these were tablets, only the {named.name} in them is counted, not the whole tablets.",
                named.entry.cite,
                field=f"{row.at}.measured",
            )
        if named.on_carrier and not drug.quantity.counted and drug.measured != "pure" and drug.weighed is None:
            trace.flagged(
                "2D1.1(c) note (G)",
                f"This is taken as the weight of the {named.name} itself. If it includes paper or another carrier, "
                f"give the number of doses instead: each counts as {mass_of(tables.lsd_dose_g)}. Give the weight with "
                "its carrier beside it, in the field for what was weighed: the statute goes by that.",
                tables.lsd_cite,
                field=f"{row.at}.quantity",
            )
        return
    if row.whole is None:
        _itself(row, actual, tables, trace)
        return
    if isinstance(drug.purity, Decimal):
        if whole is not None:
            _greater(row, drug.purity, actual, whole, trace)
        _ice(row, totals, found, tables, trace)
        return
    most = level_of(_instead(totals, row, actual, row.whole), tables).level
    if whole is None:
        known = "so none of it is counted"
    else:
        share = plain(Decimal(100) * whole.grams / actual.grams)
        known = f"so the whole mixture is counted. Above {share} % purity the pure drug would count for more"
    words = f"The purity is not known, {known}. If all of it were {named.name}, {changed(most, found.level)}."
    if drug.purity is None:
        trace.unknown("2D1.1(c) note (B)", words, NOTE_B, field=field)
    else:
        trace.flagged("2D1.1(c) note (B)", words.replace("is not known", "is not given", 1), NOTE_B, field=field)


def _itself(row: Row, actual: Entry, tables: DrugTables, trace: Trace) -> None:
    """What is left open when only the weight of the drug itself is at hand."""
    named, drug, whole = row.named, row.drug, row.named.whole
    if drug.measured != "pure" and drug.purity is None and whole is not None:
        share = plain(Decimal(100) * whole.grams / actual.grams)
        trace.unknown(
            "2D1.1(c) note (B)",
            f"The typical weight is that of the {named.name} itself. The purity of the pills is not known; under "
            f"{share} % the whole pills would count for more.",
            f"{NOTE_B}; {row.cite}",
            field=f"{row.at}.purity",
        )
    elif whole is not None and drug.purity == "unset":
        times = plain(actual.grams / whole.grams)
        trace.passed(
            "2D1.1(c) note (B)",
            f"The whole mixture is not given, so the {named.name} itself is counted. The mixture would count "
            f"for more only if it weighed more than {times} times as much.",
            NOTE_B,
            field=f"{row.at}.measured",
        )
    if named.ice is not None and drug.d_meth_hydrochloride is YES:
        trace.flagged(
            "2D1.1(c) note (C)",
            f"{named.ice.name} is counted by its whole weight, which is not given. Give the whole weight "
            "and the purity if this could be it.",
            tables.ice_cite,
            field=f"{row.at}.d_meth_hydrochloride",
        )


def _greater(row: Row, purity: Decimal, actual: Entry, whole: Entry, trace: Trace) -> None:
    """Note (B), applied to one mixture of known purity."""
    if row.substance is not row.named or row.entry is row.named.ice or row.whole is None or row.pure is None:
        return
    pure = f"{mass_of(row.pure)} of {row.named.name} (actual)"
    holds = f"{mass_of(row.whole)} at {plain(purity)} % purity holds {pure}"
    if row.entry is actual:
        words = f"{holds}, which counts for more than the whole mixture, so it is used."
    elif multiply(row.pure, actual.grams) == multiply(row.whole, whole.grams):
        words = f"{holds}, which counts for as much as the whole mixture."
    else:
        words = f"{holds}, which counts for less than the whole mixture, so the mixture is used."
    trace.applied("2D1.1(c) note (B)", words, NOTE_B, field=f"{row.at}.purity")


def _ice(row: Row, totals: Totals, found: Level, tables: DrugTables, trace: Trace) -> None:
    """Note (C). “Ice” is d-methamphetamine hydrochloride from a certain purity; its whole weight counts."""
    ice, drug, purity = row.named.ice, row.drug, row.drug.purity
    if ice is None or row.whole is None or not isinstance(purity, Decimal):
        return
    rule, cite, field = "2D1.1(c) note (C)", tables.ice_cite, f"{row.at}.d_meth_hydrochloride"
    least = f"{plain(tables.ice_purity)} %"
    if purity < tables.ice_purity:
        if drug.d_meth_hydrochloride is not NO and drug.d_meth_hydrochloride is not UNSTATED:
            trace.passed(rule, f"{ice.name} is at least {least} pure; this is {plain(purity)} %.", cite, field=field)
        return
    if drug.d_meth_hydrochloride is YES:
        words = f"d-Methamphetamine hydrochloride at least {least} pure is {ice.name}: its whole weight counts."
        trace.applied(rule, words, cite, field=field)
        return
    if drug.d_meth_hydrochloride is NO:
        trace.passed(rule, f"It is not d-methamphetamine hydrochloride, so it is not {ice.name}.", cite, field=field)
        return
    other = level_of(_instead(totals, row, ice, row.whole), tables).level
    why = "It is not known" if drug.d_meth_hydrochloride is UNKNOWN else "The case does not say"
    words = (
        f"{why} whether this is d-methamphetamine hydrochloride, so it is not counted as {ice.name}. If it "
        f"is, all {mass_of(row.whole)} would count as {ice.name} and {changed(other, found.level)}."
    )
    record = trace.unknown if drug.d_meth_hydrochloride is UNKNOWN else trace.flagged
    record(rule, words, cite, field=field)


def _instead(totals: Totals, row: Row, entry: Entry, amount: Decimal) -> Totals:
    """The totals with one row counted under another entry, if that counts for more."""
    if multiply(amount, entry.grams) <= multiply(row.amount, row.entry.grams):
        return totals
    return replaced(totals, row, entry, amount)


def replaced(totals: Totals, row: Row, entry: Entry, amount: Decimal) -> Totals:
    """The totals with one row counted under another entry, or as another amount."""
    others = dict(totals)
    rest = subtract(others[row.entry], row.amount)
    if rest:
        others[row.entry] = rest
    else:
        del others[row.entry]
    others[entry] = add(others.get(entry, ZERO), amount)
    return others


def changed(other: int, level: int) -> str:
    """What another reading would do to the drug level."""
    return (
        f"the drug level would still be {level}" if other == level else f"the drug level would be {other}, not {level}"
    )
