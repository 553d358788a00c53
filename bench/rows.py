"""The rows of the bench and how they are told: pure, so that a test can read it."""

import json
import math
import statistics
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

WHICH = ("ours", "stock")


class NotMeasured(Exception):
    """A row has no honest figure; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One metric: its exact name, what it is, what it must and should reach. Without a unit it is ours ÷ stock."""

    metric: str
    what: str
    must: float
    aim: float
    unit: str = ""
    more_is_better: bool = False

    def reaches(self, value: float, goal: float) -> bool:
        return value >= goal if self.more_is_better else value <= goal


@dataclass(frozen=True, slots=True)
class Told:
    """What one row came to; `why_not` instead of figures when it could not be measured."""

    row: Row
    ours: float | None = None
    stock: float | None = None
    why_not: str = ""

    @property
    def ratio(self) -> float | None:
        return None if self.ours is None or self.stock is None else round(self.ours / self.stock, 3)

    @property
    def reached(self) -> str:
        value = self.ours if self.row.unit else self.ratio
        if value is None:
            return "not measured"
        if self.row.reaches(value, self.row.aim):
            return "aim"
        return "must" if self.row.reaches(value, self.row.must) else "NO"


ROWS = (
    Row("cold", "first visit, navigation to live answer", 0.45, 0.33),
    Row("cold-fast4g", "the same on fast 4G", 0.50, 0.42),
    Row("cold-slow4g", "the same on slow 4G", 0.58, 0.48),
    Row("cold-fast4g-cpu4", "the same on fast 4G, processor 4 times slower", 0.46, 0.33),
    Row("bytes", "over the wire until the live answer", 0.65, 0.55),
    Row("warm", "second visit, navigation to live answer", 0.30, 0.18),
    Row("import", "the calculator with its law, in Pyodide", 150, 60, "ms"),
    Row("edit", "one answer changed to painted result, p95", 50, 16, "ms"),
    Row("curve", "200 points of level against weight, in the page", 400, 100, "ms"),
    Row("static-slow4g", "first static answer visible on slow 4G", 2500, 1500, "ms"),
    Row("page", "heaviest page without the calculator's files", 130_000, 100_000, "bytes"),
    Row("lines", "whole cases a second on one core", 1000, 5000, "cases/s", more_is_better=True),
    Row("rebuild", "make site again with nothing changed", 15, 6, "s"),
)


def chosen(names: Iterable[str]) -> tuple[Row, ...]:
    """The rows of these names, in the order of the table. Raises `NotMeasured` for a name that is no metric."""
    wanted = set(names)
    if unknown := sorted(wanted - {row.metric for row in ROWS}):
        raise NotMeasured(f"no metric is called {', '.join(unknown)}: use {', '.join(row.metric for row in ROWS)}")
    return tuple(row for row in ROWS if row.metric in wanted)


def median(values: Iterable[float]) -> float:
    """The median of figures that are all there and all above nought."""
    taken = list(values)
    if not taken or not all(math.isfinite(value) and value > 0 for value in taken):
        raise NotMeasured(f"{taken} are not measurements")
    return statistics.median(taken)


def in_turn(measure: Callable[[str], float], repeats: int) -> dict[str, float]:
    """The medians for ours and stock, measured in turn; who goes first changes every time."""
    taken: dict[str, list[float]] = {which: [] for which in WHICH}
    for turn in range(repeats):
        for which in WHICH if turn % 2 == 0 else reversed(WHICH):
            taken[which].append(measure(which))
    return {which: median(values) for which, values in taken.items()}


def told(row: Row, measure: Callable[[], Mapping[str, float]]) -> Told:
    """Measure one row. What breaks in it is said in its place, so that the other rows are still measured."""
    try:
        figures = measure()
        made = Told(row, median([figures["ours"]]), figures.get("stock"))
        if not row.unit and made.ratio is None:
            raise NotMeasured("there is no stock figure to compare with")
    except Exception as error:
        said = [line.strip() for line in f"{type(error).__name__}: {error}".splitlines() if line.strip()]
        causes = [line for line in said[1:] if "Error: " in line]  # a traceback ends with what it is about
        return Told(row, why_not=" … ".join([said[0], *causes[-1:]]))
    return made


def table(results: Iterable[Told]) -> str:
    """A Markdown table: times in milliseconds unless a row says otherwise."""
    rows = [("metric", "ours", "stock", "ratio", "must", "aim", "reached", "what")]
    for result in results:
        row = result.row
        rows.append(
            (
                row.metric,
                _shown(result.ours),
                _shown(result.stock),
                "–" if result.ratio is None else f"{result.ratio:.2f}",
                f"{row.must:,} {row.unit}".rstrip() if row.unit else f"{row.must:.2f}",
                f"{row.aim:,} {row.unit}".rstrip() if row.unit else f"{row.aim:.2f}",
                result.reached,
                result.why_not or row.what,
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in lines)


def _shown(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"


def json_lines(results: Iterable[Told]) -> str:
    """One object a line; what a row does not have is null."""
    return "\n".join(
        json.dumps({"metric": one.row.metric, "ours": one.ours, "stock": one.stock, "ratio": one.ratio})
        for one in results
    )
