"""Log-linear models over named features: the weights are data, the sum is all there is to it.

`training/sources.py` makes the weights; a feature without a weight counts nothing.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat

from inquit.languages import Language


@dataclass(frozen=True, slots=True)
class Ranker:
    """One weight a feature; the score of a candidate is the sum over its features."""

    weights: dict[str, float]

    def score(self, features: Iterable[str]) -> float:
        """Sum of the weights."""
        return sum(map(self.weights.get, features, repeat(0.0)))


@dataclass(frozen=True, slots=True)
class Classifier:
    """One row of weights a feature, one column a label; `bias` is the row that always counts."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]
    odds: dict[str, float] = field(init=False, default_factory=dict)
    """Of two labels, by how much a feature speaks for the second: one sum instead of two."""

    def __post_init__(self) -> None:
        if len(self.labels) == 2:
            self.odds.update({feature: second - first for feature, (first, second) in self.weights.items()})

    def scores(self, features: Iterable[str]) -> list[float]:
        """Log-odds of each label; of two, the first one's is 0."""
        if len(self.labels) == 2:
            return [0.0, sum(map(self.odds.get, features, repeat(0.0)), self.bias[1] - self.bias[0])]
        rows = filter(None, map(self.weights.get, features))
        return [sum(column) for column in zip(self.bias, *rows, strict=True)]

    def probabilities(self, features: Iterable[str]) -> list[float]:
        """Probability of each label, in the order of `labels`."""
        return softmax(self.scores(features))

    def best(self, features: Sequence[str]) -> tuple[str, float]:
        """The most probable label and its probability."""
        values = self.probabilities(features)
        at = max(range(len(values)), key=values.__getitem__)
        return self.labels[at], values[at]


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores to probabilities."""
    top = max(scores)
    values = [math.exp(score - top) for score in scores]
    total = sum(values)
    return [value / total for value in values]


@cache
def ranker(language: Language, name: str) -> Ranker:
    """The ranker `name` of the language's weights; without weights where none were trained."""
    return Ranker(stored(language).get(name, {}))


@cache
def classifier(language: Language, name: str) -> Classifier | None:
    """The classifier `name` of the language's weights, `None` where none was trained."""
    part = stored(language).get(name)
    if part is None:
        return None
    weights = {feature: tuple(row) for feature, row in part["weights"].items()}
    return Classifier(tuple(part["labels"]), tuple(part["bias"]), weights)


@cache
def stored(language: Language) -> dict[str, dict]:  # type: ignore[type-arg]
    """All models of a language as they are stored, by name; none where none were trained."""
    path = language.folder() / "source-weights.json"
    content: dict[str, dict] = json.loads(path.read_text("utf-8")) if path.is_file() else {}  # type: ignore[type-arg]
    return content
