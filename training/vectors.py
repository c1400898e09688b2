"""Start values of the word vectors: co-occurrence counts, factorised, then fitted by word and subword tables."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import torch
from scipy import sparse

from inquit.quotations.features import BUCKETS, subwords

WORDS = 24_000
"""Forms with a row of their own."""
DIMENSIONS = 160
CONTEXTS = 6_000
OFFSETS = (-2, -1, 1, 2)
"""Neighbours counted one by one: syntax. A window of `WIDE` on both sides adds what a text is about."""
WIDE = 6
FITTED = 90_000


@dataclass
class Vocabulary:
    """Forms by frequency; the first `WORDS` have a row of their own (0 is for every other form)."""

    forms: list[str]
    counts: np.ndarray

    def rows(self) -> dict[str, int]:
        return {form: i + 1 for i, form in enumerate(self.forms[:WORDS])}


def vocabulary(texts: list[tuple[int, list[str]]], least: int = 2) -> Vocabulary:
    counter: Counter[str] = Counter()
    for repeats, forms in texts:
        for form in forms:
            counter[form] += repeats
    chosen = [(f, n) for f, n in sorted(counter.items(), key=lambda x: (-x[1], x[0])) if n >= least]
    return Vocabulary([f for f, _ in chosen], np.array([n for _, n in chosen]))


def _factorised(stream: np.ndarray, size: int, seed: int) -> np.ndarray:
    """Vectors of the `size` most frequent forms from the stream of form numbers (-1: none)."""
    blocks = []
    for offsets in [(o,) for o in OFFSETS] + [tuple(o for d in range(1, WIDE + 1) for o in (-d, d))]:
        counts = sparse.csr_matrix((size, CONTEXTS), dtype=np.float32)
        for offset in offsets:
            a, b = (stream[:-offset], stream[offset:]) if offset > 0 else (stream[-offset:], stream[:offset])
            keep = (a >= 0) & (a < size) & (b >= 0) & (b < CONTEXTS)
            counts = (
                counts
                + sparse.coo_matrix(
                    (np.ones(keep.sum(), np.float32), (a[keep], b[keep])), shape=(size, CONTEXTS)
                ).tocsr()
            )
        blocks.append(_information(counts))
    matrix = sparse.hstack(blocks).tocsr()
    rng = np.random.default_rng(seed)
    basis = rng.standard_normal((matrix.shape[1], DIMENSIONS + 20)).astype(np.float32)
    for _ in range(3):
        basis, _ = np.linalg.qr(matrix.T @ (matrix @ basis))
    u, s, _ = np.linalg.svd(matrix @ basis, full_matrices=False)
    vectors = u[:, :DIMENSIONS] * np.sqrt(s[:DIMENSIONS])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-3 * np.abs(vectors).max()
    return (vectors * np.sqrt(DIMENSIONS) * 0.5).astype(np.float32)


def _information(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Positive pointwise mutual information, contexts smoothed by the power 0.75."""
    total = counts.sum()
    rows = np.asarray(counts.sum(1)).ravel() / total
    columns = np.asarray(counts.sum(0)).ravel() ** 0.75
    columns /= columns.sum()
    coo = counts.tocoo()
    value = np.log(coo.data / total / (rows[coo.row] * columns[coo.col]))
    keep = value > 0
    return sparse.coo_matrix((value[keep], (coo.row[keep], coo.col[keep])), shape=counts.shape).tocsr()


def bags(forms: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Subword rows of all forms in one vector, and where each form's rows begin."""
    rows = [subwords(form) for form in forms]
    offsets = np.cumsum([0] + [len(r) for r in rows])[:-1]
    return torch.tensor([x for r in rows for x in r]), torch.tensor(offsets)


def vectors(vocab: Vocabulary, stream: np.ndarray, seed: int, epochs: int = 6) -> tuple[torch.Tensor, torch.Tensor]:
    """Tables of words [WORDS + 1, D] and subwords [BUCKETS, D] whose sum comes close to the factorised vectors."""
    size = min(FITTED, len(vocab.forms))
    target = torch.from_numpy(_factorised(stream, size, seed))
    generator = torch.Generator().manual_seed(seed)
    word = torch.zeros(WORDS + 1, DIMENSIONS, requires_grad=True)
    piece = torch.zeros(BUCKETS, DIMENSIONS, requires_grad=True)
    optimizer = torch.optim.Adam([word, piece], lr=0.03)
    weight = torch.from_numpy(np.minimum(vocab.counts[:size], 1000) ** 0.5).float()
    weight /= weight.mean()
    rows = [torch.tensor(subwords(form)) for form in vocab.forms[:size]]
    for epoch in range(epochs):
        order = torch.randperm(size, generator=generator)
        total = 0.0
        for chunk in order.split(8192):
            lengths = torch.tensor([len(rows[i]) for i in chunk])
            flat = torch.cat([rows[i] for i in chunk])
            offsets = torch.cumsum(lengths, 0) - lengths
            made = torch.nn.functional.embedding_bag(flat, piece, offsets, mode="mean") * 2
            own = torch.where(chunk < WORDS, chunk + 1, 0)
            own = own * (torch.rand(len(chunk), generator=generator) > 0.4)
            made = made + word[own] * (own > 0)[:, None]
            loss = ((made - target[chunk]) ** 2).mean(1) @ weight[chunk] / len(chunk)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(chunk)
        for group in optimizer.param_groups:
            group["lr"] *= 0.7
        print(f"vectors: epoch {epoch} loss {total / size:.4f}", flush=True)
    return word.detach(), piece.detach()
