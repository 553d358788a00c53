"""Chapter Two: the base offense level and the specific offense characteristics, in the order of the text.

Appendix A names the guideline for the count. §2D1.1 is worked out by the functions of `IN_ORDER`; §§2D1.2,
2D1.6 and 2D1.8 take the whole level of §2D1.1 and go on from there (§1B1.5(b)(1)); §2D2.1 looks only at the
substance. Levels may pass 43 here: that is settled where the range is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from calculator.answer import DrugLevel, SafetyValve, Statute
from calculator.law.levels import Adjustment, FixedLevel, Indexed, LevelTables, Possession
from calculator.law.load import Law
from calculator.scenario import DONT_KNOW, NO, UNKNOWN, YES, BadCase, Case, Conduct, Fact, FieldError
from calculator.trace import Finding, Ledger, Stage, Stop

__all__ = ["IN_ORDER", "ChapterTwo", "chapter_two", "needs_near", "needs_quantity"]

_MITIGATING = ("minor", "between", "minimal")
_AGGRAVATING = ("leader", "manager", "small_leader")


@dataclass(slots=True)
class ChapterTwo(Ledger):
    """The offense level of Chapter Two, its steps, and what Chapter Three has to know about it."""

    # The guideline of the count ("2D1.1"), and the base offense level under it.
    guideline: str = ""
    base_level: int = 0
    # The level rests on §2D1.1, whose special instructions then govern Chapter Three too (§1B1.5(b)(1), (c)).
    rests_on_2d1_1: bool = False
    # The count is a felony, so a drug trafficking crime under 18 U.S.C. 924(c)(2) (§3B1.5).
    felony: bool = True
    # §2D1.8(a)(2) was used: no §3B1.2 adjustment (§2D1.8(b)(1)).
    mitigating_role_barred: bool = False
    # Which alternative of (b)(3) was counted: "aircraft", "submersible", "crew" or "none".
    craft: str = "none"
    # A person under 18 is already counted (§3B1.4 n.2), and obstruction is (§3C1.1 n.7).
    minor_counted: bool = False
    obstruction_counted: bool = False


@dataclass(slots=True)
class _Work:
    """§2D1.1 being worked out for one quantity of drugs: the facts, the law and the ledger."""

    case: Case
    law: LevelTables
    statute: Statute
    safety_valve: SafetyValve
    drug: DrugLevel
    out: ChapterTwo
    # Whether an adjustment under §3B1.2, its 4-level form, and one under §3B1.1 is received; None: not known.
    mitigating: bool | None
    minimal: bool | None
    aggravating: bool | None
    meth_import_counted: bool = False

    def weigh(self, row: Adjustment, fact: Fact, field: str) -> None:
        """Count the row, or record that it does not apply or is not known."""
        if fact is NO:
            self.out.passed(row.rule, row.passed, row.cite, field=field)
        elif fact is YES:
            self.count(row, field)
        else:
            self.out.unknown(row.rule, row.unknown, row.cite, field=field)

    def count(self, row: Adjustment, field: str | None, why: str = "") -> None:
        """Add the row's levels, then its floor, which binds at this step."""
        out = self.out
        out.change(row.levels, row.rule, row.applied + why, row.cite, field=field)
        least = row.at_least
        if least is not None:
            words = f"The level here cannot be lower than {least}, so it is raised to {least}."
            out.floor(least, row.rule, words, row.cite, field=field)


type Rule = Callable[[_Work], None]


