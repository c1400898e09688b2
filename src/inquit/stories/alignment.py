"""Passages that two texts share, found by seeds, joined into chains and given with their characters.

Method: seed-chain-extend as in passim (Smith, Cordell and Mullen 2015), over hashed words.
"""

from dataclasses import dataclass

import numpy as np

from inquit.records import Span
from inquit.stories.wording import SEED, Positions, Wording

_WIDEST_GAP = 8
"""Words that an edit may put in, drop or replace inside one passage; set on story sets 1 to 4, whose outlets
replace a dateline, a date or a name and keep the sentence."""

_COMMONEST_SEED = 4
"""Places up to which a seed counts in one text; a refrain in every paragraph would make the work quadratic."""


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
    passages = tuple(_chained(_disjoint(_blocks(first, second), len(first), len(second))))
    words = sum(passage.words for passage in passages)
    return Aligned(passages, words, words / max(1, len(first)), words / max(1, len(second)))


def spans(aligned: Aligned, first: Wording) -> tuple[Span, ...]:
    """Characters of the passages in the first text."""
    return tuple(first.span(passage.begin, passage.end) for passage in aligned.passages)


def spans_there(aligned: Aligned, second: Wording) -> tuple[Span, ...]:
    """Characters of the passages in the second text."""
    return tuple(second.span(passage.there_begin, passage.there_end) for passage in aligned.passages)


def shared_words(first: Wording, second: Wording) -> tuple[int, int]:
    """Words of the first text in runs of `SEED` words that the second has as well, and the other way round.

    Quick, for deciding which pairs are worth aligning; quickest where the second text is the same again and again.
    """
    here, at = _hits(first, second)
    if not second.varied:
        return _covered(here), _covered(_hits(second, first)[0])
    hit = np.zeros(len(second.runs), np.bool_)
    hit[second.order[at]] = True
    return _covered(here), _covered(hit.nonzero()[0])


def _hits(first: Wording, second: Wording) -> tuple[Positions, Positions]:
    """Positions of the runs that the second text has as well, and where each stands first in `second.ascending`."""
    if not len(second.runs):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    low = second.ascending.searchsorted(first.runs)
    here = (second.ascending.take(low, mode="clip") == first.runs).nonzero()[0]
    return here, low[here]


def _covered(at: Positions) -> int:
    """Words under the runs of `SEED` words that begin at some positions, ascending."""
    if not len(at):
        return 0
    return int(np.minimum(at[1:] - at[:-1], SEED).sum()) + SEED


def _blocks(first: Wording, second: Wording) -> list[tuple[int, int, int]]:
    """Runs of the same words `(begin, begin there, length)`, each as long as its seeds reach, longest first."""
    here, there = _seeds(first, second)
    if not len(here):
        return []
    # Seeds of one block follow one another in both texts: numbers that are one apart, and nowhere else.
    wide = len(first) + 2
    numbers = np.sort((here - there + len(second)) * wide + here)
    starts = np.concatenate([[0], (numbers[1:] != numbers[:-1] + 1).nonzero()[0] + 1])
    lengths = np.concatenate([starts[1:], [len(numbers)]]) - starts + SEED - 1
    diagonals, begins = np.divmod(numbers[starts], wide)
    theres = begins - (diagonals - len(second))
    blocks = list(zip(begins.tolist(), theres.tolist(), lengths.tolist(), strict=True))
    return sorted(blocks, key=lambda block: (-block[2], block[0], block[1]))


def _seeds(first: Wording, second: Wording) -> tuple[Positions, Positions]:
    """Positions in both texts of the same run of `SEED` words, but for runs that come too often."""
    here, low = _hits(first, second)
    if second.varied:
        return here, second.order[low]
    counts = second.ascending.searchsorted(first.runs[here], "right") - low
    counts[counts > _COMMONEST_SEED] = 0
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(here, counts), second.order[np.repeat(low, counts) + steps]


def _disjoint(blocks: list[tuple[int, int, int]], length: int, length_there: int) -> list[tuple[int, int, int]]:
    """Blocks that overlap on neither side, long ones first, in the order of the first text."""
    kept: list[tuple[int, int, int]] = []
    used, used_there = bytearray(length), bytearray(length_there)
    for begin, there, size in blocks:
        if used.find(1, begin, begin + size) >= 0 or used_there.find(1, there, there + size) >= 0:
            pairs = zip(used[begin : begin + size], used_there[there : there + size], strict=True)
            taken = bytes(one | other for one, other in pairs)
            run = max(taken.split(b"\1"), key=len)
            if len(run) < SEED:
                continue
            step = taken.index(run)
            begin, there, size = begin + step, there + step, len(run)  # noqa: PLW2901 - what is left of the block
        used[begin : begin + size] = used_there[there : there + size] = b"\1" * size
        kept.append((begin, there, size))
    return sorted(kept)


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
