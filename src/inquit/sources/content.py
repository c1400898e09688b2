"""What a quotation is about: its word families, each as telling as it is rare, and how much of them another has."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice

from inquit.languages import Language
from inquit.languages.families import family, listed, parts, weight
from inquit.records import Span
from inquit.sources.reading import Reading

SHORTEST = 4
"""Letters of the shortest word that counts, numbers aside."""
MOST_WORDS = 80
"""Words of a quotation that are compared; keeps the time linear."""
LEAST_TELLING = 1.0
"""Weight of a word family from which it counts: about one that a third of all articles have; set by judgement."""
PART = 0.5
"""Share of the weight of a part of a compound; chosen by judgement."""

Content = Mapping[str, float]


@lru_cache(maxsize=100_000)
def _families(word: str, language: Language) -> tuple[tuple[str, float], ...]:
    """The families of a word and of the parts it is made of, with their weights."""
    stem = family(word, language)
    found = {stem: weight(stem, language)}
    for part in parts(stem, listed(language), language) if len(word) > 2 * SHORTEST else ():
        found.setdefault(part, PART * weight(part, language))
    return tuple((name, value) for name, value in found.items() if value >= LEAST_TELLING)


def content(text: Reading, spans: Iterable[Span], language: Language) -> Content:
    """Word families of the tokens in `spans` with their weights."""
    return content_at(text, (at for span in spans for at in range(*text.token_range(span))), language)


def content_at(text: Reading, tokens: Iterable[int], language: Language) -> Content:
    """Word families of tokens with their weights."""
    found: dict[str, float] = {}
    words = text.tokens.words
    for at in islice(tokens, MOST_WORDS):
        word = words[at]
        if (len(word) >= SHORTEST or word.isdigit()) and (parts := _parts(word, language)):
            for name, value in parts:
                if value > found.get(name, 0.0):
                    found[name] = value
    return found


@lru_cache(maxsize=100_000)
def _parts(word: str, language: Language) -> tuple[tuple[str, float], ...]:
    """The families of the parts of a written word; none of one that is neither a word nor a number."""
    if not (word.isdigit() or (len(word) >= SHORTEST and word.replace("-", "").isalpha())):
        return ()
    return tuple(one for part in word.split("-") if part for one in _families(part, language))


def coverage(one: Content, two: Content) -> float:
    """Share of what `one` is about that `two` has as well, 0 to 1."""
    total = sum(one.values())
    return sum(value for name, value in one.items() if name in two) / total if total else 0.0


def forms(text: Reading, spans: Iterable[Span], names: Iterable[str], language: Language) -> list[str]:
    """The words of the tokens in `spans` that belong to the families `names`, as they are written, in order."""
    left, found = set(names), []
    for span in spans:
        for at in range(*text.token_range(span)):
            word = text.tokens.words[at]
            hit = {name for part in word.split("-") if part for name, _ in _families(part, language)} & left
            if hit:
                left -= hit
                found.append(word)
    return found
