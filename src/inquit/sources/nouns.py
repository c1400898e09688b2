"""What a word says about a source: person, body, outlet, group or document, with field, gender and number.

A noun belongs to the class whose stem it ends with, the longest stem first, so that compounds are covered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from inquit.languages import Language
from inquit.records import Kind

_T = TypeVar("_T")

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


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a determiner and an ending say of gender and number; `unnamed` rules hold only without a proper name."""

    nominal: bool
    ending: str
    determiners: frozenset[str]
    gender: str
    number: str
    unnamed: bool


@dataclass(slots=True)
class Nouns:
    """The nouns and closed word classes of one language, with a memory of the words already seen."""

    stems: dict[str, Noun]
    whole: frozenset[str]
    sets: dict[str, frozenset[str]]
    endings: dict[str, tuple[str, ...]]
    first_names: dict[str, str]
    agreement: tuple[Agreement, ...]
    folding: dict[int, str]
    closed: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    seen: dict[str, Noun | None] = field(default_factory=dict)
    worded: dict[str, frozenset[str]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    outlets: dict[str, bool] = field(default_factory=dict)
    adjectives: dict[str, bool] = field(default_factory=dict)
    capitals: dict[str, bool] = field(default_factory=dict)
    divided: dict[str, tuple[int, Noun | None, tuple[str, ...]]] = field(default_factory=dict)

    def noun(self, word: str) -> Noun | None:
        """Class of `word` by its ending, `None` if it names no source."""
        try:
            return self.seen[word]
        except KeyError:
            pass
        if len(self.seen) > MOST_WORDS:
            self.seen.clear()
        found = self.seen[word] = self._look_up(word.casefold())
        return found

    def _look_up(self, word: str) -> Noun | None:
        for at in range(max(0, len(word) - LONGEST_STEM), len(word) - 1):
            found = self.stems.get(word[at:])
            if found is not None and (at == 0 or word[at - 1] == "-" or self._may_end(word[at:])):
                return found
        return None

    def _may_end(self, stem: str) -> bool:
        return len(stem) >= SHORT_STEM and stem not in self.whole

    def name_words(self, name: str) -> frozenset[str]:
        """Words of a name without umlauts and endings, for comparing names with addresses."""
        known = self.worded.get(name)
        if known is None:
            known = kept(self.worded, name, self._name_words(name))
        return known

    def name_key(self, name: str) -> str:
        """Form under which a body or medium is looked up in any case: of the "New Post" and the "New Post"."""
        known = self.keys.get(name)
        if known is None:
            known = kept(self.keys, name, "~" + " ".join(sorted(self.name_words(name))))
        return known

    def name_forms(self, name: str) -> tuple[str, ...]:
        """Forms under which a name is looked up as it is, and without the ending of the genitive."""
        known = self.forms.get(name)
        if known is None:
            plain = key(name)
            forms = (plain, plain[:-1] if plain.endswith("s") else "", plain.rstrip("'’"))
            known = kept(self.forms, name, tuple(dict.fromkeys(form for form in forms if form)))
        return known

    def is_outlet(self, name: str) -> bool:
        """Whether a name looks like the name of a news medium, known or not."""
        known = self.outlets.get(name)
        return known if known is not None else kept(self.outlets, name, self._is_outlet(name))

    def is_adjective(self, word: str) -> bool:
        """Whether a word may stand between a determiner and its noun."""
        known = self.adjectives.get(word)
        if known is None:
            lower = word.lower()
            fits = lower.endswith(self.endings["adjective_endings"]) and (word[0].islower() or lower[0].isdigit())
            known = kept(self.adjectives, word, fits and lower not in self.determiners)
        return known

    def is_capital(self, word: str) -> bool:
        """Whether a word is written as a noun or name: with a capital, or with one after a hyphen (54-Jährige)."""
        known = self.capitals.get(word)
        if known is None:
            inside = word.find("-") + 1
            inner = inside > 0 and word[inside : inside + 1].isupper()
            known = kept(self.capitals, word, word[0].isupper() or inner)
        return known

    def _is_outlet(self, name: str) -> bool:
        lower, noun = name.casefold(), self.noun(name)
        if noun is not None and noun.kind == "document":
            return False
        if lower in self.sets["outlet_names"] or lower.endswith(self.endings["outlet_endings"]):
            return True
        parts = lower.replace("-", " ").split()
        return any(part in self.sets["outlet_words"] for part in parts) or any(
            noun is not None and noun.kind == "outlet" for noun in map(self.noun, parts)
        )

    def stripped_words(self, name: str) -> tuple[str, ...]:
        """Words of a name, the parts of compounds with a hyphen too, without marks and endings."""
        known = self.parts.get(name)
        if known is None:
            words = name.casefold().replace("-", " ").split()
            known = kept(self.parts, name, tuple(self.stripped(word) for word in words))
        return known

    def stripped(self, word: str) -> str:
        """A word without quotation marks and ending."""
        word = word.strip("„“”«»\"'")
        ending = _ending(word, self.endings["name_endings"])
        return word[: -len(ending)] if ending else word

    def _name_words(self, name: str) -> frozenset[str]:
        lower = name.casefold().translate(self.folding)
        endings = self.endings["name_endings"]
        words = "".join(letter if letter.isalnum() else " " for letter in lower).split()
        return frozenset(word[: -len(ending)] if (ending := _ending(word, endings)) else word for word in words)

    def gender_of_name(self, first: str) -> str:
        """`m`, `f` or empty, for a first name."""
        known = self.first_names.get(first, "")
        return known or ("f" if first.endswith(self.endings["feminine_name_endings"]) else "")


def kept(memory: dict[str, _T], word: str, found: _T) -> _T:
    """What was found, kept for the next time."""
    if len(memory) > MOST_WORDS:
        memory.clear()
    memory[word] = found
    return found


def _ending(word: str, endings: tuple[str, ...]) -> str:
    if len(word) <= SHORT_STEM or not word.endswith(endings):
        return ""
    return max((ending for ending in endings if word.endswith(ending)), key=len)


def key(name: str) -> str:
    """Form under which a name is looked up."""
    return " ".join(name.casefold().replace(".", " ").split())


@cache
def nouns(language: Language) -> Nouns:
    """Nouns of `language`, built on first use."""
    table = language.table("source-nouns")
    words = language.table("source-words")
    stems: dict[str, Noun] = {}
    whole: set[str] = set()
    for form, noun in _forms(table):
        word = form
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
    rules = tuple(
        Agreement(
            rule["nominal"],
            rule["ending"],
            frozenset(rule["determiners"]),
            rule["gender"],
            rule["number"],
            rule.get("unnamed", False),
        )
        for rule in table["agreement"]
    )
    endings = {name: tuple(sorted(items)) for name, items in sets.items()}
    folding = str.maketrans(table["folding"])
    closed = _together(sets, ("starters", "definite", "indefinite", "possessive", "time_words"))
    determiners = _together(sets, ("definite", "indefinite", "possessive"))
    return Nouns(stems, frozenset(whole), sets, endings, first, rules, folding, closed, determiners)


def _together(sets: dict[str, frozenset[str]], names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(sets[name] for name in names))


def _forms(table: dict[str, Any]) -> Iterator[tuple[str, Noun]]:
    forms = table["forms"]
    for name, part in table["persons"].items():
        yield from _persons(name, part, forms)
    yield from _plain("outlet", "outlet", table["outlets"]["nouns"], forms)
    for name, part in table["bodies"].items():
        yield from _plain("organization", name, part["nouns"], forms)
    yield from _plain("group", "group", table["groups"]["nouns"], forms)
    yield from _plain("document", "document", table["documents"]["nouns"], forms)


def _plain(kind: Kind, name: str, words: Iterable[str], forms: dict[str, Any]) -> Iterator[tuple[str, Noun]]:
    for word in words:
        for ending in forms["plain"]:
            yield word + ending, Noun(kind, name, stem=word.lstrip("="))


def _persons(name: str, part: dict[str, list[str]], forms: dict[str, Any]) -> Iterator[tuple[str, Noun]]:
    for stem in part.get("feminine", ()):
        yield stem, Noun("person", name, "f", "s", stem.lstrip("="))
    for stem in part.get("neutral", ()):
        for ending, number in forms["neutral"].items():
            yield stem + ending, Noun("person", name, "", number, stem.lstrip("="))
    for stem in part.get("plural", ()):
        yield stem, Noun("group", name, "", "p", stem.lstrip("="))
    for stem in part.get("weak", ()):
        yield from _declined(name, stem, forms["weak"], forms)
    for stem in part.get("strong", ()):
        yield from _with_en(name, stem, forms)
        is_open = stem.endswith(tuple(forms["open_number"]))
        yield from _declined(name, stem, forms["strong_open" if is_open else "strong"], forms)
    for stem in part.get("nominal", ()):
        for ending in forms["nominal"]:
            yield stem + ending, Noun("person", name, "", "", stem.lstrip("="), nominal=True)


def _with_en(name: str, stem: str, forms: dict[str, Any]) -> Iterator[tuple[str, Noun]]:
    """The form in -en of a noun that is listed as strong."""
    for ending, number in (("weak_too", ""), ("plural_en", "p")):
        if stem.endswith(tuple(forms[ending])):
            yield stem + "en", Noun("person", name, "m", number, stem.lstrip("="))


def _declined(name: str, stem: str, endings: dict[str, str], forms: dict[str, Any]) -> Iterator[tuple[str, Noun]]:
    base, shown = stem.removesuffix(forms["dropped"]), stem.lstrip("=")
    yield base + forms["feminine"], Noun("person", name, "f", "s", shown)
    yield base + forms["feminine_plural"], Noun("person", name, "f", "p", shown)
    for ending, number in endings.items():
        yield stem + ending, Noun("person", name, "m", number, shown)
