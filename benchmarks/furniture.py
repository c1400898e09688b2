"""How well furniture is found: F1 of characters on scraped articles, and what is marked wrongly on clean ones.

    python benchmarks/furniture.py ../shared/data

Scraped articles are those of `inquit-articles` with furniture in the gold, `stories` have a little of it, the others
none. A lost quotation is a gold quotation of which any character of the quote is marked.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inquit.languages import language
from inquit.readers import furniture

Case = tuple[str, str, set[int], list[tuple[int, int]]]
"""Name, text, gold characters of furniture, gold quotes."""


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def ledgers(path: Path) -> Iterator[Case]:
    """Articles in the ledger format."""
    for ledger in lines(path):
        article = ledger["article"]
        gold = {i for begin, end in article.get("furniture", []) for i in range(begin, end)}
        quotes = [(begin, end) for quotation in ledger["quotations"] for begin, end in quotation["quote"]]
        yield article["id"], article["text"], gold, quotes


def wikinews(path: Path) -> Iterator[Case]:
    """Articles of german-quotes, which mark no furniture."""
    for document in lines(path):
        spans = [s for a in document["annotations"] for s in a["quote"]["spans"]]
        yield document["documentName"], document["originalText"], set(), [(s["charBegin"], s["charEnd"]) for s in spans]


def figures(cases: list[Case], *, show: bool) -> dict[str, float | int]:
    """Character precision, recall and F1 in percent, wrongly marked characters, lost quotations."""
    right = wrong = missed = characters = lost = 0
    for name, text, gold, quotes in cases:
        visible = {i for i, c in enumerate(text) if not c.isspace()}
        found = {i for begin, end in furniture.find(text, language("de")) for i in range(begin, end)} & visible
        right += len(found & gold)
        wrong += len(found - gold)
        missed += len((gold & visible) - found)
        characters += len(visible - gold)
        lost += sum(not found.isdisjoint(range(begin, end)) for begin, end in quotes)
        if show:
            for label, places in (("+", found - gold), ("-", (gold & visible) - found)):
                for passage in passages(text, places):
                    print(f"  {label} {name}: {passage!r}")
    f1 = 100 * 2 * right / max(1, 2 * right + wrong + missed)
    return {
        "articles": len(cases),
        "precision": round(100 * right / max(1, right + wrong), 1),
        "recall": round(100 * right / max(1, right + missed), 1),
        "f1": round(f1, 1),
        "wrong_characters": wrong,
        "wrong_percent": round(100 * wrong / max(1, characters), 3),
        "lost_quotations": lost,
    }


def passages(text: str, places: set[int]) -> Iterator[str]:
    """The stretches of text that `places` cover, white space between them left out of account."""
    begin = end = -1
    for place in sorted(places):
        if begin >= 0 and text[end:place].strip():
            yield text[begin:end]
            begin = -1
        begin = place if begin < 0 else begin
        end = place + 1
    if begin >= 0:
        yield text[begin:end]


def main() -> None:
    """Print the figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--show", action="store_true", help="print what is marked wrongly (+) and missed (-)")
    options = parser.parse_args()
    articles = list(ledgers(options.data / "inquit-articles" / "train.jsonl"))
    stories = [case for path in sorted(options.data.glob("stories/dev/*/ledgers.jsonl")) for case in ledgers(path)]
    sets = {
        "inquit-articles, scraped": [case for case in articles if case[2]],
        "inquit-articles, clean": [case for case in articles if not case[2]],
        "stories": stories,
        "german-quotes train": list(wikinews(options.data / "german-quotes" / "train.jsonl")),
        "derstandard-quotes train": list(ledgers(options.data / "derstandard-quotes" / "train.jsonl")),
    }
    for name, cases in sets.items():
        print(json.dumps({"set": name, **figures(cases, show=options.show)}))


if __name__ == "__main__":
    main()
