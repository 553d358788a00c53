"""Attempts and conspiracies: 21 U.S.C. 846 and 963."""

from __future__ import annotations

from calculator.law.statutes import Statutes
from calculator.scenario import Case
from calculator.trace import Trace

__all__ = ["prefix_of", "say_attempt"]


def prefix_of(case: Case, statutes: Statutes) -> str:
    """The citation of 846 or 963 for an attempt or conspiracy, else an empty text."""
    return statutes.sections.conspiracies.get(case.charge.statute, "")


def say_attempt(case: Case, statutes: Statutes, trace: Trace) -> None:
    """That the penalty is that of the object, where the count is an attempt or a conspiracy."""
    cite = prefix_of(case, statutes)
    if cite:
        trace.applied(
            case.charge.statute,
            "An attempt or a conspiracy carries the same penalties as the offense it aimed at.",
            cite,
            field="charge.statute",
        )
