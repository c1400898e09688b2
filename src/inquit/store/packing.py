"""Articles and what was found in them as compressed bytes, and back, unchanged to the last character."""

import json
import zlib
from typing import Any, TypeVar

import msgspec

from inquit.records import Article, Quotation, Summary, Verdict

_LEVEL = 6  # zlib; higher levels cost twice the time for two percent
_T = TypeVar("_T")


class Found(msgspec.Struct, frozen=True):
    """What is kept of an article besides its text."""

    article: dict[str, Any]
    quotations: tuple[Quotation, ...] = ()
    summary: Summary | None = None


def pack_text(text: str) -> bytes:
    """A text as bytes; halves of surrogate pairs, which broken files have, survive."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def unpack_text(data: bytes) -> str:
    """The text again."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def pack_found(article: Article, quotations: tuple[Quotation, ...], summary: Summary | None) -> bytes:
    """All but the text of the article, and what was found in it."""
    known = {name: getattr(article, name) for name in Article.__dataclass_fields__ if name != "text"}
    return _pack(Found(known, quotations, summary))


def unpack_found(data: bytes, text: str) -> tuple[Article, tuple[Quotation, ...], Summary | None]:
    """The article with its text again, and what was found in it."""
    found = _unpack(data, Found)
    return msgspec.convert({**found.article, "text": text}, Article), found.quotations, found.summary


def pack_verdict(verdict: Verdict) -> bytes:
    """A verdict."""
    return _pack(verdict)


def unpack_verdict(data: bytes) -> Verdict:
    """The verdict again."""
    return _unpack(data, Verdict)


def pack_record(record: object) -> bytes:
    """Any record."""
    return _pack(record)


def unpack_record(data: bytes, kind: type[_T]) -> _T:
    """A record of a kind again."""
    return _unpack(data, kind)


def _pack(value: object) -> bytes:
    try:
        encoded = msgspec.json.encode(value)
    except UnicodeEncodeError:  # JSON can escape half a surrogate pair, though UTF-8 cannot carry it
        encoded = json.dumps(msgspec.to_builtins(value)).encode()
    return zlib.compress(encoded, _LEVEL)


def _unpack(data: bytes, kind: type[_T]) -> _T:
    encoded = zlib.decompress(data)
    try:
        return msgspec.json.decode(encoded, type=kind)
    except msgspec.DecodeError:
        return msgspec.convert(json.loads(encoded), kind)
