"""USSG §2D1.1(c) and its notes: from drugs as people describe them to one level of the Drug Quantity Table.

One drug is read in its own column. Several, or one the table does not name, go through converted drug weight with the
provisos of the conversion tables (comment. n.8). The same drugs as the statutes weigh them: `statutory_amounts`.
Printed pages 136–151. Left to the court: how much there was (n.5), what must be separated before use (n.3), and the
closest drug for one the Manual does not list (n.6).
"""

from calculator.rules.conversion.protected import near
from calculator.rules.conversion.quantity import drug_level, echo, level_curve
from calculator.rules.conversion.statutory import statutory_amounts

__all__ = ["drug_level", "echo", "level_curve", "near", "statutory_amounts"]
