"""Ledgers as JSON, one object a line: the contract that other programs read."""

from collections.abc import Iterable
from typing import Any

import msgspec

from inquit.errors import RejectedError
from inquit.records import Article, Ledger

# The order of the ledger format; the records' own order puts the required fields first.
_ARTICLE = (
    "id",
    "origin",
    "language",
    "title",
    "outlet",
    "credits",
    "authors",
    "url",
    "published",
    "text",
    "furniture",
)
# JSON allows these line breaks unescaped, but many programs split lines at them.
_LINE_BREAKS = ((b"\xc2\x85", b"\\u0085"), (b"\xe2\x80\xa8", b"\\u2028"), (b"\xe2\x80\xa9", b"\\u2029"))


def to_json(ledger: Ledger) -> bytes:
    """A ledger as one line of UTF-8 JSON, without the line break at its end."""
    article = {name: getattr(ledger.article, name) for name in _ARTICLE}
    content = {"article": article, "quotations": ledger.quotations, "summary": ledger.summary}
    try:
        encoded = msgspec.json.encode(content)
    except UnicodeEncodeError:  # half a surrogate pair, which UTF-8 cannot carry
        encoded = msgspec.json.encode(encodable(msgspec.to_builtins(content)))
    for character, escaped in _LINE_BREAKS:
        encoded = encoded.replace(character, escaped)
    return encoded


def from_json(line: bytes | str) -> Ledger:
    """The ledger of one line of JSON; raises `RejectedError` for anything else.

    Fields may be missing, except the article's text and each quotation's spans and type: annotations made by hand
    have `nested` instead of `parent`, no confidence and no summary. A missing summary counts the statements only.
    """
    try:
        content = msgspec.json.decode(line)
        if not isinstance(content, dict) or not isinstance(content.get("article"), dict):
            raise msgspec.ValidationError("an object with the fields `article` and `quotations` is expected")
        return msgspec.convert(_completed(content), Ledger)
    except (msgspec.MsgspecError, UnicodeError, TypeError, KeyError, ValueError, RecursionError) as error:
        raise RejectedError("JSON", "unreadable", f"not a ledger: {error}") from error


def to_jsonl(ledgers: Iterable[Ledger]) -> Iterable[bytes]:
    """A line for each ledger, with its line break, as soon as the ledger is there."""
    for ledger in ledgers:
        yield to_json(ledger) + b"\n"


def _completed(content: dict[str, Any]) -> dict[str, Any]:
    """The content with the fields that a ledger needs and an annotation may lack."""
    article = dict(content["article"])
    article.setdefault("id", article.get("url") or "")
    article.setdefault("origin", article.get("url") or article["id"])
    quotations = [dict(quotation) for quotation in content.get("quotations") or ()]
    for at, quotation in enumerate(quotations):
        quotation.setdefault("id", at)
        quotation.setdefault("medium", "none")
        quotation.setdefault("confidence", 1.0)
        if quotation["confidence"] is None:
            quotation["confidence"] = 0.0
    for quotation in quotations:
        if quotation.get("parent") is None and quotation.get("nested"):
            quotation["parent"] = _enclosing(quotation, quotations)
    empty = {"primary_sources": (), "unnamed_share": 0.0, "relayed_share": 0.0, "unsourced_share": 0.0}
    summary = content.get("summary") or {"statements": len(quotations), **empty}
    known = {name: article[name] for name in Article.__dataclass_fields__ if name in article}
    for name in ("credits", "authors", "furniture"):
        known[name] = known.get(name) or ()
    return {"article": known, "quotations": quotations, "summary": summary}


def _enclosing(quotation: dict[str, Any], quotations: list[dict[str, Any]]) -> int | None:
    """The id of the smallest other quotation around this one."""
    begin, end = quotation["quote"][0][0], quotation["quote"][-1][1]
    around = [
        (other["quote"][-1][1] - other["quote"][0][0], other["id"])
        for other in quotations
        if other["id"] != quotation["id"]
        and other["quote"][0][0] <= begin
        and end <= other["quote"][-1][1]
        and (other["quote"][0][0], other["quote"][-1][1]) != (begin, end)
    ]
    return min(around)[1] if around else None


def encodable(value: Any) -> Any:
    """The same with a replacement character for each half of a surrogate pair; offsets stay."""
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in value)
    if isinstance(value, dict):
        return {key: encodable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [encodable(item) for item in value]
    return value
