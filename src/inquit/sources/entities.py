"""The cast of an article: one entity for all mentions of the same person, body, outlet, group or document."""

from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass, field

from inquit.records import Kind
from inquit.sources.mentions import ADJECTIVE_ENDINGS, Mention, scan
from inquit.sources.reading import Reading

NEAR_EARLIER, FAR_EARLIER, NEAR_LATER = 32, 160, 24
"""Entities before, mentions before and mentions after an anaphor among which its antecedent is looked for.

They keep the time linear in the length of the text."""
LONGEST_ATTRIBUTE = 14
"""Tokens between a description and the name beside it, or inside a bracket."""
SHORTEST_HEAD = 5
"""Letters of the shortest noun that is taken up by a compound of it."""
COMMON_ENDINGS = ("ung", "ungen", "heit", "keit", "keiten", "schaft", "tion", "tionen", "ismus", "nis", "nisse", "tät")
"""Endings of abstract nouns, which are no names."""


@dataclass(slots=True, eq=False)
class Entity:
    """One source-like thing in the article; `name` is the fullest the article gives, `named` if it is a proper one."""

    name: str
    kind: Kind | None
    named: bool
    number: str = ""
    gender: str = ""
    heads: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    ages: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    order: int = 0

    def add(self, mention: Mention, parties: frozenset[str]) -> None:
        """Takes what `mention` says about the entity; `parties` are the names of parties."""
        self.mentions.append(mention)
        self.heads.update(head.casefold() for head in mention.heads)
        if mention.noun is not None:
            self.fields.add(mention.noun.field)
        if mention.party:
            self.parties.add(mention.party)
        if mention.age:
            self.ages.add(mention.age)
        for head in mention.heads:
            before = head.partition("-")[0].casefold()
            if before.isdigit():
                self.ages.add(before)
            elif before in parties and "-" in head:
                self.parties.add(before)
        self.gender = self.gender or mention.gender
        self.number = self.number or mention.number
        if self.kind is None:
            self.kind = mention.kind


@dataclass(slots=True)
class Cast:
    """All entities of one article, found by name, by token and by nearness."""

    text: Reading
    entities: list[Entity] = field(default_factory=list)
    names: dict[str, Entity] = field(default_factory=dict)
    surnames: dict[str, list[Entity]] = field(default_factory=dict)
    first_names: dict[str, list[Entity]] = field(default_factory=dict)
    at_token: dict[int, Mention] = field(default_factory=dict)
    entity_of: dict[int, Entity] = field(default_factory=dict)
    events: list[tuple[int, int]] = field(default_factory=list)

    def new(self, mention: Mention, name: str, *, named: bool) -> Entity:
        """A new entity with its first mention."""
        self.entity_of.pop(id(mention), None)
        entity = Entity(name=name, kind=mention.kind, named=named, order=len(self.entities))
        self.entities.append(entity)
        self.assign(mention, entity)
        return entity

    def assign(self, mention: Mention, entity: Entity) -> None:
        """Adds `mention` to `entity`."""
        if id(mention) in self.entity_of:
            return
        entity.add(mention, self.text.nouns.sets["parties"])
        self.entity_of[id(mention)] = entity
        insort(self.events, (mention.core, entity.order))

    def of(self, mention: Mention) -> Entity | None:
        """The entity of a mention, `None` before it has one."""
        return self.entity_of.get(id(mention))

    def near(self, token: int) -> list[tuple[Entity, int]]:
        """Entities mentioned near `token` with the token of the nearest mention, earlier ones first."""
        at = bisect_left(self.events, (token, -1))
        found: dict[int, int] = {}
        for where, order in reversed(self.events[max(0, at - FAR_EARLIER) : at]):
            found.setdefault(order, where)
            if len(found) >= NEAR_EARLIER:
                break
        for where, order in self.events[at : at + NEAR_LATER]:
            found.setdefault(order, where)
        return [(self.entities[order], where) for order, where in found.items()]


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
    for at, mention in enumerate(mentions):
        if mention.kind not in {"organization", "outlet", "document", None} or result.of(mention) is not None:
            continue
        limit = mentions[at + 1].first if at + 1 < len(mentions) else len(text)
        bracket = _bracket(text, mention, limit)
        if bracket is None:
            continue
        short = text.tokens.words[bracket + 1]
        name = text.string(mention.core, bracket)
        mention.alias, mention.name, mention.last = short, name, bracket
        entity = result.new(mention, name, named=True)
        entity.kind = entity.kind or "organization"
        register(result, entity, mention)


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


