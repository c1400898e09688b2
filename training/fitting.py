"""Supervised training: one pass over batches, the losses, and the running average of the weights."""

import copy
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from training import batches
from training.batches import Chunk, RoleTask
from training.data import Document
from training.model import SPAN, Reader, Types

WEIGHTS = {"bounds": 1.0, "spans": 1.0, "tags": 0.15, "roles": 0.3, "speaker": 0.5, "labels": 1.0}
"""Shares of the losses, each a sum over the batch divided by its quotations."""


@dataclass(frozen=True)
class Plan:
    """How long and how fast to train; rates are those of AdamW at the peak; 0 leaves the words as they are.

    In each of the first `lessons` epochs a part of the articles that a teacher has read, `share` of them, are read
    among the gold ones.
    """

    epochs: int = 16
    rate: float = 1.5e-3
    lower_rate: float = 6e-4
    words_rate: float = 3e-4
    decay: float = 0.01
    average: float = 0.995
    seed: int = 1
    lessons: int = 0
    share: float = 0.0


def fit(reader: Reader, documents: list[Document], types: Types, plan: Plan, taught: Sequence[Document] = ()) -> Reader:
    """Trains `reader` in place and returns the running average of its weights."""
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    slow = list(reader.encoder.lower.parameters())
    words = list(reader.words.parameters())
    known = {id(p) for p in slow + words}
    rest = [p for p in reader.parameters() if id(p) not in known]
    groups = [(rest, plan.rate), (slow, plan.lower_rate)]
    for table in words:
        table.requires_grad_(plan.words_rate > 0)
    if plan.words_rate:
        groups.append((words, plan.words_rate))
    optimizer = torch.optim.AdamW(
        [{"params": p, "lr": r, "peak": r} for p, r in groups], weight_decay=plan.decay, betas=(0.9, 0.98), fused=True
    )
    mean = copy.deepcopy(reader)
    schedule = [batches.epoch([*documents, *_lessons(taught, plan, number, rng)], rng) for number in range(plan.epochs)]
    total = sum(len(e) for e in schedule)
    done = 0
    for number, made in enumerate(schedule):
        sums: dict[str, float] = {}
        for batch in made:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * _pace(done, total)
            losses = batch_losses(reader, batch, types, rng)
            loss = sum(WEIGHTS[name] * value for name, value in losses.items())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
            optimizer.step()
            done += 1
            follow(mean, reader, min(plan.average, done / (done + 10)))
            for name, value in losses.items():
                sums[name] = sums.get(name, 0.0) + value.item() / len(made)
        print(f"fit: epoch {number} " + " ".join(f"{k} {v:.3f}" for k, v in sums.items()), flush=True)
    return mean


def _lessons(taught: Sequence[Document], plan: Plan, number: int, rng: random.Random) -> list[Document]:
    """Articles of the teacher for epoch `number`."""
    return rng.sample(taught, round(len(taught) * plan.share)) if number < plan.lessons else []


def _pace(done: int, total: int) -> float:
    warm = min(1.0, (done + 1) / 100)
    return warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done / total)))


@torch.no_grad()
def follow(mean: nn.Module, reader: nn.Module, keep: float) -> None:
    for slow, fast in zip(mean.parameters(), reader.parameters(), strict=True):
        slow.lerp_(fast, 1 - keep)


def batch_losses(reader: Reader, batch: list[Chunk], types: Types, rng: random.Random) -> dict[str, torch.Tensor]:
    width = max(len(c) for c in batch) + 1
    numbers = np.full((len(batch), width), types.number["<rare>"])
    for i, chunk in enumerate(batch):
        numbers[i, : len(chunk)] = [types.number[f] for f in chunk.features.forms]
    own, flat, offsets, places = types.batch(numbers)
    mask = torch.zeros(len(batch), width, dtype=torch.bool)
    for i, chunk in enumerate(batch):
        mask[i, : len(chunk)] = True
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = functional.embedding(places, reader.words(own, flat, offsets)) * mask[..., None]
        features = [batches.padded(batch, name, width) for name in ("casing", "inside", "place")]
        bounds, tags, rows = reader.tokens(vectors, *features)
    bounds, tags, rows = bounds.float(), tags.float(), rows.float() * mask[..., None]
    count = sum(len(c.quotes) for c in batch) + 5
    losses = {
        "bounds": _binary(bounds, batches.edges(batch, width), mask) / count,
        "tags": _binary(tags, batches.tags(batch, width), mask) / count,
    }
    rows = torch.cat([rows.flatten(0, 1), rows.new_zeros(1, rows.shape[-1])])
    summed = running(rows)
    asked = batches.asked(batch, torch.sigmoid(bounds).detach().numpy(), width)
    scores, _ = reader.spans(rows, summed, asked.first, asked.last, asked.classes)
    losses["spans"] = functional.cross_entropy(scores, asked.gold, reduction="sum") / count
    task = batches.role_task(batch, width, rng)
    if task:
        losses |= role_losses(reader, rows, summed, task)
    return losses


