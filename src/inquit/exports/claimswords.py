"""All words with which claims and stories are shown, in English and in German.

The words lie in `claims-words.en.toml` and `claims-words.de.toml`: the same keys with the same places for values. The
reasons (`why`) are said by the room that counts, and told in German by `reasons.py`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from inquit.exports.excerpts import short_name

LANGUAGES = ("en", "de")
"""Codes (ISO 639-1) of the languages in which claims can be shown."""

_NAMES_TOLD = 4


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language of the interface."""

    language: str
    texts: Mapping[str, str | Mapping[str, str]]

    def __call__(self, key: str, /, **values: str | int) -> str:
        """The text of `key` with its places filled; where it depends on a number, that is the value `n`."""
        found = self.texts[key]
        if not isinstance(found, str):
            found = found["one" if values.get("n") == 1 else "other"]
        return found.format_map(values) if values else found

    def percent(self, share: float) -> str:
        """A share from 0 to 1."""
        return self("percent", n=round(share * 100))

    def listed(self, names: Sequence[str], most: int = _NAMES_TOLD) -> str:
        """`A, B and C`; what is more than `most` is counted."""
        told = [short_name(name) for name in names[:most]]
        if len(names) > most:
            told.append(self("more", n=len(names) - most))
        return told[0] if len(told) == 1 else self("and", first=", ".join(told[:-1]), last=told[-1]) if told else ""


@cache
def words(language: str = "en") -> Words:
    """The words of a language of the interface; an unknown one is shown in English."""
    code = language if language in LANGUAGES else "en"
    return Words(code, tomllib.loads((files(__package__) / f"claims-words.{code}.toml").read_text("utf-8")))
