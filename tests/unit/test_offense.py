"""Chapter Two: each base level and specific offense characteristic on both sides of its edge."""

from __future__ import annotations

import dataclasses
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from calculator.answer import SafetyValve, Statute, ValveTest
from calculator.kinds import BadCase
from calculator.law.levels import LevelTables
from calculator.law.schema import Tables
from calculator.reading import read_case
from calculator.rules.offense import ChapterTwo, chapter_two, needs_near
from calculator.scenario import Case
from calculator.trace import Finding, Stop
from calculator.units import LIFE, Term
from tests.unit.made_counts import C_COUNT, NO_VALVE, VALVE

_CLASSES = {
    "heroin": "opiate_or_cocaine_base",
    "cocaine base": "opiate_or_cocaine_base",
    "cocaine": "cocaine_flunitrazepam_lsd_pcp",
    "marihuana": "other",
}


class _Drugs:
    """The substances by name, as far as Chapter Two asks."""

    @staticmethod
    def find(name: str, field: str) -> SimpleNamespace:
        return SimpleNamespace(id=name, possession=_CLASSES.get(name, "other"))


LAW: Any = SimpleNamespace(
    levels=LevelTables.read(Tables("guidelines", date(2025, 11, 1))),
    drugs=_Drugs(),
)


def case(statute: str = "841(a)", drugs: tuple[str, ...] = ("heroin",), **facts: Any) -> Case:
    """A case under a section. Facts are grouped: charge={...}, conduct={...}, role={...}."""
    given = {
        "dates": {"sentenced_on": "2026-03-02", "offense_ended": "2025-12-01"},
        "charge": {"statute": statute, **facts.pop("charge", {})},
        "drugs": [{"substance": name, "quantity": "10 g"} for name in drugs],
        "plea": {"acceptance": "no", "government_moved": "no"},
        **facts,
    }
    return read_case(given)


def found(
    facts: Case,
    level: int = 24,
    near: int | None = None,
    statute: Statute = C_COUNT,
    valve: SafetyValve = NO_VALVE,
) -> ChapterTwo:
    """The Chapter Two ledger for a table level."""
    out = chapter_two(facts, LAW, facts.named, level, near, statute, valve)
    _adds_up(out)
    return out


def _adds_up(out: ChapterTwo) -> None:
    """Every applied step that counts levels starts from the total before it; the last total is the level."""
    total = 0
    for step in out:
        if step.total is not None and step.levels is not None:
            assert step.total in (total + step.levels, step.levels)
            total = step.total
    assert out.level == total


def findings(out: ChapterTwo, rule: str) -> list[Finding]:
    """What became of a rule, step by step."""
    return [step.finding for step in out if step.rule == rule]


def unknown_fields(out: ChapterTwo) -> set[str | None]:
    """The facts that are asked for."""
    return {step.field for step in out if step.finding is Finding.UNKNOWN}


# --- Base level -------------------------------------------------------------------------------------------


def test_the_drug_table_level_is_the_base_level() -> None:
    """USSG §2D1.1(a)(5)."""
    out = found(case(), 24)

    assert (out.guideline, out.base_level, out.level) == ("2D1.1", 24, 24)


@pytest.mark.parametrize(
    ("level", "part", "base"),
    [
        # Level 30 and below are untouched, whatever the role.
        (28, "minimal", 28),
        (30, "minor", 30),
        (30, "minimal", 30),
        # 32 − 2 = 30, which is not above 30: the last sentence adds nothing.
        (32, "minor", 30),
        (32, "between", 30),
        (32, "minimal", 30),
        # 34 − 3 = 31; only the 4-level reduction takes it to 30.
        (34, "minor", 31),
        (34, "between", 31),
        (34, "minimal", 30),
        # Above 34: to 32; with the 4-level reduction to 30.
        (36, "minor", 32),
        (36, "between", 32),
        (36, "minimal", 30),
        (38, "minor", 32),
        (38, "between", 32),
        (38, "minimal", 30),
        # No mitigating role, no cap; an unknown one is left out of the main line.
        (32, "none", 32),
        (38, "leader", 38),
        (38, "unknown", 38),
    ],
)
def test_a_mitigating_role_caps_the_base_level(level: int, part: str, base: int) -> None:
    """USSG §2D1.1(a)(5), as amended Nov. 1, 2025 (amendment 833)."""
    assert base == found(case(role={"part": part}), level).base_level


def test_the_cap_reading_is_shown_where_it_bites() -> None:
    """USSG §2D1.1(a)(5): “resulting offense level” is read as the base level, and said to be a reading."""
    assert Finding.FLAGGED in findings(found(case(role={"part": "minimal"}), 34), "2D1.1(a)(5)")
    assert Finding.FLAGGED not in findings(found(case(role={"part": "minimal"}), 30), "2D1.1(a)(5)")
    assert Finding.FLAGGED not in findings(found(case(role={"part": "minor"}), 34), "2D1.1(a)(5)")


