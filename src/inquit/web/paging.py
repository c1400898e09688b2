"""Long answers in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_T = TypeVar("_T")

DEEPEST = 50
"""Pages that can be turned; who has not found it by then is better served by a filter."""


@dataclass(frozen=True, slots=True)
class Page(Generic[_T]):
    """One page of an answer: what is on it, and whether there are more."""

    number: int
    size: int
    found: Sequence[_T]
    more: bool

    @property
    def first(self) -> int:
        """The place of the first one, from 1."""
        return (self.number - 1) * self.size + 1


def wanted(page: int, size: int) -> tuple[int, int]:
    """The number of a page that there can be, and how much must be asked for to fill it."""
    number = min(max(page, 1), DEEPEST)
    return number, number * size + 1


def cut(found: Sequence[_T], number: int, size: int) -> Page[_T]:
    """The page of that number of all that was found."""
    here = found[(number - 1) * size : number * size]
    return Page(number, size, here, len(found) > number * size and number < DEEPEST)
