"""Records that are hashed once: frozen values that the calculation looks its earlier results up by."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import Any

__all__ = ["HashedOnce", "setter", "with_field"]


class HashedOnce:
    """A base for frozen dataclasses. Equal records have equal hashes, as ever; each works out its own but once."""

    __slots__ = ("_hash",)
    _hash: int

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # Written into the class itself, so that `dataclass` does not add the usual one.
        cls.__hash__ = HashedOnce.__hash__  # type: ignore[method-assign]

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            kind: Any = type(self)
            found = hash(_values(kind)(self))
            object.__setattr__(self, "_hash", found)
            return found


def with_field[R: HashedOnce](record: R, name: str, value: object) -> R:
    """The record with one field changed, as `dataclasses.replace` gives it, for records that only hold their fields, in
    slots."""
    kind: Any = type(record)
    changed: R = object.__new__(kind)
    setters = _setters(kind)
    for put, held in zip(setters.values(), _values(kind)(record), strict=True):
        put(changed, held)
    setters[name](changed, value)
    return changed


def setter(record: Any, name: str) -> Callable[[object, object], None]:
    """What fills a field of a frozen record that is being made: its slot, so that nothing has to be looked up."""
    put: Callable[[object, object], None] = getattr(record, name).__set__
    return put


@lru_cache(maxsize=64)
def _values(record: Any) -> attrgetter[Any]:
    """What reads all fields of a record."""
    return attrgetter(*(item.name for item in dataclasses.fields(record)))


@lru_cache(maxsize=64)
def _setters(record: Any) -> dict[str, Callable[[object, object], None]]:
    """What fills each field of a record, in their order."""
    return {item.name: setter(record, item.name) for item in dataclasses.fields(record)}
