"""Carried text as articles come and go: which fingerprints are boilerplate, and which pairs are to be aligned anew."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from inquit import stories
from inquit.comparing.known import Known, Prints, prints_of, signed, unsigned
from inquit.records import Article, Span
from inquit.store import Key, Trace, Traces, outlet_number
from inquit.stories import ALWAYS_BOILERPLATE, SERIAL, Reuse

Pair = tuple[int, int]
Place = tuple[int, int]
"""The number of an outlet, and the number of an article of it."""

_SHARED, _LED_PAST = 2, 3
"""Articles that have a fingerprint where it leads from one to another, and where it leads past one at least."""

_NO_NUMBER = 1 << 62
"""Above the numbers of all articles."""


class Copies:
    """The carried text of a corpus, within one step; `arrive` comes when new articles are kept and old ones gone."""

    def __init__(self, traces: Traces, known: Known) -> None:
        self._traces = traces
        self._known = known
        self._postings: dict[int, list[Place]] = {}
        self._own: dict[int, list[Place]] = {}
        self._below = _NO_NUMBER
        self._standing: dict[int, frozenset[int]] = {}

    def arrive(self, come: Sequence[Trace]) -> None:
        """These articles are kept now, under higher numbers than all others."""
        self._postings, self._standing = {}, {}
        self._below = min((one.number for one in come), default=_NO_NUMBER)
        for one in come:
            outlet = outlet_number(one.outlet)
            for value in signed(prints_of(one)):
                self._own.setdefault(value, []).append((outlet, one.number))

    def displaced_by(self, changed: Sequence[Trace]) -> set[int]:
        """Articles whose fingerprints lead elsewhere because these have come, or will go."""
        values = {value for one in changed for value in signed(prints_of(one))}
        found = self._in_time(values, _LED_PAST)
        mask = np.isin(found.numbers, np.array([one.number for one in changed], np.int64))
        return set(found.numbers[stories.displaced(found.prints, found.owners, mask)].tolist())

    def find_boilerplate(self, come: Sequence[Trace], gone: Sequence[Trace]) -> set[int]:
        """Decide anew what is boilerplate since articles have come and gone; the fingerprints that changed sides."""
        added, removed = (Counter(key for one in some for key in _keys(one)) for some in (come, gone))
        asked = {*added, *removed}
        count = self._counts(asked)
        crossing = [k for k in asked if (count[k] >= SERIAL) != (count[k] - added[k] + removed[k] >= SERIAL)]
        fellows = {number for _, number in self._owners_at(crossing)}
        asked |= {key for one in self._traces.get(fellows) for key in _keys(one)}
        count |= self._counts(asked - count.keys())
        now = self._boilerplate_among(asked, count)
        standing = self._standing_of({value for value, _ in asked})
        was = {key for key in asked if key[1] in standing[key[0]]}
        self._traces.set_standing(now - was, was - now)
        before = {value: self._standing[value] for value, _ in now ^ was}
        for value, outlet in now ^ was:
            self._standing[value] ^= {outlet}
        return {value for value, outlets in before.items() if bool(outlets) != bool(self._standing[value])}

    def _boilerplate_among(self, asked: Collection[Key], count: dict[Key, int]) -> set[Key]:
        """Those that are boilerplate among the fingerprints `asked` for; `count` is completed."""
        found = {key for key in asked if count[key] >= ALWAYS_BOILERPLATE}
        unsure: dict[Key, set[int]] = {}
        for key, number in self._owners_at([key for key in asked if SERIAL <= count[key] < ALWAYS_BOILERPLATE]):
            unsure.setdefault(key, set()).add(number)
        # One article that is no version of others is enough, and most of them are none: the newest are asked first.
        while unsure:
            other = self._others({max(numbers) for numbers in unsure.values()}, count)
            found |= {key for key, numbers in unsure.items() if max(numbers) in other}
            left = {key: numbers - {max(numbers)} for key, numbers in unsure.items() if key not in found}
            unsure = {key: numbers for key, numbers in left.items() if numbers}
        return found

    def _others(self, numbers: Collection[int], count: dict[Key, int]) -> set[int]:
        """Those of some articles that share little with others of their outlets; `count` is completed."""
        keys = {one.number: _keys(one) for one in self._traces.get(numbers)}
        count |= self._counts({key for some in keys.values() for key in some} - count.keys())
        serial = np.array([sum(count[key] >= SERIAL for key in some) for some in keys.values()], float)
        mostly = stories.mostly_serial(serial, np.array([len(some) for some in keys.values()], float))
        return {number for number, versions in zip(keys, mostly.tolist(), strict=True) if not versions}

    def pair(self, come: Sequence[Trace], moved: set[int], flipped: set[int]) -> set[int]:
        """Find the pairs that carry text, where anything can have changed; the articles of the pairs that did.

        `moved` are articles whose candidates may be others, `flipped` fingerprints that are boilerplate now or no more.
        """
        traces, new = self._traces, {one.number for one in come}
        anew = {number for value in flipped for _, number in self._owners(flipped)[value]} | new
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
        found = self._in_time(values, _SHARED)
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

    def _counts(self, keys: Collection[Key]) -> dict[Key, int]:
        """How many articles of their outlets have some fingerprints."""
        flagged = self._flagged({value for value, _ in keys})
        owners = self._owners({value for value, _ in keys} - flagged)
        several = {value: places for value, places in owners.items() if len(places) > 1}
        counted = Counter((value, outlet) for value, places in several.items() for outlet, _ in places)
        counted.update(self._traces.counts(key for key in keys if key[0] in flagged))
        # Most fingerprints are those of one article: they are not worth a place among the counted.
        alone = {value: places[0][0] for value, places in owners.items() if len(places) == 1}
        return {key: int(alone[key[0]] == key[1]) if key[0] in alone else counted[key] for key in keys}

    def _owners_at(self, keys: Collection[Key]) -> list[tuple[Key, int]]:
        """The articles of their outlets that have some fingerprints."""
        flagged = self._flagged({value for value, _ in keys})
        owners = self._owners({value for value, _ in keys} - flagged)
        found = [(key, number) for key in keys for outlet, number in owners.get(key[0], ()) if outlet == key[1]]
        rows = self._traces.postings_at(key for key in keys if key[0] in flagged)
        return found + [((value, outlet), number) for value, outlet, number in rows]

    def _flagged(self, values: Collection[int]) -> set[int]:
        """Those that are boilerplate of any outlet: they may be those of very many articles, and lead nowhere."""
        return {value for value, outlets in self._standing_of(values).items() if outlets}

    def _standing_of(self, values: Collection[int]) -> dict[int, frozenset[int]]:
        """The outlets of which some fingerprints are boilerplate."""
        missing = [value for value in values if value not in self._standing]
        self._standing.update(dict.fromkeys(missing, frozenset()))
        for value, outlet in self._traces.standing(missing):
            self._standing[value] |= {outlet}
        return {value: self._standing[value] for value in values}

    def _owners(self, values: Collection[int]) -> dict[int, list[Place]]:
        """Who has some fingerprints: outlet and article."""
        missing = [value for value in values if value not in self._postings]
        self._postings.update((value, list(self._own.get(value, ()))) for value in missing)
        for value, outlet, number in self._traces.postings(missing, self._below):
            self._postings[value].append((outlet, number))
        return {value: self._postings[value] for value in values}

    def _in_time(self, values: set[int], least: int) -> "_InTime":
        """Who has those fingerprints that are no boilerplate and that so many articles have at least."""
        owners = self._owners(values - self._flagged(values))
        often = {value: places for value, places in owners.items() if len(places) >= least}
        rows = [(value, number) for value, places in often.items() for _, number in places]
        return _InTime(rows, self._known.places(self._traces, {number for _, number in rows}))


class _InTime:
    """Who has which fingerprints: `owners` are positions in `numbers`, which stand in the order of time."""

    def __init__(self, rows: Sequence[Pair], places: dict[int, Any]) -> None:
        order = sorted(places, key=lambda number: stories.place(places[number].published, places[number].id))
        self.numbers: NDArray[np.int64] = np.array(order, np.int64)
        self.sizes: NDArray[np.int64] = np.array([places[number].prints for number in order], np.int64)
        given = np.array(rows, np.int64).reshape(-1, 2)
        prints, by_number = given[:, 0].copy().view(np.uint64), np.argsort(self.numbers)
        owners = by_number[np.searchsorted(self.numbers, given[:, 1], sorter=by_number)]
        ascending = np.lexsort((owners, prints))
        self.prints: Prints = prints[ascending]
        self.owners: NDArray[np.int64] = owners[ascending]


def _keys(one: Trace) -> list[Key]:
    """The fingerprints of an article as those of its outlet; none where no outlet is known."""
    outlet = outlet_number(one.outlet)
    return [(value, outlet) for value in signed(prints_of(one))] if outlet else []


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
