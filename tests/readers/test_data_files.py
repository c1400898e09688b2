"""JSON, tables and Parquet: every record is an article or one rejection that names its place."""

import csv
import io
import json
import logging
import sys
import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from packing import PACKING
from pyarrow import parquet
from scrapes import PARAGRAPH, SECOND

from inquit.readers import Limits, article_id, read_bytes, read_file, read_paths
from inquit.records import Article, Rejected, Span

TEXT = "Der Text ist da."
LINE = json.dumps({"text": TEXT, "outlet": "Tagblatt"})


def read(path: Path, **limits: int) -> list[Article | Rejected]:
    return list(read_paths([path], limits=Limits(**limits)))


def written(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def told(items: list[Article | Rejected]) -> list[tuple[str, str]]:
    """The place of each item in its file, and its text or reason."""
    return [(i.origin.partition(":")[2], i.text if isinstance(i, Article) else i.reason) for i in items]


def article(record: dict[str, Any]) -> Article:
    item = read_bytes(json.dumps(record).encode(), origin="a", format="jsonl")
    assert isinstance(item, Article), item
    return item


def test_a_line_has_all_that_is_known_of_an_article() -> None:
    item = article(
        {
            "text": PARAGRAPH,
            "url": "https://landbote.example/bad",
            "outlet": "Landbote",
            "credit": "sda",
            "authors": ["Ruth Muster, Bern", "Ben Kern"],
            "published": "2025-02-04T16:20:00+01:00",
            "title": "Halt",
            "language": "de",
            "topic": "Bau",
        }
    )
    assert item.id == article_id(PARAGRAPH, "https://landbote.example/bad")
    assert (item.text, item.outlet, item.title, item.credits) == (PARAGRAPH, "Landbote", "Halt", ("sda",))
    assert item.authors == ("Ruth Muster, Bern", "Ben Kern")
    assert item.published == "2025-02-04T16:20:00+01:00"


def test_furniture_of_a_line_is_found_as_in_a_text_file() -> None:
    text = f"Halt am Bad\n\n{PARAGRAPH}\n\nLesen Sie auch: Die Kosten steigen\n"
    item = article({"text": text})
    alone = read_bytes(text.encode(), origin="a.txt")
    assert isinstance(alone, Article)
    assert item.furniture == alone.furniture != ()


def test_a_line_of_the_ledger_format_gives_its_article() -> None:
    ledger = {
        "article": {
            "text": PARAGRAPH,
            "credits": ["dpa", "afp"],
            "outlet": "Bote",
            "furniture": [[0, 3], [9, 2], [0, 9999]],
        },
        "quotations": [{"id": 0}],
        "text": "not this",
    }
    item = article(ledger)
    assert (item.text, item.credits, item.outlet, item.furniture) == (PARAGRAPH, ("dpa", "afp"), "Bote", (Span(0, 3),))


def test_what_was_written_in_the_ledger_format_reads_as_it_was_read() -> None:
    page = f"<html><head><title>Halt</title></head><body><h1>Halt</h1><p>{PARAGRAPH}</p><p>(dpa)</p></body></html>"
    for data, suffix in ((page, ".html"), (f"Halt\n\n{PARAGRAPH}\n\n(dpa/kern)\n", ".txt")):
        first = read_bytes(data.encode(), origin="a", suffix=suffix)
        assert isinstance(first, Article)
        again = article({"article": msgspec.to_builtins(first), "quotations": []})
        assert replace(again, origin="a") == first


def test_html_in_a_line_is_extracted_and_the_line_knows_better() -> None:
    page = f"<html><head><title>Halt</title></head><body><h1>Halt</h1><p>{PARAGRAPH}</p><p>{SECOND}</p></body></html>"
    item = article({"html": page, "title": "Nicht weiter", "outlet": "Bote", "url": "https://bote.example/1"})
    assert PARAGRAPH in item.text
    assert (item.title, item.outlet, item.url) == ("Nicht weiter", "Bote", "https://bote.example/1")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-02-04", "2025-02-04"),
        ("2025-02-04 16:20:00", "2025-02-04T16:20:00"),
        ("Tue, 04 Feb 2025 16:20:00 +0100", "2025-02-04T16:20:00+01:00"),
        ("04.02.2025, 16:20 Uhr", "2025-02-04T16:20"),
        (1738682400, "2025-02-04T15:20:00+00:00"),
        (1738682400000, "2025-02-04T15:20:00+00:00"),
        (1e300, None),
        (True, None),
        ("gestern", None),
        ("", None),
    ],
)
def test_times(value: object, expected: str | None) -> None:
    assert article({"text": TEXT, "published": value}).published == expected