def chapter_two(
    case: Case,
    law: Law,
    drug: DrugLevel | None,
    near: DrugLevel | None,
    statute: Statute,
    safety_valve: SafetyValve,
) -> ChapterTwo:
    """The Chapter Two level of the count.

    In: the Drug Quantity Table level of all the drugs (`drug`) and of those that directly involved a
    protected place or person (`near`, None when that is all of them), the statute of conviction and the
    safety valve. Raises `BadCase` when no drugs are given, `Stop` for a section that is not modelled.
    """
    entry = law.levels.guidelines.get(case.section)
    if entry is None:
        raise Stop(
            f"No guideline is worked out here for a count under 21 U.S.C. {case.section}.",
            cite="USSG App. A",
            ask="Which guideline applies to this count, and what level does it give?",
            field="charge.statute",
        )
    if entry.guideline == "2D2.1":
        return _possession(case, law, statute, entry)
    if drug is None:
        raise BadCase([FieldError("drugs", "is empty: the offense level follows from the drugs, so list at least one")])
    if entry.guideline == "2D1.2":
        return _protected(case, law.levels, drug, near, statute, safety_valve, entry)
    if entry.guideline == "2D1.8":
        return _premises(case, law.levels, drug, statute, safety_valve, entry)
    out = _trafficking(case, law.levels, drug, statute, safety_valve, entry)
    if entry.guideline == "2D1.6":
        rule, cite = law.levels.communication
        out.applied(
            rule,
            "Using a phone or other means of communication takes the level of the drug offense behind it, "
            f"taken here to be drug trafficking: level {out.level}.",
            cite,
        )
        out.base_level = out.level
    elif needs_near(case):
        words = (
            "Drugs near a protected place or person raise the level only with a conviction under a statute "
            "about that, or an agreement to one; this count is another."
        )
        out.passed("2D1.2", words, "USSG §2D1.2, comment. (n.1)", field="charge.statute")
    return out


def needs_quantity(case: Case, law: Law) -> bool:
    """Whether the level follows from how much there was: for all but simple possession (§2D2.1)."""
    entry = law.levels.guidelines.get(case.section)
    return entry is None or entry.guideline != "2D2.1"


def needs_near(case: Case) -> bool:
    """Whether the quantity near a protected place or person is given, and so has to be weighed apart."""
    return any(drug.near_protected is not None for drug in case.drugs)


# --- §2D1.1 -----------------------------------------------------------------------------------------------


def _trafficking(
    case: Case,
    levels: LevelTables,
    drug: DrugLevel,
    statute: Statute,
    safety_valve: SafetyValve,
    entry: Indexed,
    *,
    mitigating_barred: bool = False,
) -> ChapterTwo:
    """The whole level of §2D1.1 for one quantity of drugs."""
    out = _begin(case, statute, entry)
    out.rests_on_2d1_1 = True
    part = case.role.part
    known = part != DONT_KNOW
    work = _Work(
        case,
        levels,
        statute,
        safety_valve,
        drug,
        out,
        False if mitigating_barred else part in _MITIGATING if known else None,
        False if mitigating_barred else part == "minimal" if known else None,
        part in _AGGRAVATING if known else None,
    )
    for rule in IN_ORDER:
        rule(work)
    return out


def _begin(case: Case, statute: Statute, entry: Indexed) -> ChapterTwo:
    out = ChapterTwo(Stage.OFFENSE, guideline=entry.guideline, felony=statute.felony)
    words = f"The Manual's index sends a count under 21 U.S.C. {case.section} to §{entry.guideline}."
    if case.charge.statute != case.section:
        words = f"An attempt or conspiracy takes the guideline of its goal. {words}"
    out.applied("1B1.2(a)", words, entry.cite, field="charge.statute")
    return out


def base_level(work: _Work) -> None:
    """§2D1.1(a): the greatest of (1) to (5); (5) is the Drug Quantity Table, with its mitigating-role cap."""
    out, drug = work.out, work.drug
    fixed, why, field = _fixed_level(work)
    after, steps = _capped(work, drug.level)
    if fixed is not None and fixed.level >= after:
        out.base(fixed.level, fixed.rule, why, fixed.cite, field=field)
        out.passed(
            "2D1.1(a)(5)",
            f"The Drug Quantity Table would give level {after}, which is not greater.",
            "USSG §2D1.1(a)(5)",
            field="drugs",
        )
    else:
        if fixed is not None:
            out.passed(
                fixed.rule,
                f"Level {fixed.level} would apply, but the drugs give more.",
                fixed.cite,
                field=field,
            )
        words = f"The Drug Quantity Table gives level {drug.level} for the drugs counted."
        out.base(drug.level, "2D1.1(a)(5)", words, "USSG §2D1.1(a)(5), (c)", field="drugs")
        for levels, words, cite in steps:
            out.change(levels, "2D1.1(a)(5)", words, cite, field="role.part")
        _cap_remarks(work, drug.level)
    out.base_level = out.level


