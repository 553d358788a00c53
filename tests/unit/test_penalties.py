"""What the statute provides: 21 U.S.C. 841–861, 960 and 18 U.S.C. 924(c), 3013, 3553(e), 3559, 3571, 3583."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from calculator.answer import HistoryScore, SafetyValve, Statute, StatutoryAmount
from calculator.kinds import BadCase
from calculator.law import law_for
from calculator.reading import read_case
from calculator.rules import penalties, safety_valve
from calculator.scenario import Case
from calculator.trace import Finding, Stop
from calculator.units import LIFE, Term

NONE = Term()
# The schedule of each drug used here, as 841(b) groups it.
SCHEDULES = {
    "marijuana": "marihuana",
    "hashish": "marihuana",
    "hashish_oil": "marihuana",
    "ketamine": "III",
    "alprazolam": "IV",
    "flunitrazepam": "IV",
    "schedule_v": "V",
    "pseudoephedrine": "list I",
}


def years(count: int) -> Term:
    """So many years, exactly."""
    return Term(12 * count)


def weighed(substance: str, mixture: str | None = None, **more: Any) -> StatutoryAmount:
    """One drug as the statute weighs it: grams of mixture and of the pure drug, plants."""
    pure, plants = more.pop("pure", None), more.pop("plants", None)
    return StatutoryAmount(
        substance,
        substance.replace("_", " ").capitalize(),
        SCHEDULES.get(substance, "I/II"),
        None if mixture is None else Decimal(mixture),
        None if pure is None else Decimal(pure),
        plants,
        more.pop("field", "drugs[0].quantity"),
    )


def case_of(statute: str = "841(a)", ended: str = "2025-09-01", **charge: Any) -> Case:
    """A case with these facts of the charge, and `conduct`, `role` or `motions` where given."""
    data = {
        "dates": {"sentenced_on": "2026-03-01", "offense_ended": ended},
        **{name: charge.pop(name) for name in ("conduct", "role", "motions") if name in charge},
        "charge": {"statute": statute, **charge},
    }
    if charge.get("tier") == "found_amounts":
        data["charge"]["found"] = [{"substance": "heroin", "quantity": "1 g"}]
    return read_case(data)


def provided(*amounts: StatutoryAmount, case: Case | None = None, **charge: Any) -> Statute:
    """What the statute provides for these amounts, on a charge with these facts."""
    case = case or case_of(**charge)
    law = law_for(sentenced_on=case.dates.sentenced_on, offense_ended=case.dates.offense_ended)
    found = amounts if case.charge.tier == "found_amounts" else ()
    return penalties.statute(case, law, amounts, found)


def found(*amounts: StatutoryAmount, **charge: Any) -> Statute:
    """What the statute provides when just these amounts were charged and found."""
    return provided(*amounts, tier="found_amounts", **charge)


def step(statute: Statute, rule: str, finding: Finding | None = None) -> Any:
    """The first step on a rule, which must be there."""
    steps = [one for one in statute.steps if one.rule == rule and finding in (None, one.finding)]
    assert steps, f"no {finding or ''} step {rule} in {[one.rule for one in statute.steps]}"
    return steps[0]


HEROIN = weighed("heroin", "120")

# --- The ladder of 841(b)(1)–(3), each printed row: minimum, maximum, fine, release minimum, class -----
LADDER = [
    # 841(b)(1)(A)
    ("A", {}, years(10), LIFE, 10_000_000, years(5), "A"),
    ("A", {"death": True}, years(20), LIFE, 10_000_000, years(5), "A"),
    ("A", {"serious": 1}, years(15), LIFE, 20_000_000, years(10), "A"),
    ("A", {"serious": 1, "death": True}, LIFE, LIFE, 20_000_000, years(10), "A"),
    ("A", {"serious": 2}, years(25), LIFE, 20_000_000, years(10), "A"),
    ("A", {"serious": 2, "death": True}, LIFE, LIFE, 20_000_000, years(10), "A"),
    # 841(b)(1)(B): no further step for a second prior
    ("B", {}, years(5), years(40), 5_000_000, years(4), "B"),
    ("B", {"death": True}, years(20), LIFE, 5_000_000, years(4), "A"),
    ("B", {"serious": 1}, years(10), LIFE, 8_000_000, years(8), "A"),
    ("B", {"serious": 1, "death": True}, LIFE, LIFE, 8_000_000, years(8), "A"),
    ("B", {"serious": 2}, years(10), LIFE, 8_000_000, years(8), "A"),
    # 841(b)(1)(C): a prior gives 30 years, so Class B (trap 13)
    ("C", {}, NONE, years(20), 1_000_000, years(3), "C"),
    ("C", {"death": True}, years(20), LIFE, 1_000_000, years(3), "A"),
    ("C", {"drug": 1}, NONE, years(30), 2_000_000, years(6), "B"),
    ("C", {"drug": 1, "death": True}, LIFE, LIFE, 2_000_000, years(6), "A"),
    ("C", {"drug": 3}, NONE, years(30), 2_000_000, years(6), "B"),
]
LOWER = [
    # 841(b)(1)(D), (E), (2), (3); in the prior rows twice 250,000 is not more than the sum listed
    ("marijuana", "D", {}, years(5), 250_000, years(2), "D"),
    ("marijuana", "D", {"drug": 1}, years(10), 500_000, years(4), "C"),
    ("ketamine", "E", {}, years(10), 500_000, years(2), "C"),
    ("ketamine", "E", {"death": True}, years(15), 500_000, years(2), "C"),
    ("ketamine", "E", {"drug": 1}, years(20), 1_000_000, years(4), "C"),
    ("ketamine", "E", {"drug": 1, "death": True}, years(30), 1_000_000, years(4), "B"),
    ("alprazolam", "2", {}, years(5), 250_000, years(1), "D"),
    ("alprazolam", "2", {"drug": 1}, years(10), 500_000, years(2), "C"),
    ("schedule_v", "3", {}, years(1), 100_000, NONE, "A misdemeanor"),
    # twice the title 18 fine for a felony, 500,000, is more than the listed 200,000
    ("schedule_v", "3", {"drug": 1}, years(4), 500_000, NONE, "E"),
]


def raised(facts: dict[str, Any]) -> dict[str, Any]:
    """The short facts of a ladder row as facts of the charge."""
    return {
        "notice_851": "yes",
        "serious_priors": facts.get("serious", 0),
        "drug_priors": facts.get("drug", 0),
        "death_or_injury_found": "yes" if facts.get("death") else "no",
    }


@pytest.mark.parametrize(("tier", "facts", "minimum", "maximum", "fine", "release", "letter"), LADDER)
def test_each_row_of_the_ladder_of_841b1(
    tier: str, facts: dict[str, Any], minimum: Term, maximum: Term, fine: int, release: Term, letter: str
) -> None:
    """21 U.S.C. 841(b)(1)(A)–(C); classes by 18 U.S.C. 3559(a)."""
    statute = provided(weighed("heroin", "1000"), tier=tier, **raised(facts))

    assert (statute.minimum, statute.maximum) == (minimum, maximum)
    assert statute.minimum_by_law == minimum
    assert (statute.fine_maximum, statute.release_minimum, statute.felony_class) == (fine, release, letter)
    assert statute.release_maximum == LIFE  # "Notwithstanding section 3583 of title 18"
    assert statute.tier == tier
    assert statute.felony is True


@pytest.mark.parametrize(("tier", "facts", "minimum", "maximum", "fine", "release", "letter"), LADDER)
def test_960b_has_the_same_ladder_but_no_step_for_two_priors(
    tier: str, facts: dict[str, Any], minimum: Term, maximum: Term, fine: int, release: Term, letter: str
) -> None:
    """21 U.S.C. 960(b)(1)–(3)."""
    statute = provided(weighed("heroin", "1000"), statute="960", tier=tier, **raised(facts))
    if tier == "A" and facts == {"serious": 2}:
        minimum = years(15)

    assert (statute.minimum, statute.maximum) == (minimum, maximum)
    assert (statute.fine_maximum, statute.release_minimum, statute.felony_class) == (fine, release, letter)
    assert statute.cite.startswith("21 U.S.C. 960(b)(" + {"A": "1", "B": "2", "C": "3"}[tier])


@pytest.mark.parametrize(("drug", "tier", "facts", "maximum", "fine", "release", "letter"), LOWER)
def test_each_row_of_the_lower_paragraphs(
    drug: str, tier: str, facts: dict[str, Any], maximum: Term, fine: int, release: Term, letter: str
) -> None:
    """21 U.S.C. 841(b)(1)(D), (E), (2), (3): never a minimum of prison, and no bar on probation."""
    statute = provided(weighed(drug, "10"), **raised(facts))

    assert statute.tier == tier
    assert (statute.minimum, statute.maximum) == (NONE, maximum)
    assert (statute.fine_maximum, statute.release_minimum, statute.felony_class) == (fine, release, letter)
    assert statute.probation_bar == ""
    assert statute.felony is (letter != "A misdemeanor")


@pytest.mark.parametrize(
    ("drug", "facts", "most"),
    [
        # Class C, 3583(b)(2): 3 years; Class D: 3 years; Class E and misdemeanor, (b)(3): 1 year
        ("ketamine", {}, years(3)),
        ("alprazolam", {}, years(3)),
        ("alprazolam", {"drug": 1}, years(3)),
        ("schedule_v", {}, years(1)),
        ("schedule_v", {"drug": 1}, years(1)),
        # 30 years with a death and a prior: Class B, 5 years
        ("ketamine", {"drug": 1, "death": True}, years(5)),
        # (E)(iii) asks for at least 4 years where 3583(b)(2) allows 3: the paragraph is followed
        ("ketamine", {"drug": 1}, years(4)),
        # (D) opens "Notwithstanding section 3583"
        ("marijuana", {}, LIFE),
    ],
)
def test_supervised_release_is_capped_by_class_only_where_3583_is_not_set_aside(
    drug: str, facts: dict[str, Any], most: Term
) -> None:
    """21 U.S.C. 841(b)(1)(E)(iii), (2), (3); 18 U.S.C. 3583(b)."""
    assert provided(weighed(drug, "10"), **raised(facts)).release_maximum == most


# --- Amounts charged and found -------------------------------------------------------------------------
LINES = [
    # 841(b)(1)(A) and (B), clause by clause, in grams
    ("heroin", "mixture", "1000", "100", "(i)", "(A)"),
    ("cocaine", "mixture", "5000", "500", "(ii)", "(B)"),
    ("cocaine_base", "mixture", "280", "28", "(iii)", "(C)"),
    ("pcp", "pure", "100", "10", "(iv)", "(D)"),
    ("pcp", "mixture", "1000", "100", "(iv)", "(D)"),
    ("lsd", "mixture", "10", "1", "(v)", "(E)"),
    ("fentanyl", "mixture", "400", "40", "(vi)", "(F)"),
    ("fentanyl_analogue", "mixture", "100", "10", "(vi)", "(F)"),
    ("fentanyl_related_substance", "mixture", "100", "10", "(vi)", "(F)"),
    ("marijuana", "mixture", "1000000", "100000", "(vii)", "(G)"),
    ("methamphetamine", "pure", "50", "5", "(viii)", "(H)"),
    ("methamphetamine", "mixture", "500", "50", "(viii)", "(H)"),
]


def just(drug: str, measure: str, amount: Decimal) -> StatutoryAmount:
    """So much of a drug by one measure and nothing by the other."""
    if measure == "mixture":
        return weighed(drug, str(amount), pure="0")
    return weighed(drug, None, pure=str(amount))


@pytest.mark.parametrize(("drug", "measure", "ten", "five", "clause", "letter"), LINES)
def test_each_line_is_at_its_amount_and_not_a_hair_under(
    drug: str, measure: str, ten: str, five: str, clause: str, letter: str
) -> None:
    """21 U.S.C. 841(b)(1)(A), (B): "or more"."""
    hair = Decimal("0.001")
    at_ten, at_five = (found(just(drug, measure, Decimal(line))) for line in (ten, five))
    below = found(just(drug, measure, Decimal(five) - hair))

    assert (at_ten.tier, at_ten.minimum) == ("A", years(10))
    assert at_ten.cite == f"21 U.S.C. 841(b)(1)(A){clause}"
    assert found(just(drug, measure, Decimal(ten) - hair)).tier == "B"
    assert (at_five.tier, at_five.minimum) == ("B", years(5))
    assert at_five.cite == f"21 U.S.C. 841(b)(1)(B){clause}"
    assert (below.tier, below.minimum) == ("C", NONE)


@pytest.mark.parametrize(("drug", "measure", "ten", "five", "clause", "letter"), LINES)
def test_960_cites_its_own_twin(drug: str, measure: str, ten: str, five: str, clause: str, letter: str) -> None:
    """21 U.S.C. 960(b)(1), (2)."""
    at_ten, at_five = (found(just(drug, measure, Decimal(line)), statute="960") for line in (ten, five))

    assert at_ten.cite == f"21 U.S.C. 960(b)(1){letter}"
    assert at_five.cite == f"21 U.S.C. 960(b)(2){letter}"


def test_for_methamphetamine_either_trigger_is_enough() -> None:
    """841(b)(1)(B)(viii), trap 15: 45 g that holds 5 g pure; 50 g at any purity."""
    assert found(weighed("methamphetamine", "45", pure="5")).tier == "B"
    assert found(weighed("methamphetamine", "45", pure="4.99")).tier == "C"
    assert found(weighed("methamphetamine", "50", pure="0.5")).tier == "B"
    # 60 g of mixture is (B), but 50 g of it pure is (A)
    assert found(weighed("methamphetamine", "60", pure="50")).tier == "A"


def test_for_pcp_either_trigger_is_enough() -> None:
    """841(b)(1)(A)(iv), (B)(iv)."""
    assert found(weighed("pcp", "90", pure="10")).tier == "B"
    assert found(weighed("pcp", "90", pure="9.9")).tier == "C"
    assert found(weighed("pcp", "1000", pure="1")).tier == "A"


@pytest.mark.parametrize(
    ("home", "amount", "tier"),
    [
        ("841(a)", weighed("marijuana", "49999.9"), "D"),
        ("841(a)", weighed("marijuana", "50000"), "C"),
        ("841(a)", weighed("marijuana", plants=49), "D"),
        ("841(a)", weighed("marijuana", plants=50), "C"),
        ("841(a)", weighed("marijuana", plants=99), "C"),
        ("841(a)", weighed("marijuana", plants=100), "B"),
        ("841(a)", weighed("marijuana", plants=999), "B"),
        ("841(a)", weighed("marijuana", plants=1000), "A"),
        ("841(a)", weighed("hashish", "9999"), "D"),
        ("841(a)", weighed("hashish", "10000"), "C"),
        ("841(a)", weighed("hashish_oil", "999"), "D"),
        ("841(a)", weighed("hashish_oil", "1000"), "C"),
        ("841(a)", weighed("flunitrazepam", "0.99"), "2"),
        ("841(a)", weighed("flunitrazepam", "1"), "C"),
        ("841(a)", weighed("ghb", "0.1"), "C"),
        ("841(a)", weighed("ketamine", "100000"), "E"),
        # 960(b)(1), (2) have no line for plants, and (4) has its exception only from 100
        ("960", weighed("marijuana", plants=99), "D"),
        ("960", weighed("marijuana", plants=100), "C"),
        ("960", weighed("marijuana", plants=5000), "C"),
        ("960", weighed("marijuana", "50000"), "C"),
        # 960(b)(3) names flunitrazepam without an amount
        ("960", weighed("flunitrazepam", "0.1"), "C"),
    ],
)
def test_what_falls_below_the_five_year_lines(home: str, amount: StatutoryAmount, tier: str) -> None:
    """21 U.S.C. 841(b)(1)(C), (D), (E), (2); 960(b)(3)–(7)."""
    assert found(amount, statute=home).tier == tier


def test_rows_of_one_drug_are_added_and_different_drugs_never_are() -> None:
    """841(b)(1)(B): 60 g + 60 g of heroin is 120 g; 60 g of heroin and 300 g of cocaine reach nothing."""
    heroin = weighed("heroin", "60")

    assert found(heroin, heroin).tier == "B"
    assert found(heroin, weighed("cocaine", "300")).tier == "C"
    assert step(found(heroin, heroin), "amounts added").finding is Finding.FLAGGED
    assert not [one for one in found(heroin, heroin, statute="846").steps if one.rule == "amounts added"]


def test_the_gravest_of_several_drugs_found_governs() -> None:
    """841(b): 30 g of crack is (B) beside a schedule V drug."""
    assert found(weighed("schedule_v", "1"), weighed("cocaine_base", "30")).tier == "B"


def test_an_unknown_finding_leaves_the_paragraph_without_quantity_and_says_what_could_be_reached() -> None:
    """Alleyne (2013), trap 16."""
    statute = provided(HEROIN)
    unknown = step(statute, "quantity found")

    assert (statute.tier, statute.minimum, statute.maximum) == ("C", NONE, years(20))
    assert (unknown.finding, unknown.field) == (Finding.UNKNOWN, "charge.tier")
    assert "841(b)(1)(B)(i)" in unknown.words
    assert "Alleyne" in unknown.cite
    assert tuple(other.words for other in statute.alternatives) == (
        "If 21 U.S.C. 841(b)(1)(B)(i) is charged and found or admitted: at least 5 years (60 months) and up "
        "to 40 years (480 months) in prison.",
    )


def test_an_amount_under_every_line_leaves_nothing_unknown() -> None:
    """841(b)(1)(C): 99 g of heroin needs no finding of quantity."""
    statute = provided(weighed("heroin", "99"))

    assert statute.tier == "C"
    assert step(statute, "quantity found").finding is Finding.APPLIED
    assert statute.alternatives == ()


def test_a_large_amount_of_marijuana_not_found_is_paragraph_d() -> None:
    """Apprendi and Alleyne: the 20 years of (C) for 50 kg also need a finding."""
    statute = provided(weighed("marijuana", "60000"))

    assert statute.tier == "D"
    assert "841(b)(1)(C)" in step(statute, "quantity found").words


def test_a_schedule_iii_drug_is_graver_than_a_little_marijuana() -> None:
    """841(b)(1)(E), 10 years, before (D), 5 years, though (D) is printed first."""
    statute = found(weighed("marijuana", "10"), weighed("ketamine", "10"))

    assert (statute.tier, statute.maximum) == ("E", years(10))


def test_drugs_of_different_paragraphs_are_flagged_when_nothing_was_found() -> None:
    """841(b)(1)(C) and (D): heroin with marijuana."""
    statute = provided(weighed("marijuana", "10"), weighed("heroin", "10"))

    assert statute.tier == "C"
    assert step(statute, "several drugs").finding is Finding.FLAGGED


def test_an_unknown_purity_that_could_reach_a_line_is_asked() -> None:
    """841(b)(1)(B)(viii): 45 g of a mixture may hold 5 g pure; 4 g cannot."""
    asked = step(provided(weighed("methamphetamine", "45")), "purity")
    small = provided(weighed("methamphetamine", "4.9"))

    assert (asked.finding, asked.field) == (Finding.UNKNOWN, "drugs[0].purity")
    assert not [one for one in small.steps if one.rule == "purity"]


def test_doses_without_a_weight_leave_the_paragraph_unknown() -> None:
    """841(b)(1) weighs; a count of doses of LSD says nothing of the carrier, and 10 g with it would be ten years."""
    statute = provided(weighed("lsd"))

    assert step(statute, "weight not told").finding is Finding.UNKNOWN
    assert step(statute, "weight not told").field == "drugs[0].weighed"
    assert [other.minimum for other in statute.alternatives] == [years(10), years(5)]


def test_a_count_found_without_a_weight_is_sent_back() -> None:
    """*Neal*, 516 U.S. 284 (1996): the statute weighs the carrier, so what was found has to be weighed."""
    with pytest.raises(BadCase, match=r"charge.found\[0\].weighed"):
        found(weighed("lsd", field="charge.found[0].quantity"))


def test_a_notice_not_known_in_full_shows_each_thing_it_could_name() -> None:
    """841(b)(1)(A): one serious prior fifteen years, two twenty-five."""
    statute = provided(HEROIN, tier="A", notice_851="unknown", serious_priors="unknown")

    assert [other.minimum for other in statute.alternatives] == [years(15), years(25)]


def test_what_goes_against_the_person_says_what_it_turns_on() -> None:
    """3559(a): 30 years are Class B; 3559(g)(1): 20 + 7 = 27 as well; 924(c)(1)(D) bars probation."""
    statute = provided(
        HEROIN,
        tier="C",
        notice_851="unknown",
        drug_priors=1,
        firearm_count="unknown",
        role={"false_domain": "unknown"},
    )
    found = {other.field: other for other in statute.alternatives}

    assert found["charge.notice_851"].felony_class == "B"
    assert found["role.false_domain"].felony_class == "B"
    assert found["charge.firearm_count"].probation_bar == "18 U.S.C. 924(c)(1)(D)"


def test_a_second_conviction_that_is_not_modelled_has_no_class() -> None:
    """859(b) stops, so what it would come to is not known."""
    statute = provided(HEROIN, statute="859", tier="C", second_under_section="unknown", notice_851="yes")

    assert [other.felony_class for other in statute.alternatives] == [""]


@pytest.mark.parametrize(("ended", "tier"), [("2025-07-15", "C"), ("2025-07-16", "B")])
def test_fentanyl_related_substances_have_their_line_from_the_halt_act_on(ended: str, tier: str) -> None:
    """Pub. L. 119-26 (July 16, 2025): 10 g; before that a doubt is shown (sec. 7(b))."""
    amount = weighed("fentanyl_related_substance", "10")
    statute = found(amount, ended=ended)

    assert statute.tier == tier
    if tier == "C":
        assert "119-26" in step(statute, "other measure", Finding.FLAGGED).cite
        assert found(weighed("fentanyl_analogue", "10"), ended=ended).tier == "B"


def test_an_analogue_charge_before_the_halt_act_may_be_stated() -> None:
    """Pub. L. 119-26, sec. 7(b): it may already have been an analogue, so (B) fits and is flagged."""
    statute = provided(weighed("fentanyl_related_substance", "12"), ended="2025-07-15", tier="B")

    assert statute.minimum == years(5)
    assert step(statute, "other measure").finding is Finding.FLAGGED


def test_a_very_large_amount_of_hashish_is_flagged_as_marijuana() -> None:
    """21 U.S.C. 802(16): marihuana includes its resin."""
    statute = found(weighed("hashish", "100000"))

    assert statute.tier == "C"
    assert step(statute, "other measure").finding is Finding.FLAGGED


# --- A paragraph stated --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("drug", "tier", "accepted"),
    [
        ("ketamine", "A", "use E, or unknown"),
        ("heroin", "E", "use A or B or C, or unknown"),
        ("heroin", "D", "use A or B or C, or unknown"),
        ("oxycodone", "B", "use C, or unknown"),
        ("alprazolam", "C", "use 2, or unknown"),
        ("marijuana", "E", "use A or B or C or D, or unknown"),
        ("flunitrazepam", "A", "use C or 2, or unknown"),
    ],
)
def test_a_paragraph_that_does_not_fit_the_drug_is_refused(drug: str, tier: str, accepted: str) -> None:
    """21 U.S.C. 841(b): each paragraph names its drugs."""
    with pytest.raises(BadCase) as caught:
        provided(weighed(drug, "10"), tier=tier)

    assert caught.value.errors[0].field == "charge.tier"
    assert accepted in caught.value.errors[0].message


def test_a_stated_paragraph_above_the_amounts_is_flagged_not_refused() -> None:
    """What was charged and found decides; 20 g of heroin is below every line of (B)."""
    below, fits = provided(weighed("heroin", "20"), tier="B"), provided(HEROIN, tier="B")

    assert below.minimum == years(5)
    assert step(below, "amount below the line").finding is Finding.FLAGGED
    assert not [one for one in fits.steps if one.rule == "amount below the line"]


def test_a_stated_paragraph_below_the_amounts_stands() -> None:
    """Alleyne: a plea to (C) has no minimum although 120 g were in the case."""
    statute = provided(HEROIN, tier="C")

    assert (statute.tier, statute.minimum) == ("C", NONE)
    assert step(statute, "higher paragraph").finding is Finding.NOT_APPLICABLE
    assert statute.alternatives == ()


# --- Earlier convictions -------------------------------------------------------------------------------
def test_without_a_notice_no_prior_raises_the_penalty() -> None:
    """21 U.S.C. 851(a)(1)."""
    statute = provided(HEROIN, tier="B", serious_priors=2, drug_priors=2, notice_851="no")

    assert (statute.minimum, statute.maximum) == (years(5), years(40))
    assert step(statute, "851 notice").finding is Finding.NOT_APPLICABLE


def test_an_unknown_notice_is_left_out_and_shown() -> None:
    """21 U.S.C. 851(a)(1): the (C) trap, 20 years in the main line and 30 beside it."""
    statute = provided(HEROIN, tier="C", drug_priors=1, notice_851="unknown")

    assert statute.maximum == years(20)
    assert step(statute, "851 notice").finding is Finding.UNKNOWN
    assert tuple(other.words for other in statute.alternatives) == (
        "If a notice under 21 U.S.C. 851 was filed: up to 30 years (360 months) in prison, with no minimum.",
    )


def test_an_unknown_notice_matters_only_when_a_prior_is_named() -> None:
    """21 U.S.C. 851(a)(1): no prior, nothing to raise."""
    assert step(provided(HEROIN, tier="C", notice_851="unknown"), "851 notice").finding is Finding.NOT_APPLICABLE


def test_each_paragraph_looks_to_its_own_kind_of_prior() -> None:
    """(A) and (B): 802(58), (59); (C) and lower: 802(44)."""
    drug_on_b = provided(HEROIN, tier="B", notice_851="yes", drug_priors=2)
    serious_on_c = provided(HEROIN, tier="C", notice_851="yes", serious_priors=1)

    assert drug_on_b.minimum == years(5)
    assert step(drug_on_b, "851 priors").finding is Finding.NOT_APPLICABLE
    assert serious_on_c.maximum == years(20)
    assert step(serious_on_c, "851 priors", Finding.UNKNOWN).field == "charge.drug_priors"


def test_an_unknown_number_of_priors_is_asked() -> None:
    """A notice was filed; what it names is not known."""
    statute = provided(HEROIN, tier="B", notice_851="yes", serious_priors="unknown")

    assert statute.minimum == years(5)
    assert (step(statute, "851 priors").finding, step(statute, "851 priors").field) == (
        Finding.UNKNOWN,
        "charge.serious_priors",
    )


def test_an_import_count_after_a_drug_prior_mentions_section_962() -> None:
    """21 U.S.C. 962(a): twice the term, never computed."""
    statute = provided(HEROIN, statute="960", tier="C", notice_851="yes", drug_priors=1)

    assert statute.maximum == years(30)
    assert step(statute, "962").finding is Finding.FLAGGED
    assert not [one for one in provided(HEROIN, tier="C", notice_851="yes", drug_priors=1).steps if one.rule == "962"]


# --- Death ---------------------------------------------------------------------------------------------
def test_a_death_must_be_found_to_raise_the_penalty() -> None:
    """Burrage (2014): found 20 to life; in fact only, or unknown, the base."""
    in_fact = provided(HEROIN, tier="C", conduct={"death_or_serious_injury": True})
    unknown = provided(HEROIN, tier="C", death_or_injury_found="unknown")

    assert in_fact.minimum == NONE
    assert step(in_fact, "death or injury").finding is Finding.NOT_APPLICABLE
    assert unknown.minimum == NONE
    assert step(unknown, "death or injury").finding is Finding.UNKNOWN
    assert tuple(other.words for other in unknown.alternatives) == (
        "If death or serious bodily injury is found or admitted: at least 20 years (240 months) and up to "
        "life in prison.",
    )


def test_a_death_changes_nothing_in_d_2_and_3() -> None:
    """841(b)(1)(D), (2), (3) have no such sentence."""
    for drug in ("marijuana", "alprazolam", "schedule_v"):
        statute = provided(weighed(drug, "10"), death_or_injury_found="yes")

        assert statute.minimum == NONE
        assert step(statute, "death or injury").finding is Finding.NOT_APPLICABLE


# --- Bars on probation ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("facts", "bar"),
    [
        ({"tier": "A"}, "21 U.S.C. 841(b)(1)(A)"),
        ({"tier": "B"}, "21 U.S.C. 841(b)(1)(B)"),
        ({"tier": "C"}, ""),
        ({"tier": "C", "death_or_injury_found": "yes"}, "21 U.S.C. 841(b)(1)(C)"),
        # Class B, but the subparagraph itself says nothing (trap 13)
        ({"tier": "C", "notice_851": "yes", "drug_priors": 1}, ""),
        ({"tier": "C", "statute": "859"}, ""),
        ({"tier": "C", "statute": "849"}, ""),
        ({"tier": "C", "statute": "860"}, "21 U.S.C. 860(d)"),
        ({"tier": "C", "statute": "861"}, "21 U.S.C. 861(e)"),
        ({"tier": "B", "statute": "860"}, "21 U.S.C. 860(d); 21 U.S.C. 841(b)(1)(B)"),
        ({"tier": "B", "statute": "960"}, "21 U.S.C. 960(b)(2)"),
        ({"tier": "C", "firearm_count": "carried"}, "18 U.S.C. 924(c)(1)(D)"),
        ({"statute": "856"}, ""),
    ],
)
def test_the_statutes_own_bar_on_probation(facts: dict[str, Any], bar: str) -> None:
    """841(b)(1)(A), (B), (C) with death; 860(d); 861(e); 924(c)(1)(D)(i)."""
    assert provided(HEROIN, **facts).probation_bar == bar


# --- 849, 859, 860, 861 --------------------------------------------------------------------------------
@pytest.mark.parametrize("section", ["859", "860", "861"])
def test_a_c_drug_near_a_school_has_one_year_to_forty(section: str) -> None:
    """859(a), 860(a), 861(b): 2 × 20 years, at least 1, Class B; release 2 × 3 years; fine 2 × $1,000,000."""
    statute = provided(HEROIN, statute=section, tier="C")

    assert (statute.minimum, statute.maximum, statute.felony_class) == (years(1), years(40), "B")
    assert (statute.release_minimum, statute.release_maximum) == (years(6), LIFE)
    assert statute.fine_maximum == 2_000_000
    assert statute.covered_by_safety_valve is False


def test_849_doubles_without_a_minimum_of_its_own() -> None:
    """849(b)."""
    statute = provided(HEROIN, statute="849", tier="C")

    assert (statute.minimum, statute.maximum, statute.release_minimum) == (NONE, years(40), years(6))
    assert provided(HEROIN, statute="849", tier="B").minimum == years(5)


def test_the_greater_minimum_of_841b_stays() -> None:
    """860(a): "Except to the extent a greater minimum sentence is otherwise provided"; 2 × 40 = 80 years."""
    statute = provided(HEROIN, statute="860", tier="B")

    assert (statute.minimum, statute.maximum, statute.release_minimum) == (years(5), years(80), years(8))


@pytest.mark.parametrize("section", ["859", "860"])
@pytest.mark.parametrize(("grams", "minimum"), [("5", NONE), ("5.01", years(1))])
def test_five_grams_of_marijuana_escape_the_one_year_minimum(section: str, grams: str, minimum: Term) -> None:
    """859(a), 860(a): "5 grams or less of marihuana"; 2 × 5 years all the same."""
    statute = provided(weighed("marijuana", grams), statute=section)

    assert (statute.minimum, statute.maximum) == (minimum, years(10))
    if section == "860":
        # 860(d) speaks of a mandatory minimum imposed under the section
        assert statute.probation_bar == ("21 U.S.C. 860(d)" if minimum else "")


def test_861_has_no_exception_for_small_amounts_of_marijuana() -> None:
    """861(b)."""
    assert provided(weighed("marijuana", "3"), statute="861").minimum == years(1)


def test_marijuana_with_another_drug_or_as_plants_does_not_escape() -> None:
    """860(a): the offense must involve 5 g or less of marijuana."""
    small = weighed("marijuana", "3")

    assert provided(small, weighed("schedule_v", "1"), statute="860").minimum == years(1)
    assert provided(weighed("marijuana", plants=1), statute="860").minimum == years(1)
    # two rows of 3 g are 6 g
    assert provided(small, small, statute="860").minimum == years(1)


@pytest.mark.parametrize("section", ["849", "859", "860", "861"])
def test_two_serious_priors_make_25_years_even_for_a_c_drug(section: str) -> None:
    """841(b)(1)(A), trap 18: "or of section 849, 859, 860, or 861"."""
    one = provided(HEROIN, statute=section, tier="C", notice_851="yes", serious_priors=1)
    two = provided(HEROIN, statute=section, tier="C", notice_851="yes", serious_priors=2)

    assert one.minimum == (NONE if section == "849" else years(1))
    assert (two.minimum, two.maximum, two.felony_class) == (years(25), LIFE, "A")
    # (A): at least 10 years of release after such a prior
    assert two.release_minimum == years(10)
    assert "841(b)(1)(A)" in two.probation_bar
    assert step(two, "two serious priors").finding is Finding.FLAGGED


def test_two_serious_priors_do_nothing_more_on_a_plain_c_or_b_count() -> None:
    """841(b)(1)(A) names its own subparagraph and four sections, no others."""
    for tier, minimum in (("C", NONE), ("B", years(10))):
        assert provided(HEROIN, tier=tier, notice_851="yes", serious_priors=2).minimum == minimum


def test_a_conspiracy_to_violate_860_has_its_penalties_too() -> None:
    """846: the same penalties as the object, the 25 years included."""
    statute = provided(HEROIN, statute="846", object="860", tier="C", notice_851="yes", serious_priors=2)

    assert statute.minimum == years(25)
    assert statute.cite == "21 U.S.C. 846; 21 U.S.C. 860(a); 21 U.S.C. 841(b)(1)(C)"


def test_a_death_near_a_school_is_twenty_to_life_and_life_after_a_prior() -> None:
    """841(b)(1)(C) with 860(a)."""
    death = {"statute": "860", "tier": "C", "death_or_injury_found": "yes"}

    assert provided(HEROIN, **death).minimum == years(20)
    assert provided(HEROIN, **death, notice_851="yes", drug_priors=1).minimum == LIFE
    # two serious priors beside it: at least the 25 years
    assert provided(HEROIN, **death, notice_851="yes", serious_priors=2).minimum == years(25)


@pytest.mark.parametrize(
    ("section", "minimum", "maximum", "release"),
    [
        ("849", NONE, years(60), years(9)),
        # the greater of 3 years to life or three times the maximum
        ("860", years(3), LIFE, years(9)),
        ("861", years(1), years(60), years(9)),
    ],
)
def test_a_second_conviction_under_the_section_trebles(
    section: str, minimum: Term, maximum: Term, release: Term
) -> None:
    """849(c), 860(b), 861(c): 3 × 20 years, 3 × 3 years of release; the notice is needed (851(a)(1))."""
    charge = {"statute": section, "tier": "C", "second_under_section": "yes"}
    statute = provided(HEROIN, **charge, notice_851="yes")
    without = provided(HEROIN, **charge, notice_851="no")

    assert (statute.minimum, statute.maximum, statute.release_minimum) == (minimum, maximum, release)
    assert without.maximum == years(40)
    assert step(without, f"{section} second conviction").finding is Finding.NOT_APPLICABLE


def test_a_second_conviction_under_859_stops() -> None:
    """859(b) multiplies the penalty "for a second or subsequent offense": which one is not modelled."""
    with pytest.raises(Stop) as caught:
        provided(HEROIN, statute="859", tier="C", second_under_section="yes", notice_851="yes")

    assert caught.value.field == "charge.second_under_section"
    assert caught.value.cite == "21 U.S.C. 859(b)"


def test_an_unknown_second_conviction_is_left_out_and_shown() -> None:
    """861(c)."""
    unknown = provided(HEROIN, statute="861", tier="C", second_under_section="unknown", notice_851="yes")
    notice = provided(HEROIN, statute="861", tier="C", second_under_section="yes", notice_851="unknown")

    assert unknown.maximum == notice.maximum == years(40)
    assert step(unknown, "861 second conviction").field == "charge.second_under_section"
    assert step(notice, "861 second conviction").field == "charge.notice_851"
    assert any("60 years" in other.words for other in unknown.alternatives)


def test_schedule_iii_near_a_school_after_a_prior() -> None:
    """860(a): 2 × 20 = 40 years, Class B; release 2 × 2 = 4 years up to 2 × 3 = 6, more than Class B's 5."""
    statute = provided(weighed("ketamine", "10"), statute="860", notice_851="yes", drug_priors=1)

    assert (statute.maximum, statute.felony_class) == (years(40), "B")
    assert (statute.release_minimum, statute.release_maximum) == (years(4), years(6))
    assert step(statute, "860 with a prior").finding is Finding.FLAGGED


