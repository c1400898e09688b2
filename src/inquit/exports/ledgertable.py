"""Ledgers as Parquet: one row an article, with all that was found in it, and back. Written and read in portions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from inquit.errors import RejectedError
from inquit.exports.jsonlines import encodable
from inquit.records import Article, Quotation, Reason, Rejected, Span, State, Summary

if TYPE_CHECKING:
    import pyarrow as pa

LEDGERS, REJECTS = "ledgers", "rejects"
"""Folders of a result: its ledgers, and what was not read with the reason. Each holds Parquet files."""

DONE = "_SUCCESS"
"""The empty file in a folder of Parquet that says: all files are here."""

PORTION = 256
"""Rows in memory at once."""

Row = dict[str, Any]


class Column(NamedTuple):
    """A column: its name, its type by a name of `_types`, and what it says."""

    name: str
    type: str
    meaning: str


ARTICLE_COLUMNS: tuple[Column, ...] = (
    Column("position", "place", "grows in the order of the input"),
    Column("id", "text", "the article's id"),
    Column("origin", "text", "path or URL that was read"),
    Column("language", "text", "ISO 639-1 code"),
    Column("title", "text", "headline"),
    Column("outlet", "text", "who publishes"),
    Column("credits", "texts", "agencies and other outlets that the article credits"),
    Column("authors", "texts", "names in the byline"),
    Column("url", "text", "the article's address"),
    Column("published", "text", "date or time as the outlet gives it"),
    Column("text", "text", "the article's text, unchanged"),
    Column("furniture", "spans", "the parts of the text that are not the article"),
)

LEDGER_COLUMNS: tuple[Column, ...] = (
    *ARTICLE_COLUMNS,
    Column("state", "text", "read, unread (in a language that Inquit does not read) or failed"),
    Column("detail", "text", "why it is not read"),
    Column("reader", "text", "the Inquit that read it"),
    Column("statements", "number", "how many statements were found"),
    Column("ledger", "text", "`quotations` and `summary` of the ledger format, as JSON"),
)

REJECT_COLUMNS: tuple[Column, ...] = (
    Column("position", "place", "grows in the order of the input"),
    Column("origin", "text", "path or URL, and the place in it"),
    Column("reason", "text", "the reason that is counted"),
    Column("detail", "text", "one line that says more"),
)

_ARTICLE_FIELDS = tuple(column.name for column in ARTICLE_COLUMNS[1:] if column.name != "furniture")


class _Found(msgspec.Struct, frozen=True):
    """What the column `ledger` holds."""

    quotations: tuple[Quotation, ...] = ()
    summary: Summary | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article and what was found in it; `reader` is the Inquit that read it, `detail` why it is not read."""

    article: Article
    quotations: tuple[Quotation, ...] = ()
    summary: Summary | None = None
    state: State = "read"
    detail: str | None = None
    reader: str = ""


