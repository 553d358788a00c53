"""Python-Markdown extension: a shortcode in a page becomes what the calculator renders, so that pages type no
number.

A shortcode is a comment that begins with a known word: `<!-- law:value threshold.heroin.B -->`, `<!-- case first
show=sentence -->`, `<!-- cite:usc-21-841 "(b)(1)(C)" -->`. Options are name=value; a value with blanks stands in
quotes; one value without a name is the word's own. Some words stand inside a line, the others on a line of their
own. A word, an option, a value or a source that is not known stops the build, and so does a figure of the law that is
typed where a shortcode prints it (`hooks/typed.py`). The message names the line of the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

import calculator
from calculator.law import Edition, law_for
from calculator.present import charts, html, tables, values, words
from calculator.present.echoes import echoes, substances
from calculator.present.entries import case_to_entries, read_form
from calculator.present.markup import Markup, escaped, tag
from hooks import errata, glossary, sources, typed

__all__ = ["SAMPLES", "WORDS", "ShortcodeError", "Shortcodes", "makeExtension", "render", "sample"]

SAMPLES = Path(__file__).parent / "samples"
DOCS = Path(__file__).resolve().parents[1] / "docs"
# Inline code is left alone.
_FOUND = re.compile(r"`[^`\n]*`|<!--(?P<inside>.*?)-->", re.DOTALL)
_OPTION = re.compile(r'\s*(?:(?P<name>[\w-]+)=)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"=]+))')


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
    if show not in ("answer", "sentence", "steps", "facts"):
        raise ShortcodeError(f"a case cannot show “{show}”: use answer, sentence, steps or facts")
    outcome = calculator.solve(data["case"])
    about = tag("p", tag("strong", f"{data['title']}."), " ", data["about"], class_="ps-about")
    if show == "facts":
        drawn = html.facts_html(data["case"])
    elif show == "steps":
        drawn = html.steps_html(outcome)
    else:
        drawn = f"{about}{html.case_html(outcome, whole=show == 'answer')}"
    # Several cases share a page, and each numbers its rows from the start.
    own = drawn.replace(' id="ps-', f' id="ps-{options["sample"]}-{show}-')
    return tag("div", Markup(own), class_="ps-worked")


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


def _as_of(options: Mapping[str, str]) -> str:
    """Which law a page prints, as of when, and that a newer Manual applies where one does."""
    edition = _recorded()
    held = f"{edition.title}, complete through {words.day(edition.complete_through)}; statutes as last recorded."
    newer = edition.newer
    notice = ""
    if newer is not None:
        parts = "; ".join(part for _, part in newer.parts)
        notice = (
            f"Amendments took effect on {words.day(newer.effective)} ({newer.notice}). We hold the notice, not their "
            f"text. Changes had been proposed to: {parts}. For a sentence on or after that day, treat guideline "
            "numbers here as estimates and check them with a lawyer."
        )
    return tag(
        "aside",
        tag("p", tag("strong", "Law as of. "), held),
        tag("p", notice) if notice else "",
        tag("p", "Federal law only, unless the page says “state”. This is information, not legal advice."),
        class_="ps-as-of",
        aria_label="Law as of",
    )


def _value(options: Mapping[str, str]) -> str:
    form = options.get("form", "")
    if form not in ("", "adjective"):
        raise ShortcodeError(f"a value has no form “{form}”: leave it out, or use adjective")
    return escaped(values.adjective(options["key"]) if form else values.value(options["key"]).text)


def _level_and_category(options: Mapping[str, str]) -> tuple[int, str]:
    if not options["level"].isdecimal():
        raise ShortcodeError(f"level is a whole number, not “{options['level']}”")
    return int(options["level"]), options["category"]


def _range(options: Mapping[str, str]) -> str:
    return escaped(values.range_words(*_level_and_category(options)))


def _zone(options: Mapping[str, str]) -> str:
    return escaped(values.zone_words(*_level_and_category(options)))


def _level(options: Mapping[str, str]) -> str:
    return escaped(values.drug_level_words(options["drug"], options["amount"], options.get("measured", "")))


def _cite(options: Mapping[str, str]) -> str:
    return sources.cite(options["key"], options.get("part", ""))


def _quantity_table(options: Mapping[str, str]) -> str:
    return tables.quantity_table(options.get("drug", ""))


def _sentencing_table(options: Mapping[str, str]) -> str:
    return tables.sentencing_table(options.get("mark", ""))


def _chart_of_case(draw: Callable[[Any], str]) -> Callable[[Mapping[str, str]], str]:
    return lambda options: draw(calculator.solve(sample(options["case"])["case"]))


def _plain(draw: Callable[[], str]) -> Callable[[Mapping[str, str]], str]:
    return lambda options: draw()


@dataclass(frozen=True, slots=True)
class _Word:
    """A shortcode: what draws it, the options it needs and takes, the one that may stand without its name, and
    whether it stands inside a line.
    """

    draw: Callable[[Mapping[str, str]], str]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    own: str = ""
    inline: bool = False
    stash: bool = True


WORDS: dict[str, _Word] = {
    "calculator": _Word(_calculator, ("sample",), own="sample"),
    "case": _Word(_case, ("sample",), ("show",), own="sample"),
    "law:edition": _Word(_edition, inline=True),
    "law:complete-through": _Word(_complete_through, inline=True),
    "law:newer": _Word(_newer, inline=True),
    "law:value": _Word(_value, ("key",), ("form",), own="key", inline=True, stash=False),
    "law:range": _Word(_range, ("level", "category"), inline=True, stash=False),
    "law:zone": _Word(_zone, ("level", "category"), inline=True, stash=False),
    "law:level": _Word(_level, ("drug", "amount"), ("measured",), inline=True, stash=False),
    "law:quantity-table": _Word(_quantity_table, takes=("drug",)),
    "law:sentencing-table": _Word(_sentencing_table, takes=("mark",)),
    **{f"law:{name}": _Word(_plain(draw)) for name, draw in tables.TABLES.items()},
    "chart:levels": _Word(lambda options: charts.levels(options["drug"]), ("drug",), own="drug"),
    "chart:locks": _Word(_chart_of_case(charts.locks), ("case",), own="case"),
    "chart:months": _Word(_chart_of_case(charts.months), ("case",), own="case"),
    "chart:two-tracks": _Word(_plain(charts.two_tracks)),
    "chart:presentence-timeline": _Word(_plain(charts.presentence_timeline)),
    "chart:mitigation-timeline": _Word(_plain(charts.mitigation_timeline)),
    "cite": _Word(_cite, ("key",), ("part",), own="part", inline=True),
    "glossary": _Word(_plain(glossary.listing)),
    "errata": _Word(lambda options: errata.listing(options["about"]), ("about",), own="about"),
    "sources": _Word(_plain(sources.listing)),
    "as-of": _Word(_as_of),
}
_FAMILIES = ("law:", "chart:", "cite:")
_REFUSALS = (values.UnknownValue, sources.SourceError, glossary.GlossaryError, errata.ErrataError)


def render(word: str, options: Mapping[str, str]) -> str:
    """One shortcode as HTML. Raises `ShortcodeError` for an unknown word, an option too many or too few, or a
    value that is not known.
    """
    if word not in WORDS:
        raise ShortcodeError(f"“{word}” is not a shortcode: use {', '.join(WORDS)}")
    known = WORDS[word]
    if missing := [name for name in known.needs if name not in options]:
        raise ShortcodeError(f"“{word}” needs {', '.join(missing)}")
    taken = {*known.needs, *known.takes}
    if unknown := sorted(options.keys() - taken):
        takes = f"use {', '.join(sorted(taken))}" if taken else "it takes none"
        raise ShortcodeError(f"“{word}” has no option {', '.join(unknown)}: {takes}")
    try:
        return known.draw(options)
    except _REFUSALS as error:
        raise ShortcodeError(str(error)) from None


def _read(inside: str) -> tuple[str, dict[str, str]] | None:
    """The word and the options of a comment, or None when it is prose.

    A comment is a shortcode when it is one word, begins with a known word or family, or has nothing but options
    behind its first word.
    """
    word, _, rest = " ".join(inside.split()).partition(" ")
    known = word in WORDS or word.startswith(_FAMILIES)
    options: dict[str, str] = {}
    own = WORDS["cite" if word.startswith("cite:") else word].own if known and _is_word(word) else ""
    at = 0
    while at < len(rest):
        found = _OPTION.match(rest, at)
        name = found and (found["name"] or own)
        if not found or not name or name in options:
            if known:
                raise ShortcodeError(f"“{word}” is followed by more than options: write name=value")
            return None
        options[name] = found["quoted"] if found["quoted"] is not None else found["bare"]
        at = found.end()
    if word.startswith("cite:"):
        return "cite", {"key": word.removeprefix("cite:"), **options}
    return (word, options) if re.fullmatch(r"[\w:-]+", word) else None


def _is_word(word: str) -> bool:
    return word in WORDS or word.startswith("cite:")


def _line_before(body: str) -> int:
    """How many lines of front matter stand above the text of a page, which MkDocs hands over without them."""
    for path in sorted(DOCS.rglob("*.md")):
        whole = path.read_text(encoding="utf-8")
        if whole.endswith(body):
            return whole.count("\n", 0, len(whole) - len(body))
    return 0


class _KeepLines(Preprocessor):
    """Remembers the page as it was written, so that an error can name the line, and refuses the figures it types."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.written: list[str] = []

    def run(self, lines: list[str]) -> list[str]:
        self.written = list(lines)
        text = "\n".join(lines)
        try:
            refused = typed.refused(text)
            if refused:
                raise ShortcodeError("\n".join(typed.refused(text, first_line=1 + _line_before(text))))
        except typed.TypedFigure as error:
            raise ShortcodeError(str(error)) from None
        return lines

    def line(self, comment: str) -> int | str:
        """The line of the page as it was written on which a comment begins."""
        first = comment.partition("\n")[0]
        numbers = (number for number, line in enumerate(self.written, 1) if first in line)
        found = next(numbers, None)
        return "?" if found is None else found + _line_before("\n".join(self.written))


