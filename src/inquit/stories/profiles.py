"""What an article is about, as a few weighted terms: small, storable, and enough to find the articles on its event."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from zlib import crc32

import numpy as np

from inquit.languages import Language
from inquit.records import Article
from inquit.stories.terms import forms_of
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
    written: list[str] = []
    for begin, end in outside(len(article.text), article.furniture):
        written += _WORD.findall(article.text, begin, end)
    weights = _weights(Counter(written), _WORD.findall(article.title or ""), language)
    heaviest = sorted(weights.items(), key=lambda term: (-term[1], term[0]))[:TERMS]
    length = sqrt(sum(value * value for _, value in heaviest)) or 1.0
    rounded = {stem: round(value / length, _DIGITS) for stem, value in heaviest}
    return Profile(article.id, rounded, article.published)


def _weights(written: Mapping[str, int], title: Sequence[str], language: Language) -> dict[str, float]:
    """The word families that say what an article is about, with their weights; `written` counts its forms."""
    forms = forms_of(language)
    rarities: dict[str, float] = {}
    counts: dict[str, int] = {}
    capitals: set[str] = set()
    for form, count in written.items():
        stem, rarity = forms[form]
        if rarity >= _LEAST_WEIGHT:
            rarities[stem] = rarity
            counts[stem] = counts.get(stem, 0) + count
            if form[0].isupper():
                capitals.add(stem)
    for form in title:
        stem, rarities[stem] = forms[form]
        counts[stem] = counts.get(stem, 0) + _TITLE_TIMES - 1
    return {
        stem: (1 + log(counts[stem])) * rarity * (_NAME_TIMES if stem in capitals and rarity >= _RARE else 1.0)
        for stem, rarity in rarities.items()
        if rarity >= _LEAST_WEIGHT
    }


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two sets of weighted terms, 0 to 1."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return sum([value * long[term] for term, value in short.items() if term in long])


def outline(profile: Profile) -> bytes:
    """A profile in four bytes a term: a slot of 65 536 that its name leads to, and its weight."""
    pairs = [(crc32(term.encode("utf-8", "replace")) & _LAST_SLOT, value) for term, value in profile.terms.items()]
    found = np.empty((len(pairs), 2), np.uint16)
    if pairs:
        slots, values = zip(*pairs, strict=True)
        found[:, 0], found[:, 1] = slots, np.rint(np.array(values) * 10**_DIGITS)
    return found.tobytes()


def perhaps_alike(profile: Profile, outlines: Sequence[bytes], least: float) -> list[bool]:
    """Which of the profiles that some outlines are of may be alike to one by `least`; all that are, and few others.

    Terms that lead to the same slot are taken for one: that never makes two profiles less alike.
    """
    weights = np.zeros(_LAST_SLOT + 1)
    for slot, value in np.frombuffer(outline(profile), np.uint16).reshape(-1, 2).tolist():
        weights[slot] += value
    terms = np.frombuffer(b"".join(outlines), np.uint16).reshape(-1, 2)
    sums = np.zeros(len(terms) + 1)
    np.cumsum(weights[terms[:, 0]] * terms[:, 1], out=sums[1:])
    ends = np.cumsum([0, *(len(one) // 4 for one in outlines)])
    found: list[bool] = (sums[ends[1:]] - sums[ends[:-1]] >= (least - _ROUNDED_OFF) * 10.0 ** (2 * _DIGITS)).tolist()
    return found


_LAST_SLOT = 0xFFFF

_ROUNDED_OFF = 1e-6
"""What the sums of `likeness` and of outlines may differ by, many times over."""
