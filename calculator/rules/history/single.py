"""Sentences that the Manual treats as one: USSG §4A1.2(a)(2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from calculator.kinds import NO, UNKNOWN, YES
from calculator.law.history import HistoryTables
from calculator.rules.history.sentence import Sentence, from_youth
from calculator.rules.history.window import Clock, Mark, timed
from calculator.scenario import Prior
from calculator.trace import Stage, Trace
from calculator.units import Term

__all__ = ["Group", "group_of", "single_sentences"]


@dataclass(slots=True)
class Group:
    """Sentences counted as one (§4A1.2(a)(2)), most often a single one; `carriers` give it its points."""

    members: list[Sentence]
    mark: Mark
    carriers: list[Sentence]
    length: Term
    notes: Trace = field(default_factory=lambda: Trace(Stage.HISTORY))
    possible: set[int] = field(default_factory=set)
    arrest_field: str = ""  # the fact about an arrest between them that is not known
    split_unknown: bool = False  # and counted apart they would be worth something else
    # What the sum of consecutive sentences would be worth if a date that is not known were the worse one.
    sum_might: int = 0
    sum_asks_release: bool = False

    @property
    def points(self) -> int:
        return self.mark.points if self.carriers[0].stands else 0

    @property
    def arrest_unknown(self) -> bool:
        """Whether an arrest that is not known could part them."""
        return bool(self.arrest_field)


def single_sentences(sentences: list[Sentence]) -> list[list[Sentence]]:
    """§4A1.2(a)(2): sentences of one charge or one day belong together, unless an arrest parts them.

    Sentences that never count are left out. One that is not known to count stands by itself.
    """
    sets: list[list[Sentence]] = []
    after = _arrests_before([sentence for sentence in sentences if sentence.stands])
    for sentence in sentences:
        if sentence.stands is False:
            continue
        near = [one for one in sets if any(_linked(sentence, other, after) for other in one)]
        joined = [other for one in near for other in one]
        sets = [one for one in sets if one not in near]
        sets.append(sorted([*joined, sentence], key=lambda item: item.index))
    return sorted(sets, key=lambda one: one[0].index)


def _arrests_before(sentences: list[Sentence]) -> dict[int, int]:
    """Which arrest each sentence follows, by its index: 0 where none is stated, else a number of its own.

    Sentences of one day or charge can all follow an earlier arrest. They share it until an arrest between them is
    stated: a fact that is not known never adds points.
    """
    after: dict[int, int] = {}
    for at, one in enumerate(sentences):
        if one.prior.intervening_arrest is not YES:
            after[one.index] = 0
            continue
        above = (other for other in reversed(sentences[:at]) if after[other.index] and _near(one.prior, other.prior))
        shared = None if one.prior.arrest_between is YES else next(above, None)
        after[one.index] = one.index + 1 if shared is None else after[shared.index]
    return after


def _linked(one: Sentence, other: Sentence, after: dict[int, int]) -> bool:
    if None in (one.stands, other.stands) or after[one.index] != after[other.index]:
        return False
    return _near(one.prior, other.prior)


def _near(first: Prior, second: Prior) -> bool:
    """The same charging instrument, or sentence on the same day; a sentence still to come has no day."""
    if first.charged_with and first.charged_with == second.charged_with:
        return True
    pending = "awaiting_sentence" in (first.kind, second.kind)
    return first.sentenced_on == second.sentenced_on and not pending


def group_of(members: list[Sentence], clock: Clock, law: HistoryTables) -> Group:
    """§4A1.2(a)(2): the longest sentence if concurrent, the sum if consecutive."""
    lead = max(members, key=_weight)
    group = Group(members, lead.mark, [lead], lead.length)
    if len(members) == 1:
        group.possible = lead.possible
        return group
    _add_up(group, [one for one in members if one.prior.consecutive is YES], clock, law)
    _joined_possible(group)
    _joined_notes(group, clock, law)
    return group


def _weight(sentence: Sentence) -> tuple[int, Term, bool]:
    """What makes a sentence the one that gives a group its points: points, length, then violence."""
    return sentence.points, sentence.length, sentence.violence is YES


def _add_up(group: Group, consecutive: list[Sentence], clock: Clock, law: HistoryTables) -> None:
    """Take the sum of consecutive sentences where it gives more points than the longest alone.

    Sentences from before age 18 have rules of their own, so they are summed apart.
    """
    for young in (False, True):
        mine = [one for one in group.members if from_youth(one.prior) is young]
        chain = [one for one in mine if one in consecutive]
        rest = [one for one in mine if one not in consecutive]
        if not chain or len(mine) < 2:
            continue
        if rest:
            chain.append(max(rest, key=_weight))
        chain.sort(key=lambda one: (one.length, one.violence is YES), reverse=True)
        taken, total = [], Term()
        best = group.mark
        for one in chain:
            taken.append(one)
            total = total + one.length
            mark = _sum_mark(taken, total, young, clock, law)
            if len(taken) > 1 and not mark.points and mark.might > group.sum_might:
                group.sum_might, group.sum_asks_release = mark.might, mark.ask_release
            if mark.points > best.points and len(taken) > 1:
                best, group.mark, group.carriers, group.length = mark, mark, list(taken), total


def _sum_mark(taken: list[Sentence], total: Term, young: bool, clock: Clock, law: HistoryTables) -> Mark:
    releases = [one.prior.released_on for one in taken if one.prior.released_on is not None]
    last = max(one.prior.sentenced_on for one in taken)
    return timed(
        total,
        last,
        max(releases) if releases else None,
        revoked=any(one.prior.revocation is not None for one in taken),
        young=young,
        juvenile=all(one.prior.court == "juvenile" for one in taken),
        pending=False,
        clock=clock,
        law=law,
    )


def _joined_possible(group: Group) -> None:
    """What the group could be worth: a member in doubt can raise it, or lower it if it carries the points."""
    points = group.points
    group.possible = {points, max(points, group.sum_might)}
    for member in group.members:
        others = max((one.points for one in group.members if one is not member), default=0)
        for worth in member.possible - {member.points}:
            group.possible.add(max(worth, others if member in group.carriers else points))


def _joined_notes(group: Group, clock: Clock, law: HistoryTables) -> None:
    members, notes = group.members, group.notes
    cite = "USSG §4A1.2(a)(2)"
    names = "; ".join(one.name for one in members)
    notes.applied(
        "4A1.2(a)(2)",
        f"These count as one sentence, because they were imposed on the same day or charged together: {names}.",
        cite,
        field=f"{members[1].where}.intervening_arrest",
    )
    asked = _arrests_unknown(members)
    apart = sum(one.points for one in members)
    group.arrest_field = f"{asked[-1][0].where}.{asked[-1][1]}" if asked else ""
    together = group.points + len([one for one in _left_over(group) if one.violence is YES])
    if asked and (apart != together or len([one for one in members if _flagged_predicate(one)]) > 1):
        if apart != together:
            group.split_unknown = True
            group.possible.add(group.carriers[0].points)
        for one, name in asked:
            notes.unknown(
                "4A1.2(a)(2)",
                f"{one.name}: it counts separately if the person was arrested for the other offense "
                f"before committing this one. {_ARREST_OPEN[name]}, so they are counted as one.",
                cite,
                field=f"{one.where}.{name}",
            )
    unsure = [one for one in members if one.prior.consecutive is UNKNOWN]
    if unsure:
        other = Group(members, group.mark, group.carriers, group.length)
        _add_up(other, [one for one in members if one.prior.consecutive is not NO], clock, law)
        if other.points != group.points:
            group.possible.add(other.points)
            notes.unknown(
                "4A1.2(a)(2)",
                "Consecutive sentences are added together. Whether these ran one after the other is not "
                "known, so they are not added.",
                cite,
                field=f"{unsure[0].where}.consecutive",
            )
    if group.sum_might > group.points and group.sum_asks_release:
        notes.unknown(
            "4A1.2(e)(1)",
            "Added together, these are long enough to count if the person was still in custody on them "
            "inside the time period. The day of release is not known, so the sum is left out.",
            law.fifteen_years.cite,
            field=f"{members[0].where}.released_on",
        )
    if not all(_near(one.prior, other.prior) for one in members for other in members if one is not other):
        notes.flagged(
            "4A1.2(a)(2)",
            f"These are linked only in a chain, some by the day and some by the charge: {names}. They are "
            "counted as one here; a lawyer should check.",
            cite,
        )
    if len({one.prior.sentenced_on for one in group.carriers}) > 1:
        notes.flagged(
            "4A1.2(a)(2)",
            "The sentences added together have different dates. The latest is used for the time period; "
            "the text does not say.",
            f"{cite}, (e)",
        )


_ARREST_OPEN = {
    "intervening_arrest": "That is not known",
    "arrest_between": "Each is said to follow an arrest, and whether there was one between the two is not known",
}


def _arrests_unknown(members: list[Sentence]) -> list[tuple[Sentence, str]]:
    """The members that an arrest could still part from the others, each with the fact that would say so."""
    # The first one listed has no earlier one to be arrested for. Those that follow an arrest are only with their like.
    name = "arrest_between" if members[0].prior.intervening_arrest is YES else "intervening_arrest"
    return [(one, name) for one in members[1:] if getattr(one.prior, name) is UNKNOWN]


def _left_over(group: Group) -> list[Sentence]:
    """Members that would count by themselves and gave the group none of its points."""
    return [one for one in group.members if one not in group.carriers and one.points]


def _flagged_predicate(sentence: Sentence) -> bool:
    return sentence.prior.violent is not NO or sentence.prior.controlled_substance_offense is not NO
