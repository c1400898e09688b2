"""The ways in which a test packs bytes, by suffix."""

import bz2
import gzip
import lzma
from collections.abc import Callable

import pyarrow


def zst(data: bytes) -> bytes:
    packed: bytes = pyarrow.compress(data, "zstd", asbytes=True)
    return packed


PACKING: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zst,
}
