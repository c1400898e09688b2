"""The chain of nested sources of each quotation, outermost first, the primary source last."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from inquit.languages import Language
from inquit.records import Quotation, Spans
from inquit.sources.entities import Entity
from inquit.sources.lexicon import cued
from inquit.sources.reading import begin, end
from inquit.sources.relays import RECENT, Decide, Link, Relays, order
from inquit.sources.retelling import Retelling
from inquit.sources.speakers import Choose, Resolver
from inquit.sources.spreading import Spread, spread

LONGEST_CHAIN = 8
"""Links after which a chain is cut at its outer end; no article nests deeper, a contradiction might."""

ECHOES = (0.0, 0.3, 0.6)
"""Bounds of the classes of shared words."""
MOST_COMPARED = 200
"""Quotations with which one is compared; keeps the time linear."""
LAST_LEAD = 2
"""Number of the last paragraph of headline and lead, whose quotations the text takes up again."""
RETOLD = 0.4
"""Share of the longer words of a headline or of a statement that the other must have, to be the same."""
REPEATED = 0.7
"""Share of a headline's quoted words that another quotation must have; chosen by judgement, not measured."""


Accept = Callable[[list[str], str], bool]
"""Features, name of a source -> whether it is meant."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The open choices: antecedent, relays, whether a relay goes on reporting, who says so inside a report,
    and whether a medium holds for other quotations of its source.
    """

    antecedent: Choose
    relays: Decide
    again: Accept
    inside: Accept
    spread: Spread


@dataclass(slots=True)
class Chain:
    """Links of one quotation with the reasons for them."""

    links: tuple[Link, ...] = ()
    why: list[str] = field(default_factory=list)

    def entities(self) -> tuple[Entity, ...]:
        """Entities of the links."""
        return tuple(link.entity for link in self.links)


