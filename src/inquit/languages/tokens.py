"""Text to tokens, sentences and paragraphs, each with its characters.

The tokenizer is one regular expression and the sentence splitter a list of abbreviations, because reading has to
keep pace with text extraction; no step changes the text.
"""

import re
import unicodedata
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

from inquit.languages import Language
from inquit.records import Span

# Letters may carry combining marks (decomposed umlauts), soft hyphens, apostrophes and hyphens inside.
_LETTER = r"[^\W\d_][\u0300-\u036f\u00ad]*"
_WORD = rf"(?:{_LETTER}|\d)+(?:[-‐‑–/&·*:](?={_LETTER})(?:{_LETTER}|\d)+|[’'](?={_LETTER})(?:{_LETTER})+|-(?=\W|$))*"
_NUMBER = r"\d+(?:[.,:]\d+)+(?:-[^\W\d_]+)*"
_TOKEN = re.compile(rf"(?P<initials>(?:[^\W\d_]\.){{2,}})|{_NUMBER}|{_WORD}|\.\.+|,,|``|''|--+|\S")
_LINE_BREAK = re.compile(r"(?:\r?\n|\u2028|\u2029)\s*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\r\n[^\S\n]*\r\n|\u2029")
_CLOSERS = frozenset("“”\"»«›‹’‘'’)]''")
_OPENERS = frozenset("„“\"»«›‹‚‘'([,,``")
_ENDS = frozenset((".", "!", "?", "…", "...", "....", ".."))

_PARAGRAPH_ENDS = frozenset(".!?…:") | _CLOSERS
_OPEN_ENDS = frozenset(",;-–")

_FEWEST_WRAPPED, _WIDEST_WRAPPED = 6, 100
"""A text is taken for wrapped from this many lines on, none of them longer than this many characters."""

_SHORT_LINE = 0.8
"""Share of the wrap width below which a line that ends a sentence ends its paragraph, too."""

KEPT_LETTERS = 250_000
"""Characters of the last texts whose tokens are kept, about 7 MB: those of two batches of articles that are read."""

_LONGEST_ORDINAL = 2
"""Digits of the longest number that is read as an ordinal before a full stop: days and places, not years."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text.

    `words` are NFC and otherwise as written; `begins` and `ends` are character offsets into the unchanged text.
    `sentences` and `paragraphs` are half-open token ranges, in order, without gaps.
    """

    words: list[str]
    begins: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]
    paragraphs: list[tuple[int, int]]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> Span:
        """Characters of the tokens `[first, last)`; `first < last`."""
        return Span(self.begins[first], self.ends[last - 1])


def tokenize(text: str, language: Language, skip: Sequence[Span] = ()) -> Tokens:
    """Tokens of `text` outside the spans `skip` (furniture); a skipped span ends a paragraph.

    Those of the last few texts are kept, because several rooms read each article; nobody may change them.
    """
    return _recent.tokens(text, language, tuple(skip))


