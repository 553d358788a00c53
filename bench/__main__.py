"""Measures everything the issue of the fast start names, ours and stock in turn, and prints medians.

python -m bench [--repeats 7] [--only cold,warm] [--json FILE]
"""

import argparse
import json
import lzma
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.server import FAST_4G, PLAIN, SLOW_4G, Line, Server
from bench.slow_cpu import slowed
from hooks import pack

ROOT = pack.ROOT
SITE = ROOT / "site"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PATIENCE = 240
# A reader who touches the calculator as soon as it is there.
TOUCH = """
document.addEventListener("plain-sentencing:answer", () => {
  window.liveAt ??= performance.now();
  requestAnimationFrame(() => setTimeout(() => { window.paintedAt = performance.now(); }));
});
customElements.whenDefined("plain-sentencing").then(() => {
  const form = document.querySelector("[data-part=form]");
  if (!form || window.noTouch) return;
  form.querySelector("input, select").focus();
  form.requestSubmit();
});
"""
LEAVE = """window.noTouch = true; Object.defineProperty(navigator.connection, "saveData", { value: true });"""
CPU = {"cold-fast4g-cpu4": 4}
LINES = {"cold": PLAIN, "cold-fast4g": FAST_4G, "cold-slow4g": SLOW_4G, "cold-fast4g-cpu4": FAST_4G}
MUST = {
    "cold": "0.45", "cold-fast4g": "0.50", "cold-slow4g": "0.58", "cold-fast4g-cpu4": "0.46", "bytes": "0.65",
    "warm": "0.30", "import": "150 ms", "edit": "50 ms", "curve": "400 ms", "static-slow4g": "2,500 ms",
    "page": "130,000 B", "lines": "1,000/s", "rebuild": "15 s",
}  # fmt: skip


