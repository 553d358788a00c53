"""The statute tables: what is recorded for which day, and that a faulty table is refused."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from calculator.law.schema import LawError, Row, Tables
from calculator.law.statutes import Statutes
from calculator.units import LIFE, Term

FOLDER = resources.files("calculator.law") / "statutes"
FILES = sorted(str(path.relative_to(str(FOLDER))) for path in Path(str(FOLDER)).glob("*/*.toml"))
TABLES = sorted({name.split("/")[0] for name in FILES})
HALT = date(2025, 7, 16)


@lru_cache
def held(name: str) -> dict[str, Any]:
    """A table as it lies on disk, newest file; copied before it is changed."""
    newest = max(file for file in FILES if file.startswith(f"{name}/"))
    return tomllib.loads((FOLDER / newest).read_text(encoding="utf-8"), parse_float=Decimal)


def read_with(name: str, change: Callable[[dict[str, Any]], object]) -> Statutes:
    """All the statutes with one table changed."""
    changed = copy.deepcopy(held(name))
    change(changed)

    def tables(wanted: str) -> Row:
        return Row(changed if wanted == name else held(wanted), f"{wanted}/test.toml")

    return Statutes.read(tables)  # type: ignore[arg-type]


def parts(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every table in a file, itself included."""
    if isinstance(data, dict):
        yield path
        for key, value in data.items():
            yield from parts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from parts(value, (*path, index))


def at(data: Any, path: tuple[Any, ...]) -> Any:
    """The table at a path."""
    for step in path:
        data = data[step]
    return data


EVERY_PART = [(name, path) for name in TABLES for path in parts(held(name))]
CITED = [(name, path) for name, path in EVERY_PART if "cite" in at(held(name), path)]


def test_every_file_says_which_date_governs_it_and_begins_with_the_first_step_act() -> None:
    """Offenses are recorded from December 21, 2018."""
    assert "thresholds/2018-12-21.toml" in FILES
    assert {f"{name}/2018-12-21.toml" for name in TABLES} <= set(FILES)
    for file in FILES:
        data = tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))
        assert data["governed_by"] == "offense_ended"


def test_the_halt_act_adds_its_line_on_its_first_day() -> None:
    """Pub. L. 119-26, July 16, 2025."""
    before = Statutes.read(Tables("statutes", date(2025, 7, 15))).amounts
    after = Statutes.read(Tables("statutes", HALT)).amounts
    key = ("841", "fentanyl_related_substance")

    assert key not in before.thresholds
    assert [step[:2] for step in after.thresholds[key][0].steps] == [("A", Decimal(100)), ("B", Decimal(10))]
    # nothing else moved
    assert {name: rows for name, rows in after.thresholds.items() if name[1] != key[1]} == before.thresholds


def test_no_statute_is_recorded_before_the_first_step_act() -> None:
    """A day too early has no table."""
    with pytest.raises(LawError, match="no table had taken effect"):
        Statutes.read(Tables("statutes", date(2018, 12, 20)))


@pytest.mark.parametrize(
    ("maximum", "name", "felony"),
    [
        # 18 U.S.C. 3559(a)(1)–(9), at each edge
        (LIFE, "A", True),
        (Term(12 * 99), "B", True),
        (Term(12 * 25), "B", True),
        (Term(12 * 25 - 1), "C", True),
        (Term(12 * 10), "C", True),
        (Term(12 * 10 - 1), "D", True),
        (Term(12 * 5), "D", True),
        (Term(12 * 5 - 1), "E", True),
        (Term(12, 1), "E", True),
        (Term(12), "A misdemeanor", False),
        (Term(6, 1), "A misdemeanor", False),
        (Term(6), "B misdemeanor", False),
        (Term(days=31), "B misdemeanor", False),
        (Term(days=30), "C misdemeanor", False),
        (Term(days=6), "C misdemeanor", False),
        (Term(days=5), "infraction", False),
        (Term(), "infraction", False),
    ],
)
def test_the_class_follows_the_longest_term(maximum: Term, name: str, felony: bool) -> None:
    """18 U.S.C. 3559(a)."""
    kind = Statutes.read(Tables("statutes", HALT)).classes.of(maximum)

    assert (kind.name, kind.felony) == (name, felony)


def test_every_penalty_falls_in_a_class_that_has_a_fine_an_assessment_and_a_release_cap() -> None:
    """18 U.S.C. 3013, 3571, 3583(b): no class is missing for any maximum on record."""
    statutes = Statutes.read(Tables("statutes", HALT))
    maximums = [row.maximum for one in statutes.ladder.paragraphs.values() for row in one.rows.values()]
    maximums += [row.maximum for _, rows in statutes.sections.own.values() for row in rows.values()]

    for maximum in maximums:
        name = statutes.classes.of(maximum).name
        assert name in statutes.fines
        assert name in statutes.assessments
        assert name in statutes.release_most


def test_the_paragraphs_stand_in_their_order_of_gravity() -> None:
    """21 U.S.C. 841(b)(1)–(3): (A), (B), (C), then (E) 10 years, (D) and (2) 5 years, (3) 1 year."""
    ladder = Statutes.read(Tables("statutes", HALT)).ladder

    assert ladder.graver(("D", "C")) == "C"
    assert ladder.graver(("D", "E")) == "E"
    assert ladder.graver(("2", "D", "3")) == "D"
    assert ladder.graver(("3", "2")) == "2"
    assert ladder.graver(("C", "B", "A")) == "A"