def register(result: Cast, entity: Entity, mention: Mention) -> None:
    """Makes `entity` known by name, surname and abbreviation."""
    result.names.setdefault(key(entity.name), entity)
    if entity.kind != "person":
        result.names.setdefault(_stem_key(result, entity.name), entity)
    if mention.alias:
        result.names.setdefault(key(mention.alias), entity)
    if entity.kind == "person":
        parts = [part for part in entity.name.split() if part.strip(".")]
        same = result.surnames.setdefault(key(parts[-1]), [])
        if entity not in same:
            same.append(entity)
        if "-" in parts[-1]:
            result.surnames.setdefault(key(parts[-1].split("-")[0]), []).append(entity)
        if len(parts) > 1:
            result.first_names.setdefault(key(parts[0]), []).append(entity)


def _stem_key(result: Cast, name: str) -> str:
    """Form under which a body or medium is looked up in any case: of the "New Post" and the "New Post"."""
    return "~" + " ".join(sorted(result.text.nouns.name_words(name)))


def key(name: str) -> str:
    """Form under which a name is looked up."""
    return " ".join(name.casefold().replace("ß", "ss").replace(".", " ").split())


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
    words = text.tokens.words
    for at in range(mention.last, min(mention.last + LONGEST_ATTRIBUTE, len(words))):
        if at in text.cuts or not (words[at][0].isalnum() or words[at] in {"(", ")", "-", "&"}):
            return True
        if words[at][0].islower() and text.lower[at] not in text.nouns.sets["postmodifiers"]:
            if not words[at].endswith(ADJECTIVE_ENDINGS) and text.lower[at] not in text.nouns.sets["coordination"]:
                return False
    return True


def place(result: Cast, mention: Mention, counts: Counter[str] | None = None) -> Entity | None:
    """Gives a mention its entity by name, abbreviation or surname, or makes a new one; `None` for a mere word."""
    if mention.name and _is_owner(result, mention):
        mention.name = ""
    if mention.name:
        known = by_name(result, mention)
        if known is not None:
            result.assign(mention, known)
            return known
        if mention.kind is None and not is_name(mention, counts):
            return None
        entity = result.new(mention, mention.name, named=True)
        register(result, entity, mention)
        return entity
    if mention.definite != "i":
        same = _same_description(result, mention)
        if same is not None:
            result.assign(mention, same)
            return same
    entity = result.new(mention, phrase(result.text, mention), named=False)
    if mention.alias:
        result.names.setdefault(key(mention.alias), entity)
        entity.named = True
    return entity


def _is_owner(result: Cast, mention: Mention) -> bool:
    """Whether what looks like a name is the genitive of another's: a spokesman of Doe."""
    name = key(mention.name)
    if not mention.heads or " " in name or not name.endswith("s") or name in result.surnames:
        return False
    return mention.kind == "person" and name[:-1] in result.surnames


def by_name(result: Cast, mention: Mention) -> Entity | None:
    """The entity that bears the mention's name, also as surname, in the genitive, or as abbreviation."""
    name = key(mention.name)
    for form in (name, name[:-1] if name.endswith("s") else "", name.rstrip("'’")):
        if form and form in result.names:
            return result.names[form]
    if mention.kind != "person":
        found = result.names.get(_stem_key(result, mention.name))
        if found is not None:
            return found
    if mention.kind in {None, "person"}:
        last = name.split()[-1]
        for form in (last, last[:-1] if last.endswith("s") else ""):
            same = result.surnames.get(form, ()) if form else ()
            if same and (" " not in name or any(key(entity.name).endswith(name) for entity in same)):
                return _agreeing(list(same), mention)
        if " " not in name:
            same = result.first_names.get(name) or result.first_names.get(name[:-1] if name.endswith("s") else "", ())
            if same:
                return _agreeing(list(same), mention)
    if mention.name.isupper() and 2 < len(name) < 7:
        return _by_initials(result, name)
    return None


