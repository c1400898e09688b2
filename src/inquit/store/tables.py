"""The tables of a corpus. Articles, verdicts, rules and rejected inputs are kept; all else is made from them again.

Every key is a number that sorts as its article's time of publication does (see `times`).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()
_KEY = BigInteger().with_variant(Integer, "sqlite")

article = Table(
    "article",
    METADATA,
    Column("key", _KEY, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("place", Text, nullable=False),  # the URL, or the id of an article without one
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("digest", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("published", Text),
    Column("language", Text),
    Column("outlet_key", _KEY, ForeignKey("outlet.key")),
    Column("state", Text, nullable=False),
    Column("detail", Text),
    Column("reader", Text, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("added", Text, nullable=False),
    Column("text", LargeBinary, nullable=False),  # compressed
    Column("ledger", LargeBinary, nullable=False),  # the rest of the article and what was found in it, compressed
    UniqueConstraint("place", "version"),
    Index("article_by_state", "state", "language"),
)

outlet = Table(
    "outlet",
    METADATA,
    Column("key", _KEY, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
)

statement = Table(
    "statement",
    METADATA,
    Column("key", _KEY, primary_key=True, autoincrement=False),
    Column("article_key", _KEY, ForeignKey("article.key"), nullable=False),
    Column("outlet_key", _KEY, nullable=False),  # 0 where no outlet is known
    Column("facet_key", _KEY, ForeignKey("facet.key")),
    Column("number", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("naming", Text),
    Column("speaker", Text),
    Column("disputed", Boolean, nullable=False),
    Column("judgement", Text),
    Column("confidence", Float, nullable=False),
    Column("quote", Text, nullable=False),
    Index("statement_by_article", "article_key"),
    Index("statement_by_facet", "facet_key", "outlet_key", "key"),
)

relay = Table(  # the sources of a chain before the primary one
    "relay",
    METADATA,
    Column("statement_key", _KEY, ForeignKey("statement.key"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("facet_key", _KEY, ForeignKey("facet.key"), nullable=False),
    Index("relay_by_facet", "facet_key"),
)

source = Table(  # one across articles: a set of facets
    "source",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("naming", Text, nullable=False),
    Column("statements", Integer, nullable=False),
    Index("source_by_statements", "statements", "id"),
    Index("source_by_naming", "naming", "statements"),
)

facet = Table(  # a name with what an article says of who bears it
    "facet",
    METADATA,
    Column("key", _KEY, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("name_id", Text, nullable=False),  # the id of a source that has every facet of this name
    Column("signature", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("naming", Text, nullable=False),
    Column("source_id", Text, nullable=False),
    Index("facet_by_name", "name_id"),
    Index("facet_by_source", "source_id"),
)

tally = Table(
    "tally",
    METADATA,
    Column("facet_key", _KEY, ForeignKey("facet.key"), primary_key=True, autoincrement=False),
    Column("outlet_key", _KEY, primary_key=True, autoincrement=False),  # 0 where no outlet is known
    Column("statements", Integer, nullable=False),
    Column("first", _KEY, nullable=False),  # keys of the first and last statement whose time is known
    Column("last", _KEY, nullable=False),
    Index("tally_by_outlet", "outlet_key", "statements"),
)

verdict = Table(
    "verdict",
    METADATA,
    Column("key", _KEY, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("judgement", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("verdict_by_article", "article_id"),
)

rule = Table(  # merges and splits made by hand
    "rule",
    METADATA,
    Column("key", _KEY, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name_id", Text, nullable=False),
    Column("content", Text, nullable=False),
    Index("rule_by_name", "name_id"),
)

rejected = Table(
    "rejected",
    METADATA,
    Column("origin", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("seen", Text, nullable=False),
)

about = Table(
    "about",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
