"""MkDocs hook: the feed of what changed, from `docs/changes.toml`, as Atom, and its link in every page's head."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from calculator.present.markup import Markup, escaped, tag
from hooks import sources, typed

__all__ = ["Change", "ChangeError", "atom", "changes"]

FILE = Path(__file__).resolve().parents[1] / "docs" / "changes.toml"
NAME = "feed.xml"
PAGE = "check/what-changed/"
# A name for entries that holds whatever the address of the site is.
_ID = "tag:plain-sentencing.invalid,2026:changes/"


class ChangeError(Exception):
    """The list of changes is not as it must be; the message names the change."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the day it took effect, a title, a few words, and the keys of its sources."""

    date: date
    title: str
    words: str
    cite: tuple[str, ...]

    @property
    def id(self) -> str:
        """A name that stays the same while the words change."""
        return f"{self.date.isoformat()}-{re.sub(r'[^a-z0-9]+', '-', self.title.lower()).strip('-')}"


@lru_cache(maxsize=2)
def changes(file: Path = FILE) -> tuple[Change, ...]:
    """Every change, newest first. Raises `ChangeError` naming the row."""
    found: list[Change] = []
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["change"]:
        where = f"{file.name}, {row.get('title', 'a change without a title')}"
        if row.keys() != {"date", "title", "words", "cite"}:
            raise ChangeError(f"{where}: needs date, title, words and cite, and nothing else")
        if unknown := set(row["cite"]) - sources.sources().keys():
            raise ChangeError(f"{where}: no source {', '.join(sorted(unknown))}")
        if found and row["date"] > found[-1].date:
            raise ChangeError(f"{where}: is newer than the change above it")
        try:
            words = typed.printed(row["words"])
        except typed.TypedFigure as error:
            raise ChangeError(f"{where}: {error}") from None
        found.append(Change(row["date"], row["title"], words, tuple(row["cite"])))
    return tuple(found)


def atom(listed: tuple[Change, ...], site_url: str) -> str:
    """The changes as an Atom feed; addresses are relative where the site's own is not known."""
    base = f"{site_url.rstrip('/')}/" if site_url else ""
    entries = [
        tag(
            "entry",
            tag("id", f"{_ID}{change.id}"),
            tag("title", change.title),
            tag("updated", f"{change.date.isoformat()}T00:00:00Z"),
            Markup(f'<link rel="alternate" href="{escaped(base + PAGE)}"/>'),
            tag("summary", f"{change.words} ({'; '.join(sources.sources()[key].short for key in change.cite)})"),
        )
        for change in listed
    ]
    feed = tag(
        "feed",
        tag("id", _ID),
        tag("title", "Plain Sentencing: what changed"),
        tag("updated", f"{listed[0].date.isoformat()}T00:00:00Z"),
        tag("author", tag("name", "Plain Sentencing")),
        Markup(f'<link rel="self" href="{escaped(base + NAME)}"/>'),
        *entries,
        xmlns="http://www.w3.org/2005/Atom",
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n{feed}\n'


def on_post_page(output: str, /, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Name the feed in the head of a page."""
    to_root = "../" * page.url.count("/") if page.url not in ("", "./") else ""
    link = f'<link rel="alternate" type="application/atom+xml" title="What changed" href="{to_root}{NAME}">'
    return output.replace("</head>", f"{link}</head>", 1)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Write the feed beside the pages."""
    (Path(config.site_dir) / NAME).write_text(atom(changes(), config.site_url or ""), encoding="utf-8")
