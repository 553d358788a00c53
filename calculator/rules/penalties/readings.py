"""What the statute would provide if one thing that is not known, or not settled, went against the person."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from calculator.answer import Alternative
from calculator.kinds import DONT_KNOW, NO, UNKNOWN, YES
from calculator.law.statutes import Statutes
from calculator.rules.penalties.terms import Known, Terms
from calculator.rules.penalties.words import long, span
from calculator.scenario import Case, Charge
from calculator.units import NOTHING, Term

__all__ = ["Reading", "alternatives_of", "lengthened", "priors_possible", "three_strikes_possible"]

NOTICED = "whether an earlier conviction was named in a notice under section 851"


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing answered against the person: "If …" as words, what it turns on, and the terms and the bar it brings.

    Without `terms` the penalty is not part of the model, and `outside` says so.
    """

    condition: str
    turns_on: str
    field: str | None
    terms: Terms | None
    bar: str
    settled: bool = True


def alternatives_of(
    case: Case, statutes: Statutes, terms: Terms, bar: str, readings: tuple[Reading, ...]
) -> tuple[Alternative, ...]:
    """Each reading with its class; and what a false domain name, a firearm count or earlier violence would add."""
    found = [_alternative(case, statutes, one) for one in (*readings, *_false_domain(case, statutes, terms, bar))]
    return (*found, *_firearm_count(case, statutes), *_three_strikes(case, statutes))


def _alternative(case: Case, statutes: Statutes, one: Reading) -> Alternative:
    if one.terms is None:
        words = f"If {one.condition}: a penalty that is not part of this calculator."
        return Alternative(words, one.turns_on, one.field, NOTHING, "", True, one.bar, one.settled)
    maximum = one.terms.maximum
    if case.role.false_domain is YES:
        maximum = lengthened(statutes, maximum)
    kind = statutes.classes.of(maximum)
    words = f"If {one.condition}: {span(one.terms.minimum, maximum)}."
    return Alternative(words, one.turns_on, one.field, one.terms.minimum, kind.name, kind.felony, one.bar, one.settled)


def lengthened(statutes: Statutes, maximum: Term) -> Term:
    """18 U.S.C. 3559(g)(1): a felony maximum doubled or seven years longer, whichever is less."""
    classes = statutes.classes
    if maximum.life or not classes.of(maximum).felony:
        return maximum
    return min(maximum.times(classes.false_domain_times), maximum + classes.false_domain_more)


def _false_domain(case: Case, statutes: Statutes, terms: Terms, bar: str) -> Iterator[Reading]:
    longer = lengthened(statutes, terms.maximum)
    if case.role.false_domain is UNKNOWN and longer != terms.maximum:
        yield Reading(
            "a falsely registered domain name was used",
            "whether a falsely registered internet domain was used",
            "role.false_domain",
            dataclasses.replace(terms, maximum=longer),
            bar,
        )


def _firearm_count(case: Case, statutes: Statutes) -> Iterator[Alternative]:
    """18 U.S.C. 924(c): its term is added to that of the drug count, and it shuts out probation."""
    if case.charge.firearm_count != DONT_KNOW:
        return
    least = min(kind.minimum for kind in statutes.firearms.kinds.values())
    yield Alternative(
        f"If there is a firearm count: at least {long(least)} more, served after the sentence for the drugs.",
        "whether there is a firearm count",
        "charge.firearm_count",
        NOTHING,
        "A",
        True,
        statutes.firearms.consecutive_cite,
    )


def three_strikes_possible(case: Case) -> bool:
    """Whether 18 U.S.C. 3559(c) could reach a firearm count: a notice may name serious convictions."""
    charge = case.charge
    return charge.firearm_count != "none" and charge.notice_851 is not NO and charge.serious_priors != 0


def _three_strikes(case: Case, statutes: Statutes) -> Iterator[Alternative]:
    if not three_strikes_possible(case):
        return
    firearms = statutes.firearms
    yield Alternative(
        "If a notice names two serious violent felonies, or one and a serious drug offense, and there is a firearm"
        " count: life in prison, no less and no more.",
        "whether earlier convictions make life mandatory for the firearm count",
        "charge.serious_priors",
        NOTHING,
        "A",
        True,
        firearms.consecutive_cite,
    )


def priors_possible(charge: Charge, known: Known, *, kind: str, both: bool) -> Iterator[tuple[str, str, str, Known]]:
    """What a notice that is not known, or not known in full, could name: the condition, what it turns on, the fact, and
    the convictions that would then count.

    `kind` is the kind of conviction that raises the paragraph, `both` whether two serious ones raise it as well. A
    serious drug felony is nearly always also a felony drug offense.
    """
    if charge.notice_851 is NO:
        return
    unstated = charge.notice_851 is UNKNOWN
    serious, drug = charge.serious_priors, charge.drug_priors
    maybe_drug = kind != "serious" and (drug is None or (drug == 0 and serious != 0))
    maybe_serious = kind == "serious" and serious is None
    names = _NAMES[kind]
    if unstated or maybe_drug or maybe_serious:
        reading = dataclasses.replace(
            known, serious=1 if serious is None else serious, drug=1 if maybe_drug else drug or 0
        )
        assumed = maybe_drug or maybe_serious
        filed = "a notice under 21 U.S.C. 851 was filed" if unstated else ""
        named = ("it names" if unstated else "the notice names") + f" {names}"
        condition = " and ".join(part for part in (filed, named if assumed else "") if part)
        turns_on = NOTICED if unstated else f"whether the notice names {names}"
        field = "charge.notice_851" if unstated else "charge.serious_priors" if maybe_serious else "charge.drug_priors"
        yield condition, turns_on, field, reading
    if both and serious is None:
        yield (
            "a notice names two or more serious drug or violent felonies",
            "how many serious convictions a notice names",
            "charge.serious_priors",
            dataclasses.replace(known, serious=2, drug=drug or 0),
        )


_NAMES = {
    "serious": "a serious drug or violent felony",
    "drug": "a felony drug offense",
    "any drug": "a drug conviction",
}
