"""MkDocs hook: the theme's style without the rules that no page of this site can use, two fifths of its bytes.

A selector goes when it asks for a class that stands in no page, no script and nothing the calculator writes, for a
color scheme that no page offers, or for text from right to left; one goes because it is slow. A drawing goes when no
rule shows it. Each file is named anew by its content, since browsers keep it by its name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

__all__ = ["on_post_build", "trimmed"]

FOLDER = "assets/stylesheets"
CALCULATOR = Path(__file__).resolve().parents[1] / "calculator"
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_EMPTY = re.compile(r"@(?:media|supports)[^{}]*\{\s*\}")
_MAP = re.compile(r"\s*/\*#.*?\*/\s*")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_SCHEME = re.compile(r"\[(data-md-color-(?:primary|accent))=[\"']?([\w-]+)[\"']?\]")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")  # what `:not()` and its like ask for, and attributes
_DRAWING = re.compile(r"""(--md-[\w-]+):url\((?:"[^"]*"|'[^']*'|[^"')]*)\);?""")
_SHOWN = re.compile(r"var\((--[\w-]+)")
# Whatever follows a table of a page: with it browsers style a whole list anew for each row put into it. The theme's
# script wraps these tables, and then it means nothing; for a page without script `pages.css` has the space.
_COSTLY = ".md-typeset table:not([class])+*"
_WORD = re.compile(r"[\w-]+")


def trimmed(style: str, used: str) -> str:
    """The style without the rules that nothing in `used`, the text of all pages, scripts and their like, can meet."""
    words = frozenset(_WORD.findall(used))
    style = _MAP.sub("", style)
    if re.search(r"""url\((?:"[^"]*[{}]|'[^']*[{}])""", style):
        return style  # rules could not be told apart
    style = _EMPTY.sub("", _RULE.sub(lambda rule: _kept(rule, lambda one: _can_match(one, words, used)), style))
    shown = frozenset(_SHOWN.findall(style + used))
    return _DRAWING.sub(lambda drawing: drawing[0] if drawing[1] in shown else "", style)


def _kept(rule: re.Match[str], can_match: Callable[[str], bool]) -> str:
    before, semicolon, prelude = rule[1].rpartition(";")  # `@charset "utf-8";` stands before the first rule
    if prelude.lstrip().startswith("@"):
        return rule[0]
    selectors = [one for one in _listed(prelude) if can_match(one)]
    return f"{before}{semicolon}{','.join(selectors)}{{{rule[2]}}}" if selectors else f"{before}{semicolon}"


def _listed(selectors: str) -> list[str]:
    """A list of selectors one by one; commas inside brackets belong to one of them."""
    found, depth = [""], 0
    for letter in selectors:
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return found


def _can_match(selector: str, words: frozenset[str], used: str) -> bool:
    if (
        selector == _COSTLY
        or "[dir=rtl]" in selector
        or any(f'{name}="{value}"' not in used for name, value in _SCHEME.findall(selector))
    ):
        return False
    plain = selector.replace("\\", "")
    while plain != (plain := _ASIDE.sub("", plain)):
        pass
    return all(name in words for name in _CLASS.findall(plain))


def on_post_build(*, config: MkDocsConfig) -> None:
    """Write the theme's files anew and tell the pages their names."""
    site = Path(config.site_dir)
    pages = {page: page.read_text(encoding="utf-8") for page in sorted(site.rglob("*.html"))}
    scripts = [*site.glob("assets/*.js"), *site.glob("assets/javascripts/**/*.js"), *site.glob("assets/*.css")]
    others = [path.read_text(encoding="utf-8") for path in [*scripts, *CALCULATOR.rglob("*.py")]]
    used = "\n".join([*pages.values(), *others])
    for file in sorted((site / FOLDER).glob("*.css")):
        style = trimmed(file.read_text(encoding="utf-8"), used)
        name, *_ = file.name.partition(".")
        new = f"{name}.{hashlib.sha256(style.encode()).hexdigest()[:8]}.min.css"
        (site / FOLDER / new).write_text(style, encoding="utf-8")
        pages = {page: html.replace(f"{FOLDER}/{file.name}", f"{FOLDER}/{new}") for page, html in pages.items()}
        if new != file.name:
            file.unlink()
    for page, html in pages.items():
        page.write_text(html, encoding="utf-8")
