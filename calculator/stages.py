"""The stages of the calculation: what each reads, what it finds and what it says.

A rule is a pure function of facts and law, so what it found stands wherever the same facts come again: in the answers
that an unknown fact could have, and in the next case. Each stage names the fields that it reads, of the case and of
what stages before it found, and is shown no others: nothing that is not named can change what it finds. What it found
and what it said are kept apart, because the stages after it go by the one and not by the other.

The only module that knows all the rules. They do not know each other: what one needs from another is handed over here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple, cast

from calculator.answer import (
    DrugLevel,
    Governed,
    HistoryScore,
    Lock,
    Motion,
    Option,
    Probation,
    Range,
    SafetyValve,
    Statute,
    Supervision,
)
from calculator.law import Law
from calculator.law.probation import ProbationTerm
from calculator.records import HashedOnce, setter, with_field
from calculator.rules import (
    adjustments,
    career,
    conversion,
    history,
    offense,
    options,
    penalties,
    ranges,
    supervision,
)
from calculator.rules import probation as locks
from calculator.rules import safety_valve as valve
from calculator.scenario import Case, Drug
from calculator.trace import Finding, Stage, Step, Trace, step
from calculator.units import Term

__all__ = [
    "Found",
    "Level",
    "Offense",
    "Outcome",
    "Scored",
    "Staged",
    "View",
    "WAITING",
    "asking",
    "first_possession",
    "keep",
    "kinds",
    "motions",
    "offense_level",
    "outcome",
    "probation",
    "released",
    "relieved",
    "safety_valve",
    "score",
    "statute",
    "total_level",
    "verdict",
]

# How many different results a stage keeps: more than the combinations of one case with many unknown facts. A batch,
# whose cases have much in common, keeps more (`keep`).
KEPT = 512


def keep(most: int) -> None:
    """Let every stage keep so many results. Ten thousand varied cases with 8,192 of each take about 110 MB."""
    global KEPT
    KEPT = most


class Found[T](NamedTuple):
    """What a stage found, the steps that say why, and the facts they ask for."""

    value: T
    steps: tuple[Step, ...]
    unknown: tuple[str, ...]


# What the stages read of what others found, by the names of those.
_PARTS: dict[str, dict[str, None]] = {}

type Rule[**P, T] = Callable[P, tuple[T, Iterable[Step]]]


class Staged[**P, T]:
    """A rule as a stage. What it found is kept by all that it read, the oldest given up first.

    A parameter that takes what another stage found, or what follows from that alone, has the name of that stage.
    """

    def __init__(self, rule: Rule[P, T], reads: Mapping[str, Sequence[str]]) -> None:
        self.rule, self.reads, self.name = rule, reads, rule.__name__
        self.kept: dict[tuple[Any, ...], Found[T]] = {}
        code = rule.__code__
        names = code.co_varnames[: code.co_argcount]
        assert "case" in reads or "case" not in names, f"{self.name} does not name the facts that it reads"
        self._narrowed = [(names.index(name), attrgetter(*fields), View(fields)) for name, fields in reads.items()]
        parts = [name if group == "case" else f"{group}.{name}" for group, fields in reads.items() for name in fields]
        self._rests_on = frozenset(names).difference(reads).union(parts)
        for group, fields in reads.items():
            _PARTS.setdefault(group, {}).update(dict.fromkeys(fields))

    def __call__(self, *given: P.args, **_: P.kwargs) -> Found[T]:
        read = list(given)
        for at, getter, _view in self._narrowed:
            read[at] = getter(read[at])
        key = tuple(read)
        found = self.kept.get(key)
        if found is None:
            shown = list(given)
            for at, _getter, view in self._narrowed:
                shown[at] = view(shown[at])
            found = _found(*self.rule(*shown))  # type: ignore[arg-type, call-arg]
            if len(self.kept) >= KEPT:
                del self.kept[next(iter(self.kept))]
            self.kept[key] = found
        return found

    def again(self, before: Found[T] | None, moved: set[str], /, *given: P.args, **named: P.kwargs) -> Found[T]:
        """What it finds now that what is in `moved` is no longer what it was when it found `before`.

        These are facts ("charge", "charge.tier") and what stages found ("score", "score.points"). What was found stands
        where the stage reads none of them; where another value is found, what has changed of it is added to them.
        """
        if before is not None and self._rests_on.isdisjoint(moved):
            return before
        found = self(*given, **named)
        if before is not None and found.value is not before.value and found.value != before.value:
            moved.add(self.name)
            for part in _PARTS.get(self.name, ()):
                if getattr(found.value, part) != getattr(before.value, part):
                    moved.add(f"{self.name}.{part}")
        return found


def stage[**P, T](**reads: Sequence[str]) -> Callable[[Rule[P, T]], Staged[P, T]]:
    """A stage that reads these fields of these arguments, and all of the others."""
    return lambda rule: Staged(rule, reads)


class View:
    """Shows of a record no more than these fields, and of "charge.tier" of the charge no more than the tier.

    Asking for another is an `AttributeError`, so a kept answer never rests on a fact that it does not name. What was
    shown last is shown again for the same record: between two tries mostly one part of a case changes.
    """

    def __init__(self, fields: Sequence[str]) -> None:
        groups: dict[str, list[str]] = {}
        for name in fields:
            group, _, field = name.partition(".")
            groups.setdefault(group, []).extend([field] if field else [])
        self._groups = [(group, View(inside) if inside else None) for group, inside in groups.items()]
        self._kind: type | None = None
        self._put: list[tuple[attrgetter[Any], View | None, Callable[[object, object], None]]] = []
        self._last: tuple[object, Any] = None, None

    def __call__[R](self, record: R) -> R:
        last, shown = self._last
        if record is not last:
            if type(record) is not self._kind:
                self._kind = type(record)
                self._put = [(attrgetter(name), view, setter(self._kind, name)) for name, view in self._groups]
            shown = object.__new__(type(record))
            for get, inside, put in self._put:
                put(shown, inside(get(record)) if inside else get(record))
            self._last = record, shown
        return cast(R, shown)


def _found[T](value: T, steps: Iterable[Step]) -> Found[T]:
    said = tuple(steps)
    asked = [step.field for step in said if step.finding is _UNKNOWN and step.field is not None]
    return Found(value, said, tuple(dict.fromkeys(asked)) if asked else ())


_UNKNOWN = Finding.UNKNOWN


def _apart[T: (DrugLevel, HistoryScore, Statute, SafetyValve, Governed)](found: T) -> tuple[T, tuple[Step, ...]]:
    """What was found without its steps, and the steps."""
    return with_field(found, "steps", ()), found.steps


# --- The drugs, the past and the statute


@stage()
def quantity(drugs: tuple[Drug, ...], law: Law) -> tuple[DrugLevel, Iterable[Step]]:
    """The Drug Quantity Table level of some drugs."""
    return _apart(conversion.drug_level(drugs, law.drugs))


@dataclass(frozen=True, slots=True)
class Scored:
    """Criminal history, and what the rules after it go by."""

    history: HistoryScore
    for_valve: valve.Past
    for_career: career.Past


@stage(case=("dates.offense_began", "dates.offense_ended", "history"))
def score(case: Case, law: Law) -> tuple[Scored, Iterable[Step]]:
    """Criminal history points and category."""
    found, steps = _apart(history.score(case, law))
    return Scored(found, valve.past(found, law), career.past(found)), steps


@stage(
    case=(
        "charge",
        "drugs",
        "conduct.convicted_841g",
        "conduct.death_or_serious_injury",
        "role.false_domain",
    )
)
def statute(case: Case, law: Law) -> tuple[Statute, Iterable[Step]]:
    """What the statute of conviction provides, before the safety valve and any motion."""
    amounts = conversion.statutory_amounts(case.drugs, law.drugs, "drugs")
    found = conversion.statutory_amounts(case.charge.found, law.drugs, "charge.found")
    return _apart(penalties.statute(case, law, amounts, found))


@stage(
    case=(
        "charge.statute",
        "charge.firearm_count",
        "charge.death_or_injury_found",
        "charge.outside",
        "conduct.weapon_possessed",
        "conduct.own_weapon",
        "conduct.violence",
        "conduct.death_or_serious_injury",
        "role.part",
        "history.points",
        "motions.truthful_disclosure",
    ),
    score=("for_valve",),
    statute=("covered_by_safety_valve", "minimum", "release_minimum"),
)
def safety_valve(
    case: Case, law: Law, score: Scored, statute: Statute, readings: tuple[tuple[str, bool], ...]
) -> tuple[SafetyValve, Iterable[Step]]:
    """The seven tests of the safety valve, and whether it lifts the minimum."""
    return _apart(valve.check(case, law, score.for_valve, statute, dict(readings)))


# The field of a step that waits for the safety valve, until the steps are put together (`asking`).
WAITING = "safety_valve"


@stage(safety_valve=("criteria", "relief", "open_question"))
def verdict(safety_valve: SafetyValve) -> tuple[SafetyValve, Iterable[Step]]:
    """What came of the tests, for what rests on that. It is the same whichever fact the tests wait for: that fact has
    one name here, so that nothing is found again because another test is open."""
    bare = SafetyValve(safety_valve.criteria, safety_valve.relief, (), (), safety_valve.open_question)
    return with_field(bare, "open_field", WAITING), ()


def asking(found: Iterable[Step], safety_valve: SafetyValve) -> Iterator[Step]:
    """The steps, each that waits for the safety valve with the fact that the first test not known turns on."""
    for one in found:
        if one.field == WAITING:
            one = step(
                one.rule, one.stage, one.finding, one.words, one.cite, one.levels, one.total, safety_valve.open_field
            )
        yield one


@stage(case=("motions.substantial_assistance",), verdict=("relief", "open_question", "open_field"))
def relieved(case: Case, law: Law, statute: Statute, verdict: SafetyValve) -> tuple[Statute, Iterable[Step]]:
    """The statute after the safety valve and a motion; the steps are those it adds."""
    after, steps = _apart(penalties.relieved(statute, verdict, case, law))
    return (statute if after == statute else after), steps


# --- The offense level


@dataclass(frozen=True, slots=True)
class ChapterTwo(HashedOnce):
    """The level of Chapter Two, and what Chapter Three has to know about it (`adjustments.CountedBefore`)."""

    level: int
    base_level: int
    guideline: str
    rests_on_2d1_1: bool
    felony: bool
    mitigating_role_barred: bool
    craft: str
    minor_counted: bool
    obstruction_counted: bool


# What Chapter Two asks about the charge.
IN_CHAPTER_TWO = (
    "charge.statute",
    "charge.object",
    "charge.death_or_injury_found",
    "charge.notice_851",
    "charge.serious_priors",
    "charge.drug_priors",
    "charge.only_allowed_use",
    "charge.person_under_18",
    "charge.firearm_count",
    "charge.stipulated_level",
)
_chapter_two = attrgetter(*(item.name for item in dataclasses.fields(ChapterTwo)))


@stage(
    case=(*IN_CHAPTER_TWO, "conduct", "role.part", "role.obstruction", "role.used_minor"),
    statute=("tier", "minimum_by_law", "maximum", "felony", "covered_by_safety_valve"),
    verdict=("criteria", "open_question", "open_field"),
)
def chapter_two(
    case: Case,
    law: Law,
    named: tuple[tuple[str, ...], ...],
    drug_level: int | None,
    near: int | None,
    statute: Statute,
    verdict: SafetyValve,
) -> tuple[ChapterTwo, Iterable[Step]]:
    """The base offense level and the specific offense characteristics."""
    out = offense.chapter_two(case, law, named, drug_level, near, statute, verdict)
    return ChapterTwo(*_chapter_two(out)), out.steps


@dataclass(frozen=True, slots=True)
class ChapterThree:
    """The level after Chapter Three, Parts A to C, and what §4C1.1 asks about them."""

    level: int
    aggravating_role: bool | None
    victim_adjustment: bool | None


@stage(
    case=(
        "conduct.import_craft",
        "conduct.vulnerable_person",
        "conduct.witness_or_evidence",
        "conduct.sexual_offense_by_drugging",
        "role",
    ),
    before=(
        "level",
        "guideline",
        "rests_on_2d1_1",
        "felony",
        "mitigating_role_barred",
        "craft",
        "minor_counted",
        "obstruction_counted",
    ),
)
def chapter_three(case: Case, law: Law, before: ChapterTwo) -> tuple[ChapterThree, Iterable[Step]]:
    """Victims, role and obstruction."""
    out = adjustments.chapter_three(case, law, before)
    return ChapterThree(out.level, out.aggravating_role, out.victim_adjustment), out.steps


@dataclass(frozen=True, slots=True)
class Offense:
    """The drugs weighed, and the level of the offense before the career offender rule."""

    drug: DrugLevel | None
    base_level: int
    guideline: str
    level: int
    aggravating_role: bool | None
    victim_adjustment: bool | None


@stage(
    case=(*IN_CHAPTER_TWO, "drugs", "conduct", "role"),
    statute=("tier", "minimum_by_law", "maximum", "felony", "covered_by_safety_valve"),
    verdict=("criteria", "open_question", "open_field"),
)
def offense_level(case: Case, law: Law, statute: Statute, verdict: SafetyValve) -> tuple[Offense, Iterable[Step]]:
    """Quantity, and Chapters Two and Three before acceptance."""
    drug = quantity(case.drugs, law) if offense.needs_quantity(case, law) else None
    near = quantity(conversion.near(case.drugs), law) if offense.needs_near(case) else None
    level, beside = (one.value.level if one else None for one in (drug, near))
    two = chapter_two(case, law, case.named, level, beside, statute, verdict)
    three = chapter_three(case, law, two.value)
    found = Offense(
        drug.value if drug else None,
        two.value.base_level,
        two.value.guideline,
        three.value.level,
        three.value.aggravating_role,
        three.value.victim_adjustment,
    )
    apart = _near_steps(near.steps) if near and found.guideline == "2D1.2" else ()
    return found, (*(drug.steps if drug else ()), *apart, *two.steps, *three.steps)


def _near_steps(steps: Iterable[Step]) -> Trace:
    """§2D1.2(a)(1): how the part near the protected place or person was weighed; what is open about it was said."""
    trace = Trace(Stage.QUANTITY)
    cite = "USSG §2D1.2(a)(1)"
    trace.applied("2D1.2(a)(1)", "What follows is the part that involved the protected place or person.", cite)
    for one in steps:
        if one.finding is Finding.APPLIED:
            trace.applied(one.rule, one.words, one.cite, field="drugs")
    return trace


@dataclass(frozen=True, slots=True)
class Level(HashedOnce):
    """The total offense level, and what the career offender, acceptance and zero-point rules made of it."""

    level: int
    category: str
    career_offender: bool | None
    # The range of §4B1.1(c)(3), for a career offender with a firearm count.
    career_924c: tuple[Term, Term] | None
    zero_point: bool | None


@stage(
    case=(
        "charge.statute",
        "charge.object",
        "charge.established_dealing",
        "charge.outside",
        "charge.stipulated_level",
        "charge.firearm_count",
        "charge.death_or_injury_found",
        "conduct.weapon_possessed",
        "conduct.own_weapon",
        "conduct.violence",
        "conduct.death_or_serious_injury",
        "conduct.financial_hardship",
        "conduct.witness_or_evidence",
        "role.obstruction",
        "plea",
        "history.career_predicates",
        "history.adult_at_offense",
        "history.zero_point_excluded",
    ),
    score=("for_career",),
    offense_level=("level", "guideline", "aggravating_role", "victim_adjustment"),
    statute=("maximum",),
)
def total_level(
    case: Case, law: Law, score: Scored, offense_level: Offense, statute: Statute
) -> tuple[Level, Iterable[Step]]:
    """The career offender rule, acceptance and early disposition, and the zero-point rule, in that order."""
    offender = career.career_level(
        case, law, score.for_career, offense_level.level, statute.maximum, offense_level.guideline
    )
    accepted = adjustments.acceptance(case, law, offender.level)
    zero = career.zero_point(
        case, law, score.for_career, accepted.level, offense_level.aggravating_role, offense_level.victim_adjustment
    )
    category = offender.category or score.for_career.category
    career_924c = law.history.career_924c(accepted.acceptance_levels) if offender.applies else None
    found = Level(zero.level, category, offender.applies, career_924c, zero.reduced)
    return found, (*offender, *accepted, *zero)


# --- The range, and what it allows


@dataclass(frozen=True, slots=True)
class Outcome(HashedOnce):
    """The range, and what the level and the zone of the range say about probation."""

    cell: Range
    ruled: Governed
    total: Range
    by_zone: Lock
    by_level: ProbationTerm


@stage(
    case=("charge.counts", "motions.substantial_assistance"),
    verdict=("relief", "open_question", "open_field"),
    relieved=("minimum", "minimum_by_law", "maximum", "consecutive", "consecutive_cite"),
    total_level=("level", "category", "career_924c"),
)
def outcome(
    case: Case, law: Law, verdict: SafetyValve, relieved: Statute, total_level: Level
) -> tuple[Outcome, Iterable[Step]]:
    """The cell of the table, and the range inside the statute's limits."""
    cell, cell_steps = ranges.table_range(total_level.level, total_level.category, law.ranges)
    ruled, ruled_steps = _apart(ranges.governing(cell, relieved, verdict, case, law.ranges))
    total, total_steps = ranges.total(cell, ruled.range, relieved, total_level.career_924c)
    by_zone, by_level = locks.zone_lock(ruled.range, law.ranges), law.ranges.probation_term(total_level.level)
    return Outcome(cell, ruled, total, by_zone, by_level), (*cell_steps, *ruled_steps, *total_steps)


