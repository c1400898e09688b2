"""The reader table: which reader reads which format, and how a format is known."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from inquit.readers import feed, html, jsonlines, parquet, separated, text, warc
from inquit.readers.limits import Limits
from inquit.readers.opened import Opened
from inquit.records import Article, Rejected

Reader = Callable[[Opened, Limits], Iterator[Article | Rejected]]
"""A reader turns one open input into its articles, or says why there are none; it never raises for what is in it."""


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table; `suffixes` are in lower case, with their dot.

    `many` says that an input may hold any number of articles, and is read as a stream.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    many: bool


def _read_text(opened: Opened, limits: Limits) -> Iterator[Article | Rejected]:
    data = opened.whole(limits)
    yield data if isinstance(data, Rejected) else text.read(data, opened.origin, opened.known)


def _read_html(opened: Opened, limits: Limits) -> Iterator[Article | Rejected]:
    data = opened.whole(limits)
    yield data if isinstance(data, Rejected) else html.read(data, opened.origin, limits, known=opened.known)


TEXT = Format("text", (".txt", ".text"), _read_text, many=False)
HTML = Format("html", (".html", ".htm", ".xhtml", ".shtml"), _read_html, many=False)
LINES = Format("jsonl", (".jsonl", ".ndjson", ".jsonlines"), jsonlines.read, many=True)
JSON = Format("json", (".json",), jsonlines.read_json, many=True)
TABLE = Format("csv", (".csv", ".tsv", ".tab"), separated.read, many=True)
PARQUET = Format("parquet", (".parquet", ".pq"), parquet.read, many=True)
WARC = Format("warc", (".warc",), warc.read, many=True)
FEED = Format("feed", (".rss", ".atom"), feed.read, many=True)
FORMATS: tuple[Format, ...] = (TEXT, HTML, LINES, JSON, TABLE, PARQUET, WARC, FEED)

_FILE_TYPE = re.compile(r"\.[a-z][a-z0-9]{0,7}")
"""A suffix that names a type of file; ".05 Anna" of "Beispiel 3.05 Anna" does not."""

_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"[^"\n]{1,60}"\s*:')


def by_name(name: str) -> Format | None:
    """The format called `name` ("text", "html"), or of the suffix `name` (".html")."""
    return next((row for row in FORMATS if name == row.name or name.lower() in row.suffixes), None)


def choose(head: bytes, suffix: str) -> Format | None:
    """The format of what begins with `head`, by that and by the suffix; `None` for one that no reader reads.

    A page saved under another name is a page; anything without a suffix that names a type is taken for text.
    """
    if html.looks_like_html(head):
        return HTML
    known = by_name(suffix) if suffix else None
    if known is not None:
        return known
    if head.startswith((b"PAR1", b"WARC/")):
        return PARQUET if head.startswith(b"PAR1") else WARC
    if feed.looks_like_feed(head):
        return FEED
    if _FILE_TYPE.fullmatch(suffix):
        return None
    return JSON if _JSON.match(head) else TABLE if separated.looks_like_table(head) else TEXT


def suffixes() -> str:
    """All suffixes, for messages."""
    return " ".join(suffix for row in FORMATS for suffix in row.suffixes)
