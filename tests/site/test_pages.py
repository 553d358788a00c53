"""What pages are made of beside prose: sources, glossary, claims, the feed, search words, reading grade, spelling."""

import json
import re
import tomllib
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from markdown import Markdown
from spellchecker import SpellChecker

from hooks import errata, feed, glossary, links, prose, readability, search, search_words, sources
from tests.site.built import DOCS, SITE, built_pages

PAGES = {path.relative_to(prose.DOCS).as_posix(): path for path in prose.pages()}


def written(tmp_path: Path, text: str) -> Path:
    """A data file of one's own."""
    file = tmp_path / "data.toml"
    file.write_text(text, encoding="utf-8")
    return file


# --- Sources


SOURCE = """[[source]]
key = "a"
kind = "case"
short = "A"
title = "A"
url = "https://a.example/"
standing = "official"
"""


def test_every_source_is_listed_on_its_page() -> None:
    """By kind, with its standing, and that its address was or was not checked."""
    html = sources.listing()

    assert html.count("<li") == len(sources.sources())
    assert "address not checked yet" in html or "address last checked" in html


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('short = "A"\n', "", "short missing"),
        ('title = "A"', 'titel = "A"', "unknown titel"),
        ('kind = "case"', 'kind = "blog"', "kind is one of"),
        ('standing = "official"', 'standing = "hearsay"', "standing one of"),
        ("https://", "http://", "is not an https address"),
    ],
)
def test_a_source_that_is_not_whole_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    """The message names the file and the row."""
    with pytest.raises(sources.SourceError, match=said):
        sources.sources(written(tmp_path, SOURCE.replace(old, new)))


def test_a_source_is_there_once(tmp_path: Path) -> None:
    """One address, one place."""
    with pytest.raises(sources.SourceError, match="is there twice"):
        sources.sources(written(tmp_path, SOURCE + SOURCE))


def test_the_weekly_check_writes_the_days_of_what_answers() -> None:
    """A day replaces an earlier one; what did not answer keeps its last good day."""
    other = SOURCE.replace("a.example", "b.example")
    text = f"# Head\n\n{SOURCE}last_good = 2026-01-01\n\n{other}last_good = 2026-02-02\n"
    after = links.recorded(text, {"https://a.example/"}, "2026-11-21")

    assert 'url = "https://a.example/"\nlast_good = 2026-11-21\n' in after
    assert "2026-01-01" not in after
    assert "last_good = 2026-02-02" in after


def test_the_weekly_check_names_what_does_not_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1 and the key of the source; nothing is asked here."""
    dead = sources.sources()["rule-32"].url

    assert links.main([], answers=lambda url: "status 404" if url == dead else "", pause=0) == 1
    assert "rule-32: https://www.law.cornell.edu/rules/frcrmp/rule_32: status 404" in capsys.readouterr().err


# --- Glossary and claims


def test_the_first_use_of_a_term_gets_its_meaning() -> None:
    """In running text only, once; headings, links and code are left alone."""
    html = Markdown(extensions=["hooks.shortcodes"]).convert(
        "# Safety valve\n\n[safety valve](x.md) and `safety valve`; the safety valve and the **safety valve**."
    )

    assert html.count("<abbr") == 1
    assert "the <abbr" in html
    assert "<h1>Safety valve</h1>" in html


def test_the_glossary_is_whole() -> None:
    """Every term has a meaning and a place of its own, and no number is typed where the law has it."""
    html = glossary.listing()

    assert html.count("<dt") == len(glossary.terms()) >= 90
    assert "{" not in html
    assert 'id="term-safety-valve"' in html


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[term]]\nname = "A"\n', "words missing"),
        ('[[term]]\nname = "A"\nwords = "a"\nwrods = "b"\n', "unknown wrods"),
        ('[[term]]\nname = "B"\nwords = "b"\n[[term]]\nname = "A"\nwords = "a"\n', "out of the order"),
        ('[[term]]\nname = "A"\nwords = "a"\ncite = ["nope"]\n', "no source nope"),
    ],
)
def test_a_term_that_is_not_whole_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """The message names the term."""
    with pytest.raises(glossary.GlossaryError, match=said):
        glossary.terms(written(tmp_path, text))


def test_every_claim_has_a_verdict_and_an_authority() -> None:
    """Shown with its verdict in words; its numbers are filled in."""
    html = "".join(map(errata.listing, errata.groups()))

    assert html.count('class="ps-claim"') == len(errata.claims()) >= 60
    assert {claim.verdict for claim in errata.claims()} == set(errata.VERDICTS)
    assert all(claim.cite for claim in errata.claims())
    assert "{" not in html
    assert "60 grams of powder cocaine is level 14" in html


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('verdict = "wrong"', 'verdict = "false"', "the verdict is one of"),
        ('cite = ["rule-32 (e)"]', "cite = []", "has no authority"),
        ('cite = ["rule-32 (e)"]', 'cite = ["rule-99"]', "no source rule-99"),
        ('correction = "No."\n', "", "are needed"),
    ],
)
def test_a_claim_that_is_not_whole_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    """The message names the claim."""
    row = '[[claim]]\nkey = "a"\nclaim = "A."\nverdict = "wrong"\ncorrection = "No."\ncite = ["rule-32 (e)"]\n'

    with pytest.raises(errata.ErrataError, match=said):
        errata.claims(written(tmp_path, row.replace(old, new)))
    with pytest.raises(errata.ErrataError, match="is there twice"):
        errata.claims(written(tmp_path, row + row))


@pytest.mark.parametrize(("about", "said"), [('a = ["a", "b"]', "differ in b"), ("a = []", "differ in a"),
                                             ('a = ["a"]\nb = ["a"]', "names a claim twice")])  # fmt: skip
def test_every_claim_stands_in_one_group(tmp_path: Path, about: str, said: str) -> None:
    """A claim that no heading holds would be lost."""
    row = '[[claim]]\nkey = "a"\nclaim = "A."\nverdict = "wrong"\ncorrection = "No."\ncite = ["rule-32 (e)"]\n'

    with pytest.raises(errata.ErrataError, match=said):
        errata.groups(written(tmp_path, f"[about]\n{about}\n{row}"))


def test_every_group_of_claims_is_on_its_page() -> None:
    """One shortcode a group; what a group is called is the page's own words."""
    text = (DOCS / "check" / "is-it-true.md").read_text(encoding="utf-8")

    assert re.findall(r"<!-- errata ([\w-]+) -->", text) == list(errata.groups())
    with pytest.raises(errata.ErrataError, match="there are no claims about “nope”: use probation"):
        errata.listing("nope")


