"""What a corpus keeps of articles, and what became of them."""

from dataclasses import dataclass
from typing import Literal, get_args

from inquit.records.articles import Article, Spans
from inquit.records.ledgers import Quotation, Summary

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
