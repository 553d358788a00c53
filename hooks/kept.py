"""What takes seconds to make is kept beside the Node packages, under a name that says all it was made from."""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "node_modules" / ".cache" / "plain-sentencing"
NEWEST = 40


def made_once(kind: str, given: tuple[bytes, ...], make: Callable[[], bytes], folder: Path = FOLDER) -> bytes:
    """What `make` gives: from the folder where the same kind was made of the same things by the same Python before."""
    name = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in (sys.version.encode(), *given)))
    file = folder / f"{name.hexdigest()}.{kind}"
    if file.is_file():
        file.touch()
        return file.read_bytes()
    made = make()
    folder.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}")
    part.write_bytes(made)
    part.replace(file)
    for old in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)[NEWEST:]:
        old.unlink(missing_ok=True)
    return made
