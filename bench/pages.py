"""The rows that need a browser: both pages in headless Chromium, from the same server.

Stock is what a careful author has without our work: unmodified `loadPyodide()` with its whole standard library, the
same wheel unpacked, the same case answered, and nothing else on the page. It starts by itself; ours starts when a
reader touches the form as soon as it is there. Both clocks run from the navigation to the answer in the document.
"""

import gzip
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route

from bench.rows import NotMeasured, in_turn, median
from bench.server import FAST_4G, PLAIN, SLOW_4G, Line, Server
from bench.slow_cpu import slowed
from hooks import pack

SITE = pack.ROOT / "site"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 240
# Python for the page's own worker: the levels of heroin at 200 weights, spread over the whole table.
CURVE = """
from datetime import date
from decimal import Decimal
from calculator.law import law_for
from calculator.rules.conversion import level_curve
from calculator.scenario import Drug
from calculator.units import Quantity
law = law_for(sentenced_on=date.fromisoformat(day), offense_ended=date.fromisoformat(day))
drug = Drug(substance="heroin", quantity=Quantity(Decimal(1), "g"))
curve = lambda: level_curve(drug, [Decimal(number * number) for number in range(1, 201)], law.drugs)
"""

LINES = {"cold": PLAIN, "cold-fast4g": FAST_4G, "cold-slow4g": SLOW_4G, "cold-fast4g-cpu4": FAST_4G}
TIMES_SLOWER = {"cold-fast4g-cpu4": 4}

HEAR = """
document.addEventListener("plain-sentencing:answer", ({ detail }) => {
  if (detail.reply.kind === "answer") window.liveAt ??= performance.now();
  requestAnimationFrame(() => setTimeout(() => (window.paintedAt = performance.now())));
});
"""
# A reader who is in the first question as soon as it was painted, and asks as soon as the form is whole.
TOUCH = """
const looking = new MutationObserver(touch);
looking.observe(document, { childList: true, subtree: true });
customElements.whenDefined("plain-sentencing").then(touch);
function touch() {
  const question = document.querySelector("plain-sentencing:defined [data-part=form] :is(input, select)");
  if (!question) return;
  looking.disconnect();
  requestAnimationFrame(() => setTimeout(() => ask(question)));
}
function ask(question) {
  const page = question.closest("plain-sentencing");
  const asking = new MutationObserver(() => {
    if (page.dataset.state === "static") return;
    asking.disconnect();
    question.form.requestSubmit();
  });
  asking.observe(page, { attributes: true });
  question.focus();
}
"""
# A reader who saves data and only reads: the calculator's files stay away.
ONLY_READ = """Object.defineProperty(navigator.connection, "saveData", { value: true });"""
# The first frame in which the sentence of the static answer is in view: its style has come by then.
SEE = """
new MutationObserver((_, looking) => {
  const answer = document.querySelector(".ps-sentence");
  if (!answer) return;
  looking.disconnect();
  new IntersectionObserver(([{ isIntersecting }]) => {
    if (isIntersecting) requestAnimationFrame(() => setTimeout(() => (window.seenAt ??= performance.now())));
  }).observe(answer);
}).observe(document, { childList: true, subtree: true });
"""
EVERY_QUESTION = """async (most) => {
  const form = document.querySelector("[data-part=form]");
  for (const fold of form.querySelectorAll("details")) fold.open = true;
  const told = [];
  const change = async (control, act) => {
    window.paintedAt = 0;
    const start = performance.now();
    act();
    control.dispatchEvent(new Event("change", { bubbles: true }));
    while (!window.paintedAt) {
      if (performance.now() - start > 20_000) throw new Error(`${control.name}: no answer`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    told.push({ name: control.name, took: window.paintedAt - start });
  };
  const next = (list, current) => list[(list.indexOf(current) + 1) % list.length];
  const questions = [];
  for (const select of form.querySelectorAll("select")) {
    const values = Array.from(select.options, ({ value }) => value).filter(Boolean);
    const was = select.value;
    if (values.length > 1) questions.push([
      () => change(select, () => (select.value = next(values, was))),
      () => change(select, () => (select.value = was)),
    ]);
  }
  for (const radio of form.querySelectorAll("input[type=radio]:checked")) {
    const other = next([...form.elements[radio.name]], radio);
    if (other.value) questions.push([
      () => change(other, () => (other.checked = true)),
      () => change(radio, () => (radio.checked = true)),
    ]);
  }
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    const turn = () => change(box, () => (box.checked = !box.checked));
    questions.push([turn, turn]);
  }
  const weight = form.querySelector("[name='drugs.0.quantity']");
  const was = weight.value;
  for (let i = 1; i <= 10; i += 1) questions.push([
    () => change(weight, () => (weight.value = `${100 + 37 * i} g`)),
    () => change(weight, () => (weight.value = was)),
  ]);
  for (const [there, back] of questions.slice(-3)) { await there(); await back(); } // warm
  told.length = 0;
  for (const [there, back] of questions) {
    await there();
    await back();
    if (told.length >= most) break;
  }
  return told;
}"""


