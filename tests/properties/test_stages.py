"""What a stage kept is what it would find anew: over every case of `tests/cases`, each changed one fact at a time.

And it is found from the fields that the stage names, and from no others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from calculator import answer, compare, stages
from calculator.kinds import Choice, Group, Kind, Whole, YesNo
from calculator.reading import read_case
from calculator.scenario import Case, fields_of, with_fact
from calculator.sentence import Readings, Worked, work_near, work_out
from tests.support import Example, examples

STAGES = {name: item for name, item in vars(stages).items() if isinstance(item, stages.Staged)}


def forget() -> None:
    """Let every stage begin with nothing kept."""
    for item in STAGES.values():
        item.kept.clear()


def facts() -> Iterator[tuple[str, str, list[Any]]]:
    """Each fact of a case outside its lists, with what it can be."""
    for group, kind, _ in fields_of(Case):
        if isinstance(kind, Group):
            for name, inner, _ in fields_of(kind.record):
                values = list(_values(inner))
                if values:
                    yield group, name, values


def _values(kind: Kind) -> Iterator[Any]:
    if isinstance(kind, YesNo):
        yield from ("yes", "no", "unknown")
    elif isinstance(kind, Choice):
        yield from kind.options
    elif isinstance(kind, Whole):
        yield from (kind.least, min(kind.least + 2, kind.most), *(("unknown",) if kind.or_unknown else ()))


def changed(given: dict[str, Any], group: str, name: str, value: Any) -> str:
    """The case with one fact stated, as JSON text."""
    return json.dumps({**given, group: {**given.get(group, {}), name: value}}, ensure_ascii=False)


FACTS = list(facts())
# Each case gets another four facts, so that all facts are met many times over in all kinds of cases.
TRIED = [
    pytest.param(example.given, [FACTS[(4 * number + at) % len(FACTS)] for at in range(4)], id=example.name)
    for number, example in list(enumerate(examples()))[::8]
]


@pytest.mark.parametrize(("given", "asked"), TRIED)
def test_a_kept_answer_is_the_one_worked_out_anew(
    given: dict[str, Any], asked: list[tuple[str, str, list[Any]]]
) -> None:
    """However the cases before it went, a case has the answer it has alone; the cases run on with what was kept."""
    texts = [changed(given, group, name, value) for group, name, values in asked for value in values]
    kept = [answer(text) for text in texts]
    alone = []
    for text in texts:
        forget()
        alone.append(answer(text))

    assert alone == kept


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_a_try_finds_what_it_would_find_alone(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands of the case that a try began from is what the try finds with no case before it."""
    differing = []

    def both_ways(near: Worked, changed: list[str], case: Case, readings: Readings) -> Worked:
        found = work_near(near, changed, case, readings)
        if found != work_out(case, near.law, readings):
            differing.append(changed)
        return found

    monkeypatch.setattr(compare, "work_near", both_ways)
    answer(example.text)

    assert differing == []


def test_a_number_tried_for_one_fact_is_not_taken_for_an_equal_one_of_another_kind() -> None:
    """One earlier sentence and a purity of 1 % are equal as numbers, and so as keys of what is kept."""
    drug = {"substance": "methamphetamine", "quantity": "45 g", "purity": "unknown"}
    case = read_case({**examples()[0].given, "drugs": [drug], "history": {"points": 5}})
    counted = with_fact(case, ("history", "three_point_priors"), 1)
    pure = with_fact(case, ("drugs", 0, "purity"), Decimal(1))

    assert type(counted.history.three_point_priors) is int
    assert type(pure.drugs[0].purity) is Decimal


# The same for every case, with another three facts each.
SHOWN = [
    pytest.param(example, [FACTS[(3 * number + at) % len(FACTS)] for at in range(3)], id=example.name)
    for number, example in enumerate(examples())
]


@pytest.mark.parametrize(("example", "asked"), SHOWN)
def test_a_stage_reads_only_what_it_names(example: Example, asked: list[tuple[str, str, list[Any]]]) -> None:
    """A rule that reads a field its stage does not name raises where nothing is kept yet; no case does."""
    forget()
    texts = [changed(example.given, group, name, value) for group, name, values in asked for value in values]

    for text in (example.text, *texts):
        assert answer(text)


def test_a_stage_is_shown_only_what_it_names() -> None:
    """A field that a stage does not name cannot be read there, so nothing kept can rest on it."""
    case = read_case({**examples()[0].given, "role": {"part": "minor"}})
    seen = stages.View(("charge.tier", "plea"))(case)

    assert (seen.charge.tier, seen.plea) == (case.charge.tier, case.plea)
    for hidden in ("role", "drugs"):
        with pytest.raises(AttributeError):
            getattr(seen, hidden)
    with pytest.raises(AttributeError):
        _ = seen.charge.statute


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_names_fields_that_there_are(name: str) -> None:
    """A name misspelled would be an error in the middle of a case."""
    stage = STAGES[name]
    parts = {part: kind for part, kind, _ in fields_of(Case)}
    wrong = []
    for field in stage.reads.get("case", ()):
        group, _, inside = field.partition(".")
        kind = parts.get(group)
        known = {one for one, _, _ in fields_of(kind.record)} if isinstance(kind, Group) else set()
        if kind is None or inside and inside not in known:
            wrong.append(field)

    assert wrong == []


@pytest.mark.parametrize("name", [name for name in Worked._fields if name in STAGES])
def test_a_parameter_has_the_name_of_the_stage_that_it_takes_from(name: str) -> None:
    """By that name a try tells which stages it reaches; under another, one would be left as it was."""
    code = STAGES[name].rule.__code__

    assert {*code.co_varnames[: code.co_argcount]} <= {"case", "law", "readings", *Worked._fields}


def test_what_is_kept_is_bounded() -> None:
    """A page that is left open for days, and a batch of a million cases, hold no more than so much of each stage."""
    forget()
    for grams in range(1, stages.KEPT + 50):
        drugs = [{"substance": "heroin", "quantity": f"{grams} g"}]
        answer(changed({**examples()[0].given, "drugs": drugs}, "role", "part", "minor"))

    assert {name: len(item.kept) for name, item in STAGES.items() if len(item.kept) > stages.KEPT} == {}
    assert len(STAGES["quantity"].kept) == stages.KEPT
