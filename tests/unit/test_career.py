"""Career offender and zero-point offender: USSG §§4B1.1, 4B1.2 and 4C1.1 (Nov. 1, 2025)."""

from datetime import date
from typing import Any

import pytest

from calculator.answer import HistoryScore
from calculator.law.history import HistoryTables
from calculator.law.levels import LevelTables
from calculator.law.schema import Tables
from calculator.reading import read_case
from calculator.rules.career import CareerOffender, ZeroPointOffender, career_level, past, zero_point
from calculator.rules.history import score
from calculator.scenario import Case
from calculator.trace import Finding, Stage
from calculator.units import LIFE, Term


class Law:
    """The law of 2025 as far as the rules of Chapter Four read it."""

    history = HistoryTables.read(Tables("guidelines", date(2025, 11, 1)))
    levels = LevelTables.read(Tables("guidelines", date(2025, 11, 1)))


LAW: Any = Law
DATES = {"sentenced_on": "2026-01-15", "offense_ended": "2025-06-01", "offense_began": "2025-03-01"}


def case_of(**groups: Any) -> Case:
    """A case of drug dealing with these facts."""
    return read_case({"dates": DATES, "charge": {"statute": "841(a)"}, **groups})


def career(
    level: int = 24,
    maximum: Term = Term(240),  # noqa: B008  (a frozen value)
    guideline: str = "2D1.1",
    **groups: Any,
) -> CareerOffender:
    """What the career offender rule makes of two predicates and nine points, unless told otherwise."""
    history = {"points": 9, "career_predicates": 2, **groups.pop("history", {})}
    case = case_of(history=history, **groups)
    return career_level(case, LAW, past(score(case, LAW)), level, maximum, guideline)


def zero(level: int = 20, role: bool | None = False, victim: bool | None = False, **groups: Any) -> ZeroPointOffender:
    """What the zero-point rule makes of a person with no history, unless told otherwise."""
    case = case_of(**groups)
    return zero_point(case, LAW, past(score(case, LAW)), level, role, victim)


def cites(found: CareerOffender | ZeroPointOffender, finding: Finding) -> list[str]:
    """The citations of the steps with this finding."""
    return [step.cite for step in found if step.finding is finding]


# --- Career offender -------------------------------------------------------------------------------------


def test_a_career_offender_takes_the_level_of_the_table_and_the_last_category() -> None:
    """§4B1.1(b)(3): a maximum of 20 years is level 32, above 24; Category VI."""
    found = career(level=24)

    assert (found.applies, found.level, found.category) == (True, 32, "VI")
    assert all(step.stage is Stage.HISTORY for step in found)


@pytest.mark.parametrize(("own", "level"), [(31, 32), (32, 32), (33, 33)])
def test_the_table_replaces_the_level_only_when_it_is_greater(own: int, level: int) -> None:
    """§4B1.1(b): “greater than the offense level otherwise applicable”; Category VI in every case."""
    found = career(level=own)

    assert (found.level, found.category, found.applies) == (level, "VI", True)


@pytest.mark.parametrize(
    ("maximum", "level"),
    [
        *[(LIFE, 37), (Term(480), 34), (Term(300), 34), (Term(299), 32), (Term(240), 32), (Term(239), 29)],
        *[(Term(180), 29), (Term(179), 24), (Term(120), 24), (Term(119), 17), (Term(60), 17), (Term(59), 12)],
    ],
)
def test_the_level_follows_the_statutory_maximum(maximum: Term, level: int) -> None:
    """§4B1.1(b)(1)–(7), at 25, 20, 15, 10 and 5 years and at life."""
    assert career(level=6, maximum=maximum).level == level


def test_example_of_a_maximum_raised_by_a_prior_conviction() -> None:
    """§4B1.1, n.2 (4B1.1-n2): 841(b)(1)(C) raised from 20 to 30 years is 30 years: level 34, not 32."""
    assert (career(maximum=Term(360)).level, career(maximum=Term(240)).level) == (34, 32)