def test_a_time_that_is_none_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "inquit.readers"):
        article({"text": TEXT, "published": "gestern"})
    assert [r.getMessage() for r in caplog.records] == [
        "a:1: 'gestern' is no time that Inquit knows; published is left open"
    ]


@pytest.mark.parametrize(
    ("authors", "persons", "agencies"),
    [
        ("Von Ida Kern und Ben Muster", ("Ida Kern", "Ben Muster"), ()),
        ("dpa", (), ("dpa",)),
        (["Ida Kern", {"name": "Ben Muster"}, 7], ("Ida Kern", "Ben Muster"), ()),
        (None, (), ()),
    ],
)
def test_authors(authors: object, persons: tuple[str, ...], agencies: tuple[str, ...]) -> None:
    item = article({"text": TEXT, "authors": authors})
    assert (item.authors, item.credits) == (persons, agencies)


def test_one_bad_line_is_one_rejection_and_not_the_end(tmp_path: Path) -> None:
    lines = [LINE, '{"text": "abge', "", "[1]", '{"text": " "}', '{"titel": "x"}', '{"text": 7}', "\0\x01", LINE]
    items = read(written(tmp_path / "a.jsonl", "\n".join(lines)))
    assert told(items) == [
        ("1", TEXT),
        ("2", "damaged"),
        ("4", "damaged"),
        ("5", "empty"),
        ("6", "no article"),
        ("7", "empty"),
        ("8", "damaged"),
        ("9", TEXT),
    ]
    assert [i.detail for i in items if isinstance(i, Rejected)][3] == "neither text nor html; it has titel"


