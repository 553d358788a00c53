"""Plain Sentencing: federal drug sentences, computed and explained. The front door.

`solve` takes a case as parsed JSON and gives the whole answer; `answer` does the same from text to text, and is what
the command line, the browser and the tests all call. The law comes with it; it needs the standard library alone.
"""

from __future__ import annotations

import json

from calculator.answer import Answer, Outcome, Stopped, to_json
from calculator.compare import settle
from calculator.kinds import BadCase, FieldError
from calculator.law import NoLawRecorded, law_for
from calculator.reading import read_case

__all__ = [
    "Answer",
    "BadCase",
    "FieldError",
    "Outcome",
    "Stopped",
    "__version__",
    "answer",
    "answer_json",
    "solve",
]

__version__ = "0.1.0"


def solve(data: object) -> Outcome:
    """The answer to a case given as parsed JSON (its facts are those of `calculator.scenario`).

    Raises `BadCase` with every fault found, each naming its field: malformed input, facts that contradict each other,
    and dates before the recorded law.
    """
    case = read_case(data)
    try:
        law = law_for(sentenced_on=case.dates.sentenced_on, offense_ended=case.dates.offense_ended)
    except NoLawRecorded as error:
        raise BadCase.at(error.field, str(error)) from error
    return settle(case, law)


def answer_json(outcome: Outcome) -> str:
    """An outcome as JSON text: the keys of `calculator.answer`, in their order."""
    return to_json(outcome)


def answer(text: str) -> str:
    """JSON text of a case in, JSON text of its answer out. Never raises for bad input: the answer is then of kind
    "error" and lists each field with a sentence."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        return _errors([FieldError("case", _not_json(error))])
    try:
        return answer_json(solve(data))
    except BadCase as error:
        return _errors(error.errors)


def _not_json(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    return "is not JSON: it is nested too deeply"


def _errors(errors: tuple[FieldError, ...] | list[FieldError]) -> str:
    listed = [{"field": error.field, "message": error.message} for error in errors]
    return json.dumps({"kind": "error", "errors": listed}, ensure_ascii=False, separators=(",", ":"))
