"""Outlets by name: which spellings are one outlet, where a text names it, and whom an article credits."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from inquit.records import Article, Span
from inquit.stories.wording import plain

_WORDS = re.compile(r"[^\W_]+(?:[-&.][^\W_]+)*")
_ENDING = re.compile(r"(?:(?:er|es|en|em|e|n)s?|s)$")
_SHORTEST_INFLECTED = 4
"""Letters of a name's word that may carry an ending; "dpa" and "ORF" do not."""

_CREDIT_SIGNS = re.compile(r"[/,;|&+()]|\bund\b|\bmit\b")

_HEAD, _TAIL = 400, 160
"""Characters at the begin and at the end of an article in which a dateline or a line of credits stands."""

_BRACKETED = re.compile(r"[(\[]([^()\[\]\n]{2,60})[)\]]")
_CREDIT_LINE = re.compile(r"^[^\W\d_][\w.-]{1,20}(?:/[\w.-]{1,20})+$", re.MULTILINE)


@lru_cache(maxsize=65_536)
def outlet_words(name: str) -> tuple[str, ...]:
    """The words of an outlet's name without endings, articles and marks."""
    words = _WORDS.findall(name)
    kept = [word for word in words if plain(word) not in _ARTICLES] or words
    return tuple(plain(_ENDING.sub("", word) if _is_inflected(word) else word) for word in kept)


def _is_inflected(word: str) -> bool:
    return len(word) >= _SHORTEST_INFLECTED and not word.isupper()


_ARTICLES = frozenset(("der", "die", "das", "des", "dem", "den", "the", "le", "la"))


@lru_cache(maxsize=65_536)
def same_outlet(one: str | None, other: str | None) -> bool:
    """Whether two names mean one outlet: equal words, the last words of the other, or its abbreviation."""
    first, second = outlet_words(one or ""), outlet_words(other or "")
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    if long[-len(short) :] == short:
        return True
    return len(short) == 1 and short[0] in _abbreviations(other if long == second else one)


def _abbreviations(*names: str | None) -> set[str]:
    """Words of the names that are an abbreviation: `dpa`, `SRF`, `hvd` in `hvd Helvetischer Dienst`."""
    words = [word for name in names for word in _WORDS.findall(name or "")]
    return {plain(word) for word in words if 2 <= len(word) <= 6 and (word.isupper() or word.islower())} - _ARTICLES


def which_outlet(name: str, outlets: Iterable[str]) -> str | None:
    """The one of `outlets` that `name` means: an equal name before a shortened one; `None` if none or several fit."""
    fitting = [outlet for outlet in outlets if same_outlet(name, outlet)]
    equal = [outlet for outlet in fitting if outlet_words(outlet) == outlet_words(name)]
    chosen = equal or fitting
    return chosen[0] if len(chosen) == 1 else None


@lru_cache(maxsize=65_536)
def _pattern(outlet: str) -> re.Pattern[str]:
    """Finds the whole name of an outlet, inflected or not, and its abbreviation."""
    parts = [re.escape(word) for word in _WORDS.findall(outlet)]
    stems = [_ENDING.sub("", part) + r"\w{0,3}" if _is_inflected(part) else part for part in parts]
    names = [r"[\s-]+".join(stems)]
    names += sorted({part for part in parts if plain(part) in _abbreviations(outlet)})
    return re.compile(r"(?<!\w)(?:" + "|".join(names) + r")(?!\w)")


def named_at(text: str, outlet: str) -> list[Span]:
    """Where `text` names `outlet` in full or by its abbreviation."""
    if not _WORDS.search(outlet):
        return []
    return [Span(*match.span()) for match in _pattern(outlet).finditer(text)]


@lru_cache(maxsize=4_096)
def credited(article: Article) -> tuple[str, ...]:
    """The names in an article's credits, its dateline and its lines of credits, as written."""
    names = [part.strip() for credit in article.credits for part in _CREDIT_SIGNS.split(credit)]
    for begin, end in _edges(len(article.text)):
        edge = article.text[begin:end]
        if "(" in edge or "[" in edge:
            names += [part.strip() for match in _BRACKETED.finditer(edge) for part in _CREDIT_SIGNS.split(match[1])]
        if "/" in edge:
            names += [part for match in _CREDIT_LINE.finditer(edge) for part in match[0].split("/")]
    return tuple(dict.fromkeys(name for name in names if name))


def credits_outlet(article: Article, outlet: str | None) -> bool:
    """Whether an article says that it has its text from `outlet`, which is not its own."""
    if not outlet or same_outlet(article.outlet, outlet):
        return False
    return any(_is_credit_of(name, outlet) for name in credited(article))


@lru_cache(maxsize=65_536)
def _is_credit_of(name: str, outlet: str) -> bool:
    """Whether a name is that of an outlet, or its abbreviation."""
    words = outlet_words(name)
    return words == outlet_words(outlet) or (len(words) == 1 and words[0] in _abbreviations(outlet))


def _edges(length: int) -> Sequence[tuple[int, int]]:
    if length <= _HEAD + _TAIL:
        return ((0, length),)
    return ((0, _HEAD), (length - _TAIL, length))
