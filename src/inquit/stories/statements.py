"""Quotations as what they say: the parts of a statement with their content words, numbers and names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inquit.languages import Language
from inquit.records import Article, Ledger, Quotation, Span
from inquit.stories.terms import family, weight
from inquit.stories.wording import plain, sentence

_WORD = re.compile(r"(?P<number>\d+(?:[.,  \u202f]\d+)*)|[^\W\d_]+")
_CUT = re.compile(r"(?<=[.!?;])[»“”\"«]?\s+|:\s+(?=[„«»\"]?[A-ZÄÖÜ])")

LEAST_CONTENT = 2.0
"""Weight from which on a word is content: one article in seven has it, or fewer. Lighter words count nothing."""


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence of a statement: content words (word families with their weights, in order), numbers, rare names."""

    span: Span
    words: tuple[str, ...]
    weights: tuple[float, ...]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unit:
    """A quotation of an article with what it says; `position` counts the quotations of its article.

    `takes_up` is whether it points back at another statement, `open` whether its source leaves open if it is so,
    `negates` whether it says that something is not so.
    """

    article: Article
    quotation: Quotation
    position: int
    text: str
    parts: tuple[Part, ...]
    takes_up: bool
    open: bool
    negates: bool

    @property
    def key(self) -> tuple[str, int]:
        """Article and quotation by their ids."""
        return self.article.id, self.quotation.id

    @property
    def content(self) -> float:
        """Weight of the heaviest part."""
        return max((sum(part.weights) for part in self.parts), default=0.0)


def units(ledger: Ledger, language: Language) -> list[Unit]:
    """The statements of an article, in the order of its ledger."""
    return [unit(ledger.article, one, position, language) for position, one in enumerate(ledger.quotations)]


def unit(article: Article, quotation: Quotation, position: int, language: Language) -> Unit:
    """One quotation as a statement."""
    text = " ".join(article.text[begin:end] for begin, end in quotation.quote)
    parts = tuple(_part(article.text, one, language) for one in _sentences(article.text, quotation.quote))
    parts = tuple(part for part in parts if part.words or part.numbers)
    first = [plain(word) for word in re.findall(r"\w+", text)]
    left_open = _left_open(article.text, quotation, first, language)
    negates = any(_is_sign(word, language.table("story-words")["negations"]) for word in first)
    return Unit(article, quotation, position, text, parts, _takes_up(first, language), left_open, negates)


def _is_sign(word: str, signs: Sequence[str]) -> bool:
    return any(word.startswith(sign[:-1]) if sign.endswith("*") else word == sign for sign in signs)


def _left_open(text: str, quotation: Quotation, words: Sequence[str], language: Language) -> bool:
    """Whether a quotation only asks, or its source says neither yes nor no: that is no statement for it."""
    table = language.table("story-words")
    if words[:1] and words[0] in table["asks"]:
        return True
    begin, end = sentence(text, Span(quotation.quote[0].begin, quotation.quote[-1].end))
    around = plain(text[begin : quotation.quote[0].begin] + " " + text[quotation.quote[-1].end : end])
    if any(phrase in around for phrase in table["leaves_open"]):
        return True
    # A word begins with a part where the part follows a blank: one search instead of a look at each word.
    every = " " + " ".join([*words, *re.findall(r"\w+", around)])
    return any(all(f" {part}" in every for part in phrase.split("+")) for phrase in table["says_nothing"])


def _takes_up(words: Sequence[str], language: Language) -> bool:
    """Whether a statement points back at another instead of saying it again."""
    signs = frozenset(language.table("story-words")["taking_up"])
    return any(word in signs for word in words)


def _sentences(text: str, pieces: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The sentences of a quote, each as pieces of the text: a frame may stand between them."""
    sentences: list[tuple[Span, ...]] = []
    open_: list[Span] = []
    for begin, end in pieces:
        at = begin
        for cut in _CUT.finditer(text, begin, end):
            sentences.append((*open_, Span(at, cut.start())))
            open_, at = [], cut.end()
        if at < end:
            open_.append(Span(at, end))
    return [*sentences, tuple(open_)] if open_ else sentences


def _part(text: str, pieces: Sequence[Span], language: Language) -> Part:
    words: list[str] = []
    weights: list[float] = []
    numbers: set[str] = set()
    for begin, end in pieces:
        for match in _WORD.finditer(text, begin, end):
            if match["number"]:
                numbers.add(number(match[0]))
                continue
            stem = family(match[0], language)
            value = weight(stem, language)
            if value >= LEAST_CONTENT and stem not in words:
                words.append(stem)
                weights.append(value)
    return Part(Span(pieces[0].begin, pieces[-1].end), tuple(words), tuple(weights), frozenset(numbers))


def number(written: str) -> str:
    """A number as it is compared: thousands without separator, decimals after a full stop."""
    joined = re.sub(r"[.,  \u202f](?=\d{3}(?:\D|$))", "", written)
    return re.sub(r"[,  \u202f]", ".", joined)
