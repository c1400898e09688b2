"""When a host may be asked again: one request at a time, a pause after each, a longer one where it is in trouble."""

import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from inquit.fetching.pages import Failed

PAUSE = 1.0
"""Seconds between two requests to one host that asks for no other pause."""

FIRST_BACKOFF, LONGEST_BACKOFF = 60.0, 6 * 3600.0
"""Seconds for which a host is left alone after a first failure; they double with each further one, to the longest."""

LONGEST_RETRY = 24 * 3600.0
"""Seconds of a Retry-After that are believed."""


@dataclass(slots=True)
class Host:
    """How often in a row a host has failed, and the time (seconds since 1970) before which it is not asked."""

    failures: int = 0
    not_before: float = 0.0


class Hosts:
    """All hosts, by name and port; `kept` outlives the program."""

    def __init__(self, kept: dict[str, Host]) -> None:
        self._kept = kept
        self._pauses: dict[str, float] = {}

    def ready_at(self, host: str) -> float:
        """When `host` may be asked."""
        kept = self._kept.get(host)
        return max(kept.not_before if kept else 0.0, self._pauses.get(host, 0.0))

    def answered(self, host: str, now: float, pause: float | None) -> None:
        """A request was answered, well or with a refusal that is the page's."""
        self._kept.pop(host, None)
        self._pauses[host] = now + (PAUSE if pause is None else max(PAUSE, pause))

    def failed(self, host: str, now: float, failed: Failed) -> None:
        """A request failed in a way that asks to come later."""
        kept = self._kept.setdefault(host, Host())
        kept.failures += 1
        backoff = min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** min(kept.failures - 1, 20))
        asked = _seconds(failed.retry_after, now)
        kept.not_before = now + (backoff if asked is None else min(max(asked, PAUSE), LONGEST_RETRY))


def is_transient(failed: Failed) -> bool:
    """Whether the same request may succeed later."""
    if failed.failure == "status":
        return failed.status in {408, 425, 429} or (failed.status or 0) >= 500
    return failed.failure in {"timeout", "network"}


def host_of(url: str) -> str:
    """The host that `url` asks, with its port where it names one; empty where it names none."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    except ValueError:
        return ""


def _seconds(retry_after: str | None, now: float) -> float | None:
    """A Retry-After, which is a number of seconds or a time."""
    said = (retry_after or "").strip()
    if said.isascii() and said.isdecimal() and len(said) < 10:
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - (now or time.time())) if said else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