def test_859_multiplies_the_first_offense_maximum() -> None:
    """859(a): "for a first offense": 2 × 10 = 20 years, no less than the 20 of (E)(ii)."""
    assert provided(weighed("ketamine", "10"), statute="859", notice_851="yes", drug_priors=1).maximum == years(20)


# --- 843(b), 844(a), 841(b)(4), 856 --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("facts", "maximum", "letter"),
    [
        ({}, years(4), "E"),
        ({"second_under_section": "yes", "notice_851": "yes"}, years(8), "D"),
        ({"second_under_section": "yes", "notice_851": "no"}, years(4), "E"),
        ({"second_under_section": "unknown", "notice_851": "yes"}, years(4), "E"),
    ],
)
def test_a_phone_count_has_four_years_or_eight(facts: dict[str, Any], maximum: Term, letter: str) -> None:
    """843(d)(1)."""
    statute = provided(HEROIN, statute="843(b)", **facts)

    assert (statute.minimum, statute.maximum, statute.felony_class) == (NONE, maximum, letter)
    assert statute.fine_maximum == 250_000
    assert statute.covered_by_safety_valve is False
    assert statute.tier is None


@pytest.mark.parametrize(
    ("priors", "minimum", "maximum", "letter", "least", "most", "assessment"),
    [
        (0, NONE, years(1), "A misdemeanor", 1_000, 100_000, 25),
        (1, Term(days=15), years(2), "E", 2_500, 250_000, 100),
        (2, Term(days=90), years(3), "E", 5_000, 250_000, 100),
        (5, Term(days=90), years(3), "E", 5_000, 250_000, 100),
    ],
)
def test_simple_possession_rises_with_drug_convictions(
    priors: int, minimum: Term, maximum: Term, letter: str, least: int, most: int, assessment: int
) -> None:
    """844(a); 18 U.S.C. 3571(b)(3), (5); 3013(a)."""
    statute = provided(HEROIN, statute="844(a)", notice_851="yes", drug_priors=priors)

    assert (statute.minimum, statute.maximum, statute.felony_class) == (minimum, maximum, letter)
    assert (statute.fine_minimum, statute.fine_maximum, statute.assessment) == (least, most, assessment)
    assert (statute.release_minimum, statute.release_maximum) == (NONE, years(1))
    assert statute.covered_by_safety_valve is True


