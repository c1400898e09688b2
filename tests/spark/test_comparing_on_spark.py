"""Comparing on Spark finds the stories, links and claims that comparing on one machine finds, to the last character."""

import json
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import newsroom
import pytest

from inquit import spark, stories
from inquit.corpus import open_corpus
from inquit.errors import UsageError
from inquit.exports import ledgertable
from inquit.exports.ledgertable import LEDGER_COLUMNS, REJECT_COLUMNS, Entry
from inquit.ledger import read_article
from inquit.readers import read_paths
from inquit.records import Article, ClaimQuery, Ledger, StoryQuery
from inquit.spark import composing
from inquit.spark.composing import claims_of, story_of
from inquit.spark.connecting import connected
from inquit.spark.stages import Result

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

COUNT = 160


def write_result(folder: Path, entries: list[Entry]) -> None:
    """A result as reading on Spark writes it, in two files."""
    from pyarrow import Table, parquet

    for name, columns in (("ledgers", LEDGER_COLUMNS), ("rejects", REJECT_COLUMNS)):
        (folder / name).mkdir(parents=True)
        rows = [ledgertable.entry_row(one, at) for at, one in enumerate(entries)] if name == "ledgers" else []
        for half in range(2):
            batch = ledgertable.batch(rows[half * COUNT // 2 : (half + 1) * COUNT // 2 + half * COUNT], columns)
            parquet.write_table(Table.from_batches([batch]), folder / name / f"part-{half}.parquet")
        (folder / name / "_SUCCESS").touch()


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    """Articles of the small world, read; one twice, one in another language, one that failed."""
    path = tmp_path_factory.mktemp("articles") / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, newsroom.records(COUNT))), "utf-8")
    found = []
    for item in read_paths([path]):
        assert isinstance(item, Article)
        ledger = read_article(item)
        found.append(Entry(article=item, quotations=ledger.quotations, summary=ledger.summary))
    others = [Article(id=name * 8, origin=name, text="Nothing to read here.", language="en") for name in ("ab", "cd")]
    strange = [Entry(article=others[0], state="unread"), Entry(article=others[1], state="failed", detail="no")]
    return [*found, *strange, found[3]]


@pytest.fixture(scope="module")
def result(
    session: "SparkSession", entries: list[Entry], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, spark.Compared]:
    output = tmp_path_factory.mktemp("result") / "out"
    write_result(output, entries)
    return output, spark.compare(session, str(output), lambda _: None, partitions=3)


def newest(entries: list[Entry]) -> list[Ledger]:
    """The ledgers that count: each content once, the last at each URL."""
    places: dict[str, Ledger] = {}
    seen = set()
    for one in entries:
        if one.state == "read" and one.article.id not in seen:
            assert one.summary
            places[one.article.url or one.article.id] = Ledger(
                article=one.article, quotations=one.quotations, summary=one.summary
            )
            seen.add(one.article.id)
    return list(places.values())


def table(output: Path, stage: str) -> list[dict[str, Any]]:
    from pyarrow import parquet

    rows: list[dict[str, Any]] = parquet.read_table(output / stage).to_pylist()
    return rows


def test_stories_links_and_claims_are_those_of_one_machine(
    result: tuple[Path, spark.Compared], entries: list[Entry]
) -> None:
    output, compared = result
    ledgers = newest(entries)
    expected = stories.find_stories(ledgers)
    rows = sorted(table(output, "stories"), key=lambda row: row["number"])
    assert [(story_of(row), claims_of(row)) for row in rows] == [(one.story, one.claims) for one in expected]
    claims = [claim for one in expected for claim in one.claims]
    links = [link for one in expected for link in one.story.links]
    assert Counter(row["claim"] for row in table(output, "claims")) == Counter(map(composing.as_json, claims))
    assert Counter((row["derived"], row["original"], row["how"]) for row in table(output, "links")) == Counter(
        (link.derived, link.original, link.how) for link in links
    )
    assert {link.how for link in links} >= {"copy", "abridged", "cites"}
    assert compared == spark.Compared(len(ledgers), len(table(output, "copies")), len(expected), len(claims), failed=0)
    assert 0 < compared.copies < len(ledgers) < COUNT
    assert len(table(output, "boilerplate")) == len(
        stories.boilerplate([stories.sketch(ledger.article) for ledger in ledgers])
    )
    assert any(row["circular"] for row in table(output, "claims")) or max(map(len, (c.statements for c in claims))) > 2


def test_a_corpus_that_takes_the_result_finds_the_same(result: tuple[Path, spark.Compared], tmp_path: Path) -> None:
    output, compared = result
    with open_corpus(tmp_path / "c.db", create=True) as corpus:
        list(corpus.add_ledgers(output))
        corpus.compare()
        ids = {kept.story.id for kept in corpus.stories(StoryQuery(limit=COUNT))}
        claims = {kept.claim.id: kept.claim for kept in corpus.claims(ClaimQuery(limit=10 * COUNT))}
    assert ids == {row["id"] for row in table(output, "stories")}
    assert len(claims) == compared.claims
    assert claims == {claim.id: claim for row in table(output, "stories") for claim in claims_of(row)}


def test_stages_that_are_done_are_not_done_again(session: "SparkSession", result: tuple[Path, spark.Compared]) -> None:
    output, compared = result
    (output / "claims" / "_SUCCESS").unlink()
    told: list[str] = []
    assert spark.compare(session, str(output), told.append) == compared
    done = [line.split(":")[0] for line in told if "was done before" not in line]
    assert done == ["claims"]


def test_there_is_nothing_to_compare_before_reading_is_done(session: "SparkSession", tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="inquit spark read"):
        spark.compare(session, str(tmp_path), lambda _: None)


def test_components_are_those_of_one_machine(session: "SparkSession", tmp_path: Path) -> None:
    chance = random.Random(3)
    chain = [(n, n + 1) for n in range(150)]
    chance.shuffle(chain)
    star = [(200, n) for n in range(201, 230)]
    loose = [(chance.randrange(300, 500), chance.randrange(300, 500)) for _ in range(120)]
    edges = [*chain, *star, *((two, one) for one, two in loose), (900, 900)]
    frame = session.createDataFrame(edges, "one long, other long")
    result = Result(session, str(tmp_path), lambda _: None)
    found = [
        {
            row["node"]: row["leader"]
            for row in connected(result, frame, few=few).collect()
            if row["node"] != row["leader"]
        }
        for few in (0, 1_000)
    ]
    nodes = sorted({node for edge in edges for node in edge})
    expected = {node: group[0] for group in stories.connected(nodes, edges) for node in group[1:]}
    assert found == [expected, expected]


def test_a_story_that_cannot_be_put_together_says_so_and_the_others_are_there(
    entries: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise MemoryError("too large")

    monkeypatch.setattr(stories, "compose", broken)
    row = {**ledgertable.entry_row(entries[0], 0), "what": 0, "number": 5, "terms": [], "weights": []}
    made = composing._composed(composing._Gathered(5, [row]))
    assert (made["id"], made["detail"]) == (stories.story_id(entries[0].article.id), "MemoryError: too large")
    assert composing._died(composing._Gathered(5, [row]))["articles"] == [entries[0].article.id]
