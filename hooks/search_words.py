"""MkDocs hook: plain words by which the search finds a page ("gun", "snitch", "good time"), from
`docs/keywords.toml`.

The words are put under the page's title while the search index is made, and taken out of the page before it is
written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from calculator.present.markup import tag

__all__ = ["KeywordError", "keywords", "with_words", "without_words"]

FILE = Path(__file__).resolve().parents[1] / "docs" / "keywords.toml"
_CLASS = "ps-search-words"
_ADDED = re.compile(rf'<p class="{_CLASS}">.*?</p>', re.DOTALL)


class KeywordError(Exception):
    """The list of search words names a page that is not there, or a page without words."""


@lru_cache(maxsize=2)
def keywords(file: Path = FILE) -> Mapping[str, tuple[str, ...]]:
    """The words of each page by its path in `docs/`. Raises `KeywordError` for a page that does not exist."""
    found = {page: tuple(words) for page, words in tomllib.loads(file.read_text(encoding="utf-8")).items()}
    if missing := [page for page in found if not (file.parent / page).is_file()]:
        raise KeywordError(f"{file.name}: there is no page {', '.join(missing)}")
    if empty := [page for page, words in found.items() if not words]:
        raise KeywordError(f"{file.name}: no words for {', '.join(empty)}")
    return found


def with_words(html: str, words: tuple[str, ...]) -> str:
    """The page with its words under the title, or at its top where it has none."""
    if not words:
        return html
    added = tag("p", f"Also: {', '.join(words)}.", class_=_CLASS)
    before, title, after = html.partition("</h1>")
    return f"{before}{title}{added}{after}" if title else f"{added}{html}"


def without_words(html: str) -> str:
    """The page as it is shown."""
    return _ADDED.sub("", html)


def on_page_content(html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Add the words; the search plugin reads the content next."""
    return with_words(html, keywords().get(page.file.src_uri, ()))


def on_post_page(output: str, /, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Take them out again."""
    return without_words(output)