def test_the_cap_comes_before_the_specific_offense_characteristics() -> None:
    """USSG §2D1.1(a)(5), (b)(1): 38 is capped to 30, then the weapon adds 2: 32, not 30."""
    out = found(case(role={"part": "minimal"}, conduct={"weapon_possessed": True}), 38)

    assert (out.base_level, out.level) == (30, 32)


@pytest.mark.parametrize(("level", "asked"), [(30, False), (32, True)])
def test_an_unknown_role_is_asked_where_the_cap_could_reach(level: int, asked: bool) -> None:
    """USSG §2D1.1(a)(5): levels up to 30 do not turn on the role."""
    out = found(case(role={"part": "unknown"}), level)

    assert asked is (Finding.UNKNOWN in findings(out, "2D1.1(a)(5)"))


DEATH = {"death_or_injury_found": True}


@pytest.mark.parametrize(
    ("tier", "minimum", "maximum", "base"),
    [
        ("A", LIFE, LIFE, 43),  # (a)(1): death and an earlier conviction: mandatory life
        ("C", LIFE, LIFE, 43),
        ("A", Term(240), LIFE, 38),  # (a)(2): 20 years to life
        ("B", Term(240), LIFE, 38),
        ("C", Term(240), LIFE, 38),
        ("E", Term(), Term(360), 30),  # (a)(3): maximum 30 years
        ("E", Term(), Term(180), 26),  # (a)(4): maximum 15 years
        ("D", Term(), Term(60), 14),  # (b)(1)(D) sets no term for death
        ("C", Term(), Term(360), 14),  # 30 years from an earlier conviction alone is not (a)(3)
    ],
)
def test_death_found_sets_the_base_level_by_the_statutory_term(
    tier: str, minimum: Term, maximum: Term, base: int
) -> None:
    """USSG §2D1.1(a)(1)–(4) and n.2; the table would give 14."""
    statute = dataclasses.replace(C_COUNT, tier=tier, minimum_by_law=minimum, maximum=maximum)

    assert base == found(case(charge=DEATH), 14, statute=statute).base_level


def test_the_greatest_of_the_alternatives_applies() -> None:
    """USSG §2D1.1(a): “apply the greatest”. Level 26 for a Schedule III death against the table's 24 and
    28."""
    statute = dataclasses.replace(C_COUNT, tier="E", maximum=Term(180))

    assert found(case(charge=DEATH), 24, statute=statute).base_level == 26
    assert found(case(charge=DEATH), 28, statute=statute).base_level == 28


def test_without_a_finding_of_death_the_term_alone_sets_nothing() -> None:
    """USSG §2D1.1(a)(2) and n.2: the term must come from death or serious injury."""
    statute = dataclasses.replace(C_COUNT, tier="A", minimum_by_law=Term(300), maximum=LIFE)

    assert found(case(), 24, statute=statute).base_level == 24


def test_a_mitigating_role_does_not_cap_a_level_set_by_death() -> None:
    """USSG §2D1.1(a)(5) lowers the level “under subsection (c)” only."""
    statute = dataclasses.replace(C_COUNT, minimum_by_law=Term(240), maximum=LIFE)

    assert found(case(charge=DEATH, role={"part": "minimal"}), 38, statute=statute).base_level == 38


@pytest.mark.parametrize(("agreed", "level", "base"), [("43", 38, 43), ("38", 36, 38), ("26", 28, 28), ("30", 28, 30)])
def test_a_stipulated_base_level_is_one_of_the_alternatives(agreed: str, level: int, base: int) -> None:
    """USSG §2D1.1(a)(1)(B)–(4)(B)."""
    assert base == found(case(charge={"stipulated_level": agreed}), level).base_level


def test_the_greater_of_a_stipulation_and_the_statute_applies() -> None:
    """USSG §2D1.1(a): 38 by the statute's term stands over an agreed 30; an agreed 43 stands over it."""
    statute = dataclasses.replace(C_COUNT, minimum_by_law=Term(240), maximum=LIFE)
    lower = case(charge={**DEATH, "stipulated_level": "30"})
    higher = case(charge={**DEATH, "stipulated_level": "43"})

    assert found(lower, 24, statute=statute).base_level == 38
    assert found(higher, 24, statute=statute).base_level == 43


def test_a_stipulated_level_leaves_no_step_that_says_it_is_not_counted() -> None:
    """USSG §2D1.1(a): the table gives 34, and 31 with a mitigating role, (a)(5)(ii); both are named beside the 38."""
    facts = case(charge={"stipulated_level": "38"}, role={"part": "minor"})
    out = found(facts, 34)
    passed = [step.words for step in out.steps if step.finding is Finding.NOT_APPLICABLE and "(a)" in step.rule]

    assert out.base_level == 38
    assert passed[0] == (
        "The Drug Quantity Table would give level 34, and level 31 with a mitigating role, which is not greater."
    )
    assert not any("not counted here" in words for words in passed if "fixed base levels" in words)


