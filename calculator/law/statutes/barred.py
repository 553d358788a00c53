"""Probation: when 18 U.S.C. 3561 bars it, and how long it may last."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.law.probation import ProbationTerm
from calculator.law.schema import LawError, Row

__all__ = ["ProbationLaw", "probation_from"]


@dataclass(frozen=True, slots=True)
class ProbationLaw:
    """18 U.S.C. 3561: the classes of felony that shut probation out, and how long it may last; and 3607(a)."""

    barred_classes: tuple[str, ...]
    barred_cite: str
    felony: ProbationTerm
    misdemeanor: ProbationTerm
    first_possession: ProbationTerm


def probation_from(table: Row, names: tuple[str, ...]) -> ProbationLaw:
    """Read `probation`; `names` are the classes of offense there are."""
    barred = table.row("barred")
    found = ProbationLaw(
        barred.texts("classes"),
        barred.cite(),
        ProbationTerm.read(table.row("felony")),
        ProbationTerm.read(table.row("misdemeanor")),
        ProbationTerm.read(table.row("first_possession")),
    )
    if not set(found.barred_classes) <= set(names):
        raise LawError(f"{barred.where}: {', '.join(found.barred_classes)} are not all classes of offense")
    for part in (barred, table):
        part.done()
    return found
