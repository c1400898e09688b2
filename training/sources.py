"""Makes the weights of the room of sources: `languages/de/source-weights.json`.

    python training/sources.py --out src/inquit/languages/de/source-weights.json TRAIN.jsonl...

The training files hold one gold ledger a line, the other file is the one that the room runs with.
`--folds N` prints cross-validated figures instead of writing. `opposition.py` has the models of disputes and supports,
which are made last; `--only disputes` makes only these anew, `--only stance` only the stance and the chance of a
denial that the models of disputes weigh.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from inquit.sources import trees, weights
from training.loglinear import (
    Labelled,
    classifier_accuracy,
    machine_of,
    ranker_accuracy,
    train_classifier,
    train_ranker,
)
from training.opposition import compared, models
from training.source_examples import Examples, examples_of, own_stance_examples, spread_examples, stance_examples

PRIOR = {
    "antecedent": 3.0,
    "kind": 1.0,
    "naming": 1.0,
    "stance": 8.0,
    "relay": 1.0,
    "inner": 1.0,
    "content": 1.0,
    "hedge": 1.0,
    "spread": 1.0,
}
"""Precision of the Gaussian prior on each model's weights.

Set by cross-validation over the training articles (`--folds 4`) for antecedent, kind, naming, relay, inner and hedge
and in six folds for stance, where of 4, 6 and 8 the last is the most likely and all are equally often right; chosen by
judgement for content and spread.
"""
CLASSIFIERS = ("kind", "naming", "stance", "relay", "inner", "content", "hedge")


def read(paths: list[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for path in paths for line in Path(path).read_text("utf-8").splitlines()]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("train", nargs="+")
    arguments.add_argument("--out")
    arguments.add_argument("--only")
    arguments.add_argument("--folds", type=int, default=0)
    given = arguments.parse_args()
    ledgers = read(given.train)
    if given.folds:
        cross_validate(ledgers, given.folds, given.only)
    if given.out:
        halves = [ledgers[::2], ledgers[1::2]]
        content = json.loads(Path(given.out).read_text("utf-8")) if given.only else trained(halves)
        if given.only != "disputes":
            content |= {"stance": stance_model(halves, own_stance_examples()), "denial": stance_model(halves)}
            write(content, given.out)
        if given.only != "stance":
            # Disputes are learned from articles read with all other models as they are now.
            machines = [machine_of(stance_model([half])) for half in reversed(halves)]
            write(content | models(compared(ledgers, machines)), given.out)


def stance_model(parts: list[list[dict[str, Any]]], own: Sequence[Labelled] = ()) -> dict[str, Any]:
    """The model of the stance, learned from gold articles and own ones; that of denials knows the gold ones alone."""
    rows = [row for part in parts for row in stance_examples(part)]
    return train_classifier([*rows, *own], PRIOR["stance"])


def write(content: dict[str, Any], path: str) -> None:
    """Write the models, and forget those that were read before."""
    Path(path).write_text(json.dumps(content, ensure_ascii=False, sort_keys=True, indent=0), "utf-8")
    for kept in (weights.stored, weights.ranker, weights.classifier, trees.trees):
        kept.cache_clear()


def trained(halves: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """All models but those of stance and disputes.

    The one that rests on another sees what that says of the other half.
    """
    parts = [examples_of(half) for half in halves]
    examples = Examples()
    for part in parts:
        examples += part
    for half, other in zip(halves, reversed(parts), strict=True):
        examples.spread += spread_examples(half, train_classifier(other.relay, PRIOR["relay"]))
    content: dict[str, Any] = {"antecedent": train_ranker(examples.antecedent, PRIOR["antecedent"])}
    for name in (*(name for name in CLASSIFIERS if name != "stance"), "spread"):
        content[name] = train_classifier(getattr(examples, name), PRIOR[name])
    return content


def own_rows(number: int, *, but: int) -> list[Labelled]:
    """The stances of all parts of the own articles but one."""
    return [row for part in range(number) if part != but for row in own_stance_examples(part, number)]


def cross_validate(ledgers: list[dict[str, Any]], number: int, only: str | None) -> None:
    folds = [examples_of(ledgers[i::number]) for i in range(number)]
    figures: dict[str, list[Any]] = {}
    for held in range(number):
        train = Examples(stance=own_rows(number, but=held))
        for i, fold in enumerate(folds):
            if i != held:
                train += fold
        if only in {None, "antecedent"}:
            weights = train_ranker(train.antecedent, PRIOR["antecedent"])
            accuracy = ranker_accuracy(folds[held].antecedent, weights)
            figures.setdefault("antecedent", []).append([accuracy, len(folds[held].antecedent)])
        for name in CLASSIFIERS:
            if only in {None, name}:
                model = train_classifier(getattr(train, name), PRIOR[name])
                figures.setdefault(name, []).append(classifier_accuracy(getattr(folds[held], name), model))
    for name, rows in figures.items():
        print(name, np.round(np.mean(rows, axis=0), 3))


if __name__ == "__main__":
    main()
