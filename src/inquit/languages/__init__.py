"""What Inquit knows of each language: word lists, tables and weights, one folder a language.

A language is added by adding a folder with the same files as `de/`; no other room names a language.
"""

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from inquit.errors import LanguageError

READ = ("de",)
"""Codes (ISO 639-1) of the languages that Inquit reads."""


@dataclass(frozen=True, slots=True)
class Language:
    """The knowledge of one language, loaded on first use and kept."""

    code: str

    def folder(self) -> Traversable:
        """Folder of this language's files."""
        return files(__name__) / self.code

    def words(self, name: str) -> frozenset[str]:
        """Lines of `NAME.txt`, without comments (`#`) and blank lines."""
        return _words(self.code, name)

    def table(self, name: str) -> dict[str, Any]:
        """Content of `NAME.toml`."""
        return _table(self.code, name)

    def checksum(self, *, without: Collection[str] = ()) -> str:
        """Ten hexadecimal digits over names and bytes of all files but those named; 20 MB take some 20 ms."""
        found = sha256()
        for name, file in sorted(_files(self.folder(), ""), key=lambda pair: pair[0]):
            if name not in without:
                found.update(f"{name}\0".encode() + sha256(file.read_bytes()).digest())
        return found.hexdigest()[:10]


def language(code: str) -> Language:
    """Knowledge of the language `code`; raises `LanguageError` for one that Inquit does not read."""
    if code not in READ:
        raise LanguageError(f"Inquit does not read the language {code!r}; it reads {', '.join(READ)}")
    return Language(code)


@cache
def _words(code: str, name: str) -> frozenset[str]:
    lines = (files(__name__) / code / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def _table(code: str, name: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / code / f"{name}.toml").read_text("utf-8"))


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    """The files of a folder with their paths in it; hidden ones and what Python compiles are no knowledge."""
    for item in folder.iterdir():
        if item.name.startswith((".", "__pycache__")):
            continue
        if item.is_dir():
            yield from _files(item, f"{path}{item.name}/")
        else:
            yield f"{path}{item.name}", item
