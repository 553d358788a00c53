"""MkDocs hook: what Material's search reads of a page, and that a page fetches the index only when it is wanted.

The theme fetches its index on every page. So the file it fetches holds no entry, and the worker it starts is ours,
`docs/assets/search-worker.js`, which starts the theme's own with the whole index when the reader turns to the search.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.pages import Page

from hooks import search_words

__all__ = ["ThemeChanged", "for_search", "split", "with_own_worker"]

FETCHED = "search/search_index.json"  # the theme's name for it
WHOLE = "search/index.json"
_WORKER = re.compile(r'("search": "[^"]*assets/)javascripts/workers/(search\.[0-9a-f]+\.min\.js")')
# What repeats a table of the law, a form or a drawing; the names in the heads of rows stay.
_WORKED = '<div class="ps-worked"'
_CALCULATOR = "<plain-sentencing"
_ABOUT = re.compile(r'<p class="ps-about">.*?</p>', re.DOTALL)
_DRAWN = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_LAW_TABLE = re.compile(r'<table class="ps-.*?</table>', re.DOTALL)
_CELL = re.compile(r"<td\b.*?</td>", re.DOTALL)


class ThemeChanged(Exception):
    """The theme starts or feeds its search in another way than this expects."""


# --- What is read ---------------------------------------------------------------------------------------------


def for_search(html: str, words: tuple[str, ...] = ()) -> str:
    """The page as the index gets it: with its plain words, without numbers that stand in every case and table."""
    html = _replaced(_replaced(html, _WORKED), _CALCULATOR)
    html = _LAW_TABLE.sub(lambda table: _CELL.sub("", table[0]), _DRAWN.sub("", html))
    return search_words.with_words(html, words)


def _replaced(html: str, opening: str) -> str:
    """Each element that begins like this comes down to what it is about."""
    tags = re.compile(rf"<(/?){opening[1:].partition(' ')[0]}\b[^>]*>")
    kept, at = [], 0
    while (start := html.find(opening, at)) >= 0:
        kept.append(html[at:start])
        depth = 0
        for found in tags.finditer(html, start):
            depth += -1 if found[1] else 1
            at = found.end()
            if not depth:
                break
        kept += _ABOUT.findall(html, start, at)
    return "".join([*kept, html[at:]])


_shown: dict[str, str] = {}


@event_priority(100)
def _before(context: Any, /, *, page: Page, **_: Any) -> None:
    words = search_words.keywords().get(page.file.src_uri, ())
    _shown[page.file.src_uri] = shown = page.content or ""
    page.content = for_search(shown, words)


@event_priority(-100)
def _after(context: Any, /, *, page: Page, **_: Any) -> None:
    page.content = _shown.pop(page.file.src_uri)


on_page_context = CombinedEvent(_before, _after)  # the search plugin reads the page in between


# --- When it is fetched ---------------------------------------------------------------------------------------


def with_own_worker(output: str) -> str:
    """The page with our worker in place of the theme's, whose name is handed on. Raises `ThemeChanged`."""
    changed, count = _WORKER.subn(r"\1search-worker.js?\2", output)
    if count != 1:
        raise ThemeChanged("the page names no search worker: see hooks/search.py")
    return changed


def split(text: str) -> tuple[str, str]:
    """The index as two files: its settings, and the whole of it."""
    index = json.loads(text)
    if set(index) != {"config", "docs"} or not index["docs"]:
        raise ThemeChanged("the search index has other parts than before: see hooks/search.py")
    settings, whole = (json.dumps(part, separators=(",", ":"), ensure_ascii=False) for part in (_emptied(index), index))
    return settings, whole


def _emptied(index: dict[str, Any]) -> dict[str, Any]:
    return {**index, "docs": []}


def on_post_page(output: str, /, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Name our worker."""
    return with_own_worker(output)


def on_post_template(output: str, /, *, template_name: str, config: MkDocsConfig) -> str:
    """The page for what is not there has a search too."""
    return with_own_worker(output) if template_name == "404.html" else output


def on_post_build(*, config: MkDocsConfig) -> None:
    """Put the whole index beside what every page fetches; the search plugin has written it by now."""
    site = Path(config.site_dir)
    settings, whole = split((site / FETCHED).read_text(encoding="utf-8"))
    (site / FETCHED).write_text(settings, encoding="utf-8")
    (site / WHOLE).write_text(whole, encoding="utf-8")
