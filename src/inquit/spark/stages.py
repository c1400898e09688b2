"""The stages of a result: named folders of Parquet, each done when Spark's `_SUCCESS` is there, and not done again."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inquit.errors import StageError, UsageError
from inquit.exports.ledgertable import DONE
from inquit.spark.places import full
from inquit.spark.session import line

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PLANS = "_plans"
"""Folder that says of what input, with what limits and by which Inquit a result is made, one file a command."""

Told = Callable[[str], None]


@dataclass(frozen=True)
class Result:
    """The folder of a result; `tell` is told of each stage when it is done."""

    spark: "SparkSession"
    uri: str
    tell: Told

    def path(self, stage: str) -> str:
        """The folder of a stage."""
        return f"{full(self.uri)}/{stage}"

    def is_done(self, stage: str) -> bool:
        """Whether all files of a stage are there."""
        return self._exists(f"{stage}/{DONE}")

    def table(self, stage: str) -> "DataFrame":
        """The table of a stage that is done."""
        return self.spark.read.parquet(self.path(stage))

    def stage(self, name: str, made: Callable[[], "DataFrame"]) -> "DataFrame":
        """The table of a stage, which is made and written where it is not done yet; raises `StageError`."""
        if not self.is_done(name):
            start = time.monotonic()
            self._made(name, made)
            self.tell(f"{name}: done in {time.monotonic() - start:.1f} s")
        else:
            self.tell(f"{name}: was done before")
        return self.table(name)

    def _made(self, name: str, made: Callable[[], "DataFrame"]) -> None:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            made().write.mode("overwrite").parquet(self.path(name))
        except (PySparkException, Py4JError) as error:
            raise StageError(f"stage {name}: {line(error)}") from error

    def begin(self, command: str, plan: Mapping[str, Any], *, overwrite: bool) -> None:
        """Note what a command makes this result of; raises `UsageError` where it was begun with something else."""
        name = f"{PLANS}/{command}.json"
        wanted = json.dumps(plan, sort_keys=True)
        if self._exists(name):
            if self._read(name) == wanted:
                return
            if not overwrite:
                raise UsageError(
                    f"{self.uri} holds what `inquit spark {command}` made of another input, with other options or by "
                    "another Inquit; choose another folder, or do all again with --overwrite"
                )
        self._write(name, wanted)

    def drop(self, *stages: str) -> None:
        """Remove stages."""
        for stage in stages:
            self._system.delete(self._java_path(stage), True)

    @property
    def _system(self) -> Any:
        """Hadoop's file system, through which Spark writes as well."""
        configuration = self.spark.sparkContext._jsc.hadoopConfiguration()
        return self._java_path("").getFileSystem(configuration)

    def _java_path(self, name: str) -> Any:
        java: Any = self.spark.sparkContext._jvm
        return java.org.apache.hadoop.fs.Path(f"{full(self.uri)}/{name}".rstrip("/"))

    def _exists(self, name: str) -> bool:
        return bool(self._system.exists(self._java_path(name)))

    def _read(self, name: str) -> str:
        return "\n".join(row.value for row in self.spark.read.text(f"{full(self.uri)}/{name}").collect())

    def _write(self, name: str, text: str) -> None:
        out = self._system.create(self._java_path(name), True)
        try:
            out.write(bytearray(text, "utf-8"))
        finally:
            out.close()
