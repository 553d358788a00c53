"""Chapter Five as data: every cell as printed, every zone as the commentary says it, and a bad file is
refused."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from calculator.law.ranges import RangeTables
from calculator.law.schema import LawError, Row, Tables
from calculator.units import LIFE, Term

ON = date(2025, 11, 1)
TABLES = RangeTables.read(Tables("guidelines", ON))
FOLDER = Path(str(resources.files("calculator.law"))) / "guidelines"

# The Sentencing Table column by column, lowest level first: a second transcription, made apart from the law
# file.
COLUMNS = {
    "I": (
        "0-6 0-6 0-6 0-6 0-6 0-6 0-6 0-6 4-10 6-12 8-14 10-16 12-18 15-21 18-24 21-27 24-30 27-33 30-37 "
        "33-41 37-46 41-51 46-57 51-63 57-71 63-78 70-87 78-97 87-108 97-121 108-135 121-151 135-168 "
        "151-188 168-210 188-235 210-262 235-293 262-327 292-365 324-405 360-life life"
    ),
    "II": (
        "0-6 0-6 0-6 0-6 0-6 1-7 2-8 4-10 6-12 8-14 10-16 12-18 15-21 18-24 21-27 24-30 27-33 30-37 33-41 "
        "37-46 41-51 46-57 51-63 57-71 63-78 70-87 78-97 87-108 97-121 108-135 121-151 135-168 151-188 "
        "168-210 188-235 210-262 235-293 262-327 292-365 324-405 360-life 360-life life"
    ),
    "III": (
        "0-6 0-6 0-6 0-6 1-7 2-8 4-10 6-12 8-14 10-16 12-18 15-21 18-24 21-27 24-30 27-33 30-37 33-41 "
        "37-46 41-51 46-57 51-63 57-71 63-78 70-87 78-97 87-108 97-121 108-135 121-151 135-168 151-188 "
        "168-210 188-235 210-262 235-293 262-327 292-365 324-405 360-life 360-life 360-life life"
    ),
    "IV": (
        "0-6 0-6 0-6 2-8 4-10 6-12 8-14 10-16 12-18 15-21 18-24 21-27 24-30 27-33 30-37 33-41 37-46 41-51 "
        "46-57 51-63 57-71 63-78 70-87 77-96 84-105 92-115 100-125 110-137 121-151 135-168 151-188 "
        "168-210 188-235 210-262 235-293 262-327 292-365 324-405 360-life 360-life 360-life 360-life life"
    ),
    "V": (
        "0-6 0-6 2-8 4-10 6-12 9-15 12-18 15-21 18-24 21-27 24-30 27-33 30-37 33-41 37-46 41-51 46-57 "
        "51-63 57-71 63-78 70-87 77-96 84-105 92-115 100-125 110-137 120-150 130-162 140-175 151-188 "
        "168-210 188-235 210-262 235-293 262-327 292-365 324-405 360-life 360-life 360-life 360-life "
        "360-life life"
    ),
    "VI": (
        "0-6 1-7 3-9 6-12 9-15 12-18 15-21 18-24 21-27 24-30 27-33 30-37 33-41 37-46 41-51 46-57 51-63 "
        "57-71 63-78 70-87 77-96 84-105 92-115 100-125 110-137 120-150 130-162 140-175 151-188 168-210 "
        "188-235 210-262 235-293 262-327 292-365 324-405 360-life 360-life 360-life 360-life 360-life "
        "360-life life"
    ),
}
CELLS = [
    (level, category, printed)
    for category, column in COLUMNS.items()
    for level, printed in enumerate(column.split(), 1)
]


def term(text: str) -> Term:
    """A number of months, or life."""
    return LIFE if text == "life" else Term(int(text))


@pytest.mark.parametrize(("level", "category", "printed"), CELLS)
def test_each_cell_is_as_printed(level: int, category: str, printed: str) -> None:
    """USSG Chapter Five, Part A: 43 levels by 6 categories, 258 cells."""
    low, _, high = printed.partition("-")
    cell = TABLES.cell(level, category)

    assert (term(low), term(high or low)) == (cell.low, cell.high)


def zone_by_words(low: str) -> str:
    """§5C1.1 nn.2, 3, 4, 8: zero months; one to nine; ten or twelve; 15 or more."""
    if low == "life" or int(low) >= 15:
        return "D"
    return {0: "A", 10: "C", 12: "C"}.get(int(low), "B")


@pytest.mark.parametrize(("level", "category", "printed"), CELLS)
def test_each_zone_is_what_the_commentary_says(level: int, category: str, printed: str) -> None:
    """USSG §5B1.1 nn.1–2, §5C1.1 nn.2–4, 8: the minimum of the range decides the zone."""
    assert zone_by_words(printed.partition("-")[0]) == TABLES.cell(level, category).zone


def test_the_zones_have_as_many_cells_as_the_printed_page_encloses() -> None:
    """USSG Chapter Five, Part A, the stepped lines on printed page 387: A 23, B 25, C 10, D 200 cells."""
    letters = [cell.zone for column in TABLES.cells.values() for cell in column]

    assert {"A": 23, "B": 25, "C": 10, "D": 200} == {letter: letters.count(letter) for letter in "ABCD"}


@pytest.mark.parametrize(("level", "category", "printed"), CELLS)
def test_no_range_is_wider_than_congress_allows(level: int, category: str, printed: str) -> None:
    """28 U.S.C. 994(b)(2): the top is at most 25 percent or 6 months above the bottom; from 30 years it may
    be life."""
    low, _, high = printed.partition("-")
    if high == "life":
        assert int(low) >= 360
    elif high:
        assert int(high) - int(low) <= max(6, Decimal(low) / 4)


def test_the_table_s_own_example() -> None:
    """USSG Chapter Five, Part A, n.1: level 15 and category III are 24–30 months."""
    assert "24–30 months" == str(TABLES.cell(15, "III"))


@pytest.mark.parametrize(
    ("low", "zone"),
    [
        (Term(0), "A"),
        (Term(1), "B"),
        (Term(9), "B"),
        (Term(10), "C"),
        (Term(11), None),  # no printed range begins at 11, 13 or 14, and the words name none
        (Term(12), "C"),
        (Term(14), None),
        (Term(15), "D"),
        (Term(24), "D"),
        (LIFE, "D"),
        (Term(days=15), None),
    ],
)
def test_the_zone_of_a_minimum_follows_the_words(low: Term, zone: str | None) -> None:
    """USSG §5C1.1 nn.2, 3, 4, 8, at both sides of every edge."""
    assert zone == TABLES.zone_of(low)


# Transcribed from §5E1.2(c)(3), printed page 420: first and last level of each row, columns A and B.
FINES = [
    (-5, 3, 200, 9_500),
    (4, 5, 500, 9_500),
    (6, 7, 1_000, 9_500),
    (8, 9, 2_000, 20_000),
    (10, 11, 4_000, 40_000),
    (12, 13, 5_500, 55_000),
    (14, 15, 7_500, 75_000),
    (16, 17, 10_000, 95_000),
    (18, 19, 10_000, 100_000),
    (20, 22, 15_000, 150_000),
    (23, 25, 20_000, 200_000),
    (26, 28, 25_000, 250_000),
    (29, 31, 30_000, 300_000),
    (32, 34, 35_000, 350_000),
    (35, 37, 40_000, 400_000),
    (38, 50, 50_000, 500_000),
]


@pytest.mark.parametrize(("first", "last", "least", "most"), FINES)
def test_each_fine_row_holds_from_its_first_level_to_its_last(first: int, last: int, least: int, most: int) -> None:
    """USSG §5E1.2(c)(3)."""
    found = {(row.minimum, row.maximum) for row in map(TABLES.fine_row, range(first, last + 1))}

    assert {(least, most)} == found


def test_longer_fines_begin_above_half_a_million() -> None:
    """USSG §5E1.2(c)(4)(A), (h)(1)."""
    assert (500_000, date(2015, 11, 1)) == (TABLES.fines_above, TABLES.fines_from)


@pytest.mark.parametrize(("level", "least", "most"), [(1, 0, 36), (5, 0, 36), (6, 12, 60), (43, 12, 60)])
def test_probation_lasts_longer_from_level_6(level: int, least: int, most: int) -> None:
    """USSG §5B1.2(a)(1): 1 to 5 years at level 6 or greater; (a)(2): no more than 3 years below."""
    found = TABLES.probation_term(level)

    assert (Term(least), Term(most)) == (found.at_least, found.at_most)


def test_supervised_release_has_a_longest_term_for_each_class() -> None:
    """USSG §5D1.2(a)(1)–(3): five years for A and B, three for C and D, one for E and misdemeanors."""
    years = {name: found.months // 12 for name, (found, _) in TABLES.release_terms.items()}

    assert {"A": 5, "B": 5, "C": 3, "D": 3, "E": 1, "misdemeanor": 1} == years


def test_special_assessments_are_as_listed() -> None:
    """USSG §5E1.3 n.2(A)–(D)."""
    assert [100, 25, 10, 5] == [dollars for dollars, _ in TABLES.assessments.values()]


def test_the_safety_valve_floor_is_24_to_30_from_five_years() -> None:
    """USSG §5C1.2(b)."""
    floor = TABLES.floor

    assert (Term(60), Term(24), Term(30)) == (floor.minimum_at_least, floor.low, floor.high)


# --- A file that is not as it must be is refused, with its name and row
# ------------------------------------------


class Changed:
    """The tables, with one of them changed after reading."""

    def __init__(self, name: str, change: Callable[[dict[str, Any]], object]) -> None:
        self.name, self.change = name, change

    def __call__(self, name: str) -> Row:
        path = FOLDER / name / "2025-11-01.toml"
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        if name == self.name:
            self.change(data)
        return Row(data, f"guidelines/{name}/2025-11-01.toml")


def put(*path: str | int, to: object) -> Callable[[dict[str, Any]], object]:
    """A change that puts a value where `path` points (or takes it away, with None)."""

    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        if to is None:
            del data[path[-1]]
        else:
            data[path[-1]] = to

    return change


def misspell(*path: str | int, wrong: str) -> Callable[[dict[str, Any]], object]:
    """A change that renames the key at the end of `path`."""

    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[wrong] = data.pop(path[-1])

    return change


REFUSED = [
    ("sentencing_table", misspell("row", 4, "zones", wrong="zone"), "row 5.*zones is missing"),
    ("sentencing_table", put("row", 4, "extra", to=1), "row 5.*unknown key extra"),
    ("sentencing_table", put("extra", to=1), "unknown key extra"),
    ("sentencing_table", put("cite", to=None), "cite is missing"),
    ("sentencing_table", put("row", 0, "cite", to=None), "row 1.*cite is missing"),
    ("sentencing_table", put("row", 0, "cite", to=" "), "row 1.*cite is empty"),
    ("sentencing_table", put("row", 20, to=None), "row 21.*level 21 is expected"),  # a gap
    ("sentencing_table", put("row", 20, "level", to=20), "row 21.*level 21 is expected"),  # an overlap
    ("sentencing_table", put("row", 42, to=None), "end at level 42"),
    ("sentencing_table", put("row", 9, "ranges", 1, to="8–41"), "falls from one cell to the next"),
    ("sentencing_table", put("row", 9, "ranges", 1, to="5–14"), "falls from one cell to the next"),
    ("sentencing_table", put("row", 9, "ranges", 1, to="8-14"), "not a range"),
    ("sentencing_table", put("row", 9, "ranges", 1, to="14–8"), "not a range"),
    ("sentencing_table", put("row", 9, "ranges", 1, to="life–life"), "not a range"),
    ("sentencing_table", put("row", 9, "ranges", to=["6–12"]), "one range and one zone"),
    ("sentencing_table", put("row", 9, "zones", to="BBCDDE"), "'E' is not one of"),
    ("sentencing_table", put("row", 9, "zones", to="BBBDDD"), "minimum 10 months, which is not in zone B"),
    ("sentencing_table", put("row", 42, "zones", to="DDDDDA"), "minimum life, which is not in zone A"),
    ("zones", put("zone", 0, "cite", to=None), "zone 1.*cite is missing"),
    ("zones", put("zone", 1, "at_least", to=0), "zone 2.*overlaps"),
    ("zones", put("zone", 1, "at_most", to=0), "zone 2.*ends before it begins"),
    ("zones", put("zone", 1, "at_most", to=8), "minimum 9 months, which is not in zone B"),  # a gap
    ("zones", put("zone", 2, "minimums", to=[10]), "which is not in zone C"),
    ("zones", put("zone", 2, "minimums", to=["10"]), "must be whole numbers"),
    ("zones", put("zone", 2, "at_least", to=10), "by one of them"),
    ("zones", put("zone", 3, "at_most", to=400), "the last zone has an upper end"),
    ("zones", put("zone", 3, "letter", to="A"), "not a new zone letter"),
    ("zones", put("zone", 3, "probation", to="maybe"), "probation is 'maybe'"),
    ("sentencing_options", misspell("option", 4, "prison", wrong="prision"), "option 5.*only a split"),
    ("sentencing_options", put("option", 3, "prison", to="1 month"), "option 4.*only a split"),
    ("sentencing_options", put("option", 4, "prison", to="a bit"), "option 5.*prison"),
    ("sentencing_options", put("option", 7, "prison_part", to=[3, 2]), "fraction below one"),
    ("sentencing_options", put("option", 7, "zone", to="E"), "'E' is not one of"),
    ("sentencing_options", put("option", 7, "kind", to="parole"), "'parole' is not one of"),
    ("sentencing_options", put("option", 8, to=None), "zone D has no option of prison"),
    ("sentencing_options", put("substitute", 0, "for_days", to=2), "substitute 1.*day for day"),
    ("sentencing_options", put("substitute", 0, "kinds", to=["parole"]), "'parole' is not one of"),
    ("sentencing_options", put("not_recommended", "from_category", to="VII"), "'VII' is not one of"),
    ("sentencing_options", put("zero_point", "zones", to=["E"]), "'E' is not one of"),
    ("safety_valve_floor", put("floor", "low", to="30 months"), "low must be below high"),
    ("safety_valve_floor", put("floor", "low", to="soon"), "low “soon”"),
    ("single_count", put("rule", 3, to=None), "rules a, b, c1, c2 are expected"),
    ("single_count", put("rule", 3, "name", to="a"), "a is there twice"),
    ("single_count", put("rule", 3, "cite", to=None), "rule 4.*cite is missing"),
    ("probation_terms", put("row", 1, "to_level", to=4), "gap or an overlap"),
    ("probation_terms", put("row", 1, "to_level", to=6), "gap or an overlap"),
    ("probation_terms", put("row", 0, "at_most", to="6 months"), "at_most is below at_least"),
    ("probation_terms", put("row", 0, "cite", to=None), "row 1.*cite is missing"),
    ("supervised_release_terms", put("row", 1, "classes", to=["C"]), "classes A to E"),
    ("supervised_release_terms", put("row", 1, "classes", to=["B", "C", "D"]), "B is there twice"),
    ("fine_table", put("row", 3, "from_level", to=9), "gap or an overlap"),
    ("fine_table", put("row", 3, "from_level", to=7), "gap or an overlap"),
    ("fine_table", put("row", 0, "from_level", to=1), "open below"),
    ("fine_table", put("row", 3, "minimum", to=20_000), "row 4.*not below maximum"),
    ("fine_table", put("row", 3, "minimum", to=200), "fines fall"),
    ("fine_table", put("row", 3, "maximum", to="20000"), "maximum must be int"),
    ("special_assessments", put("row", 3, "class", to="felony"), "felony is there twice"),
    ("substantial_assistance", put("motion", 2, to=None), "motions guideline, statute, after_sentencing"),
    ("substantial_assistance", put("motion", 2, "name", to="guideline"), "guideline is there twice"),
    ("substantial_assistance", put("motion", 2, "name", to="wish"), "'wish' is not one of"),
]


def backwards(data: dict[str, Any]) -> None:
    """Rows 4–5 and 6–7 made into 4–7, 8–5: no gap between neighbours, but one runs backwards."""
    data["row"][1]["to_level"], data["row"][2]["from_level"] = 7, 8
    data["row"][2]["to_level"] = 7


@pytest.mark.parametrize(("name", "change", "complaint"), [*REFUSED, ("fine_table", backwards, "run backwards")])
def test_a_law_file_that_does_not_fit_is_refused(
    name: str, change: Callable[[dict[str, Any]], object], complaint: str
) -> None:
    """A misspelled key, a missing cite, a gap or an overlap is an error that names the file and the row."""
    with pytest.raises(LawError, match=complaint) as error:
        RangeTables.read(Changed(name, change))  # type: ignore[arg-type]

    assert "2025-11-01.toml" in str(error.value)
    assert name in str(error.value) or name == "zones"


def test_the_files_as_they_are_pass_the_same_reader() -> None:
    """The refusals above come from the changes, not from the reader."""
    assert RangeTables.read(Changed("none", lambda data: None)) == TABLES  # type: ignore[arg-type]
