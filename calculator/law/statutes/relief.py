"""The safety valve, 18 U.S.C. 3553(f), and motions for substantial assistance, 3553(e)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.law.schema import LawError, Row
from calculator.law.statutes.rows import put

__all__ = ["SafetyValveLaw", "ValveTest", "safety_valve_from"]

VALVE_TESTS = ("points", "three_point", "two_point_violent", "weapon", "injury", "role", "disclosure")


@dataclass(frozen=True, slots=True)
class ValveTest:
    """One test of the safety valve; `most` where it counts something."""

    name: str
    most: int
    cite: str


@dataclass(frozen=True, slots=True)
class SafetyValveLaw:
    """18 U.S.C. 3553(f): the sections it names, its seven tests by key, and what it and 3553(e) lift."""

    covered: frozenset[str]
    covered_cite: str
    tests: Mapping[str, ValveTest]
    minimum_cite: str
    release_cite: str
    assistance_cite: str
    assistance_release_cite: str
    guideline_motion_cite: str
    cite: str


def safety_valve_from(table: Row) -> SafetyValveLaw:
    """Read `safety_valve`."""
    covered, effect, assistance = table.row("covered"), table.row("effect"), table.row("assistance")
    tests: dict[str, ValveTest] = {}
    for row in table.rows("test"):
        key = row.one_of("key", VALVE_TESTS)
        put(tests, key, ValveTest(row.take("name", str), row.maybe("most", int) or 0, row.cite()), row)
        row.done()
    if tuple(tests) != VALVE_TESTS:
        raise LawError(f"{table.where}: the tests must be {', '.join(VALVE_TESTS)}, in this order")
    found = SafetyValveLaw(
        frozenset(covered.texts("sections")),
        covered.cite(),
        tests,
        effect.take("minimum_cite", str),
        effect.take("release_cite", str),
        assistance.take("minimum_cite", str),
        assistance.take("release_cite", str),
        assistance.take("guideline_cite", str),
        effect.cite(),
    )
    assistance.cite()
    for part in (covered, effect, assistance, table):
        part.done()
    return found
