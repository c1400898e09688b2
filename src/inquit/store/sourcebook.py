"""The sources across articles: facets are counted, and grouped into sources again when a name gets a new one."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from inquit.store import identity
from inquit.store.dialects import greatest, insert_or, least
from inquit.store.folding import words
from inquit.store.identity import Facet, Signature, Splits
from inquit.store.tables import facet, rule, source, statement, tally
from inquit.store.times import FIRST_DATED

NO_OUTLET = 0
"""Key in the tallies of articles whose outlet is not known."""

NEVER_FIRST, NEVER_LAST = (1 << 63) - 1, -1
"""First and last key in the tallies where the time of no statement is known."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many statements, and the keys of the first and last of them whose time is known."""

    statements: int
    first: int = NEVER_FIRST
    last: int = NEVER_LAST

    def __add__(self, other: "Share") -> "Share":
        return Share(self.statements + other.statements, min(self.first, other.first), max(self.last, other.last))


Counts = Mapping[tuple[int, int], Share]
"""Statements by facet key and outlet key."""

Part = tuple[str, tuple[Signature, ...] | None]
"""Some facets of one name: those with one of the signatures, or all of them where that is `None`."""

_MOST_PARAMETERS = 500


@dataclass(frozen=True, slots=True)
class Merge:
    """Two sources that a person calls the same; the first gives id and name."""

    key: int
    first: Part
    second: Part


@dataclass(frozen=True, slots=True)
class Rules:
    """What people have said of sources, in the order in which they said it."""

    merges: tuple[Merge, ...]
    splits: Splits


def rules(connection: Connection) -> Rules:
    """All rules; they are made by hand and therefore few."""
    merges: list[Merge] = []
    splits: dict[tuple[str, str], str] = {}
    for row in connection.execute(select(rule).order_by(rule.c.key)):
        content = json.loads(row.content)
        if row.kind == "merge":
            merges.append(Merge(row.key, _part(content["first"]), _part(content["second"])))
        else:
            splits.update({(row.name_id, place): content["label"] for place in content["places"]})
    return Rules(tuple(merges), splits)


def add_merge(connection: Connection, first: Part, second: Part) -> None:
    """Keep that two sources are the same."""
    content = json.dumps({"first": first, "second": second})
    connection.execute(insert(rule).values(kind="merge", name_id=first[0], content=content))


def add_split(connection: Connection, name_id: str, places: Sequence[str], label: str) -> None:
    """Keep that the bearer of a name in the articles of `places` is somebody else."""
    content = json.dumps({"places": places, "label": label})
    connection.execute(insert(rule).values(kind="split", name_id=name_id, content=content))


def count(connection: Connection, facets: Iterable[Facet], counts: Counts, by: Rules) -> None:
    """Add statements to the tallies, and make the facets and sources that are new."""
    if fresh := _put(connection, facets):
        regroup(connection, fresh, by)
    if counts:
        added = insert_or(connection, tally)
        added = added.on_conflict_do_update(
            index_elements=["facet_key", "outlet_key"],
            set_={
                "statements": tally.c.statements + added.excluded.statements,
                "first": least(connection, tally.c.first, added.excluded.first),
                "last": greatest(connection, tally.c.last, added.excluded.last),
            },
        )
        rows = [
            {"facet_key": f, "outlet_key": o, "statements": n.statements, "first": n.first, "last": n.last}
            for (f, o), n in sorted(counts.items())
        ]
        connection.execute(added, rows)
        _count_sources(connection, counts, 1)


def uncount(connection: Connection, counts: Counts) -> None:
    """Take statements, which are no longer there, out of the tallies."""
    if counts:
        where = (tally.c.facet_key == bindparam("f")) & (tally.c.outlet_key == bindparam("o"))
        changes = [{"f": f, "o": o, "n": n.statements} for (f, o), n in sorted(counts.items())]
        left = (
            (statement.c.facet_key == bindparam("f"))
            & (statement.c.outlet_key == bindparam("o"))
            & (statement.c.key >= FIRST_DATED)
            & (statement.c.judgement.is_distinct_from("wrong"))
        )
        values = {
            "statements": tally.c.statements - bindparam("n"),
            "first": func.coalesce(select(func.min(statement.c.key)).where(left).scalar_subquery(), NEVER_FIRST),
            "last": func.coalesce(select(func.max(statement.c.key)).where(left).scalar_subquery(), NEVER_LAST),
        }
        connection.execute(update(tally).where(where).values(**values), changes)
        _count_sources(connection, counts, -1)


