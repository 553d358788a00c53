"""The bench: how it takes turns, what it counts as a measurement, and how it tells it. Nothing here is timed."""

import json
import math
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from bench.rows import ROWS, NotMeasured, Row, Told, chosen, in_turn, json_lines, median, table, told
from bench.server import PLAIN, Server

RATIO = Row("cold", "first visit", 0.45, 0.33)
TIME = Row("import", "the import", 150, 60, "ms")
RATE = Row("lines", "cases a second", 1000, 5000, "cases/s", more_is_better=True)


def test_the_metrics_have_the_names_of_the_issue() -> None:
    """And each says what it must and should reach, the second harder than the first."""
    assert [row.metric for row in ROWS] == [
        "cold", "cold-fast4g", "cold-slow4g", "cold-fast4g-cpu4", "bytes", "warm", "import", "edit", "curve",
        "static-slow4g", "page", "lines", "rebuild",
    ]  # fmt: skip
    assert all(row.reaches(row.aim, row.must) and not row.reaches(row.must, row.aim) for row in ROWS)


def test_ours_and_stock_take_turns_in_going_first() -> None:
    """So that what the machine does meanwhile meets both alike."""
    order: list[str] = []

    def measure(which: str) -> float:
        order.append(which)
        return 1.0

    in_turn(measure, 3)

    assert order == ["ours", "stock", "stock", "ours", "ours", "stock"]


def test_a_figure_is_the_median_of_its_measurements() -> None:
    """One slow turn does not move it."""
    taken = iter([3.0, 30.0, 10.0, 5.0, 4.0, 900.0])  # ours 3, 5, 4; stock 30, 10, 900

    assert in_turn(lambda which: next(taken), 3) == {"ours": 4.0, "stock": 30.0}


@pytest.mark.parametrize("values", [[], [0.0], [1.0, -1.0, 2.0], [math.nan], [math.inf]])
def test_nought_and_nothing_are_no_measurements(values: list[float]) -> None:
    """A row that is broken says so and does not print a zero."""
    with pytest.raises(NotMeasured):
        median(values)


def test_a_broken_row_says_why_and_has_no_figure() -> None:
    """The others go on; the command ends with an error."""

    def broken() -> dict[str, float]:
        raise ValueError("Traceback:\n  one\nNameError: curve")

    assert told(TIME, broken) == Told(TIME, why_not="ValueError: Traceback: … NameError: curve")
    assert told(TIME, lambda: {"ours": 0.0}).why_not
    assert told(RATIO, lambda: {"ours": 5.0}).why_not.endswith("no stock figure to compare with")
    assert told(TIME, broken).reached == "not measured"


@pytest.mark.parametrize(
    ("result", "reached"),
    [
        (Told(RATIO, 33.0, 100.0), "aim"),
        (Told(RATIO, 45.0, 100.0), "must"),
        (Told(RATIO, 46.0, 100.0), "NO"),
        (Told(TIME, 60.0), "aim"),
        (Told(TIME, 151.0, 1000.0), "NO"),
        (Told(RATE, 5000.0), "aim"),
        (Told(RATE, 999.0), "NO"),
    ],
)
def test_what_is_reached_is_read_in_the_right_direction(result: Told, reached: str) -> None:
    """A ratio and a time are good when small, a rate when large."""
    assert result.reached == reached


def test_a_json_line_has_four_names_and_null_for_what_is_not_there() -> None:
    """The ratio is ours by stock."""
    lines = json_lines([Told(RATIO, 1.0, 4.0), Told(TIME, 70.0), Told(RATE, why_not="broken")])

    assert [json.loads(line) for line in lines.splitlines()] == [
        {"metric": "cold", "ours": 1.0, "stock": 4.0, "ratio": 0.25},
        {"metric": "import", "ours": 70.0, "stock": None, "ratio": None},
        {"metric": "lines", "ours": None, "stock": None, "ratio": None},
    ]


def test_the_table_says_must_and_aim_beside() -> None:
    """And in place of what a broken row is, why it broke."""
    head, rule, cold, broken = table([Told(RATIO, 1234.0, 4936.0), Told(RATE, why_not="it broke")]).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in (head, cold, broken)]

    assert cells[0] == ["metric", "ours", "stock", "ratio", "must", "aim", "reached", "what"]
    assert cells[1] == ["cold", "1,234", "4,936", "0.25", "0.45", "0.33", "aim", "first visit"]
    assert cells[2] == ["lines", "–", "–", "–", "1,000 cases/s", "5,000 cases/s", "not measured", "it broke"]
    assert set(rule) == {"|", "-", " "}
    assert len({len(line) for line in (head, rule, cold, broken)}) == 1


def test_rows_are_chosen_by_name() -> None:
    """In the order of the table; a name that is none is refused."""
    assert [row.metric for row in chosen(["warm", "cold"])] == ["cold", "warm"]
    with pytest.raises(NotMeasured, match="no metric is called cool"):
        chosen(["cool"])


def test_the_server_packs_what_hosts_pack_and_counts_what_it_sends(tmp_path: Path) -> None:
    """Text and WebAssembly gzipped, zips and wheels as they are; heads count as sent, not as content."""
    (tmp_path / "a.wasm").write_bytes(bytes(5000))
    (tmp_path / "a.whl").write_bytes(bytes(5000))
    server = Server({"site": tmp_path})
    server.over(PLAIN)
    for name, encoding in [("a.wasm", "gzip"), ("a.whl", None)]:
        with urllib.request.urlopen(f"{server.origin}/site/{name}") as reply:
            assert reply.headers["Content-Encoding"] == encoding
            reply.read()

    assert server.files["/site/a.whl"] == 5000 > 100 > server.files["/site/a.wasm"]
    assert server.content == sum(server.files.values()) < server.sent
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{server.origin}/site/b")
    assert server.missing == ["/site/b"]
    server.shutdown()
    server.server_close()
