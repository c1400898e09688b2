"""Put articles in: whole or not at all, each content once, an older content at the same URL kept."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from inquit.records import Article, Entry, Kept, Outcome, Quotation, Rejected, Verdict
from inquit.store import sourcebook, statements, times, wordindex
from inquit.store.dialects import insert_or
from inquit.store.identity import Facet, facet
from inquit.store.packing import pack_found, pack_text, unpack_found, unpack_text, unpack_verdict
from inquit.store.sourcebook import NO_OUTLET, Share
from inquit.store.statements import Statement
from inquit.store.storytables import due
from inquit.store.tables import article as articles
from inquit.store.tables import outlet, rejected, relay, statement, verdict

_COLUMNS = ("origin", "url", "title", "published", "language")

# Made once: what is asked for every article that comes in takes longer to put together than to answer.
_BY_ID = select(articles).where(articles.c.id == bindparam("id"))
_BY_KEY = select(articles.c.key).where(articles.c.key == bindparam("key"))
_LAST_VERSION = select(func.max(articles.c.version)).where(articles.c.place == bindparam("place"))
_READ_NOW = delete(rejected).where(rejected.c.origin == bindparam("read"))


class Writer:
    """Puts articles in, within one transaction; what it derives of them is written by `flush`, many at once."""

    def __init__(self, connection: Connection, *, reader: str = "") -> None:
        self._connection = connection
        self._reader = reader
        self._by = sourcebook.rules(connection)
        self._outlets: dict[str, int] = {}
        self._any_verdicts = connection.execute(select(verdict.c.key).limit(1)).first() is not None
        self._start()

    def keep(self, entry: Entry, *, reread: bool = False) -> Kept:
        """Put one article in."""
        digest = _digest(entry.article)
        row = _row(self._connection, entry.article.id)
        if row is not None and row.digest != digest:
            entry = replace(entry, article=replace(entry.article, id=f"{entry.article.id}-{digest[:6]}"))
            row = _row(self._connection, entry.article.id)
        if row is None:
            return self._add(entry, digest)
        if row.state == "read" and (not reread or entry.state != "read"):
            return _kept("unchanged", entry, row.version, row.statements)
        if not reread and row.state == entry.state and row.reader == self._reader:
            return _kept("unchanged", entry, row.version, 0)
        self._read_again(row, entry)
        return _kept("reread" if reread else _outcome(entry, "added"), entry, row.version, len(entry.quotations))

    def derive_again(self, key: int) -> None:
        """Make the rows and index entries of an article again, after a verdict or a rule has changed them."""
        row = self._connection.execute(select(articles).where(articles.c.key == key)).one()
        article, quotations, _ = unpack_found(row.ledger, unpack_text(row.text))
        self._remove(row.key, article)
        self._derive(row.key, article, quotations)

    def flush(self) -> None:
        """Write all that was derived."""
        sourcebook.count(self._connection, self._facets, _counts(self._statements), self._by)
        for table, rows in ((statement, self._statements), (relay, self._relays)):
            if rows:
                self._connection.execute(insert(table), rows)
        wordindex.put(self._connection, wordindex.STATEMENTS, self._said)
        wordindex.put(self._connection, wordindex.ARTICLES, self._told)
        if self._changed:
            due_rows = [{"article_key": key} for key in dict.fromkeys(self._changed)]
            self._connection.execute(insert_or(self._connection, due).on_conflict_do_nothing(), due_rows)
        if self._origins:
            self._connection.execute(_READ_NOW, [{"read": origin} for origin in self._origins])
        self._start()

    def _start(self) -> None:
        self._facets: list[Facet] = []
        self._statements: list[dict[str, Any]] = []
        self._relays: list[dict[str, Any]] = []
        self._said: list[tuple[int, list[str]]] = []
        self._told: list[tuple[int, list[str]]] = []
        self._changed: list[int] = []  # to be compared again
        self._origins: list[str] = []  # no longer rejected

    def _add(self, entry: Entry, digest: str) -> Kept:
        article, connection = entry.article, self._connection
        place = place_of(article)
        last = connection.execute(_LAST_VERSION, {"place": place}).scalar() or 0
        if last:
            self._supersede(place)
        key = times.article_key(article.id, article.published)
        while connection.execute(_BY_KEY, {"key": key}).first():
            key += 1 << times.NUMBER_BITS
        known = {name: plain(getattr(article, name)) for name in _COLUMNS}
        fields = {
            "key": key,
            "id": article.id,
            "place": place,
            "version": last + 1,
            "current": True,
            "digest": digest,
            "outlet_key": self._outlet_key(statements.outlet_name(article)),
            "added": times.now(),
            "text": pack_text(article.text),
        }
        connection.execute(insert(articles), {**known, **fields, **self._reading(entry)})
        self._origins.append(known["origin"])
        self._derive(key, article, entry.quotations)
        return _kept(_outcome(entry, "version" if last else "added"), entry, last + 1, len(entry.quotations))

    def _read_again(self, row: Any, entry: Entry) -> None:
        article, _, _ = unpack_found(row.ledger, unpack_text(row.text))
        if row.current:
            self._remove(row.key, article)
        # What the reader makes of the article may change; where it was found first does not.
        entry = replace(entry, article=replace(entry.article, id=row.id, origin=article.origin))
        self._connection.execute(update(articles).where(articles.c.key == row.key).values(**self._reading(entry)))
        if row.current:
            self._derive(row.key, entry.article, entry.quotations)

    def _reading(self, entry: Entry) -> dict[str, Any]:
        return {
            "state": entry.state,
            "detail": plain(entry.detail),
            "reader": self._reader,
            "statements": len(entry.quotations),
            "ledger": pack_found(entry.article, entry.quotations, entry.summary),
        }

    def _supersede(self, place: str) -> None:
        """Older contents stay, but only the newest is searched and counted."""
        query = select(articles).where(articles.c.place == place, articles.c.current)
        for row in self._connection.execute(query).all():
            article, _, _ = unpack_found(row.ledger, unpack_text(row.text))
            self._remove(row.key, article)
            self._connection.execute(update(articles).where(articles.c.key == row.key).values(current=False))

    def _derive(self, key: int, article: Article, quotations: Sequence[Quotation]) -> None:
        """The rows, tallies and index entries of an article."""
        outlet_name = statements.outlet_name(article)
        outlet_key = self._outlet_key(outlet_name)
        place = place_of(article)
        judged = verdicts_of(self._connection, article.id) if self._any_verdicts else []
        found, _ = statements.matched(quotations, judged)
        for one in statements.statements(article, quotations, found):
            chain = [facet(source, article, place, self._by.splits) for source in one.quotation.chain]
            row = _statement(key, outlet_key, chain[-1] if chain else None, one)
            self._facets += chain
            self._statements.append(row)
            self._relays += [
                {"statement_key": row["key"], "position": at, "facet_key": link.key}
                for at, link in enumerate(chain[:-1])
            ]
            self._said.append((row["key"], statements.statement_words(row, outlet_name)))
        self._told.append((key, statements.article_words(article, outlet_name)))
        self._changed.append(key)

    def _remove(self, key: int, article: Article) -> None:
        """Take an article's rows, tallies and index entries out again."""
        self.flush()
        connection = self._connection
        outlet_name = statements.outlet_name(article)
        of_article = statement.c.article_key == key
        rows = [dict(row) for row in connection.execute(select(statement).where(of_article)).mappings()]
        said = [(row["key"], statements.statement_words(row, outlet_name)) for row in rows]
        wordindex.remove(connection, wordindex.STATEMENTS, said)
        wordindex.remove(connection, wordindex.ARTICLES, [(key, statements.article_words(article, outlet_name))])
        connection.execute(delete(relay).where(relay.c.statement_key.in_(select(statement.c.key).where(of_article))))
        connection.execute(delete(statement).where(of_article))
        sourcebook.uncount(connection, _counts(rows))
        self._changed.append(key)

    def _outlet_key(self, name: str | None) -> int | None:
        if not name:
            return None
        name = plain(name)
        if name not in self._outlets:
            key = int(sha256(name.encode()).hexdigest()[:15], 16)
            added = insert_or(self._connection, outlet).on_conflict_do_nothing()
            self._connection.execute(added, {"key": key, "name": name})
            self._outlets[name] = key
        return self._outlets[name]


