"""The base offense level of §2D1.1(a)."""

from __future__ import annotations

from calculator.kinds import NO, UNKNOWN, YES, BadCase
from calculator.law.levels import FixedLevel
from calculator.rules.offense.work import Work
from calculator.trace import Stop

__all__ = ["base_level"]


def base_level(work: Work) -> None:
    """§2D1.1(a): the greatest of (1) to (5); (5) is the Drug Quantity Table, with its mitigating-role cap."""
    out, by_table = work.out, work.drug_level
    fixed, why, field = _fixed_level(work)
    after, steps = _capped(work, by_table)
    if fixed is not None and fixed.level >= after:
        out.base(fixed.level, fixed.rule, why, fixed.cite, field=field)
        table = f"The Drug Quantity Table would give level {by_table}"
        if after != by_table:
            table = f"{table}, and level {after} with a mitigating role"
        out.passed("2D1.1(a)(5)", f"{table}, which is not greater.", "USSG §2D1.1(a)(5)", field="drugs")
    else:
        if fixed is not None:
            out.passed(
                fixed.rule,
                f"Level {fixed.level} would apply, but the drugs give more.",
                fixed.cite,
                field=field,
            )
        words = f"The Drug Quantity Table gives level {by_table} for the drugs counted."
        out.base(by_table, "2D1.1(a)(5)", words, "USSG §2D1.1(a)(5), (c)", field="drugs")
        for levels, words, cite in steps:
            out.change(levels, "2D1.1(a)(5)", words, cite, field="role.part")
        _cap_remarks(work, by_table)
    out.base_level = out.level


def _fixed_level(work: Work) -> tuple[FixedLevel | None, str, str]:
    """§2D1.1(a)(1)–(4): the greatest that the statute or a stipulation calls for, why, and the field."""
    charge, rows = work.case.charge, work.law.fixed
    best = _by_statute(work)
    if charge.stipulated_level != "none":
        agreed = next((row for row in rows if str(row.level) == charge.stipulated_level), None)
        if agreed is None:
            known = ", ".join(str(row.level) for row in rows)
            raise BadCase.at("charge.stipulated_level", f"is not a level of §2D1.1(a)(1)–(4): use {known}")
        if best is None or agreed.level > best.level:
            words = f"The parties agreed to base level {agreed.level}, or to an offense that carries it."
            return agreed, words, "charge.stipulated_level"
    if best is None:
        return None, "", ""
    return (
        best,
        f"{best.when[0].upper()}{best.when[1:]}, so the base level is {best.level}.",
        "charge.death_or_injury_found",
    )


_FIXED_RULES, _FIXED_CITE = "2D1.1(a)(1)–(4)", "USSG §2D1.1(a)(1)–(4), comment. (n.2)"


def _by_statute(work: Work) -> FixedLevel | None:
    """The row of (a)(1)–(4) that the statutory term of the conviction reaches."""
    case, law, statute, out = work.case, work.law, work.statute, work.out
    charge, field = case.charge, "charge.death_or_injury_found"
    if charge.death_or_injury_found is NO and charge.stipulated_level != "none":
        return None  # counted by agreement, as the caller says
    if charge.death_or_injury_found is NO:
        words = (
            "Higher fixed base levels exist where death or serious injury is part of the conviction; not counted here."
        )
        if case.conduct.death_or_serious_injury is YES:
            words = (
                "Death or serious injury sets the base level only when it was charged and found or "
                "admitted; it was not, so the drugs decide."
            )
        out.passed(_FIXED_RULES, words, _FIXED_CITE, field=field)
        return None
    if charge.death_or_injury_found is not YES:
        words = (
            "It is not known whether death or serious injury was charged and found. If so, a fixed base "
            "level may apply."
        )
        out.unknown(_FIXED_RULES, words, _FIXED_CITE, field=field)
        return None
    if case.section not in law.fixed_sections:
        words = (
            "The fixed base levels for death or serious injury ask for a conviction under the drug "
            f"trafficking penalties, and a count under section {case.section} is not one: a lawyer should "
            "check this."
        )
        out.flagged(_FIXED_RULES, words, _FIXED_CITE, field=field)
        return None
    direct = case.section in law.direct_sections
    for row in law.fixed:
        if statute.tier is not None and statute.tier not in row.paragraphs:
            continue
        if row.minimum is not None:
            reached = statute.minimum_by_law >= row.minimum
        elif row.maximum is None or statute.tier is None:
            continue
        elif not direct:
            # The text names a maximum of 15 or 30 years; these sections double or treble it.
            raise Stop(
                "The Manual does not say which base level fits a death from a Schedule III drug under a "
                "section that multiplies the maximum sentence.",
                cite="USSG §2D1.1(a)(3), (4)",
                ask="Does §2D1.1(a)(3) or (a)(4) apply to this count, or neither?",
                field=field,
            )
        else:
            reached = statute.maximum >= row.maximum
        if reached:
            _earlier_convictions_unknown(work, row)
            return row
    out.flagged(
        _FIXED_RULES,
        "Death or serious injury was found, but the penalty that applies here sets no special term for it, "
        "so the drugs decide: a lawyer should check this.",
        _FIXED_CITE,
        field=field,
    )
    return None


