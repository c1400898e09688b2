"""What the primary source does with the content: asserts, confirms, denies, demands, commits itself, or doubts.

A log-linear classifier over the words of cue, frame and content, their classes in a lexicon, negation and mood.
"""

from dataclasses import dataclass
from functools import cache

from inquit.languages import Language
from inquit.records import Quotation, Stance
from inquit.sources.reading import Reading
from inquit.sources.weights import classifier

BEGINNING = 6
"""Letters by which words count as the same, a light stemmer."""
MOST_WORDS = 60
"""Words of the content that are looked at; a stance shows early or in the frame."""
MOST_KEPT = 100_000
"""Words whose stances are kept in memory."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues of one language: single words by their first letters, combinations by their first word."""

    single: dict[str, tuple[tuple[str, str], ...]]
    combined: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    seen: dict[str, frozenset[str]]

    def stances(self, word: str) -> frozenset[str]:
        """Stances of the cues that `word` begins with."""
        known = self.seen.get(word)
        if known is None:
            found = self.single.get(word[:2], ())
            known = frozenset(stance for cue, stance in found if word.startswith(cue))
            if len(self.seen) < MOST_KEPT:
                self.seen[word] = known
        return known

    def together(self, words: list[str]) -> set[str]:
        """Stances of the cues that need several words, all of which are there."""
        have = set(words)
        return {
            stance
            for word in have
            if word in self.combined
            for stance, rest in self.combined[word]
            if all(other in have for other in rest)
        }


@cache
def _lexicon(language: Language) -> Lexicon:
    single: dict[str, list[tuple[str, str]]] = {}
    combined: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for stance, cues in language.table("stance-cues").items():
        for cue in cues:
            first, *rest = cue.split("+")
            if rest:
                combined.setdefault(first, []).append((stance, tuple(rest)))
            else:
                single.setdefault(cue[:2], []).append((cue, stance))
    return Lexicon({k: tuple(v) for k, v in single.items()}, {k: tuple(v) for k, v in combined.items()}, {})


def judged(text: Reading, quotation: Quotation, language: Language) -> tuple[Stance, str]:
    """The stance of a quotation and the words that speak for it."""
    model = classifier(language, "stance")
    if model is None:
        return "assert", "stance: assert"
    found = features(text, quotation, language)
    label, probability = model.best(found)
    stance: Stance = label  # type: ignore[assignment]
    at = model.labels.index(label)
    best = sorted((f for f in found if f in model.weights), key=lambda f: -model.weights[f][at])[:2]
    return stance, f"stance: {stance} ({probability:.2f}) by {', '.join(best)}"


def features(text: Reading, quotation: Quotation, language: Language) -> list[str]:
    """Features of one quotation for the stance classifier."""
    lexicon = _lexicon(language)
    cue = text.words(quotation.cue)
    frame = text.words(quotation.frame)[:MOST_WORDS]
    content = text.words(quotation.quote)[:MOST_WORDS]
    kind = "R" if quotation.type == "Reported" else "D" if quotation.type == "Direct" else "I"
    found = {f"type={quotation.type}", f"cued={bool(cue)}", f"nested={quotation.parent is not None}"}
    found.update(f"cue={word[:BEGINNING]}" for word in cue)
    if len(cue) > 1:
        found.add("cues=" + "_".join(word[:BEGINNING] for word in cue[:3]))
    found.update(f"frame={word[:BEGINNING]}" for word in frame if word[0].isalnum())
    found.update(f"{kind}={word[:BEGINNING]}" for word in content if word[0].isalnum())
    found.update(f"{kind}2={one[:BEGINNING]}_{two[:BEGINNING]}" for one, two in zip(content, content[1:], strict=False))
    found.update(f"{kind}first={word}" for word in content[:2])
    if content:
        found.add(f"{kind}last={content[-1] if content[-1][0].isalnum() else (content[-2] if len(content) > 1 else '')}")
    if "!" in content:
        found.add("!")
    if "?" in content:
        found.add("?")
    for place, words in (("cue", cue), ("frame", frame), (kind, content)):
        stances = {stance for word in words for stance in lexicon.stances(word)} | lexicon.together(words)
        found.update(f"{place}~{stance}" for stance in stances)
        if stances:
            found.add(f"{place}~{'+'.join(sorted(stances))}")
    return sorted(found)
