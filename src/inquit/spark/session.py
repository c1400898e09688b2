"""The Spark session: found or started, quiet, with settings that suit articles."""

import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from inquit.errors import StageError, UsageError
from inquit.spark.places import S3_SETTINGS, Access

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""The variable by which spark-submit tells its Python where its Java listens."""

TRIES = 4
"""How often a task is tried on one machine; Spark's own default there is once, elsewhere four times."""

SETTINGS = {
    # Columns of texts are large: portions are counted in hundreds of rows, not in Spark's thousands.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
    "spark.sql.parquet.columnarReaderBatchSize": "256",
    "spark.sql.parquet.compression.codec": "zstd",
    # One thread a task; what computes must not take the cores of the tasks beside it.
    "spark.executorEnv.OMP_NUM_THREADS": "1",
    "spark.executorEnv.OPENBLAS_NUM_THREADS": "1",
    "spark.python.worker.reuse": "true",
    "spark.sql.session.timeZone": "UTC",
}
"""Settings of each session, unless the user gives others."""

LOCAL_SETTINGS = {
    "spark.driver.memory": "2g",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "16",
}
"""Further settings where all runs on this machine."""


@contextmanager
def running(master: str | None = None, settings: Mapping[str, str] | None = None) -> Iterator["SparkSession"]:
    """A session for the time of a command: that of spark-submit, or one that is started and stopped again.

    What Spark tells goes to a file, which is named when something fails and removed otherwise. Raises `UsageError`
    where Spark or Java is missing, `StageError` for what fails in the cluster.
    """
    _need_spark()
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    descriptor, name = tempfile.mkstemp(prefix="inquit-spark-", suffix=".log")
    os.close(descriptor)
    log = Path(name)
    try:
        started = start(master, settings, log)
        try:
            yield started
        finally:
            with suppress(PySparkException, Py4JError, OSError):
                started.stop()
    except (PySparkException, Py4JError, StageError) as error:
        told = f"; what Spark says is in {log}" if log.stat().st_size else ""
        says = str(error) if isinstance(error, StageError) else f"Spark: {line(error)}"
        raise StageError(f"{says}{told}") from error
    log.unlink(missing_ok=True)


def start(
    master: str | None = None, settings: Mapping[str, str] | None = None, log: Path | None = None
) -> "SparkSession":
    """A session that is started, or the one that is there; Spark's messages go to `log`."""
    _need_spark()
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    if SUBMITTED in os.environ:
        SparkContext._ensure_initialized()  # what spark-submit was told is known only to its Java
    given, submitted = dict(settings or {}), SparkConf()
    master = _tried_again(master or given.get("spark.master") or submitted.get("spark.master") or "local[*]")
    defaults = {**SETTINGS, **(LOCAL_SETTINGS if master.startswith("local") else {})}
    builder = SparkSession.builder.appName("inquit").master(master)
    for key, value in {**defaults, **given}.items():
        if key in given or not submitted.contains(key):
            builder = builder.config(key, value)
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # Spark says at each start what it has not tried yet with the newest pandas, of which nothing is used here.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    with _quiet(log):
        found = builder.getOrCreate()
        found.sparkContext.setLogLevel("ERROR")
    return found


def access(spark: "SparkSession") -> Access:
    """How the workers read from S3, as Spark is told to write there."""
    conf = spark.sparkContext.getConf()
    return {ours: value for theirs, ours in S3_SETTINGS.items() if (value := conf.get(theirs))}


def cores(spark: "SparkSession") -> int:
    """How many tasks run at once, as far as is known when a job begins."""
    return max(1, int(spark.sparkContext.defaultParallelism))


def _need_spark() -> None:
    try:
        import pyspark  # noqa: F401
    except ImportError:
        raise UsageError("`inquit spark` needs Apache Spark: pip install 'inquit[spark]'") from None
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java") if home else None
    if not (java.exists() if java else shutil.which("java")):
        where = f"there is none at JAVA_HOME, which is {home}" if home else "and finds none"
        raise UsageError(f"Apache Spark needs Java 17 or later, {where}")


def _tried_again(master: str) -> str:
    """A master on this machine with as many tries as elsewhere: `local[2]` becomes `local[2,4]`."""
    if master == "local":
        return f"local[1,{TRIES}]"
    if master.startswith("local[") and "," not in master:
        return f"{master.removesuffix(']')},{TRIES}]"
    return master


@contextmanager
def _quiet(log: Path | None) -> Iterator[None]:
    """Java, which inherits standard output and error when it is started, gets a file in their place."""
    if log is None:
        yield
        return
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    file = os.open(log, os.O_WRONLY | os.O_APPEND)
    try:
        os.dup2(file, 1)
        os.dup2(file, 2)
        yield
    finally:
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
        for descriptor in (*kept, file):
            os.close(descriptor)


def line(error: Exception) -> str:
    """The line of a message that says most: the last one of a Python worker's traceback, else the first."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    python = [line for line in lines if line.split(":")[0].endswith(("Error", "Exception")) and ": " in line]
    return ((python or lines or [type(error).__name__])[-1 if python else 0])[:300]
