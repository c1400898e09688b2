"""Scores of found quotations against gold, over the reader's own tokens, and the scale of `confidence`.

The figures differ from those of the published scorer by a few tenths of a point, because that one counts the gold
tokens; they serve to choose and to watch.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment, minimize

from inquit.quotations.decode import Advice, Found, Network, decode
from training.data import Document, Quote

PARTS = ("quote", "speaker", "cue", "frame", "addressee")


@dataclass
class Marks:
    """Tokens of the parts of one quotation, with its type and medium."""

    parts: dict[str, set[int]]
    type: int
    medium: int


def of_gold(q: Quote) -> Marks:
    quote = {i for b, e in q.pieces for i in range(b, e)}
    medium = max(q.medium, q.other_medium)
    return Marks({"quote": quote, **{r: set(q.roles[r]) for r in PARTS[1:]}}, q.type, medium)


def of_found(f: Found) -> Marks:
    parts = {"quote": f.pieces, **{r: f.roles[r] for r in PARTS[1:]}}
    sets = {name: {i for b, e in spans for i in range(b, e)} for name, spans in parts.items()}
    return Marks(sets, int(f.types.argmax()), int(f.media.argmax()))


def overlap(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def assigned(found: list[Marks], gold: list[Marks]) -> list[tuple[Marks, Marks]]:
    if not found or not gold:
        return []
    table = np.array([[overlap(f.parts["quote"], g.parts["quote"]) for g in gold] for f in found])
    table += 0.01 * np.array([[f.type == g.type for g in gold] for f in found]) * (table > 0)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return [(found[i], gold[j]) for i, j in zip(rows, columns, strict=True)]


def is_right(f: Marks, g: Marks) -> bool:
    """Quote, speaker and type are right: what `confidence` is the probability of."""
    return f.type == g.type and _attributed(f, g)


def _attributed(f: Marks, g: Marks) -> bool:
    a, b = f.parts["speaker"], g.parts["speaker"]
    return overlap(f.parts["quote"], g.parts["quote"]) >= 0.8 and (overlap(a, b) >= 0.5 or not (a or b))


def figures(articles: list[tuple[list[Marks], list[Marks]]]) -> dict[str, float]:
    """Macro message, roles, joint and medium, strict quote, quote+speaker and with the type too; F1 in percent."""
    precision: dict[str, list[float]] = {p: [] for p in PARTS}
    recall: dict[str, list[float]] = {p: [] for p in PARTS}
    hits = {"quote": 0, "quote+speaker": 0, "right": 0}
    media = 0
    n_found, n_gold = sum(len(f) for f, _ in articles), sum(len(g) for _, g in articles)
    for found, gold in articles:
        pairs = assigned(found, gold)
        used = {id(x) for pair in pairs for x in pair}
        empty = Marks({p: set() for p in PARTS}, -1, -1)
        alone = [(f, empty) for f in found if id(f) not in used] + [(empty, g) for g in gold if id(g) not in used]
        for f, g in pairs + alone:
            for part in PARTS:
                a, b = f.parts[part], g.parts[part]
                if a:
                    precision[part].append(len(a & b) / len(a))
                if b:
                    recall[part].append(len(a & b) / len(b))
        for f, g in pairs:
            hits["quote"] += overlap(f.parts["quote"], g.parts["quote"]) >= 0.5
            hits["quote+speaker"] += _attributed(f, g)
            hits["right"] += is_right(f, g)
            media += f.medium == g.medium
    made = {}
    for name, parts in (("message", PARTS[:1]), ("roles", PARTS[1:]), ("joint", PARTS)):
        p, r = (float(np.mean([x for part in parts for x in side[part]] or [0.0])) for side in (precision, recall))
        made[name] = 200 * p * r / max(p + r, 1e-9)
    made["medium"] = 200 * media / max(n_found + n_gold, 1)
    made |= {f"strict {k}": 200 * v / max(n_found + n_gold, 1) for k, v in hits.items()}
    return {k: round(v, 2) for k, v in made.items()}


def evaluate(
    network: Network, documents: list[Document], advice: Sequence[Advice | None]
) -> tuple[list[tuple[list[Marks], list[Marks]]], np.ndarray, np.ndarray]:
    """Found and gold marks of every article, and for every found quotation its signs and whether it is right."""
    articles, signs, right = [], [], []
    for document, heard in zip(documents, advice, strict=True):
        found = decode(network, document.tokens, document.features, heard)
        marks, gold = [of_found(f) for f in found], [of_gold(q) for q in document.quotes]
        good = {id(f) for f, g in assigned(marks, gold) if is_right(f, g)}
        signs += [f.signs for f in found]
        right += [id(m) in good for m in marks]
        articles.append((marks, gold))
    return articles, np.array(signs), np.array(right, float)


def logistic(x: np.ndarray, right: np.ndarray, strength: float, *, free: int = 0) -> list[float]:
    """Weights of the logistic function from signs to being right; the first `free` are not drawn to 0."""

    def loss(w: np.ndarray) -> float:
        z = x @ w
        return float(np.sum(np.logaddexp(0, z) - right * z) + strength * np.sum(w[free:] ** 2) / 2)

    return [round(float(w), 4) for w in minimize(loss, np.zeros(x.shape[1])).x]


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over `bins` bins of equal width, 0 to 1."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(confidence[place == b].mean() - right[place == b].mean()) * (place == b).sum() for b in set(place)]
    return float(sum(gaps) / len(confidence))
