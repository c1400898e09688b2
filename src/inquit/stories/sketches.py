"""The fingerprints of an article's wording: small, storable, and enough to find the articles it shares text with.

Method: winnowing (Schleimer, Wilkerson and Aiken 2003). Any `SEED + WINDOW - 1` words in a row that two articles
share give them a fingerprint in common.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquit.records import Article
from inquit.stories.alignment import SEED
from inquit.stories.times import place
from inquit.stories.wording import shingles, within, word_hashes

WINDOW = 6
"""Runs of words of which one is kept: a shared passage of 10 words is found, at two fingerprints in seven words.
`fingerprints` takes the smallest of six as that of four and of two."""

NEXT_ONES = 16
"""Articles before it, in the order of time, to which a fingerprint leads from an article, and to the first of all.
A report that a hundred outlets carry would lead from each to each; all it takes are some fellows and the first one."""

SERIAL = 4
"""Articles of one outlet from which on a fingerprint may be boilerplate of the outlet's pages."""

ALWAYS_BOILERPLATE = 20
"""Articles of one outlet from which on a fingerprint is boilerplate, whatever else they share."""

FEWEST_SHARED, LEAST_SHARED = 3, 0.1
"""Fingerprints that two articles share before they are compared: this many, and this share of the smaller sketch.
Set on articles of the text collection with planted copies (`benchmarks/copies.py`)."""

Prints = NDArray[np.uint64]
Numbers = NDArray[np.int64]


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
    if len(mixed) < WINDOW:
        return mixed[:1]
    pairs = np.minimum(mixed[1:], mixed[:-1])
    fours = np.minimum(pairs[2:], pairs[:-2])
    return _distinct(np.minimum(fours[: len(pairs) - WINDOW + 2], pairs[WINDOW - 2 :]))


def _distinct(prints: Prints) -> Prints:
    """Values ascending, without repeats; numpy's own way takes three times as long for so few."""
    ordered = np.sort(prints)
    new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def boilerplate(sketches: Sequence[Sketch]) -> Prints:
    """The fingerprints of text that an outlet prints under many of its articles, ascending."""
    prints, owners = _postings(sketches)
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
    mostly = mostly_serial(np.bincount(owners, serial, len(sketches)), np.bincount(owners, minlength=len(sketches)))
    flagged = (serial & ~mostly[owners]) | (repeats >= ALWAYS_BOILERPLATE)
    return np.unique(prints[flagged])


def mostly_serial(serial: NDArray[Any], size: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether an article has little but what several of its outlet have: then they are versions of one article.

    Its fingerprints are boilerplate only where another article shows that they are.
    """
    return serial > size / 2


def candidates(sketches: Sequence[Sketch], standing: Prints | None = None) -> list[tuple[int, int]]:
    """Pairs of positions `(earlier, later)` in `sketches` that are worth aligning, in the order of time.

    `standing` are the fingerprints that `boilerplate` finds; they lead nowhere. The order in which the sketches are
    given makes no difference. Time grows as n log n: fingerprints are sorted, and each leads to few articles.
    """
    order = sorted(range(len(sketches)), key=lambda i: place(sketches[i].published, sketches[i].id))
    prints, owners = _postings([sketches[i] for i in order])
    keep = ~within(prints, boilerplate(sketches) if standing is None else standing)
    pairs = shared_fingerprints(prints[keep], owners[keep])
    sizes = np.array([len(sketches[i].fingerprints) for i in order], np.int64)
    enough = worth_comparing(pairs, sizes)
    return [(order[one], order[other]) for one, other in pairs[enough, :2].tolist()]


def worth_comparing(pairs: Numbers, sizes: Numbers) -> NDArray[np.bool_]:
    """Which rows of `shared_fingerprints` share enough; `sizes` are those of the whole sketches by number."""
    smaller = np.minimum(sizes[pairs[:, 0]], sizes[pairs[:, 1]])
    enough: NDArray[np.bool_] = (pairs[:, 2] >= FEWEST_SHARED) & (pairs[:, 2] >= LEAST_SHARED * smaller)
    return enough


def shared_fingerprints(prints: Prints, owners: Numbers) -> Numbers:
    """Rows `(earlier, later, fingerprints that lead from the later one to the earlier one)`, ascending.

    `prints` ascend, and `owners` within each: numbers of articles in the order of time.
    """
    repeated = np.zeros(len(prints), np.bool_)
    repeated[1:] = prints[1:] == prints[:-1]
    repeated[:-1] |= repeated[1:]
    prints, owners = prints[repeated], owners[repeated]
    if not len(prints):
        return np.empty((0, 3), np.int64)
    starts = np.flatnonzero(np.concatenate([[True], np.diff(prints) != 0]))
    sizes = np.diff(np.concatenate([starts, [len(prints)]]))
    rank = np.arange(len(prints)) - np.repeat(starts, sizes)
    first = owners[np.repeat(starts, sizes)]
    total = int(owners.max()) + 1
    late = rank > NEXT_ONES
    found = [first[late] * total + owners[late]]
    for step in range(1, min(NEXT_ONES, int(sizes.max()) - 1) + 1):
        later = np.flatnonzero(rank >= step)
        found.append(owners[later - step] * total + owners[later])
    keys, counts = np.unique(np.concatenate(found), return_counts=True)
    return np.stack([keys // total, keys % total, counts], axis=1)


def displaced(prints: Prints, owners: Numbers, changed: NDArray[np.bool_]) -> Numbers:
    """Articles to which a fingerprint leads otherwise because articles have come or gone, ascending.

    `prints` and `owners` are as in `shared_fingerprints`, of all articles that have any fingerprint of a `changed`
    one, which stands among them; `changed` is by number.
    """
    if not len(prints):
        return np.empty(0, np.int64)
    starts = np.flatnonzero(np.concatenate([[True], np.diff(prints) != 0]))
    sizes = np.diff(np.concatenate([starts, [len(prints)]]))
    rank = np.arange(len(prints)) - np.repeat(starts, sizes)
    late = np.flatnonzero(rank > NEXT_ONES)
    hit = changed[owners[np.repeat(starts, sizes)][late]]
    for step in range(1, NEXT_ONES + 1):
        hit |= changed[owners[late - step]]
    found: Numbers = np.unique(owners[late[hit]])
    return found


def _postings(sketches: Sequence[Sketch]) -> tuple[Prints, Numbers]:
    """All fingerprints ascending, and the position of the article that each is from, ascending within one print."""
    sizes = [len(one.fingerprints) for one in sketches]
    if not sum(sizes):
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    prints = np.concatenate([one.fingerprints for one in sketches])
    owners = np.repeat(np.arange(len(sketches), dtype=np.int64), sizes)
    order = np.argsort(prints, kind="stable")
    return prints[order], owners[order]
