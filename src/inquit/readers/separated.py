"""CSV and TSV to articles: a first row that names the columns, then one article a row."""

import csv
from collections.abc import Iterator

from inquit.readers import fields
from inquit.readers.encoding import Decoded, decode
from inquit.readers.limits import Limits
from inquit.readers.opened import Opened
from inquit.readers.streams import Stream
from inquit.records import Article, Rejected

_SEPARATORS = ("\t", ";", ",", "|")

_LONGEST_HEADER = 2_000
"""Bytes of a first row by which a table without a name is known; longer ones are text."""


class _TooLongError(Exception):
    """A row that does not end."""


class _Lines:
    """The lines of a table as characters, for the reader of the standard library; a row's length is bounded.

    An iterator that goes on after it has raised.
    """

    def __init__(self, stream: Stream, encoding: str, longest: int) -> None:
        self._lines = stream.lines(longest)
        self._encoding = encoding
        self._longest = longest
        self.number = 0
        self._size = 0

    def begin_row(self) -> int:
        """The number of the line with which the next row begins."""
        self._size = 0
        return self.number + 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        self._size += len(line or b"")
        if line is None or self._size > self._longest:
            raise _TooLongError
        try:
            return line.decode(self._encoding)
        except UnicodeDecodeError:
            decoded = decode(line)
            return decoded.text if isinstance(decoded, Decoded) else line.decode(self._encoding, "replace")


def looks_like_table(head: bytes) -> bool:
    """Whether the first line names columns, a text or a page among them, and no sentence does."""
    first = head.lstrip(b"\xef\xbb\xbf\r\n").partition(b"\n")[0]
    if len(first) > _LONGEST_HEADER:
        return False
    line = first.decode("utf-8", "replace")
    known = [(fields.field_named(name) or ("",))[0] for name in _names(line, _separator(line))]
    return sum(map(bool, known)) >= 2 and bool({"text", "html"} & set(known))


def read(opened: Opened, limits: Limits) -> Iterator[Article | Rejected]:
    """The articles of a table, one bad row being one rejection; a row is named by the line in which it begins."""
    stream = opened.stream.in_utf8()
    lines = _Lines(stream, _encoding(stream.head()), limits.max_bytes)
    first = next((line for line in _safely(lines) if line.strip()), None)
    if first is None:
        yield Rejected(origin=opened.origin, reason="empty", detail="no rows")
        return
    separator = _separator(first)
    header = _names(first, separator)
    columns = {(fields.field_named(name) or ("",))[0] for name in header}
    if not columns & {"text", "html"}:
        told = ", ".join(name.strip() for name in header[:8])[:200]
        detail = f"the first row names no column text or html; it has {told}"
        yield Rejected(origin=opened.origin, reason="no article", detail=detail)
        return
    yield from _rows(opened, lines, header, separator, limits)


def _rows(
    opened: Opened, lines: _Lines, header: list[str], separator: str, limits: Limits
) -> Iterator[Article | Rejected]:
    # The library's limit of a cell holds for the whole process and is lower than ours; ours is in `_Lines`.
    csv.field_size_limit(max(csv.field_size_limit(), 2 * limits.max_bytes))
    rows = csv.reader(lines, delimiter=separator)
    while True:
        origin = f"{opened.origin}:{lines.begin_row()}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except _TooLongError:
            yield Rejected(origin=origin, reason="too large", detail=f"a row of more than {limits.max_bytes:,} bytes")
            continue
        except csv.Error as error:
            yield Rejected(origin=origin, reason="damaged", detail=str(error))
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
            detail = f"{len(row)} cells, and the first row names {len(header)}"
            yield Rejected(origin=origin, reason="damaged", detail=detail)
            continue
        yield fields.read(dict(zip(header, row, strict=False)), origin, limits)


def _safely(lines: _Lines) -> Iterator[str]:
    try:
        yield from lines
    except _TooLongError:
        return


def _names(first: str, separator: str) -> list[str]:
    """The cells of the first row; none where it is no row, such as one with a cell beyond the library's limit."""
    try:
        return next((row for row in csv.reader(first.splitlines(), delimiter=separator) if row), [])
    except csv.Error:
        return []


def _separator(first: str) -> str:
    """What separates the names of the first row: that which makes most names of fields of it, and most cells."""

    def known(separator: str) -> tuple[int, int]:
        header = _names(first, separator)
        return sum(fields.field_named(name) is not None for name in header), len(header)

    return max(_SEPARATORS, key=known)


def _encoding(head: bytes) -> str:
    """UTF-8, or the old encoding that the beginning of the table is in."""
    try:
        head[: head.rfind(b"\n") + 1 or len(head)].decode("utf-8")
    except UnicodeDecodeError:
        decoded = decode(head)
        if isinstance(decoded, Decoded) and not decoded.encoding.startswith("utf"):
            return decoded.encoding
    return "utf-8"