def test_simple_possession_without_a_notice_is_a_first_offense() -> None:
    """851(a)(1) with 844(a)."""
    without = provided(HEROIN, statute="844(a)", drug_priors=2)
    unknown = provided(HEROIN, statute="844(a)", drug_priors=2, notice_851="unknown")
    untold = provided(HEROIN, statute="844(a)", drug_priors="unknown", notice_851="yes")

    assert without.maximum == unknown.maximum == untold.maximum == years(1)
    assert step(unknown, "851 notice").finding is Finding.UNKNOWN
    assert tuple(other.words for other in unknown.alternatives) == (
        "If a notice under 21 U.S.C. 851 was filed: at least 90 days and up to 3 years (36 months) in prison.",
    )
    assert step(untold, "844(a) priors").field == "charge.drug_priors"


def test_flunitrazepam_possession_has_three_years() -> None:
    """844(a): "Notwithstanding any penalty provided in this subsection"; the fine as otherwise provided."""
    first = provided(weighed("flunitrazepam", "1"), statute="844(a)")
    again = provided(weighed("flunitrazepam", "1"), statute="844(a)", notice_851="yes", drug_priors=2)

    assert (first.minimum, first.maximum, first.fine_minimum) == (NONE, years(3), 1_000)
    assert (again.maximum, again.fine_minimum) == (years(3), 5_000)
    assert step(again, "844(a) flunitrazepam", Finding.FLAGGED)


