"""How many articles are read at once: several processes, in the order of the articles, with flat memory."""

import logging
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import takewhile
from typing import Any

from inquit.errors import UsageError
from inquit.languages import READ
from inquit.ledger import Ledger, batches, read_together
from inquit.records import Article, Entry, Kept, Rejected

_LOG = logging.getLogger("inquit.workers")

AHEAD = 2
"""Batches a process reads ahead of the writer; more would only be memory."""

FEW = 40
"""Articles up to which no further processes are started: starting one takes as long as reading some 30 articles."""

Item = Kept | Rejected | Article
"""What is to be read, and what passes by."""

Done = Kept | Rejected | Entry
"""The same when it is read."""


def never() -> bool:
    """Do not stop."""
    return False


def default_workers() -> int:
    """Processes that read: as many as this one may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read(items: Iterable[Item], workers: int, stop: Callable[[], bool]) -> Iterator[Done]:
    """Each item read, in order, by as many processes as asked for where there are more than a few."""
    if workers < 1:
        raise UsageError(f"workers is {workers}, not a positive number")
    stream = batches(takewhile(lambda _: not stop(), items))
    alone = 0
    for batch in stream:
        yield from _read(batch)
        alone += sum(isinstance(item, Article) for item in batch)
        if stop():
            return
        if alone >= FEW and workers > 1:
            break
    if workers > 1:
        yield from _Pool(workers).read(stream, stop)


def _read(batch: list[Item]) -> list[Done]:
    """A batch with its articles read."""
    entries = iter(_entries([item for item in batch if isinstance(item, Article)]))
    return [next(entries) if isinstance(item, Article) else item for item in batch]


def _entries(articles: list[Article]) -> list[Entry]:
    """What becomes of each of some articles. One that cannot be read is kept, for a reader that can."""
    known = [article for article in articles if article.language is None or article.language in READ]
    read = iter(read_together(known))
    return [_entry(one, next(read) if one.language is None or one.language in READ else None) for one in articles]


def _entry(article: Article, ledger: Ledger | Exception | None) -> Entry:
    if ledger is None:
        return Entry(article=article, state="unread", detail=f"written in {article.language}")
    if isinstance(ledger, Exception):
        return Entry(article=article, state="failed", detail=f"{type(ledger).__name__}: {ledger}")
    return Entry(article=ledger.article, quotations=ledger.quotations, summary=ledger.summary)


class _Pool:
    """Processes that read; one that dies costs the article it had in hand and no other."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: Executor = self._processes(workers)
        self._waiting: deque[tuple[list[Item], Future[list[Done]]]] = deque()

    def read(self, stream: Iterable[list[Item]], stop: Callable[[], bool]) -> Iterator[Done]:
        """What becomes of each item of the batches, in order."""
        try:
            for batch in stream:
                if stop():
                    break
                self._waiting.append((batch, self._submit(batch)))
                while len(self._waiting) > self._workers * AHEAD:
                    yield from self._result()
            while self._waiting:
                if stop() and self._waiting[0][1].cancel():
                    return  # those already begun are finished, those after them are for the next time
                yield from self._result()
        finally:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, batch: list[Item]) -> "Future[list[Done]]":
        try:
            return self._pool.submit(_read, batch)
        except BrokenProcessPool:
            self._recover()
            return self._pool.submit(_read, batch)

    def _result(self) -> list[Done]:
        if isinstance(self._waiting[0][1].exception(), BrokenProcessPool):
            self._recover()
        return self._waiting.popleft()[1].result()

    def _recover(self) -> None:
        """Nobody knows at which article a process died: those that wait are read one by one, to find it.

        Where no process can live at all, as in a script that starts itself again, they are read in this one.
        """
        self._pool.shutdown(wait=True, cancel_futures=True)
        alone = self._processes(1)
        try:
            alone.submit(never).result()
        except BrokenProcessPool:
            _LOG.warning("no further processes can be started; reading goes on in this one")
            self._pool = _Here()
            alone = _Here()
        for at, (batch, begun) in enumerate(self._waiting):
            if _is_read(begun):
                continue
            done: list[Done] = []
            for item in batch:
                try:
                    done += alone.submit(_read, [item]).result()
                except BrokenProcessPool:
                    died = "the process that read it died"
                    done.append(Entry(article=item, state="failed", detail=died) if isinstance(item, Article) else item)
                    alone = self._processes(1)
            known: Future[list[Done]] = Future()
            known.set_result(done)
            self._waiting[at] = batch, known
        alone.shutdown(wait=True)
        if not isinstance(alone, _Here):
            self._pool = self._processes(self._workers)

    @staticmethod
    def _processes(workers: int) -> Executor:
        # Spawned, not forked: the inference runtime has threads, which a fork does not copy.
        from multiprocessing import get_context

        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin_process)


class _Here(Executor):
    """Does at once, in this process, what it is given."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(function(*args, **kwargs))
        return done


def _is_read(future: "Future[list[Done]]") -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _begin_process() -> None:
    """Ctrl-C is for the writer, who lets the article in hand be finished; without a writer there is nothing to do."""
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    writer = parent_process()

    def leave_with_writer() -> None:
        if writer is not None:
            writer.join()
            os._exit(1)

    threading.Thread(target=leave_with_writer, daemon=True).start()
