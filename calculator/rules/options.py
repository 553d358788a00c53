"""What kinds of sentence the range allows (USSG §5C1.1), and whether probation is legally open.

The zones are advice. What is legally open the statute decides: its own bar, the class of the felony, and a
mandatory minimum (18 U.S.C. 3561(a)). Both are said, and kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from calculator.answer import Governed, Lock, Option, Probation, Range, SafetyValve, Statute
from calculator.law import Law
from calculator.law.ranges import OptionRule, RangeTables
from calculator.scenario import DONT_KNOW, UNKNOWN, YES, Case
from calculator.trace import Stage, Step, Trace
from calculator.units import Term

__all__ = ["Kinds", "lock_steps", "options", "probation"]

NOTHING = Term()
MOVED_UNDER_STATUTE = ("statute", "both")
# Sections whose penalty follows the paragraph of 841(b) or 960(b), so that an unknown paragraph matters.
BY_TIER = ("841(a)", "960", "849", "859", "860", "861")
# Sections with a higher penalty after an earlier conviction under the same section.
BY_REPETITION = ("849", "859", "860", "861")
POSSESSION = ("844(a)", "841(b)(4)")


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
    tables: RangeTables,
) -> Kinds:
    """§5C1.1: each way the minimum of the range may be satisfied, with its months.

    `table` is the cell, `governed` the range after the statute's limits; `zero_point` says whether §4C1.1
    lowered the level (None: not known). An option the statute forbids is left out: probation where it is
    barred (a step says so), and a substitute in place of a mandatory prison term.
    """
    trace = Trace(Stage.OPTIONS)
    span, zone = governed.range, governed.range.zone
    if zone is None:
        trace.flagged(
            "5C1.1 zone",
            f"The statute’s minimum has replaced all or part of the Zone {table.zone} range of {table}. "
            "Which zone then counts is not settled. Home detention cannot stand in for a minimum set by "
            "statute, so only prison is listed.",
            "USSG §5C1.1; USSG §5G1.1",
        )
        return Kinds((_prison(span, governed.cite),), tuple(trace.steps))
    cell = table if table.zone == zone else span
    trace.applied(
        "5C1.1",
        f"The range of {cell} is in Zone {zone}: {_served(span, zone, tables)}.",
        tables.zones[zone].cite,
    )
    found = []
    barred = _probation_barred(statute, tables)
    for rule in tables.options[zone]:
        option = _option(rule, span, statute)
        if option is None:
            continue
        if barred and option.kind in ("probation", "probation_with_confinement"):
            trace.passed(
                rule.cite.removeprefix("USSG §"),
                f"Zone {zone} would allow probation, but it is not open on this count: {barred}",
                f"{rule.cite}; USSG §5B1.1(b)",
            )
            continue
        found.append(option)
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


def _served(span: Range, zone: str, tables: RangeTables) -> str:
    if span.low == NOTHING:
        return "no prison is required"
    if len(tables.options[zone]) > 1:
        return f"its low end, {span.low}, can be served in more than one way"
    return f"the guidelines call for at least {span.low} in prison, with no substitute"


def _prison(span: Range, cite: str) -> Option:
    if span.low == NOTHING:
        words = f"Prison for any time up to {span.high}."
    elif span.low == span.high:
        words = f"Prison for {span.low}."
    else:
        words = f"Prison for at least {span.low}, and at most {span.high}."
    return Option("prison", words, cite, span.low, NOTHING)


def _option(rule: OptionRule, span: Range, statute: Statute) -> Option | None:
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
            return _prison(span, rule.cite)


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


def _probation_barred(statute: Statute, tables: RangeTables) -> str:
    """Why probation is not open by statute, as the rest of a sentence, or an empty text."""
    if statute.consecutive:
        return "the firearm count must be served in prison."
    if statute.probation_bar:
        return "the statute itself forbids it."
    if statute.felony and statute.felony_class in tables.barred_classes:
        return f"it is a Class {statute.felony_class} felony."
    if statute.minimum:
        return f"the statute requires at least {statute.minimum} in prison."
    return ""


# --- Is probation legally open? -------------------------------------------------------------------------


def probation(
    case: Case, law: Law, statute: Statute, safety_valve: SafetyValve, governed: Governed, level: int
) -> Probation:
    """Three locks on probation, each open, shut or not known: the statute, its minimum, the guideline zone.

    Probation is legally open when the first two are. The third is advice: in Zones C and D a judge may still
    choose probation where the statute allows it. `level` is the total offense level, which sets how long
    probation may last.
    """
    tables = law.ranges
    by_statute = _statute_lock(case, statute, tables)
    by_minimum = _minimum_lock(statute, safety_valve)
    by_zone = _zone_lock(governed.range, tables)
    legal = (by_statute.open, by_minimum.open)
    is_open = False if False in legal else None if None in legal else True
    term_words, term_cite = _term(case, statute, level, tables) if is_open is not False else ("", "")
    return Probation(
        is_open,
        _verdict(is_open, by_statute, by_minimum, by_zone),
        (by_statute, by_minimum, by_zone),
        term_words,
        term_cite,
    )


def lock_steps(found: Probation) -> tuple[Step, ...]:
    """The three locks as steps of the trace."""
    trace = Trace(Stage.PROBATION)
    for lock in found.locks:
        if lock.open is None:
            trace.flagged(f"probation: {lock.name}", lock.words, lock.cite)
        elif lock.open:
            trace.passed(f"probation: {lock.name}", lock.words, lock.cite)
        else:
            trace.applied(f"probation: {lock.name}", lock.words, lock.cite)
    return tuple(trace.steps)


def _statute_lock(case: Case, statute: Statute, tables: RangeTables) -> Lock:
    """The statute's own bar, and the bar for Class A and B felonies. Neither is a minimum term."""
    if statute.consecutive:
        return Lock(
            "statute",
            False,
            "A firearm count under section 924(c) may never be put on probation, and its prison term shuts "
            "out probation for the drug count.",
            f"{statute.consecutive_cite}; 18 U.S.C. 924(c)(1)(D)(i); 18 U.S.C. 3561(a)(3)",
        )
    by_class = statute.felony and statute.felony_class in tables.barred_classes
    reasons, cites = [], []
    if statute.probation_bar:
        reasons.append(f"the section itself forbids it ({statute.probation_bar})")
        cites.append(f"{statute.probation_bar}; 18 U.S.C. 3561(a)(2)")
    if by_class:
        reasons.append(f"it is a Class {statute.felony_class} felony, with a maximum of {statute.maximum}")
        cites.append(tables.barred_cite)
    if not reasons:
        return _open_or_unknown(case, statute)
    shut = f"The law bars probation on this count: {' and '.join(reasons)}."
    cite = "; ".join(cites)
    if case.motions.substantial_assistance in MOVED_UNDER_STATUTE and statute.minimum_by_law:
        return Lock(
            "statute",
            None,
            f"{shut} The Government has moved under section 3553(e), and courts differ on whether that "
            "opens probation: one court has allowed it, another has not.",
            f"{cite}; 18 U.S.C. 3553(e); United States v. Daiagi, 892 F.2d 31 (4th Cir. 1989); "
            "United States v. Thomas, 930 F.2d 526 (7th Cir. 1991)",
        )
    if statute.minimum < statute.minimum_by_law:
        return Lock(
            "statute",
            False,
            f"{shut} The safety valve lifts the minimum prison term but not this bar, in the courts we "
            "found. A short prison term with supervised release after it is still possible.",
            f"{cite}; United States v. Anderson, No. 08-4988 (4th Cir. Apr. 23, 2009) (unpublished)",
        )
    return Lock("statute", False, shut, cite)


