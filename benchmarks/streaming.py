"""Whether readers keep their memory flat: gigabytes through a pipe into each, and what the process takes on the way.

    python benchmarks/streaming.py [--gigabytes 10] [jsonl csv warc.gz ...]

The files are made of one block, again and again, that is mostly what nobody reads (other columns, pictures between the
pages), as in real archives; so this measures the streams and not the reading of articles.
"""

import argparse
import gzip
import json
import lzma
import resource
import subprocess
import sys
import time
from collections.abc import Callable

from inquit import readers
from inquit.records import Article

BLOCK = 4 << 20
"""Bytes of the block that is repeated, before it is packed."""

BULK = 100_000
"""Bytes beside each article that are passed over."""

TEXT = (
    "Die Brücke bleibt nach Angaben der Stadt noch lange für den Verkehr gesperrt. „Wir bauen bis Ostern“, sagte "
    "Baurätin Ina Lohse am Montag. Die Händler in der Altstadt rechnen damit, dass viele Kunden ausbleiben."
)


def json_line() -> bytes:
    """A line of JSON with an article and a field that nobody reads."""
    return json.dumps({"text": TEXT, "raw": "x" * BULK}).encode() + b"\n"


def csv_row() -> bytes:
    """A row with an article and a cell that nobody reads."""
    return f'"{TEXT}","Brücke","{"x" * BULK}"\n'.encode()


def warc_records() -> bytes:
    """A picture, which is refused, and every forty of them a page."""
    page = f"<html><body><h1>Brücke</h1>{f'<p>{TEXT}</p>' * 4}</body></html>".encode()
    return record(b"image/png", b"\x89PNG" + b"x" * BULK) * 40 + record(b"text/html", page)


def record(kind: bytes, body: bytes) -> bytes:
    """A response as a crawler keeps it."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\n\r\n%b" % (kind, body)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: %d\r\n\r\n"
    return head % len(http) + http + b"\r\n\r\n"


CONTENT: dict[str, tuple[bytes, Callable[[], bytes]]] = {
    "jsonl": (b"", json_line),
    "csv": (b"text,title,raw\n", csv_row),
    "warc": (b"", warc_records),
}
PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gz": gzip.compress,
    "xz": lambda data: lzma.compress(data, preset=0),
}


def stream(name: str, gigabytes: float) -> dict[str, object]:
    """Send so many unpacked gigabytes of a format to a process that reads them."""
    kind, _, packing = name.partition(".")
    first, part = CONTENT[kind]
    one = part()
    block = one * max(1, BLOCK // len(one))
    packed = PACK[packing](block)
    reader = subprocess.Popen(
        [sys.executable, __file__, "--read"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    )
    assert reader.stdin is not None
    assert reader.stdout is not None
    start, sent = time.perf_counter(), 0
    if first:
        reader.stdin.write(PACK[packing](first))
    while sent < gigabytes * 1e9:
        data = memoryview(packed)
        while data:
            data = data[reader.stdin.write(data) :]
        sent += len(block)
    reader.stdin.close()
    found: dict[str, object] = json.loads(reader.stdout.read())
    reader.wait()
    seconds = time.perf_counter() - start
    return {
        "gigabytes": round(sent / 1e9, 1),
        "seconds": round(seconds),
        "megabytes_a_second": round(sent / 1e6 / seconds),
        **found,
    }


def read() -> dict[str, object]:
    """What standard input holds, and the most memory (MB) that the process had taken after each doubling of items."""
    articles = rejected = 0
    memory: dict[int, int] = {}
    for item in readers.read_paths(["-"]):
        articles += isinstance(item, Article)
        rejected += not isinstance(item, Article)
        if (articles + rejected) & (articles + rejected - 1) == 0:
            memory[articles + rejected] = peak()
    memory[articles + rejected] = peak()
    return {"articles": articles, "rejected": rejected, "peak_memory_mb_after_items": memory}


def peak() -> int:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", default=["jsonl", "csv", "warc.gz"])
    parser.add_argument("--gigabytes", type=float, default=10.0, help="unpacked")
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(read()))
        return
    print(json.dumps({name: stream(name, options.gigabytes) for name in options.formats}, indent=1))


if __name__ == "__main__":
    main()
