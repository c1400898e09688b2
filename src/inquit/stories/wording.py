"""Text to a sequence of word hashes that edits by an outlet leave as it is.

Case, accents, punctuation, quotation marks, hyphens, line breaks and ß or ss make no difference; numbers and words do.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from inquit.records import Span

Hashes = NDArray[np.uint64]
Positions = NDArray[np.int64]
Text = tuple[str, Sequence[Span]]
"""A text, and the spans of it that are left out."""


SEED = 5
"""Words of a run: a shared passage has so many in a row at least once; shorter runs are phrases of the language."""


@dataclass(frozen=True)
class Wording:
    """The words of a text: the characters `[begins, ends)` of each (int32), and the hashes of its `runs` (uint64).

    A run is `SEED` words in a row and stands at the position of the first.
    """

    begins: NDArray[np.int32]
    ends: NDArray[np.int32]
    runs: Hashes

    def __len__(self) -> int:
        return len(self.begins)

    def span(self, first: int, last: int) -> Span:
        """Characters of the words `[first, last)`; `first < last`."""
        return Span(int(self.begins[first]), int(self.ends[last - 1]))

    @cached_property
    def order(self) -> Positions:
        """The positions of the runs by their hashes, ascending."""
        return self.runs.argsort()

    @cached_property
    def ascending(self) -> Hashes:
        """The hashes of the runs, ascending."""
        return self.runs[self.order]

    @cached_property
    def varied(self) -> bool:
        """Whether no run comes twice."""
        return not bool((self.ascending[1:] == self.ascending[:-1]).any())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of several texts, one after the other: hashes, and characters of each word in its own text.

    The words of text i are `[cuts[i], cuts[i + 1])`.
    """

    hashes: Hashes
    begins: Positions
    ends: Positions
    cuts: Positions


def plain(form: str) -> str:
    """A form as it is compared: composed, folded, ß as ss."""
    return unicodedata.normalize("NFC", form).casefold()


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return _WORD.findall(plain(text))


_WORD = re.compile(r"\w+")


def wording(text: str, skip: Sequence[Span] = ()) -> Wording:
    """Words of `text` outside the spans `skip`, with their characters."""
    return next(wordings([(text, skip)]))


def wordings(texts: Iterable[Text]) -> Iterator[Wording]:
    """The words of many texts, each outside its spans."""
    for words in words_of_all(texts):
        runs = shingles(words.hashes, SEED)
        for first, last in pairwise(words.cuts.tolist()):
            begins, ends = (some[first:last].astype(np.int32) for some in (words.begins, words.ends))
            yield Wording(begins, ends, runs[first : max(first, last - SEED + 1)].copy())


_AT_ONCE = 32_768
"""Characters that are read in one go: so many that calls cost little, so few that what is made of them stays near."""


def words_of_all(texts: Iterable[Text]) -> Iterator[Words]:
    """The words of many texts, each outside its spans, as many texts at a time as are quick to read."""
    some: list[Text] = []
    size = 0
    for text in texts:
        if some and size + len(text[0]) > _AT_ONCE:
            yield _words(some)
            some, size = [], 0
        some.append(text)
        size += len(text[0])
    if some:
        yield _words(some)


def _words(texts: Sequence[Text]) -> Words:
    """Polynomial hashes of the folded characters of each word, from running sums over all texts.

    Arithmetic is modulo 2 to the 64, where an odd number has an inverse.
    """
    tables = _tables()
    points = np.frombuffer("\n".join([text for text, _ in texts]).encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(points) and points.max() >= len(tables.kinds):
        points = np.where(points < len(tables.kinds), points, _OUTSIDE)
    places = points.astype(np.intp)
    kinds, values = tables.kinds.take(places), tables.values.take(places)
    starts = np.cumsum([0, *(len(text) + 1 for text, _ in texts)])
    begins, ends = _edges(kinds > 0, texts, starts.tolist())
    powers, inverses = _powers(2 * len(values))
    along = begins
    if (kinds > _LETTER).any():
        sums = np.zeros(len(values) + 1, np.int64)
        np.cumsum(tables.counts.take(places), out=sums[1:])
        values *= powers.take(sums[:-1])
        along = sums.take(begins)
    else:
        values *= powers[: len(values)]
    totals = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values, out=totals[1:])
    hashes = mixed((totals.take(ends) - totals.take(begins)) * inverses.take(along))
    cuts = np.searchsorted(begins, starts)
    shift = np.repeat(starts[:-1], np.diff(cuts))
    return Words(hashes, begins - shift, ends - shift, cuts)


def _edges(letters: NDArray[np.bool_], texts: Sequence[Text], starts: Sequence[int]) -> tuple[Positions, Positions]:
    """Where words begin and end; a skipped span ends a word."""
    inside = np.zeros(len(letters) + 2, np.bool_)
    inside[1:-1] = letters
    for (text, skip), start in zip(texts, starts, strict=False):
        for begin, end in skip:
            inside[start + begin + 1 : start + min(end, len(text)) + 1] = False
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[::2], edges[1::2]


_OUTSIDE = 0
"""A character that stands in no word, in the place of those beyond the basic plane."""

_LETTER = 1
"""Kind of a character that counts as one; above, it counts as none or as two."""


@dataclass(frozen=True, slots=True)
class _Tables:
    """For each character of the basic plane its kind (0: in no word), its value in a hash, as how many it counts."""

    kinds: NDArray[np.uint8]
    values: Hashes
    counts: Positions


@cache
def _tables() -> _Tables:
    """Letters are compared without case and marks, ß as two s; combining marks and soft hyphens count nothing."""
    characters = [chr(point) for point in range(0x10000)]
    unwritten = np.array([unicodedata.combining(character) > 0 or character == "\u00ad" for character in characters])
    letters = np.array([character.isalnum() for character in characters]) | unwritten
    folded = [ord(unicodedata.normalize("NFD", character.lower())[0]) for character in characters]
    values, counts = mixed(np.array(folded, np.uint64)), np.where(unwritten, 0, 1)
    values[unwritten] = 0
    sharp, s = [ord("ß")], [ord("s")]
    counts[sharp] = 2
    values[sharp] = values[s] * _STEP + values[s]
    return _Tables((letters.astype(np.uint8) + (letters & (counts != 1))).astype(np.uint8), values, counts)


@lru_cache(maxsize=8)
def _powers_of(size: int) -> tuple[Hashes, Hashes]:
    base, inverse = int(_STEP), pow(int(_STEP), -1, 1 << 64)
    steps = np.full(size, base, np.uint64), np.full(size, inverse, np.uint64)
    for step in steps:
        step[0] = 1
    return np.cumprod(steps[0]), np.cumprod(steps[1])


def _powers(length: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse, at least `length + 1` of them; those of a very long text are not kept."""
    size = 1 << max(12, (length + 1).bit_length())
    return _powers_of(size) if size <= 8 * _AT_ONCE else _powers_of.__wrapped__(size)


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
