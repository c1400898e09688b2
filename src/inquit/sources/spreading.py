"""A medium named in some frames of a source holds for its other quotations too, as in an interview told piece by piece.

Runs when all chains are built: what comes later in the text, as a headline's medium does, is known by then.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from inquit.records import Quotation
from inquit.sources.reading import Reading, begin
from inquit.sources.relays import Link

Spread = Callable[[Quotation, list[str], str], bool]
"""Quotation, features, name of the medium -> whether it holds for the quotation."""


@dataclass(frozen=True, slots=True)
class Told:
    """One quotation with the links before its primary source."""

    quotation: Quotation
    number: int
    paragraph: int
    media: tuple[Link, ...]


def spread(
    text: Reading, quotations: list[Quotation], chains: dict[int, tuple[Link, ...]], decide: Spread
) -> dict[int, Link]:
    """Media to put before the chains of quotations that have none, by the quotation's id."""
    told: dict[int, list[Told]] = {}
    sources: Counter[int] = Counter()
    for number, quotation in enumerate(quotations):
        links = chains[quotation.id]
        if links and quotation.parent is None:
            media = tuple(link for link in links[:-1] if link.entity.kind == "outlet")
            one = Told(quotation, number, text.paragraph(begin(quotation.quote)), media)
            told.setdefault(links[-1].entity.order, []).append(one)
            sources[links[-1].entity.order] += bool(media)
    relayed = sum(bool(times) for times in sources.values())
    found: dict[int, Link] = {}
    for rows in told.values():
        for at, one in enumerate(rows):
            if len(chains[one.quotation.id]) == 1:
                link = _nearest(rows, at)
                if link is not None:
                    features = _features(text, rows, at, link, relayed)
                    if decide(one.quotation, features, link.entity.name):
                        found[one.quotation.id] = link
    return found


def _nearest(rows: list[Told], at: int) -> Link | None:
    """The medium of the source's nearest quotation that has one, an earlier one first."""
    for other in [*reversed(rows[:at]), *rows[at + 1 :]]:
        if other.media:
            return other.media[0]
    return None


def _features(text: Reading, rows: list[Told], at: int, link: Link, relayed: int) -> list[str]:
    one, source = rows[at], link.entity
    with_it = [other for other in rows if any(medium.entity is source for medium in other.media)]
    framed = [other for other in rows if other.quotation.frame]
    share = len(with_it) / len(rows)
    framed_share = sum(other in with_it for other in framed) / len(framed) if framed else 0.0
    near = min(with_it, key=lambda other: abs(other.number - one.number))
    side = "after" if near.number > one.number else "before"
    apart = min(abs(near.paragraph - one.paragraph), 3)
    steps = min(abs(near.number - one.number), 4)
    own = any(word in text.nouns.sets["this_medium"] for word in text.words(one.quotation.addressee))
    first = min(other.number for other in with_it)
    found = [
        f"share={int(4 * share)}",
        f"framed-share={int(4 * framed_share)}",
        f"side={side}|apart={apart}",
        f"side={side}|steps={steps}",
        f"apart={apart}|share={int(4 * share)}",
        f"type={one.quotation.type}|{side}",
        f"framed={bool(one.quotation.frame)}|{side}",
        f"framed={bool(one.quotation.frame)}|apart={apart}",
        f"addressed={bool(one.quotation.addressee)}|{own}",
        f"lead={one.paragraph == 0}|{side}",
        f"lead={one.paragraph == 0}|first={first - one.number < 4}",
        f"relayed={min(relayed, 3)}|{side}",
        f"times={min(len(with_it), 3)}|of={min(len(rows), 6)}",
        f"last-named={any(other.media for other in rows[max(0, at - 1) : at])}",
    ]
    return [*found, *(f"frame={word[:6]}" for word in text.words(one.quotation.frame) if word[0].isalpha())]
