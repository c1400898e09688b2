"""What a word says about a source: person, body, outlet, group or document, with field, gender and number.

A noun belongs to the class whose stem it ends with, the longest stem first, so that compounds are covered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from inquit.languages import Language
from inquit.records import Kind

MOST_WORDS = 200_000
"""Words whose class is kept before the memory is emptied; bounds memory on long runs, changes no result."""
SHORT_STEM = 4
"""Stems shorter than this stand alone or after a hyphen: "ag" is a company, "Tag" is none."""
LONGEST_STEM = 26
"""Letters of the longest stem that is looked up."""


@dataclass(frozen=True, slots=True)
class Noun:
    """Class of a noun; empty strings where the form leaves it open. `nominal` is a noun made from an adjective."""

    kind: Kind
    field: str = ""
    gender: str = ""
    number: str = ""
    stem: str = ""
    nominal: bool = False


@dataclass(slots=True)
class Nouns:
    """The nouns and closed word classes of one language, with a memory of the words already seen."""

    stems: dict[str, Noun]
    whole: frozenset[str]
    sets: dict[str, frozenset[str]]
    first_names: dict[str, str]
    seen: dict[str, Noun | None] = field(default_factory=dict)

    def noun(self, word: str) -> Noun | None:
        """Class of `word` by its ending, `None` if it names no source."""
        try:
            return self.seen[word]
        except KeyError:
            pass
        if len(self.seen) > MOST_WORDS:
            self.seen.clear()
        found = self.seen[word] = self._look_up(word.casefold().replace("ß", "ss"))
        return found

    def _look_up(self, word: str) -> Noun | None:
        for at in range(max(0, len(word) - LONGEST_STEM), len(word) - 1):
            found = self.stems.get(word[at:])
            if found is not None and (at == 0 or word[at - 1] == "-" or self._may_end(word[at:])):
                return found
        return None

    def _may_end(self, stem: str) -> bool:
        return len(stem) >= SHORT_STEM and stem not in self.whole

    def name_words(self, name: str) -> set[str]:
        """Words of a name without umlauts and endings, for comparing names with addresses."""
        lower = name.casefold().replace("ß", "ss")
        for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
            lower = lower.replace(umlaut, plain)
        endings = tuple(self.sets["name_endings"])
        words = "".join(letter if letter.isalnum() else " " for letter in lower).split()
        return {word[: -len(ending)] if (ending := _ending(word, endings)) else word for word in words}

    def gender_of_name(self, first: str) -> str:
        """`m`, `f` or empty, for a first name."""
        known = self.first_names.get(first, "")
        return known or ("f" if first.endswith(tuple(self.sets["feminine_name_endings"])) else "")


def _ending(word: str, endings: tuple[str, ...]) -> str:
    if len(word) <= SHORT_STEM:
        return ""
    return max((ending for ending in endings if word.endswith(ending)), key=len, default="")


@cache
def nouns(language: Language) -> Nouns:
    """Nouns of `language`, built on first use."""
    table = language.table("source-nouns")
    words = language.table("source-words")
    stems: dict[str, Noun] = {}
    whole: set[str] = set()
    for form, noun in _forms(table):
        word = form.replace("ß", "ss")
        if word.startswith("="):
            word = word[1:]
            if word not in stems:
                whole.add(word)
        stems.setdefault(word, noun)
    sets = {name: frozenset(items) for name, items in words.items()}
    sets["outlet_names"] = frozenset(table["outlets"]["names"])
    sets["outlet_in_name"] = frozenset(table["outlets"]["in_name"])
    sets["outlet_general"] = frozenset(table["outlets"]["general"])
    sets["outlet_words"] = frozenset(table["outlets"]["words"])
    first = {name: gender for gender in ("m", "f") for name in language.words(f"first-names-{gender}")}
    return Nouns(stems, frozenset(whole), sets, first)


def _forms(table: dict[str, Any]) -> Iterator[tuple[str, Noun]]:
    for name, part in table["persons"].items():
        yield from _persons(name, part)
    yield from _plain("outlet", "outlet", table["outlets"]["nouns"])
    for name, part in table["bodies"].items():
        yield from _plain("organization", name, part["nouns"])
    yield from _plain("group", "group", table["groups"]["nouns"])
    yield from _plain("document", "document", table["documents"]["nouns"])


def _plain(kind: Kind, name: str, words: Iterable[str]) -> Iterator[tuple[str, Noun]]:
    for word in words:
        for ending in ("", "s", "es", "n", "en", "e"):
            yield word + ending, Noun(kind, name, stem=word.lstrip("="))


def _persons(name: str, part: dict[str, list[str]]) -> Iterator[tuple[str, Noun]]:
    for stem in part.get("feminine", ()):
        yield stem, Noun("person", name, "f", "s", stem.lstrip("="))
    for stem in part.get("neutral", ()):
        for ending, number in {"": "s", "s": "s", "es": "s", "en": "p", "er": "p", "ern": "p", "e": "p"}.items():
            yield stem + ending, Noun("person", name, "", number, stem)
    for stem in part.get("plural", ()):
        yield stem, Noun("group", name, "", "p", stem.lstrip("="))
    for stem in part.get("weak", ()):
        yield from _declined(name, stem, {"": "s", "en": "", "n": "", "e": "s"})
    for stem in part.get("strong", ()):
        open_number = stem.endswith(("er", "e"))
        endings = {"": "" if open_number else "s", "s": "" if open_number else "s", "es": "s", "n": "", "e": "p"}
        yield from _declined(name, stem, endings)
    for stem in part.get("nominal", ()):
        for ending in ("e", "er", "en", "em", "es"):
            yield stem + ending, Noun("person", name, "", "", stem.lstrip("="), nominal=True)


def _declined(name: str, stem: str, endings: dict[str, str]) -> Iterator[tuple[str, Noun]]:
    base = stem[:-1] if stem.endswith("e") else stem
    yield base + "in", Noun("person", name, "f", "s", stem.lstrip("="))
    yield base + "innen", Noun("person", name, "f", "p", stem.lstrip("="))
    for ending, number in endings.items():
        yield stem + ending, Noun("person", name, "m", number, stem.lstrip("="))
