"""21 U.S.C. 849, 859, 860 and 861: the penalty of the drug's paragraph multiplied, with a minimum of their own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from calculator.answer import StatutoryAmount
from calculator.kinds import NO, UNKNOWN, YES
from calculator.law.statutes import Multiplied, Statutes
from calculator.rules.penalties.notice import again_field, again_noticed
from calculator.rules.penalties.terms import Known, Terms
from calculator.rules.penalties.words import long
from calculator.scenario import Case
from calculator.trace import Trace
from calculator.units import plain

__all__ = ["say_multiplied", "small_hashish", "small_marihuana"]

HASHISH_CITE = "21 U.S.C. 802(16), 841(b)(1)(D)"


def small_marihuana(multiplied: Multiplied | None, known: Known, amounts: Sequence[StatutoryAmount]) -> bool:
    """Whether the offense involved no more marijuana than the section's minimum spares, and nothing else."""
    if multiplied is None or not amounts:
        return False
    times = multiplied.by(known.again)
    if times.small_marihuana is None:
        return False
    total = Decimal(0)
    for amount in amounts:
        if amount.schedule != "marihuana" or amount.mixture_g is None:
            return False
        total += amount.mixture_g
    return total <= times.small_marihuana


def small_hashish(statutes: Statutes, small: bool, amounts: Sequence[StatutoryAmount]) -> bool:
    """Whether that exception was used for hashish: a resin of marihuana, yet 841(b)(1)(D) names it apart."""
    return small and any(amount.substance in statutes.amounts.doubts for amount in amounts)


def say_multiplied(
    case: Case,
    statutes: Statutes,
    multiplied: Multiplied,
    terms: Terms,
    known: Known,
    small: bool,
    hashish: bool,
    trace: Trace,
) -> None:
    """How the section multiplies, what becomes of its own minimum, and what is open about both."""
    times = multiplied.by(known.again)
    number = {2: "twice", 3: "three times"}.get(times.times, f"{times.times} times")
    name = multiplied.section.section
    trace.applied(
        name,
        f"This section allows {number} the prison, the fine and the supervised release of the drug's paragraph.",
        times.cite,
        field="charge.second_under_section" if known.again else "charge.statute",
    )
    if times.minimum:
        if small and times.small_marihuana is not None:
            trace.passed(
                f"{name} minimum",
                f"The section's own minimum does not apply to {plain(times.small_marihuana)} g or less of marijuana.",
                times.cite,
                field="drugs",
            )
            if hashish:
                trace.flagged(
                    f"{name} minimum",
                    "The exception is for marijuana. By definition that includes its resin, which hashish is, but"
                    " section 841(b)(1)(D) names the two apart. Whether the exception reaches hashish is open;"
                    f" without it the minimum is {long(times.minimum)}.",
                    f"{times.cite}; {HASHISH_CITE}",
                    field="drugs",
                )
        elif terms.minimum > times.minimum:
            trace.passed(
                f"{name} minimum",
                f"The section's own minimum of {long(times.minimum)} gives way to the greater minimum of "
                f"{long(terms.minimum)}.",
                times.cite,
                field="charge.statute",
            )
        else:
            trace.applied(
                f"{name} minimum",
                f"The section has a minimum of its own, {long(times.minimum)}.",
                times.cite,
                field="charge.statute",
            )
    elif terms.minimum:
        trace.flagged(
            f"{name} minimum",
            "The section names no minimum. The minimum of the drug's paragraph is taken to stay.",
            times.cite,
            field="charge.statute",
        )
    if terms.case in ("prior", "prior_death"):
        trace.flagged(
            f"{name} with a prior",
            "How the higher maximum for an earlier conviction and this section's multiple go together is open"
            " to argument. Where the text allows, the higher maximum is multiplied here.",
            times.cite,
            field="charge.notice_851",
        )
    again = again_noticed(case)
    if again is UNKNOWN:
        trace.unknown(
            f"{name} second conviction",
            "It is not known whether an earlier conviction under the same section was named in a notice. The"
            " higher multiple is left out here.",
            f"{multiplied.section.cite}; {statutes.ladder.notice_cite}",
            field=again_field(case),
        )
    elif case.charge.second_under_section is YES and again is NO:
        trace.passed(
            f"{name} second conviction",
            "There is an earlier conviction under the same section, but no notice named it, so it does not"
            " raise the penalty.",
            statutes.ladder.notice_cite,
            field="charge.notice_851",
        )
    elif known.again:
        trace.flagged(
            f"{name} third conviction",
            "For a third conviction under this section the penalties of section 841(b)(1)(A) may govern. That"
            " is not computed here.",
            times.cite,
            field="charge.second_under_section",
        )
    if multiplied.further:
        trace.flagged(f"{name} further term", multiplied.further, multiplied.further_cite, field="charge.statute")
