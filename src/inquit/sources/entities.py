"""The cast of an article: one entity for all mentions of the same person, body, outlet, group or document."""

from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass, field

from inquit.records import Kind
from inquit.sources.nouns import key
from inquit.sources.phrases import Mention, phrase
from inquit.sources.reading import Reading

NEAR_EARLIER, FAR_EARLIER, NEAR_LATER = 32, 160, 24
"""Entities before, mentions before and mentions after an anaphor among which its antecedent is looked for.

They keep the time linear in the length of the text."""
SHORTEST_HEAD = 5
"""Letters of the shortest noun that is taken up by a compound of it."""


@dataclass(slots=True, eq=False)
class Entity:
    """One source-like thing in the article; `name` is the fullest the article gives, `named` if it is a proper one.

    `taken` are descriptions that take it up and were taken for something of their own before.
    """

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
    taken: list[Mention] = field(default_factory=list)
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

    def mentions(self, first: int, last: int) -> list[Mention]:
        """Mentions whose noun begins in the tokens `[first, last)`, in order."""
        found: list[Mention] = []
        for token in range(first, min(last, len(self.text))):
            mention = self.at_token.get(token)
            if mention is not None and first <= mention.core < last and (not found or found[-1] is not mention):
                found.append(mention)
        return found

    def within(self, parts: tuple[range, ...]) -> set[int]:
        """Orders of the entities that the tokens of `parts` mention."""
        found: set[int] = set()
        for part in parts:
            first, last = bisect_left(self.events, (part.start, -1)), bisect_left(self.events, (part.stop, -1))
            found.update(order for _, order in self.events[first : min(last, first + FAR_EARLIER)])
        return found

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


def register(result: Cast, entity: Entity, mention: Mention) -> None:
    """Makes `entity` known by name, surname and abbreviation."""
    result.names.setdefault(key(entity.name), entity)
    if entity.kind != "person":
        result.names.setdefault(result.text.nouns.name_key(entity.name), entity)
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


def place(result: Cast, mention: Mention, counts: Counter[str] | None = None) -> Entity | None:
    """Gives a mention its entity by name, abbreviation or surname, or makes a new one; `None` for a mere word."""
    if mention.name and _is_owner(result, mention):
        mention.name = ""
    if mention.name:
        known = by_name(result, mention)
        if known is not None:
            result.assign(mention, known)
            return known
        if mention.kind is None and not is_name(result.text, mention, counts):
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
    nouns, names = result.text.nouns, result.names
    forms = nouns.name_forms(mention.name)
    for form in forms:
        if form in names:
            return names[form]
    if mention.kind != "person":
        found = names.get(nouns.name_key(mention.name))
        if found is not None:
            return found
    name = forms[0] if forms else ""
    found = _by_surname(result, mention, name) if name and mention.kind in {None, "person"} else None
    if found is not None:
        return found
    if mention.name.isupper() and 2 < len(name) < 7:
        return _by_initials(result, name)
    return None


def _by_surname(result: Cast, mention: Mention, name: str) -> Entity | None:
    """The person of that surname, or else first name, also in the genitive."""
    last = name.rsplit(maxsplit=1)[-1]
    for form in (last, last[:-1] if last.endswith("s") else ""):
        same = result.surnames.get(form, []) if form else []
        if same and (" " not in name or any(key(entity.name).endswith(name) for entity in same)):
            return _agreeing(same, mention)
    if " " not in name:
        same = result.first_names.get(name) or result.first_names.get(name[:-1] if name.endswith("s") else "", [])
        if same:
            return _agreeing(same, mention)
    return None


def _by_initials(result: Cast, short: str) -> Entity | None:
    """A body whose words begin with, or contain in this order, the letters of an abbreviation."""
    for entity in result.entities:
        fits = entity.kind in {"organization", "outlet", None} and entity.named
        if fits and len(entity.name) > 3 * len(short):
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


def is_name(text: Reading, mention: Mention, counts: Counter[str] | None) -> bool:
    """Whether a capitalised word without a class is likely a name and no common noun."""
    name = mention.name
    if mention.quoted_name or (name.isupper() and len(name) > 1):
        return True
    if name.endswith(text.nouns.endings["common_endings"]) or mention.definite:
        return False
    if (
        " " in name
        and name.split()[0].endswith(text.nouns.endings["adjective_endings"])
        and (counts is None or counts[name] < 2)
    ):
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
        if head in entity.heads or (single and not entity.named and _compound(result.text, head, entity.heads)):
            return entity
    return None


def _compound(text: Reading, head: str, heads: set[str]) -> bool:
    """Whether one noun is the end of the other, in any case: the official, the ex-official, a government official."""
    root = _root(text, head)
    return len(root) >= SHORTEST_HEAD and any(
        len(other) >= SHORTEST_HEAD and (other.endswith(root) or root.endswith(other))
        for other in (_root(text, known) for known in heads)
    )


def _root(text: Reading, head: str) -> str:
    """The last part of a compound with a hyphen, without the ending."""
    tail = head.rpartition("-")[2]
    endings = text.nouns.endings["name_endings"]
    return next((tail[: -len(ending)] for ending in endings if tail.endswith(ending) and len(tail) > 5), tail)
