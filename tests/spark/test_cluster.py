"""A real standalone cluster on this machine: a master, two workers, and jobs by spark-submit as its users give them."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import newsroom
import pytest
from needing import needs_java

from inquit import stories
from inquit.exports.ledgertable import read_ledgers
from inquit.ledger import Ledger, read_article
from inquit.readers import read_paths
from inquit.records import Article, Rejected

JOB = "from inquit.cli import main\n\nmain()\n"
"""The file that spark-submit wants; the same as in the documentation."""

QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Programs of Java that end soon are done before thorough compilation pays."""

COUNT = 40
PATIENCE = 600
"""Seconds for one job, on a machine that does other things as well."""


def spark_home() -> Path:
    import pyspark

    return Path(pyspark.__file__).parent


class Cluster:
    """A master and its workers, each a process of its own group."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.master = ""

    def start(self, workers: int) -> None:
        self._class("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0")
        self.master = self._told("master", r"Starting Spark master at (spark://\S+)")
        for number in range(workers):
            worker = ("--cores", "1", "--memory", "1g", "--host", "127.0.0.1", "-d", str(self.folder / f"{number}"))
            self._class(f"worker{number}", "org.apache.spark.deploy.worker.Worker", *worker, self.master)
        for number in range(workers):
            self._told(f"worker{number}", r"(Successfully registered with master)")

    def kill_a_worker(self) -> None:
        """Kill a worker with all that it has started, as a machine that fails does."""
        os.killpg(self.processes[1].pid, signal.SIGKILL)

    def stop(self) -> None:
        for process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            process.wait(timeout=30)

    def submit(self, *arguments: str) -> "subprocess.Popen[str]":
        job = self.folder / "job.py"
        job.write_text(JOB, "utf-8")
        settings = {
            "spark.executor.memory": "600m",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.sql.adaptive.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.driver.extraJavaOptions": QUICK,
            "spark.executor.extraJavaOptions": QUICK,
        }
        given = [part for key, value in settings.items() for part in ("--conf", f"{key}={value}")]
        submit = [str(spark_home() / "bin" / "spark-submit"), "--master", self.master, *given]
        command = [*submit, str(job), *arguments]
        return subprocess.Popen(
            command, env=self._environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def _class(self, name: str, java: str, *arguments: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            command = [str(spark_home() / "bin" / "spark-class"), java, "--webui-port", "0", *arguments]
            process = subprocess.Popen(command, stdout=log, stderr=log, env=self._environment(), start_new_session=True)
        self.processes.append(process)

    def _told(self, name: str, pattern: str) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if match := re.search(pattern, (self.folder / f"{name}.log").read_text("utf-8", "replace")):
                return match[1]
            time.sleep(0.2)
        pytest.fail(f"{name} does not start: {(self.folder / f'{name}.log').read_text('utf-8', 'replace')[-2000:]}")

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "SPARK_HOME": str(spark_home()),
            "PYSPARK_PYTHON": sys.executable,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "SPARK_DAEMON_JAVA_OPTS": QUICK,
        }


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    started = Cluster(folder)
    try:
        started.start(2)
        yield started
    finally:
        started.stop()


def alone(archive: Path) -> list[Ledger]:
    return [read_article(item) for item in read_paths([archive]) if isinstance(item, Article)]


@pytest.mark.skipif(os.name != "posix", reason="process groups")
def test_a_cluster_that_loses_a_worker_gives_what_one_machine_gives(tmp_path: Path) -> None:
    needs_java()
    archive, output = newsroom.archive(tmp_path / "in", COUNT), tmp_path / "out"
    expected = alone(archive)
    with cluster(tmp_path) as started:
        reading = started.submit("spark", "read", str(archive), str(output), "--partitions", "4")
        while not (output / "articles" / "_SUCCESS").exists() and reading.poll() is None:
            time.sleep(0.1)
        time.sleep(0.5)  # into the ledgers
        assert reading.poll() is None
        started.kill_a_worker()
        told, of_spark = reading.communicate(timeout=PATIENCE)
        assert reading.returncode == 1, of_spark[-3000:]
        assert "rejected (3 damaged, 1 empty, 1 too large)" in told
        assert "Lost executor" in of_spark
        comparing = started.submit("spark", "compare", str(output))
        told, of_spark = comparing.communicate(timeout=PATIENCE)
        assert comparing.returncode == 0, told + of_spark[-3000:]
    read: list[Any] = [one for one in read_ledgers(output) if not isinstance(one, Rejected) and one.state == "read"]
    assert [(one.article, one.quotations, one.summary) for one in read] == [
        (ledger.article, ledger.quotations, ledger.summary) for ledger in expected
    ]
    from pyarrow import parquet

    found = sorted(parquet.read_table(output / "stories").to_pylist(), key=lambda row: row["number"])
    once: dict[str, Ledger] = {}
    for ledger in expected:
        once.setdefault(ledger.article.id, ledger)
    newest = {ledger.article.url or ledger.article.id: ledger for ledger in once.values()}
    assert [row["id"] for row in found] == [one.story.id for one in stories.find_stories(list(newest.values()))]
