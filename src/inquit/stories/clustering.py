"""Grouping by how alike pairs are, without a number of groups given."""

from math import log

import numpy as np
from numpy.typing import NDArray

_SUREST = 1e-4
"""Probability that a pair has at least; less is not told from it by so few examples."""


def clustered(same: NDArray[np.float64], least: float) -> list[list[int]]:
    """Positions grouped by weighted average linkage (WPGMA) of log-odds as long as two groups are `least` alike.

    `same` is symmetric, of probabilities; 0 keeps two positions apart as far as others do not join them.
    """
    size = len(same)
    groups = [[i] for i in range(size)]
    bounded = np.clip(same, _SUREST, 1 - _SUREST)
    likeness = np.log(bounded / (1 - bounded))
    np.fill_diagonal(likeness, -np.inf)
    lowest = log(least / (1 - least))
    while size:
        one, other = (int(i) for i in divmod(int(likeness.argmax()), size))
        if likeness[one, other] < lowest:
            break
        joined = (likeness[one] + likeness[other]) / 2
        joined[[one, other]] = -np.inf
        likeness[one] = likeness[:, one] = joined
        likeness[other] = likeness[:, other] = -np.inf
        groups[one] += groups[other]
        groups[other] = []
    return [sorted(members) for members in groups if members]
