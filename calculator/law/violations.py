"""Chapter Seven as data: the months advised when probation or supervised release is revoked.

Nothing here enters a calculation; pages print it. Source: USSG §§7B1.3, 7B1.4, 7C1.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

from calculator.answer import Range
from calculator.law.schema import LawError, Row, Tables
from calculator.units import Term

__all__ = ["RevocationRow", "Violations", "violations"]

_GRADES = ("C", "B", "A")


@dataclass(frozen=True, slots=True)
class RevocationRow:
    """One grade of violation with its range for each criminal history category; `after_class` where the row counts
    only for supervised release after a felony of that class.
    """

    grade: str
    after_class: str
    ranges: tuple[Range, ...]
    cite: str


@dataclass(frozen=True, slots=True)
class Violations:
    """Both revocation tables; and, on probation, the minimums that a substitute for prison may serve, whole from
    `substitute_from` to `substitute_to`, by half above that through `half_substitute_to` (§7B1.3(c)(1), (2)).
    """

    categories: tuple[str, ...]
    probation: tuple[RevocationRow, ...]
    release: tuple[RevocationRow, ...]
    substitute_grades: tuple[str, ...]
    substitute_from: Term
    substitute_to: Term
    substitute_cite: str
    half_substitute_to: Term
    half_substitute_cite: str

    @classmethod
    def read(cls, tables: Tables) -> Self:
        """Read both tables. Raises `LawError` naming the file and the row."""
        on_probation, on_release = tables("probation_revocation"), tables("release_revocation")
        categories, probation = _rows(on_probation)
        others, release = _rows(on_release)
        if others != categories:
            raise LawError(f"{on_release.where}: the categories are not those of {on_probation.where}")
        row = on_probation.row("substitutes")
        found = cls(
            categories,
            probation,
            release,
            row.texts("grades"),
            Term(row.take("from", int)),
            Term(row.take("to", int)),
            row.cite(),
            Term(row.take("half_to", int)),
            row.take("half_cite", str),
        )
        for opened in (row, on_probation, on_release):
            opened.done()
        return found


@lru_cache(maxsize=2)
def violations(on: date = date.max) -> Violations:
    """The tables in force on a day; by default the newest that are recorded."""
    return Violations.read(Tables("guidelines", on))


def _rows(table: Row) -> tuple[tuple[str, ...], tuple[RevocationRow, ...]]:
    """The rows of a table, mildest first; no range may fall from one column or row to the next."""
    table.cite()
    categories = table.texts("categories")
    found: list[RevocationRow] = []
    for row in table.rows("row"):
        made = RevocationRow(
            row.one_of("grade", _GRADES),
            row.maybe("after", str) or "",
            tuple(_range(text, row.where) for text in row.texts("ranges")),
            row.cite(),
        )
        row.done()
        if len(made.ranges) != len(categories):
            raise LawError(f"{row.where}: one range is needed for each of {', '.join(categories)}")
        before = found[-1].ranges if found else ()
        for mild, grave in (*zip(made.ranges, made.ranges[1:], strict=False), *zip(before, made.ranges, strict=False)):
            if grave.low < mild.low or grave.high < mild.high:
                raise LawError(f"{row.where}: a range falls from one cell to the next")
        found.append(made)
    if tuple(dict.fromkeys(row.grade for row in found)) != _GRADES:
        raise LawError(f"{table.where}: grades {', '.join(_GRADES)} are expected, in this order")
    return categories, tuple(found)


def _range(printed: str, where: str) -> Range:
    low, _, high = printed.partition("–")
    if not (low.isdecimal() and high.isdecimal() and int(low) < int(high)):
        raise LawError(f"{where}: {printed!r} is not a range such as 24–30")
    return Range(Term(int(low)), Term(int(high)))
