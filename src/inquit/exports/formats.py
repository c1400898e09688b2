"""The formats of `inquit export`: a name, the ending of its files, and the function that writes it."""

from collections.abc import Callable, Iterable
from typing import BinaryIO, NamedTuple

from inquit.exports.annotation import to_annotations
from inquit.exports.commas import to_csv
from inquit.exports.lines import to_jsonl
from inquit.exports.parquet import to_parquet
from inquit.exports.provenance import to_prov
from inquit.exports.schemaorg import to_schema
from inquit.exports.selection import Selection


class Format(NamedTuple):
    """A format; `ending` is what the name of its files ends with, `None` where that does not tell it."""

    name: str
    write: Callable[[Iterable[Selection], BinaryIO], None]
    ending: str | None = None


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("parquet", to_parquet, ".parquet"),
        Format("csv", to_csv, ".csv"),
        Format("jsonl", to_jsonl, ".jsonl"),
        Format("prov", to_prov),
        Format("annotation", to_annotations),
        Format("schema", to_schema),
    )
}
