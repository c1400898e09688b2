"""Where the workbench asks its corpus: on a few threads of its own, each question under a deadline."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from starlette.exceptions import HTTPException

from inquit.corpus import Corpus, open_corpus
from inquit.records import SourceQuery

THREADS = 4
"""Questions answered side by side. They stay the same threads: the store keeps a connection for each."""

SECONDS = 20.0
"""Seconds after which a visitor is told that the answer takes too long; an answer takes well under a second."""

HOLDS = 20.0
"""Seconds for which a count is good enough."""

MOST = 31
"""Sources with most statements that are remembered: one more than the page of sources shows."""

_T = TypeVar("_T")


class Remembered(Generic[_T]):
    """The answer to a question that is asked on every visit and takes long on a large corpus: it may be a little old.

    Who asks gets what is known at once; where that is older than `HOLDS` it is asked for again meanwhile.
    """

    def __init__(self, desk: "Desk", question: Callable[[Corpus], _T]) -> None:
        self._desk = desk
        self._question = question
        self._known: tuple[float, _T] | None = None
        self._asking: asyncio.Task[_T] | None = None
        self._changes = 0

    async def get(self) -> _T:
        """The answer."""
        if self._known is None:
            return await self._ask()
        at, found = self._known
        if at < time.monotonic() - HOLDS and (self._asking is None or self._asking.done()):
            self._asking = asyncio.create_task(self._ask())
        return found

    def forget(self) -> None:
        """Ask anew the next time: something was changed here."""
        self._known = None
        self._changes += 1

    async def _ask(self) -> _T:
        before = self._changes
        found = await self._desk.ask(self._question)
        if before == self._changes:  # otherwise it may tell of what was there before the change
            self._known = time.monotonic(), found
        return found


class Desk:
    """A corpus that is open as long as the workbench runs; changes open it for writing, one by one."""

    def __init__(self, corpus: str) -> None:
        self._name = corpus
        self._corpus = open_corpus(corpus)
        self._threads = ThreadPoolExecutor(THREADS, "inquit-web")
        self._writing = asyncio.Lock()
        self.count = Remembered(self, lambda corpus: corpus.count())
        self.waiting = Remembered(self, lambda corpus: corpus.waiting())
        self.speaking = Remembered(self, lambda corpus: corpus.sources(SourceQuery(limit=MOST)))

    async def ask(self, question: Callable[[Corpus], _T]) -> _T:
        """The answer to a question that reads."""
        return await self._within(lambda: question(self._corpus))

    async def change(self, change: Callable[[Corpus], _T]) -> _T:
        """The answer to one that writes; one at a time."""

        def changed() -> _T:
            with open_corpus(self._name, write=True) as corpus:
                return change(corpus)

        async with self._writing:
            try:
                return await self._within(changed)
            finally:
                self.count.forget()
                self.waiting.forget()
                self.speaking.forget()

    async def _within(self, work: Callable[[], _T]) -> _T:
        future = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            return await asyncio.wait_for(future, SECONDS)
        except TimeoutError:
            raise HTTPException(503, "the answer took too long") from None

    def close(self) -> None:
        """End the threads and the corpus."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._corpus.__exit__(None, None, None)
