"""Training examples for the room of sources: gold ledgers, walked through by the room with the right choices."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from chains import stripped

from inquit.languages import language
from inquit.records import Article, Quotation
from inquit.sources import hedges, naming, parts, stance
from inquit.sources.chains import Chain, Decisions
from inquit.sources.entities import Entity
from inquit.sources.reading import Reading, reading
from inquit.sources.relays import Candidate
from training.loglinear import Candidates, Labelled, machine_of
from training.own_articles import STANCES, own_articles

GERMAN = language("de")
Gold = dict[int, Any]
"""Gold quotations by id."""
OUTLETS = {"derstandard-": "Der Standard"}
"""Beginnings of the ids of articles that do not say who printed them, and the medium."""
ARTICLES = frozenset(
    (
        *("der", "die", "das", "des", "dem", "den", "ein", "eine", "einer", "eines", "einem", "einen"),
        *("herr", "frau", "dr", "prof", "seine", "ihre", "seiner", "ihrer", "sein", "ihr"),
    )
)
"""Words that do not count where names are compared, by the definition of the scoring."""


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


class Oracle:
    """Chooses as the gold chain says, and keeps each choice as a training example."""

    def __init__(self, known: Gold, text: str) -> None:
        self.known = known
        self.text = text
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

    def target(self) -> dict[str, Any] | None:
        """The link of the gold chain that the speaker span means."""
        chain: list[dict[str, Any]] = self.gold["chain"]
        speaker = self.gold["speaker"]
        for link in chain:
            if any(b <= link["mention"][0] and link["mention"][1] <= e for b, e in speaker):
                return link
        return chain[-1] if chain else None

    def stands_for_itself(self, link: dict[str, Any] | None) -> bool:
        """Whether the mention is as full as the name: else it takes up something that is no candidate."""
        if link is None:
            return True
        begin, end = link["mention"]
        return same(self.text[begin:end], link["name"])

    def choose(self, rows: list[list[str]], new: list[str] | None, entities: list[Entity]) -> int | None:
        if rows[0][0].startswith("outlet|") and new is not None:
            return self.choose_outlet(rows, new, entities)
        link = self.target()
        right = [link is not None and same(entity.name, link["name"]) for entity in entities]
        found = right.index(True) if any(right) else None
        if found is None and (new is None or not self.stands_for_itself(link)):
            return None
        if new is not None:
            self.examples.append(([*rows, new], [*right, found is None]))
        else:
            self.examples.append((rows, right))
        return found


@dataclass(slots=True)
class Examples:
    """Training examples of every model."""

    antecedent: list[Candidates] = field(default_factory=list)
    kind: list[Labelled] = field(default_factory=list)
    naming: list[Labelled] = field(default_factory=list)
    stance: list[Labelled] = field(default_factory=list)
    relay: list[Labelled] = field(default_factory=list)
    inner: list[Labelled] = field(default_factory=list)
    content: list[Labelled] = field(default_factory=list)
    hedge: list[Labelled] = field(default_factory=list)
    spread: list[Labelled] = field(default_factory=list)

    def __iadd__(self, other: Examples) -> Examples:
        for name in self.__slots__:
            getattr(self, name).extend(getattr(other, name))
        return self


@dataclass(frozen=True, slots=True)
class Walked:
    """One gold article after the room went through it with an oracle's choices."""

    text: Reading
    quotations: tuple[Quotation, ...]
    gold: Gold
    chains: dict[int, Chain]
    oracle: Oracle


def walk(ledgers: list[dict[str, Any]], decide: Callable[[Oracle], Decisions]) -> Iterator[Walked]:
    """Each article with quotations, its chains built by `decide`, which gets the oracle that knows the gold ones."""
    for article, quotations, gold in given(ledgers):
        oracle = Oracle(gold, article.text)

        def before(quotation: Quotation, oracle: Oracle = oracle, gold: Gold = gold) -> None:
            oracle.gold = gold[quotation.id]

        text, chains = parts.chains(article, quotations, GERMAN, decisions=decide(oracle), before=before)
        yield Walked(text, quotations, gold, chains, oracle)


