"""The offline edition, opened from a disk in Chromium and in Firefox: it answers, it is whole, and it sends nothing."""

import hashlib
import json
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from calculator.present.tables import TABLES
from hooks.offline.law_tables import GROUPS
from tests.browser import firefox
from tests.browser.conftest import COUNT_ANSWERS, SITE
from tests.browser.form import fill, submit
from tests.support import Example, differences, examples, form_entries

VIEWS = {"calculator", "safety-valve", "probation", "law-tables", "about"}
# 21 U.S.C. 841(b)(1)(B)(ii): 500 g of cocaine, 5 to 40 years, no probation; 18 U.S.C. 3553(f) lifts the minimum.
# USSG §2D1.1(c)(8): at least 500 g, under 2 kg: level 24; −2 safety valve, −3 acceptance, −2 no points (§4C1.1): 17.
# Chapter Five, Part A, level 17 and category I: 24–30 months.
KNOWN = "24 to 30 months (2 to 2½ years)"
# One kilogram more than 2 kg: level 26 (§2D1.1(c)(7)), so 19 in the end: 30–37 months; still under 5 kg, so still (B).
CHANGED = "3 kg"
AFTER = "30 to 37 months"

# Their figures and arithmetic are in tests/cases/whole_cases.toml: a lifted minimum, and two prison terms with a gun.
WHOLE = (
    "A courier with 2 kg of heroin, no record, who told everything",
    "A dealer in pure methamphetamine with a gun and two prison terms",
)


def known(name: str) -> Example:
    """A case by its name."""
    return next(example for example in examples() if example.name == name)


def edition() -> Path:
    """The one offline file of the built site."""
    found = sorted((SITE / "offline").glob("*.html"))
    if len(found) != 1:
        pytest.fail("There is no offline edition to test: run `make offline` first.")
    return found[0]


@pytest.fixture
def taken_along(tmp_path: Path) -> str:
    """The address of a copy of the file somewhere on the disk, under a name with a blank."""
    file = tmp_path / "taken along.html"
    file.write_bytes(edition().read_bytes())
    return file.as_uri()


# --- The file as it is written


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in ("href", "src", "action", "formaction", "srcset", "data", "poster", "ping") and value:
                self.addresses.append((tag, value))


@pytest.fixture(scope="module")
def read() -> _Reader:
    reader = _Reader()
    reader.feed(edition().read_text(encoding="utf-8"))
    return reader


def test_every_view_and_every_law_table_is_in_the_file(read: _Reader) -> None:
    """Calculator, safety valve, probation, law tables, and what the file is."""
    words = [word for _, group in GROUPS for word, _ in group]

    assert set(read.ids) >= VIEWS
    assert sorted(words) == sorted({*TABLES, "quantity-table", "sentencing-table"})
    assert {f"table-{word}" for word in words} <= set(read.ids)


def test_no_link_in_the_file_leads_outside_or_nowhere(read: _Reader) -> None:
    """Each address is a place in the same document, and each place is there once."""
    doubled = sorted({name for name in read.ids if read.ids.count(name) > 1})
    lost = [address for _, address in read.addresses if address[1:] not in read.ids]

    assert doubled == []
    assert [address for _, address in read.addresses if not address.startswith("#")] == []
    assert lost == []


def test_the_policy_of_the_file_names_no_address() -> None:
    """Nothing by default, scripts and styles by hash, no request, no form."""
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', edition().read_text(encoding="utf-8"))
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    assert rules["default-src"] == rules["connect-src"] == rules["form-action"] == rules["base-uri"] == "'none'"
    assert not re.search(r"https?:|'self'|unsafe-inline|'unsafe-eval'|\*", policy)


def test_the_page_s_own_scripts_know_no_address_and_open_no_window() -> None:
    """A policy cannot forbid a new window; the only scripts that it lets run have no such thing."""
    html = edition().read_text(encoding="utf-8")
    scripts = re.findall(r"<script(?: type=\"module\")?>(.*?)</script>", html, re.DOTALL)

    assert len(scripts) == 2
    assert [found for script in scripts for found in re.findall(r"https?://|\bopen\(|_blank", script)] == []


def test_the_file_says_what_it_is() -> None:
    """Version, the day, the Manual, and that a newer one has taken effect."""
    html = edition().read_text(encoding="utf-8")

    assert "Guidelines Manual in force from 2025-11-01" in html
    assert "Guidelines Manual, November 1, 2025</span>, complete through" in html
    assert "A newer Manual took effect on" in html
    assert f"<dd>{edition().stem[-10:]}</dd>" in html


