"""Supervised release: the statute's minimum, and the longest term that it or 18 U.S.C. 3583(b) allows."""

from __future__ import annotations

from calculator.law.statutes import Statutes
from calculator.rules.penalties.terms import Terms
from calculator.rules.penalties.words import long
from calculator.trace import Trace
from calculator.units import LIFE, Term

__all__ = ["supervised_release"]


def supervised_release(statutes: Statutes, terms: Terms, class_name: str, trace: Trace) -> tuple[Term, Term, str]:
    """Supervised release: the statute's minimum, and the longest term it or 18 U.S.C. 3583(b) allows."""
    cap, cap_cite = statutes.release_most[class_name]
    least = terms.release_minimum
    if terms.release_maximum is not None and terms.release_maximum.life:
        trace.applied(
            "supervised release",
            f"The paragraph asks for at least {long(least)} of supervised release after prison.",
            terms.cite,
            field="charge.tier",
        )
        trace.flagged(
            "supervised release maximum",
            "For supervised release the paragraph sets section 3583 aside, which is read as leaving no upper limit"
            " short of life.",
            terms.cite,
            field="charge.tier",
        )
        return least, LIFE, terms.cite
    cite = f"{terms.cite}; {cap_cite}"
    longest = terms.release_maximum
    if longest is None:
        below, _ = statutes.release_most[statutes.classes.of(terms.ladder_maximum).name]
        longest = max(cap, below.times(terms.release_times))
    if longest < least:
        trace.flagged(
            "supervised release",
            f"The paragraph asks for at least {long(least)} of supervised release, more than the"
            f" {long(longest)} that the general rule allows for this class. The paragraph is followed; whether more"
            " than that is possible is not settled.",
            cite,
            field="charge.tier",
        )
        return least, least, cite
    if terms.release_times > 1:
        trace.flagged(
            "supervised release",
            f"Supervised release is taken as {long(least)} to {long(longest)}. How the multiple and the"
            " general cap of section 3583(b) go together is not settled.",
            cite,
            field="charge.statute",
        )
    elif least:
        trace.applied(
            "supervised release",
            f"Supervised release after prison is at least {long(least)} and at most {long(longest)}.",
            cite,
            field="charge.tier",
        )
    else:
        trace.applied(
            "supervised release",
            f"The statute does not require supervised release; it allows up to {long(longest)}.",
            cite,
            field="charge.statute",
        )
    return least, longest, cite