def running(rows: torch.Tensor) -> torch.Tensor:
    """Sums of the content projection over all rows before each row."""
    content = rows[:-1, 4 * SPAN : 5 * SPAN]
    return torch.cat([content.new_zeros(1, SPAN), content.cumsum(0)])


def _binary(logits: torch.Tensor, gold: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    loss = functional.binary_cross_entropy_with_logits(logits, gold, reduction="none")
    return (loss * mask[..., None]).sum()


def role_losses(reader: Reader, rows: torch.Tensor, summed: torch.Tensor, task: RoleTask) -> dict[str, torch.Tensor]:
    _, vectors = reader.spans(rows, summed, task.first, task.last, task.classes)
    logits, nobody, labels = reader.roles(rows, vectors, task.kind, task.index, task.mask, task.position)
    n = task.weight.sum()
    each = functional.binary_cross_entropy_with_logits(logits[..., :6], task.gold, reduction="none")
    each = each * task.mask[..., None] * task.known[:, None]
    roles = (each.sum((1, 2)) * task.weight).sum() / n
    pointer = logits[..., 6:].masked_fill(~task.mask[..., None], -1e4)
    pointer = torch.cat([pointer, nobody[:, None]], 1)
    speaker = sum(_categorical(pointer[..., k], task.speaker[..., k], task.weight) for k in (0, 1))
    named = zip(labels.split(batches.LABEL_SIZES, -1), task.labels, strict=True)
    label = sum(_categorical(part, gold, task.weight) for part, gold in named)
    return {"roles": roles, "speaker": speaker, "labels": label}


def _categorical(logits: torch.Tensor, gold: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Weighted mean cross entropy against the distributions `gold`; rows of zeros are unknown."""
    known = weight * (gold.sum(-1) > 0)
    each = -(gold * torch.log_softmax(logits, -1)).sum(-1)
    return (each * known).sum() / known.sum().clamp_min(1e-6)


class TorchNetwork:
    """The network as `inquit.quotations.decode` wants it, for measuring while training."""

    def __init__(self, reader: Reader, types: Types) -> None:
        self.reader, self.types = reader.eval(), types

    @torch.no_grad()
    def tokens(self, features):
        numbers = np.array([[self.types.number[f] for f in features.forms]])
        own, flat, offsets, places = self.types.batch(numbers)
        vectors = functional.embedding(places, self.reader.words(own, flat, offsets))
        parts = [torch.from_numpy(getattr(features, n).astype(np.int64))[None] for n in ("casing", "inside", "place")]
        bounds, _, rows = self.reader.tokens(vectors, *parts)
        chance = torch.sigmoid(bounds[0]).numpy()
        rows = torch.cat([rows[0], rows.new_zeros(1, rows.shape[-1])])
        return chance[:, 0], chance[:, 1], rows.numpy(), running(rows).numpy()

    @torch.no_grad()
    def spans(self, rows, summed, first, last, classes):
        given = (torch.from_numpy(x) for x in (rows, summed, first, last, classes))
        scores, vectors = self.reader.spans(*given)
        return torch.softmax(scores, -1).numpy(), vectors.numpy()

    @torch.no_grad()
    def roles(self, rows, quotation, kind, window):
        given = (torch.from_numpy(x) for x in (rows, quotation, kind, *window))
        return tuple(x.numpy() for x in self.reader.roles(*given))
