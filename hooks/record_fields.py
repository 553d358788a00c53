"""Takes the place of `dataclasses` in the page; nothing of the build runs it.

`hooks/records.py` has written out what `@dataclass` would make. Left is what the calculator asks of its records as it
runs: their fields.
"""

from collections.abc import Callable, Mapping
from typing import Any

MISSING = object()


class Field:
    """One field: its name, what stands when it is not given, and what was declared with it."""

    __slots__ = ("default", "default_factory", "init", "metadata", "name")

    def __init__(self, default: Any, default_factory: Any, init: bool, metadata: Mapping[str, Any]) -> None:
        self.name = ""
        self.default, self.default_factory, self.init, self.metadata = default, default_factory, init, metadata


def field(
    *,
    default: Any = MISSING,
    default_factory: Callable[[], Any] | object = MISSING,
    init: bool = True,
    metadata: Mapping[str, Any] | None = None,
) -> Any:
    """A field declared with more than a default."""
    return Field(default, default_factory, init, metadata or {})


class Written:
    """The fields of one record, by name; each is made when they are first asked for, which most never are."""

    def __init__(self, names: str, given: Mapping[str, Any], inherited: type[Any] | None = None) -> None:
        self._names, self._given, self._inherited = names, given, inherited

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._owner = owner

    def __get__(self, record: object, kind: type[Any]) -> dict[str, Field]:
        made: dict[str, Field] = dict(self._inherited.__dataclass_fields__) if self._inherited else {}
        for name in self._names.split():
            given = self._given.get(name, MISSING)
            made[name] = given if isinstance(given, Field) else field(default=given)
            made[name].name = name
        self._owner.__dataclass_fields__ = made
        return made


def fields(record: Any) -> tuple[Field, ...]:
    """The fields of a record or of its class, in order."""
    return tuple(record.__dataclass_fields__.values())


def is_dataclass(value: object) -> bool:
    """Whether this is a record or the class of one."""
    return hasattr(value, "__dataclass_fields__")


def replace[R](record: R, /, **changes: Any) -> R:
    """The record with these fields changed."""
    kept = {item.name: getattr(record, item.name) for item in fields(record) if item.init and item.name not in changes}
    return type(record)(**kept, **changes)


def dataclass(**how: bool) -> None:
    """Every record was written out by the build."""
    raise TypeError("a record that hooks/records.py did not write out")
