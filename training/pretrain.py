"""Pretraining of the word vectors and the lower layer: guess each word from what stands left and right of it.

Both directions of a one-layer LSTM are separate, so every token can be guessed from the forward state before it and
the backward state after it (Baevski et al. 2019, cloze-driven pretraining); nothing has to be masked.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from inquit.quotations.features import Features
from training.model import LOWER, Encoder, Types, Words
from training.vectors import DIMENSIONS, WORDS, Vocabulary

STEPS = 2200
ROWS, LENGTH = 64, 80
SAMPLED = 1500
RATE = 2e-3


class Guesser(nn.Module):
    """States before and after a token to scores of the sampled forms."""

    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Sequential(nn.Linear(2 * LOWER, 256), nn.GELU(), nn.Linear(256, DIMENSIONS))
        self.casing = nn.Linear(2 * LOWER, 6)
        self.out = nn.Embedding(WORDS, DIMENSIONS)
        self.bias = nn.Parameter(torch.zeros(WORDS))


def arrays(texts: list[tuple[int, Features]], types: Types, seed: int) -> list[np.ndarray]:
    """All texts in random order as four long rows of numbers."""
    order = [f for repeats, f in texts for _ in range(repeats)]
    np.random.default_rng(seed).shuffle(order)
    unknown = len(types.number) - 1
    numbers = np.concatenate([[types.number.get(x, unknown) for x in f.forms] for f in order])
    names = ("casing", "inside", "place")
    rest = [np.concatenate([getattr(f, name) for f in order]).astype(np.int64) for name in names]
    return [numbers, *rest]


def pretrain(
    words: Words, encoder: Encoder, texts: list[tuple[int, Features]], vocab: Vocabulary, seed: int, steps: int = STEPS
) -> None:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    types = Types([*vocab.forms, "<rare>"], vocab.rows())
    rows = arrays(texts, types, seed)
    width = len(rows[0]) // ROWS
    rows = [r[: width * ROWS].reshape(ROWS, width) for r in rows]
    guesser = Guesser()
    guesser.out.weight.data = words.word.data[1:].clone()
    noise = torch.from_numpy(vocab.counts[:WORDS] ** 0.75).float()
    parameters = [*words.parameters(), *encoder.parameters(), *guesser.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.0, fused=True)
    total = done = 0.0
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / 100) * max(0.02, 1 - step / steps)
        at = int(rng.integers(0, width - LENGTH))
        numbers, casing, inside, place = (r[:, at : at + LENGTH] for r in rows)
        loss, n = _loss(words, encoder, guesser, types, noise, numbers, *map(torch.from_numpy, (casing, inside, place)))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        total, done = total + n, done + 1
        if step % 100 == 99:
            print(f"pretrain: step {step + 1} loss {total / done:.4f}", flush=True)
            total = done = 0.0


def _loss(words, encoder, guesser, types, noise, numbers, casing, inside, place):
    own, flat, offsets, places = types.batch(numbers)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = functional.embedding(places, words(own, flat, offsets))
        x = functional.dropout(encoder.inputs(vectors, casing, inside, place), 0.1)
        states, _ = encoder.lower(x)
        around = torch.cat([states[:, :-2, :LOWER], states[:, 2:, LOWER:]], -1)
        wanted = torch.from_numpy(types.own)[torch.from_numpy(numbers)][:, 1:-1] - 1
        known = wanted >= 0
        seen = torch.unique(wanted[known])
        extra = torch.multinomial(noise, SAMPLED)
        candidates = torch.unique(torch.cat([seen, extra]))
        place_of = torch.full((WORDS,), -1)
        place_of[candidates] = torch.arange(len(candidates))
        hidden = guesser.project(around[known])
        scores = hidden @ guesser.out(candidates).T + guesser.bias[candidates]
        case = guesser.casing(around)
    loss = functional.cross_entropy(scores.float(), place_of[wanted[known]])
    return loss + 0.3 * functional.cross_entropy(case.float().flatten(0, 1), casing[:, 1:-1].flatten()), loss.item()
