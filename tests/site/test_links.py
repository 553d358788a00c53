"""No dead end inside the site: every internal address of every built page leads to a file, and to an anchor in it."""

from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.site.built import SITE, built_pages


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.links.append(value)
            if name == "id" and value:
                self.ids.append(value)


@lru_cache(maxsize=200)
def read(page: Path) -> _Reader:
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def dead(page: Path) -> list[str]:
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
        is_there = target.is_file() and target.is_relative_to(SITE)
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
