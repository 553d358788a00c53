"""Earlier convictions: they count only with a notice under 21 U.S.C. 851."""

from __future__ import annotations

from calculator.kinds import NO, UNKNOWN, YES, Fact
from calculator.law.statutes import Statutes
from calculator.rules.penalties.terms import Known, Terms
from calculator.scenario import Case
from calculator.trace import Trace

__all__ = ["again_field", "again_noticed", "priors_noticed", "say_no_notice", "say_priors"]


def priors_noticed(case: Case) -> tuple[int, int]:
    """Serious and felony drug convictions that count: none without a notice under 21 U.S.C. 851."""
    charge = case.charge
    if charge.notice_851 is not YES:
        return 0, 0
    return charge.serious_priors or 0, charge.drug_priors or 0


def again_noticed(case: Case) -> Fact:
    """Whether an earlier conviction under the same section counts: it, too, needs the notice (851(a)(1))."""
    charge = case.charge
    if charge.second_under_section is NO or charge.notice_851 is NO:
        return NO
    if charge.second_under_section is YES and charge.notice_851 is YES:
        return YES
    return UNKNOWN


def again_field(case: Case) -> str:
    """What to ask where a conviction under the same section may count."""
    unstated = case.charge.second_under_section is UNKNOWN
    return "charge.second_under_section" if unstated else "charge.notice_851"


def say_no_notice(case: Case, cite: str, named: bool, trace: Trace) -> None:
    """That no notice is known; it matters only where the case has a conviction it could have `named`."""
    if case.charge.notice_851 is UNKNOWN and named:
        trace.unknown(
            "851 notice",
            "It is not known whether the Government filed a notice of earlier convictions before the plea or"
            " trial. Without one they do not raise the penalty, and they are left out here.",
            cite,
            field="charge.notice_851",
        )
    else:
        trace.passed(
            "851 notice",
            "Earlier convictions raise the penalty only if the Government filed a notice naming them before"
            " the plea or trial. None is counted here.",
            cite,
            field="charge.notice_851",
        )


def say_priors(
    case: Case, statutes: Statutes, section: str, tier: str, terms: Terms, known: Known, trace: Trace
) -> None:
    """One step on the notice and the earlier convictions it names."""
    charge, ladder = case.charge, statutes.ladder
    kind = ladder.paragraphs[tier].prior
    which = "serious drug felony or serious violent felony" if kind == "serious" else "felony drug offense"
    stated = charge.serious_priors if kind == "serious" else charge.drug_priors
    field = "charge.serious_priors" if kind == "serious" else "charge.drug_priors"
    cite = f"{ladder.notice_cite}; {ladder.prior_cites[kind]}"
    reaches_two = section in ladder.two_priors_sections
    if charge.notice_851 is not YES:
        named = stated != 0 or charge.serious_priors != 0 and (reaches_two or kind == "drug")
        say_no_notice(case, ladder.notice_cite, named, trace)
        return
    if terms.case in ("prior", "prior_death", "two_priors"):
        many = "two or more convictions" if terms.case == "two_priors" else "a conviction"
        used = "serious drug felony or serious violent felony" if terms.case == "two_priors" else which
        trace.applied(
            "851 priors",
            f"The notice names {many} for a {used}, which raises the penalty.",
            f"{ladder.notice_cite}; {ladder.prior_cites['serious' if terms.case == 'two_priors' else kind]}",
            field="charge.serious_priors" if terms.case == "two_priors" else field,
        )
    elif stated is None:
        trace.unknown(
            "851 priors",
            f"A notice was filed, but it is not known whether it names a {which}. No higher penalty is used here.",
            cite,
            field=field,
        )
    elif kind == "drug" and charge.serious_priors != 0:
        _say_serious(case, ladder.prior_cites["drug"], reaches_two, trace)
    else:
        trace.passed(
            "851 priors",
            f"A notice was filed, but it names no {which}, the kind that raises this paragraph.",
            cite,
            field=field,
        )
    if reaches_two and charge.serious_priors is None and kind != "serious":
        trace.unknown(
            "851 priors",
            "It is not known how many serious drug or violent felonies the notice names. With two or more,"
            " this section has a minimum of its own in section 841(b)(1)(A).",
            ladder.two_priors_cite,
            field="charge.serious_priors",
        )
    if terms.case == "two_priors" and tier != ladder.two_priors_paragraph:
        trace.flagged(
            "two serious priors",
            "The minimum for two or more serious priors reaches this section whatever the drug. No maximum is"
            " stated, so it is read as life.",
            ladder.two_priors_cite,
            field="charge.serious_priors",
        )
    elif section == "960" and "two_priors" in ladder.paragraphs[tier].rows and known.serious >= ladder.two_priors:
        trace.passed(
            "two serious priors",
            "Section 960(b)(1) has no further step for two or more serious priors.",
            ladder.paragraphs[tier].cites["960"],
            field="charge.serious_priors",
        )
    if terms.case == "two_priors" or (kind == "serious" and terms.case not in ("base", "death")):
        trace.flagged(
            "who decides",
            ladder.serious_doubt,
            f"{ladder.prior_cites['serious']}; {ladder.notice_cite}",
            field="charge.serious_priors",
        )


def _say_serious(case: Case, cite: str, reaches_two: bool, trace: Trace) -> None:
    """A notice that names, or may name, a serious felony and no felony drug offense, which it usually also is."""
    known = case.charge.serious_priors is not None
    if known or not reaches_two:
        trace.unknown(
            "851 priors",
            f"The notice {'names' if known else 'may name'} a serious drug or violent felony. A serious drug felony is"
            " usually also a felony drug offense, which would raise this paragraph; a violent felony is not. Which of"
            " them is named is not known, and no higher penalty is used here.",
            cite,
            field="charge.drug_priors" if known else "charge.serious_priors",
        )