@pytest.mark.parametrize(("name", "path"), EVERY_PART)
def test_a_misspelled_key_is_refused_wherever_it_stands(name: str, path: tuple[Any, ...]) -> None:
    """Never a silent zero."""
    with pytest.raises(LawError, match=name):
        read_with(name, lambda data: at(data, path).update(misspelled="1 g"))


@pytest.mark.parametrize(("name", "path"), CITED)
def test_a_missing_citation_is_refused_wherever_it_stands(name: str, path: tuple[Any, ...]) -> None:
    """Every row of law carries its citation."""
    with pytest.raises(LawError, match=rf"{name}.*cite is missing"):
        read_with(name, lambda data: at(data, path).pop("cite"))


def test_every_row_is_cited() -> None:
    """Only lists of amounts and the two parts of a multiple have none of their own to lose."""
    bare = {(name, path[-1]) for name, path in EVERY_PART if (name, path) not in CITED}

    assert bare == {("thresholds", "at_least")}


def _set(path: tuple[Any, ...], key: Any, value: Any) -> Callable[[dict[str, Any]], object]:
    return lambda data: at(data, path).__setitem__(key, value)


def _drop(path: tuple[Any, ...], index: int) -> Callable[[dict[str, Any]], object]:
    return lambda data: at(data, path).pop(index)


def _twice(path: tuple[Any, ...]) -> Callable[[dict[str, Any]], object]:
    return lambda data: at(data, path).append(copy.deepcopy(at(data, path)[0]))


FAULTS = [
    # thresholds: an overlap, a wrong measure, a wrong tier, a clause too few or too many, a double
    ("thresholds", _set(("threshold", 0, "at_least"), "B", "1 kg"), "does not come below"),
    ("thresholds", _set(("threshold", 0, "at_least"), "B", "2 kg"), "does not come below"),
    ("thresholds", _set(("threshold", 0, "at_least"), "B", "100"), "no unit"),
    ("thresholds", _set(("threshold", 0, "at_least"), "B", "100 pills"), "does not measure"),
    ("thresholds", _set(("threshold", 0), "at_least", {"Z": "1 g"}), "no paragraph"),
    ("thresholds", _set(("threshold", 0), "measure", "volume"), "must be one of"),
    ("thresholds", _set(("threshold", 0), "sections", ["842"]), "must be of"),
    ("thresholds", lambda data: data["threshold"][0].pop("clause_841"), "clause_841"),
    ("thresholds", _twice(("threshold",)), "given twice"),
    ("thresholds", _twice(("lesser",)), "given twice"),
    ("thresholds", _set(("doubt", 0), "may_be", "sugar"), "has no threshold"),
    ("thresholds", _set((), "governed_by", "sentenced_on"), "governed_by"),
    # the ladder: rows missing, doubled, or out of order
    ("penalties_841b", _drop(("paragraph", 0, "row"), 0), "needs base"),
    ("penalties_841b", _drop(("paragraph", 0, "row"), 1), "death with prior_death"),
    ("penalties_841b", _twice(("paragraph", 0, "row")), "given twice"),
    ("penalties_841b", _twice(("paragraph",)), "given twice"),
    ("penalties_841b", _set(("paragraph", 1, "row", 0), "minimum", "50 years"), "above the maximum"),
    ("penalties_841b", _set(("paragraph", 1, "row", 2), "minimum", "4 years"), "is less than"),
    ("penalties_841b", _set(("paragraph", 1, "row", 0), "maximum", "forty"), "not a length of time"),
    ("penalties_841b", lambda data: data["paragraph"][0]["row"][0].pop("maximum"), "maximum is missing"),
    ("penalties_841b", _set(("paragraph", 0), "prior", "violent"), "must be one of"),
    ("penalties_841b", _set(("two_priors",), "paragraph", "B"), "no row for two priors"),
    # other sections
    ("other_sections", _twice(("ladder",)), "given twice"),
    ("other_sections", _twice(("own",)), "given twice"),
    ("other_sections", _drop(("own", 0, "row"), 0), "needs a first row"),
    ("other_sections", _set(("own", 0, "row", 0), "minimum", "9 years"), "above the maximum"),
    ("other_sections", _set(("treated", 0), "as", "842"), "must be one of"),
    ("other_sections", _set(("multiplied", 0), "bars_probation", "sometimes"), "must be one of"),
    # classes: a gap at either end, an overlap, two bounds
    ("felony_classes", _drop(("class",), 0), "from life down"),
    ("felony_classes", _drop(("class",), -1), "from life down"),
    ("felony_classes", _set(("class", 2), "at_least", "25 years"), "does not come below"),
    ("felony_classes", _set(("class", 2), "more_than", "9 years"), "cannot both"),
    # the rest
    ("firearm_924c", _set(("firearm", 0), "after_prior", "1 year"), "less than minimum"),
    ("firearm_924c", _twice(("firearm",)), "given twice"),
    ("safety_valve", _drop(("test",), 0), "the tests must be"),
    ("safety_valve", _twice(("test",)), "given twice"),
    ("supervised_release", _set(("most", 0), "classes", ["Z"]), "no class of offense"),
    ("supervised_release", _twice(("most",)), "given twice"),
    ("assessments", _set(("assessment", 0), "dollars", "100"), "must be int"),
]


@pytest.mark.parametrize(("name", "change", "words"), FAULTS)
def test_a_gap_an_overlap_or_a_wrong_value_is_refused(
    name: str, change: Callable[[dict[str, Any]], object], words: str
) -> None:
    """The message names the file and what is wrong."""
    with pytest.raises(LawError, match=words) as caught:
        read_with(name, change)

    assert name in str(caught.value)
