"""The drug tables of the Guidelines Manual: what a substance is, where it is counted, and at which level.

From USSG §2D1.1: the Drug Quantity Table with the numbers of its notes (subsection (c)), the Drug Conversion Tables and
the measurement table (comment. n.8(D)), and the typical weights (comment. n.9). From `substances`, the names people use
and the place of each drug in 21 U.S.C. 841(b) and §2D2.1. Weights are grams, volumes milliliters, all `Decimal`.
"""

from calculator.law.drugs.conversion_tables import Cap, ConversionClass, Entry, Typical
from calculator.law.drugs.exact import add, divide, multiply, subtract
from calculator.law.drugs.measures import Measures
from calculator.law.drugs.quantity_table import Column, QuantityRow
from calculator.law.drugs.substances import Substance
from calculator.law.drugs.tables import DrugTables

__all__ = [
    "Cap",
    "Column",
    "ConversionClass",
    "DrugTables",
    "Entry",
    "Measures",
    "QuantityRow",
    "Substance",
    "Typical",
    "add",
    "divide",
    "multiply",
    "subtract",
]
