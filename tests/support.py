"""Reading the cases in `tests/cases/*.toml`, and comparing an answer with what a case expects.

A case is a table `[[case]]` with `name` (a holding), `source` (the official text it is derived from), `given`
(the facts, as `calculator.reading` reads them) and `expect` (what the law says, derived by hand). Only
what `expect` lists is compared; an unknown key is an error. So that a case states no more than it is about,
`given` gets the dates and the charge of `DEFAULTS` where it is silent; `bare = true` leaves it as written.

The keys of `expect` are those of `PLAIN` and `CHECKS` below.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"
DEFAULTS: dict[str, Any] = {
    "dates": {"sentenced_on": "2026-06-01", "offense_began": "2026-01-15", "offense_ended": "2026-01-15"},
    "charge": {"statute": "841(a)", "tier": "C"},
}


@dataclass(frozen=True)
class Example:
    """One case: where it stands, what it holds, its facts and what is expected of the answer."""

    file: str
    name: str
    source: str
    given: dict[str, Any]
    expect: dict[str, Any]

    @property
    def text(self) -> str:
        """The facts as case JSON, the way every door reads them."""
        return json.dumps(self.given, ensure_ascii=False)


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """Every case, in the order of the files. Raises `ValueError` for one not written as it must be."""
    found = [example for path in sorted(CASES.glob("*.toml")) for example in _read(path)]
    names = [example.name for example in found]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"cases with the same name: {sorted(twice)}")
    return tuple(found)


def _read(path: Path) -> Iterator[Example]:
    data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    for number, row in enumerate(data["case"], 1):
        left = set(row) - {"name", "source", "given", "expect", "bare"}
        if left or not row.get("name") or not row.get("source") or not row.get("expect"):
            raise ValueError(f"{path.name}, case {number}: needs name, source, given and expect; has {sorted(row)}")
        unknown = set(row["expect"]) - set(PLAIN) - set(CHECKS)
        if unknown:
            raise ValueError(f"{path.name}, {row['name']}: expect has unknown keys {sorted(unknown)}")
        given = _dates_as_text(row.get("given", {}))
        if not row.get("bare", False):
            given = {**DEFAULTS, **given}
        yield Example(path.name, row["name"], row["source"], given, row["expect"])


def _dates_as_text(value: Any) -> Any:
    """TOML has dates of its own; case JSON writes them as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _dates_as_text(item) for name, item in value.items()}
    return [_dates_as_text(item) for item in value] if isinstance(value, list) else value


def all_cases() -> list[tuple[str, str]]:
    """(name, case JSON text) of every case: what the wheel, the browser and the command line get too."""
    return [(example.name, example.text) for example in examples()]


def form_entries(case: dict[str, Any]) -> Any:
    """The case as the form on the page would send it."""
    from calculator.present.forms import case_to_entries

    return case_to_entries(case)


# --- Comparing ----------------------------------------------------------------------------------------------

# Keys of `expect` that name one value of the answer's JSON.
PLAIN: dict[str, tuple[str, ...]] = {
    "base_level": ("base_level",),
    "offense_level": ("offense_level",),
    "drug_level": ("drug", "level"),
    "drug_method": ("drug", "method"),
    "points": ("history", "points"),
    "category": ("category",),
    "career_offender": ("career_offender",),
    "two_predicates": ("history", "two_predicates"),
    "zone": ("zone",),
    "control": ("control",),
    "minimum": ("statute", "minimum"),
    "minimum_by_law": ("statute", "minimum_by_law"),
    "maximum": ("statute", "maximum"),
    "felony_class": ("statute", "felony_class"),
    "release_minimum": ("statute", "release_minimum"),
    "release_maximum": ("statute", "release_maximum"),
    "assessment": ("statute", "assessment"),
    "fine_maximum": ("statute", "fine_maximum"),
    "fine_minimum": ("statute", "fine_minimum"),
    "consecutive": ("statute", "consecutive"),
    "fine_low": ("supervision", "fine_low"),
    "fine_high": ("supervision", "fine_high"),
    "estimate": ("estimate",),
    "maximum_together": ("maximum_together",),
    "spread_probation": ("spread", "probation"),
    "unknown_facts": ("unknowns",),
}


