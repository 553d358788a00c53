"""The safety valve: 18 U.S.C. 3553(f) and USSG §5C1.2(a) (printed pp. 402–404).

Seven tests, all of which must be met: three on criminal history (each required, Pulsifer v. United States,
601 U.S. 124 (2024)) and four more. Each is met, failed or not known. What relief changes is in
`penalties.relieved`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from calculator.answer import HistoryScore, SafetyValve, Statute, ValveTest
from calculator.kinds import DONT_KNOW, NO, UNKNOWN, UNSTATED, YES, Fact
from calculator.law import Law
from calculator.law.statutes import SafetyValveLaw
from calculator.scenario import Case
from calculator.trace import Stage, Trace

__all__ = ["ADDED_POINTS", "OBJECT", "Past", "check", "past"]

PULSIFER = "Pulsifer v. United States, 601 U.S. 124 (2024)"
# Open questions of law by name: whether added points count in (f)(1)(A), and whether the valve reaches an attempt or a
# conspiracy whose object is a section that it does not name.
ADDED_POINTS, OBJECT = "law.added_points", "law.object"


# A test has few outcomes, and they come again in case after case.
_test = lru_cache(maxsize=512)(ValveTest)


class Past(NamedTuple):
    """What the tests on criminal history go by: the priors scored 3 and 2 points, and the points that may count as well
    (`added`). `listed` says that the priors themselves are given, and not only how many there are."""

    listed: bool
    three_point_priors: int | None
    two_point_priors: int | None
    two_point_violent: bool | None
    added: int


def past(score: HistoryScore, law: Law) -> Past:
    """The past as it was scored; points for being under a sentence and those of §4A1.1(d) are the added ones."""
    by_d = [prior.points for prior in score.priors if prior.subsection == law.history.violence.subsection]
    return Past(
        bool(score.priors),
        score.three_point_priors,
        score.two_point_priors,
        score.two_point_violent,
        score.status_point + sum(by_d),
    )


def check(
    case: Case, law: Law, score: Past, statute: Statute, readings: Mapping[str, bool] | None = None
) -> SafetyValve:
    """The seven tests, whether all are met (`criteria`), and whether that lifts the minimum (`relief`).

    `criteria` alone governs USSG §2D1.1(b)(18). `relief` also needs a count that section 3553(f) names. Any
    failed test makes both False; with none failed, any test not known makes them None. `readings` answers open
    questions of law one way or the other; where only such a question is left, `open_question` names it.
    """
    valve, trace, readings = law.statutes.safety_valve, Trace(Stage.SAFETY_VALVE), readings or {}
    points, doubt = _points(law, case, score, readings.get(ADDED_POINTS))
    tests = (
        points,
        _three_point(valve, score),
        _two_point_violent(valve, score),
        _weapon(case, valve, trace),
        _injury(case, valve),
        _role(case, valve),
        _disclosure(case, valve),
    )
    for key, test in zip(valve.tests, tests, strict=True):
        if test is points and doubt:
            # The facts are known and the law is not, so nothing is asked of the reader.
            trace.flagged(f"3553(f) {key}", doubt, f"{test.cite}; USSG §4A1.1(d), (e)")
            continue
        record = trace.applied if test.met else trace.passed if test.met is False else trace.unknown
        record(f"3553(f) {key}", test.words, test.cite, field=test.field)
    criteria = _all([test.met for test in tests])
    relief = _relief(case, valve, statute, criteria, readings.get(OBJECT), trace)
    return SafetyValve(criteria, relief, tests, tuple(trace.steps), _open_question(criteria, relief, tests))


def _open_question(criteria: bool | None, relief: bool | None, tests: Iterable[ValveTest]) -> str:
    """The question of law that alone decides, by name; an empty text where none does, or a fact is missing as well."""
    if relief is not None and criteria is not None:
        return ""
    if criteria is True:
        return OBJECT
    return ADDED_POINTS if all(test.field is None for test in tests if test.met is None) else ""


def _all(met: Sequence[bool | None]) -> bool | None:
    """False when any is False; else None when any is not known; else True."""
    return False if False in met else None if None in met else True


def _relief(
    case: Case,
    valve: SafetyValveLaw,
    statute: Statute,
    criteria: bool | None,
    reaches_object: bool | None,
    trace: Trace,
) -> bool | None:
    if criteria is False:
        trace.passed(
            "3553(f)",
            "At least one test is not met, so the safety valve does not apply.",
            f"{valve.cite}; {PULSIFER}",
        )
        return False
    if not statute.covered_by_safety_valve and reaches_object is not True:
        lifts = bool(statute.minimum or statute.release_minimum)
        if case.charge.statute in valve.covered and lifts and reaches_object is None:
            # 3553(f) names 846 and 963 without looking at the object.
            trace.flagged(
                "3553(f) covered count",
                "The safety valve names attempts and conspiracies, but not the section this one aimed at."
                " Whether it reaches this count is open, so no minimum is lifted here. Ask a lawyer.",
                valve.covered_cite,
                field="charge.object",
            )
            return None
        trace.passed(
            "3553(f) covered count",
            "The safety valve does not name this section, so it cannot lift a minimum on this count.",
            valve.covered_cite,
            field="charge.statute",
        )
        return False
    if criteria is None:
        # The tests that are not known have said so themselves.
        return None
    trace.applied(
        "3553(f)",
        "All tests are met, so the court sentences without regard to a minimum set by statute.",
        valve.minimum_cite,
        field="charge.statute",
    )
    return True


def _points(law: Law, case: Case, score: Past, added_count: bool | None) -> tuple[ValveTest, str]:
    """(f)(1)(A): points left after taking out those of 1-point offenses; and the doubt, if there is one.

    `added_count` says whether points added by §4A1.1(d) and (e) count; None where that is open.
    """
    rule = law.statutes.safety_valve.tests["points"]
    counted = _larger(law, score)
    if counted is None:
        words = "How many points come from 1-point offenses is not known, so this test is open."
        return _test(rule.name, None, words, rule.cite, _unknown_history(case, score)), ""
    field, left = (
        _history_field(score, "history.points"),
        f"Leaving out 1-point offenses there are {counted} points",
    )
    if counted > rule.most:
        return _test(rule.name, False, f"{left}, more than the {rule.most} allowed.", rule.cite, field), ""
    if counted + score.added > rule.most and added_count is not None:
        words = f"{left}. Points added for being under a sentence, or under §4A1.1(d), "
        words += "are read as counting too, which is more than" if added_count else "are read as not counting, so up to"
        words += f" {rule.most}{'' if added_count else ' are allowed'}."
        return _test(rule.name, not added_count, words, rule.cite, field), ""
    if counted + score.added > rule.most:
        doubt = (
            f"{left}. Points added for being under a sentence, or under §4A1.1(d), may count as well, which "
            f"would be more than {rule.most}. No court decision was found, so this test is left open."
        )
        words = f"{left}. Whether added points count too is open."
        return _test(rule.name, None, words, rule.cite, None), doubt
    return _test(rule.name, True, f"{left}, and up to {rule.most} are allowed.", rule.cite, field), ""


def _unknown_history(case: Case, score: Past) -> str:
    """The fact about the past that is missing: how many priors of each size, or the points themselves."""
    if score.listed:
        return "history.priors"
    if case.history.points is None:
        return "history.points"
    return "history.three_point_priors" if score.three_point_priors is None else "history.two_point_priors"


def _larger(law: Law, score: Past) -> int | None:
    """The points of 3-point and 2-point offenses; None when their numbers are not known and could matter."""
    three, two = score.three_point_priors, score.two_point_priors
    if three is None or two is None:
        return None
    return law.history.three.points * three + law.history.two.points * two


def _history_field(score: Past, entered: str) -> str:
    return "history.priors" if score.listed else entered


def _three_point(valve: SafetyValveLaw, score: Past) -> ValveTest:
    """(f)(1)(B)."""
    law, count = valve.tests["three_point"], score.three_point_priors
    field = _history_field(score, "history.three_point_priors")
    if count is None:
        return _test(law.name, None, "Whether there is a 3-point offense is not known.", law.cite, field)
    if count > law.most:
        return _test(law.name, False, "There is an earlier 3-point offense.", law.cite, field)
    return _test(law.name, True, "There is no earlier 3-point offense.", law.cite, field)


def _two_point_violent(valve: SafetyValveLaw, score: Past) -> ValveTest:
    """(f)(1)(C), with the meaning of "violent offense" in 3553(g)."""
    law = valve.tests["two_point_violent"]
    field = _history_field(score, "history.two_point_violent")
    if score.two_point_violent is True:
        return _test(law.name, False, "There is an earlier 2-point violent offense.", law.cite, field)
    if score.two_point_violent is False or score.two_point_priors == 0:
        return _test(law.name, True, "There is no earlier 2-point violent offense.", law.cite, field)
    return _test(law.name, None, "Whether a 2-point offense was violent is not known.", law.cite, field)


def _either(one: Fact, other: Fact) -> Fact:
    """Yes when one is yes, no when both are no, else not known."""
    if one is YES or other is YES:
        return YES
    return NO if one is NO and other is NO else UNKNOWN


def _weapon(case: Case, valve: SafetyValveLaw, trace: Trace) -> ValveTest:
    """(f)(2): the person's own conduct, not a co-defendant's gun (§5C1.2, comment. (n.2))."""
    law, own, violence = valve.tests["weapon"], case.own_weapon, case.conduct.violence
    either = _either(own, violence)
    field = _weapon_field(case)
    if either is YES:
        words = "The person had a weapon, or used or threatened violence, in connection with the offense."
        return _test(law.name, False, words, law.cite, field if own is YES else "conduct.violence")
    if either is UNKNOWN:
        words = "Whether the person had a weapon, or used or threatened violence, is not known."
        return _test(law.name, None, words, law.cite, field if own is UNKNOWN else "conduct.violence")
    if case.charge.firearm_count not in ("none", DONT_KNOW):
        trace.flagged(
            "3553(f) firearm count",
            "There is a firearm count, yet the weapon is said not to be the person's own. Check that, because"
            " the test looks to what the person did, helped with or caused.",
            law.cite,
            field="conduct.own_weapon",
        )
    words = "The person used no violence and had no weapon. A co-defendant's weapon alone does not count here."
    return _test(law.name, True, words, law.cite, field)


def _weapon_field(case: Case) -> str:
    """The fact that says whether the person had a weapon."""
    conduct = case.conduct
    if conduct.own_weapon is not UNSTATED:
        return "conduct.own_weapon"
    if case.charge.firearm_count not in ("none", DONT_KNOW):
        return "charge.firearm_count"
    if conduct.weapon_possessed is YES:
        return "conduct.own_weapon"
    if conduct.weapon_possessed is NO and case.charge.firearm_count == DONT_KNOW:
        return "charge.firearm_count"
    return "conduct.weapon_possessed"


def _injury(case: Case, valve: SafetyValveLaw) -> ValveTest:
    """(f)(3): in fact, whether or not charged; relevant conduct included (§5C1.2, comment. (n.1(C)))."""
    law, found = valve.tests["injury"], case.charge.death_or_injury_found
    either = _either(case.conduct.death_or_serious_injury, found)
    field = "charge.death_or_injury_found" if found is YES else "conduct.death_or_serious_injury"
    if either is YES:
        return _test(law.name, False, "Someone died or was seriously hurt.", law.cite, field)
    if either is UNKNOWN:
        if case.conduct.death_or_serious_injury is NO:
            field = "charge.death_or_injury_found"
        return _test(law.name, None, "Whether someone died or was seriously hurt is not known.", law.cite, field)
    return _test(law.name, True, "No one died or was seriously hurt.", law.cite, field)


def _role(case: Case, valve: SafetyValveLaw) -> ValveTest:
    """(f)(4): no adjustment under §3B1.1, and no continuing criminal enterprise."""
    law, part, field = valve.tests["role"], case.role.part, "role.part"
    if "continuing_criminal_enterprise" in case.charge.outside:
        words = "The person took part in a continuing criminal enterprise."
        return _test(law.name, False, words, law.cite, "charge.outside")
    if case.role.aggravating:
        return _test(law.name, False, "The person led or managed others in the offense.", law.cite, field)
    if part == DONT_KNOW:
        return _test(law.name, None, "The person's role in the offense is not known.", law.cite, field)
    return _test(law.name, True, "The person did not lead or manage others.", law.cite, field)


def _disclosure(case: Case, valve: SafetyValveLaw) -> ValveTest:
    """(f)(5): all information, truthfully, to the Government, by the sentencing hearing; no motion needed."""
    law, told, field = (
        valve.tests["disclosure"],
        case.motions.truthful_disclosure,
        "motions.truthful_disclosure",
    )
    if told is YES:
        words = "By the sentencing hearing the person has truthfully told the Government all they know."
        return _test(law.name, True, words, law.cite, field)
    if told is NO:
        words = "The person has not truthfully told the Government all they know."
        return _test(law.name, False, words, law.cite, field)
    words = "Whether the person will have told the Government all they know by the sentencing hearing is not known."
    return _test(law.name, None, words, law.cite, field)
