"""What the tests of export formats share: selections as a corpus gives them, and a writer into memory."""

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, BinaryIO

from exportsamples import hostile, sample

from inquit.exports.selection import Selection
from inquit.records import Ledger, Verdict

WRONG = 7
"""The statement of the sample that a person calls wrong."""


def verdict(number: int, judgement: str, note: str | None = None) -> Verdict:
    quote = sample().quotations[number].quote
    return Verdict(article="a1", quote=quote, judgement=judgement, note=note, made="2025-01-02T03:04:05Z")  # type: ignore[arg-type]


def judged() -> Selection:
    """The sample with a confirmed and a wrong statement, and corpus ids of two sources."""
    verdicts = {0: verdict(0, "right", "checked by phone"), WRONG: verdict(WRONG, "wrong")}
    return Selection(ledger=sample(), verdicts=verdicts, sources={0: "s0a", 1: "s0a", 2: "s0a", 5: "s0b", 6: "s0b"})


def part() -> Selection:
    """Of the sample, only the statements 0 and 5."""
    return replace(judged(), chosen=frozenset({0, 5}))


def written(write: Callable[[Iterable[Selection], BinaryIO], None], *items: Selection | Ledger) -> bytes:
    """What a format writes into a sink that can only be written to."""
    sink = _Pipe()
    write([one if isinstance(one, Selection) else Selection(ledger=one) for one in items], sink)
    return bytes(sink.content)


def evil() -> Selection:
    """Harmful text everywhere."""
    return Selection(ledger=hostile())


class _Pipe(io.RawIOBase, BinaryIO):
    """Like a pipe: it has no position and cannot be read."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.content += data
        return len(data)
