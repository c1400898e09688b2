"""Auxiliary supervision before the gold data: older and spoken German with speech representation, and morphology.

`redewiedergabe` marks speech, thought and writing in texts of 1840 to 1919 and carries automatic morphology
(Konjunktiv among it); `spkatt` marks cue, source and message in speeches. Both train the encoder through heads that
are then dropped.
"""

import json
import lzma
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from inquit.languages.tokens import Tokens
from inquit.quotations.features import Features, cut, features
from training.model import UPPER, Encoder, Types, Words

EPOCHS = 2
RATE = 1.5e-3
WIDTH = 200
KINDS = ("direct", "indirect", "freeIndirect", "indirect freeIndirect", "reported", "speech", "thought", "writing")
PARTS = (*KINDS, "frame", "speaker", "intexpr")
SPEECH = ("Message", "Cue", "Source", "Addr")
MORPHOLOGY = 300
"""Full tags that are told apart; rarer ones count as unknown."""
_GLUED = frozenset(".,;:!?)»“”«")


@dataclass
class Sample:
    """Features of one stretch of text; `marks` [n, …] for `corpus` 0 (redewiedergabe) or 1 (spkatt)."""

    features: Features
    corpus: int
    marks: np.ndarray
    morphology: list[str]


def samples(data: Path) -> Iterator[Sample]:
    yield from _redewiedergabe(data / "redewiedergabe/main.tsv.xz")
    yield from _speeches(data / "spkatt/train.jsonl")


def _redewiedergabe(path: Path) -> Iterator[Sample]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        rows: list[list[str]] = []
        for line in [*lines, "# file"]:
            if not line.startswith("# file"):
                rows.append(line.rstrip("\n").split("\t"))
                continue
            if rows:
                starts = [i for i, r in enumerate(rows) if r[5] == "yes" or i == 0]
                yield from _cut([r[0] for r in rows], starts, 0, _parts(rows), [r[4] for r in rows])
            rows = []


def _parts(rows: list[list[str]]) -> np.ndarray:
    marks = np.zeros((len(rows), len(PARTS)), np.float32)
    for i, row in enumerate(rows):
        for label in row[6].split("|"):
            for k, kind in enumerate(KINDS[:5]):
                marks[i, k] = max(marks[i, k], label.startswith(f"{kind}."))
            for k, medium in enumerate(KINDS[5:], 5):
                marks[i, k] = max(marks[i, k], medium in label)
        for k, column in ((8, 7), (9, 8), (10, 9)):
            marks[i, k] = row[column] not in {"-", ""}
    return marks


def _speeches(path: Path) -> Iterator[Sample]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            words, starts, number = [], [], {}
            for sentence in raw["Sentences"]:
                starts.append(len(words))
                for k, token in enumerate(sentence["Tokens"]):
                    number[f"{sentence['SentenceId']}:{k}"] = len(words)
                    words.append(token)
            marks = np.zeros((len(words), len(SPEECH)), np.float32)
            for annotation in raw["Annotations"]:
                for k, part in enumerate(SPEECH):
                    marks[[number[x] for x in annotation[part] if x in number], k] = 1
            yield from _cut(words, starts, 1, marks, [""] * len(words))


def _cut(words: list[str], starts: list[int], corpus: int, marks: np.ndarray, tags: list[str]) -> Iterator[Sample]:
    """Stretches of about `WIDTH` tokens, whole sentences."""
    begins, ends, at = [], [], 0
    for i, word in enumerate(words):
        at += not (i == 0 or word in _GLUED or words[i - 1] in {"(", "»", "„"})
        begins.append(at)
        at += len(word)
        ends.append(at)
    sentences = list(zip(starts, [*starts[1:], len(words)], strict=True))
    tokens = Tokens(words, begins, ends, sentences, [(0, len(words))])
    whole = features(tokens)
    low = 0
    for _, last in sentences:
        if last - low >= WIDTH or last == len(words):
            _, part = cut(tokens, whole, low, last)
            yield Sample(part, corpus, marks[low:last], tags[low:last])
            low = last


