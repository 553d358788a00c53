"""What an answer holds: the record every door prints, and its JSON.

The rules fill it, `sentence.py` puts it together, `present/` draws it. Terms are exact; nothing here computes law.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, Literal

from calculator.records import HashedOnce
from calculator.trace import Step
from calculator.units import Quantity, Term, plain

__all__ = [
    "Alternative",
    "Answer",
    "DrugLevel",
    "DrugWeight",
    "End",
    "Governed",
    "HistoryScore",
    "Lock",
    "Motion",
    "Moves",
    "Option",
    "Outcome",
    "PriorScore",
    "Probation",
    "Range",
    "SafetyValve",
    "Spread",
    "Statute",
    "StatutoryAmount",
    "Stopped",
    "Supervision",
    "ValveTest",
    "to_json",
]


@dataclass(frozen=True, slots=True)
class Range(HashedOnce):
    """Months from `low` to `high`; `zone` is the letter of the Sentencing Table cell, if it is one."""

    low: Term
    high: Term
    zone: str | None = None

    def __str__(self) -> str:
        """As a sentence says it: 24–30 months, 360 months to life, 15 days to 6 months, 60 months, life."""
        if self.low == self.high:
            return str(self.low)
        if self.low.days or self.high.days or self.high.life:
            return f"{self.low} to {self.high}"
        return f"{self.low.months}–{self.high.months} months"


@dataclass(frozen=True, slots=True)
class DrugWeight(HashedOnce):
    """One drug of the case as the guideline counts it.

    `counted` is the amount in `measure` ("g", "units" or "ml") under `substance` (its column or entry, such as
    "methamphetamine_actual"), `converted_g` its converted drug weight in grams, `words` how it was reached.
    """

    substance: str
    name: str
    given: Quantity
    counted: Decimal
    measure: str
    converted_g: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class DrugLevel(HashedOnce):
    """The Drug Quantity Table level, how it was found, and the weights behind it."""

    level: int
    method: Literal["column", "converted"]
    row: str
    converted_g: Decimal
    weights: tuple[DrugWeight, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class StatutoryAmount(HashedOnce):
    """One drug as 21 U.S.C. 841(b) and 960(b) weigh it: whole mixture (with the carrier), pure drug, or plants.

    `schedule` is "I/II", "III", "IV", "V", "marihuana" or "list I". An amount that cannot be told is None. Where only
    the pure drug was weighed, `mixture_g` is that weight: the mixture weighs at least as much.
    """

    substance: str
    name: str
    schedule: str
    mixture_g: Decimal | None
    pure_g: Decimal | None
    plants: int | None
    field: str
    # Weighed with the carrier it is on, as LSD is.
    on_carrier: bool = False


@dataclass(frozen=True, slots=True)
class PriorScore(HashedOnce):
    """One prior sentence scored: points, the subsection of §4A1.1 that gives them, and why."""

    label: str
    points: int
    subsection: str
    words: str
    cite: str
    field: str


@dataclass(frozen=True, slots=True)
class HistoryScore(HashedOnce):
    """Criminal history. Counts that are not known are None."""

    points: int
    category: str
    priors: tuple[PriorScore, ...]
    # Points from §4A1.1(a) to (d), without the status point.
    subtotal: int
    status_point: int
    three_point_priors: int | None
    two_point_priors: int | None
    # A prior scored 2 points that is a violent offense: True, False, or None when not known.
    two_point_violent: bool | None
    one_point_points: int | None
    # At least two counted predicates (§4B1.2(c)): True, False, or None when not known.
    two_predicates: bool | None
    # True when the points are known exactly, False when something unknown could change them.
    certain: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Alternative(HashedOnce):
    """What the statute would provide if one thing that is not known, or not settled, went against the person.

    `turns_on` names that thing as the end of a sentence, `field` the fact. `settled` is False where the courts decide
    it and not the facts. `felony_class` is empty where the penalty is not part of the model.
    """

    words: str
    turns_on: str
    field: str | None
    minimum: Term
    felony_class: str
    felony: bool
    probation_bar: str
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Statute(HashedOnce):
    """What the statute of conviction provides, before any guideline.

    `minimum` is what binds after the safety valve or a §3553(e) motion; `minimum_by_law` what the statute says. The
    safety valve lifts a minimum; with the motion it stands, and the judge may go below it. Terms are for one count.
    """

    cite: str
    title: str
    tier: str | None
    minimum: Term
    minimum_by_law: Term
    maximum: Term
    lifted_by: str
    felony_class: str
    felony: bool
    # The subparagraph's own bar on probation, with its citation, or an empty text.
    probation_bar: str
    fine_maximum: int
    fine_minimum: int
    assessment: int
    # Supervised release: the statutory minimum and maximum as they bind; maximum life where 3583(b) is displaced.
    release_minimum: Term
    release_maximum: Term
    release_cite: str
    # 18 U.S.C. 924(c): the consecutive term, or an empty term.
    consecutive: Term
    consecutive_cite: str
    covered_by_safety_valve: bool
    alternatives: tuple[Alternative, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ValveTest(HashedOnce):
    """One test of the safety valve: met (True), failed (False) or not known (None).

    `field` is None where the facts are known and the law is open.
    """

    name: str
    met: bool | None
    words: str
    cite: str
    field: str | None


@dataclass(frozen=True, slots=True)
class SafetyValve(HashedOnce):
    """18 U.S.C. 3553(f). `criteria` is about the five paragraphs (they alone govern §2D1.1(b)(18));
    `relief` about a covered count as well. None: not known, or with `open_question` a question of law that is open."""

    criteria: bool | None
    relief: bool | None
    tests: tuple[ValveTest, ...]
    steps: tuple[Step, ...]
    open_question: str = ""
    # The fact that the first test not known turns on.
    open_field: str | None = field(init=False)

    def __post_init__(self) -> None:
        asked = (test.field for test in self.tests if test.met is None and test.field)
        object.__setattr__(self, "open_field", next(asked, None))


type Control = Literal["guidelines", "statutory minimum", "statutory maximum", "both limits", "safety valve floor"]


@dataclass(frozen=True, slots=True)
class Governed(HashedOnce):
    """The range once the safety valve floor and the statute's limits are applied, and which of them is in control.

    The zone of `range` is None where a statutory minimum has taken the place of a Zone A, B or C range: an open doubt.
    `maximum` is what the range was held to: that of one count, or of all the counts where one is too short for it.
    """

    range: Range
    control: Control
    words: str
    cite: str
    maximum: Term
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Option(HashedOnce):
    """One kind of sentence the zone allows, with the months that satisfy the minimum of the range."""

    kind: Literal["prison", "split", "probation_with_confinement", "probation", "none_required"]
    words: str
    cite: str
    prison: Term
    substitute: Term


@dataclass(frozen=True, slots=True)
class Lock(HashedOnce):
    """One of the three locks on probation: open, shut (False) or not known (None).

    `doubt` says why it is not known: a fact is missing, the law is open, courts differ, or none was found to decide.
    """

    name: Literal["statute", "minimum", "zone"]
    open: bool | None
    words: str
    cite: str
    doubt: Literal["", "facts", "law", "courts", "no decision"] = ""


@dataclass(frozen=True, slots=True)
class Probation(HashedOnce):
    """Whether probation is legally open: the statutory locks decide; the zone lock is advice."""

    open: bool | None
    words: str
    locks: tuple[Lock, ...]
    term_words: str
    term_cite: str


@dataclass(frozen=True, slots=True)
class Supervision(HashedOnce):
    """What follows prison, and money: each a sentence with its citation."""

    release_words: str
    release_cite: str
    fine_low: int
    fine_high: int
    fine_words: str
    fine_cite: str
    assessment: int
    assessment_cite: str


@dataclass(frozen=True, slots=True)
class Motion(HashedOnce):
    """What a motion of the Government, made or possible, would open. Never how much."""

    name: str
    made: bool
    words: str
    cite: str
    # Made, and there is a minimum that it lets the judge go below.
    opens_minimum: bool = False


@dataclass(frozen=True, slots=True)
class End(HashedOnce):
    """One end of what the unknown facts leave open: the range with any 924(c) term, and the answers that lead there."""

    range: Range
    zone: str | None
    probation_open: bool | None
    given: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Moves(HashedOnce):
    """How many months one unknown fact alone can move the low end of the range. None: to or from life.

    `decides` says what else it decides where it leaves the low end as it is.
    """

    field: str
    months: int | None
    decides: tuple[Literal["high end", "minimum", "probation", "class"], ...] = ()


@dataclass(frozen=True, slots=True)
class Spread(HashedOnce):
    """The best and the worst case over everything that is not known. `complete` is False when there was too much to
    try every combination; then the true ends can lie farther out. `probation` is about every combination tried: the
    same in all ("unsettled" where none has an answer), or not. `outside`: some answer leads outside the model."""

    lowest: End
    highest: End
    moves: tuple[Moves, ...]
    tried: int
    complete: bool
    probation: Literal["open", "shut", "unsettled", "depends"]
    outside: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to one case."""

    law: str
    law_effective: date
    estimate: bool
    notice: str
    offense_level: int
    base_level: int
    drug: DrugLevel | None
    history: HistoryScore
    category: str
    career_offender: bool
    table_range: Range
    range: Range
    # The range with the consecutive 924(c) term added, when there is one.
    total: Range
    # Which of the two is in control of the range.
    control: Control
    control_words: str
    control_cite: str
    # The longest prison term the range was held to: of one count, or of all together where one is too short.
    maximum_together: Term
    zone: str | None
    statute: Statute
    safety_valve: SafetyValve
    options: tuple[Option, ...]
    probation: Probation
    supervision: Supervision
    motions: tuple[Motion, ...]
    steps: tuple[Step, ...]
    # Fields whose value is not known, in the order met.
    unknowns: tuple[str, ...]
    # Questions of law that are open and that the answer was tried with both ways ("law.added_points").
    open_law: tuple[str, ...] = ()
    spread: Spread | None = None
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True)
class Stopped:
    """The case is outside what is modelled: why, and what to ask a lawyer."""

    why: str
    cite: str
    ask: str
    field: str | None = None
    law: str = ""
    notice: str = ""
    kind: Literal["stop"] = "stop"


