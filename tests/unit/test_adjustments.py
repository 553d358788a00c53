"""Chapter Three: each adjustment with what adds to it and what shuts it out."""

from __future__ import annotations

import dataclasses
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from calculator.kinds import BadCase
from calculator.law.levels import LevelTables
from calculator.law.schema import Tables
from calculator.reading import read_case
from calculator.rules.adjustments import ChapterThree, acceptance, chapter_three
from calculator.rules.offense import ChapterTwo
from calculator.scenario import Case
from calculator.trace import Finding, Ledger, Stage

LAW: Any = SimpleNamespace(levels=LevelTables.read(Tables("guidelines", date(2025, 11, 1))))


def case(statute: str = "841(a)", **facts: Any) -> Case:
    """A case under a section. Facts are grouped: charge={...}, conduct={...}, role={...}, plea={...}."""
    given = {
        "dates": {"sentenced_on": "2026-03-02", "offense_ended": "2025-12-01"},
        "charge": {"statute": statute, **facts.pop("charge", {})},
        **facts,
    }
    return read_case(given)


def before(level: int = 24, guideline: str = "2D1.1", **flags: Any) -> ChapterTwo:
    """A Chapter Two ledger at a level."""
    rests = guideline != "2D2.1"
    return ChapterTwo(Stage.OFFENSE, level=level, guideline=guideline, **{"rests_on_2d1_1": rests, **flags})


def found(facts: Case, two: ChapterTwo | None = None) -> ChapterThree:
    """Parts A to C from a Chapter Two ledger; level 24 under §2D1.1 unless another is given."""
    start = two or before()
    out = chapter_three(facts, LAW, start)
    total = start.level
    for step in out:
        if step.total is not None and step.levels is not None:
            assert step.total == total + step.levels
            total = step.total
    assert out.level == total
    return out


def findings(out: Ledger, rule: str) -> list[Finding]:
    """What became of a rule, step by step."""
    return [step.finding for step in out if step.rule == rule]


def unknown_fields(out: Ledger) -> set[str | None]:
    """The facts that are asked for."""
    return {step.field for step in out if step.finding is Finding.UNKNOWN}


# --- Part A -----------------------------------------------------------------------------------------------


def test_nothing_stated_moves_nothing_and_leaves_a_step_for_each_rule() -> None:
    """USSG Chapter Three, Parts A–C."""
    out = found(case())

    assert out.level == 24
    assert {Finding.NOT_APPLICABLE} == {step.finding for step in out}
    assert {
        "3A1.1(a)",
        "3A1.1(b)(1)",
        "3A1.1(b)(2)",
        "3A1.2",
        "3A1.3",
        "3B1.1",
        "3B1.2",
        "3B1.3",
        "3B1.4",
        "3B1.5",
        "3C1.1",
        "3C1.2",
        "3C1.3",
        "3C1.4",
    } == {step.rule for step in out}


@pytest.mark.parametrize(
    ("fact", "levels"),
    [
        ("hate_crime", 3),
        ("vulnerable_victim", 2),
        ("restraint", 2),
        ("used_minor", 2),
        ("obstruction", 2),
        ("reckless_flight", 2),
        ("on_release", 3),
        ("false_domain", 2),
    ],
)
def test_each_plain_adjustment_applies_when_true_only(fact: str, levels: int) -> None:
    """USSG §§3A1.1, 3A1.3, 3B1.4, 3C1.1–3C1.4: unknown is left out and asked."""
    yes, no, unknown = (found(case(role={fact: value})) for value in ("yes", "no", "unknown"))

    assert (24 + levels, 24, 24) == (yes.level, no.level, unknown.level)
    assert f"role.{fact}" in unknown_fields(unknown)


def test_many_vulnerable_victims_add_two_more() -> None:
    """USSG §3A1.1(b)(2): 24 + 2 + 2."""
    assert found(case(role={"vulnerable_victim": True, "many_vulnerable_victims": True})).level == 28


