"""`inquit spark compare`: ledgers to stories and claims, in stages that are joins of small tables.

ledgers --sketch, profile--> sketches --order in time--> order
sketches --boilerplate, candidates--> candidates --align with the texts--> copies
sketches --likeness--> parents;  copies and parents --connected--> members --compose--> stories, claims, links

Nothing is decided here: sketches, candidates, copies, parents, stories and claims are what the functions of `stories`
make of their arguments, and each function is given all that concerns it. Articles go by `number`, which grows in the
order of time; only the stages that read texts (sketches, copies, stories) move them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inquit.errors import UsageError
from inquit.exports import ledgertable
from inquit.exports.ledgertable import ARTICLE_COLUMNS
from inquit.spark import aligning, composing, hanging, session, sketching
from inquit.spark.connecting import ROUNDS, connected
from inquit.spark.rows import spark_schema
from inquit.spark.stages import Result

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

STAGES = (
    "sketches",
    "order",
    "boilerplate",
    "candidates",
    "copies",
    "parents",
    "members",
    "stories",
    "claims",
    "links",
)

ROWS_A_TASK = 2_000_000
"""Fingerprints or terms with an article's number that a task holds in memory at once: some 100 MB."""

PAIRS_A_TASK = 2_000
"""Pairs of articles that a task aligns: some seconds of work."""

ARTICLES_A_TASK = 500
"""Articles whose stories a task puts together."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How much was found; `failed` are stories that could not be put together."""

    articles: int
    copies: int
    stories: int
    claims: int
    failed: int


def compare(
    spark: "SparkSession",
    output: str,
    tell: Callable[[str], None],
    *,
    partitions: int | None = None,
    overwrite: bool = False,
) -> Compared:
    """Compare the articles of a result of `read`; stages that are done are not done again."""
    result = Result(spark, output, tell)
    if not result.is_done(ledgertable.LEDGERS):
        raise UsageError(f"{output} has no ledgers that are complete; `inquit spark read` makes them")
    if overwrite:
        result.drop(*STAGES)
    ledgers = _newest(result.table(ledgertable.LEDGERS))
    tasks = _Tasks(session.cores(spark), partitions)
    sketches = result.stage("sketches", lambda: _sketches(ledgers))
    order = result.stage("order", lambda: _order(sketches))
    numbered = sketches.join(order, "id")
    boilerplate = result.stage("boilerplate", lambda: _boilerplate(numbered))
    candidates = result.stage("candidates", lambda: _candidates(numbered, boilerplate, tasks))
    copies = result.stage("copies", lambda: _copies(ledgers, numbered, boilerplate, candidates, tasks))
    parents = result.stage("parents", lambda: _parents(numbered, tasks))
    members = result.stage("members", lambda: _members(result, order, copies, parents))
    result.drop(ROUNDS)
    stories = result.stage("stories", lambda: _stories(ledgers, numbered, copies, members, tasks))
    claims = result.stage("claims", lambda: stories.mapInArrow(composing.claims, spark_schema(composing.CLAIMS)))
    result.stage("links", lambda: stories.mapInArrow(composing.links, spark_schema(composing.LINKS)))
    failed = stories.where("detail IS NOT NULL").count()
    return Compared(order.count(), copies.count(), stories.count() - failed, claims.count(), failed)


