"""In a worker: the earlier article on which each hangs, of those to which a leading term leads it.

Articles meet under a term and within a span of time as long as a story can pause, so that what comes together is
small even under a common term. Each also goes to the next span, where it can be what others hang on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from inquit import stories
from inquit.exports.ledgertable import Column, Row
from inquit.spark.rows import Batches, portions, rows_of

if TYPE_CHECKING:
    import pyarrow as pa

ANY_TIME = -(1 << 40)
"""The span of articles without a time, which may hang on any that was before."""

POSTINGS = (
    Column("term", "text", "a leading term of the article"),
    Column("span", "place", "span of time"),
    Column("further", "flag", "whether it is the span after the article's own"),
    Column("undated", "flag", "whether the article has no time"),
    Column("number", "place", "the article's number"),
    Column("id", "text", "the article's id"),
    Column("published", "text", "date or time as the outlet gives it"),
    Column("terms", "texts", "the most telling words"),
    Column("weights", "reals", "their weights"),
)

PARENTS = (
    Column("number", "place", "the article's number"),
    Column("parent", "place", "number of the article on which it hangs"),
    Column("likeness", "real", "how alike the two are"),
)


@dataclass(frozen=True, slots=True)
class _Member:
    """An article under a term; `further` as in the column."""

    number: int
    further: bool
    undated: bool
    profile: stories.Profile
    leading: frozenset[str]
    at: float


def postings(batches: Batches) -> Iterator["pa.RecordBatch"]:
    """The articles under their leading terms."""
    return portions((posting for row in rows_of(batches) for posting in _posted(row)), POSTINGS)


def nearest(batches: Batches) -> Iterator["pa.RecordBatch"]:
    """What the articles of each term and span hang on, as far as these lead to it."""
    groups = groupby(rows_of(batches), key=lambda row: (row["term"], row["span"]))
    found = (row for (term, span), rows in groups for row in _hanging(term, span, rows))
    return portions(found, PARENTS)


def _posted(row: Row) -> Iterator[Row]:
    at = stories.seconds(row["published"])
    span = ANY_TIME if at is None else int(at // (stories.OPEN_DAYS * 86_400))
    for term in stories.leading(_profile(row)):
        shared = {**row, "term": term, "undated": at is None}
        yield {**shared, "span": span, "further": False}
        if at is not None:
            yield {**shared, "span": span + 1, "further": True}


def _hanging(term: str, span: int, rows: Iterable[Row]) -> Iterator[Row]:
    """Each child's nearest; a pair is looked at under the first term alone that leads from one to the other."""
    before: list[_Member] = []
    begin = 0
    for row in rows:
        child = _member(row)
        if not child.further and (span != ANY_TIME or child.undated):
            if span != ANY_TIME:
                while begin < len(before) and before[begin].at < child.at - stories.OPEN_DAYS * 86_400:
                    begin += 1
            best = None
            numbers = {}
            for other in before[begin:]:
                if min(child.leading & other.leading) == term:
                    best = stories.nearer(child.profile, best, other.profile)
                    numbers[other.profile.id] = other.number
            if best is not None:
                yield {"number": child.number, "parent": numbers[best.id], "likeness": best.likeness}
        before.append(child)


def _member(row: Row) -> _Member:
    profile = _profile(row)
    at = stories.seconds(row["published"]) or 0.0
    leading = frozenset(stories.leading(profile))
    return _Member(row["number"], row["further"], row["undated"], profile, leading, at)


def _profile(row: Row) -> stories.Profile:
    return stories.Profile(row["id"], dict(zip(row["terms"], row["weights"], strict=True)), row["published"])
