"""The fingerprints of an article's wording: small, storable, and enough to find the articles it shares text with.

Method: winnowing (Schleimer, Wilkerson and Aiken 2003). Any `SEED + WINDOW - 1` words in a row that two articles
share give them a fingerprint in common.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquit.records import Article
from inquit.stories.times import place
from inquit.stories.wording import SEED, shingles, within, words_of_all

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
    return sketch_all([article])[0]


def sketch_all(articles: Sequence[Article]) -> list[Sketch]:
    """The sketches of many articles, in less time than one by one."""
    texts = words_of_all((article.text, article.furniture) for article in articles)
    prints = [one for words in texts for one in _fingerprints(words.hashes, words.cuts)]
    return [
        Sketch(article.id, one, article.outlet, article.published)
        for article, one in zip(articles, prints, strict=True)
    ]


def fingerprints(hashes: Prints) -> Prints:
    """The smallest of each `WINDOW` neighbouring hashes of `SEED` words, ascending, without repeats."""
    return _fingerprints(hashes, np.array([0, len(hashes)]))[0]


def _fingerprints(hashes: Prints, cuts: Numbers) -> list[Prints]:
    """The same of several texts, the words of which stand one after the other."""
    sizes = np.diff(cuts)
    runs, owners = shingles(hashes, SEED), np.repeat(np.arange(len(sizes)), sizes)
    smallest, of = _smallest(runs), owners[: max(0, len(runs) - WINDOW + 1)]
    within_one = of == owners[WINDOW + SEED - 2 :]
    smallest, of = smallest[within_one], of[within_one]
    changes = np.ones(len(of), np.bool_)
    changes[1:] = (smallest[1:] != smallest[:-1]) | (of[1:] != of[:-1])
    smallest, bounds = smallest[changes], np.searchsorted(of[changes], np.arange(len(sizes) + 1)).tolist()
    found: list[Prints] = []
    for first, size, (begin, end) in zip(cuts.tolist(), sizes.tolist(), pairwise(bounds), strict=False):
        if size < WINDOW + SEED - 1:
            found.append(runs[first : first + 1].copy() if size >= SEED else np.empty(0, np.uint64))
        else:
            found.append(_distinct(smallest[begin:end]))
    return found


def _smallest(runs: Prints) -> Prints:
    """The smallest of each `WINDOW` neighbours."""
    if len(runs) < WINDOW:
        return np.empty(0, np.uint64)
    pairs = np.minimum(runs[1:], runs[:-1])
    fours = np.minimum(pairs[2:], pairs[:-2])
    return np.minimum(fours[: len(pairs) - WINDOW + 2], pairs[WINDOW - 2 :])


def _distinct(prints: Prints) -> Prints:
    """Values ascending, without repeats; numpy's own way takes three times as long for so few."""
    ordered = prints.copy()
    ordered.sort()
    new = ordered[1:] != ordered[:-1]
    return ordered if new.all() else ordered[np.concatenate([[True], new])]


@dataclass(frozen=True, slots=True)
class Postings:
    """Who has the fingerprints that several of some sketches have.

    `prints` ascend, and within each `owners`, which are positions in `order`; that has positions of the sketches in
    the order of time. `sizes` and `outlets` (0 where none is known) are those of the sketches in that order.
    """

    prints: Prints
    owners: Numbers
    order: Numbers
    sizes: Numbers
    outlets: Numbers


def postings(sketches: Sequence[Sketch]) -> Postings:
    """The fingerprints that several of some sketches have."""
    places = [place(one.published, one.id) for one in sketches]
    order = sorted(range(len(sketches)), key=places.__getitem__)
    sizes = np.array([len(sketches[i].fingerprints) for i in order], np.int64)
    numbers: dict[str | None, int] = {None: 0}
    outlets = np.array([numbers.setdefault(sketches[i].outlet, len(numbers)) for i in order], np.int64)
    prints = np.concatenate([np.empty(0, np.uint64), *(sketches[i].fingerprints for i in order)])
    by_print = prints.argsort()
    prints = prints[by_print]
    repeated = np.zeros(len(prints), np.bool_)
    np.equal(prints[1:], prints[:-1], out=repeated[1:])
    repeated[:-1] |= repeated[1:]
    prints, total = prints[repeated], len(prints)
    _, counts = _groups(prints)
    # Within a fingerprint the order of time: what sorts is quick, and keeps no order of its own.
    before = np.repeat(np.arange(len(counts)) * total, counts)
    owned = np.sort(before + by_print[repeated]) - before
    owners = np.repeat(np.arange(len(sizes)), sizes)[owned]
    return Postings(prints, owners, np.array(order, np.int64), sizes, outlets)


