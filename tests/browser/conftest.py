"""A browser, the built site on a local port, and a watch over every page a test opens."""

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Request, expect, sync_playwright

SITE = Path(__file__).resolve().parents[2] / "site"
SUBPATH = "/plain-sentencing/"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# The machine may be slow, and one start of the calculator is several seconds.
expect.set_options(timeout=90_000)

COUNT_ANSWERS = """
document.addEventListener("plain-sentencing:answer", ({ detail }) => {
  window.lastReply = detail.reply;
  const root = document.documentElement;
  root.dataset.answers = Number(root.dataset.answers ?? 0) + 1;
});
"""


class Handler(SimpleHTTPRequestHandler):
    """The site at the root, and the same site below a path, as a project page has it."""

    def translate_path(self, path: str) -> str:
        if path.startswith(SUBPATH):
            path = path.removeprefix(SUBPATH.rstrip("/"))
        return super().translate_path(path)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Quiet when a page is closed in the middle of a download."""

    def handle_error(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def origin() -> Iterator[str]:
    """The address of the built site."""
    if not (SITE / "index.html").is_file():
        pytest.fail("There is no built site to test: run `make site` first.")
    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium where there is one, else Playwright's own."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=ARGUMENTS, handle_sigint=False
            )
        except Error as error:
            pytest.fail(f"No browser could be started: run `make browser`. {error.message.splitlines()[0]}")
        yield browser
        browser.close()


class Watch:
    """What the pages of one test asked for and complained about."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.expected = ["Service Worker registration blocked by Playwright"]

    def over(self, page: Page) -> None:
        page.context.on("request", self._requested)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on(
            "console",
            lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )

    def expect_complaint(self, part: str) -> None:
        """A test that breaks something says what the browser will report about it."""
        self.expected.append(part)

    def unexpected(self) -> list[str]:
        return [text for text in self.complaints if not any(part in text for part in self.expected)]

    def foreign(self) -> list[str]:
        own = (self.origin + "/", "data:", f"blob:{self.origin}/")
        return [url for url in self.requests if not url.startswith(own)]

    def _requested(self, request: Request) -> None:
        self.requests.append(request.url)


@pytest.fixture
def watch(origin: str) -> Iterator[Watch]:
    """After every test: no other origin was asked, and the browser complained of nothing unexpected."""
    watch = Watch(origin)
    yield watch

    assert watch.foreign() == []
    assert watch.unexpected() == []


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, origin: str, watch: Watch) -> Iterator[Open]:
    """Open a page of the site in a fresh browser profile; `before` may prepare the page first."""
    contexts = []

    def open_page(
        path: str = "/calculator/", *, before: Callable[[Page], object] = lambda page: None, **options: object
    ) -> Page:
        # a service worker would answer before `page.route` does; `test_offline.py` is about that one
        context = browser.new_context(**{"service_workers": "block", **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(COUNT_ANSWERS)
        watch.over(page)
        before(page)
        page.goto(origin + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def live_page(open_page: Open) -> Page:
    """The calculator's page with the calculator running."""
    page = open_page()
    expect(page.locator("plain-sentencing")).to_have_attribute("data-state", "live")
    return page