def test_many_vulnerable_victims_wait_for_the_first_question() -> None:
    """USSG §3A1.1(b)(2)(A): only where (b)(1) applies."""
    out = found(case(role={"vulnerable_victim": "unknown", "many_vulnerable_victims": True}))

    assert out.level == 24
    assert unknown_fields(out) == {"role.vulnerable_victim"}


def test_hate_crime_and_vulnerable_victim_add_up_with_a_flag() -> None:
    """USSG §3A1.1 n.3: 24 + 3 + 2, if the vulnerability is unrelated to the trait."""
    out = found(case(role={"hate_crime": True, "vulnerable_victim": True}))

    assert out.level == 29
    assert findings(out, "3A1.1(b)(1)") == [Finding.APPLIED, Finding.FLAGGED]


def test_a_sexual_offense_by_drugging_counts_as_a_vulnerable_victim_once() -> None:
    """USSG §2D1.1(e)(1): “an adjustment under §3A1.1(b)(1) shall apply”: 2, with or without another
    victim."""
    conduct = {"sexual_offense_by_drugging": True}

    assert found(case(conduct=conduct)).level == 26
    assert found(case(conduct=conduct, role={"vulnerable_victim": True})).level == 26
    assert found(case(conduct=conduct)).victim_adjustment is True
    # §2D2.1 has no such special instruction.
    assert found(case("844(a)", conduct=conduct), before(8, "2D2.1")).level == 8


def test_an_unknown_drugging_is_asked() -> None:
    """USSG §2D1.1(e)(1)."""
    out = found(case(conduct={"sexual_offense_by_drugging": "unknown"}))

    assert out.level == 24
    assert out.victim_adjustment is None
    assert unknown_fields(out) == {"conduct.sexual_offense_by_drugging"}


@pytest.mark.parametrize("person", ["under_18", "other"])
def test_someone_sold_to_or_drawn_in_is_no_vulnerable_victim(person: str) -> None:
    """USSG §2D1.1 n.20(A)."""
    facts = case(conduct={"vulnerable_person": person}, role={"vulnerable_victim": True})
    out = found(facts)

    assert out.level == 24
    assert out.victim_adjustment is False
    assert findings(out, "3A1.1(b)(1)") == [Finding.FLAGGED]
    assert found(facts, before(8, "2D2.1")).level == 10


def test_whether_the_victim_was_drawn_in_is_asked() -> None:
    """USSG §2D1.1 n.20(A)."""
    out = found(case(conduct={"vulnerable_person": "unknown"}, role={"vulnerable_victim": True}))

    assert out.level == 26
    assert unknown_fields(out) == {"conduct.vulnerable_person"}


def test_a_vulnerable_victim_near_a_protected_place_is_flagged() -> None:
    """USSG §3A1.1 n.2: not where the guideline already counts what makes the person vulnerable."""
    out = found(case("859", role={"vulnerable_victim": True}), before(guideline="2D1.2"))

    assert out.level == 26
    assert findings(out, "3A1.1(b)(1)") == [Finding.APPLIED, Finding.FLAGGED]


@pytest.mark.parametrize(
    ("role", "received"),
    [
        ({}, False),
        ({"hate_crime": True}, True),
        ({"vulnerable_victim": True}, True),
        ({"hate_crime": "unknown"}, None),
        ({"vulnerable_victim": "unknown"}, None),
        ({"hate_crime": "unknown", "vulnerable_victim": True}, True),
    ],
)
def test_whether_a_victim_adjustment_is_received_is_told(role: dict[str, Any], received: bool | None) -> None:
    """USSG §4C1.1(a)(9) asks about §3A1.1."""
    assert found(case(role=role)).victim_adjustment is received


