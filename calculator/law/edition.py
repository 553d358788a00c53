"""Which Guidelines Manual an answer uses, and which newer one it could not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Edition", "NewerManual"]


@dataclass(frozen=True, slots=True)
class NewerManual:
    """A Manual that applies but whose text has not been checked: its day, its notice, and the parts it may change."""

    effective: date
    notice: str
    cite: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """The Guidelines Manual used for an answer. `newer` is set when the answer is only an estimate."""

    title: str
    effective: date
    complete_through: date
    cite: str
    newer: NewerManual | None

    @property
    def estimate(self) -> bool:
        return self.newer is not None
