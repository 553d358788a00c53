"""All the statutes one answer needs, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.law.schema import LawError, Row, Tables
from calculator.law.statutes.amounts import Amounts, amounts_from
from calculator.law.statutes.barred import ProbationLaw, probation_from
from calculator.law.statutes.classes import Classes, by_class, classes_from
from calculator.law.statutes.firearms import Firearms, firearms_from
from calculator.law.statutes.ladder import Ladder, ladder_from
from calculator.law.statutes.relief import SafetyValveLaw, safety_valve_from
from calculator.law.statutes.sections import Sections, sections_from
from calculator.units import Term

__all__ = ["Statutes"]


@dataclass(frozen=True, slots=True)
class Statutes:
    """All the statutes one answer needs. Money by class of offense is in whole dollars, with its citation."""

    ladder: Ladder
    amounts: Amounts
    sections: Sections
    classes: Classes
    firearms: Firearms
    safety_valve: SafetyValveLaw
    probation: ProbationLaw
    release_most: Mapping[str, tuple[Term, str]]
    assessments: Mapping[str, tuple[int, str]]
    fines: Mapping[str, tuple[int, str]]
    gain_or_loss_cite: str

    @classmethod
    def read(cls, tables: Tables) -> Statutes:
        """Read every statute table in force on the day `tables` stands for. Raises `LawError`."""
        ladder = ladder_from(_opened(tables, "penalties_841b"))
        classes = classes_from(_opened(tables, "felony_classes"))
        names = tuple(item.name for item in classes.classes)
        release = _opened(tables, "supervised_release")
        assessment = _opened(tables, "assessments")
        fine = _opened(tables, "fines")
        gain = fine.row("gain_or_loss")
        found = cls(
            ladder,
            amounts_from(_opened(tables, "thresholds"), ladder.paragraphs),
            sections_from(_opened(tables, "other_sections")),
            classes,
            firearms_from(_opened(tables, "firearm_924c")),
            safety_valve_from(_opened(tables, "safety_valve")),
            probation_from(_opened(tables, "probation"), names),
            by_class(release, "most", "maximum", names, Term),
            by_class(assessment, "assessment", "dollars", names, int),
            by_class(fine, "fine", "dollars", names, int),
            gain.cite(),
        )
        for part in (gain, release, assessment, fine):
            part.done()
        return found


def _opened(tables: Tables, name: str) -> Row:
    """A statute table, its citation and its governing date checked."""
    table = tables(name)
    table.cite()
    governed_by = table.take("governed_by", str)
    if governed_by != "offense_ended":
        raise LawError(f"{table.where}: governed_by must be offense_ended, not {governed_by!r}")
    return table
