"""How long probation may last: a row that the Manual and the statute both print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from calculator.law.schema import LawError, Row
from calculator.units import NOTHING, Term

__all__ = ["ProbationTerm"]


@dataclass(frozen=True, slots=True)
class ProbationTerm:
    """How long a term of probation may be; `at_least` is empty where there is no least term."""

    at_least: Term
    at_most: Term
    cite: str

    @classmethod
    def read(cls, row: Row) -> Self:
        """One row, to its last key. Raises `LawError` where its ends are crossed."""
        term = cls(row.maybe_term("at_least") or NOTHING, row.term("at_most"), row.cite())
        row.done()
        if term.at_most < term.at_least:
            raise LawError(f"{row.where}: at_most is below at_least")
        return term
