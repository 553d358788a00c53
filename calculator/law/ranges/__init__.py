"""Chapter Five as data: the Sentencing Table with its zones, the sentence options, and what follows prison.

Read once per Manual from `guidelines/`; everything is checked on reading, so a rule never meets a cell or a row that
does not fit its neighbours. Terms are exact (`units.Term`), money is whole dollars.
"""

from calculator.law.ranges.after import MISDEMEANOR, FineRow
from calculator.law.ranges.limits import FloorRule
from calculator.law.ranges.motions import MotionRule
from calculator.law.ranges.options import OptionKind, OptionRule
from calculator.law.ranges.tables import RangeTables
from calculator.law.ranges.zones import Zone

__all__ = [
    "MISDEMEANOR",
    "FineRow",
    "FloorRule",
    "MotionRule",
    "OptionKind",
    "OptionRule",
    "RangeTables",
    "Zone",
]
