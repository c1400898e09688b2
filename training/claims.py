"""The weights by which statements are brought to claims: `languages/de/claim-weights.toml`.

    python -m training.claims DATA [--check]

Logistic regressions: two statements say the `same`, one is a `denial` of what the other says (both over the features
of `stories/affinity.py`), and a statement is `denying` what another says (`stories/denials.py`). They are fitted on
story sets 1 to 4 of `stories/dev` and on those of `training/stories`, each with its gold ledgers and with those that
Inquit reads, so that what the reader gets wrong is learned as well; `denial` also on the pairs of `inquit-articles` in
which one quotation disputes another, with the ledger's own relations hidden. Sets 5 and 6 are never read.
`--check` fits without one set at a time, prints how well that one comes out, and writes nothing.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.stories import gold_ledger, read_set, spans
from inquit.languages import language
from inquit.records import Article, Ledger, Span
from inquit.stories.affinity import FEATURES, Affinity, affinity
from inquit.stories.copies import find_reuse
from inquit.stories.denials import DENIAL_FEATURES, denial_features
from inquit.stories.identity import Identity, identify
from inquit.stories.links import story_links
from inquit.stories.profiles import profile
from inquit.stories.relations import relations
from inquit.stories.sketches import sketch
from inquit.stories.statements import Unit, units
from training import own_stories

SETS = (1, 2, 3, 4)
PENALTY = 1.0
"""Ridge penalty of the weights; 0.3 to 3 make no difference above one point of average precision."""

OVERLAP = 0.5
"""Overlap (F1 of characters) from which on a quotation that was read is that of the gold."""

TARGET = Path(__file__).parent.parent / "src/inquit/languages/de/claim-weights.toml"
HEAD = """\
# Weights by which statements are brought to claims (stories/affinity.py and stories/denials.py name the features).
# Made by training/claims.py from stories that were written for this project (CC BY 4.0).
"""
Array = NDArray[np.float64]
Weights = dict[str, dict[str, float]]


@dataclass
class Read:
    """The statements of one story with their features; which gold claims each of them makes and denies."""

    units: list[Unit]
    found: Affinity
    identity: Identity
    makes: list[set[str]]
    denies: list[set[str]]


@dataclass
class Examples:
    """Features and truth."""

    features: Array
    truth: Array


Lessons = dict[str, Examples]
"""The examples for each model, by its name."""


def load(ledgers: Sequence[Ledger], claims: list[dict[str, Any]]) -> Read:
    """A story as it was read, against its gold claims."""
    german = language("de")
    articles = [ledger.article for ledger in ledgers]
    profiles = {article.id: profile(article, german) for article in articles}
    links = story_links(ledgers, find_reuse(articles, [sketch(a) for a in articles]), profiles, german)
    statements = [unit for ledger in ledgers for unit in units(ledger, german)]
    identity = identify(ledgers, links, german)
    found = affinity(statements, relations(statements, identity, links), german)
    makes, denies = (sides(statements, claims, side) for side in ("statements", "denied_by"))
    return Read(statements, found, identity, makes, denies)


def sides(statements: list[Unit], claims: list[dict[str, Any]], side: str) -> list[set[str]]:
    """For each statement the gold claims that it makes, or denies."""
    member: list[set[str]] = [set() for _ in statements]
    for claim in claims:
        for one in claim[side]:
            overlaps = [
                overlap(one["quote"], unit.quotation.quote) if unit.article.id == one["article"] else 0.0
                for unit in statements
            ]
            best = int(np.argmax(overlaps)) if overlaps else 0
            if overlaps and overlaps[best] >= OVERLAP:
                member[best].add(claim["id"])
    return member


def overlap(one: Sequence[Sequence[int]], other: Sequence[Span]) -> float:
    """F1 of the characters of two quotes."""
    both = sum(max(0, min(e, end) - max(b, begin)) for b, e in one for begin, end in other)
    return 2 * both / max(1, sum(e - b for b, e in one) + sum(end - begin for begin, end in other))


def pair_examples(read: Read, *, denial: bool) -> Examples:
    """Pairs of statements of which one at least stands in a gold claim: two that make it, or one that denies it."""

    def truth(i: int, j: int) -> bool | None:
        if not denial:
            if read.denies[i] or read.denies[j] or not (read.makes[i] or read.makes[j]):
                return None
            return bool(read.makes[i] & read.makes[j])
        if bool(read.denies[i]) == bool(read.denies[j]):
            return None
        denier, other = (i, j) if read.denies[i] else (j, i)
        return bool(read.denies[denier] & read.makes[other])

    return gather(read.units, read.found, truth)


def gather(statements: list[Unit], found: Affinity, truth: Callable[[int, int], bool | None]) -> Examples:
    """Features of the best pair of parts of each pair of statements for which there is a truth."""
    overlaps = found.values[FEATURES.index("product")] + found.values[FEATURES.index("product of rare")]
    parts = [np.flatnonzero(found.owners == i) for i in range(len(statements))]
    rows, answers = [], []
    for i, j in combinations(range(len(statements)), 2):
        answer = truth(i, j) if len(parts[i]) and len(parts[j]) else None
        if answer is not None:
            block = overlaps[np.ix_(parts[i], parts[j])]
            row, column = np.unravel_index(int(block.argmax()), block.shape)
            rows.append(found.values[:, parts[i][row], parts[j][column]])
            answers.append(answer)
    return Examples(np.array(rows, float).reshape(-1, len(FEATURES)), np.array(answers, float))


def denying_examples(read: Read) -> Examples:
    """Each statement: whether it denies a claim; those that deny something else are left out."""
    features = denial_features(read.units, read.found, read.identity, language("de"))
    truth = np.array([bool(claims) for claims in read.denies], float)
    known = np.array([unit.quotation.stance != "deny" for unit in read.units]) | (truth > 0)
    known |= np.array([bool(claims) for claims in read.makes])
    return Examples(features[known], truth[known])


def disputes(path: Path) -> Examples:
    """Denials of single articles with each other statement; true where the ledger says that they dispute it."""
    found = together([pairs_of_article(json.loads(line)) for line in path.open(encoding="utf-8")])
    found.features[:, [FEATURES.index("disputes"), FEATURES.index("supports")]] = 0
    return found


def pairs_of_article(raw: dict[str, Any]) -> Examples:
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


def together(examples: Sequence[Examples]) -> Examples:
    """All examples as one."""
    return Examples(np.vstack([one.features for one in examples]), np.concatenate([one.truth for one in examples]))


def fit(examples: Examples) -> Array:
    """Weights and, last, the bias: Newton's method, ridge penalty on the weights alone."""
    inputs = np.hstack([examples.features, np.ones((len(examples.features), 1))])
    penalty = np.append(np.full(inputs.shape[1] - 1, PENALTY), 1e-6)
    weights = np.zeros(inputs.shape[1])
    for _ in range(30):
        guess = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (guess - examples.truth) + penalty * weights
        curve = (inputs * (guess * (1 - guess))[:, None]).T @ inputs + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    return weights


