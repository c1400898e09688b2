"""Who tells what another said: "with reference to X", "has it from X", "X had told him", "the paper relies on X"."""

from dataclasses import dataclass, field

from inquit.records import Quotation, Spans
from inquit.sources.entities import Cast, Entity
from inquit.sources.reading import Reading, begin, end
from inquit.sources.relays import Link
from inquit.sources.sayings import Speaker
from inquit.sources.speakers import Resolver

NEAR_BASIS = 2
"""Sentences before or after a quotation in which "it relies on X" is said of the medium it is from."""
MOST_SENTENCES = 12
"""Sentences of and around one quotation that are looked at; keeps the time linear."""
NEAR_NAME = 2
"""Sentences before "the paper relies on X" in which the paper's name is looked for."""
LONGEST_GAP = 12
"""Tokens between "relies on" and the source at most."""

Links = tuple[Link, ...]


@dataclass(slots=True)
class Retelling:
    """What the frames and the sentences around a quotation say of one source telling what another said."""

    resolver: Resolver
    bases: dict[int, tuple[int, Link]] = field(default_factory=dict)

    @property
    def text(self) -> Reading:
        """The article."""
        return self.resolver.text

    @property
    def cast(self) -> Cast:
        """Who is in it."""
        return self.resolver.cast

    def cited(self, spans: Spans, speaker: Entity, *, heard: bool = True) -> Link | None:
        """The source that a report rests on inside `spans`: "with reference to X"; if `heard`, "has heard from X"."""
        sets, lower = self.text.nouns.sets, self.text.lower
        for span in spans:
            first, last = self.text.token_range(span)
            words = lower[first:last]
            if speaker.kind == "outlet" and any(word.startswith(self.text.nouns.endings["quoting"]) for word in words):
                return self._quoted_by(first, last, speaker)
            heard = heard and not sets["heard"].isdisjoint(words)
            based = any(word.startswith(self.text.nouns.endings["based"]) for word in words)
            emerges = speaker.kind == "outlet" and not sets["emerges"].isdisjoint(words)
            for at in range(first, last - 1):
                if lower[at] in sets["reference_nouns"] and lower[at + 1] in sets["on"]:
                    return self._phrase(at + 2, last)
                if based and lower[at] in sets["reflexive"] and lower[at + 1] in sets["on"]:
                    return self._phrase(at + 2, last)
                if heard and lower[at] in sets["heard_from"]:
                    return self._phrase(at + 1, last)
                if emerges and lower[at] in sets["out_of"]:
                    return self._phrase(at + 1, last)
        return None

    def _quoted_by(self, first: int, last: int, speaker: Entity) -> Link | None:
        """Whom a medium quotes in its frame: "X" quotes an official."""
        for mention in self.cast.mentions(first, last):
            entity = self.cast.of(mention)
            if mention.kind in {"person", "group", "organization"} and entity is not speaker:
                return self._phrase(mention.first, last)
        return None

    def _phrase(self, first: int, last: int) -> Link | None:
        """The source that the phrase `[first, last)` names."""
        if first >= last:
            return None
        found = self.resolver.phrase(first, last, citing=True)
        return Link(found.entity, found.mention) if found.entity is not None else None

    def teller(self, spans: Spans, own: Link) -> Link | None:
        """Who has it from the speaker: the subject of "he wants to have heard from X"."""
        text, sets = self.text, self.text.nouns.sets
        for span in spans:
            first, last = text.token_range(span)
            if sets["heard"].isdisjoint(text.lower[first:last]):
                continue
            at = text.token_range(own.mention)[0]
            after = first < at < last and text.lower[at - 1] in sets["heard_from"] | sets["contracted"]
            joined = first <= at < last and text.lower[at] in sets["contracted"]
            if not after and not joined:
                continue
            found = self._subject(first, last, own)
            if found is not None and found.entity is not None and found.entity is not own.entity:
                return Link(found.entity, found.mention)
        return None

    def _subject(self, first: int, last: int, own: Link) -> Speaker | None:
        text, sets = self.text, self.text.nouns.sets
        barred = range(*text.token_range(own.mention))
        for token in range(first, last):
            if token in barred:
                continue
            mention = self.cast.at_token.get(token)
            if mention is not None and mention.core == token and mention.core < last:
                before = text.lower[mention.first - 1] if mention.first else ""
                agent = mention.kind in {"person", "group", "outlet"} and before not in sets["prepositions"]
                if agent and self.cast.of(mention) is not own.entity and mention.determiner not in sets["oblique"]:
                    return self.resolver.mention([mention], mention.first, mention.last)
            elif mention is None and text.lower[token] in sets["subject_pronouns"]:
                return self.resolver.pronoun(token, besides=own.entity)
        return None

    def is_told(self, spans: Spans, own: Link, before: Links) -> bool:
        """Whether the frame says that the speaker told it to the source before: "X had told him"."""
        if not before or before[-1].entity is own.entity or before[-1].entity.kind != "person":
            return False
        text, sets, source = self.text, self.text.nouns.sets, before[-1].entity
        words = [word for span in spans for word in text.words((span,))]
        if sets["told_auxiliaries"].isdisjoint(words):
            return False
        masculine, feminine = "ihm" in words, "ihr" in words
        return (masculine and source.gender != "f") or (feminine and source.gender != "m")

    def is_retold(self, spans: Spans, own: Link) -> bool:
        """Whether the frame itself is in the subjunctive: that "X has stressed" is what somebody else says."""
        text = self.text
        first, last = text.token_range(own.mention)
        for span in spans:
            begins, ends = text.token_range(span)
            if begins <= first and last <= ends:
                around = text.lower[max(begins, first - 1) : first] + text.lower[last : min(last + 1, ends)]
                return not text.nouns.sets["retold_auxiliaries"].isdisjoint(around)
        return False

    def basis(self, quotation: Quotation, medium: Entity) -> Link | None:
        """What the sentences beside a quotation say that its medium relies on."""
        text = self.text
        at = text.token_at(begin(quotation.quote))
        to = text.token_at(end(quotation.quote) - 1)
        if at >= len(text) or to >= len(text):
            return None
        first, last = text.sentence_of[at] - NEAR_BASIS, text.sentence_of[to] + NEAR_BASIS
        for sentence in range(first, min(last, first + MOST_SENTENCES) + 1):
            order, link = self.bases.get(sentence, (-1, None))
            if link is not None and order == medium.order and link.entity is not medium:
                return link
        return None

    def note_bases(self) -> None:
        """Notes "the paper relies on X" wherever the article says so."""
        text, sets = self.text, self.text.nouns.sets
        based = text.nouns.endings["based"]
        for at, word in enumerate(text.lower[:-1]):
            if word.startswith(based) and text.tokens.words[at][0].islower():
                first, last = text.sentence(at)
                on = next((i + 1 for i in range(at, last - 1) if text.lower[i] in sets["on"]), None)
                source = self._first_after(on, min(on + LONGEST_GAP, last)) if on is not None else None
                medium = self._medium(first, at)
                if source is not None and medium is not None:
                    self.bases.setdefault(text.sentence_of[at], (medium.order, source))

    def _first_after(self, first: int, last: int) -> Link | None:
        for mention in self.cast.mentions(first, last):
            entity = self.cast.of(mention)
            if entity is not None and entity.kind is not None:
                return Link(entity, mention.span(self.text))
        return None

    def _medium(self, first: int, last: int) -> Entity | None:
        """The medium by name that a sentence speaks of, or else the last one named before."""
        text = self.text
        back = text.tokens.sentences[max(0, text.sentence_of[first] - NEAR_NAME)][0]
        for mention in reversed(self.cast.mentions(back, last)):
            entity = self.cast.of(mention)
            if entity is not None and entity.kind == "outlet" and entity.named and not text.is_own(entity.name):
                return entity
        return None
