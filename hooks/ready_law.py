"""The law as Python that makes the objects themselves, for the wheel of the page.

Reading the printed tables takes checking every row: needed where a table is written, wasted on every start in a
browser. So the build reads and checks them, and the page gets a module in the place of `calculator/law/recorded.py`
with the same four functions. The tables whose names begin as `HELD` says need not go along.
"""

import dataclasses
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import Any

HELD = ("editions.toml", "guidelines/", "statutes/")


def source(recorded: ModuleType) -> str:
    """The module's text, from `calculator.law.recorded` or, in a test, from what was made of it before."""
    writer = _Writer()
    editions = recorded.editions()
    writer.function("editions()", editions)
    writer.by_day("guidelines", [edition.effective for edition in editions[0]], recorded.guidelines)
    writer.function("statute_days()", recorded.statute_days())
    writer.by_day("statutes", recorded.statute_days(), recorded.statutes)
    return writer.text()


class _Writer:
    """Functions that make given objects. What is equal is made once."""

    def __init__(self) -> None:
        self._imports = {"from datetime import date", "from decimal import Decimal", "from functools import cache"}
        self._functions: list[str] = []
        self._lines: list[str] = []
        self._made: dict[str, str] = {}

    def text(self) -> str:
        words = '"""The law as it was read when the wheel was built; the TOML files are the source."""'
        return "\n".join([words, *sorted(self._imports), *self._functions]) + "\n"

    def function(self, head: str, value: object) -> None:
        self._lines, self._made = [], {}
        result = self._expression(value)
        body = [*self._lines, f"return {result}"]
        self._functions.append("\n".join(["@cache", f"def {head}:", *(f"    {line}" for line in body)]))

    def by_day(self, name: str, days: Any, read: Callable[[date], object]) -> None:
        """One function a day, and one that picks by the day."""
        for day in days:
            self.function(f"{name}_{day:%Y_%m_%d}()", read(day))
        made = ", ".join(f"{self._expression(day)}: {name}_{day:%Y_%m_%d}" for day in days)
        self._functions.append(f"def {name}(day):\n    return {{{made}}}[day]()")

    def _expression(self, value: Any) -> str:
        kind = type(value)
        if dataclasses.is_dataclass(kind):
            return self._object(value)
        if kind is dict:
            return "{" + ", ".join(f"{self._expression(k)}: {self._expression(v)}" for k, v in value.items()) + "}"
        if kind is tuple:
            return "(" + "".join(f"{self._expression(item)}, " for item in value) + ")"
        if kind is frozenset:
            return f"frozenset({self._expression(tuple(sorted(value)))})"
        if kind is Decimal:
            return self._once(f"Decimal({str(value)!r})")
        if kind is date:
            return f"date({value.year}, {value.month}, {value.day})"
        if value is None or kind in (str, int, bool):
            return repr(value)
        raise TypeError(f"no law table holds a {kind.__name__}")

    def _object(self, value: Any) -> str:
        kind = type(value)
        fields = dataclasses.fields(kind)
        if any(not field.init or field.kw_only for field in fields):
            raise TypeError(f"{kind.__name__} is not made from its fields in their order")
        self._imports.add(f"from {kind.__module__} import {kind.__name__}")
        return self._once(f"{kind.__name__}({', '.join(self._expression(getattr(value, f.name)) for f in fields)})")

    def _once(self, made: str) -> str:
        if made not in self._made:
            self._made[made] = f"a{len(self._made)}"
            self._lines.append(f"{self._made[made]} = {made}")
        return self._made[made]
