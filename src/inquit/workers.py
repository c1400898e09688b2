"""How many articles are read at once: several processes, in the order of the articles, with flat memory."""

import logging
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from inquit.errors import UsageError
from inquit.languages import READ
from inquit.ledger import read_article
from inquit.records import Article, Entry, Kept, Rejected

_LOG = logging.getLogger("inquit.workers")

AHEAD = 8
"""Articles a process reads ahead of the writer; more would only be memory."""

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
    stream = iter(items)
    alone = 0
    for item in stream:
        if stop():
            return
        yield _entry(item) if isinstance(item, Article) else item
        alone += isinstance(item, Article)
        if alone >= FEW and workers > 1:
            break
    if workers > 1:
        yield from _Pool(workers).read(stream, stop)


def _entry(article: Article) -> Entry:
    """What becomes of one article. One that cannot be read is kept, for a reader that can."""
    if article.language is not None and article.language not in READ:
        return Entry(article=article, state="unread", detail=f"written in {article.language}")
    try:
        ledger = read_article(article)
    except Exception as error:
        return Entry(article=article, state="failed", detail=f"{type(error).__name__}: {error}")
    return Entry(article=ledger.article, quotations=ledger.quotations, summary=ledger.summary)


class _Pool:
    """Processes that read; one that dies costs the article it had in hand and no other."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: Executor = self._processes(workers)
        self._waiting: deque[tuple[Item, Future[Entry] | None]] = deque()

    def read(self, items: Iterable[Item], stop: Callable[[], bool]) -> Iterator[Done]:
        """What becomes of each item, in order."""
        try:
            for item in items:
                if stop():
                    break
                self._waiting.append((item, self._submit(item) if isinstance(item, Article) else None))
                while len(self._waiting) > self._workers * AHEAD:
                    yield self._result()
            while self._waiting:
                future = self._waiting[0][1]
                if stop() and future is not None and future.cancel():
                    return  # those already begun are finished, those after them are for the next time
                yield self._result()
        finally:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, article: Article) -> "Future[Entry]":
        try:
            return self._pool.submit(_entry, article)
        except BrokenProcessPool:
            self._recover()
            return self._pool.submit(_entry, article)

    def _result(self) -> Done:
        item, future = self._waiting[0]
        if future is not None and isinstance(future.exception(), BrokenProcessPool):
            self._recover()
        item, future = self._waiting.popleft()
        if isinstance(item, Article):
            assert future is not None
            return future.result()
        return item

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
        for at, (item, begun) in enumerate(self._waiting):
            if not isinstance(item, Article) or (begun is not None and _is_read(begun)):
                continue
            known: Future[Entry] = Future()
            try:
                known.set_result(alone.submit(_entry, item).result())
            except BrokenProcessPool:
                known.set_result(Entry(article=item, state="failed", detail="the process that read it died"))
                alone = self._processes(1)
            self._waiting[at] = item, known
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


def _is_read(future: "Future[Entry]") -> bool:
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
