"""Where SQLite and PostgreSQL speak alike but SQLAlchemy imports them apart."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_or(connection: Connection, table: Table) -> Any:
    """An INSERT that can say what happens on a conflict."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
