"""Paths to inputs: files, folders with their subfolders, glob patterns and standard input, in a stable order."""

import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from inquit.readers import fields, jsonlines, streams
from inquit.readers.articles import Known
from inquit.readers.opened import Opened, suffix_of
from inquit.records import Reason, Rejected

STANDARD_INPUT = "-"
STANDARD_INPUT_ORIGIN = "standard input"
"""What stands in `origin` for an article from standard input."""

_DESCRIBED = (".txt", ".text", ".html", ".htm", ".xhtml", ".shtml")
"""Suffixes of files that a file of the same name with the suffix `.json` describes."""

_LARGEST_DESCRIPTION = 4_000_000
"""Bytes of such a file; it may be the whole ledger of the article."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file, or standard input where `path` is `None`; `found` says that a folder held it and nobody named it."""

    path: str | None
    found: bool = False

    @property
    def origin(self) -> str:
        """The path as it can be printed and stored."""
        return STANDARD_INPUT_ORIGIN if self.path is None else printable(self.path)

    @property
    def suffix(self) -> str:
        """The suffix of the file's name, in lower case, with its dot, without that of its packing."""
        return "" if self.path is None else suffix_of(self.path)


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
    deep = "**" in pattern
    described = _descriptions(names)
    for name in names:
        # A pattern with ** names the files inside the folders that it names, too.
        if not (deep and os.path.isdir(name)) and name not in described:
            yield from _walk(name, found=deep, above=())


def _walk(path: str, *, found: bool, above: tuple[tuple[int, int], ...]) -> Iterator[Input | Rejected]:
    """The file `path`, or all that lies below the folder; `above` are the folders that hold it.

    Hidden files and folders in a folder are no inputs, nor are files that only describe an article beside them.
    """
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
    described = _descriptions(names)
    for name in names:
        if not name.startswith(".") and name not in described:
            yield from _walk(os.path.join(path, name), found=True, above=(*above, identity))


def open_input(item: Input, stack: ExitStack) -> Opened | Rejected:
    """The input, open until `stack` closes it, with what lies beside it."""
    try:
        if item.path is None:
            return _standard_input()
        file = stack.enter_context(os.fdopen(_descriptor(item.path), "rb", buffering=0))
        mode = os.fstat(file.fileno()).st_mode
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        return _rejected(item.origin, "missing" if missing else "unreadable", _says(error))
    except ValueError as error:  # standard input that is closed, a path that no system call takes
        return _rejected(item.origin, "unreadable", str(error))
    if not stat.S_ISREG(mode):
        detail = f"{_what(mode)}, not a file; give it as standard input (-)"
        return _rejected(item.path, "unreadable", detail)
    stream = streams.from_file(file, seekable=True)
    return Opened(origin=item.origin, stream=stream, suffix=item.suffix, found=item.found)


def _descriptor(path: str) -> int:
    # Without O_NONBLOCK the opening of a named pipe would wait for a writer.
    return os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))


def _standard_input() -> Opened | Rejected:
    if sys.stdin is None:
        return _rejected(STANDARD_INPUT_ORIGIN, "unreadable", "there is none")
    return Opened(origin=STANDARD_INPUT_ORIGIN, stream=streams.from_file(sys.stdin.buffer, seekable=False))


def description(item: Input) -> Known | Rejected | None:
    """What the file beside `item`, of the same name with the suffix `.json`, says of its article, if there is one."""
    if item.path is None or item.suffix not in _DESCRIBED:
        return None
    path = _described(item.path)
    if not os.path.isfile(path):
        return None
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST_DESCRIPTION + 1)
    except OSError as error:
        return _rejected(path, "unreadable", _says(error))
    record = jsonlines.document(data) if len(data) <= _LARGEST_DESCRIPTION else None
    if record is None:
        return _rejected(path, "damaged", f"not a JSON object that describes {os.path.basename(item.origin)}")
    values = fields.named(record)
    return fields.known({name: value for name, value in values.items() if name != "furniture"}, printable(path))


def _descriptions(names: list[str]) -> frozenset[str]:
    """The files that are no articles because they would describe one of `names`."""
    return frozenset(_described(name) for name in names if suffix_of(name) in _DESCRIBED)


def _described(path: str) -> str:
    """The name of the file that would describe the article in `path`."""
    return path[: path.lower().rindex(suffix_of(path))] + ".json"


def _rejected(path: str, reason: Reason, detail: str) -> Rejected:
    return Rejected(origin=printable(path), reason=reason, detail=detail)


def _what(mode: int) -> str:
    kinds = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISDIR, "a folder"))
    return next((name for is_kind, name in kinds if is_kind(mode)), "a device")


def _says(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
