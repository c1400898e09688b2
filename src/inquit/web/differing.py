"""Two articles side by side: what one carries of the other, passage by passage, with what was changed marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from inquit.exports.excerpts import line, shorten
from inquit.records import Article, Link, Span

LONGEST = 4000
"""Characters of a passage that are compared word by word; the rest of a longer one is left out."""

AROUND = 500
"""Characters shown of what is in one of the articles only."""

_PIECE = re.compile(r"\w+|[^\w\s]+|\s+")

Change = Literal["same", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Row:
    """A passage in both articles in pieces, or what only one of them has; `carried` says which."""

    carried: bool
    original: list[tuple[str, Change]]
    derived: list[tuple[str, Change]]


def side_by_side(original: Article, derived: Article, link: Link) -> list[Row]:
    """The articles in rows, in the order of the one that derives."""
    pairs = sorted(zip(link.evidence, link.original_evidence, strict=False))
    rows: list[Row] = []
    at, at_there = 0, 0
    for here, there in pairs:
        in_order = there.begin >= at_there
        rows += _only(original.text[at_there : there.begin] if in_order else "", derived.text[at : here.begin])
        rows.append(_passage(original, there, derived, here))
        at, at_there = max(at, here.end), max(at_there, there.end)
    return [*rows, *_only(original.text[at_there:], derived.text[at:])]


def _only(original: str, derived: str) -> list[Row]:
    """What stands between two passages in either article."""
    there, here = shorten(line(original), AROUND), shorten(line(derived), AROUND)
    if not re.search(r"\w", there + here):
        return []
    return [Row(False, [(there, "same")], [(here, "same")])]


def _passage(original: Article, there: Span, derived: Article, here: Span) -> Row:
    before = _pieces(original.text[there.begin : there.end])
    after = _pieces(derived.text[here.begin : here.end])
    matcher = SequenceMatcher(
        None, [one.casefold() for one in before], [one.casefold() for one in after], autojunk=False
    )
    old: list[tuple[str, Change]] = []
    new: list[tuple[str, Change]] = []
    for change, begin, end, first, last in matcher.get_opcodes():
        old.append(("".join(before[begin:end]), "same" if change == "equal" else "gone"))
        new.append(("".join(after[first:last]), "same" if change == "equal" else "new"))
    return Row(True, _filled(old), _filled(new))


def _filled(pieces: Sequence[tuple[str, Change]]) -> list[tuple[str, Change]]:
    return [piece for piece in pieces if piece[0]]


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(line(shorten(text, LONGEST)))
