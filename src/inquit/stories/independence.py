"""On whom a claim rests: primary sources that are the same counted once, relays not at all, circles named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from inquit.languages import Language
from inquit.records import ClaimSource, Link, Source
from inquit.stories.identity import Identity, Node, agreement, may_be_anyone, speaks_for_body
from inquit.stories.outlets import same_outlet
from inquit.stories.paths import Path, paths_of
from inquit.stories.statements import Unit
from inquit.stories.times import seconds


@dataclass(slots=True)
class Balance:
    """The primary sources of a claim, which of them each statement rests on, and how that was found."""

    sources: list[ClaimSource] = field(default_factory=list)
    rests_on: dict[tuple[str, int], int] = field(default_factory=dict)
    through: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    circle: tuple[str, ...] = ()
    why: list[str] = field(default_factory=list)

    @property
    def independent(self) -> int:
        """Number of the sources that speak independently on the texts' own evidence."""
        return sum(source.independent for source in self.sources)


def balance(
    units: Sequence[Unit], outlets: Sequence[str], identity: Identity, links: Sequence[Link], language: Language
) -> Balance:
    """The sources of the statements `units` of one claim, which stand in the order of time.

    `outlets` are those of the articles of the whole story.
    """
    known = identity.copy()
    paths = paths_of(units, outlets, known, links, language)
    result = Balance(circle=circle(paths, links))
    roots = primary_roots(paths, known)
    _one_body(roots, known, language)
    roots = list(dict.fromkeys(known.root(root) for root in roots))
    for root in roots:
        result.sources.append(_source(root, paths, known))
    result.sources = _undecided(result.sources, language)
    _assign(result, paths, roots, known)
    result.why = [*_why(result, paths), *_why_circular(result.circle)]
    return result


def primary_roots(paths: Sequence[Path], known: Identity) -> list[Node]:
    """The sources at the end of the chains that relay no other source of the claim, in the order of the statements.

    An outlet is one only where nothing says on whom it relies and nobody else is there.
    """
    ends = [known.root(one.people[-1]) for one in paths if one.people]
    relays = {known.root(node) for one in paths for node in one.people[:-1]}
    roots = [root for root in dict.fromkeys(ends) if root not in relays]
    if roots or ends:
        return roots or list(dict.fromkeys(ends))
    here = {one.unit.article.outlet for one in paths}
    return [
        known.add(one.unit.article.id, source)
        for one in paths
        for source in one.unit.quotation.chain[-1:]
        if source.kind == "outlet" and not any(same_outlet(source.name, outlet) for outlet in here)
    ][:1]


def _one_body(roots: Sequence[Node], known: Identity, language: Language) -> None:
    """Who speaks for a body and the body are one voice, where the claim has one body alone."""
    bodies = [root for root in roots if known.sources[root].kind == "organization"]
    if len(bodies) != 1:
        return
    for root in roots:
        if known.sources[root].kind == "person" and speaks_for_body(known.sources[root].name, language):
            known.join(root, bodies[0])


def _source(root: Node, paths: Sequence[Path], known: Identity) -> ClaimSource:
    """A primary source under the name that the first article gives it."""
    members = known.members(root)
    order = {one.unit.article.id: number for number, one in reversed(list(enumerate(paths)))}
    in_claim = [node for one in paths for node in one.people if node in members] or members
    first = min(in_claim, key=lambda node: (order.get(node[0], len(order)), node))
    surest = max((known.sources[node] for node in in_claim), key=lambda source: _SURENESS.index(source.naming))
    shown: Source = known.sources[first]
    if surest.naming == "named":
        shown = replace(surest)
    names = tuple(dict.fromkeys(known.sources[node].name for node in members))
    return ClaimSource(
        name=shown.name, naming=surest.naming, kind=shown.kind, first_in=first[0], names=names, independent=True
    )


_SURENESS = ("described", "anonymous", "named")


def _undecided(sources: Sequence[ClaimSource], language: Language) -> list[ClaimSource]:
    """Unnamed sources that may be one with an earlier unnamed one do not count: nothing proves that they are two."""
    decided: list[ClaimSource] = []
    for source in sources:
        rivals = [one for one in decided if _may_be_same(one, source, language)]
        decided.append(replace(source, independent=not rivals))
    return decided