def test_a_line_without_end_is_passed_over(tmp_path: Path) -> None:
    long = json.dumps({"text": "Der Hund. " * 300})
    path = written(tmp_path / "a.jsonl", f"{LINE}\n{long}\n{LINE}\n{long}")
    items = read(path, max_bytes=1000)
    assert told(items) == [("1", TEXT), ("2", "too large"), ("3", TEXT), ("4", "too large")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_of_lines_and_tables(tmp_path: Path, encoding: str) -> None:
    text = "„Größe“, sagte die Ärztin über die Straße nach Öd, sei für Übel wie süße Äpfel ein Maß."
    lines = "".join(json.dumps({"text": text, "outlet": "Bötzow"}, ensure_ascii=False) + "\r\n" for _ in range(3))
    items = read(written(tmp_path / "a.jsonl", lines.encode(encoding)))
    items += read(written(tmp_path / "a.csv", f"Überschrift;Artikeltext\r\nBö;{text}\r\n".encode(encoding)))
    assert [(i.text, i.outlet, i.title) for i in items if isinstance(i, Article)] == [
        *[(text, "Bötzow", None)] * 3,
        (text, None, "Bö"),
    ]


@pytest.mark.parametrize("document", [f"[{LINE},\n {LINE}, 7]", f"{LINE}\n{LINE}\n7", f"\n{LINE}\n\n{LINE}\nx"])
def test_a_json_file_is_a_list_or_lines(tmp_path: Path, document: str) -> None:
    items = read(written(tmp_path / "a.json", document))
    assert [text for _, text in told(items)] == [TEXT, TEXT, "damaged"]
    assert [text for _, text in told(read(written(tmp_path / "noname", document)))] == [TEXT, TEXT, "damaged"]


def test_a_json_file_is_one_article(tmp_path: Path) -> None:
    for document in (LINE, f"\n{LINE}\n", LINE.replace(",", ",\n")):
        (item,) = read(written(tmp_path / "a.json", document))
        assert (item.origin, getattr(item, "text", None)) == (f"{tmp_path}/a.json", TEXT)
    assert told(read(written(tmp_path / "a.json", " \n\n"))) == [("", "empty")]
    assert told(read(written(tmp_path / "a.json", '{"text": '))) == [("1", "damaged")]


def test_nan_and_deep_nesting(tmp_path: Path) -> None:
    deep = '{"text": "x", "a": ' + "[" * 100_000 + "]" * 100_000 + "}"
    items = read(
        written(tmp_path / "a.jsonl", f'{{"text": "{TEXT}", "outlet": NaN, "published": NaN}}\n{deep}\n{LINE}')
    )
    assert told(items) == [("1", TEXT), ("2", "damaged"), ("3", TEXT)]


def test_standard_input_is_told_by_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<!doctype html><html><body><p>{PARAGRAPH}</p></body></html>"
    for data, expected in ((f"{LINE}\n{LINE}\n", [TEXT, TEXT]), (page, [PARAGRAPH]), (PARAGRAPH, [PARAGRAPH])):
        for packed in (data.encode(), *(pack(data.encode()) for pack in PACKING.values())):
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(packed)))
            items = list(read_paths(["-"]))
            assert [i.text if isinstance(i, Article) else i for i in items] == expected


class Slow(io.RawIOBase):
    """Lines that come one by one, and what has been given so far."""

    def __init__(self, lines: list[bytes]) -> None:
        self.lines = lines
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.given == len(self.lines):
            return 0
        line = self.lines[self.given]
        self.given += 1
        buffer[: len(line)] = line
        return len(line)


def test_lines_are_read_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow([f"{LINE}\n".encode()] * 5)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(slow)))
    items = read_paths(["-"])
    assert isinstance(next(items), Article)
    assert slow.given == 1


def test_one_article_is_asked_for_and_there_are_more(tmp_path: Path) -> None:
    item = read_file(written(tmp_path / "a.jsonl", f"{LINE}\n{LINE}\n"))
    assert isinstance(item, Rejected)
    assert "more than one" in item.detail


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_tables_of_every_dialect(tmp_path: Path, separator: str) -> None:
    text = f'„Nein“, sagte sie; {separator} "so" nicht.\n\nDer zweite Absatz ist da.'
    out = io.StringIO()
    rows = csv.writer(out, delimiter=separator)
    rows.writerows(
        [["Nr.", "Zeitung", "Artikeltext", "Datum"], ["1", "Bote", text, "2025-02-04"], [], ["2", "Bote", TEXT]]
    )
    items = read(written(tmp_path / "a.tsv", out.getvalue()))
    assert told(items) == [("2", text), ("6", TEXT)]
    assert [(i.outlet, i.published) for i in items if isinstance(i, Article)] == [
        ("Bote", "2025-02-04"),
        ("Bote", None),
    ]


def test_one_bad_row_is_one_rejection(tmp_path: Path) -> None:
    rows = [
        "text,outlet",
        f"{TEXT},Bote",
        "eins,zwei,drei",
        ",Bote",
        f'"{"a" * 2000}",Bote',
        f"{TEXT},Bote",
        '"offen,Bote',
    ]
    items = read(written(tmp_path / "a.csv", "\n".join(rows)), max_bytes=1000)
    assert told(items)[:5] == [("2", TEXT), ("3", "damaged"), ("4", "no article"), ("5", "too large"), ("6", TEXT)]


