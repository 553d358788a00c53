"""What kinds of sentence a zone allows (USSG §5C1.1), and the three locks on probation (18 U.S.C. 3561;
§5B1.1)."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from calculator.answer import Alternative, Governed, Option, Probation, Range, SafetyValve, Statute
from calculator.reading import read_case
from calculator.rules.options import Kinds, options
from calculator.rules.probation import across, first_possession, lock_steps, probation, zone_lock
from calculator.scenario import Case
from calculator.trace import Finding
from calculator.units import LIFE, Term
from tests.unit.made_counts import B_COUNT, C_COUNT, LAW, NO_VALVE, RANGES, VALVE

with_ = dataclasses.replace
# (b)(1)(C) after an 851 notice: up to 30 years, so Class B, and still no minimum.
C_WITH_PRIOR = with_(C_COUNT, maximum=Term(360), felony_class="B")
B_LIFTED = with_(B_COUNT, minimum=Term(), lifted_by="18 U.S.C. 3553(f)")
# 21 U.S.C. 844(a): up to one year; with priors 15 days to 2 years, 90 days to 3 years.
POSSESSION = with_(
    C_COUNT, cite="21 U.S.C. 844(a)", tier=None, maximum=Term(12), felony_class="A misdemeanor", felony=False
)
ONE_PRIOR = with_(
    POSSESSION,
    minimum=Term(days=15),
    minimum_by_law=Term(days=15),
    maximum=Term(24),
    felony_class="E",
    felony=True,
)
TWO_PRIORS = with_(ONE_PRIOR, minimum=Term(days=90), minimum_by_law=Term(days=90), maximum=Term(36))
ARMED = with_(C_COUNT, consecutive=Term(60), consecutive_cite="18 U.S.C. 924(c)(1)(A)(i)")

VALVE_UNKNOWN = SafetyValve(None, None, (), ())


def case(**parts: Any) -> Case:
    """A case with these parts changed."""
    return read_case(
        {
            "dates": {"sentenced_on": "2026-03-02", "offense_ended": "2025-12-01"},
            "charge": {"statute": "841(a)", "tier": "C"} | parts.pop("charge", {}),
            **parts,
        }
    )


CASE = case()


def cell(printed: str) -> Range:
    """The first cell printed so, with its zone."""
    return next(item for column in RANGES.cells.values() for item in column if str(item) == printed)


def governed(found: Range, control: Any = "guidelines") -> Governed:
    """A range as §5G1.1 leaves it."""
    return Governed(found, control, "", "USSG §5G1.1", LIFE, ())


def kinds(table: str, statute: Statute = C_COUNT, zero_point: bool | None = False, category: str = "I") -> Kinds:
    """The options of a cell that nothing has changed."""
    return options(cell(table), governed(cell(table)), statute, zero_point, category, LAW)


def months(found: Kinds) -> dict[str, tuple[Term, Term]]:
    """Each option by kind: months in prison, months in substitutes."""
    return {option.kind: (option.prison, option.substitute) for option in found.options}


def the(kind: str, found: Kinds) -> Option:
    """The option of that kind."""
    return next(option for option in found.options if option.kind == kind)


NOTHING = Term()


# --- Zones
# --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # Zone A: no prison is required (§5C1.1(b)).
        ("0–6 months", {"none_required": (0, 0), "probation": (0, 0), "prison": (0, 0)}),
        # Zone B: at least one month in prison and the rest in substitutes, or all in substitutes on
        # probation.
        ("1–7 months", {"prison": (1, 0), "probation_with_confinement": (0, 1)}),  # nothing is left to split
        (
            "2–8 months",
            {"prison": (2, 0), "split": (1, 1), "probation_with_confinement": (0, 2)},
        ),  # §5B1.1 n.1(B)
        (
            "4–10 months",
            {"prison": (4, 0), "split": (1, 3), "probation_with_confinement": (0, 4)},
        ),  # n.3(B), (C)
        ("6–12 months", {"prison": (6, 0), "split": (1, 5), "probation_with_confinement": (0, 6)}),
        ("8–14 months", {"prison": (8, 0), "split": (1, 7), "probation_with_confinement": (0, 8)}),
        ("9–15 months", {"prison": (9, 0), "split": (1, 8), "probation_with_confinement": (0, 9)}),
        # Zone C: at least one-half of the minimum in prison.
        ("10–16 months", {"prison": (10, 0), "split": (5, 5)}),  # §5C1.1 n.4(B)
        ("12–18 months", {"prison": (12, 0), "split": (6, 6)}),
        # Zone D: prison alone.
        ("15–21 months", {"prison": (15, 0)}),
        ("33–41 months", {"prison": (33, 0)}),  # §5C1.1 n.1
    ],
)
def test_each_zone_says_how_its_minimum_may_be_served(table: str, expected: dict[str, tuple[int, int]]) -> None:
    """USSG §5C1.1(b), (c), (d), (f) and nn.1–4, 8; months in prison, months in substitutes."""
    assert {kind: (Term(a), Term(b)) for kind, (a, b) in expected.items()} == months(kinds(table))


@pytest.mark.parametrize(
    ("prison", "substitute", "kind"),
    [
        (0, 6, "probation_with_confinement"),  # §5C1.1 n.3: six months of confinement within 4–10
        (2, 4, "split"),  # §5C1.1 n.3: two months and four
    ],
)
def test_more_than_the_least_is_also_within_the_range(prison: int, substitute: int, kind: str) -> None:
    """USSG §5C1.1 n.3, last paragraph: what is listed is the least; these sentences contain it and end by
    month 10."""
    least = the(kind, kinds("4–10 months"))

    assert Term(prison) >= least.prison
    assert Term(4) <= Term(prison + substitute) <= cell("4–10 months").high


@pytest.mark.parametrize(("prison", "substitute"), [(5, 6), (10, 4)])
def test_more_than_the_least_in_zone_c(prison: int, substitute: int) -> None:
    """USSG §5C1.1 n.4, last paragraph: 10–16 months, five and six, or ten and four."""
    least = the("split", kinds("10–16 months"))

    assert Term(prison) >= least.prison
    assert Term(10) <= Term(prison + substitute) <= cell("10–16 months").high


def test_intermittent_confinement_is_for_probation_only() -> None:
    """USSG §5C1.1(c)(2), (c)(3), (e): weekends in jail stand in on probation, not in a split sentence."""
    found = kinds("4–10 months")

    assert "intermittent confinement" in the("probation_with_confinement", found).words
    assert "intermittent" not in the("split", found).words
    assert "community confinement or home detention" in the("split", found).words


def test_prison_is_described_by_both_ends() -> None:
    """A range, one point, and a range from zero."""
    assert "Prison for at least 10 months, and at most 16 months." == the("prison", kinds("10–16 months")).words
    assert "Prison for any time up to 6 months." == the("prison", kinds("0–6 months")).words
    point = options(cell("12–18 months"), governed(Range(Term(12), Term(12), "C")), POSSESSION, False, "I", LAW)
    assert "Prison for 12 months." == the("prison", point).words


def test_every_option_carries_its_subsection() -> None:
    """USSG §5C1.1(c)(1)–(3)."""
    assert ["USSG §5C1.1(c)(1)", "USSG §5C1.1(c)(2)", "USSG §5C1.1(c)(3)"] == [
        option.cite for option in kinds("4–10 months").options
    ]


# --- What the statute takes away
# ----------------------------------------------------------------------------------


@pytest.mark.parametrize("statute", [C_WITH_PRIOR, with_(C_COUNT, probation_bar="21 U.S.C. 861(e)"), ARMED, ONE_PRIOR])
def test_probation_is_not_listed_where_the_statute_bars_it(statute: Statute) -> None:
    """USSG §5B1.1(b): class, express bar, prison at the same time; a minimum of 15 days is prison as well."""
    found = kinds("4–10 months", statute)

    assert {"prison", "split"} == set(months(found))
    assert any(step.rule == "5C1.1(c)(3)" and step.finding is Finding.NOT_APPLICABLE for step in found.steps)


def test_probation_is_not_listed_in_zone_a_either() -> None:
    """(b)(1)(C) with a noticed prior is a Class B felony: 0–6 months, no prison required, but no
    probation."""
    assert {"none_required", "prison"} == set(months(kinds("0–6 months", C_WITH_PRIOR)))


@pytest.mark.parametrize(
    ("table", "statute", "split"),
    [
        ("4–10 months", ONE_PRIOR, (Term(1), Term(3))),  # 15 days lie within the one month
        # 90 days are 2 more months and about 29 days; 1 month and 2 days fill the 4 months.
        ("4–10 months", TWO_PRIORS, (Term(days=90), Term(1, 2))),
        ("10–16 months", TWO_PRIORS, (Term(5), Term(5))),  # half is more than 90 days
    ],
)
def test_a_mandatory_term_is_served_in_prison_inside_a_split(
    table: str, statute: Statute, split: tuple[Term, Term]
) -> None:
    """21 U.S.C. 844(a): the minimum “shall not be suspended or deferred”, so no substitute counts toward
    it."""
    found = months(kinds(table, statute))["split"]

    assert split == found
    assert found[0] + found[1] >= cell(table).low


def test_a_split_disappears_when_the_statute_takes_the_whole_minimum() -> None:
    """21 U.S.C. 859, 860, 861: one year; the range 12–18 is untouched, and all its minimum is prison."""
    one_year = with_(C_COUNT, minimum=Term(12), minimum_by_law=Term(12))

    assert {"prison"} == set(months(kinds("12–18 months", one_year)))


def test_after_the_statute_replaced_a_low_range_only_its_own_term_is_listed() -> None:
    """The zone is an open doubt, so it is flagged and no substitute is offered."""
    replaced = governed(Range(Term(60), Term(60), None), "statutory minimum")
    found = options(cell("8–14 months"), replaced, B_COUNT, True, "I", LAW)

    assert {"prison": (Term(60), NOTHING)} == months(found)
    assert [Finding.FLAGGED] == [step.finding for step in found.steps]


def test_after_the_safety_valve_floor_only_prison_is_listed() -> None:
    """USSG §5C1.2(b), §5C1.1(f): 24–30 months is Zone D."""
    found = options(cell("8–14 months"), governed(Range(Term(24), Term(30), "D")), B_LIFTED, False, "I", LAW)

    assert {"prison": (Term(24), NOTHING)} == months(found)
    assert "24–30 months is in Zone D" in found.steps[0].words


def test_a_firearm_count_is_said_to_come_on_top() -> None:
    """USSG §5G1.2(a): imposed independently."""
    assert "5G1.2(a)" in [step.rule for step in kinds("15–21 months", ARMED).steps]


# --- §5C1.1 nn.6 and 9
# --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "category", "flagged"),
    [
        ("4–10 months", "II", False),
        ("4–10 months", "III", True),
        ("4–10 months", "VI", True),
        ("10–16 months", "III", True),
        ("0–6 months", "VI", False),  # no substitute is in play
        ("15–21 months", "VI", False),
        ("1–7 months", "III", True),
    ],
)
def test_substitutes_are_not_recommended_from_category_iii(table: str, category: str, flagged: bool) -> None:
    """USSG §5C1.1 n.6: “as provided in subsections (c) and (d)”, “category of III or above”."""
    assert flagged == ("5C1.1 n.6" in [step.rule for step in kinds(table, category=category).steps])


@pytest.mark.parametrize(
    ("table", "statute", "finding"),
    [
        ("0–6 months", C_COUNT, Finding.APPLIED),
        ("8–14 months", C_COUNT, Finding.APPLIED),
        ("10–16 months", C_COUNT, Finding.NOT_APPLICABLE),
        ("8–14 months", C_WITH_PRIOR, Finding.FLAGGED),  # (c)(3) is probation, which is barred
        ("0–6 months", C_WITH_PRIOR, Finding.APPLIED),  # (b) needs no probation
    ],
)
def test_for_zero_points_a_sentence_other_than_prison_is_generally_appropriate(
    table: str, statute: Statute, finding: Finding
) -> None:
    """USSG §5C1.1 n.9: Zones A and B, in accordance with subsection (b) or (c)(3)."""
    steps = {step.rule: step.finding for step in kinds(table, statute, zero_point=True).steps}

    assert finding is steps["5C1.1 n.9"]


@pytest.mark.parametrize("zero_point", [False, None])
def test_without_the_zero_point_reduction_n9_is_not_reached(zero_point: bool | None) -> None:
    """USSG §5C1.1 n.9 is for those who received the adjustment; one that is not known is left out."""
    assert "5C1.1 n.9" not in [step.rule for step in kinds("0–6 months", zero_point=zero_point).steps]


# --- The three locks
# ----------------------------------------------------------------------------------------------


def ask(
    statute: Statute = C_COUNT,
    table: str = "8–14 months",
    facts: Case = CASE,
    valve: SafetyValve = NO_VALVE,
    level: int = 11,
    zone: str | None = "as printed",
) -> Probation:
    """Is probation open on this count, with this cell of the table?"""
    found = cell(table)
    if zone != "as printed":
        found = Range(found.low, found.high, zone)
    by_zone, by_level = zone_lock(found, LAW.ranges), LAW.ranges.probation_term(level)
    return probation(facts, LAW, statute, valve, by_zone, by_level, first_possession(facts, LAW))


def locks(found: Probation) -> tuple[bool | None, ...]:
    """The three locks, in order."""
    return tuple(lock.open for lock in found.locks)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("0–6 months", True),
        ("1–7 months", True),
        ("9–15 months", True),
        ("10–16 months", False),
        ("12–18 months", False),
        ("15–21 months", False),
    ],
)
def test_the_zone_is_a_lock_of_advice_only(table: str, expected: bool) -> None:
    """USSG §5B1.1(a), n.2; *Gall*, 552 U.S. 38 (2007): probation upheld on a (b)(1)(C) count with a 30–37
    range."""
    found = ask(table=table)

    assert (True, True, expected) == locks(found)
    assert found.open is True
    assert ("outside what the guidelines suggest" in found.words) is not expected


def test_in_zone_b_the_words_name_the_confinement() -> None:
    """USSG §5B1.1 n.1(B): 2–8 months, at least two months of confinement."""
    assert "at least 2 months of confinement" in ask(table="2–8 months").words


def test_a_class_c_felony_and_a_class_b_felony() -> None:
    """18 U.S.C. 3561(a)(1), 3559(a): 20 years is Class C and open; an 851 notice makes it 30, Class B and
    barred."""
    assert (True, False) == (ask(C_COUNT).open, ask(C_WITH_PRIOR).open)
    assert (False, True, True) == locks(ask(C_WITH_PRIOR))
    assert "Class B felony, with a maximum of 30 years" in ask(C_WITH_PRIOR).words


def test_the_safety_valve_lifts_the_minimum_but_not_the_bar() -> None:
    """18 U.S.C. 3553(f), 3561(a)(1), (2); *Anderson* (4th Cir. 2009) (unpublished)."""
    found = ask(B_LIFTED, "24–30 months", valve=VALVE)

    assert (False, True, False) == locks(found)
    assert found.open is False
    assert "in the courts we found" in found.words
    assert "Anderson" in found.locks[0].cite
    assert "unpublished" in found.locks[0].cite


def test_with_its_minimum_an_a_or_b_count_is_shut_twice() -> None:
    """The bar and the minimum are separate locks."""
    assert (False, False, False) == locks(ask(B_COUNT, "24–30 months"))


@pytest.mark.parametrize("motion", ["statute", "both"])
def test_after_a_3553e_motion_courts_differ(motion: str) -> None:
    """*Daiagi* (4th Cir. 1989) allows probation on a Class B felony; *Thomas* (7th Cir. 1991) forbids it."""
    found = ask(B_LIFTED, "24–30 months", case(motions={"substantial_assistance": motion}))

    assert (None, True, False) == locks(found)
    assert found.open is None
    assert "Daiagi" in found.locks[0].cite
    assert "Thomas" in found.locks[0].cite


@pytest.mark.parametrize("motion", ["none", "guideline"])
def test_other_motions_open_no_lock(motion: str) -> None:
    """USSG §5K1.1 stops at the statute."""
    found = ask(B_COUNT, "24–30 months", case(motions={"substantial_assistance": motion}))

    assert (False, False, False) == locks(found)


def test_a_3553e_motion_that_is_not_known_leaves_both_locks_open_to_doubt() -> None:
    """18 U.S.C. 3553(e): made, it would let the judge go below the minimum, and courts differ on the bar."""
    found = ask(B_COUNT, "24–30 months", case(motions={"substantial_assistance": "unknown"}))

    assert (None, None, False) == locks(found)
    assert ["facts", "facts", ""] == [lock.doubt for lock in found.locks]


def test_near_a_school_no_decision_on_such_a_motion_was_found() -> None:
    """*Daiagi* and *Thomas* are about sections 846 and 841; 860(d) has a bar of its own."""
    school = with_(C_COUNT, minimum_by_law=Term(12), felony_class="B", lifted_by="18 U.S.C. 3553(e)")
    found = ask(school, facts=case(charge={"statute": "860"}, motions={"substantial_assistance": "statute"}))

    assert "no decision" == found.locks[0].doubt
    assert "Daiagi" not in found.locks[0].cite


def test_a_minimum_that_the_motion_reaches_is_not_called_lifted() -> None:
    """18 U.S.C. 3553(e) gives the court authority to go below a minimum; the minimum stays."""
    year = with_(POSSESSION, minimum_by_law=Term(0, 90), lifted_by="18 U.S.C. 3553(e)")
    found = ask(year, "0–6 months", case(motions={"substantial_assistance": "statute"}))

    assert found.words.startswith("Probation is legally open if the judge goes below the minimum.")
    assert "lifted" not in found.locks[1].words


def test_a_3553e_motion_has_nothing_to_lift_where_there_is_no_minimum() -> None:
    """18 U.S.C. 3553(e) is about a minimum; the Class B bar on (b)(1)(C) with a prior stays shut."""
    assert ask(C_WITH_PRIOR, facts=case(motions={"substantial_assistance": "statute"})).open is False


def test_a_firearm_count_shuts_out_probation_whatever_the_motion() -> None:
    """18 U.S.C. 924(c)(1)(D)(i)."""
    assert (False, True, True) == locks(ask(ARMED))
    assert ask(ARMED, facts=case(motions={"substantial_assistance": "both"})).open is False


@pytest.mark.parametrize("bar", ["21 U.S.C. 860(d)", "21 U.S.C. 861(e)"])
def test_a_section_s_own_bar_shuts_the_first_lock(bar: str) -> None:
    """18 U.S.C. 3561(a)(2): expressly precluded."""
    found = ask(with_(C_COUNT, probation_bar=bar))

    assert found.open is False
    assert bar in found.locks[0].cite
    assert "18 U.S.C. 3561(a)(2)" in found.locks[0].cite


@pytest.mark.parametrize(
    ("statute", "valve", "expected"),
    [
        (ONE_PRIOR, NO_VALVE, False),
        (ONE_PRIOR, VALVE_UNKNOWN, None),
        (with_(ONE_PRIOR, minimum=Term()), VALVE, True),
        (POSSESSION, NO_VALVE, True),
    ],
)
def test_fifteen_days_shut_the_second_lock_unless_lifted(
    statute: Statute, valve: SafetyValve, expected: bool | None
) -> None:
    """21 U.S.C. 844(a); 18 U.S.C. 3561(a)(3); 3553(f) names section 844."""
    found = ask(statute, "0–6 months", case(charge={"statute": "844(a)"}), valve)

    assert (True, expected) == locks(found)[:2]
    assert found.open is expected


def test_where_a_minimum_replaced_the_range_the_zone_is_not_known() -> None:
    """An open doubt; it does not decide, because the zone never does."""
    found = ask(zone=None)

    assert (True, True, None) == locks(found)
    assert found.open is True
    assert "not settled" in found.words


# --- What is not known
# ---------------------------------------------------------------------------------------------


def other(**changes: Any) -> Alternative:
    """What the statute would provide if a fact went against the person: here nothing that shuts probation."""
    same = Alternative("If so: 20 years.", "whether it is so", "charge.tier", Term(), "C", True, "")
    return dataclasses.replace(same, **changes)


@pytest.mark.parametrize(
    ("alternative", "doubt"),
    [
        (other(felony_class="B"), "facts"),  # 18 U.S.C. 3561(a)(1)
        (other(probation_bar="21 U.S.C. 860(d)"), "facts"),  # 3561(a)(2)
        (other(felony_class=""), "facts"),  # a penalty that is not modelled
        (other(felony_class="B", settled=False), "law"),
    ],
)
def test_what_could_bar_probation_is_named_and_probation_not_called_open(alternative: Alternative, doubt: str) -> None:
    """A graver paragraph, a death, a noticed prior or a firearm count would shut it."""
    found = ask(with_(C_COUNT, alternatives=(other(turns_on="something else"), alternative)))

    assert found.open is None
    assert "it turns on whether it is so." in found.locks[0].words
    assert doubt == found.locks[0].doubt


def test_what_could_add_a_minimum_leaves_the_second_lock_in_doubt() -> None:
    """18 U.S.C. 3561(a)(3); a minimum that the safety valve would lift is none."""
    could = with_(C_COUNT, alternatives=(other(minimum=Term(0, 90)),))

    assert (True, None) == locks(ask(could))[:2]
    assert (True, True) == locks(ask(could, valve=VALVE))[:2]


def test_what_cannot_bar_probation_leaves_it_open() -> None:
    """Twenty years are Class C, with the fact or without."""
    assert ask(with_(C_COUNT, alternatives=(other(), other(felony_class="A misdemeanor", felony=False)))).open is True


def test_a_lock_that_some_answer_turns_is_not_known() -> None:
    """What was tried with every answer to what is not known goes before the main line."""
    open_, shut = ask(C_COUNT), ask(C_WITH_PRIOR)
    found = across(open_, [open_, shut], complete=True)

    assert (None, None, True) == (found.open, found.locks[0].open, found.locks[1].open)
    assert across(open_, [open_, open_], complete=True) is open_


def test_a_doubt_that_every_answer_ends_the_same_way_is_none() -> None:
    """Tried with every answer, all shut: shut. With some left untried the doubt stays."""
    doubt, shut = ask(with_(C_COUNT, alternatives=(other(felony_class="B"),))), ask(C_WITH_PRIOR)

    assert across(doubt, [shut, shut], complete=True).open is False
    assert across(doubt, [shut, shut], complete=False).open is None


# --- How long probation lasts
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "statute", "guideline", "alone", "cite"),
    [
        (6, C_COUNT, "1 year to 5 years", "", "USSG §5B1.2(a)(1)"),
        (5, C_COUNT, "1 year to 3 years", "1 year to 5 years", "USSG §5B1.2(a)(2)"),
        (6, POSSESSION, "1 year to 5 years", "up to 5 years", "18 U.S.C. 3561(c)(2)"),
        (5, POSSESSION, "up to 3 years", "up to 5 years", "18 U.S.C. 3561(c)(2)"),
    ],
)
def test_how_long_probation_lasts(level: int, statute: Statute, guideline: str, alone: str, cite: str) -> None:
    """USSG §5B1.2(a), inside 18 U.S.C. 3561(c): a felony 1 to 5 years, a misdemeanor up to 5."""
    found = ask(statute, "0–6 months", level=level)
    words = f"Probation would last {guideline} under the guidelines."

    assert (f"{words} The statute alone allows {alone}." if alone else words) == found.term_words
    assert cite in found.term_cite


def test_no_term_is_named_where_probation_is_shut() -> None:
    """Nothing to measure."""
    found = ask(B_COUNT, "24–30 months")

    assert ("", "") == (found.term_words, found.term_cite)


SIMPLE = {"statute": "844(a)", "tier": "unknown"}
PRIOR = {"sentenced_on": "2020-01-01", "kind": "probation"}


@pytest.mark.parametrize(
    ("facts", "offered", "asked"),
    [
        (case(charge=SIMPLE), True, False),
        (case(charge={**SIMPLE, "statute": "841(b)(4)"}), True, False),
        (case(charge={**SIMPLE, "statute": "846", "object": "844(a)"}), True, False),
        (case(charge={**SIMPLE, "prior_3607": True}), False, False),
        (case(charge={**SIMPLE, "prior_3607": "unknown"}), True, True),
        (case(charge={**SIMPLE, "drug_priors": 1}), False, False),
        (case(charge={**SIMPLE, "drug_priors": "unknown"}), True, True),
        (case(charge=SIMPLE, history={"priors": [PRIOR]}), True, True),  # what the prior was for is not asked
        (case(charge=SIMPLE, history={"points": 4}), True, True),  # nor what points entered rest on
        (case(charge=SIMPLE, history={"points": "unknown"}), True, True),
        (
            case(charge=SIMPLE, history={"priors": [{**PRIOR, "controlled_substance_offense": True}]}),
            False,
            False,
        ),
        (CASE, False, False),
    ],
)
def test_first_offense_possession_can_end_without_a_conviction(facts: Case, offered: bool, asked: bool) -> None:
    """18 U.S.C. 3607(a): section 844, no earlier drug conviction, no earlier disposition, up to one year."""
    found = ask(POSSESSION, "0–6 months", facts)

    assert offered == ("for up to 1 year without a judgment of conviction" in found.term_words)
    assert offered == ("18 U.S.C. 3607(a)" in found.term_cite)
    assert asked == ("If the person was never convicted" in found.term_words)


def test_the_locks_are_steps_of_the_answer() -> None:
    """Open: considered, not applicable; shut: applied; not known: flagged."""
    found = ask(B_LIFTED, "24–30 months", case(motions={"substantial_assistance": "statute"}))

    assert [Finding.FLAGGED, Finding.NOT_APPLICABLE, Finding.APPLIED] == [step.finding for step in lock_steps(found)]
