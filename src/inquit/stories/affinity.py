"""How much two statements of a story say the same: the features that the trained scorer weighs.

All features are symmetric. Coverage is asymmetric by nature, so the smaller and the larger one are features.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from inquit.languages import Language
from inquit.stories.statements import Part, Unit
from inquit.stories.terms import listed, parts

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
    covered, rare = _coverage(weights, alike), _coverage(weights * _rarity(weights, alike), alike)
    articles = [unit.article.id for unit in units for _ in unit.parts]
    by_words = [*_word_features(covered, rare, all_parts, weights), *_best_in_article(covered, rare, articles)]
    return Affinity(owners, np.stack([*by_words, *relations.features(owners)]))


def likeness_of_words(vocabulary: Sequence[str], language: Language) -> Matrix:
    """How alike the words of a vocabulary are, 0 to 1: same, compound and part, common begin."""
    positions = {word: i for i, word in enumerate(vocabulary)}
    alike = np.eye(len(vocabulary), dtype=np.float32)
    by_part: dict[str, list[int]] = {}

    def relate(one: int, other: int, value: float) -> None:
        alike[one, other] = alike[other, one] = max(alike[one, other], value)

    for i, word in enumerate(vocabulary):
        for part in parts(word, _Others(word, listed(language), positions), language):
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
    return alike


@dataclass(frozen=True, slots=True)
class _Others:
    """All known words but one; a set of them would be copied for each word."""

    but: str
    listed: Container[str]
    here: Container[str]

    def __contains__(self, word: object) -> bool:
        return word != self.but and (word in self.listed or word in self.here)


def _begin_alike(one: str, other: str) -> bool:
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= max(_SHORTEST_BEGIN, _BEGIN_SHARE * max(len(one), len(other)))


def _weights(all_parts: Sequence[Part], vocabulary: Sequence[str]) -> Matrix:
    positions = {word: i for i, word in enumerate(vocabulary)}
    weights = np.zeros((len(all_parts), len(vocabulary)), np.float32)
    for row, part in enumerate(all_parts):
        for word, value in zip(part.words, part.weights, strict=True):
            weights[row, positions[word]] = value
    return weights


def _rarity(weights: Matrix, alike: Matrix) -> Matrix:
    """How telling a word is among the statements of this story, 0 to 1."""
    having = ((weights > 0).astype(np.float32) @ alike >= 0.5).sum(axis=0)
    rarity: Matrix = (1 - np.log1p(having) / np.log1p(len(weights) + 1)).astype(np.float32)
    return rarity


def _coverage(weights: Matrix, alike: Matrix) -> Matrix:
    """`[i, j]`: share of the content of part j that part i has as well."""
    there = weights > 0
    none = np.zeros(alike.shape[1], np.float32)
    nearest = np.stack([alike[row].max(axis=0) if row.any() else none for row in there])
    total = weights.sum(axis=1)
    shares: Matrix = nearest @ weights.T / np.maximum(total, 1e-6)
    return shares


def _word_features(covered: Matrix, rare: Matrix, all_parts: Sequence[Part], weights: Matrix) -> list[Matrix]:
    low, high = np.minimum(covered, covered.T), np.maximum(covered, covered.T)
    rare_low, rare_high = np.minimum(rare, rare.T), np.maximum(rare, rare.T)
    content = np.minimum(weights.sum(axis=1)[:, None], weights.sum(axis=1)[None, :])
    numbers = [part.numbers for part in all_parts]
    shared = np.array([[bool(a & b) for b in numbers] for a in numbers], np.float32)
    both = np.array([[bool(a and b) for b in numbers] for a in numbers], np.float32)
    return [low, high, rare_low, rare_high, low * high, rare_low * rare_high, shared, both - shared,
            np.minimum(content, _MUCH) / _MUCH]  # fmt: skip


def _best_in_article(covered: Matrix, rare: Matrix, articles: Sequence[str]) -> list[Matrix]:
    """Whether both parts, or one of them, are what the other's article has that is most like them."""
    alike = covered + covered.T + rare + rare.T
    best = np.zeros(alike.shape, np.float32)
    names = np.array(articles)
    for article in dict.fromkeys(articles):
        there = np.flatnonzero(names == article)
        elsewhere = np.flatnonzero(names != article)
        if len(elsewhere):
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