class _Replace(Preprocessor):
    """After fenced code is set aside and before HTML is read."""

    def __init__(self, md: Markdown, kept: _KeepLines) -> None:
        super().__init__(md)
        self._kept = kept

    def run(self, lines: list[str]) -> list[str]:
        text = typed.without_reasons("\n".join(lines))
        return _FOUND.sub(lambda found: self._replaced(found, text), text).split("\n")

    def _replaced(self, found: re.Match[str], text: str) -> str:
        if found["inside"] is None:
            return found[0]
        try:
            read = _read(found["inside"])
            if read is None:
                return found[0]
            word, options = read
            drawn = render(word, options)
        except ShortcodeError as error:
            raise ShortcodeError(f"line {self._kept.line(found[0])}: {error}") from None
        made = self.md.htmlStash.store(drawn) if WORDS[word].stash else drawn
        if WORDS[word].inline:
            return made
        # A block needs blank lines around it, or it would become part of a paragraph.
        begins = not text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip()
        ends = not text[found.end() :].partition("\n")[0].strip()
        if not begins or not ends:
            raise ShortcodeError(f"line {self._kept.line(found[0])}: “{word}” stands on a line of its own")
        return f"\n{made}\n"


class Shortcodes(Extension):
    """The extension; MkDocs names the page when a shortcode stops the build."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        kept = _KeepLines(md)
        md.preprocessors.register(kept, "shortcode_lines", 35)
        md.preprocessors.register(_Replace(md, kept), "shortcodes", 22)
        # After inline markup (20) and attribute lists (8) have been read.
        md.treeprocessors.register(glossary.Hover(md), "glossary", 5)


def makeExtension(**options: Any) -> Shortcodes:  # noqa: N802  (Python-Markdown's name)
    """What Python-Markdown calls to get the extension."""
    return Shortcodes(**options)
