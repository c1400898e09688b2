"""What people say: verdicts on quotations, and which sources are the same. Rereading never takes any of it away."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from inquit.errors import UnknownIdError, UsageError
from inquit.records import Judgement, Quotation, Verdict
from inquit.store import sourcebook, times
from inquit.store.asking import article_row
from inquit.store.packing import pack_verdict, unpack_found, unpack_text
from inquit.store.searching import source_of
from inquit.store.tables import article as articles
from inquit.store.tables import facet, rule, statement, verdict
from inquit.store.writing import Writer


def mark(
    connection: Connection,
    row: Any,
    number: int,
    judgement: Judgement,
    note: str | None,
    fixed: Quotation | None,
    by: str | None = None,
) -> Verdict:
    """Keep a verdict on the quotation `number` of an article; an earlier one stays, but the newest holds."""
    _, quotations, _ = unpack_found(row.ledger, unpack_text(row.text))
    quotation = next((q for q in quotations if q.id == number), None)
    if quotation is None:
        raise UnknownIdError(f"{row.id} has no quotation {number}")
    made = Verdict(
        article=row.id, quote=quotation.quote, judgement=judgement, note=note, fixed=fixed, made=times.now(), by=by
    )
    connection.execute(
        insert(verdict).values(
            article_id=row.id,
            quote=" ".join(f"{begin}-{end}" for begin, end in quotation.quote),
            judgement=judgement,
            content=pack_verdict(made),
        )
    )
    if row.current:
        _derive_again(connection, [row.key])
    return made


def merge(connection: Connection, first: str, others: Sequence[str]) -> str:
    """Make several sources one, which is called as the first; its id."""
    into = _source(connection, first)
    for identifier in others:
        other = _source(connection, identifier)
        if other == into:
            raise UsageError(f"{first} and {identifier} are already the same source")
        leading = sourcebook.part_of(connection, into)
        leading.sort(key=lambda part: part[0] != into)
        for part in sourcebook.part_of(connection, other):
            sourcebook.add_merge(connection, leading[0], part)
        by = sourcebook.rules(connection)
        sourcebook.regroup(connection, {leading[0][0]}, by)
        into = _source(connection, into)
    return into


def split(connection: Connection, identifier: str, parts: Sequence[str]) -> list[str]:
    """Take parts of a source out of it: what it says in some articles, or sources merged into it; the new ids."""
    whole = _source(connection, identifier)
    merged = [part for part in parts if _is_source(connection, part)]
    rows = [article_row(connection, part) for part in parts if part not in merged]
    for part in merged:
        _unmerge(connection, whole, part)
    made = [_source(connection, part) for part in merged]
    if rows:
        made.append(_split_articles(connection, whole, rows))
    return made


def _unmerge(connection: Connection, whole: str, part: str) -> None:
    """Forget the merges by which `part`, an id of a facet or name, came into `whole`."""
    query = select(facet).where((facet.c.id == part) | (facet.c.name_id == part), facet.c.source_id == whole)
    rows = connection.execute(query).all()
    by = sourcebook.rules(connection)
    undone = [
        one
        for one in by.merges
        if any(
            sourcebook.holds(end, row.name_id, sourcebook.signature(row))
            for row in rows
            for end in (one.first, one.second)
        )
    ]
    if not rows or part == whole or not undone:
        raise UsageError(f"{part} was not merged into {whole}; name the articles in which it is somebody else")
    connection.execute(delete(rule).where(rule.c.key.in_([one.key for one in undone])))
    names = {end[0] for one in undone for end in (one.first, one.second)}
    sourcebook.regroup(connection, names, sourcebook.rules(connection))


def _split_articles(connection: Connection, whole: str, rows: Sequence[Any]) -> str:
    """Keep that the source is somebody else in these articles, and derive them again."""
    facets = {row.key: row.name_id for row in connection.execute(select(facet).where(facet.c.source_id == whole))}
    places = sorted({row.place for row in rows})
    keys = [row.key for row in rows]
    said = select(statement.c.article_key, statement.c.facet_key).where(statement.c.article_key.in_(keys))
    speaking = [(key, facets[f]) for key, f in connection.execute(said) if f in facets]
    silent = [row.id for row in rows if row.key not in {key for key, _ in speaking}]
    if silent:
        raise UsageError(f"{whole} says nothing in {', '.join(silent)}")
    label = sha256("\0".join((whole, *places)).encode()).hexdigest()[:15]
    for name_id in sorted({name_id for _, name_id in speaking}):
        sourcebook.add_split(connection, name_id, places, label)
    here = connection.execute(select(articles.c.key).where(articles.c.place.in_(places), articles.c.current)).scalars()
    _derive_again(connection, list(here))
    split_off = select(facet.c.source_id).where(facet.c.signature.contains(label, autoescape=True))
    return str(connection.execute(split_off).scalars().first())


def _derive_again(connection: Connection, keys: Sequence[int]) -> None:
    writer = Writer(connection)
    for key in keys:
        writer.derive_again(key)
    writer.flush()


def _source(connection: Connection, identifier: str) -> str:
    found = source_of(connection, identifier)
    if found is None:
        raise UnknownIdError(f"{identifier} is no source of this corpus")
    return found


def _is_source(connection: Connection, identifier: str) -> bool:
    query = select(facet.c.key).where((facet.c.id == identifier) | (facet.c.name_id == identifier))
    return connection.execute(query).first() is not None