def _open_or_unknown(case: Case, statute: Statute) -> Lock:
    cite = "18 U.S.C. 3561(a)(1), (2); USSG §5B1.1(b)(1), (2)"
    unknown = _could_shut(case, statute)
    if unknown:
        return Lock(
            "statute",
            None,
            f"Whether the statute bars probation is not known: it turns on {unknown}.",
            cite,
        )
    what = f"a Class {statute.felony_class} felony" if statute.felony else "not a felony"
    return Lock(
        "statute",
        True,
        f"The law for this count does not forbid probation, and the count is {what}.",
        cite,
    )


def _could_shut(case: Case, statute: Statute) -> str:
    """The unknown fact that could put probation under a bar, in words, or an empty text."""
    charge, section = case.charge, case.section
    if charge.firearm_count == DONT_KNOW:
        return "whether there is a firearm count"
    if section in BY_TIER and charge.tier == DONT_KNOW and statute.alternatives:
        return "the amount that was charged and found or admitted"
    # From here on: a higher maximum could make it a Class B felony only under (C), or where it is doubled.
    if statute.tier != "C" and section not in BY_REPETITION:
        return ""
    if charge.death_or_injury_found is UNKNOWN:
        return "whether death or serious injury was charged and found or admitted"
    noticed = charge.notice_851
    if (noticed is UNKNOWN and charge.drug_priors != 0) or (noticed is YES and charge.drug_priors is None):
        return "whether an earlier drug conviction was named in a notice under section 851"
    if section in BY_REPETITION and charge.second_under_section is UNKNOWN:
        return "whether there is an earlier conviction under the same section"
    if case.role.false_domain is UNKNOWN:
        return "whether a falsely registered internet domain was used"
    return ""


