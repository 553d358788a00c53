"""The seven tests of 18 U.S.C. 3553(f) and USSG §5C1.2(a)."""

from __future__ import annotations

from typing import Any

import pytest

from calculator.answer import HistoryScore, PriorScore, SafetyValve
from calculator.law import law_for
from calculator.reading import read_case
from calculator.rules import penalties, safety_valve
from calculator.trace import Finding

POINTS, THREE, VIOLENT, WEAPON, INJURY, ROLE, DISCLOSURE = range(7)


def history(
    threes: int | None = 0,
    twos: int | None = 0,
    ones: int | None = 0,
    *,
    status: int = 0,
    violent: bool | None = False,
    extra: int = 0,
    certain: bool = True,
) -> HistoryScore:
    """A score from so many 3-, 2- and 1-point priors, a status point, and points under §4A1.1(d)."""
    subtotal = 3 * (threes or 0) + 2 * (twos or 0) + (ones or 0) + extra
    priors = (PriorScore("", extra, "(d)", "", "USSG §4A1.1(d)", "history.priors[0]"),) if extra else ()
    return HistoryScore(
        subtotal + status, "I", priors, subtotal, status, threes, twos, violent, ones, False, certain, ()
    )


def checked(score: HistoryScore | None = None, **facts: Any) -> SafetyValve:
    """The safety valve of a (B) count with these facts and this history."""
    data: dict[str, Any] = {
        "dates": {"sentenced_on": "2026-03-01", "offense_ended": "2025-09-01"},
        "charge": {"statute": "841(a)", "tier": "B", **facts.pop("charge", {})},
        "motions": {"truthful_disclosure": "yes", **facts.pop("motions", {})},
        **facts,
    }
    case = read_case(data)
    law = law_for(sentenced_on=case.dates.sentenced_on, offense_ended=case.dates.offense_ended)
    statute = penalties.statute(case, law, (), ())
    return safety_valve.check(case, law, safety_valve.past(score or history(), law), statute)


def test_a_person_with_no_record_who_told_all_meets_every_test() -> None:
    """3553(f)(1)–(5)."""
    valve = checked()

    assert (valve.criteria, valve.relief) == (True, True)
    assert [test.met for test in valve.tests] == [True] * 7


@pytest.mark.parametrize(
    ("score", "met"),
    [
        # Pulsifer (2024), trap 14: points of 2-point priors only, 1-point offenses left out
        (history(twos=1), True),
        (history(twos=2), True),  # 4 points
        (history(twos=3), False),  # 6 points
        (history(ones=4), True),  # 0 counted
        (history(twos=2, ones=4), True),  # 4 counted of 8
        (history(twos=1, ones=4), True),
        (history(threes=1), False),  # one 3-point offense fails (B) alone
        (history(threes=1, twos=1), False),
        (history(twos=1, violent=True), False),  # one violent 2-point offense fails (C) alone
    ],
)
def test_the_three_history_tests_are_each_required(score: HistoryScore, met: bool) -> None:
    """3553(f)(1)(A)–(C); Pulsifer v. United States, 601 U.S. 124 (2024)."""
    valve = checked(score)

    assert valve.criteria is met
    assert valve.relief is met


def test_one_three_point_offense_fails_b_but_not_a() -> None:
    """3 points are not more than 4; (B) fails by itself."""
    valve = checked(history(threes=1))

    assert [valve.tests[index].met for index in (POINTS, THREE, VIOLENT)] == [True, False, True]


def test_three_nonviolent_two_point_priors_fail_a_alone() -> None:
    """6 points are more than 4."""
    valve = checked(history(twos=3))

    assert [valve.tests[index].met for index in (POINTS, THREE, VIOLENT)] == [False, True, True]


def test_a_violent_two_point_offense_fails_c_alone() -> None:
    """3553(f)(1)(C), (g)."""
    valve = checked(history(twos=1, violent=True))

    assert [valve.tests[index].met for index in (POINTS, THREE, VIOLENT)] == [True, True, False]


