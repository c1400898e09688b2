"""Pairs of statements that may stand against or for each other, each with numbers that tell."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
import numpy.typing as npt

from inquit.sources.answering import contenders
from inquit.sources.content import Content, coverage
from inquit.sources.statements import Statement

Floats = npt.NDArray[np.float64]

OWN = (
    *("answers", "is sought", "denial", "denial near", "denial before", "denies", "asserts", "asks", "confirms"),
    *("negated", "negated around", "contrast", "charges", "reports", "pronouns", "several", "accuses"),
    *("signs in quote", "signs in frame", "signs in sentence", "signs before", "hedged", "relayed", "links"),
    *("anonymous", "described", "person", "organization", "outlet or document", "sourceless"),
    *("nested", "reported", "direct", "paragraph", "number", "length", "weight"),
)
"""What is told of each of the two."""
BOTH = (
    *("distance", "paragraphs between", "sentences between", "changes of source", "order", "order among claims"),
    *("after", "inside", "outside", "same sentence", "shared", "covers", "covered", "shared widely"),
    *("place by shared", "place by shared widely", "place by sought", "share of the most", "share of the most widely"),
    *("speaks of the source", "speaks of the source around", "names around in common"),
    *("names the other", "names the other around", "names a link of the other", "names the medium of the other"),
    *("opposed", "one relays the other", "numbers", "numbers in common", "candidates"),
)
"""What is told of the two together: "widely" is by what stands around the one as well."""
NAMES = (*BOTH, *(f"one {name}" for name in OWN), *(f"two {name}" for name in OWN))
LAST = 12
"""Place and order are not told apart beyond this."""
CLAIM = 0.3
"""Probability of answering below which a statement is something that can be denied, for the order among such."""


ASKED = frozenset(("deny", "confirm"))
"""Stances whose pairs are always told of."""
TOGETHER = 100
"""Statements whose pairs are told of at once; keeps memory small in long articles."""
_NONE = np.zeros((0, len(NAMES)))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of statements `ones[i]`, `twos[i]` (their numbers), and `rows` [pairs, NAMES]."""

    ones: npt.NDArray[np.int64]
    twos: npt.NDArray[np.int64]
    rows: Floats


def pairs(found: Sequence[Statement], answers: Sequence[float], is_sought: Sequence[float]) -> Pairs:
    """All pairs of a statement and one of another source near it; the chances are those of `answering`."""
    none = np.zeros(0, np.int64)
    return next(paired(found, answers, is_sought, together=max(1, len(found))), Pairs(none, none, _NONE))


def paired(
    found: Sequence[Statement],
    answers: Sequence[float],
    is_sought: Sequence[float],
    *,
    least: float = 0.0,
    together: int = TOGETHER,
) -> Iterator[Pairs]:
    """The pairs of a few statements after a few: of those that deny, confirm or answer with a chance of `least`."""
    rare = _rare(found)
    for begin in range(0, len(found), together):
        ones: list[int] = []
        twos: list[int] = []
        lines: list[list[float]] = []
        for one in found[begin : begin + together]:
            if answers[one.number] < least and one.quotation.stance not in ASKED:
                continue
            others = contenders(found, one)
            ones += [one.number] * len(others)
            twos += [two.number for two in others]
            lines += _lines(one, others, rare, answers, is_sought)
        if lines:
            first, second = np.array(ones, np.int64), np.array(twos, np.int64)
            low, high = min(first.min(), second.min()), max(first.max(), second.max()) + 1
            own = np.array(
                [_own(one, answers[one.number], is_sought[one.number]) for one in found[low:high]], np.float64
            )
            rows = np.hstack([np.array(lines, np.float64), own[first - low], own[second - low]])
            yield Pairs(first, second, rows)


def _rare(found: Sequence[Statement]) -> list[Content]:
    """What each statement is about; what many statements of the article have counts less."""
    counts: dict[str, int] = {}
    for one in found:
        for name in one.content:
            counts[name] = counts.get(name, 0) + 1
    most = log1p(len(found) + 1)
    rarity = {name: 1 - log1p(count) / most for name, count in counts.items()}
    return [{name: value * rarity[name] for name, value in one.content.items()} for one in found]


