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


State = Literal["read", "unread", "failed"]
Outcome = Literal["added", "version", "unchanged", "unread", "failed", "reread"]
Judgement = Literal["right", "wrong", "fixed"]

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
JUDGEMENTS: tuple[Judgement, ...] = get_args(Judgement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article on its way into a corpus, with what was found in it; `detail` says why it was not read."""

    article: Article
    quotations: tuple[Quotation, ...] = ()
    summary: Summary | None = None
    state: State = "read"
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of an article that was given to a corpus.

    `version` counts the contents seen at one URL, from 1; `statements` those found; `detail` says why it is not read.
    """

    outcome: Outcome
    id: str
    origin: str
    version: int
    statements: int = 0
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a person says of a quotation; it holds for these characters of the article, whoever reads it again.

    `fixed` is the quotation as it should be, for the judgement "fixed". `made` is the UTC time, ISO 8601, `by` who says
    so, as they call themselves.
    """

    article: str
    quote: Spans
    judgement: Judgement
    note: str | None = None
    fixed: Quotation | None = None
    made: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVersion:
    """One of the contents seen at one URL; `current` is the one last added."""

    id: str
    version: int
    current: bool
    state: State
    added: str
    published: str | None
    title: str | None
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptArticle:
    """An article of a corpus with all that is kept of it.

    `verdicts` holds the newest verdict by quotation id; `lost` those whose quotation the reader no longer finds;
    `sources` the ids of the primary sources by quotation id. `detail` says why an article is not read.
    """

    article: Article
    quotations: tuple[Quotation, ...]
    summary: Summary | None
    state: State
    detail: str | None
    reader: str
    versions: tuple[ArticleVersion, ...]
    verdicts: dict[int, Verdict]
    lost: tuple[Verdict, ...]
    sources: dict[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What is asked of a corpus; all that is given must hold. `since` and `until` are ISO 8601, both included.

    `speaker` is the id of a source or words of its name. A filter that only statements have leaves out articles.
    """

    words: str = ""
    speaker: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    type: Type | None = None
    naming: Naming | None = None
    stance: Stance | None = None
    disputed: bool | None = None
    judged: Judgement | None = None
    among: Literal["everything", "statements", "articles"] = "everything"
    sort: Literal["relevance", "time"] = "relevance"
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceQuery:
    """Which sources of a corpus are asked for; all that is given must hold. `name` are beginnings of words."""

    name: str = ""
    outlet: str | None = None
    naming: Naming | None = None
    kind: Kind | None = None
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A statement or an article that was found.

    `id` is `ARTICLE:N` for a statement. `snippet` is the text of `spans`, `matches` are the words found, all of them
    offsets into the article's text. The fields from `speaker` on are `None` for an article; `source` is the source's
    id. `score` orders by relevance and means nothing else.
    """

    id: str
    kind: Literal["statement", "article"]
    article: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    snippet: str
    spans: Spans
    matches: Spans
    score: float
    speaker: str | None = None
    source: str | None = None
    naming: Naming | None = None
    type: Type | None = None
    stance: Stance | None = None
    disputed: bool | None = None
    confidence: float | None = None
    verdict: Judgement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Through:
    """How often a source speaks through one outlet, with the first and last time of publication (UTC)."""

    outlet: str | None
    statements: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceProfile:
    """A source across articles: how often it is a primary source, and through which outlets, the most first.

    `names` are the ways in which articles name it; `known_as` what they say of it (party, field, place), by which
    namesakes are told apart; `namesakes` the ids of other sources of the same name. `relays` counts the statements of
    others that are known through it.
    """

    id: str
    name: str
    kind: Kind
    naming: Naming
    statements: int
    first: str | None
    last: str | None
    outlets: tuple[Through, ...]
    names: tuple[str, ...] = ()
    known_as: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()
    relays: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryQuery:
    """Which stories of a corpus are asked for; all that is given must hold.

    `words` are beginnings of words of a title or of the terms, `outlet` of an outlet's name. `since` and `until` are
    ISO 8601, both included, and hold for one of the articles. `articles` and `outlets` are the fewest that a story has.
    """

    words: str = ""
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    articles: int = 1
    outlets: int = 0
    sort: Literal["outlets", "time"] = "time"
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimQuery:
    """Which claims of a corpus are asked for; all that is given must hold.

    `words` are beginnings of words of any statement, `outlet` of an outlet's name; `since` and `until`, ISO 8601 and
    both included, hold for the first statement. `outlets` and `sources` bound the number of outlets from below, and
    that of independent sources from above. `unnamed` is whether no source is named, `story` the id of a story.
    """

    words: str = ""
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    story: str | None = None
    circular: bool | None = None
    unnamed: bool | None = None
    disputed: bool | None = None
    outlets: int = 0
    sources: int | None = None
    sort: Literal["outlets", "time"] = "outlets"
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """An article of a story, with what a list of them shows."""

    id: str
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStory:
    """A story of a corpus: its articles in the order of time, its outlets, and how many claims it has.

    `first` and `last` are the first and last time of publication as the outlets give them.
    """

    story: Story
    articles: tuple[StoryArticle, ...]
    outlets: tuple[str, ...]
    claims: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptClaim:
    """A claim of a corpus with what a list of claims shows.

    `outlets` are those of its statements, the first ones first; `unnamed_share` is the share of its statements that
    rest on a source without a name, 0 to 1; `disputed_by` are the names of those who deny it. `articles` are those
    of its statements and denials.
    """

    claim: Claim
    articles: tuple[StoryArticle, ...]
    outlets: tuple[str, ...]
    unnamed_share: float
    disputed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How far the comparison of a corpus is: articles and stories done now, and those that wait."""

    articles: int
    stories: int
    articles_waiting: int
    stories_waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusCount:
    """How much a corpus holds; `unread` counts by language, `rejected` by reason."""

    articles: int
    versions: int
    statements: int
    sources: int
    outlets: int
    verdicts: int
    failed: int
    unread: dict[str, int]
    rejected: dict[str, int]
