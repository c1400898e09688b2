"""Content words as they are compared: word families, parts of compounds, and how telling each is.

Stemmer: CISTEM (Weißweiler and Fraser 2017), and on top of it nouns made from verbs and the stems of strong verbs.
"""

import re
import unicodedata
from collections.abc import Container
from functools import cache, lru_cache
from math import log

from inquit.languages import Language

_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "é": "e", "è": "e", "à": "a", "ç": "c"})
_DOUBLED, _STARRED = re.compile(r"(.)\1"), re.compile(r"(.)\*")
_LIQUID = re.compile(r"(?<=[^aeiou])e([lr])$")
_SHORTEST_DERIVED = 4
"""Letters that are left of a word without its ending `-ung`, `-heit`, …"""

SHORTEST_PART = 4
"""Letters of the shortest part of a compound."""

_SHORTEST_COMPOUND = 8


@lru_cache(maxsize=200_000)
def family(form: str, language: Language) -> str:
    """The stem that a form shares with the other forms of its word family: `schliess` for Schließungen, geschlossen."""
    word = unicodedata.normalize("NFC", form).casefold().translate(_UMLAUTS)
    if word.isdigit():
        return word
    stem = _cistem(_without_ge(word, language) if form[0].islower() else word)
    for ending in language.table("story-words")["derivations"]:
        if stem.endswith(ending) and len(stem) - len(ending) >= _SHORTEST_DERIVED:
            stem = _cistem(stem[: -len(ending)])
            break
    stem = _LIQUID.sub(r"\1", stem) if len(stem) > 5 and stem.endswith(("el", "er")) else stem
    return _infinitive(stem, language)


def _without_ge(word: str, language: Language) -> str:
    """A participle or infinitive without its `ge` or `zu`: `haltn` in gehalten, `zuruckhaltn` in zurückzuhalten."""
    if len(word) >= _SHORTEST_PARTICIPLE and word.startswith("ge"):
        return word[2:]
    prefixes = _verb_prefixes(language)
    for prefix in prefixes if word.startswith(prefixes) else ():
        for infix in ("ge", "zu"):
            if word.startswith(prefix + infix) and len(word) >= len(prefix) + _SHORTEST_PARTICIPLE:
                return prefix + word[len(prefix) + 2 :]
    return word


_SHORTEST_PARTICIPLE = 6


def _cistem(word: str) -> str:
    """The endings off, as CISTEM takes them, but for the last letters of short words: warn is not war."""
    word = word.replace("sch", "$").replace("ei", "%").replace("ie", "&")
    doubled = _DOUBLED.search(word) is not None
    if doubled:
        word = _DOUBLED.sub(r"\1*", word)
    while len(word) > 3:
        if len(word) > 5 and word.endswith(("em", "er", "end")):
            word = word[:-2]
        elif word.endswith("e") or (len(word) > 4 and word.endswith(("t", "s", "n"))):
            word = word[:-1]
        else:
            break
    if doubled or "*" in word:
        word = _STARRED.sub(r"\1\1", word)
    return word.replace("%", "ei").replace("&", "ie").replace("$", "sch")


def _infinitive(stem: str, language: Language) -> str:
    """The stem of the infinitive for a stem of a strong verb, with or without prefix."""
    verbs = _strong_verbs(language)
    if stem in verbs:
        return verbs[stem]
    prefixes = _verb_prefixes(language)
    if stem.startswith(prefixes):
        for prefix in prefixes:
            if stem.startswith(prefix) and stem[len(prefix) :] in verbs:
                return prefix + verbs[stem[len(prefix) :]]
    return stem


@cache
def _verb_prefixes(language: Language) -> tuple[str, ...]:
    return tuple(language.table("story-words")["verb_prefixes"])


@cache
def _strong_verbs(language: Language) -> dict[str, str]:
    stems: dict[str, str] = {}
    for line in sorted(language.words("strong-verbs")):
        infinitive, *others = line.split()
        stems |= {_cistem(other): _cistem(infinitive) for other in others if _cistem(other) not in stems}
        stems[_cistem(infinitive)] = _cistem(infinitive)
    return stems


@cache
def _frequencies(language: Language) -> tuple[dict[str, int], int]:
    """In how many of the counted articles each word family stands, and how many were counted."""
    counts = dict(line.rsplit(" ", 1) for line in language.words("stem-frequencies"))
    numbers = {stem: int(count) for stem, count in counts.items()}
    return numbers, numbers.pop("ARTICLES", 1)


def weight(stem: str, language: Language) -> float:
    """How telling a word family is: log of how rarely articles have it, 0 for one that every article has."""
    counts, total = _frequencies(language)
    return log((total + 1) / (counts.get(stem, 0) + 1)) if not stem.isdigit() else _NUMBER_WEIGHT


_NUMBER_WEIGHT = 2.5
"""Weight of a number: that of a word which one article in twelve has."""


def parts(stem: str, known: Container[str], language: Language) -> tuple[str, ...]:
    """The word families that a compound is made of, as far as `known` has them; empty for a word that is none.

    The head alone is enough; a first part alone has to be longer by one letter.
    """
    if len(stem) < _SHORTEST_COMPOUND:
        return ()
    best: tuple[tuple[bool, int], tuple[str, ...]] = ((False, 0), ())
    for cut in range(SHORTEST_PART, len(stem) - SHORTEST_PART + 1):
        head = _cistem(stem[cut:])
        if head not in known and len(head) > SHORTEST_PART:
            head = _infinitive(head, language)
        modifier = _modifier(stem[:cut], known, language)
        found = tuple(part for part in (modifier, head if head in known else "") if part)
        if head in known or len(modifier) > SHORTEST_PART:
            best = max(best, ((head in known, sum(map(len, found))), found))
    return best[1]


def _modifier(first: str, known: Container[str], language: Language) -> str:
    """The known word family of the first part of a compound, its linking letters taken off."""
    for bare in dict.fromkeys(first.removesuffix(link) for link in language.table("story-words")["linking"]):
        if len(bare) >= SHORTEST_PART:
            for part in (bare, _cistem(bare)):
                if len(part) >= SHORTEST_PART and part in known:
                    return part
    return ""


@cache
def listed(language: Language) -> frozenset[str]:
    """The word families that news articles have."""
    return frozenset(_frequencies(language)[0])
