"""What the primary source does with the content: asserts, confirms, denies, demands, commits itself, or doubts.

A log-linear classifier over the words of cue, frame and content, their classes in a lexicon, negation and mood.
"""

from functools import cache

from inquit.languages import Language
from inquit.records import Quotation, Stance
from inquit.sources.reading import Reading
from inquit.sources.weights import classifier

BEGINNING = 6
"""Letters by which words count as the same, a light stemmer."""
MOST_WORDS = 60
"""Words of the content that are looked at; a stance shows early or in the frame."""

Cues = tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


@cache
def _cues(language: Language) -> Cues:
    table = language.table("stance-cues")
    return tuple((stance, tuple(tuple(cue.split("+")) for cue in cues)) for stance, cues in table.items())


@cache
def _stances(language: Language, word: str) -> frozenset[str]:
    """Single cues that `word` begins with, as stances."""
    return frozenset(
        stance for stance, cues in _cues(language) for cue in cues if len(cue) == 1 and word.startswith(cue[0])
    )


def _pairs(language: Language, words: list[str]) -> set[str]:
    """Stances of the cues that need two words or more."""
    have = set(words)
    return {
        stance
        for stance, cues in _cues(language)
        for cue in cues
        if len(cue) > 1 and all(part in have for part in cue)
    }


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
        stances = {stance for word in words for stance in _stances(language, word)} | _pairs(language, words)
        found.update(f"{place}~{stance}" for stance in stances)
        if stances:
            found.add(f"{place}~{'+'.join(sorted(stances))}")
    return sorted(found)
