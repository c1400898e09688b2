"""What the primary source does with the content: asserts, confirms, denies, demands, commits itself, or doubts.

A log-linear classifier over the words of cue, frame and content, their classes in a lexicon, negation and mood.
"""

import math
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from inquit.languages import Language
from inquit.records import Quotation, Spans, Stance
from inquit.sources.content import content, coverage
from inquit.sources.denied import Denied
from inquit.sources.lexicon import Lexicon, lexicon_of
from inquit.sources.reading import Reading, begin
from inquit.sources.weights import Classifier, classifier

BEGINNING = 6
"""Letters by which words count as the same, a light stemmer."""
MOST_WORDS = 60
"""Words of the content that are looked at; a stance shows early or in the frame."""
LOOK_BACK = 24
"""Quotations before one that it may answer; keeps the time linear."""
CLAUSE = 8
"""Words at the beginning of a content that tell of whom it speaks."""
EARLY = 6
"""Words at the beginning of a content that count by being there: verbs that come second, and their subjects."""
CLAUSE_ENDS = frozenset(",;:.–-—!?")
"""Marks between clauses."""
PLACES = (2, CLAUSE)
"""Bounds of the classes of the place of the first negation: at once, in the first clause, later; by judgement."""
MOST_SIGNS = 2
"""Words that are shown for a stance."""
ASSERTED = 0.8
"""What the probability of `assert`, which most quotations are, counts beside those of the others. Set in six folds over
the training articles, where 0.6, 0.8 and 1 find 62, 59 and 57 of 100 other stances, and 86.0, 86.6 and 86.8 of all are
right; with the gold quotations of the development sets the three get 87.3, 87.3 and 87.8 right (source-chains), and
86.4, 87.1 and 85.8 (stories)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a quotation: the one around it, the frames of the same speaker, and what it may answer.

    `before` are the quotations of other sources just before it, `beside` names what points to a denial near the
    quotation and elsewhere, `source` is the name of the primary source.
    """

    outer: Quotation | None
    frames: Spans
    before: tuple[Quotation, ...] = ()
    beside: frozenset[str] = frozenset()
    source: str | None = None


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
    denied = Denied(text, quotations, sources, language)
    before: deque[Quotation] = deque(maxlen=LOOK_BACK)
    for quotation in sorted(quotations, key=lambda q: (begin(q.quote), q.id)):
        source = sources.get(quotation.id)
        found[quotation.id] = Setting(
            outer=by_id.get(quotation.parent) if quotation.parent is not None else None,
            frames=frames.get(quotation.speaker, ()) if not quotation.frame else (),
            before=tuple(other for other in before if sources.get(other.id) != source),
            beside=denied.beside(quotation),
            source=source,
        )
        before.append(quotation)
    return found


@dataclass(frozen=True, slots=True)
class Judgement:
    """The score of each stance, the probability that the quotation denies or doubts, and what was told of it.

    The probability is that of a model of its own, `denial`, which knows gold articles alone: so the models of disputes,
    which weigh it, have learned it, and the stance may learn from more denials than articles have.
    """

    scores: tuple[float, ...]
    denial: float
    features: tuple[str, ...] = ()


def judged(text: Reading, quotation: Quotation, setting: Setting, language: Language) -> Judgement:
    """How much speaks for each stance of a quotation by itself."""
    model = classifier(language, "stance")
    if model is None:
        return Judgement((), 0.0)
    found = features(text, quotation, setting, language)
    denying = classifier(language, "denial") or model
    return Judgement(tuple(model.scores(found)), denial(denying, denying.probabilities(found)), tuple(found))


