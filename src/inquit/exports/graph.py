"""Who has a claim from whom, as a graph: sources, relays, articles, and how each has it from the one before.

Every article stands in the tree of one source, below the one that it has the claim from first of all; what it has from
others as well are further ties. Nothing here is decided anew: links, sources and circles are those of the claim.
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from inquit.exports.graphnames import Outlets, name_key
from inquit.exports.times import published_at
from inquit.records import Claim, ClaimSource, Link, Statement, Story

NodeKind = Literal["source", "unknown", "relay", "outlet", "article", "stack", "denier"]
Tie = Literal["said", "copy", "abridged", "rewrite", "cites"]

UNKNOWN = "unknown"
"""Key of the node that stands for no source in the text."""

FOLDED_FROM = 5
"""Leaves that have a claim in the same way from the same article are drawn as one stack from this number on. Set by
looking at drawings: four cards below each other are read at a glance."""

_CARRIED = ("copy", "abridged")


@dataclass(slots=True)
class Node:
    """A source, a relay, an outlet without article, an article, or a stack of articles that are alike.

    `how` it has the claim from its parent in the tree. `place` is that of a source among the primary sources, `number`
    counts those that are independent, from 1. `articles` are ids, several for a stack, whose outlets are `names`.
    `back` is the key of the earlier article of the same outlet to which a circle leads. `circular` is whether the tie
    to the parent is part of a circle.
    """

    key: str
    kind: NodeKind
    name: str
    how: Tie | None = None
    source: ClaimSource | None = None
    place: int | None = None
    number: int | None = None
    published: str | None = None
    articles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    denies_too: bool = False
    circular: bool = False
    back: str | None = None
    children: list["Node"] = field(default_factory=list)

    @property
    def unnamed(self) -> bool:
        """Whether it is a source without a name."""
        return self.source is not None and self.source.naming != "named"

    def walk(self) -> Iterator["Node"]:
        """The node and all below it, each before its children; deep chains are no danger."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie: `end` has the claim from `begin`, both keys of nodes. `tree` ties are those between parent and child."""

    begin: str
    end: str
    how: Tie
    tree: bool
    circular: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """The sources of a claim with all that has it from them, those who deny it, and all ties."""

    claim: Claim
    sources: tuple[Node, ...]
    deniers: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def nodes(self) -> dict[str, Node]:
        """All nodes by their keys, in the order in which they are drawn."""
        return {node.key: node for root in (*self.sources, *self.deniers) for node in root.walk()}


def claim_graph(claim: Claim, story: Story | None = None, *, folded_from: int = FOLDED_FROM) -> Graph:
    """The graph of a claim; `story` knows copies and citations, without it only what statements say of themselves."""
    growing = _Growing(claim, story.links if story else ())
    for article in growing.members:
        growing.place(article)
    growing.close_circles()
    roots = [growing.nodes[f"s{place}"] for place in range(len(claim.primary_sources))]
    roots += [growing.nodes[UNKNOWN]] if UNKNOWN in growing.nodes else []
    roots.sort(key=lambda node: (node.kind != "source", node.source is not None and not node.source.independent))
    for number, root in enumerate((one for one in roots if one.source and one.source.independent), 1):
        root.number = number
    for root in roots:
        for node in list(root.walk()):
            node.children.sort(key=_in_time)
            node.children = _stacked(node.children, folded_from)
    return Graph(claim, tuple(roots), tuple(_deniers(claim)), tuple(_edges(roots, growing.further)))


# --- the tree