def regroup(connection: Connection, name_ids: Iterable[str], by: Rules) -> None:
    """Group the facets of these names into sources, by what articles say and by the merges made by hand."""
    rows = _facets_of(connection, _with_merged(set(name_ids), by.merges))
    source_of = _grouped(rows, by.merges)
    changed = [{"k": row.key, "s": source_of[row.key]} for row in rows if row.source_id != source_of[row.key]]
    if changed:
        where = facet.c.key == bindparam("k")
        connection.execute(update(facet).where(where).values(source_id=bindparam("s")), changed)
    members: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        members[source_of[row.key]].append(row)
    for part in _portions(sorted({row.source_id for row in rows} | members.keys())):
        connection.execute(delete(source).where(source.c.id.in_(part)))
    sums = _sums(connection, [row.key for row in rows])
    made = [_source(one, found, sums) for one, found in sorted(members.items())]
    if made:
        connection.execute(insert(source), made)


def part_of(connection: Connection, source_id: str) -> list[Part]:
    """The facets of a source as rules name them: by name, with signatures only where the name has namesakes."""
    rows = connection.execute(select(facet).where(facet.c.source_id == source_id)).all()
    parts: list[Part] = []
    for name_id in sorted({row.name_id for row in rows}):
        everyone = connection.execute(select(facet.c.source_id).where(facet.c.name_id == name_id).distinct()).all()
        signatures = sorted(signature(row) for row in rows if row.name_id == name_id)
        parts.append((name_id, None if len(everyone) == 1 else tuple(signatures)))
    return parts


def holds(part: Part, name_id: str, signature: Signature) -> bool:
    """Whether a facet is meant by a part of a rule."""
    return part[0] == name_id and (part[1] is None or signature in part[1])


def _put(connection: Connection, facets: Iterable[Facet]) -> set[str]:
    """Add new facets; the names that have any. Known ones may get another name, whatever order articles come in."""
    wanted: dict[str, Facet] = {}
    for one in facets:
        wanted[one.id] = _common(one, wanted.get(one.id, one))
    known: dict[str, Any] = {}
    for part in _portions(sorted(wanted)):
        known |= {row.id: row for row in connection.execute(select(facet).where(facet.c.id.in_(part)))}
    changed = []
    for identifier in sorted(known):
        row, one = known[identifier], wanted[identifier]
        common = _common(one, row)
        if (common.name, common.kind, common.naming) != (row.name, row.kind, row.naming):
            values = {"name": common.name, "kind": common.kind, "naming": common.naming}
            connection.execute(update(facet).where(facet.c.id == identifier).values(**values))
            changed.append(one.name_id)
    new = [one for identifier, one in sorted(wanted.items()) if identifier not in known]
    if new:
        rows = [
            {
                "key": one.key,
                "id": one.id,
                "name_id": one.name_id,
                "signature": json.dumps(one.signature),
                "name": one.name,
                "kind": one.kind,
                "naming": one.naming,
                "source_id": "",
            }
            for one in new
        ]
        connection.execute(insert(facet), rows)
    return {*changed, *(one.name_id for one in new)}


def _common(one: Facet, other: Any) -> Facet:
    """One of two spellings of the same, chosen by the spelling alone; "Müller" rather than "Mueller"."""
    return replace(
        one, name=max(one.name, other.name), kind=min(one.kind, other.kind), naming=min(one.naming, other.naming)
    )


_Group = tuple[str, str, frozenset[Signature]]  # id, name id, signatures


def _grouped(rows: Sequence[Any], merges: Sequence[Merge]) -> dict[int, str]:
    """The source id of each facet, by its key."""
    groups = _by_signature(rows)
    leader = _merged(groups, merges)
    by_facet = {(name_id, one): leader[identifier] for identifier, name_id, part in groups for one in part}
    return {row.key: by_facet[row.name_id, signature(row)] for row in rows}


