"""How quick a corpus is: adding against reading alone, a hundred thousand articles with flat memory, answers.

    python benchmarks/corpus.py ../shared/data/text-de/derstandard.jsonl.xz [--articles 100000] [--corpus FILE-OR-URL]
                                [--really] [--check]

The many articles are made by recombining paragraphs of those in the file, with the quotations found in them, so that
the store and not the reader is measured; the first part measures both together, and with `--really` the many are read,
too. Answers are those of a fresh process's first question and of the median of several. Seconds of the processor are
those of all processes together: they tell the same on a machine that does other things meanwhile.
`--check` ends with status 1 where a figure is above its limit.
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
from contextlib import contextmanager
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

ADDING_TO_READING = 1.25
"""What adding may cost, as a multiple of reading the same articles."""

MEMORY_GROWTH = 1.3
"""What memory may grow by from the first fifth of the articles to the last; caches are full after the first."""

ANSWER = 200
"""Milliseconds that the median answer may take."""

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
    """Seconds by the clock and of the processor, of reading alone in one process and of adding.

    Adding is measured with one process and with the default.
    """
    inquit.read_article(articles[0])
    figures: dict[str, float] = {}
    with timed(figures, "reading"):
        for one in articles:
            inquit.read_article(one)
    for workers in sorted({1, default_workers()}):
        with (
            open_corpus(folder / f"against-{workers}.db", create=True) as corpus,
            timed(figures, f"adding_{workers}"),
        ):
            n = sum(1 for _ in corpus.add_articles(articles, workers=workers))
            assert n == len(articles)
        for kind in ("clock", "processor"):
            figures[f"ratio_{kind}_{workers}"] = figures[f"{kind}_adding_{workers}"] / figures[f"{kind}_reading"]
    return {name: round(value, 3) for name, value in figures.items()}


@contextmanager
def timed(figures: dict[str, float], name: str) -> Iterator[None]:
    """Note the seconds by the clock, and those of the processor in this process and those it has waited for."""

    def busy() -> float:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in used)

    start, before = time.perf_counter(), busy()
    yield
    figures[f"clock_{name}"] = time.perf_counter() - start
    figures[f"processor_{name}"] = busy() - before


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


def peak() -> int:
    """The most memory that this process has taken, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


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
                memory[number] = peak()
        statements = store.count().statements
    return {
        "seconds_in_store": round(busy, 1),
        **described(n, statements, time.perf_counter() - start, corpus),
        "peak_memory_mb": memory,
    }


def really(parts: list[Paragraph], n: int, corpus: str) -> dict[str, object]:
    """The same with reading: time, and the memory of this process and of the largest that reads for it."""
    memory: dict[int, int] = {}
    figures: dict[str, float] = {}
    with open_corpus(corpus, create=True) as opened:
        with timed(figures, "adding"):
            articles = (entry.article for entry in recombined(parts, n))
            for number, _ in enumerate(opened.add_articles(articles, workers=default_workers()), start=1):
                if number % max(1, n // 5) == 0:
                    memory[number] = peak()
        statements = opened.count().statements
    return {
        **{name: round(value, 1) for name, value in figures.items()},
        **described(n, statements, figures["clock_adding"], corpus),
        "peak_memory_mb": memory,
        "peak_memory_mb_reader": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


def described(n: int, statements: int, seconds: float, corpus: str) -> dict[str, object]:
    """What a corpus holds, and how quickly it came in."""
    return {
        "articles": n,
        "statements": statements,
        "seconds": round(seconds, 1),
        "articles_per_second": round(n / seconds),
        "file_mb": Path(corpus).stat().st_size // 2**20 if Path(corpus).exists() else None,
    }


def answers(corpus: str) -> dict[str, object]:
    """Milliseconds to each answer: the first, and the median of nine more."""
    figures: dict[str, object] = {}

    def asked(name: str, ask: object) -> None:
        assert callable(ask)
        took = []
        for _ in range(10):
            start = time.perf_counter()
            found = len(ask())
            took.append((time.perf_counter() - start) * 1000)
        figures[name] = {"first": round(took[0]), "median": round(statistics.median(took[1:])), "hits": found}

    with open_store(corpus) as store:
        for name, query in QUESTIONS.items():
            asked(name, lambda query=query: store.search(query))
        asked("sources", lambda: store.sources(SourceQuery()))
        asked("anonymous sources", lambda: store.sources(SourceQuery(naming="anonymous")))
        asked("sources by name", lambda: store.sources(SourceQuery(name="fay")))
        asked("sources of an outlet", lambda: store.sources(SourceQuery(outlet="Blatt 7")))
        hit = store.search(SearchQuery(words="werden", limit=1))[0]
        asked("an article", lambda: [store.article(hit.article)])
    return figures


def above_limits(figures: dict[str, Any]) -> list[str]:
    """The figures that are too high; of two ways of measuring the same, the one that other programs disturb less."""
    found = []
    adding = figures.get("against_reading", {})
    for workers in (1, default_workers()) if adding else ():
        ratio = min(adding[f"ratio_clock_{workers}"], adding[f"ratio_processor_{workers}"])
        if ratio > ADDING_TO_READING:
            found.append(f"adding with {workers} costs {ratio} times reading; at most {ADDING_TO_READING}")
    memory = [*figures["many"]["peak_memory_mb"].values()]
    if memory[-1] > memory[0] * MEMORY_GROWTH:
        found.append(f"memory grew from {memory[0]} to {memory[-1]} MB; at most {MEMORY_GROWTH} times")
    slow = {name: one["median"] for name, one in figures["answers_ms"].items() if one["median"] > ANSWER}
    return found + [f"{name} took {took} ms; at most {ANSWER}" for name, took in slow.items()]


def main() -> None:
    """Print all figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument(
        "--read", type=int, default=1_028, help="articles of the comparison with reading; 0 leaves it out"
    )
    parser.add_argument("--really", action="store_true", help="read the many articles, too")
    parser.add_argument("--corpus", help="where the many articles go; a file of their own by default")
    parser.add_argument("--check", action="store_true", help="end with status 1 where a figure is above its limit")
    options = parser.parse_args()
    articles = [article(text) for text in texts(options.texts)]
    with tempfile.TemporaryDirectory() as folder:
        corpus = options.corpus or str(Path(folder) / "many.db")
        figures: dict[str, Any] = {}
        if options.read:
            figures["against_reading"] = against_reading(articles[: options.read], Path(folder))
        parts = list(paragraphs(articles[:300]))
        figures["many"] = (really if options.really else many)(parts, options.articles, corpus)
        figures["answers_ms"] = answers(corpus)
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    if options.check and (found := above_limits(figures)):
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
