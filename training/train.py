"""Makes the weights of the German quotation reader from the data folder, in one command.

    python -m training.train --data ../shared/data [--keep FOLDER] [--out FOLDER]

The stages are vectors, pretraining, auxiliary supervision, gold data, export. With `--keep` each stage leaves a file
in that folder and is skipped where its file is there already, so that a run can be taken up again.
"""

import argparse
import datetime
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training import auxiliary
from training.card import write_card
from training.data import Document, load
from training.export import export
from training.fitting import Plan, TorchNetwork, fit
from training.measure import calibration_error, evaluate, scale
from training.model import SPAN, Encoder, Reader, Types, Words
from training.pretrain import pretrain
from training.texts import streams
from training.vectors import WORDS, Vocabulary, vectors, vocabulary

SEED = 1
PAUSE = 6
"""Empty places between two texts, so that co-occurrence never crosses from one into the next."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with german-quotes/, text-de/ and the others")
    parser.add_argument("--keep", type=Path, help="folder for the results of the stages")
    parser.add_argument("--out", type=Path, default=Path("src/inquit/languages/de/reader"))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    # Moments of rows that are seldom seen sink to denormal numbers, on which a processor is a hundred times slower.
    torch.set_flush_denormal(True)
    torch.set_num_threads(options.threads)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    start = kept(options.keep, "start.pt", lambda: prepared(options.data, SEED))
    vocab = Vocabulary(start["forms"], np.array(start["counts"]))
    train, dev, held = load(options.data, SEED)
    types = known_types(train + dev + held, vocab)

    def fitted() -> dict[str, Any]:
        reader = begun(start, options.seed)
        return {"reader": fit(reader, train, types, Plan(seed=options.seed)).state_dict()}

    reader = Reader()
    reader.load_state_dict(kept(options.keep, f"reader-{options.seed}.pt", fitted)["reader"])
    finish(reader, vocab, types, (dev, held), options)


def kept(folder: Path | None, name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The result of a stage, read from its file if it is there, else made and written."""
    path = folder / name if folder else None
    if path and path.exists():
        found: dict[str, Any] = torch.load(path, weights_only=True)
        return found
    made = make()
    if path:
        torch.save(made, path)
    return made


def prepared(data: Path, seed: int) -> dict[str, Any]:
    """Vocabulary, word vectors and encoder before they see any quotation."""
    texts = list(streams(data))
    vocab = vocabulary([(repeats, f.forms) for repeats, f in texts])
    number = {form: i for i, form in enumerate(vocab.forms)}
    stream = [number.get(x, -1) for repeats, f in texts for _ in range(repeats) for x in [*f.forms, *[""] * PAUSE]]
    torch.manual_seed(seed)
    words, encoder = Words(), Encoder()
    words.word.data, words.piece.data = vectors(vocab, np.array(stream), seed)
    pretrain(words, encoder, texts, vocab, seed)
    auxiliary.train(words, encoder, data, vocab.rows(), seed)
    state = {"words": words.state_dict(), "encoder": encoder.state_dict()}
    return {**state, "forms": vocab.forms, "counts": vocab.counts.tolist()}


def begun(start: dict[str, Any], seed: int) -> Reader:
    """A reader with the prepared encoder and fresh heads."""
    torch.manual_seed(seed)
    reader = Reader()
    reader.words.load_state_dict(start["words"])
    reader.encoder.load_state_dict(start["encoder"])
    return reader


def known_types(documents: list[Document], vocab: Vocabulary) -> Types:
    forms = {form for d in documents for one in (d, *d.variants) for form in one.features.forms}
    return Types([*sorted(forms), "<rare>"], vocab.rows())


def finish(
    reader: Reader, vocab: Vocabulary, types: Types, development: tuple[list[Document], list[Document]], options: Any
) -> None:
    """Measures, sets the scale of confidence, and writes weights and model card."""
    network = TorchNetwork(reader, types)
    results = [evaluate(network, documents) for documents in development]
    signs = np.concatenate([r[1] for r in results])
    weights = scale(signs, np.concatenate([r[2] for r in results]))
    confidence = 1 / (1 + np.exp(-(weights[0] + results[0][1] @ np.array(weights[1:]))))
    error = calibration_error(confidence, results[0][2])
    settings = {"confidence": weights, "content": [4 * SPAN, 5 * SPAN]}
    export(reader, vocab.forms[:WORDS], options.out, settings)
    made = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(options.out.iterdir()) if p.is_file()}
    figures = {"german-quotes/dev": results[0][0], "inquit-articles, held out": results[1][0]}
    write_card(options.out, options.data, made, figures, error, datetime.date.today().isoformat())
    print(figures, f"calibration error on dev {error:.3f}")


if __name__ == "__main__":
    main()
