"""How the statements of a claim came to their articles, and which of the people on the way are the same for the claim.

Reading makes mistakes: a relay is left out, a paper is taken for a body, a describing word for a second person. What
the articles say of one another is used to undo them: who tells what another article reports has it from the sources
of that article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from inquit.languages import Language
from inquit.records import Link, Source
from inquit.stories.identity import Identity, Node, agreement, may_be_anyone
from inquit.stories.outlets import same_outlet, which_outlet
from inquit.stories.statements import Unit
from inquit.stories.wording import plain

_VOUCHES_FOR_NOTHING = ("demand", "commit")
"""Stances that say what somebody wants; that it is so is said by whoever tells of it."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Path:
    """How one statement of a claim came to its article: outlets it came through, then the people, outermost first."""

    unit: Unit
    outlets: tuple[str, ...]
    people: tuple[Node, ...]
    names: tuple[str, ...]


def paths_of(
    units: Sequence[Unit], outlets: Sequence[str], known: Identity, links: Sequence[Link], language: Language
) -> list[Path]:
    """The ways of the statements of one claim; `known` is told which of their sources are the same for it.

    `outlets` are those of the articles of the whole story.
    """
    paths = [path(unit, outlets, links, language) for unit in units]
    _same_by_link(paths, known, links)
    _same_in_article(paths, known, language)
    paths = _relayed(paths, known, language)
    _same_through_outlet(paths, known)
    return paths


def path(unit: Unit, outlets: Sequence[str], links: Sequence[Link], language: Language) -> Path:
    """The chain of a statement, its outlets by the names they have as outlets of articles where these are here."""
    chain = unit.quotation.chain
    if len(chain) > 1 and unit.quotation.stance in _VOUCHES_FOR_NOTHING:
        chain = chain[:-1]
    through: list[str] = []
    people: list[Node] = []
    for source in chain:
        outlet = _as_outlet(source, unit, outlets, links, language)
        if outlet is None:
            people.append((unit.article.id, source.name))
        elif outlet and outlet not in through:
            through.append(outlet)
    names = tuple(source.name for source in unit.quotation.chain[:-1])
    return Path(unit, tuple(through), tuple(people), names)


def _as_outlet(
    source: Source, unit: Unit, outlets: Sequence[str], links: Sequence[Link], language: Language
) -> str | None:
    """The outlet that a source is, empty for the article's own and for one that is not known; `None` for others."""
    own = unit.article.outlet
    if source.kind == "outlet":
        return "" if _is_own(source.name, language) else which_outlet(source.name, outlets) or source.name
    if source.kind in {"person", "group"}:
        return None
    if source.naming == "named":
        meant = which_outlet(source.name, outlets) if source.kind == "organization" else None
        return None if meant is None else "" if same_outlet(meant, own) else meant
    if not _nameless_outlet(source.name, language):
        return None
    cited = {link.outlet for link in links if link.derived == unit.article.id}
    cited = {outlet for outlet in cited if outlet and not same_outlet(outlet, own)}
    return cited.pop() if len(cited) == 1 and not _is_own(source.name, language) else ""


def _nameless_outlet(name: str, language: Language) -> bool:
    """Whether a description is that of a paper or of a report, and says no more: "die Zeitung", "einem Bericht"."""
    words = [plain(word) for word in _WORD.findall(name)]
    signs = tuple(language.table("story-words")["nameless_outlets"])
    return 0 < len(words) <= _FEW_WORDS and words[-1].endswith(signs)


_FEW_WORDS = 2


def _is_own(name: str, language: Language) -> bool:
    """Whether a description means the paper in which it stands: "dieser Zeitung"."""
    return any(plain(word) in language.table("story-words")["own_paper"] for word in _WORD.findall(name)[:1])


def _same_by_link(paths: Sequence[Path], known: Identity, links: Sequence[Link]) -> None:
    """Join the unnamed people of a statement with those of the article that it comes from, link for link.

    Where an article has a statement from another, the source of its source is the source of the other's source.
    """
    for one in paths:
        for other in paths:
            if _comes_from(one, other, links) and len(one.people) == len(other.people):
                for mine, theirs in zip(one.people, other.people, strict=True):
                    alike = _open(mine, known) and _open(theirs, known) and _both_documents(mine, theirs, known)
                    if alike and _only_one(theirs, other, paths, known):
                        known.join(mine, theirs)


