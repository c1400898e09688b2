"""What a user of `inquit spark` meets on the command line: plain lines, and the status that is documented."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from needing import needs_java

from inquit.errors import UsageError
from inquit.spark import session


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "inquit", "spark", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
    )


def test_a_missing_java_is_one_line(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    done = run("read", str(tmp_path), str(tmp_path / "out"), JAVA_HOME=str(tmp_path))
    line = f"inquit: Apache Spark needs Java 17 or later, there is none at JAVA_HOME, which is {tmp_path}\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", line)


def test_a_missing_spark_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(UsageError, match=r"pip install 'inquit\[spark\]'"):
        session.start()


def test_a_setting_is_a_key_and_a_value(tmp_path: Path) -> None:
    done = run("compare", str(tmp_path), "--conf", "spark.memory")
    assert (done.returncode, done.stderr) == (2, "inquit: --conf spark.memory is not KEY=VALUE\n")


def test_help_says_what_there_is() -> None:
    done = run("read", "--help")
    assert done.returncode == 0
    assert all(option in done.stdout for option in ("--manifest", "--master", "--partitions", "--conf", "--overwrite"))


def test_the_command_tells_stages_and_rejects_and_nothing_else(tmp_path: Path) -> None:
    needs_java()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("„Die Schleuse bleibt zu“, sagte Ina Lohse am Montag.\n", "utf-8")
    (tmp_path / "in" / "leer.txt").touch()
    output = tmp_path / "out"
    done = run("read", str(tmp_path / "in"), str(output), "--master", "local[1]", TMPDIR=str(tmp_path))
    assert done.returncode == 1
    assert done.stdout == ""
    *stages, last = done.stderr.splitlines()
    assert [line.partition(": done in ")[0] for line in stages] == [
        "inquit: articles",
        "inquit: ledgers",
        "inquit: rejects",
    ]
    assert last == f"inquit: 1 read, 1 statements; 1 rejected (1 empty), named in {output}/rejects"
    assert list(tmp_path.glob("inquit-spark-*.log")) == []
