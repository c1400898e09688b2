"""Passages that two texts share, found by seeds, joined into chains and given with their characters.

Method: seed-chain-extend as in passim (Smith, Cordell and Mullen 2015), over hashed words.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inquit.records import Span
from inquit.stories.wording import Wording, shingles, within

SEED = 5
"""Words that a shared passage has in a row at least once; shorter runs are phrases of the language."""

_WIDEST_GAP = 8
"""Words that an edit may put in, drop or replace inside one passage; set on story sets 1 to 4, whose outlets
replace a dateline, a date or a name and keep the sentence."""

_COMMONEST_SEED = 4
"""Places up to which a seed counts in one text; a refrain in every paragraph would make the work quadratic."""


Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of one text and the passage of another that has the same words, `words` of them.

    `begin` and `end` are word positions in the first text, `there_begin` and `there_end` in the second.
    """

    begin: int
    end: int
    there_begin: int
    there_end: int
    words: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """All passages shared by two texts, their words, and the share of the words of either text, 0 to 1."""

    passages: tuple[Passage, ...]
    words: int
    share: float
    there_share: float


def align(first: Wording, second: Wording) -> Aligned:
    """The passages of `first` that stand in `second`, in the order of `first`, each word used once on either side."""
    passages = tuple(_chained(_disjoint(_blocks(first.hashes, second.hashes), len(first), len(second))))
    words = sum(passage.words for passage in passages)
    return Aligned(passages, words, words / max(1, len(first)), words / max(1, len(second)))


def spans(aligned: Aligned, first: Wording) -> tuple[Span, ...]:
    """Characters of the passages in the first text."""
    return tuple(first.span(passage.begin, passage.end) for passage in aligned.passages)


def spans_there(aligned: Aligned, second: Wording) -> tuple[Span, ...]:
    """Characters of the passages in the second text."""
    return tuple(second.span(passage.there_begin, passage.there_end) for passage in aligned.passages)


def shared_words(first: Hashes, second: Hashes) -> tuple[int, int]:
    """Words of the first text in runs of `SEED` words that the second has as well, and the other way round.

    Both arguments are word hashes; quick, for deciding which pairs are worth aligning.
    """
    here, there = shingles(first, SEED), shingles(second, SEED)
    return _covered(within(here, np.sort(there))), _covered(within(there, np.sort(here)))


def _covered(hits: NDArray[np.bool_]) -> int:
    """Words under the runs of `SEED` words that begin where `hits` is true."""
    at = np.flatnonzero(hits)
    if not len(at):
        return 0
    return int(np.minimum(np.diff(at), SEED).sum()) + SEED


def _blocks(first: Hashes, second: Hashes) -> list[tuple[int, int, int]]:
    """Runs of the same words `(begin, begin there, length)`, each as long as its seeds reach, longest first."""
    here, there = _seeds(shingles(first, SEED), shingles(second, SEED))
    if not len(here):
        return []
    order = np.lexsort((here, here - there))
    here, there = here[order], there[order]
    new = np.concatenate([[True], (np.diff(here) != 1) | (np.diff(there) != 1)])
    starts = np.flatnonzero(new)
    lengths = np.diff(np.concatenate([starts, [len(here)]])) + SEED - 1
    longest = np.lexsort((there[starts], here[starts], -lengths))
    columns = here[starts][longest].tolist(), there[starts][longest].tolist(), lengths[longest].tolist()
    return list(zip(*columns, strict=True))


def _seeds(here: Hashes, there: Hashes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions in both texts of the same run of `SEED` words, but for runs that come too often."""
    order = np.argsort(there, kind="stable")
    ascending = there[order]
    low, high = np.searchsorted(ascending, here, "left"), np.searchsorted(ascending, here, "right")
    counts = np.where(high - low <= _COMMONEST_SEED, high - low, 0)
    begins = np.repeat(np.arange(len(here)), counts)
    steps = np.arange(len(begins)) - np.repeat(np.cumsum(counts) - counts, counts)
    return begins, order[np.repeat(low, counts) + steps]


def _disjoint(blocks: list[tuple[int, int, int]], length: int, length_there: int) -> list[tuple[int, int, int]]:
    """Blocks that overlap on neither side, long ones first, in the order of the first text."""
    kept: list[tuple[int, int, int]] = []
    used, used_there = np.zeros(length, np.bool_), np.zeros(length_there, np.bool_)
    for begin, there, size in blocks:
        taken = used[begin : begin + size] | used_there[there : there + size]
        if taken.any():
            run = _longest_run(np.flatnonzero(~taken).tolist())
            if len(run) < SEED:
                continue
            begin, there, size = begin + run[0], there + run[0], len(run)  # noqa: PLW2901 - what is left of the block
        used[begin : begin + size] = used_there[there : there + size] = True
        kept.append((begin, there, size))
    return sorted(kept)


def _longest_run(numbers: list[int]) -> list[int]:
    """The longest run of consecutive numbers in an ascending list."""
    best: list[int] = []
    run: list[int] = []
    for number in numbers:
        run = [*run, number] if run and number == run[-1] + 1 else [number]
        if len(run) > len(best):
            best = run
    return best


def _chained(blocks: list[tuple[int, int, int]]) -> list[Passage]:
    """Blocks joined where only an edit lies between them."""
    passages: list[Passage] = []
    for begin, there, length in blocks:
        last = passages[-1] if passages else None
        near = last is not None and begin - last.end <= _WIDEST_GAP and 0 <= there - last.there_end <= _WIDEST_GAP
        if last is not None and near:
            passages[-1] = Passage(last.begin, begin + length, last.there_begin, there + length, last.words + length)
        else:
            passages.append(Passage(begin, begin + length, there, there + length, length))
    return passages
