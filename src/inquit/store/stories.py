"""Stories and claims as rows: what is put together is kept whole, and beside it what they are asked for by."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from inquit.errors import UnknownIdError, UsageError
from inquit.records import ClaimQuery, KeptClaim, KeptStory, StoryQuery
from inquit.store import times
from inquit.store.folding import words
from inquit.store.packing import pack_record, unpack_record
from inquit.store.storytables import claim, story, trace
from inquit.store.traces import portions

_Record = TypeVar("_Record", KeptStory, KeptClaim)

SHORTEST_PREFIX = 4
"""Characters of an id, its first letter and line among them, that may stand for it where they are unique."""


class Book:
    """The stories of a corpus as they are put together, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def place(self, groups: Mapping[str, Sequence[int]], former: Iterable[str]) -> None:
        """Keep which articles make which stories; those of `former` that are not among them are gone."""
        gone = [one for one in former if one not in groups]
        for some in portions(gone):
            self._connection.execute(delete(story).where(story.c.id.in_(some)))
            self._connection.execute(delete(claim).where(claim.c.story_id.in_(some)))
        members = [
            {"of": number, "story_id": identifier} for identifier, numbers in groups.items() for number in numbers
        ]
        if members:
            self._connection.execute(update(trace).where(trace.c.number == bindparam("of")), members)
        known: set[str] = set()
        for some in portions(groups):
            known.update(self._connection.execute(select(story.c.id).where(story.c.id.in_(some))).scalars())
        new = [{**_EMPTY, "id": one, "articles": len(numbers)} for one, numbers in groups.items() if one not in known]
        if new:
            self._connection.execute(insert(story), new)
        self.mark_stale(known)

    def mark_stale(self, stories: Iterable[str]) -> None:
        """These stories are to be put together anew."""
        for some in portions(stories):
            self._connection.execute(update(story).where(story.c.id.in_(some)).values(stale=True))

    def stale(self, limit: int) -> list[tuple[str, int]]:
        """Stories to be put together anew, with their numbers of articles."""
        query = select(story.c.id, story.c.articles).where(story.c.stale).order_by(story.c.id).limit(limit)
        return [(row.id, row.articles) for row in self._connection.execute(query)]

    def count_stale(self) -> int:
        """How many stories are to be put together anew."""
        return int(self._connection.execute(select(func.count()).select_from(story).where(story.c.stale)).scalar_one())

    def put(self, made: Sequence[tuple[KeptStory, Sequence[KeptClaim]]]) -> None:
        """Keep stories that were put together, with their claims, in the place of what was known of them."""
        rows = [_story_values(kept, claims) for kept, claims in made]
        if rows:
            self._connection.execute(update(story).where(story.c.id == bindparam("of")), rows)
        for some in portions(row["of"] for row in rows):
            self._connection.execute(delete(claim).where(claim.c.story_id.in_(some)))
        found = [one for _, claims in made for one in claims]
        for some in portions(one.claim.id for one in found):  # a story that was split may still have them
            self._connection.execute(delete(claim).where(claim.c.id.in_(some)))
        if found:
            self._connection.execute(insert(claim), [_claim_values(one) for one in found])


def _story_values(kept: KeptStory, claims: Sequence[KeptClaim]) -> dict[str, Any]:
    times_ = [minute for one in kept.articles if (minute := times.minute(one.published)) is not None]
    titles = [one.title or "" for one in kept.articles]
    return {
        "of": kept.story.id,
        "stale": False,
        "articles": len(kept.articles),
        "outlets": len(kept.outlets),
        "first": min(times_, default=None),
        "last": max(times_, default=None),
        "words": _folded([*titles, *kept.story.terms]),
        "outlet_words": _folded(kept.outlets),
        "claims": len(claims),
        "content": pack_record(kept),
    }


_EMPTY = {"stale": True, "articles": 0, "outlets": 0, "words": "", "outlet_words": "", "claims": 0}


def _claim_values(kept: KeptClaim) -> dict[str, Any]:
    found = kept.claim
    said = [statement.text for statement in (*found.statements, *found.denied_by)]
    sources = found.primary_sources
    return {
        "id": found.id,
        "story_id": found.story,
        "articles": len({statement.article for statement in found.statements}),
        "outlets": len(kept.outlets),
        "sources": found.independent_sources,
        "unnamed": bool(sources) and all(source.naming != "named" for source in sources),
        "disputed": bool(found.denied_by),
        "circular": found.circular,
        "first": times.minute(found.first_seen),
        "words": _folded([*said, *(name for source in sources for name in (source.name, *source.names))]),
        "outlet_words": _folded(kept.outlets),
        "content": pack_record(kept),
    }


