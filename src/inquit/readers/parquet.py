"""Parquet to articles: one a row, read in batches so that memory does not grow with the file."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from inquit.readers import fields
from inquit.readers.limits import Limits
from inquit.readers.opened import Opened
from inquit.records import Article, Rejected

_BATCH = 64
"""Rows in memory at once: an HTML page of 1 MB makes 64 MB of them."""

_CHUNK = 1 << 20
_MOST_UNPACKED = 4 << 30
"""Bytes of a Parquet file that came packed or by a pipe: to be read it has to be put on the disk, without a name."""


def read(opened: Opened, limits: Limits) -> Iterator[Article | Rejected]:
    """The articles of a Parquet file; one bad row, or one bad group of rows, is one rejection."""
    if opened.stream.file is not None:
        opened.stream.file.seek(0)
        yield from read_groups(opened.stream.file, opened.origin, limits)
        return
    with tempfile.SpooledTemporaryFile(max_size=limits.max_bytes) as file:
        size = 0
        try:
            while part := opened.stream.read(_CHUNK):
                size += file.write(part)
                if size > _MOST_UNPACKED:
                    detail = f"more than {_MOST_UNPACKED:,} bytes unpacked; give the unpacked file"
                    yield Rejected(origin=opened.origin, reason="too large", detail=detail)
                    return
        except OSError as error:
            yield Rejected(origin=opened.origin, reason="unreadable", detail=f"to unpack it: {error.strerror}")
            return
        if opened.stream.damage is None:
            yield from read_groups(file, opened.origin, limits)


def group_rows(file: Any) -> tuple[int, ...]:
    """The number of rows of each row group; empty where the file is damaged."""
    import pyarrow
    from pyarrow import parquet

    try:
        metadata = parquet.ParquetFile(_Plain(file), pre_buffer=False, buffer_size=_CHUNK).metadata
        return tuple(metadata.row_group(group).num_rows for group in range(metadata.num_row_groups))
    except (pyarrow.ArrowException, OSError, ValueError):
        return ()


def read_groups(
    file: Any, origin: str, limits: Limits, *, groups: range | None = None, before: int = 0
) -> Iterator[Article | Rejected]:
    """The articles of some row groups, before which `before` rows stand, or of all."""
    import pyarrow
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(_Plain(file), pre_buffer=False, buffer_size=_CHUNK)
        columns, groups = table.schema_arrow.names, groups or range(table.num_row_groups)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        yield Rejected(origin=origin, reason="damaged", detail=_first_line(error))
        return
    wanted = [name for name in columns if fields.field_named(name) or name in {"article", "furniture"}]
    if not {(fields.field_named(name) or (name,))[0] for name in wanted} & {"text", "html", "article"}:
        detail = f"no column text or html; it has {', '.join(columns[:8])}"
        yield Rejected(origin=origin, reason="no article", detail=detail)
        return
    row = before
    for group in groups:
        end = row + table.metadata.row_group(group).num_rows
        try:
            for batch in table.iter_batches(_BATCH, row_groups=[group], columns=wanted, use_threads=False):
                for record in _records(batch):
                    row += 1
                    yield fields.read(record, f"{origin}:{row}", limits)
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            yield Rejected(origin=f"{origin}:{row + 1}", reason="damaged", detail=f"up to {end}: {_first_line(error)}")
        row = end


def _records(batch: Any) -> list[dict[str, Any]]:
    """The rows of a batch as Python values; times finer than microseconds, which Python has not, are cut to them."""
    import pyarrow

    for i, field in enumerate(batch.schema):
        if pyarrow.types.is_timestamp(field.type) and field.type.unit == "ns":
            cut = batch.column(i).cast(pyarrow.timestamp("us", field.type.tz), safe=False)
            batch = batch.set_column(i, field.name, cut)
    records: list[dict[str, Any]] = batch.to_pylist()
    return records


class _Plain:
    """What the library calls on a file, and no more: a file that it closed could not be closed by who opened it."""

    closed = False

    def __init__(self, file: IO[bytes]) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def close(self) -> None:
        pass

    def flush(self) -> None:
        pass


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
