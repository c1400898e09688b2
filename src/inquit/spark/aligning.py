"""In a worker: which of two articles carries the other's text, by their texts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from inquit import stories
from inquit.exports.ledgertable import Column, Row, article_of
from inquit.records import Article, Span
from inquit.spark.rows import Batches, portions, rows_of

if TYPE_CHECKING:
    import pyarrow as pa

COPIES = (
    Column("earlier", "place", "number of the earlier article"),
    Column("later", "place", "number of the later article"),
    Column("derived", "text", "id of the article that carries text"),
    Column("original", "text", "id of the article whose text it is"),
    Column("evidence", "spans", "the passages in the one that carries"),
    Column("original_evidence", "spans", "the same in the other"),
    Column("words", "number", "words in common"),
    Column("share", "real", "their share of the one that carries"),
    Column("original_share", "real", "their share of the other"),
    Column("why", "texts", "why it is this way round"),
)


def copies(batches: Batches) -> Iterator["pa.RecordBatch"]:
    """The pairs of which one carries text of the other."""
    found = map(_compared, rows_of(batches))
    return portions((row for row in found if row is not None), COPIES)


def reuse_of(row: Row, articles: dict[str, Article]) -> stories.Reuse:
    """The reuse of a row, between two of the `articles`."""
    return stories.Reuse(
        derived=articles[row["derived"]],
        original=articles[row["original"]],
        evidence=_spans(row["evidence"]),
        original_evidence=_spans(row["original_evidence"]),
        words=row["words"],
        share=row["share"],
        original_share=row["original_share"],
        why=tuple(row["why"]),
    )


def _compared(row: Row) -> Row | None:
    one, other = row["one"], row["other"]
    here, there = (np.array(side["standing"] or (), np.int64).view(np.uint64) for side in (one, other))
    reuse = stories.compare(article_of(one), article_of(other), np.intersect1d(here, there))
    if reuse is None:
        return None
    return {
        "earlier": row["earlier"],
        "later": row["later"],
        "derived": reuse.derived.id,
        "original": reuse.original.id,
        "evidence": _plain(reuse.evidence),
        "original_evidence": _plain(reuse.original_evidence),
        "words": reuse.words,
        "share": reuse.share,
        "original_share": reuse.original_share,
        "why": list(reuse.why),
    }


def _plain(spans: tuple[Span, ...]) -> list[dict[str, int]]:
    return [{"begin": int(begin), "end": int(end)} for begin, end in spans]


def _spans(rows: list[dict[str, int]]) -> tuple[Span, ...]:
    return tuple(Span(one["begin"], one["end"]) for one in rows)