class _Growing:
    """The graph while articles are put in their places, in the order of time."""

    def __init__(self, claim: Claim, links: Sequence[Link]) -> None:
        self.members: dict[str, list[Statement]] = {}
        for statement in claim.statements:
            self.members.setdefault(statement.article, []).append(statement)
        self.links: dict[str, list[Link]] = {}
        for link in links:
            self.links.setdefault(link.derived, []).append(link)
        self.outlets = Outlets([(name, found[0].outlet or "") for name, found in self.members.items()], links)
        self.parents: dict[str, str] = {}
        self.further: list[Edge] = []
        self.nodes: dict[str, Node] = {}
        for place, source in enumerate(claim.primary_sources):
            self.nodes[f"s{place}"] = Node(f"s{place}", "source", source.name, source=source, place=place)
        denying = {statement.article for statement in claim.denied_by}
        for article, found in self.members.items():
            self.nodes[f"a{article}"] = Node(
                f"a{article}",
                "article",
                found[0].outlet or article,
                published=found[0].published,
                articles=(article,),
                denies_too=article in denying,
            )

    def place(self, article: str) -> None:
        """Put an article below the first that it has the claim from; the others are further ties."""
        key = f"a{article}"
        for parent, how in dict.fromkeys(self._routes(article)):
            if key not in self.parents and key not in self._above(parent):
                self._join(parent, key, how)
            elif parent not in self._above(key) and key not in self._above(parent):
                self.further.append(Edge(parent, key, how, tree=False))
        if key not in self.parents:
            self._join(self._unknown(), key, "said")

    def _routes(self, article: str) -> list[tuple[str, Tie]]:
        """From whom an article has the claim: the text that it carries, the outlets that it names, who spoke to it.

        Where its statements say none of it, the articles that it derives from.
        """
        mine = [link for link in self.links.get(article, ()) if link.original in self.members]
        found: list[tuple[str, Tie]] = [(f"a{link.original}", link.how) for link in mine if link.how in _CARRIED]
        direct: list[tuple[str, Tie]] = []
        for statement in self.members[article]:
            named = self.outlets.first_of((*statement.via, statement.by or ""), article)
            if named is not None:
                found.append(self._through(named, statement))
            elif statement.source is not None:
                direct.append((self._spoken(statement), "said"))
        return [*found, *direct] or [(f"a{link.original}", link.how) for link in mine]

    def _through(self, named: str, statement: Statement) -> tuple[str, Tie]:
        """The article of an outlet that a statement names, or the outlet alone."""
        mine = self.links.get(statement.article, ())
        original = self.outlets.article(named, statement.article, mine)
        how: Tie = next((link.how for link in mine if original and link.original == original), "cites")
        if original:
            return f"a{original}", how
        root = f"s{statement.source}" if statement.source is not None else self._unknown()
        key = f"o{root}{name_key(named)}"
        if key not in self.nodes:
            self.nodes[key] = Node(key, "outlet", named)
            self._join(root, key, "said")
        return key, how

    def _spoken(self, statement: Statement) -> str:
        """The source of a statement, or the last person through whom it came."""
        parent = f"s{statement.source}"
        source = self.nodes[parent].source
        known = {name_key(name) for name in (source.name, *source.names)} if source else set()
        relays = [*statement.via, *([statement.by] if statement.by and name_key(statement.by) not in known else [])]
        for name in reversed([relay for relay in relays if name_key(relay) not in known]):
            key = f"r{parent}{name_key(name)}"
            if key not in self.nodes:
                self.nodes[key] = Node(key, "relay", name)
                self._join(parent, key, "said")
            parent = key
        return parent

    def _unknown(self) -> str:
        self.nodes.setdefault(UNKNOWN, Node(UNKNOWN, "unknown", ""))
        return UNKNOWN

    def _join(self, parent: str, key: str, how: Tie) -> None:
        self.nodes[key].how = how
        self.nodes[parent].children.append(self.nodes[key])
        self.parents[key] = parent

    def _above(self, key: str) -> set[str]:
        """The node and all above it in the tree."""
        found = {key}
        while key in self.parents:
            key = self.parents[key]
            found.add(key)
        return found

    def close_circles(self) -> None:
        """Mark the ways on which an outlet has a claim from itself, through others."""
        ways = {key: [parent] for key, parent in self.parents.items()}
        for edge in self.further:
            ways.setdefault(edge.end, []).append(edge.begin)
        often = Counter(name_key(self.nodes[f"a{article}"].name) for article in self.members)
        for article in self.members:
            if often[name_key(self.nodes[f"a{article}"].name)] < 2:
                continue
            way = self._way_home(f"a{article}", ways)
            if way:
                self.nodes[way[0]].back = way[-1]
                self._mark(set(pairwise(way)))

    def _mark(self, way: set[tuple[str, str]]) -> None:
        """Mark the ties of a circle, given as pairs of who has it and from whom."""
        for end, begin in way:
            if self.parents.get(end) == begin:
                self.nodes[end].circular = True
        self.further = [replace(edge, circular=edge.circular or (edge.end, edge.begin) in way) for edge in self.further]

    def _way_home(self, start: str, ways: dict[str, list[str]]) -> list[str]:
        """The shortest way from an article to another of its outlet, over other outlets; empty without one."""
        outlet = name_key(self.nodes[start].name)
        waiting = deque([[start]])
        seen = {start}
        while waiting:
            way = waiting.popleft()
            for there in ways.get(way[-1], ()):
                node = self.nodes[there]
                if node.kind == "article" and name_key(node.name) == outlet:
                    if len(way) > 1:
                        return [*way, there]
                elif there not in seen:
                    waiting.append([*way, there])
                seen.add(there)
        return []