def known(connection: Connection, given: Sequence[Article], reader: str) -> dict[str, Kept]:
    """Those articles that are in the corpus with this content and that `reader` need not read, by id."""
    by_id = {article.id: article for article in given}
    names = ("id", "digest", "state", "reader", "version", "statements", "detail")
    columns = select(*(articles.c[name] for name in names)).where(articles.c.id.in_(by_id))
    return {
        row.id: Kept(
            outcome="unchanged",
            id=row.id,
            origin=by_id[row.id].origin,
            version=row.version,
            statements=row.statements,
            detail=row.detail,
        )
        for row in connection.execute(columns)
        if row.digest == _digest(by_id[row.id]) and (row.state == "read" or row.reader == reader)
    }


def put_rejected(connection: Connection, items: Iterable[Rejected]) -> None:
    """Keep what was not read, once an origin; but not the files beside articles in a folder."""
    rows = {
        plain(r.origin): {
            "origin": plain(r.origin),
            "reason": r.reason,
            "detail": plain(r.detail),
            "seen": times.now(),
        }
        for r in items
        if r.reason != "skipped"
    }
    if rows:
        statement_ = insert_or(connection, rejected)
        new = {name: statement_.excluded[name] for name in ("reason", "detail", "seen")}
        connection.execute(statement_.on_conflict_do_update(index_elements=["origin"], set_=new), [*rows.values()])


