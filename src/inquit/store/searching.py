"""Answer questions: statements and articles by words and filters, from the word index alone until the last step."""

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from inquit.errors import UnknownIdError, UsageError
from inquit.records import Article, SearchHit, SearchQuery, Span, Spans
from inquit.store import statements, times, wordindex
from inquit.store.folding import words, words_with_spans
from inquit.store.packing import unpack_found, unpack_text
from inquit.store.tables import article as articles
from inquit.store.tables import facet, outlet, source, statement
from inquit.store.wordindex import Asked
from inquit.store.writing import verdicts_of

CANDIDATES = 1_000
"""Newest hits among which the most relevant are looked for: their statements are read and weighed in 20 ms."""

ARTICLE_CANDIDATES = 200
"""The same for articles, whose whole texts are weighed."""

SHORTEST_BEGINNING = 4
"""Letters from which on a word also finds the words that begin with it: "Brücke" finds "Brückensperrung"."""

WHOLE, BEGINNING = 1.0, 0.6
"""Weight of a word found as it was asked for, and of one that only begins so. Set by meaning, not on data."""

ARTICLE_WEIGHT = 0.5
"""Weight of an article hit beside a statement hit: who asks for words wants to know who said them."""

_AROUND = 90  # characters of an article's text that a snippet shows on each side of the first hit
_MOST_MATCHES = 50
_PHRASE = re.compile(r'"([^"]*)"?|(\S+)')


def search(connection: Connection, query: SearchQuery) -> list[SearchHit]:
    """The hits, at most `query.limit`."""
    if query.limit < 1:
        raise UsageError(f"limit is {query.limit}, not a positive number")
    asked = parse(query.words)
    if query.words.strip() and not asked:
        raise UsageError(f"no words to search for in {query.words!r}")
    first, last = _period(query)
    hits: list[tuple[float, int, Any, bool]] = []  # score, key, row, whether a statement
    if query.among != "articles":
        hits += _statement_hits(connection, query, asked, first, last)
    elif _only_statements(query):
        raise UsageError("only statements have a speaker, type, naming, stance, dispute or verdict, articles do not")
    if query.among != "statements" and not _only_statements(query):
        with_statement = {row.article_key for _, _, row, _ in hits}
        found = _article_hits(connection, query, asked, first, last)
        hits += [hit for hit in found if hit[1] not in with_statement]
    order = (lambda hit: (-hit[0], -hit[1])) if query.sort == "relevance" else (lambda hit: (-hit[1], -hit[0]))
    hits.sort(key=order)
    return _shown(connection, hits[: query.limit], asked)


def parse(text: str) -> list[Asked]:
    """What is asked for: words, which must all be there, and phrases between quotation marks.

    A word of at least `SHORTEST_BEGINNING` letters also finds what begins with it; one in a phrase does not.
    """
    asked: list[Asked] = []
    for match in _PHRASE.finditer(re.sub("[„“”«»]", '"', text)):
        found = tuple(words(match[1] if match[1] is not None else match[2]))
        if found:
            asked.append(Asked(found, prefix=match[2] is not None and _is_beginning(match[2], found[-1])))
    return asked


def _is_beginning(written: str, word: str) -> bool:
    return written.endswith("*") or len(word) >= SHORTEST_BEGINNING


def _period(query: SearchQuery) -> tuple[int, int]:
    first, last = 0, (1 << 63) - 1
    if query.since is not None:
        first = times.first_key(_time(times.minute(query.since), "since", query.since))
    if query.until is not None:
        last = times.first_key(_time(times.last_minute(query.until), "until", query.until) + 1) - 1
        first = max(first, times.FIRST_DATED)
    return first, last


def _time(found: int | None, name: str, text: str) -> int:
    if found is None:
        raise UsageError(f"{name} is {text!r}, not a date or time such as 2025-09-10 or 2025-09-10T05:30")
    return found


def _only_statements(query: SearchQuery) -> bool:
    asked = (query.speaker, query.type, query.naming, query.stance, query.disputed, query.judged)
    return any(value is not None for value in asked)