def _minimum_lock(statute: Statute, safety_valve: SafetyValve) -> Lock:
    """A mandatory prison term shuts probation out: there is no probation beside prison (3561(a)(3))."""
    if not statute.minimum:
        if statute.minimum_by_law:
            words = f"The minimum of {statute.minimum_by_law} is lifted here, so it does not stand in the way."
        else:
            words = "The statute sets no minimum prison term for this count."
        return Lock("minimum", True, words, statute.cite)
    cite = f"{statute.cite}; 18 U.S.C. 3561(a)(3)"
    if safety_valve.relief is None:
        words = (
            f"The statute requires at least {statute.minimum} in prison unless the safety valve lifts it, "
            "and whether it does is not known."
        )
        return Lock("minimum", None, words, f"{cite}; 18 U.S.C. 3553(f)")
    words = f"The statute requires at least {statute.minimum} in prison, and probation cannot go with prison."
    return Lock("minimum", False, words, cite)


def _zone_lock(span: Range, tables: RangeTables) -> Lock:
    """§5B1.1(a) and n.2. Advice only: *Gall* upheld probation in a case with a Zone D range."""
    if span.zone is None:
        words = "A minimum set by statute has replaced the range, so which zone counts is not settled."
        return Lock("zone", None, words, "USSG §5B1.1; USSG §5G1.1")
    zone = tables.zones[span.zone]
    if zone.probation == "authorized":
        words = f"The range of {span} is in Zone {zone.letter}, where the guidelines allow probation."
        return Lock("zone", True, words, zone.probation_cite)
    if zone.probation == "with_confinement":
        words = (
            f"The range of {span} is in Zone {zone.letter}, where the guidelines allow probation with at "
            f"least {span.low} of confinement at home, in a community center or at intervals."
        )
        return Lock("zone", True, words, zone.probation_cite)
    words = (
        f"The range counts as Zone {zone.letter}, where the guidelines do not suggest probation. The "
        "guidelines are advice, and a judge may give a lower sentence for reasons the law lists."
    )
    return Lock("zone", False, words, f"{zone.probation_cite}; Gall v. United States, 552 U.S. 38 (2007)")


def _verdict(is_open: bool | None, by_statute: Lock, by_minimum: Lock, by_zone: Lock) -> str:
    """The overall answer, in one or two sentences."""
    if is_open is False:
        shut = by_statute if by_statute.open is False else by_minimum
        return f"Probation is not legally open. {shut.words}"
    if is_open is None:
        doubt = by_statute if by_statute.open is None else by_minimum
        return f"Whether probation is legally open is not certain. {doubt.words}"
    if by_zone.open:
        return f"Probation is legally open, and within what the guidelines suggest. {by_zone.words}"
    if by_zone.open is None:
        return f"Probation is legally open. {by_zone.words}"
    return f"Probation is legally open but outside what the guidelines suggest. {by_zone.words}"


def _term(case: Case, statute: Statute, level: int, tables: RangeTables) -> tuple[str, str]:
    """How long probation may last: §5B1.2 by level, inside 18 U.S.C. 3561(c), and 3607 where it can apply."""
    by_level = tables.probation_term(level)
    by_law = tables.probation_felony if statute.felony else tables.probation_misdemeanor
    at_least, at_most = max(by_level.at_least, by_law.at_least), min(by_level.at_most, by_law.at_most)
    words = f"Probation would last {_span(at_least, at_most)} under the guidelines."
    cite = f"{by_level.cite}; {by_law.cite}"
    if at_most < by_law.at_most or at_least > by_law.at_least:
        words += f" The statute alone allows {_span(by_law.at_least, by_law.at_most)}."
    first = _first_possession(case, tables)
    return (f"{words} {first}", f"{cite}; {tables.first_possession.cite}") if first else (words, cite)


def _span(least: Term, most: Term) -> str:
    return f"{least.in_years()} to {most.in_years()}" if least else f"up to {most.in_years()}"


def _first_possession(case: Case, tables: RangeTables) -> str:
    """18 U.S.C. 3607(a): simple possession, no earlier drug conviction, nothing of this kind before."""
    charge = case.charge
    if case.section not in POSSESSION or charge.prior_3607 is YES or (charge.drug_priors or 0) > 0:
        return ""
    if any(prior.controlled_substance_offense is YES for prior in case.history.priors):
        return ""
    most = tables.first_possession.at_most.in_years()
    known = charge.prior_3607 is not UNKNOWN and charge.drug_priors is not None and not case.history.priors
    condition = "" if known else "If the person was never convicted under a drug law and never had this before, "
    court = "the court may" if condition else "The court may"
    return (
        f"{condition}{court}, if the person agrees, give probation for up to {most} without a judgment of "
        "conviction, and dismiss the case if all goes well."
    )
