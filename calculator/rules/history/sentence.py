"""One earlier sentence: its record, its length (USSG §4A1.2(b)) and what is asked of it again and again."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.kinds import NO, UNKNOWN, YES, BadCase, Fact
from calculator.law.history import HistoryTables
from calculator.rules.history.window import Clock, Mark, timed
from calculator.scenario import Prior
from calculator.trace import Trace
from calculator.units import LIFE, Term

__all__ = ["Sentence", "felony_of", "from_youth", "length_of", "less", "mark_of", "violence_of"]


@dataclass(slots=True)
class Sentence:
    """One earlier sentence read alone. `stands`: it can count (True), cannot (False), or not known (None)."""

    index: int
    prior: Prior
    name: str
    where: str
    length: Term
    mark: Mark
    notes: Trace
    stands: bool | None = True
    rule: str = ""
    why: str = ""
    cite: str = ""
    doubtful: bool = False  # counted here, but a fact that is not known could take it away
    violence: Fact = NO  # a crime of violence under §4B1.2(a), so a felony

    @property
    def points(self) -> int:
        """What it would be worth by itself (§4A1.2, comment. (n.3))."""
        return self.mark.points if self.stands else 0

    @property
    def possible(self) -> set[int]:
        """Everything it could be worth by itself, as the facts stand."""
        worth = {self.mark.points, self.mark.might}
        return worth | {0} if self.doubtful or self.stands is None else worth


def length_of(prior: Prior, where: str) -> Term:
    """§4A1.2(b), (k)(1): imprisonment imposed, less what was suspended, with what revocation added.

    Probation has only what was imposed as its condition (n.2). A sentence wholly suspended, a diversion, a
    fine and a conviction that awaits sentence have none of their own.
    """
    part, whole = prior.suspended, prior.imposed
    if prior.kind == "suspended" and part is not None and whole is not None and part < whole:
        raise BadCase.at(
            f"{where}.suspended",
            f"({part}) is only part of the sentence, but its kind says all of it was suspended: "
            "choose prison as the kind, or leave this out",
        )
    length = Term()
    if prior.kind in ("prison", "probation") and prior.imposed is not None:
        length = less(prior.imposed, prior.suspended)
    if prior.revocation is not None and prior.kind != "awaiting_sentence":
        length = length + prior.revocation
    return length


def less(imposed: Term, suspended: Term | None) -> Term:
    """What was imposed, less what was suspended."""
    if suspended is None:
        return imposed
    if imposed.life:
        return Term() if suspended.life else LIFE
    return Term(imposed.months - suspended.months, imposed.days - suspended.days)


def mark_of(prior: Prior, length: Term, young: bool, clock: Clock, law: HistoryTables) -> Mark:
    """One sentence by its length (§4A1.1(a)–(c)) and its time period (§4A1.2(d), (e), (k)(2))."""
    return timed(
        length,
        prior.sentenced_on,
        prior.released_on,
        revoked=prior.revocation is not None,
        young=young,
        juvenile=prior.court == "juvenile",
        pending=prior.kind == "awaiting_sentence",
        clock=clock,
        law=law,
    )


def felony_of(prior: Prior, law: HistoryTables) -> Fact:
    """§4A1.2(o): punishable by more than a year. A longer sentence proves it, whatever it was called."""
    if prior.imposed is not None and prior.imposed > law.felony_exceeds:
        return YES
    return prior.felony


def violence_of(prior: Prior, law: HistoryTables) -> Fact:
    """§4A1.2(p), §4B1.2(a): a crime of violence, which is punishable by more than a year."""
    facts = (prior.violent, felony_of(prior, law))
    return NO if NO in facts else UNKNOWN if UNKNOWN in facts else YES


def from_youth(prior: Prior) -> bool:
    """§4A1.2(d): whether it was for an offense from before age 18, as far as is known."""
    return prior.before_18 is YES or prior.court == "juvenile"