def _fixed_level(work: _Work) -> tuple[FixedLevel | None, str, str]:
    """§2D1.1(a)(1)–(4): the greatest that the statute or a stipulation calls for, why, and the field."""
    charge, rows = work.case.charge, work.law.fixed
    best = _by_statute(work)
    if charge.stipulated_level != "none":
        agreed = next((row for row in rows if str(row.level) == charge.stipulated_level), None)
        if agreed is None:
            known = ", ".join(str(row.level) for row in rows)
            raise BadCase([FieldError("charge.stipulated_level", f"is not a level of §2D1.1(a)(1)–(4): use {known}")])
        if best is None or agreed.level > best.level:
            words = f"The parties agreed to base level {agreed.level}, or to an offense that carries it."
            return agreed, words, "charge.stipulated_level"
    if best is None:
        return None, "", ""
    return (
        best,
        f"{best.when[0].upper()}{best.when[1:]}, so the base level is {best.level}.",
        "charge.death_or_injury_found",
    )


_FIXED_RULES, _FIXED_CITE = "2D1.1(a)(1)–(4)", "USSG §2D1.1(a)(1)–(4), comment. (n.2)"


def _by_statute(work: _Work) -> FixedLevel | None:
    """The row of (a)(1)–(4) that the statutory term of the conviction reaches."""
    case, law, statute, out = work.case, work.law, work.statute, work.out
    charge, field = case.charge, "charge.death_or_injury_found"
    if charge.death_or_injury_found is NO:
        words = (
            "Higher fixed base levels exist where death or serious injury is part of the conviction; not counted here."
        )
        if case.conduct.death_or_serious_injury is YES:
            words = (
                "Death or serious injury sets the base level only when it was charged and found or "
                "admitted; it was not, so the drugs decide."
            )
        out.passed(_FIXED_RULES, words, _FIXED_CITE, field=field)
        return None
    if charge.death_or_injury_found is not YES:
        words = (
            "It is not known whether death or serious injury was charged and found. If so, a fixed base "
            "level may apply."
        )
        out.unknown(_FIXED_RULES, words, _FIXED_CITE, field=field)
        return None
    if case.section not in law.fixed_sections:
        words = (
            "The fixed base levels for death or serious injury ask for a conviction under the drug "
            f"trafficking penalties, and a count under section {case.section} is not one: a lawyer should "
            "check this."
        )
        out.flagged(_FIXED_RULES, words, _FIXED_CITE, field=field)
        return None
    direct = case.section in law.direct_sections
    for row in law.fixed:
        if statute.tier is not None and statute.tier not in row.paragraphs:
            continue
        if row.minimum is not None:
            reached = statute.minimum_by_law >= row.minimum
        elif row.maximum is None or statute.tier is None:
            continue
        elif not direct:
            # The text names a maximum of 15 or 30 years; these sections double or treble it.
            raise Stop(
                "The Manual does not say which base level fits a death from a Schedule III drug under a "
                "section that multiplies the maximum sentence.",
                cite="USSG §2D1.1(a)(3), (4)",
                ask="Does §2D1.1(a)(3) or (a)(4) apply to this count, or neither?",
                field=field,
            )
        else:
            reached = statute.maximum >= row.maximum
        if reached:
            _earlier_convictions_unknown(work, row)
            return row
    out.flagged(
        _FIXED_RULES,
        "Death or serious injury was found, but the penalty that applies here sets no special term for it, "
        "so the drugs decide: a lawyer should check this.",
        _FIXED_CITE,
        field=field,
    )
    return None


def _earlier_convictions_unknown(work: _Work, row: FixedLevel) -> None:
    """An earlier conviction lifts (a)(2) to (a)(1) and (a)(4) to (a)(3): say so when it is not known."""
    charge, rows = work.case.charge, work.law.fixed
    higher = next((item for item in rows if item.level > row.level and item.paragraphs == row.paragraphs), None)
    if higher is None:
        return
    serious = work.statute.tier in ("A", "B")
    field = None
    if charge.notice_851 is UNKNOWN:
        field = "charge.notice_851"
    elif charge.notice_851 is YES and (charge.serious_priors if serious else charge.drug_priors) is None:
        field = "charge.serious_priors" if serious else "charge.drug_priors"
    if field is not None:
        words = f"It is not known whether a noticed earlier conviction counts. If so, the base level is {higher.level}."
        work.out.unknown(higher.rule, words, higher.cite, field=field)


