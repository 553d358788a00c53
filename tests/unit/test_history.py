"""Criminal history points and category: USSG §§4A1.1 and 4A1.2 (Nov. 1, 2025)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.answer import HistoryScore
from calculator.kinds import BadCase
from calculator.law.history import HistoryTables
from calculator.law.schema import Tables
from calculator.reading import read_case
from calculator.rules.history import score
from calculator.scenario import with_fact
from calculator.trace import Finding, Step


class Law:
    """The law of 2025 as far as criminal history reads it."""

    history = HistoryTables.read(Tables("guidelines", date(2025, 11, 1)))


BEGAN = "2025-03-01"
DATES = {"sentenced_on": "2026-01-15", "offense_ended": "2025-06-01", "offense_began": BEGAN}


def scored(*priors: dict[str, Any], dates: dict[str, Any] | None = None, **history: Any) -> HistoryScore:
    """The score of a case with these priors, each in 2020 unless it says otherwise."""
    rows = [{"sentenced_on": "2020-05-01", **prior} for prior in priors]
    data = {
        "dates": {**DATES, **(dates or {})},
        "charge": {"statute": "841(a)"},
        "history": {**({"priors": rows} if rows else {}), **history},
    }
    return score(read_case(data), Law)  # type: ignore[arg-type]


def prison(imposed: str, **more: Any) -> dict[str, Any]:
    """A prison sentence of this length."""
    return {"kind": "prison", "imposed": imposed, **more}


def days_apart(*priors: dict[str, Any]) -> list[dict[str, Any]]:
    """The same sentences on different days, so that each counts separately."""
    return [{"sentenced_on": f"2020-05-{number:02}", **prior} for number, prior in enumerate(priors, 1)]


def found(result: HistoryScore, finding: Finding) -> list[Step]:
    """The steps with this finding."""
    return [step for step in result.steps if step.finding is finding]


def fields(result: HistoryScore, finding: Finding) -> list[str | None]:
    """The facts that the steps with this finding turned on."""
    return [step.field for step in found(result, finding)]


# --- Points for one sentence -----------------------------------------------------------------------------


def test_no_prior_sentence_is_no_points_and_category_one() -> None:
    """§4A1.1; Sentencing Table: 0 points is Category I."""
    result = scored()

    assert (result.points, result.category, result.certain) == (0, "I", True)
    assert (result.three_point_priors, result.two_point_priors, result.one_point_points) == (0, 0, 0)
    assert (result.two_point_violent, result.two_predicates) == (False, False)


@pytest.mark.parametrize(
    ("imposed", "points", "subsection"),
    [
        ("13 months and 1 day", 3, "(a)"),  # exceeds one year and one month
        ("13 months", 2, "(b)"),  # does not exceed it
        ("1 year and 1 day", 2, "(b)"),
        ("60 days", 2, "(b)"),
        ("59 days", 1, "(c)"),
        ("1 day", 1, "(c)"),
        ("life", 3, "(a)"),
    ],
)
def test_a_prison_sentence_scores_by_its_length(imposed: str, points: int, subsection: str) -> None:
    """§4A1.1(a)–(c): more than one year and one month 3, at least sixty days 2, else 1."""
    result = scored(prison(imposed))

    assert (result.points, result.priors[0].subsection) == (points, subsection)
    assert result.certain


@pytest.mark.parametrize(
    ("prior", "points"),
    [
        ({"kind": "probation", "probation_term": "36 months"}, 1),
        ({"kind": "fine_or_other"}, 1),
        ({"kind": "suspended", "imposed": "60 months"}, 1),  # §4A1.2(a)(3)
        ({"kind": "awaiting_sentence"}, 1),  # §4A1.2(a)(4)
        ({"kind": "diversion_guilt_admitted"}, 1),  # §4A1.2(f)
        ({"kind": "diversion_no_guilt"}, 0),  # §4A1.2(f)
        # n.4: a fine or ninety days in the alternative is no sentence of imprisonment
        ({"kind": "fine_or_other", "imposed": "90 days"}, 1),
        # n.2: probation with prison as its condition counts that prison
        ({"kind": "probation", "imposed": "60 days"}, 2),
        ({"kind": "probation", "imposed": "59 days"}, 1),
    ],
)
def test_other_sentences_score_by_their_kind(prior: dict[str, Any], points: int) -> None:
    """§4A1.1(c); §4A1.2(a)(3), (a)(4), (f), n.2, n.4."""
    assert scored(prior).points == points


@pytest.mark.parametrize(
    ("suspended", "points"),
    [
        ("22 months", 3),  # 36 − 22 = 14 months left
        ("23 months", 2),  # 36 − 23 = 13 months left
        ("34 months", 2),  # 2 months left, which is 60 days and more
        ("35 months", 1),  # 1 month left
        ("36 months", 1),  # nothing left: wholly suspended, §4A1.2(a)(3)
    ],
)
def test_only_the_part_not_suspended_counts(suspended: str, points: int) -> None:
    """§4A1.2(b)(2)."""
    assert scored(prison("36 months", suspended=suspended)).points == points


def test_a_suspended_part_in_days_is_told_without_odd_numbers() -> None:
    """§4A1.2(b)(2): 14 months less 15 days is more than 13 months."""
    result = scored(prison("14 months", suspended="15 days"))

    assert result.points == 3
    assert "14 months less 15 days" in result.priors[0].words


def test_life_suspended_as_a_whole_counts_like_a_short_sentence() -> None:
    """§4A1.2(a)(3), (b)(2); a part suspended leaves life."""
    assert scored(prison("life", suspended="life")).points == 1
    assert scored(prison("life", suspended="120 months")).points == 3


def test_a_sentence_cannot_be_suspended_wholly_and_in_part() -> None:
    """The two answers contradict each other, and the field is named."""
    with pytest.raises(BadCase) as error:
        scored({"kind": "suspended", "imposed": "12 months", "suspended": "6 months"})

    assert error.value.errors[0].field == "history.priors[0].suspended"


@pytest.mark.parametrize(
    ("prior", "points"),
    [
        (prison("10 months", revocation="3 months"), 2),  # 10 + 3 = 13, not more than 13
        (prison("10 months", revocation="4 months"), 3),  # 10 + 4 = 14
        ({"kind": "probation", "revocation": "60 days"}, 2),  # 0 + 60 days
        ({"kind": "probation", "revocation": "59 days"}, 1),
        ({"kind": "suspended", "imposed": "60 months", "revocation": "60 months"}, 3),
        (prison("60 months", revocation="24 months"), 3),  # never more than three points, n.11
        (prison("36 months", suspended="30 months", revocation="30 months"), 3),  # 6 + 30
    ],
)
def test_prison_on_revocation_is_added_to_the_original_term(prior: dict[str, Any], points: int) -> None:
    """§4A1.2(k)(1), n.11."""
    assert scored(prior).points == points


def test_a_revoked_diversion_counts_its_prison_and_is_flagged() -> None:
    """§4A1.2(f), (k)(1): what the court imposed when the diversion ended is the sentence."""
    result = scored({"kind": "diversion_guilt_admitted", "revocation": "24 months"})

    assert result.points == 3
    assert "history.priors[0].revocation" in fields(result, Finding.FLAGGED)


# --- What is not counted ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "cite"),
    [
        ({"set_aside": "expunged"}, "USSG §4A1.2(j)"),
        ({"set_aside": "reversed_or_invalid"}, "USSG §4A1.2, comment. (n.6)"),
        ({"court": "foreign"}, "USSG §4A1.2(h)"),
        ({"court": "tribal"}, "USSG §4A1.2(i)"),
        ({"court": "summary_court_martial"}, "USSG §4A1.2(g)"),
        ({"part_of_instant": True}, "USSG §4A1.2(a)(1)"),
    ],
)
def test_a_sentence_that_is_never_counted(fact: dict[str, Any], cite: str) -> None:
    """§4A1.2(a)(1), (g)–(j), n.6: five years of prison score nothing."""
    result = scored(prison("60 months", **fact))

    assert (result.points, result.priors[0].points, result.priors[0].cite) == (0, 0, cite)
    assert result.certain


def test_a_general_court_martial_counts() -> None:
    """§4A1.2(g)."""
    assert scored(prison("60 months", court="general_or_special_court_martial")).points == 3


def test_a_pardoned_conviction_counts_and_is_flagged() -> None:
    """§4A1.2, n.10: unless for innocence or an error of law."""
    result = scored(prison("60 months", set_aside="pardoned_or_restored"))

    assert result.points == 3
    assert "history.priors[0].set_aside" in fields(result, Finding.FLAGGED)


def test_a_diversion_from_juvenile_court_is_not_counted() -> None:
    """§4A1.2(f)."""
    prior = {"kind": "diversion_guilt_admitted", "court": "juvenile", "sentenced_on": "2024-01-01"}

    assert scored(prior).points == 0


def test_part_of_this_offense_unknown_leaves_the_sentence_counted() -> None:
    """§4A1.2(a)(1), n.1: a reduction that is not known is left out, and said to be unknown."""
    result = scored(prison("24 months", part_of_instant="unknown"))

    assert (result.points, result.certain, result.three_point_priors) == (3, False, None)
    assert fields(result, Finding.UNKNOWN) == ["history.priors[0].part_of_instant"]


def test_a_sentence_between_this_offense_and_this_sentencing_counts() -> None:
    """§4A1.2, n.1: other conduct, so a prior sentence; it is flagged for a check of relevant conduct."""
    result = scored(prison("24 months", sentenced_on="2025-11-01"))

    assert result.points == 3
    assert "USSG §4A1.2, comment. (n.1)" in [step.cite for step in found(result, Finding.FLAGGED)]


# --- Listed offenses, §4A1.2(c) --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "points"),
    [
        (prison("30 days"), 1),
        (prison("29 days"), 0),
        (prison("60 days"), 2),
        ({"kind": "probation", "probation_term": "12 months"}, 0),  # not more than one year
        ({"kind": "probation", "probation_term": "12 months and 1 day"}, 1),
        ({"kind": "fine_or_other"}, 0),
        ({"kind": "fine_or_other", "similar_to_instant": True}, 1),
        ({"kind": "fine_or_other", "felony": True}, 1),  # felonies always count
        ({"kind": "awaiting_sentence"}, 0),  # §4A1.2(a)(4): only where countable whatever the sentence
        ({"kind": "awaiting_sentence", "probation_term": "24 months"}, 0),
        ({"kind": "awaiting_sentence", "similar_to_instant": True}, 1),
    ],
)
def test_a_listed_offense_counts_only_if_long_or_similar(fact: dict[str, Any], points: int) -> None:
    """§4A1.2(c)(1)(A), (B)."""
    result = scored({"offense": "driving_without_license", "felony": False, **fact})

    assert (result.points, result.certain) == (points, True)


@pytest.mark.parametrize("fact", [prison("90 days"), {"kind": "probation", "probation_term": "36 months"}])
def test_an_offense_of_the_second_list_never_counts(fact: dict[str, Any]) -> None:
    """§4A1.2(c)(2), whatever the sentence for the misdemeanor."""
    result = scored({"offense": "public_intoxication", "felony": False, **fact})

    assert (result.points, result.priors[0].cite) == (0, "USSG §4A1.2(c)(2)")


def test_a_felony_counts_though_it_is_listed() -> None:
    """§4A1.2(c): sentences for all felony offenses are counted."""
    assert scored(prison("90 days", offense="vagrancy", felony=True)).points == 2


def test_driving_under_the_influence_always_counts() -> None:
    """§4A1.2, n.5: however the offense is classified."""
    assert scored({"kind": "fine_or_other", "offense": "dui", "felony": False}).points == 1


def test_whether_a_listed_offense_was_a_felony_matters_only_there() -> None:
    """§4A1.2(c), (o): unknown on the list leaves it out as unknown; elsewhere nothing turns on it."""
    listed = scored({"kind": "fine_or_other", "offense": "trespassing"})
    ordinary = scored({"kind": "fine_or_other"})

    assert (listed.points, listed.certain) == (0, False)
    assert fields(listed, Finding.UNKNOWN) == ["history.priors[0].felony"]
    assert (ordinary.points, ordinary.certain) == (1, True)


def test_a_sentence_over_one_year_proves_a_felony() -> None:
    """§4A1.2(o): punishable by more than one year; 12 months prove nothing, a day more does."""
    longer = scored(prison("12 months and 1 day", offense="loitering", felony=False))

    assert longer.points == 2
    assert "history.priors[0].felony" in fields(longer, Finding.FLAGGED)
    assert scored(prison("12 months", offense="loitering", felony=False)).points == 0


def test_similar_to_this_offense_unknown_leaves_a_listed_offense_out() -> None:
    """§4A1.2(c)(1)(B)."""
    result = scored({"kind": "fine_or_other", "offense": "gambling", "felony": False, "similar_to_instant": "unknown"})

    assert (result.points, result.certain, result.one_point_points) == (0, False, None)
    assert fields(result, Finding.UNKNOWN) == ["history.priors[0].similar_to_instant"]


def test_probation_of_a_length_not_given_leaves_a_listed_offense_out() -> None:
    """§4A1.2(c)(1)(A)."""
    result = scored({"kind": "probation", "offense": "gambling", "felony": False})

    assert (result.points, result.certain) == (0, False)
    assert fields(result, Finding.UNKNOWN) == ["history.priors[0].probation_term"]


def test_thirty_days_mostly_suspended_are_flagged_for_a_listed_offense() -> None:
    """§4A1.2(c)(1)(A) with (b)(2): 40 days less 20 suspended is 20; a court may read it otherwise."""
    result = scored(prison("40 days", suspended="20 days", offense="gambling", felony=False))

    assert result.points == 0
    assert fields(result, Finding.FLAGGED) == ["history.priors[0].suspended"]


def test_thirty_days_reached_only_by_revocation_are_flagged() -> None:
    """§4A1.2(c)(1)(A) with (k)(1): 0 + 30 days."""
    prior = {"kind": "probation", "probation_term": "6 months", "revocation": "30 days"}
    result = scored({**prior, "offense": "gambling", "felony": False})
    plain = scored({**prior, "offense": "gambling", "felony": False, "similar_to_instant": True})
    own = scored(prison("30 days", revocation="5 days", offense="gambling", felony=False))

    assert (result.points, plain.points, own.points) == (1, 1, 1)
    assert fields(result, Finding.FLAGGED) == ["history.priors[0].revocation"]
    assert fields(plain, Finding.FLAGGED) == fields(own, Finding.FLAGGED) == []


@pytest.mark.parametrize("offense", ["local_ordinance", "insufficient_funds_check"])
def test_offenses_with_an_exception_of_their_own_are_flagged(offense: str) -> None:
    """§4A1.2, n.12(B), (C): a state crime behind the ordinance, a false name on the check."""
    result = scored({"kind": "fine_or_other", "offense": offense, "felony": False})

    assert result.points == 0
    assert fields(result, Finding.FLAGGED) == ["history.priors[0].offense"]


# --- Time periods, §4A1.2(d), (e), (k)(2) ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("imposed", "on", "points"),
    [
        ("24 months", "2010-03-02", 3),
        ("24 months", "2010-03-01", 3),  # exactly fifteen years: within, and flagged
        ("24 months", "2010-02-28", 0),
        ("6 months", "2015-03-02", 2),
        ("6 months", "2015-03-01", 2),  # exactly ten years: within, and flagged
        ("6 months", "2015-02-28", 0),
        ("30 days", "2015-03-01", 1),
        ("30 days", "2015-02-28", 0),
    ],
)
def test_the_windows_run_back_from_the_day_the_offense_began(imposed: str, on: str, points: int) -> None:
    """§4A1.2(e)(1), (2), n.8: fifteen years for more than 13 months, ten for the rest, from 2025-03-01."""
    result = scored(prison(imposed, sentenced_on=on, released_on=on))

    assert (result.points, result.certain) == (points, True)
    assert bool(found(result, Finding.FLAGGED)) is (on[5:] == "03-01")


def test_custody_that_reaches_the_fifteen_years_counts_an_older_sentence() -> None:
    """§4A1.2(e)(1): whenever imposed, if the person was incarcerated during any part of the period."""
    old = prison("240 months", sentenced_on="1995-01-01")

    assert scored({**old, "released_on": "2010-03-02"}).points == 3
    assert scored({**old, "released_on": "2010-02-28"}).points == 0


def test_release_exactly_on_the_first_day_is_flagged() -> None:
    """§4A1.2(e)(1): the first day of the period is read as part of it."""
    result = scored(prison("240 months", sentenced_on="1995-01-01", released_on="2010-03-01"))

    assert result.points == 3
    assert len(found(result, Finding.FLAGGED)) == 1


def test_release_after_the_first_day_settles_a_sentence_imposed_on_it() -> None:
    """§4A1.2(e)(1): either test is enough."""
    result = scored(prison("24 months", sentenced_on="2010-03-01", released_on="2011-03-01"))

    assert (result.points, found(result, Finding.FLAGGED)) == (3, [])


def test_an_unknown_release_matters_only_if_custody_could_have_lasted() -> None:
    """§4A1.2(e)(1): 20 years from 1995 end in 2015, inside the period; 10 years end in 2005, before it."""
    could = scored(prison("240 months", sentenced_on="1995-01-01"))
    could_not = scored(prison("120 months", sentenced_on="1995-01-01"))
    revoked = scored(prison("120 months", sentenced_on="1995-01-01", revocation="6 months"))
    life = scored(prison("life", sentenced_on="1995-01-01"))

    assert (could.points, could.certain, could.three_point_priors) == (0, False, None)
    assert fields(could, Finding.UNKNOWN) == ["history.priors[0].released_on"]
    assert (could_not.points, could_not.certain) == (0, True)
    assert (revoked.certain, life.certain) == (False, False)


def test_a_revocation_can_move_a_sentence_to_the_longer_window() -> None:
    """§4A1.2(k)(2)(A): 10 + 6 months is more than 13, so the last release counts, inside fifteen years."""
    prior = prison("10 months", sentenced_on="2009-01-01", released_on="2011-01-01")

    assert scored(prior).points == 0
    assert scored({**prior, "revocation": "6 months"}).points == 3


def test_without_the_first_day_of_the_offense_an_old_sentence_is_unknown() -> None:
    """§4A1.2, n.8: 2015-05-01 is over ten years before the end, 2025-06-01, maybe not the start."""
    old = prison("6 months", sentenced_on="2015-05-01")
    result = scored(old, dates={"offense_began": None})

    assert (result.points, result.certain, result.two_point_priors) == (0, False, None)
    assert fields(result, Finding.UNKNOWN) == ["dates.offense_began"]
    assert scored(old).points == 2


def test_without_the_first_day_a_recent_sentence_is_certain() -> None:
    """§4A1.2, n.8: an earlier beginning can only bring sentences in, never take one out."""
    result = scored(prison("6 months"), dates={"offense_began": None})

    assert (result.points, result.certain, found(result, Finding.UNKNOWN)) == (2, True, [])


def test_a_leap_day_has_a_window() -> None:
    """Ten years before 2024-02-29: 2014-02-28 is the edge, the day before it is out."""
    dates = {"offense_began": "2024-02-29"}

    assert scored(prison("6 months", sentenced_on="2014-02-28"), dates=dates).points == 2
    assert scored(prison("6 months", sentenced_on="2014-02-27"), dates=dates).points == 0
    assert scored(prison("6 months", sentenced_on="2012-02-29"), dates={"offense_began": "2022-02-28"}).points == 2


def test_a_pending_sentence_is_always_in_time() -> None:
    """§4A1.2(a)(4): the sentence is still to come."""
    assert scored({"kind": "awaiting_sentence", "sentenced_on": "2005-01-01"}).points == 1


# --- Before eighteen, §4A1.2(d) --------------------------------------------------------------------------

YOUNG = {"before_18": True}


@pytest.mark.parametrize(
    ("prior", "points"),
    [
        (prison("24 months", **YOUNG), 3),  # (d)(1): adult conviction, over 13 months
        (prison("24 months", **YOUNG, sentenced_on="2010-03-02"), 3),  # (e)(1): fifteen years
        (prison("24 months", court="juvenile", released_on="2021-01-01"), 2),  # (d)(2)(A), not (d)(1)
        (prison("13 months", **YOUNG, sentenced_on="2018-01-01", released_on="2020-03-02"), 2),
        (
            prison("13 months", **YOUNG, sentenced_on="2018-01-01", released_on="2020-03-01"),
            2,
        ),  # exactly five
        (prison("13 months", **YOUNG, sentenced_on="2018-01-01", released_on="2020-02-29"), 0),
        (prison("60 days", **YOUNG, sentenced_on="2020-03-02"), 2),  # released later still
        (prison("59 days", **YOUNG, sentenced_on="2020-03-02"), 1),  # (d)(2)(B)
        (prison("59 days", **YOUNG, sentenced_on="2020-02-29", released_on="2020-04-20"), 0),
        ({"kind": "probation", **YOUNG, "sentenced_on": "2020-03-01"}, 1),  # exactly five years
        ({"kind": "probation", **YOUNG, "sentenced_on": "2020-02-29"}, 0),
        ({"kind": "probation", "court": "juvenile", "sentenced_on": "2021-01-01"}, 1),
    ],
)
def test_offenses_before_eighteen_have_windows_of_their_own(prior: dict[str, Any], points: int) -> None:
    """§4A1.2(d)(1), (2)(A), (2)(B): five years from release or sentence; adult terms over 13 months apart."""
    assert scored(prior).points == points


def test_an_unknown_release_from_juvenile_custody_is_unknown() -> None:
    """§4A1.2(d)(2)(A): 24 months from 2019 reach into 2021, inside the five years."""
    result = scored(prison("24 months", court="juvenile", sentenced_on="2019-01-01"))

    assert (result.points, result.certain) == (0, False)
    assert fields(result, Finding.UNKNOWN) == ["history.priors[0].released_on"]


def test_an_age_that_is_not_known_is_treated_as_an_adults() -> None:
    """§4A1.2(d): probation six years back scores for an adult only; one year back it scores either way."""
    six = scored({"kind": "probation", "sentenced_on": "2019-01-01", "before_18": "unknown"})
    one = scored({"kind": "probation", "sentenced_on": "2024-01-01", "before_18": "unknown"})

    assert (six.points, six.certain) == (1, False)
    assert fields(six, Finding.UNKNOWN) == ["history.priors[0].before_18"]
    assert (one.points, one.certain) == (1, True)


# --- Single sentences, §4A1.2(a)(2) ----------------------------------------------------------------------

APART: dict[str, Any] = {"intervening_arrest": True}
TOGETHER: dict[str, Any] = {"intervening_arrest": False}


def test_concurrent_sentences_of_one_day_count_as_the_longest() -> None:
    """§4A1.2(a)(2)(B): 24 and 12 months on one day are one sentence of 24 months, 3 points."""
    result = scored(prison("12 months", **TOGETHER), prison("24 months", **TOGETHER))

    assert (result.points, [prior.points for prior in result.priors]) == (3, [0, 3])
    assert (result.three_point_priors, result.two_point_priors, result.certain) == (1, 0, True)


def test_consecutive_sentences_of_one_day_are_added_together() -> None:
    """§4A1.2(a)(2): 8 + 8 = 16 months, more than 13, so 3 points and not 2."""
    one, other = prison("8 months", **TOGETHER), prison("8 months", **TOGETHER, consecutive=True)

    assert scored(one, other).points == 3
    assert scored(one, {**other, "consecutive": False}).points == 2
    assert scored({**one, "consecutive": True}, other).points == 3


def test_an_intervening_arrest_parts_sentences_of_one_day() -> None:
    """§4A1.2(a)(2): always counted separately, 3 + 2."""
    assert scored(prison("24 months"), prison("12 months", **APART)).points == 5


def test_one_charging_instrument_joins_sentences_of_different_days() -> None:
    """§4A1.2(a)(2)(A)."""
    one = prison("24 months", charged_with="2019 indictment", sentenced_on="2019-05-01")
    other = prison("12 months", charged_with="2019 indictment", **TOGETHER)

    assert scored(one, other).points == 3
    assert scored(one, {**other, "charged_with": "another"}).points == 5
    assert scored(one, {**other, **APART}).points == 5


def test_different_days_and_charges_count_separately() -> None:
    """§4A1.2(a)(2): 3 + 2 + 1."""
    assert scored(*days_apart(prison("24 months"), prison("12 months"), {"kind": "probation"})).points == 6


def test_an_unknown_arrest_counts_them_as_one_and_says_so() -> None:
    """§4A1.2(a)(2): 3 points as one, 5 apart; the larger is left out."""
    result = scored(prison("24 months"), prison("12 months"))

    assert (result.points, result.certain) == (3, False)
    assert (result.three_point_priors, result.two_point_priors) == (1, None)
    assert fields(result, Finding.UNKNOWN) == ["history.priors[1].intervening_arrest"]


def test_an_unknown_arrest_can_undo_a_sum() -> None:
    """§4A1.2(a)(2): 8 + 8 consecutive months are one sentence of 3 points, or two of 2 points."""
    result = scored(prison("8 months"), prison("8 months", consecutive=True))

    assert (result.points, result.three_point_priors, result.two_point_priors) == (3, None, None)


def test_an_unknown_order_of_service_counts_the_longest_and_says_so() -> None:
    """§4A1.2(a)(2): 8 and 8 months are 2 points concurrent, 3 consecutive."""
    result = scored(prison("8 months", **TOGETHER), prison("8 months", **TOGETHER, consecutive="unknown"))
    same = scored(prison("24 months", **TOGETHER), prison("8 months", **TOGETHER, consecutive="unknown"))

    assert (result.points, result.certain) == (2, False)
    assert fields(result, Finding.UNKNOWN) == ["history.priors[1].consecutive"]
    assert (same.points, same.certain) == (3, True)


def test_a_sentence_that_never_counts_joins_no_other() -> None:
    """§4A1.2(a)(2), (j): only countable sentences are joined; the expunged 24 months give nothing."""
    result = scored(prison("24 months", set_aside="expunged"), prison("6 months", **TOGETHER, consecutive=True))

    assert (result.points, result.certain) == (2, True)


def test_the_sum_has_the_window_of_its_length() -> None:
    """§4A1.2(a)(2), (e)(1): 8 + 8 months twelve years ago count as 16 months, each alone not at all."""
    one = prison("8 months", sentenced_on="2013-05-01", released_on="2014-08-01", **TOGETHER)

    assert scored(one, {**one, "consecutive": True}).points == 3
    assert scored(one, one).points == 0


def test_a_sum_that_turns_on_the_day_of_release_is_unknown() -> None:
    """§4A1.2(e)(1): 10 + 10 months from 2009-05-01 could last into 2010-03, inside the fifteen years."""
    one = prison("10 months", sentenced_on="2009-05-01", **TOGETHER)
    result = scored(one, {**one, "consecutive": True})

    assert (result.points, result.certain, result.three_point_priors) == (0, False, None)
    assert fields(result, Finding.UNKNOWN) == ["history.priors[0].released_on"]


def test_a_sum_too_old_without_the_first_day_of_the_offense_is_unknown() -> None:
    """§4A1.2, n.8: the sum of 16 months from 2010-04-15 is over fifteen years before the end."""
    one = prison("8 months", sentenced_on="2010-04-15", released_on="2010-05-15", **TOGETHER)
    result = scored(one, {**one, "consecutive": True}, dates={"offense_began": None})

    assert (result.points, result.certain) == (0, False)
    assert "dates.offense_began" in fields(result, Finding.UNKNOWN)


def test_sums_of_different_days_use_the_latest_and_are_flagged() -> None:
    """§4A1.2(a)(2)(A), (e): the text does not say which date; 8 + 8 months."""
    one = prison("8 months", sentenced_on="2019-05-01", charged_with="A")
    result = scored(one, prison("8 months", charged_with="A", **TOGETHER, consecutive=True))

    assert result.points == 3
    assert any("different dates" in step.words for step in found(result, Finding.FLAGGED))


def test_sentences_linked_in_a_chain_are_flagged() -> None:
    """§4A1.2(a)(2)(A), (B): the first and the last share neither the day nor the charge."""
    first = prison("24 months", sentenced_on="2019-05-01", charged_with="A")
    middle = prison("24 months", charged_with="A", **TOGETHER)
    last = prison("24 months", **TOGETHER)
    result = scored(first, middle, last)

    assert result.points == 3
    assert any("chain" in step.words for step in found(result, Finding.FLAGGED))


def test_sentences_still_to_come_have_no_day_in_common() -> None:
    """§4A1.2(a)(4): two convictions awaiting sentence count separately unless charged together."""
    one = {"kind": "awaiting_sentence"}

    assert scored(one, one).points == 2
    assert scored({**one, "charged_with": "A"}, {**one, "charged_with": "A", **TOGETHER}).points == 1


def test_sentences_from_before_eighteen_are_added_among_themselves() -> None:
    """§4A1.2(d)(2)(A): 30 + 30 days of juvenile custody are 60 days, 2 points; an adult fine joins."""
    one = {**prison("30 days"), "court": "juvenile", "sentenced_on": "2024-01-01", **TOGETHER}
    fine = {"kind": "fine_or_other", "sentenced_on": "2024-01-01", **TOGETHER}

    assert scored(one, {**one, "consecutive": True}, fine).points == 2


# --- Crimes of violence left without points, §4A1.1(d) ---------------------------------------------------

ROBBERY: dict[str, Any] = {"violent": True, "felony": True, **TOGETHER}


@pytest.mark.parametrize("consecutive", [True, False])
def test_example_of_two_robberies_of_five_and_four_years(consecutive: bool) -> None:
    """§4A1.1, n.4 (4A1.1-n4a): 3 points under (a) and 1 under (d), consecutive or concurrent: 4."""
    result = scored(prison("60 months", **ROBBERY), prison("48 months", **ROBBERY, consecutive=consecutive))

    assert (result.points, [prior.subsection for prior in result.priors]) == (4, ["(a)", "(d)"])


def test_example_of_two_robberies_of_twelve_and_nine_months() -> None:
    """§4A1.1, n.4 (4A1.1-n4b): 12 + 9 = 21 months, 3 points, none under (d); without the second only 2."""
    first = prison("12 months", **ROBBERY)
    result = scored(first, prison("9 months", **ROBBERY, consecutive=True))

    assert (result.points, result.subtotal) == (3, 3)
    assert scored(first).points == 2


def test_at_most_three_points_are_added_for_violence() -> None:
    """§4A1.1(d): five robberies of one day are 3 + 3, not 3 + 4."""
    assert scored(*[prison("60 months", **ROBBERY)] * 4).points == 6
    assert scored(*[prison("60 months", **ROBBERY)] * 5).points == 6


def test_a_single_crime_of_violence_beside_a_longer_theft_is_flagged() -> None:
    """§4A1.1(d) and n.4: the text gives 3 + 1; the note speaks of two or more crimes of violence."""
    result = scored(prison("24 months", **TOGETHER), prison("12 months", **ROBBERY))

    assert result.points == 4
    assert any(step.rule == "4A1.1(d)" for step in found(result, Finding.FLAGGED))


def test_violence_that_would_not_score_alone_adds_nothing() -> None:
    """§4A1.1(d): a robbery of 12 months thirteen years ago is too old by itself, not for being joined."""
    old = {"sentenced_on": "2012-03-01"}
    result = scored(prison("24 months", **TOGETHER, **old), prison("12 months", **ROBBERY, **old))

    assert result.points == 3


def test_violence_not_known_leaves_the_point_out() -> None:
    """§4A1.1(d)."""
    unknown = {**ROBBERY, "violent": "unknown"}
    result = scored(prison("60 months", **ROBBERY), prison("48 months", **unknown))

    assert (result.points, result.certain, result.one_point_points) == (3, False, None)
    assert fields(result, Finding.UNKNOWN) == ["history.priors[1].violent"]


# --- Caps, status, category ------------------------------------------------------------------------------


def test_at_most_four_points_for_the_shortest_sentences() -> None:
    """§4A1.1(c): four probations are 4 points, and so are six; longer sentences are not capped."""
    probation = {"kind": "probation"}

    assert scored(*days_apart(*[probation] * 4)).points == 4
    six = scored(*days_apart(*[probation] * 6))
    assert (six.points, [prior.points for prior in six.priors]) == (4, [1, 1, 1, 1, 0, 0])
    assert scored(*days_apart(*[prison("6 months")] * 6)).points == 12


@pytest.mark.parametrize(
    ("priors", "points", "status"),
    [
        ([prison("24 months"), prison("24 months")], 6, 0),  # 3 + 3
        ([prison("24 months"), prison("24 months"), {"kind": "probation"}], 8, 1),  # 3 + 3 + 1, and 1
    ],
)
def test_status_adds_a_point_only_from_seven(priors: list[dict[str, Any]], points: int, status: int) -> None:
    """§4A1.1(e)."""
    result = scored(*days_apart(*priors), under_sentence=True)

    assert (result.points, result.status_point) == (points, status)


def test_status_is_not_counted_when_nobody_was_under_a_sentence() -> None:
    """§4A1.1(e)(2)."""
    assert scored(points=9, under_sentence=False).points == 9


def test_status_not_known_leaves_the_point_out_from_seven_and_is_moot_below() -> None:
    """§4A1.1(e)."""
    seven, six = scored(points=7, under_sentence="unknown"), scored(points=6, under_sentence="unknown")

    assert (seven.points, seven.certain) == (7, False)
    assert fields(seven, Finding.UNKNOWN) == ["history.under_sentence"]
    assert (six.points, six.certain) == (6, True)


def test_status_can_move_the_category() -> None:
    """§4A1.1(e): 9 points are Category IV, with the status point 10 and Category V."""
    assert (scored(points=9).category, scored(points=9, under_sentence=True).category) == ("IV", "V")


def test_one_revocation_of_two_probations() -> None:
    """§4A1.2, n.11 (4A1.2-n11): 15 + 45 = 60 days, 2 points; the other straight probation 1."""
    result = scored(
        *days_apart({"kind": "probation", "imposed": "15 days", "revocation": "45 days"}, {"kind": "probation"})
    )

    assert ([prior.points for prior in result.priors], result.points) == ([2, 1], 3)


def test_revocations_on_two_sentences_are_flagged() -> None:
    """§4A1.2, n.11: the time of one revocation is added to one sentence only."""
    result = scored(*days_apart(*[{"kind": "probation", "revocation": "45 days"}] * 2))

    assert "USSG §4A1.2, comment. (n.11)" in [step.cite for step in found(result, Finding.FLAGGED)]


def test_what_the_safety_valve_reads_is_counted_apart() -> None:
    """18 U.S.C. 3553(f)(1): 3 + 2 + 2 + 1, told by kind."""
    result = scored(
        *days_apart(prison("24 months"), prison("6 months"), prison("6 months", violent=True), {"kind": "probation"})
    )

    assert (result.three_point_priors, result.two_point_priors, result.one_point_points) == (1, 2, 1)
    assert (result.two_point_violent, result.points) == (True, 8)
    assert "18 U.S.C. 3553(g); 18 U.S.C. 16(a)" in [step.cite for step in found(result, Finding.FLAGGED)]


def test_a_three_point_violent_prior_is_no_two_point_one() -> None:
    """18 U.S.C. 3553(f)(1)(C); an unknown one is not known."""
    assert scored(prison("24 months", violent=True)).two_point_violent is False
    unknown = scored(prison("6 months", violent="unknown"))
    assert unknown.two_point_violent is None
    assert "history.priors[0].violent" in fields(unknown, Finding.UNKNOWN)
    assert scored(prison("6 months", violent=False)).two_point_violent is False


def test_a_two_point_robbery_under_a_longer_theft_is_an_open_question() -> None:
    """18 U.S.C. 3553(f)(1)(C): 12 months of theft carry the 2 points, 6 of robbery would score 2 alone."""
    result = scored(prison("12 months", **TOGETHER), prison("6 months", **ROBBERY))

    assert result.two_point_violent is None


def test_a_certain_three_point_prior_is_told_beside_a_doubtful_one() -> None:
    """18 U.S.C. 3553(f)(1)(B): one is enough to fail, so it is not hidden by the other."""
    result = scored(*days_apart(prison("24 months"), prison("24 months", part_of_instant="unknown")))

    assert result.three_point_priors == 1


# --- Predicates, §4B1.2(c), (e)(4) -----------------------------------------------------------------------

DEALING: dict[str, Any] = {"controlled_substance_offense": True, "felony": True}


def test_two_felonies_of_violence_or_dealing_are_predicates() -> None:
    """§4B1.2(c): one of each kind, counted separately."""
    result = scored(*days_apart(prison("24 months", violent=True), {"kind": "probation", **DEALING}))

    assert result.two_predicates is True


def test_example_of_a_robbery_joined_with_a_theft() -> None:
    """§4A1.2, n.3 (4A1.2-n3a): 3 points under (a); the 12-month robbery scores 2 alone and is a predicate."""
    joined = [
        prison("12 months", **ROBBERY, sentenced_on="2017-03-01"),
        prison("24 months", **TOGETHER, sentenced_on="2017-03-01"),
    ]
    result = scored(*joined, {"kind": "probation", **DEALING})

    assert [prior.subsection for prior in result.priors] == ["(d)", "(a)", "(c)"]
    assert result.two_predicates is True


def test_example_of_a_robbery_thirteen_years_old() -> None:
    """§4A1.2, n.3 (4A1.2-n3b): alone it is past ten years, so no predicate, though the theft still counts."""
    joined = [
        prison("12 months", **ROBBERY, sentenced_on="2012-03-01"),
        prison("24 months", **TOGETHER, sentenced_on="2012-03-01"),
    ]
    result = scored(*joined, {"kind": "probation", **DEALING})

    assert (result.points, result.two_predicates) == (4, False)  # 3 for the theft, 1 for the probation


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        ({}, True),
        ({"felony": False}, False),
        ({"felony": "unknown"}, None),
        ({"controlled_substance_offense": "unknown"}, None),
        ({"controlled_substance_offense": False}, False),
        ({"controlled_substance_offense": False, "violent": "unknown"}, None),
        ({"court": "juvenile"}, False),  # no adult conviction
        ({"before_18": True, "imposed": "24 months", "kind": "prison"}, True),  # convicted as an adult
        ({"court": "general_or_special_court_martial"}, None),  # neither plainly federal nor state
        ({"kind": "diversion_guilt_admitted"}, None),
        ({"set_aside": "expunged"}, False),
        ({"part_of_instant": "unknown"}, None),
        ({"sentenced_on": "2010-01-01"}, False),  # too old to score
        ({"sentenced_on": "2025-06-01"}, None),  # not plainly before the offense
        ({"sentenced_on": "2025-05-31"}, True),  # while it went on: flagged
    ],
)
def test_each_requirement_of_a_predicate(second: dict[str, Any], verdict: bool | None) -> None:
    """§4B1.2(c), (e)(4): adult, felony, of the kind, scoring, and before the offense."""
    first = prison("24 months", **DEALING, sentenced_on="2018-01-01")
    result = scored(first, {"kind": "probation", **DEALING, **second})

    assert result.two_predicates is verdict
    assert bool([step for step in found(result, Finding.UNKNOWN) if step.rule == "4B1.2(c)"]) is (verdict is None)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"violent": "unknown", "controlled_substance_offense": False}, "violent"),
        ({"controlled_substance_offense": "unknown"}, "controlled_substance_offense"),
        ({"felony": "unknown"}, "felony"),
        ({"sentenced_on": "2025-11-01"}, None),
        ({"kind": "diversion_guilt_admitted"}, None),
    ],
)
def test_the_unknown_predicate_names_the_fact_to_ask(more: dict[str, Any], field: str | None) -> None:
    """§4B1.2(c): a fact of the second prior; where none could settle it, how many predicates there are."""
    first = prison("24 months", **DEALING, sentenced_on="2018-01-01")
    result = scored(first, {"kind": "probation", **DEALING, **more})
    asked = [step.field for step in found(result, Finding.UNKNOWN) if step.rule == "4B1.2(c)"]

    assert asked == [f"history.priors[1].{field}" if field else "history.career_predicates"]
    assert bool([step for step in found(result, Finding.FLAGGED) if step.rule == "4B1.2(c)"]) is (field is None)


def test_a_long_sentence_shows_a_felony_for_a_predicate() -> None:
    """§4B1.2(e)(4): punishable by more than one year, so 24 months need no label."""
    rows = days_apart(*[prison("24 months", controlled_substance_offense=True)] * 2)

    assert scored(*rows).two_predicates is True


def test_two_dealing_convictions_of_one_day_are_one_predicate() -> None:
    """§4A1.2, n.3: no more than one of a single sentence; an unknown arrest leaves it unknown."""
    one = prison("24 months", **DEALING)

    assert scored(one, {**one, **TOGETHER}).two_predicates is False
    assert scored(one, {**one, **APART}).two_predicates is True
    unknown = scored(one, one)
    # 1 + 1 apart, and 1 + 1 under (d) together: the points agree, the predicates do not.
    probation = {"kind": "probation", **DEALING, "violent": True}
    assert (unknown.two_predicates, scored(probation, probation).two_predicates) == (None, None)
    assert (scored(probation, probation).points, scored(probation, probation).certain) == (2, True)
    assert "history.priors[1].intervening_arrest" in fields(unknown, Finding.UNKNOWN)


def test_predicates_entered_beside_a_list_are_used_and_flagged() -> None:
    """§4B1.2(c): what is entered and what is listed may differ; the difference is shown."""
    entered = scored(prison("24 months"), career_predicates=2)
    unknown = scored(prison("24 months"), career_predicates="unknown")

    assert (entered.two_predicates, unknown.two_predicates) == (True, None)
    assert "history.career_predicates" in fields(entered, Finding.FLAGGED)


def test_predicates_without_their_sentences_leave_the_rest_unknown() -> None:
    """§4B1.2(c): two predicates score, so nothing else is that of an empty list."""
    alone, beside = scored(career_predicates=2), scored(prison("24 months"), career_predicates=2)

    assert (alone.two_predicates, alone.certain, alone.points) == (True, False, 0)
    assert (alone.three_point_priors, alone.two_point_priors, alone.one_point_points) == (None, None, None)
    assert alone.two_point_violent is None
    assert (beside.three_point_priors, beside.two_point_priors, beside.certain) == (1, None, False)


# --- Points entered --------------------------------------------------------------------------------------


def test_points_entered_give_the_category_and_leave_details_unknown() -> None:
    """§4A1.1: 8 points, Category IV; how they are made up is not known unless it is entered."""
    result = scored(points=8)

    assert (result.points, result.category, result.certain, result.priors) == (8, "IV", True, ())
    assert (result.three_point_priors, result.two_point_priors, result.one_point_points) == (None, None, None)
    assert result.two_point_violent is None


def test_no_points_entered_settles_every_detail() -> None:
    """§4A1.1: nothing scored, so no three-point, two-point or one-point sentence and no violent one."""
    result = scored(points=0)

    assert (result.three_point_priors, result.two_point_priors, result.one_point_points) == (0, 0, 0)
    assert result.two_point_violent is False


def test_arithmetic_settles_what_it_can() -> None:
    """§4A1.1: 2 points hold no three-point sentence; 8 = 3 + 2 + 2 + 1."""
    assert (scored(points=2).three_point_priors, scored(points=2).two_point_priors) == (0, None)
    assert scored(points=4, three_point_priors=1).two_point_priors == 0
    assert scored(points=8, three_point_priors=1, two_point_priors=2).one_point_points == 1


@pytest.mark.parametrize(("answer", "read"), [("yes", True), ("no", False), ("unknown", None)])
def test_a_violent_two_point_prior_entered(answer: str, read: bool | None) -> None:
    """18 U.S.C. 3553(f)(1)(C)."""
    assert scored(points=4, two_point_priors=2, two_point_violent=answer).two_point_violent is read


def test_points_not_known_count_only_what_is_known() -> None:
    """§4A1.1: one three-point sentence is known, the rest is not."""
    result = scored(points="unknown", three_point_priors=1)

    assert (result.points, result.category, result.certain, result.one_point_points) == (3, "II", False, None)
    assert fields(result, Finding.UNKNOWN) == ["history.points"]


@pytest.mark.parametrize(("predicates", "read"), [(0, False), (1, False), (2, True), (3, True), ("unknown", None)])
def test_predicates_entered(predicates: int | str, read: bool | None) -> None:
    """§4B1.1(a)(3): at least two."""
    assert scored(points=9, career_predicates=predicates).two_predicates is read


@pytest.mark.parametrize(
    ("history", "field"),
    [
        # 14 − 3 − 2 = 9 points from one-point sentences; §4A1.1(c) and (d) allow 4 + 3 = 7
        ({"points": 14, "three_point_priors": 1, "two_point_priors": 1}, "history.points"),
        ({"points": 1, "two_point_violent": True}, "history.two_point_violent"),
        ({"points": 1, "career_predicates": 2}, "history.career_predicates"),
    ],
)
def test_points_that_cannot_be_are_refused_by_name(history: dict[str, Any], field: str) -> None:
    """§4A1.1(c), (d); §4B1.2(c): contradictions are named."""
    with pytest.raises(BadCase) as error:
        scored(**history)

    assert [item.field for item in error.value.errors] == [field]


@pytest.mark.parametrize("field", ["three_point_priors", "two_point_priors"])
def test_priors_worth_more_than_the_points_are_refused(field: str) -> None:
    """§4A1.1(a), (b): two such priors are worth at least 4, more than the 3 entered."""
    case = with_fact(read_case({"dates": DATES, "charge": {"statute": "841(a)"}}), ("history", "points"), 3)
    with pytest.raises(BadCase) as error:
        score(with_fact(case, ("history", field), 2), Law)  # type: ignore[arg-type]

    assert error.value.errors[0].field == "history.points"


def test_the_most_one_point_sentences_can_give_is_accepted() -> None:
    """§4A1.1(c), (d): 12 − 3 − 2 = 7 = 4 + 3."""
    assert scored(points=12, three_point_priors=1, two_point_priors=1).one_point_points == 7


# --- Laws of the score -----------------------------------------------------------------------------------

PRIORS = st.fixed_dictionaries(
    {
        "sentenced_on": st.dates(date(2005, 1, 1), date(2026, 1, 1)).map(str)
        | st.sampled_from(["2020-05-01", "2019-05-01", "2015-03-01"]),
        "kind": st.sampled_from(["prison", "probation", "fine_or_other", "suspended", "awaiting_sentence"]),
        "imposed": st.integers(0, 900).map(lambda days: f"{days} days"),
        "offense": st.sampled_from(["ordinary", "dui", "gambling", "loitering"]),
        "felony": st.sampled_from(["yes", "no", "unknown"]),
        "violent": st.sampled_from(["yes", "no", "unknown"]),
        "controlled_substance_offense": st.sampled_from(["yes", "no", "unknown"]),
        "before_18": st.sampled_from(["yes", "no", "unknown"]),
        "court": st.sampled_from(["state_or_federal", "state_or_federal", "juvenile", "tribal"]),
        "intervening_arrest": st.sampled_from(["yes", "no", "unknown"]),
        "part_of_instant": st.sampled_from(["no", "no", "yes", "unknown"]),
    }
)


@given(st.lists(PRIORS, max_size=6), PRIORS, st.data())
def test_one_more_prior_never_lowers_the_points(rows: list[dict[str, Any]], more: dict[str, Any], data: Any) -> None:
    """§4A1.1: points are only ever added (sentences here are concurrent and linked by their day alone)."""
    place = data.draw(st.integers(0, len(rows)))
    fewer, most = scored(*rows), scored(*rows[:place], more, *rows[place:])

    assert most.points >= fewer.points


@given(st.lists(PRIORS, max_size=6))
def test_the_parts_of_a_score_agree(rows: list[dict[str, Any]]) -> None:
    """§4A1.1: the sentences add up to the total; every step has its citation and a whole sentence."""
    result = scored(*rows)

    assert sum(prior.points for prior in result.priors) == result.subtotal == result.points - result.status_point
    assert len(result.priors) == len(rows)
    assert all(step.cite and step.words.endswith(".") for step in result.steps)
    if None not in (result.three_point_priors, result.two_point_priors, result.one_point_points) and result.certain:
        worth = 3 * (result.three_point_priors or 0) + 2 * (result.two_point_priors or 0)
        assert worth + (result.one_point_points or 0) == result.subtotal


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_category_rises_with_the_points(one: int, other: int) -> None:
    """Ch. 5, Pt. A."""
    order = ["I", "II", "III", "IV", "V", "VI"]
    low, high = sorted((one, other))

    assert order.index(scored(points=low).category) <= order.index(scored(points=high).category)


@given(st.integers(0, 9000), st.sampled_from(["6 months", "24 months", "30 days"]))
def test_an_older_sentence_never_scores_more(age: int, imposed: str) -> None:
    """§4A1.2(e): moving a sentence a month back never adds points."""
    day = date(2025, 2, 28) - timedelta(days=age)
    newer = scored(prison(imposed, sentenced_on=str(day), released_on=str(day)))
    older = day - timedelta(days=30)

    assert scored(prison(imposed, sentenced_on=str(older), released_on=str(older))).points <= newer.points
