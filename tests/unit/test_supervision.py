"""What follows prison, money, and the motions of the Government (USSG §§5D1.1, 5D1.2, 5E1.2, 5E1.3, 5K1.1,
3F1.1)."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from calculator.answer import Motion, Range, SafetyValve, Statute, Supervision
from calculator.reading import read_case
from calculator.rules.supervision import motions, supervision
from calculator.scenario import Case
from calculator.trace import Stop
from calculator.units import Term
from tests.unit.made_counts import B_COUNT, LAW, NO_VALVE, VALVE

with_ = dataclasses.replace
# 21 U.S.C. 843(b): up to 4 years, Class E, $250,000, up to one year of supervised release.
PHONE = with_(
    B_COUNT,
    cite="21 U.S.C. 843(d)(1)",
    tier=None,
    minimum=Term(),
    minimum_by_law=Term(),
    maximum=Term(48),
    felony_class="E",
    probation_bar="",
    fine_maximum=250_000,
    release_minimum=Term(),
    release_maximum=Term(12),
    release_cite="18 U.S.C. 3583(b)(3)",
)
# 21 U.S.C. 844(a): up to one year, $1,000 to $100,000.
POSSESSION = with_(
    PHONE,
    cite="21 U.S.C. 844(a)",
    maximum=Term(12),
    felony_class="A misdemeanor",
    felony=False,
    fine_maximum=100_000,
    fine_minimum=1_000,
    assessment=25,
)
VALVE_UNKNOWN = SafetyValve(None, None, (), ())


def case(**parts: Any) -> Case:
    """A case with these parts changed."""
    return read_case(
        {
            "dates": {"sentenced_on": "2026-03-02", "offense_ended": "2025-12-01"} | parts.pop("dates", {}),
            "charge": {"statute": "841(a)"} | parts.pop("charge", {}),
            **parts,
        }
    )


CASE = case()


def after(
    statute: Statute = B_COUNT, level: int = 25, valve: SafetyValve = NO_VALVE, facts: Case = CASE
) -> Supervision:
    """What follows prison for this count and level."""
    return supervision(facts, LAW, statute, level, valve)


# --- Supervised release
# --------------------------------------------------------------------------------------------


def test_a_statutory_minimum_of_supervised_release_must_be_ordered() -> None:
    """USSG §5D1.1(a), §5D1.2(a): (b)(1)(B), at least 4 years; the statute displaces the five-year maximum."""
    found = after()

    assert "must order at least 4 years" in found.release_words
    assert "any term up to life" in found.release_words
    assert "5 years as the longest term except where a statute provides otherwise" in found.release_words
    assert "USSG §5D1.1(a)" in found.release_cite


def test_without_a_statutory_minimum_it_is_an_individual_decision() -> None:
    """USSG §5D1.1(b): when warranted by an individualized assessment; (a)(3): not more than one year for
    Class E."""
    found = after(PHONE)

    assert "the judge’s decision in each case" in found.release_words
    assert "up to 1 year" in found.release_words
    assert "must order" not in found.release_words
    assert "USSG §5D1.1(b)" in found.release_cite


def test_the_safety_valve_lifts_the_minimum_of_supervised_release() -> None:
    """USSG §5D1.2 n.4, §5C1.2 n.6: no statutory minimum; the term is determined under subsection (a)."""
    found = after(valve=VALVE)

    assert "must order" not in found.release_words
    assert "the safety valve lifts any that a statute sets" in found.release_words
    assert "USSG §5D1.1(b)" in found.release_cite


def test_an_unknown_safety_valve_leaves_the_minimum_and_says_so() -> None:
    """An unknown reduction is left out of the main line."""
    found = after(valve=VALVE_UNKNOWN)

    assert "must order at least 4 years" in found.release_words
    assert "whether it does is not known" in found.release_words


def test_a_motion_under_3553e_reaches_supervised_release() -> None:
    """USSG §5D1.2 n.5: less than any minimum required by statute."""
    moved = case(motions={"substantial_assistance": "statute"})
    found = after(with_(B_COUNT, minimum=Term(), release_minimum=Term()), facts=moved)

    assert "no least term set by statute binds the judge" in found.release_words
    assert "safety valve" not in after(facts=moved).release_words


@pytest.mark.parametrize(
    ("felony_class", "felony", "years"),
    [
        ("A", True, "5 years"),
        ("B", True, "5 years"),
        ("C", True, "3 years"),
        ("D", True, "3 years"),
        ("E", True, "1 year"),
        ("A misdemeanor", False, "1 year"),
    ],
)
def test_the_guideline_maximum_goes_by_class(felony_class: str, felony: bool, years: str) -> None:
    """USSG §5D1.2(a)(1)–(3)."""
    found = after(with_(B_COUNT, felony_class=felony_class, felony=felony))

    assert f"The guidelines name {years} as the longest term" in found.release_words


# --- Money
# -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "statute", "low", "high"),
    [
        # (c)(4): a statute that allows more than $500,000 sets the top; the bottom is column A.
        (25, B_COUNT, 20_000, 5_000_000),
        (26, B_COUNT, 25_000, 5_000_000),
        (25, with_(B_COUNT, fine_maximum=500_001), 20_000, 500_001),
        (25, with_(B_COUNT, fine_maximum=500_000), 20_000, 200_000),
        # A statute below column B cuts it.
        (28, PHONE, 25_000, 250_000),
        (29, PHONE, 30_000, 250_000),
        (29, with_(PHONE, fine_maximum=300_000), 30_000, 300_000),
        # The least fine of section 844(a) lifts the bottom.
        (3, POSSESSION, 1_000, 9_500),
        (8, POSSESSION, 2_000, 20_000),
        (3, with_(POSSESSION, fine_minimum=2_500), 2_500, 9_500),
        (0, POSSESSION, 1_000, 9_500),
        (43, B_COUNT, 50_000, 5_000_000),
    ],
)
def test_the_fine_range_is_the_row_inside_the_statute(level: int, statute: Statute, low: int, high: int) -> None:
    """USSG §5E1.2(c)(1)–(4); 21 U.S.C. 844(a): $1,000, $2,500 or $5,000 at least."""
    found = after(statute, level)

    assert (low, high) == (found.fine_low, found.fine_high)
    assert f"${low:,} to ${high:,}" in found.fine_words


def test_each_count_has_its_own_limits_of_fine() -> None:
    """USSG §5E1.2 n.2: “as to each count”: 2 × $250,000 covers the $300,000 of level 29; 10 × $1,000 passes
    $9,500."""
    two = after(PHONE, 29, facts=case(charge={"counts": 2}))
    ten = after(POSSESSION, 3, facts=case(charge={"counts": 10}))

    assert (30_000, 300_000) == (two.fine_low, two.fine_high)
    assert (10_000, 10_000) == (ten.fine_low, ten.fine_high)


def test_with_a_firearm_count_the_fine_row_may_be_higher() -> None:
    """USSG §2K2.4(d)(1), n.7: the fine is that of the drug count as if the firearm were counted there."""
    found = after(with_(B_COUNT, consecutive=Term(60)))

    assert "the true row can be higher" in found.fine_words
    assert "§2K2.4(d)(1)" in found.fine_cite


def test_the_older_fine_table_is_not_held() -> None:
    """USSG §5E1.2(h)(1): before November 1, 2015 the 2014 table applies; on that day this one does."""
    before = case(dates={"offense_ended": "2015-10-31"})
    on = case(dates={"offense_ended": "2015-11-01"})

    assert 20_000 == after(facts=on).fine_low
    with pytest.raises(Stop) as stop:
        after(facts=before)
    assert "USSG §5E1.2(h)(1)" == stop.value.cite
    assert "dates.offense_ended" == stop.value.field


@pytest.mark.parametrize(("statute", "dollars"), [(B_COUNT, 100), (POSSESSION, 25)])
def test_the_special_assessment_is_the_statute_s(statute: Statute, dollars: int) -> None:
    """USSG §5E1.3, nn.2–3; 18 U.S.C. 3013."""
    found = after(statute)

    assert dollars == found.assessment
    assert "18 U.S.C. 3013" in found.assessment_cite


# --- Motions
# ---------------------------------------------------------------------------------------------------------

RANGE = Range(Term(70), Term(87), "D")
LIFTED = with_(B_COUNT, minimum=Term())


def moved(choice: str, statute: Statute = B_COUNT, governed: Range = RANGE, **plea: Any) -> dict[str, Motion]:
    """The four motions by name, for this choice."""
    found = motions(case(motions={"substantial_assistance": choice}, plea=plea), LAW, statute, governed)
    names = ("guideline", "statute", "later", "early")
    return dict(zip(names, found, strict=True))


@pytest.mark.parametrize(
    ("choice", "guideline", "statute"),
    [
        ("none", False, False),
        ("guideline", True, False),
        ("statute", False, True),
        ("both", True, True),
        ("unknown", False, False),
    ],
)
def test_each_motion_is_shown_made_or_possible(choice: str, guideline: bool, statute: bool) -> None:
    """USSG §5K1.1; 18 U.S.C. 3553(e): two motions, though one paper can make both."""
    found = moved(choice)

    assert (guideline, statute) == (found["guideline"].made, found["statute"].made)
    assert (choice == "unknown") == ("not known" in found["statute"].words)
    assert found["later"].made is False


def test_the_guideline_motion_alone_stops_at_the_statutory_minimum() -> None:
    """*Melendez*, 518 U.S. 120 (1996)."""
    words = moved("guideline")["guideline"].words

    assert "Alone it stops at what the statute requires: 60 months." in words
    assert "takes a motion under section 3553(e) as well" in words
    assert "Melendez" in moved("guideline")["guideline"].cite


def test_the_statutory_motion_goes_below_the_minimum() -> None:
    """18 U.S.C. 3553(e): “a sentence below a level established by statute as a minimum sentence”."""
    words = moved("both", LIFTED)["statute"].words

    assert "go below the statutory minimum, 60 months, only to reflect the help given" in words
    assert "does not stop it: the motion under section 3553(e) reaches it" in moved("both", LIFTED)["guideline"].words
    assert moved("both", LIFTED)["statute"].opens_minimum


def test_where_the_range_starts_at_the_minimum_the_guideline_motion_alone_opens_nothing() -> None:
    """*Melendez*, 518 U.S. 120 (1996)."""
    words = moved("guideline", B_COUNT, Range(Term(60), Term(60)))["guideline"].words

    assert words.startswith("Alone, a motion for help with the case against someone else cannot go below 60 months")


def test_a_motion_adds_nothing_to_a_minimum_that_the_safety_valve_lifts() -> None:
    """18 U.S.C. 3553(f): nothing binds any more."""
    found = moved("both", with_(LIFTED, lifted_by="18 U.S.C. 3553(f)"))["statute"]

    assert "The safety valve lifts the one here" in found.words
    assert not found.opens_minimum


def test_without_a_minimum_the_statutory_motion_adds_nothing() -> None:
    """18 U.S.C. 3553(e) needs a minimum set by statute."""
    found = moved("none", PHONE)

    assert "There is none here" in found["statute"].words
    assert "no minimum that could stop it" in found["guideline"].words


def test_the_minimum_of_a_firearm_count_is_named_too() -> None:
    """18 U.S.C. 924(c): its minimum stays although the drug count has none, or has its own."""
    armed = with_(PHONE, consecutive=Term(60))
    both = with_(B_COUNT, consecutive=Term(84))

    assert "60 months for the firearm count" in moved("guideline", armed)["guideline"].words
    assert "60 months for the drug count and 84 months for the firearm count" in moved("none", both)["statute"].words


def test_after_sentencing_a_motion_can_still_come() -> None:
    """Fed. R. Crim. P. 35(b)(1), (4): within one year; the sentence may go below the statutory minimum."""
    later = moved("none")["later"]

    assert "Within 1 year" in later.words
    assert "below a statutory minimum" in later.words


@pytest.mark.parametrize(("levels", "made"), [(0, False), (1, True), (4, True)])
def test_early_disposition_lowers_the_level_on_motion(levels: int, made: bool) -> None:
    """USSG §3F1.1."""
    assert made == moved("none", early_disposition_levels=levels)["early"].made


@pytest.mark.parametrize("choice", ["none", "guideline", "statute", "both", "unknown"])
def test_no_size_is_ever_predicted(choice: str) -> None:
    """USSG §5K1.1(a): the appropriate reduction is for the court to determine."""
    for motion in moved(choice).values():
        assert "%" not in motion.words
        assert "you will" not in motion.words.lower()
