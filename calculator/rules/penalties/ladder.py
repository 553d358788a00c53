"""Sections whose penalty follows the drug's paragraph: 21 U.S.C. 841(a), 849, 859, 860, 861 and 960."""

from __future__ import annotations

import dataclasses

from calculator.answer import Statute, StatutoryAmount
from calculator.kinds import DONT_KNOW, UNKNOWN, YES
from calculator.law.statutes import Multiplied, Statutes
from calculator.rules.penalties.amounts import summed
from calculator.rules.penalties.attempt import prefix_of, say_attempt
from calculator.rules.penalties.consequences import finished
from calculator.rules.penalties.multiplied import say_multiplied, small_marihuana
from calculator.rules.penalties.notice import again_noticed, say_priors
from calculator.rules.penalties.terms import Known, Terms, ladder_terms
from calculator.rules.penalties.tier import tier_of
from calculator.rules.penalties.words import provision, span
from calculator.scenario import Case
from calculator.trace import Stop, Trace

__all__ = ["by_ladder"]

BURRAGE = "Burrage v. United States, 571 U.S. 204 (2014)"


def by_ladder(
    case: Case,
    statutes: Statutes,
    amounts: tuple[StatutoryAmount, ...],
    found: tuple[StatutoryAmount, ...],
    known: Known,
    trace: Trace,
) -> Statute:
    """The statute of conviction by the paragraph that governs, multiplied where the section says so."""
    section, charge = case.section, case.charge
    multiplied = statutes.sections.multiplied.get(section)
    shown = multiplied.section if multiplied else statutes.sections.ladder[section]
    home = shown.home
    sums = summed(amounts)
    if amounts and not sums:
        raise Stop(
            "The only substance named is a listed chemical. Offenses with listed chemicals have their own "
            "penalties and guideline, which are not part of this calculator.",
            cite="21 U.S.C. 841(c); USSG §2D1.11",
            ask="Is the count really under section 841(c) or 960(d), and what is its maximum?",
            field="drugs",
        )
    if multiplied is not None and known.again and multiplied.again is None:
        raise Stop(
            "A second conviction under this section multiplies the penalty for a repeat offense. Which"
            " penalty that is cannot be read off the text with certainty, so it is not part of this"
            " calculator.",
            cite=f"{multiplied.section.cite}(b)",
            ask="What are the minimum and maximum for a second conviction under this section?",
            field="charge.second_under_section",
        )
    prefix = prefix_of(case, statutes)
    say_attempt(case, statutes, trace)
    tier, cite, alternatives = tier_of(case, statutes, home, sums, summed(found), trace)
    small = small_marihuana(multiplied, known, found or amounts)
    terms = ladder_terms(statutes, section, home, tier, known, small)
    words = []
    for reach in alternatives:
        other = ladder_terms(statutes, section, home, reach.tier, known, small)
        words.append(
            f"If {provision(reach.cite)} is charged and found or admitted: {span(other.minimum, other.maximum)}."
        )
    _say_death(case, statutes, tier, trace)
    say_priors(case, statutes, section, tier, terms, known, trace)
    if multiplied is not None:
        say_multiplied(case, statutes, multiplied, terms, known, small, trace)
    elif section == "960" and charge.notice_851 is YES and charge.drug_priors != 0:
        trace.flagged(
            "962",
            "For imports and exports another section speaks of twice the term after an earlier drug felony."
            " How it fits beside the ladder of section 960(b) is not computed here.",
            statutes.ladder.second_import_cite,
            field="charge.drug_priors",
        )
    words += _other_readings(case, statutes, section, home, tier, known, small)
    bar = _bar(statutes, multiplied, tier, terms, known, home)
    if multiplied is not None:
        times = multiplied.by(known.again)
        cite = f"{times.cite}; {cite}"
    if prefix:
        cite = f"{prefix}; {cite}"
    trace.applied(
        "penalty",
        f"The statute provides {span(terms.minimum, terms.maximum)}.",
        cite,
        field="charge.tier" if charge.tier != DONT_KNOW else "charge.statute",
    )
    return finished(case, statutes, terms, cite, shown.title, tier, bar, tuple(words), trace)


def _say_death(case: Case, statutes: Statutes, tier: str, trace: Trace) -> None:
    fact, paragraph = case.charge.death_or_injury_found, statutes.ladder.paragraphs[tier]
    cite = f"{paragraph.cites['841']}; {BURRAGE}"
    field = "charge.death_or_injury_found"
    if "death" not in paragraph.rows:
        if fact is YES:
            trace.passed(
                "death or injury",
                "This paragraph has no higher penalty for a death or serious bodily injury.",
                paragraph.cites["841"],
                field=field,
            )
        return
    if fact is YES:
        trace.applied(
            "death or injury",
            "It was charged and found or admitted that a death or serious bodily injury resulted from the use"
            " of the drug.",
            cite,
            field=field,
        )
    elif fact is UNKNOWN:
        trace.unknown(
            "death or injury",
            "It is not known whether a death or serious bodily injury was charged and found or admitted. The"
            " higher penalty is left out here.",
            cite,
            field=field,
        )
    elif case.conduct.death_or_serious_injury is YES:
        trace.passed(
            "death or injury",
            "Someone died or was seriously hurt, but it was not charged and found or admitted that the drug"
            " caused it, so the higher penalty does not apply.",
            cite,
            field=field,
        )


def _other_readings(
    case: Case, statutes: Statutes, section: str, home: str, tier: str, known: Known, small: bool
) -> list[str]:
    """What the penalty would be if an unknown fact turned out against the person, one fact at a time."""
    charge = case.charge
    words: list[str] = []
    now = ladder_terms(statutes, section, home, tier, known, small)
    if charge.notice_851 is UNKNOWN:
        with_notice = dataclasses.replace(known, serious=charge.serious_priors or 0, drug=charge.drug_priors or 0)
        other = ladder_terms(statutes, section, home, tier, with_notice, small)
        if other != now:
            words.append(f"If a notice under 21 U.S.C. 851 was filed: {span(other.minimum, other.maximum)}.")
    if charge.death_or_injury_found is UNKNOWN:
        other = ladder_terms(statutes, section, home, tier, dataclasses.replace(known, death=True), small)
        if other != now:
            words.append(
                f"If death or serious bodily injury is found or admitted: {span(other.minimum, other.maximum)}."
            )
    multiplied = statutes.sections.multiplied.get(section)
    if multiplied is not None and multiplied.again is not None and again_noticed(case) is UNKNOWN:
        other = ladder_terms(statutes, section, home, tier, dataclasses.replace(known, again=True), small)
        words.append(f"If an earlier conviction under the same section counts: {span(other.minimum, other.maximum)}.")
    return words


def _bar(statutes: Statutes, multiplied: Multiplied | None, tier: str, terms: Terms, known: Known, home: str) -> str:
    """The paragraph's or section's own bar on probation, as citations."""
    paragraph = statutes.ladder.paragraphs[tier]
    bars = []
    if multiplied is not None and (
        multiplied.bars_probation == "always" or (multiplied.bars_probation == "with its minimum" and terms.minimum)
    ):
        bars.append(multiplied.bar_cite)
    death = known.death and "death" in paragraph.rows
    if paragraph.bars_probation == "always" or (paragraph.bars_probation == "death" and death):
        bars.append(paragraph.cites[home])
    elif terms.case == "two_priors":
        bars.append(statutes.ladder.two_priors_cite)
    return "; ".join(bars)
