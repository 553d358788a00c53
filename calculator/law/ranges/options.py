"""How the minimum of a range may be satisfied: USSG §5C1.1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from calculator.law.ranges.rows import check_one_of, numbers
from calculator.law.ranges.zones import Zone
from calculator.law.schema import LawError, Row
from calculator.units import Term

__all__ = ["OptionKind", "OptionRule", "options_from"]

type OptionKind = Literal["prison", "split", "probation_with_confinement", "probation", "none_required"]
_KINDS = ("prison", "split", "probation_with_confinement", "probation", "none_required")


@dataclass(frozen=True, slots=True)
class OptionRule:
    """One way a zone lets the minimum of the range be satisfied.

    `prison` is a fixed least term in prison, `prison_part` (numerator, denominator) a part of the minimum,
    and `substitutes` names what may stand in for the rest, day for day.
    """

    kind: OptionKind
    prison: Term | None
    prison_part: tuple[int, int] | None
    substitutes: tuple[str, ...]
    cite: str


def options_from(
    table: Row, zones: dict[str, Zone], categories: tuple[str, ...]
) -> tuple[dict[str, tuple[OptionRule, ...]], tuple[str, str], tuple[tuple[str, ...], str]]:
    """Read `sentencing_options`: the options by zone, and the advice of the commentary."""
    table.cite()
    substitutes: dict[str, list[str]] = {}
    for row in table.rows("substitute"):
        name, kinds = row.take("name", str), row.texts("kinds")
        days, for_days = row.take("days", int), row.take("for_days", int)
        row.cite()
        row.done()
        if days != for_days:
            raise LawError(f"{row.where}: only a substitute that counts day for day can be read")
        for kind in kinds:
            check_one_of(kind, _KINDS, row)
            substitutes.setdefault(kind, []).append(name)
    options: dict[str, list[OptionRule]] = {letter: [] for letter in zones}
    for row in table.rows("option"):
        zone, kind = row.take("zone", str), row.take("kind", str)
        check_one_of(zone, tuple(zones), row)
        check_one_of(kind, _KINDS, row)
        prison, part = row.maybe_term("prison"), numbers(row, "prison_part")
        if (kind == "split") != bool(prison is not None or part) or (prison is not None and part):
            raise LawError(f"{row.where}: a split, and only a split, says how much is prison")
        if part and (len(part) != 2 or not 0 < part[0] < part[1]):
            raise LawError(f"{row.where}: prison_part must be a fraction below one, such as [1, 2]")
        options[zone].append(
            OptionRule(
                cast("OptionKind", kind),
                prison,
                (part[0], part[1]) if part else None,
                tuple(substitutes.get(kind, ())),
                row.cite(),
            )
        )
        row.done()
    for letter, rules in options.items():
        if not any(rule.kind == "prison" for rule in rules):
            raise LawError(f"{table.where}: zone {letter} has no option of prison")
    advice = table.row("not_recommended")
    not_recommended = (advice.take("from_category", str), advice.cite())
    check_one_of(not_recommended[0], categories, advice)
    advice.done()
    zero = table.row("zero_point")
    zero_point = (zero.texts("zones"), zero.cite())
    for letter in zero_point[0]:
        check_one_of(letter, tuple(zones), zero)
    zero.done()
    table.done()
    return {letter: tuple(rules) for letter, rules in options.items()}, not_recommended, zero_point
