"""Whether `confidence` means what it says: how often quotations are right that are about equally sure."""

from collections.abc import Sequence

from inquit.evaluation.figures import Bin, Calibration

BINS = 10
"""Bins of equal width between 0 and 1, as is usual for the expected calibration error (Guo et al. 2017)."""


def calibration(answers: Sequence[tuple[float, bool]]) -> Calibration:
    """Expected calibration error of pairs (confidence, whether it was right)."""
    filled: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in answers:
        filled[min(BINS - 1, max(0, int(confidence * BINS)))].append((confidence, right))
    bins = tuple(
        Bin(len(one), sum(c for c, _ in one) / len(one), sum(right for _, right in one) / len(one))
        for one in filled
        if one
    )
    error = sum(one.count * abs(one.confidence - one.right) for one in bins) / len(answers) if answers else 0.0
    return Calibration(error, bins)
