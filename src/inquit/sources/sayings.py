"""Nouns for what is said, and whose they are: "statements of the police", "his account", "company data"."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from inquit.records import Span
from inquit.sources.entities import Cast, Entity, place
from inquit.sources.phrases import Mention
from inquit.sources.reading import Reading

SHORTEST_STEM = 3
"""Letters of the shortest name before "-statement" in a compound."""


@dataclass(slots=True)
class Speaker:
    """What a speaker span came to: the entity and the mention's characters; `same` means "whoever spoke before"."""

    entity: Entity | None
    mention: Span
    why: str = ""
    same: bool = False
    document: Entity | None = None


class Resolving(Protocol):
    """Who finds whom a mention or pronoun means."""

    text: Reading
    cast: Cast

    def mention(self, mentions: list[Mention], first: int, last: int) -> Speaker:
        """The entity of the first mention, or of the name that stands beside it."""

    def pronoun(self, token: int, *, possessive: bool = False, besides: Entity | None = None) -> Speaker:
        """The antecedent of the pronoun at `token`, which is not `besides`."""

    def bare(self, first: int, last: int) -> Speaker:
        """A span without any known noun."""

    def described(self, one: Mention, span: Span) -> Speaker:
        """What a description takes up, or itself."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """Whose the nouns of saying of one article are."""

    resolver: Resolving

    @property
    def text(self) -> Reading:
        """The article."""
        return self.resolver.text

    @property
    def cast(self) -> Cast:
        """Who is in it."""
        return self.resolver.cast

    def owned_document(self, mentions: list[Mention]) -> int | None:
        """Token of a document whose author follows it in the genitive: the police report of X, the paper of X."""
        for one, two in pairwise(mentions):
            genitive = two.first == one.last and two.determiner in self.text.nouns.sets["genitive"]
            if (
                one.kind == "document"
                and not one.name
                and genitive
                and two.kind in {"organization", "person", "outlet"}
            ):
                return one.last - 1
        return None

    def said(self, first: int, speech: int, last: int, mentions: list[Mention]) -> Speaker:
        """A noun of saying: the genitive after it speaks, or its possessive, or the subject of "own"."""
        text, sets = self.text, self.text.nouns.sets
        before = text.lower[first:speech]
        after = [m for m in mentions if m.core > speech and m.kind != "document"]
        if after:
            found = self.resolver.mention(after, after[0].first, last)
            found.document = self._document(mentions, speech)
            return found
        owner = next((m for m in mentions if m.last <= speech and m.kind in {"person", "organization", "outlet"}), None)
        if owner is not None:
            return self.resolver.mention([owner], owner.first, speech)
        if not sets["own"].isdisjoint(before):
            return self._subject(first)
        if before and before[0] in sets["possessive"]:
            return self.resolver.pronoun(first, possessive=True)
        return self._by_itself(mentions, first, last, before)

    def _by_itself(self, mentions: list[Mention], first: int, last: int, before: list[str]) -> Speaker:
        """A noun of saying that nobody owns: a document, reports as such, or a pointer back."""
        text, sets = self.text, self.text.nouns.sets
        document = next((m for m in mentions if m.kind == "document"), None)
        if document is not None:
            return self._report(document) or self.resolver.mention([document], first, last)
        if before and before[0] not in sets["first_reports"] and text.nouns.is_adjective(before[0]):
            return self.resolver.bare(first, last)
        return Speaker(None, text.tokens.span(first, last), "refers back to the source before", same=True)

    def _report(self, document: Mention) -> Speaker | None:
        """The medium whose report "the report" is: the last one named before, or told of as one with a report."""
        text, sets = self.text, self.text.nouns.sets
        if document.definite != "d" or document.head.casefold() not in sets["report_nouns"]:
            return None
        for entity, where in self.cast.near(document.core):
            if where >= document.core or entity is self.cast.of(document):
                continue
            if entity.kind == "outlet" and entity.named and not text.is_own(entity.name):
                span = document.span(text)
                shown = text.text[span.begin : span.end]
                return Speaker(entity, span, f"{shown!r} is that of {entity.name!r}")
            if entity.kind == "document" and document.head.casefold() in entity.heads and not self._of_medium(entity):
                return None
        return None

    def _of_medium(self, report: Entity) -> bool:
        """Whether a report is a medium's: the noun says so, or the name of one follows it."""
        for mention in report.mentions:
            after = self.cast.at_token.get(mention.last) or self.cast.at_token.get(mention.last + 1)
            if after is not None and after.kind == "outlet":
                return True
        return False

    def stated(self, first: int, last: int) -> Speaker | None:
        """Whose statement a compound names: "company statement" is the company's."""
        text = self.text
        word = text.tokens.words[last - 1].casefold()
        ending = next((one for one in text.nouns.endings["statement_endings"] if word.endswith(one)), None)
        stem = word.removesuffix(ending or "").rstrip("-") if ending is not None else ""
        if len(stem) < SHORTEST_STEM:
            return None
        span = text.tokens.span(first, last)
        prefix = text.tokens.words[last - 1][: -len(ending or "")]
        known = self.cast.names.get(stem)
        if known is None and prefix.endswith("-"):
            mention = Mention(first=last - 1, core=last - 1, last=last, name=prefix.rstrip("-"), kind="organization")
            known = place(self.cast, mention)
        forms = {stem, stem.removesuffix("s"), stem.removesuffix("en"), stem.removesuffix("n")}
        for entity, _ in [] if known is not None else self.cast.near(first):
            if entity.kind in {"organization", "group"} and any(
                head.endswith(form) for head in entity.heads for form in forms
            ):
                known = entity
                break
        if known is None:
            return self._body_of(prefix, last - 1)
        return Speaker(known, span, f"{text.text[span.begin : span.end]!r} is {known.name!r}")

    def _body_of(self, prefix: str, token: int) -> Speaker | None:
        """The body whose statement a compound names, where it is called so nowhere: "company statement"."""
        nouns = self.text.nouns
        if prefix.casefold() not in nouns.sets["general_bodies"]:
            return None
        mention = Mention(first=token, core=token, last=token + 1, head=prefix, heads=(prefix,), definite="d")
        mention.noun, mention.kind = nouns.noun(prefix), "organization"
        return self.resolver.described(mention, self.text.tokens.span(token, token + 1))

    def _document(self, mentions: list[Mention], speech: int) -> Entity | None:
        for mention in mentions:
            if mention.core <= speech < mention.last and mention.kind == "document":
                return self.cast.of(mention)
        return None

    def _subject(self, token: int) -> Speaker:
        """The first person or body of the sentence: the one whose own statement it is."""
        begin, end = self.text.sentence(token)
        for at in range(begin, end):
            mention = self.cast.at_token.get(at)
            if mention is not None and mention.kind in {"person", "organization", "group"} and at != token:
                return self.resolver.mention([mention], mention.first, mention.last)
            if mention is None and self.text.lower[at] in self.text.nouns.sets["personal"]:
                return self.resolver.pronoun(at)
        return Speaker(None, self.text.tokens.span(token, token + 1), "own words of the source before", same=True)
