"""Articles written for training, as Inquit reads them: each quotation that it finds with what is gold of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from inquit import quotations as finding
from inquit.languages import language
from inquit.records import Article, Quotation, Span, Spans
from training.own_stories import ledger, read

GERMAN = language("de")
DISPUTES, STANCES = (Path(__file__).parent / name for name in ("disputes", "stances"))
"""Articles about who disputes whom, and about what sources do with what they say."""
HALF = 0.5
"""Overlap in characters (F1) from which a read quotation is a gold one."""


@dataclass(frozen=True, slots=True)
class Own:
    """An article, its quotations that were found and are gold, the gold ids of these, and the gold by these ids."""

    article: Article
    quotations: tuple[Quotation, ...]
    ids: dict[int, int]
    gold: dict[int, Any]


@cache
def own_articles(folder: Path) -> tuple[Own, ...]:
    """The articles of a folder in the order of its files, with the frames, cues and speakers that Inquit reads."""
    found = []
    for one in (one for path in sorted(folder.glob("*.txt")) for one in read(path)[0]):
        article = Article(id=one.name, origin="own", text=one.text, language="de", outlet=one.outlet)
        gold = {q["id"]: q for q in ledger(one, set())["quotations"]}
        given = finding.find(article, GERMAN)
        ids = matched(gold, given)
        known = tuple(replace(q, parent=q.parent if q.parent in ids else None) for q in given if q.id in ids)
        found.append(Own(article, known, ids, gold))
    return tuple(found)


def matched(gold: dict[int, Any], read: Sequence[Quotation]) -> dict[int, int]:
    """The gold id of each read quotation that is a gold one, by overlap in characters, each used once."""
    theirs = {number: _covered([Span(*span) for span in q["quote"]]) for number, q in gold.items()}
    ours = {q.id: _covered(q.quote) for q in read}
    overlaps = sorted(
        ((2 * len(a & b) / (len(a) + len(b)), -i, -j) for i, a in ours.items() for j, b in theirs.items() if a & b),
        reverse=True,
    )
    found: dict[int, int] = {}
    for share, i, j in overlaps:
        if share >= HALF and -i not in found and -j not in found.values():
            found[-i] = -j
    return found


def _covered(spans: Sequence[Span] | Spans) -> set[int]:
    return {at for begin, end in spans for at in range(begin, end)}