@stage(
    case=(
        "charge.statute",
        "charge.object",
        "charge.drug_priors",
        "charge.prior_3607",
        "history.points",
        "history.priors",
    )
)
def first_possession(case: Case, law: Law) -> tuple[str, Iterable[Step]]:
    """What the law of a first possession adds to how long probation may last."""
    return locks.first_possession(case, law), ()


@stage(
    case=("charge.statute", "charge.object", "motions.substantial_assistance"),
    verdict=("relief", "open_question"),
    relieved=(
        "cite",
        "minimum",
        "minimum_by_law",
        "maximum",
        "felony_class",
        "felony",
        "probation_bar",
        "consecutive",
        "consecutive_cite",
        "alternatives",
    ),
    outcome=("by_zone", "by_level"),
)
def probation(
    case: Case, law: Law, verdict: SafetyValve, relieved: Statute, outcome: Outcome, first_possession: str
) -> tuple[Probation, Iterable[Step]]:
    """Whether probation is open; its steps are made when the answer is, because trying can move the locks."""
    by_zone, by_level = outcome.by_zone, outcome.by_level
    return locks.probation(case, law, relieved, verdict, by_zone, by_level, first_possession), ()


# --- What only the answer shown needs, and no answer that is tried


@stage(
    statute=("minimum", "felony_class", "felony", "probation_bar", "consecutive", "consecutive_cite"),
    found=("zero_point", "category"),
)
def kinds(
    cell: Range, ruled: Governed, statute: Statute, found: Level, law: Law
) -> tuple[tuple[Option, ...], Iterable[Step]]:
    """The kinds of sentence that satisfy the minimum of the range."""
    out = options.options(cell, ruled, statute, found.zero_point, found.category, law)
    return out.options, out.steps


@stage(
    case=("charge.counts", "dates.offense_ended", "motions.substantial_assistance"),
    statute=(
        "cite",
        "felony_class",
        "felony",
        "fine_maximum",
        "fine_minimum",
        "assessment",
        "release_minimum",
        "release_maximum",
        "release_cite",
        "consecutive",
    ),
    safety_valve=("relief", "open_question"),
)
def released(
    case: Case, law: Law, statute: Statute, level: int, safety_valve: SafetyValve
) -> tuple[Supervision, Iterable[Step]]:
    """What follows prison, and money."""
    return supervision.supervision(case, law, statute, level, safety_valve), ()


@stage(
    case=("plea.early_disposition_levels", "motions.substantial_assistance"),
    statute=("minimum", "minimum_by_law", "lifted_by", "consecutive"),
)
def motions(case: Case, law: Law, statute: Statute, governed: Range) -> tuple[tuple[Motion, ...], Iterable[Step]]:
    """What a motion of the Government would open."""
    return supervision.motions(case, law, statute, governed), ()
