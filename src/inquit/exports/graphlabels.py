"""What is written on the cards of a graph, and how much room it needs: names, times, notes, the outlets of a pile."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from inquit.exports.claimswords import Words
from inquit.exports.excerpts import short_name
from inquit.exports.graph import Graph, Node
from inquit.exports.graphletters import fitted, width, wrapped
from inquit.exports.graphtimes import Clock

NAME, NOTE = 13.0, 11.0
"""Size of the letters of names and of notes, in pixels."""

SOURCE, CARD = 236.0, 214.0
"""Width of a source's card and of an article's."""

LOW = 28.0
"""Height of an article's card."""

PAD = 10.0
"""Room between the edge of a card and its text."""

_LINE = 15.0
_NAMES_LINE = 14.0
_MOST_NAMES = 40


@dataclass(frozen=True, slots=True)
class Label:
    """A text with its box: `x`, `y` are the left and the base of its line, `width` is what it needs."""

    text: str
    x: float
    y: float
    width: float
    size: float
    style: str = "note"


@dataclass(slots=True)
class Box:
    """A card: the node it is of, its place, and its labels. `depth` counts from the source."""

    node: Node
    depth: int
    x: float = 0.0
    y: float = 0.0
    width: float = CARD
    height: float = LOW
    labels: list[Label] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """The height at which lines meet the card."""
        return self.y + self.height / 2


def height(node: Node, card: float) -> float:
    """The height that a card of that width needs for its words."""
    if node.kind == "stack":
        return LOW + _NAMES_LINE * len(_stack_names(node, card))
    if node.kind in ("article", "relay", "outlet"):
        return LOW
    return 32 + _LINE * max(1, len(wrapped(short_name(node.name), SOURCE - 56, NAME, 2)))


def write(boxes: Sequence[Box], words: Words, known: Clock, *, indented: bool = False) -> None:
    """Write on every card what it says; their places must be known."""
    for box in boxes:
        if not box.depth:
            box.labels = _source_labels(box, words)
        elif box.node.kind == "stack":
            box.labels = _stack_labels(box, words, known)
        else:
            box.labels = _article_labels(box, words, known, indented=indented)


def _source_labels(box: Box, words: Words) -> list[Label]:
    """The name of a source beside its number, and below it what it is."""
    node = box.node
    x, room = box.x + 46, box.width - 56
    name = words("unknown_source") if node.kind == "unknown" else short_name(node.name or words("nobody"))
    lines = [
        Label(told, x, box.y + 20 + _LINE * at, width(told, NAME), NAME, "name")
        for at, told in enumerate(wrapped(name, room, NAME, 2))
    ]
    note = fitted(source_note(node, words), room, NOTE)
    below = box.y + 20 + _LINE * len(lines)
    sign = number_of(node)
    wide_sign = width(sign, 22)
    badge = Label(sign, box.x + 24 - wide_sign / 2, box.middle + 8, wide_sign, 22, "number")
    return [*lines, Label(note, x, below, width(note, NOTE), NOTE, "note"), badge]


def number_of(node: Node) -> str:
    """The sign of a source: its number among those that count, a dash for one that does not, a cross for a denial."""
    if node.kind == "denier":
        return "✕"
    return str(node.number) if node.number else "–"


def source_note(node: Node, words: Words) -> str:
    """What a source is, and whether it counts."""
    if node.source is None:
        return words("denier" if node.kind == "denier" else "not_counted")
    kind = words(node.source.kind)
    told = kind if node.source.naming == "named" else words("source", naming=words(node.source.naming), kind=kind)
    return told if node.source.independent else f"{told}, {words('not_counted')}"


