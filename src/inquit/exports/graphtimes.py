"""Times of a graph's articles: as people read them, and as places on an axis."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from math import log1p

from inquit.exports.excerpts import line
from inquit.exports.times import published_at

_DAY_ONLY = 10
_MOST_MARKS = 9
_STEPS = (5, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200, 129600, 525600)
"""Minutes between two marks of an axis: those that people know from clocks and calendars."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How times are shown: in the zone of the first one, with the day where there are several."""

    zone: tzinfo
    days: bool

    def shown(self, published: str | None) -> str:
        """A time as people read it; empty where it is not known, the day alone where no more is known."""
        moment = published_at(published)
        if moment is None:
            return line(published or "")[:16]
        if len((published or "").strip()) <= _DAY_ONLY:
            return (published or "").strip()
        return self.at(moment)

    def full(self, published: str | None) -> str:
        """A time with its day and year."""
        moment = published_at(published)
        if moment is None or len((published or "").strip()) <= _DAY_ONLY:
            return line(published or "")[:16]
        return f"{_local(moment, self.zone):%Y-%m-%d %H:%M}"

    def at(self, moment: datetime) -> str:
        """A moment in the zone of the graph."""
        local = _local(moment, self.zone)
        return f"{local:%m-%d %H:%M}" if self.days else f"{local:%H:%M}"


def clock(published: Sequence[str | None]) -> Clock:
    """The clock for these times."""
    known = [(moment, raw or "") for raw in published if (moment := published_at(raw))]
    if not known:
        return Clock(UTC, days=False)
    try:
        zone = datetime.fromisoformat(min(known)[1].strip()).tzinfo or UTC
    except ValueError:
        zone = UTC
    days = {_local(moment, zone).date() for moment, _ in known}
    return Clock(zone, days=len(days) > 1)


@dataclass(frozen=True, slots=True)
class Axis:
    """Moments and their places in pixels, both rising; between them time runs evenly."""

    moments: tuple[float, ...]
    places: tuple[float, ...]

    def place(self, moment: float) -> float:
        """The place of a moment between the first and the last one."""
        at = bisect_right(self.moments, moment)
        if at == 0 or at == len(self.moments):
            return self.places[max(0, at - 1)]
        (t0, t1), (x0, x1) = self.moments[at - 1 : at + 1], self.places[at - 1 : at + 1]
        return x0 + (x1 - x0) * (moment - t0) / (t1 - t0)


def axis(items: Sequence[tuple[float, float]]) -> Axis:
    """The axis through these pairs of a moment and a place; of one moment the first place counts."""
    found: dict[float, float] = {}
    highest = float("-inf")
    for moment, place in sorted(items):
        highest = max(highest, place)
        found.setdefault(moment, highest)
    return Axis(tuple(found), tuple(found.values()))


def marks(found: Axis, known: Clock, room: float) -> list[tuple[float, str]]:
    """The marks of an axis: places and what is written there, `room` pixels from one another at least."""
    if len(found.moments) < 2:
        return []
    first, last = (
        _local(datetime.fromtimestamp(moment, UTC), known.zone) for moment in (found.moments[0], found.moments[-1])
    )
    minutes = (last - first).total_seconds() / 60
    step = timedelta(minutes=next((one for one in _STEPS if minutes / one <= _MOST_MARKS), _STEPS[-1]))
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + step * ((first - midnight) // step)
    shown: list[tuple[float, str]] = []
    while moment <= last and len(shown) < 64:
        place = found.place(moment.timestamp())
        if moment >= first and (not shown or place - shown[-1][0] >= room):
            shown.append((place, _mark(moment, step, days=known.days)))
        moment += step
    return shown


def _mark(moment: datetime, step: timedelta, *, days: bool) -> str:
    if step >= timedelta(days=1) or (moment.hour == 0 and moment.minute == 0):
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%m-%d %H:%M}" if days else f"{moment:%H:%M}"


def spread(needed: Mapping[str, tuple[float, float]], room: float) -> dict[str, float]:
    """The least places of nodes by key, moved apart so that they fill `room` pixels and time is seen.

    `needed` are pairs of moment and least place, both rising. Moving later ones only further keeps every distance
    that is needed; gaps grow with the logarithm of the minutes between them.
    """
    items = list(needed.items())
    waits = [log1p(max(0.0, later[1][0] - earlier[1][0]) / 60) for earlier, later in pairwise(items)]
    spare = max(0.0, room - max((place for _, place in needed.values()), default=0.0))
    whole = sum(waits)
    moved, places = 0.0, {}
    for number, (key, (_, place)) in enumerate(items):
        moved += spare * waits[number - 1] / whole if number and whole else 0.0
        places[key] = place + moved
    return places


def _local(moment: datetime, zone: tzinfo) -> datetime:
    try:
        return moment.astimezone(zone)
    except (ValueError, OverflowError):
        return moment