def lessons(read: Read) -> Lessons:
    """What each model learns from a story."""
    return {
        "same": pair_examples(read, denial=False),
        "denial": pair_examples(read, denial=True),
        "denying": denying_examples(read),
    }


def fitted(stories: Sequence[Lessons], single: Examples) -> Weights:
    """The weights of all models, from stories and from the disputes of single articles."""
    weights = {}
    for model, names in (("same", FEATURES), ("denial", FEATURES), ("denying", DENIAL_FEATURES)):
        examples = [one[model] for one in stories]
        values = fit(together([*examples, single] if model == "denial" else examples))
        weights[model] = dict(zip((*names, "bias"), values.tolist(), strict=True))
    return weights


def folders(data: Path, out: Path) -> list[Path]:
    """Story sets 1 to 4, and those of `training/stories`, written below `out`."""
    own = [own_stories.write(story, out) for story in sorted(own_stories.FOLDER.glob("*.txt"))]
    return [*(next(data.glob(f"stories/dev/s{number}-*")) for number in SETS), *own]


def read_both(folder: Path) -> list[Lessons]:
    """A set by its gold ledgers and by those that Inquit reads."""
    claims = json.loads((folder / "gold.json").read_text("utf-8"))["claims"]
    return [lessons(load(read_set(folder, gold=gold), claims)) for gold in (True, False)]


def average_precision(scores: Array, truth: Array) -> float:
    hits = truth[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits == 1].mean()) if hits.any() else 0.0


def check(names: list[str], sets: list[list[Lessons]], single: Examples) -> None:
    """Print the average precision of each model on each set, fitted without it."""
    for name, mine in zip(names, sets, strict=True):
        weights = fitted([one for other in sets if other is not mine for one in other], single)
        for kind, one in zip(("gold", "read"), mine, strict=True):
            figures = {
                model: round(average_precision(e.features @ np.array(list(weights[model].values()))[:-1], e.truth), 3)
                for model, e in one.items()
            }
            print(f"{name:26}", kind, figures)


def main(data: Path, *, checking: bool) -> None:
    with tempfile.TemporaryDirectory() as out:
        known = folders(data, Path(out))
        sets = [read_both(folder) for folder in known]
    single = disputes(data / "inquit-articles/train.jsonl")
    if checking:
        check([folder.name for folder in known], sets, single)
        return
    weights = fitted([one for both in sets for one in both], single)
    TARGET.write_text(HEAD + "".join(section(name, values) for name, values in weights.items()), encoding="utf-8")


def section(name: str, weights: dict[str, float]) -> str:
    lines = [f'"{feature}" = {value:.3f}' for feature, value in weights.items()]
    return f"\n[{name}]\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), checking="--check" in sys.argv)
