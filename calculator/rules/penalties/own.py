"""Sections with a penalty of their own: 21 U.S.C. 843(b), 844(a), 841(b)(4) and 856."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calculator.answer import Statute, StatutoryAmount
from calculator.kinds import DONT_KNOW, UNKNOWN, YES, BadCase
from calculator.law.statutes import OwnRow, Statutes
from calculator.rules.penalties.attempt import prefix_of, say_attempt
from calculator.rules.penalties.consequences import finished
from calculator.rules.penalties.multiplied import HASHISH_CITE
from calculator.rules.penalties.notice import again_field, again_noticed, say_no_notice
from calculator.rules.penalties.readings import Reading, priors_possible
from calculator.rules.penalties.terms import Known, Terms
from calculator.rules.penalties.words import in_sentence, long, span
from calculator.scenario import Case
from calculator.trace import Trace

__all__ = ["by_own"]


def by_own(case: Case, statutes: Statutes, amounts: tuple[StatutoryAmount, ...], known: Known, trace: Trace) -> Statute:
    """The statute of conviction by the row of its own section that the earlier convictions reach."""
    section, charge = case.section, case.charge
    as_section, title, prefix = section, "", prefix_of(case, statutes)
    treated = statutes.sections.treated.get(section)
    if treated is not None:
        shown, as_section = treated
        title = shown.title
        prefix = shown.cite
        _only_marihuana(amounts)
        if any(amount.substance in statutes.amounts.doubts for amount in amounts):
            trace.flagged(
                f"{section} hashish",
                "The paragraph speaks of marijuana. By definition that includes its resin, which hashish is, but"
                " section 841(b)(1)(D) names the two apart. Whether the paragraph reaches hashish is open.",
                f"{shown.cite}; {HASHISH_CITE}",
                field="drugs",
            )
        trace.flagged(
            section,
            "Sharing a small amount of marijuana for no pay is treated as simple possession. No number says"
            " what is small; the judge decides it.",
            shown.cite,
            field="charge.statute",
        )
    base, rows = statutes.sections.own[as_section]
    title = title or base.title
    if charge.tier != DONT_KNOW:
        trace.passed(
            "quantity found",
            "This section has its own penalty, so the paragraphs of section 841(b) do not matter here.",
            base.cite,
            field="charge.tier",
        )
    if charge.death_or_injury_found is YES:
        trace.passed(
            "death or injury",
            "This section has no higher penalty for a death or serious bodily injury.",
            base.cite,
            field="charge.death_or_injury_found",
        )
    say_attempt(case, statutes, trace)
    readings: list[Reading] = []
    if "one_prior" in rows:
        name, minimum_from = _possession(case, statutes, amounts, known.drug, trace)
        for condition, turns_on, fact, other in priors_possible(charge, known, kind="any drug", both=False):
            if other.drug != known.drug:
                count = _by_count(other.drug)
                maximum_from = name if name == "flunitrazepam" else count
                readings.append(Reading(condition, turns_on, fact, _terms(rows, maximum_from, count), ""))
    else:
        name = minimum_from = _repeat(case, statutes, "again" in rows, base.cite, trace)
        if again_noticed(case) is UNKNOWN and "again" in rows:
            readings.append(
                Reading(
                    "an earlier conviction counts",
                    "whether an earlier conviction of the kind the section lists was named in a notice",
                    again_field(case),
                    _terms(rows, "again", "again"),
                    "",
                )
            )
    terms = _terms(rows, name, minimum_from)
    row = rows[name]
    cite = f"{prefix}; {row.cite}" if prefix else row.cite
    trace.applied(
        "penalty", f"The statute provides {span(terms.minimum, terms.maximum)}.", cite, field="charge.statute"
    )
    if terms.minimum:
        trace.applied(
            "844(a) minimum",
            f"The minimum of {long(terms.minimum)} may not be suspended or put off.",
            row.cite,
            field="charge.drug_priors",
        )
    return finished(case, statutes, terms, cite, title, None, "", tuple(readings), trace)


def _terms(rows: Mapping[str, OwnRow], name: str, minimum_from: str) -> Terms:
    """The terms of a row; the minimum and the least fine can be those of another."""
    row, least = rows[name], rows[minimum_from]
    return Terms(
        minimum=least.minimum,
        maximum=row.maximum,
        cite=row.cite,
        fine=row.fine,
        fine_minimum=least.fine_minimum,
        ladder_maximum=row.maximum,
        case=name,
    )


def _only_marihuana(amounts: Sequence[StatutoryAmount]) -> None:
    for amount in amounts:
        if amount.schedule != "marihuana":
            raise BadCase.at(
                "charge.statute",
                f"841(b)(4) is for marijuana only, and the case names {in_sentence(amount.name)}: use 841(a) or 844(a)",
            )


def _by_count(priors: int) -> str:
    return "first" if priors == 0 else "one_prior" if priors == 1 else "two_priors"


def _possession(
    case: Case, statutes: Statutes, amounts: Sequence[StatutoryAmount], priors: int, trace: Trace
) -> tuple[str, str]:
    """844(a): the row that sets the maximum, and the row that sets the minimum and the least fine."""
    charge, notice = case.charge, statutes.ladder.notice_cite
    name = _by_count(priors)
    if charge.notice_851 is YES and charge.drug_priors is None:
        trace.unknown(
            "844(a) priors",
            "A notice was filed, but it is not known how many drug convictions it names. None is counted here.",
            f"21 U.S.C. 844(a); {notice}",
            field="charge.drug_priors",
        )
    elif charge.notice_851 is YES and priors:
        count = "one final drug conviction" if priors == 1 else "two or more final drug convictions"
        trace.applied(
            "844(a) priors",
            f"The notice names {count}. For simple possession any drug conviction counts, also one that was"
            " not a felony.",
            f"21 U.S.C. 844(a); {notice}",
            field="charge.drug_priors",
        )
    elif charge.notice_851 is YES and charge.serious_priors != 0:
        trace.unknown(
            "844(a) priors",
            "The notice names a serious drug or violent felony. A drug conviction among them would raise the penalty"
            " here. Which of them is named is not known, and none is counted.",
            f"21 U.S.C. 844(a); {notice}",
            field="charge.drug_priors",
        )
    elif charge.notice_851 is YES:
        trace.passed(
            "844(a) priors",
            "A notice was filed, but it names no drug conviction.",
            f"21 U.S.C. 844(a); {notice}",
            field="charge.drug_priors",
        )
    else:
        say_no_notice(case, notice, charge.drug_priors != 0 or charge.serious_priors != 0, trace)
    kinds = {amount.substance for amount in amounts}
    if "flunitrazepam" not in kinds:
        return name, name
    trace.applied(
        "844(a) flunitrazepam",
        "Possession of flunitrazepam has a maximum of its own, whatever else the section says about prison.",
        "21 U.S.C. 844(a)",
        field="drugs",
    )
    if priors:
        trace.flagged(
            "844(a) flunitrazepam",
            "The flunitrazepam sentence sets the other prison terms of the section aside, so no minimum is"
            " used for it. The least fine is taken to stay. A lawyer should check both.",
            "21 U.S.C. 844(a)",
            field="charge.drug_priors",
        )
    # The setting aside is for flunitrazepam; with another drug beside it the minimum for priors stays.
    return "flunitrazepam", name


def _repeat(case: Case, statutes: Statutes, has_row: bool, cite: str, trace: Trace) -> str:
    """843(b): the row after a listed earlier conviction, which must be named in a notice too."""
    if not has_row:
        return "first"
    again, both = again_noticed(case), f"{cite}; {statutes.ladder.notice_cite}"
    if again is YES:
        trace.applied(
            "second conviction",
            "A notice names an earlier conviction of the kind this section lists, which doubles the maximum.",
            both,
            field="charge.second_under_section",
        )
        return "again"
    if again is UNKNOWN:
        trace.unknown(
            "second conviction",
            "It is not known whether a notice names an earlier conviction of the kind this section lists. The"
            " higher maximum is left out here.",
            both,
            field=again_field(case),
        )
    elif case.charge.second_under_section is YES:
        trace.passed(
            "second conviction",
            "There is an earlier conviction of the kind this section lists, but no notice named it, so it"
            " does not raise the maximum.",
            both,
            field="charge.notice_851",
        )
    return "first"
