"""Probation, supervised release, fines, assessments: USSG §§5B1.2, 5D1.2, 5E1.2 and 5E1.3. Money is whole dollars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculator.law.probation import ProbationTerm
from calculator.law.ranges.rows import check_bands
from calculator.law.schema import LawError, Row
from calculator.units import Term

__all__ = ["FineRow", "MISDEMEANOR", "assessments_from", "fine_rows_from", "probation_from", "release_from"]

# Misdemeanors share one row of §5D1.2(a); this is the name the row uses.
MISDEMEANOR = "misdemeanor"


@dataclass(frozen=True, slots=True)
class FineRow:
    """One row of the fine table, in dollars. An open end of the levels is None."""

    from_level: int | None
    to_level: int | None
    minimum: int
    maximum: int
    cite: str


def probation_from(table: Row) -> tuple[tuple[int | None, int | None, ProbationTerm], ...]:
    """Read `probation_terms`."""
    table.cite()
    rows = []
    for row in table.rows("row"):
        first, last = row.maybe("from_level", int), row.maybe("to_level", int)
        rows.append((first, last, ProbationTerm.read(row)))
    rows.sort(key=lambda item: (item[0] is not None, item[0] or 0))
    check_bands([(first, last) for first, last, _ in rows], table.where)
    table.done()
    return tuple(rows)


def release_from(table: Row) -> dict[str, tuple[Term, str]]:
    """Read `supervised_release_terms`."""
    table.cite()
    terms: dict[str, tuple[Term, str]] = {}
    for row in table.rows("row"):
        classes, most = row.texts("classes"), row.term("at_most")
        cite = row.cite()
        row.done()
        for name in classes:
            if name in terms:
                raise LawError(f"{row.where}: class {name} is there twice")
            terms[name] = (most, cite)
    table.done()
    if set(terms) != {"A", "B", "C", "D", "E", MISDEMEANOR}:
        raise LawError(f"{table.where}: classes A to E and {MISDEMEANOR} are expected, each once")
    return terms


def fine_rows_from(table: Row) -> tuple[tuple[FineRow, ...], tuple[int, str], tuple[date, str]]:
    """Read `fine_table`: its rows, when a statute allows more, and the offenses it is not for."""
    table.cite()
    larger = table.row("larger_by_statute")
    above = (larger.take("above", int), larger.cite())
    larger.done()
    older = table.row("older_offenses")
    before = (older.take("before", date), older.cite())
    older.done()
    rows = []
    for row in table.rows("row"):
        rows.append(
            FineRow(
                row.maybe("from_level", int),
                row.maybe("to_level", int),
                row.take("minimum", int),
                row.take("maximum", int),
                row.cite(),
            )
        )
        row.done()
        if rows[-1].minimum >= rows[-1].maximum:
            raise LawError(f"{row.where}: minimum is not below maximum")
    check_bands([(row.from_level, row.to_level) for row in rows], table.where)
    for lower, upper in zip(rows, rows[1:], strict=False):
        if upper.minimum < lower.minimum or upper.maximum < lower.maximum:
            raise LawError(f"{table.where}: fines fall from level {lower.to_level} to {upper.from_level}")
    table.done()
    return tuple(rows), above, before


def assessments_from(table: Row) -> tuple[str, dict[str, tuple[int, str]]]:
    """Read `special_assessments`."""
    cite = table.cite()
    amounts: dict[str, tuple[int, str]] = {}
    for row in table.rows("row"):
        name = row.take("class", str)
        if name in amounts:
            raise LawError(f"{row.where}: {name} is there twice")
        amounts[name] = (row.take("dollars", int), row.cite())
        row.done()
    table.done()
    return cite, amounts
