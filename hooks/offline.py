"""The offline edition: the calculator's page, its style, its scripts, the runtime and the law in one HTML file.

It opens from a disk with no server and no network. Its security policy has no address in it at all, so it has no way
to send anything. The SHA-256 it shows is that of the file with the shown number itself left out: 64 zeros in its place.
"""

import base64
import json
import re
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from hooks import pack, policy, runtime

ROOT = pack.ROOT
ASSETS = ROOT / "docs" / "assets"
NOUGHT = "0" * 64
STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
.md-typeset { font-size: 1rem; }
.md-typeset table { border-collapse: collapse; }
.md-typeset [hidden] { display: none; }
footer { margin-top: 3rem; font-size: .85rem; overflow-wrap: anywhere; }
"""


class PageChanged(Exception):
    """The calculator's page has no widget where one is expected."""


@dataclass(frozen=True)
class Edition:
    """The file: its name, its text, its SHA-256 as shown in it."""

    name: str
    html: str
    sha256: str

    @property
    def megabytes(self) -> str:
        return f"{len(self.html.encode()) / 1e6:.1f} MB"


def build(page: str, built: runtime.Runtime, on: date) -> Edition:
    """The edition made from the built page of the calculator."""
    widget = re.search(r"<plain-sentencing\b.*</plain-sentencing>", page, re.DOTALL)
    if not widget:
        raise PageChanged("the calculator's page holds no <plain-sentencing>")
    from calculator import __version__  # at the time of the build, not of the import: see `on_pre_build`

    facts = f"Version {__version__} ({built.version}), made on {on}. Guidelines Manual in force from {built.law}."
    style = "\n".join([STYLE, *((ASSETS / name).read_text(encoding="utf-8") for name in ("site.css", "pages.css"))])
    files = (built.runtime, built.wheel)
    packed = {file.name: base64.b64encode(file.content).decode() for file in files}
    html = f"""<!doctype html>
<html lang="en" data-md-color-scheme="default">
<head>
{policy.CHARSET}
<title>Plain Sentencing, offline edition</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{style}</style>
</head>
<body class="md-typeset">
<main>
<h1>Plain Sentencing: the calculator, offline</h1>
<p>This one file works without internet. It cannot send anything. Information, not legal advice.</p>
{widget[0]}
</main>
<footer>
<p>{escape(facts)}</p>
<p>SHA-256 of this file, with this number read as 64 zeros: <code>{NOUGHT}</code></p>
</footer>
<script type="application/json" id="packed">{json.dumps(packed)}</script>
<script type="text/plain" id="worker">{_inside(built.worker())}</script>
<script type="module">{_inside(_page_script())}</script>
</body>
</html>
"""
    html = html.replace(policy.CHARSET, f"{policy.CHARSET}\n{_meta(html)}", 1)
    sha256 = pack.digest(html.encode())
    return Edition(f"plain-sentencing-offline-{on}.html", html.replace(NOUGHT, sha256, 1), sha256)


def _page_script() -> str:
    """`engine.js` and `element.js` in one, with a worker that is made from what is in this file."""
    start = """
self.plainSentencingWorker = () => {
  const text = (id) => document.getElementById(id).textContent;
  const parts = [`self.PACKED = ${text("packed")};`, text("worker")];
  return new Worker(URL.createObjectURL(new Blob(parts, { type: "text/javascript" })));
};
"""
    engine = (ASSETS / "engine.js").read_text(encoding="utf-8").replace("export const engine", "const engine")
    element = (ASSETS / "element.js").read_text(encoding="utf-8").replace('import { engine } from "./engine.js";\n', "")
    return start + engine.replace("import.meta.url", "document.baseURI") + element


def _inside(script: str) -> str:
    """A script as it may stand between <script> tags."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _meta(html: str) -> str:
    allowed = policy.inline_hashes(html)
    return (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"script-src 'wasm-unsafe-eval' blob: {allowed.scripts}; style-src {allowed.styles}; "
        "img-src data:; worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'\">\n"
        '<meta name="referrer" content="no-referrer">'
    )


def write(site: Path, built: runtime.Runtime, on: date) -> Edition:
    """Write the edition into the site, for download."""
    page = (site / "calculator" / "index.html").read_text(encoding="utf-8")
    made = build(page, built, on)
    folder = site / "offline"
    folder.mkdir(exist_ok=True)
    (folder / made.name).write_text(made.html, encoding="utf-8", newline="\n")
    (folder / f"{made.name}.sha256").write_text(f"{made.sha256}\n", encoding="utf-8")
    return made


def download_note(made: Edition, base: str) -> str:
    """What offers the file on a page, with its size and date."""
    return (
        f'<p class="ps-offline" data-part="offline-edition">'
        f'<a href="{base}offline/{made.name}" download>Download the calculator as one file</a> that works without '
        f"internet ({made.megabytes}, {made.name[-15:-5]}).</p>"
    )
