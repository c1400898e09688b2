"""The assignment is the best one, with ties broken as SciPy breaks them."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.evaluation.assignment import assign

SCORES = st.sampled_from([0.0, 0.0, 0.0, 0.25, 0.5, 0.511, 1.0, 1.011])
MATRICES = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda size: st.lists(st.lists(SCORES, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], []),
        ([[]], []),
        ([[1.0]], [(0, 0)]),
        ([[0.9, 1.0], [0.0, 0.8]], [(0, 0), (1, 1)]),
        ([[0.0, 0.0], [0.0, 0.0]], [(0, 0), (1, 1)]),
        ([[0.2, 0.9, 0.1]], [(0, 1)]),
        ([[0.2], [0.9], [0.1]], [(1, 0)]),
    ],
)
def test_small_cases(scores: list[list[float]], expected: list[tuple[int, int]]) -> None:
    assert assign(scores) == expected


@given(MATRICES)
def test_no_other_assignment_is_better(scores: list[list[float]]) -> None:
    rows, columns = len(scores), len(scores[0])
    pairs = assign(scores)
    assert len(pairs) == min(rows, columns)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    turned = [list(row) for row in zip(*scores, strict=True)] if rows > columns else scores
    best = max(
        sum(turned[row][column] for row, column in enumerate(choice))
        for choice in permutations(range(len(turned[0])), len(turned))
    )
    assert sum(scores[row][column] for row, column in pairs) == pytest.approx(best)


@settings(deadline=None)  # the first example waits for the import of SciPy
@given(MATRICES)
def test_ties_are_broken_as_in_scipy(scores: list[list[float]]) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    rows, columns = optimize.linear_sum_assignment(scores, maximize=True)
    assert assign(scores) == list(zip(rows.tolist(), columns.tolist(), strict=True))
