"""The steps of an answer add up, in the order they are shown: over every case of `tests/cases`."""

from __future__ import annotations

import pytest

from calculator import Answer, solve
from calculator.kinds import BadCase
from calculator.trace import Stage
from tests.support import Example, examples


def answered(example: Example) -> Answer | None:
    """The answer to a case, or None for one that stops or cannot be read."""
    try:
        outcome = solve(example.given)
    except BadCase:
        return None
    return outcome if isinstance(outcome, Answer) else None


CASES = [pytest.param(case, id=f"{case.file}: {case.name}") for case in examples()]


@pytest.mark.parametrize("example", CASES)
def test_each_total_is_the_one_before_it_and_the_levels_of_the_step(example: Example) -> None:
    """§1B1.1(a): one level is carried from the base to the table. A career offender's level stands before acceptance,
    which lowers it (§4B1.1(b), asterisk).
    """
    answer = answered(example)
    if answer is None:
        return
    level: int | None = None
    for step in answer.steps:
        if step.levels is None or step.total is None:
            continue
        assert step.total == (level or 0) + step.levels, step
        level = step.total
    row = next(step.total for step in answer.steps if step.stage is Stage.RANGE and step.total is not None)

    assert level == row
    assert row == min(max(answer.offense_level, 1), 43)


@pytest.mark.parametrize("example", CASES)
def test_the_levels_stand_in_the_order_of_their_stages(example: Example) -> None:
    """What is shown stage by stage, as the worksheet shows it, adds up in that order too."""
    answer = answered(example)
    if answer is None:
        return
    order = list(Stage)
    places = [order.index(step.stage) for step in answer.steps if step.total is not None]

    assert places == sorted(places)
