"""A page types no figure of the law: the build stops with page and line, and every exception has its reason."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from markdown import Markdown

from hooks import errata, feed, glossary, shortcodes, typed
from hooks.shortcodes import ShortcodeError

ROOT = Path(__file__).resolve().parents[2]


def texts(page: str) -> list[str]:
    """The figures of a page that nothing excuses."""
    return [figure.text for figure in typed.figures(page) if not figure.reason]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("The minimum is 5 years.", "5 years"),
        ("That is 120 months.", "120 months"),  # 10 years: 21 U.S.C. 841(b)(1)(A)
        ("It takes 500 grams of cocaine.", "500 grams"),
        ("A fine of $10 million.", "$10 million"),
        ("A fine of $5,000,000.", "$5,000,000"),
        ("at level 24", "level 24"),
        ("Levels 8 to 10 follow.", "Levels 8 to 10"),
        ("a level of 16 or more", "16 or more"),
        ("The range is 51 to 63 months.", "51 to 63 months"),
        ("| C | 12–18 |", "12–18"),
        ("360–life", "360–life"),
        ("the five-year line", "five-year"),
        ("a term of **five** years", "five** years"),
        ("more than one\nyear", "one year"),
        ("two more levels", "two more levels"),
        ("one criminal history point", "one criminal history point"),
        ("three times the maximum", "three times the"),
        ("more than 3 times in one place", "3 times"),
        ("within 1,000 feet", "1,000 feet"),
        ("80% pure", "80%"),
        ("(3 years)", "3 years"),
        ("In “Zone D” that is 6 years.", "6 years"),
        ("[ten years](../x.md)", "ten years"),
        ("## The 15-year step", "15-year"),
        # Not in the law data at all: a slip of the hand would look like this.
        ("The maximum is 41 years.", "41 years"),
        ("at level 99", "level 99"),
    ],
)
def test_a_typed_figure_is_found(page: str, found: str) -> None:
    """Digits and words, units and joined units, spans and bare levels, right and wrong alike."""
    assert texts(page) == [found.replace("three times the", "three times")]


@pytest.mark.parametrize(
    "page",
    [
        "The minimum is <!-- law:value penalty.B.minimum -->.",
        "`5 years` in code",
        "```\n5 years\n```",
        "<!-- a note about 5 years -->",
        'He said “not less than 5 years.” <!-- cite:usc-21-841 "(b)" -->',
        "Decided on November 1, 2025, in 605 U.S. 1 (2025).",
        "18 U.S.C. 3553(f), §2D1.1(b)(18) and Rule 11(c)(1)(C)",
        "Public Law 115-391",
        "[the list](page-5-years.md#5-years)",
        "Amendment 821 of the 2025 Manual",
        "The range was 30 to 37 months<!-- typed: the facts of Gall -->.",
        "three years’ <!-- typed: the facts of Gall --> probation",
        "Twenty people were there, and 40 cases.",
    ],
)
def test_what_is_no_typed_figure_is_left_alone(page: str) -> None:
    """Printed, quoted with a citation, in code, in a citation or a date, in an address, or excused."""
    assert texts(page) == []


def test_a_quotation_without_a_citation_excuses_nothing() -> None:
    """Quotation marks alone are no source."""
    assert texts("He said “not less than 5 years.”") == ["5 years"]


def test_months_and_years_are_one_length() -> None:
    """60 months are offered the shortcodes of 5 years, a range that of its cell."""
    [months] = typed.figures("60 months")
    [span] = typed.figures("51–63 months")

    assert "law:value penalty.B.minimum" in months.printers
    assert "law:range level=24 category=I" in span.printers


def test_a_reason_says_something_and_stands_behind_a_figure() -> None:
    """An exception that excuses nothing is a leftover; one without words is none."""
    with pytest.raises(typed.TypedFigure, match="line 2: “5 years” is excused without a reason"):
        typed.refused("Text.\n5 years<!-- typed: -->")
    with pytest.raises(typed.TypedFigure, match="line 3: .* excuses no figure"):
        typed.refused("5 years\n\nText<!-- typed: the facts of Gall -->.")


def test_the_extension_stops_and_names_the_lines() -> None:
    """Every typed figure of the page at once, each with what prints it."""
    page = "One.\n\nA minimum of 5 years.\n\nAnd 41 years."
    with pytest.raises(ShortcodeError) as stopped:
        Markdown(extensions=["hooks.shortcodes"]).convert(page)

    first, second = str(stopped.value).split("\n")
    assert first.startswith("line 3: “5 years” is typed by hand; the law data prints it (law:value ")
    assert second.startswith("line 5: “41 years” is typed by hand; the law data has no such value")


def test_the_line_is_that_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MkDocs hands a page over without its front matter; the line counts it all the same."""
    body = "# T\n\nA minimum of 5 years.\n"
    (tmp_path / "page.md").write_text(f"---\ntitle: T\n---\n\n{body}", encoding="utf-8")
    monkeypatch.setattr(shortcodes, "DOCS", tmp_path)
    with pytest.raises(ShortcodeError, match="line 7: “5 years”"):
        Markdown(extensions=["hooks.shortcodes"]).convert(body)


