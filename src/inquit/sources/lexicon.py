"""Cues of stances: words that point to an assertion, a denial, a demand and so on, looked up by their beginnings."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache

from inquit.languages import Language

MOST_KEPT = 100_000
"""Words whose stances are kept in memory."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues of one language: single words by their first letters, combinations by their first word."""

    single: dict[str, tuple[tuple[str, str], ...]]
    combined: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    seen: dict[str, frozenset[str]] = field(default_factory=dict)
    cues: set[str] = field(default_factory=set)

    def stances(self, word: str) -> frozenset[str]:
        """Stances of the cues that `word` begins with."""
        known = self.seen.get(word)
        if known is None:
            found = self.single.get(word[:2], ())
            known = frozenset(stance for cue, stance in found if word.startswith(cue))
            if len(self.seen) < MOST_KEPT:
                self.seen[word] = known
                if known:
                    self.cues.add(word)
        return known

    def together(self, words: Collection[str]) -> set[str]:
        """Stances of the cues that need several words, all of which are there."""
        have = set(words)
        return {
            stance
            for word in have.intersection(self.combined)
            for stance, rest in self.combined[word]
            if have.issuperset(rest)
        }

    def signs(self, words: Collection[str]) -> set[str]:
        """Stances of all cues among the words."""
        have = set(words)
        found = self.together(have)
        for word in have.difference(self.seen):
            found |= self.stances(word)
        for word in have & self.cues:
            found |= self.seen[word]
        return found


@cache
def lexicon_of(language: Language) -> Lexicon:
    """The cues of a language."""
    single: dict[str, list[tuple[str, str]]] = {}
    combined: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    listed = language.table("stance-cues").items()
    for stance, cue in [(f"{name}-{part}", cue) for name, parts in listed for part in parts for cue in parts[part]]:
        first, *rest = cue.split("+")
        if rest:
            combined.setdefault(first, []).append((stance, tuple(rest)))
        else:
            single.setdefault(cue[:2], []).append((cue, stance))
    return Lexicon({k: tuple(v) for k, v in single.items()}, {k: tuple(v) for k, v in combined.items()})


def cued(words: Collection[str], language: Language) -> set[str]:
    """Stances, each strong or weak, that the words point to."""
    return lexicon_of(language).signs(words)
