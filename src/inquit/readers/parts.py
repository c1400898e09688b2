"""Parts of a large file that several readers may read at once: some lines of JSONL, some row groups of Parquet.

Parts are cut where lines begin, so that all of them together give what the file gives, with the same origins.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from inquit.readers import formats, jsonlines, parquet, streams
from inquit.readers.limits import Limits
from inquit.readers.opened import Opened
from inquit.records import Article, Rejected

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file, or of it the bytes or row groups `[begin, end)`; `before` are the lines or rows before them."""

    begin: int = 0
    end: int | None = None
    before: int = 0

    @property
    def whole(self) -> bool:
        """Whether it is the whole file."""
        return self.end is None


def divisible(suffix: str, head: bytes) -> str | None:
    """How a file can be divided: by "lines", by "groups", or not at all; `head` are its first bytes."""
    if head.startswith(b"PAR1"):
        return "groups"
    packed = head.startswith((b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"))
    in_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
    return "lines" if suffix in formats.LINES.suffixes and not packed and not in_utf16 else None


def cut(file: IO[bytes], begin: int, end: int) -> tuple[int | None, int]:
    """Where the first line that begins in the bytes `[begin, end)` begins, and how many lines end in them."""
    file.seek(begin)
    first = 0 if begin == 0 else None
    at, count = begin, 0
    while at < end and (data := file.read(min(_CHUNK, end - at))):
        count += data.count(b"\n")
        if first is None and (found := data.find(b"\n")) >= 0:
            first = at + found + 1
        at += len(data)
    return first, count


def group_rows(file: IO[bytes]) -> tuple[int, ...]:
    """The number of rows of each row group of a Parquet file; empty where it is damaged."""
    return parquet.group_rows(file)


def read(file: IO[bytes], opened: Opened, part: Part, limits: Limits) -> Iterator[Article | Rejected]:
    """The articles of a part of a file; `opened` says of it what is known besides its bytes."""
    assert part.end is not None
    if file.read(4) == b"PAR1":
        groups = range(part.begin, part.end)
        yield from parquet.read_groups(file, opened.origin, limits, groups=groups, before=part.before)
        return
    file.seek(part.begin)
    left = part.end - part.begin

    def take(size: int) -> bytes:
        nonlocal left
        data = file.read(min(size, left))
        left -= len(data)
        return data

    stream = streams.Stream(take)
    yield from jsonlines.read_lines(opened.of(stream), limits, before=part.before)
