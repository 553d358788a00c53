"""The built site, read as files: the policy on every page, and nothing from elsewhere."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard

from hooks import policy

SITE = Path(__file__).resolve().parents[2] / "site"
RUNTIME = SITE / "assets" / "runtime"
# the offline edition has a stricter policy of its own: see `tests/browser/test_offline_file.py`
PAGES = sorted(path for path in SITE.rglob("*.html") if path.parent.name != "offline")

pytestmark = pytest.mark.usefixtures("built")


@pytest.fixture
def built() -> None:
    """The site as `make site` leaves it."""
    if not PAGES:
        pytest.fail("There is no built site to test: run `make site` first.")


def test_every_page_has_its_policy() -> None:
    """Each page carries the policy for its own inline scripts, ahead of any script."""
    for page in PAGES:
        html = page.read_text(encoding="utf-8")
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy.policy(html)}">'
        assert html.count(meta) == 1, page
        assert html.index(meta) < html.index("<script"), page


def test_no_page_relies_on_what_the_policy_blocks() -> None:
    """No page has a style attribute or an inline event handler."""
    blocked = {str(page): policy.blocked(page.read_text(encoding="utf-8")) for page in PAGES}

    assert {page: found for page, found in blocked.items() if found} == {}


def test_no_page_loads_from_elsewhere() -> None:
    """Everything a page embeds is named relative to the page, so that it also works below a path."""
    embeds = re.compile(r'<(?:script|img|iframe|source|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="([^"]+)"')
    absolute = re.compile(r"^([a-z]+:|//|/)", re.IGNORECASE)
    for page in PAGES:
        if page.name == "404.html":  # shown at any depth, so it has to name its files from the root
            continue
        found = embeds.findall(page.read_text(encoding="utf-8"))
        assert found, page
        assert [address for address in found if absolute.match(address)] == [], page


def test_the_runtime_is_what_its_listing_says() -> None:
    """Sizes and hashes in the listing are those of the files; nothing unlisted is shipped."""
    listing = json.loads((RUNTIME / "runtime.json").read_text(encoding="utf-8"))
    files = listing["files"]
    for entry in files.values():
        content = (RUNTIME / entry["file"]).read_bytes()
        assert len(content) == entry["bytes"]
        assert sha256(content).hexdigest() == entry["sha256"]

        assert sum(entry["parts"].values()) == len(zstandard.decompress(content))

    worker = (RUNTIME / listing["worker"]).read_bytes()
    assert sha256(worker).hexdigest()[:12] in listing["worker"]
    assert {path.name for path in RUNTIME.iterdir()} == {entry["file"] for entry in files.values()} | {
        "runtime.json",
        listing["worker"],
    }


def test_every_page_with_a_calculator_names_the_worker_it_was_built_with() -> None:
    """A page starts the calculator of its own build, and no other; a page without one carries none of its scripts."""
    listing = json.loads((RUNTIME / "runtime.json").read_text(encoding="utf-8"))
    worker, version = listing["worker"], listing["version"]
    for page in PAGES:
        html = page.read_text(encoding="utf-8")
        with_calculator = "<plain-sentencing" in html
        assert (f'data-version="{version}" data-worker="{worker}">' in html) is with_calculator, page
        assert ("assets/element.js" in html) is with_calculator, page
    assert f'"version":"{version}"' in (RUNTIME / worker).read_text(encoding="utf-8")
    assert Path(worker).stem in (SITE / "sw.js").read_text(encoding="utf-8")
