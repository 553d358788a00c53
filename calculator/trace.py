"""How an answer is explained: steps in the order of the law, each with its finding, its citation and one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property, lru_cache

from calculator.records import HashedOnce

__all__ = ["Finding", "Ledger", "Stage", "Step", "Stop", "Trace", "step"]


class Finding(StrEnum):
    """What became of a rule. Every step says exactly one of these."""

    APPLIED = "applied"
    NOT_APPLICABLE = "considered, not applicable"
    FLAGGED = "flagged"
    UNKNOWN = "unknown"


class Stage(StrEnum):
    """The part of the calculation a step belongs to, in the order of USSG §1B1.1(a) and after it.

    The past stands before acceptance, because acceptance lowers the level of a career offender (§4B1.1(b), asterisk).
    """

    LAW = "law"
    QUANTITY = "quantity"
    OFFENSE = "offense"
    ADJUSTMENTS = "adjustments"
    HISTORY = "history"
    ACCEPTANCE = "acceptance"
    ZERO_POINTS = "zero points"
    STATUTE = "statute"
    SAFETY_VALVE = "safety valve"
    RANGE = "range"
    OPTIONS = "options"
    PROBATION = "probation"
    SUPERVISION = "supervision"
    MOTIONS = "motions"


@dataclass(frozen=True)
class Step(HashedOnce):
    """One rule met on the way: what it is, what became of it, why, and where it is printed.

    `rule` is the provision ("2D1.1(b)(1)"), `words` one plain sentence, `cite` the citation as printed.
    `levels` is the change in offense level and `total` the level after it, both only where levels are counted.
    `field` names the fact in the case that the step turned on, where there is one.
    """

    rule: str
    stage: Stage
    finding: Finding
    words: str
    cite: str
    levels: int | None = None
    total: int | None = None
    field: str | None = None

    @cached_property
    def json(self) -> str:
        """Its JSON text, the fields in their order."""
        return _encode({name: getattr(self, name) for name in _FIELDS})


_FIELDS = tuple(item.name for item in fields(Step))
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# Most steps are the same in case after case, and a step never changes: made once, it is 8 times faster. So is its text.
step = lru_cache(maxsize=4096)(Step)


class Stop(Exception):  # noqa: N818  (it is an answer, not a fault)
    """The case is outside what is modelled: the reason, the citation and what to ask a lawyer, never a number."""

    def __init__(self, why: str, *, cite: str, ask: str, field: str | None = None) -> None:
        super().__init__(why)
        self.why, self.cite, self.ask, self.field = why, cite, ask, field


@dataclass(slots=True)
class Trace:
    """Steps of one stage, in order."""

    stage: Stage
    steps: list[Step] = field(default_factory=list)

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def applied(self, rule: str, words: str, cite: str, *, field: str | None = None) -> None:
        self.steps.append(step(rule, self.stage, Finding.APPLIED, words, cite, None, None, field))

    def passed(self, rule: str, words: str, cite: str, *, field: str | None = None) -> None:
        """Record a rule that was considered and does not apply."""
        self.steps.append(step(rule, self.stage, Finding.NOT_APPLICABLE, words, cite, None, None, field))

    def flagged(self, rule: str, words: str, cite: str, *, field: str | None = None) -> None:
        """Record what the law leaves open, or what a lawyer must check: it never changes the number in silence."""
        self.steps.append(step(rule, self.stage, Finding.FLAGGED, words, cite, None, None, field))

    def unknown(self, rule: str, words: str, cite: str, *, field: str | None = None) -> None:
        """Record a rule that cannot be settled because a fact is not known. The main line leaves it out."""
        self.steps.append(step(rule, self.stage, Finding.UNKNOWN, words, cite, None, None, field))


@dataclass(slots=True)
class Ledger(Trace):
    """A trace that also counts offense levels."""

    level: int = 0

    def base(self, level: int, rule: str, words: str, cite: str, *, field: str | None = None) -> None:
        """Set the starting level."""
        self._move(level, level, rule, words, cite, field)

    def change(self, levels: int, rule: str, words: str, cite: str, *, field: str | None = None) -> None:
        """Add (or with a negative number take away) levels."""
        self._move(levels, self.level + levels, rule, words, cite, field)

    def floor(self, least: int, rule: str, words: str, cite: str, *, field: str | None = None) -> None:
        """Raise the level to `least` if it is below, and say so; otherwise record nothing."""
        if self.level < least:
            self._move(least - self.level, least, rule, words, cite, field)

    def cap(self, most: int, rule: str, words: str, cite: str, *, field: str | None = None) -> None:
        """Lower the level to `most` if it is above, and say so; otherwise record nothing."""
        if self.level > most:
            self._move(most - self.level, most, rule, words, cite, field)

    def _move(self, levels: int, total: int, rule: str, words: str, cite: str, field: str | None) -> None:
        self.level = total
        self.steps.append(step(rule, self.stage, Finding.APPLIED, words, cite, levels, total, field))
