"""Names in the author's place: persons, and the agencies whose text it is."""

import re

from inquit.languages import READ, language
from inquit.readers import imprint

_JOINED = re.compile(r"\s*(?:,|;|/|&|\|)\s*|\s+(?:und|sowie|and)\s+")


def listed(line: str) -> list[str]:
    """The names of a line such as "Anna Beispiel und Ben Muster"."""
    return [name.strip() for name in _JOINED.split(line) if name.strip()]


def agencies(names: list[str]) -> list[str]:
    """Which of the names in an author's place are those of agencies; the initials of an editor may stand after them."""
    known = language(READ[0]).table("imprint")["credits"]
    return [
        name
        for i, name in enumerate(names)
        if name in known["agencies"]
        or (name.isalpha() and name.islower() and name not in known["own"] and len(name) > (2 if i == 0 else 3))
    ]


def persons(names: list[str]) -> list[str]:
    """Which of the names are those of persons, without the words before them."""
    table = language(READ[0]).table("imprint")["authors"]
    return [person for name in unprefixed(names) if (person := imprint.person(name, table))]


def unprefixed(names: list[str]) -> list[str]:
    """The names without such words as "Von" before them."""
    begins = re.compile(rf"^(?:{language(READ[0]).table('imprint')['authors']['begins']})")
    return [begins.sub("", name, count=1) for name in names]
