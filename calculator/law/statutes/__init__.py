"""The statutes: drug amounts, the penalty ladder, other sections, firearm counts, classes, the safety valve, probation.

Read once from `<table>/<date>.toml` beside the modules; each file follows the day the offense ended and says so. Terms
are exact, money is whole dollars. A file that is not as it must be raises `LawError` naming file and row. Source:
21 U.S.C. 841 to 861, 960, 962, 963; 18 U.S.C. 924(c), 3013, 3553, 3559, 3561, 3571, 3583, 3607.
"""

from calculator.law.statutes.amounts import Amounts, Doubt, Threshold
from calculator.law.statutes.barred import ProbationLaw
from calculator.law.statutes.classes import Class, Classes
from calculator.law.statutes.firearms import Firearm, Firearms
from calculator.law.statutes.ladder import Ladder, Paragraph, Penalty
from calculator.law.statutes.relief import SafetyValveLaw, ValveTest
from calculator.law.statutes.sections import Multiplied, Outside, OwnRow, Section, Sections, Times
from calculator.law.statutes.tables import Statutes

__all__ = [
    "Amounts",
    "Class",
    "Classes",
    "Doubt",
    "Firearm",
    "Firearms",
    "Ladder",
    "Multiplied",
    "Outside",
    "OwnRow",
    "Paragraph",
    "Penalty",
    "ProbationLaw",
    "SafetyValveLaw",
    "Section",
    "Sections",
    "Statutes",
    "Threshold",
    "Times",
    "ValveTest",
]
