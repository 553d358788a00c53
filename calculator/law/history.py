"""Chapter Four as data: points, time periods, listed offenses, categories, career offender, zero points.

USSG §§4A1.1, 4A1.2, 4B1.1, 4B1.2 and 4C1.1 (Guidelines Manual, Nov. 1, 2025, pp. 361–385). Terms are months
and days, windows are calendar years. Every table is read strictly: a `LawError` names the file and the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculator.law.schema import LawError, Row, Tables
from calculator.units import LIFE, Term

__all__ = [
    "CareerOffense",
    "CareerRow",
    "CareerTable",
    "Criterion",
    "HistoryTables",
    "ListedOffense",
    "Points",
    "Window",
    "ZeroPoint",
]

# The eleven criteria of §4C1.1(a) by the names the rule asks them under, in printed order.
_CRITERIA = (
    "no_points",
    "no_terrorism",
    "no_violence",
    "no_death_or_injury",
    "no_sex_offense",
    "no_financial_hardship",
    "no_weapon",
    "no_individual_rights",
    "no_victim_adjustment",
    "no_aggravating_role",
    "no_continuing_enterprise",
)
_QUALIFIES = ("always", "if_underlying", "never")


@dataclass(frozen=True, slots=True)
class Points:
    """One subsection of §4A1.1: what it adds, for how long a sentence, up to how much, from which total."""

    subsection: str
    points: int
    cite: str
    length: Term = Term()
    most: int = 0
    from_points: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """A time period of §4A1.2(d) or (e), in calendar years back from the commencement of the offense."""

    years: int
    cite: str

    def opens(self, commenced: date) -> date:
        """The first day inside the period: the same day `years` before (Feb. 28 for a missing Feb. 29)."""
        try:
            return commenced.replace(year=commenced.year - self.years)
        except ValueError:
            return commenced.replace(year=commenced.year - self.years, day=28)


@dataclass(frozen=True, slots=True)
class ListedOffense:
    """An offense listed in §4A1.2(c)(1), or in (c)(2) where `never` is true, and what to check about it."""

    printed: str
    never: bool
    cite: str
    check: str
    check_cite: str


@dataclass(frozen=True, slots=True)
class CareerRow:
    """A row of the table in §4B1.1(b): the least statutory maximum (or one it must exceed) and the level."""

    least: Term
    exceeding: bool
    level: int
    cite: str


@dataclass(frozen=True, slots=True)
class CareerOffense:
    """Whether a count under a section is a controlled substance offense: always, if_underlying or never."""

    qualifies: str
    cite: str


@dataclass(frozen=True, slots=True)
class CareerTable:
    """§4B1.1 with the definitions of §4B1.2 that a drug count needs."""

    predicates: int
    category: str
    rows: tuple[CareerRow, ...]
    offenses: dict[str, CareerOffense]
    # By the levels taken off for acceptance: the range of §4B1.1(c)(3) and its citation.
    ranges_924c: dict[int, tuple[Term, Term, str]]

    def row(self, maximum: Term) -> CareerRow | None:
        """The row for a statutory maximum, or None when it is a year or less and so no felony."""
        for row in self.rows:
            if maximum > row.least or not row.exceeding and maximum == row.least:
                return row
        return None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the eleven criteria of §4C1.1(a), with what is said when it is not met."""

    name: str
    unmet: str
    cite: str