@pytest.mark.parametrize(
    ("how", "level"), [("none", 24), ("motivated", 27), ("assaulted_officer", 30), ("unknown", 24)]
)
def test_an_official_victim_adds_three_or_six(how: str, level: int) -> None:
    """USSG §3A1.2(a), (c): the greatest applies."""
    out = found(case(role={"official_victim": how}))

    assert level == out.level
    assert (how == "unknown") is ("role.official_victim" in unknown_fields(out))


# --- Part B -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "level"),
    [
        ("leader", 28),
        ("manager", 27),
        ("small_leader", 26),
        ("none", 24),
        ("minor", 22),
        ("between", 21),
        ("minimal", 20),
        ("unknown", 24),
    ],
)
def test_the_part_a_person_played_moves_the_level(part: str, level: int) -> None:
    """USSG §§3B1.1(a)–(c), 3B1.2."""
    assert level == found(case(role={"part": part})).level


@pytest.mark.parametrize(
    ("part", "received"), [("manager", True), ("none", False), ("minor", False), ("unknown", None)]
)
def test_whether_an_aggravating_role_is_received_is_told(part: str, received: bool | None) -> None:
    """USSG §4C1.1(a)(10) asks about §3B1.1."""
    facts = case(role={"part": part})

    assert received is facts.role.aggravating
    assert received is found(facts).aggravating_role


def test_an_unknown_part_is_asked_both_ways() -> None:
    """USSG §§3B1.1, 3B1.2."""
    out = found(case(role={"part": "unknown"}))

    assert [Finding.UNKNOWN] == findings(out, "3B1.1") == findings(out, "3B1.2")


def test_no_mitigating_role_on_top_of_only_allowing_use() -> None:
    """USSG §2D1.8(b)(1)."""
    two = before(26, "2D1.8", mitigating_role_barred=True)

    assert found(case("856", role={"part": "minimal"}), two).level == 26
    assert unknown_fields(found(case("856", role={"part": "unknown"}), two)) == {"role.part"}
    assert findings(found(case("856", role={"part": "unknown"}), two), "3B1.2") == [Finding.NOT_APPLICABLE]


def test_simple_possession_after_a_small_part_in_dealing_gets_no_role_reduction() -> None:
    """USSG §3B1.2 n.3(B), the Manual's example: cocaine possession, level 6, “no reduction … is
    warranted”."""
    out = found(case("844(a)", role={"part": "minimal"}), before(6, "2D2.1"))

    assert out.level == 6
    assert findings(out, "3B1.2(a)") == [Finding.FLAGGED]


def test_the_low_level_functions_are_named_in_trafficking_cases() -> None:
    """USSG §2D1.1(e)(2)(B)."""
    named = [step.cite for step in found(case()) if step.rule == "3B1.2"]
    possession = [step.cite for step in found(case("844(a)"), before(6, "2D2.1")) if step.rule == "3B1.2"]

    assert named == ["USSG §3B1.2; §2D1.1(e)(2)(B)"]
    assert possession == ["USSG §3B1.2"]


@pytest.mark.parametrize(
    ("what", "part", "level"),
    [
        ("trust", "none", 26),
        ("skill", "none", 26),
        ("trust", "leader", 30),  # 24 + 4 + 2
        ("skill", "leader", 28),  # 24 + 4: not employed in addition to §3B1.1
        ("skill", "minor", 24),  # 24 − 2 + 2
    ],
)
def test_a_special_skill_does_not_add_to_an_aggravating_role(what: str, part: str, level: int) -> None:
    """USSG §3B1.3."""
    assert level == found(case(role={"trust_or_skill": what, "part": part})).level


def test_a_special_skill_beside_an_unknown_part_asks_for_the_part() -> None:
    """USSG §3B1.3."""
    out = found(case(role={"trust_or_skill": "skill", "part": "unknown"}))

    assert out.level == 26
    assert Finding.UNKNOWN in findings(out, "3B1.3")