def test_sharing_a_little_marijuana_is_treated_as_possession() -> None:
    """841(b)(4)."""
    statute = provided(weighed("marijuana", "2"), statute="841(b)(4)")

    assert (statute.maximum, statute.felony_class) == (years(1), "A misdemeanor")
    assert statute.cite == "21 U.S.C. 841(b)(4); 21 U.S.C. 844(a)"
    assert statute.covered_by_safety_valve is True
    with pytest.raises(BadCase) as caught:
        provided(HEROIN, statute="841(b)(4)")
    assert caught.value.errors[0].field == "charge.statute"


def test_premises_have_twenty_years() -> None:
    """856(b): up to 20 years, $500,000, Class C; 3583(b)(2): up to 3 years of release."""
    statute = provided(HEROIN, statute="856", tier="A", death_or_injury_found="yes")

    assert (statute.minimum, statute.maximum, statute.felony_class) == (NONE, years(20), "C")
    assert (statute.fine_maximum, statute.release_maximum) == (500_000, years(3))
    assert statute.covered_by_safety_valve is False
    assert step(statute, "quantity found").finding is Finding.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("statute", "object_", "cite"),
    [
        ("846", None, "21 U.S.C. 846; 21 U.S.C. 841(b)(1)(B)(i)"),
        ("963", None, "21 U.S.C. 963; 21 U.S.C. 960(b)(2)(A)"),
        ("846", "856", "21 U.S.C. 846; 21 U.S.C. 856(b)"),
    ],
)
def test_a_conspiracy_carries_the_penalties_of_its_object(statute: str, object_: str | None, cite: str) -> None:
    """846, 963: both are cited."""
    answer = provided(HEROIN, statute=statute, object=object_, tier="B")

    assert answer.cite == cite
    assert answer.title.startswith("Attempt or conspiracy: ")
    assert answer.maximum == (years(20) if object_ else years(40))


