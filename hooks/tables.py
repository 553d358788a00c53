"""Takes out of Pyodide's program the tables of modules that the page never imports: a sixth of what is downloaded.

The names of all characters and the character sets of East Asia are constants in the program, and no tool finds out that
nobody reads them. So they are listed in `tables.toml`, each by its place and the hash of its content, and overwritten
with zeros, which pack to nothing. Their modules cannot be imported in the page (`calculator_start.py`). A program that
lacks one of the tables stops the build.

`make tables` writes the list anew for another Pyodide, from the modules of a CPython of the same version.
"""

import hashlib
import importlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

from hooks.calculator_start import WITHOUT_TABLES

LISTING = Path(__file__).with_suffix(".toml")
# Shorter pieces could be alike by chance, or shared.
LEAST, STEP = 1024, 64


class TablesChanged(Exception):
    """The program does not hold a table as listed."""


def without_tables(program: bytes, listing: Path = LISTING) -> bytes:
    """The program with every listed table as zeros, of the same length. Raises `TablesChanged`."""
    made = bytearray(program)
    for table in tomllib.loads(listing.read_text(encoding="utf-8"))["table"]:
        place = slice(table["at"], table["at"] + table["size"])
        if hashlib.sha256(program[place]).hexdigest() != table["sha256"]:
            raise TablesChanged(f"Pyodide's program no longer holds a table of {table['module']}: see hooks/tables.py")
        made[place] = bytes(table["size"])
    return bytes(made)


def shared(program: bytes, library: bytes) -> Iterator[tuple[int, int]]:
    """Where the program holds what a module's library holds, once and at length: from and to."""
    there = {library[at : at + STEP]: at for at in range(0, len(library) - STEP, STEP)}
    at = 0
    while at < len(program) - STEP:
        beside = there.get(program[at : at + STEP])
        if beside is None or len(set(program[at : at + STEP])) < 5:
            at += 1
            continue
        start, end, shift = at, at + STEP, beside - at
        while start and start + shift and program[start - 1] == library[start + shift - 1]:
            start -= 1
        while end < len(program) and end + shift < len(library) and program[end] == library[end + shift]:
            end += 1
        if end - start >= LEAST and program.count(program[start:end]) == 1:
            yield start, end
        at = end


def main() -> None:
    """Write the list."""
    from hooks.runtime import PROGRAM, PYODIDE

    program = (PYODIDE / PROGRAM).read_bytes()
    lines = ["# Tables in Pyodide's program that nobody reads in the page; written by `make tables`."]
    for module in WITHOUT_TABLES:
        library = Path(str(importlib.import_module(module).__file__)).read_bytes()
        for start, end in shared(program, library):
            lines += ["", "[[table]]", f'module = "{module}"', f"at = {start}", f"size = {end - start}"]
            lines += [f'sha256 = "{hashlib.sha256(program[start:end]).hexdigest()}"']
    LISTING.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
