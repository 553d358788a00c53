"""Firearm counts: 18 U.S.C. 924(c)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.law.schema import LawError, Row
from calculator.law.statutes.rows import put
from calculator.units import Term

__all__ = ["Firearm", "Firearms", "firearms_from"]


@dataclass(frozen=True, slots=True)
class Firearm:
    """One kind of 924(c) count: the term that is added, and the one after a final 924(c) conviction."""

    words: str
    minimum: Term
    after_prior: Term
    cite: str


@dataclass(frozen=True, slots=True)
class Firearms:
    """18 U.S.C. 924(c), by the kind of firearm count."""

    kinds: Mapping[str, Firearm]
    prior_cite: str
    consecutive_cite: str
    predicate_cite: str
    life_cite: str


def firearms_from(table: Row) -> Firearms:
    """Read `firearm_924c`."""
    firearms: dict[str, Firearm] = {}
    for row in table.rows("firearm"):
        firearm = Firearm(row.take("words", str), row.term("minimum"), row.term("after_prior"), row.cite())
        if firearm.after_prior < firearm.minimum:
            raise LawError(f"{row.where}: after_prior is less than minimum")
        put(firearms, row.take("count", str), firearm, row)
        row.done()
    parts = {name: table.row(name) for name in ("prior", "consecutive", "predicate", "life")}
    cites = {name: part.cite() for name, part in parts.items()}
    for part in (*parts.values(), table):
        part.done()
    return Firearms(firearms, cites["prior"], cites["consecutive"], cites["predicate"], cites["life"])