def _statement(key: int, outlet_key: int | None, primary: Facet | None, one: Statement) -> dict[str, Any]:
    quotation = one.quotation
    return {
        "key": key + quotation.id,
        "article_key": key,
        "outlet_key": outlet_key or NO_OUTLET,
        "facet_key": None if primary is None else primary.key,
        "number": quotation.id,
        "type": quotation.type,
        "stance": quotation.stance,
        "naming": None if primary is None else primary.naming,
        "speaker": None if primary is None else plain(primary.name),
        "disputed": one.disputed,
        "judgement": None if one.verdict is None else one.verdict.judgement,
        "confidence": quotation.confidence,
        "quote": plain(one.quote),
    }


def _counts(rows: Iterable[dict[str, Any]]) -> dict[tuple[int, int], Share]:
    """Statements by source and outlet; what a person calls wrong does not count."""
    counts: dict[tuple[int, int], Share] = {}
    for row in rows:
        if row["facet_key"] is not None and row["judgement"] != "wrong":
            key = row["key"]
            one = Share(1, key, key) if key >= times.FIRST_DATED else Share(1)
            both = row["facet_key"], row["outlet_key"]
            counts[both] = counts[both] + one if both in counts else one
    return counts


def verdicts_of(connection: Connection, article_id: str) -> list[Verdict]:
    """All verdicts on an article's quotations, in the order in which they were made."""
    query = select(verdict.c.content).where(verdict.c.article_id == article_id).order_by(verdict.c.key)
    return [unpack_verdict(content) for content in connection.execute(query).scalars()]


def verdicts_of_all(connection: Connection, article_ids: Sequence[str]) -> dict[str, list[Verdict]]:
    """The same of many articles, by their ids; those without verdicts are left out."""
    found: dict[str, list[Verdict]] = {}
    for at in range(0, len(article_ids), _AT_ONCE):
        some = verdict.c.article_id.in_(article_ids[at : at + _AT_ONCE])
        query = select(verdict.c.article_id, verdict.c.content).where(some).order_by(verdict.c.key)
        for identifier, content in connection.execute(query):
            found.setdefault(identifier, []).append(unpack_verdict(content))
    return found


_AT_ONCE = 500
"""Ids that one question to the database names."""


def place_of(article: Article) -> str:
    """What stays the same when an outlet changes an article: its URL; without one every content is a new article."""
    return plain((article.url or "").partition("#")[0].strip()) or article.id


def _row(connection: Connection, identifier: str) -> Any:
    return connection.execute(_BY_ID, {"id": identifier}).first()


def _digest(article: Article) -> str:
    """What makes another content of an article; a title that is part of the text is no content of its own."""
    title = article.title or ""
    own_title = "" if title in article.text else title
    outlet_name = "" if article.url else article.outlet or ""
    content = "\0".join((article.url or "", outlet_name, own_title, article.text))
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _outcome(entry: Entry, read: Outcome) -> Outcome:
    return read if entry.state == "read" else entry.state


def _kept(outcome: Outcome, entry: Entry, version: int, n_statements: int) -> Kept:
    return Kept(
        outcome=outcome,
        id=entry.article.id,
        origin=entry.article.origin,
        version=version,
        statements=n_statements,
        detail=entry.detail,
    )


def plain(text: str | None) -> Any:
    """A text as a database takes it: no null character, no half of a surrogate pair."""
    if text is None:
        return None
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