@dataclass(frozen=True, slots=True)
class _Tasks:
    """How many tasks a stage has: as asked for, or by its rows."""

    cores: int
    asked: int | None

    def __call__(self, rows: int, each: int) -> int:
        return self.asked or max(2 * self.cores, -(-rows // each))


def _newest(ledgers: "DataFrame") -> "DataFrame":
    """The articles as a corpus has them: each content once, of several at one URL the last that came.

    The same text without a URL from another outlet is another content; a corpus names it by its content as well.
    """
    from pyspark.sql import Window
    from pyspark.sql.functions import col, expr, first, row_number

    named = expr("if(content = first_content, id, concat(id, '-', left(content, 6)))")
    place = expr("coalesce(nullif(trim(substring_index(url, '#', 1)), ''), named)")
    by_id = Window.partitionBy("id").orderBy("position")
    once = row_number().over(Window.partitionBy("named").orderBy("position"))
    last = row_number().over(Window.partitionBy("place").orderBy(col("position").desc()))
    keys = ledgers.where("state = 'read'").select("id", "position", "url", _content().alias("content"))
    keys = keys.withColumn("first_content", first("content").over(by_id)).withColumn("named", named)
    keys = keys.withColumn("place", place).withColumn("nth", once).where("nth = 1")
    keys = keys.withColumn("nth", last).where("nth = 1").select("id", "position", "named")
    return ledgers.join(keys, ["id", "position"]).withColumn("id", col("named")).drop("named")


def _content() -> "Column":
    """What tells contents apart in a corpus, as its store has it: URL, else outlet; a title not in the text; text."""
    from pyspark.sql.functions import concat_ws, expr, sha2

    outlet = expr("if(coalesce(url, '') = '', coalesce(outlet, ''), '')")
    title = expr("if(contains(text, coalesce(title, '')), '', title)")
    return sha2(concat_ws("\0", expr("coalesce(url, '')"), outlet, title, "text"), 256)


def _sketches(ledgers: "DataFrame") -> "DataFrame":
    articles = ledgers.select(*(column.name for column in ARTICLE_COLUMNS))
    return articles.mapInArrow(sketching.sketches, spark_schema(sketching.SKETCHES))


def _order(sketches: "DataFrame") -> "DataFrame":
    """Numbers that grow in the order of time, with gaps: they need no count of all that went before."""
    from pyspark.sql.functions import monotonically_increasing_id

    ordered = sketches.select("id", "undated", "at", "outlet", "published").orderBy("undated", "at", "id")
    return ordered.select("id", monotonically_increasing_id().alias("number"))


def _postings(numbered: "DataFrame", *more: str) -> "DataFrame":
    """One row a fingerprint of an article."""
    from pyspark.sql.functions import explode

    return numbered.select(explode("fingerprints").alias("print"), "number", "size", *more)


def _boilerplate(numbered: "DataFrame") -> "DataFrame":
    """The fingerprints of text that an outlet prints under many articles: `stories.boilerplate` as a query."""
    from pyspark.sql.functions import col, count, lit, sum as total  # noqa: I001

    from inquit.stories import ALWAYS_BOILERPLATE, SERIAL, mostly_serial

    postings = _postings(numbered, "outlet").where("outlet IS NOT NULL")
    repeats = postings.groupBy("print", "outlet").agg(count(lit(1)).alias("repeats"))
    hits = postings.join(repeats.where(col("repeats") >= SERIAL), ["print", "outlet"])
    serial: Any = total(lit(1))
    articles = hits.groupBy("number", "size").agg(serial.alias("serial"))
    share: Any = mostly_serial(col("serial"), col("size"))  # type: ignore[arg-type]  # columns compare as arrays do
    flagged = hits.join(articles.select("number", share.alias("mostly")), "number")
    return flagged.where(~col("mostly") | (col("repeats") >= ALWAYS_BOILERPLATE)).select("print").distinct()


def _candidates(numbered: "DataFrame", boilerplate: "DataFrame", tasks: _Tasks) -> "DataFrame":
    """Pairs of articles that are worth aligning."""
    from pyspark.sql.functions import sum as total

    postings = _postings(numbered).join(boilerplate, "print", "left_anti")
    count = tasks(numbered.agg({"size": "sum"}).first()[0] or 0, ROWS_A_TASK)  # type: ignore[index]
    pairs = postings.repartition(count, "print").mapInArrow(sketching.shared, spark_schema(sketching.PAIRS))
    keys = ("earlier", "later", "earlier_size", "later_size")
    summed = pairs.groupBy(*keys).agg(total("shared").alias("shared"))
    return summed.mapInArrow(sketching.worth_comparing, spark_schema(sketching.CANDIDATES))


def _copies(
    ledgers: "DataFrame", numbered: "DataFrame", boilerplate: "DataFrame", candidates: "DataFrame", tasks: _Tasks
) -> "DataFrame":
    """The pairs of which one carries the other's text, by their texts."""
    from pyspark.sql.functions import col, collect_list, struct

    involved = candidates.selectExpr("earlier AS number").union(candidates.selectExpr("later AS number")).distinct()
    few = numbered.join(involved, "number", "left_semi")
    standing = _postings(few).join(boilerplate, "print", "left_semi").groupBy("number")
    held = standing.agg(collect_list("print").alias("standing"))
    names = [column.name for column in ARTICLE_COLUMNS]
    texts = few.select("id", "number").join(ledgers.select(*names), "id").join(held, "number", "left")
    article = struct(*names, "standing")
    one = texts.select(col("number").alias("earlier"), article.alias("one"))
    other = texts.select(col("number").alias("later"), article.alias("other"))
    count = tasks(candidates.count(), PAIRS_A_TASK)
    pairs = candidates.repartition(count).join(one, "earlier").join(other, "later")
    return pairs.repartition(count).mapInArrow(aligning.copies, spark_schema(aligning.COPIES))


def _parents(numbered: "DataFrame", tasks: _Tasks) -> "DataFrame":
    """What each article hangs on: the nearest of those that each of its leading terms leads to."""
    from pyspark.sql import Window
    from pyspark.sql.functions import col, row_number

    columns = ("number", "id", "published", "terms", "weights")
    groups = numbered.select(*columns).mapInArrow(hanging.postings, spark_schema(hanging.POSTINGS))
    open_ended = groups.where("undated").select("term").distinct()
    everything = groups.where("NOT further").join(open_ended, "term", "left_semi").withColumn("span", _any_time())
    together = groups.where("NOT undated").unionByName(everything)
    count = tasks(10 * numbered.count(), ROWS_A_TASK // 20)
    sorted_ = together.repartition(count, "term", "span").sortWithinPartitions("term", "span", "number")
    found = sorted_.mapInArrow(hanging.nearest, spark_schema(hanging.PARENTS))
    best = Window.partitionBy("number").orderBy(col("likeness").desc(), "parent")
    return found.withColumn("nth", row_number().over(best)).where("nth = 1").drop("nth")


def _any_time() -> Any:
    from pyspark.sql.functions import lit

    return lit(hanging.ANY_TIME).cast("bigint")


def _members(result: Result, order: "DataFrame", copies: "DataFrame", parents: "DataFrame") -> "DataFrame":
    """The story of each article, by the number of the story's first article."""
    from pyspark.sql.functions import coalesce

    edges = copies.selectExpr("earlier AS one", "later AS other").union(parents.selectExpr("parent", "number"))
    leaders = connected(result, edges)
    return order.join(leaders, order["number"] == leaders["node"], "left").select(
        "id", "number", coalesce("leader", "number").alias("story")
    )


def _stories(
    ledgers: "DataFrame", numbered: "DataFrame", copies: "DataFrame", members: "DataFrame", tasks: _Tasks
) -> "DataFrame":
    """The stories: the ledgers of each and its copies come together in one task."""
    from pyspark.sql.functions import lit

    terms = numbered.select("id", "terms", "weights")
    articles = members.join(terms, "id").join(ledgers.drop("position"), "id").withColumn("what", lit(0))
    carried = copies.join(members.select("number", "story"), copies["later"] == members["number"]).select(
        "story", "number", *(column.name for column in aligning.COPIES[2:])
    )
    together = articles.unionByName(carried.withColumn("what", lit(1)), allowMissingColumns=True)
    count = tasks(members.count(), ARTICLES_A_TASK)
    sorted_ = together.repartitionByRange(count, "story").sortWithinPartitions("story", "what", "number")
    columns = ["story", "what", *(column.name for column in composing.GIVEN)]
    return sorted_.select(*columns).mapInArrow(composing.stories, spark_schema(composing.STORIES))
