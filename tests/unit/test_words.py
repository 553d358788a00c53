"""Months and years stand together and are exact; the first sentence says what is in control."""

import dataclasses

import pytest

from calculator.answer import Answer, Lock, Motion, Moves, Range, SafetyValve
from calculator.present import words
from calculator.units import LIFE, Term
from tests.unit.made_answers import STOP, lifted, made, months, spread, statute


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        # 63 / 12 = 5.25; 78 / 12 = 6.5
        (63, 78, "63 to 78 months (5¼ to 6½ years)"),
        # 46 = 3 × 12 + 10; 57 = 4 × 12 + 9: one end has no quarter, so both are said in years and months
        (46, 57, "46 to 57 months (3 years 10 months to 4¾ years)"),
        (0, 6, "0 to 6 months (up to ½ year)"),
        (1, 7, "1 to 7 months"),
        (6, 12, "6 to 12 months (½ to 1 year)"),
        (8, 14, "8 to 14 months (8 months to 1 year 2 months)"),
        (24, 30, "24 to 30 months (2 to 2½ years)"),
        (60, 60, "60 months (5 years)"),
        (12, 12, "12 months (1 year)"),
    ],
)
def test_months_and_years_stand_together(low: int, high: int, said: str) -> None:
    """Quarters of a year are fractions, anything else is years and months; nothing is rounded."""
    assert said == words.in_months_and_years(months(low, high))


def test_life_and_days_are_said_as_they_are() -> None:
    """Life has no months, and days are not turned into parts of a month."""
    assert words.in_months_and_years(Range(Term(360), LIFE)) == "360 months to life (30 years to life)"
    assert words.in_months_and_years(Range(LIFE, LIFE)) == "life"
    assert words.in_months_and_years(Range(Term(0, 15), Term(6))) == "15 days to 6 months"
    assert words.limit(Term(0, 15), "minimum") == "15-day minimum"
    assert words.limit(LIFE, "minimum") == "minimum of life"
    assert words.limit(Term(18), "maximum") == "18-month maximum"
    assert words.limit(Term(1, 1), "maximum") == "maximum of 1 month and 1 day"
    assert words.short_span(Term(360), LIFE) == "360–life"


def test_a_minimum_under_the_range_does_not_change_it() -> None:
    """The example of the design: the five-year minimum lies under 63 months."""
    assert words.sentence(made()) == (
        "63 to 78 months (5¼ to 6½ years) under the guidelines; the statute’s 5-year minimum does not change "
        "that. Zone D. Probation is not legally open."
    )


def test_a_lifted_minimum_is_said_to_be_lifted() -> None:
    """With the safety valve the minimum is gone, and the sentence says by what."""
    answer = made(range=months(24, 30), total=months(24, 30), table_range=months(24, 30), **lifted())

    assert "the statute’s 5-year minimum is lifted by the safety valve." in words.sentence(answer)


def test_a_minimum_above_the_range_takes_its_place() -> None:
    """USSG §5G1.1(b): 60 months is above 37 to 46."""
    answer = made(control="statutory minimum", table_range=months(37, 46), range=months(60, 60), total=months(60, 60))

    assert words.sentence(answer).startswith(
        "60 months (5 years): the statute’s 5-year minimum is in control, "
        "because it is above the guideline range of 37 to 46 months."
    )


def test_a_minimum_inside_the_range_raises_its_low_end() -> None:
    """USSG §5G1.1(c)(2): 57 to 71 becomes 60 to 71."""
    answer = made(control="statutory minimum", table_range=months(57, 71), range=months(60, 71), total=months(60, 71))

    assert (
        "the statute’s 5-year minimum is in control of the low end. The guidelines alone would say 57 to 71 "
        "months." in words.sentence(answer)
    )


def test_a_maximum_under_the_range_takes_its_place() -> None:
    """USSG §5G1.1(a): 48 months is below 57 to 71."""
    answer = made(control="statutory maximum", table_range=months(57, 71), range=months(48, 48), total=months(48, 48))

    assert "4-year maximum is in control, because it is below the guideline range of 57 to 71" in words.sentence(answer)


