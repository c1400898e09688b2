"""The best assignment of rows to columns, with the ties broken as the published scorer breaks them.

Crouse 2016, "On implementing 2D rectangular assignment algorithms", the shortest augmenting path method, step for step
as SciPy's `linear_sum_assignment` runs it: the macro figures count pairs without any overlap, so which of several
best assignments is taken changes them. Written out here, since SciPy alone is larger than all of Inquit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf


@dataclass(slots=True)
class _State:
    """Costs to be minimised with the duals `u` and `v`, and the assignment so far."""

    cost: list[list[float]]
    u: list[float]
    v: list[float]
    path: list[int]
    column_of: list[int]
    row_of: list[int]


def assign(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column) with the highest sum of `scores`, one for each row or each column, in the order of rows."""
    rows, columns = len(scores), len(scores[0]) if scores else 0
    if not rows or not columns:
        return []
    turned = columns < rows
    if turned:
        cost = [[-scores[row][column] for row in range(rows)] for column in range(columns)]
    else:
        cost = [[-value for value in row] for row in scores]
    column_of = _solve(cost)
    if turned:
        return sorted((row, column) for column, row in enumerate(column_of))
    return list(enumerate(column_of))


def _solve(cost: list[list[float]]) -> list[int]:
    """The column of each row at the lowest total cost; at least as many columns as rows."""
    rows, columns = len(cost), len(cost[0])
    state = _State(cost, [0.0] * rows, [0.0] * columns, [-1] * columns, [-1] * rows, [-1] * columns)
    for row in range(rows):
        sink = _augment(state, row)
        while True:
            owner = state.path[sink]
            state.row_of[sink] = owner
            state.column_of[owner], sink = sink, state.column_of[owner]
            if owner == row:
                break
    return state.column_of


def _augment(state: _State, start: int) -> int:
    """The free column at the end of the shortest augmenting path from row `start`; updates the duals."""
    columns = len(state.v)
    shortest = [inf] * columns
    visited: list[int] = []
    closed: list[int] = []
    # In reverse order, so that a constant matrix is solved by the identity.
    remaining = list(range(columns - 1, -1, -1))
    row, lowest_cost, sink = start, 0.0, -1
    while sink == -1:
        visited.append(row)
        at, lowest = -1, inf
        costs, dual = state.cost[row], state.u[row]
        for place, column in enumerate(remaining):
            reduced = lowest_cost + costs[column] - dual - state.v[column]
            if reduced < shortest[column]:
                state.path[column] = row
                shortest[column] = reduced
            if shortest[column] < lowest or (shortest[column] == lowest and state.row_of[column] == -1):
                lowest, at = shortest[column], place
        lowest_cost = lowest
        column = remaining[at]
        closed.append(column)
        remaining[at] = remaining[-1]
        remaining.pop()
        if state.row_of[column] == -1:
            sink = column
        else:
            row = state.row_of[column]
    state.u[start] += lowest_cost
    for row in visited:
        if row != start:
            state.u[row] += lowest_cost - shortest[state.column_of[row]]
    for column in closed:
        state.v[column] -= lowest_cost - shortest[column]
    return sink