def _capped(work: _Work, level: int) -> tuple[int, list[tuple[int, str, str]]]:
    """§2D1.1(a)(5): the table level after the mitigating-role cap, and its steps (levels, words, cite)."""
    steps: list[tuple[int, str, str]] = []
    if work.mitigating is not True:
        return level, steps
    cap, after = work.law.cap, level
    clause = cap(level)
    if clause is not None:
        after, cite = clause
        words = f"With a mitigating role, a table level of {level} becomes {after}."
        steps.append((after - level, words, cite))
    if work.minimal is True and after > cap.minimal_above:
        words = f"With the 4-level reduction for a minimal role, the base level is not more than {cap.minimal_to}."
        steps.append((cap.minimal_to - after, words, cap.minimal_cite))
        after = cap.minimal_to
    return after, steps


def _cap_remarks(work: _Work, level: int) -> None:
    """What to say about the cap beside its steps."""
    out, cite = work.out, "USSG §2D1.1(a)(5)"
    reached = work.law.cap(level) is not None
    if work.mitigating is None and reached:
        words = "It is not known whether the person had a mitigating role. If so, this base level is lowered."
        out.unknown("2D1.1(a)(5)", words, cite, field="role.part")
    elif work.mitigating is True and not reached:
        out.passed(
            "2D1.1(a)(5)",
            "The base level is too low to be capped for a mitigating role.",
            cite,
            field="role.part",
        )
    elif work.mitigating is False and reached:
        words = "This base level would be lowered for a mitigating role; none is counted."
        out.passed("2D1.1(a)(5)", words, cite, field="role.part")
    elif work.minimal is True and reached:
        out.flagged(
            "2D1.1(a)(5)",
            "The cap for a minimal role speaks of the “resulting offense level”; it is read here as the base level.",
            "USSG §2D1.1(a)(5), comment. (backg’d.); §3B1.2, comment. (n.6)",
            field="role.part",
        )


def _chosen(value: str, *words: str) -> Fact:
    """A choice as a fact: whether it is one of the words."""
    return YES if value in words else UNKNOWN if value == DONT_KNOW else NO


def _unless_gun_count(work: _Work, row: Adjustment, fact: Fact, field: str) -> None:
    """§2K2.4 n.4(A): a sentence under 18 U.S.C. 924(c) already accounts for the weapon and the violence."""
    count = work.case.charge.firearm_count
    cite = "USSG §2K2.4, comment. (n.4(A))"
    if count not in ("none", DONT_KNOW):
        words = "The separate gun count under 18 U.S.C. 924(c) already accounts for this, so nothing is added here."
        work.out.passed(row.rule, words, cite, field="charge.firearm_count")
        return
    work.weigh(row, fact, field)
    if count == DONT_KNOW and fact is YES:
        words = (
            "It is not known whether there is a gun count under 18 U.S.C. 924(c). If so, these levels are not added."
        )
        work.out.unknown(row.rule, words, cite, field="charge.firearm_count")


def weapon(work: _Work) -> None:
    """(b)(1). A weapon was possessed. Left to the court: whether a link to the offense is improbable."""
    row = work.law.characteristics["weapon"]
    _unless_gun_count(work, row, work.case.conduct.weapon_possessed, "conduct.weapon_possessed")


def violence(work: _Work) -> None:
    """(b)(2). Violence used, credibly threatened or directed by the person; it adds to (b)(1) (n.11(B))."""
    row = work.law.characteristics["violence"]
    _unless_gun_count(work, row, work.case.conduct.violence, "conduct.violence")


def import_craft(work: _Work) -> None:
    """(b)(3). Import or export by private aircraft or submersible, or as its crew; with a floor."""
    craft, out, field = work.case.conduct.import_craft, work.out, "conduct.import_craft"
    if craft in ("aircraft", "submersible", "crew"):
        work.count(work.law.characteristics[craft], field)
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


def meth_import(work: _Work) -> None:
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
        work.weigh(row, fact, field)
        work.meth_import_counted = fact is YES
        if fact is YES and work.mitigating is None:
            words = "It is not known whether the person had a mitigating role. If so, these levels are not added."
            out.unknown(row.rule, words, row.cite, field="role.part")


