"""Which articles carry another's text, how much of it, and who has it from whom."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inquit.records import Article, Span
from inquit.stories.alignment import Aligned, align, shared_words, spans, spans_there
from inquit.stories.outlets import credits_outlet
from inquit.stories.sketches import Sketch, boilerplate, candidates, postings
from inquit.stories.times import seconds
from inquit.stories.wording import SEED, Hashes, Wording, within, wordings

LEAST_CARRIED = 0.2
"""Share of the words of either article that both have in common before one carries the other's text.
Story sets 1 to 4: 0.55 and more for copies, 0.15 and less between articles that only tell the same."""

FEWEST_WORDS = 25
"""Words in common before one article carries the other's text; below, two short notes of the same fact agree."""

MOSTLY = 0.5
"""The share that has to be in common where it is one sentence: a sentence alone is what everybody quotes."""

WHOLE = 0.8
"""Share of the original's words from which on an article is a copy and not an abridged version. Story sets 1 to 4:
0.95 and more for copies, 0.62 and less for abridged versions."""

_LONGEST_QUOTED = 600
"""Characters up to which marks are taken for a pair."""

_QUOTED = re.compile(rf"[„“«»\"](?=[^\s])[^„“«»\"]{{1,{_LONGEST_QUOTED}}}[“”«»\"]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """`derived` carries text of `original`: passages in both, shares of the words of both, and why this way round."""

    derived: Article
    original: Article
    evidence: tuple[Span, ...]
    original_evidence: tuple[Span, ...]
    words: int
    share: float
    original_share: float
    why: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether the original is carried as a whole."""
        return self.original_share >= WHOLE


def find_reuse(articles: Sequence[Article], sketches: Sequence[Sketch]) -> list[Reuse]:
    """All pairs of articles of which one carries text of the other; `sketches` in the order of `articles`."""
    known = postings(sketches)
    standing = boilerplate(sketches, known)
    pairs = candidates(sketches, standing, known)
    held = _Held(articles)
    found = []
    for at in range(0, len(pairs), _PAIRS_AT_ONCE):
        some = pairs[at : at + _PAIRS_AT_ONCE]
        words = held.words(position for pair in some for position in pair)
        for one, other in some:
            if not _worth_aligning(words[other], words[one]):
                continue
            common = _common(sketches[one].fingerprints, sketches[other].fingerprints, standing)
            reuse = _compare(Worded(articles[one], words[one]), Worded(articles[other], words[other]), common)
            found += [reuse] if reuse is not None else []
    return found


def _common(one: Hashes, other: Hashes, standing: Hashes) -> Hashes:
    """The fingerprints that are boilerplate and that both have."""
    held = one[within(one, standing)]
    return held[within(held, other)] if len(held) else held


_PAIRS_AT_ONCE = 2_000
"""Pairs of which the words are read in one go."""

_KEPT_WORDINGS = 100_000
"""Articles whose words are kept at a time, about four kilobytes each and up to five where they are the earlier one."""


class _Held:
    """The words of articles by their positions, the last ones that were asked for."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self._words: dict[int, Wording] = {}

    def words(self, positions: Iterable[int]) -> dict[int, Wording]:
        """The words of some articles."""
        wanted = dict.fromkeys(positions)
        missing = [position for position in wanted if position not in self._words]
        read = [self._articles[position] for position in missing]
        new = dict(zip(missing, wordings((one.text, one.furniture) for one in read), strict=True))
        found = {position: self._words.get(position) or new[position] for position in wanted}
        self._words |= new
        for position in list(self._words)[: max(0, len(self._words) - _KEPT_WORDINGS)]:
            del self._words[position]
        return found


@dataclass(frozen=True, slots=True)
class Worded:
    """An article with its words."""

    article: Article
    words: Wording


def compare(one: Article, other: Article, standing: Hashes | None = None) -> Reuse | None:
    """How one of two articles carries the other's text; `None` where neither does.

    `standing` are the fingerprints that both have and that are `boilerplate`, ascending.
    """
    here, there = wordings([(one.text, one.furniture), (other.text, other.furniture)])
    return _compare(Worded(one, here), Worded(other, there), standing) if _worth_aligning(here, there) else None


def _worth_aligning(here: Wording, there: Wording) -> bool:
    return _enough(*shared_words(here, there), len(here), len(there))


def _compare(one: Worded, other: Worded, standing: Hashes | None) -> Reuse | None:
    derived, original, why = _direction(one.article, other.article)
    first, second = (one.words, other.words) if derived is one.article else (other.words, one.words)
    aligned = without_standing(align(first, second), first, standing)
    own = aligned.words - _quoted_words(derived.text, first, aligned)
    if not _enough(own, own, len(first), len(second)):
        return None
    evidence = spans(aligned, first)
    if max(aligned.share, aligned.there_share) < MOSTLY and _sentences(derived.text, first, aligned) < 2:
        return None
    return Reuse(
        derived=derived,
        original=original,
        evidence=evidence,
        original_evidence=tuple(sorted(spans_there(aligned, second))),
        words=aligned.words,
        share=aligned.share,
        original_share=aligned.there_share,
        why=why,
    )


def without_standing(aligned: Aligned, first: Wording, standing: Hashes | None) -> Aligned:
    """The passages that are not text which outlets print under many articles."""
    if standing is None or not len(standing):
        return aligned
    flags = np.zeros(len(first.runs) + 1, np.int64)
    np.cumsum(within(first.runs, standing), out=flags[1:])
    ends = [(passage, passage.begin, passage.end - SEED + 1) for passage in aligned.passages]
    kept = tuple(
        passage for passage, begin, end in ends if (flags[end] - flags[begin]) / (end - begin) < _STANDING_SHARE
    )
    if len(kept) == len(aligned.passages):
        return aligned
    words = sum(passage.words for passage in kept)
    scale = words / max(1, aligned.words)
    return Aligned(kept, words, aligned.share * scale, aligned.there_share * scale)


_STANDING_SHARE = 0.12
"""Share of the runs of words of a passage from which on it is boilerplate: half of those that a sketch keeps."""


def _enough(words: int, words_there: int, length: int, length_there: int) -> bool:
    """Whether so many words in common, of texts so long, are text that one has from the other."""
    fewest, share = min(words, words_there), max(words / max(1, length), words_there / max(1, length_there))
    if fewest < FEWEST_WORDS:
        return share >= WHOLE and fewest >= WHOLE * min(length, length_there)
    return share >= LEAST_CARRIED


def _sentences(text: str, words: Wording, aligned: Aligned) -> int:
    """Sentences of a text of which passages have five words or more."""
    ends = np.array([match.end() for match in _SENTENCE_END.finditer(text)], np.int64)
    counts = np.bincount(ends.searchsorted(_places(words, aligned), "right"))
    return int((counts >= SEED).sum())


_SENTENCE_END = re.compile(r"[.!?][»“”\"«)]*\s+|\n+")


def _places(words: Wording, aligned: Aligned) -> NDArray[np.int64]:
    """Where the words of passages begin."""
    passages = [words.begins[passage.begin : passage.end] for passage in aligned.passages]
    return np.concatenate([np.empty(0, np.int64), *passages])


def _quoted_words(text: str, words: Wording, aligned: Aligned) -> int:
    """Shared words between quotation marks: what was said is the speaker's text, and every outlet may have heard it."""
    marks = [match.span() for match in _QUOTED.finditer(text)]
    if not marks:
        return 0
    begins, ends = np.array(marks).T
    positions = _places(words, aligned)
    nearest = begins.searchsorted(positions, "right") - 1
    return int(((nearest >= 0) & (positions < ends[nearest])).sum())


def _direction(one: Article, other: Article) -> tuple[Article, Article, tuple[str, ...]]:
    """Which of two articles with the same text derives from which, and the reasons: credits, time, then length."""
    credited = credits_outlet(one, other.outlet)
    if credited != credits_outlet(other, one.outlet):
        derived, original = (one, other) if credited else (other, one)
        return derived, original, (f"credits {original.outlet}", *_later(derived, original))
    first, second = seconds(one.published), seconds(other.published)
    if first is not None and second is not None and first != second:
        derived, original = (one, other) if first > second else (other, one)
        return derived, original, _later(derived, original)
    if len(one.text) != len(other.text):
        derived, original = (one, other) if len(one.text) < len(other.text) else (other, one)
        return derived, original, ("shorter; no credit and no time says who was first",)
    derived, original = (one, other) if one.id > other.id else (other, one)
    return derived, original, ("nothing in the texts says who was first",)


def _later(derived: Article, original: Article) -> tuple[str, ...]:
    first, second = seconds(derived.published), seconds(original.published)
    if first is None or second is None:
        return ()
    if first >= second:
        return (f"published {_ago(first - second)} later",)
    return (f"published {_ago(second - first)} earlier, by the times the outlets give",)


def _ago(difference: float) -> str:
    """A span of time in the largest unit that says it."""
    for size, unit in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if difference >= 2 * size:
            return f"{round(difference / size)} {unit}"
    return f"{round(difference)} seconds"
