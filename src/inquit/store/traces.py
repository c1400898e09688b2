"""What is kept of articles to compare them with others: found by fingerprints, by leading terms, and by story."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from inquit.records import Article, Quotation, Summary
from inquit.store import statements
from inquit.store.dialects import insert_or
from inquit.store.packing import unpack_found, unpack_text
from inquit.store.storytables import due, leading, print_, reuse, standing, trace
from inquit.store.tables import about
from inquit.store.tables import article as articles
from inquit.store.writing import plain, verdicts_of_all

AT_ONCE = 500
"""Values that one question to the database names; more make it no quicker."""

PRINTS_AT_ONCE = 2_000
"""Fingerprints that one question names."""

COMPARED_BY = "compared by"
"""Name under which it is kept what has compared the articles."""

UNDATED = 1 << 42
"""Second under which articles without a time are found: beyond every year that has four digits."""

_T = TypeVar("_T")

Key = tuple[int, int]
"""A fingerprint and the number of an outlet."""

Posting = tuple[int, int, int]
"""A fingerprint, the number of an outlet, and the number of an article of it that has the fingerprint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is kept of an article: fingerprints (8 bytes each), weighted terms, and where it stands among the others.

    `number` is 0 for one that is not kept yet. `digest` is of all that the comparison reads of the article.
    """

    number: int = 0
    key: int
    id: str
    outlet: str | None
    published: str | None
    digest: str
    prints: bytes
    terms: Mapping[str, float]
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Of a kept article what makes it a member of a story; `parent` is the number of the article it hangs on."""

    number: int
    id: str
    published: str | None
    parent: int | None
    likeness: float | None
    story: str | None


