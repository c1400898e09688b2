"""The reader table: which reader reads which format, and how a format is known."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from inquit.readers import html, text
from inquit.readers.limits import Limits
from inquit.records import Article, Rejected

Reader = Callable[[bytes, str, Limits], Iterator[Article | Rejected]]
"""A reader turns the bytes of one input with its origin into its articles, or says why there are none."""


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table; `suffixes` are in lower case, with their dot."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader


def _read_text(data: bytes, origin: str, _limits: Limits) -> Iterator[Article | Rejected]:
    yield text.read(data, origin)


def _read_html(data: bytes, origin: str, limits: Limits) -> Iterator[Article | Rejected]:
    yield html.read(data, origin, limits)


TEXT = Format("text", (".txt", ".text", ".md"), _read_text)
HTML = Format("html", (".html", ".htm", ".xhtml", ".shtml"), _read_html)
FORMATS: tuple[Format, ...] = (TEXT, HTML)

_FILE_TYPE = re.compile(r"\.[a-z][a-z0-9]{0,7}")
"""A suffix that names a type of file; ".05 Anna" of "Beispiel 3.05 Anna" does not."""

_SNIFFED = 2048
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*){0,3}<(?:!doctype\s+html|html|head|body)[\s>]",
    re.I | re.S,
)


def by_name(name: str) -> Format | None:
    """The format called `name` ("text", "html"), or of the suffix `name` (".html")."""
    return next((row for row in FORMATS if name == row.name or name.lower() in row.suffixes), None)


def choose(data: bytes, suffix: str) -> Format | None:
    """The format of `data`, by what it is and by the suffix of its file; `None` for one that no reader reads.

    A page saved under another name is a page; anything without a suffix that names a type is taken for text.
    """
    if looks_like_html(data):
        return HTML
    known = by_name(suffix) if suffix else None
    if known is not None:
        return known
    return None if _FILE_TYPE.fullmatch(suffix) else TEXT


def looks_like_html(data: bytes) -> bool:
    """Whether `data` begins as an HTML document does, in UTF-8 or UTF-16."""
    start = data[:_SNIFFED].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return _HTML.match(start.replace(b"\0", b"")) is not None


def suffixes() -> str:
    """All suffixes, for messages."""
    return " ".join(suffix for row in FORMATS for suffix in row.suffixes)
