"""Pyodide's program and its script without what only libraries loaded later would call.

Pyodide gives out nearly ten thousand names, so that any library can be linked to it, and its script passes over each of
them several times before Python starts. Here no library is ever loaded: the names that no script mentions go, then what
nothing reaches any more (`wasm-metadce` of binaryen).
"""

import json
import re
import subprocess
import tempfile
from pathlib import Path

from hooks.kept import made_once

METADCE = Path(__file__).resolve().parent.parent / "node_modules" / ".bin" / "wasm-metadce"
# What Pyodide's program is written in; it would not be read with less, nor run everywhere with more.
FEATURES = (
    "bulk-memory",
    "exception-handling",
    "multivalue",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "sign-ext",
)
_GIVEN_OUT = re.compile(r'var (_\w+)=Module\["(_\w+)"\]=(?:wasmExports\["(\w+)"\]|\d+);')
_WORD = re.compile(r"[\w$]+")


class ScriptChanged(Exception):
    """Pyodide's script no longer gives its names out in the known way."""


def reduced(scripts: dict[str, bytes], program: bytes) -> tuple[dict[str, bytes], bytes]:
    """The scripts and the program, the names that no script mentions left out of both.

    Raises `ScriptChanged` when there are none, and `subprocess.CalledProcessError` for a program it cannot read.
    """
    texts = {name: script.decode() for name, script in scripts.items()}
    if not any(map(_GIVEN_OUT.search, texts.values())):
        raise ScriptChanged("Pyodide's script gives out no names that could be left out: see hooks/program.py")
    words = {word for text in texts.values() for word in _WORD.findall(_GIVEN_OUT.sub("", text))}

    def mentioned(given: re.Match[str]) -> str:
        return given[0] if words.intersection(given.groups()) else ""

    shorter = {name: _GIVEN_OUT.sub(mentioned, text) for name, text in texts.items()}
    used = sorted({word for text in shorter.values() for word in _WORD.findall(text)})
    return {name: text.encode() for name, text in shorter.items()}, _reaching(used, program)


def _reaching(names: list[str], program: bytes) -> bytes:
    """The program, giving out no more than these names."""
    page = {"name": "page", "root": True, "reaches": names}
    graph = json.dumps([page, *({"name": name, "export": name} for name in names)]).encode()

    def make() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            given, wanted, made = (Path(folder) / name for name in ("given.wasm", "graph.json", "made.wasm"))
            given.write_bytes(program)
            wanted.write_bytes(graph)
            features = [f"--enable-{feature}" for feature in FEATURES]
            command: list[str | Path] = [METADCE, given, f"--graph-file={wanted}", "-o", made, *features]
            subprocess.run(command, capture_output=True, check=True)
            return made.read_bytes()

    return made_once("wasm", (program, graph, " ".join(FEATURES).encode()), make)
