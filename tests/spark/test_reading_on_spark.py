"""Reading on Spark gives what reading on one machine gives, to the last character, whatever is wrong with the input."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from newsroom import COUNT

from inquit import spark
from inquit.corpus import open_corpus
from inquit.errors import StageError, UsageError
from inquit.exports.ledgertable import read_ledgers
from inquit.ledger import Ledger
from inquit.readers import Limits
from inquit.records import Article, Rejected, SourceQuery
from inquit.spark import Reading

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def columns(one: Ledger | Article) -> tuple[object, ...]:
    """What a row of an article says; one in another language has no statements."""
    return (one, (), None) if isinstance(one, Article) else (one.article, one.quotations, one.summary)


def test_ledgers_and_rejects_are_those_of_one_machine(
    result: tuple[Path, spark.Count], alone: list[Ledger | Article | Rejected]
) -> None:
    output, count = result
    found = list(read_ledgers(output))
    ledgers = [(one.article, one.quotations, one.summary) for one in found if not isinstance(one, Rejected)]
    assert ledgers == [columns(one) for one in alone if not isinstance(one, Rejected)]
    assert len(ledgers) >= COUNT
    rejects = [one for one in found if isinstance(one, Rejected)]
    assert rejects == [one for one in alone if isinstance(one, Rejected)]
    reasons = Counter(one.reason for one in rejects)
    assert reasons == {"damaged": 3, "too large": 1, "empty": 1, "skipped": 1}
    assert (count.reasons, count.states["unread"]) == (reasons, 1)
    assert count.states["read"] == len(ledgers) - 1
    assert count.statements == sum(len(quotations) for _, quotations, _ in ledgers)


def test_the_corpus_is_the_one_that_adding_makes(
    result: tuple[Path, spark.Count], archive: Path, tmp_path: Path
) -> None:
    found: list[Any] = []
    for name in ("ready", "read"):
        with open_corpus(tmp_path / f"{name}.db", create=True) as corpus:
            kept = list(corpus.add_ledgers(result[0]) if name == "ready" else corpus.add([archive]))
            everything = [
                (one.article, one.quotations, one.summary, one.state, one.reader) for one in corpus.articles()
            ]
            sources = corpus.sources(SourceQuery(limit=1000))
            found.append((sorted(map(str, kept)), everything, sources, corpus.count(), corpus.rejections(100)))
            assert {one.outcome for one in corpus.add_ledgers(result[0]) if not isinstance(one, Rejected)} == {
                "unchanged"
            }
    for one, other in zip(*found, strict=True):
        assert one == other


def test_what_is_done_is_not_done_again_and_of_another_input_not_at_all(
    session: "SparkSession", tmp_path: Path
) -> None:
    source, output = tmp_path / "a.txt", str(tmp_path / "out")
    source.write_text("„Die Schleuse bleibt zu“, sagte Ina Lohse.\n", "utf-8")
    told: list[str] = []
    first = spark.read(session, str(source), output, Reading(), told.append)
    written = {path: path.stat().st_mtime_ns for path in Path(output).glob("articles/*")}
    (Path(output) / "ledgers" / "_SUCCESS").unlink()
    assert spark.read(session, str(source), output, Reading(), told.append) == first
    assert [line.partition(" in ")[0] for line in told] == [
        "articles: done",
        "ledgers: done",
        "rejects: done",
        "articles: was done before",
        "ledgers: done",
        "rejects: was done before",
    ]
    assert {path: path.stat().st_mtime_ns for path in Path(output).glob("articles/*")} == written
    source.write_text("„Die Brücke bleibt auch zu“, sagte Ina Lohse.\n", "utf-8")
    with pytest.raises(UsageError, match="another input"):
        spark.read(session, str(source), output, Reading(), told.append)
    again = spark.read(session, str(source), output, Reading(overwrite=True), told.append)
    assert again.states == {"read": 1}
    (entry,) = read_ledgers(Path(output))
    assert not isinstance(entry, Rejected)
    assert "Brücke" in entry.article.text


def test_an_input_without_articles_is_a_result_with_none(session: "SparkSession", tmp_path: Path) -> None:
    count = spark.read(session, str(tmp_path / "fehlt"), str(tmp_path / "out"), Reading(), lambda _: None)
    assert count == spark.Count({}, 0, {"missing": 1})
    assert [one.reason for one in read_ledgers(tmp_path / "out") if isinstance(one, Rejected)] == ["missing"]


def test_a_result_that_is_damaged_or_not_complete_says_so(result: tuple[Path, spark.Count], tmp_path: Path) -> None:
    import shutil

    shutil.copytree(result[0], tmp_path / "out")
    part = max((tmp_path / "out" / "ledgers").glob("*.parquet"), key=lambda path: path.stat().st_size)
    part.write_bytes(part.read_bytes()[:-100])
    (tmp_path / "out" / "rejects" / "_SUCCESS").unlink()
    found = list(read_ledgers(tmp_path / "out"))
    damaged = [one for one in found if isinstance(one, Rejected) and str(tmp_path) in one.origin]
    assert [one.reason for one in damaged] == ["damaged", "damaged"]
    assert len(found) > COUNT / 2


def test_limits_hold_on_the_workers(session: "SparkSession", tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Die Schleuse bleibt zu. " * 50, "utf-8")
    how = Reading(limits=Limits(max_bytes=100))
    count = spark.read(session, str(tmp_path / "a.txt"), str(tmp_path / "out"), how, lambda _: None)
    assert count.reasons == {"too large": 1}


def test_a_stage_that_fails_is_one_error_and_leaves_what_was_done(session: "SparkSession", tmp_path: Path) -> None:
    from inquit.spark.stages import Result

    def broken() -> Any:
        return session.range(3).selectExpr("raise_error('nothing goes')")

    result = Result(session, str(tmp_path / "out"), lambda _: None)
    result.stage("good", lambda: session.range(3))
    with pytest.raises(StageError, match="nothing goes"):
        result.stage("bad", broken)
    assert (result.is_done("good"), result.is_done("bad")) == (True, False)
