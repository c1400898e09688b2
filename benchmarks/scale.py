"""From which size on Spark pays: one machine and Spark `local[2]` side by side, reading and comparing.

    python -m benchmarks.scale TEXT_DE [--read 1000,10000,100000] [--compare 1000,10000,100000] [--tasks spark,one]

TEXT_DE is the folder of plain German texts. What is read are articles of two paragraphs as JSON Lines, put together
from the paragraphs of its newspaper articles. What is compared are the articles of `benchmarks.copies`, with planted
copies, and a few statements each that are taken as read. One machine reads as `inquit add` does, in two processes, and
compares as `inquit.stories.find_stories` does, in one. Each measurement runs in processes of its own. Memory is the
largest sum of what they hold, seen four times a second; seconds are wall clock, with the start of Spark.
Prints one JSON object a measurement.
"""

import argparse
import json
import lzma
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.comparing import entry
from benchmarks.copies import corpus
from inquit.exports import ledgertable
from inquit.exports.ledgertable import LEDGER_COLUMNS, REJECT_COLUMNS, Entry
from inquit.ledger import Ledger

SEED = 20250305
PARAGRAPHS = 2
"""Paragraphs of an article that is put together."""

FILE_ROWS = 5_000
"""Rows of one file of ledgers."""

_PARAGRAPH = re.compile(r"\S[^\n]{200,}?[.!?](?=\s|$)")
"""A text in parts of some sentences; the texts of the folder have no paragraphs of their own."""

OUTLETS = 60


