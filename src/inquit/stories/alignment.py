"""Passages that two texts share, found by seeds, joined into chains and given with their characters.

Method: seed-chain-extend as in passim (Smith, Cordell and Mullen 2015), over hashed words.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inquit.records import Span
from inquit.stories.wording import Wording, shingles

SEED = 5
"""Words that a shared passage has in a row at least once; shorter runs are phrases of the language."""

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
    blocks = _extended(_seeds(first, second), first, second)
    passages = tuple(_chained(_disjoint(blocks)))
    words = sum(passage.words for passage in passages)
    return Aligned(passages, words, words / max(1, len(first)), words / max(1, len(second)))


def spans(aligned: Aligned, first: Wording) -> tuple[Span, ...]:
    """Characters of the passages in the first text."""
    return tuple(first.span(passage.begin, passage.end) for passage in aligned.passages)


def spans_there(aligned: Aligned, second: Wording) -> tuple[Span, ...]:
    """Characters of the passages in the second text."""
    return tuple(second.span(passage.there_begin, passage.there_end) for passage in aligned.passages)


def shared_words(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> tuple[int, int]:
    """Words of the first text in runs of `SEED` words that the second has as well, and the other way round.

    Both arguments are word hashes; quick, for deciding which pairs are worth aligning.
    """
    here, there = shingles(first, SEED), shingles(second, SEED)
    return _covered(np.isin(here, there)), _covered(np.isin(there, here))


def _covered(hits: NDArray[np.bool_]) -> int:
    """Words under the runs of `SEED` words that begin where `hits` is true."""
    at = np.flatnonzero(hits)
    if not len(at):
        return 0
    return int(np.minimum(np.diff(at), SEED).sum()) + SEED


def _seeds(first: Wording, second: Wording) -> list[tuple[int, int]]:
    """Positions in both texts of the same run of `SEED` words, in the order of the first."""
    places: dict[int, list[int]] = defaultdict(list)
    here, there = shingles(first.hashes, SEED), shingles(second.hashes, SEED)
    shared = np.isin(here, there)
    for position in np.flatnonzero(np.isin(there, here)).tolist():
        places[int(there[position])].append(position)
    seeds = []
    for position in np.flatnonzero(shared).tolist():
        found = places[int(here[position])]
        if len(found) <= _COMMONEST_SEED:
            seeds += [(position, other) for other in found]
    return seeds


def _extended(seeds: list[tuple[int, int]], first: Wording, second: Wording) -> list[tuple[int, int, int]]:
    """Runs of the same words `(begin, begin there, length)`, each as long as it can be, longest first."""
    blocks: list[tuple[int, int, int]] = []
    reached: dict[int, int] = {}
    one, other = first.hashes, second.hashes
    for here, there in seeds:
        diagonal = here - there
        if here < reached.get(diagonal, 0):
            continue
        begin, end = here, here + SEED
        while begin > 0 and begin > diagonal and one[begin - 1] == other[begin - 1 - diagonal]:
            begin -= 1
        while end < len(one) and end - diagonal < len(other) and one[end] == other[end - diagonal]:
            end += 1
        reached[diagonal] = end
        blocks.append((begin, begin - diagonal, end - begin))
    return sorted(blocks, key=lambda block: (-block[2], block[0], block[1]))


def _disjoint(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Blocks that overlap on neither side, long ones first, in the order of the first text."""
    kept: list[tuple[int, int, int]] = []
    used: set[int] = set()
    used_there: set[int] = set()
    for begin, there, length in blocks:
        mine = [i for i in range(length) if begin + i not in used and there + i not in used_there]
        run = _longest_run(mine)
        if len(run) < SEED:
            continue
        start, start_there = begin + run[0], there + run[0]
        used.update(range(start, start + len(run)))
        used_there.update(range(start_there, start_there + len(run)))
        kept.append((start, start_there, len(run)))
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
