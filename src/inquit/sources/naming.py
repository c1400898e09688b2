"""Kind, naming and shown name of each source, by what its mentions and the words around them say."""

from collections.abc import Sequence

from inquit.languages import Language
from inquit.records import Kind, Naming
from inquit.sources.entities import Entity
from inquit.sources.phrases import phrase
from inquit.sources.reading import Reading
from inquit.sources.weights import classifier

ENDINGS = (3, 4, 5, 6)
"""Lengths of the endings of the head noun that count."""
FARTHEST_CLAUSE = 6
"""Tokens after a mention within which the relative clause about it begins."""
ANONYMOUS_NOUN = "anonymous-noun"
"""Feature of a description by a word such as "insider"."""

WITHHELD = frozenset({"withheld", "withheld-name"})
"""Features of a description beside which the text says that the name is withheld."""

MOST_MENTIONS = 6
"""Mentions of a source around which words of anonymity are looked for."""


def features(text: Reading, entity: Entity) -> list[str]:
    """Features of an entity for its kind and its naming."""
    first = entity.mentions[0] if entity.mentions else None
    kind = entity.kind or "none"
    found = {f"kind={kind}", f"named={entity.named}", f"kind={kind}|named={entity.named}", f"number={entity.number}"}
    words = [word for word in entity.name.split() if word[:1].isupper() or word[:1].isdigit()]
    if entity.kind == "document" and first is not None and not first.name:
        words = words[:1]
    found.add(f"words={min(len(words), 3)}")
    last = (words[-1] if words else entity.name).casefold()
    head = first.head.casefold() if first is not None and first.head else last
    found.update(f"end={head[-length:]}" for length in ENDINGS if len(head) >= length)
    found.add(f"head={head}")
    found.add(f"fullname={len(words) > 1 and words[0] in text.nouns.first_names}")
    found.add(f"capitals={any(word.isupper() and len(word) > 1 for word in words)}")
    found.add(f"initial={entity.name.endswith('.')}")
    found.add(f"none={entity.kind is None}|words={min(len(words), 3)}|capitals={entity.name.isupper()}")
    found.add(f"number={entity.number}|{kind}")
    found.add(f"gender={entity.gender}|{kind}")
    if first is not None:
        found.add(f"definite={first.definite}|{kind}")
        found.add(f"determiner={first.determiner}")
        if first.first < first.core - 1 or (first.first < first.core and not first.determiner):
            adjective = text.lower[first.core - 1]
            found.add(f"adjective={adjective[-5:]}|{kind}")
            found.add(f"adjective={text.nouns.stripped(adjective)[-3:]}|{kind}")
            if first.noun is not None:
                found.add(f"adjective={text.nouns.stripped(adjective)[-3:]}|{first.noun.field}")
        if first.noun is not None:
            found.add(f"field={first.noun.field}|{entity.named}")
            found.add(f"stem={first.noun.stem}|{entity.named}")
        if first.quoted_name:
            found.add("quoted")
    found.update(f"field~{name}" for name in entity.fields)
    found.update(_withheld(text, entity))
    return sorted(found)


def _withheld(text: Reading, entity: Entity) -> set[str]:
    """Words by which the text says, or shows, that an identity is withheld."""
    sets = text.nouns.sets
    found: set[str] = set()
    name = entity.name.casefold()
    found.update(f"anonymous~{word}" for word in sets["anonymous_nouns"] if word in name)
    if found:
        found.add(ANONYMOUS_NOUN)
    for mention in entity.mentions[:MOST_MENTIONS]:
        if mention.core >= len(text):
            continue
        first, last = text.sentence(mention.core)
        said = set(text.lower[first:last])
        beside = set(text.lower[mention.first : _clause_end(text, mention.last, last)])
        if sets["anonymous_words"] & beside:
            found.add("withheld-beside")
        if sets["name_words"] & beside and sets["withholding_words"] & beside:
            found.add("withheld-name-beside")
        hits = sets["anonymous_words"] & said
        if hits and len(entity.mentions) > 0:
            found.add("withheld")
            found.update(f"withheld={word}" for word in hits)
        if sets["name_words"] & said and sets["withholding_words"] & said:
            found.add("withheld-name")
    return found


def _clause_end(text: Reading, at: int, last: int) -> int:
    """Token after the relative clause that follows a mention: "a clerk of the house, who …,"."""
    stop = at
    while stop < last and stop - at < FARTHEST_CLAUSE and text.lower[stop] != ",":
        stop += 1
    if stop >= last or text.lower[stop] != "," or stop + 1 >= last:
        return at
    if text.lower[stop + 1] not in text.nouns.sets["relatives"] | text.nouns.sets["prepositions"]:
        return at
    stop += 1
    while stop < last and text.lower[stop] != ",":
        stop += 1
    return stop


def described(text: Reading, entity: Entity, language: Language) -> tuple[Kind, Naming, str]:
    """Kind, naming and name of an entity."""
    found = features(text, entity)
    kinds, namings = classifier(language, "kind"), classifier(language, "naming")
    if kinds is None or namings is None:
        return entity.kind or "organization", "named" if entity.named else "described", shown(text, entity)
    kind: Kind = kinds.best(found)[0]  # type: ignore[assignment]
    if not entity.named and (
        entity.kind == "document" or (entity.kind == "organization" and kind == "group" and entity.number != "p")
    ):
        kind = entity.kind
    if kind == "group" and entity.kind == "person" and entity.number == "s":
        kind = "person"
    if kind == "person" and entity.kind is None and any(one.quoted_name for one in entity.mentions[:MOST_MENTIONS]):
        # Quotation marks stand around the names of newspapers and programmes, never around those of people.
        kind = "outlet"
    naming: Naming = namings.best(found)[0]  # type: ignore[assignment]
    if not entity.named and kind in {"person", "group"}:
        naming = _of_unnamed(kind, naming, found)
    return kind, naming, shown(text, entity)


def _of_unnamed(kind: Kind, naming: Naming, found: Sequence[str]) -> Naming:
    """The naming of people without a name: anonymous where the text says so, and one person never named."""
    if WITHHELD.intersection(found):
        return "anonymous"
    if kind == "person" and naming == "named":
        return "anonymous" if ANONYMOUS_NOUN in found else "described"
    return naming


def shown(text: Reading, entity: Entity) -> str:
    """The name as it is shown: as the text has it, in the nominative where the text has the same words so."""
    sets = text.nouns.sets
    first, *rest = entity.name.split() or [""]
    if entity.named or not rest or first.lower() not in sets["oblique"]:
        return entity.name
    for mention in (*entity.mentions[:MOST_MENTIONS], *entity.taken[:MOST_MENTIONS]):
        if mention.determiner in sets["subject_masculine"] and mention.gender == "m" and mention.number == "s":
            other = phrase(text, mention)
            words = other.split()[1:]
            if len(words) == len(rest) and all(_is_form(text, one, two) for one, two in zip(rest, words, strict=True)):
                return other
    return entity.name


def _is_form(text: Reading, one: str, two: str) -> bool:
    """Whether two words are forms of one: they differ in their endings."""
    short, long = sorted((one, two), key=len)
    plain = long.startswith(short) and long[len(short) :] in text.nouns.sets["name_endings"] | {""}
    return plain or text.nouns.stripped(one) == text.nouns.stripped(two)
