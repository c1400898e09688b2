"""How a statement differs in its wording from the typical one: word by word, without regard to case, ß and marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from inquit.exports.excerpts import line, shorten

LONGEST = 1200
"""Characters of a statement that are compared and shown; longer ones are no statements."""

OWN_WORDS = 0.35
"""Below this likeness what a statement leaves out is not shown: it says it in its own words, and all would be struck.
Set by reading the statements of the project's example story."""

_WORD = re.compile(r"\w+(?:[-’']\w+)*")

Change = Literal["same", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a statement: `same` as in the typical wording, `new`, or `gone` from it."""

    text: str
    change: Change


def wording(text: str) -> tuple[str, ...]:
    """What is compared of a text: its words without case, ß as ss."""
    return tuple(_key(word) for word in _WORD.findall(shorten(line(text), LONGEST)))


def differences(typical: str, text: str) -> list[Piece]:
    """A statement in pieces; those that are not `gone` are its text on one line."""
    here, there = shorten(line(text), LONGEST), shorten(line(typical), LONGEST)
    mine, theirs = list(_WORD.finditer(here)), list(_WORD.finditer(there))
    matcher = SequenceMatcher(None, [_key(w[0]) for w in theirs], [_key(w[0]) for w in mine], autojunk=False)
    near = matcher.ratio() >= OWN_WORDS
    pieces: list[Piece] = []
    gone: list[Piece] = []
    at = 0
    for change, begin, end, first, last in matcher.get_opcodes():
        if begin < end and change != "equal" and near:
            gone.append(Piece(there[theirs[begin].start() : theirs[end - 1].end()], "gone"))
        if first < last:
            start, stop = mine[first].start(), mine[last - 1].end()
            pieces += [*_between(here[at:start]), *gone]
            gone = []
            pieces.append(Piece(here[start:stop], "same" if change == "equal" else "new"))
            at = stop
    return [*pieces, *gone, *_between(here[at:])]


def _between(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(text, "same")


def _key(word: str) -> str:
    return word.casefold().replace("ß", "ss")
