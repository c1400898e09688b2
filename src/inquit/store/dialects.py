"""Where SQLite and PostgreSQL speak alike but SQLAlchemy imports them apart."""

from typing import Any

from sqlalchemy import Connection, Table, func
from sqlalchemy.dialects import postgresql, sqlite


def insert_or(connection: Connection, table: Table) -> Any:
    """An INSERT that can say what happens on a conflict."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def least(connection: Connection, one: Any, other: Any) -> Any:
    """The smaller of two values that are not null."""
    return func.min(one, other) if connection.dialect.name == "sqlite" else func.least(one, other)


def greatest(connection: Connection, one: Any, other: Any) -> Any:
    """The larger of two values that are not null."""
    return func.max(one, other) if connection.dialect.name == "sqlite" else func.greatest(one, other)