def _article_labels(box: Box, words: Words, known: Clock, *, indented: bool) -> list[Label]:
    """Outlet and time of an article; indented, how it has the claim as well."""
    node = box.node
    when = known.shown(node.published)
    signs = "".join(sign for sign, told in (("✕ ", node.denies_too), ("↻ ", bool(node.back))) if told)
    if indented:
        how = words(node.how) if node.how and node.how != "said" else ""
        below = " · ".join(part for part in (when, how, _special(node, words)) if part)
        below = fitted(below, box.width - 2 * PAD, NOTE)
        name = fitted(signs + short_name(node.name), box.width - 2 * PAD, NAME)
        return [
            Label(name, box.x + PAD, box.y + 18, width(name, NAME), NAME, "name"),
            Label(below, box.x + PAD, box.y + 34, width(below, NOTE), NOTE, "note"),
        ]
    told = when if node.kind == "article" else words("relay" if node.kind == "relay" else "outlet")
    right = f"{signs}{told}".strip()
    if node.kind != "article" and width(short_name(node.name), NAME) > box.width - width(right, NOTE) - 2 * PAD - 6:
        right = ""
    room = width(right, NOTE)
    name = fitted(short_name(node.name), box.width - room - 2 * PAD - 6, NAME)
    base = box.middle + 4.5
    labels = [Label(name, box.x + PAD, base, width(name, NAME), NAME, "name")]
    return [*labels, Label(right, box.x + box.width - PAD - room, base, room, NOTE, "note")] if right else labels


def _special(node: Node, words: Words) -> str:
    if node.back:
        return words("circular")
    return words("relay") if node.kind == "relay" else words("denies_too") if node.denies_too else ""


def _stack_labels(box: Box, words: Words, known: Clock) -> list[Label]:
    """How many articles a stack has, from when on, and the first of their outlets."""
    node = box.node
    room = box.width - 2 * PAD
    name = fitted(
        words(f"stack_{node.how or 'said'}", n=len(node.articles)), room - 84 if known.days else room - 50, NAME
    )
    labels = [Label(name, box.x + PAD, box.y + 18, width(name, NAME), NAME, "name")]
    when = known.shown(node.published)
    at = width(when, NOTE)
    if when:
        labels.append(Label(when, box.x + box.width - PAD - at, box.y + 18, at, NOTE, "note"))
    for number, told in enumerate(_stack_names(node, box.width)):
        base = box.y + 34 + _NAMES_LINE * number
        labels.append(Label(told, box.x + PAD, base, width(told, NOTE), NOTE, "note"))
    return labels


def _stack_names(node: Node, card: float) -> list[str]:
    """The first outlets of a stack, in lines of its card."""
    return wrapped(", ".join(map(short_name, node.names[:_MOST_NAMES])), card - 2 * PAD, NOTE, 3)


def further(graph: Graph, words: Words) -> dict[str, str]:
    """What cards have from others than the one that they stand below, in words, by the keys of their nodes."""
    nodes = graph.nodes()
    found: dict[str, list[str]] = {}
    for edge in graph.edges:
        if not edge.tree:
            begin = nodes[edge.begin]
            name = words("unknown_source") if begin.kind == "unknown" else short_name(begin.name)
            found.setdefault(edge.end, []).append(words("also", how=words(edge.how), name=name))
    return {key: "; ".join(told) for key, told in found.items()}


def write_further(boxes: Sequence[Box], graph: Graph, words: Words, *, indented: bool = False) -> None:
    """Write beside cards what they have from others; indented, below what is there, where there is room."""
    told = further(graph, words)
    for box in boxes:
        if box.node.key not in told:
            continue
        if indented:
            room = box.width - 2 * PAD
            last = box.labels[-1]
            text = fitted(" · ".join(part for part in (last.text, told[box.node.key]) if part), room, NOTE)
            box.labels[-1] = Label(text, last.x, last.y, width(text, NOTE), NOTE)
        else:
            text = fitted(told[box.node.key], CARD, NOTE)
            box.labels.append(Label(text, box.x + box.width + 6, box.middle - 6, width(text, NOTE), NOTE, "how"))
    for box in boxes:
        box.labels = [label for label in box.labels if label.text]
