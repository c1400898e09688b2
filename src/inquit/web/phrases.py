"""The words of the interface, one catalogue a language, and which language a visitor wants."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES: Mapping[str, str] = {"de": "Deutsch", "en": "English"}
DEFAULT = "en"


class Phrases:
    """The catalogue of a language; called with a key it gives the words, with the values filled in."""

    def __init__(self, language: str, words: Mapping[str, str | Mapping[str, str]]) -> None:
        self.language = language
        self._words = words

    def __call__(self, key: str, /, **values: Any) -> str:
        """The words of `key`; where they depend on a number, it is the value `n`."""
        found = self._words[key]
        if isinstance(found, Mapping):
            form = {0: "none", 1: "one"}.get(values.get("n", 2), "other")
            found = found.get(form, found["other"])
        shown = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return found.format_map(shown) if shown else found

    def has(self, key: str) -> bool:
        """Whether there are words for `key`."""
        return key in self._words

    def number(self, value: int) -> str:
        """A number as the language groups it."""
        return f"{value:,}".replace(",", "." if self.language == "de" else ",")

    def percent(self, share: float) -> str:
        """A share from 0 to 1."""
        return f"{share * 100:.0f}\N{NARROW NO-BREAK SPACE}%" if self.language == "de" else f"{share * 100:.0f}%"

    def when(self, time: str | None) -> str:
        """A date or time as people write it; what is none is shown as it is."""
        day, _, clock = (time or "").replace(" ", "T", 1).partition("T")
        parts = day.split("-")
        if not all(part.isdecimal() for part in parts) or len(parts) > 3:
            return day[:20]
        if self.language == "de":
            day = ".".join(str(int(part)) for part in reversed(parts))
        return f"{day}, {clock[:5]}" if len(clock) >= 5 else day

    def listed(self, names: list[str]) -> str:
        """`A, B and C`."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self('and')} {names[-1]}"


@cache
def phrases(language: str) -> Phrases:
    """The catalogue of one of `LANGUAGES`."""
    text = (files(__package__) / "catalogues" / f"{language}.toml").read_text("utf-8")
    return Phrases(language, dict(_flat(tomllib.loads(text))))


def _flat(table: Mapping[str, Any], above: str = "") -> list[tuple[str, Any]]:
    """Dotted keys; a table with `one` and `other`, and perhaps `none`, is the value of one key."""
    found: list[tuple[str, Any]] = []
    for name, value in table.items():
        if isinstance(value, dict) and not {"one", "other"} <= set(value):
            found += _flat(value, f"{above}{name}.")
        else:
            found.append((above + name, value))
    return found


def preferred(header: str | None) -> str:
    """The language that an `Accept-Language` header prefers among those there are."""
    wanted: list[tuple[float, str]] = []
    for one in (header or "")[:500].split(","):
        name, _, weight = one.partition(";")
        try:
            weighed = float(weight.partition("q=")[2] or 1)
        except ValueError:
            weighed = 0.0
        wanted.append((-weighed, name.strip().lower().partition("-")[0]))
    return next((name for _, name in sorted(wanted, key=lambda one: one[0]) if name in LANGUAGES), DEFAULT)
