"""What the network says to the quotations of a text: spans that agree with each other, and a role for each token."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from inquit.languages.tokens import Tokens
from inquit.quotations import candidates, fusion
from inquit.quotations.candidates import DIRECT, OUTPUTS, Floats, Ints, Shape
from inquit.quotations.features import NO_LETTERS, Features, cut
from inquit.quotations.fusion import Evidence
from inquit.quotations.media import Media
from inquit.quotations.media import signs as medium_signs
from inquit.records import MEDIA, STANCES, TYPES

ACCEPT = 0.45
"""Least support of a quotation that is kept where no rules are heard. Set on german-quotes/dev for the mean of message
and strict quote F1; 0.42 to 0.52 differ by less than 0.3 points."""

FUSED_ACCEPT = 0.3
"""The same where rules are heard, whose weights lower what only one neighbour supports. Set in the same way: 0.28 to
0.32 differ by less than 0.2 points, 0.36 loses a point."""

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

_MARKED = [(OUTPUTS.index(name), name) for name in ("cue", "frame", "addressee", "hedges")]
_ROLE_LOGITS = np.array(
    [log(p / (1 - p)) for p in (ROLE_LEAST.get(name, 0.5) for name in OUTPUTS[: OUTPUTS.index("speaker begin")])],
    np.float32,
)
_SORTS = {is_direct: (np.arange(len(TYPES)) == DIRECT) == is_direct for is_direct in (False, True)}

LONGEST_SPEAKER = 30
SECTION = 6000
"""Tokens decoded together at most, so that memory does not grow with the length of an article."""

GROUP = 256
"""Candidates compared with each other at most, so that time stays linear in the length of a text."""


@dataclass(frozen=True, slots=True)
class Found:
    """One quotation in tokens: `pieces` and `roles` are half-open ranges; `types`, `media`, `stances` probabilities.

    `support` is that of the span, 0 to 1. `signs` of being right: log odds of the support and of the speaker (also
    of nobody), has a cue, has a speaker, a rule agrees. `rule` names that rule, or nothing.
    """

    pieces: tuple[tuple[int, int], ...]
    roles: dict[str, tuple[tuple[int, int], ...]]
    types: Floats
    media: Floats
    stances: Floats
    support: float
    signs: tuple[float, ...]
    rule: str = ""

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
    """What the network says of one quotation: role logits of the tokens from `low` on, and the other logits.

    `stops` say for each of these tokens where its sentence ends, counted from `low`.
    """

    low: int
    logits: Floats
    nobody: Floats
    labels: Floats
    stops: Ints


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


@dataclass(frozen=True, slots=True)
class Advice:
    """What is heard beside the network: drafts sorted by first token with the weights of their fusion, and words."""

    evidence: Sequence[Evidence]
    weights: Sequence[float]
    media: Media


def decode(network: Network, tokens: Tokens, features: Features, advice: Advice | None = None) -> list[Found]:
    """Quotations of a text, in the order of the text, outer before inner; by the network alone without `advice`."""
    if 0 < len(tokens) <= SECTION:
        found = _section(network, tokens, features, advice)
    else:
        found = []
        for low, high in _sections(tokens):
            here = advice and replace(advice, evidence=fusion.within(advice.evidence, low, high))
            found += [_moved(f, low) for f in _section(network, *cut(tokens, features, low, high), here)]
    media = advice.media.alike([one.media for one in found]) if advice else [one.media for one in found]
    return [replace(one, media=chances) for one, chances in zip(found, media, strict=True)]


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


def scored(
    network: Network, tokens: Tokens, features: Features, known: Sequence[Evidence]
) -> tuple[Shape, tuple[Ints, Ints], Floats, tuple[Floats, Floats]]:
    """(Shape, first and last tokens of candidates, their probabilities, (rows, vectors of the candidates))."""
    shape = candidates.shape(tokens, features)
    begin, end, rows, summed = network.tokens(features)
    first, last = fusion.joined(*candidates.spans(begin, end), known)
    lettered = np.concatenate([[0], np.cumsum(features.casing != NO_LETTERS)])
    worded = lettered[last + 1] > lettered[first]
    first, last = first[worded], last[worded]
    if not len(first):
        return shape, (first, last), np.zeros((0, 1 + len(TYPES)), np.float32), (rows, rows[:0])
    probabilities, vectors = network.spans(rows, summed, first, last, candidates.span_classes(shape, first, last))
    return shape, (first, last), probabilities, (rows, vectors)


def _section(network: Network, tokens: Tokens, features: Features, advice: Advice | None) -> list[Found]:
    return [quotation(one, tokens, advice) for one in kept(network, tokens, features, advice)]


class Kept(NamedTuple):
    """A quotation that is kept: its token range, how it was chosen, what is said of it, and the rule that agrees."""

    hull: tuple[int, int]
    chosen: Chosen
    answer: Answer
    rule: Evidence | None


def kept(network: Network, tokens: Tokens, features: Features, advice: Advice | None) -> Iterator[Kept]:
    """The quotations of a text of at most `SECTION` tokens, with what network and rules say of each."""
    known = advice.evidence if advice else ()
    shape, (first, last), probabilities, (rows, vectors) = scored(network, tokens, features, known)
    if advice and len(first):
        probabilities = fusion.masses((first, last), probabilities, known, advice.weights)
    chosen = select(first, last, probabilities, FUSED_ACCEPT if advice else ACCEPT)
    if not chosen:
        return
    chosen.sort(key=lambda c: (first[c.candidate], -last[c.candidate], c.type == DIRECT))
    index = np.array([c.candidate for c in chosen])
    kinds = np.array([c.type for c in chosen])
    matched = fusion.matching((first[index], last[index]), kinds == DIRECT, known)
    for part in np.array_split(np.arange(len(index)), max(1, len(index) // 64)):
        i = index[part]
        index_around, mask, position = _window(shape, first[i], last[i], len(rows) - 1)
        logits, nobody, labels = network.roles(rows, vectors[i], kinds[part], (index_around, mask, position))
        for k, j in enumerate(part):
            hull = int(first[i[k]]), int(last[i[k]]) + 1
            low, around = int(index_around[k, 0]), index_around[k][mask[k]]
            stops = shape.sentences[shape.sentence[around] + 1] - low
            answer = Answer(low, logits[k][mask[k]], nobody[k], labels[k], stops)
            yield Kept(hull, chosen[j], _heard(answer, matched[j]), matched[j])


def quotation(one: Kept, tokens: Tokens, advice: Advice | None) -> Found:
    """The most probable reading of what is said of a kept quotation."""
    return _advised(_found(one.hull, one.answer, one.chosen), tokens, advice, one.rule)


def _heard(answer: Answer, rule: Evidence | None) -> Answer:
    """The answer of the network, with the roles of a rule that agrees."""
    if not rule:
        return answer
    logits, nobody = fusion.roles(answer.logits, answer.nobody, answer.low, rule)
    return answer._replace(logits=logits, nobody=nobody)


def _advised(found: Found, tokens: Tokens, advice: Advice | None, rule: Evidence | None) -> Found:
    """The quotation with its medium read off its words too, and with the rule that agrees."""
    signs = (*found.signs, float(rule is not None))
    if not advice:
        return replace(found, signs=signs)
    names = medium_signs(tokens.words, found.pieces, found.roles, int(found.types.argmax()))
    media = advice.media.mixed(found.media, names, rule.medium if rule else None)
    return replace(found, signs=signs, media=media, rule=rule.rule if rule else "")


def select(first: Ints, last: Ints, probabilities: Floats, accept: float = ACCEPT) -> list[Chosen]:
    """The quotations that are kept, with more support than `accept`; no two of them cross."""
    direct = probabilities[:, 1 + DIRECT]
    other = 1 - probabilities[:, 0] - direct
    kept: list[Chosen] = []
    for group in _groups(first, last, np.flatnonzero(direct + other > LEAST)):
        taken: list[_Option] = []
        for option in _options(first[group], last[group], (other[group], direct[group]), accept):
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


def _options(first: Ints, last: Ints, masses: tuple[Floats, Floats], accept: float) -> list[_Option]:
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
            for k in np.flatnonzero(support > accept)
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
    plays = (logits[:, : len(_ROLE_LOGITS)] > _ROLE_LOGITS).T
    quoted = np.zeros(len(logits), bool)
    quoted[first:last] = ~plays[OUTPUTS.index("hole"), first:last]
    quoted[[first, last - 1]] = True
    plays[OUTPUTS.index("frame")] &= ~quoted
    speaker, sure = _speaker(answer)
    roles = {name: _runs(plays[at], low) for at, name in _MARKED}
    roles["speaker"] = speaker
    n, m = len(TYPES), len(TYPES) + len(MEDIA)
    labels = answer.labels
    types, media, stances = (_softmax(part) for part in (labels[:n], labels[n:m], labels[m : m + len(STANCES)]))
    types = np.where(_SORTS[chosen.type == DIRECT], types + 1e-9, 0)
    types /= types.sum()
    signs = (_logit(chosen.support), _logit(sure), float(bool(roles["cue"])), float(bool(speaker)))
    return Found(_runs(quoted, low), roles, types, media, stances, chosen.support, signs)


def _speaker(answer: Answer) -> tuple[tuple[tuple[int, int], ...], float]:
    """The most probable speaker, or none, and its probability: begin and end are scored apart, in one sentence."""
    low, n = answer.low, len(answer.logits)
    table = np.empty((2, n + 1), np.float32)
    table[:, :n], table[:, n] = answer.logits[:, OUTPUTS.index("speaker begin") :].T, answer.nobody
    begin, end = _log_softmax(table)
    best, span = begin[-1] + end[-1], None
    for i in np.argsort(-begin[:n])[:6]:
        stop = min(n, i + LONGEST_SPEAKER, int(answer.stops[i]))
        j = int(end[i:stop].argmax()) + i
        if begin[i] + end[j] > best:
            best, span = begin[i] + end[j], (int(i), int(j))
    sure = float(np.exp(best / 2))
    return (() if span is None else ((low + span[0], low + span[1] + 1),)), sure


def _runs(plays: npt.NDArray[np.bool_], low: int) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of consecutive true values, moved by `low`."""
    places: list[int] = np.flatnonzero(plays).tolist()
    if not places:
        return ()
    edges = [at for at in range(1, len(places)) if places[at] != places[at - 1] + 1]
    return tuple((places[b] + low, places[e - 1] + low + 1) for b, e in pairwise([0, *edges, len(places)]))


def _logit(chance: float) -> float:
    """Log odds, kept within those of 1 and 99 percent."""
    chance = min(0.99, max(0.01, chance))
    return log(chance / (1 - chance))


def _log_softmax(x: Floats) -> Floats:
    """Log probabilities of rows of scores."""
    shifted: Floats = x - x.max(1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(1, keepdims=True)), np.float32)


def _softmax(x: Floats) -> Floats:
    raised = np.exp(x - x.max())
    return np.asarray(raised / raised.sum(), np.float32)
