"""Specific offense characteristics: §2D1.1(b)(1) to (15), and (18)."""

from __future__ import annotations

from operator import attrgetter

from calculator.kinds import DONT_KNOW, NO, UNKNOWN, YES, Fact
from calculator.law.levels import Adjustment
from calculator.rules.offense.work import Rule, Work

__all__ = [
    "bribery",
    "fentanyl_misrepresented",
    "import_craft",
    "manufacture",
    "meth_import",
    "public_land",
    "safety_valve_reduction",
    "submersible_conviction",
    "turns_on",
    "violence",
    "weapon",
]


def _unless_gun_count(work: Work, row: Adjustment, fact: Fact, field: str) -> None:
    """§2K2.4 n.4(A): a sentence under 18 U.S.C. 924(c) already accounts for the weapon and the violence."""
    count = work.case.charge.firearm_count
    cite = "USSG §2K2.4, comment. (n.4(A))"
    if count not in ("none", DONT_KNOW):
        words = "The separate gun count under 18 U.S.C. 924(c) already accounts for this, so nothing is added here."
        work.out.passed(row.rule, words, cite, field="charge.firearm_count")
        return
    row.weigh(work.out, fact, field)
    if count == DONT_KNOW and fact is YES:
        words = (
            "It is not known whether there is a gun count under 18 U.S.C. 924(c). If so, these levels are not added."
        )
        work.out.unknown(row.rule, words, cite, field="charge.firearm_count")


def weapon(work: Work) -> None:
    """(b)(1). A weapon was possessed. Left to the court: whether a link to the offense is improbable."""
    row = work.law.characteristics["weapon"]
    _unless_gun_count(work, row, work.case.conduct.weapon_possessed, "conduct.weapon_possessed")


def violence(work: Work) -> None:
    """(b)(2). Violence used, credibly threatened or directed by the person; it adds to (b)(1) (n.11(B))."""
    row = work.law.characteristics["violence"]
    _unless_gun_count(work, row, work.case.conduct.violence, "conduct.violence")


def import_craft(work: Work) -> None:
    """(b)(3). Import or export by private aircraft or submersible, or as its crew; with a floor."""
    craft, out, field = work.case.conduct.import_craft, work.out, "conduct.import_craft"
    if craft in ("aircraft", "submersible", "crew"):
        work.law.characteristics[craft].count(work.out, field)
        out.craft = craft
        return
    row = work.law.characteristics["crew"]
    rule, cite = "2D1.1(b)(3)", row.cite
    what = "a private aircraft or a submersible was used to import or export, or the person was in charge of a craft"
    if craft == DONT_KNOW:
        words = (
            f"It is not known whether {what}. If so, {row.levels} levels are added and the level becomes at "
            f"least {row.at_least}."
        )
        out.unknown(rule, words, cite, field=field)
    else:
        out.passed(rule, f"Levels are added when {what}; that is not counted here.", cite, field=field)


def meth_import(work: Work) -> None:
    """(b)(5). Imported (meth)amphetamine, or made from imported chemicals; not with a mitigating role, nor
    (n.12) (b)(3)."""
    row, fact, out = work.law.characteristics["meth_import"], work.case.conduct.meth_import, work.out
    field, note = "conduct.meth_import", "USSG §2D1.1, comment. (n.12)"
    if fact is not NO and work.mitigating is True:
        words = "Imported methamphetamine or amphetamine adds nothing where the person has a mitigating role."
        out.passed(row.rule, words, row.cite, field="role.part")
    elif fact is not NO and out.craft != "none":
        words = (
            "Import by craft is already counted under (b)(3), so importing the same drug is not counted "
            "again. If instead it was made here from imported chemicals, a lawyer should check this."
        )
        out.flagged(row.rule, words, note, field=field)
    else:
        row.weigh(work.out, fact, field)
        work.meth_import_counted = fact is YES
        if fact is YES and work.mitigating is None:
            words = "It is not known whether the person had a mitigating role. If so, these levels are not added."
            out.unknown(row.rule, words, row.cite, field="role.part")


def submersible_conviction(work: Work) -> None:
    """(b)(6). A conviction under 21 U.S.C. 865, which is not modelled, so it never applies here."""
    row = work.law.characteristics["submersible_conviction"]
    work.out.passed(row.rule, row.passed, row.cite, field="charge.statute")


def bribery(work: Work) -> None:
    """(b)(11). Bribing an officer to help the offense along; a bribe to obstruct the case is §3C1.1's
    (n.16)."""
    row, fact = work.law.characteristics["bribery"], work.case.conduct.bribery
    row.weigh(work.out, fact, "conduct.bribery")
    if fact is YES and work.case.role.obstruction is YES:
        words = (
            "If the bribe was meant to obstruct the case against the person, it counts as obstruction and "
            "not here as well."
        )
        work.out.flagged(row.rule, words, "USSG §2D1.1, comment. (n.16)", field="conduct.bribery")


