"""A rule that moves the offense level, with its ready-made sentences; and the factors that some of them list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calculator.kinds import NO, YES, Fact
from calculator.law.levels.printed import check_order
from calculator.law.schema import LawError, Row
from calculator.trace import Ledger

__all__ = ["Adjustment", "Factor", "adjustments_from", "factors_from"]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A rule that moves the offense level: how far, from or to what level, and its sentences for each
    finding.

    `levels` is signed. `at_least` is the floor that binds right after it; `from_level` the least level it
    needs. `drugs` are the substances it speaks of, none where it speaks of all.
    """

    name: str
    rule: str
    levels: int
    at_least: int | None
    from_level: int | None
    when: str
    cite: str
    applied: str
    passed: str
    unknown: str
    drugs: frozenset[str]

    def weigh(self, out: Ledger, fact: Fact, field: str) -> None:
        """Count it, or record that it does not apply or is not known."""
        if fact is NO:
            out.passed(self.rule, self.passed, self.cite, field=field)
        elif fact is YES:
            self.count(out, field)
        else:
            out.unknown(self.rule, self.unknown, self.cite, field=field)

    def count(self, out: Ledger, field: str | None, why: str = "") -> None:
        """Add its levels, then its floor, which binds at this step."""
        out.change(self.levels, self.rule, self.applied + why, self.cite, field=field)
        least = self.at_least
        if least is not None:
            words = f"The level here cannot be lower than {least}, so it is raised to {least}."
            out.floor(least, self.rule, words, self.cite, field=field)


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the listed factors of (b)(16) or (b)(17): it moves nothing alone."""

    name: str
    rule: str
    when: str
    cite: str


def adjustments_from(table: Row, key: str, expected: Sequence[str]) -> dict[str, Adjustment]:
    """The rows of one list, each with its sentences."""
    read = [_adjustment(row) for row in table.rows(key)]
    check_order((item.name for item in read), expected, f"{table.where} {key}")
    return {item.name: item for item in read}


def _adjustment(row: Row) -> Adjustment:
    name, rule = row.take("name", str), row.take("rule", str)
    up, down = row.maybe("increase", int), row.maybe("decrease", int)
    if (up is None) is (down is None):
        raise LawError(f"{row.where}: needs either increase or decrease")
    size = up if up is not None else down
    if size is None or size < 1:
        raise LawError(f"{row.where}: a change is 1 level or more")
    at_least, from_level = row.maybe("at_least", int), row.maybe("from_level", int)
    if at_least is not None and up is None:
        raise LawError(f"{row.where}: at_least goes with increase")
    when, cite = row.take("when", str), row.cite()
    drugs = frozenset(str(name) for name in row.maybe("drugs", list) or ())
    row.done()
    are = _levels_are(size)
    verb = "added" if up is not None else "taken off"
    floor = f", and the level becomes at least {at_least}" if at_least is not None else ""
    return Adjustment(
        name,
        rule,
        size if up is not None else -size,
        at_least,
        from_level,
        when,
        cite,
        f"{when[0].upper()}{when[1:]}: {are} {verb}.",
        f"{are} {verb}{floor}{',' if floor else ''} when {when}; that is not counted here.",
        f"It is not known whether {when}. If so, {are} {verb}{floor}.",
        drugs,
    )


def _levels_are(count: int) -> str:
    return f"{count} level is" if count == 1 else f"{count} levels are"


def factors_from(table: Row, key: str, expected: Sequence[str]) -> dict[str, Factor]:
    """The listed factors of one rule."""
    read = []
    for row in table.rows(key):
        read.append(Factor(row.take("name", str), row.take("rule", str), row.take("when", str), row.cite()))
        row.done()
    check_order((item.name for item in read), expected, f"{table.where} {key}")
    return {item.name: item for item in read}
