"""The search: its index is fetched when the reader turns to it, and then all of the theme's search works."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open, Watch

BOX = "[data-md-component=search-query]"
RESULTS = ".md-search-result__item"
FOUND = f"{RESULTS} a[href*='{{}}']"


def of_search(watch: Watch) -> list[str]:
    return [url for url in watch.requests if url.endswith("/search/index.json") or "/workers/search." in url]


def settled(page: Page) -> Page:
    page.wait_for_load_state("networkidle")
    return page


def test_nothing_of_the_index_is_fetched_before_the_reader_turns_to_the_search(open_page: Open, watch: Watch) -> None:
    """The box in focus fetches it, while nothing is typed yet."""
    page = settled(open_page("/start/this-week/"))
    assert of_search(watch) == []

    page.locator(BOX).click()

    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")
    assert len(of_search(watch)) == 2


@pytest.mark.parametrize(
    ("words", "place"),
    [("snitch", "case/cooperation/"), ("good time", "case/time-served/"), ("oxycodone", "drug-weight/")],
)
def test_plain_words_find_their_page(open_page: Open, words: str, place: str) -> None:
    """Typed one after the other, as the index arrives."""
    page = open_page("/")
    page.locator(BOX).click()
    page.locator(BOX).press_sequentially(words)

    expect(page.locator(FOUND.format(place)).first).to_be_attached()


def test_what_is_typed_before_the_index_arrives_is_answered(open_page: Open) -> None:
    """On a slow line nothing is lost, and nothing is said not to be there."""
    held: list[Route] = []

    def hold_back_index(page: Page) -> None:
        page.context.route("**/search/index.json", lambda route: held.append(route))

    page = settled(open_page("/", before=hold_back_index))
    page.keyboard.press("/")
    page.locator(BOX).press_sequentially("snitch")
    page.wait_for_function("document.querySelector('[data-md-component=search-query]').value === 'snitch'")
    while not held:
        page.wait_for_timeout(50)
    expect(page.locator(".md-search-result__meta")).to_have_text("Initializing search")

    held[0].continue_()

    expect(page.locator(FOUND.format("case/cooperation/")).first).to_be_attached()


def test_the_search_works_from_the_keyboard(open_page: Open) -> None:
    """`/` opens it, Enter goes to the best result, where the word is marked."""
    page = settled(open_page("/rules/probation/"))
    page.keyboard.press("/")
    page.keyboard.type("snitch")
    expect(page.locator(RESULTS).first).to_be_visible()

    page.keyboard.press("Enter")

    page.wait_for_url("**/?h=snitch*")


def test_a_link_with_a_question_answers_it(open_page: Open) -> None:
    """`?q=` opens the search with results."""
    page = open_page("/?q=safety+valve")

    expect(page.locator(BOX)).to_have_value("safety valve")
    expect(page.locator(RESULTS).first).to_be_visible()


def test_a_word_is_marked_without_the_index(open_page: Open, watch: Watch) -> None:
    """A page reached from a result marks the word with the settings alone."""
    page = settled(open_page("/case/cooperation/?h=motion"))

    expect(page.locator("mark").first).to_have_text(re.compile("motion", re.IGNORECASE))
    assert of_search(watch) == []
