"""However articles come, are read again, judged and replaced: the stories are those of all that is there at the end."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from story_ledgers import Told, copies, ledger

from inquit import comparing, stories
from inquit.comparing import copies as carried
from inquit.corpus import Corpus
from inquit.records import Claim, ClaimQuery, Ledger, Story, StoryQuery
from inquit.store import Entry, Store, open_store
from inquit.stories import sketches


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus without articles, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "c.db"
    open_store(str(path), create=True).engine.dispose()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def small(empty: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus without articles, and bounds so small that a few articles reach them."""
    monkeypatch.setattr(comparing, "ARTICLES", 3)
    monkeypatch.setattr(comparing, "ARTICLES_TOGETHER", 4)
    monkeypatch.setattr(sketches, "NEXT_ONES", 2)
    for module in (sketches, carried):
        monkeypatch.setattr(module, "ALWAYS_BOILERPLATE", 7)
    return empty


def opened(empty: Path, path: Path) -> Store:
    shutil.copy(empty, path)
    return open_store(str(path), writable=True)


def keep(store: Store, ledgers: list[Ledger], *, reread: bool = False) -> None:
    entries = [Entry(article=one.article, quotations=one.quotations, summary=one.summary) for one in ledgers]
    store.keep(entries, reader="r", reread=reread)


def found(corpus: Corpus) -> tuple[list[Story], list[Claim]]:
    """All stories and claims of a corpus, by their ids."""
    told = [kept.story for kept in corpus.stories(StoryQuery(limit=1000))]
    claims = [kept.claim for kept in corpus.claims(ClaimQuery(limit=1000))]
    return sorted(told, key=lambda one: one.id), sorted(claims, key=lambda one: one.id)


def expected(ledgers: list[Ledger]) -> tuple[list[Story], list[Claim]]:
    """All stories and claims of some ledgers at once."""
    at_once = stories.find_stories(ledgers)
    claims = [claim for one in at_once for claim in one.claims]
    return sorted((one.story for one in at_once), key=lambda one: one.id), sorted(claims, key=lambda one: one.id)


ARTICLES = st.lists(
    st.builds(
        Told,
        st.integers(0, 2),
        st.lists(st.integers(1, 5), max_size=5, unique=True).map(tuple),
        st.integers(0, 3),
        st.one_of(st.none(), st.integers(1, 28)),
        st.booleans(),
    ),
    min_size=1,
    max_size=16,
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ARTICLES, st.lists(st.integers(0, 3), min_size=16, max_size=16), st.randoms(use_true_random=False))
def test_any_order_and_any_batches_give_the_stories_of_all_at_once(
    small: Path,
    tmp_path_factory: pytest.TempPathFactory,
    told: list[Told],
    batches: list[int],
    chance: object,
) -> None:
    ledgers = [ledger(number, one) for number, one in enumerate(told)]
    waiting = list(ledgers)
    chance.shuffle(waiting)  # type: ignore[attr-defined]
    with opened(small, tmp_path_factory.mktemp("c") / "c.db") as store:
        corpus = Corpus(store)
        for size in batches:
            keep(store, [waiting.pop() for _ in range(min(size, len(waiting)))])
            if size % 2:
                corpus.compare()
        keep(store, waiting)
        done = corpus.compare()
        assert (done.articles_waiting, done.stories_waiting) == (0, 0)
        assert found(corpus) == expected(ledgers)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ARTICLES, ARTICLES, st.randoms(use_true_random=False))
def test_articles_that_change_leave_no_trace(
    small: Path,
    tmp_path_factory: pytest.TempPathFactory,
    told: list[Told],
    later: list[Told],
    chance: object,
) -> None:
    first = [ledger(number, one, url=f"https://t.example/{number}") for number, one in enumerate(told)]
    newer = [ledger(100 + number, one, url=f"https://t.example/{number}") for number, one in enumerate(later)]
    current = {one.article.url: one for one in (*first, *newer)}
    with opened(small, tmp_path_factory.mktemp("c") / "c.db") as store:
        corpus = Corpus(store)
        keep(store, first)
        corpus.compare()
        for one in newer:
            keep(store, [one])
            if chance.random() < 0.5:  # type: ignore[attr-defined]
                corpus.compare()
        corpus.compare()
        assert found(corpus) == expected(list(current.values()))


@pytest.fixture
def store(empty: Path, tmp_path: Path) -> Iterator[Store]:
    with opened(empty, tmp_path / "c.db") as made:
        yield made


def test_a_family_larger_than_the_bound_on_candidates_is_found_in_any_order(store: Store, small: Path) -> None:
    ledgers = [ledger(number, one) for number, one in enumerate(copies(9, outlet=3))]
    corpus = Corpus(store)
    for one in (*ledgers[4:], *ledgers[:4]):
        keep(store, [one])
        corpus.compare()
    assert found(corpus) == expected(ledgers)


def test_boilerplate_is_known_as_such_from_the_fourth_article_on(store: Store) -> None:
    corpus = Corpus(store)
    pages = [ledger(number, Told(number, (1, 2, 3, 4, 5), 0, 2 + number, True)) for number in range(5)]
    linked = []
    for page in pages:
        keep(store, [page])
        corpus.compare()
        linked.append(sum(len(story.links) for story in found(corpus)[0]))
    assert linked[2] > 0
    assert linked[3:] == [0, 0]
    assert found(corpus) == expected(pages)


def test_an_article_read_again_is_compared_again(store: Store) -> None:
    corpus = Corpus(store)
    ledgers = [ledger(number, one) for number, one in enumerate(copies(3, outlet=1))]
    keep(store, ledgers)
    corpus.compare()
    assert len(found(corpus)[1]) == 1
    silent = [replace(one, quotations=()) for one in ledgers]
    keep(store, silent[:2], reread=True)
    assert corpus.waiting().articles_waiting == 2
    corpus.compare()
    assert found(corpus) == expected([*silent[:2], ledgers[2]])
    assert found(corpus)[1] == []


def test_what_is_judged_wrong_is_no_statement_of_a_claim(store: Store) -> None:
    corpus = Corpus(store)
    ledgers = [ledger(number, one) for number, one in enumerate(copies(3, outlet=1))]
    keep(store, ledgers)
    corpus.compare()
    assert [len(claim.statements) for claim in found(corpus)[1]] == [3]
    corpus.mark("0001:0", "wrong")
    corpus.compare()
    assert [[s.article for s in claim.statements] for claim in found(corpus)[1]] == [["0000", "0002"]]
    corpus.mark("0001:0", "right")
    corpus.compare()
    assert found(corpus) == expected(ledgers)


def test_comparing_again_changes_nothing_and_stopping_keeps_what_was_done(store: Store, small: Path) -> None:
    corpus = Corpus(store)
    ledgers = [ledger(number, one) for number, one in enumerate(copies(8, outlet=2))]
    keep(store, ledgers)
    steps = iter([False, True])
    half = corpus.compare(stop=lambda: next(steps, True))
    assert (half.articles, half.articles_waiting) == (3, 5)
    told: list[int] = []
    corpus.compare(told=lambda so_far: told.append(so_far.articles_waiting))
    assert told[0] == 2
    assert found(corpus) == expected(ledgers)
    assert corpus.compare() == replace(corpus.waiting(), articles=0, stories=0)
