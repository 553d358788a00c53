"""Pages get their numbers from the calculator, and a page that asks for what is not there stops the build."""

import json
import re
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
        ("<!-- calculator sample=second -->", "there is no sample “second”: use ana"),
        (
            "<!-- law:value threshold.herion.B -->",
            "there is no value “threshold.herion.B”: near it are threshold.heroin.B",
        ),
        ("<!-- cite:usc-21-814 -->", "there is no source “usc-21-814” in docs/sources.toml: near it are usc-21-8"),
        ("<!-- law:range level=60 category=I -->", "the Sentencing Table has no level 60"),
        ("<!-- law:range level=x category=I -->", "level is a whole number, not “x”"),
        ('<!-- law:level drug=aspirin amount="1 g" -->', "is not a drug listed here"),
        ("<!-- chart:levels drug=aspirin -->", "“aspirin” has no column"),
        ("Text <!-- law:fines --> and text.", "“law:fines” stands on a line of its own"),
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


def test_a_shortcode_may_run_over_a_line_and_begin_one() -> None:
    """Prose is wrapped; a value at the start of a line does not break its paragraph."""
    html = convert("A line from\n<!-- law:value\nthreshold.heroin.B -->, as\n<!-- law:value points.two.from --> says.")

    assert html == "<p>A line from\n100 grams, as\n60 days says.</p>"


def test_a_citation_is_a_small_link() -> None:
    """The part closes up after a bracket and follows a comma otherwise; what is second-hand says so."""
    html = convert('<!-- cite:usc-21-841 "(b)(1)(C)" --> and <!-- cite:ussg-2d1.1 "n.8" --> <!-- cite:case-daiagi -->.')
    links = Shape(html).named("a")

    assert "21 U.S.C. 841(b)(1)(C) and USSG §2D1.1, n.8" in Shape(html).text
    assert links[0]["href"] == "https://uscode.house.gov/view.xhtml?req=(title:21%20section:841%20edition:prelim)"
    assert "(as others report it)" in Shape(html).text


def test_the_law_inside_a_line() -> None:
    """Cells, zones, levels and values, as text without markup."""
    html = convert(
        "<!-- law:range level=24 category=I -->, <!-- law:zone level=8 category=I -->, "
        '<!-- law:level drug=heroin amount="120 g" -->; '
        "a <!-- law:value penalty.B.minimum form=adjective --> minimum."
    )

    assert Shape(html).text == "51 to 63 months (4¼ to 5¼ years), Zone A, level 24; a 5-year minimum."


def test_two_cases_on_a_page_share_no_id() -> None:
    """Each case has its name before the ids of its rows."""
    html = convert("<!-- case ana -->\n\n<!-- case first show=steps -->\n\n<!-- case first show=facts -->")
    ids = re.findall(r' id="([^"]+)"', html)

    assert len(ids) == len(set(ids)) > 10
    assert "Which drug?" in html


def test_the_steps_of_a_case_alone_are_one_rule_a_line() -> None:
    """Many cases share a page, and what opens under each row would be most of it."""
    html = convert("<!-- case first show=steps -->")

    assert re.findall(r'<li class="ps-line"[^>]*>(<\w+)', html) == ["<p"] * html.count("ps-line")
    assert html.count('class="ps-cite"') >= html.count("ps-line") > 20
    assert words.ROWS_OPEN not in Shape(html).text
    assert words.ROWS_OPEN in Shape(convert("<!-- case first -->")).text


def test_the_box_says_which_law_and_that_a_newer_manual_applies() -> None:
    """Edition, last day, the notice, and that its text is not held."""
    text = Shape(convert("<!-- as-of -->")).text

    assert "Guidelines Manual, November 1, 2025, complete through October 31, 2026" in text
    assert "November 1, 2026 (91 Fed. Reg. 24088 (May 4, 2026)). We hold the notice, not their text." in text


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
    assert "nvented" in data["about"]
    assert read_case(data["case"])


def test_every_page_can_be_rendered() -> None:
    """All shortcodes of all pages are known; the sentence of a page is never a number typed by hand."""
    for page in sorted(DOCS.rglob("*.md")):
        convert(page.read_text(encoding="utf-8"))