@pytest.mark.parametrize(
    "section",
    [
        "841(b)(5)",
        "841(b)(6)",
        "841(b)(7)",
        "841(c)",
        "843(a)",
        "848",
        "860a",
        "865",
        "46 U.S.C. 70503",
        "other",
    ],
)
def test_sections_outside_the_model_stop_with_their_own_reason(section: str) -> None:
    """Never a number."""
    with pytest.raises(Stop) as caught:
        provided(HEROIN, statute=section)

    assert caught.value.field == "charge.statute"
    assert caught.value.why.endswith(".")
    assert caught.value.ask.endswith("?")
    assert caught.value.cite


def test_a_listed_chemical_alone_stops_and_beside_a_drug_is_left_out() -> None:
    """841(c) has penalties of its own."""
    with pytest.raises(Stop) as caught:
        provided(weighed("pseudoephedrine", "100"))

    assert "841(c)" in caught.value.cite
    assert provided(weighed("pseudoephedrine", "100"), HEROIN, tier="B").minimum == years(5)


def test_amounts_found_must_name_a_controlled_substance() -> None:
    """841(b): a listed chemical reaches no paragraph."""
    case = case_of(tier="found_amounts")
    law = law_for(sentenced_on=case.dates.sentenced_on, offense_ended=case.dates.offense_ended)

    with pytest.raises(BadCase) as caught:
        penalties.statute(case, law, (HEROIN,), (weighed("pseudoephedrine", "100"),))
    assert caught.value.errors[0].field == "charge.found"


