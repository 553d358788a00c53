"""Figures of the law that a page types by hand, where a shortcode prints them: `python -m hooks.typed`.

A number with a unit of the law (years, levels, grams, dollars, points, days, …) in a page or a data file stops the
build, whether it agrees with the law data or not: one that does not agree is the worse. It is printed instead, with
`law:value`, `law:range` or `law:level`. What the law data cannot print (the facts of a case, an invented person's, the
Manual's own example) is excused where it stands, by a reason: `30 to 37 months<!-- typed: the range in Gall -->`, in a
data file `30 days{typed: the jail term in that case}`. Every exception is counted in `typed.toml`; a page may not get
more than recorded there. `--record` writes the counts as they are.

Left alone: what a shortcode prints, quotations in a paragraph that cites, code, comments, links' addresses and HTML.
Citations and dates carry no unit, so they are never taken for figures.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from calculator.present.values import filled, law_now, values
from hooks import prose

__all__ = ["Figure", "TypedFigure", "figures", "main", "printed", "recorded", "refused", "too_many", "without_reasons"]

FILE = Path(__file__).with_name("typed.toml")
# The data of the pages: the keys whose texts are ours. A claim of errata.toml is what people say, not what we say.
DATA = {"errata.toml": "correction", "glossary.toml": "words", "changes.toml": "words"}


class TypedFigure(Exception):
    """A text types a figure that the law data prints, or excuses none; the message says what to write."""


# --- What a figure is -------------------------------------------------------------------------------------------

_ONE_TO_TWENTY = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_SPELLED = {name: number for number, name in enumerate(_ONE_TO_TWENTY, start=1)} | {
    "twenty-five": 25, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100,
}  # fmt: skip
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|{'|'.join(sorted(_SPELLED, key=len, reverse=True))})"
_UNITS = {
    "year": r"years?", "month": r"months?", "day": r"days?", "hour": r"hours?", "level": r"levels?",
    "point": r"points?", "plant": r"plants?", "foot": r"feet|foot", "percent": r"percent|%",
    "times": r"times(?=\s+(?:the|in)\b)",
    "kilogram": r"kilograms?|kg", "gram": r"grams?|g", "milligram": r"milligrams?|mg",
}  # fmt: skip
# Units that measure the same thing, and how many of the first make one of the second.
_SAME = {
    "year": ("month", Decimal(12)),
    "kilogram": ("gram", Decimal(1000)),
    "milligram": ("gram", Decimal(1) / 1000),
}
_BETWEEN = r"(?:[\s*_]+(?:(?:more|extra|further|offense|criminal\s+history|history)\s+)?|-)"
_JOIN = r"\s*(?:–|-|\bto\b|\bor\b|\band\b)\s*"
_BEFORE = r"(?<![\w.§/-])"
_FIGURE = re.compile(
    rf"\$(?P<dollars>\d[\d,]*(?:\.\d+)?)(?:\s+(?P<scale>million|thousand))?"
    rf"|\blevels?\s+(?P<at>\d+)(?:{_JOIN}(?P<at_to>\d+))?\b"
    rf"|{_BEFORE}(?P<low>{_NUMBER})(?:{_JOIN}(?P<high>{_NUMBER}|life))?(?:{_BETWEEN}|(?=%))"
    rf"(?:{'|'.join(f'(?P<{name}>{form})' for name, form in _UNITS.items())})(?!\w)"
    rf"|{_BEFORE}(?P<span>\d{{1,3}})\s*[–-]\s*(?P<span_to>\d{{1,3}}|life)(?![\w-])"
    rf"|{_BEFORE}(?P<bare>\d+)\s+or\s+(?:more|less|above|below|higher|lower)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r"\s*(?:<!--\s*typed:(?P<page>.*?)-->|\{typed:(?P<data>[^{}]*)\})", re.DOTALL)
# What may stand between a figure and its reason: the end of "three years’", of "**five years**".
_AFTER = re.compile(r"[’'*_]*")
type _Quantity = tuple[str, tuple[Decimal | str, ...]]


def _number(text: str) -> Decimal | str:
    plain = text.lower()
    return plain if plain == "life" else Decimal(_SPELLED.get(plain) or plain.replace(",", ""))


def _quantities(found: re.Match[str]) -> list[_Quantity]:
    """What a figure says, so that "120 months" and "10 years" are one; a span of months is one thing, too."""
    if found["dollars"]:
        scale = {"million": 1_000_000, "thousand": 1_000, None: 1}[found["scale"]]
        return [("dollar", (Decimal(found["dollars"].replace(",", "")) * scale,))]
    if found["at"]:
        return [("at", (_number(each),)) for each in (found["at"], found["at_to"]) if each]
    if found["span"]:
        return [("month", (_number(found["span"]), _number(found["span_to"])))]
    if found["bare"]:
        return [("bare", (_number(found["bare"]),))]
    unit = next(name for name in _UNITS if found[name])
    kind, scale_by = _SAME.get(unit, (unit, Decimal(1)))
    numbers = tuple(
        each if isinstance(each, str) else (each * scale_by).normalize()
        for each in (_number(text) for text in (found["low"], found["high"]) if text)
    )
    return [(kind, numbers)] if kind == "month" else [(kind, (each,)) for each in numbers]


@lru_cache(maxsize=1)
def _known() -> Mapping[_Quantity, list[str]]:
    """Every quantity the law data prints, with the shortcodes that print it."""
    names: dict[_Quantity, list[str]] = {}
    for name, item in values().items():
        for found in _FIGURE.finditer(item.text):
            for kind, numbers in _quantities(found):
                names.setdefault((kind, numbers), []).append(f"law:value {name}")
                if kind in ("at", "point"):
                    names.setdefault(("bare", numbers), []).append(f"law:value {name}")
    for category, column in law_now().ranges.cells.items():
        for level, cell in enumerate(column, start=law_now().ranges.least_level):
            if not cell.low.life:
                high: Decimal | str = "life" if cell.high.life else Decimal(cell.high.months)
                printer = f"law:range level={level} category={category}"
                names.setdefault(("month", (Decimal(cell.low.months), high)), []).append(printer)
    return names


# --- Where they stand -------------------------------------------------------------------------------------------

_HIDDEN = re.compile(
    r"^(?P<fence>```|~~~).*?^(?P=fence)|`[^`\n]*`|<!--.*?-->|\]\([^)]*\)|<[^<>]+>|\{[^{}\n]*\}",
    re.DOTALL | re.MULTILINE,
)
_QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"")
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A typed figure: its line, its text, why it is excused (empty: it is not) and what the law data offers for it."""

    line: int
    text: str
    reason: str
    printers: tuple[str, ...]

    @property
    def refusal(self) -> str:
        if self.printers:
            offered = ", ".join(self.printers[:3]) + (", …" if len(self.printers) > 3 else "")
            how = f"the law data prints it ({offered})"
        else:
            how = "the law data has no such value: if it is law, record it in calculator/law from the official text"
        return f"“{self.text}” is typed by hand; {how}, or say why it is typed: <!-- typed: reason -->"


