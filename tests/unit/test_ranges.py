"""From level and category to months, and which limit is in control (USSG Chapter Five, Parts A and G;
§5C1.2(b))."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from calculator.answer import Governed, Range, SafetyValve, Statute, ValveTest
from calculator.reading import read_case
from calculator.rules.ranges import career_924c, governing, table_range, total, with_consecutive
from calculator.scenario import Case
from calculator.trace import Finding
from calculator.units import LIFE, Term
from tests.unit.made_counts import C_COUNT, NO_VALVE, RANGES, VALVE

NOTHING = Term()
TWENTY_YEARS, FORTY_YEARS = Term(240), Term(480)

VALVE_UNKNOWN = SafetyValve(
    None,
    None,
    (ValveTest("disclosure", None, "", "18 U.S.C. 3553(f)(5)", "motions.truthful_disclosure"),),
    (),
)


def statute(minimum: Term = NOTHING, maximum: Term = TWENTY_YEARS, lifted: bool = False, **other: Any) -> Statute:
    """A statute with these limits; `lifted` when relief or a motion has taken the minimum away."""
    return dataclasses.replace(
        C_COUNT, minimum=Term() if lifted else minimum, minimum_by_law=minimum, maximum=maximum, **other
    )


def case(**parts: dict[str, Any]) -> Case:
    """A case with these parts changed."""
    return read_case(
        {
            "dates": {"sentenced_on": "2026-03-02", "offense_ended": "2025-12-01"},
            "charge": {"statute": "841(a)"} | parts.pop("charge", {}),
            **parts,
        }
    )


CASE = case()


def cell(printed: str) -> Range:
    """The first cell printed so, with its zone."""
    return next(item for column in RANGES.cells.values() for item in column if str(item) == printed)


def govern(table: str, law: Statute, valve: SafetyValve = NO_VALVE, facts: Case = CASE) -> Governed:
    """A cell after the limits of a statute."""
    return governing(cell(table), law, valve, facts, RANGES)


def findings(found: Governed) -> dict[str, Finding]:
    """Each rule met, and what became of it."""
    return {step.rule: step.finding for step in found.steps}


# --- The table
# ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "category", "months"),
    [
        (15, "III", "24–30 months"),  # Chapter Five, Part A, n.1
        (20, "I", "33–41 months"),  # §5C1.1 n.1
        (7, "II", "2–8 months"),  # §5B1.1 n.1(B)
        (19, "I", "30–37 months"),  # §5G1.2 n.3(C), Defendant A
        (30, "II", "108–135 months"),  # §5G1.2 n.3(C), Defendant B
        (34 - 3, "VI", "188–235 months"),  # §4B1.1 n.3(E): level 34 less 3 for acceptance
        (13, "I", "12–18 months"),  # §5G1.3 n.2(D)
        (37, "VI", "360 months to life"),  # §4B1.1 Background, no acceptance
        (35, "VI", "292–365 months"),  # two levels
        (34, "VI", "262–327 months"),  # three levels
        (30, "I", "97–121 months"),  # §2D1.1 Background: 120 months lies in this range
        (42, "I", "360 months to life"),
        (43, "I", "life"),
    ],
)
def test_a_level_and_a_category_meet_in_one_cell(level: int, category: str, months: str) -> None:
    """USSG Chapter Five, Part A, and the Commission's own examples."""
    found, steps = table_range(level, category, RANGES)

    assert months == str(found)
    assert [Finding.APPLIED] == [step.finding for step in steps]


@pytest.mark.parametrize(("level", "counts_as"), [(-4, 1), (0, 1), (1, 1), (43, 43), (44, 43), (60, 43)])
def test_levels_outside_the_table_count_as_its_first_or_last(level: int, counts_as: int) -> None:
    """USSG Chapter Five, Part A, n.2: less than 1 is treated as 1, more than 43 as 43."""
    found, steps = table_range(level, "VI", RANGES)

    assert RANGES.cell(counts_as, "VI") == found
    assert (1 if level == counts_as else 2) == len(steps)
    if level != counts_as:
        assert "USSG Chapter Five, Part A, comment. (n.2)" == steps[0].cite


