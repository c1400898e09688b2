"""What the network says to the quotations of a text: spans that agree with each other, and a role for each token."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from inquit.languages.tokens import Tokens
from inquit.quotations import candidates
from inquit.quotations.candidates import Floats, Ints, Shape
from inquit.quotations.features import NO_LETTERS, Features, cut
from inquit.records import MEDIA, STANCES, TYPES

OUTPUTS = ("hole", "speaker", "cue", "frame", "addressee", "hedges", "speaker begin", "speaker end")
"""What the network scores for every token around a quotation."""

DIRECT = TYPES.index("Direct")

ACCEPT = 0.45
"""Least support of a quotation that is kept. Set on german-quotes/dev for the mean of message and strict quote F1;
0.42 to 0.52 differ by less than 0.3 points."""

NESTED_ACCEPT = 0.6
"""Least support of a quotation inside or around another one of the same sort (Direct, or not Direct)."""

SAME = 0.4
"""Overlap (intersection over union) from which two candidates of one sort are readings of one quotation."""

LEAST = 0.03
"""Least probability of a candidate to be any quotation; others are left out before candidates are compared."""

OWN_MASS = 0.5
"""Weight of a candidate's own probability against the support of its neighbours when two readings compete."""

ROLE_LEAST = {"hole": 0.5, "cue": 0.5, "frame": 0.5, "addressee": 0.5, "hedges": 0.5}
"""Least probability of a token to play a role."""

LONGEST_SPEAKER = 30
SECTION = 6000
"""Tokens decoded together at most, so that memory does not grow with the length of an article."""

GROUP = 256
"""Candidates compared with each other at most, so that time stays linear in the length of a text."""


@dataclass(frozen=True, slots=True)
class Found:
    """One quotation in tokens: `pieces` and `roles` are half-open ranges; `types`, `media`, `stances` probabilities.

    `support` is that of the span, 0 to 1. `signs` of being right: log odds of the support and of the speaker (also
    of nobody), has a cue, has a speaker, is Direct.
    """

    pieces: tuple[tuple[int, int], ...]
    roles: dict[str, tuple[tuple[int, int], ...]]
    types: Floats
    media: Floats
    stances: Floats
    support: float
    signs: tuple[float, ...]

    @property
    def hull(self) -> tuple[int, int]:
        """Range from the first to the last token of the quote."""
        return self.pieces[0][0], self.pieces[-1][1]


class Chosen(NamedTuple):
    """A candidate that is kept: its number, its type as the span scorer sees it, and its support."""

    candidate: int
    type: int
    support: float


class Answer(NamedTuple):
    """What the network says of one quotation: role logits of the tokens from `low` on, and the other logits."""

    low: int
    logits: Floats
    nobody: Floats
    labels: Floats


class Network(Protocol):
    """The trained part. Rows are token numbers; the last row of `rows` and `summed` belongs to no token."""

    def tokens(self, features: Features) -> tuple[Floats, Floats, Floats, Floats]:
        """(begin [n], end [n]: probabilities; rows [n + 1, …]; running sums before each token [n + 1, …])."""
        ...

    def spans(self, rows: Floats, summed: Floats, first: Ints, last: Ints, classes: Ints) -> tuple[Floats, Floats]:
        """(Probabilities [c, 1 + types], vectors [c, …]) of candidates."""
        ...

    def roles(
        self, rows: Floats, quotation: Floats, kind: Ints, window: tuple[Ints, npt.NDArray[np.bool_], Ints]
    ) -> tuple[Floats, Floats, Floats]:
        """(Logits [q, w, OUTPUTS], logits of no speaker [q, 2], label logits [q, types + media + stances])."""
        ...


def decode(network: Network, tokens: Tokens, features: Features) -> list[Found]:
    """Quotations of a text, in the order of the text, outer before inner."""
    found: list[Found] = []
    for low, high in _sections(tokens):
        found += [_moved(f, low) for f in _section(network, *cut(tokens, features, low, high))]
    return found


