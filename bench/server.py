"""A server that behaves as a static host does, over a line as slow as asked.

The line is slow here and not in the browser, because the browser's own slow line is set for one target at a time: the
worker that downloads the runtime, and the service worker, would stay fast, and stock, which downloads on the page,
would not. Here every request waits, and all bytes of one page load share one line. Setting up a connection costs
nothing, for either page.

Text and WebAssembly are sent gzipped, as GitHub Pages does; zips, wheels and xz files as they are. They are packed
before anything is measured.
"""

import gzip
import threading
import time
from dataclasses import dataclass
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PACKED_BY_HOSTS = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".wasm", ".webmanifest"}
TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm"}
PIECE = 8192


@dataclass(frozen=True)
class Line:
    """A connection: bytes a second (0: as fast as it goes) and seconds until the first byte of each reply."""

    name: str
    rate: float
    latency: float


# The presets that browsers' own tools call so.
PLAIN = Line("plain", 0, 0)
FAST_4G = Line("fast4g", 9e6 * 0.9 / 8, 0.165)
SLOW_4G = Line("slow4g", 1.6e6 * 0.9 / 8, 0.5625)


class Server(ThreadingHTTPServer):
    """Serves folders below names; counts what it sends."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, folders: dict[str, Path]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folders = folders
        self.line = PLAIN
        self.sent = 0  # with the heads of the replies
        self.content = 0  # without
        self.files: dict[str, int] = {}
        self.missing: list[str] = []
        self.load = 0
        self._free_at = 0.0
        self._lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def over(self, line: Line) -> None:
        """From now on, with the counters at nought; what an earlier page load still sends is cut off."""
        self.load += 1
        self.line, self.sent, self.content, self._free_at = line, 0, 0, 0.0
        self.files, self.missing = {}, []

    def pack_all(self) -> None:
        """Once for all, as a host does: no reply waits for it."""
        for folder in self.folders.values():
            for path in folder.rglob("*"):
                if path.is_file() and path.suffix in PACKED_BY_HOSTS:
                    _content(path, path.stat().st_mtime_ns, True)

    def wait_for(self, size: int, load: int, file: str = "") -> None:
        """Until the shared line has carried this much more."""
        with self._lock:
            if load != self.load:
                raise ConnectionAbortedError("another page is being measured")
            self.sent += size
            if file:
                self.content += size
                self.files[file] = self.files.get(file, 0) + size
            if not self.line.rate:
                return
            start = max(self._free_at, time.monotonic())
            self._free_at = until = start + size / self.line.rate
        time.sleep(max(0.0, until - time.monotonic()))

    def handle_error(self, *_: object) -> None:
        pass


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server
    load = 0

    def log_message(self, *_: object) -> None:
        pass

    def flush_headers(self) -> None:
        self.server.wait_for(sum(map(len, self.__dict__.get("_headers_buffer", []))), self.load)
        super().flush_headers()

    def do_GET(self) -> None:
        self.load = self.server.load
        time.sleep(self.server.line.latency)
        name, _, rest = self.path.partition("?")[0].lstrip("/").partition("/")
        folder = self.server.folders.get(name)
        path = folder and folder / rest
        if path and path.is_dir():
            path /= "index.html"
        if not path or not path.is_file():
            self.server.missing.append(self.path)
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        packed = path.suffix in PACKED_BY_HOSTS
        content = _content(path, path.stat().st_mtime_ns, packed)
        tag = f'"{path.stat().st_mtime_ns:x}-{len(content):x}"'
        fresh = self.headers.get("If-None-Match") == tag
        self.send_response(304 if fresh else 200)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        for header, value in {
            "Content-Type": TYPES.get(path.suffix) or self.guess_type(str(path)),
            "Content-Length": "0" if fresh else str(len(content)),
            "Cache-Control": "max-age=600",
            "ETag": tag,
        }.items():
            self.send_header(header, value)
        self.end_headers()
        for start in range(0, 0 if fresh else len(content), PIECE):
            piece = content[start : start + PIECE]
            self.server.wait_for(len(piece), self.load, self.path)
            self.wfile.write(piece)


@cache
def _content(path: Path, _changed: int, packed: bool) -> Any:
    content = path.read_bytes()
    return gzip.compress(content, 6, mtime=0) if packed else content
