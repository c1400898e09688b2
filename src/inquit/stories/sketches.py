"""The fingerprints of an article's wording: small, storable, and enough to find the articles it shares text with.

Method: winnowing (Schleimer, Wilkerson and Aiken 2003). Any `SEED + WINDOW - 1` words in a row that two articles
share give them a fingerprint in common.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inquit.records import Article
from inquit.stories.alignment import SEED
from inquit.stories.wording import shingles, within, word_hashes

WINDOW = 6
"""Runs of words of which one is kept: a shared passage of 10 words is found, at two fingerprints in seven words."""

COMMONEST = 24
"""Articles in which a fingerprint leads from each to every other; beyond, only to the first and the next ones."""

NEXT_ONES = 4
"""Following articles (in the order of time) that a commoner fingerprint still leads to."""

SERIAL = 4
"""Articles of one outlet from which on a fingerprint may be boilerplate of the outlet's pages."""

ALWAYS_BOILERPLATE = 20
"""Articles of one outlet from which on a fingerprint is boilerplate, whatever else they share."""

FEWEST_SHARED, LEAST_SHARED = 3, 0.1
"""Fingerprints that two articles share before they are compared: this many, and this share of the smaller sketch.
Set on articles of the text collection with planted copies (`benchmarks/copies.py`)."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """Fingerprints (uint64, ascending, without repeats) of the article `id` of `outlet`, published at `published`."""

    id: str
    fingerprints: NDArray[np.uint64]
    outlet: str | None = None
    published: str | None = None


def sketch(article: Article) -> Sketch:
    """The sketch of an article, furniture left out; depends on nothing but the article."""
    prints = fingerprints(word_hashes(article.text, article.furniture))
    return Sketch(article.id, prints, article.outlet, article.published)


def fingerprints(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The smallest of each `WINDOW` neighbouring hashes of `SEED` words, ascending, without repeats."""
    mixed = shingles(hashes, SEED)
    count = len(mixed) - WINDOW + 1
    if count <= 1:
        return np.unique(mixed[:1] if len(mixed) < WINDOW and len(mixed) else mixed)
    smallest = mixed[:count].copy()
    for offset in range(1, WINDOW):
        np.minimum(smallest, mixed[offset : offset + count], out=smallest)
    return np.unique(smallest)


def boilerplate(sketches: Sequence[Sketch]) -> NDArray[np.uint64]:
    """The fingerprints of text that an outlet prints under many of its articles, ascending."""
    prints, owners = _postings(sketches)
    return _standing(prints, owners, sketches)


def candidates(sketches: Sequence[Sketch], standing: NDArray[np.uint64] | None = None) -> list[tuple[int, int]]:
    """Pairs of positions `(earlier, later)` in `sketches` that are worth aligning, in order.

    `standing` are the fingerprints that `boilerplate` finds; they lead nowhere. Time grows as n log n: fingerprints
    are sorted, and one that many articles share leads to few of them.
    """
    prints, owners = _postings(sketches)
    if standing is None:
        standing = _standing(prints, owners, sketches)
    keep = ~within(prints, standing)
    prints, owners = prints[keep], owners[keep]
    sizes = np.bincount(owners, minlength=len(sketches))
    pairs, shared = _counted_pairs(prints, owners, len(sketches))
    earlier, later = pairs // len(sketches), pairs % len(sketches)
    enough = (shared >= FEWEST_SHARED) & (shared >= LEAST_SHARED * np.minimum(sizes[earlier], sizes[later]))
    return list(zip(earlier[enough].tolist(), later[enough].tolist(), strict=True))


def _postings(sketches: Sequence[Sketch]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """All fingerprints ascending, and the position of the article that each is from, ascending within one print."""
    sizes = [len(one.fingerprints) for one in sketches]
    if not sum(sizes):
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    prints = np.concatenate([one.fingerprints for one in sketches])
    owners = np.repeat(np.arange(len(sketches), dtype=np.int64), sizes)
    order = np.argsort(prints, kind="stable")
    return prints[order], owners[order]


def _standing(prints: NDArray[np.uint64], owners: NDArray[np.int64], sketches: Sequence[Sketch]) -> NDArray[np.uint64]:
    """Fingerprints that stand in several articles of one outlet.

    Those of an article that has little else are not boilerplate: then they are versions of one article.
    """
    if not len(prints):
        return prints
    numbers: dict[str | None, int] = {None: 0}
    outlets = np.array([numbers.setdefault(one.outlet, len(numbers)) for one in sketches], np.int64)[owners]
    order = np.lexsort((outlets, prints))
    changes = (np.diff(prints[order]) != 0) | (np.diff(outlets[order]) != 0)
    group = np.concatenate([[0], np.cumsum(changes)])
    repeats = np.empty(len(prints), np.int64)
    repeats[order] = np.bincount(group)[group]
    repeats[outlets == 0] = 0
    serial = repeats >= SERIAL
    mostly = np.bincount(owners, serial, len(sketches)) > np.bincount(owners, minlength=len(sketches)) / 2
    flagged = (serial & ~mostly[owners]) | (repeats >= ALWAYS_BOILERPLATE)
    return np.unique(prints[flagged])


def _counted_pairs(
    prints: NDArray[np.uint64], owners: NDArray[np.int64], total: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of articles that share fingerprints, as `earlier * total + later`, and how many they share."""
    if not len(prints):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    starts = np.flatnonzero(np.concatenate([[True], np.diff(prints) != 0]))
    sizes = np.diff(np.concatenate([starts, [len(prints)]]))
    rank = np.arange(len(prints)) - np.repeat(starts, sizes)
    size = np.repeat(sizes, sizes)
    found = [_steps(owners, rank, size, step, total) for step in range(1, COMMONEST)]
    late = (size > COMMONEST) & (rank > NEXT_ONES)
    first = owners[np.repeat(starts, sizes)]
    found.append(first[late] * total + owners[late])
    return _tallied(np.concatenate(found))


def _steps(
    owners: NDArray[np.int64], rank: NDArray[np.int64], size: NDArray[np.int64], step: int, total: int
) -> NDArray[np.int64]:
    """The pairs of each posting with the one `step` places before it under the same fingerprint."""
    reach = rank >= step
    if step > NEXT_ONES:
        reach &= size <= COMMONEST
    later = np.flatnonzero(reach)
    return owners[later - step] * total + owners[later]


def _tallied(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    values, counts = np.unique(keys, return_counts=True)
    return values, counts
