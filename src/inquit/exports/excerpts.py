"""Texts for people: what may be shown of a text that nobody has checked, and shortened so that it still reads."""

import re
from collections.abc import Iterable

from inquit.records import Article, Quotation, Span

REPLACEMENT = "\ufffd"
"""Stands for a character that must not reach a screen."""

# Line and page breaks of every kind, and tabs: one blank each, so that nothing leaves its line.
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]")
# Control characters, marks that turn the direction of writing, surrogates, annotation and tag characters,
# noncharacters: they move the cursor, hide text, show it in another order, or make a file ill-formed.
_NONCHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    f"\ufdd0-\ufdef\ufff9-\ufffb\U000e0000-\U000e007f{_NONCHARACTERS}]"
)
LONGEST_NAME, LONGEST_TITLE = 100, 180
"""Characters of a name and of a title that are shown: longer ones are the work of an error or of ill will."""

_BLANKS = re.compile(r"\s+")
_ONLY_MARKS = re.compile(r"""[\s„“”"«»‹›‚‘’'.,;:–—-]*""")


def visible(text: str) -> str:
    """`text` with every harmful character made visible, character for character."""
    return _HARMFUL.sub(REPLACEMENT, _BREAKS.sub(" ", text))


def line(text: str) -> str:
    """`text` as one line: visible, and with single blanks."""
    return _BLANKS.sub(" ", visible(text)).strip()


def short_name(text: str) -> str:
    """A name or a title as one line of bearable length; never empty."""
    return shorten(line(text), LONGEST_NAME) or "?"


def pieces(article: Article, spans: Iterable[Span]) -> list[str]:
    """The words of each span, a line each."""
    return [found for span in spans if (found := line(article.text[span.begin : span.end]))]


def quoted(article: Article, quotation: Quotation) -> str:
    """The words of a quotation on one line; an ellipsis stands for other words between its spans."""
    shown: list[str] = []
    last = None
    for begin, end in quotation.quote:
        words = line(article.text[begin:end])
        if shown and words and not _ONLY_MARKS.fullmatch(article.text[last:begin]):
            shown.append("…")
        if words:
            shown.append(words)
            last = end
    return " ".join(shown)


def shorten(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, cut between words where that loses little."""
    if len(text) <= limit:
        return text
    if limit < 2:
        return "…"[:limit]
    cut = text.rfind(" ", 0, limit)
    kept = text[: cut if cut > limit * 2 // 3 else limit - 1]
    return kept.rstrip(" ,;:–-") + "…"
