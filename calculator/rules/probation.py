"""Whether probation is legally open, and how long it could last.

The zones of the guidelines are advice. What is legally open the statute decides: its own bar, the class of the felony,
and a mandatory minimum (18 U.S.C. 3561(a)). Both are said, and kept apart.
"""

from __future__ import annotations

from calculator.answer import Governed, Lock, Probation, Range, SafetyValve, Statute
from calculator.kinds import DONT_KNOW, UNKNOWN, YES
from calculator.law import Law
from calculator.law.probation import ProbationTerm
from calculator.law.ranges import RangeTables
from calculator.law.statutes import Sections, Statutes
from calculator.scenario import Case
from calculator.trace import Stage, Step, Trace
from calculator.units import Term

__all__ = ["lock_steps", "probation"]

POSSESSION = ("844(a)", "841(b)(4)")


def probation(
    case: Case, law: Law, statute: Statute, safety_valve: SafetyValve, governed: Governed, level: int
) -> Probation:
    """Three locks on probation, each open, shut or not known: the statute, its minimum, the guideline zone.

    Probation is legally open when the first two are. The third is advice: in Zones C and D a judge may still
    choose probation where the statute allows it. `level` is the total offense level, which sets how long
    probation may last.
    """
    by_statute = _statute_lock(case, statute, law.statutes)
    by_minimum = _minimum_lock(statute, safety_valve)
    by_zone = _zone_lock(governed.range, law.ranges)
    legal = (by_statute.open, by_minimum.open)
    is_open = False if False in legal else None if None in legal else True
    term_words, term_cite = _term(case, statute, level, law) if is_open is not False else ("", "")
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


def _statute_lock(case: Case, statute: Statute, statutes: Statutes) -> Lock:
    """The statute's own bar, and the bar for Class A and B felonies. Neither is a minimum term."""
    if statute.consecutive:
        return Lock(
            "statute",
            False,
            "A firearm count under section 924(c) may never be put on probation, and its prison term shuts "
            "out probation for the drug count.",
            f"{statute.consecutive_cite}; 18 U.S.C. 924(c)(1)(D)(i); 18 U.S.C. 3561(a)(3)",
        )
    rule = statutes.probation
    by_class = statute.felony and statute.felony_class in rule.barred_classes
    reasons, cites = [], []
    if statute.probation_bar:
        reasons.append(f"the section itself forbids it ({statute.probation_bar})")
        cites.append(f"{statute.probation_bar}; 18 U.S.C. 3561(a)(2)")
    if by_class:
        reasons.append(f"it is a Class {statute.felony_class} felony, with a maximum of {statute.maximum}")
        cites.append(rule.barred_cite)
    if not reasons:
        return _open_or_unknown(case, statute, statutes)
    shut = f"The law bars probation on this count: {' and '.join(reasons)}."
    cite = "; ".join(cites)
    if case.motions.under_statute and statute.minimum_by_law:
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


def _open_or_unknown(case: Case, statute: Statute, statutes: Statutes) -> Lock:
    cite = "18 U.S.C. 3561(a)(1), (2); USSG §5B1.1(b)(1), (2)"
    unknown = _could_shut(case, statute, statutes.sections)
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


def _could_shut(case: Case, statute: Statute, sections: Sections) -> str:
    """The unknown fact that could put probation under a bar, in words, or an empty text."""
    charge, section = case.charge, case.section
    multiplied = section in sections.multiplied
    if charge.firearm_count == DONT_KNOW:
        return "whether there is a firearm count"
    if (multiplied or section in sections.ladder) and charge.tier == DONT_KNOW and statute.alternatives:
        return "the amount that was charged and found or admitted"
    # From here on: a higher maximum could make it a Class B felony only under (C), or where it is doubled.
    if statute.tier != "C" and not multiplied:
        return ""
    if charge.death_or_injury_found is UNKNOWN:
        return "whether death or serious injury was charged and found or admitted"
    noticed = charge.notice_851
    if (noticed is UNKNOWN and charge.drug_priors != 0) or (noticed is YES and charge.drug_priors is None):
        return "whether an earlier drug conviction was named in a notice under section 851"
    if multiplied and charge.second_under_section is UNKNOWN:
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


def _term(case: Case, statute: Statute, level: int, law: Law) -> tuple[str, str]:
    """How long probation may last: §5B1.2 by level, inside 18 U.S.C. 3561(c), and 3607 where it can apply."""
    by_level, rule = law.ranges.probation_term(level), law.statutes.probation
    by_law = rule.felony if statute.felony else rule.misdemeanor
    at_least, at_most = max(by_level.at_least, by_law.at_least), min(by_level.at_most, by_law.at_most)
    words = f"Probation would last {_span(at_least, at_most)} under the guidelines."
    cite = f"{by_level.cite}; {by_law.cite}"
    if at_most < by_law.at_most or at_least > by_law.at_least:
        words += f" The statute alone allows {_span(by_law.at_least, by_law.at_most)}."
    first = _first_possession(case, rule.first_possession)
    return (f"{words} {first}", f"{cite}; {rule.first_possession.cite}") if first else (words, cite)


def _span(least: Term, most: Term) -> str:
    return f"{least.in_years()} to {most.in_years()}" if least else f"up to {most.in_years()}"


def _first_possession(case: Case, term: ProbationTerm) -> str:
    """18 U.S.C. 3607(a): simple possession, no earlier drug conviction, nothing of this kind before."""
    charge = case.charge
    if case.section not in POSSESSION or charge.prior_3607 is YES or (charge.drug_priors or 0) > 0:
        return ""
    if any(prior.controlled_substance_offense is YES for prior in case.history.priors):
        return ""
    most = term.at_most.in_years()
    known = charge.prior_3607 is not UNKNOWN and charge.drug_priors is not None and not case.history.priors
    condition = "" if known else "If the person was never convicted under a drug law and never had this before, "
    court = "the court may" if condition else "The court may"
    return (
        f"{condition}{court}, if the person agrees, give probation for up to {most} without a judgment of "
        "conviction, and dismiss the case if all goes well."
    )
