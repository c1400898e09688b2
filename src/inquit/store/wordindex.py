"""The full-text index: FTS5 on SQLite, tsvector on PostgreSQL, both over exactly the words of `folding`.

An entry is a list of words and after them its tags: filters as words that no text has. So the index alone answers a
question with filters, and the key of an entry brings the answers in the order of time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from inquit.store.folding import LONGEST_WORD

TAG = "§"
"""First character of every tag; it is no letter, so that no word of a text begins with it."""

MOST_WORDS = 40_000
"""Words of one entry that are indexed: the entries of PostgreSQL end at 1 MB and at position 16 383."""

STATEMENTS, ARTICLES = "statement_words", "article_words"

_LAST_POSITION = 16_383

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition: a phrase of `words`, the last of them the beginning of a word if `prefix`."""

    words: Group
    prefix: bool = False


Conditions = Sequence[Sequence[Asked]]
"""All of the conditions, of each at least one alternative."""


def create(connection: Connection) -> None:
    """Make the tables of the index; they are no part of the metadata, as each database has its own kind."""
    for table in (STATEMENTS, ARTICLES):
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"CREATE VIRTUAL TABLE {table} USING fts5(words, content='', tokenize='ascii')"))
        else:
            connection.execute(text(f"CREATE TABLE {table} (key BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)"))
            connection.execute(text(f"CREATE INDEX {table}_index ON {table} USING gin (words)"))


def put(connection: Connection, table: str, entries: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Add entries, each a key with its words and tags."""
    if connection.dialect.name == "sqlite":
        statement = f"INSERT INTO {table} (rowid, words) VALUES (:key, :words)"
        rows = [{"key": key, "words": " ".join(_limited(words))} for key, words in entries]
    else:
        statement = f"INSERT INTO {table} (key, words) VALUES (:key, CAST(:words AS tsvector))"
        rows = [{"key": key, "words": _vector(_limited(words))} for key, words in entries]
    if rows:
        connection.execute(text(statement), rows)


def remove(connection: Connection, table: str, entries: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Take entries out again; the words must be those they were added with."""
    rows = [{"key": key, "words": " ".join(_limited(words))} for key, words in entries]
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        delete = f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', :key, :words)"
        connection.execute(text(delete), rows)
    else:
        connection.execute(text(f"DELETE FROM {table} WHERE key = :key"), [{"key": row["key"]} for row in rows])


def newest(
    connection: Connection, table: str, conditions: Conditions, *, first: int, last: int, limit: int
) -> list[int]:
    """Keys of the newest entries that fulfil all conditions, from `first` to `last`, the newest first."""
    if connection.dialect.name == "sqlite":
        query = (
            f"SELECT rowid FROM {table} WHERE {table} MATCH :asked AND rowid BETWEEN :first AND :last"
            " ORDER BY rowid DESC LIMIT :limit"
        )
        asked = _fts5(conditions)
    else:
        query = (
            f"SELECT key FROM {table} WHERE words @@ CAST(:asked AS tsquery) AND key BETWEEN :first AND :last"
            " ORDER BY key DESC LIMIT :limit"
        )
        asked = _tsquery(conditions)
    parameters = {"asked": asked, "first": first, "last": last, "limit": limit}
    return [int(key) for key in connection.execute(text(query), parameters).scalars()]


def _limited(words: Sequence[str]) -> list[str]:
    """The words without the middle of those too many: tags stand at the end, and are always kept."""
    tags = [word for word in words if word.startswith(TAG)]
    plain = [word[:LONGEST_WORD] for word in words if not word.startswith(TAG)]
    return plain[: max(0, MOST_WORDS - len(tags))] + tags


def _vector(words: Sequence[str]) -> str:
    positions: dict[str, list[int]] = {}
    for at, word in enumerate(words, start=1):
        positions.setdefault(word, []).append(min(at, _LAST_POSITION))
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in positions.items())


def _fts5(conditions: Conditions) -> str:
    def phrase(asked: Asked) -> str:
        return '"' + " ".join(asked.words) + '"' + (" *" if asked.prefix else "")

    return " AND ".join("(" + " OR ".join(map(phrase, group)) + ")" for group in conditions)


def _tsquery(conditions: Conditions) -> str:
    def phrase(asked: Asked) -> str:
        words = [f"'{word}'" for word in asked.words]
        return " <-> ".join(words) + (":*" if asked.prefix else "")

    return " & ".join("(" + " | ".join(f"({phrase(a)})" for a in group) + ")" for group in conditions)
