"""Where inputs lie: on a disk that all machines have, or wherever Arrow can open a file as a stream.

Workers open inputs themselves and read them from beginning to end, so that no file has to fit into memory. Spark's own
readers would do neither: the one for whole files holds them in memory, the others drop what is damaged or give up.
"""

import os
import posixpath
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from inquit.readers.inputs import Input, expand
from inquit.records import Rejected

if TYPE_CHECKING:
    from pyarrow import fs

_S3 = ("s3", "s3a", "s3n")

S3_SETTINGS = {
    "spark.hadoop.fs.s3a.access.key": "access_key",
    "spark.hadoop.fs.s3a.secret.key": "secret_key",
    "spark.hadoop.fs.s3a.session.token": "session_token",
    "spark.hadoop.fs.s3a.endpoint": "endpoint_override",
    "spark.hadoop.fs.s3a.endpoint.region": "region",
}
"""Settings of Spark for S3 that hold for reading as well, and what Arrow calls them."""

Access = Mapping[str, str]
"""Arguments of Arrow's file system for S3; without any it finds credentials as the tools of AWS do."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its path or URI, its size in bytes, and whether it lay in a folder and nobody named it."""

    uri: str
    size: int
    found: bool


def is_local(uri: str) -> bool:
    """Whether it is a path, or a URI of one."""
    return "://" not in uri or uri.startswith("file:")


def local_path(uri: str) -> str:
    """The path that a path or a `file:` URI names."""
    return unquote(urlsplit(uri).path) if uri.startswith("file:") else uri


def full(uri: str) -> str:
    """The URI as Spark takes it: a path is one on this machine's disks, whatever Spark's default is."""
    return "file://" + os.path.abspath(local_path(uri)) if is_local(uri) else uri.rstrip("/")


def listed(uri: str, access: Access) -> Iterator[Found | Rejected]:
    """The files that a path, glob pattern or URI names, a folder's in the order of their names.

    A pattern is for paths alone.
    """
    if not is_local(uri):
        yield from _listed_far(uri, access)
        return
    for item in expand([local_path(uri)]):
        if isinstance(item, Rejected):
            yield item
        elif item.path is None:
            yield Rejected(origin=uri, reason="unsupported", detail="standard input is on no other machine")
        else:
            path = os.path.abspath(item.path) if uri.startswith("file:") else item.path
            yield Found(path, os.path.getsize(item.path), item.found)


@contextmanager
def opened(uri: str, access: Access) -> Iterator[IO[bytes]]:
    """The file, open to be read and sought in; raises `OSError`."""
    if is_local(uri):
        with open(local_path(uri), "rb") as file:
            yield file
        return
    system, path = _system(uri, access)
    with system.open_input_file(path) as far:
        yield far


def as_input(uri: str, *, found: bool) -> Input:
    """A file on a disk as the readers have it."""
    return Input(local_path(uri), found)


def _listed_far(uri: str, access: Access) -> Iterator[Found | Rejected]:
    from pyarrow import ArrowException, fs

    try:
        system, path = _system(uri, access)
        here = system.get_file_info(path)
        if here.type == fs.FileType.NotFound:
            yield Rejected(origin=uri, reason="missing", detail="no such file or folder")
            return
        if here.is_file:
            yield Found(uri, here.size, found=False)
            return
        inside = system.get_file_info(fs.FileSelector(path, recursive=True))
    except (OSError, ArrowException, ValueError) as error:
        yield Rejected(origin=uri, reason="unreadable", detail=(str(error).splitlines() or ["no access"])[0][:200])
        return
    root = uri.rstrip("/")
    for one in sorted(inside, key=lambda info: info.path):
        below = posixpath.relpath(one.path, path)
        # Hidden files are no inputs, nor are those with which Spark and Hadoop mark a folder.
        if one.is_file and not any(part.startswith((".", "_")) for part in below.split("/")):
            yield Found(f"{root}/{below}", one.size, found=True)


def _system(uri: str, access: Access) -> tuple["fs.FileSystem", str]:
    from pyarrow import fs

    parts = urlsplit(uri)
    if parts.scheme in _S3:
        options = dict(access)
        endpoint = options.get("endpoint_override", "")
        if "://" in endpoint:
            options["scheme"], options["endpoint_override"] = endpoint.split("://", 1)
        return fs.S3FileSystem(**options), parts.netloc + parts.path.rstrip("/")
    system, path = fs.FileSystem.from_uri(uri)
    return system, path
