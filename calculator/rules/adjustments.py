"""Chapter Three: victim, role and obstruction (Parts A to C), then acceptance and early disposition (Parts E
and F).

In the order of §1B1.1(a)(3) and (5); grouping of counts (Part D) is not modelled. `chapter_two` is the
Chapter Two ledger of the count: its level, its guideline, and what it already counts. Levels may fall under 1
or pass 43 here: that is settled where the range is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from calculator.law.levels import Adjustment, LevelTables
from calculator.law.load import Law
from calculator.scenario import DONT_KNOW, NO, UNKNOWN, YES, BadCase, Case, Fact, FieldError
from calculator.trace import Ledger, Stage

__all__ = [
    "IN_ORDER",
    "Acceptance",
    "ChapterThree",
    "CountedBefore",
    "acceptance",
    "aggravating_role",
    "chapter_three",
]

_AGGRAVATING = ("leader", "manager", "small_leader")
_MITIGATING = ("minor", "between", "minimal")


class CountedBefore(Protocol):
    """What Chapter Three has to know about Chapter Two (see `rules.offense.ChapterTwo`, which is one)."""

    level: int
    guideline: str
    rests_on_2d1_1: bool
    felony: bool
    mitigating_role_barred: bool
    craft: str
    minor_counted: bool
    obstruction_counted: bool


@dataclass(slots=True)
class ChapterThree(Ledger):
    """The level after Parts A to C, its steps, and what §4C1.1 asks about them.

    `aggravating_role` and `victim_adjustment`: an adjustment under §3B1.1, under §3A1.1, is received; None:
    not known.
    """

    aggravating_role: bool | None = False
    victim_adjustment: bool | None = False


@dataclass(slots=True)
class Acceptance(Ledger):
    """The level after Parts E and F, its steps, and how many levels §3E1.1 took off (for §4B1.1(c))."""

    acceptance_levels: int = 0


@dataclass(slots=True)
class _Work:
    case: Case
    law: LevelTables
    before: CountedBefore
    out: ChapterThree

    def weigh(self, row: Adjustment, fact: Fact, field: str) -> None:
        """Count the row, or record that it does not apply or is not known."""
        if fact is NO:
            self.out.passed(row.rule, row.passed, row.cite, field=field)
        elif fact is YES:
            self.count(row, field)
        else:
            self.out.unknown(row.rule, row.unknown, row.cite, field=field)

    def count(self, row: Adjustment, field: str) -> None:
        self.out.change(row.levels, row.rule, row.applied, row.cite, field=field)


type Rule = Callable[[_Work], None]


def aggravating_role(case: Case) -> bool | None:
    """Whether an adjustment under §3B1.1 is received: True, False, or None when the person's part is not
    known."""
    part = case.role.part
    return None if part == DONT_KNOW else part in _AGGRAVATING


def chapter_three(case: Case, law: Law, chapter_two: CountedBefore) -> ChapterThree:
    """Parts A, B and C, starting from the Chapter Two level."""
    out = ChapterThree(Stage.ADJUSTMENTS, level=chapter_two.level, aggravating_role=aggravating_role(case))
    work = _Work(case, law.levels, chapter_two, out)
    for rule in IN_ORDER:
        rule(work)
    return out


# --- Part A: victims --------------------------------------------------------------------------------------


def victims(work: _Work) -> None:
    """§3A1.1. (a) Hate crime. (b) A vulnerable victim, and more for a large number of them. They add up, but
    (b) needs a vulnerability unrelated to the trait behind (a) (n.3)."""
    case, rows, out = work.case, work.law.adjustments, work.out
    hate = case.role.hate_crime
    work.weigh(rows["hate_crime"], hate, "role.hate_crime")
    vulnerable = _vulnerable_victim(work)
    row, many, field = (
        rows["many_vulnerable_victims"],
        case.role.many_vulnerable_victims,
        "role.many_vulnerable_victims",
    )
    if vulnerable is NO:
        out.passed(row.rule, row.passed, row.cite, field=field)
    elif vulnerable is YES:
        work.weigh(row, many, field)
    elif many is not NO:
        out.unknown(row.rule, row.unknown, row.cite, field=field if many is UNKNOWN else "role.vulnerable_victim")
    if hate is YES and vulnerable is YES:
        words = (
            "Both are counted only if a victim was vulnerable for a reason unrelated to the trait behind "
            "the hate crime."
        )
        out.flagged(
            rows["vulnerable_victim"].rule,
            words,
            "USSG §3A1.1, comment. (n.3)",
            field="role.vulnerable_victim",
        )
    if hate is YES or vulnerable is YES:
        out.victim_adjustment = True
    elif hate is UNKNOWN or vulnerable is UNKNOWN:
        out.victim_adjustment = None


def _vulnerable_victim(work: _Work) -> Fact:
    """§3A1.1(b)(1), with §2D1.1(e)(1) and n.20(A): whether it applies."""
    case, row, out, before = work.case, work.law.adjustments["vulnerable_victim"], work.out, work.before
    fact, field = case.role.vulnerable_victim, "role.vulnerable_victim"
    if before.rests_on_2d1_1:
        drugging, drugging_field = (
            case.conduct.sexual_offense_by_drugging,
            "conduct.sexual_offense_by_drugging",
        )
        special = "USSG §2D1.1(e)(1)"
        if drugging is YES:
            words = (
                f"A sexual offense by giving someone a drug: {row.levels} levels are added, as for a vulnerable victim."
            )
            out.change(row.levels, row.rule, words, f"{special}; §3A1.1(b)(1)", field=drugging_field)
            return YES
        if drugging is UNKNOWN and fact is not YES:
            words = (
                "It is not known whether a sexual offense was committed by giving someone a drug. If so, "
                f"{row.levels} levels are added."
            )
            out.unknown(row.rule, words, special, field=drugging_field)
        person, person_field = case.conduct.vulnerable_person, "conduct.vulnerable_person"
        note = "USSG §2D1.1, comment. (n.20(A))"
        if person in ("under_18", "other") and fact is not NO:
            words = (
                "Someone to whom the person sold drugs, or whom the person drew into the offense, is not a "
                "“vulnerable victim” here, so nothing is added. If another person was the vulnerable "
                "victim, a lawyer should check this."
            )
            out.flagged(row.rule, words, note, field=person_field)
            return UNKNOWN if drugging is UNKNOWN else NO
        if person == DONT_KNOW and fact is YES:
            words = (
                "It is not known whether the vulnerable victim was someone sold to or drawn into the "
                "offense. If so, these levels are not added."
            )
            out.unknown(row.rule, words, note, field=person_field)
        work.weigh(row, fact, field)
        if before.guideline == "2D1.2" and fact is YES:
            words = (
                "If the victim's age or pregnancy is what this guideline already counts, it is not counted again here."
            )
            out.flagged(row.rule, words, "USSG §3A1.1, comment. (n.2)", field=field)
        return UNKNOWN if fact is NO and drugging is UNKNOWN else fact
    work.weigh(row, fact, field)
    return fact


def official_victim(work: _Work) -> None:
    """§3A1.2. An official as the motive (a), or assaulted at risk of serious injury (c): the greatest
    applies.

    (b) is only for Chapter Two, Part A."""
    how, rows, out, field = (
        work.case.role.official_victim,
        work.law.adjustments,
        work.out,
        "role.official_victim",
    )
    motivated, assaulted = rows["official_motivated"], rows["official_assaulted"]
    if how == "motivated":
        work.count(motivated, field)
    elif how == "assaulted_officer":
        work.count(assaulted, field)
    elif how == DONT_KNOW:
        words = (
            f"It is not known whether an officer or other official was a victim. If so, {motivated.levels} "
            f"or {assaulted.levels} levels are added."
        )
        out.unknown("3A1.2", words, "USSG §3A1.2", field=field)
    else:
        out.passed(
            "3A1.2",
            "Levels are added when an official was a victim; that is not counted here.",
            "USSG §3A1.2",
            field=field,
        )


def restraint(work: _Work) -> None:
    """§3A1.3. A victim was physically restrained."""
    work.weigh(work.law.adjustments["restraint"], work.case.role.restraint, "role.restraint")


# --- Part B: role -----------------------------------------------------------------------------------------


def aggravating(work: _Work) -> None:
    """§3B1.1. Organizer or leader, manager or supervisor, of a large activity or a smaller one."""
    part, rows, out = work.case.role.part, work.law.adjustments, work.out
    if part in _AGGRAVATING:
        work.count(rows[part], "role.part")
    elif part == DONT_KNOW:
        words = (
            "It is not known whether the person organized, led, managed or supervised others. If so, "
            f"{rows['small_leader'].levels} to {rows['leader'].levels} levels are added."
        )
        out.unknown("3B1.1", words, "USSG §3B1.1", field="role.part")
    else:
        words = "Levels are added for organizing, leading, managing or supervising others; that is not counted here."
        out.passed("3B1.1", words, "USSG §3B1.1", field="role.part")


def mitigating(work: _Work) -> None:
    """§3B1.2. Minimal, minor, or between. Not with §2D1.8(a)(2); ordinarily not for one convicted of a much
    lesser offense than was committed (n.3(B)). In §2D1.1 cases the low-level functions of §2D1.1(e)(2)
    generally warrant it."""
    part, rows, out, before = work.case.role.part, work.law.adjustments, work.out, work.before
    field = "role.part"
    if part in _MITIGATING:
        if before.mitigating_role_barred:
            words = (
                "The lower level for only allowing the use of a place is already given, so no mitigating "
                "role is added to it."
            )
            out.passed(rows[part].rule, words, "USSG §2D1.8(b)(1)", field=field)
        elif before.guideline == "2D2.1":
            words = (
                "For simple possession a lesser role in someone's drug dealing ordinarily lowers nothing, "
                "so it is left out here: a lawyer should check this."
            )
            out.flagged(rows[part].rule, words, "USSG §3B1.2, comment. (n.3(B))", field=field)
        else:
            work.count(rows[part], field)
    elif part == DONT_KNOW and not before.mitigating_role_barred:
        words = (
            "It is not known whether the person had a minor or minimal part. If so, "
            f"{-rows['minor'].levels} to {-rows['minimal'].levels} levels are taken off."
        )
        out.unknown("3B1.2", words, "USSG §3B1.2", field=field)
    elif part == "none" and before.rests_on_2d1_1 and not before.mitigating_role_barred:
        words = (
            "No mitigating role is counted. One is generally warranted in drug cases when the main job was "
            "a low-level one, such as courier, errands, messages, lookout, or small sales for little or no "
            "money."
        )
        out.passed("3B1.2", words, "USSG §3B1.2; §2D1.1(e)(2)(B)", field=field)
    else:
        words = "Levels are taken off for a minor or minimal part; that is not counted here."
        out.passed("3B1.2", words, "USSG §3B1.2", field=field)


def trust_or_skill(work: _Work) -> None:
    """§3B1.3. Abuse of trust, or a special skill; a skill does not add to §3B1.1, and neither adds to
    §2D1.1(b)(3)(C) (n.23)."""
    what, rows, out, before = work.case.role.trust_or_skill, work.law.adjustments, work.out, work.before
    field = "role.trust_or_skill"
    if what == "none":
        words = "Levels are added for abusing a position of trust or using a special skill; that is not counted here."
        out.passed("3B1.3", words, "USSG §3B1.3", field=field)
    elif before.craft == "crew":
        words = "Serving as crew of the craft is already counted, so no trust or skill is added."
        out.passed("3B1.3", words, "USSG §2D1.1, comment. (n.23)", field="conduct.import_craft")
    elif what == DONT_KNOW:
        row = rows["trust"]
        words = (
            "It is not known whether the person abused a position of trust or used a special skill. If so, "
            f"{row.levels} levels are added."
        )
        out.unknown(row.rule, words, row.cite, field=field)
    elif what == "skill" and out.aggravating_role is True:
        words = "A special skill adds nothing where levels are already added for an aggravating role."
        out.passed("3B1.3", words, "USSG §3B1.3", field="role.part")
    else:
        work.count(rows[what], field)
        if what == "skill" and out.aggravating_role is None:
            words = (
                "It is not known whether the person had an aggravating role. If so, nothing is added for a "
                "special skill."
            )
            out.unknown("3B1.3", words, "USSG §3B1.3", field="role.part")
        if before.craft != "none":
            words = (
                "If the person was pilot, captain or other crew of the craft, nothing is added here: a "
                "lawyer should check this."
            )
            out.flagged("3B1.3", words, "USSG §2D1.1, comment. (n.23)", field="conduct.import_craft")


def used_minor(work: _Work) -> None:
    """§3B1.4. Someone under eighteen was used; not where Chapter Two already counts it (n.2)."""
    row, fact, before = work.law.adjustments["used_minor"], work.case.role.used_minor, work.before
    if before.minor_counted and fact is not NO:
        words = "Chapter Two already counts that someone under eighteen was involved, so nothing is added."
        work.out.passed(row.rule, words, work.law.minor_cite, field="role.used_minor")
        return
    work.weigh(row, fact, "role.used_minor")
    if fact is YES and work.case.charge.person_under_18 is YES and before.guideline == "2D1.2":
        words = (
            "If the level of this count already reflects the same young person, nothing is added: a lawyer "
            "should check this."
        )
        work.out.flagged(row.rule, words, work.law.minor_cite, field="role.used_minor")


def body_armor(work: _Work) -> None:
    """§3B1.5. Body armor in a drug trafficking crime, which is any felony under the drug laws (18 U.S.C.
    924(c)(2))."""
    how, rows, out, field = work.case.role.body_armor, work.law.adjustments, work.out, "role.body_armor"
    involved, used = rows["armor_involved"], rows["armor_used"]
    if how == "none":
        words = "Levels are added when body armor was used; that is not counted here."
        out.passed("3B1.5", words, "USSG §3B1.5", field=field)
    elif not work.before.felony:
        words = "Body armor counts only in a drug trafficking crime, and this count is not a felony."
        out.passed("3B1.5", words, "USSG §3B1.5(1), comment. (n.1)", field="charge.statute")
    elif how == DONT_KNOW:
        words = (
            f"It is not known whether body armor was used. If so, {involved.levels} or {used.levels} levels are added."
        )
        out.unknown("3B1.5", words, "USSG §3B1.5", field=field)
    else:
        work.count(used if how == "used" else involved, field)


# --- Part C: obstruction ----------------------------------------------------------------------------------


def obstruction(work: _Work) -> None:
    """§3C1.1. Willful obstruction of this case; not on top of §2D1.1(b)(16)(D) (n.7)."""
    row, fact, out = work.law.adjustments["obstruction"], work.case.role.obstruction, work.out
    if work.before.obstruction_counted:
        words = "Obstruction is already counted among the factors of §2D1.1(b)(16), so it is not added again."
        out.passed(row.rule, words, "USSG §3C1.1, comment. (n.7)", field="conduct.witness_or_evidence")
        return
    work.weigh(row, fact, "role.obstruction")
    if fact is NO and work.case.conduct.witness_or_evidence is YES:
        words = (
            "Tampering with a witness or evidence is stated, which usually counts as obstruction: a lawyer "
            "should check this."
        )
        out.flagged(row.rule, words, "USSG §3C1.1, comment. (n.4)", field="role.obstruction")


def reckless_flight(work: _Work) -> None:
    """§3C1.2. Danger to others while fleeing; not where the same conduct alone already adds as much (n.1)."""
    row, role = work.law.adjustments["reckless_flight"], work.case.role
    work.weigh(row, role.reckless_flight, "role.reckless_flight")
    if role.reckless_flight is YES and role.official_victim == "assaulted_officer":
        words = (
            "If the assault on the officer was the same conduct as the flight, it is counted only once: a "
            "lawyer should check this."
        )
        work.out.flagged(row.rule, words, "USSG §3C1.2, comment. (n.1)", field="role.reckless_flight")


def on_release(work: _Work) -> None:
    """§3C1.3. The enhancement of 18 U.S.C. 3147 applies; its own prison term must follow the other one
    (n.1)."""
    row, fact = work.law.adjustments["on_release"], work.case.role.on_release
    work.weigh(row, fact, "role.on_release")
    if fact is YES:
        words = (
            "The judge must split the sentence in two: one part for this offense and, after it, one for "
            "committing it on release. Together they should fit the guideline range."
        )
        work.out.flagged(row.rule, words, "18 U.S.C. 3147; USSG §3C1.3, comment. (n.1)", field="role.on_release")


def false_domain(work: _Work) -> None:
    """§3C1.4. The enhancement of 18 U.S.C. 3559(g)(1) applies."""
    work.weigh(work.law.adjustments["false_domain"], work.case.role.false_domain, "role.false_domain")


# The order of Chapter Three, Parts A to C.
IN_ORDER: tuple[Rule, ...] = (
    victims,
    official_victim,
    restraint,
    aggravating,
    mitigating,
    trust_or_skill,
    used_minor,
    body_armor,
    obstruction,
    reckless_flight,
    on_release,
    false_domain,
)


# --- Parts E and F ----------------------------------------------------------------------------------------


def acceptance(case: Case, law: Law, level: int) -> Acceptance:
    """§3E1.1 and §3F1.1, starting from `level`, the level before acceptance.

    (a) Accepting responsibility lowers the level. (b) From the recorded level up, on the Government's motion,
    it lowers it once more; the level that counts is the one before (a). §3F1.1: what an early disposition
    program allows, on motion. Left to the court: whether acceptance is clear, and whether to grant the early
    disposition motion.
    """
    out = Acceptance(Stage.ACCEPTANCE, level=level)
    first, further = law.levels.adjustments["acceptance"], law.levels.adjustments["early_plea"]
    accepted, moved = case.plea.acceptance, case.plea.government_moved
    enough = level >= (further.from_level or 0)
    if accepted is YES:
        out.change(first.levels, first.rule, first.applied, first.cite, field="plea.acceptance")
    elif accepted is NO:
        out.passed(first.rule, first.passed, first.cite, field="plea.acceptance")
    else:
        out.unknown(first.rule, first.unknown, first.cite, field="plea.acceptance")
    if accepted is NO:
        words = "The further level needs acceptance of responsibility first."
        out.passed(further.rule, words, further.cite, field="plea.acceptance")
    elif not enough:
        words = f"The further level needs level {further.from_level} or more before acceptance; it is {level}."
        out.passed(further.rule, words, further.cite)
    elif moved is NO:
        words = "The further level needs a motion by the Government, and there is none."
        out.passed(further.rule, words, further.cite, field="plea.government_moved")
    elif moved is YES and accepted is YES:
        out.change(further.levels, further.rule, further.applied, further.cite, field="plea.government_moved")
    elif moved is YES:
        words = (
            "The Government's motion lowers the level once more only if responsibility is accepted, which is not known."
        )
        out.unknown(further.rule, words, further.cite, field="plea.acceptance")
    else:
        out.unknown(further.rule, further.unknown, further.cite, field="plea.government_moved")
    out.acceptance_levels = level - out.level
    obstructed = case.role.obstruction is YES or case.conduct.witness_or_evidence is YES
    if obstructed and accepted is not NO:
        words = (
            "Obstruction ordinarily means that responsibility was not accepted; both together are for "
            "extraordinary cases. A lawyer should check this."
        )
        out.flagged(first.rule, words, "USSG §3E1.1, comment. (n.4)", field="plea.acceptance")
    _early_disposition(case, law.levels, out)
    return out


def _early_disposition(case: Case, levels: LevelTables, out: Ledger) -> None:
    """§3F1.1: up to the recorded number of levels, on the Government's motion under an authorized program."""
    rule, off, field = (
        levels.early_disposition,
        case.plea.early_disposition_levels,
        "plea.early_disposition_levels",
    )
    if off > rule.levels:
        raise BadCase(
            [FieldError(field, f"is {off}: an early disposition program lowers the level by at most {rule.levels}")]
        )
    if off:
        noun = "level is" if off == 1 else "levels are"
        words = f"On the Government's motion under an early disposition program, {off} {noun} taken off."
        out.change(-off, rule.rule, words, rule.cite, field=field)
    else:
        words = "No motion under an early disposition program is counted."
        out.passed(rule.rule, words, rule.cite, field=field)
