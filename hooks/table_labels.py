"""Python-Markdown extension: a wide table in a page names each of its cells, as the calculator's own tables do, so that
a phone can set a row's cells below each other instead of scrolling sideways.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

__all__ = ["Labels", "TableLabels", "makeExtension"]

WIDE = 3  # columns: prose in more than two has no room on a phone


class Labels(Treeprocessor):
    """Gives each cell but a row's first the text of its column's head."""

    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            heads = ["".join(head.itertext()).strip() for head in table.iterfind("thead/tr/th")]
            if len(heads) < WIDE:
                continue
            for row in table.iterfind("tbody/tr"):
                for head, cell in list(zip(heads, row, strict=False))[1:]:
                    cell.set("data-label", head)


class TableLabels(Extension):
    """The extension."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        # After inline markup (20), whose text the heads are.
        md.treeprocessors.register(Labels(md), "table_labels", 4)


def makeExtension(**options: Any) -> TableLabels:  # noqa: N802  (Python-Markdown's name)
    """What Python-Markdown calls to get the extension."""
    return TableLabels(**options)
