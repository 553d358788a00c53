"""What the page already shows: a changed answer says most things again, and of those only their places are sent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from calculator.present.markup import Markup, tag

__all__ = ["Shown"]


class Shown:
    """Pieces by their ids: those of the answer `before`, which stands on the page, and those `drawn` for the next."""

    def __init__(self, before: Mapping[str, Markup] | None = None) -> None:
        self.before = before or {}
        self.drawn: dict[str, Markup] = {}

    def piece(self, id_: str, name: str, drawn: Markup) -> Markup:
        """The piece as drawn; where the page shows the very same under this id, an empty element in its place."""
        self.drawn[id_] = drawn
        return _place(name, id_) if self.before.get(id_) == drawn else drawn


@lru_cache(maxsize=1024)
def _place(name: str, id_: str) -> Markup:
    return tag(name, data_same=id_)
