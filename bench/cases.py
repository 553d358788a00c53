"""Ten thousand varied cases for the bench, made from `tests/cases` by counting and never by chance.

Each round takes every case that has an answer there and changes something a data set of real cases would vary: weights,
days, earlier sentences, the role, the plea. One round in three leaves the plea and the disclosure as the case has them,
which mostly is not known; in the others they are answered, so a part of the list forks and a part does not.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from typing import Any

from tests.support import examples

__all__ = ["MANY", "varied_cases"]

MANY = 10_000

# Steps that share no factor, so that the rounds do not fall into step with one another.
_FACTORS = ("1.1", "0.35", "2.7", "0.9", "6", "0.05", "1.75", "14", "0.6", "3.3", "0.2", "40", "0.8")
_PARTS = ("none", "minor", "none", "leader", "minimal", "none", "manager")
_LENGTHS = ("45 days", "8 months", "14 months", "60 days", "3 years")
_PLEAS = (("yes", "yes"), ("yes", "no"), ("no", "no"))
_AMOUNT = re.compile(r"([\d,]*\.?\d+) (\D+)")
_COUNTED = ("pills", "doses", "plants", "units", "cigarettes", "pill", "dose", "plant", "unit", "cigarette")


def varied_cases(many: int = MANY) -> Iterator[dict[str, Any]]:
    """So many cases, the first round as the tests have them; the same ones in the same order every time."""
    answered = [example.given for example in examples() if not _has_no_answer(example.expect)]
    return islice((_varied(given, turn, at) for turn in count() for at, given in enumerate(answered)), many)


def _has_no_answer(expect: dict[str, Any]) -> bool:
    return not {"stop", "error_field", "error_says"}.isdisjoint(expect)


def _varied(given: dict[str, Any], turn: int, at: int) -> dict[str, Any]:
    """One case in one turn. The turn alone decides what is answered, the turn and the place what it becomes."""
    case = copy.deepcopy(given)
    if not turn:
        return case
    factor, days = _FACTORS[(turn + at) % len(_FACTORS)], turn * 7 + at % 5
    rows = [*case.get("drugs", ()), *case.get("charge", {}).get("found", ())]
    for row in rows:
        for name in ("quantity", "weighed", "near_protected"):
            if isinstance(row.get(name), str):
                row[name] = _scaled(row[name], factor)
    for name, on in case["dates"].items():
        case["dates"][name] = _later(on, days)
    history = case.get("history", {})
    for number, prior in enumerate(history.get("priors", ())):
        prior["sentenced_on"] = _later(prior["sentenced_on"], -days * (number + 2))
        if isinstance(prior.get("imposed"), str) and "suspended" not in prior:
            prior["imposed"] = _LENGTHS[(turn + number) % len(_LENGTHS)]
    if not history:
        case["history"] = {"priors": _priors(turn, at, case["dates"]["offense_ended"])}
    if "part" not in case.get("role", {}):
        case["role"] = {**case.get("role", {}), "part": _PARTS[(turn + at) % len(_PARTS)]}
    if turn % 3:
        accepted, moved = _PLEAS[(turn + at) % len(_PLEAS)]
        case["plea"] = {**case.get("plea", {}), "acceptance": accepted, "government_moved": moved}
        case["motions"] = {"truthful_disclosure": "no" if at % 4 else "yes", **case.get("motions", {})}
    return case


def _scaled(amount: str, factor: str) -> str:
    """An amount that many times over, in the same unit; things that are counted stay whole."""
    match = _AMOUNT.fullmatch(amount)
    if match is None:
        return amount
    number, unit = float(match[1].replace(",", "")) * float(factor), match[2]
    return f"{max(round(number), 1)} {unit}" if unit in _COUNTED else f"{max(round(number, 3), 0.001):f} {unit}"


def _later(on: object, days: int) -> object:
    """A day so many days later; what is not a day stays as it is."""
    return (date.fromisoformat(on) + timedelta(days)).isoformat() if isinstance(on, str) else on


def _priors(turn: int, at: int, offense_ended: object) -> list[dict[str, Any]]:
    """Up to three earlier sentences, years apart."""
    return [
        {"sentenced_on": _later(offense_ended, -400 * (number + 1) - at % 97 - turn), "imposed": length}
        for number, length in enumerate(islice(_LENGTHS, (turn + at) % 4))
    ]
