"""Boosted decision trees: the sum of what many small trees say of a row of numbers. The trees are data.

`training/boosting.py` makes them. All trees have the same depth, so that rows go through all of them at once.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from inquit.languages import Language
from inquit.sources.weights import stored

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees of equal depth over named numbers.

    `columns` [trees, inner] are the numbers that are asked, `bounds` [trees, inner] the values above which a row goes
    right, both by levels from the root; `leaves` [trees, 2 ** depth] are log-odds, added to `bias`.
    """

    names: tuple[str, ...]
    bias: float
    columns: Ints
    bounds: Floats
    leaves: Floats

    def probabilities(self, rows: Floats) -> Floats:
        """Probability of each of `rows` [n, names]."""
        number, inner = self.columns.shape
        tree = np.arange(number)
        at = np.zeros((len(rows), number), np.int64)
        line = np.arange(len(rows))[:, None]
        for _ in range(self.leaves.shape[1].bit_length() - 1):
            right = rows[line, self.columns[tree, at]] > self.bounds[tree, at]
            at = 2 * at + 1 + right
        scores = self.bias + self.leaves[tree, at - inner].sum(axis=1)
        found: Floats = 1.0 / (1.0 + np.exp(-scores))
        return found


def trees_of(part: dict[str, Any]) -> Trees:
    """Trees from their stored form."""
    return Trees(
        names=tuple(part["names"]),
        bias=float(part["bias"]),
        columns=np.array(part["columns"], np.int64),
        bounds=np.array(part["bounds"], np.float64),
        leaves=np.array(part["leaves"], np.float64),
    )


@cache
def trees(language: Language, name: str) -> Trees | None:
    """The trees `name` of the language's weights, `None` where none were trained."""
    part = stored(language).get(name)
    return trees_of(part) if part is not None else None