def test_readers_do_not_see_the_reason() -> None:
    """The comment goes out with the blank before it."""
    html = Markdown(extensions=["hooks.shortcodes"]).convert(
        "It was 36 months <!-- typed: the facts of Gall -->, all told."
    )

    assert html == "<p>It was 36 months, all told.</p>"


def test_a_data_file_types_no_figure(tmp_path: Path) -> None:
    """Corrections, meanings and news name their values; what people claim may say any number."""
    file = tmp_path / "data.toml"
    claim = '[[claim]]\nkey = "a"\nclaim = "{0}"\nverdict = "wrong"\ncorrection = "{1}"\ncite = ["rule-32"]\n'
    file.write_text(claim.format("It is 5 years.", "No: {penalty.B.minimum}, 7 days{typed: an example}."), "utf-8")
    assert errata.claims(file)[0].correction == "No: 5 years, 7 days."

    for read, error, text in (
        (errata.claims, errata.ErrataError, claim.format("It is.", "It is 5 years.")),
        (glossary.terms, glossary.GlossaryError, '[[term]]\nname = "A"\nwords = "At most 5 years."\n'),
        (
            feed.changes,
            feed.ChangeError,
            '[[change]]\ndate = 2024-11-01\ntitle = "A"\nwords = "Now 5 years."\ncite = ["rule-32"]\n',
        ),
    ):
        file = tmp_path / f"{error.__name__}.toml"
        file.write_text(text, "utf-8")
        with pytest.raises(error, match="“5 years” is typed by hand"):
            read(file)


def test_exceptions_may_not_grow() -> None:
    """A file with more than recorded is named, and every file of the site keeps to its record."""
    assert typed.too_many({"a.md": 2, "b.md": 1}, {"a.md": 2, "b.md": 1}) == []
    assert typed.too_many({"a.md": 3}, {"a.md": 2}) == ["a.md: 3 typed figures are excused, 2 on record"]
    assert typed.too_many({"c.md": 1}, {}) == ["c.md: 1 typed figures are excused, 0 on record"]
    assert typed.main([]) == 0


def test_the_build_stops_with_page_and_line(tmp_path: Path) -> None:
    """A strict build of a site whose only page types a figure fails, and says where."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("---\ntitle: T\n---\n# T\n\nA minimum of 5 years.\n", encoding="utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: T\nstrict: true\nmarkdown_extensions: [hooks.shortcodes]\n", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    shutil.rmtree(tmp_path / "site", ignore_errors=True)

    assert done.returncode != 0
    assert "index.md" in done.stderr
    assert "“5 years” is typed by hand" in done.stderr
