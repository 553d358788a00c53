"""Reading the rows of Chapter Five: words that must be known, and bands of levels without gaps."""

from __future__ import annotations

from calculator.law.schema import LawError, Row

__all__ = ["between", "check_bands", "check_one_of", "numbers"]


def check_one_of(word: str, known: tuple[str, ...], row: Row) -> None:
    """Raise unless a word is one of those known."""
    if word not in known:
        raise LawError(f"{row.where}: {word!r} is not one of {', '.join(known)}")


def numbers(row: Row, key: str) -> tuple[int, ...]:
    """A list of whole numbers, which need not be there."""
    listed = row.maybe(key, list) or []
    if not all(type(item) is int for item in listed):
        raise LawError(f"{row.where}: {key} must be whole numbers, not {listed!r}")
    return tuple(listed)


def between(level: int, first: int | None, last: int | None) -> bool:
    """Whether a level lies in a band; None is an open end."""
    return (first is None or level >= first) and (last is None or level <= last)


def check_bands(bounds: list[tuple[int | None, int | None]], where: str) -> None:
    """Bands of levels, lowest first: open at both ends, each beginning where the one before it ends."""
    if bounds[0][0] is not None or bounds[-1][1] is not None:
        raise LawError(f"{where}: the first row must be open below and the last open above")
    for (_, last), (first, _) in zip(bounds, bounds[1:], strict=False):
        if last is None or first is None or first != last + 1:
            raise LawError(f"{where}: levels have a gap or an overlap between {last} and {first}")
    for first, last in bounds:
        if first is not None and last is not None and last < first:
            raise LawError(f"{where}: levels {first} to {last} run backwards")
