"""Opening: new, older, newer, foreign, read-only and broken corpora."""

import multiprocessing
import os
import shutil
import sqlite3
import tempfile
import threading
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from making import said
from sqlalchemy import Engine, event, text

from inquit.errors import CorpusError, NewerCorpusError
from inquit.records import SearchQuery
from inquit.store import Store, open_store, opening
from inquit.store.tables import METADATA

TEXT = "Die Brücke bleibt gesperrt, sagte Ina Lohse."
ENTRY = said(TEXT, ("Die Brücke bleibt gesperrt", "Ina Lohse"), url="https://t.example/1")


def make(path: Path) -> str:
    with open_store(str(path), create=True) as store:
        store.keep([ENTRY], reader="r")
    return str(path)


def test_the_format_is_that_of_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "inquit.store:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == opening.FORMAT


def test_the_migrations_make_the_tables_that_are_written(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        changes = [change for change in compare_metadata(context, METADATA) if "_words" not in str(change)]
    assert changes == []


def test_a_corpus_that_does_not_exist_is_not_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="there is no such corpus"):
        open_store(str(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_corpus_is_refused_and_left_alone(tmp_path: Path) -> None:
    words, foreign = tmp_path / "words.txt", tmp_path / "foreign.db"
    words.write_text("Das ist keine Datenbank. " * 400, "utf-8")
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE other (x)")
    before = words.read_bytes(), foreign.read_bytes()
    for path, reason in ((words, "not a corpus"), (foreign, "another program"), (tmp_path, "is a folder")):
        with pytest.raises(CorpusError, match=reason):
            open_store(str(path), create=True)
    assert (words.read_bytes(), foreign.read_bytes()) == before
    with pytest.raises(CorpusError, match="no folder"):
        open_store(str(tmp_path / "no" / "c.db"), create=True)


def test_a_corpus_of_a_newer_inquit_is_refused(store: Store, corpus: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        for create in (False, True):
            with pytest.raises(NewerCorpusError, match="newer Inquit"):
                open_store(corpus, create=create)
    finally:
        with store.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": opening.FORMAT})


NEXT = """
from alembic import op
revision = "{next}"
down_revision = "{now}"

def upgrade():
    op.execute("CREATE TABLE added (x INTEGER)")
    op.execute("UPDATE article SET title = 'migrated'")
    {more}
"""

NOW = opening.FORMAT
LATER = f"{int(NOW) + 1:04}"


@pytest.fixture
def next_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A later Inquit: the migrations with one more, whose file is returned."""
    folder = tmp_path / "later"
    shutil.copytree(Path(opening.__file__).parent / "migrations", folder)
    monkeypatch.setattr(opening, "_MIGRATIONS", str(folder))
    monkeypatch.setattr(opening, "FORMAT", LATER)
    return folder / "versions" / "later.py"


def titles(corpus: str) -> tuple[str, list[str | None]]:
    """The format of a corpus and the titles in it, without opening it as a corpus."""
    with open_store_raw(corpus).connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        return found, list(connection.execute(text("SELECT title FROM article")).scalars())


def open_store_raw(corpus: str) -> Engine:
    return (
        opening._postgresql(corpus) if opening.is_url(corpus) else opening._sqlite(corpus, create=False, writable=True)
    )


@pytest.fixture
def older(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A corpus in the present format, in a database of its own."""
    name = str(tmp_path / "c.db") if request.param == "sqlite" else str(request.getfixturevalue("postgresql"))
    with open_store(name, create=True) as store:
        store.keep([ENTRY], reader="r")
    return name


BOTH = pytest.mark.parametrize("older", ["sqlite", "postgresql"], indirect=True)


@BOTH
def test_an_older_corpus_is_migrated_when_it_is_opened_for_writing(older: str, next_format: Path) -> None:
    next_format.write_text(NEXT.format(now=NOW, next=LATER, more=""), "utf-8")
    with pytest.raises(CorpusError, match=f"older format {NOW}"):
        open_store(older)
    open_store(older, writable=True).engine.dispose()
    assert titles(older) == (LATER, ["migrated"])


@BOTH
def test_a_migration_that_fails_leaves_the_corpus_as_it_was(older: str, next_format: Path) -> None:
    next_format.write_text(NEXT.format(now=NOW, next=LATER, more="op.execute('SELECT * FROM nowhere')"), "utf-8")
    with pytest.raises(CorpusError):
        open_store(older, writable=True)
    assert titles(older) == (NOW, [None])
    next_format.write_text(NEXT.format(now=NOW, next=LATER, more=""), "utf-8")
    open_store(older, writable=True).engine.dispose()
    assert titles(older) == (LATER, ["migrated"])


def test_two_that_make_the_same_corpus_make_one(tmp_path: Path) -> None:
    path, errors = str(tmp_path / "c.db"), []

    def begin() -> None:
        try:
            open_store(path, create=True).engine.dispose()
        except CorpusError as error:
            errors.append(error)

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert open_store(path).count().versions == 0


def test_a_full_disk_is_a_clear_error_and_no_damage(tmp_path: Path) -> None:
    path = make(tmp_path / "c.db")
    with open_store(path, writable=True) as store:

        @event.listens_for(store.engine, "connect")
        def bound(connection: sqlite3.Connection, _record: object) -> None:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + 5}")

        store.engine.dispose()
        long = said("Wort " * 30 + " ".join(f"anders{n}" for n in range(40_000)), url="https://t.example/2")
        with pytest.raises(CorpusError, match="disk is full"):
            store.keep([long], reader="r")
    with open_store(path, writable=True) as store:
        assert store.count().versions == 1
        store.keep([long], reader="r")
        assert store.count().versions == 2
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_locked_corpus_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.1)
    path = make(tmp_path / "c.db")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_store(path, writable=True) as store, pytest.raises(CorpusError, match="another program has been writing"):
        store.keep([ENTRY], reader="r")
    with open_store(path) as store:
        assert len(store.search(SearchQuery(words="Brücke"))) == 1
    other.close()


def ask_as_nobody(path: str, answers: Connection) -> None:
    """Root may write everywhere, so that somebody else has to try."""
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    try:
        open_store(path, writable=True)
    except CorpusError as error:
        answers.send(str(error))
    answers.send(len(open_store(path).search(SearchQuery(words="Brücke"))))


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_a_read_only_corpus_can_be_asked_but_not_written() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        path = make(folder / "c.db")
        Path(path).chmod(0o444)
        folder.chmod(0o555)
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("fork").Process(target=ask_as_nobody, args=(path, theirs))
        process.start()
        process.join(60)
        assert process.exitcode == 0
        assert [ours.recv(), ours.recv()] == [f"{path}: no permission to write to the corpus", 1]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_damaged_corpus_is_a_clear_error(tmp_path: Path) -> None:
    path = Path(make(tmp_path / "c.db"))
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(bytes(data))
    with pytest.raises(CorpusError, match=r"damaged|malformed"), open_store(str(path)) as store:
        store.search(SearchQuery(words="Brücke"))


def test_a_server_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(CorpusError, match="no connection") as caught:
        open_store(f"postgresql://inquit:secret@/corpus?host={tmp_path}")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_lost_connection_is_a_clear_error_and_the_next_one_works(migrated: str) -> None:
    import psycopg

    with open_store(migrated) as store:
        store.count()
        with psycopg.connect(migrated, autocommit=True) as other:
            others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'corpus'"

            @event.listens_for(store.engine, "begin", once=True)
            def cut(_connection: object) -> None:
                other.execute(f"SELECT pg_terminate_backend(pid) {others}".encode())

            with pytest.raises(CorpusError, match="connection"):
                store.count()
        assert store.count().versions >= 0


def test_a_wrong_url_is_a_clear_error() -> None:
    with pytest.raises(CorpusError):
        open_store("postgresql://inquit@host:port/corpus")