# --- Feed and search


def test_the_feed_is_atom_newest_first() -> None:
    """Well formed, with an id for each entry that does not depend on the address of the site."""
    name = "{http://www.w3.org/2005/Atom}"
    root = ET.fromstring((SITE / feed.NAME).read_text(encoding="utf-8"))
    entries = root.findall(f"{name}entry")
    days = [entry.findtext(f"{name}updated", "") for entry in entries]

    assert len(entries) == len(feed.changes())
    assert days == sorted(days, reverse=True)
    assert len({entry.findtext(f"{name}id") for entry in entries}) == len(entries)
    assert 'href="https://x.example/y/check/what-changed/"' in feed.atom(feed.changes(), "https://x.example/y/")


def test_every_november_since_2023_is_a_change() -> None:
    """The Manual changes on November 1; each one since 2023 is there."""
    assert {change.date for change in feed.changes()} >= {date(year, 11, 1) for year in (2023, 2024, 2025, 2026)}


def test_a_change_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    """The message names the change."""
    row = '[[change]]\ndate = 2024-11-01\ntitle = "A"\nwords = "a"\ncite = ["rule-32"]\n'
    for text, said in (
        (row.replace('words = "a"\n', ""), "needs date, title, words and cite"),
        (row.replace("rule-32", "nope"), "no source nope"),
        (row + row.replace("2024", "2025"), "is newer than the change above it"),
    ):
        with pytest.raises(feed.ChangeError, match=said):
            feed.changes(written(tmp_path, text))


@pytest.mark.parametrize(
    ("word", "page"),
    [
        ("gun", "rules/guns-schools-premises-deaths/"),
        ("snitch", "case/cooperation/"),
        ("good time", "case/time-served/"),
        ("school zone", "rules/guns-schools-premises-deaths/"),
    ],
)
def test_a_plain_word_finds_its_page(word: str, page: str) -> None:
    """The search index holds the word under the page; the page itself does not show it."""
    index = json.loads((SITE / "search" / "index.json").read_text(encoding="utf-8"))["docs"]
    [entry] = [entry for entry in index if entry["location"] == page]

    assert word in entry["text"]
    assert "<p>Also: " not in (SITE / page / "index.html").read_text(encoding="utf-8")


def test_search_words_stand_under_the_title() -> None:
    """Or at the top, where there is no title; no words leave no trace."""
    html = "<h1>T</h1><p>x</p>"

    assert search_words.with_words(html, ("gun",)) == "<h1>T</h1><p>Also: gun.</p><p>x</p>"
    assert search_words.with_words("<p>x</p>", ("gun",)) == "<p>Also: gun.</p><p>x</p>"
    assert search_words.with_words(html, ()) == html


def test_the_index_leaves_out_forms_cases_drawings_and_the_cells_of_law_tables() -> None:
    """What a case is about stays, and so do the names at the head of a row and a table written by hand."""
    case = '<div class="ps-worked"><p class="ps-about">Ana.</p><div><p>step</p></div></div>'
    table = '<table class="ps-table"><tr><th>Oxycodone</th><td>6.7 kg</td></tr></table>'
    by_hand = "<table><tr><td>plain words</td></tr></table>"
    html = f"<p>a</p>{case}<plain-sentencing><p>form</p></plain-sentencing>{table}<svg><text>1</text></svg>{by_hand}"

    assert search.for_search(html) == (
        f'<p>a</p><p class="ps-about">Ana.</p><table class="ps-table"><tr><th>Oxycodone</th></tr></table>{by_hand}'
    )


