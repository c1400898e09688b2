"""Quotations while they are being found: token ranges instead of characters, and the rule that found them."""

from dataclasses import dataclass, field

from inquit.languages.tokens import Tokens
from inquit.records import Medium, Quotation, Spans, Type

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """The reporting clause of a quotation, in token ranges `[first, last)`."""

    ranges: tuple[Range, ...] = ()
    cue: tuple[Range, ...] = ()
    speaker: Range | None = None
    addressee: Range | None = None
    medium: Medium = "Speech"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A quotation in token ranges; `rule` is the key of its confidence, `frame.rule` says which frame it has.

    `unclosed` says that the closing quotation mark is missing.
    """

    type: Type
    quote: tuple[Range, ...]
    frame: Frame = field(default_factory=Frame)
    rule: str = ""
    unclosed: bool = False

    @property
    def first(self) -> int:
        """First token of the quote."""
        return self.quote[0][0]

    @property
    def last(self) -> int:
        """End of the last token of the quote."""
        return self.quote[-1][1]


def subtract(whole: Range, holes: tuple[Range, ...]) -> tuple[Range, ...]:
    """What is left of a range without the sorted ranges `holes`."""
    out = []
    at = whole[0]
    for first, last in holes:
        if first > at:
            out.append((at, min(first, whole[1])))
        at = max(at, last)
    if at < whole[1]:
        out.append((at, whole[1]))
    return tuple((a, b) for a, b in out if a < b)


def spans(tokens: Tokens, ranges: tuple[Range, ...]) -> Spans:
    """Characters of token ranges, in order; ranges that touch become one span."""
    out: list[Range] = []
    for first, last in sorted(ranges):
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        elif first < last:
            out.append((first, last))
    return tuple(tokens.span(first, last) for first, last in out)


def encloses(outer: Quotation, inner: Quotation) -> bool:
    """Whether the whole quote of `inner` lies in one span of the quote of `outer`."""
    begin, end = inner.quote[0].begin, inner.quote[-1].end
    return any(span.begin <= begin and end <= span.end for span in outer.quote) and outer.quote != inner.quote


def words_of(tokens: Tokens, text: str, ranges: tuple[Range, ...]) -> str:
    """The words of token ranges as they stand in the text, for a reason."""
    return " … ".join(" ".join(text[begin:end].split()) for begin, end in spans(tokens, ranges))
