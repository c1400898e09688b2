"""The sources of an article as a tree: the article, the sources it relays, and those who speak through them.

Made for drawing: what is drawn stays readable, so small sources are folded and deep chains shortened.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from inquit.exports.excerpts import line, short_name
from inquit.exports.wording import outlet
from inquit.records import Kind, Ledger, Naming, Source, own_statements

MOST_SOURCES = 10
"""More primary sources than this are not drawn but counted: the drawing has to fit above the article."""

DEEPEST = 5
"""Links drawn of one chain; the ones in the middle of a deeper chain are left out."""

Path = tuple[str, ...]


@dataclass(slots=True)
class Node:
    """A source and those who speak through it.

    `own` are the ids of the statements of which it is the primary source, `total` counts those below it too;
    `disputed` of its own are disputed in the article.
    `path` are the names from the outermost source to this one; the article itself has an empty path.
    """

    name: str
    kind: Kind
    naming: Naming
    path: Path = ()
    own: list[int] = field(default_factory=list)
    total: int = 0
    disputed: int = 0
    children: list["Node"] = field(default_factory=list)

    @property
    def unnamed(self) -> bool:
        """Whether the article describes the source without naming it, or hides it."""
        return self.naming != "named"

    @property
    def numbers(self) -> str:
        """How many statements rest on it, in figures: its own, and where it relays others too, those of others."""
        relayed = self.total - len(self.own)
        return f"{len(self.own)} + {relayed}" if self.own and relayed and self.path else str(self.total)

    def walk(self) -> list["Node"]:
        """The node and all below it, each before its children."""
        return [self, *(node for child in self.children for node in child.walk())]


@dataclass(frozen=True, slots=True)
class SourceTree:
    """The article as the root, what is left out, and who disputes whom (paths, each pair once)."""

    root: Node
    folded_sources: int
    folded_statements: int
    disputes: tuple[tuple[Path, Path], ...]


def source_tree(ledger: Ledger, *, unknown_outlet: str = "this article") -> SourceTree:
    """The tree of a ledger's sources, those with most statements first."""
    chains = {quotation.id: _drawn(quotation.chain) for quotation in ledger.quotations}
    counted = own_statements(ledger.quotations)
    paths = {number: _path(chain) for number, chain in chains.items()}
    disputes = _disputes(ledger, paths)
    shown = _shown([paths[quotation.id] for quotation in counted], {path for pair in disputes for path in pair})
    root = Node(outlet(ledger.article) or unknown_outlet, "outlet", "named", total=len(counted))
    disputed = {other for quotation in ledger.quotations for other in quotation.disputes}
    for quotation in counted:
        if paths[quotation.id] in shown:
            _add(root, chains[quotation.id], quotation.id, disputed=quotation.id in disputed)
    for node in root.walk():
        node.children.sort(key=lambda child: -child.total)
    folded = {quotation.id: path for quotation in counted if (path := paths[quotation.id]) not in shown}
    return SourceTree(
        root,
        len(set(folded.values())),
        len(folded),
        tuple(pair for pair in disputes if pair[0] in shown and pair[1] in shown),
    )


def _drawn(chain: Sequence[Source]) -> list[Source]:
    """The links that are drawn: a source is not its own source, and very deep chains lose their middle."""
    links = [link for at, link in enumerate(chain) if at == 0 or _key(chain[at - 1]) != _key(link)]
    return links if len(links) <= DEEPEST else [*links[: DEEPEST - 1], links[-1]]


def _path(chain: Sequence[Source]) -> Path:
    return tuple(_key(source) for source in chain)


def _key(source: Source) -> str:
    return line(source.name).casefold()


def _disputes(ledger: Ledger, paths: dict[int, Path]) -> list[tuple[Path, Path]]:
    pairs = {
        (paths[quotation.id], paths[other]): None
        for quotation in ledger.quotations
        for other in quotation.disputes
        if other in paths and paths[quotation.id] and paths[other] and paths[quotation.id] != paths[other]
    }
    return list(pairs)


def _shown(paths: Sequence[Path], at_odds: set[Path]) -> set[Path]:
    """The paths that are drawn: the article's own, those at odds with each other, then those with most statements."""
    counts = Counter(path for path in paths if path)
    order = sorted(counts, key=lambda path: (path not in at_odds, -counts[path]))
    return {(), *order[:MOST_SOURCES]}


def _add(root: Node, chain: Sequence[Source], number: int, *, disputed: bool) -> None:
    node = root
    for source in chain:
        path = (*node.path, _key(source))
        child = next((child for child in node.children if child.path == path), None)
        if child is None:
            child = Node(short_name(source.name), source.kind, source.naming, path)
            node.children.append(child)
        child.total += 1
        node = child
    node.own.append(number)
    node.disputed += disputed
