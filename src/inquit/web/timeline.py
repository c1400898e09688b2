"""The drawing of a source's statements over time: a row an outlet, a mark a statement, its form what it does."""

from collections.abc import Sequence
from datetime import UTC, datetime

from inquit.exports.excerpts import short_name, shorten
from inquit.exports.markup import Markup, tag
from inquit.records import SearchHit
from inquit.web.phrases import Phrases

ROWS = 8
"""Outlets with a row of their own; the others share the last one."""

_WIDTH, _LEFT, _ROW, _TOP = 1000, 210, 34, 26
_NEAR = 14.0
"""Pixels from one mark to the next, where there is room for that."""

_DENIES = frozenset({"deny", "doubt"})


def timeline(hits: Sequence[SearchHit], t: Phrases) -> Markup | None:
    """The statements with a time of publication as marks; nothing where fewer than two have one."""
    timed = [(when, hit) for hit in hits if (when := _seconds(hit.published)) is not None]
    dated = sorted(timed, key=lambda one: one[0])
    if len(dated) < 2:
        return None
    first, last = dated[0][0], dated[-1][0]
    outlets = list(dict.fromkeys(hit.outlet or t("source.no_outlet") for _, hit in dated))
    rows = {name: min(at, ROWS - 1) for at, name in enumerate(outlets)}
    height = _TOP + _ROW * (max(rows.values()) + 1) + 22
    span = max(last - first, 1.0)
    parts = [
        _row(name, at, more=len(outlets) - ROWS if at == ROWS - 1 else 0) for name, at in rows.items() if at < ROWS
    ]
    wide = _WIDTH - _LEFT - 30
    by_row: dict[int, list[tuple[float, SearchHit]]] = {}
    for when, hit in dated:
        row = rows[hit.outlet or t("source.no_outlet")]
        by_row.setdefault(row, []).append((_LEFT + 12 + wide * (when - first) / span, hit))
    marks = [
        _mark(hit, x, _TOP + _ROW * row + _ROW / 2 - 4, t)
        for row, found in by_row.items()
        for x, (_, hit) in zip(_beside([x for x, _ in found]), found, strict=True)
    ]
    told = [t.when(one) for one in _ends([hit.published or "" for _, hit in dated])]
    dates = [
        tag("text", told[0], x=_LEFT + 8, y=height - 6, class_="note"),
        tag("text", told[1], x=_WIDTH - 8, y=height - 6, class_="note", text_anchor="end"),
    ]
    label = t("source.over_time")
    return tag(
        "svg",
        tag("title", label),
        *parts,
        *marks,
        *dates,
        class_="sources times",
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
        aria_label=label,
    )


def _row(name: str, at: int, *, more: int) -> Markup:
    y = _TOP + _ROW * at + _ROW / 2
    shown = shorten(short_name(name), 26) + (f" +{more}" if more > 0 else "")
    rule = tag("path", d=f"M{_LEFT} {y - 4:g}H{_WIDTH - 8}", class_="rule")
    return tag("g", rule, tag("text", shown, x=0, y=y, class_="name"))


def _mark(hit: SearchHit, x: float, y: float, t: Phrases) -> Markup:
    """A dot, hollow where the source is not named; a cross where it denies."""
    stance = hit.stance or "assert"
    told = tag("title", f"{t.when(hit.published)}: {shorten(hit.snippet, 160)} ({t(f'stance.{stance}')})")
    if stance in _DENIES:
        shape = tag("path", d=f"M{x - 5:g} {y - 5:g}l10 10m0 -10l-10 10", class_="cross")
    else:
        shape = tag("circle", cx=x, cy=y, r=5.5, class_="dot" if hit.naming == "named" else "dot hollow")
    ring = [tag("circle", cx=x, cy=y, r=9, class_="ring")] if hit.disputed else []
    return tag("g", told, shape, *ring)


def _seconds(published: str | None) -> float | None:
    try:
        found = datetime.fromisoformat((published or "").replace("Z", "+00:00"))
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def _ends(times: Sequence[str]) -> list[str]:
    """The first and the last time as the outlets write them, as days where these differ."""
    ends = [times[0], times[-1]]
    days = [time.strip()[:10] for time in ends]
    return ends if days[0] == days[1] else days


def _beside(places: Sequence[float]) -> list[float]:
    """The places moved so that marks stand beside each other as far as there is room."""
    near = min(_NEAR, (_WIDTH - _LEFT - 30) / max(len(places), 1))
    moved: list[float] = []
    for x in places:
        moved.append(max(x, moved[-1] + near) if moved else x)
    limit = float(_WIDTH - 18)
    for at in range(len(moved) - 1, -1, -1):
        moved[at] = limit = min(moved[at], limit)
        limit -= near
    return moved