def _may_be_same(one: ClaimSource, other: ClaimSource, language: Language) -> bool:
    if "named" in {one.naming, other.naming} or (one.kind == "document") != (other.kind == "document"):
        return False
    if any(may_be_anyone(source.name, language) for source in (one, other)):
        return True
    return agreement(one.name, other.name, language) > 0


def _assign(result: Balance, paths: Sequence[Path], roots: Sequence[Node], known: Identity) -> None:
    """Which source each statement rests on; one that names only an outlet rests on that outlet's source."""
    numbers = {root: number for number, root in enumerate(roots)}
    by_outlet: dict[str, int] = {}
    told_by = {
        known.root(relay): numbers[known.root(one.people[-1])]
        for one in reversed(paths)
        for relay in one.people[:-1]
        if known.root(one.people[-1]) in numbers
    }
    for one in paths:
        ends = [known.root(node) for node in reversed(one.people)]
        mine = [number for end in ends if (number := numbers.get(end, told_by.get(end))) is not None]
        if mine:
            result.rests_on[one.unit.key] = mine[0]
            by_outlet.setdefault(one.unit.article.outlet or "", mine[0])
        result.through[one.unit.key] = one.names
    for one in paths:
        via = next((by_outlet[outlet] for outlet in one.outlets if outlet in by_outlet), None)
        if one.unit.key not in result.rests_on and via is not None:
            result.rests_on[one.unit.key] = via


def circle(paths: Sequence[Path], links: Sequence[Link]) -> tuple[str, ...]:
    """The outlets of the shortest circle in which outlets have the claim from one another; empty without one."""
    edges = _has_it_from(paths, links)
    circles = [found for start in sorted(edges) if (found := _way_back(start, edges))]
    return min(circles, key=lambda names: (len(names), names), default=())


def _has_it_from(paths: Sequence[Path], links: Sequence[Link]) -> dict[str, set[str]]:
    """For each outlet those that it has the claim from, by its chains and by the text that it carries."""
    edges: dict[str, set[str]] = {}
    outlets = {one.unit.article.id: one.unit.article.outlet for one in paths}
    for one in paths:
        names = [one.unit.article.outlet or one.unit.article.id, *one.outlets]
        for here, there in pairwise(names):
            if not same_outlet(here, there):
                edges.setdefault(here, set()).add(there)
    for link in links:
        carrier, carried = outlets.get(link.derived), outlets.get(link.original or "")
        if link.how in {"copy", "abridged"} and carrier and carried and not same_outlet(carrier, carried):
            edges.setdefault(carrier, set()).add(carried)
    return edges


def _way_back(start: str, edges: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The shortest way along `edges` from an outlet back to itself, each outlet once."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        following = []
        for way in ways:
            for there in sorted(edges.get(way[-1], ())):
                if there == start:
                    return way
                if there not in seen:
                    seen.add(there)
                    following.append((*way, there))
        ways = following
    return ()


def _why(result: Balance, paths: Sequence[Path]) -> list[str]:
    """How each source was counted, one line each."""
    lines = []
    for number, source in enumerate(result.sources):
        mine = [one for one in paths if result.rests_on.get(one.unit.key) == number]
        direct = _outlets(one for one in mine if not one.outlets)
        relayed = _outlets(one for one in mine if one.outlets)
        line = f"{source.name} ({source.naming})"
        if direct:
            line += f": speaks in {_listed(direct)}"
        if len(direct) > 1:
            line += ", each without naming another outlet: one source, several witnesses"
        if relayed := [name for name in relayed if name not in direct]:
            line += f"; relayed by {_listed(relayed)}"
        if not source.independent:
            line += "; may be the same as another unnamed source, the texts do not decide it: not counted"
        lines.append(line)
    unsourced = _outlets(one for one in paths if one.unit.key not in result.rests_on)
    if unsourced:
        lines.append(f"no source of its own in {_listed(unsourced)}: not counted")
    return lines


def _why_circular(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    return [f"circular: {' has it from '.join([*names, names[0]])}"]


def _outlets(paths: Iterable[Path]) -> list[str]:
    return list(dict.fromkeys(one.unit.article.outlet or one.unit.article.id for one in paths))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"


def in_time(units: Iterable[Unit]) -> list[Unit]:
    """Statements in the order of time, those of one article in the order of its text."""
    return sorted(units, key=lambda unit: (seconds(unit.article.published) or 0.0, unit.article.id, unit.position))
