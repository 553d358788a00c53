"""Predicates for the career offender rule: USSG §4B1.2(c)."""

from __future__ import annotations

from calculator.kinds import NO, UNKNOWN, YES
from calculator.law.history import HistoryTables
from calculator.rules.history.sentence import Sentence, felony_of
from calculator.rules.history.single import Group
from calculator.scenario import Case, Prior
from calculator.trace import Stage, Trace

__all__ = ["predicates_counted"]

_MILITARY = frozenset({"general_or_special_court_martial", "summary_court_martial"})


def predicates_counted(case: Case, groups: list[Group], law: HistoryTables, trace: Trace) -> tuple[bool | None, bool]:
    """§4B1.2(c): whether at least two predicates are counted separately; None when not known.

    Also whether the list can be the whole history: it cannot where more predicates are entered than it can hold.

    Of sentences counted as one, no more than one is a predicate, and only if it scores alone (§4A1.2 n.3).
    """
    needed = law.career.predicates
    sure = could = 0
    names: list[str] = []
    for group in groups:
        read = [_predicate(one, case, law, trace) for one in group.members]
        could += (
            sum(one is not False for one in read) if group.arrest_unknown else any(one is not False for one in read)
        )
        if True in read:
            sure += 1
            names.append(group.members[read.index(True)].name)
    found = True if sure >= needed else False if could < needed else None
    entered = case.history.career_predicates
    if found is not True and (entered is None or entered >= needed):
        if entered is not None:
            trace.flagged(
                "4B1.2(c)",
                f"{entered} predicates were entered, but the sentences listed do not show two that score "
                "separately. What was entered is used; check it.",
                "USSG §4B1.2(c)",
                field="history.career_predicates",
            )
        return None if entered is None else True, entered is None or could >= needed
    if found is True:
        trace.applied(
            "4B1.2(c)",
            f"These convictions count as predicates for the career offender rule: {'; '.join(names)}.",
            "USSG §4B1.2(c)",
            field="history.priors",
        )
    elif found is None:
        trace.unknown(
            "4B1.2(c)",
            "Whether there are two predicates for the career offender rule is not known.",
            "USSG §4B1.2(c)",
            field=_asked_predicate(case, groups, law),
        )
        _open_predicates(case, groups, law, trace)
    return found, True


def _predicate(sentence: Sentence, case: Case, law: HistoryTables, trace: Trace) -> bool | None:
    """§4B1.2(c), (e)(4): an adult felony conviction for violence or drugs that scores and came first."""
    prior = sentence.prior
    kinds = (prior.violent, prior.controlled_substance_offense)
    felony = felony_of(prior, law)
    if kinds == (NO, NO) or felony is NO or prior.court == "juvenile" or sentence.possible == {0}:
        return False
    if _open_in_law(prior, case):
        return None
    if YES not in kinds or felony is UNKNOWN or 0 in sentence.possible:
        return None
    began = case.dates.offense_began
    if began is not None and prior.sentenced_on > began:
        trace.flagged(
            "4B1.2(c)",
            f"{sentence.name}: the offense had begun before this conviction and went on after it. It is "
            "counted as a predicate; a court may read the rule otherwise.",
            "USSG §4B1.2(c)",
            field="dates.offense_began",
        )
    return True


def _asked_predicate(case: Case, groups: list[Group], law: HistoryTables) -> str | None:
    """The first fact about a possible predicate that is not known."""
    silent = Trace(Stage.HISTORY)
    for group in groups:
        for one in group.members:
            if _predicate(one, case, law, silent) is not None:
                continue
            prior = one.prior
            if YES not in (prior.violent, prior.controlled_substance_offense):
                return f"{one.where}.{'violent' if prior.violent is UNKNOWN else 'controlled_substance_offense'}"
            if felony_of(prior, law) is UNKNOWN:
                return f"{one.where}.felony"
    # The rest is open in law: how many there are is then the only question left.
    return next((group.arrest_field for group in groups if group.arrest_unknown), "history.career_predicates")


def _open_predicates(case: Case, groups: list[Group], law: HistoryTables, trace: Trace) -> None:
    """What no fact of one sentence settles: when guilt was established, a court-martial, a diversion."""
    for one in (one for group in groups for one in group.members):
        why = _open_in_law(one.prior, case)
        if why and _predicate(one, case, law, Trace(Stage.HISTORY)) is None:
            trace.flagged("4B1.2(c)", f"{one.name}: {why}", "USSG §4B1.2(c), (e)(4)", field=f"{one.where}.kind")


def _open_in_law(prior: Prior, case: Case) -> str:
    """Why the law, or a day that is not asked for, leaves open whether a sentence can be a predicate."""
    if prior.court in _MILITARY:
        return "whether a conviction by court-martial is a predicate for the career offender rule is open."
    if prior.kind.startswith("diversion"):
        return "whether a diversion is a conviction for the career offender rule is open."
    if prior.sentenced_on >= case.dates.offense_ended:
        return (
            "it was imposed when this offense had ended. It is a predicate for the career offender rule only if guilt "
            "was established, by plea or verdict, before this offense was committed."
        )
    return ""
