"""The time periods of USSG §4A1.2(d) and (e), and what a sentence is worth by its length and its dates alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from calculator.law.history import HistoryTables, Points
from calculator.scenario import Case
from calculator.units import Term

__all__ = ["Clock", "Mark", "clock_of", "timed"]


@dataclass(frozen=True, slots=True)
class Clock:
    """The day the offense began, as far as it is known, and the first day of each time period before it."""

    commenced: date
    assumed: bool  # the day was not given, so the last day of the offense stands in for it
    fifteen: date
    ten: date
    five: date


def clock_of(case: Case, law: HistoryTables) -> Clock:
    """§4A1.2(d)(2), (e), n.8: the periods run back from the commencement of the offense."""
    began = case.dates.offense_began
    day = case.dates.offense_ended if began is None else began
    opens = [window.opens(day) for window in (law.fifteen_years, law.ten_years, law.five_years)]
    return Clock(day, began is None, *opens)


@dataclass(slots=True)
class Mark:
    """What a sentence is worth by its length and its dates alone."""

    row: Points
    points: int
    might: int  # what it would be worth if a date that is not known were the worse one
    window_cite: str
    edge: bool = False  # it lies exactly on the first day of the period
    ask_release: bool = False


def timed(
    length: Term,
    imposed: date,
    released: date | None,
    *,
    revoked: bool,
    young: bool,
    juvenile: bool,
    pending: bool,
    clock: Clock,
    law: HistoryTables,
) -> Mark:
    """§4A1.1(a)–(c) with §4A1.2(d), (e). If `revoked`, custody may have ended at any time."""
    if pending:  # sentence is yet to come, so it will be in time (§4A1.2(a)(4))
        return Mark(law.one, law.one.points, law.one.points, "USSG §4A1.2(a)(4)")
    by_release = False
    if length > law.three.length and not juvenile:
        row, window, opens, by_release = law.three, law.fifteen_years, clock.fifteen, True
    else:
        row = law.two if length >= law.two.length else law.one
        window, opens = (law.five_years, clock.five) if young else (law.ten_years, clock.ten)
        by_release = young and row is law.two
    if imposed >= opens:
        edge = imposed == opens and not (by_release and released is not None and released > opens)
        return Mark(row, row.points, row.points, window.cite, edge)
    if by_release and released is not None and released >= opens:
        return Mark(row, row.points, row.points, window.cite, released == opens)
    ask_release = by_release and released is None and (revoked or _after(imposed, length) >= opens)
    might = row.points if ask_release or clock.assumed else 0
    return Mark(row, 0, might, window.cite, ask_release=ask_release)


def _after(day: date, term: Term) -> date:
    """The last day of a term served in full from a day on, or the end of time."""
    months = day.month - 1 + term.months
    year = day.year + months // 12
    if term.life or year > 9000:
        return date.max
    return date(year, months % 12 + 1, 1) + timedelta(days=day.day - 1 + term.days)
