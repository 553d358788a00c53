"""The built site as files, for the tests that read it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SITE = ROOT / "site"


def built_pages() -> list[Path]:
    """Every page of the site as `make site` leaves it."""
    pages = sorted(SITE.rglob("*.html"))
    if not pages:
        pytest.fail("There is no built site to test: run `make site` first.")
    return pages


def built(source: str) -> Path:
    """The built file of a page of `docs/`."""
    path = SITE / source.removesuffix(".md")
    return (
        SITE / source.removesuffix(".md").replace("index", "index.html")
        if path.name == "index"
        else path / "index.html"
    )
