"""Words by which the article itself keeps its distance from the content of a quotation."""

from dataclasses import dataclass
from functools import cache

from inquit.languages import Language
from inquit.records import Quotation, Span
from inquit.sources.reading import Reading
from inquit.sources.weights import classifier

BEGINNING = 6
"""Letters of a word that its features keep."""


@dataclass(frozen=True, slots=True)
class Words:
    """The hedge words of one language."""

    beginnings: tuple[str, ...]
    exact: frozenset[str]

    def base(self, word: str) -> str | None:
        """The hedge word that `word` is a form of, `None` where it is none."""
        if word in self.exact:
            return word
        if not word.startswith(self.beginnings):
            return None
        return next(beginning for beginning in self.beginnings if word.startswith(beginning))


@cache
def _words(language: Language) -> Words:
    table = language.table("source-hedges")
    return Words(tuple(table["words"]), frozenset(table["exact"]))


def candidates(text: Reading, quotation: Quotation, language: Language) -> list[tuple[Span, list[str]]]:
    """Hedge words in the frame and in what the article says in its own words, each with its features."""
    words = _words(language)
    places = [("frame", quotation.frame)]
    if quotation.type != "Direct":
        places.append(("quote", quotation.quote))
    found: list[tuple[Span, list[str]]] = []
    seen: set[int] = set()
    for place, spans in places:
        for span in spans:
            for token in range(*text.token_range(span)):
                base = None if token in seen or text.quoted[token] else words.base(text.lower[token])
                if base is not None:
                    seen.add(token)
                    found.append((text.tokens.span(token, token + 1), _features(text, quotation, token, base, place)))
    return found


def _features(text: Reading, quotation: Quotation, token: int, base: str, place: str) -> list[str]:
    first, last = text.sentence(token)
    sentence = text.lower[first:last]
    perfect = _perfect(text, token, last)
    after = text.lower[token + 1] if token + 1 < last else ""
    before = text.lower[token - 1] if token > first else ""
    words = [word[:BEGINNING] for word in sentence if word[0].isalpha()]
    found = {
        f"word={base}",
        f"{base}|{quotation.type}",
        f"{base}|{place}",
        f"{base}|{quotation.type}|{place}",
        f"{base}|perfect={perfect}",
        f"{base}|perfect={perfect}|{quotation.type}|{place}",
        f"perfect={perfect}|{place}",
        f"{base}|speaker={bool(quotation.speaker)}",
        f"{base}|cued={bool(quotation.cue)}|{place}",
        f"{base}|nested={quotation.parent is not None}",
        f"{base}|after={after[:BEGINNING]}",
        f"{base}|before={before[:BEGINNING]}",
        f"{base}|end={text.lower[_end(text, token, last)][-4:]}",
        f"begins={token == first}|{base}",
    }
    found.update(f"with={word}" for word in words[-3:])
    return sorted(found)


def _end(text: Reading, token: int, last: int) -> int:
    """Last word of the clause around `token`."""
    at = token
    while at + 1 < last and text.lower[at + 1] not in {",", ";", ":", ".", "–"}:
        at += 1
    return at


def _perfect(text: Reading, token: int, last: int) -> bool:
    """Whether the clause ends in an infinitive of the perfect or passive, as evidential "soll" takes it."""
    return text.lower[_end(text, token, last)] in text.nouns.sets["perfect_infinitives"]


def hedged(text: Reading, quotation: Quotation, language: Language) -> tuple[Span, ...]:
    """The hedges of one quotation, in order."""
    model = classifier(language, "hedge")
    found = candidates(text, quotation, language)
    if model is None:
        return tuple(sorted(span for span, _ in found))
    return tuple(sorted(span for span, features in found if model.best(features)[0] == "hedge"))
