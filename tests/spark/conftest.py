"""One session for all tests of Spark on this machine; without Java they are skipped, and say so."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def needs_java() -> None:
    """Skip where there is no Spark or no Java."""
    pytest.importorskip("pyspark", reason="Apache Spark is not installed")
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").exists() if home else shutil.which("java")):
        pytest.skip("there is no Java")


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    needs_java()
    from inquit.spark import start

    log = tmp_path_factory.mktemp("spark") / "log"
    log.touch()
    running = start("local[2]", {"spark.sql.shuffle.partitions": "3"}, log)
    yield running
    running.stop()
