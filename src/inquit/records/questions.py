"""What is asked of a corpus, and what it answers."""

from dataclasses import dataclass
from typing import Literal

from inquit.records.articles import Spans
from inquit.records.corpora import Judgement
from inquit.records.ledgers import Kind, Naming, Stance, Type
from inquit.records.stories import Claim, Story


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
