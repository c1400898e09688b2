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
SINGLE = ("person", "er", "sie-s")
"""Forms of anaphors that take up no group without a name where they are singular."""
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
    """What the candidates of one anaphor are compared by, found once for all of them.

    `at` is the token of the anaphor, `sentence` and `paragraph` their numbers, -1 outside the text; `last` says how
    far back an entity was quoted last.
    """

    text: Reading
    cast: Cast
    anaphor: Anaphor
    talk: Discourse
    spoken_of: set[int]
    last: dict[int, str]
    sentence: int = -1
    paragraph: int = -1
    root: str = ""
    general: bool = False
    withheld: bool = False

    def row(self, entity: Entity, where: int, place: fitting.Standing) -> Row:
        """Features of the candidate `entity`, whose nearest mention is at the token `where`."""
        text, anaphor, talk = self.text, self.anaphor, self.talk
        form, order, kind, named = anaphor.form, entity.order, entity.kind, entity.named
        last, distance = self.last.get(order, "no"), self.distance(where)
        gender, number = _agreement(anaphor.gender, entity.gender), _agreement(anaphor.number, entity.number)
        size, times = min(len(entity.mentions), 4), min(talk.times.get(order, 0), 3)
        found = list(fitting.plain(fitting.Known(form, kind, named, gender, number, distance, size, times, last)))
        if order in talk.echo:
            found += fitting.echoed(form, talk.echo[order])
        inside = where < len(text.lower)
        marks = "quoted " if inside and text.quoted[where] else ""
        if where in talk.frame and where != anaphor.token:
            marks += "frame "
        if order in talk.barred:
            marks += "barred"
        found += fitting.placed(form, self._place(where) if inside else "", marks)
        if anaphor.mention is not None:
            found += self._taken_up(anaphor.mention, entity, distance, last)
        found += fitting.standing(form, named, place)
        lead = None
        if inside and entity.mentions:
            lead = text.paragraph_of[min(entity.mentions[0].core, len(text.lower) - 1)] <= 1
            case = _case(text, self.cast.at_token.get(where) or entity.mentions[0])
            spoken_of, before = order in self.spoken_of, self._is_subject_before(where)
            found += fitting.positioned(fitting.Position(form, named, lead, before, spoken_of, case, distance))
        if anaphor.mention is not None:
            definite = anaphor.mention.definite
            found += fitting.bodied(fitting.Body(form, self.general, definite, kind, named, place, lead))
            part = _part_of_name(text, self.root, entity.name)
            if part:
                found += fitting.in_name(form, part, definite)
        if talk.spoken and entity is talk.spoken[-1][1]:
            found.append(f"{form}|spoke-last|{self.distance(talk.spoken[-1][0])}")
        return found

    def distance(self, where: int) -> str:
        """Sentences from the token `where` to the anaphor."""
        if self.sentence < 0 or where >= len(self.text.lower):
            return "none"
        sentences = self.sentence - self.text.sentence_of[where]
        if where > self.anaphor.token:
            return "later" if sentences < 0 else "later-here"
        return str(sentences) if sentences < 5 else "far"

    def _place(self, where: int) -> str:
        """Whether the candidate is the first noun phrase of its sentence, and in the same paragraph."""
        text = self.text
        early = where - text.tokens.sentences[text.sentence_of[where]][0] <= 3
        same = text.paragraph_of[where] == self.paragraph
        return f"{'first' if early else 'late'}-{'same' if same else 'other'}"

    def _is_subject_before(self, where: int) -> bool:
        """Whether the candidate begins the sentence before, or this one."""
        text = self.text
        if self.sentence < 0 or where >= self.anaphor.token or self.sentence - text.sentence_of[where] > 1:
            return False
        return where - text.tokens.sentences[text.sentence_of[where]][0] <= 4

    def _taken_up(self, mention: Mention, entity: Entity, near: str, last: str) -> Row:
        """How well nouns, party and age of a description fit what is known of the entity, with its place."""
        form, definite, kind, named = self.anaphor.form, mention.definite, entity.kind, entity.named
        noun, lower = mention.noun, mention.head.casefold()
        head = _head(lower, noun.stem if noun is not None else "", entity)
        ending = mention.head[-3:].casefold()
        found = list(fitting.taken_up(fitting.Taken(form, definite, kind, named, near, last, head, ending)))
        if noun is not None:
            fields = entity.fields
            known = "same" if noun.field and noun.field in fields else "unknown" if fields <= {""} else "clash"
            found += fitting.classed(fitting.Classed(form, noun.field, known, noun.stem, kind, head))
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
    last: dict[int, str] = {}
    for back, (_, spoken) in enumerate(reversed(talk.spoken[-3:])):
        last.setdefault(spoken.order, str(back))
    ranking = Ranking(text, cast, anaphor, talk, cast.within(talk.content), last)
    if anaphor.token < len(text):
        ranking.sentence, ranking.paragraph = text.sentence_of[anaphor.token], text.paragraph_of[anaphor.token]
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


def new_features(text: Reading, anaphor: Anaphor, talk: Discourse) -> list[str]:
    """Features of the candidate that the description stands for itself."""
    form, mention, seen_before = anaphor.form, anaphor.mention, len(talk.spoken)
    found = [f"{NEW}|{form}"]
    if mention is not None:
        spoke = talk.spoken[-1][1] if talk.spoken else None
        last = f"{spoke.kind}-{spoke.named}" if spoke is not None else "none"
        found.append(f"{NEW}|{form}|{mention.definite}|after={last}")
        found.append(f"{NEW}|{form}|{mention.definite}|known={mention.noun is not None}")
        if mention.head.casefold() in text.nouns.sets["anonymous_heads"]:
            found.append(f"{NEW}|anonymous|{mention.definite}|after={last}")
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
    is_own = cast.text.is_own
    found = [
        (entity, where)
        for entity, where in found
        if entity.kind not in barred and not (entity.kind == "outlet" and entity.named and is_own(entity.name))
    ]
    if anaphor.number == "s" and anaphor.form in SINGLE:
        found = [(entity, where) for entity, where in found if entity.named or entity.number != "p"]
    if anaphor.mention is None or anaphor.form == "person":
        pronoun = anaphor.mention is None
        return [(entity, where) for entity, where in found if _may_speak(entity, talk, capitals=pronoun)]
    return found


def _may_speak(entity: Entity, talk: Discourse, *, capitals: bool) -> bool:
    """Whether a name that no noun explains may be a person's: it speaks, or is of two words and comes again."""
    if entity.kind is not None or (entity.order in talk.times and (capitals or not entity.name.isupper())):
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