def _hide(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "\0", found[0])


def _own(text: str, cited: bool) -> str:
    """The text with everything that is not our own prose blotted out, letter by letter."""
    shown = _HIDDEN.sub(_hide, text)

    def paragraph(found: re.Match[str]) -> str:
        here = shown[found.start() : found.end()]
        return _QUOTATION.sub(_hide, here) if cited or "<!-- cite:" in found[0] else here

    return _PARAGRAPH.sub(paragraph, text)


def figures(text: str, *, cited: bool = False) -> Iterator[Figure]:
    """The typed figures of a page, or of a text of a data file, whose citation stands beside it (`cited`).

    Raises `TypedFigure` for a reason that excuses nothing or says too little.
    """
    used = set()
    for found in _FIGURE.finditer(_own(text, cited)):
        excuse = _REASON.match(text, _AFTER.match(text, found.end()).end())  # type: ignore[union-attr]
        reason = " ".join((excuse["page"] or excuse["data"] or "").split()) if excuse else ""
        if excuse:
            used.add(excuse.end())
        line = text.count("\n", 0, found.start()) + 1
        if excuse and len(reason.split()) < 2:
            raise TypedFigure(f"line {line}: “{found[0]}” is excused without a reason: say why it is typed")
        printers = dict.fromkeys(name for each in _quantities(found) for name in _known().get(each, ()))
        # Without a unit it may be anything: only what the law data prints is held to be law.
        if printers or reason or not (found["span"] or found["bare"]):
            yield Figure(line, " ".join(found[0].split()), reason, tuple(printers))
    code = [(hidden.start(), hidden.end()) for hidden in _HIDDEN.finditer(text) if hidden[0].startswith(("`", "~"))]
    for excuse in _REASON.finditer(text):
        if excuse.end() not in used and not any(start <= excuse.start() < end for start, end in code):
            line = text.count("\n", 0, excuse.end()) + 1
            raise TypedFigure(f"line {line}: “{excuse[0].strip()}” excuses no figure: it stands right behind one")


