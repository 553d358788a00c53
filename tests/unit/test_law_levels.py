"""The offense-level tables hold what is printed, and refuse anything else."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from importlib import resources

import pytest

from calculator.law.levels import LevelTables
from calculator.law.schema import LawError, Row, Tables
from calculator.units import LIFE, Term

LAW = LevelTables.read(Tables("guidelines", date(2025, 11, 1)))
BASE, SPECIAL = "base_levels", "specific_offense_characteristics"
OTHER, THREE = "other_drug_guidelines", "adjustments"


def _text(name: str) -> str:
    path = resources.files("calculator.law") / "guidelines" / name / "2025-11-01.toml"
    return path.read_text(encoding="utf-8")


def _read_with(name: str, old: str, new: str) -> LevelTables:
    """Read the tables with the first `old` in the named file replaced by `new`."""

    def tables(wanted: str) -> Row:
        text = _text(wanted)
        if wanted == name:
            assert old in text
            text = text.replace(old, new, 1)
        return Row(tomllib.loads(text, parse_float=Decimal), f"{wanted}/2025-11-01.toml")

    return LevelTables.read(tables)


def test_the_fixed_base_levels_are_43_38_30_and_26() -> None:
    """USSG §2D1.1(a)(1)–(4), printed page 130, with the statutory term that calls for each."""
    printed = [(row.rule, row.level, row.minimum, row.maximum) for row in LAW.fixed]

    assert [
        ("2D1.1(a)(1)", 43, LIFE, None),
        ("2D1.1(a)(2)", 38, Term(240), None),
        ("2D1.1(a)(3)", 30, None, Term(360)),
        ("2D1.1(a)(4)", 26, None, Term(180)),
    ] == printed


@pytest.mark.parametrize(("table", "after"), [(28, None), (30, None), (32, 30), (34, 31), (36, 32), (38, 32)])
def test_a_mitigating_role_lowers_the_table_level_as_printed(table: int, after: int | None) -> None:
    """USSG §2D1.1(a)(5)(B): level 32, decrease by 2; level 34, by 3; above 34, to level 32."""
    found = LAW.cap(table)

    assert after == (found[0] if found else None)


@pytest.mark.parametrize(
    ("name", "levels", "at_least"),
    [
        ("weapon", 2, None),
        ("violence", 2, None),
        ("aircraft", 2, 26),
        ("submersible", 2, 26),
        ("crew", 2, 26),
        ("prison_distribution", 2, None),
        ("meth_import", 2, None),
        ("submersible_conviction", 2, None),
        ("mass_marketing", 2, None),
        ("masking_agent", 2, None),
        ("steroid_to_athlete", 2, None),
        ("convicted_841g", 2, None),
        ("bribery", 2, None),
        ("premises", 2, None),
        ("fentanyl_knowingly", 4, None),
        ("fentanyl_recklessly", 2, None),
        ("hazardous_discharge", 2, None),
        ("distribution_860a", 2, 14),
        ("manufacture_860a", 3, 27),
        ("manufacture_risk", 3, 27),
        ("manufacture_risk_minor", 6, 30),
        ("public_land", 2, None),
        ("aggravating_factors", 2, None),
        ("mitigating_factors", -2, None),
        ("safety_valve", -2, None),
    ],
)
def test_each_specific_offense_characteristic_has_its_printed_levels_and_floor(
    name: str, levels: int, at_least: int | None
) -> None:
    """USSG §2D1.1(b)(1)–(18), printed pages 130–133."""
    row = LAW.characteristics[name]

    assert (levels, at_least) == (row.levels, row.at_least)


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("hate_crime", 3),
        ("vulnerable_victim", 2),
        ("many_vulnerable_victims", 2),
        ("official_motivated", 3),
        ("official_assaulted", 6),
        ("restraint", 2),
        ("leader", 4),
        ("manager", 3),
        ("small_leader", 2),
        ("minimal", -4),
        ("minor", -2),
        ("between", -3),
        ("trust", 2),
        ("skill", 2),
        ("used_minor", 2),
        ("armor_involved", 2),
        ("armor_used", 4),
        ("obstruction", 2),
        ("reckless_flight", 2),
        ("on_release", 3),
        ("false_domain", 2),
        ("acceptance", -2),
        ("early_plea", -1),
    ],
)
def test_each_chapter_three_adjustment_has_its_printed_levels(name: str, levels: int) -> None:
    """USSG §§3A1.1–3E1.1, printed pages 327–359."""
    assert levels == LAW.adjustments[name].levels


def test_the_third_acceptance_level_needs_level_16() -> None:
    """USSG §3E1.1(b): “level 16 or greater”."""
    assert LAW.adjustments["early_plea"].from_level == 16


def test_early_disposition_takes_off_at_most_four() -> None:
    """USSG §3F1.1: “not more than 4 levels”."""
    assert LAW.early_disposition.levels == 4


@pytest.mark.parametrize(
    ("section", "guideline"),
    [
        ("841(a)", "2D1.1"),
        ("960", "2D1.1"),
        ("841(b)(4)", "2D2.1"),
        ("844(a)", "2D2.1"),
        ("843(b)", "2D1.6"),
        ("856", "2D1.8"),
        ("849", "2D1.2"),
        ("859", "2D1.2"),
        ("860", "2D1.2"),
        ("861", "2D1.2"),
    ],
)
def test_appendix_a_names_the_guideline(section: str, guideline: str) -> None:
    """USSG App. A, printed pages 543–544."""
    assert guideline == LAW.guidelines[section].guideline


def test_protected_locations_premises_and_possession_are_as_printed() -> None:
    """USSG §2D1.2(a): 2 plus, 1 plus, 26, 13. §2D1.8(a)(2): 4 less, not above 26. §2D2.1(a): 8, 6, 4."""
    protected = LAW.protected
    parts = (protected.near, protected.total, protected.under_18, protected.otherwise)

    assert [part.levels for part in parts] == [2, 1, 26, 13]
    assert (LAW.premises.allowed.levels, LAW.premises.allowed_most) == (4, 26)
    assert [row.level for row in LAW.possession.values()] == [8, 6, 4]


def test_every_row_is_cited_and_explained() -> None:
    """Each row carries its citation and a plain condition that fits all three findings."""
    for row in (*LAW.characteristics.values(), *LAW.adjustments.values()):
        assert row.cite.startswith("USSG §")
        for words in (row.applied, row.passed, row.unknown):
            assert words.endswith(".")
            assert "  " not in words


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        # A key misspelled.
        (SPECIAL, "at_least = 26", "atleast = 26", "unknown key atleast"),
        (SPECIAL, "increase = 2", "increased = 2", "increase or decrease"),
        (BASE, 'minimum = "life"', 'minimun = "life"', "minimum or maximum"),
        (BASE, "above = 34", "over = 34", "above is missing"),
        (BASE, "direct_sections", "direct_section", "direct_sections is missing"),
        (OTHER, "not_greater_than", "no_greater_than", "not_greater_than is missing"),
        (OTHER, 'class = "other"', 'kind = "other"', "class is missing"),
        (THREE, "from_level", "fromlevel", "unknown key fromlevel"),
        (THREE, "[early_disposition]", "[early]", "early_disposition is missing"),
        # A citation missing or empty.
        (BASE, 'cite = "USSG §2D1.1(a)(2)"', "", "cite is missing"),
        (BASE, 'cite = "USSG §2D1.1(a)(5)(B)(i)"', "", "cite is missing"),
        (SPECIAL, 'cite = "USSG §2D1.1(b)(4)"', 'cite = " "', "cite is empty"),
        (SPECIAL, 'cite = "USSG §2D1.1(b)(17)(B)"', "", "cite is missing"),
        (OTHER, 'cite = "USSG §2D1.2(a)(3)"', "", "cite is missing"),
        (OTHER, 'cite = "USSG App. A (21 U.S.C. § 856)"', "", "cite is missing"),
        (THREE, 'cite = "USSG §3B1.4"', "", "cite is missing"),
        (THREE, 'cite = "USSG Ch. Three"', "", "cite is missing"),
        # A gap: a printed row or number left out.
        (BASE, 'rule = "2D1.1(a)(5)(B)(ii)"', 'rule = "2D1.1(a)(5)(B)(iii)"', "is printed"),
        (BASE, "level = 34", "level = 33", "does not follow"),
        (SPECIAL, 'name = "violence"', 'name = "violent"', "violent stands where violence is printed"),
        (SPECIAL, 'rule = "2D1.1(b)(4)"', 'rule = "2D1.1(b)(5)"', "printed twice"),
        (SPECIAL, 'rule = "2D1.1(b)(18)"', 'rule = "2D1.1(b)(19)"', "does not follow"),
        (SPECIAL, 'rule = "2D1.1(b)(18)"', 'rule = "2D1.1(b)(17)(D)"', "the last rule"),
        (THREE, 'name = "restraint"', 'name = "restrained"', "restraint is printed"),
        # An overlap: rows that contradict each other.
        (BASE, "level = 38", "level = 43", "must fall"),
        (BASE, "decrease_to = 32", "decrease_to = 29", "must not end below"),
        (BASE, "above = 30\ndecrease_to = 30", "above = 30\ndecrease_to = 31", "above the level"),
        (OTHER, "level = 6", "level = 8", "must fall"),
        (OTHER, 'section = "960"', 'section = "861"', "listed twice"),
        # Values that cannot be.
        (SPECIAL, "increase = 2", "increase = 0", "1 level or more"),
        (SPECIAL, "increase = 2", 'increase = "2"', "must be int"),
        (SPECIAL, "increase = 2", "increase = 2\ndecrease = 2", "increase or decrease"),
        (SPECIAL, "decrease = 2", "decrease = 2\nat_least = 1", "at_least goes with increase"),
        (BASE, 'minimum = "20 years"', 'minimum = "20 winters"', "not a length of time"),
        (BASE, 'direct_sections = ["841(a)", "960"]', 'direct_sections = ["952"]', "direct_sections"),
        (OTHER, 'guideline = "2D1.8"', 'guideline = "2D1.9"', "no rule is written"),
        (OTHER, 'class = "other"', 'class = "cocaine_flunitrazepam_lsd_pcp"', "listed twice"),
        (THREE, "from_level = 16\n", "", "early_plea needs from_level"),
    ],
)
def test_a_damaged_law_file_is_refused_by_name(name: str, old: str, new: str, complaint: str) -> None:
    """A misspelled key, a missing citation, a gap or an overlap is an error that names the file."""
    with pytest.raises(LawError, match=complaint) as caught:
        _read_with(name, old, new)

    assert name in str(caught.value)


def test_a_row_left_out_or_added_is_refused() -> None:
    """The last row of a table cannot vanish, and none can be added, without an error."""
    last = _text(THREE).partition('[[adjustment]]\nname = "early_plea"')[2].partition("# §3B1.4 n.2")[0]
    whole = f'[[adjustment]]\nname = "early_plea"{last}'

    with pytest.raises(LawError, match="early_plea is missing"):
        _read_with(THREE, whole, "")
    with pytest.raises(LawError, match="one too many"):
        _read_with(THREE, whole, whole + whole)
