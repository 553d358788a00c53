"""Motions of the Government for help given: USSG §5K1.1 and beside it."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.law.ranges.rows import check_one_of
from calculator.law.schema import LawError, Row
from calculator.units import Term

__all__ = ["MotionRule", "motions_from"]


@dataclass(frozen=True, slots=True)
class MotionRule:
    """A motion of the Government for help given: does it reach below a statutory minimum, and when is it
    due?
    """

    name: str
    below_statutory_minimum: bool
    within: Term | None
    cite: str


_MOTIONS = ("guideline", "statute", "after_sentencing")


def motions_from(table: Row) -> dict[str, MotionRule]:
    """Read `substantial_assistance`."""
    table.cite()
    rules: dict[str, MotionRule] = {}
    for row in table.rows("motion"):
        name = row.take("name", str)
        check_one_of(name, _MOTIONS, row)
        if name in rules:
            raise LawError(f"{row.where}: {name} is there twice")
        rules[name] = MotionRule(name, row.take("below_statutory_minimum", bool), row.maybe_term("within"), row.cite())
        row.done()
    table.done()
    if tuple(rules) != _MOTIONS:
        raise LawError(f"{table.where}: motions {', '.join(_MOTIONS)} are expected, in this order")
    return rules
