"""Criminal history points and category, from a list of sentences or from points entered."""

from __future__ import annotations

from calculator.answer import HistoryScore
from calculator.law import Law
from calculator.rules.history.entered import entered_points
from calculator.rules.history.listing import listed_priors
from calculator.scenario import Case

__all__ = ["score"]


def score(case: Case, law: Law) -> HistoryScore:
    """§§4A1.1, 4A1.2: criminal history points and category, from a list of sentences or from points entered.

    Raises `BadCase` for entries that cannot all be true.
    """
    if case.history.points == "unset":
        return listed_priors(case, law.history)
    return entered_points(case, law.history)
