"""An article's text cut into paragraphs, and each paragraph into marked pieces that nest properly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from inquit.records import Ledger, Quotation, Span

MarkKind = Literal["furniture", "quote", "speaker", "cue", "hedge"]
_RANKS: dict[MarkKind, int] = {"furniture": 0, "quote": 1, "speaker": 2, "cue": 3, "hedge": 4}

NARROWEST_WRAP, WIDEST_WRAP = 50, 100
"""Characters of the longest line of a text that was wrapped by hand; where it has more or less, or where every line
ends a sentence, its line breaks are paragraphs. People and programs wrap between 60 and 80."""

_ENDS = frozenset('.!?…“”"»«')
_BLANK_LINES = re.compile(r"\s*\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked range of the text and the quotations it belongs to, by their place in the ledger.

    `depth` counts the quotations around a quote; `first` says that the quotation begins here.
    """

    begin: int
    end: int
    kind: MarkKind
    of: tuple[int, ...] = ()
    depth: int = 0
    first: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step through a paragraph: a mark opens (`again` where it was cut), text is shown, or a mark closes."""

    what: Literal["open", "text", "close"]
    begin: int
    end: int
    mark: Mark | None = None
    again: bool = False


def marks(ledger: Ledger) -> list[Mark]:
    """Everything that is marked in an article, in the order of the text."""
    text = ledger.article.text
    nesting = depths(ledger.quotations)
    found = [Mark(*span, "furniture") for span in _trimmed(text, ledger.article.furniture)]
    shared: dict[tuple[MarkKind, Span], list[int]] = {}
    for place, quotation in enumerate(ledger.quotations):
        for at, span in enumerate(_trimmed(text, quotation.quote)):
            found.append(Mark(*span, "quote", (place,), nesting[quotation.id], at == 0))
        roles: tuple[tuple[MarkKind, tuple[Span, ...]], ...] = (
            ("speaker", quotation.speaker),
            ("cue", quotation.cue),
            ("hedge", quotation.hedges),
        )
        for kind, spans in roles:
            for span in _trimmed(text, spans):
                shared.setdefault((kind, span), []).append(place)
    found += [Mark(*span, kind, tuple(places)) for (kind, span), places in shared.items()]
    return sorted(found, key=lambda mark: (mark.begin, -mark.end, _RANKS[mark.kind], mark.depth, mark.of))


def _trimmed(text: str, spans: tuple[Span, ...]) -> list[Span]:
    """The spans without the white space around them; those that hold nothing, or lie outside the text, are gone."""
    kept = []
    for begin, end in spans:
        words = text[begin:end] if 0 <= begin < end <= len(text) else ""
        if stripped := words.strip():
            start = begin + len(words) - len(words.lstrip())
            kept.append(Span(start, start + len(stripped)))
    return kept


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text without the white space around them; lines wrapped by hand are one paragraph."""
    found: list[Span] = []
    at = 0
    for gap in [*_BLANK_LINES.finditer(text), None]:
        end = gap.start() if gap else len(text)
        found += _lines(text, at, end)
        at = gap.end() if gap else end
    return found


def steps(paragraph: Span, all_marks: list[Mark]) -> Iterator[Step]:
    """The steps through one paragraph; `all_marks` are the ones that touch it, in the order of `marks`.

    Marks that cross are cut where the outer one ends and opened again.
    """
    at, end = paragraph
    waiting = [mark for mark in all_marks if mark.begin < end and at < mark.end]
    open_marks: list[Mark] = []
    next_mark = 0
    while at < end or open_marks:
        while next_mark < len(waiting) and waiting[next_mark].begin <= at:
            mark = waiting[next_mark]
            next_mark += 1
            if mark.end > at:
                open_marks.append(mark)
                yield Step("open", at, at, mark, again=mark.begin < paragraph.begin)
        stop = min([end, *(mark.end for mark in open_marks)])
        if next_mark < len(waiting):
            stop = min(stop, waiting[next_mark].begin)
        if stop > at:
            yield Step("text", at, stop)
            at = stop
        yield from _closed(open_marks, at, end)


def _closed(open_marks: list[Mark], at: int, end: int) -> Iterator[Step]:
    """Closes the marks that end at `at`, and opens those again that had to be closed with them."""
    ending = [place for place, mark in enumerate(open_marks) if mark.end <= at or at >= end]
    if not ending:
        return
    cut = open_marks[ending[0] :]
    del open_marks[ending[0] :]
    for mark in reversed(cut):
        yield Step("close", at, at, mark)
    if at < end:
        for mark in cut:
            if mark.end > at:
                open_marks.append(mark)
                yield Step("open", at, at, mark, again=True)


def depths(quotations: tuple[Quotation, ...]) -> dict[int, int]:
    """How many quotations are around each; a parent that is unknown, or its own, counts as none."""
    parents = {quotation.id: quotation.parent for quotation in quotations}
    known: dict[int, int] = {}
    for number in parents:
        seen: list[int] = []
        at: int | None = number
        while at is not None and at in parents and at not in known and at not in seen:
            seen.append(at)
            at = parents[at]
        depth = known[at] + 1 if at in known else 0
        for place, inner in enumerate(reversed(seen)):
            known[inner] = depth + place
    return known


def _lines(text: str, begin: int, end: int) -> list[Span]:
    """The paragraphs of a stretch without blank lines."""
    lines: list[Span] = []
    at = begin
    for whole in text[begin:end].splitlines(keepends=True):
        stripped = whole.strip()
        if stripped:
            start = at + whole.index(stripped[0])
            lines.append(Span(start, start + len(stripped)))
        at += len(whole)
    width = max((line.end - line.begin for line in lines), default=0)
    wrapped = NARROWEST_WRAP <= width <= WIDEST_WRAP and any(text[line.end - 1] not in _ENDS for line in lines[:-1])
    joined: list[Span] = []
    for line in lines:
        if joined and wrapped and _was_full(text, joined[-1], line, width):
            joined[-1] = Span(joined[-1].begin, line.end)
        else:
            joined.append(line)
    return joined


def _was_full(text: str, before: Span, line: Span, width: int) -> bool:
    """Whether the next line's first word had no room on the line before, so that the break was made by hand."""
    last_break = max(text.rfind("\n", before.begin, before.end), before.begin - 1)
    first_word = text[line.begin : line.end].split(None, 1)[0]
    return before.end - last_break - 1 + 1 + len(first_word) > width
