"""`inquit export` as a user runs it, on a corpus that has verdicts."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exporting import judged
from exportsamples import TEXT, sample
from pyarrow import parquet

from inquit.cli.exporting import FORMATS
from inquit.cli.selecting import Filter, restricted
from inquit.errors import UsageError
from inquit.exports import to_json
from inquit.exports.formats import FORMATS as WRITERS
from inquit.exports.selection import Selection
from inquit.records import Article, KeptArticle, Ledger, Quotation, SearchQuery
from inquit.store import Entry, open_store


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample twice, the second time later and elsewhere, with verdicts, and an article that is not read."""
    name = str(tmp_path_factory.mktemp("corpus") / "corpus.db")
    ledger = sample()
    later = replace(
        ledger.article, id="b2", outlet="Deichbote", url=None, published="2025-02-01", text=TEXT + "\nEnde."
    )
    undated = replace(ledger.article, id="c3", outlet=None, url="https://c.example/", published=None, text=TEXT + "!")
    unread = Article(id="d4", origin="d4", text="Hello", language="en")
    with open_store(name, create=True) as store:
        entries = [
            Entry(article=article, quotations=ledger.quotations, summary=ledger.summary)
            for article in (ledger.article, later, undated)
        ]
        store.keep([*entries, Entry(article=unread, state="unread", detail="written in en")], reader="tests")
        store.mark("a1", 0, "right", note="checked by phone", fixed=None)
        store.mark("a1", 7, "wrong", note=None, fixed=None)
        store.mark("b2", 1, "fixed", note=None, fixed=replace(ledger.quotations[1], stance="doubt"))
    return name


def run(*arguments: str, stdin: bytes = b"", stdout: Any = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "inquit", "export", *arguments],
        check=False,
        timeout=60,
        env={**os.environ, "COLUMNS": "80"},
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def selections(corpus: str) -> list[Selection]:
    with open_store(corpus) as store:
        return [_selection(kept) for kept in store.articles() if kept.summary is not None]


def _selection(kept: KeptArticle) -> Selection:
    assert kept.summary is not None
    ledger = Ledger(article=kept.article, quotations=kept.quotations, summary=kept.summary)
    return Selection(ledger=ledger, verdicts=kept.verdicts, sources=kept.sources)


def test_every_format_is_known_to_the_command() -> None:
    assert tuple(WRITERS) == FORMATS


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"speaker": "Lenz"},
        {"speaker": "Ada L"},
        {"speaker": "früherer beamter"},
        {"outlet": "deichbote"},
        {"outlet": "deich"},
        {"outlet": "dei"},
        {"outlet": "c.example"},
        {"since": "2025"},
        {"until": "2024-11-05"},
        {"since": "2024-11-05T05:00", "until": "2024-11-05T05:00"},
        {"type": "Direct"},
        {"naming": "described"},
        {"stance": "doubt"},
        {"stance": "deny"},
        {"disputed": True},
        {"disputed": False},
        {"judged": "right"},
        {"judged": "wrong"},
        {"judged": "fixed"},
        {"words": "umbau"},
        {"words": "umb"},
        {"words": '"Umbau offenbar"'},
        {"words": "Umbau geld"},
        {"words": "gestoppt sei", "speaker": "Lenz", "type": "Indirect", "disputed": False},
    ],
    ids=str,
)
def test_a_filter_exports_exactly_what_a_search_finds(corpus: str, asked: dict[str, Any]) -> None:
    query = SearchQuery(**asked)
    exported = {
        f"{one.ledger.article.id}:{quotation.id}"
        for one in Filter(query=query).select(selections(corpus))
        for quotation in one.statements()
    }
    with open_store(corpus) as store:
        found = {hit.id for hit in store.search(replace(query, among="statements", sort="time", limit=1000))}
    assert exported == found


def test_the_filters_of_the_test_above_find_something_and_not_everything(corpus: str) -> None:
    for asked in ({"words": "umbau"}, {"judged": "fixed"}, {"speaker": "Lenz"}, {"since": "2025"}, {"disputed": True}):
        found = [len(s.statements()) for s in Filter(query=SearchQuery(**asked)).select(selections(corpus))]
        assert 0 < sum(found) < 24


def test_a_source_is_found_by_its_id_and_confidence_bounds(corpus: str) -> None:
    one = selections(corpus)[-1]
    of_lenz = Filter(query=SearchQuery(speaker="x"), source=one.sources[5])
    assert {q.id for found in of_lenz.select([one]) for q in found.statements()} == {5, 6}
    sure = Filter(query=SearchQuery(), min_confidence=0.9)
    assert [q.id for found in sure.select([one]) for q in found.statements()] == [0, 5]


