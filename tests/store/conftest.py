"""A corpus of each kind: every test that asks for `corpus` runs on SQLite and on a PostgreSQL server of its own."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from inquit.store import Store, open_store

_NUMBERS = count()


def _programs() -> Path | None:
    """The folder of the server's programs: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).resolve().parent if found else debian[-1].parent if debian else None


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """URL of a running server, without the name of a database; no network, only a socket in a folder of its own."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="the extra inquit[postgres] is not installed")
    # The server refuses to run as root.
    user = "postgres" if getpass.getuser() == "root" else None
    folder = Path(tempfile.mkdtemp(prefix="inquit-pg-"))
    if user:
        shutil.chown(folder, user)
    environment = {**os.environ, "LC_ALL": "C"}
    data, options = folder / "data", f"-k {folder} -c listen_addresses= -c fsync=off"
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]

    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, env=environment, user=user, cwd=folder)

    try:
        run(str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "inquit", "-E", "UTF8", "--no-sync")
        run(*control, "-o", options, "start")
        try:
            yield f"postgresql://inquit@/{{}}?host={folder}"
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _database(server: str) -> str:
    """URL of an empty database."""
    import psycopg

    name = f"test{next(_NUMBERS)}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.format(name)


@pytest.fixture
def postgresql(server: str) -> str:
    """URL of an empty database."""
    return _database(server)


@pytest.fixture(scope="module")
def another_database(server: str) -> str:
    """URL of a database that only the tests of one file use."""
    return _database(server)


@pytest.fixture(scope="session")
def migrated(server: str) -> str:
    """URL of a database that has the tables of a corpus."""
    import psycopg

    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(b"CREATE DATABASE corpus")
    open_store(server.format("corpus"), create=True).engine.dispose()
    return server.format("corpus")


def _emptied(url: str) -> str:
    """The database without what the last test left there; making a new one takes ten times as long."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(b"SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        names = ", ".join(f'"{name}"' for (name,) in found if name not in {"alembic_version", "about"})
        connection.execute(f"TRUNCATE {names} RESTART IDENTITY".encode())
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name of a corpus without any article."""
    if request.param == "sqlite":
        return str(tmp_path / "corpus.db")
    return _emptied(str(request.getfixturevalue("migrated")))


@pytest.fixture
def store(corpus: str) -> Iterator[Store]:
    """An empty corpus, open for writing."""
    with open_store(corpus, create=True) as opened:
        yield opened
