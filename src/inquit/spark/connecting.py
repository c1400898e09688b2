"""Connected components as joins and minima: each node learns the smallest node that it hangs together with.

Method: alternating large-star and small-star (Kiveris et al., Connected Components in MapReduce and Beyond, 2014);
the number of rounds grows with the square of the logarithm of the nodes, however long a chain of them is.
"""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from inquit import stories
from inquit.exports import ledgertable
from inquit.spark.rows import Batches, portions, spark_schema
from inquit.spark.stages import Result

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame

FEW_EDGES = 500_000
"""Edges up to which one worker connects them all, in some seconds and 200 MB; rounds of a cluster take longer."""

LEADERS = (
    ledgertable.Column("node", "place", "a node"),
    ledgertable.Column("leader", "place", "the smallest node that it is connected with"),
)

MOST_ROUNDS = 60
"""Rounds after which something is wrong; a chain of a million nodes takes some ten."""

ROUNDS = "_rounds"
"""Folder of the tables of single rounds, removed at the end."""


def connected(result: Result, edges: "DataFrame", *, few: int = FEW_EDGES) -> "DataFrame":
    """For each node of an edge (`one`, `other`) its `leader`, the smallest of all that it is connected with."""
    if edges.count() <= few:
        return edges.select("one", "other").coalesce(1).mapInArrow(together, spark_schema(LEADERS))
    result.drop(ROUNDS)
    stars = _written(
        result, edges.where("one != other").selectExpr("greatest(one, other) AS node", "least(one, other) AS leader"), 0
    )
    mark = _mark(stars)
    for number in range(1, MOST_ROUNDS):
        stars = _written(result, _small_star(_large_star(stars)), number)
        before, mark = mark, _mark(stars)
        if mark == before:
            break
    else:
        raise AssertionError("connected components do not come to an end")
    return stars


def together(batches: Batches) -> Iterator["pa.RecordBatch"]:
    """In a worker: the same of all edges at once."""
    edges = [edge for batch in batches for edge in zip(*(column.to_pylist() for column in batch.columns), strict=True)]
    groups = stories.connected(sorted(set(chain.from_iterable(edges))), edges)
    found = ({"node": node, "leader": group[0]} for group in groups for node in group)
    return portions(found, LEADERS)


def _large_star(edges: "DataFrame") -> "DataFrame":
    """Each node's greater neighbours hang on the smallest of its neighbours and itself."""
    from pyspark.sql.functions import col, least

    both = edges.union(edges.selectExpr("leader AS node", "node AS leader"))
    smallest = least(_smallest("node"), col("node"))
    around = both.withColumn("smallest", smallest).where("leader > node")
    return around.selectExpr("leader AS node", "smallest AS leader").distinct()


def _small_star(edges: "DataFrame") -> "DataFrame":
    """Each node and its smaller neighbours hang on the smallest of these."""
    around = edges.withColumn("smallest", _smallest("node"))
    moved = around.where("leader != smallest").selectExpr("leader AS node", "smallest AS leader")
    return moved.union(around.selectExpr("node", "smallest AS leader")).distinct()


def _smallest(by: str) -> "Column":
    from pyspark.sql import Window
    from pyspark.sql.functions import min as smallest

    return smallest("leader").over(Window.partitionBy(by))


def _written(result: Result, edges: "DataFrame", number: int) -> "DataFrame":
    """The edges on disk, so that no round is done twice; that before the last one goes."""
    name = f"{ROUNDS}/{number}"
    edges.distinct().write.mode("overwrite").parquet(result.path(name))
    if number > 1:
        result.drop(f"{ROUNDS}/{number - 2}")
    return result.table(name)


def _mark(edges: "DataFrame") -> tuple[int, object]:
    """What is the same for the same edges, and for others nearly never."""
    row = edges.selectExpr("count(*)", "sum(cast(xxhash64(node, leader) AS decimal(38, 0)))").first()
    assert row is not None
    return row[0], row[1]