def submersible_conviction(work: _Work) -> None:
    """(b)(6). A conviction under 21 U.S.C. 865, which is not modelled, so it never applies here."""
    row = work.law.characteristics["submersible_conviction"]
    work.out.passed(row.rule, row.passed, row.cite, field="charge.statute")


def bribery(work: _Work) -> None:
    """(b)(11). Bribing an officer to help the offense along; a bribe to obstruct the case is §3C1.1's
    (n.16)."""
    row, fact = work.law.characteristics["bribery"], work.case.conduct.bribery
    work.weigh(row, fact, "conduct.bribery")
    if fact is YES and work.case.role.obstruction is YES:
        words = (
            "If the bribe was meant to obstruct the case against the person, it counts as obstruction and "
            "not here as well."
        )
        work.out.flagged(row.rule, words, "USSG §2D1.1, comment. (n.16)", field="conduct.bribery")


def fentanyl_misrepresented(work: _Work) -> None:
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
        work.count(knowingly, field)
    elif how == "recklessly":
        work.count(recklessly, field)
    elif how == DONT_KNOW:
        words = (
            "It is not known whether fentanyl was passed off as another substance. If so, "
            f"{recklessly.levels} or {knowingly.levels} levels are added."
        )
        work.out.unknown("2D1.1(b)(13)", words, "USSG §2D1.1(b)(13)", field=field)
    else:
        words = "Levels are added when fentanyl is passed off as another substance; that is not counted here."
        work.out.passed("2D1.1(b)(13)", words, "USSG §2D1.1(b)(13)", field=field)


def manufacture(work: _Work) -> None:
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
            work.count(row, field)
        elif fact is NO:
            out.passed(row.rule, row.passed, row.cite, field=field)
        elif fact is UNKNOWN and _result(before, row) > greatest:
            out.unknown(row.rule, row.unknown, row.cite, field=field)
        else:
            words = "Only the greatest of these increases applies, and another one is greater."
            out.passed(row.rule, words, "USSG §2D1.1(b)(14)", field=field)


def _result(level: int, row: Adjustment) -> int:
    return max(level + row.levels, row.at_least or 0)


def public_land(work: _Work) -> None:
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
        work.count(row, field)
    else:
        if fact is UNKNOWN:
            out.unknown(row.rule, row.unknown, row.cite, field=field)
        if work.aggravating is None:
            out.unknown(row.rule, row.unknown, row.cite, field="role.part")


def aggravating_factors(work: _Work) -> None:
    """(b)(16). An adjustment under §3B1.1 and at least one listed factor: counted once, however many there
    are.

    Importing, (C), is not used where (b)(3) or (b)(5) applies (n.20(B))."""
    row, out, conduct = work.law.characteristics["aggravating_factors"], work.out, work.case.conduct
    if work.aggravating is False:
        out.passed(row.rule, row.passed, row.cite, field="role.part")
        return
    present: list[str] = []
    unknown: list[str] = []
    for name in work.law.aggravating_factors:
        fact = _AGGRAVATING_FACT[name](conduct)
        if fact is NO:
            continue
        if name == "directly_imported" and (out.craft != "none" or work.meth_import_counted):
            words = "Importing is already counted under (b)(3) or (b)(5), so it is not a factor here."
            out.passed("2D1.1(b)(16)(C)", words, "USSG §2D1.1, comment. (n.20(B))", field="conduct.directly_imported")
            continue
        (present if fact is YES else unknown).append(name)
    if work.aggravating is True and present:
        _count_aggravating(work, row, present, unknown)
    elif present:
        out.unknown(row.rule, row.unknown, row.cite, field="role.part")
    elif unknown:
        for name in unknown:
            factor = work.law.aggravating_factors[name]
            words = f"It is not known whether {factor.when}. With an aggravating role, that adds {row.levels} levels."
            out.unknown(factor.rule, words, factor.cite, field=f"conduct.{name}")
        if work.aggravating is None:
            out.unknown(row.rule, row.unknown, row.cite, field="role.part")
    else:
        out.passed(row.rule, row.passed, row.cite, field="role.part")


