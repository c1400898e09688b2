"""The medium by words: a softmax regression over the words around the gold quotations of german-quotes/train.

    python -m training.medium --data ../shared/data [--out FOLDER]

Writes `media.txt` (signs, one a line) and `media.npy` (their weights). The problem is convex, so every run finds the
same weights.
"""

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array

from inquit.quotations.media import USUAL, signs
from inquit.records import MEDIA
from training.data import Document, Quote, document, records, runs

SEEN = 2
"""Times that a sign must be seen in training to have a weight."""

STRENGTH = 0.3
"""Weight of the squared weights against the log likelihood. Set on german-quotes/dev."""

OUT = Path("src/inquit/languages/de/reader")


def rows(documents: list[Document]) -> tuple[list[list[str]], np.ndarray]:
    """Signs and medium of every gold quotation that has one."""
    pairs = [(_signs(d, q), q.medium) for d in documents for q in d.quotes if q.medium >= 0]
    return [names for names, _ in pairs], np.array([medium for _, medium in pairs])


def _signs(d: Document, q: Quote) -> list[str]:
    return signs(d.tokens.words, q.pieces, {role: tuple(runs(ids)) for role, ids in q.roles.items()}, q.type)


def fit(seen: list[list[str]], media: np.ndarray, strength: float = STRENGTH) -> tuple[list[str], np.ndarray]:
    """(Names, weights [names, media]) of the regression."""
    count = Counter(name for names in seen for name in names)
    names = sorted(name for name, times in count.items() if times >= SEEN)
    number = {name: i for i, name in enumerate(names)}
    found = [[number[name] for name in row if name in number] for row in seen]
    lengths = np.cumsum([0, *map(len, found)])
    columns = np.concatenate([np.array(row, int) for row in found])
    x = csr_array((np.ones(len(columns)), columns, lengths), shape=(len(seen), len(names)))
    gold = np.eye(len(MEDIA))[media]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(-1, len(MEDIA))
        score = x @ w
        chances = score - np.logaddexp.reduce(score, axis=1, keepdims=True)
        slope = x.T @ (np.exp(chances) - gold) + strength * w
        return float(-(gold * chances).sum() + strength * (w**2).sum() / 2), slope.ravel()

    best = minimize(loss, np.zeros(len(names) * len(MEDIA)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return names, best.x.reshape(-1, len(MEDIA))


def usual(media: np.ndarray) -> np.ndarray:
    """Logarithms of how often each medium is meant; one that never is counts as if it had been once."""
    counts = np.maximum(np.bincount(media, minlength=len(MEDIA)), 1)
    return np.log(counts / counts.sum())


def write(out: Path, names: list[str], weights: np.ndarray) -> None:
    (out / "media.txt").write_text("\n".join(names) + "\n", "utf-8")
    np.save(out / "media.npy", weights.astype(np.float16))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with german-quotes/")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    make(options.data, options.out)


def make(data: Path, out: Path) -> None:
    """Fits and writes the weights."""
    documents = [document(r) for r in records(data / "german-quotes/train.jsonl")]
    seen, media = rows(documents)
    names, weights = fit(seen, media)
    write(out, [*names, USUAL], np.vstack([weights, usual(media)]))


if __name__ == "__main__":
    main()
