"""One claim on a terminal: the balance, who has it from whom as a tree, denials, and how each source was counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from inquit.exports import claimsfacts as facts
from inquit.exports.claimsterminal import Parts, printed, text
from inquit.exports.claimsview import ALONE, ClaimContext, ClaimPage, claim_page
from inquit.exports.claimswords import Words
from inquit.exports.excerpts import line, short_name, shorten
from inquit.exports.graph import Node, claim_graph
from inquit.exports.graphlabels import further, number_of, source_note
from inquit.exports.signs import Signs
from inquit.records import Claim

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.text import Text

FOLDED_FROM = 4
"""Copies of one article from which on a tree folds them; a line each is quickly read up to three."""

_DEEPEST = 12
_QUOTE = 200


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every part of a drawing needs: the page, the signs of the screen, and its columns."""

    page: ClaimPage
    screen: Signs
    room: int


def claim_to_terminal(
    claim: Claim,
    context: ClaimContext = ALONE,
    *,
    stream: TextIO,
    width: int | None = None,
    statements: bool = False,
) -> str:
    """A claim as `stream` can show it, without the last line break; `statements` adds the words of each outlet."""
    graph = claim_graph(claim, context.stories.get(claim.story), folded_from=FOLDED_FROM)
    page = claim_page(graph, context)

    def parts(screen: Signs, room: int) -> "list[RenderableType]":
        sheet = _Sheet(page, screen, room)
        return [*_parts(sheet), *(_statements(sheet) if statements else ())]

    return printed(parts, stream=stream, width=width)


def _parts(sheet: _Sheet) -> Iterator["RenderableType"]:
    claim, screen, told = sheet.page.claim, sheet.screen, sheet.page.words
    yield text(screen, (shorten(line(claim.text), 4 * sheet.room), "bold"))
    yield text(screen, (f" {screen.dot} ".join(_about(sheet.page)), "dim"))
    yield text(screen)
    yield text(screen, (facts.lead(claim, told), "bold"))
    for warning in facts.warnings(claim, told):
        yield text(screen, (warning, "red"))
    yield text(screen)
    reasons, others = facts.reasons(claim)
    for root in sheet.page.graph.sources:
        yield _root(root, reasons.get(root.place) if root.place is not None else None, sheet)
        yield text(screen)
    if sheet.page.graph.deniers:
        yield text(screen, (told("denials"), "bold red"))
        yield from (_root(root, None, sheet) for root in sheet.page.graph.deniers)
        yield text(screen)
    for reason in others:
        yield text(screen, (f"- {reason}", "dim"))


def _about(page: ClaimPage) -> list[str]:
    """The claim's id, its story, and when it was first seen."""
    claim, story = page.claim, page.context.stories.get(page.claim.story)
    first = page.words("first_seen", when=page.times.full(claim.first_seen)) if claim.first_seen else ""
    return [part for part in (short_name(claim.id), line(story.title or "") if story else "", first) if part]


# --- the tree