def _comes_from(one: Path, other: Path, links: Sequence[Link]) -> bool:
    """Whether the article of one statement has it from the article of the other."""
    pair = (one.unit.article.id, other.unit.article.id)
    if not any((link.derived, link.original) == pair for link in links):
        return False
    outlet = other.unit.article.outlet
    carried = any((link.derived, link.original) == pair and link.how in {"copy", "abridged"} for link in links)
    return carried or outlet in one.outlets or same_outlet(one.unit.article.outlet, outlet)


def _both_documents(one: Node, other: Node, known: Identity) -> bool:
    """Whether both sources are documents, or neither is."""
    return (known.sources[one].kind == "document") == (known.sources[other].kind == "document")


def _open(node: Node, known: Identity) -> bool:
    return known.sources[node].naming != "named"


def _only_one(node: Node, other: Path, paths: Sequence[Path], known: Identity) -> bool:
    """Whether the article has one source alone at this place of its chains for the claim."""
    place = other.people.index(node)
    fellows = [
        one.people[place]
        for one in paths
        if one.unit.article.id == other.unit.article.id and len(one.people) == len(other.people)
    ]
    return len({known.root(fellow) for fellow in fellows}) == 1


def _same_in_article(paths: Sequence[Path], known: Identity, language: Language) -> None:
    """Join "der Chemiker" with the one named person, "der Mann" with the one person, of the claim in its article."""
    for one in paths:
        if len(one.people) != 1 or not _takes_up(one.people[0], known, language):
            continue
        mine, anyone = one.people[0], may_be_anyone(one.people[0][1], language)
        there = [other.people[-1] for other in paths if other.people and other.unit.article.id == one.unit.article.id]
        fitting = [node for node in there if known.sources[node].kind == "person" and not known.same(node, mine)]
        fitting = [node for node in fitting if anyone or not _open(node, known)]
        if len({known.root(node) for node in fitting}) == 1:
            known.join(mine, fitting[0])


def _takes_up(node: Node, known: Identity, language: Language) -> bool:
    """Whether a source is a person whom the article has introduced before: "der Chemiker", "die Frau"."""
    source, words = known.sources[node], _WORD.findall(node[1])
    definite = bool(words) and plain(words[0]) in language.table("story-words")["definite"]
    return source.kind == "person" and source.naming != "named" and definite and len(words) <= _FEW_WORDS


def _relayed(paths: Sequence[Path], known: Identity, language: Language) -> list[Path]:
    """Bring the sources of relayed statements to those of the article that they are from, as far as it has any.

    A name that this article does not have is none of its sources: the statement then rests on the outlet alone.
    """
    kept = []
    for one in paths:
        origins = origin(one, paths)
        ends = list(dict.fromkeys(known.root(other.people[-1]) for other in origins if other.people))
        anyone = {known.root(node) for other in origins for node in other.people}
        deeper = len(one.people) > max((len(other.people) for other in origins), default=0)
        if not one.people or not ends or deeper or known.root(one.people[-1]) in anyone:
            kept.append(one)
            continue
        mine = one.people[-1]
        if _open(mine, known):
            known.join(mine, max(ends, key=lambda end: (_likeness(mine, end, known, language), -ends.index(end))))
            kept.append(one)
        elif any(_stands_in(mine[1], other.unit) for other in origins):
            kept.append(one)
        else:
            kept.append(replace(one, people=()))
    return kept


def origin(one: Path, paths: Sequence[Path]) -> list[Path]:
    """The statements of the claim in the articles of the outlet that a statement was first heard through."""
    for outlet in reversed(one.outlets):
        there = [other for other in paths if other.unit.article.outlet == outlet and other is not one]
        there = [other for other in there if not other.outlets]
        if there and one.unit.article.outlet != outlet:
            return there
    return []


def _likeness(mine: Node, end: Node, known: Identity, language: Language) -> float:
    if not _open(end, known) or not _both_documents(mine, end, known):
        return -1.0
    return agreement(mine[1], end[1], language)


def _stands_in(name: str, unit: Unit) -> bool:
    """Whether the last word of a name stands in the article of a statement."""
    last = _WORD.findall(name)[-1:]
    return bool(last) and plain(last[0]) in plain(unit.article.text)


def _same_through_outlet(paths: Sequence[Path], known: Identity) -> None:
    """Join unnamed people whom several articles have through one outlet whose own statement is not here."""
    first: dict[tuple[str, int, bool], Node] = {}
    for one in paths:
        if not one.outlets or not one.people or not _open(one.people[-1], known) or origin(one, paths):
            continue
        mine = one.people[-1]
        place = (one.outlets[-1], len(one.people), known.sources[mine].kind == "document")
        earlier = first.setdefault(place, mine)
        if earlier[0] != mine[0]:
            known.join(earlier, mine)