# --- §5G1.1, at both sides of each edge
# ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "minimum", "maximum", "becomes", "control", "cite"),
    [
        # The Manual's own examples (§5G1.1, commentary; §5G1.2 n.3(C); §2D1.1 Background).
        ("51–63 months", 0, 48, "48 months", "statutory maximum", "USSG §5G1.1(a)"),
        ("41–51 months", 60, 480, "60 months", "statutory minimum", "USSG §5G1.1(b)"),
        ("51–63 months", 0, 60, "51–60 months", "statutory maximum", "USSG §5G1.1(c)(1)"),
        ("30–37 months", 120, 360, "120 months", "statutory minimum", "USSG §5G1.1(b)"),
        ("108–135 months", 120, 360, "120–135 months", "statutory minimum", "USSG §5G1.1(c)(2)"),
        ("97–121 months", 120, 480, "120–121 months", "statutory minimum", "USSG §5G1.1(c)(2)"),
        # (a) needs a maximum less than the low end; at the low end (c) leaves one point.
        ("51–63 months", 0, 50, "50 months", "statutory maximum", "USSG §5G1.1(a)"),
        ("51–63 months", 0, 51, "51 months", "statutory maximum", "USSG §5G1.1(c)(1)"),
        ("51–63 months", 0, 62, "51–62 months", "statutory maximum", "USSG §5G1.1(c)(1)"),
        ("51–63 months", 0, 63, "51–63 months", "guidelines", "USSG §5G1.1"),
        # (b) needs a minimum greater than the high end; at the high end (c) leaves one point.
        ("51–63 months", 64, 480, "64 months", "statutory minimum", "USSG §5G1.1(b)"),
        ("51–63 months", 63, 480, "63 months", "statutory minimum", "USSG §5G1.1(c)(2)"),
        ("51–63 months", 52, 480, "52–63 months", "statutory minimum", "USSG §5G1.1(c)(2)"),
        ("51–63 months", 51, 480, "51–63 months", "guidelines", "USSG §5G1.1"),
        ("51–63 months", 0, 480, "51–63 months", "guidelines", "USSG §5G1.1"),
        # Both ends at once.
        ("51–63 months", 55, 60, "55–60 months", "both limits", "USSG §5G1.1(c)(1), (2)"),
    ],
)
def test_the_limits_of_the_statute_meet_the_range(
    table: str, minimum: int, maximum: int, becomes: str, control: str, cite: str
) -> None:
    """USSG §5G1.1(a), (b), (c): months."""
    found = govern(table, statute(Term(minimum), Term(maximum)))

    assert (becomes, control, cite) == (str(found.range), found.control, found.cite)
    assert becomes.split(" ")[0].split("–")[0] in found.words


@pytest.mark.parametrize(
    ("table", "minimum", "maximum", "becomes", "control"),
    [
        ("360 months to life", Term(120), LIFE, "360 months to life", "guidelines"),
        ("360 months to life", Term(60), Term(480), "360–480 months", "statutory maximum"),  # 40 years
        ("360 months to life", Term(), Term(240), "240 months", "statutory maximum"),  # 20 years, below 360
        ("life", Term(), Term(480), "480 months", "statutory maximum"),
        ("life", Term(120), LIFE, "life", "guidelines"),
        # Life is longer than every number of months: mandatory life lies inside 360–life, and above 188–235.
        ("360 months to life", LIFE, LIFE, "life", "statutory minimum"),
        ("188–235 months", LIFE, LIFE, "life", "statutory minimum"),
        ("life", LIFE, LIFE, "life", "guidelines"),
    ],
)
def test_life_is_above_every_number(table: str, minimum: Term, maximum: Term, becomes: str, control: str) -> None:
    """USSG Chapter Five, Part A, n.1; §5G1.1."""
    found = govern(table, statute(minimum, maximum))

    assert (becomes, control) == (str(found.range), found.control)