@dataclass(frozen=True, slots=True)
class ZeroPoint:
    """§4C1.1: the levels (a negative number) and the criteria, all of which must be met."""

    levels: int
    cite: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class HistoryTables:
    """Chapter Four of one Manual."""

    three: Points
    two: Points
    one: Points
    violence: Points
    status: Points
    fifteen_years: Window
    ten_years: Window
    five_years: Window
    listed: dict[str, ListedOffense]
    # §4A1.2(c)(1)(A): probation of more than the first, or imprisonment of at least the second.
    listed_probation: Term
    listed_imprisonment: Term
    listed_cite: str
    # §4A1.2(o): a felony is punishable by more than this.
    felony_exceeds: Term
    felony_cite: str
    # The category for each number of points up to the last printed; more points stay in the last.
    categories: tuple[str, ...]
    category_cite: str
    career: CareerTable
    zero_point: ZeroPoint

    @classmethod
    def read(cls, tables: Tables) -> HistoryTables:
        """Read Chapter Four from the tables in force. Raises `LawError` naming the file and the row."""
        points, windows = _points(tables("criminal_history_points"))
        categories, category_cite = _categories(tables("criminal_history_categories"))
        offenses = tables("excluded_offenses")
        offenses.cite()
        tests = offenses.row("tests")
        probation = Term(tests.take("probation_exceeding_months", int))
        imprisonment = Term(days=tests.take("imprisonment_at_least_days", int))
        tests_cite = tests.cite()
        tests.done()
        felony = offenses.row("felony")
        felony_exceeds, felony_cite = Term(felony.take("exceeding_months", int)), felony.cite()
        felony.done()
        listed: dict[str, ListedOffense] = {}
        for key in ("sometimes", "never"):
            for row in offenses.rows(key):
                _listed(row, key == "never", listed)
        offenses.done()
        return cls(
            *points,
            *windows,
            listed,
            probation,
            imprisonment,
            tests_cite,
            felony_exceeds,
            felony_cite,
            categories,
            category_cite,
            _career(tables("career_offender")),
            _zero_point(tables("zero_point_offender")),
        )

    def category(self, points: int) -> str:
        """The criminal history category for a total of points."""
        return self.categories[points] if points < len(self.categories) else self.categories[-1]

    def career_924c(self, acceptance_levels: int) -> tuple[Term, Term]:
        """§4B1.1(c)(3): low and high of the range by the levels (0, 2 or 3) taken off for acceptance."""
        low, high, _ = self.career.ranges_924c[acceptance_levels]
        return low, high


def _points(
    table: Row,
) -> tuple[tuple[Points, Points, Points, Points, Points], tuple[Window, Window, Window]]:
    """§4A1.1(a)–(e) and the three time periods, longest first."""
    table.cite()
    read = []
    for row, letter in _expected(table, "row", "abcde"):
        where, subsection = row.where, row.take("subsection", str)
        if subsection != f"({letter})":
            raise LawError(f"{where}: subsection is {subsection!r} where ({letter}) is printed")
        read.append(
            Points(
                subsection,
                row.take("points", int),
                row.cite(),
                Term(row.take("exceeding_months", int))
                if letter == "a"
                else Term(days=row.take("at_least_days", int))
                if letter == "b"
                else Term(),
                row.take("most", int) if letter in "cd" else 0,
                row.take("from_points", int) if letter == "e" else 0,
            )
        )
        row.done()
    three, two, one, violence, status = read
    if not (three.length > two.length > one.length and three.points > two.points > one.points > 0):
        raise LawError(f"{table.where}: (a), (b) and (c) do not come down in length and points")
    windows = []
    for row, _ in _expected(table, "window", "123"):
        row.take("counts", str)
        windows.append(Window(row.take("years", int), row.cite()))
        row.done()
    fifteen, ten, five = windows
    if not fifteen.years > ten.years > five.years > 0:
        raise LawError(f"{table.where}: the windows do not come in falling order")
    table.done()
    return (three, two, one, violence, status), (fifteen, ten, five)


def _expected(table: Row, key: str, names: str) -> list[tuple[Row, str]]:
    """The rows of a list that must have exactly as many as `names` has letters, each with its letter."""
    rows = list(table.rows(key))
    if len(rows) != len(names):
        raise LawError(f"{table.where}: {key} has {len(rows)} rows where {len(names)} are printed")
    return list(zip(rows, names, strict=True))


def _categories(table: Row) -> tuple[tuple[str, ...], str]:
    """The category of each number of points from 0 to the first that is open above, and the citation."""
    table.cite()
    ladder: list[str] = []
    cite, is_open = "", False
    for row in table.rows("row"):
        category = row.take("category", str)
        least, most = row.take("at_least", int), row.maybe("at_most", int)
        cite = row.cite()
        row.done()
        if is_open or least != len(ladder) or most is not None and most < least or category in ladder:
            raise LawError(f"{row.where}: {least} to {most} points leave a gap or overlap the row above")
        is_open = most is None
        ladder += [category] * (1 if most is None else most - least + 1)
    if not is_open:
        raise LawError(f"{table.where}: the last row must be open above")
    table.done()
    return tuple(ladder), cite