def test_a_stipulated_level_the_law_does_not_print_is_an_error() -> None:
    """USSG §2D1.1(a)(1)–(4) print 43, 38, 30 and 26."""
    facts = case()
    odd = dataclasses.replace(facts, charge=dataclasses.replace(facts.charge, stipulated_level="40"))

    with pytest.raises(BadCase) as caught:
        found(odd)
    assert caught.value.errors[0].field == "charge.stipulated_level"


def test_death_in_fact_without_a_finding_sets_nothing_and_says_so() -> None:
    """USSG §2D1.1(a)(2): the conviction must carry the term; 21 U.S.C. 841(b) makes death an element."""
    out = found(case(conduct={"death_or_serious_injury": True}), 24)

    assert out.level == 24
    assert any("charged and found" in step.words for step in out if step.rule == "2D1.1(a)(1)–(4)")


def test_a_paragraph_not_known_still_follows_the_minimum() -> None:
    """USSG §2D1.1(a)(2): 20 years to life is in the text of each of 841(b)(1)(A), (B) and (C)."""
    unknown = dataclasses.replace(C_COUNT, tier=None)
    twenty = dataclasses.replace(unknown, minimum_by_law=Term(240), maximum=LIFE)

    assert found(case(charge=DEATH), 24, statute=twenty).base_level == 38
    assert found(case(charge=DEATH), 24, statute=unknown).base_level == 24


def test_unknown_death_is_asked_and_left_out() -> None:
    """USSG §2D1.1(a)(1)–(4)."""
    out = found(case(charge={"death_or_injury_found": "unknown"}), 24)

    assert out.level == 24
    assert "charge.death_or_injury_found" in unknown_fields(out)


@pytest.mark.parametrize(
    ("tier", "charge", "field"),
    [
        ("C", {"notice_851": "unknown"}, "charge.notice_851"),
        ("C", {"notice_851": True, "drug_priors": "unknown"}, "charge.drug_priors"),
        ("B", {"notice_851": True, "serious_priors": "unknown"}, "charge.serious_priors"),
    ],
)
def test_an_unknown_earlier_conviction_is_asked_beside_a_death(tier: str, charge: dict[str, Any], field: str) -> None:
    """USSG §2D1.1(a)(1), n.2: level 38 becomes 43 with a noticed earlier conviction."""
    statute = dataclasses.replace(C_COUNT, tier=tier, minimum_by_law=Term(240), maximum=LIFE)
    out = found(case(charge={**DEATH, **charge}), 24, statute=statute)

    assert out.level == 38
    assert field in unknown_fields(out)


def test_a_phone_count_is_no_conviction_under_the_trafficking_penalties() -> None:
    """USSG §2D1.1(a)(2): “convicted of an offense under 841(b)(1)(A)…”; section 843(b) is another."""
    out = found(case("843(b)", charge=DEATH), 24)

    assert out.level == 24
    assert Finding.FLAGGED in findings(out, "2D1.1(a)(1)–(4)")


def test_a_schedule_iii_death_near_a_school_stops() -> None:
    """USSG §2D1.1(a)(3), (4) name maximums of 15 and 30 years; section 860 doubles them."""
    statute = dataclasses.replace(C_COUNT, tier="E", maximum=Term(360))

    with pytest.raises(Stop):
        found(case("860", charge=DEATH), 24, statute=statute)


def test_no_drugs_is_an_error_that_names_the_field() -> None:
    """The base level follows from the drugs."""
    with pytest.raises(BadCase) as caught:
        chapter_two(case(drugs=()), LAW, (), None, None, C_COUNT, NO_VALVE)

    assert caught.value.errors[0].field == "drugs"


def test_a_section_without_a_guideline_stops() -> None:
    """USSG App. A: 21 U.S.C. 848 goes to §2D1.5, which is not modelled."""
    with pytest.raises(Stop):
        found(case("848"))


# --- Specific offense characteristics ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "rule"),
    [
        ("weapon_possessed", "2D1.1(b)(1)"),
        ("violence", "2D1.1(b)(2)"),
        ("prison_distribution", "2D1.1(b)(4)"),
        ("meth_import", "2D1.1(b)(5)"),
        ("mass_marketing", "2D1.1(b)(7)"),
        ("masking_agent", "2D1.1(b)(8)"),
        ("steroid_to_athlete", "2D1.1(b)(9)"),
        ("convicted_841g", "2D1.1(b)(10)"),
        ("bribery", "2D1.1(b)(11)"),
        ("premises", "2D1.1(b)(12)"),
        ("hazardous_discharge", "2D1.1(b)(14)(A)"),
    ],
)
def test_each_plain_characteristic_adds_two_when_true_only(fact: str, rule: str) -> None:
    """USSG §2D1.1(b): yes adds 2, no adds nothing, unknown adds nothing and is asked."""
    yes, no, unknown = (found(case(conduct={fact: value})) for value in ("yes", "no", "unknown"))

    assert (yes.level, no.level, unknown.level) == (26, 24, 24)
    assert findings(yes, rule)[0] is Finding.APPLIED
    assert findings(no, rule) == [Finding.NOT_APPLICABLE]
    assert findings(unknown, rule) == [Finding.UNKNOWN]
    assert f"conduct.{fact}" in unknown_fields(unknown)


