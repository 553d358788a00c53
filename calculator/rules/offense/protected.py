"""§2D1.2: drugs near a protected place, or involving someone under eighteen or pregnant."""

from __future__ import annotations

from calculator.answer import SafetyValve, Statute
from calculator.kinds import DONT_KNOW, NO, UNKNOWN, UNSTATED, YES, BadCase, Fact
from calculator.law.levels import Indexed, LevelTables
from calculator.rules.offense.trafficking import trafficking
from calculator.rules.offense.work import ChapterTwo, begun
from calculator.scenario import Case
from calculator.trace import Finding

__all__ = ["protected"]


def protected(
    case: Case,
    levels: LevelTables,
    drug_level: int,
    near: int | None,
    statute: Statute,
    safety_valve: SafetyValve,
    entry: Indexed,
) -> ChapterTwo:
    """§2D1.2(a): the greatest of (1) 2 plus the §2D1.1 level for the quantity near the place or person, (2) 1
    plus the level for the whole, (3) 26 where someone under eighteen was involved, (4) 13. The levels are
    whole §2D1.1 levels, specific offense characteristics included (§1B1.5(b)(1), n.1)."""
    rows = levels.protected
    total = trafficking(case, levels, drug_level, statute, safety_valve, entry)
    beside = total if near is None else trafficking(case, levels, near, statute, safety_valve, entry)
    near_level, total_level = beside.level + rows.near.levels, total.level + rows.total.levels
    by_drugs = max(near_level, total_level)
    minor, field = _under_18(case, levels)
    fixed = rows.under_18 if minor is YES else rows.otherwise
    near_words = (
        f"{rows.near.levels} plus level {beside.level} for the drugs that involved the protected place or person"
    )
    total_words = f"{rows.total.levels} plus level {total.level} for all the drugs"
    out = beside if near_level >= total_level else total
    if near is None:
        words = "No part is said to have been elsewhere, so all the drugs count as near the protected place or person."
        out.applied(rows.near.rule, words, rows.near.cite, field="drugs[0].near_protected")
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
    if minor is YES and case.section in levels.minor_sections:
        out.minor_counted = True
    out.base_level = out.level
    return out


def _under_18(case: Case, levels: LevelTables) -> tuple[Fact, str]:
    """§2D1.2(a)(3): whether someone under eighteen was involved, and the fact that says so.

    Using someone under eighteen (§3B1.4), or drawing one in or giving one drugs (§2D1.1(b)(16)(B)), says it too. Not
    said at all it is not known where the section itself is about young people.
    """
    stated, field = case.charge.person_under_18, "charge.person_under_18"
    told = (
        ("role.used_minor", case.role.used_minor, "was used (§3B1.4)"),
        (
            "conduct.vulnerable_person",
            _vulnerable_minor(case.conduct.vulnerable_person),
            "was given drugs or drawn in (§2D1.1(b)(16)(B))",
        ),
    )
    for name, fact, what in told:
        if fact is YES and stated is NO:
            raise BadCase.at(field, f"cannot be no: another answer says that someone under eighteen {what}")
        if fact is YES and stated is not YES:
            return YES, name
    if stated is not UNSTATED:
        return stated, field
    if case.section in levels.protected.asked_in:
        return UNKNOWN, field
    return next(((UNKNOWN, name) for name, fact, _ in told if fact is UNKNOWN), (NO, field))


def _vulnerable_minor(who: str) -> Fact:
    return YES if who == "under_18" else UNKNOWN if who == DONT_KNOW else NO
