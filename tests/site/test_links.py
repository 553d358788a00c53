"""No dead end inside the site: every internal address of every built page leads to a file, and to an anchor in it."""

from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.site.built import SITE, built_pages

ADDRESSES = {"href", "src", "xlink:href", "poster", "data", "action", "srcset"}
# Attributes that name an id, or several, on the same page. The theme’s own labels name controls made by its script.
NAMED = {"for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "srcset" and value:
                self.links += [each.split()[0] for each in value.split(",")]
            elif name in ADDRESSES and value is not None:
                self.links.append(value)
            elif name in NAMED and value:
                self.links += [f"#{each}" for each in value.split()]
            elif name == "id" and value:
                self.ids.append(value)


@lru_cache(maxsize=200)
def read(page: Path) -> _Reader:
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def dead(page: Path, site: Path = SITE) -> list[str]:
    """The internal addresses of a page that lead nowhere."""
    found = []
    for link in read(page).links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or page.name == "404.html" or link in ("", "."):
            continue
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        target = target / "index.html" if target.is_dir() else target
        # "__…" are controls of the theme, made by its script.
        anchor = "" if parts.fragment.startswith("__") else unquote(parts.fragment)
        is_there = target.is_file() and target.is_relative_to(site)
        if not is_there or (anchor and target.suffix == ".html" and anchor not in read(target).ids):
            found.append(link)
    return found


def test_no_internal_link_is_dead() -> None:
    """Links written in Markdown, in raw HTML and by shortcodes alike."""
    lost = {str(page.relative_to(SITE)): dead(page) for page in built_pages()}

    assert {page: links for page, links in lost.items() if links} == {}


def test_no_id_is_used_twice_on_a_page() -> None:
    """Two places with one name: a link to it would find the first."""
    doubled = {
        str(page.relative_to(SITE)): sorted({name for name in read(page).ids if read(page).ids.count(name) > 1})
        for page in built_pages()
    }

    assert {page: names for page, names in doubled.items() if names} == {}


@pytest.mark.parametrize(
    "html",
    [
        '<a href="nope/">',
        "<A HREF='nope.html'>",
        '<a href="#nope">',
        '<a href="other/#nope">',
        '<a href="other/index.html#nope">',
        '<a href="../outside.html">',
        '<img src="nope.png">',
        '<img srcset="there.png 1x, nope.png 2x">',
        '<svg><use xlink:href="#nope"></use></svg>',
        '<object data="nope.svg"></object>',
        '<video poster="nope.png"></video>',
        '<label for="nope">L</label>',
        '<p aria-describedby="here nope">P</p>',
    ],
)
def test_a_dead_end_is_found(tmp_path: Path, html: str) -> None:
    """A missing file or anchor, on this page or another, in any attribute that leads somewhere, whoever wrote it."""
    site = tmp_path / "site"
    (site / "other").mkdir(parents=True)
    (tmp_path / "outside.html").touch()
    (site / "there.png").touch()
    (site / "other" / "index.html").write_text('<p id="here">There</p>', encoding="utf-8")
    page = site / "index.html"
    page.write_text(f'<p id="here">Here</p>{html}', encoding="utf-8")

    assert len(dead(page, site)) == 1


def test_what_leads_somewhere_is_no_dead_end(tmp_path: Path) -> None:
    """Files, folders, anchors in both, the page itself, and addresses outside."""
    (tmp_path / "other").mkdir()
    (tmp_path / "a b.png").touch()
    (tmp_path / "other" / "index.html").write_text('<p id="there">There</p>', encoding="utf-8")
    page = tmp_path / "index.html"
    links = ["other/", "other/#there", "#here", ".", "", "a%20b.png", "https://example.org/x", "mailto:a@example.org"]
    anchors = "".join(f'<a href="{link}">x</a>' for link in links)
    page.write_text(f'<p id="here">Here</p>{anchors}', encoding="utf-8")

    assert dead(page, tmp_path) == []
