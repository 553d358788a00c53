"""Records that are hashed once: frozen values that the calculation looks its earlier results up by."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable
from functools import lru_cache
from operator import attrgetter
from typing import Any, cast

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
            found = hash(_fields(cast(Hashable, type(self)))(self))
            object.__setattr__(self, "_hash", found)
            return found


def with_field[R: HashedOnce](record: R, name: str, value: object) -> R:
    """The record with one field changed, as `dataclasses.replace` gives it, for records that only hold their fields."""
    changed = object.__new__(type(record))
    for field in _names(cast(Hashable, type(record))):
        object.__setattr__(changed, field, value if field == name else getattr(record, field))
    return changed


@lru_cache(maxsize=64)
def _names(record: Any) -> tuple[str, ...]:
    return tuple(item.name for item in dataclasses.fields(record))


@lru_cache(maxsize=64)
def _fields(record: Any) -> attrgetter[Any]:
    return attrgetter(*_names(record))
