"""Stories and claims: what is kept of articles to compare them, and what the comparison finds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables; all articles are to be compared."""
    op.create_table("due", _part("article_key"))
    op.execute("INSERT INTO due (article_key) SELECT key FROM article WHERE current")
    _traces()
    _stories()


def _part(name: str) -> "Column[int]":
    return Column(name, KEY, primary_key=True, autoincrement=False)


def _number(name: str) -> "Column[int]":
    return Column(name, sa.Integer, nullable=False)


def _text(name: str, *, nullable: bool = False) -> "Column[str]":
    return Column(name, sa.Text, nullable=nullable)


def _traces() -> None:
    op.create_table(
        "trace",
        Column("number", sa.Integer, primary_key=True),
        Column("article_key", KEY, nullable=False),
        _text("article_id"),
        _text("outlet", nullable=True),
        _text("published", nullable=True),
        _text("digest"),
        Column("prints", sa.LargeBinary, nullable=False),
        Column("terms", sa.LargeBinary, nullable=False),
        Column("parent", sa.Integer),
        Column("likeness", sa.Float),
        _text("story_id", nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_index("trace_by_article", "trace", ["article_key"], unique=True)
    op.create_index("trace_by_parent", "trace", ["parent"])
    op.create_index("trace_by_story", "trace", ["story_id"])
    op.create_table("print", _part("print"), _part("outlet"), _part("number"), sqlite_with_rowid=False)
    op.create_table("standing", _part("print"), _part("outlet"), sqlite_with_rowid=False)
    op.create_table("leading", _part("term"), _part("at"), _part("number"), sqlite_with_rowid=False)
    op.create_table("reuse", _part("derived"), _part("original"), Column("content", sa.LargeBinary, nullable=False))
    op.create_index("reuse_by_original", "reuse", ["original"])


def _stories() -> None:
    op.create_table(
        "story",
        Column("id", sa.Text, primary_key=True),
        Column("stale", sa.Boolean, nullable=False),
        _number("articles"),
        _number("outlets"),
        Column("first", sa.Integer),
        Column("last", sa.Integer),
        _text("words"),
        _text("outlet_words"),
        _number("claims"),
        Column("content", sa.LargeBinary),
    )
    op.create_index("story_by_state", "story", ["stale"])
    op.create_index("story_by_time", "story", ["last"])
    op.create_table(
        "claim",
        Column("id", sa.Text, primary_key=True),
        _text("story_id"),
        _number("articles"),
        _number("outlets"),
        _number("sources"),
        Column("unnamed", sa.Boolean, nullable=False),
        Column("disputed", sa.Boolean, nullable=False),
        Column("circular", sa.Boolean, nullable=False),
        Column("first", sa.Integer),
        _text("words"),
        _text("outlet_words"),
        Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index("claim_by_story", "claim", ["story_id"])
    op.create_index("claim_by_outlets", "claim", ["outlets", "articles", "id"])
    op.create_index("claim_by_time", "claim", ["first"])
