"""Readers run the wheel inside Pyodide: every case has to answer there as it answers here, byte for byte."""

import json
import subprocess
from pathlib import Path

import pytest

from calculator import answer
from tests.support import all_cases

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "site" / "assets" / "runtime"


def test_every_case_answers_the_same_in_pyodide() -> None:
    """The built wheel under Pyodide and these sources under CPython print identical JSON."""
    cases = all_cases()
    listing = RUNTIME / "runtime.json"
    if not listing.is_file():
        pytest.fail("There is no built site to test: run `make site` first.")
    wheel = RUNTIME / json.loads(listing.read_text(encoding="utf-8"))["wheel"]
    done = subprocess.run(
        ["node", Path(__file__).with_name("run_cases.mjs"), wheel],
        input="\n".join(json.dumps(case) for _, case in cases),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(cases)
    different = [
        name for (name, case), told in zip(cases, answers, strict=True) if told.encode() != answer(case).encode()
    ]

    assert different == []
