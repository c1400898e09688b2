"""How much two statements of a story say the same: the features that the trained scorer weighs.

All features are symmetric. Coverage is asymmetric by nature, so the smaller and the larger one are features.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np
from numpy.typing import NDArray

from inquit.languages import Language
from inquit.stories.statements import Part, Unit
from inquit.stories.terms import parts_among

FEATURES = (
    "smaller coverage",
    "larger coverage",
    "smaller coverage by words rare in the story",
    "larger coverage by words rare in the story",
    "product",
    "product of rare",
    "numbers shared",
    "numbers differ",
    "content of the shorter",
    "each the other's best in its article",
    "one the other's best in its article",
    "same article",
    "same source",
    "through the other's outlet",
    "through one outlet",
    "supports",
    "share of one that the other takes up in it",
    "disputes",
    "neighbours of one source",
    "takes up its neighbour",
    "one confirms",
    "one negates",
    "denied by one",
    "both open their article",
    "one opens its article",
)

PART_OF_COMPOUND, SHARED_PART, COMMON_BEGIN = 0.8, 0.5, 0.6
"""Likeness of a compound and its part, of two compounds with a part in common, and of two words that begin alike."""

_SHORTEST_BEGIN, _BEGIN_SHARE = 5, 0.65
"""Letters that words with a common begin share at least, and their share of the longer word."""

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Affinity:
    """Features of all pairs of parts: `values[feature, i, j]`; `owners[i]` is the position of the unit of part i."""

    owners: NDArray[np.int64]
    values: Matrix


def affinity(units: Sequence[Unit], relations: "Relations", language: Language) -> Affinity:
    """The features of every pair of parts of `units`; `relations` between units are given by the caller."""
    all_parts = [part for unit in units for part in unit.parts]
    owners = np.array([position for position, unit in enumerate(units) for _ in unit.parts], np.int64)
    if not all_parts:
        return Affinity(owners, np.zeros((len(FEATURES), 0, 0), np.float32))
    vocabulary = sorted({word for part in all_parts for word in part.words})
    alike = likeness_of_words(vocabulary, language)
    weights = _weights(all_parts, vocabulary)
    nearest = _nearest(weights > 0, alike)
    covered, rare = _coverage(weights, nearest), _coverage(weights * _rarity(weights, alike), nearest)
    articles = [unit.article.id for unit in units for _ in unit.parts]
    by_words = [*_word_features(covered, rare, all_parts, weights), *_best_in_article(covered, rare, articles)]
    return Affinity(owners, np.stack([*by_words, *relations.features(owners)]))


def likeness_of_words(vocabulary: Sequence[str], language: Language) -> Matrix:
    """How alike the words of a vocabulary, ascending, are, 0 to 1: same, compound and part, common begin."""
    positions = {word: i for i, word in enumerate(vocabulary)}
    here = set(vocabulary)
    found: dict[tuple[int, int], float] = {}
    by_part: dict[str, list[int]] = {}

    def relate(one: int, other: int, value: float) -> None:
        if one != other:
            pair = (one, other) if one < other else (other, one)
            found[pair] = max(found.get(pair, 0.0), value)

    for i, word in enumerate(vocabulary):
        for part in parts_among(word, here, language):
            if part in positions:
                relate(i, positions[part], PART_OF_COMPOUND)
            for other in by_part.setdefault(part, []):
                relate(i, other, SHARED_PART)
            by_part[part].append(i)
    for one, other in pairwise(range(len(vocabulary))):
        end = other
        while end < len(vocabulary) and _begin_alike(vocabulary[one], vocabulary[end]):
            relate(one, end, COMMON_BEGIN)
            end += 1
    alike = np.eye(len(vocabulary), dtype=np.float32)
    if found:
        ones, others = np.array(list(found), np.int64).T
        alike[ones, others] = alike[others, ones] = list(found.values())
    return alike


def _begin_alike(one: str, other: str) -> bool:
    least = max(_SHORTEST_BEGIN, ceil(_BEGIN_SHARE * max(len(one), len(other))))
    return one[:least] == other[:least] and len(one) >= least <= len(other)


def _weights(all_parts: Sequence[Part], vocabulary: Sequence[str]) -> Matrix:
    positions = {word: i for i, word in enumerate(vocabulary)}
    weights = np.zeros((len(all_parts), len(vocabulary)), np.float32)
    rows = np.repeat(np.arange(len(all_parts)), [len(part.words) for part in all_parts])
    columns = [positions[word] for part in all_parts for word in part.words]
    weights[rows, columns] = [value for part in all_parts for value in part.weights]
    return weights


def _nearest(there: NDArray[np.bool_], alike: Matrix) -> Matrix:
    """`[i, k]`: how alike word k is to the word of part i that is most like it."""
    rows, columns = np.nonzero(there)
    nearest = np.zeros((len(there), len(alike)), np.float32)
    if len(rows):
        filled, starts = np.unique(rows, return_index=True)
        nearest[filled] = np.maximum.reduceat(alike[columns], starts, axis=0)
    return nearest


def _rarity(weights: Matrix, alike: Matrix) -> Matrix:
    """How telling a word is among the statements of this story, 0 to 1."""
    having = ((weights > 0).astype(np.float32) @ alike >= 0.5).sum(axis=0)
    rarity: Matrix = (1 - np.log1p(having) / np.log1p(len(weights) + 1)).astype(np.float32)
    return rarity


def _coverage(weights: Matrix, nearest: Matrix) -> Matrix:
    """`[i, j]`: share of the content of part j that part i has as well."""
    total = weights.sum(axis=1)
    shares: Matrix = nearest @ weights.T / np.maximum(total, 1e-6)
    return shares


def _word_features(covered: Matrix, rare: Matrix, all_parts: Sequence[Part], weights: Matrix) -> list[Matrix]:
    low, high = np.minimum(covered, covered.T), np.maximum(covered, covered.T)
    rare_low, rare_high = np.minimum(rare, rare.T), np.maximum(rare, rare.T)
    total = weights.sum(axis=1)
    content = np.minimum(total[:, None], total[None, :])
    shared, both = _numbers(all_parts)
    return [low, high, rare_low, rare_high, low * high, rare_low * rare_high, shared, both - shared,
            np.minimum(content, _MUCH) / _MUCH]  # fmt: skip


def _numbers(all_parts: Sequence[Part]) -> tuple[Matrix, Matrix]:
    """Whether two parts have a number in common, and whether both have any."""
    rows = [row for row, part in enumerate(all_parts) for _ in part.numbers]
    columns: dict[str, int] = {}
    places = [columns.setdefault(number, len(columns)) for part in all_parts for number in part.numbers]
    having = np.zeros((len(all_parts), len(columns)), np.float32)
    having[rows, places] = 1.0
    some = np.array([bool(part.numbers) for part in all_parts], bool)
    return (having @ having.T > 0).astype(np.float32), (some[:, None] & some[None, :]).astype(np.float32)


def _best_in_article(covered: Matrix, rare: Matrix, articles: Sequence[str]) -> list[Matrix]:
    """Whether both parts, or one of them, are what the other's article has that is most like them."""
    alike = covered + covered.T + rare + rare.T
    best = np.zeros(alike.shape, np.float32)
    different = dict.fromkeys(articles)
    names = np.array([*map({name: i for i, name in enumerate(different)}.__getitem__, articles)])
    for article in range(len(different)) if len(different) > 1 else ():
        there, elsewhere = np.flatnonzero(names == article), np.flatnonzero(names != article)
        block = alike[np.ix_(elsewhere, there)]
        best[np.ix_(elsewhere, there)] = (block >= block.max(axis=1, keepdims=True) - 1e-6) & (block > 0)
    return [np.minimum(best, best.T), np.maximum(best, best.T)]


_MUCH = 20.0
"""Content (weight of the words) from which on a part has enough to be compared by: about four telling words."""


@dataclass(frozen=True, slots=True)
class Relations:
    """What holds between units, as matrices `[i, j]` of values from 0 to 1 in the order of `FEATURES`."""

    matrices: tuple[Matrix, ...]

    def features(self, owners: NDArray[np.int64]) -> list[Matrix]:
        """The same between their parts."""
        return [matrix[np.ix_(owners, owners)] for matrix in self.matrices]
