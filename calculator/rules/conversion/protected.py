"""The drugs that directly involved a protected place or person: USSG §2D1.2(a)(1)."""

from __future__ import annotations

import dataclasses

from calculator.kinds import BadCase
from calculator.scenario import Drug
from calculator.units import Quantity

__all__ = ["near"]


def near(drugs: tuple[Drug, ...], where: str = "drugs") -> tuple[Drug, ...]:
    """The drugs that directly involved the protected place or person (§2D1.2(a)(1)), to be weighed as usual.

    A row without `near_protected` is near with all of it; one whose `near_protected` is zero is left out. A
    weight given beside a count is shared out in proportion. Raises `BadCase` when nothing at all was near.
    """
    if all(drug.near_protected is None for drug in drugs):
        return drugs
    kept = []
    for drug in drugs:
        part = drug.near_protected
        if part is None:
            kept.append(drug)
        elif part.amount:
            weighed = drug.weighed
            if weighed is not None:
                # Rounded only in the 28th digit, where no threshold lies.
                same = part.unit == drug.quantity.unit
                share = weighed.amount * part.amount / drug.quantity.amount
                weighed = Quantity(share, weighed.unit) if same else None
            kept.append(dataclasses.replace(drug, quantity=part, weighed=weighed, near_protected=None))
    if drugs and not kept:
        message = "says that none of the drugs involved the protected place or person: at least one must have"
        raise BadCase.at(f"{where}[0].near_protected", message)
    return tuple(kept)
