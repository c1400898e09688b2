"""What the ledgers and links of a story say about pairs of statements, before their words are compared."""

from collections.abc import Callable, Sequence

import numpy as np

from inquit.records import Link, Quotation
from inquit.stories.affinity import Matrix, Relations
from inquit.stories.identity import Identity
from inquit.stories.outlets import which_outlet
from inquit.stories.statements import Unit


def relations(units: Sequence[Unit], identity: Identity, links: Sequence[Link]) -> Relations:
    """The relations between all pairs of units of one story, symmetric, in the order of `affinity.FEATURES`."""
    through = [first_outlet(unit, units) for unit in units]
    primary = [primary_node(unit) for unit in units]
    roots = [identity.root(node) if node is not None else None for node in primary]
    outer = outer_positions(units)
    cited = {(link.derived, link.original) for link in links}

    def same_source(i: int, j: int) -> bool:
        return roots[i] is not None and roots[i] == roots[j]

    def from_other(i: int, j: int) -> bool:
        outlet = units[j].article.outlet
        return through[i] is not None and through[i] == outlet and (units[i].article.id, units[j].article.id) in cited

    def neighbours(i: int, j: int) -> bool:
        return units[i].article.id == units[j].article.id and abs(outer[i] - outer[j]) == 1

    def takes_up(i: int, j: int) -> bool:
        return neighbours(i, j) and outer[i] > outer[j] and units[i].takes_up and units[i].content <= LITTLE

    def confirms(i: int, j: int) -> bool:
        return units[i].quotation.stance == "confirm" and units[j].quotation.stance == "assert"

    def denies(i: int, j: int) -> bool:
        return (units[i].quotation.stance == "deny") != (units[j].quotation.stance == "deny")

    def elsewhere(i: int, j: int) -> bool:
        return units[i].article.id != units[j].article.id

    tests: tuple[Callable[[int, int], float], ...] = (
        lambda i, j: units[i].article.id == units[j].article.id,
        same_source,
        from_other,
        lambda i, j: through[i] is not None and through[i] == through[j],
        lambda i, j: _refers(units[i], units[j], units[i].quotation.supports),
        lambda i, j: _around(units[i], units[j]),
        lambda i, j: _refers(units[i], units[j], units[i].quotation.disputes),
        lambda i, j: neighbours(i, j) and same_source(i, j),
        takes_up,
        confirms,
        lambda i, j: units[i].negates and not units[j].negates,
        denies,
        lambda i, j: elsewhere(i, j) and outer[i] <= OPENING and outer[j] <= OPENING,
        lambda i, j: elsewhere(i, j) and outer[i] <= OPENING,
    )
    return Relations(tuple(_matrix(len(units), test) for test in tests))


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


def _matrix(size: int, test: Callable[[int, int], float]) -> Matrix:
    one_way = np.array([[test(i, j) for j in range(size)] for i in range(size)], np.float32).reshape(size, size)
    either: Matrix = np.maximum(one_way, one_way.T)
    return either


def _refers(one: Unit, other: Unit, ids: Sequence[int]) -> bool:
    return one.article.id == other.article.id and other.quotation.id in ids


def _around(one: Unit, other: Unit) -> float:
    """Share of a quotation that another one which stands in it takes up."""
    if one.article.id != other.article.id or one is other:
        return 0.0
    outer, inner = one.quotation.quote, other.quotation.quote
    within = sum(max(0, min(e, end) - max(b, begin)) for b, e in outer for begin, end in inner)
    if within < sum(end - begin for begin, end in inner):
        return 0.0
    return within / max(1, sum(end - begin for begin, end in outer))


def primary_node(unit: Unit) -> tuple[str, str] | None:
    """The primary source of a statement as a node of `Identity`."""
    chain = unit.quotation.chain
    return (unit.article.id, chain[-1].name) if chain else None


def first_outlet(unit: Unit, units: Sequence[Unit]) -> str | None:
    """The outlet of the story through which a statement comes; `None` where it comes through none."""
    outlets = list(dict.fromkeys(other.article.outlet for other in units if other.article.outlet))
    return outlet_in_chain(unit.quotation, [outlet for outlet in outlets if outlet != unit.article.outlet])


def outlet_in_chain(quotation: Quotation, outlets: Sequence[str]) -> str | None:
    """The first of `outlets` in a chain."""
    names = [source.name for source in quotation.chain if source.kind == "outlet"]
    return next((found for found in (which_outlet(name, outlets) for name in names) if found), None)