def test_the_shown_hash_is_what_the_documented_command_prints() -> None:
    """The command stands in the file; with the file's name in it, it prints the number that the file shows."""
    html = edition().read_text(encoding="utf-8")
    [shown] = re.findall(r'<code id="sha256">([0-9a-f]{64})</code>', html)
    [written] = re.findall(r"<code>(sed [^<]* FILE \| sha256sum)</code>", html)
    command = written.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("FILE", str(edition()))
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)

    assert done.stdout.split()[0] == shown


def test_the_site_offers_the_file_with_its_size_its_day_and_both_hashes() -> None:
    """On a page of its own, which the calculator's page links to; `sha256sum --check` reads the file beside it."""
    file = edition()
    page = (SITE / "start" / "without-internet" / "index.html").read_text(encoding="utf-8")
    calculator = (SITE / "calculator" / "index.html").read_text(encoding="utf-8")
    [shown] = re.findall(r'<code id="sha256">([0-9a-f]{64})</code>', file.read_text(encoding="utf-8"))
    whole = hashlib.sha256(file.read_bytes()).hexdigest()
    done = subprocess.run(["sha256sum", "--check", f"{file.name}.sha256"], cwd=file.parent, capture_output=True)

    assert f'href="../../offline/{file.name}" download' in page
    assert f"{file.stat().st_size / 1e6:.1f} MB, made on {file.stem[-10:]}." in page
    assert whole in page
    assert shown in page
    assert '<a href="../start/without-internet/">' in calculator
    assert done.returncode == 0


def test_make_offline_says_where_the_file_is_how_large_and_its_hash(capsys: pytest.CaptureFixture[str]) -> None:
    """What `make offline` prints last."""
    from hooks.offline.__main__ import main

    status = main()
    said = capsys.readouterr().out

    assert status == 0
    assert edition().name in said
    assert f"{edition().stat().st_size:,} bytes" in said
    assert hashlib.sha256(edition().read_bytes()).hexdigest() in said


# --- In a browser, from a disk, without a network


