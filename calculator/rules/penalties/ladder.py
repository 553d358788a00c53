"""Sections whose penalty follows the drug's paragraph: 21 U.S.C. 841(a), 849, 859, 860, 861 and 960."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from calculator.answer import Statute, StatutoryAmount
from calculator.kinds import DONT_KNOW, NO, UNKNOWN, YES
from calculator.law.statutes import Multiplied, Statutes
from calculator.rules.penalties.amounts import summed
from calculator.rules.penalties.attempt import prefix_of, say_attempt
from calculator.rules.penalties.consequences import finished
from calculator.rules.penalties.doubts import Graver
from calculator.rules.penalties.multiplied import say_multiplied, small_hashish, small_marihuana
from calculator.rules.penalties.notice import again_field, again_noticed, say_priors
from calculator.rules.penalties.readings import Reading, priors_possible
from calculator.rules.penalties.terms import Known, Terms, ladder_terms
from calculator.rules.penalties.tier import tier_of
from calculator.rules.penalties.words import span
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
    tier, cite, graver = tier_of(case, statutes, home, sums, summed(found), trace)
    small = small_marihuana(multiplied, known, found or amounts)
    hashish = small_hashish(statutes, small, found or amounts)
    terms = ladder_terms(statutes, section, home, tier, known, small)
    _say_death(case, statutes, tier, trace)
    say_priors(case, statutes, section, tier, terms, known, trace)
    if multiplied is not None:
        say_multiplied(case, statutes, multiplied, terms, known, small, hashish, trace)
    elif section == "960" and charge.notice_851 is not NO and (charge.drug_priors != 0 or charge.serious_priors != 0):
        trace.flagged(
            "962",
            "For imports and exports another section speaks of twice the term after an earlier drug felony."
            " How it fits beside the ladder of section 960(b) is not computed here.",
            statutes.ladder.second_import_cite,
            field="charge.drug_priors",
        )
    readings = _readings(case, statutes, home, tier, known, small, hashish, graver)
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
    return finished(case, statutes, terms, cite, shown.title, tier, bar, readings, trace)


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


def _readings(
    case: Case,
    statutes: Statutes,
    home: str,
    tier: str,
    known: Known,
    small: bool,
    hashish: bool,
    graver: Sequence[Graver],
) -> tuple[Reading, ...]:
    """What the penalty would be if one thing turned out against the person, one thing at a time."""
    section, multiplied = case.section, statutes.sections.multiplied.get(case.section)

    def terms_of(tier: str, known: Known, small: bool) -> tuple[Terms, str]:
        terms = ladder_terms(statutes, section, home, tier, known, small)
        return terms, _bar(statutes, multiplied, tier, terms, known, home)

    now = terms_of(tier, known, small)
    found = [
        Reading(one.condition, one.turns_on, one.field, *terms_of(one.tier, known, small), one.settled)
        for one in graver
    ]
    for condition, turns_on, field, other in _facts(case, statutes, home, tier, known):
        changed = terms_of(tier, other, small)
        if changed != now:
            found.append(Reading(condition, turns_on, field, *changed))
    if multiplied is not None and again_noticed(case) is UNKNOWN:
        terms, bar = terms_of(tier, dataclasses.replace(known, again=True), small)
        found.append(
            Reading(
                "an earlier conviction under the same section counts",
                "whether there is an earlier conviction under the same section, named in a notice",
                again_field(case),
                terms if multiplied.again is not None else None,
                bar,
            )
        )
    if hashish:
        found.append(
            Reading(
                "the exception for a little marijuana does not reach hashish",
                "whether the exception for a little marijuana reaches hashish",
                "drugs",
                *terms_of(tier, known, False),
                settled=False,
            )
        )
    return tuple(found)


def _facts(case: Case, statutes: Statutes, home: str, tier: str, known: Known) -> Iterator[tuple[str, str, str, Known]]:
    """The facts that raise a penalty and are not known: earlier convictions, and a death."""
    ladder, charge = statutes.ladder, case.charge
    paragraph = ladder.paragraphs[tier]
    both = case.section in ladder.two_priors_sections or (home == "841" and "two_priors" in paragraph.rows)
    yield from priors_possible(charge, known, kind=paragraph.prior, both=both)
    if charge.death_or_injury_found is UNKNOWN:
        yield (
            "death or serious bodily injury is found or admitted",
            "whether death or serious injury was charged and found or admitted",
            "charge.death_or_injury_found",
            dataclasses.replace(known, death=True),
        )


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
