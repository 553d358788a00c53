"""Every case of `tests/cases/*.toml`, through the front door: what the law says against the answer."""

from __future__ import annotations

import pytest

from tests.support import Example, differences, examples, outcome_of


@pytest.mark.parametrize("example", [pytest.param(case, id=f"{case.file}: {case.name}") for case in examples()])
def test_a_case_is_answered_as_the_official_text_says(example: Example) -> None:
    """The answer holds what was derived by hand from the cited text."""
    outcome = outcome_of(example.given)
    wrong = differences(outcome, example.expect)

    report = "\n  ".join(wrong)
    assert wrong == [], f"{example.name}\n  ({example.source})\n  {report}\n  given: {example.text}"


def test_every_topic_has_cases() -> None:
    """No topic file is left empty, and there are more than 150 cases in all."""
    assert len(examples()) > 150
