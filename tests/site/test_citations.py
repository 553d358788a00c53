"""Whoever says a number, “must”, “cannot” or “bars” says where the law says it.

A paragraph or list item of our own prose with one of these carries its citation itself; a row of a table has it in the
row, in the head of the table, or in the paragraph that ends above or begins below. What the calculator prints cites
itself.
"""

import re
from functools import lru_cache

import pytest

from hooks import prose, sources, typed

PAGES = {path.relative_to(prose.DOCS).as_posix(): path for path in prose.pages()}
# These say nothing about the law: how the site is made, what to ask, who to call.
NOT_LAW = {
    "calculator.md", "index.md", "check/corrections.md", "check/questions.md", "check/sources.md", "project/method.md",
    "project/privacy.md", "start/without-internet.md",
}  # fmt: skip
CLAIM = re.compile(r"\b(?:must|cannot|can’t|bars|barred)\b", re.IGNORECASE)
CITED = 'class="ps-cite"'


def claims(text: str) -> bool:
    """Whether a text says a figure of the law, in digits or in words, or one of the words that bind."""
    own = prose.without_quotations(text)
    return bool(CLAIM.search(own)) or any(True for _ in typed.figures(own))


def uncited(html: str) -> list[str]:
    """Claims of paragraphs and list items that carry no authority."""
    return [block.text for block in prose.blocks(html) if claims(block.text) and not block.cites]


def uncited_rows(html: str) -> list[str]:
    """Claims of rows in tables written by hand, with no authority in sight."""
    found = []
    for table in re.finditer(r"<table>(.*?)</table>", html, re.DOTALL):
        above = html[: table.start()].rpartition("<p")[2]
        below = html[table.end() :].partition("</p>")[0]
        head, _, body = table[1].partition("</thead>")
        if CITED in head or CITED in above or (CITED in below and "<h" not in below):
            continue
        rows = re.findall(r"<tr>.*?</tr>", body, re.DOTALL)
        plain = {row: " ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows}
        found += [text for row, text in plain.items() if claims(text) and CITED not in row]
    return found


@lru_cache(maxsize=100)
def html_of(page: str) -> str:
    return prose.page_html(PAGES[page])


@pytest.mark.parametrize("page", sorted(PAGES.keys() - NOT_LAW))
def test_every_claim_has_its_authority(page: str) -> None:
    """Each number and each “must” has its source in its own paragraph, each row of a table beside it."""
    assert uncited(html_of(page)) == []
    assert uncited_rows(html_of(page)) == []


@pytest.mark.parametrize(
    "claim",
    [
        "The judge must order it.",
        "Probation cannot be given.",
        "The law bars probation.",
        "The term is 5 years.",
        "The term is five years.",
        "It takes 500 grams.",
        "The fine is $1,000.",
        "It is a “must” for a judge.",
    ],
)
def test_a_claim_without_authority_is_found(claim: str) -> None:
    """A citation in the next paragraph does not help; one in the same does; a longer quotation is not ours."""
    cite = sources.cite("rule-32", "(e)")

    assert uncited(f"<p>{claim}</p><p>Other. {cite}</p>") == [claim]
    assert uncited(f"<p>Other. {cite}</p><ul><li>{claim}</li></ul>") == [claim]
    assert uncited(f"<p>{claim} {cite}</p>") == []
    assert uncited(f"<p>He wrote: “You should know that {claim}”</p>") == []


def test_a_row_without_authority_is_found() -> None:
    """In the row, in the head, above or below; else the row is named."""
    cite = sources.cite("rule-32", "(e)")

    def table(head: str = "", row: str = "") -> str:
        rows = f"<tbody><tr><td>Class C</td><td>20 years{row}</td></tr><tr><td>yes</td></tr></tbody>"
        return f"<table><thead><tr><th>class{head}</th></tr></thead>{rows}</table>"

    assert uncited_rows(f"<p>Text.</p>{table()}<p>Text.</p>") == ["Class C 20 years"]
    assert uncited_rows(f"<p>Text.</p>{table()}<h2>Next</h2><p>Text. {cite}</p>") == ["Class C 20 years"]
    for html in (table(row=cite), table(head=cite), f"<p>Text. {cite}</p>{table()}", f"{table()}<p>{cite}</p>"):
        assert uncited_rows(html) == []


def test_every_authority_exists() -> None:
    """An address in a page’s citation is one of the list, in paragraphs, in tables and in raw HTML."""
    known = {source.url.replace("&", "&amp;") for source in sources.sources().values()}
    cited = {tag for page in PAGES for tag in re.findall(rf"<a [^>]*{CITED}[^>]*>", html_of(page))}
    addresses = {re.sub(r'.*href="([^"]*)".*', r"\1", tag) for tag in cited}

    assert len(addresses) > 100
    assert addresses <= known


def test_no_page_names_an_outside_address_itself() -> None:
    """Every outside address stands in docs/sources.toml, once, where it is checked."""
    named = {page: re.findall(r"https?://[^\s)>\"]+", path.read_text(encoding="utf-8")) for page, path in PAGES.items()}

    assert {page: urls for page, urls in named.items() if urls} == {}
