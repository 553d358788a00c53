"""Tables of criminal history: points, categories, what never counts, career offenders, zero points."""

from __future__ import annotations

from calculator.present import words
from calculator.present.markup import Markup, joined
from calculator.present.tables.grid import Cells, capital, cited, table, text_of
from calculator.present.values import law_now, level_words, value

__all__ = ["career_table", "categories", "excluded_offenses", "points", "zero_point"]


def points() -> Markup:
    """§4A1.1 and the time periods of §4A1.2."""
    history = law_now().history
    rows = [
        (
            text_of("points.three"),
            f"prison of more than {text_of('points.three.over')}",
            f"within {text_of('window.three')}",
            cited(history.three.cite),
        ),
        (
            text_of("points.two"),
            f"at least {text_of('points.two.from')} and not counted above",
            f"within {text_of('window.other')}",
            cited(history.two.cite),
        ),
        (
            text_of("points.one"),
            f"any other counted sentence, at most {text_of('points.one.most')} in all",
            f"within {text_of('window.other')}",
            cited(history.one.cite),
        ),
        (
            text_of("points.violence"),
            "a crime of violence left without points because it counts as one with another, at most "
            f"{text_of('points.violence.most')}",
            "—",
            cited(history.violence.cite),
        ),
        (
            text_of("points.status"),
            "the offense was committed under a criminal justice sentence, and there are "
            f"{text_of('points.status.from')} or more",
            "—",
            cited(history.status.cite),
        ),
    ]
    return table("Points for earlier sentences (federal guidelines)", ("Points", "For", "How old", "Where"), rows)


def categories() -> Markup:
    """The six categories by points."""
    rows = [
        (name, text_of(f"category.{name}"), cited(value(f"category.{name}").cite))
        for name in law_now().ranges.categories
    ]
    return table("Criminal history categories (federal guidelines)", ("Category", "Points", "Where"), rows)


def excluded_offenses() -> Markup:
    """The small offenses that count only sometimes, or never."""
    history = law_now().history
    rows = [
        (
            item.printed,
            "never"
            if item.never
            else f"only with probation of {text_of('excluded.probation')}, at least {text_of('excluded.imprisonment')} "
            "in prison, or if like this offense",
            cited(item.cite),
        )
        for item in history.listed.values()
    ]
    caption = "Small offenses that count sometimes or never (federal guidelines)"
    return table(caption, ("Offense", "Counted", "Where"), rows)


def career_table() -> Markup:
    """§4B1.1(b): the level by the statutory maximum."""
    career = law_now().history.career
    rows: list[Cells] = []
    for row in career.rows:
        years = row.least.in_years()
        least = "life" if row.least.life else f"more than {years}" if row.exceeding else f"{years} or more"
        rows.append((least, str(row.level), cited(row.cite)))
    heads = ("Statutory maximum", "Level", "Where")
    first = table("Career offender levels (federal guidelines)", heads, rows)
    guns = [
        (level_words(levels) if levels else "none", words.span(low, high), cited(cite))
        for levels, (low, high, cite) in career.ranges_924c.items()
    ]
    heads = ("Taken off for acceptance", "Range", "Where")
    return joined([first, table("Career offenders with a 924(c) count (federal guidelines)", heads, guns)])


def zero_point() -> Markup:
    """§4C1.1: what would shut it out; every one must be absent."""
    zero = law_now().history.zero_point
    rows = [(str(number), capital(item.unmet), cited(item.cite)) for number, item in enumerate(zero.criteria, start=1)]
    caption = f"What shuts out the {text_of('zero-point.levels')} for people with no points (federal guidelines)"
    return table(caption, ("Test", "Shut out if", "Where"), rows)