_AGGRAVATING_FACT: dict[str, Callable[[Conduct], Fact]] = {
    "used_affection": attrgetter("used_affection"),
    "vulnerable_person": lambda conduct: _chosen(conduct.vulnerable_person, "under_18", "other"),
    "directly_imported": attrgetter("directly_imported"),
    "witness_or_evidence": attrgetter("witness_or_evidence"),
    "livelihood": attrgetter("livelihood"),
}


def _count_aggravating(work: _Work, row: Adjustment, present: list[str], unknown: list[str]) -> None:
    out, case, factors = work.out, work.case, work.law.aggravating_factors
    shown = "; ".join(factors[name].when for name in present)
    work.count(row, f"conduct.{present[0]}", f" Present here: {shown}.")
    role = case.role
    if "witness_or_evidence" in present:
        out.obstruction_counted = True
    if "vulnerable_person" in present and case.conduct.vulnerable_person == "under_18":
        out.minor_counted = True
    # Whether §3C1.1 or §3B1.4 may still rest on the same conduct turns on the factor the court relies on.
    for name, counted, also, rule, cite in (
        (
            "witness_or_evidence",
            out.obstruction_counted,
            role.obstruction,
            "3C1.1",
            "USSG §3C1.1, comment. (n.7)",
        ),
        ("vulnerable_person", out.minor_counted, role.used_minor, "3B1.4", "USSG §3B1.4, comment. (n.2)"),
    ):
        if also is not YES:
            continue
        if counted and len(present) > 1:
            words = (
                f"A court could rest this increase on another factor and then add §{rule} as well; here it "
                "is not added."
            )
            out.flagged(row.rule, words, cite, field=f"conduct.{name}")
        elif name in unknown:
            words = f"It is not known whether {factors[name].when}. If so, §{rule} is not added for the same conduct."
            out.unknown(factors[name].rule, words, cite, field=f"conduct.{name}")


def mitigating_factors(work: _Work) -> None:
    """(b)(17). The 4-level reduction of §3B1.2(a) and all three factors: motive, no pay, minimal
    knowledge."""
    row, out, conduct = work.law.characteristics["mitigating_factors"], work.out, work.case.conduct
    facts = [(name, attribute(conduct)) for name, attribute in _MITIGATING_FACT]
    if work.minimal is False or any(fact is NO for _, fact in facts):
        out.passed(row.rule, row.passed, row.cite, field="role.part")
        return
    unknown = [name for name, fact in facts if fact is not YES]
    if work.minimal is True and not unknown:
        work.count(row, "role.part")
        return
    for name in unknown:
        factor = work.law.mitigating_factors[name]
        words = (
            f"It is not known whether {factor.when}. If all the conditions are met, {-row.levels} levels are taken off."
        )
        out.unknown(factor.rule, words, factor.cite, field=f"conduct.{name}")
    if work.minimal is None:
        out.unknown(row.rule, row.unknown, row.cite, field="role.part")


_MITIGATING_FACT: tuple[tuple[str, Callable[[Conduct], Fact]], ...] = tuple(
    (name, attrgetter(name)) for name in ("family_or_fear", "no_pay", "minimal_knowledge")
)


def safety_valve_reduction(work: _Work) -> None:
    """(b)(18). The five tests of §5C1.2(a) are met, with or without a mandatory minimum (n.21)."""
    row, out, met = work.law.characteristics["safety_valve"], work.out, work.safety_valve.criteria
    if met is None:
        field = next((test.field for test in work.safety_valve.tests if test.met is None), None)
        out.unknown(row.rule, row.unknown, row.cite, field=field)
    elif not met:
        out.passed(row.rule, row.passed, row.cite)
    else:
        work.count(row, None)
        if not work.statute.covered_by_safety_valve:
            words = (
                "The safety-valve statute does not list this count. The Manual gives these levels by the "
                "five tests alone, so they are counted; a court may read it otherwise."
            )
            out.flagged(row.rule, words, "USSG §2D1.1, comment. (n.21)", field="charge.statute")


def _plain(name: str, field: str) -> Rule:
    """A characteristic that turns on one fact."""
    fact = attrgetter(field)

    def rule(work: _Work) -> None:
        work.weigh(work.law.characteristics[name], fact(work.case), field)

    return rule


