"""Reading a law table strictly: every key asked for, every row cited, nothing left over.

A table is one TOML file. `Row` hands out its keys one by one and, when `done`, refuses any that nobody asked for,
so a misspelled key is an error that names the file and the row, never a silent zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from calculator.law import printed
from calculator.units import Term, UnitError

__all__ = ["LawError", "Row", "Tables", "check_ladder", "effective", "read"]


class LawError(ValueError):
    """The law data is not as it must be; the message names the file and the row."""


class Row:
    """One table or row of a law file. Every `take` removes a key; `done` complains of what is left."""

    __slots__ = ("_data", "where")

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        self._data = dict(data)
        self.where = where

    def take[T](self, key: str, kind: type[T]) -> T:
        """The value of `key`, which must be there and be of `kind` (whole numbers count as `Decimal`)."""
        if key not in self._data:
            raise LawError(f"{self.where}: {key} is missing")
        return self._checked(key, self._data.pop(key), kind)

    def maybe[T](self, key: str, kind: type[T]) -> T | None:
        """The value of `key`, or None when it is not printed."""
        return self.take(key, kind) if key in self._data else None

    def cite(self) -> str:
        """The citation, without which no row is law."""
        text = self.take("cite", str)
        if not text.strip():
            raise LawError(f"{self.where}: cite is empty")
        return text

    def row(self, key: str) -> Row:
        """A table inside this one."""
        return Row(self.take(key, dict), f"{self.where} {key}")

    def rows(self, key: str) -> Iterator[Row]:
        """Each row of a list of tables."""
        listed = self.take(key, list)
        if not listed:
            raise LawError(f"{self.where}: {key} has no rows")
        for number, data in enumerate(listed, 1):
            if not isinstance(data, Mapping):
                raise LawError(f"{self.where} {key} {number}: is not a table")
            yield Row(data, f"{self.where} {key} {number}")

    def term(self, key: str) -> Term:
        """A length of time such as "10 years"."""
        try:
            return Term.parse(self.take(key, str))
        except UnitError as error:
            raise LawError(f"{self.where}: {key} {error}") from error

    def maybe_term(self, key: str) -> Term | None:
        """A length of time, or None when it is not printed."""
        return self.term(key) if key in self._data else None

    def one_of(self, key: str, known: Iterable[str]) -> str:
        """A text that must be one of those known."""
        value = self.take(key, str)
        if value not in known:
            raise LawError(f"{self.where}: {key} must be one of {', '.join(known)}, not {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        listed = self.take(key, list)
        return tuple(self._checked(key, item, str) for item in listed)

    def pairs[T](self, key: str, kind: type[T]) -> dict[str, T]:
        """A table of name = value, every value of `kind`."""
        table = self.take(key, dict)
        return {name: self._checked(f"{key}.{name}", value, kind) for name, value in table.items()}

    def done(self) -> None:
        """Raise when a key is left that nobody asked for."""
        if self._data:
            raise LawError(f"{self.where}: unknown key {', '.join(sorted(self._data))}")

    def _checked[T](self, key: str, value: Any, kind: type[T]) -> T:
        if kind is Decimal and isinstance(value, int) and not isinstance(value, bool):
            value = Decimal(value)
        if not isinstance(value, kind) or isinstance(value, bool) and kind is not bool:
            raise LawError(f"{self.where}: {key} must be {kind.__name__}, not {value!r}")
        return value


def check_ladder(steps: list[tuple[Decimal, int]], where: str) -> None:
    """(threshold, level) pairs in printed order, highest first: both must fall, so that no gap or overlap is left."""
    for (upper, high), (lower, low) in zip(steps, steps[1:], strict=False):
        if not upper > lower or not high > low:
            raise LawError(f"{where}: {lower} (level {low}) does not come below {upper} (level {high})")


class Tables:
    """The tables in force on one day. Calling it with a table's name gives the table, to be read strictly."""

    __slots__ = ("_folder", "_on")

    def __init__(self, folder: str, on: date) -> None:
        self._folder = folder
        self._on = on

    def __call__(self, name: str) -> Row:
        files = [file for file in printed.names() if file.startswith(f"{self._folder}/{name}/")]
        in_force = [file for file in files if effective(file) <= self._on]
        if not in_force:
            raise LawError(f"{name}: no table had taken effect on {self._on}")
        return read(max(in_force, key=effective))


def effective(name: str) -> date:
    """The day on which a table took effect, by which its file is named."""
    return date.fromisoformat(name.rpartition("/")[2].removesuffix(".toml"))


def read(name: str) -> Row:
    """One law file, by its path below `calculator/law/`, as a strict row; numbers with a point are exact."""
    return Row(printed.table(name), name)
