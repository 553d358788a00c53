"""From offense level and history category to months, and which limit is in control (USSG §§5A, 5G1.1).

The order is the Manual's: the cell of the Sentencing Table, the safety valve floor, the statute's limits.
What a motion of the Government opens comes after (§1B1.1(a)(8), (9)), so a minimum that such a motion reaches
below is still where the range starts. A firearm count under 18 U.S.C. 924(c) is added last and never merged.
"""

from __future__ import annotations

from calculator.answer import Control, Governed, Range, SafetyValve, Statute
from calculator.law.ranges import RangeTables
from calculator.scenario import Case
from calculator.trace import Finding, Stage, Step, Trace, step
from calculator.units import Term, signed

__all__ = ["career_924c", "governing", "table_range", "total", "with_consecutive"]


def table_range(level: int, category: str, tables: RangeTables) -> tuple[Range, tuple[Step, ...]]:
    """Chapter Five, Part A: the cell where the total offense level and the history category meet, in months.

    A level under 1 counts as 1, over 43 as 43 (n.2). `category` is "I" to "VI"; another raises `KeyError`.
    """
    row = min(max(level, tables.least_level), tables.most_level)
    cell = tables.cell(row, category)
    words = f"Level {row} and category {category} meet at {cell} in the Sentencing Table, in Zone {cell.zone}."
    found = step("5A", Stage.RANGE, Finding.APPLIED, words, tables.cell_cite(row), total=row)
    if row == level:
        return cell, (found,)
    over = "below the first" if level < row else "above the last"
    clamped = step(
        "5A n.2",
        Stage.RANGE,
        Finding.APPLIED,
        f"Level {signed(level)} is {over} row of the Sentencing Table, so it counts as level {row}.",
        tables.outside_cite,
        levels=row - level,
        total=row,
    )
    return cell, (clamped, found)


def governing(table: Range, statute: Statute, safety_valve: SafetyValve, case: Case, tables: RangeTables) -> Governed:
    """§§5C1.2(b), 5G1.1: the cell after the safety valve floor and the statute's limits, and which controls.

    The minimum used is the one the statute states, unless the safety valve lifts it (§5C1.2(a)). A motion
    under 18 U.S.C. 3553(e) lets the judge go below that start; it does not move the start (§1B1.1(a)(8),
    (9)).
    """
    trace = Trace(Stage.RANGE)
    floored = _floored(table, statute, safety_valve, tables, trace)
    minimum = statute.minimum if safety_valve.relief is True else statute.minimum_by_law
    maximum = _maximum(floored, statute, case, trace)
    several = case.charge.counts if maximum > statute.maximum else 1
    result, control, words, cite = _merged(floored, minimum, maximum, several, tables, trace)
    if floored is not table and control == "guidelines":
        control, cite = "safety valve floor", tables.floor.cite
        words = (
            f"The safety valve floor is in control: the table alone would say {table}, "
            f"but with a lifted minimum of {statute.minimum_by_law} the range is not less than {result}."
        )
    moved = case.motions.under_statute
    if moved and statute.minimum_by_law and safety_valve.relief is not True:
        trace.flagged(
            "3553(e)",
            f"The Government’s motion lets the judge go below the minimum of {statute.minimum_by_law}. The "
            "range is still worked out with that minimum, because motions come after the range. How far "
            "below is up to the judge.",
            "18 U.S.C. 3553(e); USSG §1B1.1(a)(8), (9); USSG §5K1.1, comment. (n.1)",
            field="motions.substantial_assistance",
        )
    return Governed(result, control, words, cite, maximum, tuple(trace.steps))


