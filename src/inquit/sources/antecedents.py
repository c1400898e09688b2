"""Which entity a pronoun or a description takes up: features of a mention and a candidate, for a trained ranker."""

from dataclasses import dataclass, field

from inquit.sources.entities import Cast, Entity
from inquit.sources.phrases import Mention, phrase_end
from inquit.sources.reading import Reading

NEW = "new"
"""Prefix of the features of the candidate "none of these: the mention stands for itself"."""
SHORTEST_ROOT = 4
"""Letters of the shortest noun that is looked for in names."""
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


def features(text: Reading, anaphor: Anaphor, entity: Entity, where: int, talk: Discourse) -> list[str]:
    """Features of the candidate `entity`, whose nearest mention is at the token `where`."""
    form = anaphor.form
    found = [
        f"{form}|kind={entity.kind}",
        f"{form}|named={entity.named}",
        _agreement(form, "gender", anaphor.gender, entity.gender),
        _agreement(form, "number", anaphor.number, entity.number),
        f"{form}|distance={_distance(text, anaphor.token, where)}",
        f"{form}|size={min(len(entity.mentions), 4)}",
        f"{form}|times={min(talk.times.get(entity.order, 0), 3)}",
        f"{form}|last={_last_spoken(entity, talk)}",
    ]
    echo = talk.echo.get(entity.order)
    if echo is not None:
        found += [f"echo={echo}", f"{form}|echo={echo}"]
    if where < len(text):
        found.append(f"{form}|place={_place(text, anaphor, where)}")
        if text.quoted[where]:
            found.append(f"{form}|quoted")
    if where in talk.frame and where != anaphor.token:
        found.append(f"{form}|frame")
    if entity.order in talk.barred:
        found.append(f"{form}|barred")
    if anaphor.mention is not None:
        near = _distance(text, anaphor.token, where)
        found += _taken_up(anaphor, anaphor.mention, entity, near, talk)
        if anaphor.mention.head.casefold() in text.nouns.sets["anonymous_heads"]:
            found.append(f"{form}|anonymous|named={entity.named}")
            found.append(f"{form}|anonymous|named={entity.named}|last={_last_spoken(entity, talk)}")
    return found


def _taken_up(anaphor: Anaphor, mention: Mention, entity: Entity, near: str, talk: Discourse) -> list[str]:
    """Features of a description with its place."""
    form = anaphor.form
    fit = _description(form, mention, entity)
    last = _last_spoken(entity, talk)
    found = [*fit, f"{fit[1]}|{near}", f"{fit[1]}|kind={entity.kind}", f"{fit[1]}|last={last}"]
    found.append(f"{form}|definite={mention.definite}|{near}|{last}")
    found.append(f"{form}|ending={mention.head[-3:].casefold()}|kind={entity.kind}")
    if mention.noun is not None:
        found.append(f"stem={mention.noun.stem}|kind={entity.kind}|{fit[1]}")
    if anaphor.early:
        found.append(f"{form}|early|{near}|named={entity.named}|{mention.definite}")
        found.append(f"{form}|early|kind={entity.kind}|named={entity.named}")
    if entity.order == talk.only_outlet:
        found.append(f"{form}|only|{mention.definite}")
    return found


def _agreement(form: str, what: str, one: str, two: str) -> str:
    if not one or not two:
        return f"{form}|{what}=open{bool(one)}{bool(two)}"
    return f"{form}|{what}={'same' if one == two else 'clash'}"


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


def _description(form: str, mention: Mention, entity: Entity) -> list[str]:
    """How well the nouns, party and age of a description fit what is known of the entity."""
    head = mention.head.casefold()
    found = [f"{form}|definite={mention.definite}|named={entity.named}"]
    if head in entity.heads:
        found.append(f"{form}|head=same")
    elif any(other.endswith(head) or head.endswith(other) for other in entity.heads):
        found.append(f"{form}|head=compound")
    elif mention.noun is not None and any(mention.noun.stem and mention.noun.stem in other for other in entity.heads):
        found.append(f"{form}|head=stem")
    elif not entity.heads:
        found.append(f"{form}|head=unknown")
    else:
        found.append(f"{form}|head=other")
    if mention.noun is not None:
        fields = entity.fields - {""}
        same = mention.noun.field in fields
        found.append(f"{form}|field={'same' if same else 'clash' if fields else 'unknown'}")
        found.append(f"{form}|{mention.noun.field}={'same' if same else 'clash' if fields else 'unknown'}")
    digits = "".join(letter for letter in mention.head if letter.isdigit())
    if digits:
        found.append(f"{form}|age={_known(digits, entity.ages)}")
    party = head.split("-")[0] if "-" in head else ""
    if party.isalpha():
        found.append(f"{form}|party={_known(party, entity.parties)}")
        if party in entity.name.casefold() or any(party in other for other in entity.heads):
            found.append(f"{form}|party-in-name")
    if entity.name.casefold().endswith(head) and head:
        found.append(f"{form}|name-ends")
    return found