def test_example_of_a_drug_count_with_a_firearm_count() -> None:
    """§4B1.1, n.3(E) (4B1.1-n3E): 40 years is level 34; with 3 levels off the firearm table says 262–327."""
    assert career(maximum=Term(480)).level == 34
    assert LAW.history.career_924c(3) == (Term(262), Term(327))


@pytest.mark.parametrize("predicates", [0, 1])
def test_fewer_than_two_predicates_change_nothing(predicates: int) -> None:
    """§4B1.1(a)(3)."""
    found = career(history={"career_predicates": predicates})

    assert (found.applies, found.level, found.category) == (False, 24, "")
    assert cites(found, Finding.NOT_APPLICABLE) == ["USSG §4B1.1(a)(3)"]


def test_a_person_under_eighteen_at_the_offense_is_no_career_offender() -> None:
    """§4B1.1(a)(1)."""
    found = career(history={"adult_at_offense": False})

    assert (found.applies, found.level) == (False, 24)
    assert cites(found, Finding.NOT_APPLICABLE) == ["USSG §4B1.1(a)(1)"]


@pytest.mark.parametrize(
    ("charge", "applies"),
    [
        ({"statute": "841(a)"}, True),
        ({"statute": "846"}, True),  # §4B1.2(d)
        ({"statute": "960"}, True),
        ({"statute": "963"}, True),
        ({"statute": "849"}, True),
        ({"statute": "859"}, True),
        ({"statute": "860"}, True),
        ({"statute": "846", "object": "860"}, True),
        ({"statute": "861"}, None),
        ({"statute": "856"}, None),  # §4B1.2, n.1: if the conviction established the offense behind it
        ({"statute": "843(b)"}, None),
        ({"statute": "846", "object": "856"}, None),
        ({"statute": "844(a)"}, False),  # possession alone
        ({"statute": "846", "object": "844(a)"}, False),
        ({"statute": "841(b)(4)"}, False),
    ],
)
def test_which_counts_are_controlled_substance_offenses(charge: dict[str, Any], applies: bool | None) -> None:
    """§4B1.1(a)(2); §4B1.2(b), (d), n.1."""
    found = career(charge=charge)

    assert found.applies is applies
    assert (found.level, found.category) == ((32, "VI") if applies else (24, ""))


@pytest.mark.parametrize("statute", ["856", "843(b)", "861"])
@pytest.mark.parametrize(("established", "applies"), [("yes", True), ("no", False), ("unknown", None)])
def test_what_a_conviction_established_decides_under_three_sections(
    statute: str, established: str, applies: bool | None
) -> None:
    """§4B1.2, n.1: only if it established that the offense behind it was a controlled substance offense."""
    found = career(charge={"statute": statute, "established_dealing": established})
    asked = [step.field for step in found if step.finding is Finding.UNKNOWN]

    assert found.applies is applies
    assert asked == ([] if applies is not None else ["charge.established_dealing"])


def test_a_misdemeanor_is_never_a_career_offense() -> None:
    """§4B1.1(a)(2): a felony is punishable by more than one year; 841(b)(3) at one year is none."""
    assert career(maximum=Term(12)).applies is False
    assert career(maximum=Term(12, 1), level=6).applies is True


@pytest.mark.parametrize(
    ("history", "field"),
    [
        ({"career_predicates": "unknown"}, "history.career_predicates"),
        ({"adult_at_offense": "unknown"}, "history.adult_at_offense"),
    ],
)
def test_an_unknown_requirement_leaves_the_rule_out_and_says_so(history: dict[str, Any], field: str) -> None:
    """§4B1.1(a): level and category stay; the step names what is not known."""
    found = career(history=history)

    assert (found.applies, found.level, found.category) == (None, 24, "")
    assert [step.field for step in found if step.finding is Finding.UNKNOWN] == [field]