def _floored(table: Range, statute: Statute, safety_valve: SafetyValve, tables: RangeTables, trace: Trace) -> Range:
    """§5C1.2(b): with a lifted minimum of five years or more, not less than 24 to 30 months."""
    rule, lifted = tables.floor, statute.minimum_by_law
    floor = Range(rule.low, rule.high)
    if lifted < rule.minimum_at_least:
        if safety_valve.relief is True and lifted:
            trace.passed(
                "5C1.2(b)",
                f"The minimum that the safety valve lifts, {lifted}, is under {rule.minimum_at_least}, "
                f"so the floor of {floor} does not apply.",
                rule.cite,
            )
        return table
    low, high = max(table.low, rule.low), max(table.high, rule.high)
    raised = low > table.low or high > table.high
    if safety_valve.relief is None:
        words = f"If the safety valve applies, the minimum of {lifted} is lifted, and the range is at least {floor}."
        if safety_valve.open_question:
            trace.flagged("5C1.2(b)", f"{words} Whether it applies is not settled.", rule.cite)
        else:
            words += " Whether it applies is not known yet."
            trace.unknown("5C1.2(b)", words, rule.cite, field=safety_valve.open_field)
        return table
    if safety_valve.relief is False:
        trace.passed(
            "5C1.2(b)",
            f"The floor of {floor} belongs to the safety valve, which does not lift the minimum here.",
            rule.cite,
        )
        return table
    if not raised:
        trace.passed(
            "5C1.2(b)",
            f"The safety valve lifts a minimum of {lifted}. The range of {table} is not below the floor of {floor}.",
            rule.cite,
        )
        return table
    result = Range(low, high, tables.zone_of(low))
    trace.applied(
        "5C1.2(b)",
        f"The safety valve lifts a minimum of {lifted}, which is {rule.minimum_at_least} or more. The range "
        f"may then not be less than {floor}, so {table} becomes {result}.",
        rule.cite,
    )
    return result


def _maximum(table: Range, statute: Statute, case: Case, trace: Trace) -> Term:
    """The longest prison term for all the counts: one after another where one is too short (§5G1.2(d))."""
    counts = case.charge.counts
    if counts == 1 or statute.maximum >= table.high:
        return statute.maximum
    together = statute.maximum.times(counts)
    trace.flagged(
        "5G1.2(d)",
        f"One count allows at most {statute.maximum}, which is less than the top of {table}. With {counts} "
        f"counts the terms can run one after another, as far as needed, up to {together}. The range here "
        "counts on that.",
        "USSG §5G1.2(d); USSG §5G1.2, comment. (n.3(B))",
        field="charge.counts",
    )
    return together


def _merged(
    table: Range, minimum: Term, maximum: Term, several: int, tables: RangeTables, trace: Trace
) -> tuple[Range, Control, str, str]:
    """§5G1.1: the range inside the statute's limits, what is in control, one sentence on why, and the citation.

    `several` is the number of counts whose maximums were put together to reach `maximum` (§5G1.2(d)), else 1.
    """
    cites = tables.single_count
    at_most = f"The maximums of {several} counts together are" if several > 1 else "The statutory maximum is"
    if maximum < table.low:
        words = (
            f"{at_most} in control: {maximum} is below the whole range of {table}, "
            f"so {maximum} becomes the guideline sentence."
        )
        trace.applied("5G1.1(a)", words, cites["a"])
        return Range(maximum, maximum, table.zone), "statutory maximum", words, cites["a"]
    if minimum > table.high:
        words = (
            f"The statutory minimum is in control: {minimum} is above the whole range of {table}, "
            f"so {minimum} becomes the guideline sentence."
        )
        trace.applied("5G1.1(b)", words, cites["b"])
        return Range(minimum, minimum, _zone_above(table, tables)), "statutory minimum", words, cites["b"]
    low, high = max(table.low, minimum), min(table.high, maximum)
    if low == table.low and high == table.high:
        least = f"minimum {minimum}" if minimum else "no minimum binds"
        together = f" of {several} counts together" if several > 1 else ""
        rest = f"the statute does not cut into {table} ({least}, maximum{together} {maximum})."
        trace.passed("5G1.1", f"T{rest[1:]}", tables.single_count_cite)
        return table, "guidelines", f"The guideline range is in control: {rest}", tables.single_count_cite
    if high == table.high:
        result = Range(low, high, _zone_above(table, tables))
        words = (
            f"The statutory minimum is in control at the low end: no sentence under {minimum} is allowed, "
            f"so {table} becomes {result}."
        )
        trace.applied("5G1.1(c)(2)", words, cites["c2"])
        return result, "statutory minimum", words, cites["c2"]
    if low == table.low:
        result = Range(low, high, table.zone)
        words = (
            f"{at_most} in control at the high end: no sentence over {maximum} is allowed, so {table} becomes {result}."
        )
        trace.applied("5G1.1(c)(1)", words, cites["c1"])
        return result, "statutory maximum", words, cites["c1"]
    result = Range(low, high, _zone_above(table, tables))
    words = (
        f"Both limits of the statute are in control: no sentence under {minimum} or over {maximum} is "
        f"allowed, so {table} becomes {result}."
    )
    trace.applied("5G1.1(c)(1), (2)", words, f"{cites['c1']}, (2)")
    return result, "both limits", words, f"{cites['c1']}, (2)"


