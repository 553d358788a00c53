"""Choosing the law by two dates.

The Guidelines Manual follows the day of sentencing (USSG §1B1.11(a)); statutory penalties follow the day the offense
ended. Each printed table is one TOML file named by the day it took effect, in `guidelines/<table>/` or
`statutes/<table>/`; the file chosen is the newest that had taken effect on the governing day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from calculator.law import recorded
from calculator.law.drugs import DrugTables
from calculator.law.edition import Edition, NewerManual
from calculator.law.history import HistoryTables
from calculator.law.levels import LevelTables
from calculator.law.ranges import RangeTables
from calculator.law.statutes import Statutes
from calculator.units import day

__all__ = ["Edition", "Law", "NewerManual", "NoLawRecorded", "law_for"]


class NoLawRecorded(ValueError):
    """The day lies before the law that is recorded here; the message says so in a sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def edition_for(sentenced_on: date) -> Edition:
    """The Manual in effect on the day of sentencing. Raises `NoLawRecorded` for a day before the first one."""
    editions, newer = recorded.editions()
    first = min(edition.effective for edition in editions)
    if sentenced_on < first:
        raise NoLawRecorded(
            "dates.sentenced_on",
            f"Manuals are recorded from {day(first)}; the one for {day(sentenced_on)} is not, "
            "so no answer is given for that day",
        )
    edition = max((item for item in editions if item.effective <= sentenced_on), key=lambda item: item.effective)
    later = [manual for manual in newer if edition.complete_through < manual.effective <= sentenced_on]
    if not later:
        return edition
    return Edition(edition.title, edition.effective, edition.complete_through, edition.cite, later[-1])


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """All the law one answer needs, chosen once by its two dates and handed down whole."""

    edition: Edition
    drugs: DrugTables
    levels: LevelTables
    history: HistoryTables
    ranges: RangeTables
    statutes: Statutes


def law_for(*, sentenced_on: date, offense_ended: date) -> Law:
    """The law for a sentencing day and the day the offense ended. Raises `NoLawRecorded` for a day too early."""
    edition = edition_for(sentenced_on)
    days = recorded.statute_days()
    changed = [day for day in days if day <= offense_ended]
    if not changed:
        raise NoLawRecorded(
            "dates.offense_ended",
            f"Statutory penalties are recorded for offenses from {day(days[0])}; "
            f"for one that ended on {day(offense_ended)} no answer is given",
        )
    return _law(edition, changed[-1])


# The same law is the same object, so that what rests on it can be looked up by it.
@lru_cache(maxsize=16)
def _law(edition: Edition, changed: date) -> Law:
    return Law(edition, *recorded.guidelines(edition.effective), recorded.statutes(changed))
