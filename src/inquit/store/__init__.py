"""Records to a database and back: SQLite in one file, or PostgreSQL."""

from inquit.records import Entry
from inquit.store.store import Store, open_store
from inquit.store.stories import Book
from inquit.store.traces import UNDATED, Key, Member, Placed, Trace, Traces, outlet_number

__all__ = [
    "UNDATED",
    "Book",
    "Entry",
    "Key",
    "Member",
    "Placed",
    "Store",
    "Trace",
    "Traces",
    "open_store",
    "outlet_number",
]
