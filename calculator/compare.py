"""What is not known: the calculation forked over every fact that matters, so that the ends can be shown.

`settle` is the whole answer to a case. Where a step of the calculation could not be settled because a fact is not
known, the case is tried again with each answer that fact could have, and so on until nothing unknown matters. Only
facts that turn up in a step are tried, so an unknown that cannot matter costs nothing.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Literal

from calculator.answer import Answer, End, Moves, Outcome, Probation, Spread, Stopped
from calculator.kinds import DONT_KNOW, NO, YES, BadCase, Choice, Percent, Whole, YesNo
from calculator.law import Edition, Law
from calculator.rules.probation import across, lock_steps
from calculator.scenario import Case, Drug, fields_of, with_fact
from calculator.sentence import calculate, newer_manual
from calculator.trace import Stage, Stop
from calculator.units import Quantity, Term

__all__ = ["settle"]

# Up to this many tries every combination is looked at. Beyond it the two ends are searched for, fact by fact.
MOST_TRIED = 64

type Path = tuple[str | int, ...]
type Changes = tuple[tuple[Path, object], ...]
type Decided = Literal["high end", "minimum", "probation", "class"]
type Given = tuple[tuple[str, object], ...]
type Readings = Mapping[str, bool]


def settle(case: Case, law: Law) -> Outcome:
    """The answer to a case, with its spread where facts are unknown; or why there is none."""
    try:
        answer = calculate(case, law)
    except Stop as stop:
        return stopped(stop, law.edition)
    if not answer.unknowns and not answer.open_law:
        return answer
    return _spread(case, law, answer)


def stopped(stop: Stop, edition: Edition) -> Stopped:
    return Stopped(stop.why, stop.cite, stop.ask, stop.field, edition.title, newer_manual(edition))


@dataclasses.dataclass(frozen=True, slots=True)
class _Leaf:
    """One way to answer what is not known: the answers given, the case they make, and what comes of it.

    `readings` are the answers given to open questions of law.
    """

    given: Given
    case: Case
    answer: Answer
    readings: Readings = dataclasses.field(default_factory=dict)

    @property
    def order(self) -> tuple[Term, Term]:
        return self.answer.total.low, self.answer.total.high


@dataclasses.dataclass(slots=True)
class _Search:
    law: Law
    # What came of each case tried: the same one is reached by several ways, and by the search for what moves most.
    known: dict[tuple[Case, tuple[tuple[str, bool], ...]], Answer | BadCase | Stop] = dataclasses.field(
        default_factory=dict
    )
    tried: int = 0
    complete: bool = True
    outside: bool = False

    def outcome(self, case: Case, readings: Readings) -> Answer | BadCase | Stop:
        key = case, tuple(sorted(readings.items()))
        found = self.known.get(key)
        if found is None:
            try:
                found = calculate(case, self.law, readings)
            except (BadCase, Stop) as why:
                found = why
            self.known[key] = found
        return found

    def forks(self, leaf: _Leaf, name: str) -> list[_Leaf]:
        """The leaf with each answer that the unknown `name` could have. One that stops is left out."""
        found = []
        for value, changes, reading in self.candidates(leaf, name):
            changed, readings = leaf.case, {**leaf.readings, **reading}
            for path, new in changes:
                changed = with_fact(changed, path, new)
            self.tried += 1
            outcome = self.outcome(changed, readings) if changes or reading else leaf.answer
            if isinstance(outcome, BadCase):
                continue  # this answer contradicts what else is known, so it cannot be the case
            if isinstance(outcome, Stop):
                self.complete, self.outside = False, True
                continue
            given = tuple(item for item in leaf.given if item[0] != name)
            found.append(_Leaf((*given, (name, value)), changed, outcome, readings))
        return found

    def candidates(self, leaf: _Leaf, name: str) -> Iterator[tuple[object, Changes, Readings]]:
        """Each answer that an unknown fact, or an open question of law, could have; and what states it."""
        if name in leaf.answer.open_law or name in leaf.readings:
            yield from ((value.value, (), {name: value is YES}) for value in (NO, YES))
        elif name.endswith(".weighed"):
            yield from ((value, changes, {}) for value, changes in _weights(leaf, name, self.law))
        else:
            yield from ((value, changes, {}) for value, changes in _candidates(leaf, name))

    def next_unknown(self, leaf: _Leaf) -> str | None:
        answered = {name for name, _ in leaf.given}
        names = (*leaf.answer.unknowns, *leaf.answer.open_law)
        return next((n for n in names if n not in answered and any(self.candidates(leaf, n))), None)

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
                self.forks(leaf, name) or [_Leaf((*leaf.given, (name, "")), leaf.case, leaf.answer, leaf.readings)],
                key=order,
            )
        for name, _ in leaf.given:
            leaf = pick([leaf, *self.forks(leaf, name)], key=order)
        return leaf


def _spread(case: Case, law: Law, answer: Answer) -> Answer:
    """The answer with its spread, and with the locks on probation as every answer tried leaves them."""
    start, search = _Leaf((), case, answer), _Search(law)
    leaves = search.every(start)
    if not search.complete:
        leaves += [search.end(start, pick) for pick in (min, max)]
    if len(leaves) < 2 and not search.outside:
        return answer
    lowest, highest = min(leaves, key=attrgetter("order")), max(leaves, key=attrgetter("order"))
    moves = _moves(start, search)
    found = [leaf.answer.probation for leaf in leaves]
    spread = Spread(
        _end(lowest), _end(highest), moves, search.tried, search.complete, _probation(found), search.outside
    )
    locks = across(answer.probation, found, complete=search.complete)
    if locks is answer.probation:
        return dataclasses.replace(answer, spread=spread)
    others = tuple(step for step in answer.steps if step.stage is not Stage.PROBATION)
    return dataclasses.replace(answer, spread=spread, probation=locks, steps=(*others, *lock_steps(locks)))


def _probation(found: Iterable[Probation]) -> Literal["open", "shut", "unsettled", "depends"]:
    match {one.open for one in found}:
        case states if states == {True}:
            return "open"
        case states if states == {False}:
            return "shut"
        case states if states == {None}:
            return "unsettled"
    return "depends"


def _end(leaf: _Leaf) -> End:
    given = tuple((name, str(value)) for name, value in leaf.given if value != "")
    return End(leaf.answer.total, leaf.answer.zone, leaf.answer.probation.open, given)


def _moves(start: _Leaf, search: _Search) -> tuple[Moves, ...]:
    """How far each unknown alone moves the low end, all else as in the main line; the widest first."""
    moves = []
    for name in (*start.answer.unknowns, *start.answer.open_law):
        found = [start.answer, *(fork.answer for fork in search.forks(start, name))]
        lows = [answer.total.low for answer in found]
        least, most = min(lows), max(lows)
        months = None if most.life and not least.life else most.months - least.months
        moves.append(Moves(name, months, _decides(found) if months == 0 else ()))
    return tuple(sorted(moves, key=lambda move: (move.months is not None, -(move.months or 0))))


def _decides(found: Sequence[Answer]) -> tuple[Decided, ...]:
    """What else differs between answers whose low end is the same."""
    looked_at: tuple[tuple[Decided, Callable[[Answer], object]], ...] = (
        ("high end", lambda answer: answer.total.high),
        ("minimum", lambda answer: answer.statute.minimum),
        ("probation", lambda answer: answer.probation.open),
        ("class", lambda answer: answer.statute.felony_class),
    )
    return tuple(name for name, look in looked_at if len({look(answer) for answer in found}) > 1)


_STEP = re.compile(r"([a-z_0-9]+)|\[(\d+)\]")


def path_of(name: str) -> Path:
    """'history.priors[0].violent' as ('history', 'priors', 0, 'violent')."""
    return tuple(int(number) if number else word for word, number in _STEP.findall(name))


def _weights(leaf: _Leaf, name: str, law: Law) -> Iterator[tuple[object, Changes]]:
    """Weights to try for a drug that was counted: under the first line of the statute, and at each line. Only where the
    guidelines do not go by that weight too, as with LSD on its carrier; else the ends would be without meaning."""
    path = path_of(name)
    index = path[-2]
    if path[0] != "drugs" or not isinstance(index, int):
        return
    substance = law.drugs.find(leaf.case.drugs[index].substance, name)
    if not substance.on_carrier:
        return
    rows = law.statutes.amounts.thresholds.get(("841", substance.threshold or substance.id), ())
    lines = sorted(least for row in rows for _, least, _ in row.steps)
    for weight in (lines[0] / 2, *lines):
        weighed = Quantity(weight, "g")
        yield str(weighed), ((path, weighed),)


def _candidates(leaf: _Leaf, name: str) -> Iterator[tuple[object, Changes]]:
    """Each answer an unknown fact could have: the value shown, and the changes to the case that state it."""
    case, path = leaf.case, path_of(name)
    if name == "charge.tier":
        # With no finding of quantity the count stays in the paragraph that needs none; with one, it goes where the
        # weights reach.
        yield "no quantity found", ((("charge", "tier"), leaf.answer.statute.tier or DONT_KNOW),)
        yield "found_amounts", ((("charge", "tier"), "found_amounts"), (("charge", "found"), _weighed(case.drugs)))
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


def _weighed(drugs: tuple[Drug, ...]) -> tuple[Drug, ...]:
    """The drugs that a finding can be about: weighed, or plants. A count of pills says no weight."""
    return tuple(
        drug
        for drug in drugs
        if not drug.quantity.counted or drug.quantity.unit == "plants" or drug.weighed is not None
    )


def _numbers(name: str) -> tuple[int, ...]:
    """The numbers worth trying for an unknown count: one in each band that the law tells apart."""
    if name == "history.points":
        return (0, 2, 4, 7, 10, 13)
    return (0, 1, 2)
