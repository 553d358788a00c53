"""The Drug Quantity Table: USSG §2D1.1(c), with the numbers of its notes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal

from calculator.law.drugs.measures import MEASURES, Measures, measured
from calculator.law.schema import LawError, Row, check_ladder

__all__ = ["Column", "QuantityRow", "columns_from", "note_in"]


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """One row of one column: at least `at_least` (0 where nothing is printed) and less than `less_than` is
    `level`.
    """

    level: int
    at_least: Decimal
    less_than: Decimal | None
    cite: str
    page: str


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One substance of the Drug Quantity Table through all its rows, in printed order (highest first)."""

    id: str
    name: str
    measure: str
    rows: tuple[QuantityRow, ...]
    starts: tuple[Decimal, ...]  # where each row starts, lowest first

    def row(self, amount: Decimal) -> QuantityRow:
        """The row an amount above zero falls in; `amount` is in `measure`."""
        return self.rows[-bisect_right(self.starts, amount)]


def note_in(table: Row, name: str, measures: Measures, **keys: str) -> tuple[str, dict[str, Decimal]]:
    """A note that holds numbers: its citation, and each of its quantities in the measure it must have."""
    note = table.row(name)
    note.take("page", str)
    cite, found = note.cite(), {}
    for key, wanted in keys.items():
        found[key], unit = measured(note, key, measures)
        if unit != wanted:
            raise LawError(f"{note.where}: {key} must be in {wanted}")
    note.done()
    return cite, found


def columns_from(table: Row, measures: Measures) -> tuple[dict[str, Column], dict[int, str]]:
    """The columns of the Drug Quantity Table, each without a gap or an overlap, and the citation of each
    level.
    """
    heads: dict[str, tuple[str, str]] = {}
    for head in table.rows("column"):
        head.cite()
        name, measure = head.take("name", str), head.take("measure", str)
        if measure not in MEASURES:
            raise LawError(f"{head.where}: measure must be one of {', '.join(MEASURES)}")
        heads[head.take("id", str)] = name, measure
        head.done()
    rows: dict[str, list[QuantityRow]] = {name: [] for name in heads}
    level_rows: dict[int, str] = {}
    last: dict[str, int] = {}
    previous: int | None = None
    for number, row in enumerate(table.rows("row")):
        cite, page, level = row.cite(), row.take("page", str), row.take("level", int)
        if previous is not None and level >= previous:
            raise LawError(f"{row.where}: level {level} does not come below level {previous}")
        previous = level
        level_rows[level] = cite
        quantity = row.row("quantity")
        for name, (_, measure) in heads.items():
            data = quantity.maybe(name, dict)
            if data is None:
                continue
            cell = Row(data, f"{row.where} {name}")
            at_least = _bound(cell, "at_least", measure, measures)
            less_than = _bound(cell, "less_than", measure, measures)
            cell.done()
            above = rows[name][-1] if rows[name] else None
            if above is not None and (less_than != above.at_least or last[name] != number - 1):
                raise LawError(f"{cell.where}: less_than must be where the row above begins, {above.at_least}")
            if above is None and less_than is not None or at_least is None and less_than is None:
                raise LawError(f"{cell.where}: the highest row must be open above, and every row have a bound")
            last[name] = number
            rows[name].append(QuantityRow(level, at_least or Decimal(0), less_than, cite, page))
        quantity.done()
        row.done()
    columns = {}
    for name, (printed, measure) in heads.items():
        listed = rows[name]
        if not listed or listed[-1].at_least:
            raise LawError(f"{table.where} {name}: the lowest row must be open below")
        check_ladder([(row.at_least, row.level) for row in listed], f"{table.where} {name}")
        starts = tuple(row.at_least for row in reversed(listed))
        columns[name] = Column(name, printed, measure, tuple(listed), starts)
    return columns, level_rows


def _bound(cell: Row, key: str, measure: str, measures: Measures) -> Decimal | None:
    """One bound of a cell in the measure of its column; None where the row is open on that side."""
    text = cell.maybe(key, str)
    if text is None:
        return None
    amount, unit = measured(Row({key: text}, cell.where), key, measures)
    if unit != measure:
        raise LawError(f"{cell.where}: {key} must be in {measure}")
    return amount
