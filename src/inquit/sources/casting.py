"""Who is in the article: full names first, then abbreviations and appositions, then all in the order of the text."""

from collections import Counter

from inquit.sources.entities import Cast, Entity, by_name, place, register
from inquit.sources.mentions import scan
from inquit.sources.nouns import key
from inquit.sources.phrases import Mention
from inquit.sources.reading import Reading

LONGEST_NAME = 6
"""Tokens before the last noun of a body's name among which it may begin."""
SHORTEST_INITIALS = 3
"""Letters of the shortest abbreviation that is explained by the words of a name elsewhere."""
LONGEST_ATTRIBUTE = 14
"""Tokens between a description and the name beside it, or inside a bracket."""


def cast(text: Reading) -> Cast:
    """The cast of an article: proper names first, then everything in the order of the text."""
    result = Cast(text)
    mentions = scan(text)
    for mention in mentions:
        for token in range(mention.first, mention.last):
            result.at_token.setdefault(token, mention)
    _full_names(result, mentions)
    _abbreviations(result, mentions)
    counts = Counter(mention.name for mention in mentions if mention.name)
    joined = _appositions(result, mentions)
    for mention in mentions:
        if result.of(mention) is None and id(mention) not in joined:
            place(result, mention, counts)
    return result


def _full_names(result: Cast, mentions: list[Mention]) -> None:
    for mention in mentions:
        if is_full_name(mention):
            known = result.names.get(key(mention.name))
            if known is not None:
                result.assign(mention, known)
                continue
            entity = result.new(mention, mention.name, named=True)
            entity.kind = "person"
            register(result, entity, mention)


def _abbreviations(result: Cast, mentions: list[Mention]) -> None:
    """Bodies whose abbreviation stands in brackets after them, attributes included."""
    text = result.text
    _initials(result, mentions)
    for at, mention in enumerate(mentions):
        if mention.kind not in {"organization", "outlet", "document", None} or result.of(mention) is not None:
            continue
        limit = mentions[at + 1].first if at + 1 < len(mentions) else len(text)
        bracket = _bracket(text, mention, limit)
        if bracket is None:
            continue
        short = text.tokens.words[bracket + 1]
        begins = _first_of(text, mention, short)
        name = text.string(begins, bracket)
        mention.alias, mention.name, mention.last = short, name, bracket
        entity = result.new(mention, name, named=True)
        entity.kind = entity.kind or "organization"
        register(result, entity, mention)


def _initials(result: Cast, mentions: list[Mention]) -> None:
    """Bodies whose abbreviation stands elsewhere without their name: its letters begin the words of a name."""
    short = {m.name for m in mentions if m.name.isupper() and len(m.name) >= SHORTEST_INITIALS and m.kind != "person"}
    for mention in mentions if short else ():
        parts = mention.name.split()
        if len(parts) >= SHORTEST_INITIALS and result.of(mention) is None and mention.kind != "person":
            initials = "".join(part[0] for part in parts if part[0].isupper())
            if initials in short and len(initials) >= SHORTEST_INITIALS and not mention.alias:
                known = by_name(result, mention)
                if known is not None:
                    result.assign(mention, known)
                    continue
                mention.alias = initials
                entity = result.new(mention, mention.name, named=True)
                entity.kind = entity.kind or "organization"
                register(result, entity, mention)


def _first_of(text: Reading, mention: Mention, short: str) -> int:
    """Token at which the name of an abbreviation begins, which may be before the last noun: "Board for Safety (BS)"."""
    words, sets = text.tokens.words, text.nouns.sets
    if words[mention.core][0].casefold() == short[0].casefold() or mention.core == 0:
        return mention.core
    for at in range(mention.core - 1, max(mention.core - LONGEST_NAME, text.sentence(mention.core)[0]) - 1, -1):
        if at + 1 in text.cuts or not words[at][0].isalpha():
            break
        if words[at][0].isupper():
            if words[at][0] == short[0] and text.lower[at] not in sets["starters"]:
                return at
        elif text.lower[at] not in sets["postmodifiers"] and text.lower[at] not in sets["coordination"]:
            break
    return mention.core


