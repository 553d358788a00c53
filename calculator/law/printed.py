"""The printed tables as they are kept: TOML files below this module.

Nothing else reads them, so that what a page carries can be the same tables parsed beforehand: in the wheel for the
browser `hooks/pack.py` puts a module with the same two functions in the place of this one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

__all__ = ["names", "table"]


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Every table there is, by its path below `calculator/law/`: "statutes/fines/1987-11-01.toml"."""
    return tuple(sorted(_below(resources.files("calculator.law"), "")))


def table(name: str) -> dict[str, Any]:
    """One table, by that path; numbers with a point are exact."""
    path = resources.files("calculator.law").joinpath(*name.split("/"))
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def _below(folder: Traversable, prefix: str) -> Iterator[str]:
    for path in folder.iterdir():
        if path.name.endswith(".toml"):
            yield prefix + path.name
        elif path.is_dir():
            yield from _below(path, f"{prefix}{path.name}/")
