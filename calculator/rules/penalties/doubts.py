"""What could lead to a graver paragraph: an open reading, a purity or a weight that is not known; and what to check."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal

from calculator.kinds import BadCase, FieldError
from calculator.law.statutes import Statutes
from calculator.rules.penalties.amounts import Sum, reached
from calculator.rules.penalties.words import provision
from calculator.trace import Trace
from calculator.units import plain

__all__ = ["Graver", "doubts_about", "need_weights", "other_measure", "say_uncounted"]

CHAPMAN = "Chapman v. United States, 500 U.S. 453 (1991)"


@dataclass(frozen=True, slots=True)
class Graver:
    """A graver paragraph that what is not known, or not settled, could lead to: "If …", and what it turns on."""

    tier: str
    condition: str
    turns_on: str
    field: str
    settled: bool = True


def doubts_about(statutes: Statutes, home: str, sums: dict[str, Sum], tier: str, trace: Trace) -> list[Graver]:
    """What could lead to a paragraph graver than `tier`: an open reading, or a purity or a weight that is not known."""
    found: list[Graver] = []
    for one in sums.values():
        found += other_measure(statutes, home, one, tier, trace)
        found += _purity(statutes, home, one, trace)
        found += _weight(statutes, home, one, tier, trace)
    rank = {name: item.rank for name, item in statutes.ladder.paragraphs.items()}
    return [one for one in found if rank[one.tier] < rank[tier]]


def _rank_reached(statutes: Statutes, home: str, one: Sum) -> int:
    """The rank of the paragraph that the amounts known reach; past the last where they reach none."""
    paragraphs = statutes.ladder.paragraphs
    reach = reached(statutes, home, one, one.substance)
    return paragraphs[reach.tier].rank if reach else len(paragraphs)


def other_measure(
    statutes: Statutes, home: str, one: Sum, tier: str, trace: Trace, *, stated: bool = False
) -> list[Graver]:
    """An open reading, where it would change the paragraph. With the paragraph `stated` only a doubt about that very
    paragraph is said: what was charged decides."""
    doubt = statutes.amounts.doubts.get(one.substance)
    if doubt is None:
        return []
    reach = reached(statutes, home, one, doubt.may_be)
    if reach is None or statutes.ladder.paragraphs[reach.tier].rank >= _rank_reached(statutes, home, one):
        return []
    if stated and reach.tier != tier:
        return []
    trace.flagged(
        "other measure",
        f"{doubt.words} By that measure, {provision(reach.cite)} would be reached.",
        doubt.cite,
        field=one.field,
    )
    other = doubt.may_be.replace("_", " ")
    return [
        Graver(
            reach.tier,
            f"the {one.name} is measured by the line for {other}, and {provision(reach.cite)} is charged and found or"
            " admitted",
            f"whether the law measures the {one.name} by the line for {other}",
            one.field,
            settled=False,
        )
    ]


def _purity(statutes: Statutes, home: str, one: Sum, trace: Trace) -> list[Graver]:
    """Purity that is not known, where the pure drug alone could reach a graver paragraph."""
    if not one.pure_untold:
        return []
    most = dataclasses.replace(one, pure=(one.pure or Decimal(0)) + one.pure_untold)
    reach = reached(statutes, home, most, one.substance)
    if reach is None or statutes.ladder.paragraphs[reach.tier].rank >= _rank_reached(statutes, home, one):
        return []
    field = one.pure_field or one.field
    trace.unknown(
        "purity",
        f"How pure the {one.name} was is not known. If it was pure enough, the pure drug alone"
        f" would reach {provision(reach.cite)}.",
        reach.cite,
        field=field,
    )
    return [
        Graver(
            reach.tier,
            f"the {one.name} was pure enough, and {provision(reach.cite)} is charged and found or admitted",
            f"how pure the {one.name} was",
            field,
        )
    ]


def _weight(statutes: Statutes, home: str, one: Sum, tier: str, trace: Trace) -> list[Graver]:
    """A weight that is not known, where enough of it would reach a graver paragraph."""
    steps = _mixture_steps(statutes, home, one) if one.untold_fields else ()
    paragraphs = statutes.ladder.paragraphs
    steps = tuple(step for step in steps if paragraphs[step[0]].rank < paragraphs[tier].rank)
    if not steps:
        return []
    carrier = " with its carrier, such as paper," if one.on_carrier else ""
    for field in one.untold_fields:
        trace.unknown(
            "weight not told",
            f"What the {one.name}{carrier} weighed is not known. The statute goes by that weight, so this part is"
            " left out of the paragraph’s amount.",
            f"{steps[-1][2]}; {CHAPMAN}" if one.on_carrier else steps[-1][2],
            field=field,
        )
    return [
        Graver(
            name,
            f"the {one.name}{carrier} weighed {plain(least)} g or more, and {provision(cite)} is charged and found or"
            " admitted",
            f"what the {one.name}{carrier} weighed".removesuffix(","),
            one.untold_fields[0],
        )
        for name, least, cite in steps
    ]


def _mixture_steps(statutes: Statutes, home: str, one: Sum) -> tuple[tuple[str, Decimal, str], ...]:
    """The lines a weight of the mixture could reach, gravest first. For marijuana none: what is counted there and not
    weighed, cigarettes, would have to be more than a hundred thousand."""
    if one.schedule == "marihuana":
        return ()
    rows = statutes.amounts.thresholds.get((home, one.substance), ())
    return next((row.steps for row in rows if row.measure == "mixture"), ())


def need_weights(statutes: Statutes, home: str, found: dict[str, Sum], tier: str) -> None:
    """What was found has to be weighed, unless the gravest paragraph is reached without it."""
    paragraphs = statutes.ladder.paragraphs
    errors = [
        FieldError(
            field,
            f"is missing: the statute goes by weight, so give what the {one.name} weighed"
            + (" with its carrier, such as paper" if one.on_carrier else ""),
        )
        for one in found.values()
        if any(paragraphs[name].rank < paragraphs[tier].rank for name, _, _ in _mixture_steps(statutes, home, one))
        for field in one.untold_fields
    ]
    if errors:
        raise BadCase(errors)


def say_uncounted(sums: dict[str, Sum], found: dict[str, Sum], trace: Trace) -> None:
    """Found beyond a reasonable doubt, and yet not among the drugs of the case: one of the two is wrong."""
    for one in found.values():
        case = sums.get(one.substance)
        if case is not None and not any(_more(one.of(name), case.of(name)) for name in ("mixture", "plants")):
            continue
        trace.flagged(
            "found but not counted",
            f"More {one.name} was found or admitted than the drugs of the case list. What was found is as a rule"
            " counted by the guidelines too, so the offense level can be too low. Check both amounts.",
            "USSG §1B1.3(a)(1), (2); USSG §2D1.1, comment. (n.5)",
            field="charge.found",
        )


def _more(found: Decimal | None, listed: Decimal | None) -> bool:
    return found is not None and listed is not None and found > listed
