"""The reader's network: word vectors, two bidirectional LSTM layers, and heads over spans and roles."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from inquit.quotations.candidates import LENGTH_BOUNDS, POSITIONS
from inquit.quotations.features import BUCKETS, CASINGS, INSIDES, PLACES, subwords
from inquit.records import MEDIA, STANCES, TYPES
from training.vectors import DIMENSIONS, WORDS

LOWER, UPPER = 320, 256
"""Units of each direction of the two layers; the lower one is pretrained as two separate language models."""


class Words(nn.Module):
    """Vector of a form: its own row (0 for rare ones) and twice the mean of its subwords' rows."""

    def __init__(self) -> None:
        super().__init__()
        self.word = nn.Parameter(torch.zeros(WORDS + 1, DIMENSIONS))
        self.piece = nn.Parameter(torch.zeros(BUCKETS, DIMENSIONS))

    def forward(self, own: torch.Tensor, flat: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
        made = functional.embedding_bag(flat, self.piece, offsets, mode="mean") * 2
        if self.training:
            own = own * (torch.rand(len(own)) > 0.1)
        return made + functional.embedding(own, self.word) * (own > 0)[:, None]


class Types:
    """Rows of the known forms, so that a batch looks up each different form once."""

    def __init__(self, forms: list[str], own: dict[str, int]) -> None:
        self.number = {form: i for i, form in enumerate(forms)}
        rows = [subwords(form) for form in forms]
        self.lengths = np.array([len(r) for r in rows])
        self.begins = np.cumsum(self.lengths) - self.lengths
        self.flat = np.array([x for r in rows for x in r])
        self.own = np.array([own.get(form, 0) for form in forms])

    def batch(self, numbers: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """(own, flat, offsets) of the different forms of a batch, and for every token the place among them."""
        unique, places = np.unique(numbers, return_inverse=True)
        lengths = self.lengths[unique]
        offsets = np.cumsum(lengths) - lengths
        index = np.repeat(self.begins[unique] - offsets, lengths) + np.arange(lengths.sum())
        own, flat = torch.from_numpy(self.own[unique]), torch.from_numpy(self.flat[index])
        return own, flat, torch.from_numpy(offsets), torch.from_numpy(places.reshape(numbers.shape))


class Encoder(nn.Module):
    """Word vectors and features [B, T] to token vectors [B, T, 2 * UPPER]."""

    def __init__(self, dropout: float = 0.35) -> None:
        super().__init__()
        self.casing = nn.Embedding(CASINGS, 8)
        self.inside = nn.Embedding(INSIDES, 16)
        self.place = nn.Embedding(PLACES, 8)
        size = DIMENSIONS + 32
        self.lower = nn.LSTM(size, LOWER, batch_first=True, bidirectional=True)
        self.upper = nn.LSTM(2 * LOWER + size, UPPER, batch_first=True, bidirectional=True)
        self.dropout = dropout

    def inputs(self, vectors: torch.Tensor, casing: torch.Tensor, inside: torch.Tensor, place: torch.Tensor):
        return torch.cat([vectors, self.casing(casing), self.inside(inside), self.place(place)], -1)

    def forward(self, vectors, casing, inside, place) -> torch.Tensor:
        x = shared_dropout(self.inputs(vectors, casing, inside, place), self.dropout / 2, self.training)
        low = shared_dropout(self.lower(x)[0], self.dropout, self.training)
        return shared_dropout(self.upper(torch.cat([low, x], -1))[0], self.dropout, self.training)


def shared_dropout(x: torch.Tensor, rate: float, training: bool) -> torch.Tensor:
    """Dropout with one mask for all positions of a sequence (Gal and Ghahramani 2016)."""
    if not training or not rate:
        return x
    mask = x.new_empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - rate) / (1 - rate)
    return x * mask


class Reader(nn.Module):
    """The whole network: token vectors to what spans and roles need (`project`), then `spans` and `roles`."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Words()
        self.encoder = Encoder()
        self.bounds = nn.Linear(2 * UPPER, 2)
        self.tags = nn.Linear(2 * UPPER, TAGS)
        self.project = nn.Linear(2 * UPPER, 5 * SPAN + 3 * ROLE)
        self.spans = Spans()
        self.roles = Roles()

    def tokens(self, vectors, casing, inside, place) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """(begin and end logits [B, T, 2], tag logits [B, T, TAGS], projections [B, T, 5 * SPAN + 3 * ROLE])."""
        states = self.encoder(vectors, casing, inside, place)
        return self.bounds(states), self.tags(states), self.project(states)


SPAN, ROLE = 128, 96
TAGS = len(TYPES) + 4
SPAN_CLASSES = (len(LENGTH_BOUNDS) + 1, 4, 3, 4)
OUTPUTS = ("hole", "speaker", "cue", "frame", "addressee", "hedges", "speaker begin", "speaker end")


class Spans(nn.Module):
    """Candidates to type logits (0: no quotation) and a vector of each."""

    def __init__(self) -> None:
        super().__init__()
        self.classes = nn.ModuleList(nn.Embedding(n, SPAN) for n in SPAN_CLASSES)
        for e in self.classes:
            nn.init.normal_(e.weight, std=0.1)
        self.hidden = nn.Linear(SPAN, SPAN)
        self.out = nn.Linear(SPAN, 1 + len(TYPES))
        self.drop = nn.Dropout(0.25)

    def forward(self, rows, summed, first, last, classes):
        """`rows` [N + 1, …] ends with a row of zeros, `summed` [N + 1, SPAN] are running sums before each token.

        `first`, `last` [n] are row numbers; the rows before and after are their neighbours in the text.
        """
        end = rows.shape[0] - 1
        before = torch.where(first > 0, first - 1, end)
        mean = (summed[last + 1] - summed[first]) / (last + 1 - first)[:, None]
        x = rows[first, :SPAN] + rows[last, SPAN : 2 * SPAN] + rows[before, 2 * SPAN : 3 * SPAN]
        x = x + rows[last + 1, 3 * SPAN : 4 * SPAN] + mean
        for i, embedding in enumerate(self.classes):
            x = x + embedding(classes[:, i])
        x = functional.gelu(self.hidden(self.drop(functional.gelu(x)))) + x
        return self.out(self.drop(functional.gelu(x))), x


class Roles(nn.Module):
    """Quotations and the tokens around them to roles, medium, stance and type."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(SPAN, 2 * ROLE)
        self.kind = nn.Embedding(len(TYPES), SPAN)
        self.position = nn.Embedding(POSITIONS, ROLE)
        nn.init.normal_(self.position.weight, std=0.1)
        self.hidden = nn.Linear(ROLE, ROLE)
        self.out = nn.Linear(ROLE, len(OUTPUTS))
        self.nobody = nn.Linear(SPAN, 2)
        self.mix = nn.Linear(SPAN + 3 * ROLE, SPAN)
        self.labels = nn.Linear(SPAN, LABELS)
        self.drop = nn.Dropout(0.25)

    def forward(self, rows, quotation, kind, index, mask, position):
        """`quotation` [q, SPAN] from `Spans`, `kind` [q] types; `index`, `mask`, `position` [q, w] the tokens around.

        Returns role logits [q, w, OUTPUTS], logits of having no speaker [q, 2], and label logits [q, LABELS].
        """
        quotation = quotation + self.kind(kind)
        add, times = self.query(quotation).chunk(2, -1)
        tokens = rows[:, 5 * SPAN :][index]
        x = tokens[..., :ROLE] + add[:, None] + self.position(position) + tokens[..., ROLE : 2 * ROLE] * times[:, None]
        x = self.drop(functional.gelu(x))
        x = functional.gelu(self.hidden(x)) + x
        logits = self.out(x)
        weight = torch.sigmoid(logits[..., 1:4]) * mask[..., None]
        pooled = torch.einsum("qwr,qwd->qrd", weight, tokens[..., 2 * ROLE :])
        pooled = pooled / (weight.sum(1)[..., None] + 0.5)
        mixed = functional.gelu(self.mix(torch.cat([quotation, pooled.flatten(1)], -1)))
        return logits, self.nobody(quotation), self.labels(self.drop(mixed))


LABELS = len(TYPES) + 2 * len(MEDIA) + len(STANCES)
"""Type, medium, stance, and medium as the other sets understand it (see `training.data`)."""
