"""The months bar: exact places, no style, and the same facts in a sentence."""

import pytest

from calculator.answer import Range
from calculator.present.svg import bar_words, months_bar
from calculator.units import LIFE, Term
from tests.unit.made_answers import ANSWER, Shape, lifted, made, months, statute


def x_of(bar: str, class_: str) -> float:
    """Where the first element of a class stands, in percent of the width."""
    shape = Shape(bar)
    given = next(given for _, given in shape.elements if class_ in given.get("class", "").split())
    return float(given.get("x", given.get("x1", "")).removesuffix("%"))


def test_places_are_shares_of_the_axis() -> None:
    """63 of 480 months on an axis from 2 % to 98 %: 2 + 96 × 63 / 480 = 14.6; the wall at 60: 2 + 96 × 60 /
    480 = 14.
    """
    bar = months_bar(ANSWER)

    assert x_of(bar, "ps-band") == 14.6
    assert x_of(bar, "ps-wall") == 14.0


def test_an_axis_to_life_is_broken() -> None:
    """Life lies at the far end, past the break; months keep their own scale before it."""
    answer = made(
        range=Range(Term(360), LIFE),
        total=Range(Term(360), LIFE),
        statute=statute(maximum=LIFE, minimum_by_law=Term(120)),
    )
    shape = Shape(months_bar(answer))
    band = next(given for given in shape.named("rect"))

    assert "life" in shape.text
    # The band ends at 98 %, where life is.
    assert float(band["x"].removesuffix("%")) + float(band["width"].removesuffix("%")) == pytest.approx(98)
    assert len([given for given in shape.named("line") if given["class"] == "ps-axis"]) == 4


def test_without_a_minimum_there_is_no_wall() -> None:
    """A minimum that the safety valve lifts is no wall."""
    assert "ps-wall" not in months_bar(made(**lifted()))


def test_the_gun_term_moves_the_wall_and_the_end() -> None:
    """18 U.S.C. 924(c) names no maximum, so the line ends in life. The break stands past 480 months: 480 × 1.1 + 12 =
    540 months at 84 %; the wall at 60 + 60 = 120 months: 2 + 82 × 120 / 540 = 20.22.
    """
    answer = made(total=months(123, 138), statute=statute(consecutive=Term(60)))

    assert x_of(months_bar(answer), "ps-wall") == 20.22
    assert bar_words(answer).startswith("The line runs from 0 to life, because the statute for the gun count names no")
    assert "Wall and band include the term of the gun count." in bar_words(answer)


def test_several_counts_can_reach_beyond_one_maximum() -> None:
    """USSG §5G1.2(d): 292 to 365 on two counts of 240 months each; 2 + 96 × 292 / 480 = 60.4."""
    answer = made(
        range=months(292, 365),
        total=months(292, 365),
        statute=statute(minimum=Term(), minimum_by_law=Term(), maximum=Term(240)),
        maximum_together=Term(480),
    )

    assert x_of(months_bar(answer), "ps-band") == 60.4
    assert bar_words(answer).startswith(
        "The line runs from 0 to the maximum for all the counts together, 480 months (40 years)."
    )


def test_a_range_at_one_place_is_still_seen() -> None:
    """A single term has a band of some width; a range from zero begins at the axis."""
    bar = Shape(months_bar(made(total=months(60, 60), range=months(60, 60))))

    assert float(bar.named("rect")[0]["width"].removesuffix("%")) > 0
    assert x_of(months_bar(made(total=months(0, 6, "A"))), "ps-band") == 2.0


def test_the_bar_is_drawn_without_style_and_hidden_from_screen_readers() -> None:
    """No style attribute or element, no view box to shrink; the sentence beside it is read instead."""
    shape = Shape(months_bar(ANSWER))

    assert "style" not in shape.attribute_names
    assert "viewbox" not in shape.attribute_names
    assert shape.named("svg")[0]["aria-hidden"] == "true"
    assert shape.faults == []


def test_the_sentence_says_what_the_bar_shows() -> None:
    """Maximum, minimum, range and zone, with months and years."""
    assert bar_words(ANSWER) == (
        "The line runs from 0 to the statute’s maximum, 480 months (40 years). The wall at 60 months (5 "
        "years) is the statute’s minimum. The band is the range: 63 to 78 months (5¼ to 6½ years), in Zone "
        "D."
    )
