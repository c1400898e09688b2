"""Stories: articles on one event in the order of time, who carries whose text, who cites whom."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from inquit.corpus import Corpus
from inquit.errors import UsageError
from inquit.records import Article, ClaimQuery, KeptClaim, KeptStory, Link, StoryArticle
from inquit.web.bench import Bench, language_of
from inquit.web.differing import side_by_side
from inquit.web.pages.claims import claim_row
from inquit.web.paging import cut, wanted
from inquit.web.queries import AskedStories, as_address

router = APIRouter(include_in_schema=False)

SIZE = 20
"""Stories of one page."""

ARTICLES = 150
"""Articles of a story on one page."""

CLAIMS = 12
"""Claims of a story on its page."""

CARRIED = ("copy", "abridged", "rewrite")


@dataclass(frozen=True, slots=True)
class Derived:
    """From whom an article has something: how, from which article or outlet, and the page that shows it."""

    how: str
    outlet: str
    original: str | None
    shown: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An article of a story, from whom it derives, and how many derive from it."""

    article: StoryArticle
    derives: list[Derived]
    followers: int


@router.get("/stories")
async def stories(request: Request, bench: Bench, asked: Annotated[AskedStories, Depends()], page: int = 1) -> Response:
    """The stories that are asked for."""
    number, _ = wanted(page, SIZE)
    problem = None
    found: list[KeptStory] = []
    try:
        found = await bench.desk.ask(lambda corpus: corpus.stories(asked.query(SIZE + 1, (number - 1) * SIZE)))
    except UsageError as error:
        problem = str(error)
    shown = cut(found, 1, SIZE)
    return bench.page(
        request,
        "stories.html",
        422 if problem else 200,
        asked=asked,
        parameters=as_address(asked),
        stories=shown.found,
        page={"number": number, "more": shown.more},
        waiting=await bench.desk.waiting.get(),
        problem=problem,
    )


@router.get("/stories/{identifier}")
async def story(request: Request, bench: Bench, identifier: str, page: int = 1) -> Response:
    """One story: its articles over time, with their claims."""

    def found(corpus: Corpus) -> tuple[KeptStory, list[KeptClaim]]:
        kept = corpus.story(identifier)
        return kept, corpus.claims(ClaimQuery(story=kept.story.id, limit=CLAIMS + 1))

    kept, claims = await bench.desk.ask(found)
    t = language_of(request)
    number, _ = wanted(page, ARTICLES)
    shown = cut(_told(kept), number, ARTICLES)
    return bench.page(
        request,
        "story.html",
        kept=kept,
        told=shown.found,
        page=shown,
        claims=[claim_row(one, t) for one in claims[:CLAIMS]],
        more_claims=len(claims) > CLAIMS,
    )


@router.get("/stories/{identifier}/{derived}/{original}")
async def compared(request: Request, bench: Bench, identifier: str, derived: str, original: str) -> Response:
    """Two articles of a story side by side."""

    def found(corpus: Corpus) -> tuple[KeptStory, Link, Article, Article]:
        kept = corpus.story(identifier)
        ties = [one for one in kept.story.links if one.derived == derived and one.original == original and one.evidence]
        if not ties:
            raise HTTPException(404)
        link = max(ties, key=lambda one: len(one.original_evidence))
        return kept, link, corpus.article(original).article, corpus.article(derived).article

    kept, link, before, after = await bench.desk.ask(found)
    rows = side_by_side(before, after, link)
    return bench.page(request, "compared.html", kept=kept, link=link, before=before, after=after, rows=rows[:200])


def _told(kept: KeptStory) -> list[Told]:
    """The articles in the order of time, each with its ties."""
    outlets = {one.id: one.outlet or one.title or one.id for one in kept.articles}
    derives: dict[str, list[Derived]] = {}
    followers: dict[str, set[str]] = {}
    for link in kept.story.links:
        name = link.outlet or (outlets.get(link.original, "") if link.original else "")
        shown = link.how in CARRIED and bool(link.original and link.evidence and link.original_evidence)
        derives.setdefault(link.derived, []).append(Derived(link.how, name or "?", link.original, shown, link.why))
        if link.original:
            followers.setdefault(link.original, set()).add(link.derived)
    return [Told(one, derives.get(one.id, []), len(followers.get(one.id, ()))) for one in kept.articles]