class _Catcher(ThreadingHTTPServer):
    """A server on this machine that the file is tempted to speak to, and that remembers whoever did."""

    def __init__(self) -> None:
        caught = self.caught = []  # type: list[str]

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                caught.append(self.path)
                self.send_response(200)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()

            do_POST = do_HEAD = do_OPTIONS = do_GET

            def log_message(self, *_: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def catching() -> Iterator[_Catcher]:
    """A running catcher."""
    server = _Catcher()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


# Every way out of a page that a script can try; each is caught, so that all are tried.
TEMPT = """
async (to) => {
  const tried = [];
  const attempt = async (name, way) => {
    tried.push(name);
    try { await Promise.race([way(), new Promise((done) => setTimeout(done, 500))]); } catch {}
  };
  const element = (name, properties) => document.body.append(Object.assign(document.createElement(name), properties));
  const form = (target) => {
    const made = document.createElement("form");
    document.body.append(Object.assign(made, { action: `${to}/form`, method: "post", target }));
    made.submit();
  };
  await attempt("fetch", () => fetch(`${to}/fetch`, { mode: "no-cors" }));
  await attempt("keepalive", () => fetch(`${to}/keepalive`, { mode: "no-cors", keepalive: true, method: "POST" }));
  await attempt("request", () => { const asked = new XMLHttpRequest(); asked.open("GET", `${to}/xhr`); asked.send(); });
  await attempt("beacon", () => navigator.sendBeacon(`${to}/beacon`, "x"));
  await attempt("socket", () => new WebSocket(to.replace("http", "ws") + "/socket"));
  await attempt("events", () => new EventSource(`${to}/events`));
  await attempt("image", () => { new Image().src = `${to}/image`; });
  await attempt("style", () => { document.body.style.backgroundImage = `url(${to}/style)`; });
  await attempt("sheet", () => element("link", { rel: "stylesheet", href: `${to}/sheet` }));
  await attempt("prefetch", () => element("link", { rel: "prefetch", href: `${to}/prefetch` }));
  await attempt("preload", () => element("link", { rel: "preload", as: "image", href: `${to}/preload` }));
  await attempt("script", () => element("script", { src: `${to}/script` }));
  await attempt("import", () => import(`${to}/import`));
  await attempt("frame", () => element("iframe", { src: `${to}/frame` }));
  await attempt("media", () => element("video", { src: `${to}/media` }));
  await attempt("object", () => element("object", { data: `${to}/object` }));
  await attempt("worker", () => new Worker(`${to}/worker`));
  await attempt("worker's fetch", () => {
    const text = `fetch("${to}/worker-fetch", { mode: "no-cors" }); importScripts("${to}/worker-import");`;
    new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  });
  await attempt("form", () => form("_self"));
  await attempt("ping", () => {
    const link = Object.assign(document.createElement("a"), { href: "#about", ping: `${to}/ping` });
    document.body.append(link);
    link.click();
  });
  await attempt("link", () => {
    const link = Object.assign(document.createElement("a"), { href: `${to}/link` });
    document.body.append(link);
    link.click();
  });
  await attempt("location", () => { location.href = `${to}/location`; });
  await attempt("replace", () => { location.replace(`${to}/replace`); });
  await new Promise((done) => setTimeout(done, 1500));
  return tried;
}
"""

LIVE = "document.querySelector('plain-sentencing').dataset.state === 'live'"
SENTENCE = "document.querySelector('[data-part=sentence]').textContent"


@pytest.fixture
def offline_page(browser: Browser, taken_along: str) -> Iterator[Page]:
    """The file in Chromium, with the network off: afterwards it has asked for nothing and complained of nothing."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.add_init_script(COUNT_ANSWERS)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    context.on("request", lambda request: asked.append(request.url))
    page.goto(taken_along)
    expect(page.locator("plain-sentencing")).to_have_attribute("data-state", "live")
    yield page
    context.close()

    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    assert complaints == []


@pytest.fixture
def unguarded(tmp_path: Path) -> str:
    """The address of a file without a policy: what it can send shows that the attempts are real."""
    file = tmp_path / "unguarded.html"
    file.write_text('<!doctype html><meta charset="utf-8"><title>Unguarded</title><p>Nothing', encoding="utf-8")
    return file.as_uri()


def test_chromium_answers_a_known_case_from_the_file(offline_page: Page) -> None:
    """The sample's figures, and after 3 kg was typed those of level 19; the views beside it say the same."""
    page = offline_page
    expect(page.locator("[data-part=sentence]")).to_contain_text(KNOWN)
    page.locator("[name='drugs.0.quantity']").fill(CHANGED)
    page.locator("[data-part=form] [type=submit]").click()

    expect(page.locator("[data-part=sentence]")).to_contain_text(AFTER)
    for copied in page.locator("[data-copy-sentence]").all():
        expect(copied).to_contain_text(AFTER)
    expect(page.locator("#safety-valve .ps-copy")).to_contain_text("test by test")
    expect(page.locator("#probation .ps-copy")).to_contain_text("Is probation legally open?")
    expect(page.locator("[data-part=bar]")).to_be_visible()


def test_chromium_answers_whole_cases_as_they_state(offline_page: Page) -> None:
    """Filled in from empty rows, with priors; every figure that the case states."""
    for name in WHOLE:
        case = known(name)
        fill(offline_page, form_entries(case.given))
        reply = submit(offline_page)

        assert differences(reply["answer"], case.expect) == [], name  # type: ignore[arg-type]


def test_a_cleared_form_leaves_no_answer_in_any_view(offline_page: Page) -> None:
    """What is gone from the calculator is gone from the safety valve and from probation."""
    offline_page.locator("[data-part=form] [data-action=clear]").click()

    for copied in offline_page.locator("[data-copy]").all():
        expect(copied).to_have_text("There is no answer in the calculator now.")
    expect(offline_page.locator("[data-copy-sentence]").first).not_to_contain_text("month")


def test_an_answer_to_earlier_entries_says_so_in_every_view(offline_page: Page) -> None:
    """An amount that cannot be read leaves the last answer standing, marked as the answer to something else."""
    offline_page.locator("[name='drugs.0.quantity']").fill("much")
    offline_page.locator("[data-part=form] [type=submit]").click()

    for copied in offline_page.locator(".ps-copy").all():
        expect(copied).to_have_attribute("data-stale", re.compile("earlier entries"))


def test_chromium_sends_nothing_whatever_a_script_tries(browser: Browser, taken_along: str, unguarded: str) -> None:
    """A server on this machine hears of nothing, with the network on; from a file without a policy it hears."""
    heard = {}
    for address in (taken_along, unguarded):
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        with catching() as server:
            try:
                page.evaluate(TEMPT, server.address)
            except Error:  # the page was left, which is one of the ways
                page.wait_for_timeout(500)
        heard[address] = server.caught
        context.close()

    assert heard[taken_along] == []
    assert len(heard[unguarded]) > 12


def test_paper_gets_the_view_on_the_screen(offline_page: Page) -> None:
    """The view that fills the screen is printed, and the whole file from its own button."""
    offline_page.locator("#law-tables").evaluate("view => view.scrollIntoView()")
    offline_page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = offline_page.locator(".ps-view:not([data-unprinted])").evaluate_all("all => all.map(({ id }) => id)")
    offline_page.evaluate("self.print = () => dispatchEvent(new Event('beforeprint'))")
    offline_page.locator("[data-action=print-everything]").click()

    assert printed == ["law-tables"]
    assert offline_page.locator("[data-unprinted]").count() == 0


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_nothing_runs_off_the_side(browser: Browser, taken_along: str, width: int) -> None:
    """Only what scrolls by itself is wider than the page."""
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=True)
    page = context.new_page()
    page.goto(taken_along)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_colors_follow_the_device(browser: Browser, taken_along: str) -> None:
    """Dark where the device is dark."""
    found = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(taken_along)
        found[scheme] = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        context.close()

    assert found == {"light": "rgb(253, 252, 249)", "dark": "rgb(20, 24, 29)"}