def _conditions(connection: Connection, query: SearchQuery, asked: Sequence[Asked]) -> list[list[Asked]]:
    found = [[one] for one in asked]
    for name in ("type", "naming", "stance", "disputed", "judged"):
        value = getattr(query, name)
        if value is not None:
            found.append([Asked((statements.tag(name, str(value)),))])
    if query.speaker is not None:
        facets = facets_of(connection, query.speaker)
        if facets:
            found.append([Asked((statements.facet_tag(key),)) for key in facets])
        else:
            found += _name_conditions("speaker", query.speaker)
    if query.outlet is not None:
        found += _name_conditions("outlet", query.outlet)
    return found


def _name_conditions(kind: str, name: str) -> list[list[Asked]]:
    found = words(name)
    if not found:
        raise UsageError(f"{kind} is {name!r}, which has no letters")
    return [[Asked((statements.named(kind, word),), prefix=len(word) >= SHORTEST_BEGINNING)] for word in found]


def facets_of(connection: Connection, identifier: str) -> list[int]:
    """Keys of the facets of the source that has this id; none where it is no id of a source."""
    if not re.fullmatch(r"s[0-9a-f]{15}", identifier):
        return []
    found = source_of(connection, identifier)
    return (
        []
        if found is None
        else list(connection.execute(select(facet.c.key).where(facet.c.source_id == found)).scalars())
    )


def source_of(connection: Connection, identifier: str) -> str | None:
    """The source that an id names: its own id, or one that it had when less was known or more was one."""
    if connection.execute(select(source.c.id).where(source.c.id == identifier)).first():
        return identifier
    query = select(facet.c.source_id).where((facet.c.id == identifier) | (facet.c.name_id == identifier)).distinct()
    found = sorted(connection.execute(query).scalars())
    if len(found) > 1:
        raise UnknownIdError(f"{identifier} is now {len(found)} sources: {', '.join(found)}")
    return found[0] if found else None


Hit = tuple[float, int, Any, bool]


def _statement_hits(
    connection: Connection, query: SearchQuery, asked: Sequence[Asked], first: int, last: int
) -> list[Hit]:
    limit = query.limit if query.sort == "time" or not asked else max(CANDIDATES, query.limit)
    conditions = _conditions(connection, query, asked)
    if conditions:
        keys = wordindex.newest(connection, wordindex.STATEMENTS, conditions, first=first, last=last, limit=limit)
    else:
        every = select(statement.c.key).where(statement.c.key.between(first, last))
        keys = list(connection.execute(every.order_by(statement.c.key.desc()).limit(limit)).scalars())
    rows = _rows(connection, select(statement), statement.c.key, keys)
    return [(weight(row.quote, asked), row.key, row, True) for row in rows]


def _article_hits(
    connection: Connection, query: SearchQuery, asked: Sequence[Asked], first: int, last: int
) -> list[Hit]:
    weighed = query.sort == "relevance" and bool(asked)
    limit = max(ARTICLE_CANDIDATES, query.limit) if weighed else query.limit * 2
    conditions = [[one] for one in asked]
    if query.outlet is not None:
        conditions += _name_conditions("outlet", query.outlet)
    if conditions:
        keys = wordindex.newest(connection, wordindex.ARTICLES, conditions, first=first, last=last, limit=limit)
    elif query.among == "articles":
        every = select(articles.c.key).where(articles.c.current, articles.c.key.between(first, last))
        keys = list(connection.execute(every.order_by(articles.c.key.desc()).limit(limit)).scalars())
    else:
        return []
    columns = select(articles.c.key, articles.c.key.label("article_key"), articles.c.title, articles.c.text)
    rows = _rows(connection, columns, articles.c.key, keys)
    if not weighed:
        return [(0.0, row.key, row, False) for row in rows]
    return [
        (ARTICLE_WEIGHT * weight(f"{row.title or ''} {unpack_text(row.text)}", asked), row.key, row, False)
        for row in rows
    ]


def _rows(connection: Connection, query: Any, column: Any, keys: Sequence[int]) -> list[Any]:
    """Rows by key, in portions that every database takes."""
    return [
        row
        for at in range(0, len(keys), 500)
        for row in connection.execute(query.where(column.in_(keys[at : at + 500]))).all()
    ]


def weight(text: str, asked: Sequence[Asked]) -> float:
    """How much a text is about what is asked: each word counts less the more often it is there, and in longer texts."""
    if not asked:
        return 0.0
    folded = f" {' '.join(words(text))} "
    length = 1.0 + folded.count(" ") / 20
    total = 0.0
    for one in asked:
        phrase = " " + " ".join(one.words)
        whole = folded.count(phrase + " ")
        beginning = folded.count(phrase) - whole if one.prefix else 0
        total += math.log1p(WHOLE * whole + BEGINNING * beginning)
    return round(total / (1.0 + math.log(length)), 6)


