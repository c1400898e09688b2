import csv
import io
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest
from exporting import evil, judged, part, written
from exportsamples import few, ledgers, sample
from hypothesis import given
from hypothesis import strategies as st

from inquit.exports.commas import COLUMNS, harmless, to_csv
from inquit.exports.selection import Selection
from inquit.records import Ledger


def lines(*items: Selection | Ledger, separator: str = ",") -> list[list[str]]:
    text = written(to_csv, *items).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def cells(*items: Selection | Ledger) -> list[dict[str, str]]:
    header, *rest = lines(*items)
    return [dict(zip(header, line, strict=True)) for line in rest]


def test_a_line_says_who_on_whose_word_and_who_disputes_it() -> None:
    row = cells(judged())[0]
    assert row["id"] == "a1:0"
    assert row["quote"] == "ist der Umbau offenbar gestoppt"
    assert row["chain"] == "Hafenpost ← ein früherer Beamter"
    assert row["disputed_by"] == "Ada Lenz"
    assert (row["source_id"], row["verdict"], row["verdict_note"]) == ("s0a", "right", "checked by phone")
    assert row["confidence"] == "0.9"


def test_of_a_selection_only_its_statements_are_lines() -> None:
    assert [row["quotation"] for row in cells(part())] == ["0", "5"]
    assert cells(part())[0]["disputed_by"] == "Ada Lenz"


def test_duckdb_pandas_and_polars_read_it(tmp_path: Path) -> None:
    path = tmp_path / "statements.csv"
    path.write_bytes(written(to_csv, judged()))
    assert list(pd.read_csv(path).columns) == pl.read_csv(path).columns == list(COLUMNS)
    assert list(pd.read_csv(path)["quotation"]) == list(range(8))
    assert duckdb.execute(f"SELECT id, source FROM '{path}' WHERE source_naming = 'described'").fetchall()[0] == (
        "a1:0",
        "ein früherer Beamter",
    )


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", '"=1', "＝1", "a;=1", "a,@x", "a|-1", "\n=1", "a\n;=1", "x; '=1"],
)
def test_no_text_is_a_formula(formula: str) -> None:
    shown = str(harmless(formula))
    assert "'" in shown.replace(formula, "")
    assert shown.replace("'", "") == formula.replace("\n", " ").replace("\t", " ").replace("'", "")


@pytest.mark.parametrize("text", ["1+1=2", "Rats-Sitzung", "a@b.example", "Er sagte: -5 Grad", "„=1“", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_numbers_stay_numbers() -> None:
    assert harmless(-1) == -1
    assert harmless(None) is None


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@given(text=st.text(st.sampled_from("ab=+-@;,|\t\n\r '\"＝\v\x85\u2028"), max_size=12))
@few
def test_no_cell_is_a_formula_whatever_separator_a_spreadsheet_takes(separator: str, text: str) -> None:
    ledger = sample()
    evil_source = replace(ledger.quotations[0].chain[0], name=text)
    quotations = (replace(ledger.quotations[0], chain=(evil_source,), why=(text, text)),)
    article = replace(ledger.article, title=text, outlet=text, origin=text)
    everything = lines(replace(ledger, article=article, quotations=quotations), separator=separator)
    begins = {cell.strip(" \"'")[:1] for line in everything for cell in line if not cell.strip(' "').startswith("'")}
    assert begins.isdisjoint("=+-@＝＋－＠")


@few
@given(ledgers())
def test_any_ledger_is_lines_of_equal_length(ledger: Ledger) -> None:
    found = lines(ledger)
    assert len(found) == 1 + len(ledger.quotations)
    assert {len(line) for line in found} == {len(COLUMNS)}
    assert len(written(to_csv, ledger).decode().splitlines()) == len(found)


def test_control_characters_do_not_get_out() -> None:
    text = written(to_csv, evil()).decode()
    assert "\x1b" not in text
    assert "\u202e" not in text
