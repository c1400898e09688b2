from collections import Counter

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inquit.records import Article
from inquit.stories import displaced, shared_fingerprints, sketch, sketch_all, sketches
from inquit.stories.sketches import NEXT_ONES, WINDOW, fingerprints
from inquit.stories.wording import SEED, shingles


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 30).flatmap(lambda size: st.lists(st.integers(0, 2**64 - 1), min_size=size, max_size=size)))
@example([*range(SEED + WINDOW - 1)])
@example([*range(SEED)])
def test_fingerprints_are_the_smallest_of_each_window(words: list[int]) -> None:
    hashes = np.array(words, np.uint64)
    runs = shingles(hashes, SEED).tolist()
    windows = [runs[at : at + WINDOW] for at in range(max(1, len(runs) - WINDOW + 1))]
    expected = sorted({min(window) for window in windows if window})
    if len(runs) < WINDOW:
        expected = runs[:1]
    assert fingerprints(hashes).tolist() == expected


def test_a_fingerprint_leads_to_the_articles_before_and_to_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketches, "NEXT_ONES", 2)
    prints, owners = np.full(5, 7, np.uint64), np.arange(5)
    pairs = [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (2, 3), (2, 4), (3, 4)]
    assert shared_fingerprints(prints, owners).tolist() == [[*pair, 1] for pair in pairs]
    assert shared_fingerprints(np.array([1, 2], np.uint64), np.array([0, 1])).tolist() == []


def test_who_comes_displaces_what_led_past_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketches, "NEXT_ONES", 2)
    prints, owners = np.full(8, 7, np.uint64), np.arange(8)
    for new, moved in ((0, [3, 4, 5, 6, 7]), (1, [3]), (3, [4, 5]), (7, [])):
        assert displaced(prints, owners, owners == new).tolist() == moved


def test_sketches_of_many_are_those_of_each() -> None:
    words = [f"wort{number}" for number in range(40)]
    texts = [" ".join(words[:size]) for size in (0, 1, 4, 5, 9, 10, 11, 40)] + [" ".join(words * 3)]
    articles = [Article(id=f"{at}", origin="", text=text, outlet="Bote") for at, text in enumerate(texts)]
    for one, article in zip(sketch_all(articles), articles, strict=True):
        alone = sketch(article)
        assert (one.id, one.outlet) == (article.id, "Bote")
        assert one.fingerprints.tolist() == alone.fingerprints.tolist()
    assert [len(one.fingerprints) for one in sketch_all(articles)][:5] == [0, 0, 0, 1, 1]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.integers(0, 8), max_size=6), max_size=25), st.integers(1, 4))
def test_pairs_are_counted_as_one_would_by_hand(articles: list[set[int]], least: int) -> None:
    rows = sorted((value, owner) for owner, values in enumerate(articles) for value in values)
    prints, owners = (np.array(column, np.int64) for column in zip(*rows, strict=True)) if rows else (np.empty(0),) * 2
    counts: Counter[tuple[int, int]] = Counter()
    for value in range(9):
        having = [owner for owner, values in enumerate(articles) if value in values]
        for at, later in enumerate(having):
            before = having[max(0, at - NEXT_ONES) : at]
            counts.update({(earlier, later) for earlier in {*before, *having[: min(1, at)]}})
    expected = sorted([*pair, count] for pair, count in counts.items() if count >= least)
    found = shared_fingerprints(prints.astype(np.uint64), owners.astype(np.int64), least=least)
    assert found.tolist() == expected
