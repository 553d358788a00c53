"""Readers run the packed wheel on the packed runtime: every case has to answer there as it answers here, byte for byte.

The standard library there is cut to `hooks/modules.txt`. When a module is missing, these tests say which: run
`make modules`.
"""

import json
import subprocess
from pathlib import Path

import pytest
import zstandard

from calculator import answer
from hooks.calculator_start import WITHOUT_TABLES
from tests.support import all_cases

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "site" / "assets" / "runtime"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """The parts of the served files in one folder, the name of the wheel among them, and the day of its law."""
    listing = RUNTIME / "runtime.json"
    if not listing.is_file():
        pytest.fail("There is no built site to test: run `make site` first.")
    folder = tmp_path_factory.mktemp("runtime")
    told = json.loads(listing.read_text(encoding="utf-8"))
    for entry in told["files"].values():
        content = zstandard.decompress((RUNTIME / entry["file"]).read_bytes())
        for name, size in entry["parts"].items():
            (folder / name).write_bytes(content[:size])
            content = content[size:]
        assert content == b""
    return folder, next(iter(told["files"]["wheel"]["parts"])), told["law"]


@pytest.mark.parametrize("memory", [[], ["memory"]], ids=["started", "restored"])
def test_every_case_answers_the_same_in_pyodide(unpacked: tuple[Path, str, str], memory: list[str]) -> None:
    """What the site serves and these sources under CPython print identical JSON, freshly started and restored."""
    cases = all_cases() if not memory else all_cases()[::5]
    done = subprocess.run(
        ["node", Path(__file__).with_name("run_cases.mjs"), *unpacked, *memory],
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


def in_the_page(unpacked: tuple[Path, str, str], script: str) -> list[str]:
    """What a script prints that has the started calculator's runtime as `pyodide`."""
    start = """
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";
const [folder, wheel, law] = process.argv.slice(1);
const pyodide = await loadPyodide({ indexURL: folder });
pyodide.FS.writeFile(`/lib/${wheel}`, readFileSync(`${folder}/${wheel}`));
pyodide.pyimport("calculator_start").door(`/lib/${wheel}`, law);
"""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", start + script, *unpacked],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip().splitlines()


def test_a_fault_says_what_it_is_and_where(unpacked: tuple[Path, str, str]) -> None:
    """The page's library has a `traceback` of its own; what it says is shown to the reader and can be reported."""
    said = in_the_page(
        unpacked, 'try { pyodide.pyimport("calculator").answer_json(0); } catch (error) { console.log(error.message); }'
    )

    assert any(line.startswith('  File "calculator/answer.py", line ') for line in said)
    assert said[-1] == "AttributeError: 'int' object has no attribute 'steps'"


# Every character as Python's text functions know it, as one number.
CHARACTERS = """(lambda characters: __import__("zlib").crc32(b"".join((
    *(bytes(map(know, characters)) for know in (
        str.isalnum, str.isalpha, str.isdecimal, str.isdigit, str.isidentifier, str.islower, str.isnumeric,
        str.isprintable, str.isspace, str.istitle, str.isupper,
    )),
    *(change(characters).encode("utf-8", "surrogatepass") for change in (
        str.lower, str.upper, str.title, str.casefold, str.swapcase,
    )),
))))("".join(map(chr, range(0x110000))))"""


def test_without_its_tables_the_program_knows_every_character(unpacked: tuple[Path, str, str]) -> None:
    """What `hooks/tables.py` took out belonged to nothing that reads text: each character is known as it is here."""
    [told] = in_the_page(
        unpacked, f'console.log(pyodide.pyimport("builtins").eval({json.dumps(CHARACTERS)}, pyodide.toPy({{}})));'
    )

    assert int(told) == eval(CHARACTERS)


def test_a_module_without_its_tables_cannot_be_imported(unpacked: tuple[Path, str, str]) -> None:
    """Nobody comes upon an empty table: its module is not to be had."""
    said = in_the_page(
        unpacked,
        f"for (const name of {json.dumps(WITHOUT_TABLES)})"
        "  try { pyodide.pyimport(name); console.log(name); } catch (error) { console.log(error.type); }",
    )

    assert said == ["ModuleNotFoundError"] * len(WITHOUT_TABLES)