def stories(connection: Connection, query: StoryQuery) -> list[KeptStory]:
    """The stories that are asked for."""
    conditions = [
        story.c.content.is_not(None),
        *_beginning(story.c.words, query.words, "words"),
        *_beginning(story.c.outlet_words, query.outlet, "outlet"),
        *_period(story.c.first, story.c.last, query),
        story.c.articles >= query.articles,
        story.c.outlets >= query.outlets,
    ]
    latest = (story.c.last.desc().nulls_last(), story.c.id)
    order = latest if query.sort == "time" else (story.c.outlets.desc(), story.c.articles.desc(), *latest)
    return _asked(connection, story, conditions, order, query, KeptStory)


def claims(connection: Connection, query: ClaimQuery) -> list[KeptClaim]:
    """The claims that are asked for."""
    conditions = [
        *_beginning(claim.c.words, query.words, "words"),
        *_beginning(claim.c.outlet_words, query.outlet, "outlet"),
        *_period(claim.c.first, claim.c.first, query),
        claim.c.outlets >= query.outlets,
    ]
    if query.sources is not None:
        conditions.append(claim.c.sources <= query.sources)
    if query.story is not None:
        conditions.append(claim.c.story_id == _whole_id(connection, story, query.story, "story"))
    for name in ("circular", "unnamed", "disputed"):
        if getattr(query, name) is not None:
            conditions.append(claim.c[name].is_(getattr(query, name)))
    most = (claim.c.outlets.desc(), claim.c.articles.desc(), claim.c.id)
    order = most if query.sort == "outlets" else (claim.c.first.desc().nulls_last(), claim.c.id)
    return _asked(connection, claim, conditions, order, query, KeptClaim)


def one_story(connection: Connection, identifier: str) -> KeptStory:
    """A story by its id or a unique beginning of it."""
    found = _whole_id(connection, story, identifier, "story")
    content = connection.execute(select(story.c.content).where(story.c.id == found)).scalar_one()
    if content is None:
        raise UnknownIdError(f"{found} is not put together yet")
    return unpack_record(content, KeptStory)


def one_claim(connection: Connection, identifier: str) -> KeptClaim:
    """A claim by its id or a unique beginning of it."""
    found = _whole_id(connection, claim, identifier, "claim")
    return unpack_record(connection.execute(select(claim.c.content).where(claim.c.id == found)).scalar_one(), KeptClaim)


def _whole_id(connection: Connection, table: Table, identifier: str, kind: str) -> str:
    found = connection.execute(select(table.c.id).where(table.c.id == identifier)).scalar()
    if found is not None:
        return str(found)
    if len(identifier) >= SHORTEST_PREFIX:
        begins = table.c.id.startswith(identifier, autoescape=True)
        several = connection.execute(select(table.c.id).where(begins).limit(2)).scalars().all()
        if len(several) == 1:
            return str(several[0])
        if several:
            raise UnknownIdError(f"{identifier} is the beginning of more than one {kind}'s id")
    raise UnknownIdError(f"{identifier} is no {kind} of this corpus")


def _asked(
    connection: Connection,
    table: Table,
    conditions: Sequence[Any],
    order: Sequence[Any],
    query: Any,
    kind: type[_Record],
) -> list[_Record]:
    if query.limit < 1:
        raise UsageError(f"limit is {query.limit}, not a positive number")
    if query.offset < 0:
        raise UsageError(f"offset is {query.offset}, a negative number")
    asked = select(table.c.content).where(*conditions).order_by(*order).limit(query.limit).offset(query.offset)
    return [unpack_record(content, kind) for content in connection.execute(asked).scalars()]


def _period(first: Any, last: Any, query: StoryQuery | ClaimQuery) -> list[Any]:
    """Conditions of time: something lies between `since` and `until`."""
    found = []
    if query.since is not None:
        found.append(last >= _minute(times.minute(query.since), "since", query.since))
    if query.until is not None:
        found.append(first <= _minute(times.last_minute(query.until), "until", query.until))
    return found


def _minute(found: int | None, name: str, text: str) -> int:
    if found is None:
        raise UsageError(f"{name} is {text!r}, not a date or time such as 2025-09-10 or 2025-09-10T05:30")
    return found


def _beginning(column: Any, asked: str | None, name: str) -> list[Any]:
    """Conditions that each word asked for is the beginning of one in the column."""
    found = words(asked or "")
    if asked and asked.strip() and not found:
        raise UsageError(f"{name} is {asked!r}, which has no letters")
    return [column.like(f"% {word}%") for word in found]


def _folded(texts: Iterable[str]) -> str:
    """The distinct words of some texts, each after a blank."""
    return " " + " ".join(dict.fromkeys(word for text in texts for word in words(text)))
