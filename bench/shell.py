"""The rows that need no browser: the import, the lines of the command, the build."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import zstandard

from bench.rows import NotMeasured, in_turn
from hooks import pack

ROOT = pack.ROOT
SITE = ROOT / "site"
RUNTIME = SITE / "assets" / "runtime"


def imports(folder: Path, stock: Path, plain: str, repeats: int) -> dict[str, float]:
    """Milliseconds to import the calculator with its law, from the packed runtime and from the stock one, in Node."""
    listing = json.loads((RUNTIME / "runtime.json").read_text(encoding="utf-8"))
    unpacked = folder / "packed"
    unpacked.mkdir(exist_ok=True)
    for entry in listing["files"].values():
        content = zstandard.decompress((RUNTIME / entry["file"]).read_bytes())
        for name, size in entry["parts"].items():
            (unpacked / name).write_bytes(content[:size])
            content = content[size:]
    wheel = next(iter(listing["files"]["wheel"]["parts"]))
    given = {"ours": (unpacked, wheel, "packed"), "stock": (stock, plain, "stock")}

    def measure(which: str) -> float:
        where, name, kind = given[which]
        script = Path(__file__).with_name("import.mjs")
        return float(_run(["node", str(script), str(where), name, listing["law"], kind]))

    return in_turn(measure, repeats)


def lines() -> float:
    """Whole cases a second of `python -m calculator --lines`, its start included, held to one processor."""
    from bench.cases import MANY, varied_cases  # type: ignore[import-not-found, unused-ignore]

    given = "".join(f"{json.dumps(case, default=str)}\n" for case in varied_cases(MANY))
    start = time.perf_counter()
    command = [sys.executable, "-m", "calculator", "--lines", "-"]
    answers: list[str] = _run(command, given, processors=1, good=(0, 2)).splitlines()
    seconds = time.perf_counter() - start
    whole = sum(not answer.startswith('{"kind":"error"') for answer in answers)
    if len(answers) != MANY or whole < 0.99 * MANY:
        raise NotMeasured(f"{whole} whole answers in {len(answers)} lines to {MANY} cases")
    return whole / seconds


def rebuild() -> float:
    """Seconds of `make site` with nothing changed since the last one."""
    start = time.perf_counter()
    _run(["make", "-s", "site"])
    return time.perf_counter() - start


def _run(command: list[str], given: str | None = None, processors: int = 0, good: tuple[int, ...] = (0,)) -> str:
    def hold() -> None:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:processors])

    done = subprocess.run(
        command,
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
        preexec_fn=hold if processors and hasattr(os, "sched_setaffinity") else None,
    )
    if done.returncode not in good:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise NotMeasured(f"{' '.join(command[:4])} ended with {done.returncode}: {last[0]}")
    return done.stdout
