"""The form: errors, rows, keyboard, small screens, the bar, clearing."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from calculator import answer
from tests.browser.conftest import Open
from tests.browser.form import submit

PICTURES = Path(__file__).resolve().parent / "pictures"
QUANTITY = '[name="drugs.0.quantity"]'


def test_an_error_takes_focus_and_keeps_everything(live_page: Page) -> None:
    """On submit the summary takes focus, the message stands at its field, the old answer is marked as old."""
    quantity = live_page.locator(QUANTITY)
    quantity.fill("minus four")
    reply = submit(live_page)

    assert reply["kind"] == "error"
    expect(live_page.locator("[data-part=errors]")).to_be_focused()
    expect(quantity).to_have_value("minus four")
    expect(quantity).to_have_attribute("aria-invalid", "true")
    message = live_page.locator('[data-error-for="drugs.0.quantity"]')
    expect(message).to_be_visible()
    expect(quantity).to_have_attribute(
        "aria-describedby", re.compile(re.escape(message.get_attribute("id") or "missing"))
    )
    expect(live_page.locator("[data-part=result]")).to_have_attribute("data-stale", re.compile("earlier"))

    quantity.fill("120 g")
    submit(live_page)

    expect(live_page.locator("[data-part=errors]")).to_be_hidden()
    expect(message).to_be_hidden()
    expect(quantity).not_to_have_attribute("aria-invalid", "true")
    expect(live_page.locator("[data-part=result]")).not_to_have_attribute("data-stale", re.compile(""))


def test_a_change_is_answered_without_moving_the_focus(live_page: Page) -> None:
    """An error found on the way is shown beside its field while the person goes on."""
    live_page.locator(QUANTITY).fill("minus four")
    live_page.keyboard.press("Tab")
    focused = live_page.locator(":focus")
    before = focused.evaluate("element => element.outerHTML")

    expect(live_page.locator('[data-error-for="drugs.0.quantity"]')).to_be_visible()
    assert focused.evaluate("element => element.outerHTML") == before


def test_rows_are_added_and_removed(live_page: Page) -> None:
    """A new row gets its own names and the focus; removing it leaves the others as they were."""
    rows = live_page.locator("[data-rows=drugs] > [data-row]")
    live_page.locator("[data-action=add-row][data-for=drugs]").click()
    expect(rows).to_have_count(2)
    added = live_page.locator('[name^="drugs.1."]')
    expect(added.first).to_be_focused()
    assert "__i__" not in rows.nth(1).evaluate("row => row.outerHTML.replace(/<template.*?<\\/template>/gs, '')")

    live_page.locator('[name="drugs.1.quantity"]').fill("5 g")
    rows.nth(0).locator("[data-action=remove-row]").click()

    expect(rows).to_have_count(1)
    expect(live_page.locator('[name="drugs.1.quantity"]')).to_have_value("5 g")


def test_clearing_leaves_nothing_of_the_sample_or_of_what_was_typed(live_page: Page) -> None:
    """An empty form computes nothing by itself, and a case typed into it has no fact of the sample in it."""
    live_page.locator(QUANTITY).fill("2.5 kg")
    live_page.locator("[data-action=clear]").first.click()

    expect(live_page.locator(QUANTITY)).to_have_value("")
    expect(live_page.locator("[data-part=sentence]")).to_have_text("Nothing is answered yet.")
    expect(live_page.locator("[data-part=sample-note]")).to_have_count(0)
    assert (
        live_page.locator("[data-part=form] input[type=text], [data-part=form] input[type=date]").evaluate_all(
            "found => found.filter(({ value }) => value).length"
        )
        == 0
    )

    case = {
        "dates": {"sentenced_on": "2026-06-01", "offense_ended": "2026-01-15"},
        "charge": {"statute": "841(a)", "tier": "C"},
        "drugs": [{"substance": "heroin", "quantity": "12 g"}],
    }
    for name, value in [("dates.sentenced_on", "2026-06-01"), ("dates.offense_ended", "2026-01-15")]:
        live_page.locator(f'[name="{name}"]').fill(value)
    live_page.locator('[name="charge.statute"]').select_option("841(a)")
    live_page.locator('[name="charge.tier"][value="C"]').check()
    live_page.locator('[name="drugs.0.substance"]').fill("heroin")
    live_page.locator(QUANTITY).fill("12 g")
    live_page.locator('[name="history.how"][value="none"]').check()

    assert submit(live_page)["answer"] == json.loads(answer(json.dumps(case)))


def test_the_keyboard_is_enough(live_page: Page) -> None:
    """Every control can be reached by Tab, each shows its focus, and Enter asks for the answer."""
    live_page.locator("[data-part=form] [name]").first.focus()
    seen = set()
    for _ in range(300):
        live_page.keyboard.press("Tab")
        name, kind, outline = live_page.evaluate(
            "(({ name, type, tagName }, { outlineStyle }) => [name || tagName, type, outlineStyle])"
            "(document.activeElement, getComputedStyle(document.activeElement))"
        )
        # the browser itself marks the parts inside a date field
        assert outline != "none" or kind == "date"
        seen.add(name)
        if kind == "submit":
            break
    assert kind == "submit"
    assert "drugs.0.quantity" in seen

    live_page.locator(QUANTITY).fill("51 g")
    live_page.keyboard.press("Enter")

    expect(live_page.locator("[data-part=result]")).to_have_attribute("aria-busy", "false")
    assert live_page.evaluate("window.lastReply.kind") == "answer"


@pytest.mark.parametrize("path", ["/", "/calculator/"])
def test_nothing_is_wider_than_a_small_phone(open_page: Open, path: str) -> None:
    """At 360 pixels a page scrolls one way only."""
    page = open_page(path, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_bar_never_covers_a_focused_field(open_page: Open) -> None:
    """On a phone each control, when focused, lies wholly above the bar."""
    page = open_page(viewport={"width": 360, "height": 640})
    submit(page)
    bar = page.locator("[data-part=bar]")
    expect(bar).to_be_visible()
    top = bar.bounding_box()["y"]  # type: ignore[index]

    for control in page.locator("[data-part=form] [name]:visible").all():
        control.focus()
        box = control.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= top


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pictures_for_a_human_eye(open_page: Open, scheme: str, width: int) -> None:
    """Nobody can assert that it looks right: these pictures are for looking."""
    page = open_page(viewport={"width": width, "height": 1400}, color_scheme=scheme)
    submit(page)
    for part, place in {"form": "form .ps-group", "answer": "[data-part=sentence]"}.items():
        picture = PICTURES / f"{part}-{scheme}-{width}.png"
        page.locator(place).first.evaluate("place => scrollTo(0, place.getBoundingClientRect().top + scrollY - 80)")
        page.screenshot(path=picture)

        assert picture.is_file()