class Bench:
    """One browser, one server, and what was measured so far."""

    def __init__(self, browser: Browser, folder: Path, repeats: int) -> None:
        self.browser, self.folder, self.repeats = browser, folder, repeats
        self.listing = json.loads((SITE / "assets" / "runtime" / "runtime.json").read_text(encoding="utf-8"))
        stock = folder / "stock"
        stock.mkdir()
        name, content = pack.plain_wheel()
        self.plain = name
        (stock / name).write_bytes(content)
        shutil.copytree(pack.PYODIDE, stock / "pyodide", ignore=shutil.ignore_patterns("*.map"))
        page = Path(__file__).with_name("stock.html").read_text(encoding="utf-8")
        (stock / "index.html").write_text(page.replace("WHEEL", name), encoding="utf-8")
        self.server = Server({"ours": SITE, "stock": stock})
        self.pages = {"ours": "/ours/calculator/", "stock": "/stock/"}
        with_form = self.open(self.browser.new_context(), "ours", PLAIN, LEAVE)
        self.request = with_form.evaluate(
            "JSON.stringify({ form: Array.from(new FormData(document.querySelector('[data-part=form]'))) })"
        )
        with_form.context.close()
        (stock / "request.json").write_text(self.request, encoding="utf-8")

    def open(self, context: BrowserContext, which: str, line: Line, script: str = "") -> Page:
        page = context.new_page()
        page.add_init_script(script + TOUCH)
        self.server.over(line)
        page.goto(self.server.origin + self.pages[which], wait_until="commit", timeout=PATIENCE * 1000)
        if script:
            page.wait_for_load_state("networkidle")
        return page

    def live(self, page: Page) -> float:
        """Milliseconds from the start of the navigation to the live answer."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if at := page.evaluate("window.liveAt ?? 0"):
                return float(at)
            time.sleep(0.02)
        raise TimeoutError(f"{page.url}: no answer within {PATIENCE} s")

    def cold(self, metric: str) -> Callable[[str], float]:
        def measure(which: str) -> float:
            context = self.browser.new_context()
            try:
                with slowed(CPU.get(metric, 1)):
                    return self.live(self.open(context, which, LINES[metric]))
            finally:
                context.close()

        return measure

    def bytes(self, which: str) -> float:
        context = self.browser.new_context()
        try:
            self.live(self.open(context, which, PLAIN))
            return self.server.sent
        finally:
            context.close()

    def warm(self, which: str) -> float:
        context = self.browser.new_context()
        try:
            page = self.open(context, which, PLAIN)
            self.live(page)
            if which == "ours":
                wait = "caches.match(new URL('../assets/runtime/memory', location)).then(Boolean)"
                while not page.evaluate(wait):
                    time.sleep(0.1)
            time.sleep(2)
            page.close()
            return self.live(self.open(context, which, PLAIN))
        finally:
            context.close()

    def alternating(self, measure: Callable[[str], float]) -> dict[str, float]:
        told: dict[str, list[float]] = {"ours": [], "stock": []}
        for turn in range(self.repeats):
            for which in ("ours", "stock") if turn % 2 == 0 else ("stock", "ours"):
                told[which].append(measure(which))
        return {which: statistics.median(values) for which, values in told.items()}

    def imports(self) -> dict[str, float]:
        unpacked = self.folder / "packed"
        unpacked.mkdir(exist_ok=True)
        for entry in self.listing["files"].values():
            content = lzma.decompress((SITE / "assets" / "runtime" / entry["file"]).read_bytes())
            for name, size in entry["parts"].items():
                (unpacked / name).write_bytes(content[:size])
                content = content[size:]
        wheel = next(iter(self.listing["files"]["wheel"]["parts"]))
        given = {"ours": (unpacked, wheel, "packed"), "stock": (self.folder / "stock", self.plain, "stock")}

        def measure(which: str) -> float:
            folder, name, kind = given[which]
            script = Path(__file__).with_name("import.mjs")
            command = ["node", script, folder, name, self.listing["law"], kind]
            return float(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout)

        return self.alternating(measure)

    def edit(self) -> dict[str, float]:
        """One quantity changed, until the new result is painted: the 95th of a hundred."""
        context = self.browser.new_context()
        page = self.open(context, "ours", PLAIN)
        self.live(page)
        times = page.evaluate(
            """async (count) => {
              const field = document.querySelector("[name='drugs.0.quantity']");
              const times = [];
              for (let i = 0; i < count; i += 1) {
                window.paintedAt = 0;
                field.value = `${100 + i} g`;
                const start = performance.now();
                field.dispatchEvent(new Event("change", { bubbles: true }));
                while (!window.paintedAt) await new Promise((resolve) => setTimeout(resolve, 1));
                times.push(window.paintedAt - start);
              }
              return times;
            }""",
            max(20, 15 * self.repeats),
        )
        context.close()
        return {"ours": sorted(times[5:])[int(len(times[5:]) * 0.95)]}

    def static(self) -> dict[str, float]:
        def once() -> float:
            context = self.browser.new_context()
            page = self.open(context, "ours", SLOW_4G, LEAVE)
            painted = float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            context.close()
            return painted

        return {"ours": statistics.median(once() for _ in range(min(3, self.repeats)))}

    def page(self) -> dict[str, float]:
        context = self.browser.new_context(service_workers="block")
        self.open(context, "ours", PLAIN, LEAVE)
        context.close()
        return {"ours": self.server.sent}

    def lines(self) -> dict[str, float] | None:
        """Whole cases a second on one core, from the shell."""
        entry = subprocess.run([sys.executable, "-m", "calculator", "--help"], capture_output=True, text=True, cwd=ROOT)
        if "--lines" not in entry.stdout:
            return None
        from tests.support import all_cases

        cases = [json.loads(case) for _, case in all_cases() if '"drugs"' in case]
        count = 10_000
        given = "\n".join(json.dumps(_varied(cases[i % len(cases)], i)) for i in range(count))
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "calculator", "--lines", "-"],
            input=given, text=True, stdout=subprocess.DEVNULL, check=True, cwd=ROOT,
        )  # fmt: skip
        return {"ours": count / (time.perf_counter() - start)}

    def rebuild(self) -> dict[str, float]:
        start = time.perf_counter()
        subprocess.run(["make", "-s", "site"], capture_output=True, check=True, cwd=ROOT)
        return {"ours": time.perf_counter() - start}


def _varied(case: dict[str, object], number: int) -> dict[str, object]:
    """The same case with another weight, so that no two lines are alike."""
    drugs = case.get("drugs")
    if not isinstance(drugs, list):
        return case
    return {**case, "drugs": [{**drug, "quantity": f"{number + 1} g"} for drug in drugs if isinstance(drug, dict)]}


def main() -> None:
    """Measure what is asked for and print a table, then JSON lines."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--only", default=",".join(MUST), help="metrics, with commas")
    parser.add_argument("--json", type=Path, help="also write the JSON lines here")
    chosen = parser.parse_args()
    wanted = chosen.only.split(",")
    rows = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        bench = Bench(browser, Path(folder), chosen.repeats)
        how: dict[str, Callable[[], dict[str, float] | None]] = {
            **{name: lambda name=name: bench.alternating(bench.cold(name)) for name in LINES},  # type: ignore[misc]
            "bytes": lambda: bench.alternating(bench.bytes),
            "warm": lambda: bench.alternating(bench.warm),
            "import": bench.imports,
            "edit": bench.edit,
            "static-slow4g": bench.static,
            "page": bench.page,
            "lines": bench.lines,
            "rebuild": bench.rebuild,
        }
        for metric in wanted:
            told = how[metric]() if metric in how else None
            row: dict[str, object] = {"metric": metric, "ours": None, "stock": None, "ratio": None, **(told or {})}
            if told and "stock" in told:
                row["ratio"] = round(told["ours"] / told["stock"], 3)
            rows.append(row)
            print(f"… {json.dumps(row)}", file=sys.stderr, flush=True)
        browser.close()
    print(f"| {'metric':<17} | {'ours':>10} | {'stock':>10} | {'ratio':>6} | must reach |")
    print(f"| {'-' * 17} | {'-' * 9}: | {'-' * 9}: | {'-' * 5}: | ---------- |")
    for row in rows:
        ours, stock, ratio = (row[key] for key in ("ours", "stock", "ratio"))
        shown = [f"{value:,.0f}" if isinstance(value, float | int) else "–" for value in (ours, stock)]
        last = MUST[str(row["metric"])]
        print(f"| {row['metric']!s:<17} | {shown[0]:>10} | {shown[1]:>10} | {ratio or '–':>6} | {last:<10} |")
    text = "\n".join(json.dumps(row) for row in rows)
    print(text)
    if chosen.json:
        chosen.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
