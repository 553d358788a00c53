"""What the site serves so that the page can run the calculator: one worker and two packed files.

`runtime-….xz` is the pinned Pyodide, one part after the other in the order in which they are needed; `….whl.xz` is our
wheel. All three names carry a hash of their content and the worker names the other two, so a page, its calculator and
its law can only come together.
"""

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hooks import pack

ROOT = pack.ROOT
PYODIDE = pack.PYODIDE
XZ = ROOT / "node_modules" / "xz-decompress" / "dist" / "package" / "xz-decompress.min.js"
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
    wheel: Packed
    law: str

    def listing(self) -> dict[str, Any]:
        files = {"runtime": self.runtime.entry(), "wheel": self.wheel.entry()}
        return {"version": self.version, "law": self.law, "files": files}

    @property
    def version(self) -> str:
        """One word for this calculator with this law on this runtime."""
        return pack.digest(self.runtime.content + self.wheel.content)[:12]

    def worker(self) -> str:
        """The worker's whole script: what it is to start, how to unpack it, and `docs/assets/worker.js`."""
        given = f"self.PACK = {json.dumps(self.listing(), separators=(',', ':'))};"
        # written for bundlers: it wants a `this` to hang itself on
        unpacker = f"(function () {{\n{XZ.read_text(encoding='utf-8')}\n}}).call((self.XZ = {{ 'stream/web': self }}));"
        return "\n".join([given, unpacker, WORKER.read_text(encoding="utf-8")])


def build() -> Runtime:
    """Build the wheel anew and pack it with the runtime."""
    name, content = pack.wheel(pack.plain_wheel())
    wheel = Packed(f"{name}.xz", pack.packed(content), {name: len(content)})
    return Runtime(pyodide(), wheel, _law())


def write(into: Path, built: Runtime) -> str:
    """Write the files into one folder, with a listing of names, sizes and hashes. Returns the worker's name."""
    worker = built.worker()
    worker_name = f"worker-{pack.digest(worker.encode())[:12]}.js"
    into.mkdir(parents=True, exist_ok=True)
    for file in (built.runtime, built.wheel):
        (into / file.name).write_bytes(file.content)
    (into / worker_name).write_text(worker, encoding="utf-8")
    text = json.dumps({"worker": worker_name, **built.listing()}, indent=1)
    (into / LISTING).write_text(text + "\n", encoding="utf-8")
    return worker_name


@functools.cache
def pyodide(source: Path = PYODIDE) -> Packed:
    """Pyodide's own files in one: scripts, standard library, and the program last, to be compiled as it arrives."""
    if not (source / "pyodide.mjs").is_file() or not XZ.is_file():
        raise RuntimeMissing(f"Pyodide is not in {source}: run `npm ci`")
    lock = json.loads((source / "pyodide-lock.json").read_text(encoding="utf-8"))
    pack.check_python(lock)
    parts = {name: (source / name).read_bytes() for name in ("pyodide.mjs", "pyodide.asm.js")}
    # An empty package list: nothing else can be loaded, from here or from elsewhere.
    parts["pyodide-lock.json"] = json.dumps({"info": lock["info"], "packages": {}}).encode()
    archive = (source / "python_stdlib.zip").read_bytes()
    parts["python_stdlib.zip"] = pack.standard_library(archive, pack.module_names())
    parts["pyodide.asm.wasm"] = (source / "pyodide.asm.wasm").read_bytes()
    content = pack.packed(b"".join(parts.values()))
    sizes = {name: len(part) for name, part in parts.items()}
    return Packed(f"runtime-{pack.digest(content)[:12]}.xz", content, sizes)


def _law() -> str:
    """The day from which the newest recorded Manual has been in force."""
    from calculator.law import printed  # at the time of the build, not of the import: see `on_pre_build`

    return str(max(edition["effective"] for edition in printed.table("editions.toml")["edition"]))