@pytest.mark.parametrize(
    ("conduct", "rule", "drug"),
    [
        ({"meth_import": "yes"}, "2D1.1(b)(5)", "methamphetamine"),
        ({"masking_agent": "yes"}, "2D1.1(b)(8)", "anabolic_steroid"),
        ({"steroid_to_athlete": "yes"}, "2D1.1(b)(9)", "anabolic_steroid"),
        ({"fentanyl_misrepresented": "knowingly"}, "2D1.1(b)(13)(A)", "fentanyl"),
        ({"fentanyl_misrepresented": "recklessly"}, "2D1.1(b)(13)(B)", "fentanyl_analogue"),
        ({"manufacture_risk": "yes"}, "2D1.1(b)(14)(C)(ii)", "amphetamine"),
        ({"manufacture_risk_minor": "yes"}, "2D1.1(b)(14)(D)", "methamphetamine"),
        ({"public_land_cultivation": "yes"}, "2D1.1(b)(15)", "marijuana"),
    ],
)
def test_levels_for_one_drug_in_a_case_of_another_are_flagged(conduct: dict[str, Any], rule: str, drug: str) -> None:
    """§2D1.1(b) names the drug; relevant conduct (§1B1.3) can bring in one that is not listed, so the levels stay."""
    role = {"part": "leader"}
    other, same = (found(case(drugs=(name,), conduct=conduct, role=role)) for name in ("heroin", drug))

    assert Finding.FLAGGED in findings(other, rule)
    assert Finding.FLAGGED not in findings(same, rule)
    assert other.level == same.level


def test_weapon_and_violence_add_up() -> None:
    """USSG §2D1.1 n.11(B): (b)(1) and (b)(2) are cumulative: 24 + 2 + 2 = 28."""
    assert found(case(conduct={"weapon_possessed": True, "violence": True})).level == 28


def test_a_gun_count_takes_the_place_of_weapon_and_violence() -> None:
    """USSG §2K2.4 n.4(A): neither (b)(1) nor (b)(2) is applied beside 18 U.S.C. 924(c)."""
    facts = {"weapon_possessed": True, "violence": True}

    assert found(case(charge={"firearm_count": "carried"}, conduct=facts)).level == 24
    unknown = found(case(charge={"firearm_count": "unknown"}, conduct=facts))
    assert unknown.level == 28
    assert "charge.firearm_count" in unknown_fields(unknown)


@pytest.mark.parametrize("craft", ["aircraft", "submersible", "crew"])
@pytest.mark.parametrize(
    ("level", "after"),
    [
        (22, 26),  # 22 + 2 = 24, raised to the floor of 26
        (24, 26),  # 24 + 2 = 26: the floor is met
        (26, 28),
    ],
)
def test_import_by_craft_adds_two_with_a_floor_of_26(craft: str, level: int, after: int) -> None:
    """USSG §2D1.1(b)(3)."""
    assert after == found(case(conduct={"import_craft": craft}), level).level


def test_a_floor_binds_at_its_own_step() -> None:
    """USSG §1B1.1(a)(2), §2D1.1(b)(3): the weapon comes first (20 + 2), then +2, then up to 26; the premises
    come after it: 28."""
    facts = {"weapon_possessed": True, "import_craft": "aircraft", "premises": True}

    assert found(case(conduct=facts), 20).level == 28


def test_unknown_craft_is_asked() -> None:
    """USSG §2D1.1(b)(3)."""
    assert "conduct.import_craft" in unknown_fields(found(case(conduct={"import_craft": "unknown"})))


@pytest.mark.parametrize(
    ("part", "level"),
    [("none", 26), ("leader", 26), ("minor", 24), ("between", 24), ("minimal", 24), ("unknown", 26)],
)
def test_imported_methamphetamine_adds_two_without_a_mitigating_role(part: str, level: int) -> None:
    """USSG §2D1.1(b)(5)(B)."""
    assert level == found(case(role={"part": part}, conduct={"meth_import": True})).level


def test_imported_methamphetamine_is_not_added_to_import_by_craft() -> None:
    """USSG §2D1.1 n.12: 26 + 2 under (b)(3), nothing under (b)(5)."""
    out = found(case(conduct={"meth_import": True, "import_craft": "aircraft"}), 26)

    assert out.level == 28
    assert findings(out, "2D1.1(b)(5)") == [Finding.FLAGGED]


