"""What a claim says in figures and in a sentence: outlets, sources, who rests on whom, who denies it, the circle."""

from collections.abc import Sequence

from inquit.exports.claimswords import Words
from inquit.exports.excerpts import line, short_name
from inquit.exports.graphnames import name_key
from inquit.records import Claim, ClaimSource, Statement

_CIRCULAR = "circular: "
_FROM = " has it from "


def outlet_of(statement: Statement) -> str:
    """The outlet of a statement, or the id of its article where none is known."""
    return short_name(statement.outlet or statement.article)


def outlets(statements: Sequence[Statement]) -> list[str]:
    """The outlets of statements, each once."""
    return list(dict.fromkeys(map(outlet_of, statements)))


def resting(claim: Claim) -> dict[int | None, list[str]]:
    """The outlets that rest on each primary source, by its place; `None` for those of which no source is known."""
    found: dict[int | None, list[str]] = {place: [] for place in range(len(claim.primary_sources))}
    for statement in claim.statements:
        mine = found.setdefault(statement.source, [])
        if outlet_of(statement) not in mine:
            mine.append(outlet_of(statement))
    sourced = {outlet for place, names in found.items() if place is not None for outlet in names}
    if None in found:
        found[None] = [outlet for outlet in found[None] if outlet not in sourced]
        if not found[None]:
            del found[None]
    return found


def unnamed_share(claim: Claim) -> float:
    """Share of the statements, 0 to 1, that rest on sources without a name."""
    unnamed = [
        statement
        for statement in claim.statements
        if statement.source is not None and claim.primary_sources[statement.source].naming != "named"
    ]
    return len(unnamed) / len(claim.statements) if claim.statements else 0.0


def deniers(claim: Claim) -> list[str]:
    """The names of those who deny a claim, each once; where nobody is named, the outlet."""
    found = {
        name_key(one.by or outlet_of(one)): short_name(one.by or outlet_of(one)) for one in reversed(claim.denied_by)
    }
    return list(reversed(found.values()))


def circle(claim: Claim) -> list[str]:
    """The outlets of the circle in which a claim runs, the first again at the end; empty where it is not said."""
    told = next((reason for reason in claim.why if reason.startswith(_CIRCULAR)), "")
    return [short_name(name) for name in told.removeprefix(_CIRCULAR).split(_FROM)] if told else []


def source_in_words(claim: Claim, place: int, words: Words) -> str:
    """A primary source in a sentence, with the weight of its not being named."""
    source = claim.primary_sources[place]
    key = "source_named" if source.naming == "named" else "source_unnamed"
    return words(key, name=short_name(source.name))


def lead(claim: Claim, words: Words) -> str:
    """How many outlets carry a claim, and on how many sources it rests, in a sentence."""
    carrying = outlets(claim.statements)
    number = len(carrying)
    told = words("outlets", n=number)
    counted = [place for place, source in enumerate(claim.primary_sources) if source.independent]
    if not claim.independent_sources or not counted:
        return words("lead_unsourced", n=number, outlets=told)
    rests = resting(claim)
    top = max(counted, key=lambda place: len(rests[place]))
    source = source_in_words(claim, top, words)
    if claim.independent_sources == 1:
        return words("lead_one", n=number, outlets=told, source=source)
    sources = words("sources", n=claim.independent_sources)
    if len(rests[top]) < 2:
        return words("lead_several", n=number, outlets=told, sources=sources)
    return words("lead_most", n=number, outlets=told, sources=sources, resting=len(rests[top]), source=source)


def warnings(claim: Claim, words: Words) -> list[str]:
    """What speaks against a claim: denials and circles, a sentence each."""
    told = []
    if found := deniers(claim):
        told.append(words("lead_denied", who=words.listed(found)))
    if claim.circular:
        way = circle(claim)
        told.append(
            words("lead_circular", way=words("has_it_from").join(way)) if way else words("lead_circular_unknown")
        )
    return told


def reasons(claim: Claim) -> tuple[dict[int, str], list[str]]:
    """The reasons of a claim by the place of the source that they are about, without its name, and the others.

    That of the circle is left out: `warnings` tells of it.
    """
    about: dict[int, str] = {}
    others = []
    for reason in map(line, claim.why):
        place = next(
            (
                place
                for place, source in enumerate(claim.primary_sources)
                if place not in about and reason.startswith(_named(source))
            ),
            None,
        )
        if place is None and not reason.startswith(_CIRCULAR):
            others.append(reason)
        elif place is not None:
            about[place] = reason.removeprefix(_named(claim.primary_sources[place])).lstrip(":; ") or reason
    return about, others


def _named(source: ClaimSource) -> str:
    """The words with which a reason begins that is about a source."""
    return line(f"{source.name} ({source.naming})")