def test_mandatory_life_is_inside_a_range_that_ends_at_life() -> None:
    """USSG §5G1.1(b) asks for a minimum greater than the top; life is not greater than life, so (c)(2)
    governs."""
    assert "USSG §5G1.1(c)(2)" == govern("360 months to life", statute(LIFE, LIFE)).cite
    assert "USSG §5G1.1(b)" == govern("188–235 months", statute(LIFE, LIFE)).cite


@pytest.mark.parametrize(
    ("days", "table", "becomes", "control"),
    [
        (15, "0–6 months", "15 days to 6 months", "statutory minimum"),
        (15, "1–7 months", "1–7 months", "guidelines"),
        (90, "0–6 months", "90 days to 6 months", "statutory minimum"),
        (90, "2–8 months", "90 days to 8 months", "statutory minimum"),
        (90, "3–9 months", "3–9 months", "guidelines"),  # three months are a little more than 90 days
    ],
)
def test_minimums_in_days_raise_only_a_lower_end(days: int, table: str, becomes: str, control: str) -> None:
    """21 U.S.C. 844(a): 15 days after one drug prior, 90 days after two. USSG §5G1.1(c)(2)."""
    found = govern(table, statute(Term(days=days), Term(24 if days == 15 else 36)))

    assert (becomes, control) == (str(found.range), found.control)


# --- The zone after the statute
# -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "minimum", "maximum", "zone"),
    [
        ("15–21 months", 60, 480, "D"),  # a Zone D range stays one
        ("10–16 months", 60, 480, None),  # (b): an open doubt
        ("8–14 months", 12, 480, None),  # (c)(2): an open doubt
        ("12–18 months", 12, 480, "C"),  # the minimum is the low end itself: nothing was replaced
        ("12–18 months", 0, 12, "C"),  # a maximum leaves the low end, and the zone, alone
        ("15–21 months", 0, 12, "D"),  # (a): the range it came from is in Zone D
    ],
)
def test_a_minimum_that_replaces_a_range_leaves_its_zone_open(
    table: str, minimum: int, maximum: int, zone: str | None
) -> None:
    """USSG §5C1.1 speaks of the zone of “the applicable guideline range”; no text says which one that is
    then."""
    assert zone == govern(table, statute(Term(minimum), Term(maximum))).range.zone


# --- §5C1.2(b)
# ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "lifted", "becomes", "control"),
    [
        ("0–6 months", Term(60), "24–30 months", "safety valve floor"),
        ("18–24 months", Term(60), "24–30 months", "safety valve floor"),
        ("21–27 months", Term(120), "24–30 months", "safety valve floor"),
        ("24–30 months", Term(60), "24–30 months", "guidelines"),
        ("27–33 months", Term(60), "27–33 months", "guidelines"),
        ("18–24 months", Term(59), "18–24 months", "guidelines"),  # a minimum under five years
        ("18–24 months", Term(), "18–24 months", "guidelines"),  # (b)(1)(C): no minimum to lift
        ("0–6 months", Term(days=15), "0–6 months", "guidelines"),  # 844(a): 15 days, lifted
    ],
)
def test_a_long_minimum_that_is_lifted_leaves_a_floor(table: str, lifted: Term, becomes: str, control: str) -> None:
    """USSG §5C1.2(b): not less than 24 to 30 months where the statutory minimum is at least five years."""
    found = govern(table, statute(lifted, Term(480), lifted=True), VALVE)

    assert (becomes, control) == (str(found.range), found.control)


def test_every_cell_meets_the_floor_as_a_whole() -> None:
    """USSG §5C1.2(b): no cell has its low end under 24 and its high end over 30, so the floor never splits a
    range."""
    for level in range(1, 44):
        for category in RANGES.categories:
            table, _ = table_range(level, category, RANGES)
            found = governing(table, statute(Term(120), LIFE, lifted=True), VALVE, CASE, RANGES)
            assert str(found.range) == ("24–30 months" if table.low < Term(24) else str(table))


