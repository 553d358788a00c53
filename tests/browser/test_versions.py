"""A page and its calculator are of one version, or the reader is told; and what the device keeps may always fail."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import SITE, Open, Watch

LISTING = json.loads((SITE / "assets" / "runtime" / "runtime.json").read_text(encoding="utf-8"))
WORKER = "**/runtime/worker-*.js"
OTHER = "0123456789ab"


def of_another_version() -> str:
    """The worker as another build would have made it."""
    script = (SITE / "assets" / "runtime" / LISTING["worker"]).read_text(encoding="utf-8")
    assert f'"version":"{LISTING["version"]}"' in script
    return script.replace(LISTING["version"], OTHER, 1)


class Loads:
    """Counts how often the page itself was loaded."""

    def __init__(self) -> None:
        self.count = 0

    def over(self, page: Page) -> None:
        page.on("framenavigated", lambda _: setattr(self, "count", self.count + 1))

    def wait_for(self, count: int, page: Page) -> None:
        for _ in range(600):
            if self.count >= count:
                return
            page.wait_for_timeout(100)
        pytest.fail(f"the page was loaded {self.count} times")


def test_a_page_that_meets_another_version_is_loaded_anew_and_then_works(open_page: Open) -> None:
    """The first time the worker is of another build; after one reload, nobody had to do anything, it answers."""
    loads = Loads()
    scripts = [of_another_version()]

    def worker(route: Route) -> None:
        if scripts:
            route.fulfill(body=scripts.pop(), content_type="text/javascript")
        else:
            route.continue_()

    def before(page: Page) -> None:
        loads.over(page)
        page.route(WORKER, worker)

    page = open_page(before=before)
    loads.wait_for(2, page)
    page.locator("[data-part=form] [name]").first.focus()

    expect(page.locator("plain-sentencing")).to_have_attribute("data-state", "live")
    assert loads.count == 2


def test_a_version_that_stays_another_is_said_and_never_answers(open_page: Open) -> None:
    """When the reload does not help there is a sentence, no answer, and no second reload."""
    loads = Loads()

    def before(page: Page) -> None:
        loads.over(page)
        page.route(WORKER, lambda route: route.fulfill(body=of_another_version(), content_type="text/javascript"))

    page = open_page(before=before)
    loads.wait_for(2, page)
    page.locator("[data-part=form] [name]").first.focus()
    expect(page.locator("[data-part=status]")).to_contain_text("different versions, so no answer is given")
    expect(page.locator("plain-sentencing")).to_have_attribute("data-state", "failed")
    page.wait_for_timeout(1500)

    assert loads.count == 2
    assert page.locator("html").get_attribute("data-answers") is None


def test_what_was_typed_is_not_lost_to_another_version(open_page: Open) -> None:
    """Once something stands in the form the page is not loaded anew by itself: the reader is told and decides."""
    loads = Loads()

    def before(page: Page) -> None:
        loads.over(page)
        page.add_init_script("Object.defineProperty(navigator.connection, 'saveData', { value: true })")
        page.route(WORKER, lambda route: route.fulfill(body=of_another_version(), content_type="text/javascript"))

    page = open_page(before=before)
    page.evaluate("document.querySelector('[data-part=form]').dispatchEvent(new Event('input', { bubbles: true }))")
    page.locator("[data-part=form] [name]").first.focus()
    expect(page.locator("[data-part=status]")).to_contain_text("different versions")
    page.wait_for_timeout(1000)

    assert loads.count == 1


def test_a_page_of_an_earlier_build_gets_the_present_one(open_page: Open, watch: Watch) -> None:
    """A page out of some cache names files that the host no longer has: it is loaded anew, from the host."""
    watch.expect_complaint("Failed to load resource")
    loads = Loads()
    earlier = [(SITE / "calculator" / "index.html").read_text(encoding="utf-8").replace(LISTING["worker"], "gone.js")]

    def before(page: Page) -> None:
        loads.over(page)
        page.route(
            "**/calculator/",
            lambda route: route.fulfill(body=earlier.pop(), content_type="text/html") if earlier else route.continue_(),
        )

    page = open_page(before=before)
    loads.wait_for(2, page)
    page.locator("[data-part=form] [name]").first.focus()

    expect(page.locator("plain-sentencing")).to_have_attribute("data-state", "live")
    assert loads.count == 2


@pytest.mark.parametrize(
    "trouble",
    [
        "Object.defineProperty(self, 'caches', { get() { throw new DOMException('no', 'SecurityError'); } });",
        "Cache.prototype.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));",
        "Cache.prototype.match = () => Promise.reject(new DOMException('broken', 'InvalidStateError'));",
    ],
    ids=["a private window", "no room", "a broken cache"],
)
def test_a_device_that_keeps_nothing_answers_all_the_same(open_page: Open, trouble: str) -> None:
    """Without Cache Storage, and with a full or a broken one, every visit is a first visit."""
    script = (SITE / "assets" / "runtime" / LISTING["worker"]).read_text(encoding="utf-8")

    def before(page: Page) -> None:
        page.route(WORKER, lambda route: route.fulfill(body=trouble + script, content_type="text/javascript"))

    page = open_page(before=before)
    page.locator("[data-part=form] [type=submit]").click()
    expect(page.locator("html")).to_have_attribute("data-answers", "1")
    page.wait_for_timeout(2500)
    page.reload()
    page.locator("[data-part=form] [type=submit]").click()

    expect(page.locator("plain-sentencing")).to_have_attribute("data-state", "live")
    expect(page.locator("html")).to_have_attribute("data-answers", "1")


KEPT_MEMORY = """
async (change) => {
  for (let tries = 0; tries < 300; tries += 1) {
    for (const name of (await caches.keys()).filter((name) => name.startsWith("plain-sentencing-runtime-"))) {
      const cache = await caches.open(name);
      const memory = (await cache.keys()).find(({ url }) => url.endsWith("/memory"));
      if (!memory) continue;
      if (change === "garbage") await cache.put(memory, new Response(new Uint8Array(1000)));
      if (change === "nothing") for (const key of await cache.keys()) await cache.put(key, new Response(""));
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}
"""


@pytest.mark.parametrize(("change", "downloads"), [("kept", 0), ("garbage", 0), ("nothing", 1)])
def test_the_second_visit_starts_from_the_best_that_is_kept(
    open_page: Open, watch: Watch, change: str, downloads: int
) -> None:
    """From the copy of the memory; where that is unusable from the files; where they are too, from the network."""
    if change != "kept":
        watch.expect_complaint("wasm instantiation failed")  # Pyodide about a memory that does not fit
        watch.expect_complaint("LinkError: WebAssembly")
    page = open_page()
    page.locator("[data-part=form] [name]").first.focus()
    expect(page.locator("plain-sentencing")).to_have_attribute("data-state", "live")
    assert page.evaluate(KEPT_MEMORY, change)
    watch.requests.clear()
    page.reload()
    page.locator("[data-part=form] [type=submit]").click()

    expect(page.locator("html")).to_have_attribute("data-answers", "1")
    expect(page.locator("[data-part=sentence]")).to_contain_text("month")
    assert len([url for url in watch.requests if Path(url).name == LISTING["files"]["runtime"]["file"]]) == downloads


def test_two_tabs_start_side_by_side(open_page: Open) -> None:
    """Both keep their copy at the same time, and both answer; so does a third that finds what they left."""
    first = open_page()
    second = first.context.new_page()
    for page in (first, second):
        if page is second:
            page.goto(first.url)
        page.locator("[data-part=form] [name]").first.focus()
    for page in (first, second):
        expect(page.locator("plain-sentencing")).to_have_attribute("data-state", "live")
    assert first.evaluate(KEPT_MEMORY, "kept")
    third = first.context.new_page()
    third.goto(first.url)
    third.locator("[data-part=form] [name]").first.focus()

    expect(third.locator("plain-sentencing")).to_have_attribute("data-state", "live")
