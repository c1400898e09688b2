"""A record of a data file to an article: the names that its fields may have, and what their values may be."""

import logging
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from typing import Any

from inquit.languages import READ, language
from inquit.readers import html, imprint, names, text
from inquit.readers.articles import Known
from inquit.readers.encoding import Decoded, decode
from inquit.readers.limits import Limits
from inquit.records import Article, Rejected, Span

_LOG = logging.getLogger("inquit.readers")
_BETWEEN = re.compile(r"[\s.-]+")
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d.*)?)?)?")
_MILLISECONDS = 100_000_000_000
"""Numbers from here on are milliseconds since 1970: as seconds they would be in the year 5138."""

Record = Mapping[str, Any]


def read(record: Record, origin: str, limits: Limits) -> Article | Rejected:
    """The article of a record of a data file; of a line in the ledger format its `article`."""
    values = named(record)
    told = known(values, origin)
    content, page = _string(values.get("text")), _string(values.get("html"))
    if not content.strip() and not page.strip():
        told_names = ", ".join(map(str, list(record)[:8])) or "no field at all"
        reason = "empty" if {"text", "html"} & set(values) else "no article"
        detail = "nothing in its text" if reason == "empty" else f"neither text nor html; it has {told_names}"
        return Rejected(origin=origin, reason="empty" if reason == "empty" else "no article", detail=detail)
    if max(len(content), len(page)) > limits.max_bytes:
        return Rejected(origin=origin, reason="too large", detail=f"more than {limits.max_bytes:,} characters")
    if content.strip():
        return text.read_characters(content, origin, told)
    return html.read_characters(page, origin, limits, known=told)


def known(values: Record, origin: str) -> Known:
    """What the fields of a record, already `named`, say of its article."""
    outlet = _string(values.get("outlet")).strip() or None
    authors, credits_ = values.get("authors"), _listed(values.get("credit"))
    persons = _listed(authors)
    if isinstance(authors, str):
        agencies = names.agencies(persons)
        credits_ += [name for name in agencies if name not in credits_]
        persons = names.unprefixed([name for name in persons if name not in agencies])
    return Known(
        title=_string(values.get("title")).strip() or None,
        outlet=outlet,
        credits=tuple(dict.fromkeys(credits_)),
        authors=tuple(dict.fromkeys(persons)),
        url=_string(values.get("url")).strip() or None,
        published=_published(values.get("published"), origin),
        language=_string(values.get("language")).strip() or None,
        furniture=_spans(values.get("furniture"), len(_string(values.get("text")))),
    )


def named(record: Record) -> dict[str, Any]:
    """The fields of a record, or of its `article`, under the names that Inquit has for them; others are left out."""
    inner = record.get("article")
    record = inner if isinstance(inner, Mapping) else record
    found: dict[str, tuple[int, Any]] = {}
    for key, value in record.items():
        field = field_named(key)
        if field is not None and value is not None and value != "":
            name, rank = field
            if name not in found or rank < found[name][0]:
                found[name] = (rank, value)
    values = {name: value for name, (_, value) in found.items()}
    if "furniture" in record:
        values["furniture"] = record["furniture"]
    return values


def field_named(name: object) -> tuple[str, int] | None:
    """The field that a column called `name` is, and how far it is down among the names of that field."""
    return _names().get(_BETWEEN.sub("_", str(name).strip().lower()))


@cache
def _names() -> dict[str, tuple[str, int]]:
    tables = [tomllib.loads((files("inquit.languages") / "fields.toml").read_text("utf-8"))]
    tables += [language(code).table("fields") for code in READ]
    found: dict[str, tuple[str, int]] = {}
    for table in tables:
        for field, synonyms in table.items():
            for name in synonyms:
                found.setdefault(name, (field, len(found)))
    return found


def _string(value: object) -> str:
    """A value as characters; bytes are decoded, and what is neither is no text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        decoded = decode(value)
        return decoded.text if isinstance(decoded, Decoded) else ""
    return ""


def _listed(value: object) -> list[str]:
    """Names in a list, of which each is one, or in a line of several."""
    if isinstance(value, str):
        return names.listed(value)
    if isinstance(value, list | tuple):
        told = [item.get("name") if isinstance(item, Mapping) else item for item in value]
        return [item.strip() for item in told if isinstance(item, str) and item.strip()]
    return []


def _published(value: object, origin: str) -> str | None:
    """A time in the forms that data files have, as ISO 8601."""
    if value is None or isinstance(value, bool) or value != value:  # noqa: PLR0124  not a number is not itself
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _since_1970(value)
    said = _string(value).strip()
    if not said or said.lower() in {"nan", "nat", "none", "null"}:
        return None
    found = iso(said)
    if found is None:
        _LOG.warning("%s: %r is no time that Inquit knows; published is left open", origin, said[:80])
    return found


def iso(said: str) -> str | None:
    """A time as ISO 8601, from that, from a time of an e-mail or feed, or from one written in German."""
    if _ISO.fullmatch(said):
        return said.replace(" ", "T", 1)
    try:
        return parsedate_to_datetime(said).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return imprint.date_of(said[:200])


def _since_1970(number: float) -> str | None:
    try:
        return datetime.fromtimestamp(number / 1000 if abs(number) >= _MILLISECONDS else number, UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        return None


def _spans(value: object, length: int) -> tuple[Span, ...]:
    """The spans of a line in the ledger format, without those that lie outside the text."""
    if not isinstance(value, list | tuple):
        return ()
    pairs = [pair for pair in value if isinstance(pair, list | tuple) and len(pair) == 2]
    return tuple(
        Span(begin, end)
        for begin, end in pairs
        if isinstance(begin, int) and isinstance(end, int) and 0 <= begin < end <= length
    )
