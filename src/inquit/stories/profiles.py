"""What an article is about, as a few weighted terms: small, storable, and enough to find the articles on its event."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

from inquit.languages import Language
from inquit.records import Article
from inquit.stories.terms import family, weight
from inquit.stories.wording import outside

TERMS = 60
"""Terms kept of an article; story sets 1 to 4 group the same from 40 to 100."""

_LEAST_WEIGHT = 2.0
"""Weight from which on a word says what an article is about: one article in eight has it, or fewer."""

_TITLE_TIMES = 3
"""How often a word of the title counts."""

_NAME_TIMES = 1.5
"""Factor for a word written with a capital that news articles seldom have: names hold a story together."""

_RARE = 5.0
"""Weight from which on a capitalised word is taken for a name or the subject itself: one article in 150."""

_DIGITS = 4
"""Digits of a weight: profiles are stored, and each of them weighs less than what tells two stories apart."""

_WORD = re.compile(r"[^\W\d_][^\W_]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """Terms (word families) of the article `id` with their weights, of length 1 together."""

    id: str
    terms: Mapping[str, float]
    published: str | None = None


def profile(article: Article, language: Language) -> Profile:
    """The profile of an article, furniture left out; depends on nothing but the article."""
    counts: Counter[str] = Counter()
    capitals: set[str] = set()
    for begin, end in outside(len(article.text), article.furniture):
        for word in _WORD.findall(article.text, begin, end):
            stem = family(word, language)
            counts[stem] += 1
            if word[0].isupper():
                capitals.add(stem)
    for word in _WORD.findall(article.title or ""):
        counts[family(word, language)] += _TITLE_TIMES - 1
    weights = {stem: _weight(stem, count, stem in capitals, language) for stem, count in counts.items()}
    heaviest = sorted(weights.items(), key=lambda term: (-term[1], term[0]))[:TERMS]
    kept = {stem: value for stem, value in heaviest if value > 0}
    length = sqrt(sum(value * value for value in kept.values())) or 1.0
    rounded = {stem: round(value / length, _DIGITS) for stem, value in kept.items()}
    return Profile(article.id, rounded, article.published)


def _weight(stem: str, count: int, capital: bool, language: Language) -> float:
    rarity = weight(stem, language)
    if rarity < _LEAST_WEIGHT:
        return 0.0
    return (1 + log(count)) * rarity * (_NAME_TIMES if capital and rarity >= _RARE else 1.0)


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two sets of weighted terms, 0 to 1."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return sum(value * long.get(term, 0.0) for term, value in short.items())
