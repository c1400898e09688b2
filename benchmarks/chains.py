"""How well the room of sources does alone: gold quotations are given without their chains, and attributed.

    chains.py GOLD.jsonl... [--out LEDGERS.jsonl] [--time]

Prints one line of JSON a gold file, in the figures of the scorer given by `--scorer`; `--time` adds words a second.
"""

import argparse
import importlib.util
import json
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from inquit.languages import language
from inquit.records import Article, Quotation, Span, Spans
from inquit.sources import attribute


def spans(given: Iterable[list[int]]) -> Spans:
    """Spans of a ledger's list of pairs."""
    return tuple(Span(begin, end) for begin, end in given)


def stripped(ledger: dict[str, Any]) -> tuple[Article, tuple[Quotation, ...]]:
    """Article and quotations of a gold ledger, spans and nesting only."""
    given = ledger["article"]
    article = Article(
        id=given["id"],
        origin="gold",
        text=given["text"],
        language="de",
        url=given.get("url"),
        furniture=spans(given.get("furniture", ())),
    )
    return article, nested(
        [
            Quotation(
                id=gold["id"],
                type=gold["type"],
                medium=gold["medium"],
                confidence=1.0,
                quote=spans(gold["quote"]),
                speaker=spans(gold["speaker"]),
                cue=spans(gold["cue"]),
                frame=spans(gold["frame"]),
                addressee=spans(gold["addressee"]),
            )
            for gold in ledger["quotations"]
        ]
    )


def nested(quotations: list[Quotation]) -> tuple[Quotation, ...]:
    """The same quotations, each with the smallest quotation around it as its parent."""
    edges = {q.id: (min(s.begin for s in q.quote), max(s.end for s in q.quote)) for q in quotations}
    found = []
    for quotation in quotations:
        begin, end = edges[quotation.id]
        outer = [
            (other_end - other_begin, -other.id)
            for other in quotations
            for other_begin, other_end in [edges[other.id]]
            if other_begin <= begin
            and end <= other_end
            and (other_end - other_begin > end - begin or other.id < quotation.id)
            and other.id != quotation.id
        ]
        found.append(replace(quotation, parent=-min(outer)[1] if outer else None))
    return tuple(found)


def ledger(article: Article, quotations: Iterable[Quotation]) -> dict[str, Any]:
    """The ledger as the scorer reads it."""
    return {
        "article": {"id": article.id, "text": article.text},
        "quotations": [
            {
                "id": q.id,
                "quote": q.quote,
                "chain": [{"mention": s.mention, "name": s.name, "kind": s.kind, "naming": s.naming} for s in q.chain],
                "stance": q.stance,
                "hedges": q.hedges,
                "disputes": q.disputes,
                "supports": q.supports,
                "why": q.why,
            }
            for q in quotations
        ],
    }


def scorer(path: str) -> ModuleType:
    """The scoring script as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Attributes, scores and prints."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", nargs="+")
    arguments.add_argument("--scorer", required=True)
    arguments.add_argument("--out")
    arguments.add_argument("--time", action="store_true")
    given = arguments.parse_args()
    score = scorer(given.scorer).score
    german = language("de")
    pairs, out, words, seconds = [], [], 0, 0.0
    for path in given.gold:
        for line in Path(path).read_text("utf-8").splitlines():
            gold = json.loads(line)
            article, quotations = stripped(gold)
            started = time.process_time()
            attributed = attribute(article, quotations, german)
            seconds += time.process_time() - started
            words += len(article.text.split())
            made = ledger(article, attributed)
            pairs.append((gold["quotations"], made["quotations"]))
            out.append(made)
    figures = score(pairs)
    if given.time:
        figures["words_per_second"] = round(words / seconds)
    print(json.dumps(figures, ensure_ascii=False))
    if given.out:
        Path(given.out).write_text("".join(json.dumps(made, ensure_ascii=False) + "\n" for made in out), "utf-8")


if __name__ == "__main__":
    main()
