"""Makes the weights of the room of sources: `languages/de/source-weights.json`.

    python training/sources.py --out src/inquit/languages/de/source-weights.json TRAIN.jsonl...

The training files hold one gold ledger a line. `--folds N` prints cross-validated figures instead of writing.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from chains import stripped

from inquit.languages import language
from inquit.records import Quotation, Source, Span
from inquit.sources import disputes, hedges, naming, parts, stance
from inquit.sources.chains import Decisions
from inquit.sources.entities import Entity
from inquit.sources.reading import Reading, reading
from inquit.sources.relays import Candidate
from inquit.sources.weights import Classifier

GERMAN = language("de")
PRIOR = {
    "antecedent": 1.0,
    "kind": 1.0,
    "naming": 1.0,
    "stance": 2.0,
    "relay": 1.0,
    "inner": 1.0,
    "content": 1.0,
    "hedge": 1.0,
    "dispute": 1.0,
    "support": 1.0,
    "spread": 1.0,
}
"""Precision of the Gaussian prior on each model's weights.

Set by four-fold cross-validation over the training articles (`--folds 4`) for antecedent, kind, naming, stance, relay,
inner, hedge and dispute; chosen by judgement for content, support and spread.
"""
RAREST = 3
"""Training examples in which a feature must occur to get a weight."""
DIGITS = 3
LEAST = 0.05
"""Weights that are smaller than this for every label are left out."""
GENERAL, GENERAL_SCALE = "~", 2.5
"""Features with this sign are classes of a lexicon: they count as so many, so that the prior holds them back less."""
MOST_STEPS = 60
"""Steps of L-BFGS, at most."""
CLASSIFIERS = ("kind", "naming", "stance", "relay", "inner", "content", "hedge")

ARTICLES = {
    "der",
    "die",
    "das",
    "des",
    "dem",
    "den",
    "ein",
    "eine",
    "einer",
    "eines",
    "einem",
    "einen",
    "herr",
    "frau",
    "dr",
    "prof",
    "seine",
    "ihre",
    "seiner",
    "ihrer",
    "sein",
    "ihr",
}


def words(name: str) -> list[str]:
    found = [w for w in re.findall(r"[\w&]+", name.casefold().replace("ß", "ss")) if w not in ARTICLES]
    return [re.sub(r"(es|en|er|em|s|n|e)$", "", w) if len(w) > 4 else w for w in found]


def same(one: str, two: str) -> bool:
    """Whether two names mean the same: equal without articles and endings, or one the end of the other."""
    a, b = words(one), words(two)
    if not a or not b:
        return a == b
    short, long = sorted((a, b), key=len)
    return long[-len(short) :] == short or (len(short) >= 2 and set(short) <= set(long))


Candidates = tuple[list[list[str]], list[bool]]
Labelled = tuple[list[str], str]


class Oracle:
    """Chooses as the gold chain says, and keeps each choice as a training example."""

    def __init__(self) -> None:
        self.gold: dict[str, Any] = {}
        self.examples: list[tuple[list[list[str]], list[bool]]] = []
        self.relays: list[Labelled] = []
        self.inner: list[Labelled] = []
        self.content: list[Labelled] = []

    def choose_outlet(self, rows: list[list[str]], new: list[str], entities: list[Entity]) -> int | None:
        """A medium without a name: the medium of the gold chain, else the nearest one with a name."""
        names = [link["name"] for link in self.gold["chain"] if link["kind"] == "outlet"]
        right = [any(same(entity.name, name) for name in names) for entity in entities]
        if names:
            self.examples.append(([*rows, new], [*right, not any(right)]))
            return right.index(True) if any(right) else None
        return next((i for i, entity in enumerate(entities) if entity.kind == "outlet" and entity.named), None)

    def decide(self, candidates: list[Candidate]) -> list[bool]:
        names = [link["name"] for link in self.gold["chain"][:-1]]
        right = [any(same(name, c.link.entity.name) for name in names) for c in candidates]
        self.relays += [(c.features, "relay" if mark else "no") for c, mark in zip(candidates, right, strict=True)]
        return right

    def decide_inner(self, features: list[str], last: str) -> bool:
        chain = self.gold["chain"]
        right = bool(chain) and same(chain[-1]["name"], last)
        self.inner.append((features, "again" if right else "no"))
        return right

    def decide_content(self, features: list[str], name: str) -> bool:
        chain = self.gold["chain"]
        right = bool(chain) and same(chain[-1]["name"], name)
        self.content.append((features, "again" if right else "no"))
        return right

    def target(self) -> str | None:
        chain, speaker = self.gold["chain"], self.gold["speaker"]
        for link in chain:
            if any(b <= link["mention"][0] and link["mention"][1] <= e for b, e in speaker):
                return link["name"]
        return chain[-1]["name"] if chain else None

    def choose(self, rows: list[list[str]], new: list[str] | None, entities: list[Entity]) -> int | None:
        if rows[0][0].startswith("outlet|") and new is not None:
            return self.choose_outlet(rows, new, entities)
        name = self.target()
        right = [name is not None and same(entity.name, name) for entity in entities]
        found = right.index(True) if any(right) else None
        if found is None and new is None:
            return None
        if new is not None:
            self.examples.append(([*rows, new], [*right, found is None]))
        else:
            self.examples.append((rows, right))
        return found


class Examples:
    """Training examples of every model."""

    def __init__(self) -> None:
        self.antecedent: list[Candidates] = []
        self.kind: list[Labelled] = []
        self.naming: list[Labelled] = []
        self.stance: list[Labelled] = []
        self.relay: list[Labelled] = []
        self.inner: list[Labelled] = []
        self.content: list[Labelled] = []
        self.hedge: list[Labelled] = []
        self.dispute: list[Labelled] = []
        self.support: list[Labelled] = []
        self.spread: list[Labelled] = []

    def __iadd__(self, other: Examples) -> Examples:
        for name, rows in vars(other).items():
            getattr(self, name).extend(rows)
        return self


def examples_of(ledgers: list[dict[str, Any]]) -> Examples:
    found = Examples()
    for gold in ledgers:
        article, quotations = stripped(gold)
        if not quotations:
            continue
        by_id = {q["id"]: q for q in gold["quotations"]}
        oracle = Oracle()

        def before(quotation: Quotation, oracle: Oracle = oracle, by_id: dict[int, Any] = by_id) -> None:
            oracle.gold = by_id[quotation.id]

        choices = Decisions(oracle.choose, oracle.decide, oracle.decide_inner, oracle.decide_content, lambda *_: False)
        text, chains = parts.chains(article, quotations, GERMAN, decisions=choices, before=before)
        found.antecedent += oracle.examples
        found.relay += oracle.relays
        found.inner += oracle.inner
        found.content += oracle.content
        for quotation in quotations:
            links = by_id[quotation.id]["chain"]
            for link in chains[quotation.id].links:
                right = next((x for x in links if same(x["name"], link.entity.name)), None)
                if right is not None:
                    row = naming.features(text, link.entity)
                    found.kind.append((row, right["kind"]))
                    found.naming.append((row, right["naming"]))
            marked = [tuple(span) for span in by_id[quotation.id]["hedges"]]
            for span, row in hedges.candidates(text, quotation, GERMAN):
                right = any(b < span.end and span.begin < e for b, e in marked)
                found.hedge.append((row, "hedge" if right else "no"))
        found.stance += stance_rows(text, quotations, by_id)
    return found


def stance_rows(text: Reading, quotations: tuple[Quotation, ...], by_id: dict[int, Any]) -> list[Labelled]:
    around = stance.settings(text, quotations)
    return [(stance.features(text, q, around[q.id], GERMAN), by_id[q.id]["stance"]) for q in quotations]


def relate(ledgers: list[dict[str, Any]], stances: dict[str, Any], found: Examples) -> None:
    """Pairs of quotations with gold sources, and with the stances of a model that did not see them."""
    machine = machine_of(stances)
    for gold in ledgers:
        article, quotations = stripped(gold)
        if quotations:
            by_id = {q["id"]: q for q in gold["quotations"]}
            text = reading(article, quotations, GERMAN)
            relate_one(found, text, quotations, by_id, machine)


def relate_one(
    found: Examples, text: Reading, quotations: tuple[Quotation, ...], by_id: dict[int, Any], machine: Classifier
) -> None:
    rows = [row for row, _ in stance_rows(text, quotations, by_id)]
    chances = {q.id: machine.probabilities(row) for q, row in zip(quotations, rows, strict=True)}
    denials = {number: stance.denial(machine, values) for number, values in chances.items()}
    attributed = tuple(
        replace(
            q,
            stance=machine.labels[int(np.argmax(chances[q.id]))],
            chain=tuple(
                Source(mention=Span(*x["mention"]), name=x["name"], kind=x["kind"], naming=x["naming"])
                for x in by_id[q.id]["chain"]
            ),
        )
        for q in quotations
    )
    for one, two, row in disputes.pairs(disputes.statements(text, attributed, denials, GERMAN)):
        gold = by_id[one.quotation.id]
        found.dispute.append((row, "yes" if two.quotation.id in gold["disputes"] else "no"))
        found.support.append((row, "yes" if two.quotation.id in gold["supports"] else "no"))


def spread_examples(ledgers: list[dict[str, Any]], relay: dict[str, Any]) -> list[Labelled]:
    """What trained relays leave open: media of a source that hold for its other quotations."""
    found: list[Labelled] = []
    trained = parts.trained(GERMAN)
    machine = machine_of(relay)
    for gold in ledgers:
        article, quotations = stripped(gold)
        if not quotations:
            continue
        by_id = {q["id"]: q for q in gold["quotations"]}
        oracle = Oracle()

        def before(quotation: Quotation, oracle: Oracle = oracle, by_id: dict[int, Any] = by_id) -> None:
            oracle.gold = by_id[quotation.id]

        def note(quotation: Quotation, row: list[str], name: str, by_id: dict[int, Any] = by_id) -> bool:
            links = by_id[quotation.id]["chain"][:-1]
            found.append((row, "yes" if any(same(name, link["name"]) for link in links) else "no"))
            return False

        choices = Decisions(oracle.choose, parts.relayed(machine), trained.again, trained.inside, note)
        parts.chains(article, quotations, GERMAN, decisions=choices, before=before)
    return found


def machine_of(model: dict[str, Any]) -> Classifier:
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
    rows, columns, starts, right = [], [], [0], []
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
        examples = examples_of(ledgers)
        content: dict[str, Any] = {"antecedent": train_ranker(examples.antecedent, PRIOR["antecedent"])}
        halves = [ledgers[::2], ledgers[1::2]]
        for one, two in (halves, halves[::-1]):
            relate(one, train_classifier(examples_of(two).stance, PRIOR["stance"]), examples)
            examples.spread += spread_examples(one, train_classifier(examples_of(two).relay, PRIOR["relay"]))
        for name in (*CLASSIFIERS, "spread", "dispute", "support"):
            content[name] = train_classifier(getattr(examples, name), PRIOR[name])
        Path(given.out).write_text(json.dumps(content, ensure_ascii=False, sort_keys=True, indent=0), "utf-8")


def cross_validate(ledgers: list[dict[str, Any]], number: int, only: str | None) -> None:
    folds = [examples_of(ledgers[i::number]) for i in range(number)]
    figures: dict[str, list[Any]] = {}
    for held in range(number):
        train = Examples()
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
