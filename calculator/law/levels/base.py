"""Base levels of §2D1.1(a): the fixed ones, and the cap for a mitigating role."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.law.levels.printed import check_order
from calculator.law.schema import LawError, Row
from calculator.units import Term

__all__ = ["FixedLevel", "RoleCap", "cap_from", "fixed_from"]

_CAPS = ("2D1.1(a)(5)(B)(i)", "2D1.1(a)(5)(B)(ii)", "2D1.1(a)(5)(B)(iii)")


@dataclass(frozen=True, slots=True)
class FixedLevel:
    """§2D1.1(a)(1)–(4): a base level that follows from the statutory term, whatever the quantity.

    Reached under the listed penalty paragraphs when the statute's minimum (or its maximum) is at least the
    one named.
    """

    rule: str
    level: int
    paragraphs: frozenset[str]
    minimum: Term | None
    maximum: Term | None
    when: str
    cite: str


@dataclass(frozen=True, slots=True)
class RoleCap:
    """§2D1.1(a)(5): what a mitigating role does to the Drug Quantity Table level."""

    exact: dict[int, tuple[int, str]]  # table level -> (level after, citation)
    above: int
    above_to: int
    above_cite: str
    minimal_above: int
    minimal_to: int
    minimal_cite: str

    def __call__(self, level: int) -> tuple[int, str] | None:
        """The level after clauses (i) to (iii) and the clause, or None when the level is too low for them."""
        if level > self.above:
            return self.above_to, self.above_cite
        return self.exact.get(level)


def fixed_from(row: Row) -> FixedLevel:
    """One fixed base level."""
    minimum, maximum = row.maybe_term("minimum"), row.maybe_term("maximum")
    if (minimum is None) is (maximum is None):
        raise LawError(f"{row.where}: needs either minimum or maximum")
    item = FixedLevel(
        row.take("rule", str),
        row.take("level", int),
        frozenset(row.texts("paragraphs")),
        minimum,
        maximum,
        row.take("when", str),
        row.cite(),
    )
    row.done()
    return item


def cap_from(base: Row) -> RoleCap:
    """The cap for a mitigating role, clause by clause."""
    where = f"{base.where} cap"
    rules: list[str] = []
    exact: dict[int, tuple[int, str]] = {}
    above = above_to = 0
    above_cite = ""
    for row in base.rows("cap"):
        rules.append(row.take("rule", str))
        if len(rules) < len(_CAPS):
            level = row.take("level", int)
            exact[level] = level - row.take("decrease", int), row.cite()
        else:
            above, above_to, above_cite = row.take("above", int), row.take("decrease_to", int), row.cite()
        row.done()
    check_order(rules, _CAPS, where)
    levels = list(exact)
    if levels != sorted(levels) or levels[-1] != above:
        raise LawError(f"{where}: “above {above}” does not follow on level {levels[-1]}")
    after = [level for level, _ in exact.values()] + [above_to]
    if after != sorted(after):
        raise LawError(f"{where}: a higher table level must not end below a lower one")
    row = base.row("minimal")
    row.take("rule", str)
    minimal_above, minimal_to, minimal_cite = row.take("above", int), row.take("decrease_to", int), row.cite()
    row.done()
    if minimal_to > minimal_above:
        raise LawError(f"{base.where} minimal: decrease_to is above the level it lowers")
    return RoleCap(exact, above, above_to, above_cite, minimal_above, minimal_to, minimal_cite)
