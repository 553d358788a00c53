"""The section of conviction, and which group of sections its penalty is found in."""

from __future__ import annotations

from calculator.answer import Statute, StatutoryAmount
from calculator.kinds import YES
from calculator.law import Law
from calculator.rules.penalties.ladder import by_ladder
from calculator.rules.penalties.notice import again_noticed, priors_noticed
from calculator.rules.penalties.own import by_own
from calculator.rules.penalties.terms import Known
from calculator.scenario import Case
from calculator.trace import Stage, Stop, Trace

__all__ = ["statute"]


def statute(case: Case, law: Law, amounts: tuple[StatutoryAmount, ...], found: tuple[StatutoryAmount, ...]) -> Statute:
    """What the statute of conviction provides, before the safety valve and any motion (see `relieved`).

    `amounts` are the drugs of the case as the statute weighs them, `found` those charged and found or
    admitted (used when `charge.tier` is "found_amounts"). Raises `Stop` for sections and facts outside the
    model, `BadCase` where the paragraph or section stated does not fit the drug.
    """
    statutes, charge = law.statutes, case.charge
    trace = Trace(Stage.STATUTE)
    outside = statutes.sections.outside.get(charge.statute)
    if outside is not None:
        raise Stop(outside.why, cite=outside.cite, ask=outside.ask, field="charge.statute")
    if charge.firearm_count == "more_than_one":
        raise Stop(
            "There is more than one firearm count. How several of them add up is not part of this calculator.",
            cite=statutes.firearms.consecutive_cite,
            ask="How many firearm counts remain, and what does each one add?",
            field="charge.firearm_count",
        )
    known = Known(*priors_noticed(case), charge.death_or_injury_found is YES, again_noticed(case) is YES)
    section = case.section
    if section in statutes.sections.ladder or section in statutes.sections.multiplied:
        answer = by_ladder(case, statutes, amounts, found, known, trace)
    else:
        answer = by_own(case, statutes, amounts, known, trace)
    return answer
