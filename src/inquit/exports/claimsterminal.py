"""Claims and stories as tables on a terminal, at any width: what does not fit beside stands below.

Sixty columns show a claim in a few lines, eighty a table with the figures, a hundred and twenty all columns.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from inquit.exports import claimsfacts as facts
from inquit.exports.claimsview import ALONE, ClaimContext
from inquit.exports.claimswords import Words
from inquit.exports.excerpts import line, short_name, shorten
from inquit.exports.graphtimes import clock
from inquit.exports.signs import Signs, signs
from inquit.exports.terminal import trimmed
from inquit.records import HOWS, Article, Claim, Story

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.table import Table
    from rich.text import Text

WIDEST, NARROWEST = 140, 24
TABLE, WIDE = 76, 108
"""Columns of a screen from which on claims are a table, and one with all columns."""

_NAMES = 2
_BAR = 7

Parts = list[tuple[str, str]]
Lines = Callable[[Signs, int], "Sequence[RenderableType]"]


def claims_table(
    claims: Sequence[Claim], context: ClaimContext = ALONE, *, stream: TextIO, width: int | None = None
) -> str:
    """Claims as `stream` can show them, without the last line break.

    Claim, outlets, independent sources, share of unnamed sources, who disputes it, circular, first seen.
    """
    told = context.words
    if not claims:
        return told("nothing")
    return printed(lambda screen, room: _claims(claims, screen, room, told), stream=stream, width=width)


def stories_table(
    stories: Sequence[Story],
    context: ClaimContext = ALONE,
    *,
    claims: Sequence[Claim] = (),
    stream: TextIO,
    width: int | None = None,
) -> str:
    """Stories as `stream` can show them, without the last line break.

    Title, articles, outlets, how many derive from others, claims, from when to when; the articles of
    `context` know outlets and times.
    """
    told = context.words
    if not stories:
        return told("no_stories")
    rows = [_story(story, claims, context.articles, told) for story in stories]
    return printed(lambda screen, room: _stories(rows, screen, room, told), stream=stream, width=width)


def printed(parts: Lines, *, stream: TextIO, width: int | None) -> str:
    """What `parts` makes for a screen, as the stream can show it, without blanks at the ends of lines."""
    from rich.console import Console

    console = Console(file=stream, width=width, markup=False, emoji=False, highlight=False)
    with console.capture() as capture:
        console.print(_View(parts))
    return capture.get().rstrip("\n")


@dataclass(frozen=True, slots=True)
class _View:
    """Parts for a rich console, at any width, with or without colour."""

    parts: Lines

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        from rich.segment import Segment

        screen = signs("ascii" if options.legacy_windows else options.encoding)
        room = max(NARROWEST, min(options.max_width, WIDEST))
        narrowed = options.update(width=room, max_width=room)
        for part in self.parts(screen, room):
            for row in console.render_lines(part, narrowed, pad=False):
                yield from trimmed(row)
                yield Segment.line()


def text(screen: Signs, *parts: tuple[str, str]) -> "Text":
    """Text that is never read as markup; each part with its style."""
    from rich.text import Text

    return Text.assemble(*((screen.shown(shown), style) for shown, style in parts), overflow="fold")


def below_one_another(*parts: "Text") -> "Text":
    """The parts as one, a line each at least."""
    from rich.text import Text

    return Text("\n").join(parts)


# --- claims


def _claims(claims: Sequence[Claim], screen: Signs, room: int, told: Words) -> "Sequence[RenderableType]":
    if room < TABLE:
        return [part for claim in claims for part in _stacked(claim, screen, room, told)][:-1]
    return [_wide(claims, screen, room, told) if room >= WIDE else _middle(claims, screen, room, told)]


def source_signs(claim: Claim, screen: Signs) -> Parts:
    """The number of independent sources, and a sign for each: hollow where it has no name."""
    counted = [source for source in claim.primary_sources if source.independent]
    shown = [
        (screen.named, "blue") if source.naming == "named" else (screen.unnamed, "yellow") for source in counted[:5]
    ]
    return [(f"{claim.independent_sources} ", "bold"), *shown]


def _outlets(claim: Claim, most: int, screen: Signs) -> Parts:
    """The number of outlets, and a bar that is longest for the claim with `most` outlets."""
    number = len(facts.outlets(claim.statements))
    return [(f"{number:>2} ", "bold"), (screen.solid * max(1, round(_BAR * number / max(1, most))), "dim")]


def _warnings(claim: Claim, screen: Signs, told: Words) -> Parts:
    """What makes a claim weak, in few words."""
    parts: Parts = []
    if share := facts.unnamed_share(claim):
        parts.append((told("unnamed_share", share=told.percent(share)), "yellow"))
    if found := facts.deniers(claim):
        parts.append((f"{screen.cross} {told('disputed_by', who=told.listed(found, _NAMES))}", "red"))
    if claim.circular:
        parts.append((told("circular"), "magenta"))
    return _joined(parts, screen)


def _joined(parts: Parts, screen: Signs) -> Parts:
    return [one for part in parts for one in ((f" {screen.dot} ", "dim"), part)][1:]


def _stacked(claim: Claim, screen: Signs, room: int, told: Words) -> "list[RenderableType]":
    """A claim in a few lines, for narrow screens."""
    figures = [
        (told("outlets", n=len(facts.outlets(claim.statements))), ""),
        (told("sources", n=claim.independent_sources), "bold"),
    ]
    lines = [text(screen, (shorten(line(claim.text), 2 * room - 2), "bold")), text(screen, *_joined(figures, screen))]
    if weak := _warnings(claim, screen, told):
        lines.append(text(screen, *weak))
    return [*lines, text(screen, *_joined([(claim.id, "cyan"), (_first(claim), "dim")], screen)), text(screen)]


def _first(claim: Claim) -> str:
    return clock([claim.first_seen]).full(claim.first_seen)


def _middle(claims: Sequence[Claim], screen: Signs, room: int, told: Words) -> "RenderableType":
    """Claim, outlets and sources as columns, what makes it weak below the claim."""
    table = _table([("column_claim", room - 26), ("column_outlets", 11), ("column_sources", 9)], screen, told)
    most = _most(claims)
    for claim in claims:
        about = [text(screen, (shorten(line(claim.text), 2 * (room - 27)), "bold"))]
        if weak := _warnings(claim, screen, told):
            about.append(text(screen, *weak))
        about.append(text(screen, *_joined([(claim.id, "cyan"), (_first(claim), "dim")], screen)))
        sources = text(screen, *source_signs(claim, screen))
        _add_row(table, below_one_another(*about), text(screen, *_outlets(claim, most, screen)), sources)
    return table


def _most(claims: Sequence[Claim]) -> int:
    return max((len(facts.outlets(claim.statements)) for claim in claims), default=1)


def _add_row(table: "Table", *cells: "Text") -> None:
    """A row, with a blank line before it."""
    table.add_row()
    table.add_row(*cells)


def _wide(claims: Sequence[Claim], screen: Signs, room: int, told: Words) -> "RenderableType":
    columns = [
        ("column_claim", room - 88),
        ("column_outlets", 11),
        ("column_sources", 9),
        ("column_unnamed", 9),
        ("column_denied", 18),
        ("column_circular", 8),
        ("column_first", 16),
    ]
    table = _table(columns, screen, told)
    most = _most(claims)
    for claim in claims:
        share = facts.unnamed_share(claim)
        who = told.listed(facts.deniers(claim), _NAMES)
        words_of_it = text(screen, (shorten(line(claim.text), 3 * (room - 89)), "bold"))
        about = below_one_another(words_of_it, text(screen, (claim.id, "cyan")))
        _add_row(
            table,
            about,
            text(screen, *_outlets(claim, most, screen)),
            text(screen, *source_signs(claim, screen)),
            text(screen, (told.percent(share) if share else "–", "yellow" if share else "dim")),
            text(screen, (f"{screen.cross} {who}" if who else "–", "red" if who else "dim")),
            text(screen, (told("yes"), "magenta") if claim.circular else ("–", "dim")),
            text(screen, (_first(claim), "dim")),
        )
    return table


def _table(columns: Sequence[tuple[str, int]], screen: Signs, told: Words) -> "Table":
    """A table without frames."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False, header_style="dim", expand=False)
    for key, room in columns:
        table.add_column(screen.shown(told(key)), width=max(6, room), overflow="fold")
    return table


