"""Articles to batches of chunks, with the gold answers to what the network is asked."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from inquit.quotations import candidates, features
from inquit.quotations.candidates import Floats
from inquit.quotations.features import Features
from inquit.records import MEDIA, STANCES, TYPES
from training.data import Chances, Document, Quote, Taught

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
    chances: Chances | None = None

    def __len__(self) -> int:
        return len(self.features.forms)


def cut(document: Document, low: int, high: int) -> Chunk:
    """Tokens `[low, high)` of a document with the quotations inside them."""
    t, f = document.tokens, document.features
    if low == 0 and high == len(t):
        return Chunk(f, candidates.shape(t, f), document.quotes, document.hedged, document.chances)
    tokens, part = features.cut(t, f, low, high)
    quotes = [
        Quote(
            [(b - low, e - low) for b, e in q.pieces], q.type, q.medium, q.other_medium, q.stance,
            {r: [i - low for i in ids if low <= i < high] for r, ids in q.roles.items()},
            q.taught and q.taught.moved(-low),
        )
        for q in document.quotes
        if q.hull[0] >= low and q.hull[1] <= high
    ]  # fmt: skip
    chances = document.chances and document.chances.cut(low, high)
    return Chunk(part, candidates.shape(tokens, part), quotes, document.hedged, chances)


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
    """[B, T, 2]: whether a quotation begins, or ends, with the token; or how likely that is."""
    gold = torch.zeros(len(batch), width, 2)
    for i, chunk in enumerate(batch):
        if chunk.chances:
            gold[i, : len(chunk)] = torch.from_numpy(chunk.chances.edges)
            continue
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
    """Candidates of a batch: rows of first and last tokens, classes, gold types [c, 1 + types] (0: no quotation)."""

    first: torch.Tensor
    last: torch.Tensor
    classes: torch.Tensor
    gold: torch.Tensor


NO_QUOTATION = np.eye(1, 1 + len(TYPES), dtype=np.float32)[0]

ASKED = 0.1
"""Least probability that a teacher gives to a span that is asked about wherever the student finds edges."""


def answers(chunk: Chunk) -> dict[tuple[int, int], Floats]:
    """Distributions over no quotation and the types, of the spans (first, last) that may be quotations."""
    if chunk.chances:
        return chunk.chances.spans
    table = np.eye(1 + len(TYPES), dtype=np.float32)
    return {(q.hull[0], q.hull[1] - 1): table[q.type + 1] for q in reversed(chunk.quotes)}


def asked(batch: list[Chunk], chances: np.ndarray, width: int, most: int = 30) -> Asked:
    """Gold spans and the spans between likely edges (`chances` [B, T, 2]) and gold ones."""
    parts: list[list[np.ndarray]] = [[], [], [], []]
    for i, chunk in enumerate(batch):
        n = len(chunk)
        gold = answers(chunk)
        sure = [key for key, row in gold.items() if row[0] < 1 - ASKED]
        sides = []
        for side in (0, 1):
            chance = chances[i, :n, side]
            likely = np.flatnonzero(chance > candidates.BOUNDARY)
            likely = likely[np.argsort(-chance[likely])[:most]]
            sides.append(np.union1d(likely, np.array([key[side] for key in sure], np.int64)))
        first, last = candidates.pairs(sides[0], sides[1])
        missing = set(sure) - set(zip(first.tolist(), last.tolist(), strict=True))
        if missing:
            first = np.append(first, [m[0] for m in sorted(missing)])
            last = np.append(last, [m[1] for m in sorted(missing)])
        if len(first):
            keys = zip(first.tolist(), last.tolist(), strict=True)
            parts[0].append(first + i * width)
            parts[1].append(last + i * width)
            parts[2].append(candidates.span_classes(chunk.shape, first, last))
            parts[3].append(np.stack([gold.get(key, NO_QUOTATION) for key in keys]))
    return Asked(*(torch.from_numpy(np.concatenate(p)) for p in parts))


@dataclass
class RoleTask:
    """Quotations of a batch and the tokens around them, with gold.

    `gold` [q, w, 6]; `speaker` [q, w + 1, 2] and `labels` [q, n] each are distributions, all 0 where unknown.
    """

    first: torch.Tensor
    last: torch.Tensor
    classes: torch.Tensor
    kind: torch.Tensor
    index: torch.Tensor
    mask: torch.Tensor
    position: torch.Tensor
    weight: torch.Tensor
    gold: torch.Tensor
    known: torch.Tensor
    speaker: torch.Tensor
    labels: list[torch.Tensor]


LABEL_SIZES = (len(TYPES), len(MEDIA), len(STANCES), len(MEDIA))
"""Type, medium, stance, and the medium of the other sets."""


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
    speaker = np.zeros((q_count, wide + 1, 2), np.float32)
    classes = []
    for k, (i, chunk, q, (b, e)) in enumerate(rows):
        low, high = (int(x[0]) for x in around[k])
        n = high - low
        here = np.arange(low, high)
        index[k, :n], mask[k, :n] = here + i * width, True
        position[k, :n] = candidates.position_classes(chunk.shape, np.full(n, b), np.full(n, e - 1), here)
        classes.append(candidates.span_classes(chunk.shape, np.array([b]), np.array([e - 1]))[0])
        gold[k, :n], speaker[k] = (
            _taught_roles(q.taught, low, high, wide) if q.taught else _roles(q, here, (b, e), wide)
        )
        known[k, 5] = chunk.hedged
    offset = np.array([i * width for i, *_ in rows])
    first = np.array([h[0] for *_, h in rows]) + offset
    last = np.array([h[1] - 1 for *_, h in rows]) + offset
    kind = np.array([q.type for _, _, q, _ in rows])
    weight = np.array([q.taught.weight if q.taught else 1.0 for _, _, q, _ in rows], np.float32)
    arrays = (first, last, np.stack(classes), kind, index, mask, position, weight, gold, known, speaker)
    labels = [np.stack(column) for column in zip(*(_labels(q) for _, _, q, _ in rows), strict=True)]
    given: list[Any] = [torch.from_numpy(np.ascontiguousarray(a)) for a in arrays]
    given.append([torch.from_numpy(c) for c in labels])
    return RoleTask(*given)


def _roles(q: Quote, here: np.ndarray, hull: tuple[int, int], wide: int) -> tuple[np.ndarray, np.ndarray]:
    """Gold roles [n, 6] of the tokens `here` and distributions of the speaker's begin and end [wide + 1, 2]."""
    low, high = int(here[0]), int(here[-1]) + 1
    gold, speaker = np.zeros((len(here), 6), np.float32), np.zeros((wide + 1, 2), np.float32)
    quoted = {x for p in q.pieces for x in range(*p)}
    gold[:, 0] = [hull[0] <= x < hull[1] and x not in quoted for x in here]
    for r, role in enumerate(("speaker", "cue", "frame", "addressee", "hedges"), 1):
        gold[[x - low for x in q.roles[role] if low <= x < high], r] = 1
    for side, at in enumerate(_pointer(q.roles["speaker"], low, high, wide)):
        if at >= 0:
            speaker[at, side] = 1
    return gold, speaker


