"""Content words as they are compared across articles, as the language knows them, each form looked up once."""

from collections.abc import Container, Set
from functools import cache, lru_cache

from inquit.languages import Language
from inquit.languages.families import SHORTEST_PART, family, listed, parts, weight

__all__ = ["SHORTEST_PART", "Forms", "family", "forms_of", "listed", "parts", "parts_among", "weight"]

_KEPT_FORMS = 200_000
"""Forms that are kept with their word families, some 40 MB; then looking up begins anew."""

_KEPT_COMPOUNDS = 32_768
"""Word families of which the parts are kept, about a kilobyte each."""


class Forms(dict[str, tuple[str, float]]):
    """Forms of words, each with its word family and how telling that is; what is missing is found out."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, form: str) -> tuple[str, float]:
        if len(self) >= _KEPT_FORMS:
            self.clear()
        stem = family(form, self._language)
        found = self[form] = stem, weight(stem, self._language)
        return found


@cache
def forms_of(language: Language) -> Forms:
    """The forms of a language that were met."""
    return Forms(language)


def parts_among(stem: str, here: Set[str], language: Language) -> tuple[str, ...]:
    """The parts of a compound, as far as news articles or the words `here` have them; no word is a part of itself."""
    usual, missed = _usual_parts(stem, language)
    return usual if here.isdisjoint(missed) else parts(stem, _Others(stem, listed(language), here), language)


@lru_cache(maxsize=_KEPT_COMPOUNDS)
def _usual_parts(stem: str, language: Language) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts of a compound that news articles have, and all that was asked for and they do not have."""
    asked = _Asked(stem, listed(language))
    return parts(stem, asked, language), tuple(asked.missed)


class _Others:
    """All known words but one; a set of them would be copied for each word."""

    def __init__(self, but: str, known: Container[str], here: Container[str]) -> None:
        self._but, self._known, self._here = but, known, here

    def __contains__(self, word: object) -> bool:
        return word != self._but and (word in self._known or word in self._here)


class _Asked:
    """The listed words but one, and which others were asked for: where none of these is there, nothing is otherwise."""

    def __init__(self, but: str, known: Container[str]) -> None:
        self._but, self._known = but, known
        self.missed: dict[str, None] = {}

    def __contains__(self, word: object) -> bool:
        if word == self._but:
            return False
        there = word in self._known
        if not there:
            self.missed[str(word)] = None
        return there
