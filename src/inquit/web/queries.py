"""What a visitor asks for in an address, as a question to the corpus."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Query

from inquit.records import JUDGEMENTS, KINDS, NAMINGS, STANCES, TYPES, ClaimQuery, SearchQuery, SourceQuery, StoryQuery

CHOICES: dict[str, tuple[str, ...]] = {
    "type": TYPES,
    "naming": NAMINGS,
    "stance": STANCES,
    "judged": JUDGEMENTS,
    "kind": KINDS,
}
LONGEST = 300
"""Characters of a word or name that is asked for."""

_Text = Annotated[str, Query(max_length=LONGEST)]
_Time = Annotated[str, Query(max_length=40)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filters of `inquit search` as they stand in an address, where what is not asked for is empty."""

    words: _Text = ""
    speaker: _Text = ""
    outlet: _Text = ""
    since: _Time = ""
    until: _Time = ""
    type: Literal["", "Direct", "Indirect", "Reported", "FreeIndirect", "IndirectFreeIndirect"] = ""
    naming: Literal["", "named", "described", "anonymous"] = ""
    stance: Literal["", "assert", "confirm", "deny", "demand", "commit", "doubt"] = ""
    disputed: Literal["", "yes", "no"] = ""
    judged: Literal["", "right", "wrong", "fixed"] = ""
    among: Literal["", "everything", "statements", "articles"] = ""
    sort: Literal["", "relevance", "time"] = ""

    def query(self, limit: int) -> SearchQuery:
        """The question to the corpus."""
        given: dict[str, Any] = {
            name: value.strip()
            for name in self.__dataclass_fields__
            if name != "disputed" and (value := getattr(self, name)).strip()
        }
        if self.disputed:
            given["disputed"] = self.disputed == "yes"
        return SearchQuery(**given, limit=limit)

    def filters(self) -> int:
        """How many filters there are beside the words."""
        return sum(bool(getattr(self, name)) for name in self.__dataclass_fields__ if name != "words")

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSources:
    """The filters of `inquit sources`."""

    name: _Text = ""
    outlet: _Text = ""
    naming: Literal["", "named", "described", "anonymous"] = ""
    kind: Literal["", "person", "organization", "outlet", "group", "document"] = ""

    def query(self, limit: int, offset: int = 0) -> SourceQuery:
        """The question to the corpus."""
        given: dict[str, Any] = {
            name: value.strip() for name in self.__dataclass_fields__ if (value := getattr(self, name)).strip()
        }
        return SourceQuery(**given, limit=limit, offset=offset)


_Count = Annotated[str, Query(max_length=6, pattern=r"^\d*$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedClaims:
    """The filters of `inquit claims`; `sources` is the most that a claim may have, `outlets` the fewest."""

    words: _Text = ""
    outlet: _Text = ""
    since: _Time = ""
    until: _Time = ""
    story: _Text = ""
    circular: Literal["", "yes", "no"] = ""
    unnamed: Literal["", "yes", "no"] = ""
    disputed: Literal["", "yes", "no"] = ""
    outlets: _Count = ""
    sources: _Count = ""
    sort: Literal["", "outlets", "time"] = ""

    def query(self, limit: int, offset: int = 0) -> ClaimQuery:
        """The question to the corpus."""
        given: dict[str, Any] = {}
        for name in self.__dataclass_fields__:
            value = getattr(self, name).strip()
            if value and name in {"circular", "unnamed", "disputed"}:
                given[name] = value == "yes"
            elif value:
                given[name] = int(value) if name in {"outlets", "sources"} else value
        return ClaimQuery(**given, limit=limit, offset=offset)

    def filters(self) -> int:
        """How many filters there are beside the words."""
        return sum(bool(getattr(self, name)) for name in self.__dataclass_fields__ if name != "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedStories:
    """The filters of `inquit stories`; `articles` and `outlets` are the fewest that a story has."""

    words: _Text = ""
    outlet: _Text = ""
    since: _Time = ""
    until: _Time = ""
    articles: _Count = ""
    outlets: _Count = ""
    sort: Literal["", "outlets", "time"] = ""

    def query(self, limit: int, offset: int = 0) -> StoryQuery:
        """The question to the corpus."""
        given: dict[str, Any] = {"sort": "outlets"}
        for name in self.__dataclass_fields__:
            value = getattr(self, name).strip()
            if value:
                given[name] = int(value) if name in {"articles", "outlets"} else value
        return StoryQuery(**given, limit=limit, offset=offset)


def as_address(asked: Asked | AskedSources | AskedClaims | AskedStories) -> str:
    """What is asked for, as it stands in an address behind the question mark."""
    return urlencode({name: value for name in asked.__dataclass_fields__ if (value := getattr(asked, name))})
