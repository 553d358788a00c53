"""Pyodide's script without what its program no longer calls: graphics, sound, sockets and the linking of libraries.

The script holds every function that any library could ask for, more than a thousand, and hands them all to the program.
The program here asks for some two hundred. The others are no longer handed over, and then `terser` takes out what
nothing mentions any more. Nothing is renamed, so that a fault still says where it was.
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hooks.kept import made_once

TERSER = Path(__file__).resolve().parent.parent / "node_modules" / ".bin" / "terser"
TAKEN_OUT = ("defaults=false", "unused=true", "dead_code=true", "side_effects=true", "passes=6")
NAMES_KEPT = ("keep_fargs=true", "keep_fnames=true", "keep_classnames=true")
IMPORTS = """
const module = new WebAssembly.Module(require("fs").readFileSync(0));
console.log(JSON.stringify(WebAssembly.Module.imports(module).map(({ name }) => name)));
"""
_HANDED = re.compile(r"wasmImports=\{([\w$:,]+)\};")
_FOR_OTHERS = re.compile(r'Module\["(\w+)"\]=\1;')
_SIGNATURE = re.compile(r'([\w$]+)\.sig="\w*";')
# How one thing is asked for by name: of an object, in brackets, or among others in braces.
_ASKED = re.compile(r'\.([\w$]+)|\["([\w$]+)"\]|(?<=[{,])([\w$]+)(?=[,}:])')
# A direct `eval` could mention anything. Here each is part of linking a library, and the page's policy allows none.
_EVAL = re.compile(r"(?<![\w.$)])eval\(")


class ScriptChanged(Exception):
    """Pyodide's script no longer hands its functions over in the known way."""


def reduced(script: bytes, program: bytes, beside: Iterable[bytes] = ()) -> bytes:
    """The script with what this program, the scripts beside it and itself mention. Raises `ScriptChanged`."""
    text = script.decode()
    handed = _HANDED.search(text)
    if handed is None:
        raise ScriptChanged("Pyodide's script hands nothing to the program: see hooks/script.py")
    given = {name: value or name for name, _, value in (one.partition(":") for one in handed[1].split(","))}
    wanted = set(_imports(program)) | set(re.findall(r'wasmImports(?:\.|\[")(\w+)', text))
    entries = ",".join(f"{name}:{value}" for name, value in given.items() if name in wanted)
    text = text.replace(handed[0], f"wasmImports={{{entries}}};")
    rest = _FOR_OTHERS.sub("", text) + "".join(other.decode() for other in beside)
    asked = {name for names in _ASKED.findall(rest) for name in names}
    text = _FOR_OTHERS.sub(lambda one: one[0] if one[1] in asked else "", text)
    gone = set(given.values()) - {given[name] for name in wanted & set(given)}
    text = _SIGNATURE.sub(lambda one: "" if one[1] in gone else one[0], text)
    return _without_unused(_EVAL.sub("(0,eval)(", text).encode())


def _imports(program: bytes) -> list[str]:
    """What the program asks for by name."""
    done = subprocess.run(["node", "-e", IMPORTS], input=program, capture_output=True, check=True)
    names: list[str] = json.loads(done.stdout)
    return names


def _without_unused(script: bytes) -> bytes:
    """The script without the functions and variables that nothing mentions."""

    def make() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            given, made = Path(folder) / "given.js", Path(folder) / "made.js"
            given.write_bytes(script)
            options = ["--compress", ",".join((*TAKEN_OUT, *NAMES_KEPT)), "--comments", "false"]
            subprocess.run([TERSER, given, "--output", made, *options], capture_output=True, check=True)
            return made.read_bytes()

    return made_once("js", (script, " ".join((*TAKEN_OUT, *NAMES_KEPT)).encode()), make)
