"""WARC: each page is an article or one rejection that names the record and the address."""

import gzip
import io
import zlib
from pathlib import Path

import pytest
from packing import PACKING
from scrapes import PARAGRAPH, SECOND
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from inquit.readers import Limits, read_paths
from inquit.records import Article, Rejected

URL = "https://landbote.example/bad"
PAGE = (
    f"<html><head><title>Halt am Bad</title></head><body><h1>Halt am Bad</h1><p>{PARAGRAPH}</p></body></html>".encode()
)
HTML = "Content-Type: text/html; charset=utf-8"


def record(
    content: bytes, *, kind: str = "response", url: str = URL, more: str = "", length: int | None = None
) -> bytes:
    size = len(content) if length is None else length
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}{more}Content-Length: {size}\r\n\r\n"
    return head.encode() + content + b"\r\n\r\n"


def http(body: bytes = PAGE, *headers: str, status: str = "200 OK", end: str = "\r\n") -> bytes:
    return end.join((f"HTTP/1.1 {status}", *(headers or (HTML,)), "", "")).encode() + body


def read(tmp_path: Path, data: bytes, name: str = "a.warc", **limits: int) -> list[Article | Rejected]:
    (tmp_path / name).write_bytes(data)
    return list(read_paths([tmp_path / name], limits=Limits(**limits)))


def only(tmp_path: Path, data: bytes) -> Article | Rejected:
    (item,) = read(tmp_path, data)
    return item


def places(items: list[Article | Rejected]) -> list[tuple[str, str]]:
    return [(i.origin.rpartition(":")[2], "article" if isinstance(i, Article) else i.reason) for i in items]


def test_a_page_is_an_article_with_its_address(tmp_path: Path) -> None:
    item = only(tmp_path, record(b"software: test\r\n", kind="warcinfo", url="") + record(http()))
    assert isinstance(item, Article)
    assert item.text == f"Halt am Bad\n\n{PARAGRAPH}"
    assert (item.url, item.title, item.origin) == (URL, "Halt am Bad", f"{tmp_path}/a.warc:2")


@pytest.mark.parametrize("suffix", PACKING)
def test_packed_record_by_record(tmp_path: Path, suffix: str) -> None:
    pack = PACKING[suffix]
    items = read(tmp_path, pack(record(http())) + pack(record(http())), f"a.warc{suffix}")
    assert places(items) == [("1", "article"), ("2", "article")]


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n1;note=x\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (9, body[:9], body[9:10], len(body) - 10, body[10:])


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE), ("Content-Encoding: gzip",)),
        (zlib.compress(PAGE), ("content-encoding: deflate",)),
        (zlib.compress(PAGE, wbits=-15), ("Content-Encoding: deflate",)),
        (chunked(PAGE), ("Transfer-Encoding: chunked",)),
        (chunked(gzip.compress(PAGE)), ("Transfer-Encoding: chunked", "Content-Encoding: gzip")),
        (PAGE, ("Transfer-Encoding: chunked", "Content-Encoding: gzip")),
        (PAGE, ("X-Crawler-Content-Encoding: gzip",)),
        (PAGE.decode().encode("cp1252"), ("X: y",)),
    ],
)
def test_codings_of_the_transfer(tmp_path: Path, body: bytes, headers: tuple[str, ...]) -> None:
    declared = "Content-Type: text/html" if headers == ("X: y",) else HTML
    item = only(tmp_path, record(http(body, declared, *headers)))
    assert isinstance(item, Article), item
    assert PARAGRAPH in item.text


def test_the_server_names_the_encoding(tmp_path: Path) -> None:
    text = PARAGRAPH + " ƒ—Ÿ"
    item = only(
        tmp_path,
        record(
            http(f"<html><body><p>{text}</p></body></html>".encode("utf-16-le"), HTML.replace("utf-8", "utf-16-le"))
        ),
    )
    assert isinstance(item, Article)
    assert item.text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (record(http(status="404 Not Found")), "no article"),
        (record(http(b"<html><body><ul><li>Start</ul></body></html>")), "no article"),
        (record(http(b"")), "empty"),
        (record(http(b"\x89PNG\r\n", "Content-Type: image/png")), "unsupported"),
        (record(http(b"\x0b\x02\x80", HTML, "Content-Encoding: br")), "unsupported"),
        (record(b"no http"), "damaged"),
        (record(b"1.2.3.4", url="dns:landbote.example"), "unsupported"),
        (record(PARAGRAPH.encode(), kind="conversion"), "unsupported"),
        (record(http(PAGE + b" " * 100_000)), "too large"),
        (record(http(gzip.compress(PAGE + b" " * 100_000), HTML, "Content-Encoding: gzip")), "too large"),
        (record(http(), length=9_000_000), "damaged"),
        (record(http(), length=-1), "damaged"),
        (record(http()).replace(b"Content-Length", b"Content-Width"), "damaged"),
    ],
)
def test_what_is_no_article_is_refused_with_a_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    items = read(tmp_path, record(http()) + data, max_bytes=50_000)
    assert places(items)[:2] == [("1", "article"), ("2", reason)]
    (same, *_) = (i for i in items if isinstance(i, Rejected))
    assert URL in same.detail or reason == "damaged" or "dns:" in same.detail


