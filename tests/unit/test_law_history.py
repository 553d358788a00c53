"""The tables of Chapter Four are read as printed, and refused when they are not."""

import tomllib
from datetime import date
from importlib import resources
from typing import Any

import pytest

from calculator.law.history import HistoryTables
from calculator.law.schema import LawError, Row, Tables
from calculator.scenario import NEVER_COUNTED, OBJECTS, SOMETIMES_COUNTED, STATUTES
from calculator.units import LIFE, Term

DAY = date(2025, 11, 1)
TABLES = (
    "criminal_history_points",
    "criminal_history_categories",
    "excluded_offenses",
    "career_offender",
    "zero_point_offender",
)
LAW = HistoryTables.read(Tables("guidelines", DAY))


def printed() -> dict[str, Any]:
    """The five files as plain data, to be changed by a test."""
    folder = resources.files("calculator.law") / "guidelines"
    return {name: tomllib.loads((folder / name / f"{DAY}.toml").read_text(encoding="utf-8")) for name in TABLES}


def read(data: dict[str, Any]) -> HistoryTables:
    """Read changed tables as if they lay in the folder."""
    return HistoryTables.read(lambda name: Row(data[name], f"{name}/{DAY}.toml"))  # type: ignore[arg-type]


def spots(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every table that carries a cite."""
    found = [path] if isinstance(value, dict) and "cite" in value else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += spots(inner, (*path, key))
    return found


def at(data: Any, path: tuple[Any, ...]) -> Any:
    """The value at a path."""
    for key in path:
        data = data[key]
    return data


CITED = [(name, path) for name in TABLES for path in spots(printed()[name])]


def test_the_points_are_those_of_4a1_1() -> None:
    """§4A1.1: 3 over one year and one month, 2 from sixty days, 1 up to 4, 1 up to 3, and 1 from 7 points."""
    assert (LAW.three.points, LAW.three.length) == (3, Term(13))
    assert (LAW.two.points, LAW.two.length) == (2, Term(days=60))
    assert (LAW.one.points, LAW.one.most) == (1, 4)
    assert (LAW.violence.points, LAW.violence.most) == (1, 3)
    assert (LAW.status.points, LAW.status.from_points) == (1, 7)


def test_the_windows_are_those_of_4a1_2() -> None:
    """§4A1.2(e)(1), (e)(2), (d)(2): fifteen, ten and five years."""
    windows = (LAW.fifteen_years, LAW.ten_years, LAW.five_years)

    assert [window.years for window in windows] == [15, 10, 5]
    assert LAW.ten_years.opens(date(2025, 3, 1)) == date(2015, 3, 1)


def test_a_window_from_a_leap_day_opens_on_the_last_of_february() -> None:
    """Ten years before Feb. 29, 2024 there is no such day: the period opens on Feb. 28, 2014."""
    assert LAW.ten_years.opens(date(2024, 2, 29)) == date(2014, 2, 28)


@pytest.mark.parametrize(
    ("points", "category"),
    # Sentencing Table: I (0 or 1), II (2 or 3), III (4, 5, 6), IV (7, 8, 9), V (10, 11, 12), VI (13 or more).
    [
        *[(0, "I"), (1, "I"), (2, "II"), (3, "II"), (4, "III"), (6, "III"), (7, "IV"), (9, "IV")],
        *[(10, "V"), (12, "V"), (13, "VI"), (14, "VI"), (60, "VI")],
    ],
)
def test_each_category_holds_the_points_printed_over_it(points: int, category: str) -> None:
    """Ch. 5, Pt. A: the column heads of the Sentencing Table."""
    assert LAW.category(points) == category


@pytest.mark.parametrize(
    ("maximum", "level"),
    # §4B1.1(b): both sides of each edge, in months.
    [
        *[(LIFE, 37), (Term(480), 34), (Term(300), 34), (Term(299), 32), (Term(240), 32), (Term(239), 29)],
        *[(Term(180), 29), (Term(179), 24), (Term(120), 24), (Term(119), 17), (Term(60), 17), (Term(59), 12)],
        *[(Term(48), 12), (Term(13), 12), (Term(12, 1), 12), (Term(12), None), (Term(6), None)],
    ],
)
def test_the_career_table_at_its_edges(maximum: Term, level: int | None) -> None:
    """§4B1.1(b)(1)–(7): the level by statutory maximum; a year or less is no felony."""
    row = LAW.career.row(maximum)

    assert (row.level if row else None) == level


@pytest.mark.parametrize(
    ("levels", "low", "high"), [(0, Term(360), LIFE), (2, Term(292), Term(365)), (3, Term(262), Term(327))]
)
def test_the_ranges_for_a_career_offender_with_a_firearm_count(levels: int, low: Term, high: Term) -> None:
    """§4B1.1(c)(3): 360–life, 292–365, 262–327."""
    assert LAW.career_924c(levels) == (low, high)


def test_the_rest_of_the_career_rule() -> None:
    """§4B1.1(a)(3), (b): two predicates, Category VI."""
    assert (LAW.career.predicates, LAW.career.category) == (2, "VI")


def test_the_zero_point_rule_has_eleven_criteria_and_takes_two_levels() -> None:
    """§4C1.1(a)(1)–(11)."""
    cites = [criterion.cite for criterion in LAW.zero_point.criteria]

    assert LAW.zero_point.levels == -2
    assert cites == [f"USSG §4C1.1(a)({number})" for number in range(1, 12)]


def test_the_listed_offenses_are_those_a_case_can_name() -> None:
    """§4A1.2(c)(1) and (2): every listed offense can be chosen, and every choice is listed."""
    sometimes = {name for name, offense in LAW.listed.items() if not offense.never}
    never = {name for name, offense in LAW.listed.items() if offense.never}

    assert sometimes == set(SOMETIMES_COUNTED)
    assert never == set(NEVER_COUNTED)
    assert (len(sometimes), len(never)) == (13, 8)


def test_the_tests_of_the_listed_offenses() -> None:
    """§4A1.2(c)(1)(A), (o): over one year of probation, thirty days of prison; a felony is over one year."""
    assert (LAW.listed_probation, LAW.listed_imprisonment) == (Term(12), Term(days=30))
    assert LAW.felony_exceeds == Term(12)


def test_every_section_a_count_can_be_under_has_a_place_in_the_career_rule() -> None:
    """A conspiracy (846, 963) follows its object (§4B1.2(d)); every other section is in the table."""
    assert set(LAW.career.offenses) == (set(STATUTES) | set(OBJECTS)) - {"846", "963"}


@pytest.mark.parametrize(("name", "path"), CITED)
def test_a_row_without_its_citation_is_refused(name: str, path: tuple[Any, ...]) -> None:
    """Every file and every row carries its citation."""
    data = printed()
    del at(data[name], path)["cite"]

    with pytest.raises(LawError, match=f"{name}.*cite is missing"):
        read(data)


@pytest.mark.parametrize(("name", "path"), CITED)
def test_a_row_with_a_misspelled_key_is_refused(name: str, path: tuple[Any, ...]) -> None:
    """A key nobody asks for names the file, and the row where it is one."""
    data = printed()
    at(data[name], path)["mots"] = 4

    with pytest.raises(LawError, match=f"{name}.*unknown key mots"):
        read(data)


BROKEN: list[tuple[str, str, tuple[Any, ...], Any]] = [
    ("a subsection out of order", "criminal_history_points", ("row", 0, "subsection"), "(b)"),
    ("more than 13 months below sixty days", "criminal_history_points", ("row", 0, "exceeding_months"), 1),
    ("two points worth as much as three", "criminal_history_points", ("row", 1, "points"), 3),
    ("windows out of order", "criminal_history_points", ("window", 0, "years"), 10),
    ("a gap between categories", "criminal_history_categories", ("row", 1, "at_least"), 3),
    ("an overlap of categories", "criminal_history_categories", ("row", 1, "at_least"), 1),
    ("a category upside down", "criminal_history_categories", ("row", 1, "at_most"), 1),
    ("a category twice", "criminal_history_categories", ("row", 1, "category"), "I"),
    ("no open category", "criminal_history_categories", ("row", 5, "at_most"), 20),
    ("an offense listed twice", "excluded_offenses", ("never", 0, "offense"), "gambling"),
    ("a gap in the career table", "career_offender", ("row", 2, "less_than_years"), 24),
    ("an overlap in the career table", "career_offender", ("row", 3, "at_least_years"), 21),
    ("career levels that do not fall", "career_offender", ("row", 3, "level"), 32),
    ("a range upside down", "career_offender", ("range_924c", 1, "high"), 200),
    ("a range that does not fall", "career_offender", ("range_924c", 2, "low"), 292),
    ("a range in other words", "career_offender", ("range_924c", 0, "high"), "long"),
    ("a section twice", "career_offender", ("offense", 1, "statute"), "841(a)"),
    ("a standing nobody knows", "career_offender", ("offense", 1, "qualifies"), "often"),
    ("a criterion of another name", "zero_point_offender", ("criterion", 3, "name"), "no_injury"),
    ("levels that rise", "zero_point_offender", ("adjustment", "levels"), 2),
]


@pytest.mark.parametrize(("name", "path", "value"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_table_is_refused_by_name(name: str, path: tuple[Any, ...], value: Any) -> None:
    """A gap, an overlap or a value that cannot be is an error that names the file."""
    data = printed()
    at(data[name], path[:-1])[path[-1]] = value

    with pytest.raises(LawError, match=name):
        read(data)


@pytest.mark.parametrize(
    ("name", "key", "row"),
    [
        ("criminal_history_points", "row", 4),
        ("criminal_history_points", "window", 2),
        ("criminal_history_categories", "row", 5),
        ("career_offender", "row", 0),
        ("career_offender", "row", 3),
        ("career_offender", "row", 6),
        ("zero_point_offender", "criterion", 10),
    ],
)
def test_a_table_with_a_row_missing_is_refused(name: str, key: str, row: int) -> None:
    """A row that is printed must be there."""
    data = printed()
    del data[name][key][row]

    with pytest.raises(LawError, match=name):
        read(data)


def test_an_open_category_must_be_the_last() -> None:
    """A category open above leaves no room for one after it."""
    data = printed()
    del data["criminal_history_categories"]["row"][4]["at_most"]

    with pytest.raises(LawError, match="criminal_history_categories"):
        read(data)