_MEMBER = ("number", "article_id", "published", "parent", "likeness", "story_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Of a kept article what places it: its id, outlet, time, and how many fingerprints it has."""

    number: int
    id: str
    outlet: str | None
    published: str | None
    prints: int


class Traces:
    """The traces of a corpus, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, limit: int) -> list[tuple[int, Article | None]]:
        """Articles to be compared, the oldest first, with their keys.

        The article is `None` for one that is not compared any more: an older version, or one that is not read.
        """
        query = select(due.c.article_key).order_by(due.c.article_key).limit(limit)
        keys = list(self._connection.execute(query).scalars())
        rows = {
            row.key: row for row in self._rows(articles, articles.c.key, keys) if row.current and row.state == "read"
        }
        return [
            (key, unpack_found(rows[key].ledger, unpack_text(rows[key].text))[0] if key in rows else None)
            for key in keys
        ]

    def done(self, keys: Sequence[int]) -> None:
        """These articles are compared."""
        for some in portions(keys):
            self._connection.execute(delete(due).where(due.c.article_key.in_(some)))

    def waiting(self) -> int:
        """How many articles are to be compared."""
        return int(self._connection.execute(select(func.count()).select_from(due)).scalar_one())

    def begin_anew(self, by: str) -> None:
        """All articles are to be compared again, by another program or with other tables."""
        current = select(articles.c.key).where(articles.c.current)
        new = insert_or(self._connection, due).from_select(["article_key"], current)
        # SQLite takes ON CONFLICT after a SELECT only where that has a condition.
        self._connection.execute(new.on_conflict_do_nothing())
        self._connection.execute(delete(about).where(about.c.name == COMPARED_BY))
        self._connection.execute(insert(about), {"name": COMPARED_BY, "value": by})

    def of_articles(self, keys: Iterable[int]) -> list[Trace]:
        """The traces of articles that have one, by the keys of the articles."""
        return [_trace(row) for row in self._rows(trace, trace.c.article_key, keys)]

    def get(self, numbers: Iterable[int]) -> list[Trace]:
        """Traces by their numbers, ascending."""
        return sorted((_trace(row) for row in self._rows(trace, trace.c.number, numbers)), key=lambda one: one.number)

    def members(self, stories: Iterable[str]) -> list[Member]:
        """The articles of some stories."""
        return [Member(*row) for row in self._columns(trace, _MEMBER, trace.c.story_id, stories)]

    def members_by_number(self, numbers: Iterable[int]) -> list[Member]:
        """Some articles as members of stories."""
        return [Member(*row) for row in self._columns(trace, _MEMBER, trace.c.number, numbers)]

    def placed(self, numbers: Iterable[int]) -> list[Placed]:
        """What places some articles among the others."""
        size = func.length(trace.c.prints).label("size")
        columns = select(trace.c.number, trace.c.article_id, trace.c.outlet, trace.c.published, size)
        found = []
        for some in portions(numbers):
            for row in self._connection.execute(columns.where(trace.c.number.in_(some))):
                found.append(Placed(number=row[0], id=row[1], outlet=row[2], published=row[3], prints=row[4] // 8))
        return found

    def put(
        self, new: Sequence[Trace], prints: Sequence[Sequence[int]], terms: Sequence[tuple[int, Sequence[str]]]
    ) -> list[int]:
        """Keep traces with their fingerprints, and with their seconds and leading terms; the numbers they get."""
        numbers = []
        for one in new:
            values = {
                "article_key": one.key,
                "article_id": one.id,
                "outlet": plain(one.outlet),
                "published": plain(one.published),
                "digest": one.digest,
                "prints": one.prints,
                "terms": zlib.compress(json.dumps(dict(one.terms)).encode()),
            }
            result = self._connection.execute(insert(trace), values)
            numbers.append(int(result.inserted_primary_key[0]))  # type: ignore[index]
        rows = sorted(
            (value, outlet_number(one.outlet), number)
            for one, number, values in zip(new, numbers, prints, strict=True)
            for value in values
        )
        self._insert(print_, ("print", "outlet", "number"), rows)
        looked_up = sorted(
            (term_number(term), at, number)
            for number, (at, heaviest) in zip(numbers, terms, strict=True)
            for term in dict.fromkeys(heaviest)
        )
        self._insert(leading, ("term", "at", "number"), list(dict.fromkeys(looked_up)))
        return numbers

    def remove(
        self, gone: Sequence[Trace], prints: Sequence[Sequence[int]], terms: Sequence[tuple[int, Sequence[str]]]
    ) -> None:
        """Forget traces with all that hangs on their numbers."""
        for one, values, (at, heaviest) in zip(gone, prints, terms, strict=True):
            outlet = outlet_number(one.outlet)
            for some in portions(values):
                here = (print_.c.print.in_(some), print_.c.outlet == outlet, print_.c.number == one.number)
                self._connection.execute(delete(print_).where(*here))
            hashes = [term_number(term) for term in heaviest]
            found = (leading.c.term.in_(hashes), leading.c.at == at, leading.c.number == one.number)
            self._connection.execute(delete(leading).where(*found))
        numbers = [one.number for one in gone]
        for some in portions(numbers):
            self._connection.execute(delete(trace).where(trace.c.number.in_(some)))
            touching = reuse.c.derived.in_(some) | reuse.c.original.in_(some)
            self._connection.execute(delete(reuse).where(touching))

    def owners(self, prints: Iterable[int]) -> list[tuple[int, int]]:
        """All articles with any of some fingerprints: fingerprint and number."""
        return [tuple(row) for row in self._columns(print_, ("print", "number"), print_.c.print, prints)]

    def postings(self, prints: Iterable[int], below: int) -> list[Posting]:
        """All articles with a number under `below` that have any of some fingerprints."""
        return self._of_prints(f"SELECT print, outlet, number FROM print WHERE number < {below:d} AND print", prints)  # noqa: S608

    def postings_at(self, keys: Iterable[Key]) -> list[Posting]:
        """The articles of some outlets that have some fingerprints."""
        return self._of_keys("SELECT p.print, p.outlet, p.number", keys)

    def counts(self, keys: Iterable[Key]) -> dict[Key, int]:
        """How many articles of some outlets have some fingerprints; what none has is left out."""
        rows = self._of_keys("SELECT p.print, p.outlet, count(*)", keys, " GROUP BY p.print, p.outlet")
        return {(one, outlet): n for one, outlet, n in rows}

    def standing(self, prints: Iterable[int]) -> set[Key]:
        """Which of some fingerprints are boilerplate, and of which outlets."""
        return set(self._of_prints("SELECT print, outlet FROM standing WHERE print", prints))

    def _of_prints(self, query: str, prints: Iterable[int]) -> list[Any]:
        """What a query finds for some fingerprints, which are numbers and stand in it as they are: that is quickest."""
        return [
            row
            for some in portions(prints, PRINTS_AT_ONCE)
            for row in self._numbers(f"{query} IN ({','.join(map(_digits, some))})")
        ]

    def _of_keys(self, columns: str, keys: Iterable[Key], last: str = "") -> list[Any]:
        """The same for fingerprints of outlets, each of which is looked up."""
        found = []
        for some in portions(keys, PRINTS_AT_ONCE // 2):
            wanted = ",".join(f"({one:d},{outlet:d})" for one, outlet in some)
            joined = "FROM w JOIN print p ON p.print = w.print AND p.outlet = w.outlet"
            found += self._numbers(f"WITH w(print, outlet) AS (VALUES {wanted}) {columns} {joined}{last}")
        return found

    def _numbers(self, query: str) -> list[Any]:
        return list(map(tuple, self._connection.exec_driver_sql(query).all()))

    def set_standing(self, begun: Iterable[Key], ended: Iterable[Key]) -> None:
        """These fingerprints are boilerplate of their outlets from now on, and those are not any more."""
        self._insert(standing, ("print", "outlet"), sorted(begun))
        over = [{"a": one, "b": outlet} for one, outlet in sorted(ended)]
        if over:
            here = (standing.c.print == bindparam("a"), standing.c.outlet == bindparam("b"))
            self._connection.execute(delete(standing).where(*here), over)

    def sharing(self, terms: Sequence[str], first: int | None, last: int | None) -> list[int]:
        """Articles with one of some leading terms, from the second `first` to `last` or without a time."""
        asked: dict[str, Any] = {"terms": [term_number(term) for term in terms]}
        query = _SHARING
        if first is not None and last is not None:
            query, asked = _SHARING_NEAR, {**asked, "first": first, "last": last}
        return sorted(set(self._connection.execute(query, asked).scalars()))

    def hanging_on(self, numbers: Iterable[int]) -> list[int]:
        """The articles that hang on some others."""
        return [row[0] for row in self._columns(trace, ("number",), trace.c.parent, numbers)]

    def hang(self, on: Mapping[int, tuple[int | None, float | None]]) -> None:
        """From now on articles hang on others: by number the parent and how alike the two are."""
        if on:
            rows = [{"of": one, "parent": parent, "likeness": likeness} for one, (parent, likeness) in on.items()]
            self._connection.execute(update(trace).where(trace.c.number == bindparam("of")), rows)

    def reused(self, numbers: Iterable[int]) -> set[tuple[int, int]]:
        """Which articles carry text of which, where one is among `numbers`: derived and original."""
        names, wanted = ("derived", "original"), list(numbers)
        rows = [
            *self._columns(reuse, names, reuse.c.derived, wanted),
            *self._columns(reuse, names, reuse.c.original, wanted),
        ]
        return {(derived, original) for derived, original in rows}

    def reuses(self, numbers: Iterable[int]) -> dict[tuple[int, int], bytes]:
        """What the articles `numbers` carry of others, by derived and original."""
        rows = self._columns(reuse, ("derived", "original", "content"), reuse.c.derived, numbers)
        return {(derived, original): content for derived, original, content in rows}

    def put_reuses(self, found: Mapping[tuple[int, int], bytes]) -> None:
        """Keep that articles carry text of others."""
        rows = [(derived, original, content) for (derived, original), content in sorted(found.items())]
        self._insert(reuse, ("derived", "original", "content"), rows)

    def remove_reuses(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Forget that articles carry text of others."""
        for derived, original in pairs:
            self._connection.execute(delete(reuse).where(reuse.c.derived == derived, reuse.c.original == original))

    def ledgers(
        self, numbers: Iterable[int]
    ) -> Iterator[tuple[int, Article, tuple[Quotation, ...], Summary | None, set[int]]]:
        """Articles with their quotations as people have corrected them, and the ids of those that they call wrong."""
        keys = {row[1]: row[0] for row in self._columns(trace, ("number", "article_key"), trace.c.number, numbers)}
        rows = list(self._rows(articles, articles.c.key, keys))
        verdicts = verdicts_of_all(self._connection, [row.id for row in rows])
        for row in rows:
            article, quotations, summary = unpack_found(row.ledger, unpack_text(row.text))
            found, _ = statements.matched(quotations, verdicts.get(row.id, ()))
            held = tuple(statements.corrected(one, found.get(one.id)) for one in quotations)
            yield keys[row.key], article, held, summary, {n for n, one in found.items() if one.judgement == "wrong"}

    def texts(self, numbers: Iterable[int]) -> dict[int, Article]:
        """Articles by number."""
        keys = {row[1]: row[0] for row in self._columns(trace, ("number", "article_key"), trace.c.number, numbers)}
        rows = self._rows(articles, articles.c.key, keys)
        return {keys[row.key]: unpack_found(row.ledger, unpack_text(row.text))[0] for row in rows}

    def _insert(self, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])

    def _rows(self, table: Table, column: Any, values: Iterable[Any]) -> Iterator[Any]:
        for some in portions(values):
            yield from self._connection.execute(select(table).where(column.in_(some))).all()

    def _columns(self, table: Table, names: Sequence[str], column: Any, values: Iterable[Any]) -> Iterator[Any]:
        query = select(*(table.c[name] for name in names))
        for some in portions(values):
            yield from self._connection.execute(query.where(column.in_(some))).all()