def test_a_maximum_inside_the_range_lowers_its_high_end() -> None:
    """USSG §5G1.1(c)(1): 210 to 262 becomes 210 to 240."""
    answer = made(
        control="statutory maximum",
        table_range=months(210, 262),
        range=months(210, 240),
        total=months(210, 240),
    )

    assert "20-year maximum is in control of the high end" in words.sentence(answer)


def test_both_limits_and_the_floor_are_named() -> None:
    """Two more ways in which something other than the table is in control."""
    both = made(control="both limits", table_range=months(51, 63), range=months(60, 60), total=months(60, 60))
    floor = made(
        control="safety valve floor",
        table_range=months(18, 24),
        range=months(24, 30),
        total=months(24, 30),
        **lifted(),
    )

    assert "5-year minimum and 5-year maximum are both in control" in words.sentence(both)
    assert "the floor the guidelines set for a lifted minimum is in control" in words.sentence(floor)
    assert "The table alone would say 18 to 24 months." in words.sentence(floor)


def test_no_minimum_is_said_too() -> None:
    """Where the statute sets no minimum, its maximum is named instead."""
    none = made(statute=statute(minimum=Term(), minimum_by_law=Term(), maximum=Term(240)))
    life = made(statute=statute(minimum=Term(), minimum_by_law=Term(), maximum=LIFE))

    assert "the statute sets no minimum, and its 20-year maximum does not change that" in words.sentence(none)
    assert "the statute sets no minimum, and its maximum is life" in words.sentence(life)


def test_the_gun_count_is_in_the_total() -> None:
    """18 U.S.C. 924(c): 63 + 60 = 123, 78 + 60 = 138."""
    answer = made(
        total=months(123, 138, None),
        statute=statute(consecutive=Term(60), consecutive_cite="18 U.S.C. 924(c)"),
    )

    assert words.sentence(answer).startswith(
        "123 to 138 months (10¼ to 11½ years) in all with the gun count; for the drug count alone, 63 to 78 months"
    )
    assert words.bar(answer) == "123–138 months · Zone D"


def test_unknown_facts_give_a_spread() -> None:
    """With facts not known, the ends come first and the main line says what it leaves out."""
    answer = made(unknowns=("conduct.weapon_possessed", "charge.tier"), spread=spread(months(51, 63), months(78, 97)))
    said = words.sentence(answer)

    assert said.startswith(
        "Between 51 to 63 months (4¼ to 5¼ years) and 78 to 97 months (6½ years to 8 years 1 month), "
        "because 2 facts are not known; if the 2 facts not known turn out not to apply, 63 to 78 months"
    )
    assert words.bar(answer) == "51–97 months · 2 facts not known"


def test_one_unknown_without_a_spread_is_still_said() -> None:
    """The main line never passes over what it leaves out."""
    assert words.sentence(made(unknowns=("charge.tier",))).startswith(
        "If the 1 fact not known turns out not to apply, 63 to 78 months"
    )


def test_unknown_facts_that_move_nothing_are_said_to_move_nothing() -> None:
    """Two ends alike: the range stands whatever the fact is."""
    same = made(unknowns=("charge.tier",), spread=spread(months(63, 78), months(63, 78)))

    assert words.sentence(same).startswith("1 fact is not known, but it does not move the range: 63 to 78")
    assert words.bar(same) == "63–78 months · Zone D"


def test_ends_that_were_not_all_tried_are_not_claimed() -> None:
    """Too many unknown facts: the true ends can lie beyond, and the sentence says so even for equal ends."""
    answer = made(unknowns=("charge.tier",), spread=spread(months(63, 78), months(63, 78), complete=False))

    assert " or beyond, because 1 fact is not known; if the 1 fact not known turns out" in words.sentence(answer)


def test_probation_that_depends_on_what_is_not_known_is_not_promised() -> None:
    """When some answer has probation open and another shut, the sentence says that it depends."""
    both = dataclasses.replace(spread(months(0, 6, "A"), months(63, 78)), probation="depends")

    assert "Whether probation is legally open depends on what is not known." in words.sentence(
        made(unknowns=("charge.tier",), spread=both)
    )


