"""The tables of the law as pages show them: one function a table, each cell from the law data, each row cited.

Every table has a caption, column heads and a row head, scrolls by itself where it is too wide, and prints. Nothing
here computes law.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from calculator.present.markup import Markup
from calculator.present.tables import beside, history, levels, ranges, statutes, weight
from calculator.present.tables.beside import deadlines
from calculator.present.tables.grid import grid, table
from calculator.present.tables.ranges import sentencing_table
from calculator.present.tables.weight import column_of, column_title, quantity_table

__all__ = ["TABLES", "column_of", "column_title", "deadlines", "grid", "quantity_table", "sentencing_table", "table"]

# Every table by its shortcode; those with options are called by name in the hook.
TABLES: Mapping[str, Callable[[], Markup]] = {
    "minimums": statutes.minimums,
    "ladder": statutes.ladder,
    "sections": statutes.sections,
    "firearms": statutes.firearms,
    "classes": statutes.classes,
    "protected-places": beside.protected_places,
    "safety-valve": statutes.safety_valve,
    "conversions": weight.conversions,
    "measures": weight.measures,
    "typical-weights": weight.typical_weights,
    "base-levels": levels.base_levels,
    "other-guidelines": levels.other_guidelines,
    "characteristics": levels.characteristics,
    "adjustments": levels.adjustments,
    "points": history.points,
    "categories": history.categories,
    "excluded-offenses": history.excluded_offenses,
    "career-table": history.career_table,
    "zero-point": history.zero_point,
    "zones": ranges.zones,
    "fines": ranges.fines,
    "assessments": statutes.assessments,
    "release-terms": statutes.release_terms,
    "probation-terms": ranges.probation_terms,
    "revocation": beside.revocation,
    "probation-revocation": beside.probation_revocation,
    "release-revocation": beside.release_revocation,
    "time-credits": beside.time_credits,
}
