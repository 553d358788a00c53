"""Pages get their numbers from the calculator, and a page that asks for what is not there stops the build."""

import json
from pathlib import Path

import pytest
from markdown import Markdown

from calculator import solve
from calculator.present import words
from calculator.reading import read_case
from hooks import shortcodes
from hooks.shortcodes import SAMPLES, ShortcodeError, render, sample
from tests.unit.made_answers import Shape

DOCS = Path(__file__).resolve().parents[2] / "docs"


def convert(text: str) -> str:
    """A page as the site's Markdown makes it."""
    return Markdown(extensions=["fenced_code", "md_in_html", "tables", "attr_list", "hooks.shortcodes"]).convert(text)


def test_the_calculator_stands_whole_in_its_page() -> None:
    """Not torn apart by paragraphs: the element, its form and its answer in one block."""
    html = convert("# Title\n\nBefore.\n<!-- calculator sample=first -->\nAfter.\n")
    shape = Shape(html)

    assert shape.faults == []
    assert len(shape.named("plain-sentencing")) == 1
    assert '<p><div class="ps-host">' not in html
    assert words.sentence(solve(sample("first")["case"])) in shape.text
    assert "<p>After.</p>" in html


def test_a_case_shows_its_answer_or_its_sentence() -> None:
    """A worked case says that its person is invented."""
    whole, short = convert("<!-- case sample=first -->"), convert("<!-- case sample=first show=sentence -->")

    assert words.QUESTIONS in whole
    assert words.QUESTIONS not in short
    assert "Invented." in short
    assert words.sentence(solve(sample("first")["case"])) in Shape(short).text


def test_law_stands_inside_a_line() -> None:
    """The edition, its last day and the newer Manual, from the law itself."""
    html = convert(
        "By the <!-- law:edition -->, complete through <!-- law:complete-through -->; then <!-- law:newer -->."
    )

    assert Shape(html).text == (
        "By the Guidelines Manual, November 1, 2025, complete through October 31, 2026; "
        "then November 1, 2026 (91 Fed. Reg. 24088)."
    )


def test_code_and_prose_are_left_alone() -> None:
    """A shortcode shown as code, and a comment that is a note, stay as they are."""
    html = convert("`<!-- law:nope -->`\n\n```\n<!-- calculator -->\n```\n\n<!-- a note to ourselves -->\n")

    assert "law:nope" in html
    assert "&lt;!-- calculator --&gt;" in html
    assert "<!-- a note to ourselves -->" in html


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        (
            "<!-- calcluator sample=first -->",
            "“calcluator” is not a shortcode: use calculator, case, law:edition",
        ),
        ("<!-- law:drugs -->", "“law:drugs” is not a shortcode"),
        ("<!-- calculator -->", "“calculator” needs sample"),
        ("<!-- calculator sample=second -->", "there is no sample “second”: use first"),
        ("<!-- calculator sample=first colour=red -->", "has no option colour: use sample"),
        ("<!-- law:edition on=2026 -->", "has no option on: it takes none"),
        ("<!-- case sample=first show=all -->", "a case cannot show “all”"),
        ("<!-- case the first one -->", "“case” is followed by more than options"),
    ],
)
def test_what_is_not_known_stops_the_build(comment: str, said: str) -> None:
    """The message names the line and what there is."""
    with pytest.raises(ShortcodeError, match="line 7: ") as stopped:
        convert(f"# A page\n\n```\ncode\n```\n\n{comment}\n")

    assert said in str(stopped.value)


def test_no_newer_manual_is_said_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the recorded Manual is the newest there is nothing to name."""
    import dataclasses

    edition = dataclasses.replace(shortcodes._recorded(), newer=None)
    monkeypatch.setattr(shortcodes, "_recorded", lambda: edition)

    assert words.NONE in render("law:newer", {})


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.json")))
def test_every_sample_is_a_case_and_says_that_it_is_invented(name: str) -> None:
    """Samples are cases as any other, about nobody."""
    data = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))

    assert set(data) == {"title", "about", "case"}
    assert data["about"].startswith("Invented.")
    assert read_case(data["case"])


def test_every_page_can_be_rendered() -> None:
    """All shortcodes of all pages are known; the sentence of a page is never a number typed by hand."""
    for page in sorted(DOCS.rglob("*.md")):
        convert(page.read_text(encoding="utf-8"))