# The order of §2D1.1.
IN_ORDER: tuple[Rule, ...] = (
    base_level,
    weapon,
    violence,
    import_craft,
    _plain("prison_distribution", "conduct.prison_distribution"),
    meth_import,
    submersible_conviction,
    _plain("mass_marketing", "conduct.mass_marketing"),
    _plain("masking_agent", "conduct.masking_agent"),
    _plain("steroid_to_athlete", "conduct.steroid_to_athlete"),
    _plain("convicted_841g", "conduct.convicted_841g"),
    bribery,
    _plain("premises", "conduct.premises"),
    fentanyl_misrepresented,
    manufacture,
    public_land,
    aggravating_factors,
    mitigating_factors,
    safety_valve_reduction,
)


# --- The guidelines beside it -----------------------------------------------------------------------------


def _protected(
    case: Case,
    levels: LevelTables,
    drug: DrugLevel,
    near: DrugLevel | None,
    statute: Statute,
    safety_valve: SafetyValve,
    entry: Indexed,
) -> ChapterTwo:
    """§2D1.2(a): the greatest of (1) 2 plus the §2D1.1 level for the quantity near the place or person, (2) 1
    plus the level for the whole, (3) 26 where someone under eighteen was involved, (4) 13. The levels are
    whole §2D1.1 levels, specific offense characteristics included (§1B1.5(b)(1), n.1)."""
    rows = levels.protected
    total = _trafficking(case, levels, drug, statute, safety_valve, entry)
    beside = total if near is None else _trafficking(case, levels, near, statute, safety_valve, entry)
    near_level, total_level = beside.level + rows.near.levels, total.level + rows.total.levels
    by_drugs = max(near_level, total_level)
    minor, field = case.charge.person_under_18, "charge.person_under_18"
    fixed = rows.under_18 if minor is YES else rows.otherwise
    near_words = (
        f"{rows.near.levels} plus level {beside.level} for the drugs that involved the protected place or person"
    )
    total_words = f"{rows.total.levels} plus level {total.level} for all the drugs"
    out = beside if near_level >= total_level else total
    if fixed.levels > by_drugs:
        # The §2D1.1 levels fall away, but what is not known in them could still raise them past this one.
        below, out = out, _begin(case, statute, entry)
        out.steps.extend(step for step in below.steps if step.finding is Finding.UNKNOWN)
        out.passed(rows.near.rule, f"{near_words} is {near_level}, which is not the greatest.", rows.near.cite)
        out.passed(rows.total.rule, f"{total_words} is {total_level}, which is not the greatest.", rows.total.cite)
        if minor is YES:
            words = f"Someone under eighteen was involved, so the base level is {fixed.levels}."
            out.base(fixed.levels, fixed.rule, words, fixed.cite, field=field)
            out.minor_counted = True
        else:
            words = f"The base level is at least {fixed.levels} for this kind of offense."
            out.base(fixed.levels, fixed.rule, words, fixed.cite)
    elif out is beside:
        out.passed(rows.total.rule, f"{total_words} is {total_level}, which is not the greatest.", rows.total.cite)
        words = f"The greatest alternative: {near_words} is {near_level}."
        out.change(rows.near.levels, rows.near.rule, words, rows.near.cite)
    else:
        out.passed(rows.near.rule, f"{near_words} is {near_level}, which is not the greatest.", rows.near.cite)
        words = f"The greatest alternative: {total_words} is {total_level}."
        out.change(rows.total.levels, rows.total.rule, words, rows.total.cite)
    if fixed.levels <= by_drugs:
        words = f"Level {fixed.levels} is not the greatest alternative."
        out.passed(fixed.rule, words, fixed.cite, field=field if minor is YES else None)
    if minor is NO:
        words = (
            f"Level {rows.under_18.levels} is for cases that involved someone under eighteen; that is not counted here."
        )
        out.passed(rows.under_18.rule, words, rows.under_18.cite, field=field)
    elif minor is not YES:
        if out.level < rows.under_18.levels:
            words = (
                "It is not known whether someone under eighteen was involved. If so, the level is "
                f"{rows.under_18.levels}."
            )
            out.unknown(rows.under_18.rule, words, rows.under_18.cite, field=field)
        else:
            words = f"Level {rows.under_18.levels} would not be the greatest alternative."
            out.passed(rows.under_18.rule, words, rows.under_18.cite, field=field)
    if case.section in levels.minor_sections:
        out.minor_counted = True
    out.base_level = out.level
    return out


