"""What the network is asked: which spans may be quotations, and which tokens may play a role in one.

Training and reading share these functions, so that the network is asked the same way in both.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inquit.languages.tokens import Tokens
from inquit.quotations.features import Features
from inquit.records import TYPES

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

OUTPUTS = ("hole", "speaker", "cue", "frame", "addressee", "hedges", "speaker begin", "speaker end")
"""What the network scores for every token around a quotation."""

DIRECT = TYPES.index("Direct")

BOUNDARY = 0.04
"""Least probability of a token to begin or end a candidate. Lower adds candidates and time: on german-quotes/dev
0.04 loses less than 2 % of the gold quotations."""

LONGEST = 200
"""Tokens of the longest candidate; the longest quotation of german-quotes/train has 178."""

ENDS = 14
"""Ends tried for one begin, nearest first."""

BEFORE, AFTER = 110, 60
"""Tokens before and after a quotation in which its roles are sought, at most; see `SENTENCES_BEFORE`."""

SENTENCES_BEFORE, SENTENCES_AFTER = 3, 1
"""Sentences before and after a quotation in which its roles are sought: 97 % of the gold speakers stand there."""

LENGTH_BOUNDS = np.array([1, 2, 3, 5, 8, 12, 18, 26, 40, 70])
DISTANCE_BOUNDS = np.array([1, 2, 3, 5, 9, 17, 33, 65])
REGIONS = 7
POSITIONS = REGIONS * (len(DISTANCE_BOUNDS) + 1) * 2


@dataclass(frozen=True, slots=True)
class Shape:
    """What candidates need to know of a text: sentence and paragraph of every token, and balanced marks."""

    sentence: Ints
    sentences: Ints
    paragraph: Ints
    depth: Ints
    partner: npt.NDArray[np.int32]


def shape(tokens: Tokens, features: Features) -> Shape:
    """Sentence number, sentence begins (with the end of the text), paragraph number, depth before each token."""
    n = len(tokens)
    begins = np.array([first for first, _ in tokens.sentences] + [n])
    paragraphs = np.array([first for first, _ in tokens.paragraphs] + [n])
    index = np.arange(n)
    step = np.sign(features.partner - index) * (features.partner >= 0)
    return Shape(
        np.repeat(np.arange(len(begins) - 1), np.diff(begins)),
        begins,
        np.repeat(np.arange(len(paragraphs) - 1), np.diff(paragraphs)),
        np.concatenate([[0], np.cumsum(step)]),
        features.partner,
    )


def spans(begin: Floats, end: Floats, least: float = BOUNDARY) -> tuple[Ints, Ints]:
    """First and last token of every candidate, from the probability of each token to begin and to end one."""
    firsts, lasts = np.flatnonzero(begin > least), np.flatnonzero(end > least)
    return pairs(firsts, lasts)


def pairs(firsts: Ints, lasts: Ints) -> tuple[Ints, Ints]:
    """Every first token with the `ENDS` nearest last tokens within `LONGEST` tokens."""
    at = np.searchsorted(lasts, firsts)
    index = at[:, None] + np.arange(ENDS)
    padded = np.concatenate([lasts, np.full(ENDS + 1, 1 << 40)])
    found = padded[index]
    keep = found - firsts[:, None] < LONGEST
    return np.repeat(firsts, keep.sum(1)), found[keep]


def span_classes(shape: Shape, first: Ints, last: Ints) -> Ints:
    """[n, 4] classes of candidates: length, sentences begun, quotation marks, edges at sentence edges."""
    length = np.searchsorted(LENGTH_BOUNDS, last - first + 1)
    crossed = np.minimum(shape.sentence[last] - shape.sentence[first], 3)
    balanced = shape.depth[first] == shape.depth[last + 1]
    marks = np.where(shape.partner[first] == last, 2, balanced.astype(np.int64))
    begins, ends = shape.sentences[shape.sentence[first]], shape.sentences[shape.sentence[last] + 1]
    edges = (begins == first) + 2 * (ends == last + 1)
    return np.stack([length, crossed, marks, edges], 1)


def windows(shape: Shape, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Half-open token ranges around quotations in which their roles are sought."""
    final = len(shape.sentences) - 1
    low = shape.sentences[np.maximum(shape.sentence[first] - SENTENCES_BEFORE, 0)]
    high = shape.sentences[np.minimum(shape.sentence[last] + SENTENCES_AFTER + 1, final)]
    return np.maximum(low, first - BEFORE), np.minimum(high, last + 1 + AFTER)


def position_classes(shape: Shape, first: Ints, last: Ints, index: Ints) -> Ints:
    """Class of where token `index` stands to its quotation `[first, last]` (arrays of one shape)."""
    sentence, begin, end = shape.sentence[index], shape.sentence[first], shape.sentence[last]
    before, after = index < first, index > last
    region = np.where(before, 3 - np.minimum(begin - sentence, 3), np.where(after, 5 + (sentence > end), 4))
    distance = np.where(before, first - index, np.where(after, index - last, index - first + 1))
    bucket = np.searchsorted(DISTANCE_BOUNDS, distance)
    same = shape.paragraph[index] == shape.paragraph[first]
    classes: Ints = (region * (len(DISTANCE_BOUNDS) + 1) + bucket) * 2 + same
    return classes
