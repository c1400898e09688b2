"""Who stands between the article and the primary source: named in the frame, or once for a passage or interview.

Each outlet, person or document near a quotation is a candidate; a trained classifier says which are links.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from inquit.records import Quotation, Span
from inquit.sources.entities import Cast, Entity
from inquit.sources.phrases import Mention
from inquit.sources.reading import Reading, begin, end

BACK = 6
"""Sentences before a quotation in which an outlet that is not yet a relay is looked for."""
REST = 120
"""Tokens before and after a quotation in which the rest of its sentence is looked at, which keeps the time linear."""
MOST_INSIDE, LONGEST_CONTENT = 3, 40
"""Mentions and tokens of a quotation in which the one who said it is looked for."""
RECENT = 12
"""Quotations before a quotation whose chains are looked through."""


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One link of a chain before it becomes a `Source`."""

    entity: Entity
    mention: Span


@dataclass(slots=True)
class Candidate:
    """A possible relay of one quotation, with its features; `told` is whether the frame says it was spoken to."""

    link: Link
    features: list[str]
    told: bool = False


Decide = Callable[[list[Candidate]], list[bool]]
"""Candidates -> which of them are relays."""


@dataclass(slots=True)
class Past:
    """Chains of the quotations before: quotation, links, paragraph, newest last; and through whom each source came.

    `through` counts the relays of each primary source, `times` its quotations, both by the order of the entities.
    """

    chains: list[tuple[Quotation, tuple[Link, ...], int]] = field(default_factory=list)
    through: dict[int, Counter[int]] = field(default_factory=dict)
    times: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Relays:
    """The mentions of one article that may be relays, in order, and the chains built so far."""

    text: Reading
    cast: Cast
    resolve: Callable[[Mention], Entity | None]
    only: int = -1
    relayed_sources: int = 0
    framed: dict[int, tuple[Counter[int], list[bool]]] = field(default_factory=dict)
    past: Past = field(default_factory=Past)
    told_here: set[int] = field(default_factory=set)

    def candidates(self, quotation: Quotation, frames: tuple[Span, ...], speaker: Link) -> list[Candidate]:
        """Everything near that could stand between the article and `speaker`."""
        found: dict[int, tuple[Link, set[str]]] = {}
        near = self._near(quotation, frames)
        for where, mention in near:
            entity = self._entity(mention)
            if entity is None or entity is speaker.entity or self._barred(mention, entity):
                continue
            plain = entity.kind is None and not (mention.quoted_name or entity.name.isupper())
            if plain and where != "addressee" and not self._is_told(mention):
                continue
            link, seen = found.setdefault(entity.order, (Link(entity, mention.span(self.text)), set()))
            seen |= {where, f"{where}|{entity.kind}", *self._words(where, mention)}
            if any(span.begin <= link.mention.begin and link.mention.end <= span.end for span in quotation.speaker):
                seen.add("in-speaker")
        for link, seen in self._before(quotation, speaker):
            if link.entity is not speaker.entity:
                found.setdefault(link.entity.order, (link, set()))[1].update(seen)
        own = any(self.is_own(mention) for where, mention in near if where != "before")
        if any(self.is_own(mention) and self._is_addressed(where, mention) for where, mention in near):
            self.told_here.add(speaker.entity.order)
        if speaker.entity.order in self.told_here:
            return []
        general = self._general(quotation, frames, speaker) + (["own"] if own else [])
        told = {
            self._entity(mention)
            for where, mention in near
            if (where == "frame" and self._is_spoken_to(mention)) or (where == "addressee" and self._is_medium(mention))
        }
        return [
            Candidate(link, self._features(link, seen, general, speaker), link.entity in told)
            for link, seen in found.values()
        ]

    def content(self, quotation: Quotation, own: Link) -> list[tuple[Link, list[str]]]:
        """Persons and bodies in what a medium is quoted with that may be who said it, each with its features."""
        text = self.text
        if not quotation.quote or quotation.type == "Direct":
            return []
        first = text.token_range(quotation.quote[0])[0]
        last = text.token_range(quotation.quote[-1])[1]
        sets = text.nouns.sets
        found: list[tuple[Link, list[str]]] = []
        words = [word for word in text.lower[first : min(last, first + LONGEST_CONTENT)] if word[0].isalpha()]
        ends = words[-1] if words else ""
        verbs = sorted({f"with={word[:6]}" for word in words})
        for number, mention in enumerate(self.cast.mentions(first, min(last, first + LONGEST_CONTENT))[:MOST_INSIDE]):
            entity = self.cast.of(mention)
            if entity is None or entity is own.entity or entity.kind in {None, "outlet"}:
                continue
            before = text.lower[mention.first - 1] if mention.first > first else "begin"
            after = text.lower[mention.last] if mention.last < len(text) else ""
            modal = before in sets["conjunctive_auxiliaries"] or after in sets["conjunctive_auxiliaries"]
            features = [
                f"number={number}",
                f"kind={entity.kind}",
                f"number={number}|kind={entity.kind}",
                f"before={before[:6]}",
                f"after={after[:6]}",
                f"modal={modal}|end={ends in sets['perfect_infinitives']}",
                f"determiner={mention.determiner}",
                f"named={entity.named}",
                f"own={own.entity.kind}",
                f"type={quotation.type}",
                f"preposition={before in sets['prepositions']}",
                *verbs,
            ]
            found.append((Link(entity, mention.span(text)), features))
        return found

    def evidence(self, quotations: tuple[Quotation, ...]) -> None:
        """Notes which media are named in the frames of which source, anywhere in the article."""
        for quotation in quotations:
            speaker = self.named(quotation.speaker)
            if speaker is None:
                continue
            framed, known = self.framed.setdefault(speaker.order, (Counter(), []))
            known.append(bool(quotation.frame))
            spans = quotation.frame + quotation.addressee
            for span in spans if quotation.type != "Reported" else quotation.quote:
                for mention in self.cast.mentions(*self.text.token_range(span)):
                    entity = self.cast.of(mention)
                    if entity is not None and entity.kind == "outlet" and not self._barred(mention, entity):
                        framed[entity.order] += 1

        self.relayed_sources = sum(bool(media) for media, _ in self.framed.values())

    def named(self, spans: tuple[Span, ...]) -> Entity | None:
        """The named person or body in a speaker span, before anything is resolved."""
        for span in spans:
            for mention in self.cast.mentions(*self.text.token_range(span)):
                entity = self.cast.of(mention)
                if entity is not None and entity.named and entity.kind != "outlet":
                    return entity
        return None

    def remember(self, quotation: Quotation, links: tuple[Link, ...]) -> None:
        """Adds the chain of a quotation to the past."""
        self.past.chains.append((quotation, links, self.text.paragraph(begin(quotation.quote))))
        if links:
            source = links[-1].entity.order
            self.past.times[source] += 1
            self.past.through.setdefault(source, Counter()).update({link.entity.order for link in links[:-1]})

    def _near(self, quotation: Quotation, frames: tuple[Span, ...]) -> list[tuple[str, Mention]]:
        """Mentions in frame and addressee, in the rest of the sentence, and outlets in the sentences before."""
        text = self.text
        found: list[tuple[str, Mention]] = []
        seen: set[int] = set()
        rest = "frame" if quotation.type == "Reported" else "sentence"
        zones = [("addressee", quotation.addressee), ("frame", frames), (rest, around(text, quotation))]
        low, high = text.token_at(begin(quotation.quote)) - REST, text.token_at(end(quotation.quote) - 1) + REST
        for name, spans in zones:
            for span in spans:
                first, last = text.token_range(span)
                for mention in self.cast.mentions(max(first, low), min(last, high)):
                    if id(mention) not in seen:
                        seen.add(id(mention))
                        found.append((name, mention))
        found += [("next", mention) for mention in self._reported_next(quotation) if id(mention) not in seen]
        last = text.sentence(text.token_at(begin(quotation.quote + quotation.frame)))[0]
        if last < len(text):
            first = text.tokens.sentences[max(0, text.sentence_of[last] - BACK)][0]
            for mention in self.cast.mentions(first, last):
                if mention.kind == "outlet" and id(mention) not in seen:
                    same = text.paragraph_of[mention.core] == text.paragraph_of[last]
                    found.append(("paragraph" if same else "before", mention))
        return found

    def _reported_next(self, quotation: Quotation) -> list[Mention]:
        """The media of the sentence after the quotation, where it says "that is what X reports"."""
        text = self.text
        after = text.token_at(end(quotation.quote + quotation.frame) - 1)
        first, last = text.sentence(text.sentence(after)[1]) if after < len(text) else (0, 0)
        if last - first < 2 or text.lower[first] not in text.nouns.sets["that"] or text.quoted[first]:
            return []
        said = text.lower[first + 1].startswith(text.nouns.endings["reports"])
        mentions = self.cast.mentions(first, min(last, first + REST)) if said else []
        return [mention for mention in mentions if mention.kind == "outlet"]

    def _is_spoken_to(self, mention: Mention) -> bool:
        """Whether a medium stands in the dative right behind a verb or adverb: "said on this to the paper X"."""
        text, sets = self.text, self.text.nouns.sets
        if mention.kind != "outlet" or not mention.name or mention.determiner not in sets["dative"]:
            return False
        before = text.tokens.words[mention.first - 1] if mention.first else ""
        return before[:1].islower() and before.lower() not in sets["prepositions"] | sets["coordination"]

    def _is_addressed(self, where: str, mention: Mention) -> bool:
        """Whether something was said to a medium: then no other medium stands between."""
        return where == "addressee" or (where == "frame" and self._is_spoken_to(mention))

    def _is_medium(self, mention: Mention) -> bool:
        return mention.kind == "outlet" and bool(mention.name) and not self.is_own(mention)

    def _is_told(self, mention: Mention) -> bool:
        """Whether the words before a name say that something was said to it: "towards X", "asked by X"."""
        text = self.text
        words = text.lower[max(0, mention.first - 2) : mention.first]
        return bool(mention.name) and not text.nouns.sets["told_to"].isdisjoint(words)

    def _entity(self, mention: Mention) -> Entity | None:
        entity = self.cast.of(mention)
        if entity is not None and entity.kind == "outlet" and not entity.named:
            return self.resolve(mention) or entity
        return entity

    def is_own(self, mention: Mention) -> bool:
        """Whether a mention is the medium that prints the article: by name, or as "this paper"."""
        room = mention.head.casefold() in self.text.nouns.sets["own_rooms"]
        if mention.kind != "outlet" and not room:
            return False
        if mention.name:
            return self.text.is_own(mention.name)
        return mention.determiner in self.text.nouns.sets["this_medium"]

    def _barred(self, mention: Mention, entity: Entity) -> bool:
        """Media as such, and the medium that prints the article, are no relays."""
        sets = self.text.nouns.sets
        if entity.named and self.text.is_own(entity.name):
            return True
        if mention.name or mention.kind != "outlet":
            return False
        return mention.head.casefold() in sets["outlet_general"] or mention.determiner in sets["this_medium"]

    def _words(self, where: str, mention: Mention) -> set[str]:
        """The words before a mention, which say what part it plays."""
        lower, kind = self.text.lower, mention.kind
        before = lower[mention.first - 1] if mention.first else ""
        second = lower[mention.first - 2] if mention.first > 1 else ""
        begins = mention.first == self.text.sentence(mention.core)[0]
        after = lower[mention.last] if mention.last < len(lower) else ""
        return {
            f"{where}|{kind}|word={before}",
            f"{where}|{kind}|words={second}_{before}",
            f"{where}|{kind}|determiner={mention.determiner}",
            f"{where}|{kind}|after={after[:6]}",
            f"{where}|{kind}|begins={begins}",
        }

    def _before(self, quotation: Quotation, speaker: Link) -> list[tuple[Link, set[str]]]:
        """Links of the chains before, with how near and whose they were."""
        found = self._chained(quotation, speaker)
        for order, features in self._foreseen(quotation, speaker):
            entity = self.cast.entities[order]
            known = found.get(order)
            if known is None:
                found[order] = known = (Link(entity, entity.mentions[0].span(self.text)), set())
            known[1].update(features)
        for link, seen in found.values():
            seen.update(self._shares(link, speaker))
        return list(found.values())

    def _chained(self, quotation: Quotation, speaker: Link) -> dict[int, tuple[Link, set[str]]]:
        """Links of the chains just before, by the order of their entity."""
        here = self.text.paragraph(begin(quotation.quote))
        found: dict[int, tuple[Link, set[str]]] = {}
        back = 0
        for other, links, paragraph in reversed(self.past.chains[-RECENT:]):
            if other.parent is not None and quotation.parent is None and back == 0:
                continue
            place = "same" if paragraph == here else "next" if here - paragraph == 1 else "far"
            same = bool(links) and links[-1].entity is speaker.entity
            for at, link in enumerate(links):
                part = "primary" if at == len(links) - 1 else "relay"
                feature = f"{part}|{'own' if same else 'other'}|{place}|{min(back, 3)}"
                if link.entity.order not in found:
                    found[link.entity.order] = (link, {f"chain|{feature}|{link.entity.kind}", f"chain|{feature}"})
                elif same:
                    found[link.entity.order][1].add(f"again|{part}|{place}")
            if same and len(links) == 1:
                for _, seen in found.values():
                    seen.add(f"once-direct|{place}")
            back += 1
        return found

    def _shares(self, link: Link, speaker: Link) -> set[str]:
        """How many of the source's quotations before came through the relay."""
        source = speaker.entity.order
        times = self.past.times[source]
        through = self.past.through.get(source, Counter())[link.entity.order]
        share = "none" if not times else "all" if through == times else "some" if through else "never"
        return {
            f"share={share}",
            f"share={share}|named={speaker.entity.named}",
            f"share={share}|times={min(times, 3)}|{link.entity.kind}",
        }

    def _foreseen(self, quotation: Quotation, speaker: Link) -> list[tuple[int, set[str]]]:
        """Media in the frames of the same source elsewhere, also further on, as in an interview."""
        framed, known = self.framed.get(speaker.entity.order, (Counter(), []))
        others = self.relayed_sources
        result = []
        for order, times in framed.items():
            part = "all" if times >= sum(known) else "most" if 2 * times >= sum(known) else "few"
            result.append(
                (
                    order,
                    {
                        f"foreseen={part}",
                        f"foreseen={part}|of={min(len(known), 4)}",
                        f"foreseen={part}|media={len(framed)}",
                        f"foreseen={part}|framed={bool(quotation.frame)}|others={min(others, 2)}",
                        f"foreseen={part}|only={self.only == order}",
                    },
                )
            )
        return result

    def _general(self, quotation: Quotation, frames: tuple[Span, ...], speaker: Link) -> list[str]:
        """What holds for all candidates of the quotation."""
        sets, text = self.text.nouns.sets, self.text
        words = set(text.words(frames))
        hearsay = bool(sets["hearsay"] & words)
        distant = bool(sets["conjunctive_auxiliaries"] & words)
        reported = bool(sets["conjunctive_auxiliaries"] & set(text.words(quotation.quote)[:12]))
        general = [
            f"type={quotation.type}",
            f"cued={bool(quotation.cue)}",
            f"distant={distant}",
            f"hearsay={hearsay}",
            f"reported={reported}",
            f"nested={quotation.parent is not None}",
            f"speaker={speaker.entity.kind}",
            f"speaker-named={speaker.entity.named}",
            f"addressed={bool(quotation.addressee)}",
            *(f"to={word[:6]}" for word in text.words(quotation.addressee)[-2:]),
        ]
        return [*general, f"distant={distant}|cued={bool(quotation.cue)}|{quotation.type}"]

    def _features(self, link: Link, seen: set[str], general: list[str], speaker: Link) -> list[str]:
        kind = link.entity.kind
        parts = {feature for feature in seen if feature.count("|") <= 1 or feature.startswith("chain")}
        found = [*seen, f"kind={kind}", f"kind={kind}|speaker={speaker.entity.kind}", f"named={link.entity.named}"]
        found += [f"{kind}|{feature}" for feature in general]
        found += [f"{part}|{feature}" for part in parts for feature in general]
        return sorted(found)


def order(links: list[Link], earlier: list[Link]) -> list[Link]:
    """Relays from the outside in: as they stood in a chain before, else media, then the others."""
    place = {link.entity.order: at for at, link in enumerate(earlier)}
    return sorted(links, key=lambda link: (link.entity.kind != "outlet", place.get(link.entity.order, 99)))


def around(text: Reading, quotation: Quotation) -> tuple[Span, ...]:
    """The sentences of quotation and frame, without what is quoted."""
    spans = quotation.quote + quotation.frame
    first = text.sentence(text.token_at(begin(spans)))[0]
    last = text.sentence(max(0, text.token_at(end(spans) - 1)))[1]
    if first >= last:
        return quotation.frame
    edges = [text.tokens.begins[first]]
    quoted = quotation.quote if quotation.type != "Reported" else ()
    for span in sorted(quoted):
        edges += [max(span.begin, edges[-1]), max(span.end, edges[-1])]
    edges.append(max(text.tokens.ends[last - 1], edges[-1]))
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
