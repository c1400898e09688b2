"""Statements in the same words, taken as one while claims are looked for in a story that has very many."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inquit.stories.statements import Unit
from inquit.stories.wording import plain

MANY = 500
"""Statements of a story from which on those in the same words are compared as one. What two statements have to do with
each other takes time and memory by the square of their number: 500 take some 60 MB and a second."""

MOST = 1_500
"""Statements in different words that are compared; a hundred articles, each in its own words, have as many."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Positions of statements, those in the same words together, in the order of their first ones."""

    same: tuple[tuple[int, ...], ...]

    @property
    def first(self) -> list[int]:
        """The position of the first statement of each wording."""
        return [positions[0] for positions in self.same]

    def all(self, wordings: Iterable[int]) -> tuple[int, ...]:
        """The positions of all statements of some wordings."""
        return tuple(sorted(position for wording in wordings for position in self.same[wording]))


def verbatim(units: Sequence[Unit]) -> Verbatim:
    """Which of many statements are compared as one; of few each is compared."""
    if len(units) <= MANY:
        return Verbatim(tuple((position,) for position in range(len(units))))
    found: dict[tuple[object, ...], list[int]] = {}
    for position, unit in enumerate(units):
        words = " ".join(plain(unit.text).replace("ß", "ss").split())
        found.setdefault((words, unit.quotation.stance, unit.open, unit.negates), []).append(position)
    if len(found) > MOST:
        _LOG.warning("%d statements of a story in as many words; claims are found among %d of them", len(found), MOST)
    return Verbatim(tuple(map(tuple, list(found.values())[:MOST])))