def _taught_roles(taught: Taught, low: int, high: int, wide: int) -> tuple[np.ndarray, np.ndarray]:
    """The same from a teacher; a speaker that lies for the most part outside the window is unknown."""
    gold, speaker = np.zeros((high - low, 6), np.float32), np.zeros((wide + 1, 2), np.float32)
    begin, end = max(low, taught.low), min(high, taught.low + len(taught.roles))
    ours, theirs = slice(begin - low, end - low), slice(begin - taught.low, end - taught.low)
    if begin < end:
        gold[ours] = taught.roles[theirs]
        speaker[ours] = taught.speaker[theirs]
    speaker[wide] = taught.speaker[-1]
    total = speaker.sum(0)
    return gold, np.where(total > 0.5, speaker / np.maximum(total, 1e-6), 0).astype(np.float32)


def _labels(q: Quote) -> tuple[np.ndarray, ...]:
    """Distributions over `LABEL_SIZES`, all 0 where nothing is annotated."""
    if q.taught:
        return q.taught.labels
    made = []
    for size, label in zip(LABEL_SIZES, (q.type, q.medium, q.stance, q.other_medium), strict=True):
        made.append(np.zeros(size, np.float32))
        if label >= 0:
            made[-1][label] = 1
    return tuple(made)


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