def test_after_the_floor_the_range_is_in_zone_d() -> None:
    """USSG §5C1.2(b) with §5C1.1 n.8: 24 months is 15 or more."""
    assert "D" == govern("8–14 months", statute(Term(60), Term(480), lifted=True), VALVE).range.zone


def test_the_floor_says_what_it_did() -> None:
    """An applied step, and the words of control name both ranges."""
    found = govern("18–24 months", statute(Term(60), Term(480), lifted=True), VALVE)

    assert Finding.APPLIED is findings(found)["5C1.2(b)"]
    assert "18–24 months" in found.words
    assert "24–30 months" in found.words
    assert "USSG §5C1.2(b)" == found.cite


def test_without_the_safety_valve_the_minimum_binds_and_the_floor_is_passed() -> None:
    """USSG §5C1.2(b) belongs to those who meet (a)."""
    found = govern("18–24 months", statute(Term(60), Term(480)), NO_VALVE)

    assert ("60 months", "statutory minimum") == (str(found.range), found.control)
    assert Finding.NOT_APPLICABLE is findings(found)["5C1.2(b)"]


def test_an_unknown_safety_valve_is_left_out_of_the_main_line_and_said() -> None:
    """The minimum stays; the step names the fact that would settle it."""
    found = govern("18–24 months", statute(Term(60), Term(480)), VALVE_UNKNOWN)
    step = next(step for step in found.steps if step.finding is Finding.UNKNOWN)

    assert "60 months" == str(found.range)
    assert "motions.truthful_disclosure" == step.field


def test_a_safety_valve_refused_for_an_unnamed_reason_names_no_field() -> None:
    """With no test recorded there is no field to point to."""
    found = govern("18–24 months", statute(Term(60), Term(480)), SafetyValve(None, None, (), ()))

    assert [None] == [step.field for step in found.steps if step.finding is Finding.UNKNOWN]


# --- Motions, counts
# ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("motion", ["statute", "both"])
def test_a_motion_under_3553e_does_not_move_where_the_range_starts(motion: str) -> None:
    """USSG §1B1.1(a)(8), (9): Part G of Chapter Five comes before Part K, so 120 months is still the
    start."""
    facts = case(motions={"substantial_assistance": motion})
    found = govern("70–87 months", statute(Term(120), LIFE, lifted=True), NO_VALVE, facts)

    assert ("120 months", "statutory minimum") == (str(found.range), found.control)
    assert Finding.FLAGGED is findings(found)["3553(e)"]


def test_a_motion_adds_nothing_to_a_minimum_the_safety_valve_lifted() -> None:
    """18 U.S.C. 3553(f) takes the minimum away altogether, so nothing is left for (e) to go below."""
    facts = case(motions={"substantial_assistance": "both"})
    found = govern("70–87 months", statute(Term(120), LIFE, lifted=True), VALVE, facts)

    assert ("70–87 months", "guidelines") == (str(found.range), found.control)
    assert "3553(e)" not in findings(found)


@pytest.mark.parametrize("motion", ["none", "guideline", "unknown"])
def test_without_a_motion_under_3553e_no_word_is_said_of_it(motion: str) -> None:
    """*Melendez*, 518 U.S. 120 (1996): a motion under §5K1.1 alone does not reach below the minimum."""
    facts = case(motions={"substantial_assistance": motion})
    found = govern("70–87 months", statute(Term(120), LIFE), NO_VALVE, facts)

    assert "120 months" == str(found.range)
    assert "3553(e)" not in findings(found)


@pytest.mark.parametrize(
    ("table", "counts", "becomes", "control"),
    [
        ("262–327 months", 1, "240 months", "statutory maximum"),  # (a): 240 < 262
        ("262–327 months", 2, "262–327 months", "guidelines"),  # 2 × 240 = 480
        ("360 months to life", 2, "360–480 months", "statutory maximum"),  # 480 < life
        ("188–235 months", 2, "188–235 months", "guidelines"),  # one count is enough
    ],
)
def test_several_counts_can_reach_what_one_cannot(table: str, counts: int, becomes: str, control: str) -> None:
    """USSG §5G1.2(d): consecutive to the extent necessary to produce the total punishment."""
    found = govern(table, C_COUNT, NO_VALVE, case(charge={"counts": counts}))

    assert (becomes, control) == (str(found.range), found.control)
    assert ("5G1.2(d)" in findings(found)) == (counts == 2 and table != "188–235 months")