def _by_initials(result: Cast, short: str) -> Entity | None:
    """A body whose words begin with, or contain in this order, the letters of an abbreviation."""
    for entity in result.entities:
        if entity.kind in {"organization", "outlet", None} and entity.named and len(entity.name) > 3 * len(short):
            letters = iter(entity.name.casefold())
            if entity.name.casefold()[0] == short[0] and all(letter in letters for letter in short):
                initials = "".join(word[0] for word in entity.name.casefold().replace("-", " ").split())
                if initials[:2] == short[:2] or " " in entity.name:
                    return entity
    return None


def _agreeing(same: list[Entity], mention: Mention) -> Entity:
    """Of several persons with one surname the one of the right gender who was mentioned last before."""
    fitting = [e for e in same if not (e.gender and mention.gender and e.gender != mention.gender)] or same
    before = [e for e in fitting if any(m.core < mention.core for m in e.mentions)]
    return max(before, key=lambda e: max(m.core for m in e.mentions)) if before else fitting[0]


def is_name(mention: Mention, counts: Counter[str] | None) -> bool:
    """Whether a capitalised word without a class is likely a name and no common noun."""
    name = mention.name
    if mention.quoted_name or (name.isupper() and len(name) > 1):
        return True
    if name.endswith(COMMON_ENDINGS) or mention.definite:
        return False
    if " " in name and name.split()[0].endswith(ADJECTIVE_ENDINGS) and (counts is None or counts[name] < 2):
        return False
    return " " in name or (counts is not None and counts[name] > 1)


def _same_description(result: Cast, mention: Mention) -> Entity | None:
    """The last entity before the mention that was called by the same noun."""
    head = mention.head.casefold()
    single = mention.kind == "person" and mention.number != "p" and mention.definite == "d"
    for entity, where in result.near(mention.core):
        if where >= mention.core or entity.kind != mention.kind:
            continue
        if entity.number and mention.number and entity.number != mention.number:
            continue
        if entity.gender and mention.gender and entity.gender != mention.gender:
            continue
        if head in entity.heads or (single and not entity.named and _compound(head, entity.heads)):
            return entity
    return None


def _compound(head: str, heads: set[str]) -> bool:
    """Whether one noun is the end of the other: the official, the ex-official."""
    return len(head) >= SHORTEST_HEAD and any(
        len(other) >= SHORTEST_HEAD and (other.endswith(head) or head.endswith(other)) for other in heads
    )


def phrase(text: Reading, mention: Mention) -> str:
    """The noun phrase with what follows it inside the phrase: "a clerk of the town of X"."""
    first = mention.first
    if mention.determiner in text.nouns.sets["contracted"]:
        first += 1
    end = phrase_end(text, mention)
    return text.string(first, end + 3 if mention.age and end == mention.last else end)


def phrase_end(text: Reading, mention: Mention) -> int:
    """Token after the attributes that follow the noun without a comma."""
    words, lower, sets = text.tokens.words, text.lower, text.nouns.sets
    end, steps = mention.last, 0
    while end < len(words) and end not in text.cuts and steps < 3 and lower[end] in sets["postmodifiers"]:
        at = end + 1
        while at < len(words) and at - end < 5 and words[at][0].islower() and words[at].endswith(("en", "er", "e", "em")):
            at += 1
        stop = at
        while stop < len(words) and words[stop][0].isupper() and stop - at < 4 and lower[stop] not in sets["time_words"]:
            stop += 1
            if stop in text.cuts:
                break
        if stop == at or text.sentence_of[at] != text.sentence_of[mention.core]:
            break
        if lower[end] not in {"der", "des", "von", "vom", "seines", "seiner", "ihrer", "ihres"} and steps:
            break
        end, steps = stop, steps + 1
    return end