def _own(one: Statement, answers: float, is_sought: float) -> list[float]:
    quotation, source = one.quotation, one.quotation.chain[-1] if one.quotation.chain else None
    naming, kind = (source.naming, source.kind) if source is not None else ("", "")
    taken = one.takes_up
    return [
        *(answers, is_sought, one.denial, one.near_denial, one.denial_before),
        *(quotation.stance == "deny", quotation.stance == "assert", quotation.stance in {"demand", "commit"}),
        *(quotation.stance == "confirm", one.negated, one.negated_around, one.contrast),
        *(name in taken for name in ("charges", "reports", "pronouns", "several", "accuses")),
        *one.signs,
        *(bool(quotation.hedges), any(link.kind == "outlet" for link in quotation.chain), len(quotation.chain)),
        *(naming == "anonymous", naming == "described", kind == "person", kind == "organization"),
        *(kind in {"outlet", "document"}, source is None, quotation.parent is not None),
        *(quotation.type == "Reported", quotation.type == "Direct"),
        *(min(one.paragraph, LAST), min(one.number, LAST), min(one.length, 40), min(sum(one.content.values()), 60.0)),
    ]


def _shared(one: Content, two: Content) -> float:
    return sum([value for name, value in one.items() if name in two])


def _places(values: Sequence[float]) -> list[int]:
    """The place of each value, the highest first."""
    order = sorted(range(len(values)), key=lambda at: (-values[at], at))
    places = [0] * len(values)
    for place, at in enumerate(order):
        places[at] = min(place, LAST)
    return places


def _lines(
    one: Statement, others: list[Statement], rare: list[Content], answers: Sequence[float], is_sought: Sequence[float]
) -> list[list[float]]:
    """`BOTH` for one statement and each of the others."""
    own = rare[one.number]
    shared = [_shared(own, rare[two.number]) for two in others]
    widely = [_shared(one.wide, two.content) for two in others]
    places = _places(shared), _places(widely), _places([is_sought[two.number] for two in others])
    most, most_widely = max(shared, default=0.0) or 1.0, max(widely, default=0.0) or 1.0
    all_around = one.words | one.around
    before = [two.number for two in others if two.number < one.number]
    claims = [number for number in before if answers[number] < CLAIM]
    chain = {source.name for source in one.quotation.chain}
    lines = []
    for at, two in enumerate(others):
        earlier = two.number < one.number
        lines.append(
            [
                *(_within(one.number - two.number, -8, 16), _within(one.paragraph - two.paragraph, -5, 8)),
                *(_within(one.first - two.first, -6, LAST), _within(one.block - two.block, -4, 8)),
                min(len(before) - bisect_right(before, two.number), LAST) if earlier else LAST + 1,
                min(len(claims) - bisect_right(claims, two.number), LAST) if earlier else LAST + 1,
                *(not earlier, one.begin <= two.begin and two.end <= one.end),
                *(two.begin <= one.begin and one.end <= two.end, one.first <= two.first <= one.last),
                *(shared[at], coverage(one.content, two.content), coverage(two.content, one.content), widely[at]),
                *(place[at] for place in places),
                *(shared[at] / most, widely[at] / most_widely),
                *(not one.names.isdisjoint(two.words), not one.names.isdisjoint(two.around)),
                len(one.named_around & two.words),
                *(not two.names.isdisjoint(one.words), not two.names.isdisjoint(one.around)),
                *(not two.all_names.isdisjoint(all_around), not two.outlets.isdisjoint(all_around)),
                *(
                    one.negated != two.negated,
                    two.source in chain or one.source in {s.name for s in two.quotation.chain},
                ),
                *(bool(one.numbers and two.numbers), not one.numbers.isdisjoint(two.numbers), len(others)),
            ]
        )
    return lines


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(most, value))
