"""From scores to quotations: no two cross, one reading of each, roles where the scores are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inquit.quotations import candidates
from inquit.quotations.candidates import DIRECT
from inquit.quotations.decode import select
from inquit.records import TYPES

INDIRECT = TYPES.index("Indirect")
Row = tuple[int, int, int, float]


def chosen(*rows: Row) -> list[tuple[int, int, int]]:
    """(First, last, type) of what is kept of rows of (first, last, type, probability)."""
    first, last = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    probabilities = np.zeros((len(rows), 1 + len(TYPES)), np.float32)
    for i, (_, _, kind, chance) in enumerate(rows):
        probabilities[i, 1 + kind], probabilities[i, 0] = chance, 1 - chance
    return sorted((int(first[i]), int(last[i]), kind) for i, kind, _ in select(first, last, probabilities))


def test_of_two_readings_the_likelier_is_kept() -> None:
    assert chosen((2, 9, INDIRECT, 0.6), (2, 10, INDIRECT, 0.4)) == [(2, 9, INDIRECT)]


def test_near_readings_support_each_other() -> None:
    assert chosen((2, 11, INDIRECT, 0.35), (2, 10, INDIRECT, 0.3), (2, 12, INDIRECT, 0.3)) == [(2, 11, INDIRECT)]
    assert chosen((2, 11, INDIRECT, 0.3)) == []


def test_crossing_quotations_are_never_kept_together() -> None:
    assert chosen((0, 6, INDIRECT, 0.9), (4, 12, INDIRECT, 0.8)) == [(0, 6, INDIRECT)]


def test_words_in_marks_stand_inside_an_indirect_quotation() -> None:
    assert chosen((0, 9, INDIRECT, 0.9), (3, 9, DIRECT, 0.9)) == [(0, 9, INDIRECT), (3, 9, DIRECT)]


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 4), st.floats(0, 1, width=32)),
        min_size=1,
        max_size=25,
    )
)
def test_what_is_kept_is_nested_or_apart(rows: list[Row]) -> None:
    kept = chosen(*((min(a, b), max(a, b), kind, chance) for a, b, kind, chance in rows))
    for a, b, _ in kept:
        for c, d, _ in kept:
            assert b < c or d < a or (a <= c and d <= b) or (c <= a and b <= d)


def test_candidates_are_linear_in_the_text() -> None:
    often = np.ones(5000, np.float32)
    first, last = candidates.spans(often, often)
    assert len(first) <= 5000 * candidates.ENDS
    assert (last >= first).all()
    assert (last - first < candidates.LONGEST).all()
