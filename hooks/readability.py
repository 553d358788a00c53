"""The reading grade of each page, by Flesch and Kincaid, on our own prose: `python -m hooks.readability`.

A page may not become harder than recorded in `readability.toml`, and a new page not harder than the goal.
`--record` writes the grades as they are. Syllables are counted with the hyphenation patterns of pyphen, and by
groups of vowels where that gives more, so that the grade errs on the hard side.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import pyphen  # type: ignore[import-not-found, import-untyped, unused-ignore]

from hooks import prose

__all__ = ["grade", "main", "recorded", "syllables", "too_hard"]

FILE = Path(__file__).with_name("readability.toml")
GOAL = 8.0
# Grades are rounded; a page that did not change must not fail.
_SLACK = 0.05
_WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)?")
_SENTENCE = re.compile(r"[.!?]+(?=[\s”’\")]|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![aeiouyl])(?:e|es|ed)$")


@lru_cache(maxsize=1)
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US", left=1, right=1)


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Syllables of a word: the hyphenation points and one, or the groups of vowels if there are more of them."""
    plain = word.lower()
    return max(len(_patterns().positions(plain)) + 1, len(_VOWELS.findall(_SILENT.sub("", plain))))


def grade(texts: Iterable[str]) -> float | None:
    """The Flesch–Kincaid grade of some paragraphs, or None where there are too few words to say."""
    words: list[str] = []
    sentences = 0
    for text in texts:
        found = _WORD.findall(text)
        if found:
            words += found
            sentences += max(1, len(_SENTENCE.findall(text)))
    if len(words) < 50:
        return None
    count = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * count / len(words) - 15.59


def _now() -> dict[str, float]:
    """The grade of every page that has enough prose."""
    found = {}
    for path in prose.pages():
        reached = grade(prose.without_quotations(block.text) for block in prose.page_blocks(path))
        if reached is not None:
            found[path.relative_to(prose.DOCS).as_posix()] = round(reached, 1)
    return found


def recorded(file: Path = FILE) -> Mapping[str, float]:
    """The grades on record."""
    grades: dict[str, float] = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return grades


def too_hard(now: Mapping[str, float], before: Mapping[str, float]) -> list[str]:
    """A line for each page that is harder than it may be."""
    return [
        f"{page}: grade {reached}, {'recorded' if page in before else 'the goal for a new page'} {allowed}"
        for page, reached in now.items()
        if reached > (allowed := before.get(page, GOAL)) + _SLACK
    ]


def main(arguments: list[str] | None = None) -> int:
    """Print the grade of each page; status 1 when one is too hard."""
    now = _now()
    if "--record" in (sys.argv[1:] if arguments is None else arguments):
        lines = ["# Flesch–Kincaid grade of each page’s own prose; `python -m hooks.readability --record` writes it."]
        lines += [f'"{page}" = {reached}' for page, reached in now.items()]
        FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for page, reached in sorted(now.items(), key=lambda item: -item[1]):
        print(f"{reached:5.1f}  {page}")
    wrong = too_hard(now, recorded())
    for line in wrong:
        print(f"too hard to read: {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
