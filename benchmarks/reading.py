"""How quick reading is: words a second, memory, growth with length, and the ratio to text extraction in the same run.

    python benchmarks/reading.py ../shared/data/text-de/derstandard.jsonl.xz

Words are runs of characters between white space. Reading is `inquit.read_many` of the file, as `inquit read` does it;
one by one is `inquit.read_article`, without batches. Where other programs share the processor, words a processor second
say more than words a second. The ratio divides the time of reading by the time trafilatura takes to extract the same
articles from plain HTML pages, in the same process, one after the other.
"""

import html
import json
import lzma
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import trafilatura

import inquit

PIECES = ("„", "'Wort ", "„Wort‚ ", "„Wort\n\n", "Muster sagte, es sei gut, ", "nach Angaben der Polizei ", "( , ")
REPEATS = 400
"""Pieces that make the worst of a text, and how often the shorter of two texts repeats them."""

LENGTHS = (1_000, 10_000, 100_000)
"""Words of the made-up articles that show how time grows."""


def texts(path: Path) -> list[str]:
    """The texts of a JSON Lines file, xz-compressed or not."""
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    return [json.loads(line)["text"] for line in data.decode().splitlines()]


def growth_of_pieces() -> dict[str, float]:
    """How many times longer ten times as many pieces of a hostile text take; 10 is linear."""
    ratios = {}
    for piece in PIECES:
        short, long = seconds(read, [piece * REPEATS]), seconds(read, [piece * REPEATS * 10])
        ratios[piece] = round(long / short, 1)
    return ratios


def page(text: str) -> str:
    """A plain HTML page of `text`."""
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n") if part.strip())
    return f"<html><head><title>Artikel</title></head><body><article>{paragraphs}</article></body></html>"


def seconds(function: Callable[[str], object], inputs: Iterable[str]) -> float:
    """Wall-clock seconds of `function` over all inputs."""
    start = time.perf_counter()
    for item in inputs:
        function(item)
    return time.perf_counter() - start


def read(text: str) -> inquit.Ledger:
    """The ledger of a text, without detection of the language."""
    return inquit.read_article(inquit.Article(id="benchmark", origin="benchmark", text=text, language="de"))


def startup() -> dict[str, float]:
    """Seconds to import Inquit and to read one example from the command line."""
    example = next((Path(__file__).parent.parent / "examples").glob("*.txt"))
    commands = {
        "import inquit": [sys.executable, "-c", "import inquit"],
        "python alone": [sys.executable, "-c", "pass"],
        "inquit read": [sys.executable, "-m", "inquit", "read", str(example)],
    }
    times = {}
    for name, command in commands.items():
        times[name] = round(min(run_seconds(command) for _ in range(5)), 3)
    return times


def run_seconds(command: list[str]) -> float:
    """Wall-clock seconds of a program."""
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start


def main(path: Path) -> None:
    """Print all figures as JSON."""
    articles = texts(path)
    words = sum(len(text.split()) for text in articles)
    read(articles[0])
    start, used = time.perf_counter(), time.process_time()
    rejected = sum(isinstance(item, inquit.Rejected) for item in inquit.read_many([path]))
    reading, used = time.perf_counter() - start, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    one_by_one = seconds(read, articles)
    extracting = seconds(lambda text: trafilatura.extract(page(text), deduplicate=False), articles)
    everything = " ".join(articles).split()
    growth = {n: round(seconds(read, [" ".join(everything[:n])]), 3) for n in LENGTHS}
    figures = {
        "articles": len(articles),
        "words": words,
        "rejected": rejected,
        "words_per_second": round(words / reading),
        "words_per_processor_second": round(words / used),
        "words_per_second_one_by_one": round(words / one_by_one),
        "seconds_reading": round(reading, 2),
        "seconds_extracting": round(extracting, 2),
        "ratio_to_extraction": round(reading / extracting, 2),
        "seconds_by_words": growth,
        "growth_of_hostile_pieces": growth_of_pieces(),
        "peak_memory_mb_reading": memory,
        "seconds_to_start": startup(),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
