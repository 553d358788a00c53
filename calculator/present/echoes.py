"""What the form reads back: an amount in the Manual's own measure, and each row as a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from calculator.kinds import BadCase
from calculator.law import Law, NoLawRecorded, law_for
from calculator.present import words
from calculator.present.entries import Form
from calculator.present.labels import LABELS
from calculator.rules.conversion import echo
from calculator.units import Quantity, UnitError

__all__ = ["echoes", "substances"]

_AMOUNTS = ("quantity", "weighed", "near_protected")


def substances() -> tuple[str, ...]:
    """The names offered while a drug is typed: the common ones first."""
    drugs = _law({}).drugs
    common = [drug.label for drug in drugs.common]
    others = sorted(drug.label for drug in drugs.substances.values() if drug.label not in common)
    return (*common, *others)


def echoes(form: Form) -> dict[str, str]:
    """Names in the form and what stands beside them; nothing for what cannot be read yet."""
    law = _law(form.data)
    return {name: text for name, text in _all(form, law) if text}


def _law(data: Mapping[str, Any]) -> Law:
    """The law of the dates given; of the latest recorded days while they are missing or cannot be used."""
    dates = data.get("dates", {})
    try:
        return law_for(
            sentenced_on=date.fromisoformat(dates["sentenced_on"]),
            offense_ended=date.fromisoformat(dates["offense_ended"]),
        )
    except (KeyError, ValueError, NoLawRecorded):
        return law_for(sentenced_on=date.max, offense_ended=date.max)


def _all(form: Form, law: Law) -> Iterator[tuple[str, str]]:
    lists = {
        "drugs": form.data.get("drugs", ()),
        "charge.found": form.data.get("charge", {}).get("found", ()),
    }
    for at, rows in lists.items():
        for row, index in zip(rows, form.rows.get(at, ()), strict=True):
            here = f"{at}.{index}"
            for name in _AMOUNTS:
                quantity = _quantity(row.get(name))
                if quantity is not None:
                    yield f"{here}.{name}", echo(quantity, law.drugs) or ""
            yield here, _drug(row, here, law)
    priors = form.data.get("history", {}).get("priors", ())
    for row, index in zip(priors, form.rows.get("history.priors", ()), strict=True):
        yield f"history.priors.{index}", _prior(row)


def _quantity(text: object) -> Quantity | None:
    try:
        return Quantity.parse(text) if isinstance(text, str) else None
    except UnitError:
        return None


def _drug(row: Mapping[str, Any], here: str, law: Law) -> str:
    """A row as a phrase: "120 g of heroin"."""
    quantity = _quantity(row.get("quantity"))
    if quantity is None or "substance" not in row:
        return ""
    try:
        name = law.drugs.find(row["substance"], here).name
    except BadCase:
        return ""
    return words.drug_row(str(quantity), name, pure=row.get("measured") == "pure")


def _prior(row: Mapping[str, Any]) -> str:
    """A row as a phrase: "18 months, prison or jail, imposed on June 1, 2019"."""
    options = LABELS["Prior.kind"].options or {}
    kind = options.get(row.get("kind", "prison"), "")
    try:
        on = words.day(date.fromisoformat(row["sentenced_on"]))
    except (KeyError, ValueError):
        return ""
    return words.prior_row(row.get("imposed", ""), kind, on)
