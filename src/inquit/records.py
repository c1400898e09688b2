"""The records that pass between rooms: frozen, without I/O. Read this first.

All offsets are half-open character offsets into the text of the record's article. `None` means that the input
does not say; an empty tuple means that there is nothing.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

Type = Literal["Direct", "Indirect", "Reported", "FreeIndirect", "IndirectFreeIndirect"]
Medium = Literal["Speech", "Thought", "Writing", "SW", "ST", "TW", "none"]
Kind = Literal["person", "organization", "outlet", "group", "document"]
Naming = Literal["named", "described", "anonymous"]
Stance = Literal["assert", "confirm", "deny", "demand", "commit", "doubt"]
Role = Literal["speaker", "cue", "frame", "addressee"]

TYPES: tuple[Type, ...] = get_args(Type)
MEDIA: tuple[Medium, ...] = get_args(Medium)
KINDS: tuple[Kind, ...] = get_args(Kind)
NAMINGS: tuple[Naming, ...] = get_args(Naming)
STANCES: tuple[Stance, ...] = get_args(Stance)
ROLES: tuple[Role, ...] = get_args(Role)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One link of a source chain: the mention nearest to the quote, and the fullest name the article gives."""

    mention: Span
    name: str
    kind: Kind
    naming: Naming


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A reproduced statement or thought.

    `chain` runs from the outermost source to the primary one; empty where the text gives no source.
    `parent` is the id of the enclosing quotation; `disputes` and `supports` are ids in the same ledger.
    `confidence` is the probability that quote, speaker and type are right; `why` are the reasons, one a line.
    """

    id: int
    type: Type
    medium: Medium
    parent: int | None = None
    quote: Spans
    speaker: Spans = ()
    cue: Spans = ()
    frame: Spans = ()
    addressee: Spans = ()
    chain: tuple[Source, ...] = ()
    stance: Stance = "assert"
    hedges: Spans = ()
    disputes: tuple[int, ...] = ()
    supports: tuple[int, ...] = ()
    confidence: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimarySource:
    """What rests on one primary source of an article: the row of the source balance.

    `statements` are quotation ids, `through` the names of the media they are known through only,
    `disputed_by` the names of those who dispute any of them. `share` is of all statements, 0 to 1.
    """

    name: str
    kind: Kind
    naming: Naming
    statements: tuple[int, ...]
    share: float
    through: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A quotation against another quotation of the same article, with the names of both primary sources."""

    quotation: int
    disputed: int
    by: str | None
    against: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The source balance of one article.

    Shares are of all statements, 0 to 1: `unnamed_share` rests on described or anonymous sources,
    `relayed_share` is known only through another medium, `unsourced_share` has no source in the text.
    """

    statements: int
    primary_sources: tuple[PrimarySource, ...]
    unnamed_share: float
    relayed_share: float
    unsourced_share: float
    disputes: tuple[Dispute, ...] = ()
    furniture_share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """An article with its quotations, outer before inner and in the order of the text, and the source balance."""

    article: Article
    quotations: tuple[Quotation, ...]
    summary: Summary
