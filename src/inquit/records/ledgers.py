"""What is said in one article: quotations, the chains of their sources, and the source balance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from inquit.records.articles import Article, Span, Spans

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


def own_statements(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Quotations that are statements of their own: not the words in marks inside what the same sources say."""
    before: dict[int, list[str]] = {}
    own = []
    for quotation in quotations:
        names = _names(quotation)
        # Only an outer quotation that comes before counts, so that of a circle of parents one is left.
        if quotation.parent is None or before.get(quotation.parent) != names:
            own.append(quotation)
        before[quotation.id] = names
    return tuple(own)


def _names(quotation: Quotation) -> list[str]:
    return [name_key(source.name) for source in quotation.chain]


def name_key(name: str) -> str:
    """A name without its letters' case and the width of its blanks, for comparing."""
    return " ".join(name.casefold().split())
