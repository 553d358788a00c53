"""Chapter Three, Parts E and F: acceptance of responsibility and early disposition."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.kinds import NO, YES, BadCase
from calculator.law.levels import LevelTables
from calculator.law.load import Law
from calculator.scenario import Case
from calculator.trace import Ledger, Stage
from calculator.units import signed

__all__ = ["Acceptance", "acceptance"]


@dataclass(slots=True)
class Acceptance(Ledger):
    """The level after Parts E and F, its steps, and how many levels §3E1.1 took off (for §4B1.1(c))."""

    acceptance_levels: int = 0


def acceptance(case: Case, law: Law, level: int) -> Acceptance:
    """§3E1.1 and §3F1.1, starting from `level`, the level before acceptance.

    (a) Accepting responsibility lowers the level. (b) From the recorded level up, on the Government's motion,
    it lowers it once more; the level that counts is the one before (a). §3F1.1: what an early disposition
    program allows, on motion. Left to the court: whether acceptance is clear, and whether to grant the early
    disposition motion.
    """
    out = Acceptance(Stage.ACCEPTANCE, level=level)
    first, further = law.levels.adjustments["acceptance"], law.levels.adjustments["early_plea"]
    accepted, moved = case.plea.acceptance, case.plea.government_moved
    enough = level >= law.levels.third_level_from
    first.weigh(out, accepted, "plea.acceptance")
    if accepted is NO:
        words = "The further level needs acceptance of responsibility first."
        out.passed(further.rule, words, further.cite, field="plea.acceptance")
    elif not enough:
        words = f"The further level needs level {further.from_level} or more before acceptance; it is {signed(level)}."
        out.passed(further.rule, words, further.cite)
    elif moved is NO:
        words = "The further level needs a motion by the Government, and there is none."
        out.passed(further.rule, words, further.cite, field="plea.government_moved")
    elif moved is YES and accepted is YES:
        further.count(out, "plea.government_moved")
    elif moved is YES:
        words = (
            "The Government's motion lowers the level once more only if responsibility is accepted, which is not known."
        )
        out.unknown(further.rule, words, further.cite, field="plea.acceptance")
    else:
        out.unknown(further.rule, further.unknown, further.cite, field="plea.government_moved")
    out.acceptance_levels = level - out.level
    obstructed = case.role.obstruction is YES or case.conduct.witness_or_evidence is YES
    if obstructed and accepted is not NO:
        words = (
            "Obstruction ordinarily means that responsibility was not accepted; both together are for "
            "extraordinary cases. A lawyer should check this."
        )
        out.flagged(first.rule, words, "USSG §3E1.1, comment. (n.4)", field="plea.acceptance")
    _early_disposition(case, law.levels, out)
    return out


def _early_disposition(case: Case, levels: LevelTables, out: Ledger) -> None:
    """§3F1.1: up to the recorded number of levels, on the Government's motion under an authorized program."""
    rule, off, field = (
        levels.early_disposition,
        case.plea.early_disposition_levels,
        "plea.early_disposition_levels",
    )
    if off > rule.levels:
        raise BadCase.at(field, f"is {off}: an early disposition program lowers the level by at most {rule.levels}")
    if off:
        noun = "level is" if off == 1 else "levels are"
        words = f"On the Government's motion under an early disposition program, {off} {noun} taken off."
        out.change(-off, rule.rule, words, rule.cite, field=field)
    else:
        words = "No motion under an early disposition program is counted."
        out.passed(rule.rule, words, rule.cite, field=field)