class _Recent:
    """The tokens of the last texts; several threads may ask at once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Language, tuple[Span, ...]], Tokens] = OrderedDict()
        self._letters = 0
        self._lock = Lock()

    def tokens(self, text: str, language: Language, skip: tuple[Span, ...]) -> Tokens:
        """The tokens of a text, made where they are not kept."""
        key = text, language, skip
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = _tokenized(*key)
        with self._lock:
            if key not in self._kept:
                self._letters += len(text)
                self._kept[key] = made
            while self._letters > KEPT_LETTERS and len(self._kept) > 1:
                (oldest, _, _), _ = self._kept.popitem(last=False)
                self._letters -= len(oldest)
        return made


_recent = _Recent()


def _tokenized(text: str, language: Language, skip: tuple[Span, ...]) -> Tokens:
    tokens = Tokens([], [], [], [], [])
    for begin, end in _pieces(text, skip):
        first = len(tokens)
        for match in _TOKEN.finditer(text, begin, end):
            word = match.group()
            tokens.words.append(word if word.isascii() else unicodedata.normalize("NFC", word))
            tokens.begins.append(match.start())
            tokens.ends.append(match.end())
        if len(tokens) > first:
            tokens.paragraphs.append((first, len(tokens)))
    abbreviations = language.words("abbreviations")
    for paragraph in tokens.paragraphs:
        tokens.sentences.extend(_sentences(tokens, *paragraph, abbreviations))
    return tokens


def _pieces(text: str, skip: tuple[Span, ...]) -> list[tuple[int, int]]:
    """Character ranges of the paragraphs outside `skip`."""
    pieces: list[tuple[int, int]] = []
    width = _wrap_width(text)
    at = 0
    for begin, end in [*sorted(skip), (len(text), len(text))]:
        pieces += _paragraphs(text, at, begin, width)
        at = max(at, end)
    return pieces


def _wrap_width(text: str) -> int:
    """Length of the longest line of a text whose lines are wrapped, or 0 where a line is a paragraph."""
    lines = [line for line in text.split("\n") if line.strip()]
    longest = max(map(len, lines), default=0)
    if len(lines) < _FEWEST_WRAPPED or longest > _WIDEST_WRAPPED:
        return 0
    open_ends = sum(line.rstrip()[-1] not in _PARAGRAPH_ENDS for line in lines)
    return longest if open_ends > len(lines) / 2 else 0


def _paragraphs(text: str, begin: int, end: int, width: int) -> list[tuple[int, int]]:
    """Paragraphs of `text[begin:end]`, which a blank line ends, or a line break outside wrapped sentences."""
    cuts = [begin]
    for match in _LINE_BREAK.finditer(text, begin, end):
        before, after = match.span()
        line = text[max(cuts[-1], before - _WIDEST_WRAPPED) : before].rpartition("\n")[2].rstrip()
        blank = after >= end or _BLANK_LINE.search(match.group())
        if blank or _ends_paragraph(line, text[after], width):
            cuts.append(after)
    cuts.append(end)
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def _ends_paragraph(line: str, following: str, width: int) -> bool:
    """Whether a paragraph ends between the end of a line and the first letter of the next one."""
    if not line or line[-1] in _OPEN_ENDS or following.islower():
        return False
    return not width or (line[-1] in _PARAGRAPH_ENDS and len(line) < width * _SHORT_LINE)


def _sentences(tokens: Tokens, first: int, last: int, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Sentences of the paragraph of tokens `[first, last)`."""
    words, begins, ends = tokens.words, tokens.begins, tokens.ends
    start = at = first
    while at < last:
        stop = at + 1
        if words[at] in _ENDS and (at == start or _is_end(tokens, at, last, abbreviations)):
            while stop < last and words[stop] in _CLOSERS and begins[stop] == ends[stop - 1]:
                stop += 1
            if stop >= last or _may_begin(words[stop], words[stop - 1]):
                yield start, stop
                start = stop
        at = stop
    if start < last:
        yield start, last


def _is_end(tokens: Tokens, at: int, last: int, abbreviations: frozenset[str]) -> bool:
    """Whether the mark at token `at`, not the first of its sentence, is no abbreviation, ordinal or initial."""
    words, begins, ends = tokens.words, tokens.begins, tokens.ends
    if words[at] != "." or begins[at] != ends[at - 1]:
        return True
    before = words[at - 1]
    closed = at + 1 < last and words[at + 1] in _CLOSERS
    if at + 1 < last and begins[at + 1] == ends[at] and not closed:
        return False
    if before.casefold() in abbreviations or (len(before) == 1 and before.isalpha()):
        return False
    return closed or at + 1 == last or not (before.isdigit() and len(before) <= _LONGEST_ORDINAL)


def _may_begin(word: str, before: str) -> bool:
    """Whether a sentence may begin with `word` after the closing token `before`."""
    if word[0].islower() or word in {",", ";", "–", "-", ")", ":"}:
        return False
    return word[0].isupper() or word[0].isdigit() or word in _OPENERS or before in _ENDS
