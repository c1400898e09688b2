"""One session for all tests of Spark on this machine; without Java they are skipped, and say so.

A thousand articles go through `read` and `compare` once, on Spark and on one machine, for all tests of the folder.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import newsroom
import pytest
from killing import Killing
from needing import needs_java

from inquit.ledger import Ledger, read_article
from inquit.readers import read_paths
from inquit.records import Article, Rejected

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from inquit import spark


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    needs_java()
    from inquit.spark import start

    log = tmp_path_factory.mktemp("spark") / "log"
    log.touch()
    # A program that ends soon is done before thorough compilation pays.
    quick = {
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    running = start("local[2]", quick, log)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return newsroom.archive(tmp_path_factory.mktemp("archive") / "in", newsroom.COUNT)


@pytest.fixture(scope="session")
def alone(archive: Path) -> list[Ledger | Article | Rejected]:
    """What reading the archive gives on one machine: ledgers, articles in other languages, rejects."""
    return [
        read_article(item) if isinstance(item, Article) and item.language == "de" else item
        for item in read_paths([archive], every_language=True)
    ]


@pytest.fixture(scope="session")
def result(session: "SparkSession", archive: Path) -> tuple[Path, "spark.Count"]:
    """The archive read in small pieces, while a worker is killed."""
    from inquit import spark
    from inquit.spark import Reading, pieces

    output = archive.parent / "out"
    kept, pieces.PIECE = pieces.PIECE, 40_000
    with Killing() as killed:
        count = spark.read(session, str(archive), str(output), Reading(partitions=6), lambda _: None)
    pieces.PIECE = kept
    assert killed.pids
    return output, count


@pytest.fixture(scope="session")
def compared(session: "SparkSession", result: tuple[Path, "spark.Count"]) -> tuple[Path, "spark.Compared"]:
    """The same, compared."""
    from inquit import spark

    return result[0], spark.compare(session, str(result[0]), lambda _: None, partitions=3)
