"""What the ledgers and links of a story say about pairs of statements, before their words are compared."""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquit.records import Link, Quotation
from inquit.stories.affinity import Relations
from inquit.stories.identity import Identity
from inquit.stories.outlets import which_outlet
from inquit.stories.statements import Unit

Relation = NDArray[Any]
"""`[i, j]`: what holds between units i and j, true or 0 to 1."""


def relations(units: Sequence[Unit], identity: Identity, links: Sequence[Link]) -> Relations:
    """The relations between all pairs of units of one story, symmetric, in the order of `affinity.FEATURES`."""
    here, stance = _numbered([unit.article.id for unit in units]), [unit.quotation.stance for unit in units]
    primary = [primary_node(unit) for unit in units]
    roots = _numbered([identity.root(node) if node is not None else None for node in primary])
    outer = np.array(outer_positions(units), np.int64)
    same_article = here[:, None] == here[None, :]
    same_source = (roots[:, None] == roots[None, :]) & (roots >= 0)
    neighbours = same_article & (np.abs(outer[:, None] - outer[None, :]) == 1)
    little = np.array([unit.takes_up and unit.content <= LITTLE for unit in units], bool)
    confirms, asserts, denies = (np.array([one == name for one in stance], bool) for name in _CONFIRM_ASSERT_DENY)
    negates = np.array([unit.negates for unit in units], bool)
    opening = np.where(same_article, False, (outer <= OPENING)[:, None])
    one_way = (
        same_article,
        same_source,
        *_through(units, links),
        *_said_in_article(units),
        neighbours & same_source,
        neighbours & (outer[:, None] > outer[None, :]) & little[:, None],
        confirms[:, None] & asserts[None, :],
        negates[:, None] & ~negates[None, :],
        denies[:, None] != denies[None, :],
        opening & (outer <= OPENING)[None, :],
        opening,
    )
    return Relations(tuple(np.maximum(one, one.T).astype(np.float32) for one in one_way))


_CONFIRM_ASSERT_DENY = ("confirm", "assert", "deny")


def _through(units: Sequence[Unit], links: Sequence[Link]) -> tuple[Relation, Relation]:
    """Whether a statement comes through the outlet of the other, whose article is linked, and both through one."""
    known = list(dict.fromkeys(unit.article.outlet for unit in units if unit.article.outlet))
    through = [first_outlet(unit, known) for unit in units]
    if not any(through):
        nothing = np.zeros((len(units), len(units)), bool)
        return nothing, nothing
    cited = {(link.derived, link.original) for link in links}
    from_other = [
        [one == there.article.outlet and (here.article.id, there.article.id) in cited for there in units]
        if one is not None
        else [False] * len(units)
        for one, here in zip(through, units, strict=True)
    ]
    numbers = _numbered(through)
    return np.array(from_other, bool), (numbers[:, None] == numbers[None, :]) & (numbers >= 0)


def _said_in_article(units: Sequence[Unit]) -> tuple[Relation, Relation, Relation]:
    """Of statements of one article: which supports which, how much of one another takes up, which disputes which."""
    shape = (len(units), len(units))
    supports, around, disputes = np.zeros(shape, bool), np.zeros(shape), np.zeros(shape, bool)
    by_article: dict[str, list[int]] = {}
    for i, unit in enumerate(units):
        by_article.setdefault(unit.article.id, []).append(i)
    for i, one in enumerate(units):
        quotation = one.quotation
        for j in by_article[one.article.id]:
            other = units[j].quotation
            supports[i, j], disputes[i, j] = other.id in quotation.supports, other.id in quotation.disputes
            around[i, j] = _around(quotation, other) if i != j else 0.0
    return supports, around, disputes


def _numbered(names: Sequence[Hashable]) -> NDArray[np.int64]:
    """Each name as a number, equal ones as the same; -1 for `None`."""
    numbers: dict[Hashable, int] = {None: -1}
    return np.array([numbers.setdefault(name, len(numbers) - 1) for name in names], np.int64)


OPENING = 1
"""Number of the last outermost quotation of an article, from 0, that stands in its opening: headline and lead."""

LITTLE = 15.0
"""Content (weight of the words) up to which a statement that takes up another says little by itself: three words."""


def outer_positions(units: Sequence[Unit]) -> list[int]:
    """For each unit the number of its outermost quotation among those of its article."""
    numbers: dict[tuple[str, int], int] = {}
    counts: dict[str, int] = {}
    for unit in units:
        article, parent = unit.article.id, unit.quotation.parent
        if parent is not None and (article, parent) in numbers:
            numbers[unit.key] = numbers[article, parent]
        else:
            numbers[unit.key] = counts[article] = counts.get(article, -1) + 1
    return [numbers[unit.key] for unit in units]


def _around(one: Quotation, other: Quotation) -> float:
    """Share of a quotation that another one of its article which stands in it takes up."""
    outer, inner = one.quote, other.quote
    if inner[0].begin >= outer[-1].end or outer[0].begin >= inner[-1].end:
        return 0.0
    within = sum(max(0, min(e, end) - max(b, begin)) for b, e in outer for begin, end in inner)
    if within < sum(end - begin for begin, end in inner):
        return 0.0
    return within / max(1, sum(end - begin for begin, end in outer))


def primary_node(unit: Unit) -> tuple[str, str] | None:
    """The primary source of a statement as a node of `Identity`."""
    chain = unit.quotation.chain
    return (unit.article.id, chain[-1].name) if chain else None


def first_outlet(unit: Unit, outlets: Sequence[str]) -> str | None:
    """The one of the outlets of a story through which a statement comes; `None` where it comes through none."""
    if not any(source.kind == "outlet" for source in unit.quotation.chain):
        return None
    return outlet_in_chain(unit.quotation, [outlet for outlet in outlets if outlet != unit.article.outlet])


def outlet_in_chain(quotation: Quotation, outlets: Sequence[str]) -> str | None:
    """The first of `outlets` in a chain."""
    names = [source.name for source in quotation.chain if source.kind == "outlet"]
    return next((found for found in (which_outlet(name, outlets) for name in names) if found), None)
