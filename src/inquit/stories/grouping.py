"""Articles into stories: each hangs on the earlier article that it is most like, and a story is what hangs together.

What an article hangs on depends on the articles before it alone, and on nobody's order of arrival: a new article can
only become what later ones within `OPEN_DAYS` hang on.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from inquit.stories.profiles import Profile, likeness, outline, perhaps_alike
from inquit.stories.times import place, seconds

JOINS = 0.3
"""Likeness (cosine) of two articles from which on they are on one event. Story sets 1 to 4: each article has an earlier
one at 0.38 or more, none of another set above 0.05. Of the 528 000 pairs of 1 028 articles of one newspaper 54 reach
0.3, nearly all of them about the same event or the same stub of a page; of 0.25 there are 96."""

OPEN_DAYS = 10.0
"""Days between two articles up to which they can be on one event; later, the same names are another one."""

LEADING = 10
"""Heaviest terms of an article, of which it shares one with every article it can hang on. All pairs of the newspaper
at `JOINS` or more share one of 10, and all but 2 % one of 8."""

_Node = TypeVar("_Node", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Parent:
    """The article `id` on which another hangs, and how alike the two are."""

    id: str
    likeness: float
    published: str | None = None


def leading(profile: Profile) -> tuple[str, ...]:
    """The terms under which an article is looked up."""
    return tuple(sorted(profile.terms, key=lambda term: (-profile.terms[term], term))[:LEADING])


def parent(profile: Profile, others: Iterable[Profile]) -> Parent | None:
    """The one of the `others` on which an article hangs; `None` where it is like none that was before it.

    `others` may be any articles that share a leading term with it: those that were not before it are left out.
    """
    best = None
    for other in others:
        best = nearer(profile, best, other)
    return best


def nearer(profile: Profile, known: Parent | None, other: Profile) -> Parent | None:
    """What an article hangs on when `other` comes to what is `known`: the most alike, of two alike the earlier one."""
    if not may_hang(profile, other):
        return known
    value = likeness(profile.terms, other.terms)
    if value < JOINS:
        return known
    new = Parent(other.id, value, other.published)
    return new if known is None or _rank(new) < _rank(known) else known


def _rank(one: Parent) -> tuple[float, tuple[bool, float, str]]:
    return -one.likeness, place(one.published, one.id)


def may_hang(profile: Profile, other: Profile) -> bool:
    """Whether `other` was before an article and not too long before; an article without a time may be on any event."""
    if place(other.published, other.id) >= place(profile.published, profile.id):
        return False
    first, second = seconds(other.published), seconds(profile.published)
    return second is None or (first is not None and second - first <= OPEN_DAYS * 86_400)


def parents(profiles: Sequence[Profile]) -> dict[str, Parent]:
    """What each article hangs on, by its id; an article that begins a story is left out."""
    order = sorted(profiles, key=lambda profile: place(profile.published, profile.id))
    index: dict[str, list[int]] = defaultdict(list)
    outlines: list[bytes] = []
    found = {}
    for number, profile in enumerate(order):
        terms = leading(profile)
        earliest = seconds(profile.published)
        near: set[int] = set()
        for term in terms:
            for other in reversed(index[term]):
                if earliest is not None and (seconds(order[other].published) or 0.0) < earliest - OPEN_DAYS * 86_400:
                    break
                near.add(other)
            index[term].append(number)
        hangs_on = parent(profile, (order[other] for other in _alike(profile, sorted(near), outlines)))
        if hangs_on is not None:
            found[profile.id] = hangs_on
        outlines.append(outline(profile))
    return found


def _alike(profile: Profile, near: Sequence[int], outlines: Sequence[bytes]) -> Sequence[int]:
    """Of many articles that share a word those that may be alike."""
    if len(near) < _MANY:
        return near
    alike = perhaps_alike(profile, [outlines[other] for other in near], JOINS)
    return [other for other, may_be in zip(near, alike, strict=True) if may_be]


_MANY = 12
"""Articles from which on it is quicker to look at outlines first."""


def connected(nodes: Iterable[_Node], edges: Iterable[tuple[_Node, _Node]]) -> list[list[_Node]]:
    """The nodes in groups that the edges connect, both in the order of the nodes."""
    leader = {node: node for node in nodes}
    order = {node: i for i, node in enumerate(leader)}

    def first(node: _Node) -> _Node:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for one, other in edges:
        low, high = sorted((first(one), first(other)), key=order.__getitem__)
        leader[high] = low
    groups: dict[_Node, list[_Node]] = {}
    for node in leader:
        groups.setdefault(first(node), []).append(node)
    return list(groups.values())


def group(
    profiles: Sequence[Profile], same: Iterable[tuple[str, str]] = (), hanging: Mapping[str, Parent] | None = None
) -> list[list[str]]:
    """The ids of the articles of each story, in the order of time; `same` are pairs that share their text.

    An article that carries the text of another belongs to its story whatever else it says. `hanging` is what
    `parents` finds, where that is known.
    """
    order = sorted(profiles, key=lambda profile: place(profile.published, profile.id))
    found = parents(order) if hanging is None else hanging
    return connected((profile.id for profile in order), [*((one, on.id) for one, on in found.items()), *same])