_SHARING = select(leading.c.number).where(leading.c.term.in_(bindparam("terms", expanding=True)))
_SHARING_NEAR = _SHARING.where(leading.c.at.between(bindparam("first"), bindparam("last")) | (leading.c.at == UNDATED))


def _digits(number: int) -> str:
    return f"{number:d}"


def portions(some: Iterable[_T], size: int = AT_ONCE) -> Iterator[list[_T]]:
    """Distinct values in lists that are not too long for one question."""
    distinct = list(dict.fromkeys(some))
    for at in range(0, len(distinct), size):
        yield distinct[at : at + size]


@lru_cache(maxsize=4_096)
def outlet_number(outlet: str | None) -> int:
    """The number under which the fingerprints of an outlet stand, 48 bits; 0 where none is known."""
    if outlet is None:
        return 0
    return int.from_bytes(blake2b(plain(outlet).encode(), digest_size=6).digest(), "big") or 1


def term_number(term: str) -> int:
    """The number under which a term stands, 48 bits."""
    return int.from_bytes(blake2b(term.encode("utf-8", "replace"), digest_size=6).digest(), "big")


def _trace(row: Any) -> Trace:
    return Trace(
        number=row.number,
        key=row.article_key,
        id=row.article_id,
        outlet=row.outlet,
        published=row.published,
        digest=row.digest,
        prints=row.prints,
        terms=json.loads(zlib.decompress(row.terms)),
        story=row.story_id,
    )
