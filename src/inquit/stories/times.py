"""Points in time as articles give them, made comparable."""

from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=65_536)
def seconds(published: str | None) -> float | None:
    """Seconds since 1970 of an ISO 8601 date or time, UTC where it names no zone; `None` where it is neither."""
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def days_between(one: str | None, other: str | None) -> float | None:
    """Days from one point in time to another, without sign; `None` where either is not known."""
    first, second = seconds(one), seconds(other)
    return None if first is None or second is None else abs(first - second) / 86_400


def place(published: str | None, identifier: str) -> tuple[bool, float, str]:
    """Where an article stands among others in time; those without a time come last, and ids decide between two."""
    at = seconds(published)
    return at is None, at or 0.0, identifier
