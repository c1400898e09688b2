"""Names of outlets as articles decline them: "des Morgenblatts" and "Morgenblatt" are drawn as one."""

import re
from collections.abc import Sequence

from inquit.exports.excerpts import LONGEST_NAME
from inquit.records import Link

_WORD = re.compile(r"\w+")
_ENDING = re.compile(r"(?:e[nrsm]?|n|s)$")
_SHORTEST = 4
_ARTICLES = frozenset({"der", "die", "das", "des", "dem", "den", "ein", "eine", "einer", "eines", "einem", "einen"})


def name_key(name: str) -> str:
    """What is the same for all forms of a name."""
    found = [word for word in _WORD.findall(name[:LONGEST_NAME].casefold()) if word not in _ARTICLES]
    return " ".join(map(_stem, found))


def _stem(word: str) -> str:
    """A word without its endings; "Kuriers" and "Kurier" lose the same ones, so all are taken."""
    while len(word) > _SHORTEST and (shorter := _ENDING.sub("", word)) != word:
        word = shorter
    return word


class Outlets:
    """The outlets of a claim's articles, and those that links name."""

    def __init__(self, articles: Sequence[tuple[str, str]], links: Sequence[Link]) -> None:
        """`articles` are pairs of an article's id and its outlet, in the order of time."""
        self._order = {article: place for place, (article, _) in enumerate(articles)}
        self._own = {article: name_key(outlet) for article, outlet in articles}
        self._by_outlet: dict[str, list[str]] = {}
        for article, key in self._own.items():
            self._by_outlet.setdefault(key, []).append(article)
        named = [name_key(link.outlet) for link in links if link.outlet]
        self._words = {key: frozenset(key.split()) for key in (*self._by_outlet, *named) if key}

    def first_of(self, names: Sequence[str], article: str) -> str | None:
        """The outermost name that is an outlet, and not that of the article itself."""
        own = self._own.get(article, "")
        for name in names:
            found = self._known(name)
            if found and own not in found:
                return name
        return None

    def article(self, name: str, article: str, links: Sequence[Link]) -> str | None:
        """The article of that outlet that another has something from: the linked one, else the last before it."""
        those = [one for key in self._known(name) for one in self._by_outlet.get(key, ()) if one != article]
        linked = [link.original for link in links if link.original in those]
        if linked:
            return linked[0]
        earlier = [one for one in those if self._order[one] < self._order[article]]
        return max(earlier, key=lambda one: self._order[one], default=None)

    def _known(self, name: str) -> list[str]:
        """The outlets that a name may mean: that of the same name, else those of which one name has all words."""
        key = name_key(name)
        if not key or key in self._words:
            return [key] if key else []
        mine = frozenset(key.split())
        return [known for known, theirs in self._words.items() if mine <= theirs or theirs <= mine]
