"""Bytes of an input, read from beginning to end: peeked at, unpacked, by lines; damage ends them and is remembered."""

import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any

from inquit.records import Reason

HEAD = 65_536
"""Bytes at the beginning by which a format, a dialect and an old encoding are known."""

_BUFFER = 1 << 18
_XZ_MEMORY = 512 << 20
"""Bytes that unpacking xz may take; `xz -9` asks for 65 MB, a hostile file could ask for 4 GB."""

_ZST = b"\x28\xb5\x2f\xfd"
PACKED = (".gz", ".bz2", ".xz", ".zst")
"""Suffixes of compressed files. What is unpacked is told by the bytes, whatever the suffix."""

_Take = Callable[[int], bytes]


class Stream:
    """Bytes in order. `damage` is why they end before their end; `file` is the file itself where it can be sought in.

    Reading never raises for what is wrong with the bytes.
    """

    def __init__(self, take: _Take, *, file: IO[bytes] | None = None, below: "Stream | None" = None) -> None:
        self.file = file
        self._take = take
        self._below = below
        self._head = b""
        self._is_peeked = False
        self._damage: tuple[Reason, str] | None = None
        self._buffer = io.BufferedReader(_Raw(self._next), _BUFFER)

    @property
    def damage(self) -> tuple[Reason, str] | None:
        """Reason and detail, once they are known; that of the file goes before that of what is packed in it."""
        return (self._below.damage if self._below else None) or self._damage

    def head(self) -> bytes:
        """The first bytes, which stay to be read; of JSON that comes slowly no more than the first line."""
        while not self._is_peeked and len(self._head) < HEAD and (part := self._taken(HEAD)):
            self._head += part
            self._is_peeked = b"\n" in part and self._head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        self._is_peeked = True
        return self._head

    def read(self, size: int) -> bytes:
        """The next `size` bytes; fewer only at the end."""
        return self._buffer.read(size)

    def readline(self, size: int) -> bytes:
        """The next line with its break, or `size` bytes of it."""
        return self._buffer.readline(size)

    def lines(self, longest: int) -> Iterator[tuple[int, bytes | None]]:
        """The lines, counted from 1; `None` for one of more than `longest` bytes, which is passed over."""
        number = 0
        while line := self.readline(longest + 1):
            number += 1
            if len(line) <= longest or line.endswith(b"\n"):
                yield number, line
                continue
            while (part := self.readline(_BUFFER)) and not part.endswith(b"\n"):
                pass
            yield number, None

    def unpacked(self) -> "Stream":
        """What is packed in these bytes, one layer of it; this stream where nothing is."""
        head = self.head()
        if head.startswith(b"\x1f\x8b\x08"):
            return Stream(gzip.GzipFile(fileobj=self._buffer).read1, below=self)
        if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
            import bz2

            return Stream(bz2.BZ2File(self._buffer).read1, below=self)
        if head.startswith(b"\xfd7zXZ\0"):
            return Stream(_xz(self._buffer), below=self)
        if head.startswith(_ZST):
            return Stream(_zst(self._buffer), below=self)
        return self

    def in_utf8(self) -> "Stream":
        """The same characters in UTF-8, where a mark says that they are in UTF-16 or UTF-32; no mark before them."""
        import codecs

        head = self.head()
        marks = (
            (codecs.BOM_UTF8, ""),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
            (codecs.BOM_UTF32_BE, "utf-32-be"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
        )
        mark, name = next(((m, n) for m, n in marks if head.startswith(m)), (b"", ""))
        self.read(len(mark))
        if not name:
            return self
        decoder = codecs.getincrementaldecoder(name)("replace")

        def take(size: int) -> bytes:
            while part := self.read(size):
                if text := decoder.decode(part):
                    return text.encode("utf-8", "replace")
            return decoder.decode(b"", final=True).encode("utf-8", "replace")

        return Stream(take, below=self)

    def _next(self, size: int) -> bytes:
        if self._head:
            part, self._head = self._head[:size], self._head[size:]
            return part
        return self._taken(size)

    def _taken(self, size: int) -> bytes:
        """Bytes that nobody has seen; empty at the end, which damage is."""
        if self._damage is not None:
            return b""
        try:
            return self._take(size)
        except EOFError:
            self._damage = ("damaged", "cut off")
        except (OSError, ValueError, zlib.error, lzma.LZMAError) as error:
            says = (getattr(error, "strerror", None) or str(error) or type(error).__name__).splitlines()[0]
            cut = "truncated" in says.lower()
            self._damage = ("damaged", "cut off" if cut else says) if self._below else ("unreadable", says.lower())
        return b""


class _Raw(io.RawIOBase):
    """What a function gives, as the buffered reader of the standard library takes it."""

    def __init__(self, take: _Take) -> None:
        self._take = take

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._take(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def from_file(file: IO[bytes], *, seekable: bool) -> Stream:
    """The bytes of an open file; `seekable` where it is one on a disk."""
    return Stream(getattr(file, "read1", file.read), file=file if seekable else None)


def from_bytes(data: bytes) -> Stream:
    """Bytes that are in memory."""
    file = io.BytesIO(data)
    return Stream(file.read1, file=file)


def _xz(packed: "io.BufferedReader[Any]") -> _Take:
    decompressor = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    def take(size: int) -> bytes:
        nonlocal decompressor
        while True:
            if decompressor.eof:  # another stream may follow, after padding
                rest = decompressor.unused_data
                while not rest.strip(b"\0"):
                    rest = packed.read1(_BUFFER)
                    if not rest:
                        return b""
                decompressor = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
                data = decompressor.decompress(rest.lstrip(b"\0"), size)
            else:
                part = packed.read1(_BUFFER) if decompressor.needs_input else b""
                if not part and decompressor.needs_input:
                    raise EOFError
                data = decompressor.decompress(part, size)
            if data:
                return data

    return take


def _zst(packed: "io.BufferedReader[Any]") -> _Take:
    import pyarrow

    unpacking = pyarrow.CompressedInputStream(pyarrow.PythonFile(packed, mode="r"), "zstd")
    return lambda size: bytes(unpacking.read(size))
