"""The kinds of facts, and how one value of each is read.

A yes/no fact is three-valued (`Fact`): "I don't know" is an answer. Reading gives the value or raises `UnitError` with
the rest of a sentence; `reading.py` turns that into a `FieldError` that names the field.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, ClassVar, Self

from calculator.units import Quantity, Term, UnitError

__all__ = [
    "Amount",
    "BadCase",
    "Choice",
    "DONT_KNOW",
    "Day",
    "Fact",
    "FieldError",
    "Group",
    "Kind",
    "Length",
    "NO",
    "Percent",
    "Rows",
    "Several",
    "SubstanceName",
    "SubstanceNames",
    "Text",
    "UNKNOWN",
    "UNSTATED",
    "Whole",
    "YES",
    "YesNo",
    "nearest",
    "shown",
]


class Fact(StrEnum):
    """Yes, no, or not known. `UNSTATED` is only for facts that follow another fact until they are stated."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    UNSTATED = "unstated"

    def __bool__(self) -> bool:
        raise TypeError("a fact is yes, no or unknown: compare it with `is`")


YES, NO, UNKNOWN, UNSTATED = Fact.YES, Fact.NO, Fact.UNKNOWN, Fact.UNSTATED
# Choices use this word for "I don't know", so that a choice, too, is never forced.
DONT_KNOW = "unknown"


@dataclass(frozen=True, slots=True)
class FieldError:
    """What was wrong with one field: its path as in the case ("drugs[0].quantity") and a whole sentence."""

    field: str
    message: str


class BadCase(ValueError):
    """The case cannot be read; `errors` names each field, what was wrong and what is accepted."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("; ".join(f"{error.field}: {error.message}" for error in errors))
        self.errors = tuple(errors)

    @classmethod
    def at(cls, field: str, message: str) -> Self:
        """One fault, at one field."""
        return cls([FieldError(field, message)])


class Kind:
    """How one field is read. `read` returns the value or raises `UnitError` with the rest of a sentence."""

    json: ClassVar[dict[str, Any]] = {}

    def read(self, value: object) -> Any:
        raise NotImplementedError(type(self).__name__)

    def schema(self) -> dict[str, Any]:
        return dict(self.json)


class YesNo(Kind):
    """Yes, no or unknown; true and false are read too."""

    json: ClassVar[dict[str, Any]] = {"enum": [True, False, "yes", "no", "unknown"]}

    def read(self, value: object) -> Fact:
        if value is True or value == "yes":
            return YES
        if value is False or value == "no":
            return NO
        if value == "unknown":
            return UNKNOWN
        raise UnitError(f"{shown(value)} is not an answer here: use yes, no or unknown")


@dataclass(frozen=True)
class Choice(Kind):
    """One of the listed words; where not knowing is possible, `unknown` is one of them."""

    options: tuple[str, ...]

    def read(self, value: object) -> str:
        if isinstance(value, str) and value in self.options:
            return value
        near = nearest(value, self.options)
        raise UnitError(
            f"{shown(value)} is not one of the choices{near}: use {', '.join(self.options[:-1])} or {self.options[-1]}"
        )

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.options)}


@dataclass(frozen=True)
class Several(Kind):
    """Any number of the listed words."""

    options: tuple[str, ...]

    def read(self, value: object) -> tuple[str, ...]:
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, Sequence) or isinstance(value, (bytes, bytearray)):
            raise UnitError(f"{shown(value)} is not a list of choices")
        one = Choice(self.options)
        return tuple(dict.fromkeys(one.read(item) for item in value))

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"enum": list(self.options)}, "uniqueItems": True}


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number from `least` to `most`; with `or_unknown`, also "unknown" (read as None)."""

    least: int
    most: int
    or_unknown: bool = False

    def read(self, value: object) -> int | None:
        if self.or_unknown and value == DONT_KNOW:
            return None
        if isinstance(value, str) and value.strip().isascii() and value.strip().lstrip("-").isdigit():
            value = int(value.strip()) if len(value.strip()) <= 6 else self.most + 1
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            unknown = ", or unknown" if self.or_unknown else ""
            raise UnitError(
                f"{shown(value)} is not accepted: use a whole number from {self.least} to {self.most}{unknown}"
            )
        return value

    def schema(self) -> dict[str, Any]:
        number = {"type": "integer", "minimum": self.least, "maximum": self.most}
        return {"anyOf": [number, {"const": DONT_KNOW}]} if self.or_unknown else number


