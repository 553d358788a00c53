"""The security policy of one page, as a <meta> with the hashes of that page's own inline scripts."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

CHARSET = '<meta charset="utf-8">'
STAMP = re.compile(r'\n<meta http-equiv="Content-Security-Policy" [^>]*>\n<meta name="referrer" [^>]*>')
RUN_AS_SCRIPT = {"", "module", "text/javascript"}


class NoPlaceForPolicy(Exception):
    """The page does not declare its charset first, so the policy could come too late."""


@dataclass
class _Inline(HTMLParser):
    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    _open: list[str] | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.blocked += [
            f'{name}="{value}" on <{tag}>' for name, value in given.items() if name == "style" or name.startswith("on")
        ]
        if tag == "script" and "src" not in given and given.get("type", "") in RUN_AS_SCRIPT:
            self._open = self.scripts
        elif tag == "style":
            self._open = self.styles
        if self._open is not None:
            self._open.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open[-1] += data  # the parser may hand one script over in pieces

    def handle_endtag(self, tag: str) -> None:
        self._open = None


def stamp(html: str) -> str:
    """Put the page's policy into its head, in place of any earlier one."""
    html = STAMP.sub("", html)
    if CHARSET not in html:
        raise NoPlaceForPolicy(f"no {CHARSET} to put the policy after")
    metas = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}">\n'
        '<meta name="referrer" content="no-referrer">'
    )
    return html.replace(CHARSET, f"{CHARSET}\n{metas}", 1)


def policy(html: str) -> str:
    """The policy for a page as it stands: same origin only, inline code only by hash."""
    inline = _read(html)
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self' 'wasm-unsafe-eval'", *_hashes(inline.scripts)]),
            " ".join(["style-src 'self'", *_hashes(inline.styles)]),
            "img-src 'self' data:",
            "worker-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def blocked(html: str) -> list[str]:
    """Attributes that the policy makes the browser ignore: inline styles and event handlers."""
    return _read(html).blocked


@dataclass(frozen=True)
class Allowed:
    """The source expressions for a page's own inline scripts and styles."""

    scripts: str
    styles: str


def inline_hashes(html: str) -> Allowed:
    """What a policy of another kind has to allow, for the same page to work."""
    inline = _read(html)
    return Allowed(" ".join(_hashes(inline.scripts)), " ".join(_hashes(inline.styles)))


@lru_cache(maxsize=1)  # a page is asked what is blocked, then what is allowed
def _read(html: str) -> _Inline:
    reader = _Inline()
    reader.feed(html)
    reader.close()
    return reader


def _hashes(texts: list[str]) -> list[str]:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return sorted({f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests})
