"""What the primary source does with the content: asserts, confirms, denies, demands, commits itself, or doubts.

A log-linear classifier over the words of cue, frame and content, their classes in a lexicon, negation and mood.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from inquit.languages import Language
from inquit.records import Quotation, Spans, Stance
from inquit.sources.content import Content, content, coverage
from inquit.sources.reading import Reading, begin
from inquit.sources.weights import Classifier, classifier

BEGINNING = 6
"""Letters by which words count as the same, a light stemmer."""
MOST_WORDS = 60
"""Words of the content that are looked at; a stance shows early or in the frame."""
LOOK_BACK = 24
"""Quotations before one that it may answer; keeps the time linear."""
ANSWERS = (0.001, 0.15, 0.3, 0.5)
"""Bounds of the classes of the share of content that an earlier statement has."""
MOST_SIGNS = 2
"""Words that are shown for a stance."""
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
    listed = language.table("stance-cues").items()
    for stance, cue in [(f"{name}-{part}", cue) for name, parts in listed for part in parts for cue in parts[part]]:
        first, *rest = cue.split("+")
        if rest:
            combined.setdefault(first, []).append((stance, tuple(rest)))
        else:
            single.setdefault(cue[:2], []).append((cue, stance))
    return Lexicon({k: tuple(v) for k, v in single.items()}, {k: tuple(v) for k, v in combined.items()}, {})


def cued(words: list[str], language: Language) -> set[str]:
    """Stances, each strong or weak, that the words point to."""
    lexicon = _lexicon(language)
    return {stance for word in words for stance in lexicon.stances(word)} | lexicon.together(words)


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a quotation: the one around it, the frames of the same speaker, and what it may answer.

    `answers` is the class of the share of its content that an earlier statement of another source has, `opposed`
    whether one of the two is negated.
    """

    outer: Quotation | None
    frames: Spans
    answers: int
    opposed: bool


def settings(
    text: Reading, quotations: tuple[Quotation, ...], sources: Mapping[int, str | None], language: Language
) -> dict[int, Setting]:
    """The setting of each quotation by id; `sources` are the names of the primary sources."""
    by_id = {quotation.id: quotation for quotation in quotations}
    frames: dict[Spans, Spans] = {}
    for quotation in quotations:
        if quotation.speaker and quotation.frame:
            frames.setdefault(quotation.speaker, quotation.frame)
    found: dict[int, Setting] = {}
    before: deque[tuple[str | None, Content, bool]] = deque(maxlen=LOOK_BACK)
    for quotation in sorted(quotations, key=lambda q: (begin(q.quote), q.id)):
        words = set(text.words(quotation.quote))
        negated = not text.nouns.sets["negations"].isdisjoint(words)
        own, source = content(text, quotation.quote, language), sources.get(quotation.id)
        others = [other for other in before if other[0] != source]
        shares = [(coverage(own, other), negated != no) for _, other, no in others]
        share, opposed = max(shares, default=(0.0, False))
        found[quotation.id] = Setting(
            outer=by_id.get(quotation.parent) if quotation.parent is not None else None,
            frames=frames.get(quotation.speaker, ()) if not quotation.frame else (),
            answers=bisect_left(ANSWERS, share),
            opposed=opposed and share > 0,
        )
        before.append((source, own, negated))
    return found


@dataclass(frozen=True, slots=True)
class Judgement:
    """A stance with its reason, and the probability that the quotation denies or doubts."""

    stance: Stance
    why: str
    denial: float


def judged(text: Reading, quotation: Quotation, setting: Setting, language: Language) -> Judgement:
    """The stance of a quotation and the words that speak for it."""
    model = classifier(language, "stance")
    if model is None:
        return Judgement("assert", "stance: assert", 0.0)
    found = features(text, quotation, setting, language)
    chances = model.probabilities(found)
    at = max(range(len(chances)), key=chances.__getitem__)
    stance: Stance = model.labels[at]  # type: ignore[assignment]
    return Judgement(
        stance, f"stance: {stance} {_shown(text, quotation, stance, setting, language)}", denial(model, chances)
    )


def _shown(text: Reading, quotation: Quotation, stance: Stance, setting: Setting, language: Language) -> str:
    """What speaks for a stance, in words: those of frame and content that point to it, or what they stand against."""
    words = [*text.words(quotation.cue), *text.words(quotation.frame), *text.words(quotation.quote)[:MOST_WORDS]]
    lexicon = _lexicon(language)
    signs = [word for word in dict.fromkeys(words) if any(sign.startswith(stance) for sign in lexicon.stances(word))]
    if not signs:
        for word in dict.fromkeys(words):
            for sign, rest in lexicon.combined.get(word, ()):
                if sign.startswith(stance) and all(other in words for other in rest):
                    signs += [word, *rest]
    if signs:
        return "by " + ", ".join(f"“{word}”" for word in signs[:MOST_SIGNS])
    if stance == "assert":
        return "as nothing points to another stance"
    if setting.opposed:
        return "as it is the opposite of what another says before"
    return "by its wording as a whole"


def denial(model: Classifier, chances: Sequence[float]) -> float:
    """Probability that a quotation denies or doubts."""
    return sum(chance for label, chance in zip(model.labels, chances, strict=True) if label in {"deny", "doubt"})


def features(text: Reading, quotation: Quotation, setting: Setting, language: Language) -> list[str]:
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
    found.update(f"{kind}2={one[:BEGINNING]}_{two[:BEGINNING]}" for one, two in pairwise(content))
    found.update(f"{kind}first={word}" for word in content[:2])
    if content:
        found.add(f"{kind}last={content[-1] if content[-1][0].isalnum() or len(content) == 1 else content[-2]}")
    found.update(mark for mark in ("!", "?") if mark in content)
    negated = not text.nouns.sets["negations"].isdisjoint(content)
    found.add(f"{kind}|negated={negated}|answers={setting.answers}~")
    found.add(f"{kind}|answers={setting.answers}~")
    outer = text.words(setting.outer.quote)[:MOST_WORDS] if setting.outer is not None else []
    around = _around(text, quotation)
    places = (("cue", cue), ("frame", frame), (kind, content), ("outer", outer), ("same", text.words(setting.frames)))
    for place, words in (*places, ("around", around)):
        stances = {stance for word in words for stance in lexicon.stances(word)} | lexicon.together(words)
        found.update(f"{place}~{stance}" for stance in stances)
        if stances:
            found.add(f"{place}~{'+'.join(sorted(stances))}")
    return sorted(found)


def _around(text: Reading, quotation: Quotation) -> list[str]:
    """The rest of the sentence that a short quotation is part of."""
    if quotation.type != "Direct" or not quotation.quote:
        return []
    span = quotation.quote[0]
    first, last = text.sentence(text.token_at(span.begin))
    inside = range(*text.token_range(span))
    return [text.lower[at] for at in range(first, min(last, first + MOST_WORDS)) if at not in inside]
