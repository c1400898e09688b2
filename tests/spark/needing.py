"""What the tests of Spark need of the machine."""

import os
import shutil
from pathlib import Path

import pytest


def needs_java() -> None:
    """Skip where there is no Spark or no Java."""
    pytest.importorskip("pyspark", reason="Apache Spark is not installed")
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").exists() if home else shutil.which("java")):
        pytest.skip("there is no Java")
