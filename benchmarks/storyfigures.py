"""How well the links and claims of story sets come out, with nothing given but the articles.

    python -m benchmarks.storyfigures FOLDER… [--gold]

Each FOLDER holds `articles.jsonl` and `gold.json`; with `--gold` also `ledgers.jsonl`, which are used instead of
reading. Prints the figures of each set and their mean, in percent. A gold claim is held against the found claim whose
statements are most like its own; statements are the same where half of their characters are (F1).
"""

import json
import sys
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.stories import read_set
from inquit import stories
from inquit.evaluation.chains import name_comparison
from inquit.languages import language

Row = dict[str, Any]

SAME_QUOTE = 0.5
"""Overlap (F1 of characters) from which on two quotes of one article are one statement."""

FOUND = 0.3
"""F1 of statements from which on a found claim is the gold one."""

same_name = name_comparison(language("de"))


def same_statement(one: Row, other: Row) -> bool:
    """Whether two statements are the same quote of the same article."""
    if one["article"] != other["article"]:
        return False
    here, there = ({i for begin, end in row["quote"] for i in range(begin, end)} for row in (one, other))
    return 2 * len(here & there) >= SAME_QUOTE * (len(here) + len(there)) > 0


def matched(gold: Sequence[Row], found: Sequence[Row], same: Callable[[Row, Row], bool]) -> int:
    """How many of `gold` are found, each found one counted once."""
    left = list(found)
    for one in gold:
        hit = next((other for other in left if same(one, other)), None)
        if hit is not None:
            left.remove(hit)
    return len(found) - len(left)


def f1(hits: int, found: int, gold: int) -> float:
    """F1 in percent; 100 where there is nothing to find and nothing is found."""
    return 200 * hits / (found + gold) if found + gold else 100.0


def claim_figures(gold: Sequence[Row], found: Sequence[Row]) -> dict[str, float]:
    """The figures of claims, their sources and denials."""
    nothing: Row = {"denied_by": [], "primary_sources": [], "independent_sources": None, "circular": None}
    sums = dict.fromkeys(("claims", "independent", "circular"), 0.0)
    counts = {"denied_by": [0, 0, 0], "primary_sources": [0, 0, 0]}
    for claim in gold:
        mine = claim["statements"]
        scores = [
            f1(matched(mine, one["statements"], same_statement), len(one["statements"]), len(mine)) for one in found
        ]
        best = max(range(len(found)), key=lambda i: (scores[i], i), default=None)
        value = scores[best] if best is not None else 0.0
        one: Row = found[best] if best is not None and value >= 100 * FOUND else nothing
        sums["claims"] += value
        sums["independent"] += 100 * (one["independent_sources"] == claim["independent_sources"])
        sums["circular"] += 100 * (one["circular"] == claim["circular"])
        for what, same in (("denied_by", same_statement), ("primary_sources", _same_source)):
            hits = matched(claim[what], one[what], same)
            counts[what] = [a + b for a, b in zip(counts[what], (hits, len(one[what]), len(claim[what])), strict=True)]
    means = {name: value / max(1, len(gold)) for name, value in sums.items()}
    return {**means, "denials": f1(*counts["denied_by"]), "primary": f1(*counts["primary_sources"])}


def _same_source(one: Row, other: Row) -> bool:
    return same_name(one["name"], other["name"])


def link_figures(urls: set[str], gold: Sequence[Row], found: Sequence[Row]) -> dict[str, float]:
    """The figures of stories and of the links between their articles."""
    together = {pair for story in found for pair in combinations(sorted(urls & set(story["articles"])), 2)}
    links = [link for story in found for link in story["links"] if link["from"] in urls and link["to"] in urls]
    keys: dict[str, Callable[[Row], Any]] = {
        "links": lambda link: (link["from"], link["to"]),
        "links_how": lambda link: (link["from"], link["to"], link["how"]),
        "copies": lambda link: frozenset((link["from"], link["to"])) if link["how"] in {"copy", "abridged"} else None,
    }
    figures = {"grouped": 100 * len(together) / max(1, len(urls) * (len(urls) - 1) // 2)}
    for name, key in keys.items():
        there, here = ({key(link) for link in some} - {None} for some in (gold, links))
        figures[name] = f1(len(there & here), len(here), len(there))
    return figures


def set_figures(folder: Path, *, gold: bool = False) -> dict[str, float]:
    """All figures of one set."""
    truth = json.loads((folder / "gold.json").read_text("utf-8"))
    ledgers = read_set(folder, gold=gold)
    found = stories.find_stories(ledgers)
    urls = {ledger.article.id for ledger in ledgers}
    rows = [json.loads(json.dumps(stories.claim_row(claim))) for one in found for claim in one.claims]
    links = link_figures(urls, truth["links"], [json.loads(json.dumps(stories.story_row(one.story))) for one in found])
    return {**links, **claim_figures(truth["claims"], rows)}


def mean_figures(folders: Sequence[Path], *, gold: bool = False) -> dict[str, float]:
    """The mean of the figures of several sets."""
    every = [set_figures(folder, gold=gold) for folder in folders]
    return {name: sum(one[name] for one in every) / len(every) for name in every[0]}


def main(arguments: list[str]) -> None:
    """Print the figures of each set and their mean."""
    gold = "--gold" in arguments
    folders = [Path(argument) for argument in arguments if argument != "--gold"]
    for name, some in [*((folder.name, [folder]) for folder in folders), ("mean", folders)]:
        figures = mean_figures(some, gold=gold)
        print(f"{name:28}", "  ".join(f"{figure} {value:.1f}" for figure, value in figures.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
