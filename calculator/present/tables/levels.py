"""Tables of offense levels outside the Drug Quantity Table."""

from __future__ import annotations

from collections.abc import Iterable

from calculator.law.levels import Adjustment
from calculator.present.markup import Markup
from calculator.present.tables.grid import Cells, capital, cited, signed, table
from calculator.present.values import law_now

__all__ = ["adjustments", "base_levels", "characteristics", "other_guidelines"]


def _adjustments(items: Iterable[Adjustment]) -> Iterable[Cells]:
    for item in items:
        floor = f", and at least level {item.at_least}" if item.at_least is not None else ""
        needs = f", if the level before is {item.from_level} or more" if item.from_level is not None else ""
        yield cited(item.cite), capital(item.when), f"{signed(item.levels)}{floor}{needs}"


def characteristics() -> Markup:
    """§2D1.1(b)(1)–(18)."""
    rows = _adjustments(law_now().levels.characteristics.values())
    heads = ("Rule", "When", "Levels")
    return table("Specific offense characteristics of §2D1.1(b) (federal guidelines)", heads, rows)


def adjustments() -> Markup:
    """Chapter Three: victims, role, obstruction, acceptance."""
    rows = _adjustments(law_now().levels.adjustments.values())
    heads = ("Rule", "When", "Levels")
    return table("Adjustments of Chapter Three (federal guidelines)", heads, rows)


def base_levels() -> Markup:
    """§2D1.1(a)(1)–(4), and the cap for a mitigating role."""
    levels = law_now().levels
    cap = levels.cap
    rows: list[Cells] = [
        *((cited(item.cite), capital(item.when), f"level {item.level}") for item in levels.fixed),
        *(
            (cited(cite), f"Mitigating role, and the table says {level}", f"level {after}")
            for level, (after, cite) in cap.exact.items()
        ),
        (
            cited(cap.above_cite),
            f"Mitigating role, and the table says more than {cap.above}",
            f"level {cap.above_to}",
        ),
        (
            cited(cap.minimal_cite),
            f"Minimal role, and the level is still above {cap.minimal_above}",
            f"level {cap.minimal_to}",
        ),
    ]
    caption = "Base levels that do not come from the weight alone (federal guidelines)"
    return table(caption, ("Rule", "When", "Level"), rows)


def other_guidelines() -> Markup:
    """§§2D1.2, 2D1.8 and 2D2.1: the drug guidelines beside §2D1.1."""
    levels = law_now().levels
    near, premises = levels.protected, levels.premises
    whose = "directly involved a protected place, or an underage or pregnant person"
    rows: list[Cells] = [
        (cited(near.near.cite), f"The weight that {whose}", f"its level {signed(near.near.levels)}"),
        (cited(near.total.cite), "The whole weight of the offense", f"its level {signed(near.total.levels)}"),
        (cited(near.under_18.cite), "The offense involved a person under 18", f"level {near.under_18.levels}"),
        (cited(near.otherwise.cite), "Otherwise", f"level {near.otherwise.levels}"),
        (cited(premises.cite), "Keeping a place for drugs", "the level of the drug offense"),
        (
            cited(premises.allowed.cite),
            "Keeping a place, but only allowing its use",
            f"{signed(-premises.allowed.levels)}, and at most level {premises.allowed_most}",
        ),
        *(
            (cited(item.cite), f"Simple possession of {item.words}", f"level {item.level}")
            for item in levels.possession.values()
        ),
    ]
    caption = "The other drug guidelines; of the four in §2D1.2 the greatest applies (federal guidelines)"
    return table(caption, ("Rule", "When", "Level"), rows)
