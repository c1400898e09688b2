"""Comparing on Spark finds the stories, links and claims that comparing on one machine finds, to the last character."""

import random
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from newsroom import COUNT

from inquit import spark, stories
from inquit.corpus import open_corpus
from inquit.errors import UsageError
from inquit.exports import ledgertable
from inquit.exports.ledgertable import Entry
from inquit.records import Article, ClaimQuery, Ledger, Rejected, StoryQuery
from inquit.spark import composing
from inquit.spark.aligning import reuse_of
from inquit.spark.composing import claims_of, story_of
from inquit.spark.connecting import connected
from inquit.spark.stages import Result

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def newest(alone: list[Ledger | Article | Rejected]) -> list[Ledger]:
    """The ledgers that count: each content once, the last at each URL, as a corpus keeps and names them."""
    places: dict[str, Ledger] = {}
    contents: dict[str, str] = {}
    for one in alone:
        if not isinstance(one, Ledger):
            continue
        article = one.article
        outlet, title = "" if article.url else article.outlet or "", article.title or ""
        parts = (article.url or "", outlet, "" if title in article.text else title, article.text)
        content = sha256("\0".join(parts).encode()).hexdigest()
        name = article.id if contents.get(article.id, content) == content else f"{article.id}-{content[:6]}"
        if name not in contents:
            contents[name] = content
            places[article.url or name] = replace(one, article=replace(article, id=name))
    return list(places.values())


def table(output: Path, stage: str) -> list[dict[str, Any]]:
    from pyarrow import parquet

    rows: list[dict[str, Any]] = parquet.read_table(output / stage).to_pylist()
    return rows


def test_copies_are_those_of_one_machine(
    compared: tuple[Path, spark.Compared], alone: list[Ledger | Article | Rejected]
) -> None:
    articles = {ledger.article.id: ledger.article for ledger in newest(alone)}
    ordered = list(articles.values())
    expected = stories.find_reuse(ordered, [stories.sketch(article) for article in ordered])
    rows = table(compared[0], "copies")
    found = {(row["derived"], row["original"]): reuse_of(row, articles) for row in rows}
    assert found == {(reuse.derived.id, reuse.original.id): reuse for reuse in expected}
    assert len(rows) == len(found) == compared[1].copies > COUNT / 10


def test_stories_links_and_claims_are_those_of_one_machine(
    compared: tuple[Path, spark.Compared], alone: list[Ledger | Article | Rejected]
) -> None:
    output, counted = compared
    ledgers = newest(alone)
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
    copies = len(table(output, "copies"))
    assert counted == spark.Compared(len(ledgers), copies, len(expected), len(claims), failed=0)
    assert 1 < len(expected) < len(ledgers) < COUNT
    standing = stories.boilerplate([stories.sketch(ledger.article) for ledger in ledgers])
    assert len(table(output, "boilerplate")) == len(standing) > 0
    assert max(len(claim.statements) for claim in claims) > 2


def test_a_corpus_that_takes_the_result_finds_the_same(compared: tuple[Path, spark.Compared], tmp_path: Path) -> None:
    output, counted = compared
    with open_corpus(tmp_path / "c.db", create=True) as corpus:
        list(corpus.add_ledgers(output))
        corpus.compare()
        found = {kept.story.id: kept.story for kept in corpus.stories(StoryQuery(limit=COUNT))}
        claims = {kept.claim.id: kept.claim for kept in corpus.claims(ClaimQuery(limit=10 * COUNT))}
    assert found == {row["id"]: story_of(row) for row in table(output, "stories")}
    assert len(claims) == counted.claims
    assert claims == {claim.id: claim for row in table(output, "stories") for claim in claims_of(row)}


def test_stages_that_are_done_are_not_done_again(
    session: "SparkSession", compared: tuple[Path, spark.Compared]
) -> None:
    output, counted = compared
    (output / "claims" / "_SUCCESS").unlink()
    told: list[str] = []
    assert spark.compare(session, str(output), told.append) == counted
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
    alone: list[Ledger | Article | Rejected], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise MemoryError("too large")

    monkeypatch.setattr(stories, "compose", broken)
    one = newest(alone)[0]
    entry = Entry(article=one.article, quotations=one.quotations, summary=one.summary)
    row = {**ledgertable.entry_row(entry, 0), "what": 0, "number": 5, "terms": [], "weights": []}
    made = composing._composed(composing._Gathered(5, [row]))
    assert (made["id"], made["detail"]) == (stories.story_id(entry.article.id), "MemoryError: too large")
    assert composing._died(composing._Gathered(5, [row]))["articles"] == [entry.article.id]
