"""The documentation of the formats is a contract: it names every column, and its lines of code run."""

import re
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import prov
import pytest
from exporting import judged, written

from inquit.exports.annotation import CONTEXT
from inquit.exports.commas import COLUMNS as FLAT
from inquit.exports.formats import FORMATS
from inquit.exports.parquet import COLUMNS, table_schema, to_parquet
from inquit.exports.provenance import to_prov

TEXT = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")
CODE = re.findall(r"```python\n(.*?)```", TEXT, flags=re.S)

ROWS = {'duckdb.sql("': 3, "pandas.read_": 8, "polars.scan_": 5, "document = p": 86}


def section(title: str) -> str:
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_format_is_documented() -> None:
    assert [name for name in FORMATS if f"| `{name}` |" not in TEXT] == []


def test_every_column_of_parquet_is_documented_with_its_type_and_meaning() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\S.*?) \| (.+) \|$", section("Parquet"), flags=re.M)
    assert [(name, meaning) for name, _, meaning in rows] == [(column.name, column.meaning) for column in COLUMNS]
    spelled = {"spans": str(table_schema().field("quote").type), "chain": str(table_schema().field("chain").type)}
    for name, kind, _ in rows:
        written_type = str(table_schema().field(name).type)
        plain = re.sub(r"^list<\w+: (\w+)>$", r"list<\1>", written_type).replace("tz=UTC", "UTC")
        assert kind == plain or spelled[kind] == written_type, name


def test_every_column_of_csv_is_documented() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \|", section("CSV"), flags=re.M)) == FLAT


def test_every_term_of_our_own_is_documented() -> None:
    annotation = set(re.findall(r"`([\w:]+)`", section("Web Annotation")))
    assert set(CONTEXT[1]) - {"inquit"} <= annotation
    terms = set(re.findall(rb'"(inquit:\w+)"', written(to_prov, judged())))
    assert {term.decode() for term in terms} <= set(re.findall(r"`([\w:]+)`", section("PROV-JSON")))


LINES = [line for block in CODE for line in block.splitlines()]


@pytest.mark.parametrize(("line", "number"), list(zip(LINES, (3, 8, 4, 4, 72), strict=True)))
def test_the_lines_of_code_find_what_is_there(
    line: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("statements.parquet").write_bytes(written(to_parquet, judged()))
    Path("statements.json").write_bytes(written(to_prov, judged()))
    found = eval(line.removeprefix("document = "), {"duckdb": duckdb, "pandas": pd, "polars": pl, "prov": prov})
    rows = found.get_records() if "prov." in line else found.fetchall() if "duckdb." in line else found
    assert len(list(rows) if "prov." in line else rows) == number


def test_there_are_lines_for_all_three_libraries() -> None:
    assert {name for name in ("duckdb", "pandas", "polars") if any(f"{name}." in block for block in CODE)} == {
        "duckdb",
        "pandas",
        "polars",
    }
