"""No topic is lost, and every table of the law is shown somewhere."""

import re
import tomllib
from pathlib import Path

import pytest

import calculator
from hooks import shortcodes
from tests.site.built import DOCS, built

LISTED = tomllib.loads(Path(__file__).with_name("topics.toml").read_text(encoding="utf-8"))
LAW = Path(calculator.__file__).parent / "law"
PAGES = {path: path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md"))}


@pytest.mark.parametrize("topic", LISTED["topics"])
def test_every_topic_has_its_place(topic: str) -> None:
    """The page is there, and so is the part of it that is named."""
    places = LISTED["topics"][topic]

    assert places
    for place in places:
        page, _, anchor = place.partition("#")
        assert (DOCS / page).is_file(), place
        assert not anchor or f'id="{anchor}"' in built(page).read_text(encoding="utf-8"), place


def test_every_law_table_is_listed() -> None:
    """A new table of the law needs a place on a page."""
    tables = {
        f"{table.parent.name}/{table.name}"
        for part in ("guidelines", "statutes", "around")
        for table in (LAW / part).iterdir()
        if table.is_dir() and any(table.glob("*.toml"))
    }

    assert tables == set(LISTED["tables"])


@pytest.mark.parametrize("table", LISTED["tables"])
def test_every_law_table_is_on_a_page(table: str) -> None:
    """At least one page prints it by a shortcode."""
    wanted = LISTED["tables"][table]
    found = [
        path.name
        for path, text in PAGES.items()
        for shortcode in wanted
        if re.search(rf"<!--\s*{re.escape(shortcode)}{'' if shortcode.endswith('.') else r'(?![\w-])'}", text)
    ]

    assert found, f"no page has any of {', '.join(wanted)}"


@pytest.mark.parametrize("word", shortcodes.WORDS)
def test_every_shortcode_is_used(word: str) -> None:
    """A table on no page is law that no reader sees; a word on no page is dead."""
    ending = ":" if word == "cite" else r"(?![\w-])"
    shown = re.compile(rf"<!-- {re.escape(word)}{ending}")
    used = [path.name for path, text in PAGES.items() if shown.search(text)]

    assert used, f"no page has {word}"


@pytest.mark.parametrize("sample", [path.stem for path in shortcodes.SAMPLES.glob("*.json")])
def test_every_example_has_its_chart_and_its_steps(sample: str) -> None:
    """Each invented person is worked on a page, from the facts to the last step, with a chart."""
    if sample == "first":  # the calculator starts with it
        return
    pages = [text for path, text in PAGES.items() if "examples" in path.parts]

    for wanted in (f"case {sample} show=sentence", f"chart:months case={sample}", f"case {sample} show=steps"):
        assert any(f"<!-- {wanted} -->" in text for text in pages), wanted