def fentanyl_misrepresented(work: Work) -> None:
    """(b)(13). Fentanyl passed off as something else: knowingly (A), or as a real medicine with reckless
    disregard (B).

    The two are alternatives (§1B1.1 n.4(A))."""
    how, rows, field = (
        work.case.conduct.fentanyl_misrepresented,
        work.law.characteristics,
        "conduct.fentanyl_misrepresented",
    )
    knowingly, recklessly = rows["fentanyl_knowingly"], rows["fentanyl_recklessly"]
    if how == "knowingly":
        knowingly.count(work.out, field)
    elif how == "recklessly":
        recklessly.count(work.out, field)
    elif how == DONT_KNOW:
        words = (
            "It is not known whether fentanyl was passed off as another substance. If so, "
            f"{recklessly.levels} or {knowingly.levels} levels are added."
        )
        work.out.unknown("2D1.1(b)(13)", words, "USSG §2D1.1(b)(13)", field=field)
    else:
        words = "Levels are added when fentanyl is passed off as another substance; that is not counted here."
        work.out.passed("2D1.1(b)(13)", words, "USSG §2D1.1(b)(13)", field=field)


def manufacture(work: Work) -> None:
    """(b)(14). Hazardous release (A), or danger from making (meth)amphetamine (C), (D): the greatest applies.

    (B) and (C)(i) ask for a conviction under 21 U.S.C. 860a, which is not modelled."""
    conduct, rows, out = work.case.conduct, work.law.characteristics, work.out
    listed = (
        (rows["hazardous_discharge"], conduct.hazardous_discharge, "conduct.hazardous_discharge"),
        (rows["distribution_860a"], NO, "charge.statute"),
        (rows["manufacture_860a"], NO, "charge.statute"),
        (rows["manufacture_risk"], conduct.manufacture_risk, "conduct.manufacture_risk"),
        (rows["manufacture_risk_minor"], conduct.manufacture_risk_minor, "conduct.manufacture_risk_minor"),
    )
    before = out.level
    best: Adjustment | None = None
    greatest = before
    for row, fact, _ in listed:
        if fact is YES and _result(before, row) > greatest:
            best, greatest = row, _result(before, row)
    for row, fact, field in listed:
        if row is best:
            row.count(work.out, field)
        elif fact is NO:
            out.passed(row.rule, row.passed, row.cite, field=field)
        elif fact is UNKNOWN and _result(before, row) > greatest:
            out.unknown(row.rule, row.unknown, row.cite, field=field)
        else:
            words = "Only the greatest of these increases applies, and another one is greater."
            out.passed(row.rule, words, "USSG §2D1.1(b)(14)", field=field)


def _result(level: int, row: Adjustment) -> int:
    return max(level + row.levels, row.at_least or 0)


def public_land(work: Work) -> None:
    """(b)(15). Marijuana grown on public land or while trespassing, by one who has an adjustment under
    §3B1.1."""
    row, fact, out = (
        work.law.characteristics["public_land"],
        work.case.conduct.public_land_cultivation,
        work.out,
    )
    field = "conduct.public_land_cultivation"
    if fact is NO or work.aggravating is False:
        out.passed(row.rule, row.passed, row.cite, field=field)
    elif fact is YES and work.aggravating is True:
        row.count(work.out, field)
    else:
        if fact is UNKNOWN:
            out.unknown(row.rule, row.unknown, row.cite, field=field)
        if work.aggravating is None:
            out.unknown(row.rule, row.unknown, row.cite, field="role.part")


def safety_valve_reduction(work: Work) -> None:
    """(b)(18). The five tests of §5C1.2(a) are met, with or without a mandatory minimum (n.21)."""
    row, out, met = work.law.characteristics["safety_valve"], work.out, work.safety_valve.criteria
    if met is None:
        if work.safety_valve.open_question:
            words = "Whether the five tests are met turns on a question that the courts have not settled."
            out.flagged(row.rule, f"{words} The levels are not taken off here.", row.cite)
        else:
            out.unknown(row.rule, row.unknown, row.cite, field=work.safety_valve.open_field)
    elif not met:
        out.passed(row.rule, row.passed, row.cite)
    else:
        row.count(work.out, None)
        if not work.statute.covered_by_safety_valve:
            words = (
                "The safety-valve statute does not list this count. The Manual gives these levels by the "
                "five tests alone, so they are counted; a court may read it otherwise."
            )
            out.flagged(row.rule, words, "USSG §2D1.1, comment. (n.21)", field="charge.statute")


def turns_on(name: str, field: str) -> Rule:
    """A characteristic that turns on one fact."""
    fact = attrgetter(field)

    def rule(work: Work) -> None:
        work.law.characteristics[name].weigh(work.out, fact(work.case), field)

    return rule
