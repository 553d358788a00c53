"""What goes over the wire: the standard library cut to what is used, and our wheel, both byte-compiled and packed.

Every file is zstd: a fifth smaller than gzip, and unpacked in a fifth of the time that xz takes (`zstddec`). Zips are
stored, not deflated, so that zstd sees the modules themselves.

Our own compiler instead of `pyodide py-compile`, and our own listing instead of packages in `pyodide-lock.json`: a
seventh of all bytes and 0.3 seconds less, measured in `docs/project/decisions/runtime-pack.md`.
"""

import base64
import hashlib
import io
import os
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import zstandard

from hooks import ready_law
from hooks.kept import made_once

ROOT = Path(__file__).resolve().parent.parent
PYODIDE = ROOT / "node_modules" / "pyodide"
MODULES = Path(__file__).with_name("modules.txt")
# What takes the place of the module of the same path in Pyodide's standard library, reduced to what is asked of it.
# Pyodide brings an event loop, an installer of packages, help texts and what runs text as Python. The calculator is one
# function from text to text, so all that is left out, with what only it imports: two thirds of what a start asks for.
INSTEAD = Path(__file__).with_name("instead")
# What is added to it, by its name there.
ADDED = {
    "calculator_start.py": Path(__file__).with_name("calculator_start.py"),
    "dataclasses.py": Path(__file__).with_name("record_fields.py"),
    "sitecustomize.py": Path(__file__).with_name("archives.py"),
}
COMPILER = [Path(__file__).with_name(name) for name in ("compiler.py", "records.py")]
LAW = "calculator/law/"
EPOCH = "315532800"  # 1980, where zip files begin: same sources, same bytes


class WrongPython(Exception):
    """The Python that builds is not the one that runs in the page, so its byte code would not run there."""


class LibraryChanged(Exception):
    """Pyodide's standard library no longer has a module that is replaced here."""


class NotCompiled(Exception):
    """A source could not be compiled for the page; the message is the compiler's own."""


class WheelNotBuilt(Exception):
    """The build backend refused; the message is its own."""


def check_python(lock: Mapping[str, Any]) -> None:
    """Refuse to compile for another minor version than this one."""
    target = str(lock["info"]["python"]).rpartition(".")[0]
    here = "{}.{}".format(*sys.version_info[:2])
    if here != target:
        raise WrongPython(f"Pyodide runs Python {target} and this is Python {here}: build with {target}")


# --- The standard library -------------------------------------------------------------------------------------


def module_names(listing: Path = MODULES) -> list[str]:
    """The modules of the standard library that are packed; `make modules` writes the list."""
    return [line for line in listing.read_text(encoding="utf-8").split() if line]


def standard_library(archive: bytes, names: Iterable[str]) -> bytes:
    """These modules of Pyodide's standard library and our own, compiled."""
    there = _files(reduced(archive))
    files = {path: there[path] for path in ADDED}
    for name in names:
        path = name.replace(".", "/")
        for candidate in (f"{path}/__init__.py", f"{path}.py"):
            if candidate in there:
                files[candidate] = there[candidate]
    return stored(compiled(files))


def reduced(archive: bytes) -> bytes:
    """Pyodide's standard library with our own modules added, and with those of `hooks/instead` in their places."""
    files = _files(archive)
    ours = {path.relative_to(INSTEAD).as_posix(): path.read_bytes() for path in INSTEAD.rglob("*.py")}
    if gone := sorted(set(ours) - set(files)):
        raise LibraryChanged(f"Pyodide's standard library no longer has {gone[0]}: see hooks/instead")
    return stored(files | ours | {path: source.read_bytes() for path, source in ADDED.items()})


# --- Our wheel --------------------------------------------------------------------------------------------------


