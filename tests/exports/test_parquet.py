import io
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from exporting import WRONG, evil, judged, part, written
from exportsamples import TEXT, few, ledgers, sample
from hypothesis import given
from pyarrow import parquet

from inquit.exports import parquet as module
from inquit.exports.parquet import COLUMNS, to_parquet
from inquit.exports.selection import Selection
from inquit.records import Ledger


def table(*items: Selection | Ledger) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parquet.read_table(io.BytesIO(written(to_parquet, *items))).to_pylist()
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "statements.parquet"
    path.write_bytes(written(to_parquet, judged()))
    return path


def test_a_row_holds_the_statement_and_its_nested_chain() -> None:
    row = table(judged())[0]
    assert row["id"] == "a1:0"
    assert row["iri"] == f"urn:inquit:article:a1#char={TEXT.index('ist der')},{TEXT.index('. Ein')}"
    assert row["text"] == "ist der Umbau offenbar gestoppt"
    assert [(link["name"], link["kind"], link["naming"]) for link in row["chain"]] == [
        ("Hafenpost", "outlet", "named"),
        ("ein früherer Beamter", "person", "described"),
    ]
    assert (row["source"], row["source_kind"], row["source_naming"]) == ("ein früherer Beamter", "person", "described")
    assert row["source_id"] == "s0a"
    assert row["disputed_by"] == ["Ada Lenz"]
    assert [hedge["text"] for hedge in row["hedges"]] == ["offenbar"]
    assert row["authors"] == ["Jo Falk"]
    assert row["published_at"].isoformat() == "2024-11-05T05:00:00+00:00"
    assert (row["verdict"], row["verdict_note"], row["verdict_made"]) == (
        "right",
        "checked by phone",
        "2025-01-02T03:04:05Z",
    )


def test_every_span_leads_to_its_words() -> None:
    spans = [span for row in table(sample()) for name in ("quote", "speaker", "cue", "hedges") for span in row[name]]
    assert spans
    assert all(TEXT[span["begin"] : span["end"]] == span["text"] for span in spans)
    assert [q.parent for q in sample().quotations] == [row["parent"] for row in table(sample())]


def test_duckdb_pandas_and_polars_read_the_same(path: Path) -> None:
    question = f"SELECT chain[1].name, count(*) FROM '{path}' WHERE len(chain) > 0 GROUP BY 1 ORDER BY 1"
    assert duckdb.execute(question).fetchall() == [("Ada Lenz", 2), ("Hafenpost", 5)]
    frame, other = pd.read_parquet(path), pl.read_parquet(path)
    assert list(frame.columns) == other.columns == [column.name for column in COLUMNS]
    assert [chain[0]["name"] for chain in frame["chain"] if len(chain)] == ["Hafenpost"] * 5 + ["Ada Lenz"] * 2
    names = other.explode("chain").unnest("chain")["name"].drop_nulls().to_list()
    assert names.count("ein früherer Beamter") == 5


def test_statements_called_wrong_stay_and_say_so_and_dispute_nothing() -> None:
    assert table(judged())[WRONG]["verdict"] == "wrong"
    selection = judged()
    without = Selection(ledger=selection.ledger, verdicts={5: selection.verdicts[WRONG]})
    assert table(without)[0]["disputed_by"] == []


def test_of_a_selection_only_its_statements_are_rows_with_all_that_is_known() -> None:
    rows = table(part())
    assert [row["quotation"] for row in rows] == [0, 5]
    assert rows[0]["disputed_by"] == ["Ada Lenz"]


def test_rows_are_written_in_groups_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROW_GROUP", 3)
    file = parquet.ParquetFile(io.BytesIO(written(to_parquet, sample(), judged())))
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [3, 3, 3, 3, 3, 1]


def test_the_ledgers_are_taken_one_group_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROW_GROUP", 8)
    groups: list[int] = []
    taken: list[int] = []
    plain = module._table

    def noted(batch: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
        groups.append(len(taken))
        return plain(batch, schema)

    def selections() -> Any:
        for n in range(5):
            taken.append(n)
            yield Selection(ledger=sample())

    monkeypatch.setattr(module, "_table", noted)
    to_parquet(selections(), io.BytesIO())
    assert groups == [1, 2, 3, 4, 5]


def test_nothing_is_a_table_without_rows() -> None:
    found = parquet.read_table(io.BytesIO(written(to_parquet)))
    assert (found.num_rows, found.column_names) == (0, [column.name for column in COLUMNS])


def test_the_file_says_what_its_columns_mean() -> None:
    schema = parquet.read_schema(io.BytesIO(written(to_parquet)))
    assert {field.name: field.metadata[b"description"].decode() for field in schema} == {
        column.name: column.meaning for column in COLUMNS
    }


@few
@given(ledgers())
def test_any_ledger_is_a_table(ledger: Ledger) -> None:
    rows = table(ledger)
    assert [(row["quotation"], row["confidence"]) for row in rows] == [(q.id, q.confidence) for q in ledger.quotations]
    assert [len(row["chain"]) for row in rows] == [len(q.chain) for q in ledger.quotations]
    assert len({row["iri"] for row in rows}) == len(rows)


def test_half_surrogate_pairs_are_replaced() -> None:
    rows = table(evil())
    assert "\ufffd" in rows[-1]["quote"][0]["text"]
    assert rows[-1]["title"].startswith("<script>")


def test_the_same_is_written_the_same() -> None:
    assert written(to_parquet, judged()) == written(to_parquet, judged())
