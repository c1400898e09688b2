"""What is known of articles while they are compared: kept in memory as long as there is room, and else in the store."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from inquit import stories
from inquit.languages import Language
from inquit.records import Article
from inquit.store import UNDATED, Placed, Trace, Traces
from inquit.stories import Profile, Sketch

PROFILES, OUTLINES, TEXTS, PLACES = 10_000, 200_000, 2_000, 200_000
"""Articles of which profiles, outlines of them, texts and places are held in memory: some 75, 75, 20 and 50 MB."""

Prints = NDArray[np.uint64]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Change:
    """Traces that come and go, the articles of those that come, and stories in which only statements are new."""

    come: list[Trace]
    gone: list[Trace]
    articles: list[Article]
    said_otherwise: set[str]


class Held(Generic[_T]):
    """Values by number, the last used ones of them; what is missing is fetched, many at once."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[int, _T] = OrderedDict()

    def get(self, numbers: Iterable[int], fetch: Callable[[list[int]], Mapping[int, _T]]) -> dict[int, _T]:
        """The values of some numbers; those that there are not are left out."""
        wanted = list(dict.fromkeys(numbers))
        missing = [number for number in wanted if number not in self._values]
        new = fetch(missing) if missing else {}
        found = {}
        for number in wanted:
            if number in self._values:
                self._values.move_to_end(number)
                found[number] = self._values[number]
            elif number in new:
                found[number] = self._values[number] = new[number]
        self._shrink()
        return found

    def put(self, number: int, value: _T) -> None:
        """Hold a value that is known already."""
        self._values[number] = value
        self._shrink()

    def _shrink(self) -> None:
        while len(self._values) > self._size:
            self._values.popitem(last=False)


class Known:
    """What does not change as long as an article has its number."""

    def __init__(self, language: Language, by: str) -> None:
        self.language = language
        self.by = by
        self._profiles: Held[Profile] = Held(PROFILES)
        self._outlines: Held[bytes] = Held(OUTLINES)
        self._texts: Held[Article] = Held(TEXTS)
        self._places: Held[Placed] = Held(PLACES)

    def remember(self, traces: Sequence[Trace], articles: Sequence[Article]) -> None:
        """Take in articles that have got their numbers."""
        for trace, article in zip(traces, articles, strict=True):
            profile = profile_of(trace)
            self._profiles.put(trace.number, profile)
            self._outlines.put(trace.number, stories.outline(profile))
            self._texts.put(trace.number, article)

    def profiles(self, traces: Traces, numbers: Iterable[int]) -> dict[int, Profile]:
        """The profiles of some articles."""
        return self._profiles.get(numbers, lambda some: {one.number: profile_of(one) for one in traces.get(some)})

    def alike(self, profile: Profile, traces: Traces, numbers: Iterable[int]) -> dict[int, Profile]:
        """The profiles of those of some articles that something can hang on or that can hang on it, and of few others.

        An outline says so for most: of hundreds of articles that share a word, few profiles are to be had.
        """
        outlines = self._outlines.get(
            numbers, lambda some: {one.number: stories.outline(profile_of(one)) for one in traces.get(some)}
        )
        alike = stories.perhaps_alike(profile, list(outlines.values()), stories.JOINS)
        return self.profiles(traces, [number for number, may_be in zip(outlines, alike, strict=True) if may_be])

    def texts(self, traces: Traces, numbers: Iterable[int]) -> dict[int, Article]:
        """Some articles."""
        return self._texts.get(numbers, traces.texts)

    def places(self, traces: Traces, numbers: Iterable[int]) -> dict[int, Placed]:
        """Where some articles stand among the others."""
        return self._places.get(numbers, lambda some: {one.number: one for one in traces.placed(some)})


def changed(traces: Traces, due: Sequence[tuple[int, Article | None]], known: Known) -> Change:
    """What the articles that are due change: an article that only says otherwise keeps its trace."""
    old = {one.key: one for one in traces.of_articles(key for key, _ in due)}
    change = Change([], [], [], set())
    come: list[tuple[int, Article]] = []
    for key, article in due:
        trace = old.get(key)
        if article is not None and trace is not None and trace.digest == digest(article, known.by):
            change.said_otherwise.update([trace.story] if trace.story else [])
            continue
        if trace is not None:
            change.gone.append(trace)
        if article is not None:
            come.append((key, article))
            change.articles.append(article)
    sketches = stories.sketch_all(change.articles)
    change.come.extend(_trace(key, article, one, known) for (key, article), one in zip(come, sketches, strict=True))
    return change


def _trace(key: int, article: Article, sketch: Sketch, known: Known) -> Trace:
    return Trace(
        key=key,
        id=article.id,
        outlet=article.outlet,
        published=article.published,
        digest=digest(article, known.by),
        prints=sketch.fingerprints.astype("<u8").tobytes(),
        terms=stories.profile(article, known.language).terms,
    )


def digest(article: Article, by: str) -> str:
    """A digest of all that the comparison reads of an article, and of what compares it."""
    names = ("text", "title", "outlet", "credits", "authors", "url", "published", "furniture", "language")
    content = repr([by, *(getattr(article, name) for name in names)])
    return sha256(content.encode("utf-8", "backslashreplace")).hexdigest()[:24]


def kept_of(traces: Sequence[Trace]) -> tuple[list[list[int]], list[tuple[int, Sequence[str]]]]:
    """Of each trace the fingerprints as the store has them, and its second with its leading terms."""
    prints = [signed(prints_of(one)) for one in traces]
    return prints, [(second(one.published), stories.leading(profile_of(one))) for one in traces]


def second(published: str | None) -> int:
    """The second under which an article is looked up."""
    at = stories.seconds(published)
    return UNDATED if at is None else int(at)


def profile_of(trace: Trace) -> Profile:
    """The profile that a trace holds."""
    return Profile(trace.id, trace.terms, trace.published)


def prints_of(trace: Trace) -> Prints:
    """The fingerprints that a trace holds, ascending."""
    return np.frombuffer(trace.prints, "<u8").astype(np.uint64)


def signed(prints: Prints) -> list[int]:
    """Fingerprints as a database has them, which knows no numbers without a sign."""
    found: list[int] = prints.view(np.int64).tolist()
    return found


def unsigned(prints: Iterable[int]) -> Prints:
    """Fingerprints of a database as they are compared."""
    return np.array(list(prints), np.int64).view(np.uint64)
