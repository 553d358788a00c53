"""Cases are read whole: every error at once, each naming its field and what is accepted."""

from typing import Any

import pytest

from calculator.kinds import NO, UNKNOWN, YES, BadCase
from calculator.reading import as_json, read_case
from calculator.scenario import Case, fields_of, with_fact


def case_data(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "dates": {"sentenced_on": "2026-06-01", "offense_ended": "2026-01-15"},
        "charge": {"statute": "841(a)", "tier": "C"},
        "drugs": [{"substance": "heroin", "quantity": "120 g"}],
    }
    return base | changes


def errors_of(data: object) -> dict[str, str]:
    with pytest.raises(BadCase) as caught:
        read_case(data)
    return {error.field: error.message for error in caught.value.errors}


def test_a_short_case_is_enough() -> None:
    """Dates, a count and a drug make a case; the rest stands at what is said in the declarations."""
    case = read_case(case_data())

    assert case.conduct.weapon_possessed is NO
    assert case.motions.truthful_disclosure is UNKNOWN


def test_every_error_is_reported_at_once() -> None:
    """Three faults, three sentences, each under the path of its field."""
    found = errors_of(
        {
            "dates": {"sentenced_on": "June 1"},
            "charge": {"statute": "841(a)", "tear": "C"},
            "drugs": [{"substance": "heroin", "quantity": "-5 g"}],
        }
    )

    assert "year-month-day" in found["dates.sentenced_on"]
    assert "is missing" in found["dates.offense_ended"]
    assert "did you mean “tier”" in found["charge.tear"]
    assert "below zero" in found["drugs[0].quantity"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        (
            {"dates": {"sentenced_on": "2026-01-01", "offense_ended": "2026-01-15"}},
            "dates.sentenced_on",
            "before the offense",
        ),
        (
            {
                "dates": {
                    "sentenced_on": "2026-06-01",
                    "offense_ended": "2026-01-15",
                    "offense_began": "2026-01-16",
                }
            },
            "dates.offense_began",
            "after the offense ended",
        ),
        ({"charge": {"statute": "841"}}, "charge.statute", "841"),
        ({"charge": {"statute": "999"}}, "charge.statute", "not one of the choices"),
        ({"charge": {"statute": "841(a)", "tier": "found_amounts"}}, "charge.found", "is empty"),
        ({"charge": {"statute": "841(a)", "object": "856"}}, "charge.object", "only for a conspiracy"),
        ({"charge": {"statute": "846", "object": "960"}}, "charge.object", "not an object of section 846"),
        ({"charge": {"statute": "841(a)", "counts": 0}}, "charge.counts", "whole number from 1"),
        ({"charge": {"statute": "841(a)", "serious_priors": "many"}}, "charge.serious_priors", "or unknown"),
        ({"plea": {"acceptance": False, "government_moved": True}}, "plea.government_moved", "cannot be yes"),
        (
            {"history": {"points": 3, "priors": [{"sentenced_on": "2020-01-01", "kind": "probation"}]}},
            "history.points",
            "one or",
        ),
        ({"history": {"points": 2, "three_point_priors": 1}}, "history.points", "at least 3"),
        ({"conduct": {"weapon_possessed": "maybe"}}, "conduct.weapon_possessed", "use yes, no or unknown"),
        ({"conduct": "none"}, "conduct", "named fields"),
        ({"drugs": "heroin"}, "drugs", "not a list"),
        (
            {"drugs": [{"substance": "meth", "quantity": "5 g", "purity": "140 %"}]},
            "drugs[0].purity",
            "up to 100",
        ),
        ({"drugs": [{"substance": "meth", "quantity": "5 g", "purity": "0"}]}, "drugs[0].purity", "above 0"),
        ({"drugs": [{"substance": "", "quantity": "5 g"}]}, "drugs[0].substance", "name the drug"),
        (
            {"drugs": [{"substance": "x", "quantity": "5 g", "weighed": "3 plants"}]},
            "drugs[0].weighed",
            "give a weight",
        ),
        (
            {"history": {"priors": [{"sentenced_on": "2020-01-01", "kind": "prison"}]}},
            "history.priors[0].imposed",
            "length of the prison sentence",
        ),
        (
            {"history": {"priors": [{"sentenced_on": "2027-01-01", "kind": "probation"}]}},
            "history.priors[0].sentenced_on",
            "after this sentencing",
        ),
    ],
)
def test_contradictions_and_malformed_answers_name_their_field(changes: dict[str, Any], field: str, words: str) -> None:
    """Whatever cannot be is refused with the field, what was wrong and what is accepted."""
    assert words in errors_of(case_data(**changes))[field]


@pytest.mark.parametrize("data", [None, [], "case", 3])
def test_something_that_is_not_a_case_is_refused(data: object) -> None:
    """The outermost value must be an object."""
    assert "named fields" in errors_of(data)["case"]


def test_a_fact_has_no_truth_value() -> None:
    """“Unknown” must never pass as yes or no by accident."""
    with pytest.raises(TypeError, match="compare it"):
        bool(YES)


def test_a_case_written_out_reads_back_the_same() -> None:
    """Nothing typed is lost: the JSON of a case is the case."""
    data = case_data(
        history={
            "priors": [
                {
                    "sentenced_on": "2015-03-01",
                    "imposed": "1 year and 1 day",
                    "violent": "unknown",
                    "label": "robbery",
                },
            ],
            "career_predicates": "unknown",
        },
        drugs=[{"substance": "methamphetamine", "quantity": "50 g", "purity": "unknown"}],
        charge={"statute": "846", "object": "841(a)", "tier": "B", "outside": ["murder"]},
    )

    case = read_case(data)

    assert read_case(as_json(case)) == case


def test_one_fact_can_be_changed_in_a_copy() -> None:
    """A fork of the calculation changes one fact and leaves the case as it was."""
    case = read_case(case_data(history={"priors": [{"sentenced_on": "2020-01-01", "kind": "probation"}]}))

    forked = with_fact(case, ("history", "priors", 0, "violent"), YES)

    assert forked.history.priors[0].violent is YES
    assert case.history.priors[0].violent is NO


def test_every_field_says_how_it_is_read() -> None:
    """Each declared field has a kind, so that form, schema and reader cannot differ."""

    def walk(record: type[Any]) -> int:
        return sum(1 + (walk(kind.record) if hasattr(kind, "record") else 0) for _, kind, _ in fields_of(record))

    assert walk(Case) > 100


@pytest.mark.parametrize(
    ("own", "weapon", "count", "expected"),
    [
        (None, False, "none", NO),
        (None, True, "none", UNKNOWN),
        ("no", True, "none", NO),
        ("yes", True, "none", YES),
        (None, False, "carried", YES),
    ],
)
def test_a_weapon_whose_owner_is_not_said_is_not_known_to_be_anothers(
    own: str | None, weapon: bool, count: str, expected: object
) -> None:
    """§2D1.1(b)(1) reaches a co-defendant's gun, §5C1.2(a)(2) n.2 only one's own: silence settles neither."""
    conduct: dict[str, Any] = {"weapon_possessed": weapon} | ({"own_weapon": own} if own else {})
    case = read_case(case_data(conduct=conduct, charge={"statute": "841(a)", "firearm_count": count}))

    assert case.own_weapon is expected
