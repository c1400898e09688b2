"""Open a corpus: connect, migrate it forward or refuse it, and say in one line what goes wrong."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from inquit.errors import CorpusError, NewerCorpusError
from inquit.store.folding import FOLDING

FORMAT = "0002"
"""The last change among `migrations`: the format that this Inquit reads and writes."""

PATIENCE = 60.0
"""Seconds to wait for another writer. A batch is written in well under a second; a minute bears a slow disk."""

_MIGRATIONS = "inquit.store:migrations"
_LOCK = 0x696E7175  # any number that no other program takes for its advisory lock


def is_url(corpus: str) -> bool:
    """Whether a corpus is named by a URL and not by a file."""
    return corpus.startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def shown(corpus: str) -> str:
    """The name of a corpus without the password in it."""
    try:
        return make_url(corpus).render_as_string(hide_password=True) if is_url(corpus) else corpus
    except (ArgumentError, ValueError):
        return "the corpus"


def engine(corpus: str, *, create: bool, writable: bool) -> Engine:
    """An engine on an existing corpus, migrated if need be, or on a new one where `create` is set."""
    made = _postgresql(corpus) if is_url(corpus) else _sqlite(corpus, create=create, writable=writable)
    with reported(corpus):
        _migrate(made, corpus, create=create, writable=writable)
    return made


@contextmanager
def writing(made: Engine, corpus: str) -> Iterator[Connection]:
    """A transaction that writes, one at a time in a corpus; whole or not at all."""
    with reported(corpus), made.execution_options(inquit_writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = {int(PATIENCE * 1000)}"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection


@contextmanager
def reading(made: Engine, corpus: str) -> Iterator[Connection]:
    """A transaction that reads: one state of the corpus, whatever is written meanwhile."""
    with reported(corpus), made.connect() as connection:
        yield connection


@contextmanager
def reported(corpus: str) -> Iterator[None]:
    """Errors of the database become a `CorpusError` of one line."""
    try:
        yield
    except DBAPIError as error:
        raise CorpusError(f"{shown(corpus)}: {_cause(error)}") from error
    except SQLAlchemyError as error:
        raise CorpusError(f"{shown(corpus)}: {_first_line(error)}") from error


def _sqlite(corpus: str, *, create: bool, writable: bool) -> Engine:
    path = Path(corpus)
    if not path.exists() and not create:
        raise CorpusError(f"{corpus}: there is no such corpus; `inquit add` makes one")
    if path.is_dir():
        raise CorpusError(f"{corpus}: is a folder; a corpus is a file")
    if not path.parent.is_dir():
        raise CorpusError(f"{corpus}: there is no folder {path.parent}")
    if path.exists() and not os.access(path, os.R_OK):
        raise CorpusError(f"{corpus}: no permission to read the corpus")
    if writable and path.exists() and not os.access(path, os.W_OK):
        raise CorpusError(f"{corpus}: no permission to write to the corpus")
    made = create_engine(URL.create("sqlite"), creator=lambda: _connected(path, writable))

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("inquit_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def _connected(path: Path, writable: bool) -> sqlite3.Connection:
    """A connection that begins no transaction of its own: SQLAlchemy says when."""
    mode = "rwc" if writable else "ro"
    if not writable and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        mode = "ro&immutable=1"  # the side files of the write-ahead log cannot be made there
    uri = f"file:{quote(os.fspath(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    # FULL only matters at a power failure; a killed program loses nothing with NORMAL.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")
    return connection


def _postgresql(corpus: str) -> Engine:
    try:
        url = make_url(corpus.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg")
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError as error:
        raise CorpusError("a corpus on PostgreSQL needs `pip install inquit[postgres]`") from error
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise CorpusError(f"not the URL of a corpus: {_first_line(error)}") from error


def _migrate(made: Engine, corpus: str, *, create: bool, writable: bool) -> None:
    with made.connect() as connection:
        found = _format(connection, corpus)
    if found == FORMAT:
        return
    if found is None and not create:
        raise CorpusError(f"{shown(corpus)}: holds no corpus; `inquit add` makes one")
    if not writable:
        raise CorpusError(f"{shown(corpus)}: has the older format {found}; `inquit add` brings it to {FORMAT}")
    if found is None and made.dialect.name == "sqlite":
        _log_ahead(Path(corpus))
    with writing(made, corpus) as connection:
        if _format(connection, corpus) != FORMAT:  # another process may have been quicker
            _upgrade(connection, corpus, found)


def _log_ahead(path: Path) -> None:
    """Let readers read while a writer writes; the file remembers it. Only for a file that holds nothing yet."""
    with closing(_connected(path, writable=True)) as connection:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except (
                sqlite3.OperationalError
            ) as error:  # another process makes the same corpus; SQLite does not wait here
                if time.monotonic() > deadline:
                    raise CorpusError(f"{path}: {error}") from error
                time.sleep(0.02)


def _format(connection: Connection, corpus: str) -> str | None:
    """The format of the corpus, `None` in an empty database; refuses what is none or of a newer format."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables or "about" not in tables:
        foreign = [name for name in tables if name != "alembic_version"]
        if foreign and connection.dialect.name == "sqlite":
            raise CorpusError(f"{shown(corpus)}: is a database of another program, not a corpus")
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found > FORMAT:
        raise NewerCorpusError(
            f"{shown(corpus)}: was written by a newer Inquit (format {found}, this one knows {FORMAT}); upgrade Inquit"
        )
    return None if found is None else str(found)


def _upgrade(connection: Connection, corpus: str, found: str | None) -> None:
    """Apply all missing changes in one transaction: a corpus is migrated as a whole or stays as it was."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", _MIGRATIONS)
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise CorpusError(f"{shown(corpus)}: cannot be brought from format {found} to {FORMAT}: {error}") from error
    if found is None:
        connection.execute(text("INSERT INTO about (name, value) VALUES ('folding', :value)"), {"value": str(FOLDING)})


def _cause(error: DBAPIError) -> str:
    """What the database says, in the words of someone who keeps a corpus."""
    message = _first_line(error.orig or error)
    if isinstance(error.orig, sqlite3.Error):
        causes: dict[str, str] = {
            "SQLITE_FULL": "the disk is full; nothing of the last batch was written",
            "SQLITE_BUSY": f"another program has been writing for {PATIENCE:.0f} seconds; try again",
            "SQLITE_READONLY": "the corpus is read-only",
            "SQLITE_NOTADB": "is not a corpus",
            "SQLITE_CORRUPT": "the file is damaged; restore it from a copy",
            "SQLITE_IOERR": "the disk cannot be read or written",
            "SQLITE_CANTOPEN": "the file cannot be opened",
        }
        name: Any = getattr(error.orig, "sqlite_errorname", "") or ""
        known = next((words for code, words in causes.items() if name.startswith(code)), None)
        return f"{known} ({message})" if known else message
    if error.connection_invalidated or "OperationalError" in type(error).__name__:
        return f"no connection to the database, or it was lost ({message})"
    return message


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return " ".join(lines[0].split()) if lines else type(error).__name__
