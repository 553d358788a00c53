"""A server that behaves as a static host does, over a line as slow as asked: every thread of the browser feels it."""

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
        self.sent = 0
        self._free_at = 0.0
        self._lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def over(self, line: Line) -> None:
        """From now on, with the counter at nought."""
        self.line, self.sent, self._free_at = line, 0, 0.0

    def wait_for(self, size: int) -> None:
        """Until the shared line has carried this much more."""
        with self._lock:
            self.sent += size
            if not self.line.rate:
                return
            start = max(self._free_at, time.monotonic())
            self._free_at = start + size / self.line.rate
        time.sleep(max(0.0, self._free_at - time.monotonic()))

    def handle_error(self, *_: object) -> None:
        pass


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        time.sleep(self.server.line.latency)
        name, _, rest = self.path.partition("?")[0].lstrip("/").partition("/")
        folder = self.server.folders.get(name)
        path = folder and folder / rest
        if path and path.is_dir():
            path /= "index.html"
        if not path or not path.is_file():
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
            self.server.wait_for(len(piece))
            self.wfile.write(piece)


@cache
def _content(path: Path, _changed: int, packed: bool) -> Any:
    content = path.read_bytes()
    return gzip.compress(content, 6, mtime=0) if packed else content
