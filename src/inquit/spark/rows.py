"""Rows on their way between Spark and a worker: as Arrow, in portions, with one schema for both."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from inquit.exports import ledgertable
from inquit.exports.ledgertable import Column, Row

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql.types import StructType

PORTION_ROWS, PORTION_CHARACTERS = 256, 4_000_000
"""Rows that go from a worker to Spark at once, and characters of their texts from which on it is fewer."""

_LONG = ("text", "ledger", "claims")

Batches = Iterable["pa.RecordBatch"]


def portions(rows: Iterable[Row], columns: tuple[Column, ...]) -> Iterator["pa.RecordBatch"]:
    """Rows as Arrow, in portions that fit into memory whatever the size of their texts."""
    portion: list[Row] = []
    size = 0
    for row in rows:
        portion.append(row)
        size += sum(len(row.get(name) or "") for name in _LONG)
        if len(portion) >= PORTION_ROWS or size >= PORTION_CHARACTERS:
            yield ledgertable.batch(portion, columns)
            portion, size = [], 0
    if portion:
        yield ledgertable.batch(portion, columns)


def spark_schema(columns: tuple[Column, ...]) -> "StructType":
    """The schema of a table as Spark has it."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(ledgertable.schema(columns))


def rows_of(batches: Batches) -> Iterator[Row]:
    """The rows of all batches, one by one."""
    for batch in batches:
        yield from batch.to_pylist()
