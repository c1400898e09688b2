"""What Inquit knows of each language: word lists, tables and weights, one folder a language.

A language is added by adding a folder with the same files as `de/`; no other room names a language.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
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
