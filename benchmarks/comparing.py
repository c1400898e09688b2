"""What a corpus pays for its stories: a step with many articles, and one article more when there are many.

    python -m benchmarks.comparing TEXT_DE [--articles 100000] [--corpus FILE-OR-URL] [--more 20] [--check]

TEXT_DE is the folder of plain German texts. The articles are those of `benchmarks.copies`, with planted copies, spread
over 300 days; each has a few statements, which are taken as read, so that comparing and not reading is measured.
`--check` ends with status 1 where one article more takes longer than it may.
"""

import argparse
import json
import re
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.copies import corpus
from inquit.corpus import open_corpus
from inquit.records import Article, ClaimQuery, Quotation, Source, Span, StoryQuery
from inquit.store import Entry, open_store

BATCH = 500

ONE_MORE = 1.0
"""Seconds that one article more may take, comparing and putting its story together."""

STATEMENTS = 4

_SENTENCE = re.compile(r"[^.!?\n]{40,300}[.!?]")


def entry(article: Article) -> Entry:
    """An article with its first sentences as statements of somebody who is not named."""
    quotations = []
    for number, match in enumerate(_SENTENCE.finditer(article.text)):
        if number == STATEMENTS:
            break
        begin, end = match.span()
        source = Source(
            mention=Span(begin, begin + 1), name=f"Person {hash_of(match[0])}", kind="person", naming="named"
        )
        quotations.append(
            Quotation(
                id=number, type="Indirect", medium="Speech", quote=(Span(begin, end),), chain=(source,), confidence=0.9
            )
        )
    return Entry(article=article, quotations=tuple(quotations))


def hash_of(text: str) -> int:
    """A small number that only depends on the text."""
    import zlib

    return zlib.crc32(text.encode()) % 1000


def fill(name: str, articles: list[Article]) -> float:
    """Keep articles; seconds."""
    begin = time.perf_counter()
    with open_store(name, create=True) as store:
        for at in range(0, len(articles), BATCH):
            store.keep([entry(one) for one in articles[at : at + BATCH]], reader="benchmark")
    return time.perf_counter() - begin


def compare(name: str) -> float:
    """Compare all that is due; seconds."""
    begin = time.perf_counter()
    with open_corpus(name, write=True) as opened:
        last = [begin]

        def told(so_far: object) -> None:
            if time.perf_counter() - last[0] > 30:
                last[0] = time.perf_counter()
                print(round(last[0] - begin), so_far, file=sys.stderr, flush=True)

        opened.compare(told=told)
    return time.perf_counter() - begin


def report(name: str, articles: list[Article], more: list[Article]) -> dict[str, object]:
    """The figures of one corpus."""
    found: dict[str, object] = {"articles": len(articles), "seconds_keeping": round(fill(name, articles), 1)}
    worked = time.process_time()
    found["seconds_comparing"] = round(compare(name), 1)
    found["processor_seconds_comparing"] = round(time.process_time() - worked, 1)
    one_more = []
    for article in more:
        fill(name, [article])
        one_more.append(compare(name))
    found["one_more_median"], found["one_more_longest"] = round(statistics.median(one_more), 3), round(max(one_more), 3)
    found["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with open_corpus(name) as opened:
        begin = time.perf_counter()
        opened.claims(ClaimQuery(outlets=2, limit=50))
        found["seconds_claims"] = round(time.perf_counter() - begin, 3)
        kept = opened.stories(StoryQuery(limit=1_000_000))
        found["story_sizes"] = dict(sorted(Counter(len(one.articles) for one in kept).items()))
    if Path(name).exists():
        found["file_mb"] = Path(name).stat().st_size // 1_000_000
    return found


def main(arguments: Iterable[str]) -> int:
    """Print the figures; 1 where one article more takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--more", type=int, default=20)
    parser.add_argument("--corpus")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(list(arguments))
    made = corpus(options.folder, options.articles + options.more).articles
    with tempfile.TemporaryDirectory() as folder:
        name = options.corpus or str(Path(folder) / "c.db")
        found = report(name, made[: options.articles], made[options.articles :])
    print(json.dumps(found))
    return int(options.check and float(str(found["one_more_longest"])) > ONE_MORE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
