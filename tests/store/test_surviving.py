"""A writer may be killed at any moment, and others may write at the same time: nothing is lost, nothing is double."""

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from making import content, story

from inquit.store import open_store

FORK = multiprocessing.get_context("fork")
STORIES = range(60)
KILLS = int(os.environ.get("INQUIT_TEST_KILLS", "100"))
"""How often a writer to SQLite is killed; `INQUIT_TEST_KILLS` sets another number. On PostgreSQL, where the server
outlives its writers, a quarter."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")


def write(corpus: str, numbers: Sequence[int], batch: int, reread: bool = False) -> None:
    """Add some stories in batches, as a process of its own."""
    with open_store(corpus, create=True) as store:
        for at in range(0, len(numbers), batch):
            store.keep([story(number) for number in numbers[at : at + batch]], reader="r", reread=reread)


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """What a corpus has after one quiet run."""
    path = str(tmp_path_factory.mktemp("quiet") / "c.db")
    write(path, STORIES, 7)
    with open_store(path) as store:
        return content(store)


def test_killed_at_random_points_the_result_is_that_of_a_quiet_run(corpus: str, uninterrupted: list[object]) -> None:
    chance = random.Random(5)
    took = 0.12  # seconds, about as long as a quiet run
    killed = 0
    kills = KILLS // 4 if corpus.startswith("postgresql") else KILLS
    for _ in range(kills):
        # Reading again what is there already, so that every run has everything to do.
        process = FORK.Process(target=write, args=(corpus, STORIES, chance.choice((1, 3, 7)), True))
        process.start()
        time.sleep(chance.random() * took)
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        killed += process.exitcode == -signal.SIGKILL
        # Whatever is there is whole, and is the beginning of what a quiet run would have.
        with open_store(corpus, create=True) as store:
            found = [kept.article.id for kept in store.articles()]
            assert len(found) == len(set(found)) == store.count().articles
    assert killed > kills / 2
    write(corpus, STORIES, 7)
    with open_store(corpus) as store:
        assert content(store) == uninterrupted
    if not corpus.startswith("postgresql"):
        with sqlite3.connect(corpus) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_two_writers_at_once_both_finish(corpus: str, uninterrupted: list[object]) -> None:
    # Both write all that has a version of its own in the same order; the rest goes in from both ends.
    first = list(STORIES)
    second = [n for n in STORIES if n % 5] + [n for n in STORIES if not n % 5]
    processes = [FORK.Process(target=write, args=(corpus, numbers, 3)) for numbers in (first, second)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0, 0]
    with open_store(corpus) as store:
        assert store.count() == uninterrupted[0]
        assert len(list(store.articles())) == len({story(n).article.url for n in STORIES})


def test_asking_while_another_writes(corpus: str) -> None:
    write(corpus, range(5), 5)
    process = FORK.Process(target=write, args=(corpus, range(5, 60), 1))
    process.start()
    counts = []
    with open_store(corpus) as store:
        while process.is_alive():
            counts.append(store.count().versions)
            time.sleep(0.01)
    process.join()
    assert process.exitcode == 0
    assert counts == sorted(counts)
    assert counts[0] < 60
    with open_store(corpus) as store:
        assert store.count().versions == 60


def test_an_unfinished_file_is_finished_by_the_next_run(tmp_path: Path, uninterrupted: list[object]) -> None:
    path = tmp_path / "c.db"
    path.touch()
    write(str(path), STORIES, 7)
    with open_store(str(path)) as store:
        assert content(store) == uninterrupted
