"""A table as every page shows it, and the small parts all tables share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from calculator.present.markup import Markup, tag
from calculator.present.values import value

__all__ = ["WIDE", "Cells", "capital", "cited", "fold", "grid", "signed", "table", "text_of"]
type Cells = Sequence[object]

WIDE = 4  # columns: more than a phone can show side by side


def table(caption: str, heads: Sequence[str], rows: Iterable[Cells], class_: str = "") -> Markup:
    """A table whose first column heads its rows, in a box that scrolls by itself and can be reached by key. A wide one
    names each cell, so that a narrow screen can set a row's cells below each other; `ps-under` is for those whose last
    column goes below the others there.
    """
    wide = len(heads) >= WIDE and "ps-under" not in class_
    body = (
        tag(
            "tr",
            tag("th", row[0], scope="row"),
            *(
                tag("td", cell, data_label=head if wide else None)
                for head, cell in zip(heads[1:], row[1:], strict=True)
            ),
        )
        for row in rows
    )
    return grid(caption, tag("tr", *(tag("th", head, scope="col") for head in heads)), body, class_)


def grid(caption: str, head: Markup, body: Iterable[Markup], class_: str = "") -> Markup:
    """The same from rows that are made already."""
    made = tag(
        "table",
        tag("caption", caption),
        tag("thead", head),
        tag("tbody", *body),
        class_=f"ps-table {class_}".strip(),
    )
    return tag("div", made, class_="ps-scroll", role="region", tabindex="0", aria_label=caption)


def cited(text: str) -> Markup:
    """A citation, small."""
    return tag("span", text, class_="ps-cite")


def fold(title: str, *content: object) -> Markup:
    """A part that is folded under its title."""
    return tag("details", tag("summary", title), *content, class_="ps-fold")


def text_of(name: str) -> str:
    """The text of a value, for a cell."""
    return value(name).text


def signed(levels: int) -> str:
    """A change of level with its sign: “+2”, “−3”."""
    return f"+{levels}" if levels > 0 else f"−{-levels}"


def capital(text: str) -> str:
    """A text that begins its cell."""
    return f"{text[0].upper()}{text[1:]}"
