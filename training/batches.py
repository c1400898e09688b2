"""Articles to batches of chunks, with the gold answers to what the network is asked."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from inquit.quotations import candidates, features
from inquit.quotations.features import Features
from inquit.records import TYPES
from training.data import Document, Quote

CHUNK = (180, 420)
"""Least and most tokens after which a chunk ends at the next sentence that begins outside all quotations."""
PLAIN = 0.6
"""Share of articles that are read as they are; the others are read as one of their variants."""


@dataclass
class Chunk:
    features: Features
    shape: candidates.Shape
    quotes: list[Quote]
    hedged: bool

    def __len__(self) -> int:
        return len(self.features.forms)


def cut(document: Document, low: int, high: int) -> Chunk:
    """Tokens `[low, high)` of a document with the quotations inside them."""
    t, f = document.tokens, document.features
    if low == 0 and high == len(t):
        return Chunk(f, candidates.shape(t, f), document.quotes, document.hedged)
    tokens, part = features.cut(t, f, low, high)
    quotes = [
        Quote(
            [(b - low, e - low) for b, e in q.pieces], q.type, q.medium, q.other_medium, q.stance,
            {r: [i - low for i in ids if low <= i < high] for r, ids in q.roles.items()},
        )
        for q in document.quotes
        if q.hull[0] >= low and q.hull[1] <= high
    ]  # fmt: skip
    return Chunk(part, candidates.shape(tokens, part), quotes, document.hedged)


def chunks(document: Document, rng: random.Random) -> Iterator[Chunk]:
    inside: set[int] = set()
    for q in document.quotes:
        inside.update(range(q.hull[0] + 1, q.hull[1]))
    begin, size = 0, rng.randint(*CHUNK)
    for at, _ in document.tokens.sentences:
        if at - begin >= size and at not in inside and len(document.tokens) - at > 40:
            yield cut(document, begin, at)
            begin, size = at, rng.randint(*CHUNK)
    yield cut(document, begin, len(document.tokens))


def epoch(documents: list[Document], rng: random.Random, tokens: int = 4800) -> list[list[Chunk]]:
    """Batches of chunks of like length, at most `tokens` tokens with padding in each."""
    made = []
    for document in documents:
        plain = not document.variants or rng.random() < PLAIN
        made += list(chunks(document if plain else rng.choice(document.variants), rng))
    made.sort(key=lambda c: len(c) + rng.uniform(-60, 60))
    batches: list[list[Chunk]] = [[]]
    for chunk in made:
        if batches[-1] and (len(batches[-1]) + 1) * max(len(chunk), *(len(c) for c in batches[-1])) > tokens:
            batches.append([])
        batches[-1].append(chunk)
    rng.shuffle(batches)
    return batches


def padded(batch: list[Chunk], name: str, width: int) -> torch.Tensor:
    rows = np.zeros((len(batch), width), np.int64)
    for i, chunk in enumerate(batch):
        rows[i, : len(chunk)] = getattr(chunk.features, name)
    return torch.from_numpy(rows)


def edges(batch: list[Chunk], width: int) -> torch.Tensor:
    """[B, T, 2]: whether a quotation begins, or ends, with the token."""
    gold = torch.zeros(len(batch), width, 2)
    for i, chunk in enumerate(batch):
        for q in chunk.quotes:
            gold[i, q.hull[0], 0] = gold[i, q.hull[1] - 1, 1] = 1
    return gold


def tags(batch: list[Chunk], width: int) -> torch.Tensor:
    """[B, T, types + 4]: inside a quotation of each type; speaker, cue, frame or addressee of any."""
    gold = torch.zeros(len(batch), width, len(TYPES) + 4)
    for i, chunk in enumerate(batch):
        for q in chunk.quotes:
            for b, e in q.pieces:
                gold[i, b:e, q.type] = 1
            for k, role in enumerate(("speaker", "cue", "frame", "addressee")):
                gold[i, q.roles[role], len(TYPES) + k] = 1
    return gold


@dataclass
class Asked:
    """Candidates of a batch: rows of first and last tokens, classes, gold types (0: no quotation)."""

    first: torch.Tensor
    last: torch.Tensor
    classes: torch.Tensor
    gold: torch.Tensor


def asked(batch: list[Chunk], chances: np.ndarray, width: int, most: int = 30) -> Asked:
    """Gold spans and the spans between likely edges (`chances` [B, T, 2]) and gold ones."""
    parts: list[list[np.ndarray]] = [[], [], [], []]
    for i, chunk in enumerate(batch):
        n = len(chunk)
        gold = {(q.hull[0], q.hull[1] - 1): q.type + 1 for q in reversed(chunk.quotes)}
        sides = []
        for side in (0, 1):
            chance = chances[i, :n, side]
            likely = np.flatnonzero(chance > candidates.BOUNDARY)
            likely = likely[np.argsort(-chance[likely])[:most]]
            sides.append(np.union1d(likely, np.array([key[side] for key in gold], np.int64)))
        first, last = candidates.pairs(sides[0], sides[1])
        missing = set(gold) - set(zip(first.tolist(), last.tolist(), strict=True))
        if missing:
            first = np.append(first, [m[0] for m in sorted(missing)])
            last = np.append(last, [m[1] for m in sorted(missing)])
        if len(first):
            parts[0].append(first + i * width)
            parts[1].append(last + i * width)
            parts[2].append(candidates.span_classes(chunk.shape, first, last))
            parts[3].append(np.array([gold.get(key, 0) for key in zip(first.tolist(), last.tolist(), strict=True)]))
    return Asked(*(torch.from_numpy(np.concatenate(p)) for p in parts))


@dataclass
class RoleTask:
    """Quotations of a batch and the tokens around them, with gold; -1 marks an unknown label."""

    first: torch.Tensor
    last: torch.Tensor
    classes: torch.Tensor
    kind: torch.Tensor
    index: torch.Tensor
    mask: torch.Tensor
    position: torch.Tensor
    gold: torch.Tensor
    known: torch.Tensor
    speaker: torch.Tensor
    labels: torch.Tensor


def role_task(batch: list[Chunk], width: int, rng: random.Random, jitter: float = 0.25) -> RoleTask | None:
    """Gold quotations, some with edges moved, and what each token around them is to them."""
    rows = []
    for i, chunk in enumerate(batch):
        edges_here = [q.hull for q in chunk.quotes]
        for q in chunk.quotes:
            rows.append((i, chunk, q, _moved(q.hull, edges_here, len(chunk), rng) if rng.random() < jitter else q.hull))
    if not rows:
        return None
    q_count = len(rows)
    around = [candidates.windows(c.shape, np.array([h[0]]), np.array([h[1] - 1])) for _, c, _, h in rows]
    wide = max(int(high[0] - low[0]) for low, high in around)
    nothing = len(batch) * width
    index = np.full((q_count, wide), nothing)
    position, mask = np.zeros((q_count, wide), np.int64), np.zeros((q_count, wide), bool)
    gold = np.zeros((q_count, wide, 6), np.float32)
    known = np.ones((q_count, 6), np.float32)
    speaker = np.zeros((q_count, 2), np.int64)
    labels = np.full((q_count, 4), -1)
    classes = []
    for k, (i, chunk, q, (b, e)) in enumerate(rows):
        low, high = (int(x[0]) for x in around[k])
        n = high - low
        here = np.arange(low, high)
        index[k, :n], mask[k, :n] = here + i * width, True
        position[k, :n] = candidates.position_classes(chunk.shape, np.full(n, b), np.full(n, e - 1), here)
        classes.append(candidates.span_classes(chunk.shape, np.array([b]), np.array([e - 1]))[0])
        quoted = {x for p in q.pieces for x in range(*p)}
        gold[k, :n, 0] = [b <= x < e and x not in quoted for x in here]
        for r, role in enumerate(("speaker", "cue", "frame", "addressee", "hedges"), 1):
            inside = [x - low for x in q.roles[role] if low <= x < high]
            gold[k, inside, r] = 1
        known[k, 5] = chunk.hedged
        speaker[k] = _pointer(q.roles["speaker"], low, high, wide)
        labels[k] = q.type, q.medium, q.stance, q.other_medium
    offset = np.array([i * width for i, *_ in rows])
    first = np.array([h[0] for *_, h in rows]) + offset
    last = np.array([h[1] - 1 for *_, h in rows]) + offset
    arrays = (first, last, np.stack(classes), labels[:, 0].copy(), index, mask, position, gold, known, speaker, labels)
    return RoleTask(*(torch.from_numpy(np.ascontiguousarray(a)) for a in arrays))


def _pointer(ids: list[int], low: int, high: int, nobody: int) -> tuple[int, int]:
    """First and last token of the speaker's first span within the window; `nobody` for none, -1 if it lies outside."""
    if not ids:
        return nobody, nobody
    stop = 1
    while stop < len(ids) and ids[stop] == ids[stop - 1] + 1:
        stop += 1
    begin, end = ids[0], ids[stop - 1]
    return (begin - low, end - low) if low <= begin and end < high else (-1, -1)


def _moved(hull: tuple[int, int], others: list[tuple[int, int]], size: int, rng: random.Random) -> tuple[int, int]:
    """A span near a gold one, as a reader may find it: at least 60 % in common."""
    b, e = hull
    step = max(1, (e - b) // 4)
    for _ in range(4):
        x, y = b + rng.randint(-step, step), e + rng.randint(-step, step)
        if 0 <= x < y <= size and (x, y) != hull and (min(y, e) - max(x, b)) / (max(y, e) - min(x, b)) > 0.6:
            return x, y
    return hull