def boilerplate(sketches: Sequence[Sketch], known: Postings | None = None) -> Prints:
    """The fingerprints of text that an outlet prints under many of its articles, ascending.

    `known` are the `postings` of the sketches.
    """
    of = postings(sketches) if known is None else known
    starts, sizes = _groups(of.prints)
    often = np.repeat(sizes >= SERIAL, sizes)
    prints, owners = of.prints[often], of.owners[often]
    if not len(prints):
        return prints
    outlets, group = of.outlets[owners], np.repeat(np.arange(len(starts)), sizes)[often]
    _, keys, counts = np.unique(group * (outlets.max() + 1) + outlets, return_inverse=True, return_counts=True)
    repeats = np.where(outlets == 0, 0, counts[keys])
    serial = repeats >= SERIAL
    mostly = mostly_serial(np.bincount(owners, serial, len(of.sizes)), of.sizes)
    flagged = (serial & ~mostly[owners]) | (repeats >= ALWAYS_BOILERPLATE)
    return np.unique(prints[flagged])


def _groups(ascending: NDArray[Any]) -> tuple[Numbers, Numbers]:
    """Where each of ascending values begins, and how often it stands there."""
    new = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    starts = np.flatnonzero(new)
    return starts, np.diff(starts, append=len(ascending))


def mostly_serial(serial: NDArray[Any], size: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether an article has little but what several of its outlet have: then they are versions of one article.

    Its fingerprints are boilerplate only where another article shows that they are.
    """
    return serial > size / 2


def candidates(
    sketches: Sequence[Sketch], standing: Prints | None = None, known: Postings | None = None
) -> list[tuple[int, int]]:
    """Pairs of positions `(earlier, later)` in `sketches` that are worth aligning, in the order of time.

    `standing` are the fingerprints that `boilerplate` finds; they lead nowhere. `known` are the `postings` of the
    sketches. The order in which the sketches are given makes no difference. Time grows as n log n: fingerprints are
    sorted, and each leads to few articles.
    """
    of = postings(sketches) if known is None else known
    starts, sizes = _groups(of.prints)
    leads = ~within(of.prints[starts], boilerplate(sketches, of) if standing is None else standing)
    keep = np.repeat(leads, sizes)
    pairs = shared_fingerprints(of.prints[keep], of.owners[keep], least=FEWEST_SHARED)
    found = of.order[pairs[worth_comparing(pairs, of.sizes), :2]]
    return [(one, other) for one, other in found.tolist()]


def worth_comparing(pairs: Numbers, sizes: Numbers) -> NDArray[np.bool_]:
    """Which rows of `shared_fingerprints` share enough; `sizes` are those of the whole sketches by number."""
    smaller = np.minimum(sizes[pairs[:, 0]], sizes[pairs[:, 1]])
    enough: NDArray[np.bool_] = (pairs[:, 2] >= FEWEST_SHARED) & (pairs[:, 2] >= LEAST_SHARED * smaller)
    return enough


def shared_fingerprints(prints: Prints, owners: Numbers, *, least: int = 1) -> Numbers:
    """Rows `(earlier, later, fingerprints that lead from the later one to the earlier one)`, ascending.

    `prints` ascend, and `owners` within each: numbers of articles in the order of time. Pairs that share fewer than
    `least` are left out.
    """
    starts, sizes = _groups(prints)
    if not len(prints) or sizes.max() < 2:
        return np.empty((0, 3), np.int64)
    rank = np.arange(len(prints)) - np.repeat(starts, sizes)
    total = int(owners.max()) + 1
    late = rank > NEXT_ONES
    keys = np.empty(int(np.minimum(rank, NEXT_ONES).sum() + late.sum()), np.int64)
    at = int(late.sum())
    keys[:at] = owners[np.repeat(starts, sizes)[late]] * total + owners[late]
    later = np.flatnonzero(rank >= 1)
    for step in range(1, NEXT_ONES + 1):
        later = later[rank[later] >= step]
        keys[at : at + len(later)] = owners[later - step] * total + owners[later]
        at += len(later)
    keys.sort()
    # A pair that stands there so often stands in two places so far from each other.
    keys = keys[least - 1 :][keys[least - 1 :] == keys[: len(keys) - least + 1]]
    starts, counts = _groups(keys)
    keys = keys[starts]
    return np.stack([keys // total, keys % total, counts + least - 1], axis=1)


def displaced(prints: Prints, owners: Numbers, changed: NDArray[np.bool_]) -> Numbers:
    """Articles to which a fingerprint leads otherwise because articles have come or gone, ascending.

    `prints` and `owners` are as in `shared_fingerprints`, of all articles that have any fingerprint of a `changed`
    one, which stands among them; `changed` is by number.
    """
    if not len(prints):
        return np.empty(0, np.int64)
    starts, sizes = _groups(prints)
    rank = np.arange(len(prints)) - np.repeat(starts, sizes)
    late = np.flatnonzero(rank > NEXT_ONES)
    hit = changed[owners[np.repeat(starts, sizes)][late]]
    for step in range(1, NEXT_ONES + 1):
        hit |= changed[owners[late - step]]
    found: Numbers = np.unique(owners[late[hit]])
    return found
