"""Python-Markdown extension: a shortcode in a page becomes what the calculator renders, so that pages type no
number.

A shortcode is a comment with a known word and options, `<!-- case sample=first show=sentence -->`; a block
stands on a line of its own, the `law:` words also inside a line. A word or an option that is not known stops
the build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

import calculator
from calculator.law import Edition, law_for
from calculator.present import html, words
from calculator.present.echoes import echoes, substances
from calculator.present.entries import case_to_entries, read_form
from calculator.present.markup import Markup, tag

__all__ = ["ShortcodeError", "Shortcodes", "makeExtension", "render", "sample"]

SAMPLES = Path(__file__).parent / "samples"
# Inline code is left alone, and so is a comment that is prose: only a word with options is a shortcode.
_FOUND = re.compile(
    r"`[^`]*`"
    r"|<!--\s*(?P<word>[\w:-]+)(?P<options>(?:\s+[\w-]+=\S+)*)\s*-->"
    r"|<!--\s*(?P<broken>calculator|case|law:[\w-]*)\s.*?-->"
)


class ShortcodeError(Exception):
    """A page asks for something that is not there; the message names the line and what is."""


def sample(name: str) -> dict[str, Any]:
    """A sample by name: its `title`, what it is `about`, and its `case`. The people in it are invented."""
    known = sorted(path.stem for path in SAMPLES.glob("*.json"))
    if name not in known:
        raise ShortcodeError(f"there is no sample “{name}”: use {', '.join(known)}")
    data: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return data


def _calculator(options: Mapping[str, str]) -> str:
    case = sample(options["sample"])["case"]
    return html.element_html(case, substances=substances(), echoes=echoes(read_form(case_to_entries(case))))


def _case(options: Mapping[str, str]) -> str:
    data = sample(options["sample"])
    show = options.get("show", "answer")
    if show not in ("answer", "sentence"):
        raise ShortcodeError(f"a case cannot show “{show}”: use answer or sentence")
    outcome = calculator.solve(data["case"])
    about = tag("p", tag("strong", f"{data['title']}."), " ", data["about"], class_="ps-about")
    return tag("div", about, Markup(html.case_html(outcome, whole=show == "answer")), class_="ps-worked")


def _recorded() -> Edition:
    """The last Manual whose text is recorded."""
    return law_for(sentenced_on=date.max, offense_ended=date.max).edition


def _edition(options: Mapping[str, str]) -> str:
    return tag("span", _recorded().title, class_="ps-law")


def _complete_through(options: Mapping[str, str]) -> str:
    return tag("span", words.day(_recorded().complete_through), class_="ps-law")


def _newer(options: Mapping[str, str]) -> str:
    newer = _recorded().newer
    text = f"{words.day(newer.effective)} ({newer.cite})" if newer else words.NONE
    return tag("span", text, class_="ps-law")


# Each word: what renders it, the options it needs, the options it takes.
_WORDS: dict[str, tuple[Callable[[Mapping[str, str]], str], frozenset[str], frozenset[str]]] = {
    "calculator": (_calculator, frozenset({"sample"}), frozenset({"sample"})),
    "case": (_case, frozenset({"sample"}), frozenset({"sample", "show"})),
    "law:edition": (_edition, frozenset(), frozenset()),
    "law:complete-through": (_complete_through, frozenset(), frozenset()),
    "law:newer": (_newer, frozenset(), frozenset()),
}


def render(word: str, options: Mapping[str, str]) -> str:
    """One shortcode as HTML. Raises `ShortcodeError` for an unknown word, or an option too many or too
    few.
    """
    if word not in _WORDS:
        raise ShortcodeError(f"“{word}” is not a shortcode: use {', '.join(_WORDS)}")
    draw, needed, taken = _WORDS[word]
    if missing := sorted(needed - options.keys()):
        raise ShortcodeError(f"“{word}” needs {', '.join(missing)}")
    if unknown := sorted(options.keys() - taken):
        takes = f"use {', '.join(sorted(taken))}" if taken else "it takes none"
        raise ShortcodeError(f"“{word}” has no option {', '.join(unknown)}: {takes}")
    return draw(options)


class _KeepLines(Preprocessor):
    """Remembers the page as it was written, so that an error can name the line."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.written: list[str] = []

    def run(self, lines: list[str]) -> list[str]:
        self.written = list(lines)
        return lines


class _Replace(Preprocessor):
    """After fenced code is set aside and before HTML is read."""

    def __init__(self, md: Markdown, kept: _KeepLines) -> None:
        super().__init__(md)
        self._kept = kept

    def run(self, lines: list[str]) -> list[str]:
        done: list[str] = []
        for line in lines:
            replaced = _FOUND.sub(self._replaced, line)
            # A block needs blank lines around it, or it would become part of a paragraph.
            alone = replaced != line and _FOUND.fullmatch(line.strip()) is not None
            done += ["", replaced.strip(), ""] if alone else [replaced]
        return done

    def _replaced(self, found: re.Match[str]) -> str:
        if found["broken"] is not None:
            where = f"line {self._line(found[0])}"
            raise ShortcodeError(f"{where}: “{found['broken']}” is followed by more than options: write name=value")
        if found["word"] is None:
            return found[0]
        options = dict(option.split("=", 1) for option in found["options"].split())
        try:
            return self.md.htmlStash.store(render(found["word"], options))
        except ShortcodeError as error:
            raise ShortcodeError(f"line {self._line(found[0])}: {error}") from None

    def _line(self, comment: str) -> int | str:
        numbers = (number for number, line in enumerate(self._kept.written, 1) if comment in line)
        return next(numbers, "?")


class Shortcodes(Extension):
    """The extension; MkDocs names the page when a shortcode stops the build."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        kept = _KeepLines(md)
        md.preprocessors.register(kept, "shortcode_lines", 35)
        md.preprocessors.register(_Replace(md, kept), "shortcodes", 22)


def makeExtension(**options: Any) -> Shortcodes:  # noqa: N802  (Python-Markdown's name)
    """What Python-Markdown calls to get the extension."""
    return Shortcodes(**options)
