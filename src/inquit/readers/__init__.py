"""Bytes to articles: each reader turns one format into `Article` or `Rejected`, and never raises on bad input."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from os import PathLike, fspath
from typing import IO

from inquit.readers import formats, inputs, parts, streams
from inquit.readers import html as _html
from inquit.readers import text as _text
from inquit.readers.articles import Known, article_id, completed, readable
from inquit.readers.feed import Feed, FeedEntry, parse_opml, read_entry
from inquit.readers.feed import parse_safely as _parse_feed
from inquit.readers.inputs import Input
from inquit.readers.limits import DEADLINE, MAX_BYTES, MAX_DEPTH, Limits
from inquit.readers.meter import Meter, meter
from inquit.readers.opened import Opened, suffix_of
from inquit.readers.parts import Part
from inquit.records import Article, Rejected

__all__ = [
    "DEADLINE",
    "MAX_BYTES",
    "MAX_DEPTH",
    "Feed",
    "FeedEntry",
    "Known",
    "Limits",
    "Meter",
    "Part",
    "article_id",
    "completed",
    "count_inputs",
    "meter",
    "parse_feed",
    "parse_opml",
    "read_bytes",
    "read_entry",
    "read_file",
    "read_input",
    "read_open",
    "read_page",
    "read_paths",
    "read_text",
]


def read_paths(
    paths: Iterable[str | PathLike[str]],
    *,
    limits: Limits | None = None,
    every_language: bool = False,
    progress: Meter | None = None,
) -> Iterator[Article | Rejected]:
    """The articles in files, folders with their subfolders, glob patterns, or `-` (standard input), one by one.

    The order is that of `paths`, inside a folder that of the names. What cannot be read is yielded in its place; so is
    an article in a language that Inquit does not read, unless `every_language` is wanted. `progress` is told of it.
    """
    limits = limits or Limits()
    for item in inputs.expand(paths):
        if isinstance(item, Rejected):
            yield item
        else:
            yield from _chosen(_read(item, limits, progress), every_language=every_language)


def count_inputs(paths: Iterable[str | PathLike[str]]) -> int | None:
    """How many articles `paths` name, rejected inputs included; `None` where a file may hold any number of them.

    No file is opened: a file is judged by its name.
    """
    n = 0
    for item in inputs.expand(paths):
        row = formats.by_name(item.suffix) if isinstance(item, Input) and item.suffix else None
        if (row is not None and row.many) or (isinstance(item, Input) and item.path is None):
            return None
        n += 1
    return n


def read_file(path: str | PathLike[str], *, limits: Limits | None = None) -> Article | Rejected:
    """The article in one file; rejected where it is a folder, or holds more than one."""
    return _one(_read(Input(fspath(path)), limits or Limits()), inputs.printable(fspath(path)))


def read_bytes(
    data: bytes,
    *,
    origin: str,
    suffix: str = "",
    format: str | None = None,  # noqa: A002  the word that users know
    limits: Limits | None = None,
) -> Article | Rejected:
    """The article in `data`; the format is `format` ("text", "html"), or known from `data` and the file's `suffix`."""
    limits = limits or Limits()
    if len(data) > limits.max_bytes:
        return Rejected(origin=origin, reason="too large", detail=f"more than {limits.max_bytes:,} bytes")
    opened = Opened(origin=origin, stream=streams.from_bytes(data), suffix=suffix.lower())
    return _one(_from(opened, limits, name=format), origin)


def read_text(text: str, *, origin: str, limits: Limits | None = None) -> Article | Rejected:
    """The article in a string, unchanged."""
    limits = limits or Limits()
    if len(text) > limits.max_bytes:
        return Rejected(origin=origin, reason="too large", detail=f"more than {limits.max_bytes:,} characters")
    return readable(_text.read_characters(text, origin))


def read_page(
    data: bytes, *, origin: str, known: Known, declared: str | None = None, limits: Limits | None = None
) -> Article | Rejected:
    """The article of an HTML page, in any language.

    `known` and the encoding `declared`, told by who sent the page, go before what it says of itself.
    """
    return _html.read(data, origin, limits or Limits(), known=known, declared=declared)


def parse_feed(data: bytes, *, origin: str, limits: Limits | None = None) -> Feed | Rejected:
    """The entries of an RSS or Atom feed."""
    limits = limits or Limits()
    return _parse_feed(data, origin, limits)


def read_input(item: Input, *, limits: Limits | None = None) -> Iterator[Article | Rejected]:
    """The articles of one input of a folder, in any language."""
    yield from _read(item, limits or Limits())


def read_open(
    file: IO[bytes], *, origin: str, part: Part | None = None, found: bool = False, limits: Limits | None = None
) -> Iterator[Article | Rejected]:
    """The articles, in any language, of a file that is open and can be sought in, or of a part of it.

    `found` says that a folder held it and nobody named it.
    """
    opened = Opened(origin=origin, stream=streams.from_file(file, seekable=True), suffix=suffix_of(origin), found=found)
    if part is None or part.whole:
        yield from _from(opened, limits or Limits())
    else:
        yield from parts.read(file, opened, part, limits or Limits())


def _read(item: Input, limits: Limits, progress: Meter | None = None) -> Iterator[Article | Rejected]:
    with ExitStack() as stack:
        opened = inputs.open_input(item, stack)
        if isinstance(opened, Rejected):
            yield opened
            return
        if progress is not None:
            progress.begin(opened.stream.file)
            stack.callback(progress.end)
        known = inputs.description(item)
        if isinstance(known, Rejected):
            yield known
        else:
            opened = replace(opened, known=known)
        yield from _from(opened, limits)


def _from(opened: Opened, limits: Limits, *, name: str | None = None) -> Iterator[Article | Rejected]:
    """The articles of an open input, and at the end what is missing of it."""
    opened = opened.unpacked()
    chosen = formats.by_name(name) if name is not None else formats.choose(opened.stream.head(), opened.suffix)
    if chosen is None:
        detail = f"{name or opened.suffix} is none of {formats.suffixes()}"
        yield Rejected(origin=opened.origin, reason="skipped" if opened.found else "unsupported", detail=detail)
        return
    yield from chosen.read(opened, limits)
    if chosen.many and opened.stream.damage is not None:
        reason, detail = opened.stream.damage
        yield Rejected(origin=opened.origin, reason=reason, detail=f"{detail}; what stands before that was read")


def _chosen(items: Iterator[Article | Rejected], *, every_language: bool) -> Iterator[Article | Rejected]:
    yield from items if every_language else map(readable, items)


def _one(articles: Iterator[Article | Rejected], origin: str) -> Article | Rejected:
    found = list(islice(articles, 2))
    if not found:
        return Rejected(origin=origin, reason="no article", detail="nothing in it")
    if len(found) > 1 and isinstance(found[0], Article):
        return Rejected(origin=origin, reason="unsupported", detail="more than one article; read_many reads them")
    return readable(found[0])
