"""In a worker: sketches and profiles of articles, and the pairs to which their fingerprints lead."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from inquit import stories
from inquit.exports.ledgertable import Column, Row, article_of, schema
from inquit.languages import language
from inquit.spark.rows import Batches, portions, rows_of

if TYPE_CHECKING:
    import pyarrow as pa

SLICE = 65_536
"""Rows of numbers that go from a worker to Spark at once."""

SKETCHES = (
    Column("id", "text", "the article's id"),
    Column("outlet", "text", "who publishes"),
    Column("published", "text", "date or time as the outlet gives it"),
    Column("undated", "flag", "whether that is no time"),
    Column("at", "real", "the same in seconds since 1970, else 0"),
    Column("fingerprints", "places", "of the article's wording: unsigned numbers, by their bits"),
    Column("size", "number", "how many fingerprints there are"),
    Column("terms", "texts", "the most telling words, heaviest first"),
    Column("weights", "reals", "their weights"),
)

PAIRS = (
    Column("earlier", "place", "number of the earlier article"),
    Column("later", "place", "number of the later article"),
    Column("earlier_size", "number", "fingerprints of the earlier article"),
    Column("later_size", "number", "fingerprints of the later article"),
    Column("shared", "place", "fingerprints that lead from the later to the earlier one"),
)

CANDIDATES = PAIRS[:2]


def sketches(batches: Batches) -> Iterator["pa.RecordBatch"]:
    """The sketch and the profile of each article."""
    return portions(map(_sketched, rows_of(batches)), SKETCHES)


def _sketched(row: Row) -> Row:
    article = article_of(row)
    sketch, profile = stories.sketch(article), stories.profile(article, language("de"))
    undated, at, _ = stories.place(article.published, article.id)
    return {
        "id": article.id,
        "outlet": article.outlet,
        "published": article.published,
        "undated": undated,
        "at": at,
        "fingerprints": sketch.fingerprints.view(np.int64).tolist(),
        "size": len(sketch.fingerprints),
        "terms": list(profile.terms),
        "weights": list(profile.terms.values()),
    }


def shared(batches: Batches) -> Iterator["pa.RecordBatch"]:
    """Pairs of articles from postings that hold all articles of each of their fingerprints."""
    prints, numbers, sizes = _columns(batches, "print", "number", "size")
    if not len(prints):
        return
    dense, first, owners = np.unique(numbers, return_index=True, return_inverse=True)
    by_print = prints.view(np.uint64)
    order = np.lexsort((owners, by_print))
    pairs = stories.shared_fingerprints(by_print[order], owners[order])
    earlier, later = pairs[:, 0], pairs[:, 1]
    size = sizes[first].astype(np.int32)
    yield from _sliced([dense[earlier], dense[later], size[earlier], size[later], pairs[:, 2]], PAIRS)


def worth_comparing(batches: Batches) -> Iterator["pa.RecordBatch"]:
    """Of summed pairs those that share enough."""
    for batch in batches:
        earlier, later, one, other, count = _columns([batch], *(column.name for column in PAIRS))
        rows = np.arange(len(earlier))
        pairs = np.stack([rows, rows + len(rows), count], axis=1)
        enough = stories.worth_comparing(pairs, np.concatenate([one, other]).astype(np.int64))
        yield from _sliced([earlier[enough], later[enough]], CANDIDATES)


def _columns(batches: Batches, *names: str) -> list[Any]:
    """Columns of numbers of all batches together."""
    held = [[batch.column(batch.schema.get_field_index(name)).to_numpy() for name in names] for batch in batches]
    return (
        [np.concatenate(parts) for parts in zip(*held, strict=True)] if held else [np.empty(0, np.int64)] * len(names)
    )


def _sliced(columns: list[Any], names: tuple[Column, ...]) -> Iterator["pa.RecordBatch"]:
    import pyarrow as pa

    for begin in range(0, len(columns[0]), SLICE):
        arrays = [
            pa.array(column[begin : begin + SLICE], field.type)
            for column, field in zip(columns, schema(names), strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema(names))
