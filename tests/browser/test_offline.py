"""Without a line: the site after one visit, with its server shut down."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SITE, Handler, Server


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server of this test's own, since the test ends it."""
    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.server_close()


def kept(page: Page) -> list[str]:
    """The addresses of everything kept on the device."""
    found: list[str] = page.evaluate(
        """async () => {
          const caught = [];
          for (const name of await caches.keys()) {
            for (const { url } of await (await caches.open(name)).keys()) caught.push(url);
          }
          return caught;
        }"""
    )
    return found


def wait_until_kept(page: Page, *ends: str) -> None:
    """Until everything is kept whose address ends so."""
    for _ in range(300):
        have = kept(page)
        if all(any(url.endswith(end) for url in have) for end in ends):
            return
        page.wait_for_timeout(200)
    pytest.fail(f"not kept: {ends}; kept: {have}")


def test_after_one_visit_the_calculator_answers_without_its_server(browser: Browser, own_server: Server) -> None:
    """The server is shut down; the page comes back, starts from what the device kept, and answers."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{own_server.server_port}/calculator/")
    element = page.locator("plain-sentencing")
    page.locator("[data-part=form] [name]").first.focus()
    expect(element).to_have_attribute("data-state", "live")
    worker = page.locator("meta[name=plain-sentencing]").get_attribute("data-worker") or "missing"
    wait_until_kept(page, "/calculator/", "/runtime/memory", "engine.js", "element.js", "site.css", worker)
    own_server.shutdown()
    own_server.server_close()

    page.reload()
    page.locator("[name='drugs.0.quantity']").fill("120 g")
    page.locator("[data-part=form] [type=submit]").click()

    expect(element).to_have_attribute("data-state", "live")
    expect(page.locator("[data-part=sentence]")).to_contain_text("month")
    expect(page.locator("[data-part=result]")).to_have_attribute("aria-busy", "false")
    context.close()


def test_what_is_kept_was_there_before_the_first_question(browser: Browser, own_server: Server) -> None:
    """The copy of Python's memory holds nothing that was typed."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{own_server.server_port}/calculator/")
    page.locator("[name='drugs.0.quantity']").fill("987654321 g")
    page.locator("[data-part=form] [type=submit]").click()
    wait_until_kept(page, "/runtime/memory")
    found = page.evaluate(
        """async () => {
          const [name] = (await caches.keys()).filter((name) => name.startsWith("plain-sentencing-runtime-"));
          const cache = await caches.open(name);
          const [request] = (await cache.keys()).filter(({ url }) => url.endsWith("/memory"));
          const memory = await (await cache.match(request)).arrayBuffer();
          return new TextDecoder("latin1").decode(memory).includes("987654321");
        }"""
    )
    own_server.shutdown()

    assert found is False
    context.close()


class SwitchedOff(Handler):
    """The same site, once its service worker was switched off."""

    def do_GET(self) -> None:
        if not self.path.startswith("/sw.js"):
            return super().do_GET()
        content = (SITE / "sw.js").read_text(encoding="utf-8").replace("OFF = false", "OFF = true").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None


def test_the_service_worker_can_be_switched_off(browser: Browser, own_server: Server) -> None:
    """With OFF set, the next visit ends the worker and drops everything that was kept."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{own_server.server_port}/")
    wait_until_kept(page, "site.css")
    own_server.RequestHandlerClass = partial(SwitchedOff, directory=str(SITE))  # type: ignore[assignment]
    page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
    for _ in range(100):
        left = page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")
        if not left and not kept(page):
            break
        page.wait_for_timeout(100)

    assert left == 0
    assert kept(page) == []
    own_server.shutdown()
    context.close()
