"""Where a graph's cards, lines and labels stand: every card has a row of its own, below the one it derives from.

A tree in rows is what stays readable with two articles and with sixty: to the left of a card there is only the line
that leads to it, with its label, and to its right there is nothing but the lines of circles. Layered layouts, made by
libraries or not, save rows and pay with crossings; where copies are many, stacks save more. The horizontal place is the
time: a card stands as far to the right as its time asks for, and far enough from its parent for the label between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inquit.exports.claimswords import Words
from inquit.exports.excerpts import short_name
from inquit.exports.graph import Graph, Node
from inquit.exports.graphletters import fitted, width, wrapped
from inquit.exports.graphtimes import Axis, Clock, axis, clock, marks, spread
from inquit.exports.times import published_at

NAME, NOTE = 13.0, 11.0
"""Size of the letters of names and of notes, in pixels."""

GUTTER = 30.0
"""Room at the left for the line of the denials."""

SOURCE, CARD = 236.0, 214.0
"""Width of a source's card and of an article's."""

ROW, LOW = 42.0, 28.0
"""Height of a row, and of an article's card in it."""

INDENT, DEEPEST = 16.0, 6
"""Narrow drawings are indented by so many pixels, down to that depth."""

_PAD = 10.0
_LINE = 15.0
_NARROW_GAP = 10.0
_PILE = 10.0
_NAMES_LINE = 14.0
_LANE = 12.0
_DAY = 40.0
_HEAD = 30.0
_TRUNK = 16.0
_LEAST_STEP = 58.0


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
    _written(boxes, words, known)
    _add_further(boxes, graph, words)
    edge = max((label.x + label.width + _PAD for box in boxes for label in box.labels), default=0.0)
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
            box.height = 28 + _NAMES_LINE * len(_stack_names(box.node, box.width))
    height, rules = _rows(boxes, graph, words, indented=True)
    _written(boxes, words, known, indented=True)
    _add_further(boxes, graph, words, indented=True)
    wires = [*_tree_wires(boxes, words, indented=True), *_denials(boxes, graph, gutter=gutter)]
    return Layout("narrow", room, height, tuple(boxes), tuple(wires), rules=tuple(rules))


# --- rows and columns


def _boxes(graph: Graph, card: float) -> list[Box]:
    """A card for each node, each before those that have the claim from it."""
    boxes: list[Box] = []
    waiting = [(root, 0) for root in reversed((*graph.sources, *graph.deniers))]
    while waiting:
        node, depth = waiting.pop()
        height = _source_height(node) if not depth else LOW
        if node.kind == "stack":
            height = 28 + _NAMES_LINE * len(_stack_names(node, card))
        boxes.append(Box(node, depth, GUTTER, 0, SOURCE if not depth else card, height))
        waiting.extend((child, depth + 1) for child in reversed(node.children))
    return boxes


def _source_height(node: Node) -> float:
    lines = len(wrapped(short_name(node.name), SOURCE - 56, NAME, 2))
    return 32 + _LINE * max(1, lines)


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


# --- words


def _written(boxes: Sequence[Box], words: Words, known: Clock, *, indented: bool = False) -> None:
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
        below = fitted(below, box.width - 2 * _PAD, NOTE)
        name = fitted(signs + short_name(node.name), box.width - 2 * _PAD, NAME)
        return [
            Label(name, box.x + _PAD, box.y + 18, width(name, NAME), NAME, "name"),
            Label(below, box.x + _PAD, box.y + 34, width(below, NOTE), NOTE, "note"),
        ]
    told = when if node.kind == "article" else words("relay" if node.kind == "relay" else "outlet")
    right = f"{signs}{told}".strip()
    if node.kind != "article" and width(short_name(node.name), NAME) > box.width - width(right, NOTE) - 2 * _PAD - 6:
        right = ""
    room = width(right, NOTE)
    name = fitted(short_name(node.name), box.width - room - 2 * _PAD - 6, NAME)
    base = box.middle + 4.5
    labels = [Label(name, box.x + _PAD, base, width(name, NAME), NAME, "name")]
    return [*labels, Label(right, box.x + box.width - _PAD - room, base, room, NOTE, "note")] if right else labels


def _special(node: Node, words: Words) -> str:
    if node.back:
        return words("circular")
    return words("relay") if node.kind == "relay" else words("denies_too") if node.denies_too else ""


def _stack_labels(box: Box, words: Words, known: Clock) -> list[Label]:
    """How many articles a stack has, from when on, and the first of their outlets."""
    node = box.node
    room = box.width - 2 * _PAD
    name = fitted(
        words(f"stack_{node.how or 'said'}", n=len(node.articles)), room - 84 if known.days else room - 50, NAME
    )
    labels = [Label(name, box.x + _PAD, box.y + 18, width(name, NAME), NAME, "name")]
    when = known.shown(node.published)
    at = width(when, NOTE)
    if when:
        labels.append(Label(when, box.x + box.width - _PAD - at, box.y + 18, at, NOTE, "note"))
    for number, told in enumerate(_stack_names(node, box.width)):
        base = box.y + 34 + _NAMES_LINE * number
        labels.append(Label(told, box.x + _PAD, base, width(told, NOTE), NOTE, "note"))
    return labels


def _stack_names(node: Node, card: float) -> list[str]:
    """The first outlets of a stack, in lines of its card."""
    return wrapped(", ".join(map(short_name, node.names[:40])), card - 2 * _PAD, NOTE, 3)


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


def _add_further(boxes: Sequence[Box], graph: Graph, words: Words, *, indented: bool = False) -> None:
    """Write beside cards what they have from others; indented, below what is there, where there is room."""
    told = further(graph, words)
    for box in boxes:
        if box.node.key not in told:
            continue
        if indented:
            room = box.width - 2 * _PAD
            last = box.labels[-1]
            text = fitted(" · ".join(part for part in (last.text, told[box.node.key]) if part), room, NOTE)
            box.labels[-1] = Label(text, last.x, last.y, width(text, NOTE), NOTE)
        else:
            text = fitted(told[box.node.key], CARD, NOTE)
            box.labels.append(Label(text, box.x + box.width + 6, box.middle - 6, width(text, NOTE), NOTE, "how"))


def _tick(x: float, text: str) -> Label:
    room = width(text, NOTE)
    return Label(text, x + 3, 12, room, NOTE, "tick")