def test_an_unknown_number_of_serious_priors_matters_near_a_school() -> None:
    """841(b)(1)(A): two of them would be 25 years even for a (C) drug."""
    statute = provided(HEROIN, statute="860", tier="C", notice_851="yes", serious_priors="unknown")

    assert statute.minimum == years(1)
    assert step(statute, "851 priors", Finding.UNKNOWN).field == "charge.serious_priors"


def test_no_drug_and_no_paragraph_is_refused() -> None:
    """841(b): without either, no paragraph can be told."""
    with pytest.raises(BadCase) as caught:
        provided()

    assert caught.value.errors[0].field == "drugs"


# --- The firearm count ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("count", "first", "again"),
    [
        ("carried", years(5), years(25)),
        ("brandished", years(7), years(25)),
        ("discharged", years(10), years(25)),
        ("short_barreled", years(10), years(25)),
        ("machinegun", years(30), LIFE),
    ],
)
def test_a_firearm_count_is_added(count: str, first: Term, again: Term) -> None:
    """18 U.S.C. 924(c)(1)(A)–(D): never merged into the drug count, trap 18."""
    plain = provided(HEROIN, tier="B")
    statute = provided(HEROIN, tier="B", firearm_count=count)

    assert (statute.consecutive, statute.minimum, statute.maximum) == (first, plain.minimum, plain.maximum)
    assert provided(HEROIN, tier="B", firearm_count=count, prior_924c="yes").consecutive == again
    assert "18 U.S.C. 924(c)(1)(D)" in statute.probation_bar
    assert statute.assessment == plain.assessment + 100