@pytest.mark.parametrize("what", ["trust", "skill", "unknown"])
def test_crew_of_a_craft_gets_no_trust_or_skill_adjustment(what: str) -> None:
    """USSG §2D1.1 n.23: with (b)(3)(C) do not apply §3B1.3."""
    out = found(case(role={"trust_or_skill": what}), before(26, craft="crew"))

    assert out.level == 26
    assert findings(out, "3B1.3") == [Finding.NOT_APPLICABLE]


def test_a_private_aircraft_with_a_special_skill_is_flagged() -> None:
    """USSG §2D1.1 n.23: its pilot would fall under (b)(3)(C)."""
    out = found(case(role={"trust_or_skill": "skill"}), before(26, craft="aircraft"))

    assert out.level == 28
    assert findings(out, "3B1.3") == [Finding.APPLIED, Finding.FLAGGED]


def test_unknown_trust_or_skill_is_asked() -> None:
    """USSG §3B1.3."""
    assert unknown_fields(found(case(role={"trust_or_skill": "unknown"}))) == {"role.trust_or_skill"}


@pytest.mark.parametrize("used", ["yes", "unknown"])
def test_using_a_minor_is_not_counted_twice(used: str) -> None:
    """USSG §3B1.4 n.2: not with §2D1.1(b)(16)(B) for someone under eighteen."""
    out = found(case(role={"used_minor": used}), before(26, minor_counted=True))

    assert out.level == 26
    assert findings(out, "3B1.4") == [Finding.NOT_APPLICABLE]


def test_a_minor_near_a_protected_place_is_flagged() -> None:
    """USSG §3B1.4 n.2."""
    facts = case("860", charge={"person_under_18": True}, role={"used_minor": True})
    out = found(facts, before(28, "2D1.2"))

    assert out.level == 30
    assert findings(out, "3B1.4") == [Finding.APPLIED, Finding.FLAGGED]


@pytest.mark.parametrize(("how", "level"), [("none", 24), ("involved", 26), ("used", 28), ("unknown", 24)])
def test_body_armor_adds_two_or_four_in_a_drug_felony(how: str, level: int) -> None:
    """USSG §3B1.5(2)(A), (B): the greater applies."""
    assert level == found(case(role={"body_armor": how})).level


@pytest.mark.parametrize("how", ["involved", "used", "unknown"])
def test_body_armor_adds_nothing_to_a_misdemeanor(how: str) -> None:
    """USSG §3B1.5(1); 18 U.S.C. 924(c)(2): “any felony punishable under the Controlled Substances Act”."""
    out = found(case("844(a)", role={"body_armor": how}), before(8, "2D2.1", felony=False))

    assert out.level == 8
    assert unknown_fields(out) == set()


# --- Part C -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stated", ["yes", "no", "unknown"])
def test_obstruction_counted_in_chapter_two_is_not_added_again(stated: str) -> None:
    """USSG §3C1.1 n.7: not with §2D1.1(b)(16)(D)."""
    out = found(case(role={"obstruction": stated}), before(26, obstruction_counted=True))

    assert out.level == 26
    assert findings(out, "3C1.1") == [Finding.NOT_APPLICABLE]


def test_tampering_without_an_obstruction_adjustment_is_flagged() -> None:
    """USSG §3C1.1 n.4: it usually is obstruction."""
    out = found(case(conduct={"witness_or_evidence": True}))

    assert out.level == 24
    assert findings(out, "3C1.1") == [Finding.NOT_APPLICABLE, Finding.FLAGGED]


def test_flight_that_was_the_assault_is_flagged() -> None:
    """USSG §3C1.2 n.1: 24 + 6 + 2, unless it was the same conduct alone."""
    out = found(case(role={"reckless_flight": True, "official_victim": "assaulted_officer"}))

    assert out.level == 32
    assert findings(out, "3C1.2") == [Finding.APPLIED, Finding.FLAGGED]