def _root(root: Node, reason: str | None, sheet: _Sheet) -> "RenderableType":
    """A source with its number and why it was counted, and below it all that has the claim from it, with the times."""
    from rich.table import Table

    times, screen, told = sheet.page.times, sheet.screen, sheet.page.words
    rows = list(_branches(root, screen))
    when = max((len(times.shown(node.published)) for _, _, node in rows), default=0)
    grid = Table.grid(padding=(0, 2, 0, 0), expand=False)
    grid.add_column(width=when, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("", text(screen, *_head(root, screen, told)))
    if reason:
        trunk = screen.trunk if rows else "  "
        grid.add_row("", _Branch(trunk, trunk, text(screen, (reason, "dim italic"))))
    also = further(sheet.page.graph, told)
    for prefix, below, node in rows:
        shown = text(screen, (times.shown(node.published), "dim"))
        more = [(f"  {also[node.key]}", "cyan")] if node.key in also else []
        grid.add_row(shown, _Branch(prefix, below, text(screen, *_node(node, screen, told), *more)))
    return grid


def _head(root: Node, screen: Signs, told: Words) -> Parts:
    """The number of a source, its name, and what it is."""
    name = told("unknown_source") if root.kind == "unknown" else short_name(root.name or told("nobody"))
    if root.kind == "denier":
        return [(f"{screen.cross} ", "bold red"), (name, "bold")]
    colour = "dim" if not root.number else "yellow" if root.unnamed else "blue"
    sign = "" if root.kind == "unknown" else f"{screen.unnamed if root.unnamed else screen.named} "
    number = screen.shown(number_of(root))
    return [(f"{number} ", f"bold {colour}"), (sign, colour), (name, "bold"), (f"  {source_note(root, told)}", colour)]


def _branches(root: Node, screen: Signs) -> Iterator[tuple[str, str, Node]]:
    """Every node below a root with the lines that lead to it, and those that go on beside further lines of it.

    What lies very deep is not set in further.
    """
    waiting = [(child, "", child is root.children[-1]) for child in reversed(root.children)]
    while waiting:
        node, trunk, last = waiting.pop()
        aside = trunk + ("   " if last else f"{screen.trunk} ")
        below = aside if len(trunk) < 3 * _DEEPEST else trunk
        further = f"{screen.trunk} " if node.children and below is aside else "   " if node.children else ""
        yield f"{trunk}{screen.last if last else screen.branch} ", aside + further, node
        waiting.extend((child, below, child is node.children[-1]) for child in reversed(node.children))


@dataclass(frozen=True, slots=True)
class _Branch:
    """The lines of the tree, and beside them all that is said of a node, however many lines that takes."""

    prefix: str
    below: str
    shown: "Text"

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        from rich.segment import Segment
        from rich.style import Style

        room = max(12, options.max_width - max(len(self.prefix), len(self.below)))
        for number, row in enumerate(console.render_lines(self.shown, options.update(width=room), pad=False)):
            yield Segment(self.below if number else self.prefix, Style(dim=True))
            yield from row
            yield Segment.line()


def _node(node: Node, screen: Signs, told: Words) -> Parts:
    how = node.how or "said"
    if node.kind == "stack":
        more = told(f"{how}_more", n=len(node.articles))
        return [(f"{more}: ", "bold"), (told.listed(node.names, 12), "")]
    parts: Parts = [(short_name(node.name), "" if node.kind == "relay" else "bold")]
    if node.kind in ("relay", "outlet"):
        parts.append((f"  {told('relay' if node.kind == 'relay' else 'no_article')}", "dim"))
    elif how != "said":
        parts.append((f"  {told(how)}", "magenta" if node.circular else "cyan"))
    if node.back:
        parts.append((f"  {_loop(screen)} {told('back', name=short_name(node.name))}", "bold magenta"))
    if node.denies_too:
        parts.append((f"  {screen.cross} {told('denies_too')}", "red"))
    return parts


def _loop(screen: Signs) -> str:
    """The sign of a circle, where the screen has one."""
    return "↻" if screen.shown("↻") == "↻" else "@"


# --- the statements


def _statements(sheet: _Sheet) -> Iterator["RenderableType"]:
    claim, screen, told = sheet.page.claim, sheet.screen, sheet.page.words
    yield text(screen)
    yield text(screen, (told("statements"), "bold"))
    for against, found in ((False, claim.statements), (True, claim.denied_by)):
        for statement in found:
            sign = f"{screen.cross} " if against else ""
            by = short_name(statement.by) if statement.by else told("no_speaker")
            about = " · ".join(part for part in (sheet.page.times.shown(statement.published), by) if part)
            outlet = (f"{sign}{facts.outlet_of(statement)}  ", "bold red" if against else "bold")
            yield text(screen, outlet, (about, "dim"))
            yield text(screen, (shorten(line(statement.text), _QUOTE), ""))
