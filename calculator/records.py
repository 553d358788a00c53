"""Records that are hashed once: frozen values that the calculation looks its earlier results up by."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from operator import attrgetter
from typing import Any

__all__ = ["HashedOnce", "with_field"]


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
            found = hash(_fields(kind)[1](self))
            object.__setattr__(self, "_hash", found)
            return found


def with_field[R: HashedOnce](record: R, name: str, value: object) -> R:
    """The record with one field changed, as `dataclasses.replace` gives it, for records that only hold their fields."""
    kind: Any = type(record)
    changed: R
    changed, put = object.__new__(kind), object.__setattr__
    names, values = _fields(kind)
    for field, held in zip(names, values(record), strict=True):
        put(changed, field, held)
    put(changed, name, value)
    return changed


@lru_cache(maxsize=64)
def _fields(record: Any) -> tuple[tuple[str, ...], attrgetter[Any]]:
    """The names of a record's fields, and what reads them all."""
    names = tuple(item.name for item in dataclasses.fields(record))
    return names, attrgetter(*names)
