"""The weights of rules and network in their fusion, and the scale of `confidence`, fitted to the development sets.

    python -m training.fusion --data ../shared/data [--out FOLDER]

The network knows the training set by heart, so these few numbers are fitted to german-quotes/dev and the held-out
articles of inquit-articles. Beside the figures of what is shipped this prints cross-fitted ones: numbers fitted to
every second article, scored on the other half, and the other way round.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from inquit.languages import language
from inquit.quotations import fusion
from inquit.quotations.candidates import DIRECT
from inquit.quotations.decode import Advice, decode, scored
from inquit.quotations.media import NEUTRAL, Media, load
from inquit.quotations.media import signs as medium_signs
from inquit.quotations.network import TrainedNetwork
from inquit.quotations.trained import evidence
from training.card import write_card
from training.data import HELD_OUT, Document, document, records
from training.export import write_settings
from training.measure import assigned, calibration_error, evaluate, figures, logistic, of_found, of_gold

DEV_WEIGHT = 2
"""How often german-quotes/dev counts when the scale of confidence is fitted; the held-out newspapers count once."""

LEAST = 0.02
"""Least probability of a candidate that the weights are fitted to; less only where a rule finds exactly it."""

STRENGTH = 1.0
"""Weight of the squared weights of the fusion against the log likelihood."""

FOLDS = 2
"""Parts of the articles in cross-fitting."""

OUT = Path("src/inquit/languages/de/reader")


@dataclass
class Known:
    """An article, what the rules say to it, and the signs of its candidates with whether each is gold."""

    document: Document
    evidence: list[fusion.Evidence]
    signs: np.ndarray
    gold: np.ndarray


def known(network: TrainedNetwork, d: Document) -> Known:
    heard = evidence(d.text, d.tokens, language("de"))
    _, (first, last), probabilities, _ = scored(network, d.tokens, d.features, heard)
    signs, gold = [], []
    hulls = {(q.hull[0], q.hull[1] - 1, q.type == DIRECT) for q in d.quotes}
    quoted = probabilities[:, 1 + DIRECT]
    for direct, mass in ((False, 1 - probabilities[:, 0] - quoted), (True, quoted)):
        seen = fusion.signs((first, last), mass, heard, direct=direct)
        kept = np.flatnonzero((mass >= LEAST) | (seen[:, 2] > 0))
        signs.append(seen[kept])
        gold += [(int(first[k]), int(last[k]), direct) in hulls for k in kept]
    return Known(d, heard, np.concatenate(signs), np.array(gold, float))


def weights(articles: list[Known]) -> list[float]:
    """Weights of the signs of a candidate."""
    signs, gold = np.concatenate([a.signs for a in articles]), np.concatenate([a.gold for a in articles])
    return logistic(signs, gold, STRENGTH)


def shares(network: TrainedNetwork, articles: list[Known], masses: Sequence[float], media: Media) -> list[float]:
    """Shares of network, words and rule in the medium, by likelihood over the quotations that are gold, too."""
    scores, gold = [], []
    for a in articles:
        advice = Advice(a.evidence, masses, media.with_shares(NEUTRAL))
        found = decode(network, a.document.tokens, a.document.features, advice)
        marks = [of_found(f) for f in found]
        pairs = {id(f): g for f, g in assigned(marks, [of_gold(q) for q in a.document.quotes])}
        hulls = np.array([f.hull for f in found], int).reshape(-1, 2)
        direct = np.array([f.types.argmax() == DIRECT for f in found], bool)
        rules = fusion.matching((hulls[:, 0], hulls[:, 1] - 1), direct, a.evidence)
        for f, mark, rule in zip(found, marks, rules, strict=True):
            if id(mark) in pairs and pairs[id(mark)].medium >= 0:
                names = medium_signs(a.document.tokens.words, f.pieces, f.roles, int(f.types.argmax()))
                scores.append(media.scores(f.media, names, rule.medium if rule else None))
                gold.append(pairs[id(mark)].medium)
    return _likeliest(np.array(scores), np.array(gold))


def _likeliest(scores: np.ndarray, gold: np.ndarray) -> list[float]:
    """Weights of the softmax regression over `scores` [n, weights, classes], drawn to equal ones."""
    start = np.full(scores.shape[1], 1 / 2)

    def loss(w: np.ndarray) -> float:
        mixed = np.tensordot(scores, w, (1, 0))
        right = mixed[np.arange(len(gold)), gold] - np.logaddexp.reduce(mixed, axis=1)
        return float(-right.sum() + STRENGTH * ((w - start) ** 2).sum() / 2)

    return [round(float(w), 4) for w in minimize(loss, start).x]


Judged = tuple[list[tuple[list, list]], np.ndarray, np.ndarray]
"""(Found and gold marks by article, signs of being right, whether it is right), of all found quotations."""


def judged(network: TrainedNetwork, articles: list[Known], masses: Sequence[float], media: Media) -> Judged:
    return evaluate(network, [a.document for a in articles], [Advice(a.evidence, masses, media) for a in articles])


class Fitted(NamedTuple):
    """Weights of the fusion, shares of the medium, scale of confidence; named as in `reader.json`."""

    fusion: list[float]
    media: list[float]
    confidence: list[float]


class Scored(NamedTuple):
    """Figures of each set and the calibration error on the first."""

    figures: dict[str, dict[str, float]]
    error: float


def confidence(scale: Sequence[float], signs: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(scale[0] + signs @ np.array(scale[1:]))))


def scale(dev: Judged, held: Judged) -> list[float]:
    """Scale of confidence on both development sets."""
    counted = [*[dev] * DEV_WEIGHT, held]
    signs, right = np.concatenate([c[1] for c in counted]), np.concatenate([c[2] for c in counted])
    return logistic(np.concatenate([np.ones((len(signs), 1)), signs], 1), right, 1.0, free=1)


def fitted(network: TrainedNetwork, sets: tuple[list[Known], list[Known]], media: Media) -> Fitted:
    """All numbers, fitted to articles of both sets; the shares of the media to those of the first alone."""
    masses = weights([*sets[0], *sets[1]])
    mixed = shares(network, sets[0], masses, media)
    dev, held = (judged(network, articles, masses, media.with_shares(mixed)) for articles in sets)
    return Fitted(masses, mixed, scale(dev, held))


def cross_fitted(network: TrainedNetwork, sets: tuple[list[Known], list[Known]], media: Media) -> Scored:
    """Figures of both sets, each part of the articles scored with numbers fitted to the others."""
    results: list[tuple[Judged, Judged]] = []
    chances = []
    for part in range(FOLDS):
        others, own = (
            tuple([a for i, a in enumerate(articles) if (i % FOLDS == part) == mine] for articles in sets)
            for mine in (False, True)
        )
        numbers = fitted(network, others, media)
        dev, held = (judged(network, s, numbers.fusion, media.with_shares(numbers.media)) for s in own)
        results.append((dev, held))
        chances.append(confidence(numbers.confidence, dev[1]))
    error = calibration_error(np.concatenate(chances), np.concatenate([dev[2] for dev, _ in results]))
    found = {name: figures([a for r in results for a in r[k][0]]) for k, name in enumerate(SETS)}
    return Scored(found, error)


SETS = ("german-quotes/dev", "inquit-articles, held out")


def settled(out: Path, sets: tuple[list[Known], list[Known]]) -> Fitted:
    """All numbers, fitted on the exported files and written beside them."""
    settings = json.loads((out / "reader.json").read_text("utf-8"))
    numbers = fitted(TrainedNetwork(out), sets, load(out))
    write_settings(out, settings | numbers._asdict())
    return numbers


def known_sets(out: Path, development: tuple[list[Document], list[Document]]) -> tuple[list[Known], list[Known]]:
    """Both development sets as the exported network and the rules see them."""
    network = TrainedNetwork(out)
    dev, held = ([known(network, d) for d in documents] for documents in development)
    return dev, held


def finish(out: Path, data: Path, development: tuple[list[Document], list[Document]]) -> None:
    """Fits all numbers on the exported files, writes them and the model card."""
    dev, held = known_sets(out, development)
    numbers = settled(out, (dev, held))
    network, media = TrainedNetwork(out), load(out)
    results = [judged(network, articles, numbers.fusion, media) for articles in (dev, held)]
    error = calibration_error(confidence(numbers.confidence, results[0][1]), results[0][2])
    made = {name: figures(result[0]) for name, result in zip(SETS, results, strict=True)}
    crossed = cross_fitted(network, (dev, held), media)
    made |= {f"{name}, cross-fitted": found for name, found in crossed.figures.items()}
    write_card(out, data, made, (error, crossed.error))
    for name, found in made.items():
        print(name, found)
    print(f"calibration error on dev {error:.3f}, cross-fitted {crossed.error:.3f}")


def development(data: Path) -> tuple[list[Document], list[Document]]:
    """german-quotes/dev and the held-out articles of inquit-articles."""
    dev = [document(r) for r in records(data / "german-quotes/dev.jsonl")]
    articles = list(records(data / "inquit-articles/train.jsonl"))
    return dev, [document(r) for r in articles[3::HELD_OUT]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with german-quotes/ and inquit-articles/")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    finish(options.out, options.data, development(options.data))


if __name__ == "__main__":
    main()
