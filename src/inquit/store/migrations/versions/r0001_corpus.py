"""The first format of a corpus."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from inquit.store import wordindex

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make every table."""
    _articles()
    _sources()
    _statements()
    _by_hand()
    wordindex.create(op.get_bind())


def _key(name: str, *, primary: bool = False, nullable: bool = True, to: str | None = None) -> "Column[int]":
    reference = [sa.ForeignKey(to)] if to else []
    return Column(name, KEY, *reference, primary_key=primary, nullable=nullable and not primary, autoincrement=False)


def _articles() -> None:
    op.create_table(
        "outlet", _key("key", primary=True), Column("name", sa.Text, nullable=False), sa.UniqueConstraint("name")
    )
    op.create_table(
        "article",
        _key("key", primary=True),
        Column("id", sa.Text, nullable=False),
        Column("place", sa.Text, nullable=False),
        Column("version", sa.Integer, nullable=False),
        Column("current", sa.Boolean, nullable=False),
        Column("digest", sa.Text, nullable=False),
        Column("origin", sa.Text, nullable=False),
        Column("url", sa.Text),
        Column("title", sa.Text),
        Column("published", sa.Text),
        Column("language", sa.Text),
        _key("outlet_key", to="outlet.key"),
        Column("state", sa.Text, nullable=False),
        Column("detail", sa.Text),
        Column("reader", sa.Text, nullable=False),
        Column("statements", sa.Integer, nullable=False),
        Column("added", sa.Text, nullable=False),
        Column("text", sa.LargeBinary, nullable=False),
        Column("ledger", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("place", "version"),
    )
    op.create_index("article_by_state", "article", ["state", "language"])


def _sources() -> None:
    op.create_table(
        "source",
        Column("id", sa.Text, primary_key=True),
        Column("name", sa.Text, nullable=False),
        Column("words", sa.Text, nullable=False),
        Column("kind", sa.Text, nullable=False),
        Column("naming", sa.Text, nullable=False),
        Column("statements", sa.Integer, nullable=False),
    )
    op.create_index("source_by_statements", "source", ["statements", "id"])
    op.create_index("source_by_naming", "source", ["naming", "statements"])
    op.create_table(
        "facet",
        _key("key", primary=True),
        Column("id", sa.Text, nullable=False),
        Column("name_id", sa.Text, nullable=False),
        Column("signature", sa.Text, nullable=False),
        Column("name", sa.Text, nullable=False),
        Column("kind", sa.Text, nullable=False),
        Column("naming", sa.Text, nullable=False),
        Column("source_id", sa.Text, nullable=False),
        sa.UniqueConstraint("id"),
    )
    op.create_index("facet_by_name", "facet", ["name_id"])
    op.create_index("facet_by_source", "facet", ["source_id"])
    op.create_table(
        "tally",
        _key("facet_key", primary=True, to="facet.key"),
        _key("outlet_key", primary=True),
        Column("statements", sa.Integer, nullable=False),
        _key("first", nullable=False),
        _key("last", nullable=False),
    )
    op.create_index("tally_by_outlet", "tally", ["outlet_key", "statements"])


def _statements() -> None:
    op.create_table(
        "statement",
        _key("key", primary=True),
        _key("article_key", nullable=False, to="article.key"),
        _key("outlet_key", nullable=False),
        _key("facet_key", to="facet.key"),
        Column("number", sa.Integer, nullable=False),
        Column("type", sa.Text, nullable=False),
        Column("stance", sa.Text, nullable=False),
        Column("naming", sa.Text),
        Column("speaker", sa.Text),
        Column("disputed", sa.Boolean, nullable=False),
        Column("judgement", sa.Text),
        Column("confidence", sa.Float, nullable=False),
        Column("quote", sa.Text, nullable=False),
    )
    op.create_index("statement_by_article", "statement", ["article_key"])
    op.create_index("statement_by_facet", "statement", ["facet_key", "outlet_key", "key"])
    op.create_table(
        "relay",
        _key("statement_key", primary=True, to="statement.key"),
        Column("position", sa.Integer, primary_key=True, autoincrement=False),
        _key("facet_key", nullable=False, to="facet.key"),
    )
    op.create_index("relay_by_facet", "relay", ["facet_key"])


def _by_hand() -> None:
    op.create_table(
        "verdict",
        Column("key", KEY, primary_key=True),
        Column("article_id", sa.Text, nullable=False),
        Column("quote", sa.Text, nullable=False),
        Column("judgement", sa.Text, nullable=False),
        Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index("verdict_by_article", "verdict", ["article_id"])
    op.create_table(
        "rule",
        Column("key", KEY, primary_key=True),
        Column("kind", sa.Text, nullable=False),
        Column("name_id", sa.Text, nullable=False),
        Column("content", sa.Text, nullable=False),
    )
    op.create_index("rule_by_name", "rule", ["name_id"])
    op.create_table(
        "rejected",
        Column("origin", sa.Text, primary_key=True),
        Column("reason", sa.Text, nullable=False),
        Column("detail", sa.Text, nullable=False),
        Column("seen", sa.Text, nullable=False),
    )
    op.create_table("about", Column("name", sa.Text, primary_key=True), Column("value", sa.Text, nullable=False))
