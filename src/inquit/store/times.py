"""Times of publication as numbers that sort, and the keys of articles made of them.

A key sorts as its article's time does, so that the newest of a hundred thousand hits are found without sorting them.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

NUMBER_BITS = 15
"""Bits of a statement's key that count the statements of one article; those beyond are kept but not searched."""

_EPOCH = datetime(1800, 1, 1, tzinfo=UTC)
_MINUTE_BITS, _SPREAD_BITS = 28, 20
_FIRST_MINUTE = 1 << 20  # earlier minutes, two years, are taken by articles without a time
_LAST_MINUTE = (1 << _MINUTE_BITS) - 1
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?$")

FIRST_DATED = _FIRST_MINUTE << (_SPREAD_BITS + NUMBER_BITS)
"""The smallest key of an article whose time is known."""


def minute(published: str | None) -> int | None:
    """The time in minutes, or `None` where there is none that ISO 8601 knows; without a zone it is UTC."""
    moment = _moment(published, end=False)
    return None if moment is None else _minutes(moment)


def last_minute(until: str) -> int | None:
    """The last minute of a time, day, month or year."""
    moment = _moment(until, end=True)
    return None if moment is None else _minutes(moment)


def article_key(identifier: str, published: str | None) -> int:
    """Key of an article; the lowest bits count its statements."""
    spread = int.from_bytes(sha256(identifier.encode("utf-8", "replace")).digest()[:5], "big")
    at = minute(published)
    if at is None:
        return spread << NUMBER_BITS
    return (at << _SPREAD_BITS | spread & ((1 << _SPREAD_BITS) - 1)) << NUMBER_BITS


def first_key(at: int) -> int:
    """The smallest key of the minute `at`."""
    return at << (_SPREAD_BITS + NUMBER_BITS)


def shown(key: int | None) -> str | None:
    """The time of a key as ISO 8601 in UTC, to the minute."""
    if key is None or key < FIRST_DATED:
        return None
    moment = _EPOCH + timedelta(minutes=key >> (_SPREAD_BITS + NUMBER_BITS))
    return moment.strftime("%Y-%m-%dT%H:%MZ")


def now() -> str:
    """The present second in UTC as ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _minutes(moment: datetime) -> int:
    minutes = int((moment - _EPOCH).total_seconds() // 60)
    return max(_FIRST_MINUTE, min(_LAST_MINUTE, minutes))


def _moment(text: str | None, *, end: bool) -> datetime | None:
    text = (text or "").strip()
    if match := _PARTIAL.match(text):
        year, month = int(match[1]), int(match[2] or (12 if end else 1))
        if not (1 <= month <= 12 and year):
            return None
        text = f"{year:04}-{month:02}-{monthrange(year, month)[1] if end else 1:02}"
    try:
        day = date.fromisoformat(text)
        return datetime.combine(day, time(23, 59) if end else time(0), UTC)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