# --- what is alike, what denies, and all ties


def _in_time(node: Node) -> tuple[float, str]:
    """Articles in the order of time; relays before them, as late as their first article."""
    times = [moment.timestamp() for one in node.walk() if (moment := published_at(one.published))]
    return min(times, default=0.0), node.key


def _stacked(children: Sequence[Node], folded_from: int) -> list[Node]:
    """The children, those that are alike and have none of their own as one stack in the place of the first."""
    alike: dict[Tie | None, list[Node]] = {}
    for child in children:
        if child.kind == "article" and not (child.children or child.back or child.circular or child.denies_too):
            alike.setdefault(child.how, []).append(child)
    stacks = {found[0].key: found for found in alike.values() if len(found) >= folded_from}
    folded = {child.key for found in stacks.values() for child in found}
    return [
        _stack(stacks[child.key]) if child.key in stacks else child
        for child in children
        if child.key in stacks or child.key not in folded
    ]


def _stack(found: Sequence[Node]) -> Node:
    return Node(
        f"k{found[0].key}",
        "stack",
        found[0].name,
        how=found[0].how,
        published=found[0].published,
        articles=tuple(article for node in found for article in node.articles),
        names=tuple(dict.fromkeys(node.name for node in found)),
    )


def _deniers(claim: Claim) -> Iterator[Node]:
    """Those who deny the claim, each with the articles that say so."""
    by: dict[str, list[Statement]] = {}
    for statement in claim.denied_by:
        by.setdefault(name_key(statement.by or ""), []).append(statement)
    for place, found in enumerate(by.values()):
        node = Node(f"d{place}", "denier", found[0].by or "")
        first = {statement.article: statement for statement in reversed(found)}
        printed = [
            Node(
                f"d{place}a{article}",
                "article",
                statement.outlet or article,
                how="said",
                published=statement.published,
                articles=(article,),
            )
            for article, statement in reversed(first.items())
        ]
        node.children = [_stack(printed)] if len(printed) > 1 else printed
        yield node


def _edges(roots: Sequence[Node], further: Sequence[Edge]) -> Iterator[Edge]:
    """All ties of the trees, then the further ones that end at what is drawn."""
    keys = set()
    for root in roots:
        for node in root.walk():
            keys.add(node.key)
            for child in node.children:
                yield Edge(node.key, child.key, child.how or "said", tree=True, circular=child.circular)
    yield from (edge for edge in further if edge.begin in keys and edge.end in keys)