type Outcome = Answer | Stopped


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_json(outcome: Outcome) -> str:
    """An outcome as JSON text: its kind, then its fields as they stand; terms as months, amounts as text.

    Every step is listed once, in order, under `steps` of the answer; the parts leave theirs out.
    """
    if isinstance(outcome, Stopped):
        return _encode({"kind": outcome.kind, **_fields(outcome)})
    steps = f"[{','.join([step.json for step in outcome.steps])}]"
    names, values = _in_order()
    written = [
        f'"{name}":{steps if name == "steps" else _text(value)}'
        for name, value in zip(names, values(outcome), strict=True)
    ]
    return f"{{{','.join(written)}}}"


@lru_cache(maxsize=1)
def _in_order() -> tuple[tuple[str, ...], attrgetter[Any]]:
    """The names of the fields of an answer, its kind first, and what reads them all."""
    names = ("kind", *(name for name in _names(Answer) if name != "kind"))
    return names, attrgetter(*names)


def _text(value: Any) -> str:
    """A part of an answer as JSON text. Many parts are the same in answer after answer; a text is as soon written."""
    return encode_basestring(value) if isinstance(value, str) else _part(value)


# Typed, because True equals 1.
@lru_cache(maxsize=1024, typed=True)
def _part(value: Any) -> str:
    return _encode(_value(value))


def _fields(record: Any) -> dict[str, Any]:
    kind: Any = type(record)
    return {name: _value(getattr(record, name)) for name in _names(kind)}


def _value(value: Any) -> Any:
    """A value as JSON has it."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is tuple:
        return [_value(item) for item in value]
    write = _WRITTEN.get(kind)
    return write(value) if write else _fields(value)


_AS_IT_IS = frozenset((str, int, bool, type(None)))
_WRITTEN: dict[type, Callable[[Any], int | str]] = {
    Term: Term.to_json,
    Decimal: lambda number: plain(number).replace(",", ""),
    Quantity: str,
    date: str,
}


@lru_cache(maxsize=64)
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a record, without the steps of a part and without what follows from other fields."""
    names = (item.name for item in dataclasses.fields(kind) if item.init)
    return tuple(name for name in names if name != "steps" or kind is Answer)
