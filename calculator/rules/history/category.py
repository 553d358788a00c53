"""The status point of USSG §4A1.1(e), the total, and the criminal history category."""

from __future__ import annotations

from calculator.answer import HistoryScore, PriorScore
from calculator.kinds import UNKNOWN, YES
from calculator.law.history import HistoryTables
from calculator.scenario import Case
from calculator.trace import Trace

__all__ = ["said", "totalled"]


def totalled(
    case: Case,
    law: HistoryTables,
    trace: Trace,
    priors: tuple[PriorScore, ...],
    subtotal: int,
    *,
    three: int | None,
    two: int | None,
    violent: bool | None,
    one: int | None,
    predicates: bool | None,
    known: bool,
) -> HistoryScore:
    """§4A1.1(e), then the category by the heads of the Sentencing Table."""
    status, row, under = 0, law.status, case.history.under_sentence
    field_ = "history.under_sentence"
    if under is YES and subtotal >= row.from_points:
        status = row.points
        trace.applied(
            "4A1.1(e)",
            f"Committing the offense while under a sentence adds {said(row.points)}, because there are "
            f"{row.from_points} points or more.",
            row.cite,
            field=field_,
        )
    elif under is YES:
        trace.passed(
            "4A1.1(e)",
            "The offense was committed while under a sentence, but that adds a point only from "
            f"{row.from_points} points up.",
            row.cite,
            field=field_,
        )
    elif under is UNKNOWN and subtotal >= row.from_points:
        known = False
        trace.unknown(
            "4A1.1(e)",
            f"Committing the offense while under a sentence would add {said(row.points)}. Whether it was "
            "is not known, so the point is left out.",
            row.cite,
            field=field_,
        )
    points = subtotal + status
    category = law.category(points)
    trace.applied(
        "4A1.1",
        f"{said(points).capitalize()} in all: criminal history category {category}.",
        f"USSG §4A1.1; {law.category_cite}",
    )
    return HistoryScore(
        points=points,
        category=category,
        priors=priors,
        subtotal=subtotal,
        status_point=status,
        three_point_priors=three,
        two_point_priors=two,
        two_point_violent=violent,
        one_point_points=one,
        two_predicates=predicates,
        certain=known,
        steps=tuple(trace.steps),
    )


def said(points: int) -> str:
    """Points as a sentence says them."""
    return f"{points} point" if points == 1 else f"{points} points"
