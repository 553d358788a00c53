"""The ledger of Chapter Three, and what its rules work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from calculator.law.levels import LevelTables
from calculator.scenario import Case
from calculator.trace import Ledger

__all__ = ["ChapterThree", "CountedBefore", "Rule", "Work"]


class CountedBefore(Protocol):
    """What Chapter Three has to know about Chapter Two (see `stages.ChapterTwo`, which is one)."""

    @property
    def level(self) -> int: ...
    @property
    def guideline(self) -> str: ...
    @property
    def rests_on_2d1_1(self) -> bool: ...
    @property
    def felony(self) -> bool: ...
    @property
    def mitigating_role_barred(self) -> bool: ...
    @property
    def craft(self) -> str: ...
    @property
    def minor_counted(self) -> bool: ...
    @property
    def obstruction_counted(self) -> bool: ...


@dataclass(slots=True)
class ChapterThree(Ledger):
    """The level after Parts A to C, its steps, and what §4C1.1 asks about them.

    `aggravating_role` and `victim_adjustment`: an adjustment under §3B1.1, under §3A1.1, is received; None:
    not known.
    """

    aggravating_role: bool | None = False
    victim_adjustment: bool | None = False


@dataclass(slots=True)
class Work:
    """Chapter Three being worked out: the facts, the law, the ledger of Chapter Two and the one being written."""

    case: Case
    law: LevelTables
    before: CountedBefore
    out: ChapterThree


type Rule = Callable[[Work], None]
