"""Reading and comparing beyond one machine: thin stages of Apache Spark over the functions of the rooms.

Nothing here decides anything about articles; a stage only says where which function runs on what.
"""

from typing import TYPE_CHECKING

from inquit.spark.reading import Count, Reading, read
from inquit.spark.session import running, start

if TYPE_CHECKING:
    from pyspark.sql import SparkSession as Session  # noqa: TC004  a name for types alone

__all__ = ["Count", "Reading", "Session", "read", "running", "start"]