def stances(
    quotations: Sequence[Quotation],
    judgements: Mapping[int, Judgement],
    names: Mapping[int, Sequence[str]],
    language: Language,
) -> dict[int, Stance]:
    """The stance of each quotation by id; `names` are those of the links of its chain.

    Words in marks inside what the same sources say do what the whole does: such quotations are heard together.
    """
    model = classifier(language, "stance")
    if model is None:
        return {quotation.id: "assert" for quotation in quotations}
    prior = [math.log(ASSERTED) if label == "assert" else 0.0 for label in model.labels]
    heard: dict[int, list[tuple[float, ...]]] = {one.id: [judgements[one.id].scores] for one in quotations}
    for inner in quotations:
        outer = inner.parent
        if outer in heard and outer != inner.id and names[inner.id] == names[outer]:
            heard[inner.id].append(judgements[outer].scores)
            heard[outer].append(judgements[inner.id].scores)
    return {number: _likeliest(model, prior, scores) for number, scores in heard.items()}


def _likeliest(model: Classifier, prior: Sequence[float], heard: Sequence[Sequence[float]]) -> Stance:
    """The stance with the highest score in the mean of those `heard`."""
    means = [sum(column) / len(heard) for column in zip(*heard, strict=True)]
    sums = [one + first for one, first in zip(means, prior, strict=True)]
    stance: Stance = model.labels[max(range(len(sums)), key=sums.__getitem__)]  # type: ignore[assignment]
    return stance


def reason(text: Reading, quotation: Quotation, stance: Stance, setting: Setting, language: Language) -> str:
    """A stance with what speaks for it, as a line of `why`."""
    return f"stance: {stance} {_shown(text, quotation, stance, setting, language)}"


def _shown(text: Reading, quotation: Quotation, stance: Stance, setting: Setting, language: Language) -> str:
    """What speaks for a stance, in words: those of frame and content that point to it, or what they stand against."""
    words = [*text.words(quotation.cue), *text.words(quotation.frame), *text.words(quotation.quote)[:MOST_WORDS]]
    lexicon = lexicon_of(language)
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
    if _is_opposed(text, quotation, setting.before, language):
        return "as it is the opposite of what another says before"
    return "by its wording as a whole"


def _is_opposed(text: Reading, quotation: Quotation, before: Sequence[Quotation], language: Language) -> bool:
    """Whether one of the quotation and the statement before that has most of its content is negated."""
    own, negated = content(text, quotation.quote, language), _is_negated(text, quotation)
    shares = [
        (coverage(own, content(text, other.quote, language)), negated != _is_negated(text, other)) for other in before
    ]
    share, opposed = max(shares, default=(0.0, False))
    return opposed and share > 0


def _is_negated(text: Reading, quotation: Quotation) -> bool:
    return not text.nouns.sets["negations"].isdisjoint(text.words(quotation.quote))


def denial(model: Classifier, chances: Sequence[float]) -> float:
    """Probability that a quotation denies or doubts."""
    return sum(chance for label, chance in zip(model.labels, chances, strict=True) if label in {"deny", "doubt"})


def features(text: Reading, quotation: Quotation, setting: Setting, language: Language) -> list[str]:
    """Features of one quotation for the stance classifier."""
    lexicon = lexicon_of(language)
    cue = text.words(quotation.cue)
    frame = text.words(quotation.frame)[:MOST_WORDS]
    content = text.words(quotation.quote)[:MOST_WORDS]
    kind = "R" if quotation.type == "Reported" else "D" if quotation.type == "Direct" else "I"
    found = {f"type={quotation.type}", f"cued={bool(cue)}", f"nested={quotation.parent is not None}"}
    found.update(f"cue={word[:BEGINNING]}" for word in cue)
    if len(cue) > 1:
        found.add("cues=" + "_".join(word[:BEGINNING] for word in cue[:3]))
    found.update(f"frame={word[:BEGINNING]}" for word in frame if word[0].isalnum())
    found |= _worded(kind, content)
    negation = _first_negation(text, content)
    found.update(f"{sign}~" for sign in setting.beside)
    found.update(f"{sign}|negated={negation > 0}~" for sign in setting.beside)
    found.add(f"{kind}|negation={negation}~")
    found.add(f"negation={negation}|cued={bool(cue)}|denied={len(setting.beside) > 0}~")
    outer = text.words(setting.outer.quote)[:MOST_WORDS] if setting.outer is not None else []
    around = _around(text, quotation)
    places = (("cue", cue), ("frame", frame), (kind, content), ("outer", outer), ("same", text.words(setting.frames)))
    for place, words in (*places, ("around", around)):
        stances = lexicon.signs(words)
        found.update(f"{place}~{stance}" for stance in stances)
        if stances:
            found.add(f"{place}~{'+'.join(sorted(stances))}")
    for place, words in (("frame", frame), (kind, content)):
        found |= _negated(text, place, words, lexicon)
    return sorted(found | _signs(text, kind, content, setting, lexicon))