def test_the_zone_of_one_end_is_not_said_of_the_whole_spread() -> None:
    """Zone A at one end and D at the other: the zone belongs to the main line only."""
    apart = made(unknowns=("charge.tier",), spread=spread(months(0, 6, "A"), months(63, 78)))
    alike = made(unknowns=("charge.tier",), spread=spread(months(51, 63), months(63, 78)))

    assert "In that case it is Zone D." in words.sentence(apart)
    assert "that. Zone D." in words.sentence(alike)


def motion(answer: Answer, *, substantial_assistance: bool = True) -> Answer:
    """The answer with a motion under 18 U.S.C. 3553(e) made, which frees the judge from its minimum."""
    freed = dataclasses.replace(answer.statute, minimum=Term(), lifted_by="18 U.S.C. 3553(e)")
    made_ = Motion("Substantial assistance, statute", substantial_assistance, "", "", substantial_assistance)
    return dataclasses.replace(answer, statute=freed, motions=(made_,))


def test_a_motion_below_the_minimum_is_said_at_once() -> None:
    """18 U.S.C. 3553(e): the range starts at the minimum, and the judge may go below it; courts differ on probation."""
    at_minimum = made(
        control="statutory minimum", table_range=months(37, 46), range=months(60, 60), total=months(60, 60)
    )
    locks = (
        Lock("statute", None, "Courts differ.", "18 U.S.C. 3553(e)", "courts"),
        Lock("minimum", True, "It may go below.", "18 U.S.C. 3553(e)"),
        at_minimum.probation.locks[2],
    )
    answer = motion(at_minimum)
    answer = dataclasses.replace(answer, probation=dataclasses.replace(answer.probation, open=None, locks=locks))

    assert words.sentence(answer).endswith(
        "because it is above the guideline range of 37 to 46 months; on the Government’s motion the judge may go below "
        "that minimum. Zone D. Courts differ on whether probation is then legally open."
    )
    assert (
        "Minimum prison term",
        "60 months (5 years); the Government has asked the judge to go below it (18 U.S.C. 3553(e))",
    ) in words.statute_rows(answer)
    assert not any(name == "Lifted by" for name, _ in words.statute_rows(answer))


def test_a_motion_that_is_not_known_is_not_called_without_effect_alone() -> None:
    """It leaves the range as it is, and it is what the minimum turns on."""
    same = made(
        unknowns=("motions.substantial_assistance",),
        spread=dataclasses.replace(spread(months(63, 78), months(63, 78)), probation="depends"),
    )

    assert "with a motion of the Government under section 3553(e) the judge could go below that minimum" in (
        words.sentence(same)
    )


def test_several_counts_are_not_called_one_statute_s_maximum() -> None:
    """USSG §5G1.2(d): two maximums of 20 years, 40 together."""
    two = statute(minimum=Term(), minimum_by_law=Term(), maximum=Term(240))
    beyond = made(range=months(292, 365), total=months(292, 365), statute=two, maximum_together=Term(480))
    capped = made(
        control="statutory maximum",
        table_range=Range(Term(360), LIFE),
        range=months(360, 480),
        total=months(360, 480),
        statute=two,
        maximum_together=Term(480),
    )

    assert (
        "the statute sets no minimum. That is more than the 20 years that one count allows, but the terms of several "
        "counts can run one after another, up to 40 years."
    ) in words.sentence(beyond)
    assert "the statute’s maximum for all the counts together, 40 years, is in control of the high end" in (
        words.sentence(capped)
    )


def test_no_minimum_is_said_with_a_doubt_where_there_is_one() -> None:
    """A gun count has a minimum of its own, and a graver paragraph would have one."""
    none = statute(minimum=Term(), minimum_by_law=Term(), maximum=Term(240))
    graver = dataclasses.replace(none.alternatives[0], minimum=Term(60))

    assert "the drug statute sets no minimum" in words.sentence(
        made(statute=dataclasses.replace(none, consecutive=Term(60)), total=months(123, 138))
    )
    assert "as far as is known, the statute sets no minimum" in words.sentence(
        made(statute=dataclasses.replace(none, alternatives=(graver,)))
    )