def given(ledgers: list[dict[str, Any]]) -> Iterator[tuple[Article, tuple[Quotation, ...], Gold]]:
    """Each article that has quotations, with them, and the gold quotations by id."""
    for ledger in ledgers:
        article, quotations = stripped(ledger)
        outlet = next((name for prefix, name in OUTLETS.items() if article.id.startswith(prefix)), None)
        if quotations:
            yield replace(article, outlet=outlet), quotations, {q["id"]: q for q in ledger["quotations"]}


def examples_of(ledgers: list[dict[str, Any]]) -> Examples:
    """Examples of all models but those that rest on other models."""
    found = Examples()
    for one in walk(ledgers, _all_right):
        found.antecedent += one.oracle.examples
        found.relay += one.oracle.relays
        found.inner += one.oracle.inner
        found.content += one.oracle.content
        for quotation in one.quotations:
            _describe(found, one, quotation)
        found.stance += stance_rows(one.text, one.quotations, one.gold)
    return found


def _all_right(oracle: Oracle) -> Decisions:
    return Decisions(oracle.choose, oracle.decide, oracle.decide_inner, oracle.decide_content, lambda *_: False)


def _describe(found: Examples, one: Walked, quotation: Quotation) -> None:
    """Examples of kind, naming and hedges."""
    links = one.gold[quotation.id]["chain"]
    for link in one.chains[quotation.id].links:
        right = next((x for x in links if same(x["name"], link.entity.name)), None)
        if right is not None:
            row = naming.features(one.text, link.entity)
            found.kind.append((row, right["kind"]))
            found.naming.append((row, right["naming"]))
    marked = [tuple(span) for span in one.gold[quotation.id]["hedges"]]
    for span, row in hedges.candidates(one.text, quotation, GERMAN):
        hit = any(b < span.end and span.begin < e for b, e in marked)
        found.hedge.append((row, "hedge" if hit else "no"))


def stance_rows(text: Reading, quotations: tuple[Quotation, ...], gold: Gold) -> list[Labelled]:
    """Features and gold stance of each quotation, given the gold sources."""
    sources = {number: q["chain"][-1]["name"] if q["chain"] else None for number, q in gold.items()}
    around = stance.settings(text, quotations, sources, GERMAN)
    return [(stance.features(text, q, around[q.id], GERMAN), gold[q.id]["stance"]) for q in quotations]


def stance_examples(ledgers: list[dict[str, Any]]) -> list[Labelled]:
    """Features and gold stance of each quotation of gold articles."""
    rows: list[Labelled] = []
    for article, quotations, gold in given(ledgers):
        rows += stance_rows(reading(article, quotations, GERMAN), quotations, gold)
    return rows


def own_stance_examples(part: int = 0, parts: int = 1) -> list[Labelled]:
    """Features and gold stance of the quotations of own articles as they are read, of each `parts`-th one."""
    rows: list[Labelled] = []
    for own in own_articles(STANCES)[part::parts]:
        gold = {number: own.gold[theirs] for number, theirs in own.ids.items()}
        rows += stance_rows(reading(own.article, own.quotations, GERMAN), own.quotations, gold)
    return rows


def spread_examples(ledgers: list[dict[str, Any]], relay: dict[str, Any]) -> list[Labelled]:
    """What trained relays leave open: media of a source that hold for its other quotations."""
    found: list[Labelled] = []
    trained = parts.trained(GERMAN)
    machine = machine_of(relay)

    def decide(oracle: Oracle) -> Decisions:
        def note(quotation: Quotation, row: list[str], name: str) -> bool:
            links = oracle.known[quotation.id]["chain"][:-1]
            found.append((row, "yes" if any(same(name, link["name"]) for link in links) else "no"))
            return False

        return Decisions(oracle.choose, parts.relayed(machine), trained.again, trained.inside, note)

    for _ in walk(ledgers, decide):
        pass
    return found
