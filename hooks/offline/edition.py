"""Putting the one file together, hashing it, and saying on the site's pages where it is."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from hooks import policy, runtime
from hooks.offline.law_tables import law_tables
from hooks.offline.views import PageChanged, View, part, view

__all__ = ["FOLDER", "PLACE", "ROOT", "Edition", "build", "filled", "sums_name", "write"]

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ASSETS = ROOT / "docs" / "assets"
FOLDER = "offline"
# Where a page says which file this is: on the site how to get it, in the file what it is.
PLACE = '<div data-part="offline-edition"></div>'
_HASH = re.compile(rb'(<code id="sha256">)[0-9a-f]*')

CALCULATOR = View("calculator/", "calculator")
SAFETY_VALVE = View("rules/safety-valve/", "safety-valve")
PROBATION = View("start/can-it-be-probation/", "probation")
ON_PROBATION = View("rules/probation/", "on-probation")
ABOUT = View("start/without-internet/", "about")
TABLES = View("", "law-tables")
VIEWS = {each.path: each for each in (CALCULATOR, SAFETY_VALVE, PROBATION, ON_PROBATION, ABOUT)}
NAV = (
    (CALCULATOR, "Calculator"),
    (SAFETY_VALVE, "Safety valve"),
    (PROBATION, "Probation"),
    (TABLES, "Law tables"),
    (ABOUT, "About this file"),
)
# Which parts of the live answer stand beside the text of a view.
COPIED = {SAFETY_VALVE: ("ps-valve",), PROBATION: ("ps-locks", "ps-options")}
COPY_TITLE = "In the case in the calculator"
COPY_HINT = "This follows the form above. Until you change it, it is the invented sample."
PRINT = "Print the whole file"
COPY_NONE = "There is no answer in the calculator now."


@dataclass(frozen=True)
class Edition:
    """The file: its name and its bytes."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Of the file as it is."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def shown(self) -> str:
        """The number in the file: of everything but that number, since no file can hold the hash of itself."""
        return hashlib.sha256(_HASH.sub(rb"\1", self.content, count=1)).hexdigest()

    @property
    def megabytes(self) -> str:
        return f"{len(self.content) / 1e6:.1f} MB"

    @property
    def made(self) -> str:
        """The day it was made, which is in its name."""
        return self.name[-15:-5]


def sums_name(name: str) -> str:
    """The file beside it that `sha256sum --check` reads."""
    return f"{name}.sha256"


def build(site: Path, built: runtime.Runtime, on: date) -> Edition:
    """The edition made from the pages of the built site."""
    name = f"plain-sentencing-offline-{on}.html"
    pages = {each.path: (site / each.path / "index.html").read_text(encoding="utf-8") for each in VIEWS.values()}
    html = _document(pages, built, name, on)
    html = html.replace(policy.CHARSET, f"{policy.CHARSET}\n{_policy(html)}", 1)
    unsigned = Edition(name, html.encode())
    return Edition(name, _HASH.sub(rb"\g<1>" + unsigned.shown.encode(), unsigned.content, count=1))


def write(site: Path, built: runtime.Runtime, on: date) -> Edition:
    """Write the edition into the site, for download, with its hash beside it."""
    made = build(site, built, on)
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / made.name).write_bytes(made.content)
    (folder / sums_name(made.name)).write_text(f"{made.sha256}  {made.name}\n", encoding="utf-8", newline="\n")
    return made


def filled(html: str, made: Edition, base: str) -> str:
    """A page of the site with the download in its place: size, day and hashes."""
    address = f"{base}{FOLDER}/{made.name}"
    return html.replace(
        PLACE,
        f'<div class="ps-download" data-part="offline-edition">'
        f'<p><a class="ps-get" href="{address}" download>Download {made.name}</a></p>'
        f"<p>{made.megabytes}, made on {made.made}.</p>"
        f"<p>SHA-256 of the file: <code>{made.sha256}</code> "
        f'(<a href="{base}{FOLDER}/{sums_name(made.name)}" download>as a file</a>)</p>'
        f"<p>SHA-256 that the file shows: <code>{made.shown}</code></p></div>",
    )


# --- The document


