"""`inquit spark read`: an input to ledgers, in the stages articles, ledgers and rejects.

pieces of files --articles, a task some files--> articles --ledgers, a task some hundred articles--> ledgers
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from inquit import records, workers
from inquit.exports import ledgertable
from inquit.exports.ledgertable import ARTICLE_COLUMNS, LEDGER_COLUMNS, REJECT_COLUMNS, Column, Entry, Row
from inquit.readers import Limits
from inquit.records import Article
from inquit.spark import isolation, session
from inquit.spark.pieces import Piece, dealt, divided, divisions, pieces_of, read_piece, surveyed, tasks_for
from inquit.spark.places import Access
from inquit.spark.rows import Batches, portions, spark_schema
from inquit.spark.stages import Result

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

ARTICLES_A_TASK = 250
"""Articles that a task reads, some seconds of work: one with a huge article delays the end by that article alone."""

MOST_TASKS = 20_000
"""Tasks of the stage of ledgers; each writes one file."""

STAGES = ("articles", ledgertable.LEDGERS, ledgertable.REJECTS)

# What the stage of articles holds: an article, or a reason why there is none.
_ITEM_COLUMNS: tuple[Column, ...] = (*ARTICLE_COLUMNS, *REJECT_COLUMNS[2:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How an input is read: `manifest` says that it lists the inputs, `partitions` how many tasks read articles."""

    manifest: bool = False
    partitions: int | None = None
    limits: Limits = field(default_factory=Limits)
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles there are by state, how many statements, and how many inputs were rejected by reason."""

    states: dict[str, int]
    statements: int
    reasons: dict[str, int]


def read(spark: "SparkSession", source: str, output: str, how: Reading, tell: Callable[[str], None]) -> Count:
    """Read all articles of an input into ledgers; what is there already is not done again."""
    reach = session.access(spark)
    pieces = pieces_of(source, manifest=how.manifest, access=reach)
    result = Result(spark, output, tell)
    result.begin("read", _plan(pieces, how), overwrite=how.overwrite)
    if how.overwrite:
        result.drop(*STAGES)
    items = result.stage("articles", lambda: _articles(spark, pieces, how, reach))
    ledgers = result.stage(ledgertable.LEDGERS, lambda: _ledgers(spark, items, how))
    rejects = result.stage(ledgertable.REJECTS, lambda: _rejects(items, ledgers))
    return _count(ledgers, rejects)


def _plan(pieces: Sequence[Piece], how: Reading) -> dict[str, Any]:
    """What makes the result what it is; of the files a checksum of their names and sizes."""
    from inquit.corpus import reader

    names = hashlib.sha256()
    for piece in pieces:
        names.update(f"{piece.uri}\0{piece.size}\n".encode("utf-8", "surrogateescape"))
    return {"files": len(pieces), "names": names.hexdigest(), "limits": asdict(how.limits), "reader": reader()}


def _articles(spark: "SparkSession", files: Sequence[Piece], how: Reading, reach: Access) -> "DataFrame":
    pieces = _divided(spark, files, reach)
    tasks = dealt(pieces, tasks_for(pieces, session.cores(spark)))
    function = partial(_read_pieces, tasks=tasks, limits=how.limits, reach=reach)
    return spark.range(0, len(tasks), 1, max(1, len(tasks))).mapInArrow(function, spark_schema(_ITEM_COLUMNS))


def _divided(spark: "SparkSession", files: Sequence[Piece], reach: Access) -> list[Piece]:
    """The files, large ones in pieces: the workers look for the places where they can be cut."""
    asked = [(file, begin, end) for file in files for begin, end in divisions(file, reach)]
    if not asked:
        return list(files)
    context = spark.sparkContext
    found = context.parallelize(asked, len(asked)).map(lambda one: surveyed(*one, reach)).collect()
    survey: dict[int, list[list[int]]] = {}
    for (file, _, _), answer in zip(asked, found, strict=True):
        survey.setdefault(file.number, []).append(answer)
    return [piece for file in files for piece in divided(file, survey.get(file.number, []))]


def _read_pieces(
    batches: Batches, *, tasks: Sequence[Sequence[Piece]], limits: Limits, reach: Access
) -> Iterator["pa.RecordBatch"]:
    """In a worker: the articles of the pieces of its task."""

    def rows() -> Iterator[Row]:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                for piece in tasks[number]:
                    for position, item in read_piece(piece, limits, reach):
                        if isinstance(item, Article):
                            yield ledgertable.article_row(item, position)
                        else:
                            yield ledgertable.reject_row(item, position)

    yield from portions(rows(), _ITEM_COLUMNS)


def _ledgers(spark: "SparkSession", items: "DataFrame", how: Reading) -> "DataFrame":
    articles = items.where("reason IS NULL").select(*(column.name for column in ARTICLE_COLUMNS))
    count = articles.count()
    tasks = how.partitions or min(MOST_TASKS, max(2 * session.cores(spark), -(-count // ARTICLES_A_TASK)))
    # By position, so that the files of the result are in the order of the input.
    ordered = articles.repartitionByRange(tasks, "position").sortWithinPartitions("position")
    return ordered.mapInArrow(_read_articles, spark_schema(LEDGER_COLUMNS))


def _read_articles(batches: Batches) -> Iterator["pa.RecordBatch"]:
    """In a worker: the ledgers of articles. Where a try has failed, each is read in a process that may die."""
    from pyspark import TaskContext

    rows = (row for batch in batches for row in batch.to_pylist())
    context = TaskContext.get()
    again = context is not None and context.attemptNumber() > 0
    found = isolation.one_by_one(_read_row, rows, _died) if again else _read_rows(rows)
    yield from portions(found, LEDGER_COLUMNS)


def _read_row(row: Row) -> Row:
    """A row with an article to a row with its ledger."""
    [read] = _read_rows([row])
    return read


def _read_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """The same for many, which are read together, with what becomes of them in a corpus."""
    from inquit.corpus import reader

    positions: deque[int] = deque()

    def articles() -> Iterator[Article]:
        for row in rows:
            positions.append(row["position"])
            yield ledgertable.article_of(row)

    for done in workers.read(articles(), 1, workers.never):
        if isinstance(done, records.Entry):
            yield ledgertable.entry_row(_entry(done, reader()), positions.popleft())


def _entry(done: records.Entry, reader: str) -> Entry:
    return Entry(
        article=done.article,
        quotations=done.quotations,
        summary=done.summary,
        state=done.state,
        detail=done.detail,
        reader=reader,
    )


def _died(row: Row) -> Row:
    from inquit.corpus import reader

    article = ledgertable.article_of(row)
    detail = "the process that read it died"
    return ledgertable.entry_row(
        Entry(article=article, state="failed", detail=detail, reader=reader()), row["position"]
    )


def _rejects(items: "DataFrame", ledgers: "DataFrame") -> "DataFrame":
    from pyspark.sql.functions import lit

    names = [column.name for column in REJECT_COLUMNS]
    failed = ledgers.where("state = 'failed'").withColumn("reason", lit("failed"))
    return items.where("reason IS NOT NULL").select(*names).unionByName(failed.select(*names)).orderBy("position")


def _count(ledgers: "DataFrame", rejects: "DataFrame") -> Count:
    states = ledgers.groupBy("state").agg({"*": "count", "statements": "sum"}).collect()
    reasons = rejects.groupBy("reason").count().collect()
    return Count(
        {row["state"]: row["count(1)"] for row in states},
        sum(row["sum(statements)"] for row in states),
        {row["reason"]: row["count"] for row in reasons},
    )
