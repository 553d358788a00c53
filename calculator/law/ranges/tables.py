"""All of Chapter Five that the calculation reads, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from calculator.answer import Range
from calculator.law.probation import ProbationTerm
from calculator.law.ranges.after import FineRow, assessments_from, fine_rows_from, probation_from, release_from
from calculator.law.ranges.cells import cells_from
from calculator.law.ranges.limits import FloorRule, floor_from, single_count_from
from calculator.law.ranges.motions import MotionRule, motions_from
from calculator.law.ranges.options import OptionRule, options_from
from calculator.law.ranges.rows import between
from calculator.law.ranges.zones import Zone, zones_from
from calculator.law.schema import Tables
from calculator.units import Term

__all__ = ["RangeTables"]


@dataclass(frozen=True, slots=True)
class RangeTables:
    """All of Chapter Five that the calculation reads. See the files for what is printed where."""

    cite: str
    categories: tuple[str, ...]
    least_level: int
    most_level: int
    outside_cite: str
    cells: dict[str, tuple[Range, ...]]
    cell_cites: tuple[str, ...]
    zones: dict[str, Zone]
    options: dict[str, tuple[OptionRule, ...]]
    not_recommended_from: str
    not_recommended_cite: str
    zero_point_zones: tuple[str, ...]
    zero_point_cite: str
    floor: FloorRule
    single_count: dict[str, str]
    single_count_cite: str
    probation_rows: tuple[tuple[int | None, int | None, ProbationTerm], ...]
    release_terms: dict[str, tuple[Term, str]]
    fines: tuple[FineRow, ...]
    fines_above: int
    fines_above_cite: str
    fines_from: date
    fines_from_cite: str
    assessments: dict[str, tuple[int, str]]
    assessments_cite: str
    motions: dict[str, MotionRule]

    def cell(self, level: int, category: str) -> Range:
        """The cell for a level of the table and a criminal history category; KeyError for another one."""
        return self.cells[category][level - self.least_level]

    def cell_cite(self, level: int) -> str:
        """The citation of a level's row."""
        return self.cell_cites[level - self.least_level]

    def zone_of(self, low: Term) -> str | None:
        """The zone of a range with this minimum, or None for a minimum that no zone names (11 months, or
        days).
        """
        if low.life:
            return next(letter for letter, zone in self.zones.items() if zone.endless)
        if low.days:
            return None
        return next((letter for letter, zone in self.zones.items() if zone.holds(low.months)), None)

    def probation_term(self, level: int) -> ProbationTerm:
        """The guideline's term of probation at an offense level (§5B1.2)."""
        return next(term for first, last, term in self.probation_rows if between(level, first, last))

    def fine_row(self, level: int) -> FineRow:
        """The row of the fine table for an offense level (§5E1.2(c)(3))."""
        return next(row for row in self.fines if between(level, row.from_level, row.to_level))

    @classmethod
    def read(cls, tables: Tables) -> Self:
        """Read and check every table of Chapter Five. Raises `LawError` naming file and row."""
        zones = zones_from(tables("zones"))
        cite, categories, outside, cells, cell_cites = cells_from(tables("sentencing_table"), zones)
        options, not_recommended, zero_point = options_from(tables("sentencing_options"), zones, categories)
        single_count_cite, single_count = single_count_from(tables("single_count"))
        fines, above, older = fine_rows_from(tables("fine_table"))
        assessments_cite, assessments = assessments_from(tables("special_assessments"))
        return cls(
            cite=cite,
            categories=categories,
            least_level=outside[0],
            most_level=outside[1],
            outside_cite=outside[2],
            cells=cells,
            cell_cites=cell_cites,
            zones=zones,
            options=options,
            not_recommended_from=not_recommended[0],
            not_recommended_cite=not_recommended[1],
            zero_point_zones=zero_point[0],
            zero_point_cite=zero_point[1],
            floor=floor_from(tables("safety_valve_floor")),
            single_count=single_count,
            single_count_cite=single_count_cite,
            probation_rows=probation_from(tables("probation_terms")),
            release_terms=release_from(tables("supervised_release_terms")),
            fines=fines,
            fines_above=above[0],
            fines_above_cite=above[1],
            fines_from=older[0],
            fines_from_cite=older[1],
            assessments=assessments,
            assessments_cite=assessments_cite,
            motions=motions_from(tables("substantial_assistance")),
        )
