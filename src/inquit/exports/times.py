"""Times of publication for tables and for programs that want a time and not a text."""

from datetime import UTC, datetime


def published_at(published: str | None) -> datetime | None:
    """The time in UTC that ISO 8601 means, a day from its midnight; without a zone it is UTC. `None` for no time."""
    try:
        moment = datetime.fromisoformat((published or "").strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