@pytest.mark.parametrize(("how", "level"), [("none", 24), ("knowingly", 28), ("recklessly", 26), ("unknown", 24)])
def test_passing_off_fentanyl_adds_four_or_two(how: str, level: int) -> None:
    """USSG §2D1.1(b)(13)(A), (B): alternatives."""
    assert level == found(case(conduct={"fentanyl_misrepresented": how})).level


def test_bribery_beside_obstruction_is_flagged() -> None:
    """USSG §2D1.1 n.16."""
    out = found(case(conduct={"bribery": True}, role={"obstruction": True}))

    assert findings(out, "2D1.1(b)(11)") == [Finding.APPLIED, Finding.FLAGGED]


@pytest.mark.parametrize(
    ("fact", "level", "after"),
    [
        ("manufacture_risk", 22, 27),  # 22 + 3 = 25, raised to 27
        ("manufacture_risk", 24, 27),  # 24 + 3 = 27
        ("manufacture_risk", 26, 29),
        ("manufacture_risk_minor", 22, 30),  # 22 + 6 = 28, raised to 30
        ("manufacture_risk_minor", 24, 30),  # 24 + 6 = 30
        ("manufacture_risk_minor", 26, 32),
    ],
)
def test_dangerous_manufacture_adds_with_floors_of_27_and_30(fact: str, level: int, after: int) -> None:
    """USSG §2D1.1(b)(14)(C)(ii), (D)."""
    assert after == found(case(conduct={fact: True}), level).level


def test_only_the_greatest_of_b14_applies() -> None:
    """USSG §2D1.1(b)(14): +2, +3 and +6 all true: only +6."""
    facts = {"hazardous_discharge": True, "manufacture_risk": True, "manufacture_risk_minor": True}

    assert found(case(conduct=facts), 26).level == 32
    facts["manufacture_risk_minor"] = False
    assert found(case(conduct=facts), 26).level == 29


def test_an_unknown_in_b14_is_asked_only_if_it_could_be_the_greatest() -> None:
    """USSG §2D1.1(b)(14)."""
    higher = found(case(conduct={"hazardous_discharge": True, "manufacture_risk_minor": "unknown"}))
    lower = found(case(conduct={"hazardous_discharge": "unknown", "manufacture_risk_minor": True}))

    assert unknown_fields(higher) == {"conduct.manufacture_risk_minor"}
    assert unknown_fields(lower) == set()


@pytest.mark.parametrize("part", ["leader", "manager", "small_leader"])
def test_growing_on_public_land_needs_an_aggravating_role(part: str) -> None:
    """USSG §2D1.1(b)(15)."""
    facts = {"public_land_cultivation": True}

    assert found(case(conduct=facts, role={"part": part})).level == 26
    assert found(case(conduct=facts, role={"part": "none"})).level == 24
    assert found(case(conduct=facts, role={"part": "minor"})).level == 24
    assert found(case(role={"part": part})).level == 24


def test_growing_on_public_land_asks_for_what_is_unknown() -> None:
    """USSG §2D1.1(b)(15): the fact, or the role."""
    land = found(case(conduct={"public_land_cultivation": "unknown"}, role={"part": "leader"}))
    role = found(case(conduct={"public_land_cultivation": True}, role={"part": "unknown"}))

    assert unknown_fields(land) == {"conduct.public_land_cultivation"}
    assert unknown_fields(role) == {"role.part"}
    assert (land.level, role.level) == (24, 24)


def test_hazardous_release_and_public_land_add_up() -> None:
    """USSG §2D1.1 n.19: (b)(14)(A) and (b)(15) are cumulative."""
    facts = {"hazardous_discharge": True, "public_land_cultivation": True}

    assert found(case(conduct=facts, role={"part": "small_leader"})).level == 28


_FACTORS = [
    {"used_affection": True},
    {"vulnerable_person": "under_18"},
    {"vulnerable_person": "other"},
    {"directly_imported": True},
    {"witness_or_evidence": True},
    {"livelihood": True},
]


@pytest.mark.parametrize("facts", _FACTORS)
def test_an_aggravating_role_with_one_listed_factor_adds_two(facts: dict[str, Any]) -> None:
    """USSG §2D1.1(b)(16): role and factor together; either alone adds nothing."""
    assert found(case(conduct=facts, role={"part": "manager"})).level == 26
    assert found(case(conduct=facts)).level == 24
    assert found(case(role={"part": "manager"})).level == 24


def test_several_aggravating_factors_count_once() -> None:
    """USSG §2D1.1(b)(16): “1 or more of the following factors … increase by 2 levels”."""
    facts = {"used_affection": True, "livelihood": True, "witness_or_evidence": True}

    assert found(case(conduct=facts, role={"part": "leader"})).level == 26


