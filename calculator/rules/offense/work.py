"""The ledger of Chapter Two, and what its rules work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calculator.answer import SafetyValve, Statute
from calculator.kinds import DONT_KNOW, NO, UNKNOWN, YES, Fact
from calculator.law.levels import Indexed, LevelTables
from calculator.scenario import Case
from calculator.trace import Ledger, Stage

__all__ = ["ChapterTwo", "Rule", "Work", "begun", "chosen"]


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
class Work:
    """§2D1.1 being worked out for one quantity of drugs: the facts, the law and the ledger."""

    case: Case
    law: LevelTables
    statute: Statute
    safety_valve: SafetyValve
    drug_level: int
    out: ChapterTwo
    # Whether an adjustment under §3B1.2, its 4-level form, and one under §3B1.1 is received; None: not known.
    mitigating: bool | None
    minimal: bool | None
    aggravating: bool | None
    meth_import_counted: bool = False


type Rule = Callable[[Work], None]


def begun(case: Case, statute: Statute, entry: Indexed) -> ChapterTwo:
    """A ledger that begins with the line of Appendix A."""
    out = ChapterTwo(Stage.OFFENSE, guideline=entry.guideline, felony=statute.felony)
    words = f"The Manual's index sends a count under 21 U.S.C. {case.section} to §{entry.guideline}."
    if case.charge.statute != case.section:
        words = f"An attempt or conspiracy takes the guideline of its goal. {words}"
    out.applied("1B1.2(a)", words, entry.cite, field="charge.statute")
    return out


def chosen(value: str, *words: str) -> Fact:
    """A choice as a fact: whether it is one of the words."""
    return YES if value in words else UNKNOWN if value == DONT_KNOW else NO