def refused(text: str, *, first_line: int = 1, cited: bool = False) -> list[str]:
    """A line for each figure that is typed without a reason."""
    found = figures(text, cited=cited)
    return [f"line {figure.line + first_line - 1}: {figure.refusal}" for figure in found if not figure.reason]


def without_reasons(text: str) -> str:
    """The text as readers get it."""
    return _REASON.sub("", text)


def printed(text: str) -> str:
    """A text of a data file with its blanks filled. Raises `TypedFigure` when it types a figure."""
    found = [figure for figure in figures(text, cited=True) if not figure.reason]
    if found:
        raise TypedFigure("; ".join(figure.refusal for figure in found))
    return filled(without_reasons(text))


# --- The count of exceptions ------------------------------------------------------------------------------------


def _all() -> Iterator[tuple[str, Figure]]:
    """Every typed figure of the site with the name of its file."""
    for path in sorted(prose.DOCS.rglob("*.md")):
        name = path.relative_to(prose.DOCS).as_posix()
        for figure in _named(name, path.read_text(encoding="utf-8"), cited=False):
            yield name, figure
    for name, key in DATA.items():
        for row in re.finditer(rf'^{key} = "(.*)"$', (prose.DOCS / name).read_text(encoding="utf-8"), re.MULTILINE):
            line = row.string.count("\n", 0, row.start())
            for figure in _named(name, row[1], cited=True):
                yield name, Figure(figure.line + line, figure.text, figure.reason, figure.printers)


def _named(name: str, text: str, *, cited: bool) -> list[Figure]:
    try:
        return list(figures(text, cited=cited))
    except TypedFigure as error:
        raise TypedFigure(f"{name}: {error}") from None


def recorded(file: Path = FILE) -> Mapping[str, int]:
    """The exceptions on record, by file."""
    counts: dict[str, int] = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return counts


def too_many(now: Mapping[str, int], before: Mapping[str, int]) -> list[str]:
    """A line for each file with more exceptions than it may have."""
    return [
        f"{name}: {count} typed figures are excused, {before.get(name, 0)} on record"
        for name, count in now.items()
        if count > before.get(name, 0)
    ]


def main(arguments: list[str] | None = None) -> int:
    """List every exception with its reason; status 1 when there are more than recorded, or a figure has none."""
    try:
        found = list(_all())
    except TypedFigure as error:
        print(error, file=sys.stderr)
        return 1
    excused = [(name, figure) for name, figure in found if figure.reason]
    counts = {name: sum(other == name for other, _ in excused) for name, _ in excused}
    if "--record" in (sys.argv[1:] if arguments is None else arguments):
        lines = ["# Typed figures that are excused, by file; `python -m hooks.typed --record` writes it."]
        lines += [f'"{name}" = {count}' for name, count in counts.items()]
        FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, figure in excused:
        print(f"{name}:{figure.line}: {figure.text}: {figure.reason}")
    print(f"{len(excused)} typed figures are excused")
    wrong = [f"{name}:{figure.line}: {figure.refusal}" for name, figure in found if not figure.reason]
    wrong += too_many(counts, recorded())
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
