"""What follows from the terms: the class of the offense, supervised release, money, and a firearm count."""

from __future__ import annotations

from calculator.answer import Statute
from calculator.kinds import NO, YES
from calculator.law.statutes import Statutes
from calculator.rules.penalties.attempt import prefix_of
from calculator.rules.penalties.firearm import firearm_term
from calculator.rules.penalties.money import fine, special_assessment
from calculator.rules.penalties.readings import Reading, alternatives_of, lengthened
from calculator.rules.penalties.release import supervised_release
from calculator.rules.penalties.terms import Terms
from calculator.rules.penalties.words import long
from calculator.scenario import Case
from calculator.trace import Trace
from calculator.units import Term

__all__ = ["finished"]


def finished(
    case: Case,
    statutes: Statutes,
    terms: Terms,
    cite: str,
    title: str,
    tier: str | None,
    bar: str,
    readings: tuple[Reading, ...],
    trace: Trace,
) -> Statute:
    """The statute of conviction put together, once its terms and its paragraph are found."""
    charge = case.charge
    alternatives = alternatives_of(case, statutes, terms, bar, readings)
    maximum = false_domain(case, statutes, terms.maximum, trace)
    kind = statutes.classes.of(maximum)
    trace.applied(
        "3559(a)",
        f"With a maximum of {long(maximum)} the offense is a Class {kind.name}"
        + (" felony." if kind.felony else "." if "misdemeanor" in kind.name else " offense."),
        kind.cite,
        field="charge.statute",
    )
    if bar:
        trace.applied("probation bar", f"The statute itself rules out probation ({bar}).", bar)
    release_minimum, release_maximum, release_cite = supervised_release(statutes, terms, kind.name, trace)
    fine_maximum = fine(statutes, terms, kind.name, trace)
    consecutive, consecutive_cite = firearm_term(case, statutes, kind.felony, trace)
    if consecutive:
        bar = f"{bar}; {statutes.firearms.consecutive_cite}" if bar else statutes.firearms.consecutive_cite
    assessment = special_assessment(statutes, kind.name, charge.counts, bool(consecutive), trace)
    if charge.counts > 1:
        trace.flagged(
            "several counts",
            f"The terms shown are those of one count. The maximums of {charge.counts} counts can be run one"
            " after another where the guidelines call for more than one count allows.",
            "USSG §5G1.2(d)",
            field="charge.counts",
        )
    if case.conduct.convicted_841g is YES:
        trace.flagged(
            "841(g)",
            "A conviction for selling date rape drugs over the internet has a maximum of its own, which is"
            " not computed.",
            statutes.sections.date_rape_cite,
            field="conduct.convicted_841g",
        )
    return Statute(
        cite=cite,
        title=f"Attempt or conspiracy: {title[:1].lower()}{title[1:]}" if prefix_of(case, statutes) else title,
        tier=tier,
        minimum=terms.minimum,
        minimum_by_law=terms.minimum,
        maximum=maximum,
        lifted_by="",
        felony_class=kind.name,
        felony=kind.felony,
        probation_bar=bar,
        fine_maximum=fine_maximum,
        fine_minimum=terms.fine_minimum,
        assessment=assessment,
        release_minimum=release_minimum,
        release_maximum=release_maximum,
        release_cite=release_cite,
        consecutive=consecutive,
        consecutive_cite=consecutive_cite,
        covered_by_safety_valve=named_by_safety_valve(case, statutes),
        alternatives=alternatives,
        steps=tuple(trace.steps),
    )


def named_by_safety_valve(case: Case, statutes: Statutes) -> bool:
    """18 U.S.C. 3553(f): the section must be on the list, and for 846 and 963 its object as well.

    The list names 846 without looking at the object. Whether it reaches a conspiracy to violate 860 is open,
    so here it does not; `safety_valve.check` says so.
    """
    covered = statutes.safety_valve.covered
    return case.charge.statute in covered and case.section in covered


def false_domain(case: Case, statutes: Statutes, maximum: Term, trace: Trace) -> Term:
    """18 U.S.C. 3559(g)(1): a felony maximum doubled or lengthened, whichever is less."""
    fact, classes = case.role.false_domain, statutes.classes
    if fact is NO or maximum.life or not classes.of(maximum).felony:
        return maximum
    if fact is not YES:
        trace.unknown(
            "3559(g)(1)",
            "It is not known whether a falsely registered domain name was used. It would lengthen the maximum.",
            classes.false_domain_cite,
            field="role.false_domain",
        )
        return maximum
    longer = lengthened(statutes, maximum)
    trace.applied(
        "3559(g)(1)",
        f"A falsely registered domain name was used, so the maximum of {long(maximum)} becomes {long(longer)}.",
        classes.false_domain_cite,
        field="role.false_domain",
    )
    return longer