@pytest.mark.parametrize("word", ["Oxycodone", "snitch", "good time", "supervised release"])
def test_a_word_that_readers_look_for_is_still_in_the_index(word: str) -> None:
    """Leaving out numbers loses no word."""
    assert word in (SITE / "search" / "index.json").read_text(encoding="utf-8")


def test_every_page_fetches_settings_only_and_starts_our_search_worker() -> None:
    """The page for what is not there as well."""
    fetched = json.loads((SITE / "search" / "search_index.json").read_text(encoding="utf-8"))

    assert fetched["docs"] == []
    assert fetched["config"]["separator"]
    for page in built_pages():
        if page.parent.name != "offline":
            [name] = re.findall(r'"search": "[^"]*assets/search-worker\.js\?([^"]+)"', page.read_text(encoding="utf-8"))
            assert (SITE / "assets" / "javascripts" / "workers" / name).is_file(), page


def test_a_theme_with_another_search_stops_the_build() -> None:
    """Rather than a search that finds nothing."""
    with pytest.raises(search.ThemeChanged):
        search.with_own_worker('{"search": "assets/javascripts/finder.js"}')
    with pytest.raises(search.ThemeChanged):
        search.split('{"config": {}, "docs": []}')


def test_search_words_of_a_page_that_is_not_there_are_refused(tmp_path: Path) -> None:
    """A page that was renamed takes its words along."""
    with pytest.raises(search_words.KeywordError, match=r"there is no page nope\.md"):
        search_words.keywords(written(tmp_path, '"nope.md" = ["x"]\n'))


# --- Reading


def test_syllables_and_grade() -> None:
    """0.39 × 100 words in 10 sentences + 11.8 × 1 syllable a word − 15.59 = 0.11."""
    reached = readability.grade(["The cat sat on the mat by the old door. "] * 10)

    assert reached == pytest.approx(0.39 * 10 + 11.8 * 1 - 15.59)
    assert readability.grade(["Too few."]) is None
    assert [readability.syllables(word) for word in ("judge", "prison", "probation")] == [1, 2, 3]


def test_a_page_may_not_become_harder() -> None:
    """Against the record, or against the goal for a page that has none."""
    assert readability.too_hard({"a.md": 8.1, "b.md": 6.0}, {"a.md": 8.1}) == []
    assert readability.too_hard({"a.md": 8.2}, {"a.md": 8.1}) == ["a.md: grade 8.2, recorded 8.1"]
    assert readability.too_hard({"a.md": 8.2}, {}) == ["a.md: grade 8.2, the goal for a new page 8.0"]


def test_no_page_is_harder_than_recorded() -> None:
    """`python -m hooks.readability` says the same with each page’s grade."""
    assert readability.main([]) == 0


def test_prose_leaves_out_what_is_not_ours() -> None:
    """Tables, charts, citations, code and longer quotations."""
    [block] = prose.blocks(
        '<p>We say <a class="ps-cite" href="u">18 U.S.C. 1</a> this.</p><table><tr><td><p>x</p></table>'
    )

    assert block.text == "We say this."
    assert block.cites == ("u",)
    assert prose.without_quotations('He said "one two three four five six" and "yes".').split() == [
        "He", "said", "and", '"yes".',
    ]  # fmt: skip


# --- Spelling

WORD_LIST = set(Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split())
BRITISH = {"colour", "defence", "favour", "honour", "judgement", "labour", "licence", "offence", "programme", "centre",
           "behaviour", "cheque", "grey", "organise", "recognise", "travelling"}  # fmt: skip


@pytest.fixture(scope="module")
def dictionary() -> SpellChecker:
    """American and British spellings; the list above takes the British ones out again."""
    return SpellChecker(language="en", distance=1)


@pytest.mark.parametrize("page", PAGES)
def test_every_word_is_spelled(page: str, dictionary: SpellChecker) -> None:
    """A word is in the dictionary or in `words.txt`; names and terms go there, mistakes do not."""
    text = " ".join(block.text for block in prose.page_blocks(PAGES[page]))
    words = {word.replace("’", "'").removesuffix("'s").strip("'") for word in re.findall(r"[A-Za-z][A-Za-z’']*", text)}
    plain = {word.lower() for word in words if len(word) > 2 and not word.isupper()}
    known = WORD_LIST | {word.lower() for word in WORD_LIST}

    assert sorted(dictionary.unknown(plain - known) - known) == []
    assert plain & BRITISH == set()


def test_the_front_matter_is_whole() -> None:
    """Each page says its question, what it is about, and whose law it is."""
    for page, path in PAGES.items():
        if page in ("calculator.md", "index.md", "project/method.md", "project/privacy.md"):
            continue
        head = path.read_text(encoding="utf-8").split("---\n")[1]
        assert re.search(r"^title: \S", head, re.MULTILINE), page
        assert re.search(r"^description: \S", head, re.MULTILINE), page
        assert re.search(r"^law: (federal|state|both)$", head, re.MULTILINE), page


def test_no_data_file_is_published() -> None:
    """The data of the pages is printed by them, not shipped beside them."""
    assert built_pages()
    assert list(SITE.rglob("*.toml")) == []
    assert tomllib.loads((DOCS / "keywords.toml").read_text(encoding="utf-8"))
