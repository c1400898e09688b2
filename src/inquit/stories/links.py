"""All links inside a story: text carried from one parent each, and reports retold or cited."""

from collections.abc import Mapping, Sequence

from inquit.languages import Language
from inquit.records import Article, How, Ledger, Link, Span
from inquit.stories.citations import citations
from inquit.stories.copies import LEAST_CARRIED, Reuse
from inquit.stories.profiles import Profile
from inquit.stories.times import seconds


def story_links(
    ledgers: Sequence[Ledger], reuses: Sequence[Reuse], profiles: Mapping[str, Profile], language: Language
) -> tuple[Link, ...]:
    """The links of the articles of one story, each derived article's together; `reuses` may hold others as well."""
    links: list[Link] = []
    for ledger in ledgers:
        article = ledger.article
        mine = [reuse for reuse in reuses if reuse.derived.id == article.id]
        carried = [carried_link(reuse) for reuse in parents(mine)]
        passages = [span for link in carried for span in link.evidence]
        earlier = [other.article for other in ledgers if was_before(other.article, article)]
        cited = citations(ledger, earlier, passages, profiles, language)
        taken = {link.original for link in carried}
        links += [*carried, *(link for link in cited if link.original is None or link.original not in taken)]
    return tuple(links)


def was_before(one: Article, other: Article) -> bool:
    """Whether `one` may have been there when `other` was written; an unknown time may be any."""
    if one.id == other.id:
        return False
    first, second = seconds(one.published), seconds(other.published)
    return first is None or second is None or first < second or (first == second and one.id < other.id)


def parents(reuses: Sequence[Reuse]) -> list[Reuse]:
    """Of all articles whose text one article carries, those that it must have it from.

    The credited one before the one with most words in common, and the earlier of two alike; another one only
    for text that the first does not have.
    """
    ranked = sorted(
        reuses,
        key=lambda reuse: (
            not reuse.why[0].startswith("credits"),
            -round(reuse.share, 1),
            seconds(reuse.original.published) or 0.0,
            -reuse.words,
            reuse.original.id,
        ),
    )
    kept: list[Reuse] = []
    covered: list[Span] = []
    for reuse in ranked:
        if not kept or _new_share(reuse, covered) >= LEAST_CARRIED:
            kept.append(reuse)
            covered += reuse.evidence
    return kept


def carried_link(reuse: Reuse) -> Link:
    """The link that carried text is."""
    how: How = "copy" if reuse.whole else "abridged"
    amount = (
        f"{reuse.words} words in {len(reuse.evidence)} passages: {reuse.share:.0%} of this article, "
        f"{reuse.original_share:.0%} of the other"
    )
    return Link(
        derived=reuse.derived.id,
        original=reuse.original.id,
        how=how,
        outlet=reuse.original.outlet,
        evidence=reuse.evidence,
        original_evidence=reuse.original_evidence,
        why=(amount, *reuse.why),
    )


def _new_share(reuse: Reuse, covered: Sequence[Span]) -> float:
    """Share of an article's text that it has from this original and not from `covered` passages."""
    total = sum(end - begin for begin, end in reuse.evidence)
    known = sum(max(0, min(end, e) - max(begin, b)) for begin, end in reuse.evidence for b, e in covered)
    return reuse.share * max(0, total - known) / max(1, total)