@pytest.mark.parametrize("asked", [{"since": "gestern"}, {"until": "x"}, {"outlet": "!"}, {"words": "…"}])
def test_a_filter_that_means_nothing_is_an_error(asked: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Filter(query=SearchQuery(**asked))  # type: ignore[arg-type]


def test_a_restricted_ledger_refers_to_nothing_that_is_left_out() -> None:
    ledger = restricted(replace(judged(), chosen=frozenset({4, 5, 7}))).ledger
    assert [(q.id, q.parent, q.disputes) for q in ledger.quotations] == [(4, None, ()), (5, None, ()), (7, None, ())]
    assert ledger.summary.statements == 2  # the wrong one does not count
    whole = replace(judged(), verdicts={})
    assert restricted(whole) is whole


def test_a_circle_of_parents_ends() -> None:
    def within(number: int, parent: int) -> Quotation:
        return replace(sample().quotations[number], parent=parent)

    ledger = replace(sample(), quotations=(within(0, 1), within(1, 0), within(2, 0)))
    found = restricted(Selection(ledger=ledger, chosen=frozenset({2}))).ledger
    assert found.quotations[0].parent is None


@pytest.mark.parametrize("name", FORMATS)
def test_a_corpus_is_written_in_each_format(corpus: str, tmp_path: Path, name: str) -> None:
    out = tmp_path / f"out.{name}"
    done = run(str(out), "--corpus", corpus, "--format", name)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        f"inquit: wrote {out}: 24 statements of 3 articles",
        "inquit: left out 1 article not read yet; see `inquit reread`",
    ]
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    to_pipe = run("-", "--corpus", corpus, "--format", name)
    assert to_pipe.stdout == out.read_bytes()
    assert b"wrote" not in to_pipe.stderr


def test_the_ending_tells_the_format_and_filters_hold(corpus: str, tmp_path: Path) -> None:
    out = tmp_path / "x.parquet"
    assert run(str(out), "--corpus", corpus, "--judged", "fixed").returncode == 0
    (row,) = parquet.read_table(out).to_pylist()
    assert (row["id"], row["verdict"], row["stance"]) == ("b2:1", "fixed", "doubt")


def test_gold_is_what_people_hold_for_right(corpus: str) -> None:
    lines = run("-", "--corpus", corpus, "--format", "jsonl", "--gold").stdout.splitlines()
    gold = {ledger["article"]["id"]: ledger["quotations"] for ledger in map(json.loads, lines)}
    assert {name: [(q["id"], q["stance"], q["confidence"]) for q in found] for name, found in gold.items()} == {
        "a1": [(0, "assert", 1.0)],
        "b2": [(1, "doubt", 1.0)],
    }


def test_ledgers_are_exported_without_a_corpus(tmp_path: Path) -> None:
    line = to_json(sample()) + b"\n"
    done = run("-", "--ledgers", "-", "--format", "jsonl", stdin=line + b"\n" + line)
    assert (done.returncode, done.stdout) == (0, line * 2)


def test_what_is_no_ledger_is_told_and_does_not_stop_the_others(tmp_path: Path) -> None:
    line = to_json(sample())
    outside = json.loads(line)
    outside["quotations"][0]["quote"] = [[0, 10_000]]
    twice = json.loads(line)
    twice["quotations"][1]["id"] = 0
    path = tmp_path / "ledgers.jsonl"
    path.write_bytes(b"\n".join([b"{}", line, json.dumps(outside).encode(), json.dumps(twice).encode()]))
    done = run("-", "--ledgers", str(path), "--format", "jsonl")
    assert (done.returncode, done.stdout) == (1, line + b"\n")
    told = done.stderr.decode().splitlines()
    assert [at for at in (1, 3, 4) if any(f", line {at}: not a ledger: " in message for message in told)] == [1, 3, 4]
    assert told[-1] == "inquit: left out 3 lines that no ledger is in"


def test_a_failed_export_leaves_the_older_file(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("older")
    (tmp_path / "no.db").write_bytes(b"not a database" * 100)
    done = run(str(out), "--corpus", str(tmp_path / "no.db"))
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert out.read_text() == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["no.db", "out.csv"]


@pytest.mark.parametrize("name", ["parquet", "csv", "prov"])
def test_a_full_disk_is_an_error_and_no_traceback(corpus: str, name: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run("-", "--corpus", corpus, "--format", name, stdout=full)
    assert done.returncode == 1
    assert b"cannot write the output" in done.stderr
    assert b"Traceback" not in done.stderr
    direct = run("/dev/full", "--corpus", corpus, "--format", name)
    assert direct.returncode == 1
    assert b"cannot write the output" in direct.stderr
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize("name", ["parquet", "jsonl"])
def test_a_closed_pipe_is_no_traceback(corpus: str, name: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run("-", "--corpus", corpus, "--format", name, stdout=writing)
    finally:
        os.close(writing)
    assert done.returncode == 141
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_wrong_usage_is_one_clear_error(corpus: str, tmp_path: Path) -> None:
    ledgers = tmp_path / "l.jsonl"
    ledgers.write_bytes(to_json(sample()))
    for arguments in (
        [],
        [str(tmp_path / "out.txt")],
        ["-"],
        [str(tmp_path), "--format", "csv"],
        ["-", "--format", "csv", "--gold", "--judged", "right"],
        ["-", "--format", "csv", "--gold", "--ledgers", str(ledgers)],
        ["-", "--format", "csv", "--since", "gestern"],
        ["-", "--format", "csv", "--ledgers", str(tmp_path / "nowhere")],
    ):
        done = run(*arguments, "--corpus", corpus)
        assert done.returncode == 2, arguments
        assert b"Traceback" not in done.stderr
        assert done.stdout == b""