# --- stories


def _story(story: Story, claims: Sequence[Claim], articles: Mapping[str, Article], told: Words) -> dict[str, str]:
    """A story in words and figures."""
    known = [articles[one] for one in story.articles if one in articles]
    times = [one.published for one in known if one.published]
    shown = clock(times)
    first, last = (shown.full(times[0]), shown.full(times[-1])) if times else ("", "")
    links = [link.how for link in story.links]
    derived = [f"{links.count(how)} {told(how)}" for how in HOWS if how in links]
    return {
        "title": shorten(line(story.title or (known[0].text if known else "") or story.id), 240),
        "id": story.id,
        "articles": str(len(story.articles)),
        "outlets": str(len({one.outlet or one.id for one in known}) or "–"),
        "derived": ", ".join(derived) or "–",
        "claims": str(sum(claim.story == story.id for claim in claims)) if claims else "–",
        "when": first if first == last else f"{first} – {last[11:] if first[:10] == last[:10] else last}",
        "who": told.listed([short_name(one) for one in dict.fromkeys(a.outlet for a in known if a.outlet)], 3),
    }


def _stories(rows: Sequence[dict[str, str]], screen: Signs, room: int, told: Words) -> "Sequence[RenderableType]":
    if room < TABLE:
        return [part for row in rows for part in _stacked_story(row, screen, told)][:-1]
    wide = room >= WIDE
    columns = [("column_story", room - (73 if wide else 46)), ("column_articles", 8), ("column_outlets", 8)]
    columns += [("column_claims", 6), ("column_links", 23)] if wide else [("column_claims", 6)]
    columns.append(("column_when", 18))
    table = _table(columns, screen, told)
    for row in rows:
        below = text(screen, *_joined([(row["id"], "cyan"), *([(row["who"], "dim")] if row["who"] else [])], screen))
        title = below_one_another(text(screen, (row["title"], "bold")), below)
        cells = [row["articles"], row["outlets"], row["claims"], *([row["derived"]] if wide else []), row["when"]]
        _add_row(table, title, *(text(screen, (cell, "")) for cell in cells))
    return [table]


def _stacked_story(row: dict[str, str], screen: Signs, told: Words) -> "list[RenderableType]":
    figures: Parts = [(told("articles", n=int(row["articles"])), "")]
    figures += [(row["derived"], "")] if row["derived"] != "–" else []
    figures += [(told("claims_count", n=int(row["claims"])), "")] if row["claims"] != "–" else []
    return [
        text(screen, (row["title"], "bold")),
        text(screen, *_joined(figures, screen)),
        text(screen, *_joined([(row["id"], "cyan"), (row["when"], "dim")], screen)),
        text(screen),
    ]
