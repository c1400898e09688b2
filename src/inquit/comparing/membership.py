"""Stories as articles come and go: what hangs on what, and which articles are connected now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from inquit import stories
from inquit.comparing.known import Known, profile_of, second
from inquit.store import Trace, Traces
from inquit.stories import OPEN_DAYS, Parent, Profile

_WINDOW = int(OPEN_DAYS * 86_400) + 1


@dataclass(slots=True)
class Membership:
    """The stories of a corpus, within one step; `leave` comes first, `stories` last."""

    traces: Traces
    known: Known
    former: set[str] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    orphans: set[int] = field(default_factory=set)
    leading: dict[int, tuple[str, ...]] = field(default_factory=dict)
    hung: dict[int, tuple[int | None, float | None]] = field(default_factory=dict)

    def leave(self, gone: Sequence[Trace]) -> None:
        """These articles go; what hung on them is to find something else."""
        numbers = {one.number for one in gone}
        self.former |= {one.story for one in gone if one.story is not None}
        self.orphans = set(self.traces.hanging_on(numbers)) - numbers

    def touch(self, numbers: Iterable[int]) -> None:
        """The links between these articles have changed."""
        self.touched.update(numbers)

    def hang(self, come: Sequence[Trace]) -> None:
        """Find on what new articles hang, which earlier ones did on what is gone, and what hangs on a new one."""
        profiles = {one.number: profile_of(one) for one in come}
        fresh = profiles.keys() | self.orphans
        profiles |= self.known.profiles(self.traces, self.orphans - profiles.keys())
        numbers = {profile.id: number for number, profile in profiles.items()}
        nearer: dict[int, list[Profile]] = {}
        for number, profile in sorted(profiles.items()):
            near = self._near(number, profile)
            numbers |= {other.id: n for n, other in near.items()}
            self._hang(number, stories.parent(profile, near.values()), numbers)
            if number not in self.orphans:
                for n in near.keys() - fresh:
                    nearer.setdefault(n, []).append(profile)
        self.touched |= fresh
        self._offer(nearer, numbers)
        self.traces.hang(self.hung)

    def _near(self, number: int, profile: Profile) -> dict[int, Profile]:
        """Articles that share a leading term with one, at about its time, but for those that are much unlike it."""
        terms = stories.leading(profile)
        if not terms:
            return {}
        at = None if stories.seconds(profile.published) is None else second(profile.published)
        first, last = (None, None) if at is None else (at - _WINDOW, at + _WINDOW)
        found = self.known.alike(profile, self.traces, self.traces.sharing(terms, first, last))
        mine = set(terms)
        return {n: one for n, one in found.items() if n != number and not mine.isdisjoint(self._leading(n, one))}

    def _leading(self, number: int, profile: Profile) -> tuple[str, ...]:
        """The terms under which an article is looked up; many are asked for again and again."""
        if number not in self.leading:
            self.leading[number] = stories.leading(profile)
        return self.leading[number]

    def _offer(self, nearer: dict[int, list[Profile]], numbers: dict[str, int]) -> None:
        """New articles as parents of later ones that are known already."""
        profiles = self.known.profiles(self.traces, nearer)
        later = {
            number: new
            for number, offered in nearer.items()
            if (new := [one for one in offered if stories.may_hang(profiles[number], one)])
        }
        members = {one.number: one for one in self.traces.members_by_number(later)}
        parents = {
            one.number: one for one in self.traces.members_by_number(m.parent for m in members.values() if m.parent)
        }
        for number, offered in sorted(later.items()):
            member, on = members[number], parents.get(members[number].parent or 0)
            was = None if on is None else Parent(on.id, member.likeness or 0.0, on.published)
            now = was
            for one in offered:
                now = stories.nearer(profiles[number], now, one)
            if now != was and now is not None:
                self._hang(number, now, numbers)
                self.touched.add(number)

    def _hang(self, number: int, on: Parent | None, numbers: dict[str, int]) -> None:
        self.hung[number] = (None, None) if on is None else (numbers[on.id], on.likeness)
        self.touched.update([] if on is None else [numbers[on.id]])

    def stories(self) -> tuple[list[tuple[str, list[int]]], set[str]]:
        """All touched stories by the id of their first article, and the ids of those that they were before."""
        members = {one.number: one for one in self.traces.members_by_number(self.touched)}
        self.former |= {one.story for one in members.values() if one.story is not None}
        members |= {one.number: one for one in self.traces.members(self.former)}
        order = sorted(members, key=lambda number: stories.place(members[number].published, members[number].id))
        edges = [(n, one.parent) for n, one in members.items() if one.parent is not None]
        groups = stories.connected(order, [*edges, *self.traces.reused(members)])
        return [(members[group[0]].id, group) for group in groups], self.former