def relative(cast: Cast, anaphor: Anaphor, found: list[tuple[Entity, int]], talk: Discourse) -> list[list[str]]:
    """Features of each candidate beside the others: how near and how often named it is among those of its kind."""
    text, spoken_of = cast.text, cast.within(talk.content)
    groups: dict[str, list[int]] = {}
    for at, (entity, _) in enumerate(found):
        groups.setdefault(entity.kind or "none", []).append(at)
    fitting = [at for at, (entity, _) in enumerate(found) if _fits(anaphor, entity)]
    kinds = AGENTS.get(anaphor.form, ("person", "group", "organization", None))
    agents = [at for at in fitting if found[at][0].kind in kinds and found[at][1] < anaphor.token]
    rows: list[list[str]] = [[] for _ in found]
    for name, group in (*groups.items(), ("fitting", agents)):
        part = name if name == "fitting" else "kind"
        nearest = sorted(group, key=lambda at: abs(found[at][1] - anaphor.token))
        oftenest = sorted(group, key=lambda at: -len(found[at][0].mentions))
        for rank, at in enumerate(nearest):
            rows[at].append(f"{anaphor.form}|{part}-near={min(rank, 3)}")
        for rank, at in enumerate(oftenest):
            rows[at].append(f"{anaphor.form}|{part}-often={min(rank, 2)}|named={found[at][0].named}")
    mention = anaphor.mention
    general = mention is not None and mention.head.casefold() in text.nouns.sets["general_bodies"]
    for at, (entity, where) in enumerate(found):
        row = rows[at]
        row.append(f"{anaphor.form}|fits={at in fitting}|alone={len(agents) == 1 and at in agents}")
        if where < len(text) and entity.mentions:
            lead = text.paragraph_of[min(entity.mentions[0].core, len(text) - 1)] <= 1
            row.append(f"{anaphor.form}|lead={lead}|named={entity.named}")
            row.append(f"{anaphor.form}|before={_is_subject_before(text, anaphor.token, where)}")
            row.append(f"{anaphor.form}|in-content={entity.order in spoken_of}")
            case = _case(text, cast.at_token.get(where) or entity.mentions[0])
            row += [
                f"{anaphor.form}|case={case}",
                f"{anaphor.form}|case={case}|{_distance(text, anaphor.token, where)}",
            ]
        if mention is not None:
            row.append(f"{anaphor.form}|general={general}|{mention.definite}|kind={entity.kind}|named={entity.named}")
            row += [f"general={general}|{mention.definite}|{feature.partition('|')[2]}" for feature in rows[at][:4]]
            part = _part_of_name(text, mention, entity)
            if part:
                row += [f"{anaphor.form}|in-name={part}", f"in-name={part}|{mention.definite}"]
        if talk.spoken and entity is talk.spoken[-1][1]:
            row.append(f"{anaphor.form}|spoke-last|{_distance(text, anaphor.token, talk.spoken[-1][0])}")
    return rows


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


def _part_of_name(text: Reading, mention: Mention, entity: Entity) -> str:
    """Where the noun stands in the candidate's name, also inside a compound: the court, "Federal Court"."""
    root = _stripped(text, mention.head.casefold().rpartition("-")[2])
    if len(root) < SHORTEST_ROOT:
        return ""
    words = [_stripped(text, word) for word in entity.name.casefold().replace("-", " ").split()]
    if root in words:
        return "word"
    if any(word.endswith(root) for word in words):
        return "end"
    return "begin" if any(word.startswith(root) for word in words) else ""


def _stripped(text: Reading, word: str) -> str:
    word = word.strip("„“”«»\"'")
    endings = text.nouns.endings["name_endings"]
    return next(
        (word[: -len(ending)] for ending in endings if word.endswith(ending) and len(word) > SHORTEST_ROOT), word
    )


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
