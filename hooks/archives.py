"""Finds the page's modules in archives of byte code; nothing of the build runs it.

Goes into the page's standard library as `sitecustomize`, which Python imports before what is not in its program.
Python's own `zipimport` opens the archive anew for each module, which was more than a third of the time that the
calculator's import took. Here an archive is read once and stays in memory, and so in the copy of it that a second
visit starts from.
"""

import marshal
import sys

# What is in the program itself: more would have to be found first.
from _struct import unpack_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

# Bytes, in a zip without comments: its last record, the fixed part of each entry in its directory and of each header
# before a file; and what stands before the code in a `.pyc`.
END, ENTRY, HEADER, BEFORE_CODE = 22, 46, 30, 16


class Archive:
    """Finds modules in a zip that holds byte code, stored as it is: what `hooks/pack.py` makes."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._modules: dict[str, tuple[bool, int, int]] = {}
        count, _, at = unpack_from("<HLL", content, len(content) - END + 10)
        for _ in range(count):
            size, name_size, extra_size, comment_size, start = unpack_from("<L3H8xL", content, at + 24)
            path = content[at + ENTRY : at + ENTRY + name_size].decode()
            at += ENTRY + name_size + extra_size + comment_size
            if path.endswith(".pyc"):
                name = path.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".")
                start += HEADER + name_size
                self._modules[name] = path.endswith("/__init__.pyc"), start + BEFORE_CODE, start + size

    def find_spec(self, name: str, path: object = None, target: object = None) -> "ModuleSpec | None":
        """A module of the archive, or None for every other one."""
        loader: Any = self
        make: type[ModuleSpec] = type(__spec__)
        return make(name, loader, is_package=self._modules[name][0]) if name in self._modules else None

    def create_module(self, spec: "ModuleSpec") -> None:
        """As Python itself makes modules."""

    def exec_module(self, module: "ModuleType") -> None:
        """Run the module's code."""
        _, start, end = self._modules[module.__name__]
        exec(marshal.loads(memoryview(self._content)[start:end]), module.__dict__)


def add(path: str) -> None:
    """Find modules in the archive of this path, before anywhere else."""
    with open(path, "rb") as file:  # noqa: PTH123 (`pathlib` would have to be imported for it)
        sys.meta_path.insert(0, Archive(file.read()))


if sys.platform == "emscripten":
    add(next(path for path in sys.path if path.endswith(".zip")))