def test_records_that_hold_no_page_are_not_counted(tmp_path: Path) -> None:
    kinds = ("warcinfo", "request", "metadata", "revisit")
    assert read(tmp_path, b"".join(record(b"x", kind=kind) for kind in kinds)) == []


def test_reading_goes_on_after_damage(tmp_path: Path) -> None:
    good = record(http())
    items = read(
        tmp_path, good + b"nonsense\r\nof two lines\r\n\r\n" + good + good.replace(b"Length: ", b"Length: x") + good
    )
    assert places(items) == [("1", "article"), ("2", "damaged"), ("3", "article"), ("4", "damaged"), ("5", "article")]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_that_is_cut_off_gives_what_is_there(tmp_path: Path, pack: type[bytes]) -> None:
    pages = pack(record(http())) + pack(record(http(PAGE.replace(PARAGRAPH.encode(), SECOND.encode()))))
    items = read(tmp_path, pages[:-120])
    assert [type(item) for item in items] == [Article, Rejected]
    assert isinstance(items[1], Rejected)
    assert items[1].reason == "damaged"
    assert "cut off" in items[1].detail


def crawled(n: int) -> tuple[str, bytes, list[tuple[str, str]]]:
    """Status, body and headers of the page number `n` as a crawler meets them: one of six ways of sending it."""
    body, kind = PAGE.replace(b"Halt", b"Halt %d" % n), ("Content-Type", "text/html; charset=UTF-8")
    packed, joined = ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")
    return (
        ("200 OK", body, [kind]),
        ("200 OK", gzip.compress(body), [kind, packed]),
        ("200 OK", chunked(gzip.compress(body)), [kind, joined, packed]),
        ("200 OK", body, [kind, ("X-Crawler-Content-Encoding", "gzip"), ("Content-Length", "12")]),
        ("301 Moved Permanently", b"", [("Location", "/")]),
        ("200 OK", b"%PDF-1.4", [("Content-Type", "application/pdf")]),
    )[n % 6]


@pytest.mark.parametrize("packed", [True, False])
def test_a_crawl_written_by_another_library_as_common_crawl_keeps_it(tmp_path: Path, packed: bool) -> None:
    """With requests, metadata and revisits between the pages, each record packed by itself."""
    path = tmp_path / ("CC-NEWS.warc.gz" if packed else "CC-NEWS.warc")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a crawler"}))
        for n in range(18):
            url, (status, body, headers) = f"https://landbote.example/{n}", crawled(n)
            asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "landbote.example")], is_http_request=True)
            answered = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            told = {"WARC-Identified-Payload-Type": "text/html"}
            for record_ in (
                writer.create_warc_record(url, "request", http_headers=asked),
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body), http_headers=answered, warc_headers_dict=told
                ),
                writer.create_warc_record(
                    url,
                    "metadata",
                    payload=io.BytesIO(b"fetchTimeMs: 3\r\n"),
                    warc_content_type="application/warc-fields",
                ),
                writer.create_revisit_record(url, "sha1:A", URL, "2025-01-01T00:00:00Z", http_headers=answered),
            ):
                writer.write_record(record_)
    items = list(read_paths([path]))
    assert [i.reason if isinstance(i, Rejected) else i.url for i in items] == [
        {4: "no article", 5: "unsupported"}.get(n % 6, f"https://landbote.example/{n}") for n in range(18)
    ]
    assert {i.text for i in items if isinstance(i, Article)} == {
        f"Halt {n} am Bad\n\n{PARAGRAPH}" for n in range(18) if n % 6 < 4
    }


def test_a_page_that_the_crawler_cut_off_is_read_and_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    item = only(tmp_path, record(http(), more="WARC-Truncated: length\r\n"))
    assert isinstance(item, Article)
    assert f"{URL}: the crawler cut the page off (length)" in caplog.text


@pytest.mark.parametrize("wrong", [-40, -1, 1, 40, 3_000])
def test_a_wrong_length_costs_what_it_covers_and_is_told(tmp_path: Path, wrong: int) -> None:
    good = record(http())
    items = read(tmp_path, good + record(http(), length=len(http()) + wrong) + good * 9)
    kinds = [kind for _, kind in places(items)]
    assert kinds.count("article") >= 11 - 3_000 // len(good) - 2
    assert "damaged" in kinds or kinds == ["article"] * 11
    assert kinds[-1] == "article"


def test_a_bare_line_feed_ends_a_header_too(tmp_path: Path) -> None:
    data = record(http(end="\n")).replace(b"\r\n", b"\n")
    item = only(
        tmp_path, data.replace(f"Length: {len(http(end=chr(10)))}".encode(), b"Length: %d" % len(http(end="\n")))
    )
    assert isinstance(item, Article)
