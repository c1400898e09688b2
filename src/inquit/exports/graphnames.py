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
        self._articles = [(article, name_key(outlet)) for article, outlet in articles]
        self._keys = dict.fromkeys(key for _, key in self._articles if key)
        self._keys.update(dict.fromkeys(name_key(link.outlet) for link in links if link.outlet))

    def first_of(self, names: Sequence[str], article: str) -> str | None:
        """The outermost name that is an outlet, and not that of the article itself."""
        own = next((key for one, key in self._articles if one == article), "")
        for name in names:
            key = name_key(name)
            if key and not _same(key, own) and any(_same(key, known) for known in self._keys):
                return name
        return None

    def article(self, name: str, article: str, links: Sequence[Link]) -> str | None:
        """The article of that outlet that another has something from: the linked one, else the last before it."""
        key = name_key(name)
        those = [one for one, known in self._articles if _same(key, known) and one != article]
        linked = [link.original for link in links if link.original in those]
        if linked:
            return linked[0]
        order = [one for one, _ in self._articles]
        earlier = [one for one in those if order.index(one) < order.index(article)]
        return earlier[-1] if earlier else None


def _same(one: str, other: str) -> bool:
    """Whether one name has all words of the other."""
    if one == other:
        return True
    mine, theirs = set(one.split()), set(other.split())
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)