def test_an_unknown_factor_or_role_is_asked() -> None:
    """USSG §2D1.1(b)(16)."""
    factor = found(case(conduct={"livelihood": "unknown"}, role={"part": "leader"}))
    role = found(case(conduct={"livelihood": True}, role={"part": "unknown"}))
    both = found(case(conduct={"livelihood": "unknown"}, role={"part": "unknown"}))
    person = found(case(conduct={"vulnerable_person": "unknown"}, role={"part": "leader"}))

    assert unknown_fields(factor) == {"conduct.livelihood"}
    assert unknown_fields(role) == {"role.part"}
    assert unknown_fields(both) == {"conduct.livelihood", "role.part"}
    assert unknown_fields(person) == {"conduct.vulnerable_person"}
    assert {24} == {out.level for out in (factor, role, both, person)}


@pytest.mark.parametrize("other", [{"import_craft": "submersible"}, {"meth_import": True}])
def test_importing_is_no_factor_where_import_is_counted_already(other: dict[str, Any]) -> None:
    """USSG §2D1.1 n.20(B): with (b)(3) or (b)(5), (b)(16)(C) is not applied: 26 + 2 only."""
    facts = {"directly_imported": True, **other}
    out = found(case(conduct=facts, role={"part": "leader"}), 26)

    assert out.level == 28
    assert findings(out, "2D1.1(b)(16)(C)") == [Finding.NOT_APPLICABLE]


def test_what_is_counted_under_b16_is_told_to_chapter_three() -> None:
    """USSG §3C1.1 n.7, §3B1.4 n.2."""
    leader = {"part": "leader"}
    obstruction = found(case(conduct={"witness_or_evidence": True}, role=leader))
    minor = found(case(conduct={"vulnerable_person": "under_18"}, role=leader))
    other = found(case(conduct={"vulnerable_person": "other"}, role=leader))
    no_role = found(case(conduct={"witness_or_evidence": True, "vulnerable_person": "under_18"}))

    assert (obstruction.obstruction_counted, obstruction.minor_counted) == (True, False)
    assert (minor.obstruction_counted, minor.minor_counted) == (False, True)
    assert (other.obstruction_counted, other.minor_counted) == (False, False)
    assert (no_role.obstruction_counted, no_role.minor_counted) == (False, False)


def test_a_second_factor_beside_obstruction_is_flagged() -> None:
    """USSG §3C1.1 n.7 does not say what follows where (b)(16) could rest on another factor."""
    facts = {"witness_or_evidence": True, "livelihood": True}
    out = found(case(conduct=facts, role={"part": "leader", "obstruction": True}))

    assert findings(out, "2D1.1(b)(16)") == [Finding.APPLIED, Finding.FLAGGED]


def test_obstruction_as_the_only_factor_leaves_no_doubt() -> None:
    """USSG §3C1.1 n.7."""
    out = found(case(conduct={"witness_or_evidence": True}, role={"part": "leader", "obstruction": True}))

    assert findings(out, "2D1.1(b)(16)") == [Finding.APPLIED]


def test_an_unknown_factor_that_would_bar_obstruction_is_asked() -> None:
    """USSG §3C1.1 n.7: if (D) is present, §3C1.1 falls away."""
    facts = {"witness_or_evidence": "unknown", "livelihood": True}
    out = found(case(conduct=facts, role={"part": "leader", "obstruction": True}))

    assert unknown_fields(out) == {"conduct.witness_or_evidence"}


_LIGHT = {"family_or_fear": True, "no_pay": True, "minimal_knowledge": True}


@pytest.mark.parametrize(
    ("part", "level"), [("minimal", 22), ("between", 24), ("minor", 24), ("none", 24), ("unknown", 24)]
)
def test_the_minimal_participant_reduction_needs_the_four_level_role(part: str, level: int) -> None:
    """USSG §2D1.1(b)(17): only “the 4-level reduction in §3B1.2(a)”."""
    assert level == found(case(conduct=_LIGHT, role={"part": part})).level


@pytest.mark.parametrize("missing", sorted(_LIGHT))
def test_the_minimal_participant_reduction_needs_all_three_factors(missing: str) -> None:
    """USSG §2D1.1(b)(17): “all of the following factors”."""
    minimal = {"part": "minimal"}
    unknown = found(case(conduct={**_LIGHT, missing: "unknown"}, role=minimal))

    assert found(case(conduct={**_LIGHT, missing: False}, role=minimal)).level == 24
    assert unknown.level == 24
    assert unknown_fields(unknown) == {f"conduct.{missing}"}


