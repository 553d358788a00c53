"""§2D1.8: renting or managing a place for drugs."""

from __future__ import annotations

from calculator.answer import SafetyValve, Statute
from calculator.kinds import NO, YES
from calculator.law.levels import Indexed, LevelTables
from calculator.rules.offense.trafficking import trafficking
from calculator.rules.offense.work import ChapterTwo
from calculator.scenario import Case

__all__ = ["premises_kept"]


def premises_kept(
    case: Case,
    levels: LevelTables,
    drug_level: int,
    statute: Statute,
    safety_valve: SafetyValve,
    entry: Indexed,
) -> ChapterTwo:
    """§2D1.8(a): the level of the drug offense behind it; less, with a ceiling, for one who only allowed the
    use of the place and took no other part. Left to the court: the conditions of n.1."""
    rows, field = levels.premises, "charge.only_allowed_use"
    allowed = case.charge.only_allowed_use
    barred = allowed is YES and _took_part(case)
    doubtful = allowed is YES and not barred and case.own_weapon is not NO
    lower = allowed is YES and not barred and not doubtful
    out = trafficking(case, levels, drug_level, statute, safety_valve, entry, mitigating_barred=lower)
    rule, cite, note = rows.allowed.rule, rows.allowed.cite, "USSG §2D1.8, comment. (n.1)"
    if lower:
        out.mitigating_role_barred = True
        words = (
            f"The person took no part but allowing the use of the place: {rows.allowed.levels} levels are taken off."
        )
        out.change(-rows.allowed.levels, rule, words, cite, field=field)
        out.cap(rows.allowed_most, rule, f"The level here cannot be above {rows.allowed_most}.", cite, field=field)
        words = (
            "This is lost if the person helped the drug offense in any other way, allowed the use of more "
            "than one place, did not get the place for a lawful purpose, or had allowed such use before: a "
            "lawyer should check this."
        )
        out.flagged(rule, words, note, field=field)
    else:
        words = f"The level of the drug offense behind it is used: level {out.level}."
        out.applied(rows.rule, words, rows.cite)
        if barred:
            words = (
                "The lower level for only allowing the use of the place is not used, because a weapon of "
                "the person's own, violence or a leading role is also stated: a lawyer should check this."
            )
            out.flagged(rule, words, note, field=field)
        elif doubtful:
            words = (
                "The lower level for only allowing the use of the place is left out, because it is not "
                "known whether the weapon was the person's own."
            )
            out.unknown(rule, words, note, field="conduct.own_weapon")
        elif allowed is NO:
            words = "A lower level is for one who only allowed the use of the place; that is not counted here."
            out.passed(rule, words, cite, field=field)
        else:
            words = (
                "It is not known whether the person took no part but allowing the use of the place. If so, "
                f"{rows.allowed.levels} levels are taken off, and the level is not above "
                f"{rows.allowed_most}."
            )
            out.unknown(rule, words, cite, field=field)
    out.base_level = out.level
    return out


def _took_part(case: Case) -> bool:
    """§2D1.8 n.1: facts that show more than allowing the use of the place."""
    return case.own_weapon is YES or case.conduct.violence is YES or case.role.aggravating is True
