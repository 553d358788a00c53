"""Criminal history from points worked out elsewhere."""

from __future__ import annotations

from calculator.answer import HistoryScore
from calculator.kinds import NO, YES, BadCase, FieldError
from calculator.law.history import HistoryTables
from calculator.rules.history.category import said, totalled
from calculator.scenario import Case
from calculator.trace import Stage, Trace

__all__ = ["entered_points"]


def entered_points(case: Case, law: HistoryTables) -> HistoryScore:
    """Points under (a)–(d) as entered; details that arithmetic settles are filled in, the rest stays None."""
    history = case.history
    trace = Trace(Stage.HISTORY)
    three, two = history.three_point_priors, history.two_point_priors
    least = law.three.points * (three or 0) + law.two.points * (two or 0)
    entered = history.points if isinstance(history.points, int) else None
    subtotal = least if entered is None else entered
    one: int | None = None
    if entered is None:
        trace.unknown(
            "4A1.1",
            f"The criminal history points are not known, so only what is known is counted: {said(subtotal)}.",
            "USSG §4A1.1",
            field="history.points",
        )
    else:
        trace.applied(
            "4A1.1(a)–(d)",
            f"{said(subtotal).capitalize()} for earlier sentences {'was' if subtotal == 1 else 'were'} entered.",
            "USSG §4A1.1(a)–(d)",
            field="history.points",
        )
        if three is None and subtotal - law.two.points * (two or 0) < law.three.points:
            three = 0
        if two is None and subtotal - law.three.points * (three or 0) < law.two.points:
            two = 0
        if three is not None and two is not None:
            one = subtotal - least
        _check_entered(case, law, subtotal, least, two, one)
    predicates = history.career_predicates
    return totalled(
        case,
        law,
        trace,
        (),
        subtotal,
        three=three,
        two=two,
        violent=False if two == 0 else {YES: True, NO: False}.get(history.two_point_violent),
        one=one,
        predicates=None if predicates is None else predicates >= law.career.predicates,
        known=entered is not None,
    )


def _check_entered(case: Case, law: HistoryTables, subtotal: int, least: int, two: int | None, one: int | None) -> None:
    errors = []
    most = law.one.most + law.violence.most
    if subtotal < least:
        errors.append(FieldError("history.points", f"is {subtotal}, but the priors entered are worth at least {least}"))
    if one is not None and one > most:
        errors.append(
            FieldError(
                "history.points",
                f"is {subtotal}, which leaves {one} points for one-point sentences, but at most {most} "
                "can be counted: check the number of two-point and three-point priors",
            )
        )
    if two == 0 and case.history.two_point_violent is YES:
        errors.append(
            FieldError(
                "history.two_point_violent",
                f"cannot be yes: {said(subtotal)} leave no room for a two-point prior",
            )
        )
    predicates = case.history.career_predicates
    if (
        predicates is not None
        and predicates >= law.career.predicates
        and subtotal < law.career.predicates * law.one.points
    ):
        errors.append(
            FieldError(
                "history.career_predicates",
                f"is {predicates}, but predicates count only if each scores separately, and only "
                f"{said(subtotal)} {'is' if subtotal == 1 else 'are'} entered (§4B1.2(c)): check the "
                "points",
            )
        )
    if errors:
        raise BadCase(errors)
