"""The weights by which two statements are judged to say the same: `languages/de/claim-weights.toml`.

    python -m training.claims DATA [--check]

A logistic regression over the features of `stories/affinity.py`, fitted on the gold claims of story sets 1 to 4 of
`stories/dev`. Sets 5 and 6 are never read. `--check` fits on three sets at a time, prints how well the fourth comes
out, and writes nothing.
"""

import json
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.stories import read_set
from inquit.languages import language
from inquit.stories.affinity import FEATURES, Affinity, affinity
from inquit.stories.copies import find_reuse
from inquit.stories.identity import identify
from inquit.stories.links import story_links
from inquit.stories.profiles import profile
from inquit.stories.relations import relations
from inquit.stories.sketches import sketch
from inquit.stories.statements import Unit, units

SETS = (1, 2, 3, 4)
PENALTY = 1.0
"""Ridge penalty of the weights; 0.3 to 3 make no difference above one point of average precision."""

TARGET = Path(__file__).parent.parent / "src/inquit/languages/de/claim-weights.toml"
HEAD = """\
# Weights of the scorer of pairs of statements (stories/affinity.py says what each feature is).
# Made by training/claims.py from story sets 1 to 4, which were written for this project (CC BY 4.0).
"""
Array = NDArray[np.float64]


@dataclass
class Pairs:
    """Features and truth of pairs of statements of one set of which one at least stands in a gold claim."""

    features: Array
    truth: Array


def load(folder: Path) -> tuple[list[Unit], Affinity]:
    german = language("de")
    ledgers = read_set(folder, gold=True)
    articles = [ledger.article for ledger in ledgers]
    profiles = {article.id: profile(article, german) for article in articles}
    links = story_links(ledgers, find_reuse(articles, [sketch(a) for a in articles]), profiles, german)
    statements = [unit for ledger in ledgers for unit in units(ledger, german)]
    return statements, affinity(statements, relations(statements, identify(ledgers, links, german), links), german)


def claims_of(folder: Path, statements: list[Unit]) -> list[set[int]]:
    """The gold claims of each statement, denials among them: a denial is about the same."""
    member: list[set[int]] = [set() for _ in statements]
    positions = {unit.key: i for i, unit in enumerate(statements)}
    for number, claim in enumerate(json.loads((folder / "gold.json").read_text("utf-8"))["claims"]):
        for one in (*claim["statements"], *claim["denied_by"]):
            member[positions[one["article"], one["quotation"]]].add(number)
    return member


def pairs(folder: Path) -> Pairs:
    """Each pair of statements by its best pair of parts; two denials say nothing of one another."""
    statements, found = load(folder)
    member = claims_of(folder, statements)
    overlap = found.values[FEATURES.index("product")] + found.values[FEATURES.index("product of rare")]
    parts = [np.flatnonzero(found.owners == i) for i in range(len(statements))]
    features, truth = [], []
    for i, j in combinations(range(len(statements)), 2):
        both_deny = statements[i].quotation.stance == statements[j].quotation.stance == "deny"
        if both_deny or not (member[i] or member[j]) or not len(parts[i]) or not len(parts[j]):
            continue
        block = overlap[np.ix_(parts[i], parts[j])]
        row, column = np.unravel_index(int(block.argmax()), block.shape)
        features.append(found.values[:, parts[i][row], parts[j][column]])
        truth.append(bool(member[i] & member[j]))
    return Pairs(np.array(features, float), np.array(truth, float))


def fit(sets: list[Pairs]) -> Array:
    """Weights and, last, the bias: Newton's method, ridge penalty on the weights alone."""
    inputs = np.vstack([np.hstack([one.features, np.ones((len(one.features), 1))]) for one in sets])
    truth = np.concatenate([one.truth for one in sets])
    penalty = np.append(np.full(inputs.shape[1] - 1, PENALTY), 1e-6)
    weights = np.zeros(inputs.shape[1])
    for _ in range(30):
        guess = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (guess - truth) + penalty * weights
        curve = (inputs * (guess * (1 - guess))[:, None]).T @ inputs + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    return weights


def average_precision(scores: Array, truth: Array) -> float:
    hits = truth[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits == 1].mean())


def main(data: Path, *, check: bool) -> None:
    folders = [next(data.glob(f"stories/dev/s{number}-*")) for number in SETS]
    sets = [pairs(folder) for folder in folders]
    if check:
        for number, one in enumerate(sets):
            weights = fit([other for other in sets if other is not one])
            print(folders[number].name, round(average_precision(one.features @ weights[:-1], one.truth), 3))
        return
    weights = fit(sets)
    lines = [f'"{name}" = {value:.3f}' for name, value in zip(FEATURES, weights, strict=False)]
    TARGET.write_text(HEAD + f"bias = {weights[-1]:.3f}\n\n[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), check="--check" in sys.argv)