@cache
def schema(columns: tuple[Column, ...]) -> "pa.Schema":
    """The schema of a table; the meaning of a column stands in its metadata under `description`."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.int32(),
        "place": pa.int64(),
        "places": pa.list_(pa.int64()),
        "flag": pa.bool_(),
        "real": pa.float64(),
        "reals": pa.list_(pa.float64()),
        "spans": pa.list_(pa.struct([("begin", pa.int32()), ("end", pa.int32())])),
    }
    return pa.schema([pa.field(name, types[kind], metadata={"description": says}) for name, kind, says in columns])


def batch(rows: Sequence[Row], columns: tuple[Column, ...]) -> "pa.RecordBatch":
    """Rows as Arrow; columns that a row lacks are null, halves of surrogate pairs become replacement characters."""
    import pyarrow as pa

    kind = schema(columns)

    def arrays(rows: Sequence[Row]) -> list[Any]:
        return [pa.array([row.get(field.name) for row in rows], field.type) for field in kind]

    try:
        return pa.RecordBatch.from_arrays(arrays(rows), schema=kind)
    except UnicodeEncodeError:
        return pa.RecordBatch.from_arrays(arrays([encodable(row) for row in rows]), schema=kind)


def article_row(article: Article, position: int) -> Row:
    """An article as a row."""
    fields = {name: getattr(article, name) for name in _ARTICLE_FIELDS}
    furniture = [{"begin": begin, "end": end} for begin, end in article.furniture]
    return {"position": position, **fields, "furniture": furniture}


def article_of(row: Mapping[str, Any]) -> Article:
    """The article of a row."""
    fields = {name: row[name] for name in _ARTICLE_FIELDS}
    fields["credits"], fields["authors"] = tuple(row["credits"] or ()), tuple(row["authors"] or ())
    return Article(**fields, furniture=tuple(Span(one["begin"], one["end"]) for one in row["furniture"] or ()))


def reject_row(rejected: Rejected, position: int) -> Row:
    """An input that was not read as a row."""
    return {
        "position": position,
        "origin": rejected.origin,
        "reason": rejected.reason,
        "detail": rejected.detail,
    }


def entry_row(entry: Entry, position: int) -> Row:
    """An article with its ledger as a row."""
    found = _Found(entry.quotations, entry.summary)
    try:
        encoded = msgspec.json.encode(found)
    except UnicodeEncodeError:
        encoded = msgspec.json.encode(encodable(msgspec.to_builtins(found)))
    return {
        **article_row(entry.article, position),
        "state": entry.state,
        "detail": entry.detail,
        "reader": entry.reader,
        "statements": len(entry.quotations),
        "ledger": encoded.decode(),
    }


def entry_of(row: Mapping[str, Any]) -> Entry:
    """The article of a row with its ledger; raises `RejectedError` for a row that no Inquit wrote."""
    try:
        found = msgspec.json.decode(row["ledger"] or "{}", type=_Found)
        return Entry(
            article=article_of(row),
            quotations=found.quotations,
            summary=found.summary,
            state=row["state"],
            detail=row["detail"],
            reader=row["reader"] or "",
        )
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError) as error:
        raise RejectedError(str(row.get("origin")), "damaged", f"not a row of ledgers: {error}") from error


def holds_ledgers(folder: Path) -> bool:
    """Whether a folder is a result with its ledgers, all of them or not."""
    return (folder / LEDGERS).is_dir() and any((folder / LEDGERS).glob("*.parquet"))


def read_ledgers(folder: Path) -> Iterator[Entry | Rejected]:
    """The articles of a result in the order of the input, then what was not read of the input.

    A result that is not complete, and each file that is damaged, is one rejection in its place.
    """
    for name in (LEDGERS, REJECTS):
        if not (folder / name / DONE).exists():
            detail = f"not complete: {name}/{DONE} is missing"
            yield Rejected(origin=str(folder), reason="damaged", detail=detail)
    for row in _rows(folder / LEDGERS):
        try:
            yield row if isinstance(row, Rejected) else entry_of(row)
        except RejectedError as error:
            yield Rejected(origin=error.origin, reason="damaged", detail=error.detail)
    for row in _rows(folder / REJECTS):
        if isinstance(row, Rejected):
            yield row
        elif row["reason"] != "failed":  # such an article is among the ledgers, with its state
            yield Rejected(origin=row["origin"], reason=_reason(row["reason"]), detail=row["detail"])


def _rows(folder: Path) -> Iterable[Row | Rejected]:
    import pyarrow as pa
    from pyarrow import parquet

    for path in sorted(folder.glob("*.parquet")):
        try:
            with parquet.ParquetFile(path) as file:
                for portion in file.iter_batches(PORTION, use_threads=False):
                    yield from portion.to_pylist()
        except (pa.ArrowException, OSError, ValueError) as error:
            detail = (str(error).splitlines() or [type(error).__name__])[0][:200]
            yield Rejected(origin=str(path), reason="damaged", detail=detail)


def _reason(name: str) -> Reason:
    known: Reason = msgspec.convert(name, Reason)
    return known
