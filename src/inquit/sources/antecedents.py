"""Which entity a pronoun or a description takes up: features of a mention and a candidate, for a trained ranker."""

from dataclasses import dataclass, field

from inquit.sources import fitting
from inquit.sources.entities import Cast, Entity
from inquit.sources.phrases import Mention, phrase_end
from inquit.sources.reading import Reading

Row = list[str]
"""Features of one candidate."""
NEW = "new"
"""Prefix of the features of the candidate "none of these: the mention stands for itself"."""
SHORTEST_ROOT = 4
"""Letters of the shortest noun that is looked for in names."""
MOST_NEAR, MOST_OFTEN = 3, 2
"""Ranks by nearness and by number of mentions from which candidates count as the same."""
KINDS_BARRED = {
    "person": ("outlet", "document", "organization"),
    "outlet": ("person", "group"),
    "group": ("outlet", "document"),
}
"""Kinds that a description of a person or a medium never takes up."""


@dataclass(slots=True)
class Anaphor:
    """A mention that takes something up, at a token.

    `form` is pronoun, man, possessive, or the kind of the noun; `gender` and `number` are empty where open.
    """

    token: int
    form: str
    gender: str = ""
    number: str = ""
    mention: Mention | None = None
    word: str = ""
    early: bool = False


@dataclass(slots=True)
class Discourse:
    """What was said last: primary sources of the quotations before, newest last, and the current frame's tokens.

    `content` are the tokens of the quotation,
    `echo` says how much of the quotation's words other quotations of an entity repeat,
    `only_outlet` is the entity of the one medium that the article cites by name, -1 where there are none or more.
    """

    spoken: list[tuple[int, Entity]] = field(default_factory=list)
    times: dict[int, int] = field(default_factory=dict)
    frame: range = range(0)
    barred: tuple[int, ...] = ()
    only_outlet: int = -1
    content: tuple[range, ...] = ()
    echo: dict[int, str] = field(default_factory=dict)

    def say(self, token: int, entity: Entity) -> None:
        """Remembers that `entity` was quoted at `token`."""
        self.spoken.append((token, entity))
        self.times[entity.order] = self.times.get(entity.order, 0) + 1


@dataclass(slots=True)
class Ranking:
    """What the candidates of one anaphor are compared by, found once for all of them."""

    text: Reading
    cast: Cast
    anaphor: Anaphor
    talk: Discourse
    spoken_of: set[int]
    root: str = ""
    general: bool = False
    withheld: bool = False

    def row(self, entity: Entity, where: int, place: fitting.Standing) -> Row:
        """Features of the candidate `entity`, whose nearest mention is at the token `where`."""
        text, anaphor, talk = self.text, self.anaphor, self.talk
        form, last, named = anaphor.form, _last_spoken(entity, talk), entity.named
        distance = _distance(text, anaphor.token, where)
        found = list(
            fitting.plain(
                form,
                entity.kind,
                named,
                _agreement(anaphor.gender, entity.gender),
                _agreement(anaphor.number, entity.number),
                distance,
                min(len(entity.mentions), 4),
                min(talk.times.get(entity.order, 0), 3),
                last,
            )
        )
        inside = where < len(text)
        echo = talk.echo.get(entity.order)
        if echo is not None:
            found += fitting.echoed(form, echo)
        found += fitting.placed(
            form,
            _place(text, anaphor, where) if inside else "",
            inside and bool(text.quoted[where]),
            where in talk.frame and where != anaphor.token,
            entity.order in talk.barred,
        )
        if anaphor.mention is not None:
            found += self._taken_up(anaphor.mention, entity, distance, last)
        found += fitting.standing(form, named, place)
        lead = None
        if inside and entity.mentions:
            lead = text.paragraph_of[min(entity.mentions[0].core, len(text) - 1)] <= 1
            before = _is_subject_before(text, anaphor.token, where)
            case = _case(text, self.cast.at_token.get(where) or entity.mentions[0])
            found += fitting.positioned(form, named, lead, before, entity.order in self.spoken_of, case, distance)
        if anaphor.mention is not None:
            definite = anaphor.mention.definite
            found += fitting.bodied(form, self.general, definite, entity.kind, named, place, lead)
            part = _part_of_name(text, self.root, entity.name)
            if part:
                found += fitting.in_name(form, part, definite)
        if talk.spoken and entity is talk.spoken[-1][1]:
            found.append(f"{form}|spoke-last|{_distance(text, anaphor.token, talk.spoken[-1][0])}")
        return found

    def _taken_up(self, mention: Mention, entity: Entity, near: str, last: str) -> Row:
        """How well nouns, party and age of a description fit what is known of the entity, with its place."""
        form, definite, kind, named = self.anaphor.form, mention.definite, entity.kind, entity.named
        noun, lower = mention.noun, mention.head.casefold()
        head = _head(lower, noun.stem if noun is not None else "", entity)
        found = list(fitting.taken_up(form, definite, kind, named, near, last, head, mention.head[-3:].casefold()))
        if noun is not None:
            fields = entity.fields
            known = "same" if noun.field and noun.field in fields else "unknown" if fields <= {""} else "clash"
            found += fitting.classed(form, noun.field, known, noun.stem, kind, head)
        digits = "" if lower.isalpha() else "".join(letter for letter in mention.head if letter.isdigit())
        if digits:
            found.append(f"{form}|age={_known(digits, entity.ages)}")
        party = lower.split("-")[0] if "-" in lower else ""
        if party.isalpha():
            found.append(f"{form}|party={_known(party, entity.parties)}")
            if party in entity.name.casefold() or any(party in other for other in entity.heads):
                found.append(f"{form}|party-in-name")
        if lower and entity.name.casefold().endswith(lower):
            found.append(f"{form}|name-ends")
        if self.anaphor.early:
            found += fitting.early(form, near, named, definite, kind)
        if entity.order == self.talk.only_outlet:
            found.append(f"{form}|only|{definite}")
        if self.withheld:
            found += fitting.withheld(form, named, last)
        return found