def test_an_unknown_firearm_count_or_prior_is_left_out_and_said() -> None:
    """18 U.S.C. 924(c)(1)(A), (C)."""
    unknown = provided(HEROIN, tier="B", firearm_count="unknown")
    prior = provided(HEROIN, tier="B", firearm_count="carried", prior_924c="unknown")

    assert unknown.consecutive == NONE
    assert step(unknown, "924(c)").field == "charge.firearm_count"
    assert prior.consecutive == years(5)
    assert step(prior, "924(c)(1)(C)").field == "charge.prior_924c"


def test_several_firearm_counts_stop() -> None:
    """18 U.S.C. 924(c)(1)(D)(ii)."""
    with pytest.raises(Stop) as caught:
        provided(HEROIN, tier="B", firearm_count="more_than_one")

    assert caught.value.field == "charge.firearm_count"


def test_a_firearm_count_beside_a_misdemeanor_is_flagged() -> None:
    """18 U.S.C. 924(c)(2): a drug trafficking crime is a felony."""
    statute = provided(HEROIN, statute="844(a)", firearm_count="carried")

    assert step(statute, "924(c)(2)").finding is Finding.FLAGGED


# --- Class, money, counts ------------------------------------------------------------------------------
def test_the_special_assessment_is_counted_for_each_count() -> None:
    """18 U.S.C. 3013(a): 3 × $100 + $100 for the firearm; 2 × $25 for a Class A misdemeanor."""
    assert provided(HEROIN, tier="B", counts=3, firearm_count="carried").assessment == 400
    assert provided(HEROIN, statute="844(a)", counts=2).assessment == 50
    assert step(provided(HEROIN, tier="B", counts=3), "several counts").finding is Finding.FLAGGED


@pytest.mark.parametrize(
    ("tier", "maximum", "letter"),
    [
        # 20 × 2 = 40, but 20 + 7 = 27 is less: Class B; 40 + 7 = 47; life stays life
        ("C", years(27), "B"),
        ("B", years(47), "B"),
        ("A", LIFE, "A"),
    ],
)
def test_a_false_domain_name_lengthens_the_maximum(tier: str, maximum: Term, letter: str) -> None:
    """18 U.S.C. 3559(g)(1): doubled or 7 years more, whichever is less."""
    statute = provided(HEROIN, tier=tier, role={"false_domain": True})

    assert (statute.maximum, statute.felony_class) == (maximum, letter)


