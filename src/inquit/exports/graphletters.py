"""How wide text is on a drawing, near enough to keep labels apart: no fonts are known where it is drawn."""

import unicodedata

BOLD = 12.5
"""From this size of letters on text is bold on drawings, and wider."""

_LIGHT_SHARE, _BOLD_SHARE = 0.575, 0.625
"""Width of a middling letter as a share of its size: a little more than Noto Sans needs, which is a wide font."""


def width(text: str, size: float) -> float:
    """Width of a text in pixels at that size of letters."""
    return sum(map(_letter, text)) * _middling(size)


def _middling(size: float) -> float:
    return size * (_BOLD_SHARE if size >= BOLD else _LIGHT_SHARE)


def fitted(text: str, room: float, size: float) -> str:
    """The text in so many pixels; what is more is left out and said by an ellipsis."""
    used = 0.0
    for at, letter in enumerate(text):
        used += _letter(letter) * _middling(size)
        if used > room:
            kept = at
            while kept > 1 and width(text[:kept] + "…", size) > room:
                kept -= 1
            return text[:kept].rstrip() + "…"
    return text


def wrapped(text: str, room: float, size: float, most: int) -> list[str]:
    """The text in lines of so many pixels, `most` lines at most; the last one is shortened where needed."""
    lines: list[str] = []
    rest = text.split(" ")
    while rest and len(lines) < most - 1:
        taken = 1
        while taken < len(rest) and width(" ".join(rest[: taken + 1]), size) <= room:
            taken += 1
        lines.append(fitted(" ".join(rest[:taken]), room, size))
        rest = rest[taken:]
    return [*lines, fitted(" ".join(rest), room, size)] if rest else lines


def _letter(letter: str) -> float:
    """The width of a letter, that of a middling one being 1."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.9
    if letter in "fijlrtI.,;:'()|·1 ":
        return 0.66
    return 1.5 if letter in "mwMWÄÖ@—…–%" else 1.17 if letter.isupper() else 1.0
