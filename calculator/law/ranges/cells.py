"""The Sentencing Table: Chapter Five, Part A."""

from __future__ import annotations

from calculator.answer import Range
from calculator.law.ranges.rows import check_one_of
from calculator.law.ranges.zones import Zone
from calculator.law.schema import LawError, Row
from calculator.units import LIFE, Term

__all__ = ["cells_from"]

Table = tuple[str, tuple[str, ...], tuple[int, int, str], dict[str, tuple[Range, ...]], tuple[str, ...]]


def cells_from(table: Row, zones: dict[str, Zone]) -> Table:
    """Read `sentencing_table`; its cells must fit their zones and their neighbours."""
    cite = table.cite()
    categories = table.texts("categories")
    columns: dict[str, list[Range]] = {category: [] for category in categories}
    cites: list[str] = []
    outside = table.row("outside")
    least, most, outside_cite = outside.take("least", int), outside.take("most", int), outside.cite()
    outside.done()
    level = least
    before: list[Range] | None = None
    for row in table.rows("row"):
        if row.take("level", int) != level:
            raise LawError(f"{row.where}: level {level} is expected here: one is missing, doubled or misplaced")
        printed, letters = row.texts("ranges"), row.take("zones", str)
        cites.append(row.cite())
        row.done()
        if not len(printed) == len(letters) == len(categories):
            raise LawError(f"{row.where}: level {level} needs one range and one zone for each category")
        cells = [_cell(text, letter, row.where) for text, letter in zip(printed, letters, strict=True)]
        for category, cell, letter in zip(categories, cells, letters, strict=True):
            check_one_of(letter, tuple(zones), row)
            zone = zones[letter]
            if not (zone.endless if cell.low.life else zone.holds(cell.low.months)):
                raise LawError(f"{row.where}: {category} has minimum {cell.low}, which is not in zone {letter}")
            columns[category].append(cell)
        for left, right in [*zip(cells, cells[1:], strict=False), *zip(before or (), cells, strict=False)]:
            if right.low < left.low or right.high < left.high:
                raise LawError(f"{row.where}: a range falls from one cell to the next, at level {level}")
        before = cells
        level += 1
    if level != most + 1:
        raise LawError(f"{table.where}: the rows end at level {level - 1}, not at {most}")
    table.done()
    return (
        cite,
        categories,
        (least, most, outside_cite),
        {category: tuple(column) for category, column in columns.items()},
        tuple(cites),
    )


def _cell(printed: str, zone: str, where: str) -> Range:
    """A cell as printed: '0–6', '360–life' or 'life'."""
    low, dash, high = printed.partition("–")
    try:
        first = LIFE if low == "life" else Term(int(low))
        last = first if not dash else LIFE if high == "life" else Term(int(high))
    except ValueError as error:
        raise LawError(f"{where}: {printed!r} is not a range such as 24–30, 360–life or life") from error
    if last < first or (not dash and not first.life) or (dash and first.life):
        raise LawError(f"{where}: {printed!r} is not a range such as 24–30, 360–life or life")
    return Range(first, last, zone)
