"""JSON to articles: one object a line, or a file that is one object or a list of them."""

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import msgspec

from inquit.readers import fields
from inquit.readers.encoding import Decoded, decode
from inquit.readers.limits import Limits
from inquit.readers.opened import Opened
from inquit.records import Article, Rejected

_ESCAPED = 2
"""How much longer than a text its line may be, by escapes and by the other fields."""

_Line = tuple[int, bytes | None]


def read(opened: Opened, limits: Limits) -> Iterator[Article | Rejected]:
    """The articles of a file of lines, one bad line being one rejection."""
    yield from read_lines(opened, limits)


def read_lines(opened: Opened, limits: Limits, *, before: int = 0) -> Iterator[Article | Rejected]:
    """The same of a part of such a file, before which `before` lines stand."""
    stream = opened.stream if before else opened.stream.in_utf8()  # a mark stands at the beginning of a file alone
    lines = stream.lines(limits.max_bytes * _ESCAPED)
    yield from _lines(opened, ((number + before, line) for number, line in lines), limits)


def read_json(opened: Opened, limits: Limits) -> Iterator[Article | Rejected]:
    """The articles of a file that is one document, or else of its lines."""
    longest = limits.max_bytes * _ESCAPED
    lines = opened.stream.in_utf8().lines(longest)
    held = _first(lines)
    # A file that names itself JSON and has one line is one document; a stream is not waited for.
    more = list(islice(lines, 1)) if opened.suffix == ".json" else []
    first = held[-1][1] if held else b""
    held += more
    if (more or opened.suffix != ".json") and (first is None or isinstance(_parsed(first), dict)):
        yield from _lines(opened, chain(held, lines), limits)
        return
    size = sum(len(line or b"") for _, line in held)
    for number, line in lines:
        held.append((number, line))
        size += len(line or b"")
        if line is None or size > longest:
            yield from _lines(opened, chain(held, lines), limits)
            return
    yield from _document(opened, held, limits)


def _first(lines: Iterator[_Line]) -> list[_Line]:
    """The lines up to the first that is not blank."""
    held: list[_Line] = []
    for number, line in lines:
        held.append((number, line))
        if line is None or line.strip():
            break
    return held


def _document(opened: Opened, held: list[_Line], limits: Limits) -> Iterator[Article | Rejected]:
    """The articles of lines that are one document, an object or a list of them; each on its own where they are not."""
    parsed = _parsed(b"".join(line or b"" for _, line in held))
    if isinstance(parsed, list):
        for number, record in enumerate(parsed, 1):
            yield _article(record, f"{opened.origin}:{number}", limits)
    elif isinstance(parsed, dict):
        yield _article(parsed, opened.origin, limits)
    elif any(line is None or line.strip() for _, line in held):
        yield from _lines(opened, iter(held), limits)
    else:
        yield Rejected(origin=opened.origin, reason="empty", detail="no content")


def document(data: bytes) -> dict[str, Any] | None:
    """The one object that `data` is, or `None`."""
    parsed = _parsed(data.removeprefix(b"\xef\xbb\xbf"))
    return parsed if isinstance(parsed, dict) else None


def _lines(opened: Opened, lines: Iterator[_Line], limits: Limits) -> Iterator[Article | Rejected]:
    for number, line in lines:
        origin = f"{opened.origin}:{number}"
        if line is None:
            detail = f"a line of more than {limits.max_bytes * _ESCAPED:,} bytes"
            yield Rejected(origin=origin, reason="too large", detail=detail)
        elif line.strip():
            record = _parsed(line)
            if record is None and opened.stream.damage and not line.endswith(b"\n"):
                return  # the end of what is there; the file is rejected as damaged
            yield _article(record, origin, limits)


def _article(record: object, origin: str, limits: Limits) -> Article | Rejected:
    if not isinstance(record, dict):
        return Rejected(origin=origin, reason="damaged", detail="not a JSON object")
    return fields.read(record, origin, limits)


def _parsed(line: bytes) -> object:
    """What the JSON says; `None` for what is none. JSON in an old encoding, or with NaN in it, is read all the same."""
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    decoded = decode(line)
    if not isinstance(decoded, Decoded):
        return None
    try:
        return json.loads(decoded.text)
    except (ValueError, RecursionError):
        return None
