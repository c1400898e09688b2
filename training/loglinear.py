"""Log-linear models from named features: classifiers and rankers, by L-BFGS under a Gaussian prior."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from inquit.sources.weights import Classifier

RAREST = 3
"""Training examples in which a feature must occur to get a weight."""
DIGITS = 3
LEAST = 0.05
"""Weights that are smaller than this for every label are left out."""
GENERAL, GENERAL_SCALE = "~", 2.5
"""Features with this sign are classes of a lexicon: they count as so many, so that the prior holds them back less."""
MOST_STEPS = 60
"""Steps of L-BFGS, at most."""

Candidates = tuple[list[list[str]], list[bool]]
"""Features of each candidate, and which of them are right."""
Labelled = tuple[list[str], str]
"""Features and label."""


def machine_of(model: dict[str, Any]) -> Classifier:
    """The classifier that the room runs, from a trained model."""
    return Classifier(tuple(model["labels"]), tuple(model["bias"]), {k: tuple(v) for k, v in model["weights"].items()})


def train_classifier(examples: list[Labelled], prior: float) -> dict[str, Any]:
    """Multinomial logistic regression by L-BFGS; the bias is not held back by the prior."""
    counts = Counter(f for row, _ in examples for f in row)
    names = sorted(f for f, n in counts.items() if n >= RAREST)
    labels = sorted({label for _, label in examples})
    matrix = design(examples, names)
    truth = np.zeros((len(examples), len(labels)))
    truth[np.arange(len(examples)), [labels.index(label) for _, label in examples]] = 1

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(len(names) + 1, len(labels))
        scores = matrix @ weights
        scores -= scores.max(axis=1, keepdims=True)
        total = np.exp(scores).sum(axis=1, keepdims=True)
        held = np.vstack([weights[:-1], np.zeros((1, len(labels)))])
        value = -(truth * (scores - np.log(total))).sum() + prior * (held * held).sum() / 2
        return value, (matrix.T @ (np.exp(scores) / total - truth) + prior * held).ravel()

    start = np.zeros((len(names) + 1) * len(labels))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS}).x
    weights = found.reshape(len(names) + 1, len(labels))
    weights[:-1] *= np.array([[GENERAL_SCALE if GENERAL in f else 1.0] for f in names])
    kept = {
        name: [round(float(w), DIGITS) for w in row]
        for name, row in zip(names, weights[:-1], strict=True)
        if np.abs(row).max() >= LEAST
    }
    return {"labels": labels, "bias": [round(float(w), DIGITS) for w in weights[-1]], "weights": kept}


def design(examples: list[Labelled], names: list[str]) -> sparse.csr_matrix:
    """One row an example, one column a feature, and a last column of ones."""
    column = {f: i for i, f in enumerate(names)}
    scale = [GENERAL_SCALE if GENERAL in f else 1.0 for f in names] + [1.0]
    rows, columns = [], []
    for i, (row, _) in enumerate(examples):
        found = [column[f] for f in row if f in column] + [len(names)]
        rows += [i] * len(found)
        columns += found
    values = np.array(scale)[columns]
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(examples), len(names) + 1))


def classifier_accuracy(examples: list[Labelled], model: dict[str, Any]) -> tuple[float, float]:
    """Accuracy, and recall over the labels that are not the most frequent one."""
    common = Counter(label for _, label in examples).most_common(1)[0][0]
    machine = machine_of(model)
    hits = [(label, machine.best(row)[0] == label) for row, label in examples]
    rare = [hit for label, hit in hits if label != common]
    return sum(hit for _, hit in hits) / len(hits), sum(rare) / max(1, len(rare))


def train_ranker(examples: list[tuple[list[list[str]], list[bool]]], prior: float) -> dict[str, float]:
    """Weights that make the right candidates most probable, by L-BFGS on the softmax over candidates."""
    counts = Counter(f for rows, _ in examples for f in {f for row in rows for f in row})
    names = sorted(f for f, n in counts.items() if n >= RAREST)
    column = {f: i for i, f in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    starts: list[int] = [0]
    right: list[bool] = []
    for candidates, marks in examples:
        for row, mark in zip(candidates, marks, strict=True):
            for feature in row:
                if feature in column:
                    rows.append(len(right))
                    columns.append(column[feature])
            right.append(mark)
        starts.append(len(right))
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(right), len(names)))
    truth, first = np.array(right, dtype=float), np.array(starts[:-1])
    group = np.repeat(np.arange(len(examples)), np.diff(starts))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        top = np.maximum.reduceat(scores, first)[group]
        values = np.exp(scores - top)
        total = np.add.reduceat(values, first)
        good = np.add.reduceat(values * truth, first)
        gradient = values / total[group] - values * truth / np.maximum(good, 1e-12)[group]
        value = -np.log(np.maximum(good, 1e-12) / total).sum() + prior * (weights @ weights) / 2
        return value, matrix.T @ gradient + prior * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS}).x
    return {f: round(float(w), DIGITS) for f, w in zip(names, found, strict=True) if abs(w) >= 10**-DIGITS}


def ranker_accuracy(examples: list[tuple[list[list[str]], list[bool]]], weights: dict[str, float]) -> float:
    hits = 0
    for rows, right in examples:
        scores = [sum(weights.get(f, 0.0) for f in row) for row in rows]
        hits += right[int(np.argmax(scores))]
    return hits / len(examples)
