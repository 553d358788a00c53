"""What the site serves so that the page can run the calculator: one worker and two packed files.

`runtime-….zst` is the pinned Pyodide's scripts and standard library, `program-….zst` its WebAssembly, `….whl.zst` our
wheel: three, so that each is made ready while the next still comes. All names carry a hash of their content and the
worker names the others, so a page, its calculator and its law can only come together.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hooks import pack, program, script, tables

ROOT = pack.ROOT
PYODIDE = pack.PYODIDE
ZSTD = ROOT / "node_modules" / "zstddec" / "dist" / "zstddec.mjs"
PROGRAM = "pyodide.asm.wasm"
SCRIPT = "pyodide.asm.js"
EXPORT = "export { ZSTDDecoder };"
WORKER = ROOT / "docs" / "assets" / "worker.js"
LISTING = "runtime.json"


class RuntimeMissing(Exception):
    """The Pyodide files are not where npm puts them."""


@dataclass(frozen=True)
class Packed:
    """One file to serve: its name with its hash, the packed bytes, and the parts they unpack to, with their sizes."""

    name: str
    content: bytes
    parts: dict[str, int]

    def entry(self) -> dict[str, Any]:
        return {
            "file": self.name,
            "bytes": len(self.content),
            "sha256": pack.digest(self.content),
            "parts": self.parts,
        }


@dataclass(frozen=True)
class Runtime:
    """Everything the worker starts from."""

    runtime: Packed
    program: Packed
    wheel: Packed
    law: str

    @property
    def files(self) -> tuple[Packed, ...]:
        return self.runtime, self.program, self.wheel

    def listing(self) -> dict[str, Any]:
        files = dict(zip(("runtime", "program", "wheel"), (file.entry() for file in self.files), strict=True))
        return {"version": self.version, "law": self.law, "files": files}

    @property
    def version(self) -> str:
        """One word for this calculator with this law on this runtime."""
        return pack.digest(b"".join(file.content for file in self.files))[:12]

    def worker(self) -> str:
        """The worker's whole script: what it is to start, how to unpack it, and `docs/assets/worker.js`."""
        given = f"self.PACK = {json.dumps(self.listing(), separators=(',', ':'))};"
        return "\n".join([given, _decoder(), WORKER.read_text(encoding="utf-8")])


def build() -> Runtime:
    """Build the wheel anew and pack it with the runtime."""
    name, content = pack.wheel(pack.plain_wheel())
    wheel = Packed(f"{name}.zst", pack.packed(content), {name: len(content)})
    return Runtime(*pyodide(), wheel, _law())


def write(into: Path, built: Runtime) -> str:
    """Write the files into one folder, with a listing of names, sizes and hashes. Returns the worker's name."""
    worker = built.worker()
    worker_name = f"worker-{pack.digest(worker.encode())[:12]}.js"
    into.mkdir(parents=True, exist_ok=True)
    for file in built.files:
        (into / file.name).write_bytes(file.content)
    (into / worker_name).write_text(worker, encoding="utf-8")
    text = json.dumps({"worker": worker_name, **built.listing()}, indent=1)
    (into / LISTING).write_text(text + "\n", encoding="utf-8")
    return worker_name


@functools.cache
def pyodide(source: Path = PYODIDE) -> tuple[Packed, Packed]:
    """Pyodide's own files: scripts with the standard library, and the program."""
    if not (source / "pyodide.mjs").is_file() or not ZSTD.is_file():
        raise RuntimeMissing(f"Pyodide is not in {source}: run `npm ci`")
    lock = json.loads((source / "pyodide-lock.json").read_text(encoding="utf-8"))
    pack.check_python(lock)
    scripts = {name: (source / name).read_bytes() for name in ("pyodide.mjs", SCRIPT)}
    parts, made = program.reduced(scripts, tables.without_tables((source / PROGRAM).read_bytes()))
    parts[SCRIPT] = script.reduced(parts[SCRIPT], made, [parts["pyodide.mjs"]])
    # An empty package list: nothing else can be loaded, from here or from elsewhere.
    parts["pyodide-lock.json"] = json.dumps({"info": lock["info"], "packages": {}}).encode()
    archive = (source / "python_stdlib.zip").read_bytes()
    parts["python_stdlib.zip"] = pack.standard_library(archive, pack.module_names())
    return _hashed("runtime", parts), _hashed("program", {PROGRAM: made})


def _hashed(name: str, parts: Mapping[str, bytes]) -> Packed:
    content = pack.packed(b"".join(parts.values()))
    sizes = {part: len(given) for part, given in parts.items()}
    return Packed(f"{name}-{pack.digest(content)[:12]}.zst", content, sizes)


def _decoder() -> str:
    """The library as a function: a module would hold its memory for good."""
    library = ZSTD.read_text(encoding="utf-8")
    if library.count(EXPORT) != 1:
        raise RuntimeMissing(f"{ZSTD.name} does not end with `{EXPORT}`: it is not the pinned one, run `npm ci`")
    return f"self.zstd = (fetch) => {{\n{library.replace(EXPORT, 'return new ZSTDDecoder();')}\n}};"


def _law() -> str:
    """The day from which the newest recorded Manual has been in force."""
    from calculator.law import printed  # at the time of the build, not of the import: see `on_pre_build`

    return str(max(edition["effective"] for edition in printed.table("editions.toml")["edition"]))
