"""Do the outside addresses of `docs/sources.toml` still answer? `python -m hooks.links`; never part of the gate.

Every address is asked once, slowly, one after the other. The status is 1 when one does not answer. `--record` writes
the day beside each that did.
"""

from __future__ import annotations

import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime

from hooks import sources

__all__ = ["main", "recorded"]

_AGENT = "Mozilla/5.0 (compatible; plain-sentencing link check)"
# Some courts and agencies turn away every program; that says nothing about the address.
_TURNED_AWAY = {401, 403, 405, 429}


def _answers(url: str) -> str:
    """An empty text when an address answers, or why it does not."""
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT})  # noqa: S310  (sources are https only)
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310
            return "" if reply.status < 400 else f"status {reply.status}"
    except urllib.error.HTTPError as error:
        return "" if error.code in _TURNED_AWAY else f"status {error.code}"
    except (OSError, ValueError) as error:
        return str(error)


def recorded(text: str, good: set[str], day: str) -> str:
    """The file with the day beside every address in `good`."""
    rows = []
    for row in text.split("\n[[source]]\n"):
        url = re.search(r'^url = "([^"]+)"$', row, re.MULTILINE)
        if url and url[1] in good:
            row = re.sub(r"\nlast_good = \S+", "", row)
            row = re.sub(r"^(url = .*)$", rf"\1\nlast_good = {day}", row, count=1, flags=re.MULTILINE)
        rows.append(row)
    return "\n[[source]]\n".join(rows)


def main(arguments: list[str] | None = None, *, answers: Callable[[str], str] = _answers, pause: float = 1) -> int:
    """Ask every address, print what does not answer."""
    given = sys.argv[1:] if arguments is None else arguments
    urls = list(dict.fromkeys(source.url for source in sources.sources().values()))
    bad: dict[str, str] = {}
    for url in urls:
        if why := answers(url):
            bad[url] = why
        time.sleep(pause)
    for source in sources.sources().values():
        if source.url in bad:
            print(f"{source.key}: {source.url}: {bad[source.url]}", file=sys.stderr)
    if "--record" in given:
        day = datetime.now(UTC).date().isoformat()
        text = sources.FILE.read_text(encoding="utf-8")
        sources.FILE.write_text(recorded(text, set(urls) - bad.keys(), day), encoding="utf-8")
    print(f"{len(urls) - len(bad)} of {len(urls)} addresses answer")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
