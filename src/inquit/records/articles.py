"""An article, characters of it, and an input that was not read."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args


class Span(NamedTuple):
    """Half-open range of characters `[begin, end)` in an article's text."""

    begin: int
    end: int


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text by one outlet, with what is known about it.

    `id` is made from the content (see `article_id` in `readers`), `origin` is the path or URL it was read from.
    `furniture` marks the parts of `text` that are not the article: they are marked, never cut.
    `published` is an ISO 8601 date or time as the outlet gives it.
    """

    id: str
    origin: str
    text: str
    language: str | None = None
    title: str | None = None
    outlet: str | None = None
    credits: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    url: str | None = None
    published: str | None = None
    furniture: Spans = ()


Reason = Literal[
    "missing",
    "unreadable",
    "unsupported",
    "skipped",
    "damaged",
    "empty",
    "binary",
    "encoding",
    "too large",
    "too deep",
    "timeout",
    "no article",
    "language",
    "failed",
]

REASONS: tuple[Reason, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An input that was not read: where it came from, the reason that is counted, and one line of detail."""

    origin: str
    reason: Reason
    detail: str
