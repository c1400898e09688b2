"""How quick a corpus is: adding against reading alone, a hundred thousand articles with flat memory, answers.

    python benchmarks/corpus.py ../shared/data/text-de/derstandard.jsonl.xz [--articles 100000] [--corpus FILE-OR-URL]

The many articles are made by recombining paragraphs of those in the file, with the quotations found in them, so that
the store and not the reader is measured; the first part measures both together. Answers are those of a fresh process's
first question and of the median of several.
"""

import argparse
import hashlib
import json
import lzma
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import inquit
from inquit.corpus import open_corpus
from inquit.records import Quotation, SearchQuery, SourceQuery, Span, Spans
from inquit.store import Entry, open_store
from inquit.workers import default_workers

BATCH = 64
CHARACTERS = 450
"""Length from which a sentence ends a paragraph; the file's texts have none of their own."""

_END = re.compile(r"[.!?]\s+")

PARAGRAPHS = 5
"""Paragraphs of one made-up article."""

Paragraph = tuple[str, tuple[Quotation, ...]]

QUESTIONS = {
    "a rare word": SearchQuery(words="Tunnelbohrmaschine"),
    "a common word": SearchQuery(words="nicht"),
    "two common words": SearchQuery(words="werden haben"),
    "a beginning": SearchQuery(words="Regierung"),
    "a phrase": SearchQuery(words='"in den nächsten"'),
    "common words by time": SearchQuery(words="werden", sort="time"),
    "a speaker": SearchQuery(speaker="Faymann", limit=50),
    "a word of a type": SearchQuery(words="werden", type="Direct"),
    "a word of a month": SearchQuery(words="werden", since="2015-03", until="2015-03"),
    "denials": SearchQuery(stance="deny"),
    "disputed by outlet": SearchQuery(disputed=True, outlet="Blatt 7"),
    "articles": SearchQuery(words="Österreich", among="articles"),
}


