"""Our own prose in a page, as text: what is measured for reading grade and checked for spelling.

Left out: what the law data prints (tables, charts, worked cases), citations, code, headings and quotations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from markdown import Markdown

__all__ = ["Block", "blocks", "page_blocks", "page_html", "pages"]

DOCS = Path(__file__).resolve().parents[1] / "docs"
EXTENSIONS = ("abbr", "admonition", "attr_list", "fenced_code", "footnotes", "md_in_html", "tables", "hooks.shortcodes")
_HOLDERS = {"p", "li", "dd"}
_VOID = {"br", "hr", "img", "input", "wbr", "meta", "link", "source"}
_SKIPPED = {"blockquote", "code", "figure", "form", "pre", "script", "style", "svg", "table", "dt",
            "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
_SKIPPED_CLASSES = {"ps-host", "ps-as-of", "ps-cite", "ps-hint", "ps-sources", "ps-verdict", "ps-worked"}
# A quotation of more than a few words is someone else's prose.
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_FEW_WORDS = 5


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or list item: its text without citations, and the keys it cites (by address)."""

    text: str
    cites: tuple[str, ...]
    whole: str


@dataclass
class _Reader(HTMLParser):
    found: list[Block] = field(default_factory=list)
    _stack: list[tuple[str, bool]] = field(default_factory=list)
    _open: list[tuple[list[str], list[str], list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        if tag == "a" and "ps-cite" in classes and self._open:
            self._open[-1][1].append(given.get("href", ""))
        if tag in _VOID:
            return
        skipped = self._skipping or tag in _SKIPPED or bool(classes & _SKIPPED_CLASSES)
        self._stack.append((tag, skipped))
        if tag in _HOLDERS and not skipped:
            self._open.append(([], [], []))

    def handle_endtag(self, tag: str) -> None:
        while self._stack:
            name, skipped = self._stack.pop()
            if name in _HOLDERS and not skipped and self._open:
                text, cites, whole = self._open.pop()
                self.found.append(Block(_clean(text), tuple(cites), _clean(whole)))
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1][2].append(data)
            if not self._skipping:
                self._open[-1][0].append(data)

    @property
    def _skipping(self) -> bool:
        return bool(self._stack) and self._stack[-1][1]


def _clean(parts: list[str]) -> str:
    return re.sub(r"\s+([.,;:)])", r"\1", " ".join("".join(parts).split()))


def blocks(html: str) -> list[Block]:
    """The paragraphs and list items of rendered prose, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [block for block in reader.found if block.text or block.whole]


def without_quotations(text: str) -> str:
    """The text with longer quotations left out. A full stop inside one still ends our sentence."""
    return _QUOTED.sub(lambda found: found[0] if len(found[0].split()) <= _FEW_WORDS else f" {_stop(found[0])}", text)


def _stop(quotation: str) -> str:
    return quotation[-2] if quotation[-2] in ".?!" else ""


def pages() -> list[Path]:
    """Every page for readers; decision records are not."""
    return [path for path in sorted(DOCS.rglob("*.md")) if "decisions" not in path.parts]


def page_html(path: Path) -> str:
    """A page as the site's Markdown makes it."""
    text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return Markdown(extensions=list(EXTENSIONS)).convert(text)


def page_blocks(path: Path) -> list[Block]:
    """The prose of a page."""
    return blocks(page_html(path))
