"""Chapter Three, Part A: victims."""

from __future__ import annotations

from calculator.kinds import DONT_KNOW, NO, UNKNOWN, YES, Fact
from calculator.rules.adjustments.work import Work

__all__ = ["official_victim", "restraint", "victims"]


def victims(work: Work) -> None:
    """§3A1.1. (a) Hate crime. (b) A vulnerable victim, and more for a large number of them. They add up, but
    (b) needs a vulnerability unrelated to the trait behind (a) (n.3)."""
    case, rows, out = work.case, work.law.adjustments, work.out
    hate = case.role.hate_crime
    rows["hate_crime"].weigh(work.out, hate, "role.hate_crime")
    vulnerable = _vulnerable_victim(work)
    row, many, field = (
        rows["many_vulnerable_victims"],
        case.role.many_vulnerable_victims,
        "role.many_vulnerable_victims",
    )
    if vulnerable is NO:
        out.passed(row.rule, row.passed, row.cite, field=field)
    elif vulnerable is YES:
        row.weigh(work.out, many, field)
    elif many is not NO:
        out.unknown(row.rule, row.unknown, row.cite, field=field if many is UNKNOWN else "role.vulnerable_victim")
    if hate is YES and vulnerable is YES:
        words = (
            "Both are counted only if a victim was vulnerable for a reason unrelated to the trait behind "
            "the hate crime."
        )
        out.flagged(
            rows["vulnerable_victim"].rule,
            words,
            "USSG §3A1.1, comment. (n.3)",
            field="role.vulnerable_victim",
        )
    if hate is YES or vulnerable is YES:
        out.victim_adjustment = True
    elif hate is UNKNOWN or vulnerable is UNKNOWN:
        out.victim_adjustment = None


def _vulnerable_victim(work: Work) -> Fact:
    """§3A1.1(b)(1), with §2D1.1(e)(1) and n.20(A): whether it applies."""
    case, row, out, before = work.case, work.law.adjustments["vulnerable_victim"], work.out, work.before
    fact, field = case.role.vulnerable_victim, "role.vulnerable_victim"
    if before.rests_on_2d1_1:
        drugging, drugging_field = (
            case.conduct.sexual_offense_by_drugging,
            "conduct.sexual_offense_by_drugging",
        )
        special = "USSG §2D1.1(e)(1)"
        if drugging is YES:
            words = (
                f"A sexual offense by giving someone a drug: {row.levels} levels are added, as for a vulnerable victim."
            )
            out.change(row.levels, row.rule, words, f"{special}; §3A1.1(b)(1)", field=drugging_field)
            return YES
        if drugging is UNKNOWN and fact is not YES:
            words = (
                "It is not known whether a sexual offense was committed by giving someone a drug. If so, "
                f"{row.levels} levels are added."
            )
            out.unknown(row.rule, words, special, field=drugging_field)
        person, person_field = case.conduct.vulnerable_person, "conduct.vulnerable_person"
        note = "USSG §2D1.1, comment. (n.20(A))"
        if person in ("under_18", "other") and fact is not NO:
            words = (
                "Someone to whom the person sold drugs, or whom the person drew into the offense, is not a "
                "“vulnerable victim” here, so nothing is added. If another person was the vulnerable "
                "victim, a lawyer should check this."
            )
            out.flagged(row.rule, words, note, field=person_field)
            return UNKNOWN if drugging is UNKNOWN else NO
        if person == DONT_KNOW and fact is YES:
            words = (
                "It is not known whether the vulnerable victim was someone sold to or drawn into the "
                "offense. If so, these levels are not added."
            )
            out.unknown(row.rule, words, note, field=person_field)
        row.weigh(work.out, fact, field)
        if before.guideline == "2D1.2" and fact is YES:
            words = (
                "If the victim's age or pregnancy is what this guideline already counts, it is not counted again here."
            )
            out.flagged(row.rule, words, "USSG §3A1.1, comment. (n.2)", field=field)
        return UNKNOWN if fact is NO and drugging is UNKNOWN else fact
    row.weigh(work.out, fact, field)
    return fact


def official_victim(work: Work) -> None:
    """§3A1.2. An official as the motive (a), or assaulted at risk of serious injury (c): the greatest
    applies.

    (b) is only for Chapter Two, Part A."""
    how, rows, out, field = (
        work.case.role.official_victim,
        work.law.adjustments,
        work.out,
        "role.official_victim",
    )
    motivated, assaulted = rows["official_motivated"], rows["official_assaulted"]
    if how == "motivated":
        motivated.count(work.out, field)
    elif how == "assaulted_officer":
        assaulted.count(work.out, field)
    elif how == DONT_KNOW:
        words = (
            f"It is not known whether an officer or other official was a victim. If so, {motivated.levels} "
            f"or {assaulted.levels} levels are added."
        )
        out.unknown("3A1.2", words, "USSG §3A1.2", field=field)
    else:
        out.passed(
            "3A1.2",
            "Levels are added when an official was a victim; that is not counted here.",
            "USSG §3A1.2",
            field=field,
        )


def restraint(work: Work) -> None:
    """§3A1.3. A victim was physically restrained."""
    work.law.adjustments["restraint"].weigh(work.out, work.case.role.restraint, "role.restraint")