def _listed(row: Row, never: bool, listed: dict[str, ListedOffense]) -> None:
    name = row.take("offense", str)
    if name in listed:
        raise LawError(f"{row.where}: {name} is listed twice")
    check = row.maybe("check", str) or ""
    check_cite = row.take("check_cite", str) if check else ""
    listed[name] = ListedOffense(row.take("printed", str), never, row.cite(), check, check_cite)
    row.done()


def _career(table: Row) -> CareerTable:
    table.cite()
    test = table.row("test")
    predicates, category = test.take("predicates", int), test.take("category", str)
    test.cite()
    test.done()
    rows: list[CareerRow] = []
    for row in table.rows("row"):
        rows.append(_career_row(row, rows))
    if not rows[-1].exceeding:
        raise LawError(f"{table.where}: the last row must begin at a felony")
    ranges: dict[int, tuple[Term, Term, str]] = {}
    for row in table.rows("range_924c"):
        levels = row.take("acceptance", int)
        low, high = Term(row.take("low", int)), _months_or_life(row, "high")
        if not high > low or not all(levels > more and low < above for more, (above, _, _) in ranges.items()):
            raise LawError(f"{row.where}: does not come below the row above it")
        ranges[levels] = (low, high, row.cite())
        row.done()
    offenses: dict[str, CareerOffense] = {}
    for row in table.rows("offense"):
        statute, qualifies = row.take("statute", str), row.take("qualifies", str)
        if statute in offenses or qualifies not in _QUALIFIES:
            kinds = ", ".join(_QUALIFIES)
            raise LawError(f"{row.where}: {statute} is given twice, or {qualifies!r} is none of {kinds}")
        offenses[statute] = CareerOffense(qualifies, row.cite())
        row.done()
    table.done()
    return CareerTable(predicates, category, tuple(rows), offenses, ranges)


def _career_row(row: Row, above: list[CareerRow]) -> CareerRow:
    """One row of §4B1.1(b); its upper end, where printed, must be where the row above begins."""
    life, exceeding = row.maybe("life", bool), row.maybe("exceeding_years", int)
    years = exceeding if exceeding is not None else 0 if life else row.take("at_least_years", int)
    least = LIFE if life else Term(years * 12)
    upper = row.maybe("less_than_years", int)
    level = row.take("level", int)
    # Only the row just below life is printed without an upper end.
    begins_below = not above or (above[-1].least == (LIFE if upper is None else Term(upper * 12)))
    falls = not above or (least < above[-1].least and level < above[-1].level and not above[-1].exceeding)
    if not (begins_below and falls and (bool(above) or life)):
        raise LawError(f"{row.where}: leaves a gap or overlaps the row above it")
    read = CareerRow(least, exceeding is not None, level, row.cite())
    row.done()
    return read


def _months_or_life(row: Row, key: str) -> Term:
    value = row.take(key, object)
    if value == "life":
        return LIFE
    if not isinstance(value, int) or isinstance(value, bool):
        raise LawError(f"{row.where}: {key} must be months or life, not {value!r}")
    return Term(value)


def _zero_point(table: Row) -> ZeroPoint:
    table.cite()
    adjustment = table.row("adjustment")
    levels, cite = adjustment.take("levels", int), adjustment.cite()
    adjustment.done()
    criteria = []
    for row in table.rows("criterion"):
        criteria.append(Criterion(row.take("name", str), row.take("unmet", str), row.cite()))
        row.done()
    if tuple(item.name for item in criteria) != _CRITERIA:
        raise LawError(f"{table.where}: the criteria are not the eleven printed, in their order")
    if levels >= 0:
        raise LawError(f"{table.where}: levels must be below zero")
    table.done()
    return ZeroPoint(levels, cite, tuple(criteria))
