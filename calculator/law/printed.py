"""The printed tables as they are kept: TOML files beside this module.

Nothing else reads them, so that what a page carries can be the same tables parsed beforehand: in the wheel for the
browser `hooks/pack.py` puts a module with the same two functions in the place of this one.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from importlib import resources
from typing import Any

__all__ = ["names", "table"]


def names(folder: str) -> tuple[str, ...]:
    """What a folder of `calculator/law/` holds, in order: `names("statutes/fines")`."""
    place = resources.files("calculator.law").joinpath(*folder.split("/"))
    return tuple(sorted(path.name for path in place.iterdir()))


def table(name: str) -> dict[str, Any]:
    """One table, by its path below `calculator/law/`; numbers with a point are exact."""
    path = resources.files("calculator.law").joinpath(*name.split("/"))
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
