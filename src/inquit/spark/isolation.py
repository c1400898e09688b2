"""Reading in a process of its own: an article that takes its reader down with it costs that article and no more."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def one_by_one(function: Callable[[_In], _Out], items: Iterable[_In], failed: Callable[[_In], _Out]) -> Iterator[_Out]:
    """What `function` makes of each item, in a process that is begun again when it dies; then what `failed` says."""
    pool = _process()
    try:
        for item in items:
            try:
                yield pool.submit(function, item).result()
            except BrokenProcessPool:
                pool.shutdown(wait=True)
                pool = _process()
                yield failed(item)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _process() -> ProcessPoolExecutor:
    # Spawned, not forked: the inference runtime has threads, which a fork does not copy.
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))
