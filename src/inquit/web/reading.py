"""Reading what a visitor pastes or drops: in a child process that is killed when the deadline is over.

Readings are not stored: the last few stay in memory until the program ends, or somebody keeps them.
"""

import asyncio
import multiprocessing
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import PurePosixPath

from inquit import readers
from inquit.readers import Limits
from inquit.records import Article, Ledger, Rejected

SECONDS = 20.0
"""Seconds for the reading of one article, beside those for its extraction: the longest feature takes three."""

START = 30.0
"""Seconds for the child to start and to load the reader; it takes one or two."""

KEPT = 30
"""Readings in memory; an older one is forgotten."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a visitor gave: bytes, and the name of the file they came in."""

    data: bytes
    name: str = ""

    @property
    def origin(self) -> str:
        """What is told of where it came from: never a path."""
        return PurePosixPath(self.name.replace("\\", "/")).name[:200] or "text"

    @property
    def suffix(self) -> str:
        """The ending of the file's name."""
        return PurePosixPath(self.origin).suffix if self.name else ""


@dataclass
class Reader:
    """A child process that reads one article after the other."""

    limits: Limits
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _child: tuple[BaseProcess, Connection] | None = None

    async def read(self, given: Given) -> Ledger | Rejected:
        """The ledger, or why there is none; never longer than the deadlines."""
        async with self._lock:
            return await asyncio.to_thread(self._read, given)

    def _read(self, given: Given) -> Ledger | Rejected:
        seconds = SECONDS + self.limits.deadline
        try:
            pipe = self._ready()
            pipe.send((given, self.limits))
            if not pipe.poll(seconds):
                self.close()
                return Rejected(origin=given.origin, reason="timeout", detail=f"took longer than {seconds:g} s")
            answer: Ledger | Rejected = pipe.recv()
        except (OSError, EOFError) as error:
            self.close()
            detail = f"the process that read it ended: {type(error).__name__}"
            return Rejected(origin=given.origin, reason="failed", detail=detail)
        return answer

    def _ready(self) -> Connection:
        """The pipe to the child, which is started where there is none."""
        if self._child is not None and self._child[0].is_alive():
            return self._child[1]
        # Spawned, not forked: the inference runtime and the server have threads, which a fork does not copy.
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there,), name="inquit-web-reader", daemon=True)
        process.start()
        there.close()
        self._child = process, here
        if not here.poll(START):
            self.close()
            raise OSError("it did not start")
        here.recv()
        return here

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            process, pipe = self._child
            self._child = None
            pipe.close()
            process.kill()
            process.join()


def _serve(pipe: Connection) -> None:
    """What the child does: read until the workbench ends."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    pipe.send("ready")
    while True:
        try:
            given, limits = pipe.recv()
        except EOFError:
            return
        pipe.send(ledger_of(given, limits))


def ledger_of(given: Given, limits: Limits) -> Ledger | Rejected:
    """Read what was given; whatever fails becomes a rejection."""
    from inquit.ledger import read_article

    try:
        item = readers.read_bytes(given.data, origin=given.origin, suffix=given.suffix, limits=limits)
        if isinstance(item, Article):
            found = read_article(item)
            return Ledger(article=found.article, quotations=found.quotations, summary=found.summary)
    except Exception as error:
        return Rejected(origin=given.origin, reason="failed", detail=f"{type(error).__name__}: {error}"[:300])
    return item


class Readings:
    """The last readings, each under a name that cannot be guessed, and shown to who gave the article alone."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, tuple[str, Ledger]] = OrderedDict()

    def put(self, owner: str, ledger: Ledger) -> str:
        """Remember a reading; its name."""
        name = secrets.token_urlsafe(12)
        self._found[name] = owner, ledger
        while len(self._found) > KEPT:
            self._found.popitem(last=False)
        return name

    def get(self, owner: str, name: str) -> Ledger | None:
        """The reading of that name, if it is still there."""
        found = self._found.get(name)
        return found[1] if found is not None and found[0] == owner else None

    def of(self, owner: str) -> list[tuple[str, Ledger]]:
        """The readings of a visitor, the last first."""
        return [(name, ledger) for name, (of, ledger) in reversed(self._found.items()) if of == owner]

    def drop(self, name: str) -> None:
        """Forget a reading."""
        self._found.pop(name, None)