@pytest.mark.parametrize(
    ("table", "reason"),
    [("", "empty"), ("\n\n", "empty"), ("a,b\n1,2\n", "no article"), ("text\n", None), ("x" * 5000, "empty")],
)
def test_a_table_that_is_none(tmp_path: Path, table: str, reason: str | None) -> None:
    items = read(written(tmp_path / "a.csv", table), max_bytes=1000)
    assert [i.reason for i in items if isinstance(i, Rejected)] == ([reason] if reason else [])


def test_parquet(tmp_path: Path) -> None:
    moment = datetime(2025, 2, 4, 15, 20, tzinfo=UTC)
    table = pa.table(
        {
            "Text": pa.array([PARAGRAPH, None, SECOND], pa.large_string()),
            "outlet": pa.array(["Bote", "Bote", "Blatt"]).dictionary_encode(),
            "authors": [["Ida Kern"], None, ["Ben Muster", "Uwe Behm"]],
            "published": pa.array([moment, None, moment], pa.timestamp("ns", "UTC")),
            "size": [1, 2, 3],
        }
    )
    path = tmp_path / "a.parquet"
    parquet.write_table(table, path, row_group_size=2)
    first, second, third = read(path)
    assert isinstance(first, Article)
    assert isinstance(third, Article)
    assert (first.text, first.outlet, first.authors) == (PARAGRAPH, "Bote", ("Ida Kern",))
    assert first.published == "2025-02-04T15:20:00+00:00"
    assert (first.origin, third.origin, third.text) == (f"{path}:1", f"{path}:3", SECOND)
    assert isinstance(second, Rejected)
    assert (second.origin, second.reason) == (f"{path}:2", "no article")
    day = pa.table({"html": [f"<html><body><p>{PARAGRAPH}</p></body></html>".encode()], "datum": [date(2025, 2, 4)]})
    parquet.write_table(day, path)
    (item,) = read(path)
    assert isinstance(item, Article)
    assert (item.text, item.published) == (PARAGRAPH, "2025-02-04")


def test_damaged_parquet_gives_the_groups_that_are_whole(tmp_path: Path) -> None:
    texts = [f"Der Text {n} ist da. {PARAGRAPH}" for n in range(30)]
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"text": texts}), path, row_group_size=10, use_dictionary=False, compression="gzip")
    start = parquet.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + 200] = b"\xff" * 200
    path.write_bytes(data)
    items = read(path)
    assert [i.text for i in items if isinstance(i, Article)] == texts[:10] + texts[20:]
    assert [(i.origin, i.reason) for i in items if isinstance(i, Rejected)] == [(f"{path}:11", "damaged")]
    assert [i.reason for i in read(written(path, bytes(data[:300]))) if isinstance(i, Rejected)] == ["damaged"]
    parquet.write_table(pa.table({"a": [1]}), path)
    assert [i.reason for i in read(path) if isinstance(i, Rejected)] == ["no article"]


def test_parquet_that_cannot_be_sought_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    parquet.write_table(pa.table({"text": [TEXT, TEXT]}), out)
    packed = read(written(tmp_path / "a.parquet.gz", PACKING[".gz"](out.getvalue())))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(out.getvalue())))
    piped = list(read_paths(["-"]))
    assert [text for _, text in told(packed)] == [text for _, text in told(piped)] == [TEXT, TEXT]


@pytest.mark.parametrize(
    ("first", "is_table"),
    [
        ("text,title", True),
        ("\ufeffTitel;Volltext;Zeitung", True),
        ("url\thtml", True),
        ("Text, Bild und Ton", False),
        ("text", False),
        ("title,author", False),
        (", ".join(["text", "title"] + ["wort"] * 1000), False),
    ],
)
def test_a_table_without_a_name_is_known_by_its_first_row(tmp_path: Path, first: str, is_table: bool) -> None:
    cells = {"volltext": TEXT, "text": TEXT, "html": f"<p>{PARAGRAPH}</p>", "\ufefftitel": "Bad"}
    separator = next((one for one in ";\t" if one in first), ",")
    row = separator.join(f'"{cells.get(name.strip().lower(), "x")}"' for name in first.split(separator))
    (item,) = read(written(tmp_path / "table", f"{first}\n{row}\n"))
    assert isinstance(item, Article)
    assert item.origin.endswith(":2") == is_table
    assert (item.text in {TEXT, PARAGRAPH}) == is_table