def _zone_above(table: Range, tables: RangeTables) -> str | None:
    """The zone once a minimum has raised the low end: Zone D stays what it is, for the others it is in
    doubt.
    """
    return table.zone if table.zone is not None and tables.zones[table.zone].endless else None


def with_consecutive(governed: Range, statute: Statute) -> Range:
    """The firearm term added to both ends (§2K2.4(b), §5G1.2(a)); the same range when there is none."""
    if not statute.consecutive:
        return governed
    return Range(governed.low + statute.consecutive, governed.high + statute.consecutive)


def career_924c(added: Range, by_table: Range) -> Range:
    """§4B1.1(c)(2), n.3(B): of the sum (A) and the table of (c)(3) (B), the range with the higher minimum.

    With equal minimums, which the text does not speak of, the one that reaches higher.
    """
    return max(added, by_table, key=lambda item: (item.low, item.high))


def total(
    table: Range, governed: Range, statute: Statute, career: tuple[Term, Term] | None
) -> tuple[Range, tuple[Step, ...]]:
    """The range for the drug count and a firearm count together; the same range with no firearm count.

    `table` is the cell for the drug count and `governed` that range inside the statute's limits. `career` is
    the range of §4B1.1(c)(3) when the person is a career offender, else None. For a career offender the sum
    starts from the cell, the range "determined … under §4B1.1(a) and (b)" (n.3(C)(ii)), and never ends below
    the two minimums together (§5G1.2(e)(1)).
    """
    if not statute.consecutive:
        return governed, ()
    trace = Trace(Stage.RANGE)
    if career is None:
        result = with_consecutive(governed, statute)
        trace.applied(
            "2K2.4(b)",
            f"The firearm count adds {statute.consecutive}, served after the drug sentence: {governed} "
            f"becomes {result}.",
            f"{statute.consecutive_cite}; USSG §2K2.4(b); USSG §5G1.2(a)",
            field="charge.firearm_count",
        )
        return result, tuple(trace.steps)
    added = with_consecutive(table, statute)
    by_table = Range(*career)
    result = career_924c(added, by_table)
    trace.applied(
        "4B1.1(c)(2)",
        f"For a career offender with a firearm count, two ranges are compared: {table} with "
        f"{statute.consecutive} added, which is {added}, and {by_table} from the table for such cases. The "
        f"one with the higher low end counts: {result}.",
        "USSG §4B1.1(c)(2), (3); USSG §4B1.1, comment. (n.3(B))",
        field="charge.firearm_count",
    )
    least = statute.minimum_by_law + statute.consecutive
    if result.low < least:
        result = Range(least, max(result.high, least))
        trace.applied(
            "5G1.2(e)(1)",
            f"The minimum of each count must still be served, so the range starts at {least}.",
            "USSG §5G1.2(e)(1)",
        )
    return result, tuple(trace.steps)