class Heads(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.marks = nn.ModuleList([nn.Linear(2 * UPPER, len(PARTS)), nn.Linear(2 * UPPER, len(SPEECH))])
        self.morphology = nn.Linear(2 * UPPER, MORPHOLOGY)


def train(words: Words, encoder: Encoder, data: Path, own: dict[str, int], seed: int) -> None:
    """Trains the encoder on both corpora in place."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    found = list(samples(data))
    counts = Counter(tag for s in found for tag in s.morphology if tag)
    tags = {tag: i for i, (tag, _) in enumerate(sorted(counts.items(), key=lambda x: (-x[1], x[0]))[:MORPHOLOGY])}
    types = Types([*sorted({f for s in found for f in s.features.forms}), "<rare>"], own)
    heads = Heads()
    parameters = [*words.parameters(), *encoder.parameters(), *heads.parameters()]
    groups = [
        {"params": [*encoder.upper.parameters(), *heads.parameters()], "peak": RATE},
        {"params": [p for n, p in encoder.named_parameters() if not n.startswith("upper")], "peak": RATE / 3},
        {"params": list(words.parameters()), "peak": RATE / 5},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = [batch for _ in range(EPOCHS) for batch in _batches(found, rng)]
    totals = np.zeros(2)
    for step, batch in enumerate(steps):
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * min(1, (step + 1) / 100) * max(0.05, 1 - step / len(steps))
        losses = _losses(words, encoder, heads, types, tags, batch)
        optimizer.zero_grad(set_to_none=True)
        sum(losses).backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        totals += [x.item() for x in losses]
        if step % 50 == 49:
            print(f"auxiliary: step {step + 1} of {len(steps)}: marks, morphology {totals / 50}", flush=True)
            totals[:] = 0


def _batches(found: list[Sample], rng: random.Random) -> list[list[Sample]]:
    batches = []
    for corpus in (0, 1):
        chosen = [s for s in found if s.corpus == corpus]
        rng.shuffle(chosen)
        batches += [sorted(chosen[i : i + 24], key=lambda s: len(s.marks)) for i in range(0, len(chosen), 24)]
    rng.shuffle(batches)
    return batches


def _losses(words, encoder, heads, types, tags, batch):
    width = max(len(s.marks) for s in batch)
    numbers = np.full((len(batch), width), types.number["<rare>"])
    rest = np.zeros((3, len(batch), width), np.int64)
    marks = np.zeros((len(batch), width, batch[0].marks.shape[1]), np.float32)
    morphology = np.full((len(batch), width), -1)
    mask = np.zeros((len(batch), width), np.float32)
    for i, s in enumerate(batch):
        n = len(s.marks)
        numbers[i, :n] = [types.number[f] for f in s.features.forms]
        rest[:, i, :n] = s.features.casing, s.features.inside, s.features.place
        marks[i, :n], mask[i, :n] = s.marks, 1
        morphology[i, :n] = [tags.get(t, -1) for t in s.morphology]
    own, flat, offsets, places = types.batch(numbers)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = functional.embedding(places, words(own, flat, offsets))
        states = encoder(vectors, *torch.from_numpy(rest))
        logits = heads.marks[batch[0].corpus](states)
        tagged = heads.morphology(states) if batch[0].corpus == 0 else None
    loss = functional.binary_cross_entropy_with_logits(logits.float(), torch.from_numpy(marks), reduction="none")
    loss = (loss.sum(-1) * torch.from_numpy(mask)).sum() / mask.sum()
    if tagged is None:
        return [loss, loss.new_zeros(())]
    wanted = torch.from_numpy(morphology).flatten()
    return [loss, 0.5 * functional.cross_entropy(tagged.float().flatten(0, 1), wanted, ignore_index=-1)]
