"""Carried text as articles come and go: which fingerprints are boilerplate, and which pairs are to be aligned anew."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from inquit import stories
from inquit.comparing.known import Known, Prints, prints_of, signed, unsigned
from inquit.records import Article, Span
from inquit.store import Trace, Traces, outlet_number
from inquit.stories import ALWAYS_BOILERPLATE, SERIAL, Reuse

Pair = tuple[int, int]


class Copies:
    """The carried text of a corpus, within one step."""

    def __init__(self, traces: Traces, known: Known) -> None:
        self._traces = traces
        self._known = known

    def displaced_by(self, numbers: Sequence[int], changed: Sequence[Trace]) -> set[int]:
        """Articles whose fingerprints lead elsewhere because those that changed have come, or will go."""
        values = {value for one in changed for value in signed(prints_of(one))}
        found = self._postings(values - self._flagged(values))
        mask = np.isin(found.numbers, np.array(numbers, np.int64))
        return set(found.numbers[stories.displaced(found.prints, found.owners, mask)].tolist())

    def find_boilerplate(self, come: Sequence[Trace], gone: Sequence[Trace]) -> set[int]:
        """Decide anew what is boilerplate since articles have come and gone; the fingerprints that changed sides."""
        outlets: dict[int, tuple[list[Trace], list[Trace]]] = defaultdict(lambda: ([], []))
        for side, some in enumerate((come, gone)):
            for one in some:
                outlets[outlet_number(one.outlet)][side].append(one)
        outlets.pop(0, None)
        flipped: set[int] = set()
        for outlet, (here, not_here) in outlets.items():
            flipped |= self._of_outlet(outlet, here, not_here)
        return flipped

    def _of_outlet(self, outlet: int, come: Sequence[Trace], gone: Sequence[Trace]) -> set[int]:
        traces = self._traces
        added, removed = (Counter(v for one in some for v in signed(prints_of(one))) for some in (come, gone))
        count = traces.counts(outlet, [*added, *removed])

        def was_serial(value: int) -> bool:
            return count.get(value, 0) - added[value] + removed[value] >= SERIAL

        crossing = [value for value in {*added, *removed} if (count.get(value, 0) >= SERIAL) != was_serial(value)]
        fellows = {number for _, number in traces.owners_of_outlet(outlet, crossing)}
        asked = {*added, *removed, *(v for one in traces.get(fellows) for v in signed(prints_of(one)))}
        count |= traces.counts(outlet, asked - count.keys())
        now = self._boilerplate_among(outlet, asked, count)
        before = traces.standing(asked)
        was = {value for value, of in before if of == outlet}
        traces.set_standing(outlet, now - was, was - now)
        elsewhere = {value for value, of in before if of != outlet}
        return (now ^ was) - elsewhere

    def _boilerplate_among(self, outlet: int, asked: Collection[int], count: dict[int, int]) -> set[int]:
        """The fingerprints among those `asked` for that are boilerplate of an outlet; `count` is completed."""
        traces = self._traces
        unsure = [value for value in asked if SERIAL <= count.get(value, 0) < ALWAYS_BOILERPLATE]
        owners: dict[int, list[int]] = defaultdict(list)
        for value, number in traces.owners_of_outlet(outlet, unsure):
            owners[value].append(number)
        prints = {one.number: signed(prints_of(one)) for one in traces.get({n for o in owners.values() for n in o})}
        count |= traces.counts(outlet, {value for values in prints.values() for value in values} - count.keys())
        other = {number for number, values in prints.items() if not _mostly_serial(values, count)}
        found = {value for value in unsure if any(number in other for number in owners[value])}
        return found | {value for value in asked if count.get(value, 0) >= ALWAYS_BOILERPLATE}

    def pair(self, come: Sequence[Trace], moved: set[int], flipped: set[int]) -> set[int]:
        """Find the pairs that carry text, where anything can have changed; the articles of the pairs that did.

        `moved` are articles whose candidates may be others, `flipped` fingerprints that are boilerplate now or no more.
        """
        traces, new = self._traces, {one.number for one in come}
        anew = {number for _, number in traces.owners(flipped)} | new
        around = {one.number: one for one in traces.get(moved | anew)}
        own = {number: prints_of(one) for number, one in around.items()}
        values = {value for prints in own.values() for value in signed(prints)}
        flagged = self._flagged(values)
        later_of = self._candidates(values - flagged, around, new)
        known = self._kept_pairs(around)
        ended = {pair for pair, later in known.items() if frozenset(pair) not in later_of or later in anew}
        kept = {frozenset(pair) for pair in known.keys() - ended}
        wanted = [both for both in later_of if both not in kept]
        traces.remove_reuses(sorted(ended))
        found = self._aligned(wanted, own, unsigned(sorted(flagged)))
        traces.put_reuses(found)
        return {number for pair in (*ended, *found) for number in pair}

    def _candidates(self, values: set[int], around: Collection[int], new: set[int]) -> dict[frozenset[int], int]:
        """Pairs worth aligning of which the later one is around or one is new, each with the later one."""
        found = self._postings(values)
        pairs = stories.shared_fingerprints(found.prints, found.owners)
        pairs = pairs[stories.worth_comparing(pairs, found.sizes)] if len(pairs) else pairs
        both = [(int(found.numbers[one]), int(found.numbers[other])) for one, other in pairs[:, :2].tolist()]
        return {frozenset((one, other)): other for one, other in both if other in around or one in new}

    def _kept_pairs(self, around: Collection[int]) -> dict[Pair, int]:
        """Pairs known to carry text of which the later one is around, each with the later one."""
        pairs = self._traces.reused(around)
        places = self._known.places(self._traces, {number for pair in pairs for number in pair})
        later = {pair: max(pair, key=lambda n: stories.place(places[n].published, places[n].id)) for pair in pairs}
        return {pair: one for pair, one in later.items() if one in around}

    def _aligned(self, wanted: Sequence[frozenset[int]], own: dict[int, Prints], standing: Prints) -> dict[Pair, bytes]:
        """Which of some pairs carry text; each has an article in `own`, with its fingerprints."""
        articles = self._known.texts(self._traces, sorted({number for both in wanted for number in both}))
        missing = {number for both in wanted for number in both} - own.keys()
        own |= {one.number: prints_of(one) for one in self._traces.get(missing)} if len(standing) else {}
        held = {number: np.intersect1d(prints, standing) for number, prints in own.items()} if len(standing) else {}
        found = {}
        for one, other in sorted(tuple(sorted(both)) for both in wanted):
            common = np.intersect1d(held[one], held[other]) if held else standing
            reuse = stories.compare(articles[one], articles[other], common)
            if reuse is not None:
                pair = (one, other) if reuse.derived.id == articles[one].id else (other, one)
                found[pair] = packed(reuse)
        return found

    def _flagged(self, values: Iterable[int]) -> set[int]:
        return {value for value, _ in self._traces.standing(values)}

    def _postings(self, values: Iterable[int]) -> "_Postings":
        rows = self._traces.owners(values)
        return _Postings(rows, self._known.places(self._traces, {number for _, number in rows}))


class _Postings:
    """Who has which fingerprints: `owners` are positions in `numbers`, which stand in the order of time."""

    def __init__(self, rows: Sequence[Pair], places: dict[int, Any]) -> None:
        order = sorted(places, key=lambda number: stories.place(places[number].published, places[number].id))
        position = {number: at for at, number in enumerate(order)}
        prints, owners = unsigned(value for value, _ in rows), [position[number] for _, number in rows]
        ascending = np.lexsort((np.array(owners, np.int64), prints))
        self.prints: Prints = prints[ascending]
        self.owners: NDArray[np.int64] = np.array(owners, np.int64)[ascending]
        self.numbers: NDArray[np.int64] = np.array(order, np.int64)
        self.sizes: NDArray[np.int64] = np.array([places[number].prints for number in order], np.int64)


def _mostly_serial(values: Sequence[int], count: dict[int, int]) -> bool:
    serial = sum(count.get(value, 0) >= SERIAL for value in values)
    return bool(stories.mostly_serial(np.array([float(serial)]), np.array([len(values)]))[0])


_SAID = ("evidence", "original_evidence", "words", "share", "original_share", "why")


def packed(reuse: Reuse) -> bytes:
    """Carried text as bytes, without the articles."""
    return msgspec.json.encode([getattr(reuse, name) for name in _SAID])


def unpacked(content: bytes, derived: Article, original: Article) -> Reuse:
    """Carried text again."""
    said = dict(zip(_SAID, msgspec.json.decode(content), strict=True))
    for name in ("evidence", "original_evidence"):
        said[name] = tuple(Span(*span) for span in said[name])
    return Reuse(derived=derived, original=original, **{**said, "why": tuple(said["why"])})
