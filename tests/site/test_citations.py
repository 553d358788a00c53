"""Whoever says a number, “must”, “cannot” or “bars” says where the law says it.

A paragraph or list item of our own prose with one of these needs a citation in it, or in the paragraph before or
after it (a list shares the citation of its introduction). What the calculator prints cites itself.
"""

import re
from functools import lru_cache

import pytest

from hooks import prose, sources

PAGES = {path.relative_to(prose.DOCS).as_posix(): path for path in prose.pages()}
# These say nothing about the law: how the site is made, what to ask, who to call.
NOT_LAW = {
    "calculator.md", "index.md", "check/corrections.md", "check/questions.md", "check/sources.md", "project/method.md",
    "project/privacy.md", "start/without-internet.md",
}  # fmt: skip
FIGURE = r"\b\d[\d,.]*\s*(?:grams?|kilograms?|kg|g|percent|%|months?|years?|days?|levels?|points?|feet|plants?)\b|\$\d"
CLAIM = re.compile(rf"{FIGURE}|\bmust\b|\bcannot\b|\bbars\b", re.IGNORECASE)


@lru_cache(maxsize=100)
def blocks(page: str) -> list[prose.Block]:
    return prose.page_blocks(PAGES[page])


def uncited(page: str) -> list[str]:
    """Claims with no authority in sight."""
    found = []
    listed = blocks(page)
    for number, block in enumerate(listed):
        near = listed[max(0, number - 1) : number + 2]
        if CLAIM.search(prose.without_quotations(block.text)) and not any(item.cites for item in near):
            found.append(block.text)
    return found


@pytest.mark.parametrize("page", sorted(PAGES.keys() - NOT_LAW))
def test_every_claim_has_its_authority(page: str) -> None:
    """Each number and each “must” has a source beside it."""
    assert uncited(page) == []


def test_every_authority_exists() -> None:
    """An address in a page’s citation is one of the list."""
    known = {source.url for source in sources.sources().values()}
    cited = {url for page in PAGES for block in blocks(page) for url in block.cites}

    assert cited <= known


def test_no_page_names_an_outside_address_itself() -> None:
    """Every outside address stands in docs/sources.toml, once, where it is checked."""
    named = {page: re.findall(r"https?://[^\s)>\"]+", path.read_text(encoding="utf-8")) for page, path in PAGES.items()}

    assert {page: urls for page, urls in named.items() if urls} == {}
