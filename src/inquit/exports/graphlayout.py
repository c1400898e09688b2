"""Where a graph's cards, lines and labels stand: every card has a row of its own, below the one it derives from.

A tree in rows is what stays readable with two articles and with sixty: to the left of a card there is only the line
that leads to it, with its label, and to its right there is nothing but the lines of circles. Layered layouts, made by
libraries or not, save rows and pay with crossings; where copies are many, stacks save more. The horizontal place is the
time: a card stands as far to the right as its time asks for, and far enough from its parent for the label between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inquit.exports.claimswords import Words
from inquit.exports.graph import Graph, Node
from inquit.exports.graphlabels import CARD, LOW, NOTE, PAD, SOURCE, Box, Label, write, write_further
from inquit.exports.graphlabels import height as needed_height
from inquit.exports.graphletters import width
from inquit.exports.graphtimes import Axis, axis, clock, marks, spread
from inquit.exports.times import published_at

GUTTER = 30.0
"""Room at the left for the line of the denials."""

ROW = 42.0
"""Height of a row with an article's card."""

INDENT, DEEPEST = 16.0, 6
"""Narrow drawings are indented by so many pixels, down to that depth."""

_NARROW_GAP = 10.0
_PILE = 10.0
_LANE = 12.0
_DAY = 40.0
_HEAD = 30.0
_TRUNK = 16.0
_LEAST_STEP = 58.0


