"""WARC to articles: the pages of a web crawl, as ISO 28500 writes them and Common Crawl publishes them."""

import logging
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inquit.readers import html
from inquit.readers.articles import Known
from inquit.readers.limits import Limits
from inquit.readers.opened import Opened
from inquit.readers.streams import Stream
from inquit.records import Article, Reason, Rejected

_LOG = logging.getLogger("inquit.readers")

_LONGEST_LINE, _MOST_LINES = 65_536, 1_000
"""Bytes of a line and lines of a record's header; more is no header."""

_HTTP_HEADER = 65_536
"""Bytes that the header of an HTTP response may have besides its page."""

_CHUNK = 1 << 18
_NO_PAGES = frozenset(("warcinfo", "request", "metadata", "revisit", "continuation"))
"""Types of records that hold no page; they are passed over and not counted. A revisit repeats an earlier page."""

_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_SIZE = re.compile(rb"(?:\r\n)?([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)


@dataclass(frozen=True, slots=True)
class _Record:
    """A record; `body` has at most as many bytes as the limit allows, `missing` says that it was cut off."""

    number: int
    headers: Mapping[str, str]
    body: bytes
    size: int
    missing: bool


def read(opened: Opened, limits: Limits) -> Iterator[Article | Rejected]:
    """The articles of a WARC file; each page that is none, and each damaged record, is one rejection."""
    for record in _records(opened.stream, limits.max_bytes + _HTTP_HEADER):
        if isinstance(record, int):
            yield Rejected(origin=f"{opened.origin}:{record}", reason="damaged", detail="not a record")
            continue
        origin = f"{opened.origin}:{record.number}"
        kind = record.headers.get("warc-type", "").lower()
        if record.missing:
            if opened.stream.damage is None:
                yield Rejected(origin=origin, reason="damaged", detail="cut off")
        elif kind not in _NO_PAGES:
            yield _page(record, kind, origin, limits)


def _page(record: _Record, kind: str, origin: str, limits: Limits) -> Article | Rejected:
    """The article of a record; what is said against it names the page's address."""
    url = record.headers.get("warc-target-uri", "").strip("<> ") or None
    item = _read_page(record, kind, url, origin, limits)
    if isinstance(item, Article) and (why := record.headers.get("warc-truncated")):
        _LOG.warning("%s: %s: the crawler cut the page off (%s)", origin, (url or "")[:300], why[:40])
    if isinstance(item, Rejected) and url:
        return Rejected(origin=origin, reason=item.reason, detail=f"{url[:300]}: {item.detail}")
    return item


def _read_page(record: _Record, kind: str, url: str | None, origin: str, limits: Limits) -> Article | Rejected:
    response = _response(record.body) if kind == "response" else (200, record.headers, record.body)
    if response is None:
        reason: Reason = "damaged" if (url or "http").startswith("http") else "unsupported"
        return Rejected(origin=origin, reason=reason, detail="not an HTTP response")
    status, headers, body = response
    page = _decoded(body, headers, limits.max_bytes)
    refused = _refused(kind, status, headers, page)
    if refused is not None:
        return Rejected(origin=origin, reason=refused[0], detail=refused[1])
    if isinstance(page, str) or max(len(page), record.size - _HTTP_HEADER) > limits.max_bytes:
        return Rejected(origin=origin, reason="too large", detail=f"more than {limits.max_bytes:,} bytes")
    charset = _CHARSET.search(headers.get("content-type", ""))
    return html.read(page, origin, limits, known=Known(url=url), declared=charset[1] if charset else None)


def _refused(kind: str, status: int, headers: Mapping[str, str], page: bytes | str) -> tuple[Reason, str] | None:
    """Why what was sent is no page; `page` is the name of an unknown coding where it is a string."""
    if status != 200:
        return "no article", f"HTTP status {status}"
    if isinstance(page, str):
        return "unsupported", f"content encoding {page[:40]}"
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"response", "resource"} or (media not in _PAGES and (media or not html.looks_like_html(page))):
        return "unsupported", f"{media[:80] or 'no type'}, not an HTML page"
    return None


def _records(stream: Stream, longest: int) -> Iterator[_Record | int]:
    """The records, counted from 1; a number where something else stands, up to the next record."""
    number, lost = 0, False
    while line := stream.readline(_LONGEST_LINE):
        if not line.strip():
            continue
        if not line.startswith(b"WARC/"):
            if not lost:
                number += 1
                yield number
            lost = True
            continue
        number += 1
        headers = _headers(stream)
        length = headers.get("content-length", "").strip() if headers is not None else ""
        lost = not (length.isascii() and length.isdecimal() and len(length) < 19)
        if lost or headers is None:
            if stream.damage is None:
                yield number
            continue
        size = int(length)
        body = stream.read(min(size, longest))
        left = size - len(body)
        while left > 0 and (part := stream.read(min(left, _CHUNK))):
            left -= len(part)
        yield _Record(number, headers, body, size, left > 0)


def _headers(stream: Stream) -> dict[str, str] | None:
    """The headers of a record, their names in lower case; `None` where they do not end."""
    lines: list[bytes] = []
    for _ in range(_MOST_LINES):
        line = stream.readline(_LONGEST_LINE)
        if line in {b"\r\n", b"\n"}:
            return _named(lines)
        if not line.endswith(b"\n"):
            return None
        lines.append(line)
    return None


def _named(lines: list[bytes]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        name, _, value = line.decode("utf-8", "replace").partition(":")
        found.setdefault(name.strip().lower(), value.strip())
    return found


def _response(data: bytes) -> tuple[int, dict[str, str], bytes] | None:
    """Status, headers and body of an HTTP response."""
    breaks = [(at, width) for mark, width in ((b"\r\n\r\n", 4), (b"\n\n", 2)) if (at := data.find(mark)) >= 0]
    at, width = min(breaks, default=(len(data), 0))
    first, *lines = data[:at].splitlines() or [b""]
    status = re.match(rb"HTTP/[\d.]+ +(\d{3})", first)
    return (int(status[1]), _named(lines), data[at + width :]) if status else None


def _decoded(body: bytes, headers: Mapping[str, str], most: int) -> bytes | str:
    """The page without the codings of its transfer; the name of one that Inquit does not know.

    Crawlers often keep the headers of a page that they have decoded, so a page that is none of what they say is
    taken as it is.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    for coding in reversed(headers.get("content-encoding", "").lower().split(",")):
        name = coding.strip()
        if name in {"", "identity"} or html.looks_like_html(body):
            continue
        if name not in {"gzip", "x-gzip", "deflate"}:
            return name
        body = _inflated(body, most)
    return body


def _inflated(body: bytes, most: int) -> bytes:
    for bits in (47, -15):  # gzip or zlib by their headers; deflate without one
        try:
            return zlib.decompressobj(bits).decompress(body, most + 1)
        except zlib.error:
            pass
    return body


def _joined(body: bytes) -> bytes:
    """The chunks of a chunked transfer put together; the same bytes where they are no chunks."""
    parts: list[bytes] = []
    at = 0
    while match := _SIZE.match(body, at):
        size = int(match[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size
    return b"".join(parts) if parts and at >= len(body) else body
