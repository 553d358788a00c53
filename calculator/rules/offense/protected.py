"""§2D1.2: drugs near a protected place, or involving someone under eighteen or pregnant."""

from __future__ import annotations

from calculator.answer import DrugLevel, SafetyValve, Statute
from calculator.kinds import NO, YES
from calculator.law.levels import Indexed, LevelTables
from calculator.rules.offense.trafficking import trafficking
from calculator.rules.offense.work import ChapterTwo, begun
from calculator.scenario import Case
from calculator.trace import Finding

__all__ = ["protected"]


def protected(
    case: Case,
    levels: LevelTables,
    drug: DrugLevel,
    near: DrugLevel | None,
    statute: Statute,
    safety_valve: SafetyValve,
    entry: Indexed,
) -> ChapterTwo:
    """§2D1.2(a): the greatest of (1) 2 plus the §2D1.1 level for the quantity near the place or person, (2) 1
    plus the level for the whole, (3) 26 where someone under eighteen was involved, (4) 13. The levels are
    whole §2D1.1 levels, specific offense characteristics included (§1B1.5(b)(1), n.1)."""
    rows = levels.protected
    total = trafficking(case, levels, drug, statute, safety_valve, entry)
    beside = total if near is None else trafficking(case, levels, near, statute, safety_valve, entry)
    near_level, total_level = beside.level + rows.near.levels, total.level + rows.total.levels
    by_drugs = max(near_level, total_level)
    minor, field = case.charge.person_under_18, "charge.person_under_18"
    fixed = rows.under_18 if minor is YES else rows.otherwise
    near_words = (
        f"{rows.near.levels} plus level {beside.level} for the drugs that involved the protected place or person"
    )
    total_words = f"{rows.total.levels} plus level {total.level} for all the drugs"
    out = beside if near_level >= total_level else total
    if fixed.levels > by_drugs:
        # The §2D1.1 levels fall away, but what is not known in them could still raise them past this one.
        below, out = out, begun(case, statute, entry)
        out.steps.extend(step for step in below.steps if step.finding is Finding.UNKNOWN)
        out.passed(rows.near.rule, f"{near_words} is {near_level}, which is not the greatest.", rows.near.cite)
        out.passed(rows.total.rule, f"{total_words} is {total_level}, which is not the greatest.", rows.total.cite)
        if minor is YES:
            words = f"Someone under eighteen was involved, so the base level is {fixed.levels}."
            out.base(fixed.levels, fixed.rule, words, fixed.cite, field=field)
            out.minor_counted = True
        else:
            words = f"The base level is at least {fixed.levels} for this kind of offense."
            out.base(fixed.levels, fixed.rule, words, fixed.cite)
    elif out is beside:
        out.passed(rows.total.rule, f"{total_words} is {total_level}, which is not the greatest.", rows.total.cite)
        words = f"The greatest alternative: {near_words} is {near_level}."
        out.change(rows.near.levels, rows.near.rule, words, rows.near.cite)
    else:
        out.passed(rows.near.rule, f"{near_words} is {near_level}, which is not the greatest.", rows.near.cite)
        words = f"The greatest alternative: {total_words} is {total_level}."
        out.change(rows.total.levels, rows.total.rule, words, rows.total.cite)
    if fixed.levels <= by_drugs:
        words = f"Level {fixed.levels} is not the greatest alternative."
        out.passed(fixed.rule, words, fixed.cite, field=field if minor is YES else None)
    if minor is NO:
        words = (
            f"Level {rows.under_18.levels} is for cases that involved someone under eighteen; that is not counted here."
        )
        out.passed(rows.under_18.rule, words, rows.under_18.cite, field=field)
    elif minor is not YES:
        if out.level < rows.under_18.levels:
            words = (
                "It is not known whether someone under eighteen was involved. If so, the level is "
                f"{rows.under_18.levels}."
            )
            out.unknown(rows.under_18.rule, words, rows.under_18.cite, field=field)
        else:
            words = f"Level {rows.under_18.levels} would not be the greatest alternative."
            out.passed(rows.under_18.rule, words, rows.under_18.cite, field=field)
    if case.section in levels.minor_sections:
        out.minor_counted = True
    out.base_level = out.level
    return out
