"""Reading and comparing beyond one machine: thin stages of Apache Spark over the functions of the rooms.

Nothing here decides anything about articles; a stage only says where which function runs on what.
"""

from inquit.spark.comparing import Compared, compare
from inquit.spark.reading import Count, Reading, read
from inquit.spark.session import running, start

__all__ = ["Compared", "Count", "Reading", "compare", "read", "running", "start"]
