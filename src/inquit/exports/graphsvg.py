"""The drawing of a claim's provenance as SVG: a wide one over time and a narrow one; the style sheet shows one of them.

Ties are told apart by dashes and by their labels, unnamed sources by a dashed frame, circles and denials by their
lines and signs: nothing is said by colour alone.
"""

from collections.abc import Mapping
from importlib.resources import files

from inquit.exports.claimswords import Words
from inquit.exports.excerpts import short_name
from inquit.exports.graph import Graph
from inquit.exports.graphlabels import Box, Label, source_note
from inquit.exports.graphlayout import Layout, Wire, narrow, wide
from inquit.exports.markup import Markup, classes, join, tag

_CORNER = 7.0
DASHES = {"rewrite": "9 3 2 3", "cites": "3 3.5"}
"""The dashes of lines by what they mean; all others are drawn through."""


def claim_styles() -> str:
    """The rules for drawings and pages of claims; they need the custom properties of the reports."""
    return (files(__package__) / "claims.css").read_text("utf-8")


def claim_drawings(graph: Graph, label: str, told: Words, targets: Mapping[str, str] | None = None) -> Markup:
    """The wide and the narrow drawing of a claim; `label` says in words what they show.

    `targets` are addresses by the keys of nodes: their cards lead there, by pointer and by keyboard.
    """
    shown = (_drawing(layout, told, label, targets or {}) for layout in (wide(graph, told), narrow(graph, told)))
    return join(shown)


def _drawing(layout: Layout, told: Words, label: str, targets: Mapping[str, str]) -> Markup:
    names = {box.node.key: short_name(box.node.name or told("nobody")) for box in layout.boxes}
    order = sorted(layout.wires, key=lambda wire: (wire.circular, wire.how == "denies"))
    return tag(
        "svg",
        tag("title", label),
        tag("desc", told("drawing_label")),
        tag("g", *(_tick(tick, layout.height) for tick in layout.ticks), class_="axis"),
        tag("g", *(_rule(rule, layout.width) for rule in layout.rules)),
        tag("g", *(_wire(wire, told, names) for wire in order)),
        tag("g", *(_linked(_box(box, told), box, targets) for box in layout.boxes)),
        xmlns="http://www.w3.org/2000/svg",
        class_=f"provenance {layout.name}",
        viewBox=f"0 0 {layout.width:g} {layout.height:g}",
        width=f"{layout.width / 16:g}rem",
        role="group" if targets else "img",
        aria_label=label,
    )


def _tick(tick: Label, height: float) -> Markup:
    x = round(tick.x - 3, 1)
    return tag("g", tag("path", d=f"M{x:g} 4V{height:g}"), _text(tick))


def _rule(rule: Label, width: float) -> Markup:
    return tag("g", tag("path", d=f"M{rule.x:g} {rule.y - 20:g}H{width:g}"), _text(rule), class_="part")


def _wire(wire: Wire, told: Words, names: dict[str, str]) -> Markup:
    """A line with rounded corners, what it means for the pointer, and the sign at its end."""
    key = {"back": "circular", "denies": "denier"}.get(wire.how, wire.how)
    title = tag("title", f"{names[wire.begin]} → {names[wire.end]}: {told(key)}")
    course = tag("path", class_="way", d=_course(wire.points), stroke_dasharray=DASHES.get(wire.how))
    x, y = wire.points[-1]
    if wire.how == "denies":
        end = tag("path", class_="bar", d=f"M{x:g} {y - 9:g}v18")
    elif wire.how == "back":
        end = tag("path", class_="tip", d=f"M{x:g} {y:g}l9 -5v10z")
    else:
        end = tag("path", class_="tip", d=f"M{x:g} {y:g}l-9 -5v10z")
    label = [_text(wire.label)] if wire.label else []
    return tag("g", title, course, end, *label, class_=classes("tie", wire.how, "round" if wire.circular else None))


def _course(points: tuple[tuple[float, float], ...]) -> str:
    """A path through points that turns at right angles, its corners rounded."""
    (x, y), *rest = points
    parts = [f"M{x:.1f} {y:.1f}"]
    for at, (cx, cy) in enumerate(rest):
        if at == len(rest) - 1:
            parts.append(f"L{cx:.1f} {cy:.1f}")
            break
        nx, ny = rest[at + 1]
        before, after = _toward((cx, cy), (x, y)), _toward((cx, cy), (nx, ny))
        parts.append(f"L{before[0]:.1f} {before[1]:.1f}Q{cx:.1f} {cy:.1f} {after[0]:.1f} {after[1]:.1f}")
        x, y = cx, cy
    return "".join(parts)


def _toward(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """The point at most a corner's radius from `start` on the way to `end`."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = max(abs(dx), abs(dy), 1e-9)
    part = min(_CORNER, far / 2) / far
    return start[0] + dx * part, start[1] + dy * part


def _box(box: Box, told: Words) -> Markup:
    """A card with its labels; a stack has the edges of others behind it."""
    node = box.node
    name = told("unknown_source") if node.kind == "unknown" else short_name(node.name or told("nobody"))
    full = told.listed(node.names, 60) if node.kind == "stack" else name
    note = f" – {source_note(node, told)}" if not box.depth else ""
    round_ = 4 if node.kind in ("article", "stack", "outlet") else 12
    behind = [
        tag("rect", x=box.x + by, y=box.y + by, width=box.width, height=box.height, rx=round_, class_="behind")
        for by in ((7, 3.5) if node.kind == "stack" else ())
    ]
    kind = classes(
        "card",
        node.kind,
        "unnamed" if node.unnamed else None,
        "uncounted" if node.source and not node.source.independent else None,
        "returns" if node.back else None,
        "against" if node.denies_too else None,
    )
    front = tag("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=round_)
    return tag("g", tag("title", f"{full}{note}"), *behind, front, *map(_text, box.labels), class_=kind)


def _linked(card: Markup, box: Box, targets: Mapping[str, str]) -> Markup:
    """The card, leading to what is said of it elsewhere."""
    target = targets.get(box.node.key)
    name = ", ".join(label.text for label in box.labels)
    return tag("a", card, href=target, aria_label=name) if target else card


def _text(label: Label) -> Markup:
    return tag("text", label.text, x=round(label.x, 1), y=round(label.y, 1), class_=label.style)