def _worded(kind: str, content: list[str]) -> set[str]:
    """The words of a content, by the kind of quotation and whatever it is; its first and last ones by their place."""
    short = [word[:BEGINNING] for word in content]
    found = {f"{name}={word}" for name in (kind, "any") for word in short if word[0].isalnum()}
    found.update(f"{kind}2={one}_{two}" for one, two in pairwise(short))
    found.update(f"{kind}first={word}" for word in content[:2])
    found.update(f"{kind}early={word}" for word in short[:EARLY])
    if content:
        found.add(f"{kind}last={content[-1] if content[-1][0].isalnum() or len(content) == 1 else content[-2]}")
    return found | {mark for mark in ("!", "?") if mark in content}


def _signs(text: Reading, kind: str, content: list[str], setting: Setting, lexicon: Lexicon) -> set[str]:
    """The signs of a content, each with its subject and tense, and whether the source itself is the subject."""
    stances = lexicon.signs(content)
    # "Will gehört haben" and "soll gesagt haben" tell of what was, and neither commit nor demand.
    perfect = not text.nouns.sets["perfect_infinitives"].isdisjoint(content[-2:])
    by = _subject(text, content)
    found = {f"any~{stance}" for stance in stances}
    found.update(f"{kind}~{stance}|by={by}" for stance in stances)
    found.update(f"{kind}~{stance}|perfect={perfect}" for stance in stances)
    if setting.source:
        names = {part.casefold()[:BEGINNING] for part in setting.source.split() if part[:1].isupper()}
        is_own = any(word[:BEGINNING] in names for word in content[:CLAUSE])
        found.add(f"{kind}|own={is_own}~")
        if is_own:
            found.update(f"{kind}~{stance}|own" for stance in lexicon.signs(next(_clauses(content), [])))
    return found


def _negated(text: Reading, place: str, words: list[str], lexicon: Lexicon) -> set[str]:
    """The signs that stand in one clause with a negation: who does not deny something confirms it, or neither."""
    negations = text.nouns.sets["negations"]
    clauses = [clause for clause in _clauses(words) if not negations.isdisjoint(clause)]
    return {f"{place}~{stance}|negated" for clause in clauses for stance in lexicon.signs(clause)}


def _clauses(words: list[str]) -> Iterator[list[str]]:
    """The words between marks, about the clauses of a sentence."""
    for is_clause, clause in groupby(words, lambda word: word not in CLAUSE_ENDS):
        if is_clause:
            yield list(clause)


def _first_negation(text: Reading, words: list[str]) -> int:
    """Class of the place of the first negation: 0 for none, 1 to 3 for the first words, the clause, and later."""
    negations = text.nouns.sets["negations"]
    at = next((at for at, word in enumerate(words) if word in negations), -1)
    return 0 if at < 0 else bisect_left(PLACES, at) + 1


def _subject(text: Reading, words: list[str]) -> str:
    """Who the content speaks of first: "first" for the speaker himself, "personal" for somebody taken up, or none."""
    sets = text.nouns.sets
    for word in words[:CLAUSE]:
        for name in ("first_person", "ranked_pronouns"):
            if word in sets[name]:
                return name
    return "none"


def _around(text: Reading, quotation: Quotation) -> list[str]:
    """The rest of the sentence that a short quotation is part of."""
    if quotation.type != "Direct" or not quotation.quote:
        return []
    span = quotation.quote[0]
    first, last = text.sentence(text.token_at(span.begin))
    inside = range(*text.token_range(span))
    return [text.lower[at] for at in range(first, min(last, first + MOST_WORDS)) if at not in inside]
