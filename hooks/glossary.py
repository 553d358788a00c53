"""The glossary: one file of terms (`docs/glossary.toml`) for the glossary page and for the hover texts.

On a page the first use of a term in running text becomes an `abbr` with its meaning; headings, links, code and
tables of the law are left alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from calculator.present.markup import Markup, joined, tag
from hooks import sources, typed

__all__ = ["GlossaryError", "Hover", "Term", "anchor", "listing", "terms"]

FILE = Path(__file__).resolve().parents[1] / "docs" / "glossary.toml"
_KEYS = {"name", "words", "also", "cite", "part"}
# Where a hover text may stand, and what inside it is left alone.
_HOLDERS = {"p", "li", "dd"}
_LEFT_ALONE = {"a", "code", "abbr", "h1", "h2", "h3", "h4", "table", "pre"}
# Everyday words that would only be in the way.
_NO_HOVER = {"count", "prior", "felony", "felonies", "misdemeanor", "misdemeanors", "information", "distribution",
             "probation", "priors", "cooperation", "advisory", "conspiracy", "restitution", "diversion", "ice",
             "departure", "departures", "marihuana", "pulsifer"}  # fmt: skip


class GlossaryError(Exception):
    """The glossary is not as it must be; the message names the term."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its meaning, its other forms, and where it comes from."""

    name: str
    words: str
    also: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    part: str = ""


@lru_cache(maxsize=2)
def terms(file: Path = FILE) -> tuple[Term, ...]:
    """Every term, in the order of the alphabet. Raises `GlossaryError` naming the term."""
    found: list[Term] = []
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["term"]:
        where = f"{file.name}, {row.get('name', 'a term without a name')}"
        if unknown := row.keys() - _KEYS:
            raise GlossaryError(f"{where}: unknown {', '.join(sorted(unknown))}")
        if missing := {"name", "words"} - row.keys():
            raise GlossaryError(f"{where}: {', '.join(sorted(missing))} missing")
        lists = {key: tuple(row.get(key, ())) for key in ("also", "cite")}
        try:
            meaning = typed.printed(row["words"])
        except typed.TypedFigure as error:
            raise GlossaryError(f"{where}: {error}") from None
        term = Term(row["name"], meaning, part=row.get("part", ""), **lists)
        if unknown := set(term.cite) - sources.sources().keys():
            raise GlossaryError(f"{where}: no source {', '.join(sorted(unknown))}")
        if found and _plain(term.name) <= _plain(found[-1].name):
            raise GlossaryError(f"{where}: stands after {found[-1].name}, out of the order of the alphabet")
        found.append(term)
    return tuple(found)


def _plain(form: str) -> str:
    """A form as it is sorted and looked up: “§851 notice” stands and is found under 851."""
    return form.lower().removeprefix("§")


def _place(name: str) -> str:
    """Where a name stands in the alphabet: signs do not count, numbers come first."""
    return re.sub(r"[^a-z0-9 ]", "", name.lower())


def anchor(name: str) -> str:
    """The id of a term on the glossary page."""
    return "term-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def listing() -> Markup:
    """The whole glossary as a list of terms and meanings."""
    rows: list[Markup] = []
    for term in terms():
        cites = [
            sources.cite(key, term.part if number == 0 and term.part else "") for number, key in enumerate(term.cite)
        ]
        rows.append(tag("dt", term.name, id=anchor(term.name)))
        rows.append(tag("dd", term.words, " ", joined(cites, "; ")))
    return tag("dl", *rows, class_="ps-terms")


@lru_cache(maxsize=1)
def _hovers() -> tuple[re.Pattern[str], Mapping[str, Term]]:
    """A pattern of every form, longest first, and the term of each form in small letters."""
    forms = {
        _plain(form): term
        for term in terms()
        for form in (term.name, *term.also)
        if form.lower() not in _NO_HOVER and re.fullmatch(r"§?[\w -]+", form)
    }
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"§?\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE), forms


class Hover(Treeprocessor):
    """Marks the first use of each term on a page."""

    def run(self, root: Element) -> None:
        seen: set[str] = set()
        for element in list(root.iter()):
            if element.tag in _HOLDERS:
                self._mark(element, seen)

    def _mark(self, element: Element, seen: set[str]) -> None:
        children = list(element)
        pieces = _split(element.text or "", seen)
        if len(pieces) > 1:
            element.text = str(pieces[0])
            for at, made in enumerate(_made(pieces)):
                element.insert(at, made)
        for child in children:
            if child.tag not in _LEFT_ALONE and child.tag not in _HOLDERS and child.tag not in ("ul", "ol", "dl"):
                self._mark(child, seen)
            self._tail(element, child, seen)

    def _tail(self, element: Element, child: Element, seen: set[str]) -> None:
        if not child.tail:
            return
        pieces = _split(child.tail, seen)
        if len(pieces) > 1:
            child.tail = str(pieces[0])
            after = list(element).index(child) + 1
            for at, made in enumerate(_made(pieces)):
                element.insert(after + at, made)


type _Piece = str | tuple[str, Term]


def _split(text: str, seen: set[str]) -> list[_Piece]:
    """Text and marked terms in turn: text, (form, term), text, …"""
    pattern, forms = _hovers()
    pieces: list[_Piece] = []
    last = 0
    for found in pattern.finditer(text):
        term = forms[_plain(found[0])]
        if term.name not in seen:
            seen.add(term.name)
            pieces += [text[last : found.start()], (found[0], term)]
            last = found.end()
    return [*pieces, text[last:]]


def _made(pieces: list[_Piece]) -> list[Element]:
    made = []
    for marked, following in zip(pieces[1::2], pieces[2::2], strict=True):
        assert isinstance(marked, tuple)
        # A stop for the keyboard and a target for a finger: the style shows the meaning of the word in focus.
        abbr = Element("abbr", {"title": marked[1].words, "tabindex": "0"})
        abbr.text, abbr.tail = marked[0], str(following)
        made.append(abbr)
    return made
