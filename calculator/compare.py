"""What is not known: the calculation forked over every fact that matters, so that the ends can be shown.

`settle` is the whole answer to a case. Where a step of the calculation could not be settled because a fact is not
known, the case is tried again with each answer that fact could have, and so on until nothing unknown matters. Only
facts that turn up in a step are tried, so an unknown that cannot matter costs nothing.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple

from calculator.answer import Answer, End, Moves, Outcome, Probation, Spread, Stopped
from calculator.kinds import DONT_KNOW, NO, YES, BadCase, Choice, Group, Kind, Percent, Rows, Whole, YesNo
from calculator.law import Edition, Law
from calculator.rules.probation import across, lock_steps
from calculator.scenario import Case, Drug, fields_of, with_fact
from calculator.sentence import Readings, Worked, answered, newer_manual, work_near, work_out
from calculator.trace import Stage, Stop
from calculator.units import Quantity, Term

__all__ = ["settle"]

# Up to this many tries every combination is looked at. Beyond it the two ends are searched for, fact by fact.
MOST_TRIED = 64

type Path = tuple[str | int, ...]
type Changes = tuple[tuple[Path, object], ...]
type Decided = Literal["high end", "minimum", "probation", "class"]
# An answer tried: how it is shown, the changes to the case that state it, the question of law that it answers.
type Candidate = tuple[object, Changes, Readings]
type Given = tuple[tuple[str, object], ...]


def settle(case: Case, law: Law) -> Outcome:
    """The answer to a case, with its spread where facts are unknown; or why there is none."""
    try:
        worked = work_out(case, law)
        answer = answered(worked)
    except Stop as stop:
        return stopped(stop, law.edition)
    if not worked.unknowns and not worked.open_law:
        return answer
    return _spread(worked, answer)


def stopped(stop: Stop, edition: Edition) -> Stopped:
    return Stopped(stop.why, stop.cite, stop.ask, stop.field, edition.title, newer_manual(edition))


class _Leaf(NamedTuple):
    """One way to answer what is not known: the answers given, the case they make, and what comes of it.

    `readings` are the answers given to open questions of law.
    """

    given: Given
    case: Case
    worked: Worked
    readings: Readings = ()

    @property
    def order(self) -> tuple[Term, Term]:
        return self.worked.outcome.value.total.low, self.worked.outcome.value.total.high


@dataclasses.dataclass(slots=True)
class _Search:
    law: Law
    tried: int = 0
    complete: bool = True
    outside: bool = False
    # The forks of the case itself, by what is not known.
    first: dict[str, list[_Leaf]] = dataclasses.field(default_factory=dict)

    def forks(self, leaf: _Leaf, name: str) -> list[_Leaf]:
        """The leaf with each answer that the unknown `name` could have. One that stops is left out."""
        candidates = self.candidates(leaf, name)
        self.tried += len(candidates)
        if leaf.given:
            return self._forked(leaf, name, candidates)
        # Every search begins at the case itself, and so does each unknown alone.
        if name not in self.first:
            self.first[name] = self._forked(leaf, name, candidates)
        return self.first[name]

    def _forked(self, leaf: _Leaf, name: str, candidates: Sequence[Candidate]) -> list[_Leaf]:
        found = []
        given = tuple([item for item in leaf.given if item[0] != name])
        for value, changes, reading in candidates:
            try:
                case, readings, worked = self._with(leaf, changes, reading)
            except BadCase:
                continue  # this answer contradicts what else is known, so it cannot be the case
            except Stop:
                self.complete, self.outside = False, True
                continue
            found.append(_Leaf((*given, (name, value)), case, worked, readings))
        return found

    def _with(self, leaf: _Leaf, changes: Changes, reading: Readings) -> tuple[Case, Readings, Worked]:
        """What comes of the case of a leaf with these changes, and with this answer to a question of law."""
        case, readings = leaf.case, leaf.readings
        changed: list[str] = []
        for path, new in changes:
            case = with_fact(case, path, new)
            changed += _names(path)
        if reading:
            readings = tuple(sorted({**dict(readings), **dict(reading)}.items()))
            changed.append("readings")
        return case, readings, work_near(leaf.worked, changed, case, readings) if changed else leaf.worked

    def candidates(self, leaf: _Leaf, name: str) -> Sequence[Candidate]:
        """Each answer that an unknown fact, or an open question of law, could have; and what states it."""
        if name in leaf.worked.open_law or any(name == asked for asked, _ in leaf.readings):
            return [(value.value, (), ((name, value is YES),)) for value in (NO, YES)]
        if name.endswith(".weighed"):
            return list(_weights(leaf, name, self.law))
        return _tiers(leaf) if name == "charge.tier" else _answers(name)

    def next_unknown(self, leaf: _Leaf) -> str | None:
        given = {name for name, _ in leaf.given}
        names = (*leaf.worked.unknowns, *leaf.worked.open_law)
        return next((n for n in names if n not in given and self.candidates(leaf, n)), None)

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
                self.forks(leaf, name) or [_Leaf((*leaf.given, (name, "")), leaf.case, leaf.worked, leaf.readings)],
                key=order,
            )
        for name, _ in leaf.given:
            leaf = pick([leaf, *self.forks(leaf, name)], key=order)
        return leaf


def _spread(worked: Worked, answer: Answer) -> Answer:
    """The answer with its spread, and with the locks on probation as every answer tried leaves them."""
    start, search = _Leaf((), worked.case, worked), _Search(worked.law)
    leaves = search.every(start)
    if not search.complete:
        leaves += [search.end(start, pick) for pick in (min, max)]
    if len(leaves) < 2 and not search.outside:
        return answer
    lowest, highest = min(leaves, key=attrgetter("order")), max(leaves, key=attrgetter("order"))
    moves = _moves(start, search)
    found = [leaf.worked.probation.value for leaf in leaves]
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
    found = leaf.worked.outcome.value
    return End(found.total, found.ruled.range.zone, leaf.worked.probation.value.open, given)


def _moves(start: _Leaf, search: _Search) -> tuple[Moves, ...]:
    """How far each unknown alone moves the low end, all else as in the main line; the widest first."""
    moves = []
    for name in (*start.worked.unknowns, *start.worked.open_law):
        found = [start.worked, *(fork.worked for fork in search.forks(start, name))]
        lows = [worked.outcome.value.total.low for worked in found]
        least, most = min(lows), max(lows)
        months = None if most.life and not least.life else most.months - least.months
        moves.append(Moves(name, months, _decides(found) if months == 0 else ()))
    return tuple(sorted(moves, key=lambda move: (move.months is not None, -(move.months or 0))))


def _decides(found: Sequence[Worked]) -> tuple[Decided, ...]:
    """What else differs between answers whose low end is the same."""
    looked_at: tuple[tuple[Decided, Callable[[Worked], object]], ...] = (
        ("high end", lambda worked: worked.outcome.value.total.high),
        ("minimum", lambda worked: worked.relieved.value.minimum),
        ("probation", lambda worked: worked.probation.value.open),
        ("class", lambda worked: worked.relieved.value.felony_class),
    )
    return tuple(name for name, look in looked_at if len({look(worked) for worked in found}) > 1)


_STEP = re.compile(r"([a-z_0-9]+)|\[(\d+)\]")


@lru_cache(maxsize=512)
def path_of(name: str) -> Path:
    """'history.priors[0].violent' as ('history', 'priors', 0, 'violent')."""
    return tuple(int(number) if number else word for word, number in _STEP.findall(name))


@lru_cache(maxsize=512)
def _names(path: Path) -> tuple[str, ...]:
    """By what names stages read a fact: ("history", "priors", 0, "violent") as "history" and "history.priors"."""
    group, *inside = path
    return (str(group), f"{group}.{inside[0]}") if inside and isinstance(inside[0], str) else (str(group),)


def _weights(leaf: _Leaf, name: str, law: Law) -> Iterator[Candidate]:
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
        yield str(weighed), ((path, weighed),), ()


def _tiers(leaf: _Leaf) -> Sequence[Candidate]:
    """With no finding of quantity the count stays in the paragraph that needs none; with one, it goes where the weights
    reach."""
    found = (("charge", "found"), _weighed(leaf.case.drugs))
    return (
        ("no quantity found", ((("charge", "tier"), leaf.worked.relieved.value.tier or DONT_KNOW),), ()),
        ("found_amounts", ((("charge", "tier"), "found_amounts"), found), ()),
    )


@lru_cache(maxsize=512)
def _answers(name: str) -> tuple[Candidate, ...]:
    """Each answer that a fact of its kind could have."""
    path = path_of(name)
    kind: Kind | None = Group(Case)
    for step in path:
        if isinstance(step, str):
            assert isinstance(kind, Group | Rows), name
            kind = next((one for field, one, _ in fields_of(kind.record) if field == step), None)
    values: Iterable[tuple[object, object]] = ()
    if isinstance(kind, YesNo):
        values = ((value.value, value) for value in (NO, YES))
    elif isinstance(kind, Choice):
        values = ((option, option) for option in kind.options if option not in (DONT_KNOW, "more_than_one"))
    elif isinstance(kind, Percent):
        values = ((f"{value} %", value) for value in (Decimal(1), Decimal(100)))
    elif isinstance(kind, Whole):
        values = ((str(value), value) for value in _numbers(name))
    return tuple((shown, ((path, value),), ()) for shown, value in values)


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
