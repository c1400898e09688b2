"""Which sources of the articles of a story are the same source under another name or description.

Named sources are the same when their names agree. A source without a name is the same as another only where the
texts say so: one article has it from the other, or carries the other's text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from inquit.languages import Language
from inquit.records import Ledger, Link, Source
from inquit.stories.outlets import outlet_words
from inquit.stories.terms import family, weight
from inquit.stories.wording import plain

Node = tuple[str, str]
"""A source as one article has it: the article's id and the source's name there."""

_WORD = re.compile(r"[^\W_]+")
_TELLING = 0.7
"""Weight of a word from which on it says who a source is: half of all articles have it, or fewer."""


@dataclass(slots=True)
class Identity:
    """Sources of a story, joined as they turn out to be the same; `sources[node]` is how its article has it."""

    sources: dict[Node, Source] = field(default_factory=dict)
    _parents: dict[Node, Node] = field(default_factory=dict)

    def add(self, article: str, source: Source) -> Node:
        """A source of an article; the first mention says kind and naming, a surer naming later replaces it."""
        node = (article, source.name)
        known = self.sources.get(node)
        if known is None or _SURENESS[source.naming] > _SURENESS[known.naming]:
            self.sources[node] = source
        self._parents.setdefault(node, node)
        return node

    def root(self, node: Node) -> Node:
        """The node that stands for all that are the same as this one."""
        while self._parents[node] != node:
            self._parents[node] = self._parents[self._parents[node]]
            node = self._parents[node]
        return node

    def join(self, one: Node, other: Node) -> None:
        """Two nodes are the same source; the smaller one stands for both, so that order makes no difference."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parents[second] = first

    def same(self, one: Node, other: Node) -> bool:
        """Whether two nodes are known to be one source."""
        return self.root(one) == self.root(other)

    def members(self, node: Node) -> list[Node]:
        """All nodes that are the same source as this one."""
        root = self.root(node)
        return sorted(other for other in self._parents if self.root(other) == root)

    def copy(self) -> "Identity":
        """The same sources, to be joined further for one claim alone."""
        return Identity(dict(self.sources), dict(self._parents))


_SURENESS = {"described": 0, "anonymous": 1, "named": 2}


def identify(ledgers: Sequence[Ledger], links: Iterable[Link], language: Language) -> Identity:
    """The sources of all articles of a story; those that are the same are joined."""
    identity = Identity()
    for ledger in ledgers:
        for quotation in ledger.quotations:
            for source in quotation.chain:
                identity.add(ledger.article.id, source)
    named = [node for node, source in identity.sources.items() if source.naming == "named"]
    _join_named(identity, named)
    outlets = {ledger.article.id: ledger.article.outlet for ledger in ledgers}
    for link in links:
        if link.original in outlets:
            _join_relayed(identity, link, outlets, language)
    return identity


def _join_named(identity: Identity, named: Sequence[Node]) -> None:
    """Names that agree are one source, unless a short one fits two full ones."""
    full: dict[tuple[str, ...], list[Node]] = {}
    for node in named:
        full.setdefault(_name_key(identity.sources[node]), []).append(node)
    for nodes in full.values():
        for node in nodes[1:]:
            identity.join(nodes[0], node)
    for key, nodes in full.items():
        longer = [other for other in full if len(other) > len(key) and _short_for(key, other)]
        maximal = [one for one in longer if not any(len(two) > len(one) and _short_for(one, two) for two in longer)]
        if len(maximal) == 1:
            identity.join(nodes[0], full[maximal[0]][0])


def _name_key(source: Source) -> tuple[str, ...]:
    return ((source.kind == "outlet" and "outlet") or "", *outlet_words(source.name))


def _short_for(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name is the last words of a longer one: the surname, the short form of a body."""
    return short[0] == long[0] and len(short) > 1 and long[1:][-len(short[1:]) :] == short[1:]


def _join_relayed(identity: Identity, link: Link, outlets: Mapping[str, str | None], language: Language) -> None:
    """Unnamed sources that an article has from another are those of the other, where the descriptions agree best."""
    theirs = [node for node in identity.sources if node[0] == link.original and _unnamed(identity, node)]
    for node in [node for node in identity.sources if node[0] == link.derived and _unnamed(identity, node)]:
        scored = [
            (agreement(identity.sources[node].name, identity.sources[other].name, language), other) for other in theirs
        ]
        scored = [pair for pair in scored if pair[0] >= _AGREES]
        best = max(scored, default=None, key=lambda pair: (pair[0], pair[1]))
        if best is not None and sum(pair[0] == best[0] for pair in scored) == 1:
            identity.join(node, best[1])


_AGREES = 0.5
"""Share of the telling words of the shorter description that two descriptions of one source have in common."""


def _unnamed(identity: Identity, node: Node) -> bool:
    return identity.sources[node].naming != "named" and identity.sources[node].kind != "outlet"


def agreement(one: str, other: str, language: Language) -> float:
    """How far two descriptions agree, 0 to 1: share of the telling words of the shorter one.

    0 where the nouns that they begin with are two kinds of people; "Insider" and "Mitarbeiter" may be anyone.
    """
    first, second = _description(one, language), _description(other, language)
    if not first or not second:
        return 0.0
    anyone = may_be_anyone(one, language) or may_be_anyone(other, language)
    if not anyone and not (_alike(first[0], second[0]) and _feminine(one) == _feminine(other)):
        return 0.0
    short, long = sorted((first, second), key=len)
    return sum(any(_alike(word, other_word) for other_word in long) for word in short) / len(short)


def _head(name: str) -> str:
    """The noun that a description begins with."""
    return next((word for word in _WORD.findall(name)[1:] if word[0].isupper()), next(iter(_WORD.findall(name)), ""))


def _feminine(name: str) -> bool:
    return _head(name).endswith(("in", "innen"))


def may_be_anyone(name: str, language: Language) -> bool:
    """Whether the noun of a description fits any unnamed source: "ein Insider", "eine vertraute Person"."""
    return plain(_head(name)) in language.table("story-words")["anyone"]


def _alike(one: str, other: str) -> bool:
    shortest = min(len(one), len(other))
    return one == other or (shortest >= 5 and (one.startswith(other[: shortest - 1]) or one.endswith(other)))


@lru_cache(maxsize=16_384)
def _description(name: str, language: Language) -> tuple[str, ...]:
    words = [family(word, language) for word in (_head(name), *_WORD.findall(name))]
    return tuple(dict.fromkeys(word for word in words if weight(word, language) >= _TELLING))


def speaks_for_body(name: str, language: Language) -> bool:
    """Whether a description is that of somebody who speaks for a body."""
    signs = tuple(language.table("story-words")["speaks_for"])
    return any(plain(word).endswith(signs) for word in _WORD.findall(name))