def test_a_false_domain_name_doubles_a_short_felony_and_leaves_a_misdemeanor() -> None:
    """18 U.S.C. 3559(g)(1): 4 years become 8; "a felony offense"."""
    domain = {"false_domain": True}

    assert provided(HEROIN, statute="843(b)", role=domain).maximum == years(8)
    assert provided(HEROIN, statute="844(a)", role=domain).maximum == years(1)
    unknown = provided(HEROIN, tier="C", role={"false_domain": "unknown"})
    assert unknown.maximum == years(20)
    assert step(unknown, "3559(g)(1)").finding is Finding.UNKNOWN


def test_a_conviction_under_841g_is_flagged() -> None:
    """21 U.S.C. 841(g) has a maximum of its own."""
    statute = provided(weighed("ghb", "10"), conduct={"convicted_841g": True})

    assert step(statute, "841(g)").finding is Finding.FLAGGED


@pytest.mark.parametrize(
    ("statute", "object_", "covered"),
    [
        ("841(a)", None, True),
        ("844(a)", None, True),
        ("846", None, True),
        ("846", "844(a)", True),
        ("960", None, True),
        ("963", None, True),
        # 846 is named, its object is not: open, so not counted on
        ("846", "860", False),
        ("843(b)", None, False),
        ("849", None, False),
        ("856", None, False),
        ("859", None, False),
        ("860", None, False),
        ("861", None, False),
    ],
)
def test_which_counts_the_safety_valve_names(statute: str, object_: str | None, covered: bool) -> None:
    """18 U.S.C. 3553(f): 841, 844, 846, 960, 963."""
    assert provided(HEROIN, statute=statute, object=object_).covered_by_safety_valve is covered


# --- After the safety valve and motions ----------------------------------------------------------------
def valve(relief: bool | None) -> SafetyValve:
    """A safety valve that applies, does not, or is not known."""
    return SafetyValve(relief, relief, (), ())


def after(relief: bool | None, *amounts: StatutoryAmount, **charge: Any) -> Statute:
    """The statute after the safety valve and the motions of the case."""
    case = case_of(**charge)
    law = law_for(sentenced_on=case.dates.sentenced_on, offense_ended=case.dates.offense_ended)
    before = penalties.statute(case, law, amounts or (HEROIN,), ())
    return penalties.relieved(before, valve(relief), case, law)


def test_the_safety_valve_lifts_prison_and_release_minimums_and_nothing_else() -> None:
    """18 U.S.C. 3553(f); USSG §5C1.2 n.6. Class and bar stay (trap 13)."""
    statute = after(True, tier="B")

    assert (statute.minimum, statute.minimum_by_law, statute.release_minimum) == (NONE, years(5), NONE)
    assert (statute.maximum, statute.felony_class) == (years(40), "B")
    assert statute.probation_bar == "21 U.S.C. 841(b)(1)(B)"
    assert statute.lifted_by == "18 U.S.C. 3553(f)"


def test_the_safety_valve_lifts_minimums_raised_by_a_notice_and_the_days_of_844() -> None:
    """3553(f): "any statutory minimum sentence"; section 404 is named."""
    assert after(True, tier="A", notice_851="yes", serious_priors=2).minimum == NONE
    assert after(True, statute="844(a)", notice_851="yes", drug_priors=1).minimum == NONE


def test_on_a_c_count_only_the_release_minimum_is_lifted() -> None:
    """USSG §5D1.2 n.4; there is no prison minimum to lift."""
    statute = after(True, tier="C")

    assert (statute.release_minimum, statute.lifted_by) == (NONE, "")
    assert "§5C1.2" in statute.release_cite


@pytest.mark.parametrize("relief", [False, None])
def test_without_relief_the_minimum_stays(relief: bool | None) -> None:
    """3553(f): not known is left out of the main line."""
    statute = after(relief, tier="B")

    assert (statute.minimum, statute.release_minimum, statute.lifted_by) == (years(5), years(4), "")
    assert any(one.rule == "3553(f)" for one in statute.steps) is (relief is None)


@pytest.mark.parametrize(
    ("motion", "minimum", "lifted_by"),
    [
        ("none", years(5), ""),
        ("guideline", years(5), ""),
        ("statute", NONE, "18 U.S.C. 3553(e)"),
        ("both", NONE, "18 U.S.C. 3553(e)"),
        ("unknown", years(5), ""),
    ],
)
def test_only_a_motion_under_3553e_goes_below_the_minimum(motion: str, minimum: Term, lifted_by: str) -> None:
    """Melendez (1996), trap 17; USSG §5D1.2 n.5 for release."""
    statute = after(False, tier="B", motions={"substantial_assistance": motion})

    assert (statute.minimum, statute.minimum_by_law) == (minimum, years(5))
    assert statute.lifted_by == lifted_by
    assert statute.release_minimum == (NONE if lifted_by else years(4))
    if motion == "unknown":
        assert step(statute, "3553(e)").field == "motions.substantial_assistance"


def test_a_motion_after_the_safety_valve_finds_nothing_left_to_lift() -> None:
    """3553(f) comes first."""
    statute = after(True, tier="B", motions={"substantial_assistance": "both"})

    assert (statute.minimum, statute.lifted_by) == (NONE, "18 U.S.C. 3553(f)")


def test_the_motion_can_reach_the_firearm_term_which_is_shown_in_full() -> None:
    """3553(e): "a level established by statute as a minimum sentence"."""
    statute = after(False, tier="B", firearm_count="carried", motions={"substantial_assistance": "statute"})

    assert statute.consecutive == years(5)
    assert step(statute, "3553(e) firearm count").finding is Finding.FLAGGED


def test_a_motion_reaches_counts_the_safety_valve_does_not_name() -> None:
    """3553(e) names no sections: 860's year can be passed by."""
    statute = after(False, statute="860", tier="C", motions={"substantial_assistance": "statute"})

    assert statute.minimum == NONE
    assert statute.probation_bar == "21 U.S.C. 860(d)"


def test_every_step_has_a_sentence_and_a_citation() -> None:
    """No verdict travels without its cite and its why."""
    for charge in (
        {"tier": "B"},
        {"statute": "860"},
        {"statute": "844(a)"},
        {"statute": "846", "object": "861"},
    ):
        for one in after(None, firearm_count="carried", **charge).steps:
            assert one.cite
            assert one.words.endswith((".", "?"))
            assert "offender" not in one.words


def test_the_rules_work_together_on_one_case() -> None:
    """120 g of heroin found, no record, all told: (B), lifted, still Class B and barred from probation."""
    case = case_of(tier="B", motions={"truthful_disclosure": "yes"})
    law = law_for(sentenced_on=case.dates.sentenced_on, offense_ended=case.dates.offense_ended)
    before = penalties.statute(case, law, (HEROIN,), ())
    clean = HistoryScore(0, "I", (), 0, 0, 0, 0, False, 0, False, True, ())
    checked = safety_valve.check(case, law, safety_valve.past(clean, law), before)
    statute = penalties.relieved(before, checked, case, law)

    assert checked.relief is True
    assert (statute.minimum, statute.felony_class) == (NONE, "B")