def test_the_safety_valve_takes_off_two_only_when_its_tests_are_met() -> None:
    """USSG §2D1.1(b)(18)."""
    test = ValveTest("disclosure", None, "", "", "motions.truthful_disclosure")
    unknown = found(case(), valve=SafetyValve(None, None, (test,), ()))

    assert found(case(), valve=VALVE).level == 22
    assert found(case(), valve=NO_VALVE).level == 24
    assert unknown.level == 24
    assert unknown_fields(unknown) == {"motions.truthful_disclosure"}


def test_the_safety_valve_levels_reach_counts_the_statute_does_not_list() -> None:
    """USSG §2D1.1 n.21: without regard to a mandatory minimum; applied, and said to be a reading."""
    statute = dataclasses.replace(C_COUNT, covered_by_safety_valve=False)
    out = found(case("860"), 24, statute=statute, valve=VALVE)

    # 24 − 2 = 22, and 2 more for the protected place: 24.
    assert out.level == 24
    assert findings(out, "2D1.1(b)(18)") == [Finding.APPLIED, Finding.FLAGGED]


def test_every_rule_of_b_leaves_a_step() -> None:
    """USSG §2D1.1(b)(1)–(18): a rule that does not apply is shown as considered."""
    heads = {step.rule.partition(")(")[2].partition(")")[0] for step in found(case()) if "(b)(" in step.rule}

    assert {str(number) for number in range(1, 19)} == heads


# --- The guidelines beside it -----------------------------------------------------------------------------


def test_an_attempt_or_conspiracy_takes_the_guideline_of_its_object() -> None:
    """USSG App. A: sections 846 and 963 follow the object."""
    assert found(case("846")).guideline == "2D1.1"
    assert found(case("846", charge={"object": "860"})).guideline == "2D1.2"
    assert found(case("963")).guideline == "2D1.1"


def test_the_manuals_example_for_protected_locations() -> None:
    """USSG §2D1.2 n.1: 5 g of heroin near (level 12), 15 g in all (level 14): 12 + 2 = 14, 14 + 1 = 15."""
    out = found(case("860"), level=14, near=12)

    assert (out.level, out.base_level, out.guideline) == (15, 15, "2D1.2")
    assert findings(out, "2D1.2(a)(1)") == [Finding.NOT_APPLICABLE]
    assert findings(out, "2D1.2(a)(2)") == [Finding.APPLIED]


@pytest.mark.parametrize("section", ["849", "859", "860", "861"])
def test_all_the_drugs_near_the_place_add_two(section: str) -> None:
    """USSG §2D1.2(a)(1): 14 + 2 = 16, more than 14 + 1."""
    assert found(case(section), level=14).level == 16


@pytest.mark.parametrize(
    ("level", "after"),
    [
        (22, 26),  # 22 + 2 = 24: level 26 is greater
        (24, 26),  # 24 + 2 = 26: equal
        (26, 28),
    ],
)
def test_someone_under_eighteen_makes_it_at_least_26(level: int, after: int) -> None:
    """USSG §2D1.2(a)(3)."""
    assert after == found(case("859", charge={"person_under_18": True}), level).level


@pytest.mark.parametrize(
    ("level", "after"),
    [
        (10, 13),  # 10 + 2 = 12: level 13 is greater
        (12, 14),  # 12 + 2 = 14
    ],
)
def test_a_protected_location_is_at_least_13(level: int, after: int) -> None:
    """USSG §2D1.2(a)(4)."""
    assert after == found(case("860"), level).level


def test_the_characteristics_of_2d11_ride_inside_the_alternatives_only() -> None:
    """USSG §1B1.5(b)(1), n.1: 24 + 2 (weapon) + 2 = 28. At 18 + 2 + 2 = 22, level 26 stands alone, without
    the weapon."""
    facts = {"weapon_possessed": True}

    assert found(case("860", conduct=facts), 24).level == 28
    assert found(case("859", charge={"person_under_18": True}, conduct=facts), 18).level == 26


def test_unknown_facts_still_show_where_level_26_stands() -> None:
    """USSG §2D1.2(a): 24 + 2 (weapon) + 2 = 28 would pass 26, so the weapon is still asked."""
    out = found(case("859", charge={"person_under_18": True}, conduct={"weapon_possessed": "unknown"}), 22)

    assert out.level == 26
    assert unknown_fields(out) == {"conduct.weapon_possessed"}


@pytest.mark.parametrize(("level", "asked"), [(22, True), (24, False)])
def test_someone_under_eighteen_is_asked_only_where_it_matters(level: int, asked: bool) -> None:
    """USSG §2D1.2(a)(3): 24 + 2 = 26 already."""
    out = found(case("860", charge={"person_under_18": "unknown"}), level)

    assert asked is ("charge.person_under_18" in unknown_fields(out))


def test_a_place_near_a_school_counts_only_on_a_conviction_for_it() -> None:
    """USSG §2D1.2 n.1."""
    facts = case(drugs=())
    given = dataclasses.replace(
        facts, drugs=(dataclasses.replace(case().drugs[0], near_protected=case().drugs[0].quantity),)
    )
    out = found(given, 24, near=24)

    assert needs_near(given)
    assert not needs_near(facts)
    assert (out.level, out.guideline) == (24, "2D1.1")
    assert findings(out, "2D1.2") == [Finding.NOT_APPLICABLE]


