"""The demonstration and a corpus of hostile articles, each served to a visitor without a browser."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from webhostile import hostile_corpus
from webpages import Visitor

from inquit.readers import Limits
from inquit.web import demo
from inquit.web.app import create_app
from inquit.web.reading import Reader
from inquit.web.serving import Serving


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """One loop for all: the locks of an application belong to the loop in which they were first waited for."""
    with asyncio.Runner() as running:
        yield running


@pytest.fixture(scope="session")
def demo_corpus() -> Iterator[str]:
    with demo.corpus() as path:
        yield path


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    """One process that reads for all: starting it takes longer than reading."""
    reading = Reader(limits=Limits())
    yield reading
    reading.close()


def _visitor(corpus: str, runner: asyncio.Runner, reader: Reader) -> Iterator[Visitor]:
    app = create_app(Serving(corpus=corpus))
    app.state.bench.reader = reader
    yield Visitor(app, runner=runner)
    app.state.bench.desk.close()


@pytest.fixture(scope="session")
def visitor(demo_corpus: str, runner: asyncio.Runner, reader: Reader) -> Iterator[Visitor]:
    """A visitor of the demonstration who changes nothing."""
    yield from _visitor(demo_corpus, runner, reader)


@pytest.fixture
def writer(demo_corpus: str, runner: asyncio.Runner, reader: Reader, tmp_path: Path) -> Iterator[Visitor]:
    """A visitor of a copy, who may change it."""
    path = tmp_path / "copy.db"
    shutil.copy(demo_corpus, path)
    yield from _visitor(str(path), runner, reader)


@pytest.fixture(scope="session")
def hostile(runner: asyncio.Runner, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A visitor of a corpus in which every field is hostile."""
    path = str(tmp_path_factory.mktemp("hostile") / "hostile.db")
    hostile_corpus(path)
    yield from _visitor(path, runner, reader)