def plain_wheel(root: Path = ROOT) -> tuple[str, bytes]:
    """The calculator's wheel as anyone would build it: its file name and its bytes."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "flit_core.wheel", "--outdir", folder, str(root)],
            env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise WheelNotBuilt(f"the wheel could not be built:\n{done.stderr}")
        [built] = Path(folder).glob("*.whl")
        return built.name, built.read_bytes()


def wheel(plain: tuple[str, bytes]) -> tuple[str, bytes]:
    """The same wheel compiled, with the law already parsed; its name carries a hash of its content as build tag."""
    name, content = plain
    files = _files(content)
    from calculator.law import recorded  # as it is at the time of the build: see `hooks/bundle.py`

    files[f"{LAW}recorded.py"] = ready_law.source(recorded).encode()
    tables = {path: text for path, text in files.items() if path.startswith(LAW) and path.endswith(".toml")}
    rest = {path: text for path, text in tables.items() if not path.removeprefix(LAW).startswith(ready_law.HELD)}
    files[f"{LAW}printed.py"] = parsed_tables(rest).encode()
    code = {path: text for path, text in files.items() if path.endswith(".py")}
    [metadata] = {path.partition("/")[0] for path in files if path.partition("/")[0].endswith(".dist-info")}
    kept = {path: text for path, text in files.items() if path.startswith(metadata) and path != f"{metadata}/RECORD"}
    kept[f"{metadata}/WHEEL"] = kept[f"{metadata}/WHEEL"].replace(b"py3-none-any", b"cp313-none-any")
    kept |= compiled(code)
    kept[f"{metadata}/RECORD"] = _record(kept, f"{metadata}/RECORD")
    bytes_ = stored(kept)
    project, version, *_ = name.removesuffix(".whl").split("-")
    # a build tag has to begin with a digit
    return f"{project}-{version}-0{digest(bytes_)[:12]}-cp313-none-any.whl", bytes_


def parsed_tables(tables: Mapping[str, bytes]) -> str:
    """The source of a module that stands in for `calculator.law.printed`: the tables, and nothing to parse."""
    below = {path.removeprefix(LAW): text for path, text in sorted(tables.items())}
    lines = [
        '"""The printed tables, parsed when the wheel was built; the TOML files are the source."""',
        "from datetime import date",
        "from decimal import Decimal",
        "def names():",
        "    return tuple(TABLES)",
        "def table(name):",
        "    return TABLES[name]()",
    ]
    for number, text in enumerate(below.values()):
        data = tomllib.loads(text.decode(), parse_float=Decimal)
        lines += [f"def _{number}():", f"    return {_literal(data)}"]
    lines.append("TABLES = {" + ", ".join(f"{path!r}: _{number}" for number, path in enumerate(below)) + "}")
    return "\n".join(lines) + "\n"


def _literal(value: Any) -> str:
    """Python source for a value that TOML can hold."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, Decimal):
        return f"Decimal({str(value)!r})"
    if type(value) is date:
        return f"date({value.year}, {value.month}, {value.day})"
    if isinstance(value, str | bool | int):
        return repr(value)
    raise TypeError(f"no law table holds a {type(value).__name__}")


def _files(archive: bytes) -> dict[str, bytes]:
    opened = zipfile.ZipFile(io.BytesIO(archive))
    return {path: opened.read(path) for path in opened.namelist()}


def _record(files: Mapping[str, bytes], own: str) -> bytes:
    def row(path: str, content: bytes) -> str:
        hashed = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        return f"{path},sha256={hashed},{len(content)}\n"

    return ("".join(row(path, content) for path, content in sorted(files.items())) + f"{own},,\n").encode()


# --- Compiling and packing --------------------------------------------------------------------------------------


def compiled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each `.py` as a `.pyc`, by `hooks/compiler.py`; nothing of this machine is in the bytes."""
    sources = stored(files)

    def make() -> bytes:
        command = [sys.executable, "-E", "-s", "-X", "no_debug_ranges", "-m", "hooks.compiler"]
        done = subprocess.run(command, input=sources, capture_output=True, cwd=ROOT)
        if done.returncode:
            raise NotCompiled(done.stderr.decode().strip().rpartition("\n")[2])
        return done.stdout

    return _files(made_once("pyc.zip", (*(script.read_bytes() for script in COMPILER), sources), make))


def stored(files: Mapping[str, bytes]) -> bytes:
    """A zip without compression and without a date, its entries in order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path), content)
    return made.getvalue()


def packed(content: bytes) -> bytes:
    """The content as zstd; packing the runtime takes seconds."""
    how = zstandard.ZstdCompressionParameters.from_level(22, source_size=len(content), window_log=24)
    made = zstandard.ZstdCompressor(compression_params=how)
    return made_once("zst", (content,), lambda: made.compress(content))


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
