"""An input divided among tasks: large files by lines and row groups, small ones put together, by their bytes."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from inquit.errors import UsageError
from inquit.readers import Limits, Part, parts, read_input, read_open
from inquit.readers.opened import suffix_of
from inquit.records import Article, Rejected
from inquit.spark.places import Access, Found, as_input, is_local, listed, opened

PIECE = 64_000_000
"""Bytes of a large file that are read at once; JSONL of this size has some ten thousand articles."""

FILE_COSTS = 20_000
"""Bytes that could be read in the time in which a file is opened: many small files make a task as one large does."""

SHORTEST_HEAD = 16
"""Bytes at the beginning of a file by which it is known whether it can be divided."""

FILE_BITS = 40
"""Bits of a position that count the articles within a file; those above count files."""


_WHOLE = Part()


@dataclass(frozen=True, slots=True)
class Piece:
    """A file or a part of it; `number` counts the files of the input. `rejected` is what is there instead of a file."""

    number: int
    uri: str
    size: int
    found: bool
    part: Part = _WHOLE
    rejected: Rejected | None = None

    @property
    def position(self) -> int:
        """The position of its first article; it grows with the lines and rows of a file."""
        return (self.number << FILE_BITS) + max(self.part.begin, self.part.before)


def pieces_of(source: str, *, manifest: bool, access: Access) -> list[Piece]:
    """The files of an input, each as one piece; of a manifest those that its lines name."""
    found: list[Piece] = []
    for uri in _named(source, access) if manifest else [source]:
        for item in listed(uri, access):
            if isinstance(item, Found):
                found.append(Piece(len(found), item.uri, item.size, item.found))
            else:
                found.append(Piece(len(found), item.origin, 0, found=False, rejected=item))
    return found


def divisions(piece: Piece, access: Access) -> list[tuple[int, int]]:
    """Where a large file may be cut, by its first bytes: pairs to be looked at with `surveyed`; none for a whole."""
    if piece.rejected is not None or piece.size <= PIECE:
        return []
    how = _how(piece, access)
    if how == "groups":
        return [(0, 0)]
    if how == "lines":
        return [(begin, min(begin + PIECE, piece.size)) for begin in range(0, piece.size, PIECE)]
    return []


def surveyed(piece: Piece, begin: int, end: int, access: Access) -> list[int]:
    """Of a part of a file where its first line begins (-1 for nowhere) and how many lines end in it.

    Of a Parquet file (`end` is 0) the rows of each row group.
    """
    try:
        with opened(piece.uri, access) as file:
            if not end:
                return list(parts.group_rows(file))
            first, lines = parts.cut(file, begin, end)
            return [-1 if first is None else first, lines]
    except OSError:
        return []


def divided(piece: Piece, survey: Sequence[Sequence[int]]) -> list[Piece]:
    """The pieces of a file, by what was found where it may be cut; the file as one piece where that does not work."""
    if not survey or not all(survey):
        return [piece]
    if len(survey) == 1:
        return _by_groups(piece, survey[0])
    starts, before = [], 0
    for first, lines in survey:
        if first >= 0:
            starts.append((first, before + (first > 0)))
        before += lines
    ends = [first for first, _ in starts[1:]] + [piece.size]
    return [
        replace(piece, size=end - first, part=Part(begin=first, end=end, before=lines))
        for (first, lines), end in zip(starts, ends, strict=True)
        if end > first
    ]


def dealt(pieces: Iterable[Piece], tasks: int) -> list[list[Piece]]:
    """The pieces of each task, so that all have about as much to do; the largest go first."""
    heap = [(0, number) for number in range(max(1, tasks))]
    hands: list[list[Piece]] = [[] for _ in heap]
    for piece in sorted(pieces, key=lambda one: (-one.size, one.number, one.part.begin)):
        load, number = heapq.heappop(heap)
        hands[number].append(piece)
        heapq.heappush(heap, (load + piece.size + FILE_COSTS, number))
    return [hand for hand in hands if hand]


def tasks_for(pieces: Iterable[Piece], cores: int) -> int:
    """How many tasks read the input: of a piece's size, and enough for all cores."""
    work = sum(piece.size + FILE_COSTS for piece in pieces)
    return max(2 * cores, -(-work // PIECE))


def read_piece(piece: Piece, limits: Limits, access: Access) -> Iterator[tuple[int, Article | Rejected]]:
    """The articles of a piece with their positions; what cannot be read is a rejection in its place."""
    for count, item in enumerate(_items(piece, limits, access)):
        yield piece.position + count, item


def _items(piece: Piece, limits: Limits, access: Access) -> Iterator[Article | Rejected]:
    if piece.rejected is not None:
        yield piece.rejected
    elif is_local(piece.uri) and piece.part.whole:
        yield from read_input(as_input(piece.uri, found=piece.found), limits=limits)
    else:
        try:
            with opened(piece.uri, access) as file:
                yield from read_open(file, origin=piece.uri, part=piece.part, found=piece.found, limits=limits)
        except OSError as error:
            detail = (str(error).splitlines() or [type(error).__name__])[0][:200]
            yield Rejected(origin=piece.uri, reason="unreadable", detail=detail)


def _how(piece: Piece, access: Access) -> str | None:
    try:
        with opened(piece.uri, access) as file:
            return parts.divisible(suffix_of(piece.uri), file.read(SHORTEST_HEAD))
    except OSError:
        return None


def _by_groups(piece: Piece, rows: Sequence[int]) -> list[Piece]:
    """Neighbouring row groups of about a piece's size together."""
    share = piece.size / max(1, len(rows))
    found, before = [], 0
    for _, together in groupby(range(len(rows)), key=lambda group: int(group * share // PIECE)):
        groups = list(together)
        size = round(share * len(groups))
        part = Part(begin=groups[0], end=groups[-1] + 1, before=before)
        found.append(replace(piece, size=size, part=part))
        before += sum(rows[group] for group in groups)
    return found


def _named(manifest: str, access: Access) -> list[str]:
    """The lines of a manifest; a path that is not absolute starts from where the manifest lies."""
    try:
        with opened(manifest, access) as file:
            lines = file.read().decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the manifest {manifest} cannot be read: {error}") from error
    named = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not is_local(manifest):
        return named
    folder = Path(manifest.removeprefix("file://")).parent
    return [str(folder / name) if is_local(name) and not name.startswith("file:") else name for name in named]