@pytest.mark.parametrize(
    ("score", "met"),
    [
        # two 2-point priors and three 1-point priors make 7, so a status point is possible: 4 or 5
        (history(twos=2, ones=3, status=1), None),
        # one 2-point prior: 2 or 3, not more than 4 either way
        (history(twos=1, ones=4, status=1), True),
        # three 2-point priors fail without it
        (history(twos=3, ones=1, status=1), False),
        # a point under §4A1.1(d) beside two 2-point priors: 4 or 5
        (history(twos=2, extra=1), None),
        (history(twos=1, extra=1), True),
    ],
)
def test_points_that_come_from_no_one_point_offense_leave_the_test_open(score: HistoryScore, met: bool | None) -> None:
    """3553(f)(1)(A): "excluding any criminal history points resulting from a 1-point offense"."""
    valve = checked(score)
    flagged = [one for one in valve.steps if one.finding is Finding.FLAGGED]

    assert valve.tests[POINTS].met is met
    assert valve.criteria is met
    assert bool(flagged) is (met is None)
    # the facts are known, so nothing is asked
    assert not [one for one in valve.steps if one.finding is Finding.UNKNOWN]


@pytest.mark.parametrize(
    ("score", "index"),
    [
        (history(threes=None, twos=0, ones=None), THREE),
        (history(twos=2, violent=None), VIOLENT),
        (history(twos=None, ones=None, violent=None), POINTS),
    ],
)
def test_history_that_is_not_known_leaves_its_test_open(score: HistoryScore, index: int) -> None:
    """3553(f)(1)."""
    valve = checked(score)

    assert valve.tests[index].met is None
    assert (valve.criteria, valve.relief) == (None, None)


def test_an_unknown_among_listed_priors_is_left_to_the_list() -> None:
    """The list of priors asks its own questions."""
    prior = PriorScore("", 2, "(b)", "", "USSG §4A1.1(b)", "history.priors[0]")
    score = HistoryScore(2, "II", (prior,), 2, 0, 0, None, None, None, False, False, ())

    assert checked(score).tests[POINTS].field == "history.priors"


def test_no_two_point_prior_means_no_violent_one() -> None:
    """3553(f)(1)(C)."""
    assert checked(history(twos=0, violent=None)).tests[VIOLENT].met is True


def test_what_is_asked_about_points_entered_is_what_is_missing() -> None:
    """The fork must never touch points that were given."""
    unknown_points = checked(history(threes=None, twos=None, ones=None), history={"points": "unknown"})
    unknown_threes = checked(history(threes=None, twos=0, ones=None), history={"points": 6})
    unknown_twos = checked(history(threes=0, twos=None, ones=None), history={"points": 6})

    assert unknown_points.tests[POINTS].field == "history.points"
    assert unknown_threes.tests[POINTS].field == "history.three_point_priors"
    assert unknown_twos.tests[POINTS].field == "history.two_point_priors"


@pytest.mark.parametrize(
    ("facts", "met", "field"),
    [
        ({}, True, "conduct.weapon_possessed"),
        # a co-defendant's weapon does not count (§5C1.2, comment. (n.2))
        ({"conduct": {"weapon_possessed": True, "own_weapon": False}}, True, "conduct.own_weapon"),
        ({"conduct": {"weapon_possessed": True, "own_weapon": True}}, False, "conduct.own_weapon"),
        ({"conduct": {"weapon_possessed": True}}, None, "conduct.own_weapon"),
        ({"conduct": {"weapon_possessed": "unknown"}}, None, "conduct.weapon_possessed"),
        ({"conduct": {"own_weapon": "unknown"}}, None, "conduct.own_weapon"),
        ({"conduct": {"violence": True}}, False, "conduct.violence"),
        ({"conduct": {"violence": "unknown"}}, None, "conduct.violence"),
        # one yes settles it although the other is not known
        ({"conduct": {"violence": True, "weapon_possessed": "unknown"}}, False, "conduct.violence"),
        ({"charge": {"firearm_count": "carried"}}, False, "charge.firearm_count"),
        ({"charge": {"firearm_count": "unknown"}}, None, "charge.firearm_count"),
    ],
)
def test_weapon_and_violence_look_to_the_persons_own_conduct(
    facts: dict[str, Any], met: bool | None, field: str
) -> None:
    """3553(f)(2)."""
    test = checked(**facts).tests[WEAPON]

    assert (test.met, test.field) == (met, field)