def test_using_a_phone_takes_the_level_of_the_drug_offense() -> None:
    """USSG §2D1.6(a), §1B1.5(b)(1): specific offense characteristics included."""
    out = found(case("843(b)", conduct={"premises": True}), 24)

    assert (out.level, out.base_level, out.guideline) == (26, 26, "2D1.6")


@pytest.mark.parametrize(
    ("level", "after"),
    [
        (24, 20),  # 24 − 4
        (30, 26),  # 30 − 4 = 26
        (32, 26),  # 32 − 4 = 28, not greater than 26
        (38, 26),
    ],
)
def test_only_allowing_the_use_of_a_place_is_four_less_and_at_most_26(level: int, after: int) -> None:
    """USSG §2D1.8(a)(2)."""
    assert after == found(case("856", charge={"only_allowed_use": True}), level).level


@pytest.mark.parametrize("allowed", ["no", "unknown"])
def test_running_a_drug_house_takes_the_underlying_level(allowed: str) -> None:
    """USSG §2D1.8(a)(1)."""
    out = found(case("856", charge={"only_allowed_use": allowed}), 24)

    assert (out.level, out.guideline) == (24, "2D1.8")
    assert (allowed == "unknown") is ("charge.only_allowed_use" in unknown_fields(out))


def test_only_allowing_use_bars_the_mitigating_role_and_its_cap() -> None:
    """USSG §2D1.8(b)(1): no §3B1.2 adjustment is received, so §2D1.1(a)(5) does not lower level 34 and
    (b)(17) takes nothing off: 34 − 4 = 30, not above 26."""
    out = found(case("856", charge={"only_allowed_use": True}, role={"part": "minimal"}, conduct=_LIGHT), 34)

    assert out.level == 26
    assert out.mitigating_role_barred
    # 28 − 4 = 24; with (b)(17) it would have been 22.
    assert (
        found(case("856", charge={"only_allowed_use": True}, role={"part": "minimal"}, conduct=_LIGHT), 28).level == 24
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"conduct": {"weapon_possessed": True, "own_weapon": True}},
        {"conduct": {"violence": True}},
        {"role": {"part": "small_leader"}},
    ],
)
def test_taking_part_loses_the_lower_level_for_only_allowing_use(facts: dict[str, Any]) -> None:
    """USSG §2D1.8 n.1."""
    out = found(case("856", charge={"only_allowed_use": True}, **facts), 24)

    assert out.level >= 24
    assert findings(out, "2D1.8(a)(2)") == [Finding.FLAGGED]
    assert not out.mitigating_role_barred


def test_a_weapon_of_unknown_owner_leaves_the_lower_level_out() -> None:
    """USSG §2D1.8 n.1: an unknown reduction is left out of the main line: 24 + 2 for the weapon."""
    out = found(case("856", charge={"only_allowed_use": True}, conduct={"weapon_possessed": True}), 24)

    assert out.level == 26
    assert "conduct.own_weapon" in unknown_fields(out)


@pytest.mark.parametrize("section", ["844(a)", "841(b)(4)"])
@pytest.mark.parametrize(
    ("drugs", "level"),
    [
        (("heroin",), 8),
        (("cocaine base",), 8),
        (("cocaine",), 6),
        (("marihuana",), 4),
        (("marihuana", "cocaine"), 6),
        (("cocaine", "heroin", "marihuana"), 8),
    ],
)
def test_simple_possession_goes_by_the_most_serious_substance(section: str, drugs: tuple[str, ...], level: int) -> None:
    """USSG §2D2.1(a); §2D1.1 n.26 for 841(b)(4)."""
    out = chapter_two(case(section, drugs), LAW, [(name,) for name in drugs], None, None, C_COUNT, VALVE)

    # The safety valve takes nothing off: (b)(18) belongs to §2D1.1.
    assert (level, level, "2D2.1") == (out.level, out.base_level, out.guideline)


def test_a_drug_mixed_into_another_counts_for_possession() -> None:
    """USSG §2D2.1(a): the substance possessed includes what is in it."""
    facts = case("844(a)", ("marihuana",))
    mixed = dataclasses.replace(facts, drugs=(dataclasses.replace(facts.drugs[0], also_contains=("heroin",)),))

    assert chapter_two(mixed, LAW, mixed.named, None, None, C_COUNT, NO_VALVE).level == 8


def test_possession_without_a_drug_is_an_error() -> None:
    """The level follows from the substance."""
    with pytest.raises(BadCase):
        chapter_two(case("844(a)", ()), LAW, (), None, None, C_COUNT, NO_VALVE)
