"""The reasons (`why`) of ledgers and claims in another language than the English that rooms write them in.

`reasons.de.toml` has the forms of all reasons. A place `{a}` of a form is a name, a word of the text or a number and
stays as it is; a place `{x}` is a reason, a label or a list and is told by the forms again. What no form fits stays
English.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

LONGEST = 600
"""Characters of a reason that is told; a longer one stays as it is, since its words are those of the text."""

_DEEPEST = 4
_PLACE = re.compile(r"\{([a-z])\}")
_KEPT = "abcd"

Form = tuple[re.Pattern[str], str]


@lru_cache(4096)
def reason_in(language: str, reason: str) -> str:
    """A reason in a language; in English, and where its form is not known, as it is."""
    forms = _forms(language)
    return _told(forms, reason, 0) if forms and len(reason) <= LONGEST else reason


def _told(forms: tuple[Form, ...], reason: str, depth: int) -> str:
    for pattern, told in forms:
        if found := pattern.fullmatch(reason):
            return _filled(told, found.groupdict(), forms, depth)
    return reason


def _filled(told: str, values: dict[str, str], forms: tuple[Form, ...], depth: int) -> str:
    def value(place: re.Match[str]) -> str:
        name = place[1]
        return values[name] if name in _KEPT or depth == _DEEPEST else _told(forms, values[name], depth + 1)

    return _PLACE.sub(value, told)


@cache
def _forms(language: str) -> tuple[Form, ...]:
    """The forms of a language in the order of the file, in which the first that fits is taken."""
    file = files(__package__) / f"reasons.{language}.toml"
    if not language.isalpha() or not file.is_file():
        return ()
    table: dict[str, dict[str, str]] = tomllib.loads(file.read_text("utf-8"))
    return tuple((_pattern(form), told) for part in table.values() for form, told in part.items())


def _pattern(form: str) -> re.Pattern[str]:
    parts = _PLACE.split(form)
    found = [f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)]
    return re.compile("".join(found), re.DOTALL)
