"""The weights by which two statements are judged to say the same: `languages/de/claim-weights.toml`.

    python -m training.claims DATA [--check]

Two logistic regressions over the features of `stories/affinity.py`: two statements say the same (fitted on the gold
claims of story sets 1 to 4 of `stories/dev`), and one denies what the other says (the same, and the pairs of
`inquit-articles` in which one quotation disputes another, with the ledger's own relations hidden). Sets 5 and 6 are
never read. `--check` fits on three sets at a time, prints how well the fourth comes out, and writes nothing.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.stories import gold_ledger, read_set, spans
from inquit.languages import language
from inquit.records import Article
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
    """Features and truth of pairs of statements of one set of which one at least stands in a gold claim.

    `denial` is where one of the two denies and the other does not.
    """

    features: Array
    truth: Array
    denial: NDArray[np.bool_]


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
    """Each pair of statements of which one at least stands in a gold claim; two denials say nothing of one another."""
    statements, found = load(folder)
    member = claims_of(folder, statements)

    def truth(i: int, j: int) -> bool | None:
        both_deny = statements[i].quotation.stance == statements[j].quotation.stance == "deny"
        return None if both_deny or not (member[i] or member[j]) else bool(member[i] & member[j])

    return gather(statements, found, truth)


def gather(statements: list[Unit], found: Affinity, truth: Callable[[int, int], bool | None]) -> Pairs:
    """Features of the best pair of parts of each pair of statements for which there is a truth."""
    overlap = found.values[FEATURES.index("product")] + found.values[FEATURES.index("product of rare")]
    parts = [np.flatnonzero(found.owners == i) for i in range(len(statements))]
    rows, answers = [], []
    for i, j in combinations(range(len(statements)), 2):
        answer = truth(i, j) if len(parts[i]) and len(parts[j]) else None
        if answer is not None:
            block = overlap[np.ix_(parts[i], parts[j])]
            row, column = np.unravel_index(int(block.argmax()), block.shape)
            rows.append(found.values[:, parts[i][row], parts[j][column]])
            answers.append(answer)
    features = np.array(rows, float).reshape(-1, len(FEATURES))
    return Pairs(features, np.array(answers, float), features[:, FEATURES.index("denied by one")] > 0)


def disputes(path: Path) -> Pairs:
    """Denials of single articles with each other statement; true where the ledger says that they dispute it."""
    every = [pairs_of_article(json.loads(line)) for line in path.open(encoding="utf-8")]
    features = np.vstack([one.features for one in every])
    features[:, [FEATURES.index("disputes"), FEATURES.index("supports")]] = 0
    return Pairs(features, np.concatenate([one.truth for one in every]), np.concatenate([one.denial for one in every]))


def pairs_of_article(raw: dict[str, Any]) -> Pairs:
    german = language("de")
    for quotation in raw["quotations"]:
        quotation.setdefault("nested", False)
    text, furniture = raw["article"]["text"], spans(raw["article"].get("furniture", ()))
    ledger = gold_ledger(Article(id="one", origin="one", text=text, furniture=furniture), raw)
    statements = units(ledger, german)

    def truth(i: int, j: int) -> bool | None:
        one, other = statements[i].quotation, statements[j].quotation
        denials = [quotation for quotation in (one, other) if quotation.stance == "deny" and quotation.disputes]
        if len(denials) != 1 or one.stance == other.stance:
            return None
        return other.id in one.disputes or one.id in other.disputes

    found = affinity(statements, relations(statements, identify([ledger], [], german), []), german)
    return gather(statements, found, truth)


def fit_same(sets: list[Pairs]) -> Array:
    """Weights and, last, the bias of two statements that say the same."""
    return fit(np.vstack([s.features[~s.denial] for s in sets]), np.concatenate([s.truth[~s.denial] for s in sets]))


def fit_denial(sets: list[Pairs]) -> Array:
    """Weights and, last, the bias of a denial and a statement that it denies."""
    return fit(np.vstack([s.features[s.denial] for s in sets]), np.concatenate([s.truth[s.denial] for s in sets]))


MODELS: dict[str, Callable[[list[Pairs]], Array]] = {"same": fit_same, "denial": fit_denial}


def fit(features: Array, truth: Array) -> Array:
    """Weights and, last, the bias: Newton's method, ridge penalty on the weights alone."""
    inputs = np.hstack([features, np.ones((len(features), 1))])
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
    single = disputes(data / "inquit-articles/train.jsonl")
    if check:
        for folder, one in zip(folders, sets, strict=True):
            for name, kind in (("same", ~one.denial), ("denial", one.denial)):
                weights = MODELS[name]([*(other for other in sets if other is not one), single])
                scores = one.features[kind] @ weights[:-1]
                print(folder.name, name, round(average_precision(scores, one.truth[kind]), 3))
        return
    TARGET.write_text(
        HEAD + "".join(section(name, model([*sets, single])) for name, model in MODELS.items()), encoding="utf-8"
    )


def section(name: str, weights: Array) -> str:
    lines = [f'"{feature}" = {value:.3f}' for feature, value in zip((*FEATURES, "bias"), weights, strict=True)]
    return f"\n[{name}]\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), check="--check" in sys.argv)
