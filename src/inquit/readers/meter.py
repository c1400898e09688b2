"""How far reading has come, in bytes as they lie on the disk: a file may hold any number of articles."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

from inquit.readers import inputs
from inquit.records import Rejected


@dataclass(slots=True)
class Meter:
    """Bytes of the files that have been read, of `total` in all."""

    total: int
    _before: int = field(default=0, init=False)
    _file: IO[bytes] | None = field(default=None, init=False)

    @property
    def read(self) -> int:
        """Bytes read so far."""
        return self._before + (self._file.tell() if self._file is not None else 0)

    def begin(self, file: IO[bytes] | None) -> None:
        """Another file is open."""
        self._file = file

    def end(self) -> None:
        """It is read."""
        if self._file is not None:
            self._before += os.fstat(self._file.fileno()).st_size
        self._file = None


def meter(paths: Iterable[str | os.PathLike[str]]) -> Meter | None:
    """A meter for what `paths` name; `None` where standard input is among it, whose end nobody knows."""
    total = 0
    for item in inputs.expand(paths):
        if isinstance(item, Rejected):
            continue
        if item.path is None:
            return None
        with suppress(OSError):
            total += os.path.getsize(item.path)
    return Meter(total)
