"""Exact quantities: amounts of drugs, and terms of imprisonment; and how they and dates are written.

Text is read at the edges and is exact from then on: `Decimal` for amounts, whole months and days for terms.
Nothing here knows law. The Manual's own conversion factors (1 oz = 28.35 gm) are law, and live with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Self

from calculator.records import HashedOnce

__all__ = ["LIFE", "NOTHING", "Quantity", "Term", "UnitError", "day", "plain", "signed"]


class UnitError(ValueError):
    """What was typed is not a quantity or a term; the message is a sentence for the person who typed it."""


def signed(number: int) -> str:
    """A whole number with a true minus where it is below zero ("−4")."""
    return str(number).replace("-", "−")


def plain(number: Decimal) -> str:
    """A number as a person writes it: thousands separated, no needless zeros (1360.80 -> '1,360.8')."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(on: date) -> str:
    """A date as a sentence says it (June 1, 2026), whatever the language of the machine."""
    return f"{_MONTHS[on.month - 1]} {on.day}, {on.year}"


# The words people type, and the one name each unit has here.
_UNITS = {
    "mg": ("mg", "milligram", "milligrams"),
    "g": ("g", "gm", "gms", "gr.", "gram", "grams", "gramme", "grammes"),
    "kg": ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "key", "keys"),
    "oz": ("oz", "ozs", "ounce", "ounces"),
    "lb": ("lb", "lbs", "pound", "pounds"),
    "grain": ("grain", "grains"),
    "ml": ("ml", "milliliter", "milliliters", "cc"),
    "l": ("l", "liter", "liters", "litre", "litres"),
    "qt": ("qt", "quart", "quarts"),
    "gal": ("gal", "gallon", "gallons"),
    "pills": ("pill", "pills", "tablet", "tablets", "capsule", "capsules"),
    "doses": ("dose", "doses", "hit", "hits", "tab", "tabs"),
    "plants": ("plant", "plants"),
    "units": ("unit", "units"),
    "cigarettes": ("cigarette", "cigarettes", "joint", "joints"),
}
_BY_WORD = {word: unit for unit, words in _UNITS.items() for word in words}
_COUNTED = frozenset({"pills", "doses", "plants", "units", "cigarettes"})
_AMOUNT = re.compile(r"(?P<sign>[-+−]?)(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)(?:/(?P<below>\d{1,3}))?")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?|\.\d+")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Quantity(HashedOnce):
    """An amount in the unit it was given in. `unit` is one of the names in `Quantity.units()`."""

    amount: Decimal
    unit: str

    @staticmethod
    def units() -> tuple[str, ...]:
        return tuple(_UNITS)

    @property
    def counted(self) -> bool:
        """True for things that are counted (pills, plants), not weighed or measured."""
        return self.unit in _COUNTED

    @classmethod
    @lru_cache(maxsize=1024)  # the same few are typed again and again, and stand in row after row
    def parse(cls, text: str) -> Self:
        """Read '120 g', '2.5 kg', '1/2 oz', '1,000 doses'. Raises `UnitError` with a sentence."""
        given = " ".join(text.split())
        if not given:
            raise UnitError("is empty: write an amount and a unit, such as 120 g")
        if len(given) > _LONGEST:
            raise UnitError("is too long to be an amount: write a number and a unit, such as 120 g")
        match = _AMOUNT.match(given)
        if match is None or not given.isascii() and match["sign"] != "−":
            raise UnitError(f"“{given}” does not start with a number: write an amount and a unit, such as 120 g")
        if match["sign"] in ("-", "−"):
            raise UnitError(f"“{given}” is below zero: an amount is more than zero")
        if not _GROUPED.fullmatch(match["number"]):
            raise UnitError(
                f"“{match['number']}” can be read in two ways: use a point for decimals (1.5) "
                "and commas only between thousands (1,000)"
            )
        amount = Decimal(match["number"].replace(",", ""))
        if match["below"] is not None:
            amount = _fraction(amount, int(match["below"]), given)
        word = given[match.end() :].strip().lower()
        if not word:
            raise UnitError(f"“{given}” has no unit: add one, such as g, kg, oz, lb, pills, doses or plants")
        unit = _BY_WORD.get(word) or _BY_WORD.get(word.rstrip("."))
        if unit is None:
            raise UnitError(
                f"“{word}” is not a unit used here: use mg, g, kg, oz, lb, ml, l, pills, doses, plants or units"
            )
        if amount <= 0:
            raise UnitError("is zero: an amount is more than zero; leave the row out if there was none")
        quantity = cls(amount, unit)
        if quantity.counted and amount != amount.to_integral_value():
            raise UnitError(f"“{given}” counts {unit}, so it must be a whole number")
        return quantity

    def __str__(self) -> str:
        unit = self.unit[:-1] if self.counted and self.amount == 1 else self.unit
        return f"{plain(self.amount)} {unit}"


