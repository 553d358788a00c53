"""Choosing the law by two dates, and reading it once.

The Guidelines Manual follows the day of sentencing (USSG §1B1.11(a)); statutory penalties follow the day the offense
ended. Each printed table is one TOML file named by the day it took effect, in `guidelines/<table>/` or
`statutes/<table>/`; the file chosen is the newest that had taken effect on the governing day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from calculator.law.drugs import DrugTables
from calculator.law.history import HistoryTables
from calculator.law.levels import LevelTables
from calculator.law.ranges import RangeTables
from calculator.law.schema import Tables, read
from calculator.law.statutes import Statutes
from calculator.units import day

__all__ = ["Edition", "Law", "NewerManual", "NoLawRecorded", "law_for"]


class NoLawRecorded(ValueError):
    """The day lies before the law that is recorded here; the message says so in a sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class NewerManual:
    """A Manual that applies but whose text has not been checked: its day, its notice, and the parts it may change."""

    effective: date
    notice: str
    cite: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """The Guidelines Manual used for an answer. `newer` is set when the answer is only an estimate."""

    title: str
    effective: date
    complete_through: date
    cite: str
    newer: NewerManual | None

    @property
    def estimate(self) -> bool:
        return self.newer is not None


@lru_cache(maxsize=8)
def _editions() -> tuple[tuple[Edition, ...], tuple[NewerManual, ...]]:
    table = read(resources.files("calculator.law") / "editions.toml")
    table.cite()
    editions = []
    for row in table.rows("edition"):
        editions.append(
            Edition(
                row.take("title", str),
                row.take("effective", date),
                row.take("complete_through", date),
                row.cite(),
                None,
            )
        )
        row.done()
    newer = []
    for row in table.rows("newer"):
        parts = []
        for part in row.rows("part"):
            parts.append((part.take("when", str), part.take("words", str)))
            part.done()
        newer.append(NewerManual(row.take("effective", date), row.take("notice", str), row.cite(), tuple(parts)))
        row.done()
    table.done()
    return tuple(editions), tuple(newer)


def edition_for(sentenced_on: date) -> Edition:
    """The Manual in effect on the day of sentencing. Raises `NoLawRecorded` for a day before the first one."""
    editions, newer = _editions()
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


@lru_cache(maxsize=4)
def _guidelines(effective: date) -> tuple[DrugTables, LevelTables, HistoryTables, RangeTables]:
    tables = Tables("guidelines", effective)
    return (
        DrugTables.read(tables),
        LevelTables.read(tables),
        HistoryTables.read(tables),
        RangeTables.read(tables),
    )


@lru_cache(maxsize=1)
def _statute_days() -> tuple[date, ...]:
    """Every day on which some recorded statute changed, oldest first."""
    folder = resources.files("calculator.law") / "statutes"
    tables = (table for table in folder.iterdir() if table.is_dir())
    names = {path.name for table in tables for path in table.iterdir() if path.name.endswith(".toml")}
    return tuple(sorted(date.fromisoformat(name.removesuffix(".toml")) for name in names))


@lru_cache(maxsize=8)
def _statutes(changed: date) -> Statutes:
    return Statutes.read(Tables("statutes", changed))


def law_for(*, sentenced_on: date, offense_ended: date) -> Law:
    """The law for a sentencing day and the day the offense ended. Raises `NoLawRecorded` for a day too early."""
    edition = edition_for(sentenced_on)
    changed = [day for day in _statute_days() if day <= offense_ended]
    if not changed:
        raise NoLawRecorded(
            "dates.offense_ended",
            f"Statutory penalties are recorded for offenses from {day(_statute_days()[0])}; "
            f"for one that ended on {day(offense_ended)} no answer is given",
        )
    return _law(edition, changed[-1])


# The same law is the same object, so that what rests on it can be looked up by it.
@lru_cache(maxsize=16)
def _law(edition: Edition, changed: date) -> Law:
    return Law(edition, *_guidelines(edition.effective), _statutes(changed))
