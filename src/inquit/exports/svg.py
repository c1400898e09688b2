"""The drawing of an article's sources: outlet ← relay ← primary source, lines as wide as their statements are many.

Two drawings are made of one tree, a wide one in columns and a narrow one that is indented: a picture scaled down to
a telephone cannot be read. Every primary source has a row of its own, so that the lines of denials, which run on
the right, cross nothing.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from inquit.exports.markup import Markup, classes, tag
from inquit.exports.sourcetree import Node, Path, SourceTree
from inquit.exports.wording import KINDS, count
from inquit.records import Kind, Naming

_HEIGHT = 40
_ROW = 52
_LETTER, _SMALL_LETTER = 7.7, 6.3
"""Width of a middling letter of a name and of a note in pixels; a little more than system fonts need."""
_THICKEST, _THINNEST = 18.0, 2.0
_LANE = 14
_WIDE, _WIDE_GAP, _WIDEST_CARD = 1080, 96, 260


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words in a drawing, in the language of its readers."""

    kind: Callable[[Kind, Naming], str]
    article: str
    unsourced: Callable[[int], str]
    denied: Callable[[int], str]
    statements: Callable[[int], str]
    disputes: str


ENGLISH = Words(
    kind=lambda kind, naming: KINDS[kind] if naming == "named" else f"{naming} {KINDS[kind]}",
    article="the article",
    unsourced=lambda n: f"{n} without a source",
    denied=lambda n: f"{n} denied",
    statements=lambda n: count(n, "statement"),
    disputes="disputes",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a drawing is laid out: all sizes in pixels. `step` is the way from one depth to the next."""

    name: str
    width: int
    card: int
    step: int
    indented: bool
    words: Words


@dataclass(frozen=True, slots=True)
class Card:
    """A source with its place in the drawing."""

    node: Node
    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        """The height of the card's middle."""
        return self.y + _HEIGHT / 2


def drawings(tree: SourceTree, label: str, words: Words = ENGLISH) -> Markup:
    """The wide and the narrow drawing; the style sheet shows one of them. `label` says in words what they show."""
    lanes = _LANE * min(len(tree.disputes), 4) + 22
    depth = max(len(node.path) for node in tree.root.walk())
    gap = _WIDE_GAP if depth <= 2 else _WIDE_GAP * 2 // 3
    card = min(_WIDEST_CARD, (_WIDE - lanes - gap * depth) // (depth + 1))
    wide = Plan("wide", card + (card + gap) * depth + lanes, card, card + gap, indented=False, words=words)
    narrow = Plan("narrow", 340, 340 - lanes, 16, indented=True, words=words)
    return Markup(_drawing(tree, wide, label) + _drawing(tree, narrow, label))


def _drawing(tree: SourceTree, plan: Plan, label: str) -> Markup:
    cards = {card.node.path: card for card in _placed(tree.root, plan)}
    height = max(card.y for card in cards.values()) + _HEIGHT + 2
    most = max([child.total for child in tree.root.children], default=1)
    against = {other for _, other in tree.disputes}
    lines = [
        _line(card, cards[card.node.path[:-1]], plan, most, disputed=card.node.path in against)
        for card in cards.values()
        if card.node.path
    ]
    lanes = [_denial(cards[by], cards[other], plan, place) for place, (by, other) in enumerate(tree.disputes)]
    drawn = [_card(card, plan) for card in cards.values()]
    return tag(
        "svg",
        tag("title", label),
        tag("g", *lines),
        tag("g", *drawn),
        tag("g", *lanes),
        xmlns="http://www.w3.org/2000/svg",
        class_=f"sources {plan.name}",
        viewBox=f"0 0 {plan.width} {height:g}",
        width=f"{plan.width / 16:g}rem",
        role="img",
        aria_label=label,
    )


def _placed(root: Node, plan: Plan) -> list[Card]:
    """The cards of all nodes; in columns a relay stands beside the first who speaks through it."""
    cards: list[Card] = []
    row = 0

    def place(node: Node) -> None:
        nonlocal row
        depth = len(node.path)
        x = depth * plan.step
        width = plan.card - depth * plan.step if plan.indented else plan.card
        cards.append(Card(node, x, row * _ROW + 1, width))
        row += 1 if plan.indented or (node.own and node.path) or not node.children else 0
        for child in node.children:
            place(child)

    place(root)
    return cards


def _line(card: Card, parent: Card, plan: Plan, most: int, *, disputed: bool) -> Markup:
    """The line from a source to the one that relays it, with its arrow, and a cross where it is denied."""
    thick = max(_THINNEST, _THICKEST * card.node.total / most)
    if plan.indented:
        thick = max(_THINNEST, thick / 3)
        x = card.x - plan.step / 2
        course = f"M{card.x:g} {card.middle:g}H{x:g}V{parent.y + _HEIGHT + 7:g}"
        head = _arrow(x, parent.y + _HEIGHT, thick, up=True)
        cross_x, cross_y = x, card.middle
    else:
        end = parent.x + parent.width
        bend = (end + card.x) / 2
        curve = f"C{bend:g} {card.middle:g} {bend:g} {parent.middle:g} {end + 9:g} {parent.middle:g}"
        course = f"M{card.x:g} {card.middle:g}{curve}"
        head = _arrow(end, parent.middle, thick, up=False)
        cross_x, cross_y = card.x - 14, card.middle
    kind = "unnamed" if card.node.unnamed else "named"
    dashes = f"{max(3, thick * 0.7):g} {max(2.5, thick * 0.35):g}" if card.node.unnamed else None
    course_drawn = tag("path", class_="way", d=course, stroke_width=thick, stroke_dasharray=dashes)
    cross = [_cross(cross_x, cross_y, min(9.0, max(6.0, thick / 2 + 3)))] if disputed else []
    return tag("g", course_drawn, head, *cross, class_=kind)


def _arrow(x: float, y: float, thick: float, *, up: bool) -> Markup:
    half = max(5.0, thick / 2 + 2.5)
    if up:
        return tag("path", class_="head", d=f"M{x:g} {y:g}l{half:g} 8h{-2 * half:g}z")
    return tag("path", class_="head", d=f"M{x:g} {y:g}l10 {-half:g}v{2 * half:g}z")


def _cross(x: float, y: float, half: float) -> Markup:
    d = f"M{x - half:g} {y - half:g}l{2 * half:g} {2 * half:g}m0 {-2 * half:g}l{-2 * half:g} {2 * half:g}"
    return tag("path", class_="cross", d=d)


def _denial(by: Card, other: Card, plan: Plan, place: int) -> Markup:
    """The line from who denies to what is denied: around the right side, with a bar at its end."""
    x = plan.width - 6 - _LANE * (place % 4)
    begin, end = by.middle - 5 + 3 * (place % 4), other.middle - 5 + 3 * (place % 4)
    course = f"M{by.x + by.width:g} {begin:g}H{x:g}V{end:g}H{other.x + other.width + 6:g}"
    bar = f"M{other.x + other.width + 6:g} {end - 7:g}v14"
    told = tag("title", f"{by.node.name} {plan.words.disputes} {other.node.name}")
    return tag("g", told, tag("path", d=course), tag("path", class_="bar", d=bar), class_="denial")


def _card(card: Card, plan: Plan) -> Markup:
    """A source's card: its name, and below it how it is named and how many statements rest on it."""
    node = card.node
    root = not node.path
    kind = classes("card", "root" if root else "unnamed" if node.unnamed else "named", f"kind-{node.kind}")
    room = card.width - 24
    number = node.numbers
    name = _fitted(node.name, room / _LETTER - len(number) - 1)
    small = _fitted(_note(node, plan.words), room / _SMALL_LETTER)
    corner = 3 if node.kind in ("outlet", "document") else 12
    return tag(
        "g",
        tag("title", f"{node.name}: {_note(node, plan.words)}, {plan.words.statements(node.total)}"),
        tag("rect", x=card.x + 1, y=card.y, width=card.width - 2, height=_HEIGHT, rx=corner),
        tag("text", name, x=card.x + 12, y=card.y + 17, class_="name"),
        tag("text", number, x=card.x + card.width - 12, y=card.y + 17, class_="name", text_anchor="end"),
        tag("text", small, x=card.x + 12, y=card.y + 32, class_="note"),
        class_=kind,
    )


def _note(node: Node, words: Words) -> str:
    """What a source is, and what of it is denied."""
    if not node.path:
        return f"{words.article}, {words.unsourced(len(node.own))}" if node.own else words.article
    kind = words.kind(node.kind, node.naming)
    return f"{kind}, {words.denied(node.disputed)}" if node.disputed else kind


def _fitted(words: str, letters: float) -> str:
    """The words in the room of so many letters of middling width."""
    used = 0.0
    for at, letter in enumerate(words):
        used += _widths(letter)
        if used > letters:
            return words[: max(1, at - 1)].rstrip() + "…"
    return words


def _widths(letter: str) -> float:
    """The width of a letter, that of a middling one being 1."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 2.0
    if letter in "fijlrtI.,;:'()| ":
        return 0.65
    return 1.45 if letter in "mwMWÄÖ@—…" else 1.15 if letter.isupper() else 1.0


def dispute_names(tree: SourceTree) -> list[tuple[str, str]]:
    """Who disputes whom, by name, in the order of the text."""
    names: dict[Path, str] = {node.path: node.name for node in tree.root.walk()}
    return [(names[by], names[other]) for by, other in tree.disputes]