def _document(pages: dict[str, str], built: runtime.Runtime, name: str, on: date) -> str:
    from hooks.shortcodes import render  # at the time of the build: see `hooks/bundle.py`

    calculator = view(pages[CALCULATOR.path], CALCULATOR, VIEWS, until="without-internet", lower=False)
    calculator = re.sub(r'<h1 id="[^"]*">(.*?)</h1>', r"<h2>\1</h2>", calculator, count=1)
    probation = "\n".join(
        [
            _article(pages, PROBATION, calculator),
            f'<article id="{ON_PROBATION.prefix}">{_prose(pages, ON_PROBATION)}</article>',
        ]
    )
    sections = {
        CALCULATOR: calculator,
        SAFETY_VALVE: _article(pages, SAFETY_VALVE, calculator),
        PROBATION: probation,
        TABLES: f"<h2>Law tables</h2>\n{law_tables()}\n{render('as-of', {})}",
        ABOUT: _about(_prose(pages, ABOUT), built, name, on),
    }
    newer = render("law:newer", {})
    links = "".join(f'<a href="#{each.prefix}">{title}</a>' for each, title in NAV)
    body = "\n".join(
        f'<section class="ps-view" id="{each.prefix}" aria-label="{title}">\n{sections[each]}\n</section>'
        for each, title in NAV
    )
    packed = {file.name: base64.b64encode(file.content).decode() for file in built.files}
    return f"""<!doctype html>
<html lang="en" data-md-color-scheme="default">
<head>
{policy.CHARSET}
<title>Plain Sentencing, offline edition of {on}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script>{_asset(HERE / "scheme.js")}</script>
<style>{_style(on)}</style>
</head>
<body class="md-typeset">
<header class="ps-top">
<p class="ps-brand"><strong>Plain Sentencing</strong> <span>offline, {on}</span></p>
<nav aria-label="Parts of this file">{links}</nav>
</header>
<main>
<div class="ps-intro">
<h1>Federal drug sentences, worked out without internet</h1>
<p>{render("law:edition", {})}, complete through {render("law:complete-through", {})}. A newer Manual took effect on \
{newer}; its text is not in this file, and for a sentence after that day the answer says so. \
Information, not legal advice. <a href="#about">About this file</a></p>
</div>
{body}
</main>
<script type="application/json" id="packed">{json.dumps(packed)}</script>
<script type="text/plain" id="worker">{_inside(built.worker())}</script>
<script type="module">{_inside(_scripts())}</script>
</body>
</html>
"""


def _prose(pages: dict[str, str], own: View) -> str:
    return view(pages[own.path], own, VIEWS)


def _article(pages: dict[str, str], own: View, calculator: str) -> str:
    """The text of a page, and under its title what the live answer says of the same."""
    title, end, rest = _prose(pages, own).partition("</h2>")
    parts = "".join(part(calculator, id_) for id_ in COPIED[own])
    names = " ".join(COPIED[own])
    sentence = re.search(r'<output data-part="sentence"[^>]*>(.*?)</output>', calculator, re.DOTALL)
    if not sentence:
        raise PageChanged("the answer has no first sentence")
    copy = (
        f'<aside class="ps-host ps-copy" aria-label="{COPY_TITLE}"><p class="ps-copy-title">{COPY_TITLE}</p>'
        f'<p class="ps-hint">{COPY_HINT}</p><p data-copy-sentence>{sentence[1]}</p>'
        f'<div data-copy="{names}" data-none="{COPY_NONE}">{parts}</div></aside>'
    )
    return f"<article>{title}{end}\n{copy}\n{rest}</article>"


def _about(prose: str, built: runtime.Runtime, name: str, on: date) -> str:
    """The page about the file, with what this file is in the place of the download."""
    from calculator import __version__

    if PLACE not in prose:
        raise PageChanged(f"{ABOUT.path} has no place for the download")
    rows = {
        "This file": name,
        "Made on": str(on),
        "Version": f"{__version__} ({built.version})",
        "Law": f"Guidelines Manual in force from {built.law}",
    }
    listed = "".join(f"<dt>{term}</dt><dd>{escape(words)}</dd>" for term, words in rows.items())
    listed += '<dt>SHA-256, with this number’s place left empty</dt><dd><code id="sha256"></code></dd>'
    button = f'<p><button type="button" data-action="print-everything">{PRINT}</button></p>'
    return prose.replace(PLACE, f'<dl class="ps-this-file">{listed}</dl>{button}', 1)


def _style(on: date) -> str:
    sheets = (ASSETS / "site.css", ASSETS / "pages.css", HERE / "edition.css")
    footer = f'@page {{ @bottom-center {{ content: "Plain Sentencing, offline edition of {on} · " counter(page); }} }}'
    return "\n".join([*map(_asset, sheets), footer])


def _scripts() -> str:
    """The site's own scripts and what this file adds, as one module: a file from a disk cannot import another."""
    engine = _changed(_asset(ASSETS / "engine.js"), "export const engine", "const engine")
    engine = _changed(engine, "import.meta.url", "document.baseURI")
    renew = _changed(_asset(ASSETS / "renew.js"), "export function renew", "function renew")
    element = _changed(_asset(ASSETS / "element.js"), 'import { engine } from "./engine.js";\n', "")
    element = _changed(element, 'import { renew } from "./renew.js";\n', "")
    return "\n".join([_asset(HERE / "start.js"), engine, renew, element, _asset(HERE / "edition.js")])


def _changed(script: str, old: str, new: str) -> str:
    if old not in script:
        raise PageChanged(f"a script of the site no longer says: {old}")
    return script.replace(old, new)


def _asset(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _inside(script: str) -> str:
    """A script as it may stand between <script> tags."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _policy(html: str) -> str:
    """No address at all: scripts and styles by hash, the worker and its parts from this file's own memory."""
    allowed = policy.inline_hashes(html)
    return (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"script-src 'wasm-unsafe-eval' blob: {allowed.scripts}; style-src {allowed.styles}; "
        "img-src data:; worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'\">\n"
        '<meta name="referrer" content="no-referrer">\n'
        '<meta http-equiv="x-dns-prefetch-control" content="off">'
    )
