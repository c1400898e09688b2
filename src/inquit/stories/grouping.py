"""Articles into stories as they arrive: each joins the story it is most like, or begins one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from inquit.stories.profiles import Profile, likeness
from inquit.stories.times import days_between, seconds

JOINS = 0.25
"""Likeness (cosine) to all articles of a story together from which on an article belongs to it. Story sets 1 to 4:
0.33 and more for their own articles, 0.05 and less for those of the other sets; unrelated news of one week 0.2."""

OPEN_DAYS = 10.0
"""Days after its last article for which a story is open; later, the same names are another event."""

LEADING = 20
"""Heaviest terms of an article under which stories are looked up."""

_KEPT_TERMS = 200
"""Terms kept of a story, the heaviest ones."""


@dataclass(slots=True)
class Group:
    """A growing story: members in the order of arrival, the sum of their profiles, and its last point in time."""

    members: list[str] = field(default_factory=list)
    terms: dict[str, float] = field(default_factory=dict)
    last: str | None = None

    def add(self, profile: Profile) -> None:
        """Take in an article."""
        self.members.append(profile.id)
        for term, value in profile.terms.items():
            self.terms[term] = self.terms.get(term, 0.0) + value
        if len(self.terms) > 2 * _KEPT_TERMS:
            self.terms = dict(sorted(self.terms.items(), key=lambda term: (-term[1], term[0]))[:_KEPT_TERMS])
        if (seconds(profile.published) or 0.0) >= (seconds(self.last) or 0.0):
            self.last = profile.published or self.last

    def likeness(self, profile: Profile) -> float:
        """Cosine of the story and an article, 0 to 1."""
        length = sqrt(sum(value * value for value in self.terms.values())) or 1.0
        return likeness(profile.terms, self.terms) / length

    def heaviest(self, count: int) -> tuple[str, ...]:
        """The terms that hold the story together."""
        return tuple(term for term, _ in sorted(self.terms.items(), key=lambda term: (-term[1], term[0]))[:count])


def joins(profile: Profile, groups: Mapping[int, Group]) -> int | None:
    """The key of the story that an article belongs to, of those that may be meant; `None` where it begins its own."""
    best, most = None, JOINS
    for key, group in groups.items():
        days = days_between(profile.published, group.last)
        if days is not None and days > OPEN_DAYS:
            continue
        value = group.likeness(profile)
        if value >= most and (best is None or value > most):
            best, most = key, value
    return best


def leading(terms: Mapping[str, float]) -> list[str]:
    """The terms under which a story or an article is looked up."""
    return [term for term, _ in sorted(terms.items(), key=lambda term: (-term[1], term[0]))[:LEADING]]


def group(profiles: Sequence[Profile], same: Iterable[tuple[str, str]] = ()) -> list[Group]:
    """Stories of many articles, which are taken in the order of time; `same` are pairs that share their text.

    An article that carries the text of another joins its story whatever else it says.
    """
    order = sorted(profiles, key=lambda profile: (seconds(profile.published) or 0.0, profile.id))
    fellows: dict[str, list[str]] = defaultdict(list)
    for one, other in same:
        fellows[one].append(other)
        fellows[other].append(one)
    index: dict[str, list[int]] = defaultdict(list)
    groups: list[Group] = []
    home: dict[str, int] = {}
    for profile in order:
        known = [home[fellow] for fellow in fellows[profile.id] if fellow in home]
        number = min(known) if known else joins(profile, _likely(profile, index, groups))
        if number is None:
            number = len(groups)
            groups.append(Group())
        groups[number].add(profile)
        home[profile.id] = number
        for term in leading(profile.terms):
            if not index[term] or index[term][-1] != number:
                index[term].append(number)
    return groups


_LATEST = 200
"""Latest stories looked at under one term; a term of more stories says little."""

_LOOKED_AT = 30
"""Stories that an article is compared with, those with the most leading terms in common."""


def _likely(profile: Profile, index: Mapping[str, list[int]], groups: Sequence[Group]) -> dict[int, Group]:
    counts: dict[int, float] = defaultdict(float)
    for term in leading(profile.terms):
        for number in dict.fromkeys(index.get(term, ())[-_LATEST:]):
            counts[number] += profile.terms[term]
    ranked = sorted(counts, key=lambda number: (-counts[number], number))[:_LOOKED_AT]
    return {number: groups[number] for number in ranked}
