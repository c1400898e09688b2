"""The readable ledger on a terminal: the source balance, the article's sources, then every statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from inquit.exports import wording
from inquit.exports.excerpts import pieces, quoted, short_name, shorten
from inquit.exports.signs import Signs, signs
from inquit.exports.sourcetree import Node, SourceTree, source_tree
from inquit.records import Ledger, Quotation

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.segment import Segment
    from rich.text import Text

WIDEST = 132
"""Longer lines tire the eye; a wider terminal keeps its right side empty."""

SIDE_BY_SIDE = 100
"""From this width on a statement stands beside its source, below it under it."""

_BAR = 24
_NARROWEST = 24
_LINES = 3
"""A quote is shown in about so many lines; the whole of it is in the other outputs."""

_Parts = list[tuple[str, str]]
_Row = tuple[_Parts, _Parts, _Parts, _Parts]


def to_terminal(ledger: Ledger, *, why: bool = False, stream: TextIO, width: int | None = None) -> str:
    """The readable ledger as `stream` can show it: its width, its colours, its signs; without the last line break.

    `width` in characters replaces the stream's own; `why` adds the reasons of every statement.
    """
    from rich.console import Console

    console = Console(file=stream, width=width, markup=False, emoji=False, highlight=False)
    with console.capture() as capture:
        console.print(LedgerView(ledger, why))
    return capture.get().rstrip("\n")


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A ledger for a rich console, at any width, with or without colour."""

    ledger: Ledger
    why: bool = False

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        from rich.segment import Segment

        screen = signs("ascii" if options.legacy_windows else options.encoding)
        width = max(_NARROWEST, min(options.max_width, WIDEST))
        narrowed = options.update(width=width, max_width=width)
        for part in _parts(self.ledger, screen, width, why=self.why):
            for line in console.render_lines(part, narrowed, pad=False):
                yield from trimmed(line)
                yield Segment.line()


def trimmed(line: list["Segment"]) -> list["Segment"]:
    """The line without the blanks at its end, which a pipe would carry along."""
    from rich.segment import Segment

    while line and not line[-1].text.rstrip(" "):
        line = line[:-1]
    if line:
        text, style, control = line[-1]
        line = [*line[:-1], Segment(text.rstrip(" "), style, control)]
    return line


def _parts(ledger: Ledger, screen: Signs, width: int, *, why: bool) -> Iterator["RenderableType"]:
    from rich.text import Text

    yield _text(screen, (wording.heading(ledger.article), "bold"))
    if about := wording.byline(ledger.article):
        yield _text(screen, (f" {screen.dot} ".join(about), "dim"))
    yield Text()
    sentences = wording.sentences(ledger.summary)
    yield _text(screen, (sentences[0], "bold"), *((f" {sentence}", "") for sentence in sentences[1:]))
    if not ledger.quotations:
        return
    yield Text()
    yield from _drawing(source_tree(ledger), screen, width)
    yield Text()
    yield from _statements(ledger, screen, width, why=why)


def _text(screen: Signs, *parts: tuple[str, str]) -> "Text":
    """Text that is never read as markup; each part with its style."""
    from rich.text import Text

    return Text.assemble(*((screen.shown(words), style) for words, style in parts), overflow="fold")


# --- the drawing of the sources


def _drawing(tree: SourceTree, screen: Signs, width: int) -> Iterator["RenderableType"]:
    """A line a source: its place in the tree, its name, a bar for its statements, and what is special about it."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 1), expand=False)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    bar, room = min(_BAR, width // 7), width * 2 // 5
    most = max(1, *(node.total for node in tree.root.walk()[1:]), 1)
    against = _against(tree)
    for prefix, node in _branches(tree.root, screen):
        shown = _cut(screen.shown(node.name), max(8, room - len(prefix) - 2), screen)
        sign, *notes = _source(node, screen, bar * node.total / most, against.get(node.path, []))
        style = "" if node.children and node.path else "bold"
        grid.add_row(*(_text(screen, *parts) for parts in ([(prefix, "dim"), *sign, (shown, style)], *notes)))
    yield grid
    if tree.folded_sources:
        more = wording.count(tree.folded_sources, "more source")
        yield _text(screen, (f"{more} with {wording.count(tree.folded_statements, 'statement')}", "dim"))


def _source(node: Node, screen: Signs, length: float, against: list[str]) -> _Row:
    """The sign before a source's name, its bar, its number, and notes."""
    if not node.path:
        silent = f"{len(node.own)} with {wording.NO_SOURCE}" if node.own else ""
        return [], [], [], [(silent, "dim")]
    sign, stroke = (screen.unnamed, screen.broken) if node.unnamed else (screen.named, screen.solid)
    colour = "yellow" if node.unnamed else "blue"
    notes = [(wording.NAMINGS[node.naming], colour)] if node.unnamed else []
    if node.kind in ("outlet", "document"):
        notes.insert(0, (wording.KINDS[node.kind], "dim"))
    if against:
        notes.append((f"{screen.cross} {node.disputed} disputed by {wording.listed(against)}", "red"))
    joined = [part for note in notes for part in ((", ", "dim"), note)][1:]
    bar = stroke * max(1, round(length))
    return [(f"{sign} ", colour)], [(bar, colour)], [(node.numbers, "")], joined