@dataclass(slots=True)
class Builder:
    """Builds the chains of one article, outer quotations before inner ones."""

    resolver: Resolver
    relays: Relays
    retelling: Retelling
    language: Language
    decisions: Decisions
    before: Callable[[Quotation], None] | None = None
    done: dict[int, Chain] = field(default_factory=dict)
    by_speaker: dict[Spans, Chain] = field(default_factory=dict)
    last: Chain | None = None
    last_paragraph: int = -1
    words: dict[int, frozenset[str]] = field(default_factory=dict)
    stems: dict[int, frozenset[str]] = field(default_factory=dict)
    speakers: dict[int, Spans] = field(default_factory=dict)
    quotes: dict[int, Spans] = field(default_factory=dict)
    later: dict[int, int] = field(default_factory=dict)
    nested: set[int] = field(default_factory=set)
    named: dict[int, int] = field(default_factory=dict)

    def build(self, quotations: tuple[Quotation, ...]) -> dict[int, Chain]:
        """Chain of each quotation by id."""
        frames: dict[Spans, Spans] = {}
        for quotation in quotations:
            if quotation.speaker:
                known = frames.get(quotation.speaker, ())
                frames[quotation.speaker] = known + quotation.frame + quotation.addressee
            self.words[quotation.id] = self._content(quotation)
            self.speakers[quotation.id] = quotation.speaker
            self.quotes[quotation.id] = quotation.quote
            if quotation.parent is not None:
                self.nested.add(quotation.id)
            entity = self.relays.named(quotation.speaker)
            if entity is not None:
                self.named[quotation.id] = entity.order
        for quotation in sorted(quotations, key=_order):
            if self.before is not None:
                self.before(quotation)
            chain = self._chain(quotation, frames.get(quotation.speaker, ()))
            self.done[quotation.id] = chain
            self.relays.remember(quotation, chain.links)
            if chain.links:
                if quotation.parent is None:
                    self.last = chain
                    self.last_paragraph = self.resolver.text.paragraph(begin(quotation.quote))
                token = self.resolver.text.token_at(begin(quotation.quote))
                self.resolver.talk.say(token, chain.links[-1].entity)
        self._headlines(quotations)
        for early, repeated in self.later.items():
            self.done[early] = Chain(self.done[repeated].links, self.done[early].why)
        self._spread(sorted(quotations, key=_order))
        return self.done

    def _headlines(self, quotations: tuple[Quotation, ...]) -> None:
        """A headline has from a medium what the text has from it with its source: it rests on that, too."""
        text = self.resolver.text
        for quotation in quotations:
            links = self.done[quotation.id].links
            if len(links) != 1 or links[0].entity.kind != "outlet":
                continue
            if text.paragraph(begin(quotation.quote)) > 0:
                continue
            own, best, most = self._stems(quotation.id), None, RETOLD
            for other in islice(self.done, MOST_COMPARED):
                longer = self.done[other].links
                nested = other in self.nested
                if len(longer) > 1 and longer[0].entity is links[0].entity and not nested:
                    share = len(own & self._stems(other)) / max(1, min(len(own), len(self._stems(other))))
                    if share > most:
                        best, most = longer, share
            if best is not None:
                why = [*self.done[quotation.id].why, f"source: rests on {best[-1].entity.name!r}, as said further on"]
                self.done[quotation.id] = Chain((links[0], *best[1:]), why)

    def _spread(self, quotations: list[Quotation]) -> None:
        """Puts media before the chains of sources that spoke through them elsewhere, nested quotations included."""
        links = {number: chain.links for number, chain in self.done.items()}
        found = spread(self.resolver.text, quotations, links, self.decisions.spread)
        for quotation in quotations:
            outer = quotation.parent
            if outer in found and links[quotation.id][:1] == links[outer][:1]:
                found[quotation.id] = found[outer]
        for number, link in found.items():
            why = [*self.done[number].why, f"source: through {link.entity.name!r}, as elsewhere"]
            self.done[number] = Chain((link, *links[number]), why)

    def echoes(self, quotation: Quotation) -> dict[int, str]:
        """How much of an early quotation's words the quotations of each named source repeat."""
        text = self.resolver.text
        if text.paragraph(begin(quotation.quote)) > LAST_LEAD:
            return {}
        own = self._stems(quotation.id)
        found: dict[int, float] = {}
        for other in islice(self.words, MOST_COMPARED):
            order = self.named.get(other)
            if order is None or other == quotation.id:
                continue
            shared = own & self._stems(other)
            found[order] = max(found.get(order, 0.0), len(shared) / max(1, len(own)))
        best = max(found.values(), default=0.0)
        return {
            order: f"{'best' if share == best else 'other'}-{bisect_left(ECHOES, share)}"
            for order, share in found.items()
        }

    def _stems(self, number: int) -> frozenset[str]:
        """Beginnings of the longer words of a quotation."""
        found = self.stems.get(number)
        if found is None:
            found = self.stems[number] = frozenset(word[:6] for word in self.words[number] if len(word) > 3)
        return found

    def _content(self, quotation: Quotation) -> frozenset[str]:
        text = self.resolver.text
        return frozenset(word for word in text.words(quotation.quote) if word[0].isalnum())

    def _chain(self, quotation: Quotation, frames: Spans) -> Chain:
        outer = self.done.get(quotation.parent) if quotation.parent is not None else None
        known = self.by_speaker.get(quotation.speaker) if quotation.speaker else None
        if known is not None:
            return self._inside(outer, known)
        as_outer = self._as_outer(quotation, outer) if outer is not None else None
        if as_outer is not None:
            return as_outer
        speaker = self.resolver.speaker(quotation.speaker, quotation)
        if speaker is None:
            return self._without_speaker(quotation, outer)
        if speaker.same or speaker.entity is None:
            back = outer or self.last or Chain()
            return Chain(self._shortened(back, quotation), [f"source: {speaker.why}"])
        if self._is_no_source(speaker.entity, quotation):
            return Chain((), [f"source: none, as {speaker.entity.name!r} is an event"])
        outer = outer or self._told_in(quotation)
        chain = self._through(Link(speaker.entity, speaker.mention), speaker.why, quotation, frames, outer)
        self.by_speaker[quotation.speaker] = self._inside(outer, chain) if quotation.parent is None else chain
        return self._inside(outer, chain)

    def _told_in(self, quotation: Quotation) -> Chain | None:
        """The chain of the report that names the speaker, where the quotation goes on without a frame of its own."""
        if quotation.frame or not quotation.speaker:
            return None
        speaker = quotation.speaker[0]
        for other, links, _ in reversed(self.relays.past.chains[-RECENT:]):
            inside = any(part.begin <= speaker.begin and speaker.end <= part.end for part in other.quote)
            if inside and links and other.type not in {"Reported", "Direct"}:
                return Chain(links)
        return None

    def _as_outer(self, quotation: Quotation, outer: Chain) -> Chain | None:
        """The chain of a nested quotation whose marked speaker is one of the quotation around it."""
        if outer.links and self._first_person(quotation):
            told = self.resolver.before_relative(quotation.speaker)
            if told is not None and told.entity is not None:
                own = Link(told.entity, told.mention)
                return self._inside(outer, Chain((own,), [f"source: {told.why}"]))
            return Chain(outer.links, ["source: the first person of the quotation around it"])
        if self._is_subject(quotation):
            return Chain(outer.links, ["source: as the quotation around it, which speaks of its subject"])
        return None

    def _through(self, own: Link, why: str, quotation: Quotation, frames: Spans, outer: Chain | None) -> Chain:
        """The chain that the speaker is a link of: who tells it, what it rests on, and the relays before both."""
        links, reasons = self._around(own, quotation, frames)
        have = {link.entity for link in links} | ({link.entity for link in outer.links} if outer is not None else set())
        found = [c for c in self.relays.candidates(quotation, frames, own) if c.link.entity not in have]
        taken = [c.link for c, right in zip(found, self.decisions.relays(found), strict=True) if right or c.told]
        for link in taken:
            link.entity.kind = link.entity.kind or "outlet"
        reasons = [f"source: {why}", *reasons, *(f"source: through {link.entity.name!r}" for link in taken)]
        if links[0] is own and self._own_medium(own):
            links = links[1:]
            reasons.append(f"source: {own.entity.name!r} prints the article and is no link")
        return Chain((*order(taken, list(self.last.links) if self.last else []), *links), reasons)

    def _around(self, own: Link, quotation: Quotation, frames: Spans) -> tuple[list[Link], list[str]]:
        """The speaker with those who tell what he said, or with those whose words he tells, and the reasons."""
        name = own.entity.name
        tellers = self._tellers(own, frames, quotation)
        if tellers:
            return [*tellers, own], [f"source: told by {tellers[-1].entity.name!r}"]
        cited = self.retelling.cited(frames, own.entity)
        if cited is None and quotation.type == "Reported" and not frames:
            cited = self.retelling.cited(quotation.quote, own.entity, heard=False)
        if cited is not None and cited.entity is not own.entity:
            return [own, cited], [f"source: {name!r} refers to {cited.entity.name!r}"]
        rest = self._carried(own, quotation)
        if rest:
            return [own, *rest], [f"source: carries on what {link.entity.name!r} said there" for link in rest]
        inside = self._inside_content(own, quotation)
        if inside is not None:
            return [own, inside], [f"source: {inside.entity.name!r} is who says so in what {name!r} reports"]
        basis = self.retelling.basis(quotation, own.entity) if own.entity.kind == "outlet" else None
        if basis is not None:
            return [own, basis], [f"source: {name!r} relies on {basis.entity.name!r}"]
        return [own], []

    def _tellers(self, own: Link, frames: Spans, quotation: Quotation) -> list[Link]:
        """The sources by which the article has what the speaker said to one of them."""
        teller = self.retelling.teller(frames, own)
        if teller is not None:
            for _, links, _ in reversed(self.relays.past.chains[-RECENT:]):
                if links and links[-1].entity is teller.entity and all(link.entity is not own.entity for link in links):
                    return [*links[:-1], teller]
            return [teller]
        if quotation.parent is None and self.last is not None:
            before = self.last.links
            near = self.resolver.text.paragraph(begin(quotation.quote)) - self.last_paragraph <= 1
            told = self.retelling.is_told(frames, own, before) or (near and self.retelling.is_retold(frames, own))
            if told and before and all(link.entity is not own.entity for link in before):
                return list(before)
        return []

    def _own_medium(self, own: Link) -> bool:
        mention = self.resolver.cast.at_token.get(self.resolver.text.token_at(own.mention.end - 1))
        if own.entity.named and self.resolver.text.is_own(own.entity.name):
            return True
        return mention is not None and not own.entity.named and self.relays.is_own(mention)

    def _carried(self, own: Link, quotation: Quotation) -> list[Link]:
        """The sources behind a relay, where it goes on reporting what they said."""
        for back, (_, links, paragraph) in enumerate(reversed(self.relays.past.chains[-RECENT:])):
            at = next((at for at, link in enumerate(links[:-1]) if link.entity is own.entity), None)
            if at is not None:
                rest = links[at + 1 :]
                features = self._inner_features((own, *rest), quotation, back=back, paragraph=paragraph, same=False)
                return list(rest) if self.decisions.again(features, rest[-1].entity.name) else []
            if any(link.entity is own.entity for link in links):
                return []
        return []

    def _inside_content(self, own: Link, quotation: Quotation) -> Link | None:
        """Whom a medium or document reports as saying something, inside what it is quoted with."""
        if own.entity.kind not in {"outlet", "document"}:
            return None
        said = self._says(quotation)
        for link, features in self.relays.content(quotation, own):
            through = self.relays.past.through.get(link.entity.order)
            if said and through is not None and through[own.entity.order]:
                return link
            if self.decisions.inside(features, link.entity.name):
                return link
        return None

    def _says(self, quotation: Quotation) -> bool:
        """Whether what is quoted itself tells of someone saying, doubting or demanding something."""
        words = self.resolver.text.words(quotation.quote)[:40]
        return any(stance.endswith("-strong") for stance in cued(words, self.language))

    def _shortened(self, chain: Chain, quotation: Quotation) -> tuple[Link, ...]:
        """A pointer back means the whole chain, or its medium alone."""
        if len(chain.links) < 2:
            return chain.links
        features = self._inner_features(chain.links, quotation, back=0, paragraph=self.last_paragraph, same=True)
        return chain.links if self.decisions.again(features, chain.links[-1].entity.name) else chain.links[:1]

    def _inner_features(
        self, links: tuple[Link, ...], quotation: Quotation, *, back: int, paragraph: int, same: bool
    ) -> list[str]:
        """Whether the sources behind the first of `links` are meant again."""
        text = self.resolver.text
        apart = min(text.paragraph(begin(quotation.quote)) - paragraph, 2)
        own, rest = links[0], links[1:]
        kind, inner = own.entity.kind, rest[-1].entity
        frame = text.words(quotation.frame)
        named = text.text[own.mention.begin : own.mention.end].endswith(own.entity.name)
        found = [
            f"same={same}|{kind}>{inner.kind}",
            f"back={min(back, 3)}|{same}",
            f"apart={apart}|{same}",
            f"apart={apart}|back={min(back, 3)}",
            f"type={quotation.type}",
            f"mention-named={named}|{same}",
            f"inner-named={inner.named}",
            f"nested={quotation.parent is not None}",
            f"cued={bool(quotation.cue)}|{same}",
            f"rest={len(rest)}",
        ]
        found += [f"frame={word[:6]}" for word in frame if word[0].isalnum()]
        return sorted(set(found))

    def _is_subject(self, quotation: Quotation) -> bool:
        """Whether what is marked as speaker stands in the quotation around, with no word for speaking."""
        outer = self.quotes.get(quotation.parent) if quotation.parent is not None else None
        if outer is None or quotation.type != "Direct" or quotation.cue or not quotation.speaker:
            return False
        return all(any(part.begin <= s.begin and s.end <= part.end for part in outer) for s in quotation.speaker)

    def _is_no_source(self, entity: Entity, quotation: Quotation) -> bool:
        """Whether what is marked as speaker is the noun of an event after a preposition: "after publication"."""
        text = self.resolver.text
        words = text.words(quotation.speaker)
        if entity.kind is not None or len(words) != 1 or words[0] in text.nouns.sets["speech_nouns"]:
            return False
        before = text.token_range(quotation.speaker[0])[0] - 1
        after_preposition = before >= 0 and text.lower[before] in text.nouns.sets["event_prepositions"]
        return after_preposition and words[0].endswith(text.nouns.endings["common_endings"])

    def _first_person(self, quotation: Quotation) -> bool:
        text = self.resolver.text
        words = text.words(quotation.speaker)
        return len(words) == 1 and words[0] in text.nouns.sets["first_person"]

    def _inside(self, outer: Chain | None, own: Chain) -> Chain:
        """A nested quotation has the chain around it, and one link more where another speaks."""
        if outer is None or not outer.links or not own.links:
            return own
        have = [link.entity for link in outer.links]
        if own.links[-1].entity is have[-1]:
            return Chain(outer.links, own.why)
        more = tuple(link for link in own.links[:-1] if link.entity not in have) + own.links[-1:]
        links = outer.links + more
        return Chain(links[-LONGEST_CHAIN:], [*own.why, "source: inside what another source says"])

    def _without_speaker(self, quotation: Quotation, outer: Chain | None) -> Chain:
        if outer is not None:
            return Chain(outer.links, ["source: as the quotation around it"])
        text = self.resolver.text
        words = set(text.words(quotation.frame))
        if words & text.nouns.sets["back_references"] and self.last is not None:
            return Chain(self.last.links, ["source: the frame refers back to the source before"])
        subject = self._subject(quotation)
        if subject is not None:
            return subject
        here = text.paragraph(begin(quotation.quote))
        goes_on = quotation.type not in {"Direct", "FreeIndirect", "Reported"} and self.last_paragraph == here
        if goes_on and self.last is not None and self.last.links:
            return Chain(self.last.links, ["source: carries on from the quotation before"])
        if quotation.type == "Direct" and not quotation.frame:
            return self._repeated(quotation)
        return Chain((), ["source: the text names none"])

    def _subject(self, quotation: Quotation) -> Chain | None:
        """The person or body that the frame begins with, where no speaker was marked."""
        text = self.resolver.text
        for span in quotation.frame:
            first, last = text.token_range(span)
            for token in range(first, min(last, first + 6)):
                mention = self.resolver.cast.at_token.get(token)
                if mention is not None and mention.core < last and mention.kind in {"person", "organization"}:
                    found = self.resolver.mention([mention], mention.first, mention.last)
                    if found.entity is not None:
                        return Chain((Link(found.entity, found.mention),), [f"source: {found.why}"])
        return None

    def _repeated(self, quotation: Quotation) -> Chain:
        """A quotation without a speaker, as in headlines, has the source of the one that repeats its words."""
        content = self.words[quotation.id]
        best, shared = None, 0.0
        for other, words in islice(self.words.items(), MOST_COMPARED):
            if other == quotation.id or not words or not self.speakers.get(other):
                continue
            share = len(content & words) / len(content) if content else 0.0
            if share > shared:
                best, shared = other, share
        if best is None or shared < REPEATED:
            return Chain((), ["source: the text names none"])
        self.later[quotation.id] = best
        return Chain((), ["source: the same words are quoted in the text"])


def _order(quotation: Quotation) -> tuple[int, int, bool, int]:
    return begin(quotation.quote), -end(quotation.quote), quotation.parent is not None, quotation.id
