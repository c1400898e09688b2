"""Media through which a statement is known: named in its frame, or once for the passage, interview or article."""

from dataclasses import dataclass

from inquit.records import Quotation, Span
from inquit.sources.entities import Cast, Entity
from inquit.sources.mentions import Mention
from inquit.sources.reading import Reading, begin, end


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One link of a chain before it becomes a `Source`."""

    entity: Entity
    mention: Span


@dataclass(slots=True)
class Relays:
    """The outlets of an article with the tokens where they stand, in order."""

    text: Reading
    cast: Cast
    outlets: list[tuple[int, Mention, Entity]]

    def in_spans(self, spans: tuple[Span, ...]) -> list[Link]:
        """Outlets mentioned inside `spans`, in order."""
        found: list[Link] = []
        for span in spans:
            first, last = self.text.token_range(span)
            for at, mention, entity in self.outlets:
                if first <= at < last and all(link.entity is not entity for link in found):
                    found.append(Link(entity, mention.span(self.text)))
        return found

    def cited(self, spans: tuple[Span, ...]) -> Link | None:
        """The source that a report refers to inside `spans`: "with reference to X"."""
        sets = self.text.nouns.sets
        for span in spans:
            first, last = self.text.token_range(span)
            for at in range(first, last - 1):
                if self.text.lower[at] in sets["reference_nouns"]:
                    for token in range(at + 1, last):
                        mention = self.cast.at_token.get(token)
                        entity = self.cast.of(mention) if mention is not None else None
                        if mention is not None and entity is not None and mention.core > at:
                            return Link(entity, mention.span(self.text))
        return None


def relays(text: Reading, cast: Cast) -> Relays:
    """The outlets of the article."""
    found = []
    seen: set[int] = set()
    for at in sorted(cast.at_token):
        mention = cast.at_token[at]
        if id(mention) in seen:
            continue
        seen.add(id(mention))
        entity = cast.of(mention)
        if entity is not None and entity.kind == "outlet" and not _general(text, mention):
            found.append((mention.core, mention, entity))
    return Relays(text, cast, found)


def _general(text: Reading, mention: Mention) -> bool:
    """Media as such, and the medium that prints the article, are no relays."""
    sets = text.nouns.sets
    if mention.name:
        return False
    return mention.head.casefold() in sets["outlet_general"] or mention.determiner in sets["this_medium"]


def around(text: Reading, quotation: Quotation) -> tuple[Span, ...]:
    """The sentences of quotation and frame, without what is quoted."""
    spans = quotation.quote + quotation.frame
    first = text.sentence(text.token_at(begin(spans)))[0]
    last = text.sentence(max(0, text.token_at(end(spans) - 1)))[1]
    if first >= last:
        return quotation.frame
    edges = [text.tokens.begins[first]]
    for span in sorted(quotation.quote):
        edges += [span.begin, span.end]
    edges.append(text.tokens.ends[last - 1])
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