def test_an_answer_that_leads_outside_is_said() -> None:
    """Two ends alike, because the other answer stops the calculation."""
    one = dataclasses.replace(spread(months(63, 78), months(63, 78), complete=False), outside=True)

    assert words.sentence(made(unknowns=("charge.second_under_section",), spread=one)).startswith(
        "1 fact is not known, and one answer leads outside this calculator; if the 1 fact not known turns out"
    )


def test_an_open_question_of_law_is_no_missing_fact() -> None:
    """Both readings are shown, and nothing is asked of the reader."""
    answer = made(open_law=("law.added_points",), spread=spread(months(46, 57), months(63, 78)))

    assert "because one question of law is not settled; if that is answered against the person, 63 to 78 months" in (
        words.sentence(answer)
    )
    assert words.bar(answer) == "46–78 months · law not settled"


@pytest.mark.parametrize(
    ("criteria", "relief", "question", "minimum", "said"),
    [
        (True, True, "", 60, "All tests are met"),
        (True, False, "", 60, "its minimum stays"),
        (True, False, "", 0, "no minimum to lift"),
        (None, None, "law.added_points", 60, "have not settled"),
        (True, None, "law.object", 60, "have not settled"),
        (None, None, "", 60, "not known yet"),
    ],
)
def test_the_safety_valve_has_a_result(
    criteria: bool | None, relief: bool | None, question: str, minimum: int, said: str
) -> None:
    """Tests that are all met help only on a count that the statute names."""
    answer = made(
        statute=statute(minimum=Term(), minimum_by_law=Term(minimum)),
        safety_valve=SafetyValve(criteria, relief, (), (), question),
    )

    assert said in words.valve_result(answer)


def test_a_fact_that_moves_nothing_says_what_it_decides() -> None:
    """Nought months are not an amount."""
    assert words.moves(Moves("charge.tier", 15)) == "up to 15 months"
    assert words.moves(Moves("charge.tier", None)) == "can move it to or from life"
    assert words.moves(Moves("charge.tier", 0, ("minimum", "probation"))) == (
        "does not move it, but decides the statutory minimum and the question of probation"
    )
    assert words.moves(Moves("charge.tier", 0)) == "does not move it"


def test_an_estimate_says_so_first() -> None:
    """A newer Manual applies: the first words of the answer say it."""
    answer = made(estimate=True, notice="2025 Manual estimate. A newer Manual took effect.")

    assert words.sentence(answer).startswith("2025 Manual estimate: 63 to 78 months")


def test_a_stop_gives_a_reason_and_no_number() -> None:
    """Outside what is modelled there is never a number of months."""
    said = words.sentence(STOP)

    assert said == ("This case is outside what the calculator can answer. The Armed Career Criminal Act takes over.")
    assert words.bar(STOP) == "No number for this case"
    assert "month" not in said


def test_a_zone_in_doubt_is_not_named() -> None:
    """A statutory minimum can take a range out of the table; then no zone is claimed."""
    answer = made(zone=None, range=months(60, 60, None), total=months(60, 60, None), control="statutory minimum")

    assert "Which zone then counts is not settled." in words.sentence(answer)
    assert words.bar(answer) == "60 months"


def test_levels_read_like_a_receipt() -> None:
    """A starting level is no change; a cut has a real minus sign."""
    assert [words.levels(28, 28), words.levels(2, 30), words.levels(-3, 27), words.levels(0, 27)] == [
        "",
        "+2",
        "−3",
        "+0",
    ]


def test_errors_become_whole_sentences() -> None:
    """An error that begins in the middle of a sentence gets its subject and its full stop."""
    assert words.this_answer("is missing: it has to be given") == "This answer is missing: it has to be given."
    assert words.this_answer("“120” has no unit: add one") == "“120” has no unit: add one."