def _shown(connection: Connection, hits: Sequence[Hit], asked: Sequence[Asked]) -> list[SearchHit]:
    """The hits with their articles, of which only these few are unpacked."""
    keys = sorted({row.article_key for _, _, row, _ in hits})
    columns = select(articles, outlet.c.name.label("outlet")).outerjoin(outlet, outlet.c.key == articles.c.outlet_key)
    rows = {row.key: row for row in _rows(connection, columns, articles.c.key, keys)}
    facets = sorted({row.facet_key for _, _, row, is_statement in hits if is_statement and row.facet_key is not None})
    found = _rows(connection, select(facet.c.key, facet.c.source_id), facet.c.key, facets)
    source_ids = {row.key: row.source_id for row in found}
    return [
        _statement_hit(connection, score, row, rows[row.article_key], source_ids.get(row.facet_key), asked)
        if is_statement
        else _article_hit(score, rows[row.article_key], asked)
        for score, _, row, is_statement in hits
    ]


def _statement_hit(
    connection: Connection, score: float, row: Any, of: Any, source_id: str | None, asked: Sequence[Asked]
) -> SearchHit:
    article, quotations, _ = unpack_found(of.ledger, unpack_text(of.text))
    spans = next((q.quote for q in quotations if q.id == row.number), ())
    if row.judgement == "fixed":
        verdicts, _ = statements.matched(quotations, verdicts_of(connection, of.id))
        fixed = verdicts[row.number].fixed
        spans = spans if fixed is None else fixed.quote
    return SearchHit(
        id=f"{of.id}:{row.number}",
        kind="statement",
        **_about(of),
        snippet=row.quote,
        spans=spans,
        matches=_matches(article, spans, asked),
        score=score,
        speaker=row.speaker,
        source=source_id,
        naming=row.naming,
        type=row.type,
        stance=row.stance,
        disputed=bool(row.disputed),
        confidence=row.confidence,
        verdict=row.judgement,
    )


def _article_hit(score: float, of: Any, asked: Sequence[Asked]) -> SearchHit:
    article, _, _ = unpack_found(of.ledger, unpack_text(of.text))
    body = _outside(article)
    matches = _matches(article, body, asked)
    at = matches[0].begin if matches else (body[0].begin if body else 0)
    within = next((span for span in body if span.begin <= at < span.end), Span(at, len(article.text)))
    span = _window(article.text, at, within)
    return SearchHit(
        id=of.id,
        kind="article",
        **_about(of),
        snippet=" ".join(article.text[span.begin : span.end].split()),
        spans=(span,),
        matches=tuple(m for m in matches if span.begin <= m.begin and m.end <= span.end),
        score=score,
    )


def _about(of: Any) -> dict[str, Any]:
    return {"article": of.id, "title": of.title, "outlet": of.outlet, "url": of.url, "published": of.published}


def _window(text: str, at: int, within: Span) -> Span:
    """Some characters around `at`, cut between words."""
    begin, end = max(within.begin, at - _AROUND), min(within.end, at + _AROUND)
    if begin > within.begin:
        begin = next((i + 1 for i in range(begin, at) if text[i].isspace()), begin)
    if end < within.end:
        end = next((i for i in range(end, at, -1) if text[i].isspace()), end)
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return Span(begin, end)


def _outside(article: Article) -> Spans:
    """The parts of an article that are no furniture."""
    found: list[Span] = []
    at = 0
    for begin, end in [*sorted(article.furniture), (len(article.text), len(article.text))]:
        if begin > at and article.text[at:begin].strip():
            found.append(Span(at, begin))
        at = max(at, end)
    return tuple(found)


def _matches(article: Article, spans: Iterable[Span], asked: Sequence[Asked]) -> Spans:
    """Where in the text the words asked for stand."""
    wholes = {word for one in asked for word in (one.words[:-1] if one.prefix else one.words)}
    beginnings = tuple(one.words[-1] for one in asked if one.prefix)
    if not asked:
        return ()
    found = [
        span
        for begin, end in spans
        for word, span in words_with_spans(article.text, begin, end)
        if word in wholes or (beginnings and word.startswith(beginnings))
    ]
    return tuple(found[:_MOST_MATCHES])
