"""What several articles have in common: who derives from whom, and claims with their independent sources."""

from dataclasses import dataclass
from typing import Literal, get_args

from inquit.records.articles import Spans
from inquit.records.ledgers import Kind, Naming, Stance

How = Literal["copy", "abridged", "rewrite", "cites"]

HOWS: tuple[How, ...] = get_args(How)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An article that derives from another: it carries its text, retells its report, or cites it.

    `derived` is the id of the article that derives, `original` that of the article it derives from, `None` where
    that one is not in the corpus; `outlet` is the outlet that is meant. `evidence` are passages of `derived`,
    `original_evidence` the same passages in `original`, for text that is carried. `why` are reasons, one a line.
    """

    derived: str
    original: str | None
    how: How
    outlet: str | None = None
    evidence: Spans = ()
    original_evidence: Spans = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles on one event in the order of time, by their ids, and how they derive from one another.

    `id` is that of the first article's content, so that a story that grows keeps it. `title` is that of the first
    article which has one; `terms` are the words that hold the story together, heaviest first.
    """

    id: str
    articles: tuple[str, ...]
    links: tuple[Link, ...] = ()
    title: str | None = None
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A quotation as a statement of a claim, with what a reader asks of it.

    `article` is an id, `quotation` the quotation's id in that article's ledger, `text` its words. `source` is the
    position of the primary source it rests on in the claim's `primary_sources`, `None` where it rests on none that
    is counted; `via` are the names of those who relay it, the article's own outlet left out, outermost first.
    """

    article: str
    quotation: int
    quote: Spans
    text: str
    outlet: str | None = None
    published: str | None = None
    stance: Stance = "assert"
    source: int | None = None
    by: str | None = None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSource:
    """A primary source of a claim, the same one under all its names; `first_in` is the id of the first article.

    `independent` is whether it counts: `False` for one that may be another source of the claim, and the texts
    do not decide it. `names` are all names and descriptions it has in the articles.
    """

    name: str
    naming: Naming
    kind: Kind
    first_in: str
    names: tuple[str, ...] = ()
    independent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Statements with the same content in the articles of a story, what is denied of it, and on whom it rests.

    `statements` and `denied_by` stand in the order of time. `independent_sources` counts the primary sources that
    speak independently on the texts' own evidence. `circular` is whether an outlet cites as confirmation what
    rests on its own report; `why` says how each source was counted and what cannot be decided.
    """

    id: str
    story: str
    text: str
    statements: tuple[Statement, ...]
    denied_by: tuple[Statement, ...] = ()
    primary_sources: tuple[ClaimSource, ...] = ()
    independent_sources: int = 0
    circular: bool = False
    first_seen: str | None = None
    why: tuple[str, ...] = ()
