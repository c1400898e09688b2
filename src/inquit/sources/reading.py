"""An article as the room of sources sees it: tokens with their sentence and paragraph, found by character."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from inquit.languages import Language
from inquit.languages.tokens import Tokens, tokenize
from inquit.records import Article, Quotation, Span, Spans
from inquit.sources.nouns import Nouns, nouns

LONGEST_SHORT_NAME = 8
"""Letters of the longest name of a medium that is written in lower case."""
LATEST_CREDIT = 120
"""Token up to which the credit of an agency in brackets is looked for: "Bern (abc) -"."""
CLOSED = ("starters", "prepositions", "definite", "indefinite", "possessive", "pronouns", "auxiliaries", "adverbs")
"""Word classes that are no names."""


@dataclass(slots=True)
class Reading:
    """Tokens of one article; `lower` are the words in lower case, `quoted` says which stand inside a Direct quote.

    `short_names` are media by a lower-case abbreviation, `own` the words of the name of the medium that prints it,
    `cuts` are tokens before which a quotation, its speaker or its addressee begins or ends: no phrase runs over one.
    """

    text: str
    tokens: Tokens
    lower: list[str]
    sentence_of: list[int]
    paragraph_of: list[int]
    quoted: bytearray
    cuts: frozenset[int]
    short_names: frozenset[str]
    own: frozenset[str]
    nouns: Nouns
    ranges: dict[Span, tuple[int, int]] = field(default_factory=dict)
    worded: dict[Spans, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lower)

    def token_at(self, character: int) -> int:
        """First token that ends after `character`; the number of tokens where there is none."""
        return bisect_right(self.tokens.ends, character)

    def token_range(self, span: Span) -> tuple[int, int]:
        """Half-open range of the tokens that touch `span`; empty where there are none."""
        known = self.ranges.get(span)
        if known is None:
            first = bisect_right(self.tokens.ends, span.begin)
            known = self.ranges[span] = first, max(first, bisect_left(self.tokens.begins, span.end))
        return known

    def words(self, spans: Spans) -> list[str]:
        """Words in lower case of the tokens that touch `spans`; kept, so that nobody may change them."""
        known = self.worded.get(spans)
        if known is None:
            known = [word for span in spans for word in self.lower[slice(*self.token_range(span))]]
            self.worded[spans] = known
        return known

    def sentence(self, token: int) -> tuple[int, int]:
        """Token range of the sentence around `token`; empty outside the text."""
        if 0 <= token < len(self.sentence_of):
            return self.tokens.sentences[self.sentence_of[token]]
        return len(self.lower), len(self.lower)

    def paragraph(self, character: int) -> int:
        """Number of the paragraph at `character`."""
        token = self.token_at(character)
        if token < len(self.paragraph_of):
            return self.paragraph_of[token]
        return len(self.tokens.paragraphs)

    def is_own(self, name: str) -> bool:
        """Whether `name` is the medium that prints the article."""
        return bool(self.own) and self.nouns.name_words(name) <= self.own

    def string(self, first: int, last: int) -> str:
        """The text of the tokens `[first, last)`, as it is."""
        return self.text[self.tokens.begins[first] : self.tokens.ends[last - 1]]


def reading(article: Article, quotations: tuple[Quotation, ...], language: Language) -> Reading:
    """The reading of `article` without its furniture."""
    tokens = tokenize(article.text, language, article.furniture)
    number = len(tokens)
    result = Reading(
        text=article.text,
        tokens=tokens,
        lower=[word.lower() for word in tokens.words],
        sentence_of=_numbered(tokens.sentences),
        paragraph_of=_numbered(tokens.paragraphs),
        quoted=bytearray(number),
        cuts=frozenset(),
        short_names=frozenset(),
        own=_own(article, nouns(language)),
        nouns=nouns(language),
    )
    result.cuts = _cuts(result, quotations)
    result.short_names = nouns(language).sets["outlet_names"] | _short_names(result, quotations)
    for quotation in quotations:
        if quotation.type == "Direct":
            for span in quotation.quote:
                first, last = result.token_range(span)
                result.quoted[first:last] = b"\1" * (last - first)
    return result


def _cuts(text: Reading, quotations: tuple[Quotation, ...]) -> frozenset[int]:
    """Tokens before which a phrase ends: where quotations, speakers and addressees begin or end.

    No cut goes through a name where only part of it was marked, or before the place that a speaker is of.
    """
    words, sets = text.tokens.words, text.nouns.sets
    found = {token for quotation in quotations for span in quotation.quote for token in text.token_range(span)}
    for quotation in quotations:
        for span in (*quotation.speaker, *quotation.addressee):
            first, last = text.token_range(span)
            found.add(first)
            inside = 0 < last < len(words) and text.sentence_of[last] == text.sentence_of[last - 1]
            if inside and text.lower[last] in sets["place_prepositions"] and last + 1 < len(words):
                is_place = words[last + 1][0].isupper() and text.nouns.noun(words[last + 1]) is None
                if is_place and text.lower[last + 1] not in sets["time_words"]:
                    continue
            found.add(last)
        for span in quotation.addressee:
            for token in text.token_range(span):
                if 0 < token < len(words) and words[token][0].isupper() and words[token - 1][0].isupper():
                    found.discard(token)
    return frozenset(found)


def _numbered(ranges: list[tuple[int, int]]) -> list[int]:
    numbers: list[int] = []
    for number, (first, last) in enumerate(ranges):
        numbers += [number] * (last - first)
    return numbers


def _short_names(text: Reading, quotations: tuple[Quotation, ...]) -> frozenset[str]:
    """Lower-case words that stand alone where a name is expected: told the abc, says the abc."""
    sets = text.nouns.sets
    found = set()
    for quotation in quotations:
        for span in (*quotation.speaker, *quotation.addressee):
            first, last = text.token_range(span)
            if last - first == 2 and text.lower[first] in sets["definite"]:
                first += 1
            word = text.lower[first] if last - first == 1 else ""
            if last - first == 1 and _is_short_name(text, first):
                found.add(word)
    for at, word in enumerate(text.lower[:-1]):
        asked = word in sets["asked"] and text.lower[at - 1] in sets["inquiries"] if at else False
        if (word in sets["agencies"] or asked) and _is_short_name(text, at + 1) and not _may_be_verb(text, at + 1):
            found.add(text.lower[at + 1])
    for at in range(min(len(text) - 1, LATEST_CREDIT)):
        if text.tokens.words[at] == "(" and _is_short_name(text, at + 1) and text.lower[at + 2 : at + 3] == [")"]:
            found.add(text.lower[at + 1])
    return frozenset(found)


def _is_short_name(text: Reading, at: int) -> bool:
    """Whether a word is written in lower case and may be the short name of an agency."""
    word, sets = text.tokens.words[at], text.nouns.sets
    written = word.isalpha() and word == text.lower[at] and len(word) <= LONGEST_SHORT_NAME
    return written and not any(word in sets[name] for name in CLOSED)


def _may_be_verb(text: Reading, at: int) -> bool:
    """Whether a word in lower case ends as verbs and other words do, and not as names and abbreviations."""
    word = text.lower[at]
    return word[-1] not in text.nouns.sets["short_name_ends"] and not text.nouns.sets["vowels"].isdisjoint(word)


def _own(article: Article, lexicon: Nouns) -> frozenset[str]:
    """Words of the name and the host of the medium that prints the article."""
    host = (urlsplit(article.url).hostname or "") if article.url else ""
    return frozenset(lexicon.name_words(f"{host.rpartition('.')[0]} {article.outlet or ''}"))


def begin(spans: Spans) -> int:
    """First character of `spans`."""
    return min([span.begin for span in spans]) if spans else 0


def end(spans: Spans) -> int:
    """Character after the last of `spans`."""
    return max([span.end for span in spans]) if spans else 0