def _bracket(text: Reading, mention: Mention, limit: int) -> int | None:
    """Token of the bracket with an abbreviation that follows the mention, `None` where there is none."""
    words = text.tokens.words
    for at in range(mention.last, min(mention.last + 6, limit + 1, len(words) - 2)):
        if words[at] == "(":
            short = words[at + 1]
            capitals = sum(letter.isupper() for letter in short)
            return at if capitals > 1 and len(short) <= 8 and words[at + 2] == ")" else None
        if words[at] in {",", ".", ":", ";"} or at in text.cuts:
            return None
    return None


def is_full_name(mention: Mention) -> bool:
    """Whether the name is a person's first name and surname."""
    parts = mention.name.split()
    if len(parts) < 2 or mention.quoted_name or mention.kind not in {None, "person"}:
        return False
    if mention.kind == "person":
        return True
    return bool(mention.party or mention.age)


def _appositions(result: Cast, mentions: list[Mention]) -> set[int]:
    """Joins "the chair of the union, Jo Doe" and "Jo Doe, chair of the union"; returns the mentions taken."""
    taken: set[int] = set()
    text = result.text
    for at, two in enumerate(mentions):
        if two.first == 0 or text.lower[two.first - 1] != ",":
            one = mentions[at - 1] if at else None
            if one is None or _after_brackets(text, one) != two.first - 1:
                continue
        entity = result.of(two)
        unknown = entity is None and two.kind is None and " " in two.name and not two.quoted_name
        if (entity is not None or unknown) and two.definite in {"", "d"}:
            one = _described_before(result, mentions, at)
            if one is not None and (not two.definite or _closes(text, two)):
                taken.add(id(one))
                one.joined = True
                result.assign(one, entity or _person(result, two))
        elif entity is None and _describes(two) and two.definite != "p" and at:
            named = result.of(mentions[at - 1])
            if named is not None and _after_brackets(text, mentions[at - 1]) == two.first - 1 and _closes(text, two):
                taken.add(id(two))
                two.joined = True
                result.assign(two, named)
    return taken


def _person(result: Cast, mention: Mention) -> Entity:
    """The person whose name stands beside a description, though no list knows the first name."""
    known = result.names.get(key(mention.name))
    if known is not None:
        result.assign(mention, known)
        return known
    mention.kind = "person"
    entity = result.new(mention, mention.name, named=True)
    register(result, entity, mention)
    return entity


def _described_before(result: Cast, mentions: list[Mention], at: int) -> Mention | None:
    """The description of a person that ends at the comma before the mention number `at`, attributes included."""
    text, comma = result.text, mentions[at].first - 1
    for one in reversed(mentions[max(0, at - 4) : at]):
        between = text.tokens.words[one.last : comma]
        if len(between) > LONGEST_ATTRIBUTE or "," in between or text.sentence_of[one.core] != text.sentence_of[comma]:
            return None
        if _describes(one) and result.of(one) is None:
            if not between or text.lower[one.last] in text.nouns.sets["postmodifiers"] or between[0] == "(":
                return one
            return None
    return None


def _after_brackets(text: Reading, mention: Mention) -> int:
    """Token after the mention and the brackets that follow it."""
    at = mention.last
    words = text.tokens.words
    if at < len(words) and words[at] == "(":
        for stop in range(at + 1, min(at + LONGEST_ATTRIBUTE, len(words))):
            if words[stop] == ")":
                return stop + 1
    return at


def _describes(mention: Mention) -> bool:
    return mention.kind == "person" and not mention.name and mention.number != "p"


def _closes(text: Reading, mention: Mention) -> bool:
    """Whether the phrase runs on to a comma, full stop or quotation mark, as an apposition does."""
    words, sets = text.tokens.words, text.nouns.sets
    adjectives = text.nouns.endings["adjective_endings"]
    for at in range(mention.last, min(mention.last + LONGEST_ATTRIBUTE, len(words))):
        if at in text.cuts or not (words[at][0].isalnum() or words[at] in {"(", ")", "-", "&"}):
            return True
        lower = text.lower[at]
        fits = lower in sets["postmodifiers"] or lower in sets["coordination"] or lower.endswith(adjectives)
        if words[at][0].islower() and not fits:
            return False
    return True
