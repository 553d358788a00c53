"""The safety valve floor, USSG §5C1.2(b), and the limits of the statute, §5G1.1."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.law.ranges.rows import check_one_of
from calculator.law.schema import LawError, Row
from calculator.units import Term

__all__ = ["FloorRule", "floor_from", "single_count_from"]


@dataclass(frozen=True, slots=True)
class FloorRule:
    """§5C1.2(b): with a lifted minimum of `minimum_at_least` or more, no range below `low` to `high`."""

    minimum_at_least: Term
    low: Term
    high: Term
    cite: str


def floor_from(table: Row) -> FloorRule:
    """Read `safety_valve_floor`."""
    table.cite()
    row = table.row("floor")
    rule = FloorRule(row.term("minimum_at_least"), row.term("low"), row.term("high"), row.cite())
    row.done()
    table.done()
    if not rule.low < rule.high:
        raise LawError(f"{row.where}: low must be below high")
    return rule


_RULES = ("a", "b", "c1", "c2")


def single_count_from(table: Row) -> tuple[str, dict[str, str]]:
    """Read `single_count`."""
    cite = table.cite()
    cites: dict[str, str] = {}
    for row in table.rows("rule"):
        name = row.take("name", str)
        check_one_of(name, _RULES, row)
        row.take("when", str)
        if name in cites:
            raise LawError(f"{row.where}: {name} is there twice")
        cites[name] = row.cite()
        row.done()
    table.done()
    if tuple(cites) != _RULES:
        raise LawError(f"{table.where}: rules {', '.join(_RULES)} are expected, in this order")
    return cite, cites
