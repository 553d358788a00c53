"""Offense levels as data: §2D1.1(a) and (b), the drug guidelines beside it, and Chapter Three.

In: the tables `base_levels`, `specific_offense_characteristics`, `other_drug_guidelines` and `adjustments`. Out:
`LevelTables`, whose rows carry their printed name, levels, citation and ready-made sentences. Every row that is printed
must be there, in printed order, and nothing else: anything different is a `LawError` naming file and row. Source:
Guidelines Manual (Nov. 1, 2025), printed pages 130–161, 177, 327–360, 543–544.
"""

from calculator.law.levels.adjustment import Adjustment, Factor
from calculator.law.levels.base import FixedLevel, RoleCap
from calculator.law.levels.beside import Indexed, Possession, Premises, Protected, Reference
from calculator.law.levels.tables import LevelTables

__all__ = [
    "Adjustment",
    "Factor",
    "FixedLevel",
    "Indexed",
    "LevelTables",
    "Possession",
    "Premises",
    "Protected",
    "Reference",
    "RoleCap",
]
