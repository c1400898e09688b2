"""Statements as Parquet: one row a statement, spans and the chain as nested lists, in row groups of equal size."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from inquit.exports.excerpts import quoted
from inquit.exports.iris import link, statement_iris
from inquit.exports.jsonlines import encodable
from inquit.exports.selection import Selection
from inquit.exports.times import published_at
from inquit.records import Article, Quotation, Spans

if TYPE_CHECKING:
    import pyarrow as pa

ROW_GROUP = 5_000
"""Rows that are written at once, and held in memory until then: some 20 MB, and enough for compression to work."""


class Column(NamedTuple):
    """A column of the table: its name, its type by a name of `_types`, and what it says."""

    name: str
    type: str
    meaning: str


COLUMNS: tuple[Column, ...] = (
    Column("id", "text", "the statement: the article's id, a colon and the statement's number"),
    Column("iri", "text", "the statement as an IRI that stays as long as the quote does"),
    Column("article", "text", "the article's id"),
    Column("quotation", "number", "the statement's number within the article's ledger"),
    Column("parent", "number", "number of the statement in which this one stands"),
    Column("origin", "text", "path or URL that was read"),
    Column("url", "text", "the article's address"),
    Column("link", "text", "the same with a text fragment: opens the page at the quote"),
    Column("outlet", "text", "who publishes"),
    Column("title", "text", "headline"),
    Column("authors", "texts", "names in the byline"),
    Column("credits", "texts", "agencies and other outlets that the article credits"),
    Column("published", "text", "date or time as the outlet gives it"),
    Column("published_at", "time", "the same as a time in UTC; null where it is no ISO 8601 time"),
    Column("language", "text", "ISO 639-1 code"),
    Column("type", "text", "Direct, Indirect, Reported, FreeIndirect or IndirectFreeIndirect"),
    Column("medium", "text", "Speech, Thought, Writing, SW, ST, TW or none"),
    Column("text", "text", "the words of the statement on one line"),
    Column("quote", "spans", "where they stand in the article, with the words unchanged"),
    Column("speaker", "spans", "the words that name the speaker"),
    Column("cue", "spans", "the words that announce the statement"),
    Column("frame", "spans", "the clause that introduces it"),
    Column("addressee", "spans", "the words that name whom it was said to"),
    Column("chain", "chain", "the nested sources, from the outermost to the primary one"),
    Column("source", "text", "name of the primary source"),
    Column("source_kind", "text", "person, organization, outlet, group or document"),
    Column("source_naming", "text", "named, described or anonymous"),
    Column("source_id", "text", "the primary source's id in the corpus, the same across articles"),
    Column("stance", "text", "assert, confirm, deny, demand, commit or doubt"),
    Column("hedges", "spans", "the words by which the article keeps its distance"),
    Column("disputes", "numbers", "numbers of the statements of this article that this one disputes"),
    Column("supports", "numbers", "numbers of the statements of this article that this one supports"),
    Column("disputed_by", "texts", "names of those who dispute this statement in this article"),
    Column("confidence", "share", "probability, 0 to 1, that quote, speaker and type are right"),
    Column("why", "texts", "the reasons for the labels"),
    Column("verdict", "text", "what a person says of it: right, wrong or fixed; null where nobody has judged"),
    Column("verdict_note", "text", "the person's note"),
    Column("verdict_made", "text", "when it was judged, UTC"),
)


def to_parquet(selections: Iterable[Selection], sink: BinaryIO) -> None:
    """Write a table of all statements; `sink` need not be seekable."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = table_schema()
    records = (row for selection in selections for row in _rows(selection))
    with parquet.ParquetWriter(
        pa.PythonFile(_Counted(sink), mode="w"), schema, compression="zstd", write_page_index=True
    ) as writer:
        while batch := list(islice(records, ROW_GROUP)):
            writer.write_table(_table(batch, schema), row_group_size=ROW_GROUP)


def table_schema() -> "pa.Schema":
    """The schema; the meaning of a column stands in its metadata under `description`."""
    import pyarrow as pa

    types = _types()
    return pa.schema(
        [pa.field(name, types[kind], metadata={"description": meaning}) for name, kind, meaning in COLUMNS],
        metadata={"description": "statements found by Inquit, one a row; offsets are characters of the article's text"},
    )


def _types() -> dict[str, "pa.DataType"]:
    import pyarrow as pa

    offsets = [("begin", pa.int32()), ("end", pa.int32())]
    words = [(name, pa.string()) for name in ("name", "kind", "naming")]
    return {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.int32(),
        "numbers": pa.list_(pa.int32()),
        "share": pa.float64(),
        "time": pa.timestamp("us", tz="UTC"),
        "spans": pa.list_(pa.struct([*offsets, ("text", pa.string())])),
        "chain": pa.list_(pa.struct([*words, *offsets])),
    }


def _table(batch: list[dict[str, Any]], schema: "pa.Schema") -> "pa.Table":
    import pyarrow as pa

    try:
        return pa.Table.from_pylist(batch, schema=schema)
    except UnicodeEncodeError:  # half a surrogate pair, which UTF-8 cannot carry
        return pa.Table.from_pylist(encodable(batch), schema=schema)


def _rows(selection: Selection) -> Iterator[dict[str, Any]]:
    article = selection.ledger.article
    of_article = _article(article)
    iris = statement_iris(selection.ledger)
    against = selection.disputed_by()
    for quotation in selection.statements():
        verdict = selection.verdicts.get(quotation.id)
        yield {
            **of_article,
            **_quotation(article, quotation),
            **_sources(quotation),
            "id": f"{article.id}:{quotation.id}",
            "iri": iris[quotation.id],
            "link": link(article, quotation),
            "source_id": selection.sources.get(quotation.id),
            "disputed_by": against.get(quotation.id, []),
            "verdict": verdict and verdict.judgement,
            "verdict_note": verdict and verdict.note,
            "verdict_made": verdict and verdict.made,
        }


def _article(article: Article) -> dict[str, Any]:
    same = ("origin", "url", "outlet", "title", "authors", "credits", "published", "language")
    at = published_at(article.published)
    return {"article": article.id, "published_at": at, **{name: getattr(article, name) for name in same}}


def _quotation(article: Article, quotation: Quotation) -> dict[str, Any]:
    def located(spans: Spans) -> list[dict[str, Any]]:
        return [{"begin": begin, "end": end, "text": article.text[begin:end]} for begin, end in spans]

    same = ("parent", "type", "medium", "stance", "disputes", "supports", "confidence", "why")
    spans = ("quote", "speaker", "cue", "frame", "addressee", "hedges")
    return {
        "quotation": quotation.id,
        "text": quoted(article, quotation),
        **{name: getattr(quotation, name) for name in same},
        **{name: located(getattr(quotation, name)) for name in spans},
    }


def _sources(quotation: Quotation) -> dict[str, Any]:
    primary = quotation.chain[-1] if quotation.chain else None
    return {
        "source": primary and primary.name,
        "source_kind": primary and primary.kind,
        "source_naming": primary and primary.naming,
        "chain": [
            {"name": s.name, "kind": s.kind, "naming": s.naming, "begin": s.mention.begin, "end": s.mention.end}
            for s in quotation.chain
        ],
    }


class _Counted:
    """A file that only grows and knows how long it is, as the writer asks and a pipe cannot say."""

    closed = False

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._length = 0

    def write(self, data: bytes) -> int:
        self._sink.write(data)
        self._length += len(data)
        return len(data)

    def tell(self) -> int:
        return self._length

    def flush(self) -> None:
        self._sink.flush()

    def close(self) -> None:
        """Leave the file to its owner."""
