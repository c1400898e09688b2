"""A text as the rules read it: units (sentences with their quotation marks closed) and their clauses by commas."""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from inquit.languages.tokens import Tokens
from inquit.quotations.lexicon import Lexicon
from inquit.quotations.marks import Pair

PARENTHESIS_LIMIT = 40
"""Tokens that a pair of brackets may hold to be read as an aside; a longer one is damage."""

UNIT_LIMIT = 250
"""Tokens outside quotation marks that a sentence may have; a longer one is a list or damage and is read in pieces."""

QUOTED_LIMIT = 1500
"""Tokens that a sentence may have with what is in quotation marks, for the same reason."""

KEPT_WORDS = 1 << 15
"""Words that are known to be written like names or not between articles (about 3 MB)."""

_SEPARATORS = frozenset((",", ";", ":", "–", "—", "-", "--"))
_SENTENCE_ENDS = frozenset((".", "!", "?", "…", "..."))


@dataclass(frozen=True, slots=True)
class Segment:
    """Tokens `[first, last)` between two separators; `before` and `after` are these, empty at an edge."""

    first: int
    last: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class View:
    """Tokens with what the rules ask of them.

    `lower` are the words in lower case; `names` says which are written with a capital or are numbers; `pair_of` is the
    number of the outermost pair of quotation marks that a token is in, -1 for none; `masked` are the tokens in
    quotation marks or brackets; `pair_tokens` the tokens of each outermost pair, marks included; `units` are ranges.
    `remembered` is where `cues` keeps what it has found, because several rules ask for it.
    """

    tokens: Tokens
    lower: list[str]
    names: list[bool]
    pairs: tuple[Pair, ...]
    pair_tokens: list[tuple[int, int]]
    pair_of: list[int]
    masked: list[bool]
    units: list[tuple[int, int]]
    lexicon: Lexicon
    remembered: dict[tuple[int, int], list[Any]] = field(default_factory=dict)

    def is_name_like(self, at: int) -> bool:
        """Whether a token is written with a capital ("ai-Bericht" too) or is a number."""
        return self.names[at]


def view(tokens: Tokens, pairs: tuple[Pair, ...], lexicon: Lexicon) -> View:
    """The text of `tokens` as the rules read it."""
    lower = [word.lower() for word in tokens.words]
    names = [_is_name_like(word) for word in tokens.words]
    outermost = tuple(pair for pair in pairs if pair.depth == 0)
    pair_tokens = []
    pair_of = [-1] * len(lower)
    masked = [False] * len(lower)
    for pair in outermost:
        first = bisect_left(tokens.begins, pair.outer.begin)
        last = bisect_left(tokens.begins, pair.outer.end)
        pair_tokens.append((first, last))
        for at in range(first, last):
            pair_of[at] = len(pair_tokens) - 1
            masked[at] = True
    _mask_brackets(tokens.words, tokens.sentences, masked)
    units = _units(tokens.sentences, pair_of)
    return View(tokens, lower, names, outermost, pair_tokens, pair_of, masked, units, lexicon)


@lru_cache(KEPT_WORDS)
def _is_name_like(word: str) -> bool:
    """Whether a word is written with a capital, also after a hyphen, or is a number."""
    first = word[0]
    if first.isupper() or first.isdigit():
        return True
    return "-" in word and any(part[:1].isupper() for part in word.split("-"))


def _mask_brackets(words: list[str], sentences: list[tuple[int, int]], masked: list[bool]) -> None:
    """Mark the tokens in round brackets, which hold asides."""
    for first, last in sentences:
        opened = -1
        for at in range(first, last):
            if words[at] == "(" and opened < 0:
                opened = at
            elif words[at] == ")" and opened >= 0:
                if at - opened <= PARENTHESIS_LIMIT:
                    masked[opened : at + 1] = [True] * (at + 1 - opened)
                opened = -1


def _units(sentences: list[tuple[int, int]], pair_of: list[int]) -> list[tuple[int, int]]:
    """Sentences, where those that end inside quotation marks are joined to the next."""
    units: list[tuple[int, int]] = []
    start = -1
    for first, last in sentences:
        start = first if start < 0 else start
        inside = last < len(pair_of) and pair_of[last] >= 0 and pair_of[last] == pair_of[last - 1]
        if not inside:
            units += _cut(start, last, pair_of)
            start = -1
    return units


def _cut(first: int, last: int, pair_of: list[int]) -> list[tuple[int, int]]:
    """A unit, in pieces where it is too long to be a sentence: some rules look at all its parts for each of them."""
    pieces = []
    start, free = first, 0
    for at in range(first, last - 1) if last - first > UNIT_LIMIT else ():
        free += pair_of[at] < 0
        inside = pair_of[at] >= 0 and pair_of[at] == pair_of[at + 1]
        if not inside and (free >= UNIT_LIMIT or at - start >= QUOTED_LIMIT):
            pieces.append((start, at + 1))
            start, free = at + 1, 0
    return [*pieces, (start, last)]


def segments(seen: View, first: int, last: int) -> list[Segment]:
    """The parts of a unit between commas, colons and dashes outside quotation marks and brackets."""
    words, masked = seen.tokens.words, seen.masked
    parts = []
    start, before = first, ""
    for at in range(first, last):
        if words[at] in _SEPARATORS and not masked[at]:
            if at > start:
                parts.append(Segment(start, at, before, words[at]))
            start, before = at + 1, words[at]
    if start < last:
        parts.append(Segment(start, last, before, ""))
    return parts


def content_end(seen: View, first: int, last: int) -> int:
    """End of `[first, last)` without the full stop at its end."""
    while last > first and seen.tokens.words[last - 1] in _SENTENCE_ENDS and seen.pair_of[last - 1] < 0:
        last -= 1
    return last