def test_a_listed_predicate_not_known_leaves_the_rule_out() -> None:
    """§4B1.2(c): whether the second was a felony is asked where the prior is listed."""
    prior = {"kind": "probation", "controlled_substance_offense": True}
    rows = [
        {**prior, "felony": True, "sentenced_on": "2019-01-01"},
        {**prior, "felony": "unknown", "sentenced_on": "2020-01-01"},
    ]
    case = case_of(history={"priors": rows})
    result = score(case, LAW)
    found = career_level(case, LAW, past(result), 24, Term(240), "2D1.1")

    assert (found.applies, found.level) == (None, 24)
    assert "history.priors[1].felony" in [step.field for step in result.steps if step.finding is Finding.UNKNOWN]


def test_a_listed_prior_that_does_not_qualify_is_named_as_the_reason() -> None:
    """§4B1.1(a)(3)."""
    rows = [{"kind": "probation", "sentenced_on": "2020-01-01"}]
    case = case_of(history={"priors": rows})
    found = career_level(case, LAW, past(score(case, LAW)), 24, Term(240), "2D1.1")

    assert [step.field for step in found] == ["history.priors"]


@pytest.mark.parametrize(
    ("own", "acceptance", "flagged"),
    [(15, "yes", True), (16, "yes", False), (15, "unknown", True), (15, "no", False)],
)
def test_the_third_level_is_in_doubt_when_the_own_level_was_under_sixteen(
    own: int, acceptance: str, flagged: bool
) -> None:
    """§4B1.1(b) and §3E1.1(b): “level 16 or greater” before (a), read with the raised level."""
    found = career(level=own, plea={"acceptance": acceptance})

    assert (cites(found, Finding.FLAGGED) == ["USSG §4B1.1(b); USSG §3E1.1(b)"]) is flagged


def test_a_raised_level_still_under_sixteen_raises_no_doubt() -> None:
    """§3E1.1(b): a maximum of four years is level 12, and 12 never earns the third level."""
    assert cites(career(level=6, maximum=Term(48), plea={"acceptance": True}), Finding.FLAGGED) == []


# --- Zero points -----------------------------------------------------------------------------------------


def test_a_person_with_no_points_who_meets_all_eleven_criteria_gets_two_levels_off() -> None:
    """§4C1.1(a): 20 − 2 = 18."""
    found = zero(level=20)

    assert (found.level, found.reduced) == (18, True)
    assert [step.levels for step in found] == [-2]


FAILING: list[tuple[str, dict[str, Any]]] = [
    ("USSG §4C1.1(a)(1)", {"history": {"points": 1}}),
    ("USSG §4C1.1(a)(2)", {"charge": {"statute": "841(a)", "outside": ["terrorism"]}}),
    ("USSG §4C1.1(a)(3)", {"conduct": {"violence": True}}),
    ("USSG §4C1.1(a)(4)", {"conduct": {"death_or_serious_injury": True}}),
    ("USSG §4C1.1(a)(4)", {"charge": {"statute": "841(a)", "death_or_injury_found": True}}),
    ("USSG §4C1.1(a)(5)", {"charge": {"statute": "841(a)", "outside": ["sex_offense"]}}),
    ("USSG §4C1.1(a)(6)", {"conduct": {"financial_hardship": True}}),
    ("USSG §4C1.1(a)(7)", {"conduct": {"weapon_possessed": True, "own_weapon": True}}),
    ("USSG §4C1.1(a)(7)", {"charge": {"statute": "841(a)", "firearm_count": "carried"}}),
    ("USSG §4C1.1(a)(5); USSG §4C1.1(a)(8)", {"history": {"zero_point_excluded": True}}),
    ("USSG §4C1.1(a)(9)", {"victim": True}),
    ("USSG §4C1.1(a)(9)", {"charge": {"statute": "841(a)", "outside": ["human_rights_offense"]}}),
    ("USSG §4C1.1(a)(10)", {"role": True}),
    ("USSG §4C1.1(a)(11)", {"charge": {"statute": "841(a)", "outside": ["continuing_criminal_enterprise"]}}),
]


