"""Goes into the page's standard library and imports the calculator there; nothing of the build runs it.

Python's own `zipimport` opens the archive anew for each of the calculator's 130 modules, which was more than a third of
the time their import took. Here the wheel is read once and stays in memory, and so in the copy of the memory that a
second visit starts from.
"""

import gc
import marshal
import sys
from collections.abc import Callable
from datetime import date
from importlib.machinery import ModuleSpec
from struct import unpack_from
from types import ModuleType
from typing import Any

import __main__

# Bytes, in a zip without comments: its last record, the fixed part of each entry in its directory and of each header
# before a file; and what stands before the code in a `.pyc`.
END, ENTRY, HEADER, BEFORE_CODE = 22, 46, 30, 16


class Wheel:
    """Finds modules in a wheel that holds byte code, stored as it is: what `hooks/pack.py` makes."""

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

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """A module of the wheel, or None for every other one."""
        loader: Any = self
        return ModuleSpec(name, loader, is_package=self._modules[name][0]) if name in self._modules else None

    def create_module(self, spec: ModuleSpec) -> None:
        """As Python itself makes modules."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's code."""
        _, start, end = self._modules[module.__name__]
        exec(marshal.loads(memoryview(self._content)[start:end]), module.__dict__)


def door(wheel: str, law: str) -> Callable[..., bytes]:
    """The calculator from this wheel, with the law of that day ready: JSON text in, JSON text as bytes out.

    Also leaves it as `answer` in `__main__`, and its rehearsal, where they are found when the memory is restored.
    """
    with open(wheel, "rb") as file:  # noqa: PTH123 (`pathlib` would have to be imported for it)
        sys.meta_path.insert(0, Wheel(file.read()))
    from calculator import browser
    from calculator.law import law_for
    from calculator.rehearsal import rehearse

    day = date.fromisoformat(law)
    law_for(sentenced_on=day, offense_ended=day)
    gc.freeze()  # what is here now stays: an edit should not wait for a search of it

    def answer(request: str, number: int, shows: int) -> bytes:
        return browser.answer(request, number, shows).encode()

    __main__.answer, __main__.rehearse = answer, rehearse
    return answer
