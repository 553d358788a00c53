"""The answer is renewed in place: what it says is the calculator's, and what did not change is left alone."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.form import submit

QUANTITY = '[name="drugs.0.quantity"]'
CHANGE = """(control) => new Promise((resolve) => {
  document.addEventListener("plain-sentencing:answer", resolve, { once: true });
  control.dispatchEvent(new Event("change", { bubbles: true }));
})"""
CHOOSE_AND_COMPARE = """async () => {
  const folded = (part) => {
    for (const fold of part.querySelectorAll("details")) fold.open = false;
    return part.innerHTML;
  };
  const { engine } = await import("../assets/engine.js");
  const told = [];
  for (const control of document.querySelectorAll("[data-part=form] :is([type=radio], [type=checkbox])")) {
    control.checked = true;
    await (CHANGE)(control);
    const form = Array.from(new FormData(control.form));
    const { kind, html } = JSON.parse((await engine.ask(JSON.stringify({ form }))).reply);
    const whole = new DOMParser().parseFromString(html, "text/html").body;
    const shown = document.querySelector("[data-part=result]").cloneNode(true);
    told.push([kind, control.name, kind === "error" || folded(shown) === folded(whole)]);
    if (control.type === "checkbox") control.checked = false;
  }
  return told;
}""".replace("CHANGE", CHANGE)
ROW = "#ps-receipt .ps-line details"


def test_after_any_change_the_page_says_what_the_calculator_gave(live_page: Page) -> None:
    """Choice after choice of the form is made, and nothing is left of an answer before."""
    told = live_page.evaluate(CHOOSE_AND_COMPARE)

    assert [name for _, name, same in told if not same] == []
    assert {kind for kind, *_ in told} >= {"answer", "stop"}


def test_what_stays_the_same_is_left_alone(live_page: Page) -> None:
    """Rows and parts that say the same stay the same elements, unfolded as they were, and keep the focus."""
    submit(live_page)
    first = live_page.locator(ROW).first
    first.locator("summary").click()
    expect(first).to_have_attribute("open", "")
    live_page.evaluate(
        "row => { window.kept = [document.activeElement, ...document.querySelectorAll(`${row}, #ps-left-out`)]; }", ROW
    )
    quantity = live_page.locator(QUANTITY)
    quantity.evaluate("control => (control.value = '5 kg')")
    before = live_page.locator("#ps-range").inner_text()
    quantity.evaluate(CHANGE)

    assert live_page.locator("#ps-range").inner_text() != before
    stayed, focus = live_page.evaluate(
        "[window.kept.filter((one) => one.isConnected).length / window.kept.length,"
        " window.kept[0] === document.activeElement]"
    )
    assert stayed > 0.75
    assert focus
    assert live_page.locator("#ps-left-out").evaluate("part => window.kept.includes(part)")


def test_what_is_gone_from_the_page_is_asked_for_again(live_page: Page) -> None:
    """Something else may have changed the answer on the page; only places were sent for what it took away."""
    submit(live_page)
    result, quantity = live_page.locator("[data-part=result]"), live_page.locator(QUANTITY)
    before = result.inner_text()
    quantity.evaluate("control => (control.value = '300')")
    quantity.evaluate(CHANGE)
    live_page.evaluate("for (const gone of ['#ps-left-out', '#ps-receipt li']) document.querySelector(gone).remove()")
    quantity.evaluate("control => (control.value = '600')")
    quantity.evaluate(CHANGE)

    assert before == result.inner_text()


def test_enter_in_a_changed_field_asks_once(open_page: Open) -> None:
    """A browser tells of the change and then of the submission; the same question is not asked twice."""
    count = """
        window.asked = 0;
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (...given) { window.asked += 1; return post.apply(this, given); };
    """
    page = open_page(before=lambda page: page.add_init_script(count))
    expect(page.locator("plain-sentencing")).to_have_attribute("data-state", "live")
    before = page.evaluate("window.asked")
    page.locator(QUANTITY).fill("300 g")
    page.keyboard.press("Enter")
    expect(page.locator('[data-echo-for="drugs.0"]')).to_contain_text("300 g")
    expect(page.locator("[data-part=result]")).to_have_attribute("aria-busy", "false")

    assert page.evaluate("window.asked") == before + 1