@pytest.mark.parametrize("suffix", PACKING)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.csv", "a"])
def test_packed_files_read_as_unpacked_ones(tmp_path: Path, suffix: str, name: str) -> None:
    page = f"<html><body><p>{PARAGRAPH}</p></body></html>"
    data = {"a.html": page, "a.jsonl": f"{LINE}\n" * 3, "a.csv": f"text\n{TEXT}\n"}.get(name, PARAGRAPH).encode()
    plain = read(written(tmp_path / name, data))
    pack = PACKING[suffix]
    path = written(tmp_path / (name + suffix), pack(data[:20]) + pack(data[20:]))
    packed = read(path)
    assert [text for _, text in told(packed)] == [text for _, text in told(plain)]
    assert all(isinstance(item, Article) and item.origin.startswith(str(path)) for item in packed)


@pytest.mark.parametrize("suffix", PACKING)
def test_what_is_cut_off_gives_what_is_there_and_one_rejection(tmp_path: Path, suffix: str) -> None:
    lines = "".join(json.dumps({"text": f"Der {n}. Text ist da. {n * 7919**5}"}) + "\n" for n in range(20_000)).encode()
    packed = PACKING[suffix](lines)
    path = written(tmp_path / f"a.jsonl{suffix}", packed[: len(packed) * 9 // 10])
    items = read(path)
    assert len(items) > 1000 or suffix in {".bz2", ".zst"}
    assert all(isinstance(item, Article) for item in items[:-1])
    last = items[-1]
    assert isinstance(last, Rejected)
    assert (last.origin, last.reason) == (str(path), "damaged")
    (alone,) = read(written(tmp_path / f"a.txt{suffix}", packed[: len(packed) // 2]))
    assert isinstance(alone, Rejected)
    assert alone.reason == "damaged"


@settings(max_examples=60, deadline=None)
@example(b"\r\0", ".csv")
@example(b"text," + b"x" * 200_000, ".csv")
@given(
    st.binary(max_size=300), st.sampled_from([".jsonl", ".json", ".csv", ".parquet", ".warc", ".rss", ".xml", ".gz"])
)
def test_no_bytes_raise(data: bytes, suffix: str) -> None:
    starts = {".parquet": b"PAR1", ".warc": b"WARC/1.0\r\n", ".rss": b"<rss>", ".gz": b"\x1f\x8b\x08", ".json": b"{"}
    for content in (data, starts.get(suffix, b"text,html\n") + data):
        item = read_bytes(content, origin="a", suffix=suffix)
        assert isinstance(item, Article | Rejected)


@pytest.mark.parametrize("kind", ["jsonl", "csv", "warc"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, kind: str) -> None:
    """20 MB of records, packed to few bytes, in less than 4 MB."""
    other = "x" * 100_000
    http = f"HTTP/1.1 404 x\r\n\r\n{other}"
    record = {
        "jsonl": f'{{"text": " ", "topic": "{other}"}}\n',
        "csv": f" ,{other}\n",
        "warc": f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {len(http)}\r\n\r\n{http}\r\n\r\n",
    }[kind]
    head = "text,topic\n" if kind == "csv" else ""
    path = written(tmp_path / f"a.{kind}.gz", PACKING[".gz"]((head + record * 200).encode()))
    next(iter(read_paths([path])))  # what is imported and compiled at first use
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_paths([path])) == 200
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
