"""“Is it true?”: claims that go round, each with a verdict, a correction and its authority, from `docs/errata.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from calculator.present.markup import Markup, joined, tag
from calculator.present.values import filled
from hooks import sources, typed

__all__ = ["VERDICTS", "Claim", "ErrataError", "claims", "groups", "listing"]

FILE = Path(__file__).resolve().parents[1] / "docs" / "errata.toml"
VERDICTS = ("right", "half right", "wrong", "out of date")
_KEYS = {"key", "claim", "verdict", "correction", "cite"}


class ErrataError(Exception):
    """The list of claims is not as it must be; the message names the claim."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as people meet it. `cite` holds a key of a source and the part of it, which may be empty."""

    key: str
    claim: str
    verdict: str
    correction: str
    cite: tuple[tuple[str, str], ...]


@lru_cache(maxsize=2)
def claims(file: Path = FILE) -> tuple[Claim, ...]:
    """Every claim, in the order of the file, its numbers filled in. Raises `ErrataError` naming the claim."""
    found: dict[str, Claim] = {}
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["claim"]:
        where = f"{file.name}, {row.get('key', 'a claim without a key')}"
        if row.keys() != _KEYS:
            raise ErrataError(f"{where}: has {', '.join(sorted(row))} where {', '.join(sorted(_KEYS))} are needed")
        if row["verdict"] not in VERDICTS:
            raise ErrataError(f"{where}: the verdict is one of {', '.join(VERDICTS)}")
        if row["key"] in found:
            raise ErrataError(f"{where}: is there twice")
        parts = (cite.partition(" ") for cite in row["cite"])
        cited = tuple((key, part) for key, _, part in parts)
        if unknown := {key for key, _ in cited} - sources.sources().keys():
            raise ErrataError(f"{where}: no source {', '.join(sorted(unknown))}")
        if not cited:
            raise ErrataError(f"{where}: has no authority")
        try:
            correction = typed.printed(row["correction"])
        except typed.TypedFigure as error:
            raise ErrataError(f"{where}: {error}") from None
        found[row["key"]] = Claim(row["key"], filled(row["claim"]), row["verdict"], correction, cited)
    return tuple(found.values())


@lru_cache(maxsize=2)
def groups(file: Path = FILE) -> Mapping[str, tuple[Claim, ...]]:
    """The claims by what they are about. Raises `ErrataError` unless each claim stands in one group, once."""
    known = {claim.key: claim for claim in claims(file)}
    listed = tomllib.loads(file.read_text(encoding="utf-8"))["about"]
    keys = [key for row in listed.values() for key in row]
    if wrong := known.keys() ^ set(keys):
        raise ErrataError(f"{file.name}: [about] and the claims differ in {', '.join(sorted(wrong))}")
    if len(keys) != len(known):
        raise ErrataError(f"{file.name}: [about] names a claim twice")
    return {about: tuple(known[key] for key in row) for about, row in listed.items()}


def listing(about: str) -> Markup:
    """Every claim of a group with its verdict, its correction and where the law says so."""
    if about not in groups():
        raise ErrataError(f"there are no claims about “{about}”: use {', '.join(groups())}")
    return joined(
        tag(
            "section",
            tag("h3", f"“{claim.claim}”", id=claim.key),
            tag("p", tag("span", _capital(claim.verdict), class_="ps-verdict", data_verdict=claim.verdict)),
            tag("p", claim.correction, " ", joined((sources.cite(key, part) for key, part in claim.cite), "; ")),
            class_="ps-claim",
        )
        for claim in groups()[about]
    )


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
