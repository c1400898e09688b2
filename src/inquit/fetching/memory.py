"""What is remembered of feeds and hosts between two runs: a JSON file, written whole or not at all."""

import logging
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from inquit.fetching.hosts import Host

_LOG = logging.getLogger("inquit.fetching")

MOST_ENTRIES = 2_000
"""Entries of one feed that are remembered, the newest; feeds carry 10 to 200."""


@dataclass(slots=True)
class EntryMemory:
    """An entry that was seen: what the feed said of its time, how often fetching failed, whether it is done with."""

    changed: str | None = None
    tries: int = 0
    done: bool = False


@dataclass(slots=True)
class FeedMemory:
    """A feed: what makes the next request conditional, and its entries by their addresses, the oldest first."""

    etag: str | None = None
    last_modified: str | None = None
    entries: dict[str, EntryMemory] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """All that is remembered."""

    feeds: dict[str, FeedMemory] = field(default_factory=dict)
    hosts: dict[str, Host] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> "Memory":
        """What `path` holds; nothing where there is no such file or it is damaged, which only costs requests."""
        try:
            return msgspec.json.decode(path.read_bytes(), type=cls)
        except FileNotFoundError:
            return cls()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            _LOG.warning("%s: what was remembered of feeds cannot be read: %s", path, error)
            return cls()

    def save(self, path: Path) -> None:
        """Write it; raises `OSError`."""
        for feed in self.feeds.values():
            for url in list(feed.entries)[:-MOST_ENTRIES]:
                del feed.entries[url]
        draft = path.with_name(f".{path.name}.part")
        try:
            draft.write_bytes(msgspec.json.encode(self))
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
