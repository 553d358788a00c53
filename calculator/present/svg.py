"""The months bar: one line from zero to the statutory maximum, with the range as a band and the minimum as a
wall.

Places are percentages and there is no view box, so the drawing is laid out anew at every width and its text
keeps its size. No style attribute and no style element: the page's policy forbids both; colours come through
classes, and without them the bar is black and grey. The same facts stand as a sentence in `bar_words`.
"""

from __future__ import annotations

from calculator.answer import Answer
from calculator.present import words
from calculator.present.markup import Markup, tag
from calculator.units import Term

__all__ = ["bar_words", "months_bar"]

# Where the axis runs, in percent of the width; the right end beyond a broken axis is life.
_LEFT, _RIGHT, _BREAK = 2, 98, 84
_HEIGHT, _AXIS = 118, 66
_UNDER = _AXIS + 30  # the labels below the axis, clear of the band


def months_bar(answer: Answer) -> Markup:
    """The bar as inline SVG, hidden from screen readers, which read `bar_words` beside it."""
    low, high = answer.total.low, answer.total.high
    maximum = words.longest(answer)
    minimum = _minimum(answer)
    broken = maximum.life or high.life
    most = _most(answer) if broken else max(maximum.months, high.months, 1)
    end = _BREAK if broken else _RIGHT

    def at(term: Term) -> float:
        if term.life:
            return _RIGHT
        exact = _LEFT + (end - _LEFT) * (term.months + term.days / 30) / most
        return round(min(exact, end), 2)

    x1, x2 = at(low), at(high)
    wide = max(x2 - x1, 0.8)
    middle = (x1 + x2) / 2
    parts = [
        _line(_LEFT, end if broken else _RIGHT, "ps-axis"),
        *(_break(end) if broken else ()),
        tag(
            "rect",
            x=f"{x1}%",
            y=_AXIS - 14,
            width=f"{wide}%",
            height=28,
            fill="currentColor",
            fill_opacity="0.3",
            stroke="currentColor",
            class_=f"ps-band ps-band-{(answer.zone or 'none').lower()}",
        ),
        _words(middle, 16, words.bar_range(answer), "ps-bar-months"),
        _words(middle, 35, words.in_years_short(answer.total), "ps-bar-years"),
        _words(_LEFT, _UNDER, "0", "ps-bar-limit"),
        _words(_RIGHT, _UNDER, words.bar_maximum(maximum), "ps-bar-limit"),
    ]
    if minimum:
        x = at(minimum)
        wall = tag(
            "line",
            x1=f"{x}%",
            x2=f"{x}%",
            y1=_AXIS - 24,
            y2=_AXIS + 18,
            stroke="currentColor",
            stroke_width=4,
            class_="ps-wall",
        )
        parts += [wall, _words(x, _UNDER + 17, words.bar_minimum(minimum), "ps-bar-limit")]
    return tag(
        "svg",
        *parts,
        class_="ps-months",
        width="100%",
        height=_HEIGHT,
        aria_hidden="true",
        focusable="false",
    )


def bar_words(answer: Answer) -> str:
    """What the bar shows, in one or two sentences."""
    statute, maximum = answer.statute, words.longest(answer)
    end = f"the statute’s maximum, {words.in_months(maximum)}"
    if statute.consecutive:
        end = "life, because the statute for the gun count names no maximum"
    elif maximum > statute.maximum:
        end = f"the maximum for all the counts together, {words.in_months(maximum)}"
    shown = f"The line runs from 0 to {end}."
    minimum = _minimum(answer)
    wall = f" The wall at {words.in_months(minimum)} is the statute’s minimum." if minimum else ""
    gun = " Wall and band include the term of the gun count." if statute.consecutive else ""
    zone = f", in Zone {answer.zone}" if answer.zone else ""
    return f"{shown}{wall} The band is the range: {words.in_months_and_years(answer.total)}{zone}.{gun}"


def _minimum(answer: Answer) -> Term:
    return words.binding_minimum(answer) + answer.statute.consecutive


def _most(answer: Answer) -> int:
    """The months at the break of an axis that ends in life: past everything that is drawn."""
    ends = (answer.total.low, answer.total.high, _minimum(answer), answer.statute.maximum)
    return max([term.months for term in ends if not term.life] + [1]) * 11 // 10 + 12


def _line(x1: float, x2: float, class_: str) -> Markup:
    return tag(
        "line",
        x1=f"{x1}%",
        x2=f"{x2}%",
        y1=_AXIS,
        y2=_AXIS,
        stroke="currentColor",
        stroke_width=1,
        class_=class_,
    )


def _break(end: float) -> list[Markup]:
    """Two short strokes where the axis is broken, and the rest of it to life."""
    slashes = [
        tag(
            "line",
            x1=f"{x}%",
            x2=f"{x + 1}%",
            y1=_AXIS + 8,
            y2=_AXIS - 8,
            stroke="currentColor",
            class_="ps-axis",
        )
        for x in (end, end + 2)
    ]
    return [*slashes, _line(end + 3, _RIGHT, "ps-axis")]


def _words(x: float, y: int, text: str, class_: str) -> Markup:
    """A label over a place, turned inward near the ends so that it is never cut off."""
    anchor = "start" if x < 22 else "end" if x > 78 else "middle"
    place = max(x, _LEFT) if anchor == "start" else min(x, _RIGHT)
    return tag("text", text, x=f"{place:.2f}%", y=y, text_anchor=anchor, fill="currentColor", class_=class_)
