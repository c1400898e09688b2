"""Text to a sequence of word hashes that edits by an outlet leave as it is.

Case, accents, punctuation, quotation marks, hyphens, line breaks and ß or ss make no difference; numbers and words do.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from inquit.records import Span

Hashes = NDArray[np.uint64]
Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text: hashes (uint64), and the characters `[begins, ends)` of each."""

    hashes: Hashes
    begins: Positions
    ends: Positions

    def __len__(self) -> int:
        return len(self.hashes)

    def span(self, first: int, last: int) -> Span:
        """Characters of the words `[first, last)`; `first < last`."""
        return Span(int(self.begins[first]), int(self.ends[last - 1]))


def plain(form: str) -> str:
    """A form as it is compared: composed, folded, ß as ss."""
    return unicodedata.normalize("NFC", form).casefold()


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return _WORD.findall(plain(text))


_WORD = re.compile(r"\w+")


def wording(text: str, skip: Sequence[Span] = ()) -> Wording:
    """Words of `text` outside the spans `skip`, with their characters."""
    return Wording(*_words(text, skip))


def word_hashes(text: str, skip: Sequence[Span] = ()) -> Hashes:
    """The hashes of `wording(text, skip)` alone."""
    return _words(text, skip)[0]


def _words(text: str, skip: Sequence[Span]) -> tuple[Hashes, Positions, Positions]:
    """Hashes, begins and ends of the words: polynomial hashes of their folded characters, from running sums.

    Arithmetic is modulo 2 to the 64, where an odd number has an inverse.
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    letters, folded, counts, odd = _tables()
    size = len(points)
    if size and points.max() >= len(letters):
        points = np.where(points < len(letters), points, _OUTSIDE)
    inside = np.zeros(size + 2, np.bool_)
    inside[1:-1] = letters[points]
    for begin, end in skip:
        inside[begin + 1 : min(end, size) + 1] = False
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    begins, ends = edges[::2], edges[1::2]
    values, places, last = folded[points], begins, ends
    if odd[points].any():
        repeats = counts[points]
        values = np.repeat(values, repeats)
        along = np.concatenate([[0], np.cumsum(repeats)])
        places, last = along[begins], along[ends]
    powers, inverses = _powers(len(values))
    sums = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values * powers[: len(values)], out=sums[1:])
    hashes = (sums[last] - sums[places]) * inverses[places]
    return mixed(hashes), begins, ends


_OUTSIDE = 0


@cache
def _tables() -> tuple[NDArray[np.bool_], Hashes, Positions, NDArray[np.bool_]]:
    """For each character of the basic plane: whether it stands in words, as what it is compared, how often, if not 1.

    Letters are compared without case and marks, ß as two s; combining marks and soft hyphens count nothing.
    """
    characters = [chr(point) for point in range(0x10000)]
    unwritten = np.array([unicodedata.combining(character) > 0 or character == "\u00ad" for character in characters])
    letters = np.array([character.isalnum() for character in characters]) | unwritten
    folded = [
        ord("s" if character == "ß" else unicodedata.normalize("NFD", character.lower())[0]) for character in characters
    ]
    counts = np.where(unwritten, 0, 1)
    counts[ord("ß")] = 2
    return letters, mixed(np.array(folded, np.uint64)), counts, counts != 1


@lru_cache(maxsize=8)
def _powers_of(size: int) -> tuple[Hashes, Hashes]:
    base, inverse = int(_STEP), pow(int(_STEP), -1, 1 << 64)
    steps = np.full(size, base, np.uint64), np.full(size, inverse, np.uint64)
    for step in steps:
        step[0] = 1
    return np.cumprod(steps[0]), np.cumprod(steps[1])


def _powers(length: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse, at least `length + 1` of them."""
    return _powers_of(1 << max(12, (length + 1).bit_length()))


def shingles(hashes: Hashes, width: int) -> Hashes:
    """One mixed hash for each run of `width` words: `max(0, len(hashes) - width + 1)` of them."""
    count = len(hashes) - width + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    joined = np.zeros(count, np.uint64)
    for offset in range(width):
        joined = joined * _STEP + hashes[offset : offset + count]
    return mixed(joined)


def mixed(hashes: Hashes) -> Hashes:
    """Hashes whose every bit depends on every bit: the finalizer of splitmix64 (Steele, Lea and Flood 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * _SCATTER
    hashes = (hashes ^ (hashes >> np.uint64(27))) * _SPREAD
    return hashes ^ (hashes >> np.uint64(31))


def within(values: Hashes, ascending: Hashes) -> NDArray[np.bool_]:
    """Which of `values` are among `ascending`."""
    if not len(ascending):
        return np.zeros(len(values), np.bool_)
    places = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    found: NDArray[np.bool_] = ascending[places] == values
    return found


_STEP = np.uint64(0x9E3779B97F4A7C15)
_SCATTER, _SPREAD = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
"""The odd multipliers of splitmix64."""


def outside(length: int, skip: Sequence[Span]) -> list[tuple[int, int]]:
    """The ranges of `[0, length)` outside the spans `skip`, in order."""
    ranges, at = [], 0
    for begin, end in [*sorted(skip), (length, length)]:
        if at < begin:
            ranges.append((at, begin))
        at = max(at, end)
    return ranges


def sentence(text: str, span: Span) -> Span:
    """The sentence or sentences around a span, roughly: from mark to mark."""
    begin = max(text.rfind(mark, 0, span.begin) for mark in (". ", "! ", "? ", "\n")) + 1
    ends = [at for at in (text.find(mark, span.end) for mark in (". ", "! ", "? ", "\n")) if at >= 0]
    return Span(begin, min(ends, default=len(text)))