def _cut(text: str, cells: int, screen: Signs) -> str:
    """`text` in at most so many cells of the screen."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= cells:
        return text
    ellipsis = screen.shown("…")
    return set_cell_size(text, cells - len(ellipsis)).rstrip() + ellipsis


def _branches(root: Node, screen: Signs) -> Iterator[tuple[str, Node]]:
    """Every node with the lines that lead to it."""

    def below(node: Node, trunk: str) -> Iterator[tuple[str, Node]]:
        for child in node.children:
            last = child is node.children[-1]
            yield trunk + (screen.last if last else screen.branch), child
            yield from below(child, trunk + ("  " if last else screen.trunk))

    yield "", root
    yield from below(root, "")


def _against(tree: SourceTree) -> dict[tuple[str, ...], list[str]]:
    """Who disputes each source, by name."""
    names = {node.path: node.name for node in tree.root.walk()}
    against: dict[tuple[str, ...], list[str]] = {}
    for by, other in tree.disputes:
        against.setdefault(other, []).append(names[by])
    return against


# --- the statements


def _statements(ledger: Ledger, screen: Signs, width: int, *, why: bool) -> Iterator["RenderableType"]:
    from rich.table import Table
    from rich.text import Text

    numbers = {quotation.id: place for place, quotation in enumerate(ledger.quotations, 1)}
    against = wording.disputed_by(ledger)
    digits = len(str(len(numbers)))
    beside = width >= SIDE_BY_SIDE
    columns = width - digits - 2
    left = columns * 11 // 20 if beside else columns
    grid = Table.grid(padding=(0, 2, 0, 0), expand=False)
    grid.add_column(justify="right", width=digits, no_wrap=True)
    grid.add_column(width=left - 2 if beside else columns, overflow="fold")
    if beside:
        grid.add_column(width=columns - left, overflow="fold")
    for place, quotation in enumerate(ledger.quotations, 1):
        quote = shorten(quoted(ledger.article, quotation), _LINES * (left - 2))
        disputes = [
            f"{who} ({', '.join(str(numbers[number]) for number in by)})"
            for who, by in against.get(quotation.id, {}).items()
        ]
        about = Text("\n").join(_about(ledger, quotation, screen, disputes, why=why))
        number = _text(screen, (str(place), "cyan"))
        if beside:
            grid.add_row(number, _text(screen, (quote, "")), about)
        else:
            grid.add_row(number, Text("\n").join([_text(screen, (quote, "")), about]))
        if place < len(numbers):
            grid.add_row()
    yield grid


def _about(ledger: Ledger, quotation: Quotation, screen: Signs, disputes: list[str], *, why: bool) -> list["Text"]:
    """Who, on whose word, how, disputed by whom; a line each."""
    lines = [_who(ledger, quotation, screen)]
    lines.append(_text(screen, (f" {screen.dot} ".join(_how(ledger, quotation)), "dim")))
    if disputes:
        lines.append(_text(screen, (f"{screen.cross} disputed by {', '.join(disputes)}", "red")))
    if quotation.confidence < wording.LOW_CONFIDENCE:
        lines.append(_text(screen, (f"{screen.doubt} unsure: confidence {quotation.confidence:.2f}", "magenta")))
    if why:
        lines += [_text(screen, (f"- {reason}", "dim")) for reason in quotation.why]
    return lines


def _who(ledger: Ledger, quotation: Quotation, screen: Signs) -> "Text":
    if not quotation.chain:
        speaker = " ".join(pieces(ledger.article, quotation.speaker))
        return _text(screen, (speaker or wording.NO_SOURCE, "bold" if speaker else "yellow"))
    primary = quotation.chain[-1]
    parts = [
        (f"{screen.named if primary.naming == 'named' else screen.unnamed} ", "blue"),
        (short_name(primary.name), "bold"),
    ]
    if primary.naming != "named":
        parts = [(f"{screen.unnamed} ", "yellow"), parts[1], (f", {wording.NAMINGS[primary.naming]}", "yellow")]
    if through := wording.whose_word(quotation.chain):
        parts.append((f", {through}", ""))
    return _text(screen, *parts)


def _how(ledger: Ledger, quotation: Quotation) -> list[str]:
    how = [wording.TYPES[quotation.type]]
    if quotation.medium in ("Thought", "Writing", "TW"):
        how.append(wording.MEDIA[quotation.medium])
    if quotation.stance != "assert":
        how.append(wording.STANCES[quotation.stance])
    if hedges := pieces(ledger.article, quotation.hedges):
        how.append(f"hedged: {', '.join(hedges)}")
    return how
