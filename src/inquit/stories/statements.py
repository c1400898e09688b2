"""Quotations as what they say: the parts of a statement with their content words, numbers and names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from inquit.languages import Language
from inquit.records import Article, Ledger, Quotation, Span
from inquit.stories.terms import forms_of
from inquit.stories.wording import plain, sentence, words_of

_WORD = re.compile(r"\d+(?:[.,  \u202f]\d+)*|[^\W\d_]+")
_CUT = re.compile(r"(?<=[.!?;])(?<!\D\d\.)(?<!\D\d\d\.)[»“”\"«]?\s+|:\s+(?=[„«»\"]?[A-ZÄÖÜ])")
"""Where a sentence of a statement ends; after one or two digits a full stop makes an ordinal: "am 13. Dezember"."""

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
    text = " ".join([article.text[begin:end] for begin, end in quotation.quote])
    found = [_part(article.text, one, language) for one in _sentences(article.text, quotation.quote)]
    parts = tuple([part for part in found if part.words or part.numbers])
    signs, words = _signs(language), words_of(text)
    return Unit(
        article=article,
        quotation=quotation,
        position=position,
        text=text,
        parts=parts,
        takes_up=not signs.taking_up.isdisjoint(words),
        open=_left_open(article.text, quotation, words, signs),
        negates=not signs.negations.isdisjoint(words) or any(word.startswith(signs.negating) for word in words),
    )


@dataclass(frozen=True, slots=True)
class _Signs:
    """The words by which a statement takes up another, says that something is not so, or leaves open whether it is.

    `negations` are whole words, `negating` beginnings; of the beginnings of an entry of `says_nothing` all stand there.
    """

    taking_up: frozenset[str]
    negations: frozenset[str]
    negating: tuple[str, ...]
    asks: frozenset[str]
    leaves_open: tuple[str, ...]
    says_nothing: tuple[tuple[str, ...], ...]


@cache
def _signs(language: Language) -> _Signs:
    table = language.table("story-words")
    return _Signs(
        taking_up=frozenset(table["taking_up"]),
        negations=frozenset(word for word in table["negations"] if not word.endswith("*")),
        negating=tuple(word[:-1] for word in table["negations"] if word.endswith("*")),
        asks=frozenset(table["asks"]),
        leaves_open=tuple(table["leaves_open"]),
        says_nothing=tuple(tuple(f" {part}" for part in phrase.split("+")) for phrase in table["says_nothing"]),
    )


def _left_open(text: str, quotation: Quotation, words: Sequence[str], signs: _Signs) -> bool:
    """Whether a quotation only asks, or its source says neither yes nor no: that is no statement for it."""
    if words and words[0] in signs.asks:
        return True
    begin, end = sentence(text, Span(quotation.quote[0].begin, quotation.quote[-1].end))
    around = plain(text[begin : quotation.quote[0].begin] + " " + text[quotation.quote[-1].end : end])
    if [phrase for phrase in signs.leaves_open if phrase in around]:
        return True
    # A word begins with a part where the part follows a blank: one search instead of a look at each word.
    every = " " + " ".join([*words, *words_of(around)])
    begun = [others for first, *others in signs.says_nothing if first in every]
    return any(all(part in every for part in others) for others in begun)


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
    content: dict[str, float] = {}
    numbers: set[str] = set()
    forms = forms_of(language)
    for begin, end in pieces:
        for form in _WORD.findall(text, begin, end):
            if form[0].isdecimal():
                numbers.add(number(form))
                continue
            stem, value = forms[form]
            if value >= LEAST_CONTENT:
                content[stem] = value
    return Part(Span(pieces[0].begin, pieces[-1].end), tuple(content), tuple(content.values()), frozenset(numbers))


def number(written: str) -> str:
    """A number as it is compared: thousands without separator, decimals after a full stop."""
    joined = re.sub(r"[.,  \u202f](?=\d{3}(?:\D|$))", "", written)
    return re.sub(r"[,  \u202f]", ".", joined)
