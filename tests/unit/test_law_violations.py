"""Chapter Seven: the revocation tables as printed, and files that are refused."""

import tomllib
from importlib import resources

import pytest

from calculator.law.schema import LawError, Row
from calculator.law.violations import Violations, violations
from calculator.present import tables
from calculator.units import Term

FOLDER = resources.files("calculator.law") / "guidelines"

# The lines of the Manual of November 1, 2025, printed pages 465 and 472.
GRADES_B_AND_C = """
Grade C	3–9	4–10	5–11	6–12	7–13	8–14
Grade B	4–10	6–12	8–14	12–18	18–24	21–27
"""
GRADE_A = "12–18	15–21	18–24	24–30	30–37	33–41"
GRADE_A_AFTER_CLASS_A = "24–30	27–33	30–37	37–46	46–57	51–63"


def printed(ranges: str) -> list[tuple[Term, Term]]:
    """A printed line as its lows and highs."""
    pairs = (text.split("–") for text in ranges.split("\t"))
    return [(Term(int(low)), Term(int(high))) for low, high in pairs]


def test_the_revocation_tables_are_those_of_the_manual() -> None:
    """USSG §7B1.4(a) and §7C1.5: the same months but for the last row, which only supervised release has."""
    found = violations()
    common = [(line[6], line.partition("\t")[2]) for line in GRADES_B_AND_C.strip().split("\n")]
    expected = [*((grade, "", printed(line)) for grade, line in common), ("A", "", printed(GRADE_A))]

    def rows(of: str) -> list[object]:
        return [(row.grade, row.after_class, [(r.low, r.high) for r in row.ranges]) for row in getattr(found, of)]

    assert found.categories == ("I", "II", "III", "IV", "V", "VI")
    assert rows("probation") == expected
    assert rows("release") == [*expected, ("A", "A", printed(GRADE_A_AFTER_CLASS_A))]


def test_a_substitute_may_serve_a_low_minimum() -> None:
    """§7B1.3(c): Grade B or C; “at least one month but not more than six months”, by half “not more than ten”."""
    found = violations()

    assert found.substitute_grades == ("B", "C")
    assert (found.substitute_from, found.substitute_to) == (Term(1), Term(6))
    assert found.half_substitute_to == Term(10)


def test_the_tables_print_years_beside_months_from_one_year_up() -> None:
    """51–63 months are 4¼ to 5¼ years."""
    html = tables.TABLES["release-revocation"]()

    assert '51–63<br><span class="ps-hint">4¼ to 5¼ years</span>' in html
    assert ">3–9</td>" in html
    assert "51–63" not in tables.TABLES["probation-revocation"]()


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("probation_revocation", '"33–41"]', '"41–33"]', "is not a range"),
        ("probation_revocation", ', "33–41"]', "]", "one range is needed for each"),
        ("probation_revocation", '"15–21"', '"11–21"', "a range falls"),
        ("probation_revocation", 'grade = "A"', 'grade = "B"', "grades C, B, A are expected"),
        ("release_revocation", '"VI"]', '"VII"]', "the categories are not those of"),
        ("release_revocation", 'after = "A"', 'aftr = "A"', "unknown key aftr"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(table: str, old: str, new: str, said: str) -> None:
    """The message names the file and the row."""

    def changed(name: str) -> Row:
        text = (FOLDER / name / "2025-11-01.toml").read_text(encoding="utf-8")
        if name == table:
            assert old in text
            text = text.replace(old, new, 1)
        return Row(tomllib.loads(text), f"guidelines/{name}/2025-11-01.toml")

    with pytest.raises(LawError, match=said):
        Violations.read(changed)  # type: ignore[arg-type]
