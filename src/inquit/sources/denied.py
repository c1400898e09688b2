"""What points to a denial around a quotation: in its sentence, before it, in what its source says elsewhere."""

from collections.abc import Mapping

from inquit.languages import Language
from inquit.records import Quotation
from inquit.sources.lexicon import cued
from inquit.sources.reading import Reading, begin, end

BEGINNING = 6
"""Letters by which names count as the same."""
MOST_WORDS = 60
"""Words of a sentence that are looked at."""
NEAR = 3
"""Quotations before and after one that are looked at for the same source."""


class Denied:
    """The denials of one article by their words, asked for each quotation."""

    def __init__(
        self, text: Reading, quotations: tuple[Quotation, ...], sources: Mapping[int, str | None], language: Language
    ) -> None:
        self.text, self.language, self.sources = text, language, sources
        self.by_id = {quotation.id: quotation for quotation in quotations}
        self.sentences = [self._signs(text.lower[first:last]) for first, last in text.tokens.sentences]
        self.ordered = sorted(quotations, key=lambda q: (begin(q.quote), q.id))
        self.place = {quotation.id: at for at, quotation in enumerate(self.ordered)}
        self.own = {q.id: self._signs(text.words(q.frame) + text.words(q.quote)) for q in quotations}
        negations = text.nouns.sets["negations"]
        self.negated = {q.id: not negations.isdisjoint(text.words(q.quote)) for q in quotations}
        self.deniers = self._deniers()

    def _signs(self, words: list[str]) -> frozenset[str]:
        return frozenset(sign[5:] for sign in cued(words[:MOST_WORDS], self.language) if sign.startswith("deny"))

    def _deniers(self) -> frozenset[str]:
        """Beginnings of the names in sentences that speak of a denial."""
        found = set()
        for (first, last), signs in zip(self.text.tokens.sentences, self.sentences, strict=True):
            if "strong" in signs:
                found |= {
                    self.text.lower[at][:BEGINNING]
                    for at in range(first, min(last, first + MOST_WORDS))
                    if self.text.tokens.words[at][:1].isupper()
                }
        return frozenset(found)

    def beside(self, quotation: Quotation) -> frozenset[str]:
        """Names of the signs."""
        text, found = self.text, set()
        first = text.token_at(begin(quotation.quote))
        last = text.token_at(max(0, end(quotation.quote) - 1))
        for token, step, name in ((first, 0, "here"), (first, -1, "before"), (last, 1, "after")):
            if token < len(text):
                at = text.sentence_of[token] + step
                if (
                    0 <= at < len(self.sentences)
                    and text.paragraph_of[text.tokens.sentences[at][0]] == text.paragraph_of[token]
                ):
                    found |= {f"{name}-denied={sign}" for sign in self.sentences[at]}
        found |= self._same_source(quotation)
        if quotation.parent is not None and quotation.parent in self.by_id:
            outer = self.by_id[quotation.parent]
            found |= {f"outer-denies={sign}" for sign in self.own[outer.id]}
            found.add(f"outer-negated={self.negated[outer.id]}")
            if self.sources.get(outer.id) == self.sources.get(quotation.id):
                found |= {f"same-outer-denies={sign}" for sign in self.own[outer.id]}
                found.add(f"same-outer-negated={self.negated[outer.id]}")
        return frozenset(found)

    def _same_source(self, quotation: Quotation) -> set[str]:
        source = self.sources.get(quotation.id)
        found: set[str] = set()
        if source is None:
            return found
        at = self.place[quotation.id]
        for step in (*range(-NEAR, 0), *range(1, NEAR + 1)):
            if 0 <= at + step < len(self.ordered):
                other = self.ordered[at + step]
                if self.sources.get(other.id) == source:
                    side = "earlier" if step < 0 else "later"
                    found |= {f"{side}-denies={sign}" for sign in self.own[other.id]}
                    if abs(step) == 1:
                        found.add(f"{side}-negated={self.negated[other.id]}")
        names = {part.casefold()[:BEGINNING] for part in source.split() if part[:1].isupper()}
        if not names.isdisjoint(self.deniers):
            found.add("denier")
        return found