# --- 924(c)
# -------------------------------------------------------------------------------------------------------


def armed(months: int, minimum: Term = NOTHING, maximum: Term = FORTY_YEARS) -> Statute:
    """A statute with a firearm count of so many months."""
    return statute(minimum, maximum, consecutive=Term(months), consecutive_cite="18 U.S.C. 924(c)(1)(A)(i)")


def test_a_firearm_count_is_added_to_both_ends() -> None:
    """USSG §4B1.1 n.3(E): 188–235 and 60 make 248–295; §2K2.4(b): the guideline sentence is the statute's
    minimum."""
    table = cell("188–235 months")
    found, steps = total(table, table, armed(60), None)

    assert "248–295 months" == str(found)
    assert ["2K2.4(b)"] == [step.rule for step in steps]
    assert found.zone is None


def test_without_a_firearm_count_nothing_is_added() -> None:
    """The same range, and no step; a career offender changes nothing here."""
    table = cell("188–235 months")

    assert (table, ()) == total(table, table, C_COUNT, (Term(262), Term(327)))
    assert table == with_consecutive(table, C_COUNT)


def test_life_plus_a_firearm_count_is_life() -> None:
    """A sum with life is life; the low end still grows: 360 + 60."""
    assert "420 months to life" == str(with_consecutive(cell("360 months to life"), armed(60)))
    assert "life" == str(with_consecutive(cell("life"), armed(60)))


def test_for_a_career_offender_the_range_with_the_higher_minimum_counts() -> None:
    """USSG §4B1.1 n.3(E): 248–295 against 262–327 from the table of (c)(3): 262–327."""
    table = cell("188–235 months")
    found, steps = total(table, table, armed(60, Term(60)), (Term(262), Term(327)))

    assert "262–327 months" == str(found)
    assert ["4B1.1(c)(2)"] == [step.rule for step in steps]


def test_for_a_career_offender_the_sum_counts_when_it_starts_higher() -> None:
    """USSG §4B1.1(c)(2)(A): level 34 without acceptance, 262–327 + 120 = 382–447, starts above 360–life."""
    table = cell("262–327 months")
    found, _ = total(table, table, armed(120), (Term(360), LIFE))

    assert "382–447 months" == str(found)


def test_for_a_career_offender_the_sum_starts_from_the_table_range() -> None:
    """USSG §4B1.1 n.3(C)(ii): the range under §4B1.1(a) and (b), not yet cut by a 20-year maximum: 210–262 +
    300."""
    table = cell("210–262 months")
    governed = govern("210–262 months", C_COUNT).range
    found, _ = total(table, governed, armed(300, maximum=Term(240)), (Term(360), LIFE))

    assert "210–240 months" == str(governed)
    assert "510–562 months" == str(found)


def test_for_a_career_offender_both_minimums_must_be_served() -> None:
    """USSG §5G1.2(e)(1): mandatory life (or 25 years) on the drug count is not lost: 300 + 60 = 360 > 262."""
    table = cell("262–327 months")
    found, steps = total(table, table, armed(60, Term(300), LIFE), (Term(262), Term(327)))

    # (A) is 322–387, the higher start; 360 is the sum of the minimums.
    assert "360–387 months" == str(found)
    assert ["4B1.1(c)(2)", "5G1.2(e)(1)"] == [step.rule for step in steps]


def test_of_equal_minimums_the_longer_range_is_taken() -> None:
    """USSG §4B1.1 n.3(B) looks to the minimum only; a tie is read as the range that reaches higher."""
    assert LIFE == career_924c(Range(Term(360), Term(400)), Range(Term(360), LIFE)).high
    assert LIFE == career_924c(Range(Term(360), LIFE), Range(Term(360), Term(400))).high
