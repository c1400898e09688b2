"""Kill a Python process in which Spark works, in the middle of its work."""

import os
import signal
import threading
import time
from pathlib import Path


class Killing:
    """Kills one of the Python processes in which Spark works, as soon as the ledgers are begun."""

    def __init__(self) -> None:
        self.pids: list[int] = []
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> "Killing":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.is_set() and not self.pids:
            time.sleep(0.05)
            for pid in workers():
                os.kill(pid, signal.SIGKILL)
                self.pids.append(pid)
                break


def workers() -> list[int]:
    """The processes that a daemon of PySpark below this one has forked, and that work for some time."""
    found = []
    parents: dict[int, int] = {}
    daemons = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if b"pyspark.daemon" in (entry / "cmdline").read_bytes():
                daemons.add(int(entry.name))
        except (OSError, IndexError):
            continue
    for pid in daemons:
        above = parents.get(pid)
        mine = above
        while mine and mine != os.getpid():
            mine = parents.get(mine)
        if above in daemons and mine:
            found.append(pid)
    return found
