"""The command line: `python -m calculator case.json` prints the whole answer as JSON.

`-` reads standard input, `--text` prints a worksheet, `--lines` answers one case a line, `--schema` prints
the JSON Schema of a case, `--values` every number that a page may print. Bad input: one line on standard
error, exit status 2.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from pathlib import Path

from calculator import BadCase, answer, answer_json, solve
from calculator.present.case_schema import case_schema
from calculator.present.text import worksheet
from calculator.present.values import values
from calculator.stages import keep

__all__ = ["main"]


class _Bad(Exception):
    """What is said on standard error before leaving."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit status is 0, or 2 for bad input."""
    parser = argparse.ArgumentParser(
        prog="python -m calculator",
        description="Federal drug sentences, computed and explained. Information, not legal advice.",
    )
    parser.add_argument("case", nargs="?", help="a case as a JSON file, or - for standard input")
    parser.add_argument("--text", action="store_true", help="print a readable worksheet in place of JSON")
    parser.add_argument("--lines", action="store_true", help="read one case a line and print one answer a line")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a case")
    parser.add_argument("--values", action="store_true", help="print every value a page may name, with its source")
    given = parser.parse_args(arguments)
    try:
        if given.values:
            for name, value in values().items():
                print(f"{name}\t{value.text}\t{value.cite}")
            return 0
        if given.schema:
            print(json.dumps(case_schema(), ensure_ascii=False, indent=1))
            return 0
        if given.case is None:
            raise _Bad("name a file with a case, or - for standard input")
        text = _read(given.case)
        if given.lines:
            return _lines(text)
        outcome = solve(_parsed(text, given.case))
        print(worksheet(outcome) if given.text else answer_json(outcome), end="" if given.text else "\n")
    except _Bad as error:
        return _refused(str(error))
    except BadCase as error:
        return _refused("; ".join(f"{wrong.field} {wrong.message}" for wrong in error.errors))
    return 0


def _read(name: str) -> str:
    try:
        if name == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise _Bad(f"{name} is not text in UTF-8") from None
    except OSError as error:
        raise _Bad(f"{name} cannot be read: {error.strerror or error}") from None


def _parsed(text: str, name: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _Bad(f"{name} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise _Bad(f"{name} is not a case: it is nested too deeply") from None
    except ValueError as error:
        raise _Bad(f"{name} is not a case: {error}") from None


def _lines(text: str) -> int:
    """Answer each line that is not blank; a bad one gives an error line, and the status says that there was
    one.
    """
    keep(8192)
    bad = 0
    for line in text.splitlines():
        if line.strip():
            reply = answer(line)
            bad += reply.startswith('{"kind":"error"')
            print(reply)
    return _refused(f"{bad} of the cases could not be read") if bad else 0


def _refused(why: str) -> int:
    print(f"calculator: {' '.join(why.split())}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    # An answer leaves no circles of objects behind, so a batch need not look for them every few answers.
    gc.set_threshold(100_000)
    # A reader that stops early (`| head`) is no fault of the case.
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
