"""What kinds of sentence the range allows: USSG §5C1.1. The zones are advice; whether probation is legally open is
another question (`probation`).
"""

from __future__ import annotations

from dataclasses import dataclass

from calculator.answer import Governed, Option, Range, Statute
from calculator.law import Law
from calculator.law.ranges import OptionRule, RangeTables
from calculator.law.statutes import ProbationLaw
from calculator.trace import Stage, Step, Trace
from calculator.units import NOTHING, Term

__all__ = ["Kinds", "options"]

ON_PROBATION = ("probation", "probation_with_confinement")


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of sentence that satisfy the minimum of the range, with the steps that say why."""

    options: tuple[Option, ...]
    steps: tuple[Step, ...]


def options(
    table: Range,
    governed: Governed,
    statute: Statute,
    zero_point: bool | None,
    category: str,
    law: Law,
) -> Kinds:
    """§5C1.1: each way the minimum of the range may be satisfied, with its months.

    `table` is the cell, `governed` the range after the statute's limits; `zero_point` says whether §4C1.1
    lowered the level (None: not known). An option the statute forbids is left out: probation where it is
    barred (a step says so), and a substitute in place of a mandatory prison term.
    """
    tables, trace = law.ranges, Trace(Stage.OPTIONS)
    span, zone = governed.range, governed.range.zone
    if zone is None:
        trace.flagged(
            "5C1.1 zone",
            f"The statute’s minimum has replaced all or part of the Zone {table.zone} range of {table}. "
            "Which zone then counts is not settled. Home detention cannot stand in for a minimum set by "
            "statute, so only prison is listed.",
            "USSG §5C1.1; USSG §5G1.1",
        )
        return Kinds((_prison(span, governed.cite, _asked_below(governed, statute)),), tuple(trace.steps))
    cell = table if table.zone == zone else span
    barred = _probation_barred(statute, law.statutes.probation)
    asked = _asked_below(governed, statute)
    every = [(rule, _option(rule, span, statute, asked)) for rule in tables.options[zone]]
    shut = [rule for rule, option in every if option is not None and barred and option.kind in ON_PROBATION]
    found = [option for rule, option in every if option is not None and rule not in shut]
    trace.applied(
        "5C1.1",
        f"The range of {cell} is in Zone {zone}: {_served(span, zone, tables, len(found))}.",
        tables.zones[zone].cite,
    )
    for rule in shut:
        trace.passed(
            rule.cite.removeprefix("USSG §"),
            f"Zone {zone} would allow probation, but it is not open on this count: {barred}",
            f"{rule.cite}; USSG §5B1.1(b)",
        )
    _advice(trace, found, zone, bool(barred), zero_point, category, tables)
    if statute.consecutive:
        trace.flagged(
            "5G1.2(a)",
            "These choices are for the drug count alone. The firearm term of "
            f"{statute.consecutive} is prison and is served on top.",
            f"{statute.consecutive_cite}; USSG §5G1.2(a)",
            field="charge.firearm_count",
        )
    return Kinds(tuple(found), tuple(trace.steps))


def _served(span: Range, zone: str, tables: RangeTables, ways: int) -> str:
    """What the zone makes of the low end; `ways` is how many the statute leaves."""
    if span.low == NOTHING:
        return "no prison is required"
    if ways > 1:
        return f"its low end, {span.low}, can be served in more than one way"
    if len(tables.options[zone]) > 1:
        return f"its low end is {span.low}, and the statute leaves no other way to serve it than prison"
    return f"the guidelines call for at least {span.low} in prison, with no substitute"


def _asked_below(governed: Governed, statute: Statute) -> bool:
    """Whether the low end is a minimum that the Government has asked the judge to go below: it stands and binds no more
    (18 U.S.C. 3553(e)). One that the safety valve lifts is never in control."""
    return governed.control in ("statutory minimum", "both limits") and not statute.minimum


def _prison(span: Range, cite: str, asked_below: bool) -> Option:
    if span.low == NOTHING:
        words = f"Prison for any time up to {span.high}"
    elif span.low == span.high:
        words = f"Prison for {span.low}"
    else:
        words = f"Prison for at least {span.low}, and at most {span.high}"
    below = ", unless the judge goes below that on the Government’s motion" if asked_below else ""
    return Option("prison", f"{words}{below}.", cite, span.low, NOTHING)


def _option(rule: OptionRule, span: Range, statute: Statute, asked_below: bool) -> Option | None:
    """One option with its months, or None when it comes to nothing else than prison for the whole minimum."""
    low = span.low
    match rule.kind:
        case "none_required":
            words = "Prison is not required. In some cases a fine alone can be the sentence."
            return Option(rule.kind, words, rule.cite, NOTHING, NOTHING)
        case "probation":
            words = "Probation, with no confinement required."
            return Option(rule.kind, words, rule.cite, NOTHING, NOTHING)
        case "probation_with_confinement":
            words = f"Probation with at least {low} of {_either(rule.substitutes)} as a condition, and no prison."
            return Option(rule.kind, words, rule.cite, NOTHING, low)
        case "split":
            # A mandatory term is prison, whatever the zone: no substitute counts toward it.
            prison = max(_least_prison(rule, low), statute.minimum)
            rest = _rest(low, prison)
            if not rest:
                return None
            words = (
                f"At least {prison} in prison, then supervised release with {rest} of "
                f"{_either(rule.substitutes)}: together the low end of {low}."
            )
            return Option(rule.kind, words, rule.cite, prison, rest)
        case _:
            return _prison(span, rule.cite, asked_below)


def _least_prison(rule: OptionRule, low: Term) -> Term:
    if rule.prison_part is None:
        return rule.prison or NOTHING
    part, whole = rule.prison_part
    return Term(-(-low.months * part // whole))


def _rest(low: Term, served: Term) -> Term:
    """What is left of `low` after `served`, in months; where `served` has days, with days to fill it."""
    if served >= low:
        return NOTHING
    months = low.months - served.months
    if not served.days:
        return Term(months)
    while Term(months) + served > low:
        months -= 1
    days = 0
    while Term(months, days) + served < low:
        days += 1
    return Term(months, days)


def _either(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _advice(
    trace: Trace,
    found: list[Option],
    zone: str,
    barred: bool,
    zero_point: bool | None,
    category: str,
    tables: RangeTables,
) -> None:
    """§5C1.1 nn.6 and 9: for whom substitutes are not recommended, and who generally needs no prison."""
    at = tables.categories.index
    if any(option.substitute for option in found) and at(category) >= at(tables.not_recommended_from):
        trace.flagged(
            "5C1.1 n.6",
            "Substitutes for prison are not recommended for most people in category "
            f"{tables.not_recommended_from} or above. This is category {category}.",
            tables.not_recommended_cite,
        )
    if not zero_point:
        return
    if zone not in tables.zero_point_zones:
        trace.passed(
            "5C1.1 n.9",
            "The advice against prison for people with no criminal history points is for Zones "
            f"{' and '.join(tables.zero_point_zones)}; this range is in Zone {zone}.",
            tables.zero_point_cite,
        )
    elif barred and zone != "A":
        trace.flagged(
            "5C1.1 n.9",
            "For a person with no criminal history points a sentence other than prison is generally "
            f"appropriate in Zone {zone}, but the statute keeps probation shut here.",
            tables.zero_point_cite,
        )
    else:
        trace.applied(
            "5C1.1 n.9",
            "For a person with no criminal history points, a sentence other than prison is generally "
            f"appropriate in Zone {zone}.",
            tables.zero_point_cite,
        )


def _probation_barred(statute: Statute, rule: ProbationLaw) -> str:
    """Why probation is not open by statute, as the rest of a sentence, or an empty text."""
    if statute.consecutive:
        return "the firearm count must be served in prison."
    if statute.probation_bar:
        return "the statute itself forbids it."
    if statute.felony and statute.felony_class in rule.barred_classes:
        return f"it is a Class {statute.felony_class} felony."
    if statute.minimum:
        return f"the statute requires at least {statute.minimum} in prison."
    return ""