def test_a_firearm_count_with_anothers_gun_is_flagged() -> None:
    """3553(f)(2): a 924(c) conviction can rest on another's gun; check."""
    valve = checked(charge={"firearm_count": "carried"}, conduct={"own_weapon": False})

    assert valve.tests[WEAPON].met is True
    assert [one.rule for one in valve.steps if one.finding is Finding.FLAGGED] == ["3553(f) firearm count"]


@pytest.mark.parametrize(
    ("facts", "met"),
    [
        ({"conduct": {"death_or_serious_injury": True}}, False),
        ({"conduct": {"death_or_serious_injury": "unknown"}}, None),
        ({"charge": {"death_or_injury_found": "yes"}}, False),
        ({"charge": {"death_or_injury_found": "unknown"}}, None),
    ],
)
def test_death_or_injury_in_fact_or_found_fails(facts: dict[str, Any], met: bool | None) -> None:
    """3553(f)(3); §5C1.2, comment. (n.1(C))."""
    valve = checked(**facts)

    assert valve.tests[INJURY].met is met
    assert valve.criteria is met


@pytest.mark.parametrize(
    ("part", "met"),
    [
        ("none", True),
        ("minor", True),
        ("minimal", True),
        ("leader", False),
        ("manager", False),
        ("small_leader", False),
        ("unknown", None),
    ],
)
def test_any_adjustment_under_3b11_fails(part: str, met: bool | None) -> None:
    """3553(f)(4); §5C1.2, comment. (n.3(A))."""
    assert checked(role={"part": part}).tests[ROLE].met is met


def test_a_continuing_criminal_enterprise_fails() -> None:
    """3553(f)(4)."""
    assert checked(charge={"outside": ["continuing_criminal_enterprise"]}).tests[ROLE].met is False


@pytest.mark.parametrize(("told", "met"), [("yes", True), ("no", False), ("unknown", None)])
def test_truthful_disclosure_is_required(told: str, met: bool | None) -> None:
    """3553(f)(5)."""
    valve = checked(motions={"truthful_disclosure": told})

    assert valve.tests[DISCLOSURE].met is met
    assert (valve.criteria, valve.relief) == (met, met)


def test_one_failed_test_decides_whatever_is_not_known() -> None:
    """All are required, so False beats not known."""
    valve = checked(role={"part": "leader"}, motions={"truthful_disclosure": "unknown"})

    assert (valve.criteria, valve.relief) == (False, False)


@pytest.mark.parametrize("statute", ["860", "859", "861", "849", "856", "843(b)"])
def test_counts_that_are_not_named_get_no_relief_though_the_criteria_are_met(statute: str) -> None:
    """3553(f) names 841, 844, 846, 960, 963; §2D1.1(b)(18) turns on the criteria alone."""
    charge = (
        {"statute": statute, "tier": "C"}
        if statute not in ("856", "843(b)")
        else {"statute": statute, "tier": "unknown"}
    )
    valve = checked(charge=charge)

    assert (valve.criteria, valve.relief) == (True, False)


def test_a_conspiracy_to_violate_860_is_left_open() -> None:
    """3553(f) names section 846 but not 860: the text does not settle it, so nothing is lifted."""
    valve = checked(charge={"statute": "846", "object": "860", "tier": "C"})

    assert (valve.criteria, valve.relief) == (True, None)
    assert any(one.finding is Finding.FLAGGED for one in valve.steps)


def test_each_test_has_its_name_its_words_and_its_citation() -> None:
    """The page shows seven tests in the order of the statute."""
    tests = checked().tests

    assert len({test.name for test in tests}) == 7
    assert [test.cite.split(";")[0] for test in tests] == [
        "18 U.S.C. 3553(f)(1)(A)",
        "18 U.S.C. 3553(f)(1)(B)",
        "18 U.S.C. 3553(f)(1)(C), (g)",
        "18 U.S.C. 3553(f)(2)",
        "18 U.S.C. 3553(f)(3)",
        "18 U.S.C. 3553(f)(4)",
        "18 U.S.C. 3553(f)(5)",
    ]