@pytest.fixture
def tab(tmp_path: Path, taken_along: str) -> Iterator[firefox.Tab]:
    """The file in Firefox, with every way to the network leading nowhere."""
    if not firefox.program():
        pytest.skip("Firefox is not installed: run `make browser`, or install it, to test the file there.")
    profile = tmp_path / "profile"
    profile.mkdir()
    with firefox.firefox(profile) as tab:
        tab.open(taken_along)
        tab.wait_until(LIVE)
        yield tab


def test_firefox_answers_a_known_case_from_the_file(tab: firefox.Tab) -> None:
    """The same figures as in Chromium; the browser asks for nothing and complains of nothing."""
    assert KNOWN in tab.evaluate(SENTENCE)
    tab.evaluate(
        f"""(() => {{
          document.querySelector("[name='drugs.0.quantity']").value = "{CHANGED}";
          document.querySelector("[data-part=form] [type=submit]").click();
        }})()"""
    )
    tab.wait_until(f"{SENTENCE}.includes({json.dumps(AFTER)})")
    copies = tab.evaluate("Array.from(document.querySelectorAll('[data-copy-sentence]'), (copy) => copy.textContent)")

    assert len(copies) == 2
    assert all(AFTER in copy for copy in copies)
    assert tab.asked_outside() == []
    assert tab.complaints == []


# The same as `form.fill`, for a browser that Playwright does not drive.
FILL = """
(entries) => {
  const form = document.querySelector("[data-part=form]");
  for (const button of form.querySelectorAll("[data-action=remove-row]")) button.click();
  for (const [name] of entries) {
    if (form.querySelector(`[name="${CSS.escape(name)}"]`)) continue;
    form.querySelector(`[data-action=add-row][data-for="${name.split(/[.][0-9]+[.]/)[0]}"]`).click();
  }
  for (const control of form.elements) {
    if (!control.name) continue;
    const wanted = entries.filter(([name]) => name === control.name).map(([, text]) => text);
    if (control.type === "radio" || control.type === "checkbox") control.checked = wanted.includes(control.value);
    else if (control.type === "select-one") control.value = wanted[0] ?? control.options[0].value;
    else control.value = wanted.find((text) => text !== "unknown") ?? "";
  }
  window.lastReply = null;
  form.querySelector("[type=submit]").click();
}
"""
ANSWERED = "window.lastReply && document.querySelector('[data-part=result]').ariaBusy === 'false'"


def test_firefox_answers_whole_cases_as_they_state(tab: firefox.Tab) -> None:
    """The same cases, the same figures."""
    tab.evaluate(f"(() => {{ {COUNT_ANSWERS} }})()")
    for name in WHOLE:
        case = known(name)
        tab.evaluate(f"({FILL})({json.dumps(form_entries(case.given))})")
        tab.wait_until(ANSWERED)
        reply = tab.evaluate("window.lastReply")

        assert differences(reply["answer"], case.expect) == [], name


def test_firefox_sends_nothing_whatever_a_script_tries(tab: firefox.Tab, taken_along: str, unguarded: str) -> None:
    """A server on this machine hears of nothing; from a file without a policy it hears."""
    heard = {}
    for address in (taken_along, unguarded):
        tab.open(address)
        with catching() as server:
            with suppress(AssertionError):  # the page was left, which is one of the ways
                tab.evaluate(f"({TEMPT})({json.dumps(server.address)})")
            time.sleep(0.5)
        heard[address] = server.caught

    assert heard[taken_along] == []
    assert len(heard[unguarded]) > 12