@dataclass(frozen=True, slots=True)
class Wire:
    """A line through these points, from the one who gives a claim to the one who takes it."""

    begin: str
    end: str
    how: str
    points: tuple[tuple[float, float], ...]
    circular: bool = False
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing: all sizes in pixels. `ticks` are marks of the time axis, `rules` heights of lines between parts."""

    name: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    ticks: tuple[Label, ...] = ()
    rules: tuple[Label, ...] = ()

    def labels(self) -> list[Label]:
        """All texts of the drawing."""
        found = [label for box in self.boxes for label in box.labels]
        return [*found, *(wire.label for wire in self.wires if wire.label), *self.ticks, *self.rules]


def wide(graph: Graph, words: Words, room: float = 1080.0) -> Layout:
    """The drawing with time from left to right; it grows beyond `room` where chains are long."""
    known = clock([node.published for node in graph.nodes().values()])
    boxes = _boxes(graph, CARD + (_DAY if known.days else 0))
    height, rules = _rows(boxes, graph, words)
    lanes = sum(1 for box in boxes if box.node.back)
    right = _LANE * lanes + 14
    step = max(_LEAST_STEP, *(_TRUNK + 26 + width(words(box.node.how), NOTE) for box in boxes if box.node.how), 0.0)
    left = GUTTER + SOURCE + step - _TRUNK - 6
    card = max((box.width for box in boxes if box.depth), default=CARD)
    found = _places(boxes, step, room - left - card - right)
    for box in boxes:
        if box.depth:
            box.x = left + found[0][box.node.key]
    write(boxes, words, known)
    write_further(boxes, graph, words)
    edge = max((label.x + label.width + PAD for box in boxes for label in box.labels), default=0.0)
    wires = [*_tree_wires(boxes, words), *_circles(boxes, edge), *_denials(boxes, graph)]
    ticks = [_tick(left + place, text) for place, text in marks(found[1], known, width("2000-00-00", NOTE) + 14)]
    return Layout("wide", max(room, edge + right), height, tuple(boxes), tuple(wires), tuple(ticks), tuple(rules))


def narrow(graph: Graph, words: Words, room: float = 340.0) -> Layout:
    """The drawing for a telephone: indented, with the times in the cards."""
    known = clock([node.published for node in graph.nodes().values()])
    boxes = _boxes(graph, CARD)
    gutter = 16.0 if graph.deniers else 2.0
    for box in boxes:
        box.x = gutter + INDENT * min(box.depth, DEEPEST)
        box.width = room - box.x - (_PILE if box.node.kind == "stack" else 2)
        if box.depth:
            box.height = 44.0
        if box.node.kind == "stack":
            box.height = needed_height(box.node, box.width)
    height, rules = _rows(boxes, graph, words, indented=True)
    write(boxes, words, known, indented=True)
    write_further(boxes, graph, words, indented=True)
    wires = [*_tree_wires(boxes, words, indented=True), *_denials(boxes, graph, gutter=gutter)]
    return Layout("narrow", room, height, tuple(boxes), tuple(wires), rules=tuple(rules))


# --- rows and columns


def _boxes(graph: Graph, card: float) -> list[Box]:
    """A card for each node, each before those that have the claim from it."""
    boxes: list[Box] = []
    waiting = [(root, 0) for root in reversed((*graph.sources, *graph.deniers))]
    while waiting:
        node, depth = waiting.pop()
        boxes.append(Box(node, depth, GUTTER, 0, SOURCE if not depth else card, needed_height(node, card)))
        waiting.extend((child, depth + 1) for child in reversed(node.children))
    return boxes


def _rows(boxes: Sequence[Box], graph: Graph, words: Words, *, indented: bool = False) -> tuple[float, list[Label]]:
    """Give every card its height; a source stands beside the first who has the claim from it, indented above it."""
    y = _HEAD if not indented else 4.0
    rules: list[Label] = []
    root: Box | None = None
    for box in boxes:
        if box.depth:
            y = _below(box, y, None if indented else root)
            continue
        y = max(y + 8 if indented else y, root.y + root.height + 14) if root else y
        if graph.deniers and box.node is graph.deniers[0]:
            told = words("denials").upper()
            rules.append(Label(told, box.x, y + 22, width(told, NOTE), NOTE, "rule"))
            y += 36
        box.y, root = y, box
        y += box.height + 12 if indented else 0
    last = max((box.y + box.height for box in boxes), default=0.0)
    return last + _PILE, rules


def _below(box: Box, y: float, root: Box | None) -> float:
    """Give a card its row, or that of its `root`, of which it is the first child; returns where the next row begins."""
    if root and root.node.children[0] is box.node:
        y += max(0.0, (root.height - box.height) / 2)
        root.y += max(0.0, (box.height - root.height) / 2)
    box.y = y
    return y + box.height + (ROW - LOW if root else _NARROW_GAP)


def _places(boxes: Sequence[Box], step: float, room: float) -> tuple[dict[str, float], Axis]:
    """The horizontal places of all but the roots, by time; and the axis on which the times of articles lie."""
    parents = {child.key: box.node.key for box in boxes for child in box.node.children if box.depth}
    times = {box.node.key: moment for box in boxes if (moment := _moment(box.node)) is not None}
    drawn = _drawn_at([box.node.key for box in boxes if box.depth], parents, times)
    by_moment: dict[float, list[str]] = {}
    for key, moment in drawn.items():
        by_moment.setdefault(moment, []).append(key)
    least: dict[str, float] = {}
    highest = 0.0
    for moment in sorted(by_moment):
        highest = _side_by_side(by_moment[moment], parents, times, least, (highest, step))
    needed = {key: (drawn[key], place) for key, place in least.items()}
    places = spread(dict(sorted(needed.items(), key=lambda item: item[1])), max(0.0, room))
    return places, axis([(times[key], place) for key, place in places.items() if key in times])


def _drawn_at(keys: Sequence[str], parents: Mapping[str, str], times: Mapping[str, float]) -> dict[str, float]:
    """The moment at which a card is drawn: its own, but never before that of its parent, whatever the clocks say."""
    earliest = min(times.values(), default=0.0)
    drawn: dict[str, float] = {}
    for key in keys:
        floor = drawn[parents[key]] if key in parents else earliest
        drawn[key] = max(floor, times.get(key, floor))
    return drawn


def _side_by_side(
    keys: Sequence[str],
    parents: Mapping[str, str],
    times: Mapping[str, float],
    least: dict[str, float],
    reached: tuple[float, float],
) -> float:
    """Give the cards of one moment the least place that all of them can have; returns the highest place so far.

    `reached` are the highest place before and the step from a parent to its child.
    """
    highest, step = reached
    free = [key for key in keys if parents.get(key) not in keys]
    asked = {key: least[parents[key]] + step if key in parents else 0.0 for key in free}
    common = max([highest, *(place for key, place in asked.items() if key in times)])
    for key in keys:
        own = asked[key] if key in asked else least[parents[key]] + step
        least[key] = max(own, common) if key in times and key in asked else own
    return max([common, *(least[key] for key in keys if key in times)]) if any(k in times for k in keys) else highest


def _moment(node: Node) -> float | None:
    moment = published_at(node.published)
    return moment.timestamp() if moment else None


# --- lines


def _tree_wires(boxes: Sequence[Box], words: Words, *, indented: bool = False) -> list[Wire]:
    """The line from each parent to each of its children: down, then to the right."""
    by_key = {box.node.key: box for box in boxes}
    wires: list[Wire] = []
    for box in boxes:
        for child in (by_key[node.key] for node in box.node.children):
            straight = not indented and not box.depth and box.y <= child.middle <= box.y + box.height
            x = box.x + box.width if straight else box.x + _trunk(box, indented=indented)
            start = (x, child.middle) if straight else (x, box.y + box.height)
            points = [start, (x, child.middle), (child.x, child.middle)]
            how = child.node.how or "said"
            label = None
            if not indented and box.node.kind != "unknown":
                told = words(how)
                room = width(told, NOTE)
                label = Label(told, child.x - 12 - room, child.middle - 6, room, NOTE, "how")
            wires.append(
                Wire(box.node.key, child.node.key, how, tuple(dict.fromkeys(points)), child.node.circular, label)
            )
    return wires


def _trunk(box: Box, *, indented: bool) -> float:
    """How far from the left of a card the line to those below it goes down."""
    if indented:
        return INDENT / 2
    return _TRUNK if box.depth else box.width - _TRUNK


def _circles(boxes: Sequence[Box], edge: float) -> list[Wire]:
    """The lines that lead from an article back to the earlier one of its outlet, around the right side."""
    by_key = {box.node.key: box for box in boxes}
    wires = []
    for number, box in enumerate(box for box in boxes if box.node.back in by_key):
        home = by_key[box.node.back or ""]
        x = edge + _LANE * (number + 1)
        points = (
            (box.x + box.width, box.middle),
            (x, box.middle),
            (x, home.middle),
            (home.x + home.width, home.middle),
        )
        wires.append(Wire(box.node.key, home.node.key, "back", points, circular=True))
    return wires


def _denials(boxes: Sequence[Box], graph: Graph, gutter: float = GUTTER) -> list[Wire]:
    """The lines from those who deny a claim to its sources, along the left side."""
    deniers = [box for box in boxes if box.node.kind == "denier"]
    sources = [box for box in boxes if not box.depth and box.node.kind != "denier"]
    x = gutter / 2 - 3
    return [
        Wire(
            by.node.key,
            other.node.key,
            "denies",
            ((by.x, by.middle), (x, by.middle), (x, other.middle), (other.x - 4, other.middle)),
        )
        for by in deniers
        for other in sources
    ]


def _tick(x: float, text: str) -> Label:
    room = width(text, NOTE)
    return Label(text, x + 3, 12, room, NOTE, "tick")
