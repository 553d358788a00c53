"""The service worker: what is new wins, what is old goes."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import SITE, Handler, Server

CONTROLLED = """
async () => {
  await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 300 && !navigator.serviceWorker.controller; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return Boolean(navigator.serviceWorker.controller);
}
"""


class Newer(Handler):
    """The same site, published again with another word on its first page."""

    newer = False

    def do_GET(self) -> None:
        if not (Newer.newer and self.path == "/"):
            return super().do_GET()
        content = (SITE / "index.html").read_text(encoding="utf-8").replace("<title>", "<title>Newer: ", 1).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None


@pytest.fixture
def server() -> Iterator[Server]:
    """A site that can be published again."""
    Newer.newer = False
    server = Server(("127.0.0.1", 0), partial(Newer, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser in which service workers run."""
    context = browser.new_context()
    yield context
    context.close()


def visited(context: BrowserContext, server: Server) -> Page:
    """The first page, with the service worker in charge."""
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    assert page.evaluate(CONTROLLED)
    return page


def test_where_there_is_a_line_the_newest_page_is_shown(context: BrowserContext, server: Server) -> None:
    """A page that was kept does not stand in the way of the one published since."""
    page = visited(context, server)
    page.reload()
    assert not page.title().startswith("Newer")
    Newer.newer = True
    page.reload()

    assert page.title().startswith("Newer")


def test_what_earlier_versions_kept_is_dropped(context: BrowserContext, server: Server) -> None:
    """A new service worker deletes the earlier ones' pages, and nothing that is not the site's."""
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/assets/icon.svg")
    page.evaluate(
        "async () => { for (const name of ['plain-sentencing-site-worker-old', 'another']) await caches.open(name); }"
    )
    page = visited(context, server)
    for _ in range(100):
        names = page.evaluate("caches.keys()")
        if "plain-sentencing-site-worker-old" not in names:
            break
        page.wait_for_timeout(100)

    assert "plain-sentencing-site-worker-old" not in names
    assert "another" in names
