"""Show what a corpus has: articles with their versions and verdicts, sources, and how much there is."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from inquit.errors import UnknownIdError, UsageError
from inquit.records import (
    Article,
    ArticleVersion,
    CorpusCount,
    KeptArticle,
    Rejected,
    SourceProfile,
    SourceQuery,
    State,
    Through,
)
from inquit.store import statements, times
from inquit.store.folding import words
from inquit.store.packing import unpack_found, unpack_text
from inquit.store.searching import source_of
from inquit.store.sourcebook import NEVER_FIRST, NEVER_LAST, signature
from inquit.store.tables import article as articles
from inquit.store.tables import facet, outlet, rejected, relay, source, statement, tally, verdict
from inquit.store.writing import verdicts_of

SHORTEST_PREFIX = 6
"""Characters of an id by which an article may be called where they are enough to tell it from the others."""


def article_row(connection: Connection, identifier: str) -> Any:
    """The row of an article, by its id, the beginning of one, or its URL."""
    exact = connection.execute(select(articles).where(articles.c.id == identifier)).first()
    if exact is not None:
        return exact
    by_url = select(articles).where(articles.c.place == identifier.partition("#")[0], articles.c.current)
    if (found := connection.execute(by_url).first()) is not None:
        return found
    if len(identifier) >= SHORTEST_PREFIX and identifier.isalnum():
        begins = articles.c.id.between(identifier, identifier + "~")
        several = connection.execute(select(articles).where(begins).limit(2)).all()
        if len(several) == 1:
            return several[0]
        if several:
            raise UnknownIdError(f"{identifier} is the beginning of more than one id")
    raise UnknownIdError(f"{identifier} is no article or source of this corpus")


def kept_article(connection: Connection, row: Any) -> KeptArticle:
    """An article with all that is known of it; corrections made by hand are applied."""
    article, quotations, summary = unpack_found(row.ledger, unpack_text(row.text))
    found, lost = statements.matched(quotations, verdicts_of(connection, row.id))
    primary = (
        select(statement.c.number, facet.c.source_id)
        .join(facet, facet.c.key == statement.c.facet_key)
        .where(statement.c.article_key == row.key)
    )
    return KeptArticle(
        article=article,
        quotations=tuple(statements.corrected(q, found.get(q.id)) for q in quotations),
        summary=summary,
        state=row.state,
        detail=row.detail,
        reader=row.reader,
        versions=tuple(map(_version, _versions(connection, row.place))),
        verdicts=dict(sorted(found.items())),
        lost=tuple(lost),
        sources=dict(sorted(connection.execute(primary))),
    )


def history(connection: Connection, row: Any) -> list[tuple[ArticleVersion, Article]]:
    """All contents seen at the URL of an article, the oldest first."""
    found = []
    for version in _versions(connection, row.place):
        article, _, _ = unpack_found(version.ledger, unpack_text(version.text))
        found.append((_version(version), article))
    return found


def sources(connection: Connection, query: SourceQuery) -> list[SourceProfile]:
    """The sources with most statements first, at most `query.limit`."""
    if query.limit < 1:
        raise UsageError(f"limit is {query.limit}, not a positive number")
    counted: Any = source.c.statements
    asked = select(source)
    keys: list[int] | None = None
    if query.outlet is not None:
        keys = _outlets(connection, query.outlet)
        counted = func.sum(tally.c.statements)
        joined = source.join(facet, facet.c.source_id == source.c.id).join(tally, tally.c.facet_key == facet.c.key)
        asked = select(source).select_from(joined).where(tally.c.outlet_key.in_(keys)).group_by(*source.c)
    for name in ("naming", "kind"):
        if getattr(query, name) is not None:
            asked = asked.where(source.c[name] == getattr(query, name))
    if words(query.name) and query.outlet is None:
        counted = counted + 0  # all names are looked at: in the order of the table, not in that of an index
    for word in words(query.name):
        asked = asked.where(source.c.words.like(f"% {word}%"))
    asked = asked.where(counted > 0) if query.outlet is None else asked.having(counted > 0)
    rows = connection.execute(
        asked.order_by(counted.desc(), source.c.id.desc()).limit(query.limit).offset(query.offset)
    ).all()
    return [profile(connection, row, keys) for row in rows]


def source_profile(connection: Connection, identifier: str) -> SourceProfile | None:
    """A source by its id, or by an id that it had earlier."""
    found = source_of(connection, identifier)
    if found is None:
        return None
    return profile(connection, connection.execute(select(source).where(source.c.id == found)).one())


def profile(connection: Connection, row: Any, outlet_keys: Sequence[int] | None = None) -> SourceProfile:
    """All that is known of one source; only what it says through some outlets where these are given."""
    facets = connection.execute(select(facet).where(facet.c.source_id == row.id).order_by(facet.c.name)).all()
    keys = [one.key for one in facets]
    through = _through(connection, keys, outlet_keys)
    dated = [time for one in through for time in (one.first, one.last) if time is not None]
    same_name = select(facet.c.source_id).where(facet.c.name_id.in_({one.name_id for one in facets})).distinct()
    known_as = sorted({said for one in facets for said in signature(one) if not said.startswith("split:")})
    relays = connection.execute(select(func.count()).select_from(relay).where(relay.c.facet_key.in_(keys))).scalar_one()
    return SourceProfile(
        id=row.id,
        name=row.name,
        kind=row.kind,
        naming=row.naming,
        statements=sum(one.statements for one in through),
        first=min(dated, default=None),
        last=max(dated, default=None),
        outlets=through,
        names=tuple(sorted({one.name for one in facets})),
        known_as=tuple(known_as),
        namesakes=tuple(sorted(set(connection.execute(same_name).scalars()) - {row.id})),
        relays=relays,
    )


def count(connection: Connection) -> CorpusCount:
    """How much there is."""

    def number(table: Any, *where: Any) -> int:
        return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())

    unread = select(articles.c.language, func.count()).where(articles.c.state == "unread").group_by(articles.c.language)
    reasons = select(rejected.c.reason, func.count()).group_by(rejected.c.reason)
    return CorpusCount(
        articles=number(articles, articles.c.current),
        versions=number(articles),
        statements=number(statement),
        sources=number(source, source.c.statements > 0),
        outlets=number(outlet),
        verdicts=number(verdict),
        failed=number(articles, articles.c.state == "failed"),
        unread={language or "": int(n) for language, n in sorted(connection.execute(unread), key=str)},
        rejected={reason: int(n) for reason, n in sorted(connection.execute(reasons))},
    )


def rejections(connection: Connection, limit: int) -> list[Rejected]:
    """What was not read and still is not, in the order of origins."""
    query = select(rejected.c.origin, rejected.c.reason, rejected.c.detail).order_by(rejected.c.origin).limit(limit)
    return [Rejected(**row) for row in connection.execute(query).mappings()]


def keys_to_read(
    connection: Connection, *, states: Sequence[State], languages: Sequence[str], reader: str
) -> list[int]:
    """Keys of the articles in a state, or read by another reader than `reader`, in languages that can be read."""
    readable = articles.c.language.in_(languages) | articles.c.language.is_(None)
    due = articles.c.state.in_(states) | (articles.c.reader != reader)
    return list(connection.execute(select(articles.c.key).where(readable, due).order_by(articles.c.key)).scalars())


def all_articles(connection: Connection, *, after: int, limit: int) -> Iterator[tuple[int, Any]]:
    """Rows of current articles whose key is above `after`, in the order of keys."""
    query = select(articles).where(articles.c.key > after, articles.c.current).order_by(articles.c.key).limit(limit)
    for row in connection.execute(query):
        yield row.key, row


def _outlets(connection: Connection, asked: str) -> list[int]:
    """Keys of the outlets whose names have words beginning with each of those asked for."""
    wanted = words(asked)
    rows = connection.execute(select(outlet.c.key, outlet.c.name)).all()
    return [r.key for r in rows if wanted and all(any(w.startswith(v) for w in words(r.name)) for v in wanted)]


def _through(connection: Connection, keys: Sequence[int], outlet_keys: Sequence[int] | None) -> tuple[Through, ...]:
    """The outlets of some facets, those with most statements first."""
    counted = func.sum(tally.c.statements)
    query = (
        select(outlet.c.name, counted, func.min(tally.c.first), func.max(tally.c.last))
        .select_from(tally.outerjoin(outlet, outlet.c.key == tally.c.outlet_key))
        .where(tally.c.facet_key.in_(keys), tally.c.statements > 0)
        .group_by(tally.c.outlet_key, outlet.c.name)
    )
    if outlet_keys is not None:
        query = query.where(tally.c.outlet_key.in_(outlet_keys))
    found = sorted(connection.execute(query), key=lambda row: (-int(row[1]), row[0] or ""))
    return tuple(
        Through(
            outlet=name,
            statements=int(n),
            first=None if first == NEVER_FIRST else times.shown(first),
            last=None if last == NEVER_LAST else times.shown(last),
        )
        for name, n, first, last in found
    )


def _versions(connection: Connection, place: str) -> Sequence[Any]:
    return connection.execute(select(articles).where(articles.c.place == place).order_by(articles.c.version)).all()


def _version(row: Any) -> ArticleVersion:
    names = ("id", "version", "current", "state", "added", "published", "title", "statements")
    return ArticleVersion(**{name: getattr(row, name) for name in names})