def test_an_offense_on_release_says_that_a_second_term_must_follow() -> None:
    """USSG §3C1.3 n.1; 18 U.S.C. 3147."""
    assert findings(found(case(role={"on_release": True})), "3C1.3") == [Finding.APPLIED, Finding.FLAGGED]


# --- Parts E and F ----------------------------------------------------------------------------------------


def plea(accepted: str, moved: str, **facts: Any) -> Case:
    """A case by its acceptance and the Government's motion."""
    given = {"acceptance": accepted, "government_moved": moved, **facts.pop("plea", {})}
    return case(plea=given, **facts)


@pytest.mark.parametrize(
    ("level", "accepted", "moved", "after"),
    [
        (16, "yes", "yes", 13),  # level 16 or greater: 2 and 1
        (15, "yes", "yes", 13),  # level 15: 2 only
        (30, "yes", "yes", 27),
        (30, "yes", "no", 28),
        (30, "yes", "unknown", 28),
        (30, "no", "no", 30),
        (30, "unknown", "yes", 30),
        (30, "unknown", "unknown", 30),
        (46, "yes", "yes", 43),  # not clamped before acceptance
        (1, "yes", "yes", -1),
    ],
)
def test_acceptance_takes_off_two_and_one_more_from_level_16_on_motion(
    level: int, accepted: str, moved: str, after: int
) -> None:
    """USSG §3E1.1(a), (b)."""
    out = acceptance(plea(accepted, moved), LAW, level)

    assert after == out.level
    assert level - after == out.acceptance_levels


@pytest.mark.parametrize(
    ("level", "accepted", "moved", "asked"),
    [
        (16, "yes", "unknown", {"plea.government_moved"}),
        (15, "yes", "unknown", set()),
        (16, "unknown", "yes", {"plea.acceptance"}),
        (16, "unknown", "unknown", {"plea.acceptance", "plea.government_moved"}),
        (15, "unknown", "unknown", {"plea.acceptance"}),
        (16, "unknown", "no", {"plea.acceptance"}),
        (16, "no", "unknown", set()),
    ],
)
def test_acceptance_asks_only_for_what_could_matter(level: int, accepted: str, moved: str, asked: set[str]) -> None:
    """USSG §3E1.1: below level 16 the motion does not matter."""
    assert asked == unknown_fields(acceptance(plea(accepted, moved), LAW, level))


@pytest.mark.parametrize("facts", [{"role": {"obstruction": True}}, {"conduct": {"witness_or_evidence": True}}])
def test_obstruction_with_acceptance_is_flagged_and_still_counted(facts: dict[str, Any]) -> None:
    """USSG §3E1.1 n.4: extraordinary cases only."""
    out = acceptance(plea("yes", "yes", **facts), LAW, 20)

    assert out.level == 17
    assert Finding.FLAGGED in findings(out, "3E1.1(a)")
    assert Finding.FLAGGED not in findings(acceptance(plea("no", "no", **facts), LAW, 20), "3E1.1(a)")


@pytest.mark.parametrize("levels", [0, 1, 4])
def test_early_disposition_takes_off_what_the_motion_asks(levels: int) -> None:
    """USSG §3F1.1: up to 4, after acceptance, and no part of the acceptance levels."""
    out = acceptance(plea("yes", "yes", plea={"early_disposition_levels": levels}), LAW, 20)

    assert 17 - levels == out.level
    assert out.acceptance_levels == 3
    assert (levels > 0) is (findings(out, "3F1.1") == [Finding.APPLIED])


def test_more_early_disposition_than_the_manual_allows_is_an_error() -> None:
    """USSG §3F1.1: “not more than 4 levels”."""
    facts = plea("yes", "yes")
    facts = dataclasses.replace(facts, plea=dataclasses.replace(facts.plea, early_disposition_levels=5))

    with pytest.raises(BadCase) as caught:
        acceptance(facts, LAW, 20)
    assert caught.value.errors[0].field == "plea.early_disposition_levels"