def rows(cast: Cast, anaphor: Anaphor, found: list[tuple[Entity, int]], talk: Discourse) -> list[Row]:
    """Features of each candidate, by itself and beside the others."""
    text, mention = cast.text, anaphor.mention
    ranking = Ranking(text, cast, anaphor, talk, cast.within(talk.content))
    if mention is not None:
        head = mention.head.casefold()
        ranking.root = text.nouns.stripped(head.rpartition("-")[2])
        ranking.general = head in text.nouns.sets["general_bodies"]
        ranking.withheld = head in text.nouns.sets["anonymous_heads"]
    places = _standings(anaphor, found)
    return [ranking.row(entity, where, place) for (entity, where), place in zip(found, places, strict=True)]


def _standings(anaphor: Anaphor, found: list[tuple[Entity, int]]) -> list[fitting.Standing]:
    """How near and how often named each candidate is among those of its kind and among those that fit."""
    fits = [_fits(anaphor, entity) for entity, _ in found]
    kinds = AGENTS.get(anaphor.form, ("person", "group", "organization", None))
    agents = {
        at for at, (entity, where) in enumerate(found) if fits[at] and entity.kind in kinds and where < anaphor.token
    }
    near = sorted(range(len(found)), key=[abs(where - anaphor.token) for _, where in found].__getitem__)
    often = sorted(range(len(found)), key=[-len(entity.mentions) for entity, _ in found].__getitem__)
    nearness, near_fitting = _ranks(near, found, agents, MOST_NEAR)
    oftenness, often_fitting = _ranks(often, found, agents, MOST_OFTEN)
    return [
        fitting.Standing(
            nearness[at],
            oftenness[at],
            near_fitting.get(at),
            often_fitting.get(at),
            fits[at],
            len(agents) == 1 and at in agents,
        )
        for at in range(len(found))
    ]


def _ranks(
    ordered: list[int], found: list[tuple[Entity, int]], agents: set[int], most: int
) -> tuple[dict[int, int], dict[int, int]]:
    """Rank of each candidate among those of its kind, and of each agent among the agents, up to `most`."""
    among: dict[str, int] = {}
    of_kind: dict[int, int] = {}
    of_agents: dict[int, int] = {}
    for at in ordered:
        kind = found[at][0].kind or "none"
        rank = among.get(kind, 0)
        of_kind[at] = min(rank, most)
        among[kind] = rank + 1
        if at in agents:
            of_agents[at] = min(len(of_agents), most)
    return of_kind, of_agents


def _head(head: str, stem: str, entity: Entity) -> str:
    """How the noun of a description compares with the nouns that the entity was called by."""
    heads = entity.heads
    if head in heads:
        return "same"
    if not heads:
        return "unknown"
    for other in heads:
        if other.endswith(head) or head.endswith(other):
            return "compound"
    return "stem" if stem and any(stem in other for other in heads) else "other"


def _agreement(one: str, two: str) -> str:
    if not one or not two:
        return f"open{bool(one)}{bool(two)}"
    return "same" if one == two else "clash"


def _distance(text: Reading, token: int, where: int) -> str:
    if token >= len(text) or where >= len(text):
        return "none"
    sentences = text.sentence_of[token] - text.sentence_of[where]
    if where > token:
        return "later" if sentences < 0 else "later-here"
    return str(sentences) if sentences < 5 else "far"


def _place(text: Reading, anaphor: Anaphor, where: int) -> str:
    """Whether the candidate is the first noun phrase of its sentence, and in the same paragraph."""
    first = text.sentence(where)[0]
    early = where - first <= 3
    same = anaphor.token < len(text) and text.paragraph_of[where] == text.paragraph_of[anaphor.token]
    return f"{'first' if early else 'late'}-{'same' if same else 'other'}"


def _last_spoken(entity: Entity, talk: Discourse) -> str:
    for back, (_, spoken) in enumerate(reversed(talk.spoken[-3:])):
        if spoken is entity:
            return str(back)
    return "no"


