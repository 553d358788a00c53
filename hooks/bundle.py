"""MkDocs hook, thin: the runtime goes into the site, and each page gets its security policy."""

import logging
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from hooks import offline, policy, runtime

log = logging.getLogger("mkdocs.hooks.bundle")
_RENDERERS = {f"hooks.{name}" for name in ("shortcodes", "sources", "glossary", "errata")}


def on_pre_build(*, config: MkDocsConfig) -> None:
    """Forget the calculator and what renders with it, so that `mkdocs serve` shows the sources as they are now."""
    for name in list(sys.modules):
        if name in _RENDERERS or name.partition(".")[0] == "calculator":
            del sys.modules[name]


def on_post_build(*, config: MkDocsConfig) -> None:
    """Write the runtime files and stamp every page."""
    site = Path(config.site_dir)
    built = runtime.build()
    worker = runtime.write(site / "assets" / "runtime", built)
    (site / "assets" / "worker.js").unlink()  # served only with what it starts in front
    _version(site / "sw.js", worker)
    made = offline.write(site, built, _day())
    for page in sorted(site.rglob("*.html")):
        if page.parent.name == offline.FOLDER:
            continue  # has a stricter policy of its own
        base = "../" * (len(page.relative_to(site).parts) - 1)
        html = page.read_text(encoding="utf-8")
        html = with_links(offline.filled(html, made, base), worker, built.version, base)
        for attribute in policy.blocked(html):
            log.warning("%s: the security policy blocks %s", page.relative_to(site), attribute)
        page.write_text(policy.stamp(html), encoding="utf-8")


def _day() -> date:
    """The day of the build, which a reproducible build may be told."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(told) if told else time.time(), UTC).date()


def with_links(html: str, worker: str, version: str, base: str) -> str:
    """Tell a page where its manifest is, and one with a calculator which worker it was built with and of which version,
    so that page and law come together. Its scripts are asked for first of all and run while the page still arrives; the
    other pages do without them.
    """
    links = f'<link rel="manifest" href="{base}app.webmanifest">'
    if "<plain-sentencing" in html:
        links += (
            f'\n<meta name="plain-sentencing" data-version="{version}" data-worker="{worker}">'
            f'\n<script type="module" async src="{base}assets/element.js"></script>'
        )
        links += "".join(f'\n<link rel="modulepreload" href="{base}assets/{name}.js">' for name in ("engine", "renew"))
    return html.replace("</title>", f"</title>\n{links}", 1)


def _version(service_worker: Path, worker: str) -> None:
    """A new calculator is a new version for the service worker, which then drops what it kept of the old one."""
    text = service_worker.read_text(encoding="utf-8")
    service_worker.write_text(text.replace('"development"', f'"{Path(worker).stem}"'), encoding="utf-8")


def on_serve(server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
    """Stamp again what the development server adds its reload script to."""
    add_script: Callable[[bytes, int], bytes] = server._inject_js_into_html

    def add_script_and_stamp(content: bytes, epoch: int) -> bytes:
        return policy.stamp(add_script(content, epoch).decode()).encode()

    setattr(server, "_inject_js_into_html", add_script_and_stamp)  # noqa: B010
    return server
