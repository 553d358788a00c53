"""Money by statute, in whole dollars: the fine (18 U.S.C. 3571) and the special assessment (18 U.S.C. 3013)."""

from __future__ import annotations

from calculator.law.statutes import Statutes
from calculator.rules.penalties.terms import Terms
from calculator.trace import Trace
from calculator.units import LIFE

__all__ = ["fine", "special_assessment"]


def fine(statutes: Statutes, terms: Terms, class_name: str, trace: Trace) -> int:
    """The largest fine: what the paragraph lists, or that of title 18 for the class where it is more."""
    title_18, cite = statutes.fines[class_name]
    most = max(terms.title_18_times * title_18, terms.fine) * terms.fine_times
    least = f" and at least ${terms.fine_minimum:,}, if the person can pay" if terms.fine_minimum else ""
    trace.applied("fine", f"The fine can be up to ${most:,}{least}.", f"{terms.cite}; {cite}", field="charge.statute")
    trace.passed(
        "fine by gain or loss",
        "A fine of twice the gain or loss from the offense can be more. It is not counted here.",
        statutes.gain_or_loss_cite,
    )
    return most


def special_assessment(statutes: Statutes, class_name: str, counts: int, with_firearm: bool, trace: Trace) -> int:
    """What is owed for all the counts, a firearm count (whose maximum is life) among them."""
    each, cite = statutes.assessments[class_name]
    total = each * counts
    if with_firearm:
        total += statutes.assessments[statutes.classes.of(LIFE).name][0]
    trace.applied(
        "special assessment",
        f"The special assessment is ${total:,} in all; it is owed for each count.",
        cite,
        field="charge.counts",
    )
    return total
