"""Unlabelled news as training articles: what a group of networks and the rules together say to it, as probabilities.

A single network is then trained on these articles beside the gold ones, so that it takes over what the group and the
rules know (distillation: Hinton, Vinyals and Dean 2015; on unlabelled text: self-training).
"""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inquit.languages import language
from inquit.languages.tokens import tokenize
from inquit.quotations import fusion
from inquit.quotations.candidates import OUTPUTS, Floats
from inquit.quotations.decode import SECTION, Advice, Kept, kept, quotation, scored
from inquit.quotations.features import features
from inquit.quotations.network import TrainedNetwork
from inquit.quotations.trained import evidence
from inquit.records import MEDIA, STANCES, TYPES
from training.data import ROLES, Chances, Document, Quote, Taught, records

SOURCE = "text-de/derstandard.jsonl.xz"
"""News without annotation."""

ANNOTATED = "derstandard-quotes/train.jsonl"
"""Articles of the same corpus that are annotated, and so not read by the teacher."""

LEAST = 0.01
"""Least probability of a span to be a quotation that is passed on."""

LETTERS = slice(200, 300)
"""Letters of an article, white space and marks left out, by which it is known again."""


@dataclass(frozen=True)
class Teacher:
    """A group of networks with what is heard beside them."""

    network: TrainedNetwork
    advice: Advice


def documents(teacher: Teacher, data: Path) -> Iterator[Document]:
    """The unlabelled articles, each as the teacher reads it."""
    annotated = {_letters(record["text"]) for record in records(data / ANNOTATED)}
    with lzma.open(data / SOURCE, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            text = json.loads(line)["text"]
            if _letters(text) not in annotated and (made := taught(teacher, f"{SOURCE} {number}", text)):
                yield made


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())[LETTERS]


def taught(teacher: Teacher, name: str, text: str) -> Document | None:
    """One text as the teacher reads it; nothing where it is empty or too long to be read at once."""
    tokens = tokenize(text, language("de"))
    if not 0 < len(tokens) <= SECTION:
        return None
    seen = features(tokens)
    known = evidence(text, tokens, language("de"))
    heard = Advice(known, teacher.advice.weights, teacher.advice.media)
    begin, end, *_ = teacher.network.tokens(seen)
    edges = np.stack([begin, end], 1)
    _, (first, last), probabilities, _ = scored(teacher.network, tokens, seen, known)
    if len(first):
        probabilities = fusion.masses((first, last), probabilities, known, heard.weights)
    likely = np.flatnonzero(1 - probabilities[:, 0] > LEAST)
    spans = {(int(first[i]), int(last[i])): _distribution(probabilities[i]) for i in likely}
    quotes = []
    for one in kept(teacher.network, tokens, seen, heard):
        low, high = one.hull
        support = one.chosen.support
        edges[low, 0], edges[high - 1, 1] = max(edges[low, 0], support), max(edges[high - 1, 1], support)
        found = quotation(one, tokens, heard)
        roles = {role: [i for b, e in found.roles[role] for i in range(b, e)] for role in ROLES}
        kind = int(found.types.argmax())
        quotes.append(Quote(list(found.pieces), kind, -1, -1, -1, roles, _answers(one, found.types, found.media)))
    return Document(name, text, tokens, seen, quotes, True, chances=Chances(edges, spans))


def _distribution(row: Floats) -> Floats:
    return np.asarray(row / row.sum(), np.float32)


def _answers(one: Kept, types: Floats, media: Floats) -> Taught:
    """What is said of a quotation, with the types and media in which the rules and words have been heard."""
    logits, nobody, labels = one.answer.logits, one.answer.nobody, one.answer.labels
    roles = 1 / (1 + np.exp(-logits[:, : OUTPUTS.index("speaker begin")]))
    speaker = np.concatenate([logits[:, OUTPUTS.index("speaker begin") :], nobody[None]])
    n, m = len(TYPES), len(TYPES) + len(MEDIA)
    stances, others = labels[m : m + len(STANCES)], labels[m + len(STANCES) :]
    answers = tuple(np.asarray(x, np.float32) for x in (types[:n], media, _softmax(stances), _softmax(others)))
    return Taught(one.answer.low, roles, _softmax(speaker, 0), answers, one.chosen.support)


def _softmax(x: Floats, axis: int = -1) -> Floats:
    raised = np.exp(x - x.max(axis, keepdims=True))
    return np.asarray(raised / raised.sum(axis, keepdims=True), np.float32)