def _earlier_convictions_unknown(work: Work, row: FixedLevel) -> None:
    """An earlier conviction lifts (a)(2) to (a)(1) and (a)(4) to (a)(3): say so when it is not known."""
    charge, rows = work.case.charge, work.law.fixed
    higher = next((item for item in rows if item.level > row.level and item.paragraphs == row.paragraphs), None)
    if higher is None:
        return
    serious = work.statute.tier in ("A", "B")
    field = None
    if charge.notice_851 is UNKNOWN:
        field = "charge.notice_851"
    elif charge.notice_851 is YES and (charge.serious_priors if serious else charge.drug_priors) is None:
        field = "charge.serious_priors" if serious else "charge.drug_priors"
    if field is not None:
        words = f"It is not known whether a noticed earlier conviction counts. If so, the base level is {higher.level}."
        work.out.unknown(higher.rule, words, higher.cite, field=field)


def _capped(work: Work, level: int) -> tuple[int, list[tuple[int, str, str]]]:
    """§2D1.1(a)(5): the table level after the mitigating-role cap, and its steps (levels, words, cite)."""
    steps: list[tuple[int, str, str]] = []
    if work.mitigating is not True:
        return level, steps
    cap, after = work.law.cap, level
    clause = cap(level)
    if clause is not None:
        after, cite = clause
        words = f"With a mitigating role, a table level of {level} becomes {after}."
        steps.append((after - level, words, cite))
    if work.minimal is True and after > cap.minimal_above:
        words = f"With the 4-level reduction for a minimal role, the base level is not more than {cap.minimal_to}."
        steps.append((cap.minimal_to - after, words, cap.minimal_cite))
        after = cap.minimal_to
    return after, steps


def _cap_remarks(work: Work, level: int) -> None:
    """What to say about the cap beside its steps."""
    out, cite = work.out, "USSG §2D1.1(a)(5)"
    reached = work.law.cap(level) is not None
    if work.mitigating is None and reached:
        words = "It is not known whether the person had a mitigating role. If so, this base level is lowered."
        out.unknown("2D1.1(a)(5)", words, cite, field="role.part")
    elif work.mitigating is True and not reached:
        out.passed(
            "2D1.1(a)(5)",
            "The base level is too low to be capped for a mitigating role.",
            cite,
            field="role.part",
        )
    elif work.mitigating is False and reached:
        words = "This base level would be lowered for a mitigating role; none is counted."
        out.passed("2D1.1(a)(5)", words, cite, field="role.part")
    elif work.minimal is True and reached:
        out.flagged(
            "2D1.1(a)(5)",
            "The cap for a minimal role speaks of the “resulting offense level”; it is read here as the base level.",
            "USSG §2D1.1(a)(5), comment. (backg’d.); §3B1.2, comment. (n.6)",
            field="role.part",
        )
