"""A processor a few times slower: the browser's page processes, all their threads, are stopped and let go in turn.

The browser's own slow-down holds back only the main thread of a page. Our calculator runs in a worker and stock's on
the main thread, so it would slow stock alone. Only processes below this one are touched, and all are let go at the end.
The browser's own process, which stands for the operating system and the network, stays as it is, for both pages.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SLICE = 0.005


def _ours() -> list[int]:
    """The page processes among our own descendants."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    found = []
    for pid in parents:
        up = pid
        while up in parents and up != os.getpid():
            up = parents[up]
        if up == os.getpid() and pid != up:
            with suppress(OSError):
                if b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    found.append(pid)
    return found


@contextmanager
def slowed(times: int) -> Iterator[None]:
    """While this lasts, page processes run one slice in so many."""
    if times == 1:
        yield
        return
    over = threading.Event()

    def signal_all(pids: list[int], what: signal.Signals) -> None:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, what)

    def work() -> None:
        looked, pids = 0.0, []
        while not over.is_set():
            if time.monotonic() - looked > 0.1:
                pids, looked = _ours(), time.monotonic()
            signal_all(pids, signal.SIGSTOP)
            time.sleep(SLICE * (times - 1))
            signal_all(pids, signal.SIGCONT)
            time.sleep(SLICE)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
