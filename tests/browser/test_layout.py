"""How every page lies on a phone and on paper: nothing sticks out, no label covers another, every fold is open in
print.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import SITE, Open

OPEN_FOLDS = "document.querySelectorAll('.md-content details').forEach(fold => { fold.open = true; })"

STICKS_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  const seen = [...document.querySelectorAll('.md-content :is(p, li, table, td, th, a, svg text, summary, figure)')];
  const out = seen
    .filter(one => one.checkVisibility() && !one.closest('.ps-unseen, thead'))
    .filter(one => one.getBoundingClientRect().right > wide + 1 || one.getBoundingClientRect().left < -1)
    .map(one => one.textContent.trim().slice(0, 40));
  return document.documentElement.scrollWidth > wide ? ['the page', ...out] : out;
}"""

SCROLLS = """() => [...document.querySelectorAll('.md-content .ps-scroll, .md-content .md-typeset__scrollwrap')]
  .filter(box => box.scrollWidth > box.clientWidth + 1)
  .map(box => box.querySelector('caption, th').textContent)"""

# Texts by their boxes, less the room above and below the letters; a band or a wall covers a text as another text does.
COVERED = """() => [...document.querySelectorAll('.md-content svg')].flatMap(drawing => {
  const boxes = [...drawing.querySelectorAll('text, .ps-band, .ps-wall')].map(one => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const less = one.tagName === 'text' ? 3 : 0;
    return { one, left, right, top: top + less, bottom: bottom - less };
  });
  return boxes.filter(({ one }) => one.tagName === 'text').flatMap(a => boxes
    .filter(b => a.one !== b.one && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map(b => `${a.one.textContent} / ${b.one.textContent || b.one.getAttribute('class')}`));
})"""

# What the style leaves out of paper on purpose is not asked for.
SHUT_ON_PAPER = """() => [...document.querySelectorAll('.md-content details')]
  .filter(fold => !fold.closest('form'))
  .filter(fold => [...fold.children].slice(1).some(part =>
    getComputedStyle(part).display !== 'none' && !part.checkVisibility()))
  .map(fold => fold.querySelector('summary').textContent.trim().slice(0, 40))"""


# Black on white whatever the screen was, without what leads elsewhere.
ON_PAPER = """() => ({
  law: Boolean(document.querySelector('.ps-as-of')?.checkVisibility()),
  leads: [...document.querySelectorAll('.md-header, .md-sidebar, .md-tabs, .md-footer')]
    .filter(one => one.checkVisibility()).length,
  ink: getComputedStyle(document.querySelector('.md-content p')).color,
})"""


@dataclass
class Looks:
    """What was seen of one page."""

    out: dict[int, list[str]] = field(default_factory=dict)
    covered: list[str] = field(default_factory=list)
    shut: list[str] = field(default_factory=list)
    paper: dict[str, object] = field(default_factory=dict)


@pytest.fixture(scope="module")
def looks(browser: Browser, origin: str) -> Iterator[dict[str, Looks]]:
    """Every page as it was built, looked at once: on paper, then on three phones with every fold open."""
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    seen = {}
    for file in sorted(SITE.rglob("index.html")):
        path = f"/{file.parent.relative_to(SITE).as_posix()}/".replace("/./", "/")
        page.goto(origin + path)
        looks = seen[path] = Looks()
        page.emulate_media(media="print")
        looks.shut = page.evaluate(SHUT_ON_PAPER)
        looks.paper = page.evaluate(ON_PAPER)
        page.emulate_media(media="screen")
        page.evaluate(OPEN_FOLDS)
        for width in (390, 360, 320):
            page.set_viewport_size({"width": width, "height": 800})
            looks.out[width] = page.evaluate(STICKS_OUT) + page.evaluate(SCROLLS)
            looks.covered += page.evaluate(COVERED)
    yield seen
    context.close()


def test_no_page_sticks_out_of_a_phone_or_scrolls_sideways(looks: dict[str, Looks]) -> None:
    """At three widths with every fold open: no text beyond the edges, no table to push about."""
    found = {(path, width): out for path, look in looks.items() for width, out in look.out.items() if out}

    assert found == {}


def test_no_label_of_a_chart_covers_another_on_a_phone(looks: dict[str, Looks]) -> None:
    """By the boxes of the drawn texts, and of the band and the wall of the months bar."""
    assert {path: look.covered for path, look in looks.items() if look.covered} == {}


def test_every_fold_is_open_on_paper(looks: dict[str, Looks]) -> None:
    """What is folded on the screen cannot be opened on paper; the form alone is not printed."""
    assert {path: look.shut for path, look in looks.items() if look.shut} == {}


def test_paper_has_no_navigation_and_black_ink(looks: dict[str, Looks]) -> None:
    """Whatever the screen was: nothing that leads elsewhere, black letters."""
    found = {path: look.paper for path, look in looks.items() if look.paper["leads"]}
    inks = {look.paper["ink"] for look in looks.values()}

    assert found == {}
    assert inks == {"rgb(0, 0, 0)"}


def test_the_law_and_its_date_are_printed(looks: dict[str, Looks]) -> None:
    """A page of the law on paper says which Manual it was read in."""
    assert {
        path for path, look in looks.items() if path.startswith(("/rules/", "/start/")) and not look.paper["law"]
    } == set()


def test_a_word_of_the_law_opens_by_key(open_page: Open) -> None:
    """The hover text is not for those alone who can hover: the word in focus shows its meaning."""
    page = open_page("/rules/mandatory-minimums/")
    word = page.locator("abbr[title]").first
    word.focus()

    assert str(word.get_attribute("title")) in word.evaluate("one => getComputedStyle(one, '::after').content")