class Day(Kind):
    """A calendar day, year-month-day."""

    json: ClassVar[dict[str, Any]] = {"type": "string", "format": "date"}

    def read(self, value: object) -> date:
        if isinstance(value, date):
            return value
        try:
            if isinstance(value, str) and len(value) == 10:
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise UnitError(f"{shown(value)} is not a date: write it as year-month-day, such as 2026-03-15")


@dataclass(frozen=True)
class Amount(Kind):
    """A quantity; with `or_none`, also "none", read as zero grams."""

    or_none: bool = False
    json: ClassVar[dict[str, Any]] = {
        "type": "string",
        "examples": ["120 g", "3 lb", "200 pills", "55 plants"],
    }

    def read(self, value: object) -> Quantity:
        if not isinstance(value, str):
            raise UnitError(f"{shown(value)} is not an amount: write a number and a unit, such as 120 g")
        if self.or_none and value.strip().lower() in ("none", "0 g"):
            return Quantity(Decimal(0), "g")
        return Quantity.parse(value)


class Percent(Kind):
    """A purity, more than 0 % and not more than 100 %, or "unknown" (read as None)."""

    json: ClassVar[dict[str, Any]] = {"type": "string", "examples": ["80 %", "unknown"]}

    def read(self, value: object) -> Decimal | None:
        if value == DONT_KNOW:
            return None
        text = str(value).strip().removesuffix("%").strip() if isinstance(value, (str, int, Decimal)) else ""
        try:
            number = (
                Decimal(text) if text.isascii() and len(text) <= 12 and not isinstance(value, bool) else Decimal(-1)
            )
        except InvalidOperation:
            number = Decimal(-1)
        if not number.is_finite() or not 0 < number <= 100:
            raise UnitError(f"{shown(value)} is not a purity: write a percentage above 0 and up to 100, such as 80 %")
        return number


class Length(Kind):
    """A length of time: years, months, days, or life."""

    json: ClassVar[dict[str, Any]] = {
        "type": "string",
        "examples": ["18 months", "1 year and 1 day", "45 days", "life"],
    }

    def read(self, value: object) -> Term:
        if not isinstance(value, str):
            raise UnitError(f"{shown(value)} is not a length of time: write it as 18 months or 45 days")
        return Term.parse(value)


class Text(Kind):
    """A label for the reader's own use; never interpreted."""

    json: ClassVar[dict[str, Any]] = {"type": "string", "maxLength": 120}

    def read(self, value: object) -> str:
        if not isinstance(value, str) or len(value) > 120:
            raise UnitError("is too long: use at most 120 characters")
        return value.strip()


class SubstanceName(Kind):
    """The name of a substance. Whether the law knows it is checked where the law is known (`law.drugs`)."""

    json: ClassVar[dict[str, Any]] = {
        "type": "string",
        "examples": ["heroin", "methamphetamine", "cocaine_base"],
    }

    def read(self, value: object) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > 120:
            raise UnitError("is empty: name the drug, such as heroin or methamphetamine")
        return value.strip()


class SubstanceNames(Kind):
    """A list of names of substances."""

    json: ClassVar[dict[str, Any]] = {"type": "array", "items": {"type": "string"}}

    def read(self, value: object) -> tuple[str, ...]:
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, Sequence):
            raise UnitError(f"{shown(value)} is not a list of drugs")
        return tuple(dict.fromkeys(SubstanceName().read(item) for item in items))


@dataclass(frozen=True)
class Group(Kind):
    """A nested record."""

    record: type[Any]


@dataclass(frozen=True)
class Rows(Kind):
    """A list of records, at most `most`."""

    record: type[Any]
    most: int


def shown(value: object) -> str:
    """A value as it is quoted back to the person, cut short."""
    text = str(value) if isinstance(value, (str, int, float, Decimal)) and not isinstance(value, bool) else repr(value)
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def nearest(value: object, known: Sequence[str]) -> str:
    """' (did you mean “heroin”?)' when one of the known words is close, else an empty text."""
    if isinstance(value, str):
        typed = value.strip().lower()
        begins = [word for word in known if typed and word.startswith(typed)]
        close = begins or difflib.get_close_matches(typed, known, n=1, cutoff=0.7)
        if close:
            return f" (did you mean “{close[0]}”?)"
    return ""
