"""Text to a sequence of word hashes that edits by an outlet leave as it is.

Case, punctuation, quotation marks, hyphens, line breaks and ß or ss make no difference; numbers and words do.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from inquit.records import Span

_WORD = re.compile(r"[^\W_]+")

_LARGEST_CACHE = 1_000_000
"""Forms whose hashes are kept; the cache starts anew beyond, so that memory stays bounded."""


class _Hashes(dict[str, int]):
    """Hash of each form, made on first sight."""

    def __missing__(self, form: str) -> int:
        if len(self) >= _LARGEST_CACHE:
            self.clear()
        self[form] = value = int.from_bytes(blake2b(plain(form).encode(), digest_size=8).digest(), "little")
        return value


_hashes = _Hashes()


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text: hashes (uint64), and the characters `[begins, ends)` of each."""

    hashes: NDArray[np.uint64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.hashes)

    def span(self, first: int, last: int) -> Span:
        """Characters of the words `[first, last)`; `first < last`."""
        return Span(int(self.begins[first]), int(self.ends[last - 1]))


def plain(form: str) -> str:
    """A form as it is compared: composed, folded, ß as ss."""
    return unicodedata.normalize("NFC", form).casefold()


def wording(text: str, skip: Sequence[Span] = ()) -> Wording:
    """Words of `text` outside the spans `skip`, with their characters."""
    spans = [match.span() for begin, end in outside(len(text), skip) for match in _WORD.finditer(text, begin, end)]
    hashes = np.fromiter((_hashes[text[b:e]] for b, e in spans), np.uint64, len(spans))
    edges = np.array(spans, np.int64).reshape(-1, 2)
    return Wording(hashes, edges[:, 0], edges[:, 1])


def word_hashes(text: str, skip: Sequence[Span] = ()) -> NDArray[np.uint64]:
    """The hashes of `wording(text, skip)` alone, for comparing many texts."""
    if skip:
        text = " ".join(text[begin:end] for begin, end in outside(len(text), skip))
    words = _WORD.findall(text)
    return np.fromiter(map(_hashes.__getitem__, words), np.uint64, len(words))


def shingles(hashes: NDArray[np.uint64], width: int) -> NDArray[np.uint64]:
    """One mixed hash for each run of `width` words: `max(0, len(hashes) - width + 1)` of them."""
    count = len(hashes) - width + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    mixed = np.zeros(count, np.uint64)
    for offset in range(width):
        mixed = mixed * _STEP + hashes[offset : offset + count]
    mixed ^= mixed >> np.uint64(31)
    mixed *= _SCATTER
    return mixed ^ (mixed >> np.uint64(29))


def within(values: NDArray[np.uint64], ascending: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which of `values` are among `ascending`."""
    if not len(ascending):
        return np.zeros(len(values), np.bool_)
    places = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    found: NDArray[np.bool_] = ascending[places] == values
    return found


_STEP = np.uint64(0x9E3779B97F4A7C15)
_SCATTER = np.uint64(0xBF58476D1CE4E5B9)
"""Odd multipliers of splitmix64 (Steele, Lea and Flood 2014): arithmetic is modulo 2 to the 64."""


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