AGENTS: dict[str, tuple[str | None, ...]] = {
    "organization": ("organization", None),
    "outlet": ("outlet",),
    "group": ("group", "organization"),
    "document": ("document",),
    "person": ("person",),
    "er": ("person",),
    "sie-s": ("person",),
}
"""Kinds among which an anaphor most likely has its antecedent."""


def _fits(anaphor: Anaphor, entity: Entity) -> bool:
    """Whether gender and number do not clash."""
    gender = not anaphor.gender or not entity.gender or anaphor.gender == entity.gender
    return gender and (not anaphor.number or not entity.number or anaphor.number == entity.number)


def _is_subject_before(text: Reading, token: int, where: int) -> bool:
    """Whether the candidate begins the sentence before, or this one."""
    if token >= len(text) or where >= token or text.sentence_of[token] - text.sentence_of[where] > 1:
        return False
    return where - text.sentence(where)[0] <= 4


def _case(text: Reading, mention: Mention) -> str:
    """What the word before a noun phrase says of its part in the sentence."""
    sets = text.nouns.sets
    if mention.determiner in sets["oblique"]:
        return "oblique"
    before = text.lower[mention.first - 1] if 0 < mention.first <= len(text) else ""
    if before in sets["contracted"] or before in sets["prepositions"]:
        return "preposition"
    return "open"


def _part_of_name(text: Reading, root: str, name: str) -> str:
    """Where the noun stands in the candidate's name, also inside a compound: the court, "Federal Court"."""
    if len(root) < SHORTEST_ROOT:
        return ""
    words = text.nouns.stripped_words(name)
    if root in words:
        return "word"
    for word in words:
        if word.endswith(root):
            return "end"
    for word in words:
        if word.startswith(root):
            return "begin"
    return ""


def _known(value: str, values: set[str]) -> str:
    if not values:
        return "unknown"
    return "same" if value in values else "clash"


def new_features(text: Reading, anaphor: Anaphor, seen_before: int) -> list[str]:
    """Features of the candidate that the description stands for itself."""
    form, mention = anaphor.form, anaphor.mention
    found = [f"{NEW}|{form}"]
    if mention is not None:
        found.append(f"{NEW}|{form}|definite={mention.definite}")
        found.append(f"{NEW}|{form}|number={mention.number}")
        if mention.noun is not None:
            found.append(f"{NEW}|{form}|field={mention.noun.field}")
            found.append(f"{NEW}|stem={mention.noun.stem}")
            if mention.head.casefold() == mention.noun.stem:
                found.append(f"{NEW}|{form}|plain")
        found.append(f"{NEW}|{form}|long={mention.last - mention.core > 1}")
        general = mention.head.casefold() in text.nouns.sets["general_bodies"]
        found.append(f"{NEW}|general={general}|{mention.definite}|{form}")
        found.append(f"{NEW}|{form}|attributed={phrase_end(text, mention) > mention.last}|{mention.definite}")
        found.append(f"{NEW}|{form}|determiner={mention.determiner}")
        found.append(f"{NEW}|{form}|adjective={mention.first < mention.core - 1}|{mention.definite}")
        found.append(f"{NEW}|{form}|ending={mention.head[-3:].casefold()}|{mention.definite}")
        found.append(f"{NEW}|{form}|early={anaphor.early}|{mention.definite}")
    found.append(f"{NEW}|{form}|early={seen_before == 0}")
    return found


def candidates(cast: Cast, anaphor: Anaphor, talk: Discourse) -> list[tuple[Entity, int]]:
    """Entities that an anaphor may take up, with the token of their nearest mention."""
    own = cast.of(anaphor.mention) if anaphor.mention is not None else None
    found = [(entity, where) for entity, where in cast.near(anaphor.token) if entity is not own or own.named]
    barred = KINDS_BARRED.get(anaphor.form, ())
    found = [(entity, where) for entity, where in found if entity.kind not in barred]
    if anaphor.mention is None or anaphor.form == "person":
        return [(entity, where) for entity, where in found if _may_speak(entity, talk)]
    return found


def _may_speak(entity: Entity, talk: Discourse) -> bool:
    """Whether a name that no noun explains may be a person's: it speaks, or is of two words and comes again."""
    if entity.kind is not None or entity.order in talk.times:
        return True
    return " " in entity.name and len(entity.mentions) > 1


def verb_number(text: Reading, token: int) -> str:
    """Number of the finite verb beside a pronoun: p, s, or empty."""
    for at in (token - 1, token + 1):
        if 0 <= at < len(text) and text.sentence_of[at] == text.sentence_of[token]:
            word = text.lower[at]
            if word.isalpha() and len(word) > 2 and text.tokens.words[at][0].islower():
                if word.endswith(text.nouns.endings["verb_plural"]):
                    return "p"
                if word.endswith(text.nouns.endings["verb_singular"]):
                    return "s"
    return ""