def _sections(tokens: Tokens) -> list[tuple[int, int]]:
    """Token ranges of at most about `SECTION` tokens, whole sentences."""
    n = len(tokens)
    if n <= SECTION:
        return [(0, n)] if n else []
    cuts = [0]
    for first, last in tokens.sentences:
        if last - cuts[-1] > SECTION and first > cuts[-1]:
            cuts.append(first)
        while last - cuts[-1] > SECTION:
            cuts.append(cuts[-1] + SECTION)
    return list(zip(cuts, [*cuts[1:], n], strict=True))


def _moved(found: Found, by: int) -> Found:
    if not by:
        return found
    roles = {name: tuple((b + by, e + by) for b, e in spans) for name, spans in found.roles.items()}
    return replace(found, pieces=tuple((b + by, e + by) for b, e in found.pieces), roles=roles)


def _section(network: Network, tokens: Tokens, features: Features) -> list[Found]:
    shape = candidates.shape(tokens, features)
    begin, end, rows, summed = network.tokens(features)
    first, last = candidates.spans(begin, end)
    lettered = np.concatenate([[0], np.cumsum(features.casing != NO_LETTERS)])
    worded = lettered[last + 1] > lettered[first]
    first, last = first[worded], last[worded]
    if not len(first):
        return []
    probabilities, vectors = network.spans(rows, summed, first, last, candidates.span_classes(shape, first, last))
    chosen = select(first, last, probabilities)
    if not chosen:
        return []
    chosen.sort(key=lambda c: (first[c.candidate], -last[c.candidate], c.type == DIRECT))
    index = np.array([c.candidate for c in chosen])
    kinds = np.array([c.type for c in chosen])
    found: list[Found] = []
    for part in np.array_split(np.arange(len(index)), max(1, len(index) // 64)):
        i = index[part]
        index_around, mask, position = _window(shape, first[i], last[i], len(rows) - 1)
        logits, nobody, labels = network.roles(rows, vectors[i], kinds[part], (index_around, mask, position))
        for k, j in enumerate(part):
            hull = int(first[i[k]]), int(last[i[k]]) + 1
            answer = Answer(int(index_around[k, 0]), logits[k][mask[k]], nobody[k], labels[k])
            found.append(_found(hull, answer, chosen[j]))
    return found


def select(first: Ints, last: Ints, probabilities: Floats) -> list[Chosen]:
    """The quotations that are kept; no two of them cross."""
    direct = probabilities[:, 1 + DIRECT]
    other = 1 - probabilities[:, 0] - direct
    kept: list[Chosen] = []
    for group in _groups(first, last, np.flatnonzero(direct + other > LEAST)):
        taken: list[_Option] = []
        for option in _options(first[group], last[group], (other[group], direct[group])):
            if all(_agrees(option, one) for one in taken):
                taken.append(option)
                number = int(group[option.number])
                types = probabilities[number, 1:] * ((np.arange(len(TYPES)) == DIRECT) == option.direct)
                kept.append(Chosen(number, int(types.argmax()), option.support))
    return kept


class _Option(NamedTuple):
    """A candidate of a group, read as Direct or as one of the other types."""

    rank: float
    direct: bool
    number: int
    first: int
    last: int
    support: float


def _options(first: Ints, last: Ints, masses: tuple[Floats, Floats]) -> list[_Option]:
    """Candidates with enough support, best first: each is supported by all that mean about the same tokens."""
    union = np.maximum(last[:, None], last) - np.minimum(first[:, None], first) + 1
    common = np.minimum(last[:, None], last) - np.maximum(first[:, None], first) + 1
    overlap = np.maximum(common, 0) / union
    options = []
    for direct, mass in zip((False, True), masses, strict=True):
        support = np.minimum(overlap**2 @ mass, 1.0)
        rank = support + OWN_MASS * mass
        options += [
            _Option(-float(rank[k]), direct, int(k), int(first[k]), int(last[k]), float(support[k]))
            for k in np.flatnonzero(support > ACCEPT)
        ]
    return sorted(options)


def _agrees(one: _Option, taken: _Option) -> bool:
    """Whether candidate `one` can stand beside one that is already taken."""
    if one.last < taken.first or taken.last < one.first:
        return True
    inside = taken.first <= one.first and one.last <= taken.last
    around = one.first <= taken.first and taken.last <= one.last
    if not (inside or around) or one.number == taken.number:
        return False
    sizes = sorted((one.last - one.first + 1, taken.last - taken.first + 1))
    return one.direct != taken.direct or (sizes[0] / sizes[1] < SAME and one.support > NESTED_ACCEPT)


def _groups(first: Ints, last: Ints, index: Ints) -> Iterator[Ints]:
    """Candidates in groups that do not touch, `GROUP` at most in one."""
    order = index[np.lexsort((-last[index], first[index]))]
    group: list[int] = []
    reach = -1
    for i in order:
        if group and (first[i] > reach or len(group) >= GROUP):
            yield np.array(group)
            group = []
        group.append(int(i))
        reach = max(reach, int(last[i])) if len(group) > 1 else int(last[i])
    if group:
        yield np.array(group)


def _window(shape: Shape, first: Ints, last: Ints, nothing: int) -> tuple[Ints, npt.NDArray[np.bool_], Ints]:
    """(Tokens, whether they exist, their position classes) around quotations, as rows of one length."""
    low, high = candidates.windows(shape, first, last)
    index = low[:, None] + np.arange(int((high - low).max()))
    mask = index < high[:, None]
    safe = np.where(mask, index, low[:, None])
    position = candidates.position_classes(shape, first[:, None], last[:, None], safe)
    return np.where(mask, index, nothing), mask, position


def _found(hull: tuple[int, int], answer: Answer, chosen: Chosen) -> Found:
    low, logits = answer.low, answer.logits
    first, last = hull[0] - low, hull[1] - low
    chance = 1 / (1 + np.exp(-logits[:, : OUTPUTS.index("speaker begin")]))
    quoted = np.zeros(len(logits), bool)
    quoted[first:last] = chance[first:last, 0] <= ROLE_LEAST["hole"]
    quoted[[first, last - 1]] = True
    speaker, sure = _speaker(answer)
    roles = {"speaker": speaker}
    for name in ("cue", "frame", "addressee", "hedges"):
        plays = chance[:, OUTPUTS.index(name)] > ROLE_LEAST[name]
        if name == "frame":
            plays &= ~quoted
        roles[name] = _runs(plays, low)
    n, m = len(TYPES), len(TYPES) + len(MEDIA)
    labels = answer.labels
    types, media, stances = (_softmax(part) for part in (labels[:n], labels[n:m], labels[m : m + len(STANCES)]))
    is_direct = chosen.type == DIRECT
    types = np.where((np.arange(n) == DIRECT) == is_direct, types + 1e-9, 0)
    types /= types.sum()
    signs = (_logit(chosen.support), _logit(sure), float(bool(roles["cue"])), float(bool(speaker)), float(is_direct))
    return Found(_runs(quoted, low), roles, types, media, stances, chosen.support, signs)


def _speaker(answer: Answer) -> tuple[tuple[tuple[int, int], ...], float]:
    """The most probable speaker, or none, and its probability: begin and end are scored apart and belong together."""
    low, n = answer.low, len(answer.logits)
    begin, end = (_log_softmax(np.append(answer.logits[:, k - 2], answer.nobody[k])) for k in (0, 1))
    best, span = begin[-1] + end[-1], None
    for i in np.argsort(-begin[:n])[:6]:
        stop = min(n, i + LONGEST_SPEAKER)
        j = int(end[i:stop].argmax()) + i
        if begin[i] + end[j] > best:
            best, span = begin[i] + end[j], (int(i), int(j))
    sure = float(np.exp(best / 2))
    return (() if span is None else ((low + span[0], low + span[1] + 1),)), sure


def _runs(plays: npt.NDArray[np.bool_], low: int) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of consecutive true values, moved by `low`."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], plays.astype(np.int8), [0]])))
    return tuple((int(b) + low, int(e) + low) for b, e in zip(edges[::2], edges[1::2], strict=True))


def _logit(chance: float) -> float:
    """Log odds, kept within those of 1 and 99 percent."""
    chance = min(0.99, max(0.01, chance))
    return log(chance / (1 - chance))


def _log_softmax(x: Floats) -> Floats:
    shifted: Floats = x - x.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), np.float32)


def _softmax(x: Floats) -> Floats:
    raised = np.exp(x - x.max())
    return np.asarray(raised / raised.sum(), np.float32)
