"""What comparing the statements of an article needs of each: content, words around it, names, signs of denial."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from inquit.languages import Language
from inquit.records import Quotation
from inquit.sources.content import Content, content, content_at
from inquit.sources.lexicon import cued
from inquit.sources.reading import Reading, begin, end

BEGINNING = 6
"""Letters by which names and words count as the same."""
MOST_WORDS = 60
"""Words of a sentence or quotation that are looked at; keeps the time linear."""
OPENING = 14
"""Words of a quotation that tell what it takes up: "the reports about the merger are false"."""
FIRST = 5
"""Words of a quotation among which a contrast stands: "on the contrary, …"."""
NEIGHBOURS = 3
"""Statements before and after one whose denials of the same source count."""


@dataclass(frozen=True, slots=True)
class Denials:
    """What the classifier of stances says: the probability of a denial or doubt, and its features."""

    chance: float
    features: tuple[str, ...] = ()


@dataclass(slots=True)
class Statement:
    """A quotation with what comparing it with others needs.

    `words` are beginnings of its own words, `around` those of its frame and of the rest of its sentences,
    `named_around` those of them that are capitalised. `names` are beginnings of the words that name its source,
    `all_names` those of all links, `outlets` those of its media. `signs` are the classes of signs of denial in quote,
    frame, rest of the sentence and sentence before: 0 for none, 1 for weak, 2 for strong, 3 for both. `takes_up` says
    what kind of statement its words take up (`charges`, `reports`, `pronouns`, `several`) or that it accuses. `wide`
    is what it and the sentences around it are about, `block` counts changes of the source up to it.
    """

    quotation: Quotation
    source: str | None
    number: int
    begin: int
    end: int
    paragraph: int
    first: int
    last: int
    denial: float
    features: tuple[str, ...]
    content: Content
    words: frozenset[str]
    around: frozenset[str]
    named_around: frozenset[str]
    rest: tuple[str, ...]
    names: frozenset[str]
    all_names: frozenset[str]
    outlets: frozenset[str]
    signs: tuple[int, int, int, int]
    takes_up: frozenset[str]
    negated: bool
    negated_around: bool
    contrast: bool
    denying: bool
    length: int
    numbers: frozenset[str]
    wide: Content = field(default_factory=dict)
    block: int = 0
    near_denial: float = 0.0
    denial_before: float = 0.0


@cache
def _table(language: Language) -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in language.table("source-hedges")["disputes"].items()}


def statements(
    text: Reading, quotations: tuple[Quotation, ...], denials: Mapping[int, Denials], language: Language
) -> list[Statement]:
    """The quotations in the order of the text, prepared for comparing; `denials` by id."""
    ordered = sorted(quotations, key=lambda q: (begin(q.quote), -end(q.quote), q.id))
    found = [
        _statement(text, quotation, number, denials.get(quotation.id, Denials(0.0)), language)
        for number, quotation in enumerate(ordered)
    ]
    block, speaking = -1, None
    for one in found:
        if block < 0 or (one.source != speaking and one.quotation.parent is None):
            block, speaking = block + 1, one.source
        one.block = block
        near = found[max(0, one.number - NEIGHBOURS) : one.number + NEIGHBOURS + 1]
        same = [two for two in near if two is not one and two.source == one.source is not None]
        one.near_denial = max((two.denial for two in same), default=0.0)
        one.denial_before = max((two.denial for two in same if two.number < one.number), default=0.0)
    return found


def _statement(text: Reading, quotation: Quotation, number: int, denials: Denials, language: Language) -> Statement:
    table, negations = _table(language), text.nouns.sets["negations"]
    first, last = _sentences(text, quotation)
    words, frame = text.words(quotation.quote)[:MOST_WORDS], text.words(quotation.frame)[:MOST_WORDS]
    beside = _rest(text, quotation, first, last)
    rest = [text.lower[at] for at in beside]
    before = _before(text, first)
    opening = [*words[:OPENING], *rest]
    sources = quotation.chain
    own = content(text, quotation.quote, language)
    return Statement(
        quotation=quotation,
        source=sources[-1].name if sources else None,
        number=number,
        begin=begin(quotation.quote),
        end=end(quotation.quote),
        paragraph=text.paragraph(begin(quotation.quote)),
        first=first,
        last=last,
        denial=denials.chance,
        features=denials.features,
        content=own,
        words=_beginnings(words),
        around=_beginnings([*rest, *frame]),
        named_around=frozenset(
            text.lower[at][:BEGINNING]
            for at in beside
            if text.tokens.words[at][0].isupper() and len(text.lower[at]) > 2
        ),
        rest=tuple(rest),
        names=_capitals(source.name for source in sources[-1:]),
        all_names=_capitals(source.name for source in sources),
        outlets=_capitals(source.name for source in sources if source.kind == "outlet"),
        signs=tuple(_sign(part, language) for part in (words, frame, rest, [text.lower[at] for at in before])),  # type: ignore[arg-type]
        takes_up=_takes_up(words, rest, opening, table),
        negated=not negations.isdisjoint(words),
        negated_around=not negations.isdisjoint(rest),
        contrast=not frozenset(table["contrast"]).isdisjoint([*rest, *words[:FIRST]]),
        denying="deny-strong" in cued([*words[:12], *frame], language),
        length=len(words),
        numbers=frozenset(word for word in words if word[0].isdigit()),
        wide={**content_at(text, [*before, *beside], language), **own},
    )


def _sentences(text: Reading, quotation: Quotation) -> tuple[int, int]:
    """Numbers of the sentences in which a quotation begins and ends."""
    if not text.sentence_of:
        return 0, 0
    most = len(text.sentence_of) - 1
    first, last = text.token_at(begin(quotation.quote)), text.token_at(max(0, end(quotation.quote) - 1))
    return text.sentence_of[min(first, most)], text.sentence_of[min(last, most)]


def _rest(text: Reading, quotation: Quotation, first: int, last: int) -> list[int]:
    """Tokens of the sentences of a quotation that are not its own; of a long one those near its ends."""
    if not text.tokens.sentences:
        return []
    own = [text.token_range(span) for span in quotation.quote]
    low, high = text.tokens.sentences[first][0], text.tokens.sentences[last][1]
    inner = [at for (_, stop), (start, _) in pairwise(own) for at in range(stop, start)]
    start, stop = (min(one for one, _ in own), max(two for _, two in own)) if own else (low, low)
    before, after = range(max(low, start - MOST_WORDS), start), range(stop, min(high, stop + MOST_WORDS))
    return [*before, *inner[:MOST_WORDS], *after][:MOST_WORDS]


def _before(text: Reading, first: int) -> range:
    """Tokens of the sentence before, within the paragraph."""
    if not 0 < first < len(text.tokens.sentences):
        return range(0)
    (begin_, end_), (here, _) = text.tokens.sentences[first - 1], text.tokens.sentences[first]
    if text.paragraph_of[begin_] != text.paragraph_of[here]:
        return range(0)
    return range(max(begin_, end_ - MOST_WORDS), end_)


def _beginnings(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:BEGINNING] for word in words if word[0].isalpha())


def _capitals(names: Iterable[str]) -> frozenset[str]:
    """Beginnings of the capitalised words of names."""
    parts = [part for name in names for word in name.split() for part in word.strip('„“”«»"()').split("-")]
    return frozenset(part.casefold()[:BEGINNING] for part in parts if part[:1].isupper() and len(part) > 2)


def _sign(words: list[str], language: Language) -> int:
    found = cued(words, language)
    return 2 * ("deny-strong" in found) + ("deny-weak" in found)


def _takes_up(
    words: list[str], rest: list[str], opening: list[str], table: dict[str, tuple[str, ...]]
) -> frozenset[str]:
    found = {
        name
        for name, where in (
            ("charges", opening),
            ("reports", opening),
            ("several", opening),
            ("accuses", [*words, *rest]),
        )
        if any(word.startswith(table[name]) for word in where)
    }
    if not frozenset(table["pronouns"]).isdisjoint([*rest[:6], *rest[-4:], *words[:4]]):
        found.add("pronouns")
    return frozenset(found)
