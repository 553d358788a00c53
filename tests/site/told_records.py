"""What the records of the calculator are, as text: run on the sources by a test, and on the page's wheel by itself."""

import dataclasses
import importlib
import inspect
import json
import pkgutil
from typing import Any

import calculator


def told() -> dict[str, list[str]]:
    """Each record by its full name: its slots, how it is made, what makes it equal, and its fields."""
    found = {}
    for module in pkgutil.walk_packages(calculator.__path__, "calculator."):
        if not module.name.endswith("__main__"):
            for name, kind in vars(importlib.import_module(module.name)).items():
                if dataclasses.is_dataclass(kind) and isinstance(kind, type) and kind.__module__ == module.name:
                    found[f"{module.name}.{name}"] = [*_class(kind), *map(_field, dataclasses.fields(kind))]
    return found


def _class(kind: Any) -> list[str]:
    made = []
    for one in inspect.signature(kind.__init__).parameters.values():
        default = "" if one.default is one.empty else f"={_text(one.default)}".replace("<factory>", "Ellipsis")
        made.append(f"{one.kind.name} {one.name}{default}")
    equal = "__eq__" in vars(kind)
    hashed = getattr(kind.__hash__, "__qualname__", None)
    return [f"slots {vars(kind).get('__slots__')}", *made, f"equality {equal}", f"hash {hashed}"]


def _field(item: Any) -> str:
    default = "" if item.default is dataclasses.MISSING else f"={_text(item.default)}"
    factory = "" if item.default_factory is dataclasses.MISSING else "=..."
    metadata = {key: type(value).__name__ for key, value in item.metadata.items()}
    return f"field {item.name}{default}{factory} init {item.init} {metadata}"


def _text(value: Any) -> str:
    """A default; a record, which has no text of its own in the page, by what it is."""
    written = not dataclasses.is_dataclass(value) or "__str__" in vars(type(value))
    return str(value) if written else type(value).__name__


if __name__ == "__main__":
    print(json.dumps(told()))
