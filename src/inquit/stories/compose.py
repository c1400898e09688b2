"""From ledgers to stories with their links and claims, in one go or story by story."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from inquit.languages import Language, language
from inquit.records import Claim, Ledger, Story
from inquit.stories.claims import find_claims
from inquit.stories.copies import Reuse, find_reuse
from inquit.stories.grouping import group
from inquit.stories.identity import identify
from inquit.stories.links import story_links
from inquit.stories.profiles import Profile, profile
from inquit.stories.sketches import sketch_all
from inquit.stories.statements import units
from inquit.stories.times import place

_TERMS_SHOWN = 8
"""Terms by which a story is told from the others."""


@dataclass(frozen=True, slots=True)
class Found:
    """A story with its claims."""

    story: Story
    claims: tuple[Claim, ...]


def find_stories(ledgers: Sequence[Ledger], *, knowledge: Language | None = None) -> list[Found]:
    """The stories of a corpus with their links and claims, in the order of time.

    Where articles stand in `ledgers` makes no difference. For a corpus that grows, keep `sketch` and `profile` of
    each article, find with `candidates`, `compare` and `parent` what a new one belongs to, and `compose` its story
    alone.
    """
    known = knowledge or language("de")
    articles = [ledger.article for ledger in ledgers]
    profiles = {article.id: profile(article, known) for article in articles}
    reuses = find_reuse(articles, sketch_all(articles))
    same = [(reuse.derived.id, reuse.original.id) for reuse in reuses]
    by_id = {ledger.article.id: ledger for ledger in ledgers}
    carried: dict[str, list[Reuse]] = {}
    for reuse in reuses:
        carried.setdefault(reuse.derived.id, []).append(reuse)
    return [
        compose(
            [by_id[member] for member in members],
            [reuse for member in members for reuse in carried.get(member, ())],
            profiles,
            known,
        )
        for members in group(list(profiles.values()), same)
    ]


def compose(
    ledgers: Sequence[Ledger],
    reuses: Sequence[Reuse],
    profiles: Mapping[str, Profile],
    knowledge: Language,
) -> Found:
    """One story from the ledgers of its articles; `reuses` and `profiles` may hold those of other articles as well."""
    ledgers = sorted(ledgers, key=lambda one: place(one.article.published, one.article.id))
    links = story_links(ledgers, reuses, profiles, knowledge)
    first = ledgers[0].article
    story = Story(
        id=story_id(first.id),
        articles=tuple(ledger.article.id for ledger in ledgers),
        links=links,
        title=next((ledger.article.title for ledger in ledgers if ledger.article.title), None),
        terms=_heaviest([profiles[ledger.article.id] for ledger in ledgers]),
    )
    statements = [unit for ledger in ledgers for unit in units(ledger, knowledge)]
    identity = identify(ledgers, links, knowledge)
    return Found(story, _told_apart(find_claims(story.id, statements, identity, links, knowledge)))


def story_id(first: str) -> str:
    """The id of a story by that of its first article, so that a story which grows keeps it."""
    return "s-" + blake2b(first.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _told_apart(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims with ids of their own: two that begin with the same statement are numbered."""
    seen: Counter[str] = Counter()
    found = []
    for claim in claims:
        seen[claim.id] += 1
        found.append(claim if seen[claim.id] == 1 else replace(claim, id=f"{claim.id}-{seen[claim.id]}"))
    return tuple(found)


def _heaviest(profiles: Sequence[Profile]) -> tuple[str, ...]:
    """The terms that hold some articles together."""
    sums: dict[str, float] = {}
    for one in profiles:
        for term, value in one.terms.items():
            sums[term] = sums.get(term, 0.0) + value
    return tuple(term for term, _ in sorted(sums.items(), key=lambda term: (-term[1], term[0]))[:_TERMS_SHOWN])