def texts(path: Path) -> list[str]:
    """The texts of a JSON Lines file, xz-compressed or not."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def article(text: str) -> inquit.Article:
    """An article of a text."""
    identifier = hashlib.sha256(text.encode()).hexdigest()[:16]
    return inquit.Article(id=identifier, origin="benchmark", text=text, language="de")


def against_reading(articles: list[inquit.Article], folder: Path) -> dict[str, float]:
    """Seconds of reading alone, in one process, and of adding with one process and with the default.

    Seconds of this process's own work, too: those are the same on a machine that does other things meanwhile.
    """
    inquit.read_article(articles[0])
    start, own = time.perf_counter(), time.process_time()
    for one in articles:
        inquit.read_article(one)
    figures = {"seconds_reading": time.perf_counter() - start, "own_reading": time.process_time() - own}
    for workers in sorted({1, default_workers()}):
        with open_corpus(folder / f"against-{workers}.db", create=True) as corpus:
            start, own = time.perf_counter(), time.process_time()
            n = sum(1 for _ in corpus.add_articles(articles, workers=workers))
            assert n == len(articles)
        figures[f"seconds_adding_{workers}"] = time.perf_counter() - start
        figures[f"own_adding_{workers}"] = time.process_time() - own
        figures[f"ratio_{workers}"] = figures[f"seconds_adding_{workers}"] / figures["seconds_reading"]
    return {name: round(value, 3) for name, value in figures.items()}


def paragraphs(articles: list[inquit.Article]) -> Iterator[Paragraph]:
    """The paragraphs of articles, each with the quotations that lie in it, as if it were an article."""
    for one in articles:
        ledger = inquit.read_article(one)
        begin = 0
        while begin < len(one.text):
            found = _END.search(one.text, begin + CHARACTERS)
            end = found.end() if found else len(one.text)
            line = one.text[begin:end]
            within = [q for q in ledger.quotations if q.quote and begin <= q.quote[0].begin and q.quote[-1].end <= end]
            if len(line.split()) > 8:
                yield line.rstrip() + "\n\n", tuple(shifted(q, -begin, len(line)) for q in within)
            begin = end


def shifted(quotation: Quotation, by: int, length: int) -> Quotation:
    """A quotation moved; what is outside of its paragraph is cut off."""

    def moved(spans: Spans) -> Spans:
        return tuple(Span(b + by, e + by) for b, e in spans if b + by >= 0 and e + by <= length)

    chain = tuple(replace(s, mention=(moved((s.mention,)) or (Span(0, 1),))[0]) for s in quotation.chain)
    roles: dict[str, Any] = {
        name: moved(getattr(quotation, name)) for name in ("quote", "speaker", "cue", "frame", "addressee", "hedges")
    }
    return replace(quotation, **roles, chain=chain, parent=None, disputes=(), supports=())


def recombined(parts: list[Paragraph], n: int) -> Iterator[Entry]:
    """Articles of random paragraphs; every second statement of an article disputes the one before it."""
    chance = random.Random(1)
    for number in range(n):
        text = ""
        quotations: list[Quotation] = []
        for words, found in chance.choices(parts, k=PARAGRAPHS):
            for one in found:
                moved = shifted(one, len(text), sys.maxsize)
                at = len(quotations)
                quotations.append(replace(moved, id=at, disputes=(at - 1,) if at % 4 == 3 else ()))
            text += words
        made = replace(
            article(text),
            url=f"https://blatt{number % 50}.example/{number}",
            outlet=f"Blatt {number % 50}",
            published=f"2015-{number % 12 + 1:02}-{number % 28 + 1:02}T{number % 24:02}:{number % 60:02}:00+01:00",
        )
        yield Entry(article=made, quotations=tuple(quotations))


def many(parts: list[Paragraph], n: int, corpus: str) -> dict[str, object]:
    """Time and memory of putting `n` made-up articles in."""
    memory: dict[int, int] = {}
    start = time.perf_counter()
    busy = 0.0
    with open_store(corpus, create=True) as store:
        batch: list[Entry] = []
        for number, entry in enumerate(recombined(parts, n), start=1):
            batch.append(entry)
            if len(batch) == BATCH or number == n:
                begin = time.perf_counter()
                store.keep(batch, reader="benchmark")
                busy += time.perf_counter() - begin
                batch = []
            if number % max(1, n // 5) == 0:
                memory[number] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        statements = store.count().statements
    size = Path(corpus).stat().st_size // 2**20 if Path(corpus).exists() else None
    return {
        "articles": n,
        "statements": statements,
        "seconds": round(time.perf_counter() - start, 1),
        "seconds_in_store": round(busy, 1),
        "articles_per_second": round(n / busy),
        "peak_memory_mb": memory,
        "file_mb": size,
    }


def answers(corpus: str) -> dict[str, object]:
    """Milliseconds to each answer: the first, and the median of nine more."""
    figures: dict[str, object] = {}

    def timed(name: str, ask: object) -> None:
        assert callable(ask)
        took = []
        for _ in range(10):
            start = time.perf_counter()
            found = len(ask())
            took.append((time.perf_counter() - start) * 1000)
        figures[name] = {"first": round(took[0]), "median": round(statistics.median(took[1:])), "hits": found}

    with open_store(corpus) as store:
        for name, query in QUESTIONS.items():
            timed(name, lambda query=query: store.search(query))
        timed("sources", lambda: store.sources(SourceQuery()))
        timed("anonymous sources", lambda: store.sources(SourceQuery(naming="anonymous")))
        timed("sources by name", lambda: store.sources(SourceQuery(name="fay")))
        timed("sources of an outlet", lambda: store.sources(SourceQuery(outlet="Blatt 7")))
        hit = store.search(SearchQuery(words="werden", limit=1))[0]
        timed("an article", lambda: [store.article(hit.article)])
    return figures


def main() -> None:
    """Print all figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument(
        "--read", type=int, default=1_028, help="articles of the comparison with reading; 0 leaves it out"
    )
    parser.add_argument("--corpus", help="where the many articles go; a file of their own by default")
    options = parser.parse_args()
    articles = [article(text) for text in texts(options.texts)]
    with tempfile.TemporaryDirectory() as folder:
        corpus = options.corpus or str(Path(folder) / "many.db")
        figures: dict[str, object] = {}
        if options.read:
            figures["against_reading"] = against_reading(articles[: options.read], Path(folder))
        parts = list(paragraphs(articles[:300]))
        figures["many"] = many(parts, options.articles, corpus)
        figures["answers_ms"] = answers(corpus)
    print(json.dumps(figures, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
