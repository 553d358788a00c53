"""All the law that is recorded, read from its printed tables once and kept.

In the page nothing is read: in the wheel for the browser `hooks/ready_law.py` puts a module with the same four
functions, which make the same objects at once, in the place of this one.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from calculator.law import printed
from calculator.law.drugs import DrugTables
from calculator.law.edition import Edition, NewerManual
from calculator.law.history import HistoryTables
from calculator.law.levels import LevelTables
from calculator.law.ranges import RangeTables
from calculator.law.schema import Tables, effective, read
from calculator.law.statutes import Statutes

__all__ = ["editions", "guidelines", "statute_days", "statutes"]


@lru_cache(maxsize=1)
def editions() -> tuple[tuple[Edition, ...], tuple[NewerManual, ...]]:
    """The Manuals whose text is here, and the newer ones of which only the notice is."""
    table = read("editions.toml")
    table.cite()
    here = []
    for row in table.rows("edition"):
        here.append(
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
    return tuple(here), tuple(newer)


@lru_cache(maxsize=4)
def guidelines(in_force: date) -> tuple[DrugTables, LevelTables, HistoryTables, RangeTables]:
    """The tables of the Manual that took effect on this day."""
    tables = Tables("guidelines", in_force)
    return (
        DrugTables.read(tables),
        LevelTables.read(tables),
        HistoryTables.read(tables),
        RangeTables.read(tables),
    )


@lru_cache(maxsize=1)
def statute_days() -> tuple[date, ...]:
    """Every day on which some recorded statute changed, oldest first."""
    return tuple(sorted({effective(name) for name in printed.names() if name.startswith("statutes/")}))


@lru_cache(maxsize=8)
def statutes(changed: date) -> Statutes:
    """The statutes as they stood from one of those days."""
    return Statutes.read(Tables("statutes", changed))
