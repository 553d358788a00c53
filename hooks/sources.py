"""The authorities that pages cite, from `docs/sources.toml`: every address outside the site stands there, once.

A source has a key, what it is called in short and in full, its address, whether it is the official text, and
the day its address was last found to answer, if it ever was checked.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from calculator.present.markup import Markup, joined, tag

__all__ = ["KINDS", "Source", "SourceError", "cite", "listing", "sources"]

FILE = Path(__file__).resolve().parents[1] / "docs" / "sources.toml"
KINDS = {
    "statute": "Statutes",
    "guideline": "Guidelines Manual",
    "rule": "Court rules and regulations",
    "case": "Cases",
    "policy": "Policies, notices and reports",
    "help": "Help and records",
}
STANDINGS = ("official", "secondary")
_KEYS = {"key", "kind", "short", "title", "url", "standing", "last_good", "note"}


class SourceError(Exception):
    """The list of sources is not as it must be, or a page cites what is not in it."""


@dataclass(frozen=True, slots=True)
class Source:
    """One authority: `short` is how a line cites it, `title` says what it is, `note` what to know about our use."""

    key: str
    kind: str
    short: str
    title: str
    url: str
    standing: str
    last_good: date | None
    note: str


@lru_cache(maxsize=2)
def sources(file: Path = FILE) -> Mapping[str, Source]:
    """Every source by its key, in the order of the file. Raises `SourceError` naming the row."""
    found: dict[str, Source] = {}
    for number, row in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["source"], start=1):
        where = f"{file.name}, source {number} ({row.get('key', 'no key')})"
        if unknown := row.keys() - _KEYS:
            raise SourceError(f"{where}: unknown {', '.join(sorted(unknown))}")
        if missing := _KEYS - {"last_good", "note"} - row.keys():
            raise SourceError(f"{where}: {', '.join(sorted(missing))} missing")
        source = Source(**{"last_good": None, "note": "", **row})
        if source.key in found:
            raise SourceError(f"{where}: is there twice")
        if source.kind not in KINDS or source.standing not in STANDINGS:
            raise SourceError(f"{where}: kind is one of {', '.join(KINDS)}; standing one of {', '.join(STANDINGS)}")
        if not source.url.startswith("https://"):
            raise SourceError(f"{where}: {source.url} is not an https address")
        found[source.key] = source
    return found


def cite(key: str, part: str = "") -> Markup:
    """A small linked citation; `part` follows: "(b)(1)(C)" closes up, "n.5" comes after a comma."""
    known = sources()
    if key not in known:
        near = difflib.get_close_matches(key, known, n=4, cutoff=0.6)
        offered = f": near it are {', '.join(near)}" if near else ""
        raise SourceError(f"there is no source “{key}” in docs/sources.toml{offered}")
    source = known[key]
    text = f"{source.short}{'' if part.startswith('(') or not part else ', '}{part}"
    said = "" if source.standing == "official" else " (as others report it)"
    return joined([tag("a", text, class_="ps-cite", href=source.url, title=source.title), said])


def listing() -> Markup:
    """Every source by kind, with its standing and the day its address was last found to answer."""
    made: list[Markup] = []
    for kind, heading in KINDS.items():
        rows = [_row(source) for source in sources().values() if source.kind == kind]
        if rows:
            made += [tag("h3", heading, id=f"sources-{kind}"), tag("ul", *rows, class_="ps-sources")]
    return joined(made)


def _row(source: Source) -> Markup:
    checked = (
        f"address last checked {source.last_good:%B} {source.last_good.day}, {source.last_good.year}"
        if source.last_good
        else "address not checked yet"
    )
    standing = "" if source.standing == "official" else "secondary source; "
    note = f" {source.note}" if source.note else ""
    name = source.short if source.short == source.title else f"{source.short}: {source.title}"
    return tag(
        "li",
        tag("a", name, href=source.url),
        tag("span", f" ({standing}{checked})", class_="ps-hint"),
        note,
        id=source.key,
    )
