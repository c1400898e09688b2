"""Stories put together from what is kept of their articles, as records that say what a list of them shows."""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence

from inquit import stories
from inquit.comparing.copies import unpacked
from inquit.comparing.known import profile_of
from inquit.exports import claimsfacts as facts
from inquit.languages import Language
from inquit.ledger import restricted
from inquit.records import Article, Claim, KeptClaim, KeptStory, Ledger, Story, StoryArticle, Summary
from inquit.store import Traces
from inquit.stories import Found, Profile, Reuse

_LOG = logging.getLogger(__name__)

_NOTHING = Summary(statements=0, primary_sources=(), unnamed_share=0.0, relayed_share=0.0, unsourced_share=0.0)


def put_together(
    traces: Traces, identifiers: Sequence[str], knowledge: Language
) -> Iterator[tuple[KeptStory, list[KeptClaim]]]:
    """Some stories with their claims; what people call wrong is left out."""
    by_story: dict[str, list[int]] = {identifier: [] for identifier in identifiers}
    for member in traces.members(identifiers):
        by_story[member.story or ""].append(member.number)
    numbers = [number for some in by_story.values() for number in some]
    ledgers = dict(_ledgers(traces, numbers))
    profiles = {trace.id: profile_of(trace) for trace in traces.get(numbers)}
    carried: dict[int, list[Reuse]] = {}
    for (derived, original), content in sorted(traces.reuses(numbers).items()):
        reuse = unpacked(content, ledgers[derived].article, ledgers[original].article)
        carried.setdefault(derived, []).append(reuse)
    for some in by_story.values():
        if some:
            reuses = [reuse for number in sorted(some) for reuse in carried.get(number, ())]
            yield _one([ledgers[number] for number in some], reuses, profiles, knowledge)


def _one(
    ledgers: Sequence[Ledger], reuses: Sequence[Reuse], profiles: Mapping[str, Profile], knowledge: Language
) -> tuple[KeptStory, list[KeptClaim]]:
    found = _composed(ledgers, reuses, profiles, knowledge)
    articles = {ledger.article.id: ledger.article for ledger in ledgers}
    return kept_story(found.story, found.claims, articles), [kept_claim(claim, articles) for claim in found.claims]


def _composed(
    ledgers: Sequence[Ledger], reuses: Sequence[Reuse], profiles: Mapping[str, Profile], knowledge: Language
) -> Found:
    """The story; where that fails, its articles alone, so that one story never stops the others."""
    try:
        return stories.compose(ledgers, reuses, profiles, knowledge)
    except Exception as error:
        order = sorted((ledger.article for ledger in ledgers), key=lambda one: stories.place(one.published, one.id))
        identifier = stories.story_id(order[0].id)
        _LOG.warning("the claims of story %s were not found: %s: %s", identifier, type(error).__name__, error)
        titles = (one.title for one in order if one.title)
        return Found(Story(id=identifier, articles=tuple(one.id for one in order), title=next(titles, None)), ())


def _ledgers(traces: Traces, numbers: Sequence[int]) -> Iterator[tuple[int, Ledger]]:
    for number, article, quotations, summary, wrong in traces.ledgers(numbers):
        held = restricted(quotations, {quotation.id for quotation in quotations} - wrong)
        yield number, Ledger(article=article, quotations=held, summary=summary or _NOTHING)


def kept_story(story: Story, claims: Sequence[Claim], articles: Mapping[str, Article]) -> KeptStory:
    """A story as a corpus keeps it; `articles` has those of the story by id."""
    members = [articles[identifier] for identifier in story.articles]
    dated = sorted((one.published for one in members if stories.seconds(one.published) is not None), key=_at)
    return KeptStory(
        story=story,
        articles=tuple(map(_listed, members)),
        outlets=_distinct(one.outlet for one in members),
        claims=len(claims),
        first=dated[0] if dated else None,
        last=dated[-1] if dated else None,
    )


def kept_claim(claim: Claim, articles: Mapping[str, Article]) -> KeptClaim:
    """A claim as a corpus keeps it; `articles` has those of its story by id."""
    named = dict.fromkeys(statement.article for statement in (*claim.statements, *claim.denied_by))
    return KeptClaim(
        claim=claim,
        articles=tuple(_listed(articles[identifier]) for identifier in named),
        outlets=_distinct(statement.outlet for statement in claim.statements),
        unnamed_share=facts.unnamed_share(claim),
        disputed_by=tuple(facts.deniers(claim)),
    )


def _listed(article: Article) -> StoryArticle:
    return StoryArticle(
        id=article.id, url=article.url, outlet=article.outlet, title=article.title, published=article.published
    )


def _distinct(names: "Collection[str | None] | Iterator[str | None]") -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _at(published: str | None) -> float:
    return stories.seconds(published) or 0.0