def actual(outcome: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """The value at a path in an answer's JSON."""
    value: Any = outcome
    for step in path:
        value = value[step]
    return value


def _rules(outcome: Mapping[str, Any], finding: str) -> set[str]:
    return {step["rule"] for step in outcome["steps"] if step["finding"] == finding}


def _has(rules: set[str], wanted: str) -> bool:
    """Whether the rule, or a subdivision of it, is among the rules."""
    return any(rule == wanted or rule.startswith((f"{wanted}(", f"{wanted} ", f"{wanted},")) for rule in rules)


def _steps(finding: str, *, present: bool) -> Callable[[Mapping[str, Any], Any], list[str]]:
    def check(outcome: Mapping[str, Any], expected: Any) -> list[str]:
        rules = _rules(outcome, finding)
        return [
            f"{rule}: expected {'a' if present else 'no'} step found “{finding}”; such steps: {sorted(rules)}"
            for rule in expected
            if _has(rules, rule) is not present
        ]

    return check


def _range(name: str) -> Callable[[Mapping[str, Any], Any], list[str]]:
    def check(outcome: Mapping[str, Any], expected: Any) -> list[str]:
        got = [outcome[name]["low"], outcome[name]["high"]]
        return [] if got == list(expected) else [f"{name}: expected {list(expected)}, actual {got}"]

    return check


def _three(expected: Any) -> bool | None:
    """true, false or "unknown" as an answer writes them."""
    return None if expected == "unknown" else bool(expected)


def _fact(*path: str) -> Callable[[Mapping[str, Any], Any], list[str]]:
    def check(outcome: Mapping[str, Any], expected: Any) -> list[str]:
        got = actual(outcome, path)
        return [] if got is _three(expected) else [f"{'.'.join(path)}: expected {_three(expected)}, actual {got}"]

    return check


def _converted(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    got = outcome["drug"]["converted_g"]
    same = Decimal(str(got)) == Decimal(str(expected).replace(",", ""))
    return [] if same else [f"drug.converted_g: expected {expected}, actual {got}"]


def _locks(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    got = {lock["name"]: lock["open"] for lock in outcome["probation"]["locks"]}
    return [
        f"lock {name}: expected {_three(state)}, actual {got.get(name)}"
        for name, state in expected.items()
        if got.get(name, "missing") is not _three(state)
    ]


def _options(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    got = outcome["options"]
    if [row["kind"] for row in got] != [row["kind"] for row in expected]:
        return [f"options: expected {[row['kind'] for row in expected]}, actual {[row['kind'] for row in got]}"]
    return [
        f"option {want['kind']}: expected {key} {want[key]}, actual {have[key]}"
        for want, have in zip(expected, got, strict=True)
        for key in want
        if have[key] != want[key]
    ]


def _notice(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    return [
        f"notice: expected “{words}” in “{outcome['notice']}”" for words in expected if words not in outcome["notice"]
    ]


def _no_notice(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    return [
        f"notice: “{words}” should not be in “{outcome['notice']}”" for words in expected if words in outcome["notice"]
    ]


def _probation_term(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    got = outcome["probation"]["term_words"]
    return [f"term of probation: expected “{words}” in “{got}”" for words in expected if words not in got]


def _motions_made(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    got = [motion["name"] for motion in outcome["motions"] if motion["made"]]
    return [] if len(got) == expected else [f"motions made: expected {expected}, actual {got}"]


def _kind(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    return [] if outcome["kind"] == "stop" and expected is True else [f"expected a stop, actual {_brief(outcome)}"]


def _stop_field(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    return (
        [] if outcome.get("field") == expected else [f"stop: expected field {expected}, actual {outcome.get('field')}"]
    )


def _error_field(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    got = [error["field"] for error in outcome.get("errors", ())]
    return [] if expected in got else [f"expected an error at {expected}, actual {_brief(outcome)}"]


def _error_says(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    words = " ".join(error["message"] for error in outcome.get("errors", ()))
    return [] if expected in words else [f"expected an error saying “{expected}”, actual {_brief(outcome)}"]


def _spread(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    spread = outcome["spread"]
    if spread is None:
        return ["spread: expected one, actual none"]
    got = {end: [spread[end]["range"]["low"], spread[end]["range"]["high"]] for end in ("lowest", "highest")}
    return [
        f"spread, {end}: expected {list(expected[end])}, actual {got[end]}"
        for end in expected
        if list(expected[end]) != got[end]
    ]


def _prior_points(outcome: Mapping[str, Any], expected: Any) -> list[str]:
    got = [prior["points"] for prior in outcome["history"]["priors"]]
    return [] if got == list(expected) else [f"points of each prior: expected {list(expected)}, actual {got}"]


def _said(outcome: Mapping[str, Any], place: str) -> str:
    """All that an answer says at a place, as one text."""
    if place == "alternatives":
        return " ".join(row["words"] for row in outcome["statute"]["alternatives"])
    if place == "release":
        return str(outcome["supervision"]["release_words"])
    return " ".join(step["words"] for step in outcome["steps"])


def _says(place: str, *, present: bool) -> Callable[[Mapping[str, Any], Any], list[str]]:
    def check(outcome: Mapping[str, Any], expected: Any) -> list[str]:
        said = _said(outcome, place)
        return [
            f"{place}: expected {'' if present else 'no '}“{words}” in “{said}”"
            for words in expected
            if (words in said) is not present
        ]

    return check


def _lock_words(*, present: bool) -> Callable[[Mapping[str, Any], Any], list[str]]:
    def check(outcome: Mapping[str, Any], expected: Any) -> list[str]:
        said = {lock["name"]: lock["words"] for lock in outcome["probation"]["locks"]}
        return [
            f"lock {name}: expected {'' if present else 'no '}“{words}” in “{said[name]}”"
            for name, words in expected.items()
            if (words in said[name]) is not present
        ]

    return check


# Keys of `expect` that need more than one value looked up.
CHECKS: dict[str, Callable[[Mapping[str, Any], Any], list[str]]] = {
    "table_range": _range("table_range"),
    "range": _range("range"),
    "total": _range("total"),
    "converted_g": _converted,
    "prior_points": _prior_points,
    "spread": _spread,
    "safety_valve": _fact("safety_valve", "relief"),
    "criteria": _fact("safety_valve", "criteria"),
    "probation_open": _fact("probation", "open"),
    "locks": _locks,
    "options": _options,
    "applied": _steps("applied", present=True),
    "not_applied": _steps("applied", present=False),
    "flagged": _steps("flagged", present=True),
    "not_flagged": _steps("flagged", present=False),
    "unknown": _steps("unknown", present=True),
    "notice_has": _notice,
    "notice_lacks": _no_notice,
    "probation_term_has": _probation_term,
    "motions_made": _motions_made,
    "alternatives_has": _says("alternatives", present=True),
    "release_has": _says("release", present=True),
    "release_lacks": _says("release", present=False),
    "step_lacks": _says("steps", present=False),
    "lock_says": _lock_words(present=True),
    "lock_lacks": _lock_words(present=False),
    "stop": _kind,
    "stop_field": _stop_field,
    "error_field": _error_field,
    "error_says": _error_says,
}


def _brief(outcome: Mapping[str, Any]) -> str:
    if outcome["kind"] == "answer":
        return f"an answer: level {outcome['offense_level']}, {outcome['range']}"
    return json.dumps(outcome, ensure_ascii=False)


def outcome_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """The answer's JSON, through the door of text to text."""
    import calculator

    result: dict[str, Any] = json.loads(calculator.answer(json.dumps(given, ensure_ascii=False)))
    return result


def differences(outcome: Mapping[str, Any], expect: Mapping[str, Any]) -> list[str]:
    """One line for each expectation that is not met."""
    wanted = {"stop": "stop", "stop_field": "stop", "error_field": "error", "error_says": "error"}
    kinds = {wanted.get(key, "answer") for key in expect}
    if outcome["kind"] not in kinds:
        return [f"expected {' or '.join(sorted(kinds))}, actual {_brief(outcome)}"]
    lines = []
    for key, expected in expect.items():
        if key in PLAIN:
            got = actual(outcome, PLAIN[key])
            if got != expected or isinstance(got, bool) is not isinstance(expected, bool):
                lines.append(f"{key}: expected {expected}, actual {got}")
        else:
            lines.extend(CHECKS[key](outcome, expected))
    return lines
