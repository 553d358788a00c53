"""Whether probation is legally open, and how long it could last.

The zones of the guidelines are advice. What is legally open the statute decides: its own bar, the class of the felony,
and a mandatory minimum (18 U.S.C. 3561(a)). Both are said, and kept apart.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Literal

from calculator.answer import Alternative, Lock, Probation, Range, SafetyValve, Statute
from calculator.kinds import DONT_KNOW, UNKNOWN, YES
from calculator.law import Law
from calculator.law.probation import ProbationTerm
from calculator.law.ranges import RangeTables
from calculator.law.statutes import ProbationLaw, Statutes
from calculator.scenario import Case
from calculator.trace import Stage, Step, Trace
from calculator.units import Term

__all__ = ["across", "first_possession", "lock_steps", "probation", "zone_lock"]

POSSESSION = ("844(a)", "841(b)(4)")
MAY_BE_UNDER_STATUTE = ("statute", "both", DONT_KNOW)


def probation(
    case: Case,
    law: Law,
    statute: Statute,
    safety_valve: SafetyValve,
    by_zone: Lock,
    by_level: ProbationTerm,
    first_possession: str,
) -> Probation:
    """Three locks on probation, each open, shut or not known: the statute, its minimum, the guideline zone.

    Probation is legally open when the first two are. The third is advice: in Zones C and D a judge may still
    choose probation where the statute allows it. `by_level` is how long probation may last at the total offense level.
    """
    by_statute = _statute_lock(case, statute, safety_valve, law.statutes)
    by_minimum = _minimum_lock(case, statute, safety_valve)
    is_open = _is_open(by_statute, by_minimum)
    rule, term_words, term_cite = law.statutes.probation, "", ""
    if is_open is not False:
        barred = statute.felony and statute.felony_class in rule.barred_classes
        term_words, term_cite = _term(statute, by_level, rule, by_zone.open is True and not barred)
        if first_possession:
            term_words, term_cite = f"{term_words} {first_possession}", f"{term_cite}; {rule.first_possession.cite}"
    if is_open and statute.minimum < statute.minimum_by_law and safety_valve.relief is not True:
        words = f"Probation is legally open if the judge goes below the minimum. {by_minimum.words}"
    else:
        words = _verdict(is_open, by_statute, by_minimum, by_zone)
    return Probation(is_open, words, (by_statute, by_minimum, by_zone), term_words, term_cite)


def across(found: Probation, others: Sequence[Probation], *, complete: bool) -> Probation:
    """The locks once answers to what is not known were tried: one that is not the same in all is not known.

    `complete` says whether every combination was tried; then a lock that all agree on is known after all.
    """
    by_statute, by_minimum, by_zone = found.locks
    by_statute = _tried(by_statute, [other.locks[0] for other in others], complete)
    by_minimum = _tried(by_minimum, [other.locks[1] for other in others], complete)
    if (by_statute, by_minimum) == found.locks[:2]:
        return found
    is_open = _is_open(by_statute, by_minimum)
    term = next((one for one in (found, *others) if one.term_words), found) if is_open is None else found
    return dataclasses.replace(
        found,
        open=is_open,
        words=_verdict(is_open, by_statute, by_minimum, by_zone),
        locks=(by_statute, by_minimum, by_zone),
        term_words=term.term_words if is_open is not False else "",
        term_cite=term.term_cite if is_open is not False else "",
    )


def _tried(lock: Lock, others: Sequence[Lock], complete: bool) -> Lock:
    if lock.open is None:
        agreed = complete and len({other.open for other in others}) == 1 and others[0].open is not None
        return others[0] if agreed else lock
    if all(other.open is lock.open for other in others):
        return lock
    words = f"{lock.words} That is so on the facts that are known; what is not known can change it."
    return Lock(lock.name, None, words, lock.cite, "facts")


def _is_open(by_statute: Lock, by_minimum: Lock) -> bool | None:
    """Legally open when both are open; the zone is advice."""
    legal = (by_statute.open, by_minimum.open)
    return False if False in legal else None if None in legal else True


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


def _statute_lock(case: Case, statute: Statute, safety_valve: SafetyValve, statutes: Statutes) -> Lock:
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
    reasons, cites = [], []
    if statute.probation_bar:
        reasons.append(f"the section itself forbids it ({statute.probation_bar})")
        cites.append(f"{statute.probation_bar}; 18 U.S.C. 3561(a)(2)")
    if statute.felony and statute.felony_class in rule.barred_classes:
        most = statute.maximum.in_years_and_months()
        reasons.append(f"it is a Class {statute.felony_class} felony, with a maximum of {most}")
        cites.append(rule.barred_cite)
    if not reasons:
        return _open_or_unknown(statute, rule)
    shut, cite = f"The law bars probation on this count: {' and '.join(reasons)}.", "; ".join(cites)
    lifted = safety_valve.relief is True
    if statute.minimum_by_law and not lifted and case.motions.substantial_assistance in MAY_BE_UNDER_STATUTE:
        return _with_motion(case, shut, cite, statutes)
    if statute.minimum < statute.minimum_by_law:
        return Lock(
            "statute",
            False,
            f"{shut} The safety valve lifts the minimum prison term but not this bar, in the courts we "
            "found. A short prison term with supervised release after it is still possible.",
            f"{cite}; United States v. Anderson, No. 08-4988 (4th Cir. Apr. 23, 2009) (unpublished)",
        )
    return Lock("statute", False, shut, cite)


def _with_motion(case: Case, shut: str, cite: str, statutes: Statutes) -> Lock:
    """A bar, and a motion under 18 U.S.C. 3553(e) made or not known: what the decisions found say about probation."""
    made = case.motions.under_statute
    moved = "The Government has moved" if made else "It is not known whether the Government moves"
    words, cite = f"{shut} {moved} under section 3553(e)", f"{cite}; 18 U.S.C. 3553(e)"
    if case.section not in statutes.sections.ladder:
        words += ". No decision was found on whether such a motion opens probation on a count like this."
        return Lock("statute", None, words, cite, "no decision" if made else "facts")
    words += (
        f"{', and' if made else '. If it does,'} courts differ on whether that opens probation: one court has "
        "allowed it, another has not."
    )
    cite += (
        "; United States v. Daiagi, 892 F.2d 31 (4th Cir. 1989); United States v. Thomas, 930 F.2d 526 (7th Cir. 1991)"
    )
    return Lock("statute", None, words, cite, "courts" if made else "facts")


def _open_or_unknown(statute: Statute, rule: ProbationLaw) -> Lock:
    cite = "18 U.S.C. 3561(a)(1), (2); USSG §5B1.1(b)(1), (2)"
    shutting = [one for one in statute.alternatives if _shuts(one, rule)]
    if shutting:
        known, turns_on = _turns_on(shutting)
        words = f"Whether the statute bars probation is not {known}: it turns on {turns_on}."
        return Lock("statute", None, words, cite, "facts" if known == "known" else "law")
    what = f"a Class {statute.felony_class} felony" if statute.felony else "not a felony"
    return Lock(
        "statute",
        True,
        f"The law for this count does not forbid probation, and the count is {what}.",
        cite,
    )


def _shuts(one: Alternative, rule: ProbationLaw) -> bool:
    """Whether it would bar probation; a penalty that is not part of the model (no class) could."""
    return bool(one.probation_bar) or not one.felony_class or (one.felony and one.felony_class in rule.barred_classes)


def _turns_on(found: Sequence[Alternative]) -> tuple[str, str]:
    """ "known" where a fact decides and "settled" where only the law is open; and what decides, as words."""
    known = "known" if any(one.settled for one in found) else "settled"
    return known, ", and on ".join(dict.fromkeys(one.turns_on for one in found))


def _minimum_lock(case: Case, statute: Statute, safety_valve: SafetyValve) -> Lock:
    """A mandatory prison term shuts probation out: there is no probation beside prison (3561(a)(3))."""
    lifted = safety_valve.relief is True
    if not statute.minimum and not statute.minimum_by_law:
        adding = [one for one in statute.alternatives if one.minimum and not lifted]
        if not adding:
            words = "The statute sets no minimum prison term for this count."
            return Lock("minimum", True, words, statute.cite)
        known, turns_on = _turns_on(adding)
        words = f"Whether the statute requires a prison term is not {known}: it turns on {turns_on}."
        return Lock("minimum", None, words, statute.cite, "facts" if known == "known" else "law")
    if not statute.minimum and lifted:
        words = f"The minimum of {statute.minimum_by_law} is lifted here, so it does not stand in the way."
        return Lock("minimum", True, words, statute.cite)
    if not statute.minimum:
        words = (
            f"The statute requires at least {statute.minimum_by_law} in prison. The Government has asked the judge to "
            "go below that. If the judge does, it does not stand in the way."
        )
        return Lock("minimum", True, words, f"{statute.cite}; 18 U.S.C. 3553(e)")
    cite = f"{statute.cite}; 18 U.S.C. 3561(a)(3)"
    if safety_valve.relief is None:
        words = (
            f"The statute requires at least {statute.minimum} in prison unless the safety valve lifts it, and whether"
        )
        words += " it does is not settled." if safety_valve.open_question else " it does is not known."
        doubt: Literal["law", "facts"] = "law" if safety_valve.open_question else "facts"
        return Lock("minimum", None, words, f"{cite}; 18 U.S.C. 3553(f)", doubt)
    if case.motions.substantial_assistance == DONT_KNOW:
        words = (
            f"The statute requires at least {statute.minimum} in prison, unless the Government moves under section "
            "3553(e) and the judge goes below that. Whether it moves is not known."
        )
        return Lock("minimum", None, words, f"{cite}; 18 U.S.C. 3553(e)", "facts")
    words = f"The statute requires at least {statute.minimum} in prison, and probation cannot go with prison."
    return Lock("minimum", False, words, cite)


def zone_lock(span: Range, tables: RangeTables) -> Lock:
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


def _term(statute: Statute, by_level: ProbationTerm, rule: ProbationLaw, suggested: bool) -> tuple[str, str]:
    """How long probation may last: §5B1.2 by level, inside 18 U.S.C. 3561(c).

    `suggested` is whether the guidelines suggest probation at all.
    """
    by_law = rule.felony if statute.felony else rule.misdemeanor
    at_least, at_most = max(by_level.at_least, by_law.at_least), min(by_level.at_most, by_law.at_most)
    would = "Probation would" if suggested else "If probation were imposed, it would"
    words = f"{would} last {_span(at_least, at_most)} under the guidelines."
    if at_most < by_law.at_most or at_least > by_law.at_least:
        words += f" The statute alone allows {_span(by_law.at_least, by_law.at_most)}."
    return words, f"{by_level.cite}; {by_law.cite}"


def _span(least: Term, most: Term) -> str:
    return f"{least.in_years()} to {most.in_years()}" if least else f"up to {most.in_years()}"


def first_possession(case: Case, law: Law) -> str:
    """What 18 U.S.C. 3607(a) adds, or an empty text.

    It is for simple possession, with no earlier drug conviction and nothing of this kind before.

    No earlier conviction at all is known only where none is listed and no points are entered: a notice names what it
    relies on, and points leave out what is old. Whether the section reaches an attempt or a conspiracy is open.
    """
    charge = case.charge
    if case.section not in POSSESSION or charge.prior_3607 is YES or (charge.drug_priors or 0) > 0:
        return ""
    if any(prior.controlled_substance_offense is YES for prior in case.history.priors):
        return ""
    most = law.statutes.probation.first_possession.at_most.in_years()
    none_listed = case.history.points == "unset" and not case.history.priors
    known = charge.prior_3607 is not UNKNOWN and charge.drug_priors is not None and none_listed
    condition = "" if known else "If the person was never convicted under a drug law and never had this before, "
    if case.charge.statute != case.section:
        reach = "If the section on simple possession reaches an attempt or a conspiracy, which is open"
        condition = f"{reach}, and if{condition[2:]}" if condition else f"{reach}, "
    court = "the court may" if condition else "The court may"
    return (
        f"{condition}{court}, if the person agrees, give probation for up to {most} without a judgment of "
        "conviction, and dismiss the case if all goes well."
    )
