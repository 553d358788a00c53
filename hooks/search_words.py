"""Plain words by which the search finds a page ("gun", "snitch", "good time"), from `docs/keywords.toml`.

They stand under the page's title where the search reads it, not in the page: `hooks/search.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from calculator.present.markup import tag

__all__ = ["KeywordError", "keywords", "with_words"]

FILE = Path(__file__).resolve().parents[1] / "docs" / "keywords.toml"


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
    added = tag("p", f"Also: {', '.join(words)}.")
    before, title, after = html.partition("</h1>")
    return f"{before}{title}{added}{after}" if title else f"{added}{html}"
