"""What the page needs to run the calculator: our wheel and the pinned Pyodide files."""

import functools
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYODIDE = ROOT / "node_modules" / "pyodide"
LISTING = "runtime.json"


class RuntimeMissing(Exception):
    """The Pyodide files are not where npm puts them."""


def write(into: Path) -> None:
    """Write every runtime file into one folder, with a listing of names, sizes and hashes."""
    into.mkdir(parents=True, exist_ok=True)
    listing: dict[str, object] = {}
    wheel_name, wheel = build_wheel()
    for name, (served_as, content) in {wheel_name: (wheel_name, wheel), **pyodide_files()}.items():
        (into / served_as).write_bytes(content)
        listing[name] = {
            "file": served_as,
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    text = json.dumps({"wheel": wheel_name, "files": listing}, indent=1)
    (into / LISTING).write_text(text + "\n", encoding="utf-8")


def build_wheel(root: Path = ROOT) -> tuple[str, bytes]:
    """Build the calculator's plain wheel; its name carries a hash of its content as the build tag."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "flit_core.wheel", "--outdir", folder, str(root)],
            env={**os.environ, "SOURCE_DATE_EPOCH": "315532800"},  # same sources, same bytes
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"the wheel could not be built:\n{done.stderr}")
        [built] = Path(folder).glob("*.whl")
        content = built.read_bytes()
    name, version, *tags = built.name.split("-")
    # a build tag has to begin with a digit
    build_tag = "0" + hashlib.sha256(content).hexdigest()[:12]
    return "-".join([name, version, build_tag, *tags]), content


@functools.cache
def pyodide_files(source: Path = PYODIDE) -> dict[str, tuple[str, bytes]]:
    """Each file Pyodide asks for: the name it asks by, the name we serve it as, the bytes we serve."""
    if not (source / "pyodide.mjs").is_file():
        raise RuntimeMissing(f"Pyodide is not in {source}: run `npm ci`")
    files = {
        name: (name, (source / name).read_bytes()) for name in ("pyodide.mjs", "pyodide.asm.js", "python_stdlib.zip")
    }
    # Packed here, so that what a phone downloads does not depend on what the host likes to compress;
    # not called .gz, because some hosts unpack that on the way.
    wasm = (source / "pyodide.asm.wasm").read_bytes()
    files["pyodide.asm.wasm"] = ("pyodide.asm.wasm.gzip", gzip.compress(wasm, mtime=0))
    # An empty package list: nothing else can be loaded, from here or from elsewhere.
    lock = json.loads((source / "pyodide-lock.json").read_text(encoding="utf-8"))
    files["pyodide-lock.json"] = (
        "pyodide-lock.json",
        json.dumps({"info": lock["info"], "packages": {}}).encode(),
    )
    return files
