"""A ledger as the rows that are searched: pure, so that what was added can be taken out again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from inquit.records import Article, Quotation, Span, Verdict
from inquit.store.folding import words, words_outside
from inquit.store.times import NUMBER_BITS
from inquit.store.wordindex import TAG

MOST_STATEMENTS = 1 << NUMBER_BITS
"""Statements of one article that can be searched."""

LONGEST_QUOTE = 2_000
"""Characters of a statement that are kept for the list of hits; the article has the whole."""

LEAST_SHARED = 0.5
"""Share of the characters of two quotes together that both must have for a verdict to hold for a quotation whose
bounds another reader sets otherwise: the half that "half-overlap" scores ask for."""


_CODES = {
    "type": "t",
    "stance": "a",
    "disputed": "d",
    "naming": "n",
    "judged": "j",
    "outlet": "o",
    "speaker": "s",
    "facet": "f",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One row: a quotation as it holds, with a person's correction applied, and its place in the article."""

    quotation: Quotation
    quote: str
    disputed: bool
    verdict: Verdict | None


def statements(
    article: Article, quotations: Sequence[Quotation], verdicts: Mapping[int, Verdict]
) -> Iterator[Statement]:
    """The rows of an article. What a person calls wrong is kept as a row and says so."""
    held = {q.id: corrected(q, verdicts.get(q.id)) for q in quotations}
    disputed = {other for q in held.values() if not _is_wrong(verdicts.get(q.id)) for other in q.disputes}
    for quotation in list(held.values())[:MOST_STATEMENTS]:
        if 0 <= quotation.id < MOST_STATEMENTS:
            yield Statement(
                quotation=quotation,
                quote=quoted(article, quotation)[:LONGEST_QUOTE],
                disputed=quotation.id in disputed,
                verdict=verdicts.get(quotation.id),
            )


def corrected(quotation: Quotation, verdict: Verdict | None) -> Quotation:
    """The quotation as a person says it should be; its number and its links to others are the reader's."""
    if verdict is None or verdict.fixed is None:
        return quotation
    links = {name: getattr(quotation, name) for name in ("id", "parent", "disputes", "supports", "confidence", "why")}
    return replace(verdict.fixed, **links)


def matched(quotations: Sequence[Quotation], verdicts: Iterable[Verdict]) -> tuple[dict[int, Verdict], list[Verdict]]:
    """For each quotation its newest verdict, and the verdicts whose quotation is not found any more.

    `verdicts` are in the order in which they were made.
    """
    newest = {verdict.quote: verdict for verdict in verdicts}
    by_spans = {q.quote: q.id for q in quotations}
    found: dict[int, Verdict] = {}
    unmatched: list[Verdict] = []
    for verdict in newest.values():
        number = by_spans.get(verdict.quote)
        if number is None and verdict.fixed is not None:
            number = by_spans.get(verdict.fixed.quote)
        if number is None:
            unmatched.append(verdict)
        else:
            found[number] = verdict
    lost: list[Verdict] = []
    for verdict in unmatched:
        shared, number = max(
            ((_shared(verdict.quote, q.quote), -q.id) for q in quotations if q.id not in found), default=(0.0, 0)
        )
        if shared > LEAST_SHARED:
            found[-number] = verdict
        else:
            lost.append(verdict)
    return found, lost


def quoted(article: Article, quotation: Quotation) -> str:
    """The words of a quotation on one line; an ellipsis stands for what lies between its spans."""
    return " … ".join(" ".join(article.text[begin:end].split()) for begin, end in quotation.quote)


def outlet_name(article: Article) -> str | None:
    """The outlet of an article, or the site it comes from."""
    if article.outlet and article.outlet.strip():
        return " ".join(article.outlet.split())
    try:
        host = urlsplit(article.url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def statement_words(row: Mapping[str, Any], outlet: str | None) -> list[str]:
    """The index entry of a statement's row: its words and its tags."""
    tags = [
        tag("type", row["type"]),
        tag("stance", row["stance"]),
        tag("disputed", str(bool(row["disputed"]))),
        *(named("outlet", word) for word in words(outlet or "")),
        *(named("speaker", word) for word in words(row["speaker"] or "")),
    ]
    if row["naming"] is not None:
        tags.append(tag("naming", row["naming"]))
    if row["facet_key"] is not None:
        tags.append(facet_tag(row["facet_key"]))
    if row["judgement"] is not None:
        tags.append(tag("judged", row["judgement"]))
    return words(row["quote"]) + tags


def article_words(article: Article, outlet: str | None) -> list[str]:
    """The index entry of an article: the words of title and text without furniture, and its tags."""
    return (
        words(article.title or "")
        + words_outside(article.text, article.furniture)
        + [named("outlet", word) for word in words(outlet or "")]
    )


def tag(name: str, value: str) -> str:
    """The tag of a filter with few values."""
    return f"{TAG}{_CODES[name]}{value.lower()}"


def named(name: str, word: str) -> str:
    """The tag of a word of a name."""
    return f"{TAG}{_CODES[name]}{word}"


def facet_tag(key: int) -> str:
    """The tag of a source."""
    return f"{TAG}{_CODES['facet']}{key}"


def _is_wrong(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.judgement == "wrong"


def _shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Characters that both have, as a share of those that either has."""
    both = sum(max(0, min(a.end, b.end) - max(a.begin, b.begin)) for a in one for b in other)
    either = sum(s.end - s.begin for s in one) + sum(s.end - s.begin for s in other) - both
    return both / either if either else 0.0