def _fraction(above: Decimal, below: int, given: str) -> Decimal:
    """`above`/`below` when it can be written exactly in decimals (halves, quarters, fifths), else an error."""
    rest = below
    for prime in (2, 5):
        while rest and rest % prime == 0:
            rest //= prime
    if rest != 1:
        raise UnitError(f"“{given}” cannot be written exactly: give it in decimals, such as 0.33 oz")
    return above / below


# A month is 487/16 days (365.25 / 12), so terms in days and in months compare exactly, in whole numbers.
_MONTH, _DAY = 487, 16
_PART = re.compile(r"(\d{1,4})\s*(years?|yrs?|y|months?|mos?|m|weeks?|days?|d)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,+]*(?:and)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term(HashedOnce):
    """A term of imprisonment: whole months and days, or life, which is longer than every number of months."""

    months: int = 0
    days: int = 0
    life: bool = False

    @property
    def _key(self) -> tuple[bool, int]:
        return self.life, 0 if self.life else self.months * _MONTH + self.days * _DAY

    def __lt__(self, other: Term) -> bool:
        return self._key < other._key

    def __le__(self, other: Term) -> bool:
        return self._key <= other._key

    def __gt__(self, other: Term) -> bool:
        return self._key > other._key

    def __ge__(self, other: Term) -> bool:
        return self._key >= other._key

    def __bool__(self) -> bool:
        """False only for no imprisonment at all."""
        return self.life or bool(self.months or self.days)

    def __add__(self, other: Term) -> Term:
        if self.life or other.life:
            return LIFE
        return Term(self.months + other.months, self.days + other.days)

    def times(self, count: int) -> Term:
        return LIFE if self.life else Term(self.months * count, self.days * count)

    @classmethod
    @lru_cache(maxsize=1024)
    def parse(cls, text: str) -> Self:
        """Read '18 months', '1 year and 1 day', '45 days', 'life'. Raises `UnitError` with a sentence."""
        given = " ".join(text.split())
        if given.lower() == "life":
            return cls(life=True)
        if not given or len(given) > _LONGEST:
            raise UnitError("is not a length of time: write it as 18 months, 1 year and 1 day, 45 days or life")
        months = days = at = 0
        while at < len(given):
            match = _PART.match(given, at)
            if match is None:
                raise UnitError(
                    f"“{given}” is not a length of time: write it as 18 months, 1 year and 1 day, 45 days or life"
                )
            count, unit = int(match[1]), match[2][0].lower()
            months += count * 12 if unit == "y" else count if unit == "m" else 0
            days += count * 7 if unit == "w" else count if unit == "d" else 0
            between = _BETWEEN.match(given, match.end())
            at = between.end() if between else match.end()
        return cls(months, days)

    def in_years(self) -> str:
        """Whole years in years ('5 years'), and any other term as it is ('15 days', '30 months', 'life')."""
        years, months = divmod(self.months, 12)
        return str(self) if months or self.days or self.life else _counted(years, "year")

    def in_years_and_months(self) -> str:
        """Years as far as they go, then months and days: "1 year and 1 month", "5 years", "60 days"."""
        if self.life or self.months < 12:
            return str(self)
        years, months = divmod(self.months, 12)
        rest = Term(months, self.days)
        return f"{_counted(years, 'year')} and {rest}" if rest else _counted(years, "year")

    def to_json(self) -> int | str:
        """Months as a number, 'life', or a text with days where there are days ('15 days')."""
        return "life" if self.life else str(self) if self.days else self.months

    def __str__(self) -> str:
        if self.life:
            return "life"
        parts = [_counted(self.months, "month")] if self.months or not self.days else []
        parts += [_counted(self.days, "day")] if self.days else []
        return " and ".join(parts)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


NOTHING, LIFE = Term(), Term(life=True)
