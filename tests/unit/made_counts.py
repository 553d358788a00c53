"""What a count of conviction carries, made by hand, so that each rule can be tested apart from the statute's own."""

import dataclasses
from datetime import date
from types import SimpleNamespace
from typing import cast

from calculator.answer import SafetyValve, Statute
from calculator.law import Law
from calculator.law.ranges import RangeTables
from calculator.law.schema import Tables
from calculator.law.statutes import Statutes
from calculator.units import LIFE, Term

RANGES = RangeTables.read(Tables("guidelines", date(2025, 11, 1)))
STATUTES = Statutes.read(Tables("statutes", date(2025, 7, 16)))
# The law of ranges and statutes alone, for rules that ask for no other.
LAW = cast("Law", SimpleNamespace(ranges=RANGES, statutes=STATUTES))

# 21 U.S.C. 841(b)(1)(C): up to 20 years, Class C, no minimum, $1 million, 3 years of supervised release or more.
C_COUNT = Statute(
    cite="21 U.S.C. 841(b)(1)(C)",
    title="Distributing a controlled substance",
    tier="C",
    minimum=Term(),
    minimum_by_law=Term(),
    maximum=Term(240),
    lifted_by="",
    felony_class="C",
    felony=True,
    probation_bar="",
    fine_maximum=1_000_000,
    fine_minimum=0,
    assessment=100,
    release_minimum=Term(36),
    release_maximum=LIFE,
    release_cite="21 U.S.C. 841(b)(1)(C)",
    consecutive=Term(),
    consecutive_cite="",
    covered_by_safety_valve=True,
    alternatives=(),
    steps=(),
)
# 21 U.S.C. 841(b)(1)(B): 5 to 40 years, Class B, 4 years of supervised release or more, up to $5 million, no probation.
B_COUNT = dataclasses.replace(
    C_COUNT,
    cite="21 U.S.C. 841(b)(1)(B)",
    tier="B",
    minimum=Term(60),
    minimum_by_law=Term(60),
    maximum=Term(480),
    felony_class="B",
    probation_bar="21 U.S.C. 841(b)(1)(B)",
    fine_maximum=5_000_000,
    release_minimum=Term(48),
    release_cite="21 U.S.C. 841(b)(1)(B)",
)

VALVE = SafetyValve(True, True, (), ())
NO_VALVE = SafetyValve(False, False, (), ())
