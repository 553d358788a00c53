"""Pages of the built site as parts of one document: headings one step lower, ids apart, no link that leads outside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

__all__ = ["PageChanged", "View", "part", "view"]

_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_PERMALINK = re.compile(r'<a class="headerlink"[^>]*>.*?</a>', re.DOTALL)
# What only the site has: where to get this file.
_SITE_ONLY = re.compile(r'<p class="ps-site-only">.*?</p>\n?', re.DOTALL)
_HEADING = re.compile(r"(</?h)([1-5])\b")
_HREF = re.compile(r'\shref="[^"]*"')
_NAMES = ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "list")
_NO_END = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class PageChanged(Exception):
    """A page of the site no longer has what the offline edition takes from it."""


@dataclass(frozen=True, slots=True)
class View:
    """A page of the site inside the file: its path on the site, and the prefix of its ids there."""

    path: str
    prefix: str

    def name(self, fragment: str) -> str:
        """The id in the file of an id on the page; of the page itself without one."""
        return f"{self.prefix}-{fragment}" if fragment else self.prefix


def view(html: str, own: View, others: Mapping[str, View], *, until: str = "", lower: bool = True) -> str:
    """What stands on a built page, for the file. `until` is the id of the first heading that is left out."""
    found = _ARTICLE.search(html)
    if not found:
        raise PageChanged(f"{own.path} has no article")
    text = _SITE_ONLY.sub("", _PERMALINK.sub("", found[1]))
    if until:
        text, heading, _ = text.partition(f'<h2 id="{until}">')
        if not heading:
            raise PageChanged(f"{own.path} has no heading “{until}”")
    if lower:
        text = _HEADING.sub(lambda match: f"{match[1]}{int(match[2]) + 1}", text)
    reader = _Moved(own, others)
    reader.feed(text)
    reader.close()
    return "".join(reader.made).strip()


def part(html: str, id_: str) -> str:
    """The section with this id, without the id."""
    found = re.search(rf'<section class="ps-part" id="{re.escape(id_)}">.*?</section>', html, re.DOTALL)
    if not found:
        raise PageChanged(f"the answer has no part “{id_}”")
    return found[0].replace(f' id="{id_}"', "", 1)


@dataclass
class _Moved(HTMLParser):
    """Writes what it reads, with ids and links of the one document."""

    own: View
    others: Mapping[str, View]
    made: list[str] = field(default_factory=list)
    _ends: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        text = self.get_starttag_text() or ""
        if tag == "a":
            target = self._target(given.get("href") or "")
            self._ends.append("a" if target else "span")
            text = _HREF.sub(f' href="#{escape(target)}"' if target else "", text)
            text = text if target else f"<span{text[2:]}"
        for name in _NAMES:
            if given.get(name):
                names = " ".join(self._moved(each) for each in str(given[name]).split())
                text = re.sub(rf'(\s{name}=)"[^"]*"', rf'\g<1>"{escape(names)}"', text)
        self.made.append(text)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _NO_END:
            self.made.append(f"</{self._ends.pop() if tag == 'a' else tag}>")

    def handle_data(self, data: str) -> None:
        self.made.append(data)

    def handle_entityref(self, name: str) -> None:
        self.made.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.made.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.made.append(f"<!--{data}-->")

    def _moved(self, name: str) -> str:
        return name if name.startswith("ps-") else self.own.name(name)

    def _target(self, href: str) -> str:
        """The id in the file that a link leads to; empty for what is not in the file."""
        address = urlsplit(href)
        if address.scheme or address.netloc:
            return ""
        fragment = unquote(address.fragment)
        if not address.path:
            return self._moved(fragment)
        there = self.others.get(urlsplit(urljoin(f"/{self.own.path}", address.path)).path.lstrip("/"))
        return there.name(fragment) if there else ""
