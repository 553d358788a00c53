"""MkDocs hook, thin: the runtime goes into the site, and each page gets its security policy."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from hooks import policy, runtime

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
    runtime.write(site / "assets" / "runtime")
    for page in sorted(site.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        for attribute in policy.blocked(html):
            log.warning("%s: the security policy blocks %s", page.relative_to(site), attribute)
        page.write_text(policy.stamp(html), encoding="utf-8")


def on_serve(server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
    """Stamp again what the development server adds its reload script to."""
    add_script: Callable[[bytes, int], bytes] = server._inject_js_into_html

    def add_script_and_stamp(content: bytes, epoch: int) -> bytes:
        return policy.stamp(add_script(content, epoch).decode()).encode()

    setattr(server, "_inject_js_into_html", add_script_and_stamp)  # noqa: B010
    return server
