"""One session for all tests of Spark on this machine; without Java they are skipped, and say so."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from needing import needs_java

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    needs_java()
    from inquit.spark import start

    log = tmp_path_factory.mktemp("spark") / "log"
    log.touch()
    # A program that ends soon is done before thorough compilation pays.
    quick = {
        "spark.sql.shuffle.partitions": "3",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    running = start("local[2]", quick, log)
    yield running
    running.stop()
