"""Makes the models of disputes and supports: from gold articles as they are, as they are read, and from own articles.

Read articles teach what is done with quotations and sources that are not quite right. Own articles
(`training/disputes/`) have the form of `own_stories.py`: claims, and who makes and denies them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from chains import stripped

from inquit import quotations as finding
from inquit.languages import language
from inquit.records import Article, Quotation, Source, Span
from inquit.sources import attribute, stance
from inquit.sources.answering import answering, likely, sought
from inquit.sources.facing import NAMES, pairs
from inquit.sources.reading import Reading, reading
from inquit.sources.statements import Denials, Statement, statements
from inquit.sources.weights import Classifier
from training.boosting import Growth, ensemble
from training.loglinear import Labelled, machine_of, train_classifier
from training.own_articles import DISPUTES, matched, own_articles

GERMAN = language("de")
FOLDS = 4
"""Parts of the articles; what one model says of an article to another it learned from the other parts."""
PRIOR = 16.0
"""Precision of the Gaussian prior on the weights of the classifiers. Of 4, 8 and 16 the best in cross-validation."""
GROWTH = {"disputing": Growth(), "supporting": Growth(number=60)}
"""How the trees are grown. Depth 3 to 5 and rates from 0.05 to 0.1 are equally good in cross-validation."""
SEEDS = {"disputing": 2, "supporting": 1}

Edges = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Compared:
    """The statements of one article, and which of them, by the ids of quotations, stand against and for which."""

    fold: int
    statements: list[Statement]
    disputes: Edges
    supports: Edges


def compared(ledgers: Sequence[dict[str, Any]], machines: Sequence[Classifier]) -> list[Compared]:
    """Gold articles as they are and as they are read, and own articles.

    The stances of article i, own ones counted apart, are judged by `machines[i % len(machines)]`, which must not have
    learned from it.
    """
    found = []
    for number, ledger in enumerate(ledgers):
        machine, fold = machines[number % len(machines)], number % FOLDS
        article, given = stripped(ledger)
        if given:
            gold = {q["id"]: q for q in ledger["quotations"]}
            found.append(_compared(fold, article, given, {q.id: q.id for q in given}, gold, machine, sourced=False))
            found.append(_as_read(fold, article, gold, machine))
    for number, own in enumerate(own_articles(DISPUTES)):
        machine = machines[number % len(machines)]
        fold = number % FOLDS
        found.append(_compared(fold, own.article, own.quotations, own.ids, own.gold, machine, sourced=False))
    return found


def _as_read(fold: int, article: Article, gold: dict[int, Any], machine: Classifier) -> Compared:
    read = attribute(article, finding.find(article, GERMAN), GERMAN)
    return _compared(fold, article, read, matched(gold, read), gold, machine, sourced=True)


def _compared(
    fold: int,
    article: Article,
    given: tuple[Quotation, ...],
    ids: dict[int, int],
    gold: dict[int, Any],
    machine: Classifier,
    *,
    sourced: bool,
) -> Compared:
    """One article; `ids` are the gold ids of its quotations, whose gold sources are taken unless it is sourced."""
    text = reading(article, given, GERMAN)
    known = given if sourced else tuple(replace(q, chain=_chain(gold[ids[q.id]])) for q in given)
    judged, denials = _judged(text, known, machine)
    back = {theirs: ours for ours, theirs in ids.items()}
    against, for_ = (
        frozenset((back[q["id"]], back[o]) for q in gold.values() for o in q[name] if q["id"] in back and o in back)
        for name in ("disputes", "supports")
    )
    return Compared(fold, statements(text, judged, denials, GERMAN), against, for_)


def _chain(gold: dict[str, Any]) -> tuple[Source, ...]:
    return tuple(
        Source(mention=Span(*x["mention"]), name=x["name"], kind=x["kind"], naming=x["naming"]) for x in gold["chain"]
    )


def _judged(
    text: Reading, given: tuple[Quotation, ...], machine: Classifier
) -> tuple[tuple[Quotation, ...], dict[int, Denials]]:
    """The quotations with the stances of `machine`, and what it says of denials."""
    sources = {q.id: q.chain[-1].name if q.chain else None for q in given}
    around = stance.settings(text, given, sources, GERMAN)
    rows = {q.id: stance.features(text, q, around[q.id], GERMAN) for q in given}
    chances = {number: machine.probabilities(row) for number, row in rows.items()}
    denials = {number: Denials(stance.denial(machine, chances[number]), tuple(row)) for number, row in rows.items()}
    return tuple(replace(q, stance=machine.labels[int(np.argmax(chances[q.id]))]) for q in given), denials


def models(articles: Sequence[Compared]) -> dict[str, Any]:
    """The two classifiers of single statements and the trees of pairs, which learn from what the former say."""
    content: dict[str, Any] = {}
    said: dict[str, list[list[float]]] = {}
    for name, features, place in (("answering", answering, 0), ("sought", sought, 1)):
        rows = [
            [
                (features(one.statements, s), "yes" if any(e[place] == s.quotation.id for e in one.disputes) else "no")
                for s in one.statements
            ]
            for one in articles
        ]
        content[name] = train_classifier([row for some in rows for row in some], PRIOR)
        said[name] = _crossed(articles, rows)
    facing = [
        pairs(one.statements, answers, is_sought)
        for one, answers, is_sought in zip(articles, said["answering"], said["sought"], strict=True)
    ]
    table = np.concatenate([one.rows for one in facing])
    for name, edges in (("disputing", "disputes"), ("supporting", "supports")):
        truth = [
            (one.statements[i].quotation.id, one.statements[j].quotation.id) in getattr(one, edges)
            for one, some in zip(articles, facing, strict=True)
            for i, j in zip(some.ones.tolist(), some.twos.tolist(), strict=True)
        ]
        content[name] = ensemble(table, np.array(truth, np.float64), NAMES, GROWTH[name], SEEDS[name])
    return content


def _crossed(articles: Sequence[Compared], rows: list[list[Labelled]]) -> list[list[float]]:
    """What models say of the statements of each article that learned from the other parts."""
    machines = [
        machine_of(
            train_classifier(
                [r for one, some in zip(articles, rows, strict=True) if one.fold != k for r in some], PRIOR
            )
        )
        for k in range(FOLDS)
    ]
    return [
        [likely(machines[one.fold], features) for features, _ in some] for one, some in zip(articles, rows, strict=True)
    ]
