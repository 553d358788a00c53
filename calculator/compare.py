"""What is not known: the calculation forked over every fact that matters, so that the ends can be shown.

`settle` is the whole answer to a case. Where a step of the calculation could not be settled because a fact is not
known, the case is tried again with each answer that fact could have, and so on until nothing unknown matters. Only
facts that turn up in a step are tried, so an unknown that cannot matter costs nothing.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from operator import attrgetter

from calculator.answer import Answer, End, Moves, Outcome, Spread, Stopped
from calculator.kinds import DONT_KNOW, NO, YES, BadCase, Choice, Percent, Whole, YesNo
from calculator.law import Edition, Law
from calculator.scenario import Case, fields_of, with_fact
from calculator.sentence import calculate, notice
from calculator.trace import Stop
from calculator.units import Term

__all__ = ["settle"]

# Up to this many tries every combination is looked at. Beyond it the two ends are searched for, fact by fact.
MOST_TRIED = 64

type Path = tuple[str | int, ...]
type Given = tuple[tuple[str, object], ...]


def settle(case: Case, law: Law) -> Outcome:
    """The answer to a case, with its spread where facts are unknown; or why there is none."""
    try:
        answer = calculate(case, law)
    except Stop as stop:
        return stopped(stop, law.edition)
    if not answer.unknowns:
        return answer
    return dataclasses.replace(answer, spread=_spread(case, law, answer))


def stopped(stop: Stop, edition: Edition) -> Stopped:
    return Stopped(stop.why, stop.cite, stop.ask, stop.field, edition.title, notice(edition, ()))


@dataclasses.dataclass(frozen=True, slots=True)
class _Leaf:
    """One way to answer what is not known: the answers given, the case they make, and what comes of it."""

    given: Given
    case: Case
    answer: Answer

    @property
    def order(self) -> tuple[Term, Term]:
        return self.answer.total.low, self.answer.total.high


@dataclasses.dataclass(slots=True)
class _Search:
    law: Law
    tried: int = 0
    complete: bool = True

    def forks(self, leaf: _Leaf, name: str) -> list[_Leaf]:
        """The leaf with each answer that the unknown `name` could have. One that stops is left out."""
        found = []
        for value, changes in _candidates(leaf, name):
            changed = leaf.case
            for path, new in changes:
                changed = with_fact(changed, path, new)
            self.tried += 1
            try:
                outcome = calculate(changed, self.law) if changes else leaf.answer
            except BadCase:
                continue  # this answer contradicts what else is known, so it cannot be the case
            except Stop:
                self.complete = False
                continue
            given = tuple(item for item in leaf.given if item[0] != name)
            found.append(_Leaf((*given, (name, value)), changed, outcome))
        return found

    def next_unknown(self, leaf: _Leaf) -> str | None:
        answered = {name for name, _ in leaf.given}
        return next((n for n in leaf.answer.unknowns if n not in answered and any(_candidates(leaf, n))), None)

    def every(self, leaf: _Leaf) -> list[_Leaf]:
        """Every combination below a leaf, while the number of tries lasts."""
        name = self.next_unknown(leaf)
        if name is None:
            return [leaf]
        if self.tried >= MOST_TRIED:
            self.complete = False
            return [leaf]
        return [end for fork in self.forks(leaf, name) for end in self.every(fork)]

    def end(self, start: _Leaf, pick: Callable[..., _Leaf]) -> _Leaf:
        """One end, fact by fact: the best fork of each unknown in turn, then each once more with the others settled."""
        leaf, order = start, attrgetter("order")
        while (name := self.next_unknown(leaf)) is not None:
            leaf = pick(
                self.forks(leaf, name) or [_Leaf((*leaf.given, (name, "")), leaf.case, leaf.answer)],
                key=order,
            )
        for name, _ in leaf.given:
            leaf = pick([leaf, *self.forks(leaf, name)], key=order)
        return leaf


def _spread(case: Case, law: Law, answer: Answer) -> Spread | None:
    start, search = _Leaf((), case, answer), _Search(law)
    leaves = search.every(start)
    if not search.complete:
        leaves += [search.end(start, pick) for pick in (min, max)]
    if len(leaves) < 2:
        return None
    lowest, highest = min(leaves, key=attrgetter("order")), max(leaves, key=attrgetter("order"))
    return Spread(_end(lowest), _end(highest), _moves(start, search), search.tried, search.complete)


def _end(leaf: _Leaf) -> End:
    given = tuple((name, str(value)) for name, value in leaf.given if value != "")
    return End(leaf.answer.total, leaf.answer.zone, leaf.answer.probation.open, given)


def _moves(start: _Leaf, search: _Search) -> tuple[Moves, ...]:
    """How far each unknown alone moves the low end, all else as in the main line; the widest first."""
    moves = []
    for name in start.answer.unknowns:
        lows = [start.answer.total.low, *(fork.answer.total.low for fork in search.forks(start, name))]
        least, most = min(lows), max(lows)
        moves.append(Moves(name, None if most.life and not least.life else most.months - least.months))
    return tuple(sorted(moves, key=lambda move: (move.months is not None, -(move.months or 0))))


_STEP = re.compile(r"([a-z_0-9]+)|\[(\d+)\]")


def path_of(name: str) -> Path:
    """'history.priors[0].violent' as ('history', 'priors', 0, 'violent')."""
    return tuple(int(number) if number else word for word, number in _STEP.findall(name))


def _candidates(leaf: _Leaf, name: str) -> Iterator[tuple[object, tuple[tuple[Path, object], ...]]]:
    """Each answer an unknown fact could have: the value shown, and the changes to the case that state it."""
    case, path = leaf.case, path_of(name)
    if name == "charge.tier":
        # With no finding of quantity the count stays in the paragraph that needs none; with one, it goes where the
        # weights reach.
        yield "no quantity found", ((("charge", "tier"), leaf.answer.statute.tier or DONT_KNOW),)
        yield "found_amounts", ((("charge", "tier"), "found_amounts"), (("charge", "found"), case.drugs))
        return
    record: object = case
    for step in path[:-1]:
        record = record[step] if isinstance(record, tuple) and isinstance(step, int) else getattr(record, str(step))
    kinds = {field: kind for field, kind, _ in fields_of(type(record))}
    kind = kinds.get(str(path[-1]))
    if isinstance(kind, YesNo):
        yield from ((value.value, ((path, value),)) for value in (NO, YES))
    elif isinstance(kind, Choice):
        yield from (
            (option, ((path, option),)) for option in kind.options if option not in (DONT_KNOW, "more_than_one")
        )
    elif isinstance(kind, Percent):
        yield from ((f"{value} %", ((path, value),)) for value in (Decimal(1), Decimal(100)))
    elif isinstance(kind, Whole):
        yield from ((str(value), ((path, value),)) for value in _numbers(name))


def _numbers(name: str) -> tuple[int, ...]:
    """The numbers worth trying for an unknown count: one in each band that the law tells apart."""
    if name == "history.points":
        return (0, 2, 4, 7, 10, 13)
    return (0, 1, 2)
