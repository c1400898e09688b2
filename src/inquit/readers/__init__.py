"""Bytes to articles: each reader turns one format into `Article` or `Rejected`, and never raises on bad input."""

from collections.abc import Iterable, Iterator
from os import PathLike, fspath

from inquit.readers import formats, inputs
from inquit.readers import text as _text
from inquit.readers.articles import article_id
from inquit.readers.inputs import Input
from inquit.readers.limits import DEADLINE, MAX_BYTES, MAX_DEPTH, Limits
from inquit.records import Article, Rejected

__all__ = [
    "DEADLINE",
    "MAX_BYTES",
    "MAX_DEPTH",
    "Limits",
    "article_id",
    "count_inputs",
    "read_bytes",
    "read_file",
    "read_paths",
    "read_text",
]


def read_paths(paths: Iterable[str | PathLike[str]], *, limits: Limits | None = None) -> Iterator[Article | Rejected]:
    """The articles in files, folders with their subfolders, glob patterns, or `-` (standard input), one by one.

    The order is that of `paths`, inside a folder that of the names. What cannot be read is yielded in its place.
    """
    limits = limits or Limits()
    for item in inputs.expand(paths):
        if isinstance(item, Rejected):
            yield item
        else:
            yield from _read(item, limits)


def count_inputs(paths: Iterable[str | PathLike[str]]) -> int:
    """How many inputs `paths` name, rejected ones included; no file is opened."""
    return sum(1 for _ in inputs.expand(paths))


def read_file(path: str | PathLike[str], *, limits: Limits | None = None) -> Article | Rejected:
    """The article in one file; a folder is rejected as unreadable."""
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
    return _one(_read_bytes(data, origin, format or suffix, limits, named=format is not None), origin)


def read_text(text: str, *, origin: str, limits: Limits | None = None) -> Article | Rejected:
    """The article in a string, unchanged."""
    limits = limits or Limits()
    if len(text) > limits.max_bytes:
        return Rejected(origin=origin, reason="too large", detail=f"more than {limits.max_bytes:,} characters")
    return _text.read_characters(text, origin)


def _read(item: Input, limits: Limits) -> Iterator[Article | Rejected]:
    data = inputs.load(item, limits)
    if isinstance(data, Rejected):
        yield data
        return
    yield from _read_bytes(data, item.origin, item.suffix, limits, named=False)


def _read_bytes(data: bytes, origin: str, suffix: str, limits: Limits, *, named: bool) -> Iterator[Article | Rejected]:
    chosen = formats.by_name(suffix) if named else formats.choose(data, suffix)
    if chosen is None:
        detail = f"{suffix or 'this'} is none of {formats.suffixes()}"
        yield Rejected(origin=origin, reason="unsupported", detail=detail)
        return
    yield from chosen.read(data, origin, limits)


def _one(articles: Iterator[Article | Rejected], origin: str) -> Article | Rejected:
    return next(articles, None) or Rejected(origin=origin, reason="no article", detail="nothing in it")
