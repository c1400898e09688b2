"""The tables of stories and claims: all of it is made from articles and verdicts, and can be made again.

`number` counts the articles that were compared; one that is compared anew gets a new number.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, Table, Text

from inquit.store.tables import METADATA

_KEY = BigInteger().with_variant(Integer, "sqlite")


def _number(name: str, *, nullable: bool = False) -> "Column[int]":
    return Column(name, Integer, nullable=nullable)


def _part(name: str) -> "Column[int]":
    return Column(name, _KEY, primary_key=True, autoincrement=False)


due = Table(
    "due", METADATA, _part("article_key")
)  # articles that are new, gone, read or judged anew since they were compared

trace = Table(  # what is kept of an article to compare others with it
    "trace",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("article_key", _KEY, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("outlet", Text),
    Column("published", Text),
    Column("digest", Text, nullable=False),  # of all that the comparison reads of the article
    Column("prints", LargeBinary, nullable=False),  # its fingerprints, 8 bytes each
    Column("terms", LargeBinary, nullable=False),  # its profile, compressed
    Column("parent", Integer),  # the number of the article on which it hangs
    Column("likeness", Float),
    Column("story_id", Text),
    Index("trace_by_article", "article_key", unique=True),
    Index("trace_by_parent", "parent"),
    Index("trace_by_story", "story_id"),
    sqlite_autoincrement=True,
)

print_ = Table(  # which articles have a fingerprint, by outlet (0: none is known)
    "print", METADATA, _part("print"), _part("outlet"), _part("number"), sqlite_with_rowid=False
)

standing = Table(  # fingerprints that are boilerplate of an outlet
    "standing", METADATA, _part("print"), _part("outlet"), sqlite_with_rowid=False
)

leading = Table(  # the most telling terms of an article with its time in seconds
    "leading", METADATA, _part("term"), _part("at"), _part("number"), sqlite_with_rowid=False
)

reuse = Table(  # an article that carries text of another
    "reuse",
    METADATA,
    _part("derived"),
    _part("original"),
    Column("content", LargeBinary, nullable=False),
    Index("reuse_by_original", "original"),
)

story = Table(
    "story",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("stale", Boolean, nullable=False),  # whether it is to be put together anew
    Column("articles", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("first", Integer),  # minutes, as in `times`
    Column("last", Integer),
    Column("words", Text, nullable=False),
    Column("outlet_words", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("content", LargeBinary),  # `None` until it is put together
    Index("story_by_state", "stale"),
    Index("story_by_time", "last"),
)

claim = Table(
    "claim",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("story_id", Text, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("sources", Integer, nullable=False),  # independent ones
    Column("unnamed", Boolean, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("circular", Boolean, nullable=False),
    Column("first", Integer),
    Column("words", Text, nullable=False),
    Column("outlet_words", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("claim_by_story", "story_id"),
    Index("claim_by_outlets", "outlets", "articles", "id"),
    Index("claim_by_time", "first"),
)
