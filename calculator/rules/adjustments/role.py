"""Chapter Three, Part B: role in the offense."""

from __future__ import annotations

from calculator.kinds import DONT_KNOW, NO, YES
from calculator.rules.adjustments.work import Work

__all__ = ["aggravating", "body_armor", "mitigating", "trust_or_skill", "used_minor"]


def aggravating(work: Work) -> None:
    """§3B1.1. Organizer or leader, manager or supervisor, of a large activity or a smaller one."""
    part, rows, out = work.case.role.part, work.law.adjustments, work.out
    if work.case.role.aggravating:
        rows[part].count(work.out, "role.part")
    elif part == DONT_KNOW:
        words = (
            "It is not known whether the person organized, led, managed or supervised others. If so, "
            f"{rows['small_leader'].levels} to {rows['leader'].levels} levels are added."
        )
        out.unknown("3B1.1", words, "USSG §3B1.1", field="role.part")
    else:
        words = "Levels are added for organizing, leading, managing or supervising others; that is not counted here."
        out.passed("3B1.1", words, "USSG §3B1.1", field="role.part")


def mitigating(work: Work) -> None:
    """§3B1.2. Minimal, minor, or between. Not with §2D1.8(a)(2); ordinarily not for one convicted of a much
    lesser offense than was committed (n.3(B)). In §2D1.1 cases the low-level functions of §2D1.1(e)(2)
    generally warrant it."""
    part, rows, out, before = work.case.role.part, work.law.adjustments, work.out, work.before
    field = "role.part"
    if work.case.role.mitigating:
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
            rows[part].count(work.out, field)
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


def trust_or_skill(work: Work) -> None:
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
        rows[what].count(work.out, field)
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


def used_minor(work: Work) -> None:
    """§3B1.4. Someone under eighteen was used; not where Chapter Two already counts it (n.2)."""
    row, fact, before = work.law.adjustments["used_minor"], work.case.role.used_minor, work.before
    if before.minor_counted and fact is not NO:
        words = "Chapter Two already counts that someone under eighteen was involved, so nothing is added."
        work.out.passed(row.rule, words, work.law.minor_cite, field="role.used_minor")
        return
    row.weigh(work.out, fact, "role.used_minor")
    if fact is YES and before.guideline == "2D1.2":
        words = (
            "If the level of this count already reflects the same young person, nothing is added: a lawyer "
            "should check this."
        )
        work.out.flagged(row.rule, words, work.law.minor_cite, field="role.used_minor")


def body_armor(work: Work) -> None:
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
        (used if how == "used" else involved).count(work.out, field)
