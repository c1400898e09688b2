"""In a worker: stories with their links and claims, from all ledgers and copies of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from inquit import stories as rooms
from inquit.exports.jsonlines import encodable
from inquit.exports.ledgertable import LEDGER_COLUMNS, Column, Row, entry_of
from inquit.languages import language
from inquit.ledger import Ledger
from inquit.records import Claim, Story, Summary
from inquit.spark import isolation
from inquit.spark.aligning import COPIES, reuse_of
from inquit.spark.rows import Batches, portions, rows_of

if TYPE_CHECKING:
    import pyarrow as pa

GIVEN = (
    Column("number", "place", "the article's number"),
    *LEDGER_COLUMNS[1:],
    Column("terms", "texts", "the article's most telling words"),
    Column("weights", "reals", "their weights"),
    *(column for column in COPIES[2:] if column.name not in {column.name for column in LEDGER_COLUMNS}),
)
"""What comes together for a story: rows of articles with their ledgers, and rows of copies."""

STORIES = (
    Column("id", "text", "the story's id"),
    Column("number", "place", "number of its first article; grows in the order of time"),
    Column("title", "text", "title of the first article that has one"),
    Column("articles", "texts", "ids of its articles in the order of time"),
    Column("terms", "texts", "the words that hold it together"),
    Column("detail", "text", "why it could not be put together; null where it was"),
    Column("story", "text", "the story with its links, as JSON"),
    Column("claims", "text", "its claims, as JSON"),
)

CLAIMS = (
    Column("id", "text", "the claim's id"),
    Column("story", "text", "the story's id"),
    Column("text", "text", "the words of a typical statement"),
    Column("first_seen", "text", "when it was published first"),
    Column("articles", "number", "articles that carry it"),
    Column("statements", "number", "statements that make it"),
    Column("denied_by", "number", "statements that deny it"),
    Column("independent_sources", "number", "primary sources that speak independently"),
    Column("circular", "flag", "whether an outlet cites as confirmation what rests on its own report"),
    Column("claim", "text", "all of it, as JSON"),
)

LINKS = (
    Column("story", "text", "the story's id"),
    Column("derived", "text", "id of the article that derives"),
    Column("original", "text", "id of the article it derives from; null where that is not here"),
    Column("how", "text", "copy, abridged, rewrite or cites"),
    Column("outlet", "text", "the outlet that is meant"),
    Column("evidence", "spans", "the passages it rests on"),
    Column("original_evidence", "spans", "the same passages in the original"),
    Column("why", "texts", "the reasons"),
)

_NOTHING = Summary(statements=0, primary_sources=(), unnamed_share=0.0, relayed_share=0.0, unsourced_share=0.0)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All rows of one story, by the number of its first article."""

    number: int
    rows: list[Row]


def stories(batches: Batches) -> Iterator["pa.RecordBatch"]:
    """The stories of rows that stand together by story. Where a try has failed, each in a process that may die."""
    from pyspark import TaskContext

    groups = groupby(rows_of(batches), key=lambda row: row["story"])
    gathered = (_Gathered(number, list(rows)) for number, rows in groups)
    context = TaskContext.get()
    again = context is not None and context.attemptNumber() > 0
    found = isolation.one_by_one(_composed, gathered, _died) if again else map(_composed, gathered)
    return portions(found, STORIES)


def claims(batches: Batches) -> Iterator["pa.RecordBatch"]:
    """The claims of stories, one row each."""
    return portions((_claim_row(one) for row in rows_of(batches) for one in claims_of(row)), CLAIMS)


def links(batches: Batches) -> Iterator["pa.RecordBatch"]:
    """The links of stories, one row each."""
    return portions((link for row in rows_of(batches) for link in _link_rows(row)), LINKS)


def story_of(row: Row) -> Story:
    """The story of a row."""
    return msgspec.json.decode(row["story"], type=Story)


def claims_of(row: Row) -> tuple[Claim, ...]:
    """The claims of a story's row."""
    return msgspec.json.decode(row["claims"] or "[]", type=tuple[Claim, ...])


def _composed(gathered: _Gathered) -> Row:
    """A story as a row; one that cannot be put together says why, and the others go on."""
    try:
        found = _found(gathered.rows)
    except Exception as error:
        return _failed(gathered, f"{type(error).__name__}: {error}")
    return {
        "id": found.story.id,
        "number": gathered.number,
        "title": found.story.title,
        "articles": list(found.story.articles),
        "terms": list(found.story.terms),
        "story": as_json(found.story),
        "claims": as_json(found.claims),
    }


def _found(rows: Iterable[Row]) -> rooms.Found:
    known = language("de")
    ledgers: list[Ledger] = []
    profiles: dict[str, rooms.Profile] = {}
    copies: list[Row] = []
    for row in rows:
        if row["what"]:
            copies.append(row)
            continue
        entry = entry_of(row)
        article = entry.article
        ledgers.append(Ledger(article=article, quotations=entry.quotations, summary=entry.summary or _NOTHING))
        terms = dict(zip(row["terms"], row["weights"], strict=True))
        profiles[article.id] = rooms.Profile(article.id, terms, article.published)
    articles = {ledger.article.id: ledger.article for ledger in ledgers}
    return rooms.compose(ledgers, [reuse_of(row, articles) for row in copies], profiles, known)


def _died(gathered: _Gathered) -> Row:
    return _failed(gathered, "the process that put it together died")


def _failed(gathered: _Gathered, detail: str) -> Row:
    articles = [row["id"] for row in gathered.rows if not row["what"]]
    return {
        "id": rooms.story_id(articles[0]),
        "number": gathered.number,
        "articles": articles,
        "detail": detail,
    }


def _claim_row(claim: Claim) -> Row:
    return {
        "id": claim.id,
        "story": claim.story,
        "text": claim.text,
        "first_seen": claim.first_seen,
        "articles": len({statement.article for statement in claim.statements}),
        "statements": len(claim.statements),
        "denied_by": len(claim.denied_by),
        "independent_sources": claim.independent_sources,
        "circular": claim.circular,
        "claim": as_json(claim),
    }


def _link_rows(row: Row) -> Iterator[Row]:
    if row["story"] is None:
        return
    story = story_of(row)
    for link in story.links:
        spans = {
            name: [{"begin": begin, "end": end} for begin, end in getattr(link, name)]
            for name in ("evidence", "original_evidence")
        }
        same = {name: getattr(link, name) for name in ("derived", "original", "how", "outlet", "why")}
        yield {"story": story.id, **same, **spans}


def as_json(value: Any) -> str:
    """Records as JSON, whatever is in their texts."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(encodable(msgspec.to_builtins(value))).decode()
