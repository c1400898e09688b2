"""Who a speaker span means: the mention in it, and the entity that the mention takes up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from inquit.records import Quotation, Span, Spans
from inquit.sources.antecedents import Anaphor, Discourse, candidates, new_features, rows, verb_number
from inquit.sources.entities import Cast, Entity, is_name, place
from inquit.sources.phrases import Mention, phrase, phrase_end
from inquit.sources.reading import Reading
from inquit.sources.sayings import Sayings, Speaker

Choose = Callable[[list[list[str]], list[str] | None, list[Entity]], int | None]
"""Features of the candidates, features of "none of these" (or `None`), the candidates -> index, `None` for none."""


@dataclass(slots=True)
class Resolver:
    """Resolves speaker spans of one article; `choose` decides between candidates."""

    text: Reading
    cast: Cast
    choose: Choose
    talk: Discourse = field(default_factory=Discourse)
    echoes: Callable[[Quotation], dict[int, str]] | None = None
    citing: bool = False
    besides: Entity | None = None
    settled: set[int] = field(default_factory=set)

    @property
    def sayings(self) -> Sayings:
        """Whose nouns of saying are."""
        return Sayings(self)

    def speaker(self, spans: Spans, quotation: Quotation) -> Speaker | None:
        """The speaker that `spans` mean, `None` where they are empty or outside the article's tokens."""
        for span in spans:
            first, last = self.text.token_range(span)
            if last > first:
                self._look_around(first, last, quotation)
                return self._subject_instead(first, last) or self.phrase(first, last)
        return None

    def _subject_instead(self, first: int, last: int) -> Speaker | None:
        """The subject of the frame, where what is marked as speaker is plainly an object: "him she accuses"."""
        text, sets, frame = self.text, self.text.nouns.sets, self.talk.frame
        word = text.lower[first]
        feminine = text.lower[last - 1].endswith(text.nouns.endings["feminine_endings"])
        if word not in sets["dative"] or not (word != "der" or feminine):
            return None
        if last + 1 in frame and last + 1 < len(text) and text.lower[last + 1] in sets["personal"]:
            return self.pronoun(last + 1)
        marked = self.cast.at_token.get(last - 1)
        if marked is not None and marked.kind in {"outlet", None}:
            before = self.cast.mentions(frame.start, first)
            agents = {"person", "group", "organization"}
            if before and before[0].kind in agents and before[0].determiner not in sets["oblique"]:
                return self.mention([before[0]], before[0].first, before[0].last)
        return None

    def _look_around(self, first: int, last: int, quotation: Quotation) -> None:
        """Notes the frame, whose other mentions (the addressee) are unlikely to be taken up."""
        frames = [self.text.token_range(span) for span in quotation.frame]
        near = [(a, b) for a, b in frames if a <= last and b >= first]
        self.talk.frame = range(*near[0]) if near else range(first, last)
        barred = {
            entity.order
            for span in quotation.addressee
            for token in range(*self.text.token_range(span))
            if (mention := self.cast.at_token.get(token)) is not None and (entity := self.cast.of(mention)) is not None
        }
        self.talk.barred = tuple(barred)
        self.talk.content = tuple(range(*self.text.token_range(span)) for span in quotation.quote)
        self.talk.echo = self.echoes(quotation) if self.echoes is not None else {}

    def before_relative(self, spans: Spans) -> Speaker | None:
        """Whom a relative clause is about where its own subject was marked: "some, with whom we spoke, said"."""
        text, sets = self.text, self.text.nouns.sets
        for span in spans[:1]:
            first, last = text.token_range(span)
            clause = last - first == 1 and first > 3 and text.lower[first - 1] in sets["relatives"]
            if clause and text.lower[first - 2] in sets["prepositions"] and text.tokens.words[first - 3] == ",":
                found = self.cast.at_token.get(first - 4)
                if found is not None and found.last == first - 3:
                    begins = found.first
                    while begins > 0 and text.lower[begins - 1] in sets["indefinite"]:
                        begins -= 1
                    if begins < found.first:
                        name = text.string(begins, found.last)
                        entity = self.cast.new(found, name, named=False)
                        return Speaker(entity, text.tokens.span(begins, found.last), f"{name!r} stands for itself")
                    return self.phrase(found.first, found.last)
        return None

    def phrase(self, first: int, last: int, *, citing: bool = False) -> Speaker:
        """The source that the tokens `[first, last)` name; where `citing`, only "the X" takes something up."""
        self.citing = citing
        found = self._whom(first, last)
        self.citing = False
        return found

    def _whom(self, first: int, last: int) -> Speaker:
        text, sets = self.text, self.text.nouns.sets
        lower = text.lower[first:last]
        while len(lower) > 1 and lower[0] in sets["prepositions"] and lower[0] not in sets["definite"]:
            first, lower = first + 1, lower[1:]
        mentions = self.cast.mentions(first, last)
        bare = len(lower) == 1 or (len(lower) == 2 and not text.tokens.words[first + 1][0].isupper())
        if bare and not mentions and lower[0] in sets["pronouns"]:
            return self.pronoun(first)
        speech = next((at for at in range(first, last) if text.lower[at] in sets["speech_nouns"]), None)
        speech = speech if speech is not None else self.sayings.owned_document(mentions)
        if speech is not None and not any(m.core < speech and m.last != speech + 1 for m in mentions):
            return self.sayings.said(first, speech, last, mentions)
        if last - first <= 2 and (found := self.sayings.stated(first, last)) is not None:
            return found
        if not mentions:
            return self.bare(first, last)
        pronoun = next((at for at in range(first, last) if text.lower[at] in sets["personal"]), None)
        if pronoun is not None and mentions[0].kind in {None, "document"} and not mentions[0].name:
            return self.pronoun(pronoun)
        own = len(mentions) > 1 and mentions[0].kind == "outlet" and text.is_own(mentions[0].name)
        if own and mentions[1].first > mentions[0].last and text.lower[mentions[0].last] in sets["heard_from"]:
            mentions = mentions[1:]
        return self.mention(self.after_attribute(mentions, first), first, last)

    def after_attribute(self, mentions: list[Mention], first: int) -> list[Mention]:
        """Drops the nouns inside an attribute: "a clerk" of "a with the plans familiar clerk"."""
        text, sets = self.text, self.text.nouns.sets
        determined = text.lower[first] in sets["indefinite"] or text.lower[first] in sets["definite"]
        if first + 1 >= len(text) or not determined or text.lower[first + 1] not in sets["prepositions"]:
            return mentions
        for at, mention in enumerate(mentions):
            before = text.lower[mention.core - 1]
            inside = before in sets["prepositions"] or before in sets["definite"] or before in sets["indefinite"]
            if (
                mention.core - first > 2
                and not inside
                and before.endswith(self.text.nouns.endings["adjective_endings"])
            ):
                mention.first, mention.determiner = first, text.lower[first]
                mention.definite = "i" if text.lower[first] in sets["indefinite"] else "d"
                own = self.cast.of(mention)
                if own is not None and len(own.mentions) == 1 and not own.named:
                    own.name = phrase(text, mention)
                return mentions[at:]
        return mentions

    def bare(self, first: int, last: int) -> Speaker:
        """A span without any known noun: a pointer back, or a phrase that stands for itself."""
        text, sets = self.text, self.text.nouns.sets
        lower = text.lower[first:last]
        span = text.tokens.span(first, last)
        if lower[0] in sets["demonstrative_adverbs"] and len(lower) <= 2:
            return Speaker(None, span, f"{text.text[span.begin : span.end]!r} refers back", same=True)
        mention = Mention(first=first, core=first, last=last)
        words = text.tokens.words
        nouns = [words[at] for at in range(first, last) if words[at][0].isupper()]
        mention.head = nouns[0] if nouns else words[last - 1]
        mention.heads = (mention.head,)
        if lower[0] in sets["definite"]:
            mention.definite, mention.determiner = "d", lower[0]
        elif lower[0] in sets["indefinite"]:
            mention.definite, mention.determiner = "i", lower[0]
        return self.described(mention, span)

    def pronoun(self, token: int, *, possessive: bool = False, besides: Entity | None = None) -> Speaker:
        """The antecedent of the pronoun at `token`, which is not `besides`."""
        self.besides = besides
        text, sets = self.text, self.text.nouns.sets
        word = text.lower[token]
        span = text.tokens.span(token, token + 1)
        gender = "m" if word in sets["pronouns_masculine"] else ""
        gender = gender or ("f" if word in sets["pronouns_feminine"] else "")
        number = verb_number(text, token) if word in sets["pronouns_plural"] else "s" if gender else ""
        if number == "p":
            gender = ""
        form = "possessive" if possessive else word if word in sets["pronoun_forms"] else "pronoun"
        if form in sets["number_pronouns"]:
            form = f"{form}-{number}"
        anaphor = Anaphor(token=token, form=form, gender=gender, number=number, word=word)
        entity = self._choose(anaphor, None)
        self.besides = None
        if entity is None:
            return Speaker(None, span, f"{text.text[span.begin : span.end]!r} takes up no one", same=True)
        entity = self._deeper(entity)
        return Speaker(entity, span, f"{text.text[span.begin : span.end]!r} takes up {entity.name!r}")

    def outlet(self, mention: Mention) -> Entity | None:
        """The entity of a mention, where a medium without a name takes up a named one."""
        entity = self.cast.of(mention) or place(self.cast, mention)
        if entity is None or entity.named or mention.kind != "outlet":
            return entity
        return self.described(mention, mention.span(self.text)).entity

    def mention(self, mentions: list[Mention], first: int, last: int) -> Speaker:
        """The entity of the first mention, or of the name that stands beside it."""
        text = self.text
        one = mentions[0]
        both = self._coordinated(mentions, first, last)
        if both is not None:
            return both
        named = next((m for m in mentions[1:] if self._apposed(one, m, last)), None)
        if self.cast.of(one) is None and one.kind is None and not is_name(self.text, one, None):
            self._take_for_agent(one)
        entity = self.cast.of(one) or place(self.cast, one)
        end = min(phrase_end(text, one), last)
        span = text.tokens.span(max(one.first, min(first, one.core)), max(end, one.last))
        if named is not None:
            entity = self.cast.of(named) or place(self.cast, named) or entity
        elif one.kind == "outlet" and one.determiner in self.text.nouns.sets["this_medium"]:
            own = self.cast.new(one, phrase(text, one), named=False)
            return Speaker(own, span, f"{own.name!r} is the medium that prints the article")
        elif entity is not None and not one.name and not one.joined:
            return self.described(one, span)
        if entity is None:
            entity = self.cast.new(one, one.name or phrase(text, one), named=bool(one.name))
        return Speaker(entity, span, f"{text.text[span.begin : span.end]!r} is {entity.name!r}")

    def _take_for_agent(self, one: Mention) -> None:
        """An unknown noun that speaks: a person where it ends as nouns for persons do."""
        sets = self.text.nouns.sets
        one.head, one.heads, one.name = one.name, tuple(one.name.split()), ""
        for gender, determiners in (("m", sets["masculine"]), ("f", sets["feminine"])):
            if one.determiner in determiners and one.head.endswith(self.text.nouns.endings[f"agent_endings_{gender}"]):
                one.kind, one.gender, one.number = "person", gender, "s"
                return

    def _coordinated(self, mentions: list[Mention], first: int, last: int) -> Speaker | None:
        """Several who speak together: the whole phrase names them."""
        if len(mentions) < 2:
            return None
        text = self.text
        glue = text.nouns.sets["coordination"]
        gaps = [text.lower[one.last : two.first] for one, two in pairwise(mentions)]
        gaps = [gap[gap.index(")") + 1 :] if ")" in gap else gap for gap in gaps]
        if len(gaps[-1]) != 1 or gaps[-1][0] not in glue or any(gap != [","] for gap in gaps[:-1]):
            return None
        whole = mentions[0].first <= first and phrase_end(text, mentions[-1]) >= last
        if any(m.kind != mentions[0].kind for m in mentions) and not all(m.name for m in mentions) and not whole:
            return None
        if mentions[0].first > first + 1:
            return None
        joint = Mention(first=max(first, mentions[0].first), core=mentions[0].core, last=min(last, mentions[-1].last))
        joint.kind, joint.number = "group", "p"
        if all(m.kind == "organization" for m in mentions):
            joint.kind = "organization"
        joint.name = text.string(joint.first, joint.last)
        entity = self.cast.new(joint, joint.name, named=all(m.name for m in mentions))
        return Speaker(entity, joint.span(text), f"{joint.name!r} speak together")

    def _apposed(self, one: Mention, two: Mention, last: int) -> bool:
        """Whether `two` is the name that follows the description `one` after a comma; the span ends before `last`."""
        entity = self.cast.of(two)
        if one.kind not in {"person", None} or (one.name and one.kind):
            return False
        if two.first == 0 or self.text.lower[two.first - 1] != ",":
            return False
        if entity is None or not entity.named:
            return two.kind is None and " " in two.name and two.last >= last - 1 and one.definite == "d"
        return entity.kind == "person"

    def described(self, one: Mention, span: Span) -> Speaker:
        """What a description takes up, or itself where it takes up nothing."""
        form = one.kind or "thing"
        anaphor = Anaphor(token=one.core, form=form, gender=one.gender, number=one.number, mention=one)
        anaphor.early = self.text.paragraph_of[one.core] == 0
        if not anaphor.gender and one.determiner in self.text.nouns.sets["masculine_subject"]:
            anaphor.gender, anaphor.number = "m", "s"
        elif not anaphor.gender and one.determiner in self.text.nouns.sets["neuter_subject"]:
            anaphor.gender, anaphor.number = "n", "s"
        fresh = self.citing and one.definite != "d"
        entity = self._medium(one, early=anaphor.early) or self._withheld(one)
        if entity is None and not fresh:
            entity = self._choose(anaphor, span)
        shown = self.text.text[span.begin : span.end]
        if one.age and span.end == self.text.tokens.ends[one.last - 1]:
            shown = self.text.text[span.begin : self.text.tokens.ends[one.last + 2]]
        if entity is None:
            own = self.cast.of(one)
            if own is None or own.named:
                own = self.cast.new(one, shown, named=False)
            if (len(shown) > len(own.name) and one.definite == "i") or not own.name:
                own.name = shown
            return Speaker(own, span, f"{shown!r} stands for itself")
        self.cast.assign(one, entity)
        if self.cast.of(one) is not entity:
            entity.taken.append(one)
        entity = self._deeper(entity)
        return Speaker(entity, span, f"{shown!r} takes up {entity.name!r}")

    def _withheld(self, one: Mention) -> Entity | None:
        """The one unnamed person quoted so far, whom "the insider" takes up."""
        if (
            one.definite != "d"
            or one.number == "p"
            or one.head.casefold() not in self.text.nouns.sets["withheld_heads"]
        ):
            return None
        unnamed = [
            entity
            for entity in (self.cast.entities[order] for order in self.talk.times)
            if entity.kind == "person" and not entity.named and entity.number != "p"
        ]
        return unnamed[0] if len(unnamed) == 1 else None

    def _medium(self, one: Mention, *, early: bool) -> Entity | None:
        """The named medium that "the paper" takes up: the last one before, or in a headline the only one at all."""
        sets, own = self.text.nouns.sets, self.text.is_own
        head = one.head.casefold()
        if early and self.talk.only_outlet >= 0 and (one.kind == "outlet" or head in sets["report_nouns"]):
            return self.cast.entities[self.talk.only_outlet]
        if one.kind != "outlet" or one.definite != "d" or one.number == "p" or head in sets["outlet_general"]:
            return None
        named = [
            (entity, where)
            for entity, where in self.cast.near(one.core)
            if entity.kind == "outlet" and entity.named and not own(entity.name)
        ]
        return next((entity for entity, where in named if where < one.core), None)

    def _deeper(self, entity: Entity) -> Entity:
        """The entity that a description takes up in its turn: he -> the man -> a 34-year-old."""
        first = entity.mentions[0]
        if entity.named or first.definite not in {"d", "p"} or entity.order in self.settled:
            return entity
        self.settled.add(entity.order)
        anaphor = Anaphor(first.core, first.kind or "thing", first.gender, first.number, first)
        anaphor.early = self.text.paragraph_of[first.core] == 0
        found = self._choose(anaphor, None)
        if found is None or found is entity:
            return entity
        for mention in tuple(entity.mentions):
            found.add(mention, self.text.nouns.sets["parties"])
            self.cast.entity_of[id(mention)] = found
        return found

    def _choose(self, anaphor: Anaphor, span: Span | None) -> Entity | None:
        found = [(one, at) for one, at in candidates(self.cast, anaphor, self.talk) if one is not self.besides]
        described = anaphor.mention is not None
        new = new_features(self.text, anaphor, self.talk) if described else None
        if not found:
            return None
        at = self.choose(rows(self.cast, anaphor, found, self.talk), new, [entity for entity, _ in found])
        return None if at is None else found[at][0]