def articles(folder: Path, size: int, path: Path) -> None:
    """Write `size` articles as JSON Lines, each of other paragraphs."""
    with lzma.open(folder / "derstandard.jsonl.xz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    chance = random.Random(SEED)
    pool = [part[0] for text in texts for part in _PARAGRAPH.finditer(text)]
    with path.open("w", encoding="utf-8") as file:
        for number in range(size):
            text = "\n\n".join(chance.sample(pool, PARAGRAPHS))
            record = {"text": text, "outlet": f"Blatt {number % OUTLETS}", "url": f"https://blatt.example/{number}"}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def ledgers(folder: Path, size: int, output: Path) -> None:
    """Write a result with `size` ledgers, as reading on Spark leaves it."""
    from pyarrow import Table, parquet

    rows = []
    for position, article in enumerate(corpus(folder, size).articles):
        made = entry(article)
        ready = Entry(article=made.article, quotations=made.quotations, summary=made.summary, reader="benchmark")
        rows.append(ledgertable.entry_row(ready, position))
    for name, columns in (("ledgers", LEDGER_COLUMNS), ("rejects", REJECT_COLUMNS)):
        (output / name).mkdir(parents=True)
        for begin in range(0, len(rows) if name == "ledgers" else 1, FILE_ROWS):
            part = rows[begin : begin + FILE_ROWS] if name == "ledgers" else []
            table = Table.from_batches([ledgertable.batch(part, columns)])
            parquet.write_table(table, output / name / f"part-{begin:08d}.parquet", compression="zstd")
        (output / name / "_SUCCESS").touch()


def compare_alone(output: Path) -> None:
    """All stories of the ledgers of a result, on one machine."""
    from inquit.records import Rejected, Summary
    from inquit.stories import find_stories

    nothing = Summary(statements=0, primary_sources=(), unnamed_share=0.0, relayed_share=0.0, unsourced_share=0.0)
    held = [
        Ledger(article=one.article, quotations=one.quotations, summary=one.summary or nothing)
        for one in ledgertable.read_ledgers(output)
        if not isinstance(one, Rejected)
    ]
    begin = time.perf_counter()
    found = find_stories(held)
    seconds = round(time.perf_counter() - begin, 1)
    print(json.dumps({"find_stories": seconds, "stories": len(found), "claims": sum(len(one.claims) for one in found)}))


class Watched(threading.Thread):
    """The most that a process and all below it have held at once, in megabytes, and their processor seconds."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._ticks: dict[int, int] = {}
        self._pid = pid
        self._end = threading.Event()

    def run(self) -> None:
        """Look until it is enough."""
        while not self._end.wait(0.25):
            processes = list(_below(self._pid))
            self.most = max(self.most, sum(map(_resident, processes)) / 1e6)
            self._ticks |= {pid: max(self._ticks.get(pid, 0), _ticks(pid)) for pid in processes}

    @property
    def processor(self) -> float:
        """Seconds of all processes, but for the last quarter of one."""
        return sum(self._ticks.values()) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """It is enough."""
        self._end.set()
        self.join()


def _below(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                yield from _below(int(child))
    except OSError:
        return


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    except (OSError, IndexError):
        return 0


def _resident(pid: int) -> int:
    """What is its own, and a share of what it has in common with others."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def measured(name: str, size: int, command: list[str]) -> dict[str, object]:
    """Seconds, articles a second and memory of a program; what it says of its stages."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    watched = Watched(process.pid)
    watched.start()
    out, told = process.communicate()
    seconds = time.perf_counter() - begin
    watched.stop()
    if process.returncode:
        print(told, file=sys.stderr)
    stages = {
        line.removeprefix("inquit: ").partition(":")[0]: float(line.split()[-2])
        for line in told.splitlines()
        if ": done in " in line
    }
    return {
        "what": name,
        "articles": size,
        "status": process.returncode,
        "seconds": round(seconds, 1),
        "processor_seconds": round(watched.processor, 1),
        "articles_per_second": round(size / seconds, 1),
        "memory_mb": round(watched.most),
        "stages": stages,
        "says": out.strip()[-200:],
        "load": round(os.getloadavg()[0], 1),
    }


def disk(output: Path) -> dict[str, int]:
    """Kilobytes of each stage of a result."""
    return {
        stage.name: sum(path.stat().st_size for path in stage.rglob("*") if path.is_file()) // 1024
        for stage in sorted(output.iterdir())
        if stage.is_dir()
    }


def reading(folder: Path, size: int, tasks: list[str]) -> Iterator[dict[str, object]]:
    """Read `size` articles both ways."""
    with tempfile.TemporaryDirectory() as name:
        path, output = Path(name, "a.jsonl"), Path(name, "out")
        articles(folder, size, path)
        program = [sys.executable, "-m", "inquit"]
        if "one" in tasks:
            yield measured(
                "read, one machine", size, [*program, "add", str(path), "--corpus", f"{name}/c.db", "--workers", "2"]
            )
        if "spark" in tasks:
            found = measured(
                "read, Spark", size, [*program, "spark", "read", str(path), str(output), "--master", "local[2]"]
            )
            yield {**found, "disk_kb": disk(output)}


def comparing(folder: Path, size: int, tasks: list[str]) -> Iterator[dict[str, object]]:
    """Compare `size` articles both ways."""
    with tempfile.TemporaryDirectory() as name:
        output = Path(name, "out")
        ledgers(folder, size, output)
        if "one" in tasks:
            yield measured(
                "compare, one machine", size, [sys.executable, "-m", "benchmarks.scale", "--alone", str(output)]
            )
        if "spark" in tasks:
            program = [sys.executable, "-m", "inquit", "spark", "compare", str(output), "--master", "local[2]"]
            yield {**measured("compare, Spark", size, program), "disk_kb": disk(output)}


def numbers(text: str) -> list[int]:
    """Sizes, as the command line has them."""
    return [int(part) for part in text.split(",") if part]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="TEXT_DE")
    parser.add_argument("--read", type=numbers, default=[1000, 10_000, 100_000])
    parser.add_argument("--compare", type=numbers, default=[1000, 10_000, 100_000])
    parser.add_argument("--tasks", type=lambda text: text.split(","), default=["one", "spark"])
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        compare_alone(asked.folder)
        return
    for sizes, measure in ((asked.read, reading), (asked.compare, comparing)):
        for size in sizes:
            for found in measure(asked.folder, size, asked.tasks):
                print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
