"""Who is the same across articles: pure functions from names and what articles say of their bearers.

A facet is a name with a signature: the party, field of work and place that one article gives. Facets of one name are
one source when nothing speaks against it; where something does, those that agree make one source each, and those
that could belong to several stay by themselves. The result depends on the set of facets and on nothing else.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from itertools import combinations

from inquit import languages
from inquit.records import Article, Source
from inquit.store.folding import fold, words, words_with_spans

Signature = tuple[str, ...]
"""Sorted `class:value` pairs; the classes are those of `WEIGHTS`, and `split` for what was split by hand."""

WEIGHTS: Mapping[str, int] = {"party": 2, "field": 1, "place": 1}
"""How much agreement or disagreement counts: people change offices and towns more often than parties. Set by meaning,
not on data: only a shared party outweighs one disagreement."""

MOST_LOOKED_AT = 5
"""Places of an article at which a name is looked at; articles introduce people where they name them first."""

_DIGITS = 15  # of an id, in base 16: 60 bits, so that an id is a key, too
_BEFORE, _AFTER = 70, 70  # characters around a name in which an apposition can stand
_NEAR_WORDS = 4
_GAP = re.compile(r"[.!?;:„“”»«\"\n]")


@dataclass(frozen=True, slots=True)
class Facet:
    """A name and what one article says of its bearer; `id` and `name_id` are made from content."""

    id: str
    name_id: str
    signature: Signature
    name: str
    kind: str
    naming: str

    @property
    def key(self) -> int:
        """The id as a number."""
        return int(self.id[1:], 16)


Splits = Mapping[tuple[str, str], str]
"""What a person has split off: the label of the part by name id and place of the article."""


def facet(source: Source, article: Article, place: str, splits: Splits) -> Facet:
    """The facet of a source. One that is not named is nobody outside its own article, whatever the wording."""
    key = " ".join(name_words(source.name))
    person = source.kind in {"person", "group"}
    family = "person" if person else "organization"
    if source.naming != "named":
        family, key = "unnamed", f"{place}\0{key}"
    signature: Signature = ()
    if source.naming == "named" and source.kind == "person":
        signature = described(source.name, article)
    name_id = _digest(family, key)
    if (label := splits.get((name_id, place))) is not None:
        signature = (f"split:{label}",)
    return Facet(
        id=_digest(name_id, *signature),
        name_id=name_id,
        signature=signature,
        name=" ".join(source.name.split()),
        kind=source.kind,
        naming=source.naming,
    )


def name_words(name: str) -> list[str]:
    """The words of a name that identify it: folded, without titles."""
    found = words(name)
    kept = [word for word in found if word not in _knowledge().titles]
    return kept or found or [name]


def described(name: str, article: Article) -> Signature:
    """What an article says of a person around the first places that name them."""
    said: set[str] = set()
    at = -1
    for _ in range(MOST_LOOKED_AT):
        at = article.text.find(name, at + 1)
        if at < 0:
            break
        said |= _before(article.text, at) | _after(article.text, at + len(name))
    if any(value.startswith("party:") for value in said) and not any(value.startswith("field:") for value in said):
        said.add("field:politics")
    return tuple(sorted(said))


def partition(signatures: Iterable[Signature]) -> list[list[Signature]]:
    """The facets of one name as sources, each a sorted list of signatures."""
    every = sorted(set(signatures))
    by_hand = [[one] for one in every if is_split(one)]
    groups = _joined([one for one in every if not is_split(one)])
    near = _near(groups)
    merged: dict[frozenset[int], list[Signature]] = {}
    for index, group in enumerate(groups):
        # Groups with exactly the same neighbours, all of them neighbours of each other, are one source.
        whole = all(near[other] == near[index] for other in near[index])
        merged.setdefault(near[index] if whole else frozenset((index, -1)), []).extend(group)
    return sorted([sorted(group) for group in merged.values()] + by_hand)


def source_id(name_id: str, signatures: Sequence[Signature], *, alone: bool) -> str:
    """The id of a source: that of its name where it is `alone` with it, else that of its first facet."""
    return name_id if alone else _digest(name_id, *signatures[0])


def _joined(signatures: list[Signature]) -> list[list[Signature]]:
    """Signatures that agree in something that outweighs what they disagree in, transitively."""
    groups: list[list[Signature]] = []
    for one in signatures:
        agreeing = [group for group in groups if any(_weight(one, other) > 0 for other in group)]
        joined = [one, *(other for group in agreeing for other in group)]
        groups = [group for group in groups if group not in agreeing] + [joined]
    return sorted(sorted(group) for group in groups)


def _near(groups: list[list[Signature]]) -> list[frozenset[int]]:
    """For each group itself and the others that could be the same person."""
    near = [{index} for index in range(len(groups))]
    for one, other in combinations(range(len(groups)), 2):
        if not any(_weight(a, b) < 0 for a in groups[one] for b in groups[other]):
            near[one].add(other)
            near[other].add(one)
    return [frozenset(found) for found in near]


def _weight(one: Signature, other: Signature) -> int:
    """How much speaks for (above 0) or against two facets being one person; a tie of both speaks against."""
    for_it = against = 0
    for name, weight in WEIGHTS.items():
        ours, theirs = _values(one, name), _values(other, name)
        if ours and theirs:
            if ours.isdisjoint(theirs):
                against += weight
            else:
                for_it += weight
    return for_it - against if for_it > against or not against else min(-1, for_it - against)


@lru_cache(maxsize=1 << 14)  # a name with hundreds of facets compares each with each
def _values(signature: Signature, name: str) -> frozenset[str]:
    found = (value.removeprefix(f"{name}:") for value in signature if value.startswith(f"{name}:"))
    return frozenset(map(_consonants, found) if name == "place" else found)


def _consonants(place: str) -> str:
    """A place and its inhabitants alike: Basel and Basler, München and Münchner, Bremen and Bremer."""
    return place[:1] + "".join(letter for letter in place[1:] if letter not in "aeiouy")[:2]


def is_split(signature: Signature) -> bool:
    """Whether a person has split the facet off."""
    return any(value.startswith("split:") for value in signature)


def _before(text: str, at: int) -> set[str]:
    """What stands before a name in the same noun phrase: "der Kölner SPD-Abgeordnete NAME"."""
    begin = max(0, at - _BEFORE)
    cuts = [match.end() for match in _GAP.finditer(text, begin, at)]
    begin = max([begin, text.rfind(",", begin, at) + 1, text.rfind(")", begin, at) + 1, *cuts])
    found = [(word, text[span.begin].isupper()) for word, span in words_with_spans(text, begin, at)][-_NEAR_WORDS:]
    return _said(found)


def _after(text: str, at: int) -> set[str]:
    """What stands after a name: "NAME (SPD)", "NAME aus Köln", "NAME, Professorin in Bern, sagt"."""
    window = text[at : at + _AFTER]
    said: set[str] = set()
    bracket = re.match(r"\s?\(([^()]{1,40})\)", window)
    if bracket:
        said |= _said([(word, True) for word in words(bracket[1])])
        window = window[bracket.end() :]
    follows = re.match(r"\s(\w+)\s(\w[\w-]+)", window)
    if follows and fold(follows[1]) in _knowledge().origin and follows[2][0].isupper():
        said.add(f"place:{fold(follows[2])}")
    apposition = re.match(r",\s([^,.;:!?„“”»«\"()\n]{3,60})[,.;]", window)
    if apposition:
        span = apposition[1]
        found = [(word, span[s.begin].isupper()) for word, s in words_with_spans(span)][:_NEAR_WORDS]
        said |= _said(found)
    return said


def _said(found: list[tuple[str, bool]]) -> set[str]:
    """Parties, fields and places among words of a noun phrase, each with whether it is capitalized."""
    known = _knowledge()
    said: set[str] = set()
    for at, (word, capital) in enumerate(found):
        if not capital:
            continue
        if party := known.parties.get(word):
            said.add(f"party:{party}")
        for field in known.field_of(word):
            said.add(f"field:{field}")
            # "die Kölner Bürgermeisterin": an inhabitant's form, which is no field and no party itself.
            before = next((one for one in reversed(found[:at]) if one[0] not in known.parties), ("", False))
            if before[1] and known.is_inhabitant(before[0]):
                said.add(f"place:{before[0].removesuffix('er')}")
            # "der Bürgermeister von Köln NAME"
            if at + 2 < len(found) and found[at + 1][0] in known.of and found[at + 2][1]:
                said.add(f"place:{found[at + 2][0]}")
    return said


@dataclass(frozen=True)
class _Knowledge:
    parties: dict[str, str]
    fields: dict[str, tuple[str, ...]]
    endings: tuple[str, ...]
    titles: frozenset[str]
    origin: frozenset[str]
    of: frozenset[str]
    inhabitant: tuple[str, ...]
    no_inhabitant: frozenset[str]

    def field_of(self, word: str) -> tuple[str, ...]:
        """The fields of the word for a person, by the longest end that is known."""
        best: tuple[int, tuple[str, ...]] = (0, ())
        for ending in self.endings:
            if not word.endswith(ending):
                continue
            stem = word.removesuffix(ending)
            for begin in range(len(stem)):
                if (end := stem[begin:]) in self.fields:
                    best = max(best, (len(end), self.fields[end]))
                    break
        return best[1]

    def is_inhabitant(self, word: str) -> bool:
        """Whether a capitalized word can be that for a place's inhabitants."""
        return word.endswith(self.inhabitant) and word not in self.no_inhabitant and not self.field_of(word)


@cache
def _knowledge() -> _Knowledge:
    """The knowledge of all languages together: an article's language does not change who a person is."""
    tables = [languages.language(code).table("namesakes") for code in languages.READ]
    parties = {fold(name): party for t in tables for party, names in t["parties"].items() for name in names}
    fields: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for field, ends in table["fields"].items():
            for end in ends:
                fields[fold(end)] = tuple(sorted({*fields.get(fold(end), ()), field}))

    def listed(name: str) -> frozenset[str]:
        return frozenset(fold(word) for table in tables for word in table["words"][name])

    endings = {fold(word) for table in tables for word in table["words"]["endings"]} | {""}
    return _Knowledge(
        parties=parties,
        fields=fields,
        endings=tuple(sorted(endings, key=len)),
        titles=listed("titles"),
        origin=listed("from"),
        of=listed("of"),
        inhabitant=tuple(sorted(listed("inhabitant"))),
        no_inhabitant=listed("no_inhabitant"),
    )


def _digest(*parts: str) -> str:
    return "s" + sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:_DIGITS]
