"""What a case says, as questions and answers: only what is written in it, in its own order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from calculator.present import words
from calculator.present.labels import label_at

__all__ = ["given"]


def given(case_data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each question that the case answers, and its answer in words."""
    for group, facts in case_data.items():
        if isinstance(facts, Mapping):
            yield from _facts(facts, f"{group}.")
        else:
            yield from _rows(facts, group)


def _facts(facts: Mapping[str, Any], at: str) -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        path = f"{at}{name}"
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield from _rows(value, path)
        else:
            yield _asked(path), _said(path, value)


def _rows(rows: Any, at: str) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(rows):
        answers = "; ".join(f"{_asked(f'{at}.{number}.{name}')} {_said(f'{at}.{number}.{name}', value)}"
                            for name, value in row.items())  # fmt: skip
        yield words.ROW.get(at, at), answers


def _asked(path: str) -> str:
    label = label_at(path)
    return label.ask if label else path


def _said(path: str, value: object) -> str:
    """A value in the words of its choice, a day as Americans write it, several with commas."""
    if isinstance(value, list):
        return ", ".join(_said(path, item) for item in value)
    label, text = label_at(path), str(value)
    if label is not None and label.options is not None and text in label.options:
        return label.options[text]
    if isinstance(value, bool):
        return words.YES if value else words.NO
    if text in ("yes", "no"):
        return text
    if text == "unknown":
        return words.DONT_KNOW
    try:
        return words.day(date.fromisoformat(text))
    except ValueError:
        return text
