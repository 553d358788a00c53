"""Compiles beforehand what `@dataclass` writes and compiles at import, more than half of the calculator's start.

Run by `hooks/pack.py` with `-X no_debug_ranges -I`: DATACLASSES.py WHEEL < nothing > the source of `_dataclass_code`.
The texts are the ones that Pyodide's own `dataclasses` writes for the classes of the wheel; the changed
`dataclasses` in the pack looks the code up by class and checksum of the text, and compiles what it does not find.
Without this the import of the calculator takes twice as long; what is left out here is only slower, never wrong.
"""

import marshal
import sys
import types
from pathlib import Path
from typing import Any
from zlib import crc32

EXEC = "exec(txt, self.globals, ns)"
LOOKED_UP = """

def _looked_up(cls, txt):
    try:
        from _dataclass_code import CODE
    except ImportError:
        return txt
    from zlib import crc32
    return CODE.get(f"{cls.__module__}.{cls.__qualname__} {crc32(txt.encode()):08x}", txt)
"""


class DataclassesChanged(Exception):
    """Pyodide's `dataclasses` is not written as this expects."""


def changed(source: str, call: str = "exec(_looked_up(cls, txt), self.globals, ns)") -> str:
    """The source of `dataclasses` with its one `exec` going through a look-up."""
    if source.count(EXEC) != 1:
        raise DataclassesChanged(f"dataclasses.py does not say `{EXEC}` once: see hooks/dataclass_code.py")
    return source.replace(EXEC, call) + LOOKED_UP


def recorded(source: str, wheel: str) -> dict[str, types.CodeType]:
    """Import the calculator from the wheel, with what every dataclass writes compiled and kept."""
    found: dict[str, types.CodeType] = {}

    def record(cls: type, txt: str) -> types.CodeType:
        code = compile(txt, "<string>", "exec")
        found[f"{cls.__module__}.{cls.__qualname__} {crc32(txt.encode()):08x}"] = code
        return code

    module = types.ModuleType("dataclasses")
    module.__dict__["record"] = record
    sys.modules["dataclasses"] = module
    exec(changed(source, "exec(record(cls, txt), self.globals, ns)"), module.__dict__)
    sys.path.insert(0, wheel)
    import calculator.browser  # noqa: F401

    return found


def main(source: str, wheel: str) -> None:
    """Print a module that holds the code."""
    found: dict[str, Any] = recorded(Path(source).read_text(encoding="utf-8"), wheel)
    print(f"from marshal import loads\nCODE = loads({marshal.dumps(dict(sorted(found.items())))!r})")


if __name__ == "__main__":
    main(*sys.argv[1:])
