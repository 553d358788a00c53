"""The page as a reader meets it: right before any script, and live afterwards."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, Worker, expect

from calculator import answer
from tests.browser.conftest import SUBPATH, Open, Watch
from tests.browser.form import fill, submit
from tests.support import all_cases, form_entries

RUNTIME = Path(__file__).resolve().parents[2] / "site" / "assets" / "runtime" / "runtime.json"


def test_the_static_answer_stands_without_script(open_page: Open) -> None:
    """With JavaScript off the sample's whole answer is there, and nothing that could not work is offered."""
    page = open_page(java_script_enabled=False)

    expect(page.locator("[data-part=sentence]")).to_contain_text("month")
    expect(page.locator("[data-part=result]")).to_be_visible()
    expect(page.locator("plain-sentencing button:visible")).to_have_count(0)
    expect(page.locator("[data-part=sample]")).to_be_visible()


def test_the_live_answer_is_the_command_lines(live_page: Page, tmp_path: Path) -> None:
    """Five cases, filled into one page after another, give the answers that the shell gives."""
    file = tmp_path / "case.json"
    answered = [(name, case) for name, case in all_cases() if json.loads(answer(case))["kind"] == "answer"]
    for name, case in answered[:: len(answered) // 5][:5]:
        file.write_text(case, encoding="utf-8")
        told = subprocess.run([sys.executable, "-m", "calculator", file], capture_output=True, check=True)

        fill(live_page, form_entries(json.loads(case)))
        reply = submit(live_page)

        assert reply["kind"] in ("answer", "stop"), (name, reply["errors"])
        assert reply["answer"] == json.loads(told.stdout), name


@pytest.mark.parametrize("path", ["/calculator/", f"{SUBPATH}calculator/"])
def test_the_calculator_is_served_by_the_site_itself(open_page: Open, watch: Watch, path: str) -> None:
    """From the root and from below a path, every file comes from the page's own origin (see `watch`)."""
    page = open_page(path)
    expect(page.locator("plain-sentencing")).to_have_attribute("data-state", "live")
    listing = json.loads(RUNTIME.read_text(encoding="utf-8"))
    base = watch.origin + path.removesuffix("calculator/")

    for file in (listing["worker"], listing["files"]["wheel"]["file"], listing["files"]["runtime"]["file"]):
        assert f"{base}assets/runtime/{file}" in watch.requests


def test_nothing_is_fetched_for_a_reader_who_saves_data(open_page: Open, watch: Watch) -> None:
    """With data saving on, the calculator waits for the reader to touch it."""
    page = open_page(
        before=lambda page: page.add_init_script(
            "Object.defineProperty(navigator.connection, 'saveData', { value: true })"
        )
    )
    page.wait_for_load_state("networkidle")
    element = page.locator("plain-sentencing")
    expect(element).to_have_attribute("data-state", "static")
    assert not [url for url in watch.requests if "/runtime/" in url]

    page.locator("[data-part=form] [name]").first.focus()

    expect(element).to_have_attribute("data-state", "live")


def test_a_tab_has_one_worker(open_page: Open) -> None:
    """Idle time, a touch and two questions start the calculator once."""
    workers: list[Worker] = []
    page = open_page(before=lambda page: page.on("worker", lambda worker: workers.append(worker)))
    page.locator("[data-part=form] [name]").first.focus()
    submit(page)
    submit(page)
    expect(page.locator("html")).to_have_attribute("data-answers", "2")

    assert len([worker for worker in workers if "/runtime/" in worker.url]) == 1


def test_loading_says_how_much_is_left(open_page: Open) -> None:
    """While the runtime comes, bytes of the total stand in a sentence and in a progress bar."""

    def hold_back_runtime(page: Page) -> None:
        page.route("**/runtime-*.zst", lambda route: None)

    page = open_page(before=hold_back_runtime)
    status = page.locator("[data-part=status]")

    listing = json.loads(RUNTIME.read_text(encoding="utf-8"))
    total = sum(file["bytes"] for file in listing["files"].values()) / 1e6
    expect(status).to_have_text(re.compile(rf"^Getting the calculator ready: \d\.\d of {total:.1f} MB, once\.$"))
    expect(page.locator("[data-part=progress]")).to_be_visible()
    expect(page.locator("[data-part=result]")).to_be_visible()


def test_search_and_colours_work_under_the_policy(open_page: Open) -> None:
    """The theme's own scripts are not stopped by the security policy (see `watch`)."""
    page = open_page("/")
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").press_sequentially("calculator")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.keyboard.press("Escape")
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("[data-md-component=palette] label:visible").click()

    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", before or "")