@pytest.mark.parametrize(("cite", "facts"), FAILING)
def test_each_criterion_alone_bars_the_reduction(cite: str, facts: dict[str, Any]) -> None:
    """§4C1.1(a)(1)–(11): one that fails is named, and the level stays."""
    found = zero(level=20, **facts)

    assert (found.level, found.reduced) == (20, False)
    assert cites(found, Finding.NOT_APPLICABLE) == [cite]


UNKNOWN_FACTS: list[tuple[str | None, dict[str, Any]]] = [
    (None, {"history": {"points": "unknown"}}),
    ("conduct.violence", {"conduct": {"violence": "unknown"}}),
    ("conduct.death_or_serious_injury", {"conduct": {"death_or_serious_injury": "unknown"}}),
    ("charge.death_or_injury_found", {"charge": {"statute": "841(a)", "death_or_injury_found": "unknown"}}),
    ("conduct.financial_hardship", {"conduct": {"financial_hardship": "unknown"}}),
    ("conduct.own_weapon", {"conduct": {"weapon_possessed": True}}),
    ("conduct.own_weapon", {"conduct": {"own_weapon": "unknown"}}),
    ("conduct.weapon_possessed", {"conduct": {"weapon_possessed": "unknown"}}),
    ("charge.firearm_count", {"charge": {"statute": "841(a)", "firearm_count": "unknown"}}),
    ("history.zero_point_excluded", {"history": {"zero_point_excluded": "unknown"}}),
    ("role.vulnerable_victim", {"victim": None}),
    ("role.part", {"role": None}),
]


@pytest.mark.parametrize(("field", "facts"), UNKNOWN_FACTS)
def test_each_unknown_criterion_leaves_the_reduction_out(field: str | None, facts: dict[str, Any]) -> None:
    """§4C1.1(a): all criteria must be met, so one not known is a step of its own."""
    found = zero(level=20, **facts)

    assert (found.level, found.reduced) == (20, None)
    assert [step.field for step in found if step.finding is Finding.UNKNOWN] == [field]


def test_a_weapon_of_someone_else_does_not_bar_the_reduction() -> None:
    """§4C1.1(a)(7) looks to the person’s own conduct."""
    assert zero(conduct={"weapon_possessed": True, "own_weapon": False}).reduced is True


def test_a_failed_criterion_settles_it_whatever_is_unknown() -> None:
    """§4C1.1(a): one failure is enough."""
    found = zero(conduct={"violence": True, "financial_hardship": "unknown"})

    assert (found.reduced, cites(found, Finding.UNKNOWN)) == (False, [])


def test_an_old_sentence_that_scores_nothing_leaves_zero_points() -> None:
    """§4C1.1(a)(1): “did not receive any criminal history points”, not “has no record”."""
    old = {"kind": "probation", "sentenced_on": "2005-01-01"}

    assert zero(history={"priors": [old]}).reduced is True


def test_points_that_could_be_more_than_zero_leave_the_reduction_out() -> None:
    """§4C1.1(a)(1): a listed offense that may have been a felony could score."""
    listed = {"kind": "fine_or_other", "offense": "trespassing", "sentenced_on": "2020-01-01"}

    assert zero(history={"priors": [listed]}).reduced is None


def test_two_predicates_are_never_zero_points() -> None:
    """§4B1.2(c): predicates count only if they score, so (a)(1) fails though no sentence is listed."""
    assert zero(history={"career_predicates": 2}).reduced is False


def test_a_stipulated_death_level_is_flagged() -> None:
    """§2D1.1(a)(1)–(4) rest on death or serious injury; (a)(4) asks whether it resulted."""
    found = zero(charge={"statute": "841(a)", "stipulated_level": "26"})

    assert found.reduced is True
    assert cites(found, Finding.FLAGGED) == ["USSG §4C1.1(a)(4); USSG §2D1.1(a)"]


def test_the_score_alone_decides_the_first_criterion() -> None:
    """§4C1.1(a)(1): zero points known for certain."""
    result: HistoryScore = score(case_of(), LAW)

    assert (result.points, result.certain) == (0, True)
