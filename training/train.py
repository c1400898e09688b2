"""Makes the weights of the German quotation reader from the data folder, in one command.

    python -m training.train --data ../shared/data [--keep FOLDER] [--out FOLDER]

The stages are vectors, pretraining, auxiliary supervision, gold data once for each teacher, unlabelled news as the
teachers and the rules read it, a student that learns from both, export, medium by words, fusion with the rules. With
`--keep` each stage leaves a file in that folder and is skipped where its file is there already, so that a run can be
taken up again.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch

from inquit.quotations.decode import Advice
from inquit.quotations.media import load as load_media
from inquit.quotations.network import TrainedNetwork
from training import auxiliary, medium
from training.data import Document, load
from training.export import export
from training.fitting import Plan, fit
from training.fusion import finish, known_sets, settled
from training.model import Encoder, Reader, Types, Words
from training.pretrain import pretrain
from training.teaching import Teacher, documents
from training.texts import streams
from training.vectors import WORDS, Vocabulary, vectors, vocabulary

SEED = 1

TEACHERS = (1, 2, 3)
"""Seeds of the networks trained on the gold data alone; the later ones take over the words of the first."""

STUDENT = 4
"""Seed of the network that is shipped; it takes over the words of the first teacher, too."""

LESSONS, SHARE = 9, 0.6
"""Epochs of the student in which it reads articles of the teachers among the gold ones, and the share of them."""

PAUSE = 6
"""Empty places between two texts, so that co-occurrence never crosses from one into the next."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with german-quotes/, text-de/ and the others")
    parser.add_argument("--keep", type=Path, help="folder for the results of the stages")
    parser.add_argument("--out", type=Path, default=Path("src/inquit/languages/de/reader"))
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

    teachers: list[Reader] = []
    for seed in TEACHERS:
        words = teachers[0].words if teachers else None
        state = kept(options.keep, f"teacher-{seed}.pt", partial(fitted, start, seed, words, (train, types)))
        teachers.append(loaded(state))
    forms = vocab.forms[:WORDS]

    def student() -> dict[str, Any]:
        read = lessons(teachers, forms, options.data, (dev, held))
        known = (train, known_types([*train, *read], vocab))
        return fitted(start, STUDENT, teachers[0].words, known, read)

    export([loaded(kept(options.keep, "student.pt", student))], forms, options.out)
    medium.make(options.data, options.out)
    finish(options.out, options.data, (dev, held))


def fitted(
    start: dict[str, Any],
    seed: int,
    words: Words | None,
    known: tuple[list[Document], Types],
    taught: Sequence[Document] = (),
) -> dict[str, torch.Tensor]:
    """Weights of one network trained on the gold data, with words of its own or with those of another one."""
    reader = begun(start, seed)
    if words:
        reader.words.load_state_dict(words.state_dict())
    plan = Plan(seed=seed, epochs=14, words_rate=0.0) if words else Plan(seed=seed)
    if taught:
        plan = replace(plan, lessons=LESSONS, share=SHARE)
    return fit(reader, *known, plan, taught).state_dict()


def lessons(
    teachers: list[Reader], forms: list[str], data: Path, development: tuple[list[Document], list[Document]]
) -> list[Document]:
    """Unlabelled news as the mean of the teachers and the rules read it."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        export(teachers, forms, folder)
        medium.make(data, folder)
        settled(folder, known_sets(folder, development))
        network = TrainedNetwork(folder)
        advice = Advice((), network.settings["fusion"], load_media(folder))
        return list(documents(Teacher(network, advice), data))


def loaded(state: dict[str, Any]) -> Reader:
    reader = Reader()
    reader.load_state_dict(state)
    return reader


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


if __name__ == "__main__":
    main()
