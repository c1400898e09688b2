"""Gradient boosted trees for a yes or no, from rows of numbers: log loss, histograms, trees of equal depth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from inquit.sources.trees import Floats, Ints

DIGITS = 4


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees are grown: how many, how deep, how much each may say, and what holds them back.

    `rows` and `columns` are the shares that each tree sees, `prior` is added to the curvature of a leaf, which is at
    least `least`; `bins` are the classes into which a number is cut, each about as frequent.
    """

    number: int = 200
    depth: int = 3
    rate: float = 0.08
    prior: float = 5.0
    least: float = 3.0
    rows: float = 0.7
    columns: float = 0.4
    bins: int = 24
    seed: int = 0


def grown(rows: Floats, truth: Floats, names: tuple[str, ...], growth: Growth) -> dict[str, Any]:
    """Trees in their stored form; `truth` is 0 or 1 for each row."""
    chance = np.random.default_rng(growth.seed)
    edges = [_edges(rows[:, at], growth.bins) for at in range(rows.shape[1])]
    cells = np.stack([np.searchsorted(edge, rows[:, at], side="left") for at, edge in enumerate(edges)])
    share = float(truth.mean())
    bias = float(np.log(share / (1 - share)))
    scores = np.full(len(rows), bias)
    columns, bounds, leaves = [], [], []
    for _ in range(growth.number):
        expected = 1 / (1 + np.exp(-scores))
        slopes = np.stack([truth - expected, np.maximum(expected * (1 - expected), 1e-6)])
        seen = np.flatnonzero(chance.random(len(rows)) < growth.rows)
        asked = np.sort(chance.choice(len(edges), max(1, int(len(edges) * growth.columns)), replace=False))
        tree = _Tree(cells, edges, slopes, asked, growth)
        tree.grow(seen, 0)
        columns.append(tree.columns.tolist())
        bounds.append([round(float(bound), DIGITS) for bound in tree.bounds])
        leaves.append([round(float(leaf), DIGITS) for leaf in tree.leaves])
        scores += tree.leaves[tree.leaf_of()]
    return {"names": list(names), "bias": round(bias, DIGITS), "columns": columns, "bounds": bounds, "leaves": leaves}


def _edges(values: Floats, bins: int) -> Floats:
    """Bounds between the classes of a number; the least value, mostly 0, has a class of its own."""
    known = np.unique(values)
    if len(known) <= bins:
        return np.round((known[1:] + known[:-1]) / 2, DIGITS)
    above = values[values > known[0]]
    inner = np.quantile(above, np.linspace(0, 1, bins + 1)[1:-1])
    return np.unique(np.round(np.r_[(known[0] + known[1]) / 2, inner], DIGITS))


class _Tree:
    """One tree while it grows: nodes by levels from the root, where a node that is not split sends all to the left."""

    def __init__(
        self, cells: Ints, edges: list[Floats], slopes: Floats, asked: npt.NDArray[np.intp], growth: Growth
    ) -> None:
        self.cells, self.edges, self.slopes, self.asked, self.growth = cells, edges, slopes, asked, growth
        self.inner = 2**growth.depth - 1
        self.columns = np.zeros(self.inner, np.int64)
        self.bounds = np.full(self.inner, 1e9)
        self.splits = np.full(self.inner, 1 << 30)
        self.leaves = np.zeros(self.inner + 1)
        self.width = max(len(edge) for edge in edges) + 1
        self.offsets = (np.arange(len(asked)) * self.width)[:, None]

    def grow(self, lines: npt.NDArray[np.intp], node: int) -> None:
        """Split `lines` at `node` and below."""
        if node >= self.inner:
            slope, curve = self.slopes[:, lines].sum(axis=1)
            self.leaves[node - self.inner] = self.growth.rate * slope / (curve + self.growth.prior)
            return
        found = self._best(lines)
        if found is not None:
            column, cell = found
            self.columns[node], self.bounds[node] = column, self.edges[column][cell]
            self.splits[node] = cell
        right = self.cells[self.columns[node], lines] > self.splits[node]
        self.grow(lines[~right], 2 * node + 1)
        self.grow(lines[right], 2 * node + 2)

    def _best(self, lines: npt.NDArray[np.intp]) -> tuple[int, int] | None:
        """The number and class whose bound parts slopes best, `None` where nothing is gained."""
        slope, curve = self.slopes[:, lines].sum(axis=1)
        if curve < 2 * self.growth.least:
            return None
        cells = (self.cells[self.asked][:, lines] + self.offsets).ravel()
        size = len(self.asked) * self.width
        left, weight = (
            np.bincount(cells, np.tile(values[lines], len(self.asked)), minlength=size)
            .reshape(-1, self.width)
            .cumsum(axis=1)
            for values in self.slopes
        )
        prior, least = self.growth.prior, self.growth.least
        gain = left**2 / (weight + prior) + (slope - left) ** 2 / (curve - weight + prior) - slope**2 / (curve + prior)
        gain[(weight < least) | (curve - weight < least)] = -1.0
        at = int(gain.argmax())
        row, cell = divmod(at, self.width)
        return (int(self.asked[row]), cell) if gain[row, cell] > 1e-3 else None

    def leaf_of(self) -> Ints:
        """The leaf of every line, seen or not."""
        lines = np.arange(self.cells.shape[1])
        node = np.zeros(len(lines), np.int64)
        for _ in range(self.growth.depth):
            node = 2 * node + 1 + (self.cells[self.columns[node], lines] > self.splits[node])
        leaves: Ints = node - self.inner
        return leaves


def ensemble(rows: Floats, truth: Floats, names: tuple[str, ...], growth: Growth, seeds: int) -> dict[str, Any]:
    """Trees of several seeds in one, each saying its share: their mean is steadier than any of them."""
    made = [grown(rows, truth, names, replace(growth, seed=seed)) for seed in range(seeds)]
    together = {part: [tree for one in made for tree in one[part]] for part in ("columns", "bounds", "leaves")}
    leaves = [[round(leaf / seeds, DIGITS) for leaf in tree] for tree in together["leaves"]]
    return {**together, "leaves": leaves, "names": list(names), "bias": made[0]["bias"]}
