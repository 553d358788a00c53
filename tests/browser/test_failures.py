"""When the calculator cannot start, hangs or breaks: a reason, nothing lost, and a way on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open, Watch

# Workers that stand in for ours where the test is about the page.
SILENT = "postMessage({ ready: true }); onmessage = () => {};"
BROKEN = """
postMessage({ ready: true });
onmessage = ({ data: { id } }) => postMessage({ id, failure: { kind: "fault", detail: "ValueError: x" } });
"""
SLOW_FIRST = """
postMessage({ ready: true });
const empty = { kind: "answer", bar: "", html: "", errors: [], errors_html: "", echoes: {} };
const reply = (sentence) => JSON.stringify({ ...empty, sentence });
let asked = 0;
onmessage = ({ data: { id } }) => {
  const text = reply(`answer ${++asked}`);
  setTimeout(() => postMessage({ id, reply: text }), asked === 1 ? 1500 : 0);
};
"""


def with_worker(script: str) -> Callable[[Page], None]:
    """A preparation of the page that replaces the worker."""
    return lambda page: page.route(
        "**/worker-*.js", lambda route: route.fulfill(body=script, content_type="text/javascript")
    )


def server_error(route: Route) -> None:
    """The host has a bad moment."""
    route.fulfill(status=500, body="")


def abort(route: Route) -> None:
    """The connection is gone."""
    route.abort()


def damage(route: Route) -> None:
    """Something else arrives in the file's place."""
    route.fulfill(status=200, body=b"not the wheel", content_type="application/octet-stream")


@pytest.mark.parametrize(
    ("file", "trouble", "said"),
    [
        ("*.whl.zst", server_error, "could not be downloaded"),
        ("*.whl.zst", abort, "could not be downloaded"),
        ("*.whl.zst", damage, "arrived damaged"),
        ("runtime-*.zst", server_error, "could not be downloaded"),
        ("runtime-*.zst", abort, "could not be downloaded"),
        ("runtime-*.zst", damage, "arrived damaged"),
        ("program-*.zst", damage, "arrived damaged"),
    ],
)
def test_a_failed_start_says_why_and_retry_mends_it(
    open_page: Open, watch: Watch, file: str, trouble: Callable[[Route], None], said: str
) -> None:
    """The reason is said, what was typed stays, and retry starts the calculator anew."""
    watch.expect_complaint("Failed to load resource")
    if file.startswith("program"):  # Pyodide says so of its program before its worker is ended
        watch.expect_complaint("wasm instantiation failed")
        watch.expect_complaint("Fault: program-")
    pattern = f"**/runtime/{file}"
    page = open_page(before=lambda page: page.route(pattern, trouble))
    element = page.locator("plain-sentencing")
    typed = page.locator("[data-part=form] input[type=text], [data-part=form] input:not([type])").first
    typed.fill("4321 mg")
    expect(element).to_have_attribute("data-state", "failed")
    expect(page.locator("[data-part=status]")).to_contain_text(said)
    expect(typed).to_have_value("4321 mg")

    page.unroute(pattern)
    page.locator("[data-part=retry]").click()

    expect(element).to_have_attribute("data-state", "live")
    expect(typed).to_have_value("4321 mg")
    expect(page.locator("html")).to_have_attribute("data-answers", "1")


def test_a_start_that_stalls_says_so_and_goes_on_when_the_line_is_back(open_page: Open) -> None:
    """After a minute without a byte the reader is told; when the browser is online again it starts by itself."""

    def before(page: Page) -> None:
        page.clock.install()
        page.route("**/runtime-*.zst", lambda route: None)

    page = open_page(before=before)
    page.locator("[data-part=form] [name]").first.focus()
    element = page.locator("plain-sentencing")
    expect(element).to_have_attribute("data-state", "loading")
    page.clock.run_for(61_000)
    expect(element).to_have_attribute("data-state", "failed")
    expect(page.locator("[data-part=status]")).to_contain_text("has stopped")
    page.unroute("**/runtime-*.zst")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(element).to_have_attribute("data-state", "live")


def test_a_missing_worker_is_a_failed_start(open_page: Open, watch: Watch) -> None:
    """Even when the worker's own script does not come, the reader is told."""
    watch.expect_complaint("Failed to load resource")
    page = open_page(before=lambda page: page.route("**/worker-*.js", abort))

    expect(page.locator("plain-sentencing")).to_have_attribute("data-state", "failed")


def test_a_calculation_that_hangs_is_cut_off_and_the_worker_replaced(open_page: Open) -> None:
    """After 20 seconds without a reply the worker is ended, the reader is told, and a new one waits for the next."""
    started = []

    def before(page: Page) -> None:
        page.clock.install()
        page.on("worker", lambda worker: started.append(worker))
        with_worker(SILENT)(page)

    page = open_page(before=before)
    page.locator("[data-part=form] [type=submit]").click()
    element = page.locator("plain-sentencing")
    expect(element).to_have_attribute("data-state", "live")
    page.clock.run_for(19_000)
    expect(element).to_have_attribute("data-state", "live")

    page.clock.run_for(2_000)

    expect(page.locator("[data-part=status]")).to_contain_text("more than 20 seconds")
    expect(element).to_have_attribute("data-state", "live")
    expect(page.locator("[data-part=result]")).to_have_attribute("aria-busy", "false")
    assert len([worker for worker in started if "/runtime/" in worker.url]) == 2


def test_a_fault_of_ours_is_not_blamed_on_the_reader(open_page: Open) -> None:
    """An exception inside the calculator is reported as the calculator's fault."""
    page = open_page(before=with_worker(BROKEN))
    page.locator("[data-part=form] [type=submit]").click()

    expect(page.locator("[data-part=status]")).to_contain_text("a fault of its own")
    expect(page.locator("[data-part=status]")).to_contain_text("ValueError: x")


def test_a_late_reply_to_an_older_question_is_dropped(open_page: Open) -> None:
    """What was changed while the first answer was on its way decides what is shown."""
    page = open_page(before=with_worker(SLOW_FIRST))
    submit = page.locator("[data-part=form] [type=submit]")
    submit.click()
    page.locator("[name='drugs.0.quantity']").fill("77 g")
    submit.click()

    expect(page.locator("[data-part=sentence]")).to_have_text("answer 2")
    expect(page.locator("html")).to_have_attribute("data-answers", "1")
