"""Criminal history from a list of earlier sentences."""

from __future__ import annotations

from calculator.answer import HistoryScore
from calculator.law.history import HistoryTables
from calculator.rules.history.alone import read_alone
from calculator.rules.history.category import totalled
from calculator.rules.history.points import award
from calculator.rules.history.predicates import predicates_counted
from calculator.rules.history.sentence import Sentence
from calculator.rules.history.single import Group, group_of, single_sentences
from calculator.rules.history.valve import count_worth, two_point_violent
from calculator.rules.history.window import Clock, clock_of
from calculator.scenario import Case
from calculator.trace import Stage, Trace

__all__ = ["listed_priors"]


def listed_priors(case: Case, law: HistoryTables) -> HistoryScore:
    """Each sentence read alone, then those that count as one joined, then the points added up."""
    trace = Trace(Stage.HISTORY)
    if not case.history.priors:
        trace.passed(
            "4A1.1",
            "No earlier sentence is listed, so there are no points.",
            "USSG §4A1.1",
            field="history.priors",
        )
    clock = clock_of(case, law)
    sentences = [read_alone(index, prior, clock, law) for index, prior in enumerate(case.history.priors)]
    groups = [group_of(members, clock, law) for members in single_sentences(sentences)]
    awarded, ones, violence_known = award(sentences, groups, law)
    by_index = {group.members[0].index: group for group in groups}
    for sentence in sentences:
        trace.steps += sentence.notes.steps
        if sentence.index in by_index:
            trace.steps += by_index[sentence.index].notes.steps
        result = awarded[sentence.index]
        rule = f"4A1.1{result.subsection}" if result.subsection else sentence.rule or "4A1.1"
        (trace.applied if result.points else trace.passed)(rule, result.words, result.cite, field=result.field)
    _dates_note(sentences, groups, clock, trace)
    _revocation_note(sentences, trace)

    subtotal = sum(prior.points for prior in awarded)
    units = [(group.points, group.possible) for group in groups]
    split = [group for group in groups if group.split_unknown]
    ones_known = violence_known and not split
    units += [(0, {0, member.points}) for group in split for member in group.members if member is not group.carriers[0]]
    three, two = count_worth(units, law.three.points, at_least=True), count_worth(units, law.two.points)
    violent = two_point_violent(groups, law, trace)
    predicates, whole = predicates_counted(case, groups, law, trace)
    return totalled(
        case,
        law,
        trace,
        tuple(awarded),
        subtotal,
        # Where predicates are entered that the list does not show, nothing that is absent from it is known.
        three=three if whole else three or None,
        two=two if whole else None,
        violent=violent if whole else violent or None,
        one=ones if whole and ones_known and count_worth(units, law.one.points) is not None else None,
        predicates=predicates,
        known=whole and violence_known and all(len(possible) == 1 for _, possible in units),
    )


def _dates_note(sentences: list[Sentence], groups: list[Group], clock: Clock, trace: Trace) -> None:
    """When the first day of the offense is not given, name what an earlier beginning could bring in."""
    if not clock.assumed:
        return
    late = [
        one.name
        for one in sentences
        if one.stands and one.mark.might > one.mark.points == 0 and not one.mark.ask_release
    ]
    late += [one.carriers[0].name for one in groups if one.sum_might > one.points and not one.sum_asks_release]
    if late:
        trace.unknown(
            "4A1.2 n.8",
            "The time periods run back from the day the offense began, which is not given, so the day it "
            "ended is used. Had it begun early enough, this would count: "
            f"{'; '.join(dict.fromkeys(late))}.",
            "USSG §4A1.2, comment. (n.8)",
            field="dates.offense_began",
        )


def _revocation_note(sentences: list[Sentence], trace: Trace) -> None:
    revoked = [one for one in sentences if one.stands and one.prior.revocation]
    if len(revoked) > 1:
        trace.flagged(
            "4A1.2 n.11",
            "Several sentences have prison time from a revocation. If it was one revocation of them all, "
            "its time is added to only one of them, the one where it adds the most points.",
            "USSG §4A1.2, comment. (n.11)",
            field=f"{revoked[1].where}.revocation",
        )
