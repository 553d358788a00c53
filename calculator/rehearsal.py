"""An invented case answered again and again, for nobody, while the reader reads.

A browser compiles a program well only after it has run for a while: until then each of the first twenty answers or so
takes several times as long. And each question left open draws its lines for the first time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from calculator.browser import answer
from calculator.present.entries import case_to_entries

__all__ = ["open_questions", "rehearse"]

CASE = {
    "dates": {"sentenced_on": "2026-06-01", "offense_ended": "2026-01-15"},
    "charge": {"statute": "841(a)", "tier": "B"},
    "drugs": [{"substance": "Powder cocaine", "quantity": "600 g"}],
    "plea": {"acceptance": "yes"},
}


def rehearse() -> bool:
    """Answer the case once more, with the next question answered by "I don't know"; False when it was the last."""
    request = next(_requests, None)
    if request is not None:
        answer(request)
    return request is not None


def open_questions() -> Iterator[str]:
    """The form of the case, with one question after the other left open."""
    entries = case_to_entries(CASE)
    for at, (name, text) in enumerate(entries):
        if text == "no":
            yield json.dumps({"form": [*entries[:at], (name, "unknown"), *entries[at + 1 :]]})


_requests = open_questions()
