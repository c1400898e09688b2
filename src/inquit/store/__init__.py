"""Records to a database and back: SQLite in one file, or PostgreSQL."""

from inquit.store.store import Store, open_store
from inquit.store.writing import Entry

__all__ = ["Entry", "Store", "open_store"]
