"""The page's door: JSON text of a filled form in, JSON text of everything the page shows out. It never
raises.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from calculator import BadCase, answer_json, solve
from calculator.answer import Answer, Outcome
from calculator.kinds import FieldError
from calculator.present import html, words
from calculator.present.echoes import echoes
from calculator.present.entries import Form, name_of, read_form
from calculator.present.markup import Markup
from calculator.present.shown import Shown

__all__ = ["answer"]


def answer(request: str, number: int = 0, shows: int = 0) -> str:
    """`{"form": [[name, text], …]}` in. Out: `kind` ("answer", "stop" or "error"), `sentence`, `bar`, `html`,
    `errors` (by their names in the form), `errors_html`, `echoes`, `answer` (what the command line prints for
    the same case) and `case`.

    `number` is the page's for this question, `shows` that of the one whose answer it shows: of what is the same in
    both `html` then gives only the places (`data-same`). Without them it is whole.
    """
    try:
        reply = _reply(request, number, shows)
    except Exception as fault:  # the page must always get a sentence, whatever went wrong
        reply = _error(words.FAULT, [FieldError("case", f"could not be worked out ({type(fault).__name__})")])
    return f"{{{','.join([f'{_encode(name)}:{text}' for name, text in reply.items()])}}}"


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _reply(request: str, number: int, shows: int) -> dict[str, str]:
    """The parts of the reply, each as JSON text."""
    entries = _entries(request)
    if entries is None:
        return _error(words.BAD_REQUEST, [])
    form = read_form(entries)
    echoed = echoes(form)
    try:
        outcome = solve(form.data)
    except BadCase as bad:
        found = [FieldError(name_of(error.field, form.rows), error.message) for error in bad.errors]
        fields = {error.field for error in form.errors}
        return _error("", [*form.errors, *(error for error in found if error.field not in fields)], form, echoed)
    if form.errors:
        return _error("", form.errors, form, echoed)
    shown = Shown(_last.get(shows))
    reply = _answered(outcome, form, echoed, shown)
    if number and isinstance(outcome, Answer):
        _last.clear()
        _last[number] = shown.drawn
    return reply


# The pieces of the last answer, by the number of its question: the page may be showing an earlier one.
_last: dict[int, dict[str, Markup]] = {}


def _entries(request: str) -> list[tuple[str, str]] | None:
    try:
        form = json.loads(request)["form"]
        entries = [(name, text) for name, text in form]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return entries if all(isinstance(part, str) for entry in entries for part in entry) else None


def _answered(outcome: Outcome, form: Form, echoed: Mapping[str, str], shown: Shown) -> dict[str, str]:
    reply: dict[str, Any] = {
        "kind": outcome.kind,
        "sentence": html.sentence(outcome),
        "bar": html.bar(outcome),
        "html": html.result_html(outcome, with_sentence=False, shown=shown),
        "errors": [],
        "errors_html": "",
        "echoes": echoed,
        "answer": None,
        "case": form.data,
    }
    # The answer is text already: it is set in as it is, in its place.
    return {name: _encode(part) for name, part in reply.items()} | {"answer": answer_json(outcome)}


def _error(
    sentence: str, errors: list[FieldError], form: Form | None = None, echoed: Mapping[str, str] | None = None
) -> dict[str, str]:
    reply: dict[str, Any] = {
        "kind": "error",
        "sentence": sentence or words.no_answer_yet(len(errors)),
        "bar": "",
        "html": "",
        "errors": [{"field": error.field, "message": words.this_answer(error.message)} for error in errors],
        "errors_html": html.errors_html(errors),
        "echoes": echoed or {},
        "answer": None,
        "case": form.data if form else {},
    }
    return {name: _encode(part) for name, part in reply.items()}
