"""Where the workbench asks its corpus: on a few threads of its own, each question under a deadline."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from starlette.exceptions import HTTPException

from inquit.corpus import Corpus, open_corpus

THREADS = 4
"""Questions answered side by side. They stay the same threads: the store keeps a connection for each."""

SECONDS = 20.0
"""Seconds after which a visitor is told that the answer takes too long; an answer takes well under a second."""

_T = TypeVar("_T")


class Desk:
    """A corpus that is open as long as the workbench runs; changes open it for writing, one by one."""

    def __init__(self, corpus: str) -> None:
        self._name = corpus
        self._corpus = open_corpus(corpus)
        self._threads = ThreadPoolExecutor(THREADS, "inquit-web")
        self._writing = asyncio.Lock()

    async def ask(self, question: Callable[[Corpus], _T]) -> _T:
        """The answer to a question that reads."""
        return await self._within(lambda: question(self._corpus))

    async def change(self, change: Callable[[Corpus], _T]) -> _T:
        """The answer to one that writes; one at a time."""

        def changed() -> _T:
            with open_corpus(self._name, write=True) as corpus:
                return change(corpus)

        async with self._writing:
            return await self._within(changed)

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