def _by_signature(rows: Sequence[Any]) -> list[_Group]:
    """The facets of each name grouped by what articles say of its bearers."""
    by_name: dict[str, list[Signature]] = defaultdict(list)
    for row in rows:
        by_name[row.name_id].append(signature(row))
    groups: list[_Group] = []
    for name_id, found in by_name.items():
        parts = identity.partition(found)
        alone = sum(not identity.is_split(part[0]) for part in parts) == 1
        for part in parts:
            whole = alone and not identity.is_split(part[0])
            groups.append((identity.source_id(name_id, part, alone=whole), name_id, frozenset(part)))
    return groups


def _merged(groups: Sequence[_Group], merges: Sequence[Merge]) -> dict[str, str]:
    """For each group the id of the one that it was merged into, at last."""
    leader = {identifier: identifier for identifier, _, _ in groups}

    def find(one: str) -> str:
        while leader[one] != one:
            one = leader[one]
        return one

    def meant(part: Part) -> list[str]:
        return [i for i, name_id, signatures in groups if any(holds(part, name_id, one) for one in signatures)]

    for merge in merges:
        first, second = meant(merge.first), meant(merge.second)
        for other in [*first[1:], *second] if first else []:
            if find(other) != find(first[0]):
                leader[find(other)] = find(first[0])
    return {identifier: find(identifier) for identifier in leader}


def _source(identifier: str, members: Sequence[Any], sums: Mapping[int, int]) -> dict[str, Any]:
    """The row of a source. After a merge it is called what its first part is called."""
    own = [row for row in members if identifier in {row.name_id, row.id}]
    names = {row.name_id for row in own or members}
    leading = [row for row in members if row.name_id in names]
    every_word = sorted({word for row in members for word in words(row.name)})
    return {
        "id": identifier,
        "name": max(row.name for row in leading),
        "words": f" {' '.join(every_word)} ",
        "kind": min(row.kind for row in leading),
        "naming": min((row.naming for row in leading), key=_NAMING_ORDER.index),
        "statements": sum(sums.get(row.key, 0) for row in members),
    }


_NAMING_ORDER = ("named", "described", "anonymous")


def _with_merged(name_ids: set[str], merges: Sequence[Merge]) -> set[str]:
    """The names and all that merges connect them with."""
    found = set(name_ids)
    grown = True
    while grown:
        linked = {end[0] for m in merges if {m.first[0], m.second[0]} & found for end in (m.first, m.second)}
        grown = not linked <= found
        found |= linked
    return found


def _facets_of(connection: Connection, name_ids: Collection[str]) -> list[Any]:
    return [
        row
        for part in _portions(sorted(name_ids))
        for row in connection.execute(select(facet).where(facet.c.name_id.in_(part)).order_by(facet.c.id))
    ]


def _sums(connection: Connection, keys: Sequence[int]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for part in _portions(keys):
        query = (
            select(tally.c.facet_key, func.sum(tally.c.statements))
            .where(tally.c.facet_key.in_(part))
            .group_by(tally.c.facet_key)
        )
        sums |= {key: int(n) for key, n in connection.execute(query)}
    return sums


def _count_sources(connection: Connection, counts: Counts, sign: int) -> None:
    of_facet: dict[int, int] = defaultdict(int)
    for (key, _), n in counts.items():
        of_facet[key] += sign * n.statements
    holder = select(facet.c.source_id).where(facet.c.key == bindparam("k")).scalar_subquery()
    connection.execute(
        update(source).where(source.c.id == holder).values(statements=source.c.statements + bindparam("n")),
        [{"k": key, "n": n} for key, n in sorted(of_facet.items())],
    )


def signature(row: Any) -> Signature:
    """The signature of a facet's row."""
    return tuple(json.loads(row.signature))


def _part(content: Any) -> Part:
    name_id, signatures = content
    return name_id, None if signatures is None else tuple(tuple(one) for one in signatures)


def _portions(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for at in range(0, len(items), _MOST_PARAMETERS):
        yield items[at : at + _MOST_PARAMETERS]