def _premises(
    case: Case,
    levels: LevelTables,
    drug: DrugLevel,
    statute: Statute,
    safety_valve: SafetyValve,
    entry: Indexed,
) -> ChapterTwo:
    """§2D1.8(a): the level of the drug offense behind it; less, with a ceiling, for one who only allowed the
    use of the place and took no other part. Left to the court: the conditions of n.1."""
    rows, field = levels.premises, "charge.only_allowed_use"
    allowed = case.charge.only_allowed_use
    barred = allowed is YES and _took_part(case)
    doubtful = allowed is YES and not barred and case.own_weapon is not NO
    lower = allowed is YES and not barred and not doubtful
    out = _trafficking(case, levels, drug, statute, safety_valve, entry, mitigating_barred=lower)
    rule, cite, note = rows.allowed.rule, rows.allowed.cite, "USSG §2D1.8, comment. (n.1)"
    if lower:
        out.mitigating_role_barred = True
        words = (
            f"The person took no part but allowing the use of the place: {rows.allowed.levels} levels are taken off."
        )
        out.change(-rows.allowed.levels, rule, words, cite, field=field)
        out.cap(rows.allowed_most, rule, f"The level here cannot be above {rows.allowed_most}.", cite, field=field)
        words = (
            "This is lost if the person helped the drug offense in any other way, allowed the use of more "
            "than one place, did not get the place for a lawful purpose, or had allowed such use before: a "
            "lawyer should check this."
        )
        out.flagged(rule, words, note, field=field)
    else:
        words = f"The level of the drug offense behind it is used: level {out.level}."
        out.applied(rows.rule, words, rows.cite)
        if barred:
            words = (
                "The lower level for only allowing the use of the place is not used, because a weapon of "
                "the person's own, violence or a leading role is also stated: a lawyer should check this."
            )
            out.flagged(rule, words, note, field=field)
        elif doubtful:
            words = (
                "The lower level for only allowing the use of the place is left out, because it is not "
                "known whether the weapon was the person's own."
            )
            out.unknown(rule, words, note, field="conduct.own_weapon")
        elif allowed is NO:
            words = "A lower level is for one who only allowed the use of the place; that is not counted here."
            out.passed(rule, words, cite, field=field)
        else:
            words = (
                "It is not known whether the person took no part but allowing the use of the place. If so, "
                f"{rows.allowed.levels} levels are taken off, and the level is not above "
                f"{rows.allowed_most}."
            )
            out.unknown(rule, words, cite, field=field)
    out.base_level = out.level
    return out


def _took_part(case: Case) -> bool:
    """§2D1.8 n.1: facts that show more than allowing the use of the place."""
    return case.own_weapon is YES or case.conduct.violence is YES or case.role.part in _AGGRAVATING


def _possession(case: Case, law: Law, statute: Statute, entry: Indexed) -> ChapterTwo:
    """§2D2.1(a): the level of the substance; of the most serious one where there are several."""
    out = _begin(case, statute, entry)
    best: tuple[Possession, str] | None = None
    for index, drug in enumerate(case.drugs):
        field = f"drugs[{index}].substance"
        names = [(drug.substance, field)]
        names += [(name, f"drugs[{index}].also_contains") for name in drug.also_contains]
        for name, where in names:
            row = law.levels.possession[law.drugs.find(name, where).possession]
            if best is None or row.level > best[0].level:
                best = row, where
    if best is None:
        raise BadCase(
            [FieldError("drugs", "is empty: the level for possession follows from the drug, so list at least one")]
        )
    row, where = best
    out.base(row.level, row.rule, f"For {row.words}, possession is level {row.level}.", row.cite, field=where)
    valve = law.levels.characteristics["safety_valve"]
    words = (
        "Taking levels off for meeting the safety-valve tests is part of the trafficking guideline, not of this one."
    )
    out.passed(valve.rule, words, valve.cite)
    out.base_level = out.level
    return out
