"""The chain of nested sources of each quotation, outermost first, the primary source last."""

from collections.abc import Callable
from dataclasses import dataclass, field

from inquit.records import Quotation, Spans
from inquit.sources.entities import Entity
from inquit.sources.reading import begin, end
from inquit.sources.relays import Link, Relays, around
from inquit.sources.speakers import Resolver

LONGEST_CHAIN = 8
"""Links after which a chain is cut at its outer end; no article nests deeper, a contradiction might."""


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
    before: Callable[[Quotation], None] | None = None
    done: dict[int, Chain] = field(default_factory=dict)
    by_speaker: dict[Spans, Chain] = field(default_factory=dict)
    last: Chain | None = None

    def build(self, quotations: tuple[Quotation, ...]) -> dict[int, Chain]:
        """Chain of each quotation by id."""
        frames: dict[Spans, Spans] = {}
        for quotation in quotations:
            if quotation.speaker:
                known = frames.get(quotation.speaker, ())
                frames[quotation.speaker] = known + quotation.frame + quotation.addressee
        for quotation in sorted(quotations, key=_order):
            if self.before is not None:
                self.before(quotation)
            chain = self._chain(quotation, frames.get(quotation.speaker, ()))
            self.done[quotation.id] = chain
            if chain.links:
                if quotation.parent is None:
                    self.last = chain
                token = self.resolver.text.token_at(begin(quotation.quote))
                self.resolver.talk.say(token, chain.links[-1].entity)
        return self.done

    def _chain(self, quotation: Quotation, frames: Spans) -> Chain:
        outer = self.done.get(quotation.parent) if quotation.parent is not None else None
        known = self.by_speaker.get(quotation.speaker) if quotation.speaker else None
        if known is not None:
            return self._inside(outer, known, quotation)
        if outer is not None and outer.links and self._first_person(quotation):
            return Chain(outer.links, ["source: the first person of the quotation around it"])
        speaker = self.resolver.speaker(quotation.speaker, quotation)
        if speaker is None:
            return self._without_speaker(quotation, outer)
        if speaker.same or speaker.entity is None:
            back = outer or self.last or Chain()
            return Chain(back.links, [f"source: {speaker.why}"])
        links = [Link(speaker.entity, speaker.mention)]
        why = [f"source: {speaker.why}"]
        cited = self.relays.cited(frames)
        if cited is not None and cited.entity is not speaker.entity:
            links.append(cited)
            why.append(f"source: {speaker.entity.name!r} refers to {cited.entity.name!r}")
        for link in self.relays.in_spans(frames):
            if all(link.entity is not other.entity for other in links):
                links.insert(0, link)
                why.append(f"source: through {link.entity.name!r}")
        chain = Chain(tuple(links), why)
        self.by_speaker[quotation.speaker] = chain
        return self._inside(outer, chain, quotation)

    def _first_person(self, quotation: Quotation) -> bool:
        text = self.resolver.text
        words = text.words(quotation.speaker)
        return len(words) == 1 and words[0] in text.nouns.sets["first_person"]

    def _inside(self, outer: Chain | None, own: Chain, quotation: Quotation) -> Chain:
        """A nested quotation has the chain around it, and one link more where another speaks."""
        del quotation
        if outer is None or not outer.links or not own.links:
            return own
        have = [link.entity for link in outer.links]
        if own.links[-1].entity is have[-1]:
            return Chain(outer.links, own.why)
        more = tuple(link for link in own.links if link.entity not in have)
        if own.links[-1].entity in have:
            more += (own.links[-1],)
        links = outer.links + more
        return Chain(links[-LONGEST_CHAIN:], [*own.why, "source: inside what another source says"])

    def _without_speaker(self, quotation: Quotation, outer: Chain | None) -> Chain:
        if outer is not None:
            return Chain(outer.links, ["source: as the quotation around it"])
        text = self.resolver.text
        if quotation.type != "Direct" and self.last is not None:
            same = text.paragraph(begin(quotation.quote))
            link = self.last.links[-1] if self.last.links else None
            if link is not None and text.paragraph(link.mention.begin) == same and not quotation.cue:
                return Chain(self.last.links, ["source: carries on from the quotation before"])
        found = self.relays.in_spans(around(text, quotation))
        if found and quotation.frame:
            return Chain((found[0],), [f"source: {found[0].entity.name!r} is named in the sentence"])
        return Chain((), ["source: the text names none"])


def _order(quotation: Quotation) -> tuple[int, int, bool, int]:
    return begin(quotation.quote), -end(quotation.quote), quotation.parent is not None, quotation.id
