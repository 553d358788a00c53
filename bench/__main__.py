"""Our page against a stock Pyodide page, in one run: medians, as a table and as JSON lines.

python -m bench [--repeats 7] [--only cold,warm] [--json FILE]
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import shell
from bench.pages import LINES, Pages
from bench.rows import ROWS, NotMeasured, Told, chosen, json_lines, median, table, told

LEAST = 7


def main() -> int:
    """Measure what is asked for, print it, and end with 1 when a row could not be measured."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--repeats", type=int, default=LEAST, help=f"how often each is measured; counts from {LEAST}")
    parser.add_argument("--only", default=",".join(row.metric for row in ROWS), help="metrics, with commas")
    parser.add_argument("--json", type=Path, help="also write the JSON lines here")
    given = parser.parse_args()
    try:
        wanted = chosen(given.only.split(","))
    except NotMeasured as error:
        parser.error(str(error))
    results: list[Told] = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        pages = Pages(playwright, Path(folder), given.repeats, _say)
        how = _how(pages, Path(folder), given.repeats)
        for row in wanted:
            start = time.monotonic()
            results.append(told(row, how[row.metric]))
            _say(f"{json_lines(results[-1:])}  {results[-1].why_not} ({time.monotonic() - start:.0f} s)")
        pages.browser.close()
    print(table(results))
    if given.repeats < LEAST:
        print(f"Medians of {given.repeats}: too few to count.")
    print(json_lines(results))
    if given.json:
        given.json.write_text(json_lines(results) + "\n", encoding="utf-8")
    broken = [result for result in results if result.why_not]
    for result in broken:
        print(f"bench: {result.row.metric} could not be measured: {result.why_not}", file=sys.stderr)
    return 1 if broken else 0


def _how(pages: Pages, folder: Path, repeats: int) -> dict[str, Callable[[], Mapping[str, float]]]:
    def alone(measure: Callable[[], float]) -> Callable[[], Mapping[str, float]]:
        return lambda: {"ours": median(measure() for _ in range(repeats))}

    return {
        **{metric: lambda metric=metric: pages.cold(metric) for metric in LINES},  # type: ignore[misc]
        "bytes": pages.bytes,
        "warm": pages.warm,
        "import": lambda: shell.imports(folder, pages.stock, pages.wheel, repeats),
        "edit": pages.edit,
        "curve": pages.curve,
        "static-slow4g": pages.static,
        "page": pages.page,
        "lines": alone(shell.lines),
        "rebuild": alone(shell.rebuild),
    }


def _say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