class Pages:
    """A browser, a server with both pages, and how each row is measured."""

    def __init__(self, playwright: Playwright, folder: Path, repeats: int, say: Callable[[str], None]) -> None:
        self.playwright, self.folder, self.repeats, self.say = playwright, folder, repeats, say
        self.executable = shutil.which("chromium")
        self.browser: Browser = playwright.chromium.launch(executable_path=self.executable, args=ARGUMENTS)
        self.stock = folder / "stock"
        self.stock.mkdir()
        self.wheel, content = pack.plain_wheel()
        listing = json.loads((SITE / "assets" / "runtime" / "runtime.json").read_text(encoding="utf-8"))
        self.law: str = listing["law"]
        (self.stock / self.wheel).write_bytes(content)
        shutil.copytree(pack.PYODIDE, self.stock / "pyodide", ignore=shutil.ignore_patterns("*.map", "*.d.ts"))
        self.server = Server({"ours": SITE, "stock": self.stock})
        self.paths = {"ours": "/ours/calculator/", "stock": "/stock/"}
        with self.context() as context:
            request = self.open(context, "ours", PLAIN, ONLY_READ).evaluate(
                "JSON.stringify({ form: Array.from(new FormData(document.querySelector('[data-part=form]'))) })"
            )
        page = Path(__file__).with_name("stock.html").read_text(encoding="utf-8")
        page = page.replace("WHEEL", self.wheel).replace("REQUEST", request.replace("<", "\\u003c"))
        (self.stock / "index.html").write_text(page, encoding="utf-8")
        self.server.pack_all()

    @contextmanager
    def context(self, **options: object) -> Iterator[BrowserContext]:
        context = self.browser.new_context(**options)  # type: ignore[arg-type]
        try:
            yield context
        finally:
            context.close()

    def open(self, context: BrowserContext, which: str, line: Line, script: str, *, path: str = "") -> Page:
        """A page, as far as its first bytes; with `ONLY_READ`, until nothing more comes."""
        page = context.new_page()
        page.add_init_script(HEAR + script)
        self.server.over(line)
        page.goto(self.server.origin + (path or self.paths[which]), wait_until="commit", timeout=PATIENCE * 1000)
        if ONLY_READ in script:
            for state in ("load", "networkidle"):
                page.wait_for_load_state(state, timeout=PATIENCE * 1000)
            page.wait_for_timeout(1000)  # what scripts ask for after that
        return page

    def when(self, page: Page, what: str) -> float:
        """The figure once it is there."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if value := page.evaluate(f"(async () => ({what}) || 0)()"):
                return float(value)
            time.sleep(0.05)
        raise NotMeasured(f"{page.url}: no {what} within {PATIENCE} s")

    def live(self, context: BrowserContext, which: str, line: Line = PLAIN) -> float:
        """Milliseconds from the start of the navigation to the answer that Python gave on this page."""
        return self.when(self.open(context, which, line, TOUCH), "window.liveAt")

    # --- The rows

    def cold(self, metric: str) -> dict[str, float]:
        def measure(which: str) -> float:
            with self.context() as context, slowed(TIMES_SLOWER.get(metric, 1)):
                return self.live(context, which, LINES[metric])

        return in_turn(measure, self.repeats)

    def bytes(self) -> dict[str, float]:
        def measure(which: str) -> float:
            with self.context() as context:
                self.live(context, which)
                return self.server.sent

        return in_turn(measure, self.repeats)

    def warm(self) -> dict[str, float]:
        """In a profile on disk, as a reader has it: code caches and what a page keeps work there as they should."""

        def measure(which: str) -> float:
            with tempfile.TemporaryDirectory(dir=self.folder) as profile:
                context = self.playwright.chromium.launch_persistent_context(
                    profile, executable_path=self.executable, args=ARGUMENTS
                )
                try:
                    self.live(context, which)
                    page = context.pages[-1]
                    if which == "ours":
                        kept = "caches.match(new URL('../assets/runtime/memory', location)).then(Boolean)"
                        self.when(page, f"await {kept}")
                    time.sleep(2)
                    page.close()
                    return self.live(context, which)
                finally:
                    context.close()

        return in_turn(measure, self.repeats)

    def edit(self) -> dict[str, float]:
        """Every question of the form answered otherwise and back again, the weight most often; without a pause."""
        taken: list[float] = []
        for _ in range(self.repeats):
            with self.context() as context:
                self.live(context, "ours")
                told = context.pages[-1].evaluate(EVERY_QUESTION, 400)
                times = sorted(one["took"] for one in told)
                slowest = max(told, key=lambda one: one["took"])
                self.say(f"edit: {len(told)} changes, slowest {slowest['name']} {slowest['took']:.0f} ms")
                taken.append(times[int(0.95 * len(times))])
        return {"ours": median(taken)}

    def curve(self) -> dict[str, float]:
        """In the worker of the page, where a reader's curve is computed; for this its script hands out `ready`."""

        def hand_out(route: Route) -> None:
            route.fulfill(response=(script := route.fetch()), body=f"{script.text()}\nself.ready = ready;")

        with self.context(service_workers="block") as context:
            context.route("**/runtime/worker-*.js", hand_out)
            self.live(context, "ours")
            [worker] = [one for one in context.pages[-1].workers if "/runtime/worker-" in one.url]
            taken = worker.evaluate(
                """async ([code, given, times]) => {
                  const builtins = (await self.ready).answer.__globals__.get("__builtins__");
                  const scope = builtins.get("dict")();
                  scope.set("day", given);
                  builtins.get("exec")(code, scope);
                  const curve = scope.get("curve");
                  if (curve().length !== 200) throw new Error("the curve has not 200 points");
                  const taken = [];
                  for (let i = 0; i < times; i += 1) {
                    const start = performance.now();
                    curve();
                    taken.push(performance.now() - start);
                  }
                  return taken;
                }""",
                [CURVE, self.law, self.repeats],
            )
            return {"ours": median(taken)}

    def static(self) -> dict[str, float]:
        """The sample answer on the first page, on a phone."""

        def once() -> float:
            with self.context(viewport={"width": 390, "height": 844}, service_workers="block") as context:
                return self.when(self.open(context, "ours", SLOW_4G, SEE, path="/ours/"), "window.seenAt")

        return {"ours": median(once() for _ in range(self.repeats))}

    def page(self) -> dict[str, float]:
        """What the server sends for one page and nothing kept before; the heaviest of the heaviest by their HTML."""
        pages = sorted(SITE.rglob("index.html"), key=_packed, reverse=True)
        sent: dict[str, int] = {}
        for page in [*pages[:5], SITE / "index.html"]:
            path = f"{page.parent.relative_to(SITE).as_posix()}/".removeprefix("./")
            with self.context(service_workers="block") as context:
                self.open(context, "ours", PLAIN, ONLY_READ, path=f"/ours/{path}")
                if self.server.missing:
                    raise NotMeasured(f"/{path}: not there: {self.server.missing}")
                if [file for file in self.server.files if file.endswith(".zst")]:
                    raise NotMeasured(f"/{path}: the calculator's files came along")
                sent[path] = self.server.content
                kinds: dict[str, int] = {}
                for file, size in self.server.files.items():
                    kind = Path(file.partition("?")[0]).suffix.lstrip(".") or "html"
                    kinds[kind] = kinds.get(kind, 0) + size
                shown = ", ".join(f"{kind} {size:,}" for kind, size in sorted(kinds.items(), key=lambda one: -one[1]))
                self.say(f"page: /{path} {sent[path]:,} bytes: {shown}")
        return {"ours": max(sent.values())}


def _packed(page: Path) -> int:
    return len(gzip.compress(page.read_bytes(), 6))
