"""Paths to inputs: files, folders with their subfolders, glob patterns and standard input, in a stable order."""

import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from inquit.readers.limits import Limits
from inquit.records import Reason, Rejected

STANDARD_INPUT = "-"
STANDARD_INPUT_ORIGIN = "standard input"
"""What stands in `origin` for an article from standard input."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Input:
    """One file, or standard input where `path` is `None`; `found` says that a folder held it, nobody named it."""

    path: str | None
    found: bool = False

    @property
    def origin(self) -> str:
        """The path as it can be printed and stored."""
        return STANDARD_INPUT_ORIGIN if self.path is None else printable(self.path)

    @property
    def suffix(self) -> str:
        """The suffix of the file's name, in lower case, with its dot."""
        return "" if self.path is None else os.path.splitext(self.path)[1].lower()


def printable(path: str) -> str:
    """`path` with what is no character replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def expand(paths: Iterable[str | PathLike[str]]) -> Iterator[Input | Rejected]:
    """All inputs that `paths` name, in their order, the content of a folder in the order of names."""
    for path in paths:
        name = os.fspath(path)
        if name == STANDARD_INPUT and not isinstance(path, Path):
            yield Input(None)
        elif "\0" in name:
            yield _rejected(name.replace("\0", "\N{SYMBOL FOR NULL}"), "missing", "no file name holds a null character")
        elif os.path.lexists(name):
            yield from _walk(name, found=False, above=())
        elif glob.has_magic(name):
            yield from _matches(name)
        else:
            yield _rejected(name, "missing", "no such file or folder")


def _matches(pattern: str) -> Iterator[Input | Rejected]:
    names = sorted(glob.glob(pattern, recursive=True))
    if not names:
        yield _rejected(pattern, "missing", "nothing matches the pattern")
    for name in names:
        # A pattern with ** names the files inside the folders that it names, too.
        if not ("**" in pattern and os.path.isdir(name)):
            yield from _walk(name, found=True, above=())


def _walk(path: str, *, found: bool, above: tuple[tuple[int, int], ...]) -> Iterator[Input | Rejected]:
    """The file `path`, or all that lies below the folder; `above` are the folders that hold it."""
    if found and above and os.path.basename(path).startswith("."):
        yield _rejected(path, "unsupported", "hidden")
        return
    try:
        status = os.stat(path)
    except OSError as error:
        yield _rejected(path, "unreadable", "a broken link" if os.path.islink(path) else _says(error))
        return
    if not stat.S_ISDIR(status.st_mode):
        yield Input(path, found)
        return
    identity = (status.st_dev, status.st_ino)
    if identity in above:
        yield _rejected(path, "unreadable", "a link to a folder that holds it")
        return
    try:
        names = sorted(os.listdir(path))
    except OSError as error:
        yield _rejected(path, "unreadable", _says(error))
        return
    for name in names:
        yield from _walk(os.path.join(path, name), found=True, above=(*above, identity))


def load(item: Input, limits: Limits) -> bytes | Rejected:
    """The bytes of one input; a larger one than the limit is not read to its end."""
    try:
        return _from_standard_input(limits) if item.path is None else _from_file(item.path, limits)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        return _rejected(item.origin, "missing" if missing else "unreadable", _says(error))
    except ValueError as error:  # standard input that is closed, a path that no system call takes
        return _rejected(item.origin, "unreadable", str(error))


def _from_file(path: str, limits: Limits) -> bytes | Rejected:
    # Without O_NONBLOCK the opening of a named pipe would wait for a writer.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return _rejected(path, "unreadable", f"{_what(status.st_mode)}, not a file; give it as standard input (-)")
        if status.st_size > limits.max_bytes:
            return _too_large(printable(path), limits)
        data = file.read(limits.max_bytes + 1)
    return _too_large(printable(path), limits) if len(data) > limits.max_bytes else data


def _from_standard_input(limits: Limits) -> bytes | Rejected:
    stream = sys.stdin.buffer if sys.stdin is not None else None
    if stream is None:
        return _rejected(STANDARD_INPUT_ORIGIN, "unreadable", "there is none")
    parts: list[bytes] = []
    size = 0
    while size <= limits.max_bytes and (part := stream.read(_CHUNK)):
        parts.append(part)
        size += len(part)
    return _too_large(STANDARD_INPUT_ORIGIN, limits) if size > limits.max_bytes else b"".join(parts)


def _too_large(origin: str, limits: Limits) -> Rejected:
    return _rejected(origin, "too large", f"more than {limits.max_bytes:,} bytes")


def _rejected(path: str, reason: Reason, detail: str) -> Rejected:
    return Rejected(origin=printable(path), reason=reason, detail=detail)


def _what(mode: int) -> str:
    kinds = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISDIR, "a folder"))
    return next((name for is_kind, name in kinds if is_kind(mode)), "a device")


def _says(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
