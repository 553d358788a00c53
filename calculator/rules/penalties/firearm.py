"""The firearm count of 18 U.S.C. 924(c)."""

from __future__ import annotations

from calculator.kinds import DONT_KNOW, UNKNOWN, YES
from calculator.law.statutes import Statutes
from calculator.rules.penalties.readings import three_strikes_possible
from calculator.rules.penalties.words import long
from calculator.scenario import Case
from calculator.trace import Trace
from calculator.units import NOTHING, Term

__all__ = ["firearm_term"]


def firearm_term(case: Case, statutes: Statutes, felony: bool, trace: Trace) -> tuple[Term, str]:
    """18 U.S.C. 924(c): the term added after everything else, never merged."""
    count, firearms = case.charge.firearm_count, statutes.firearms
    if count == "none":
        return NOTHING, ""
    if three_strikes_possible(case):
        trace.flagged(
            "3559(c)",
            "A firearm count is itself a serious violent felony. If a notice names two earlier serious violent"
            " felonies, or one and a serious drug offense, life is mandatory. Which of the convictions named are of"
            " that kind is not asked here, so a lawyer must check it.",
            firearms.life_cite,
            field="charge.serious_priors",
        )
    if count == DONT_KNOW:
        trace.unknown(
            "924(c)",
            "It is not known whether there is a firearm count. Its term would be added to everything else; it"
            " is left out.",
            firearms.consecutive_cite,
            field="charge.firearm_count",
        )
        return NOTHING, ""
    kind = firearms.kinds[count]
    prior = case.charge.prior_924c
    term, cite = kind.minimum, kind.cite
    if prior is YES:
        term, cite = kind.after_prior, firearms.prior_cite
    trace.applied(
        "924(c)",
        f"A firearm count for {kind.words} adds at least {long(term)}, to be served after the sentence for the drugs.",
        f"{cite}; {firearms.consecutive_cite}",
        field="charge.prior_924c" if prior is YES else "charge.firearm_count",
    )
    if prior is UNKNOWN:
        trace.unknown(
            "924(c)(1)(C)",
            "It is not known whether an earlier firearm conviction under the same subsection was already"
            f" final. If it was, {long(kind.after_prior)} would be added instead.",
            firearms.prior_cite,
            field="charge.prior_924c",
        )
    trace.passed(
        "924(c) maximum",
        "The firearm statute states no maximum, so life is the limit.",
        cite,
        field="charge.firearm_count",
    )
    if not felony:
        trace.flagged(
            "924(c)(2)",
            "A firearm count needs a drug felony, and the drug count here is not one. Check which felony it rests on.",
            firearms.predicate_cite,
            field="charge.firearm_count",
        )
    return term, cite
