"""Claims: which there are, on how many sources each rests; and one, with who has it from whom."""

import time
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from inquit.corpus import Corpus
from inquit.errors import UsageError
from inquit.exports import claimsfacts as facts
from inquit.exports.claimshtml import claim_section, claims_to_html
from inquit.exports.claimsview import ClaimContext
from inquit.exports.claimswords import words
from inquit.exports.markup import Markup
from inquit.records import Article, Claim, Compared, KeptClaim, KeptStory, StoryArticle
from inquit.web.bench import Bench, goto, language_of
from inquit.web.guards import safe_path
from inquit.web.pages.articles import as_file
from inquit.web.paging import cut, wanted
from inquit.web.phrases import Phrases
from inquit.web.queries import AskedClaims, as_address

router = APIRouter(include_in_schema=False)

SIZE = 20
"""Claims of one page."""

_HERE = "http://workbench.invalid"
"""Stands for the workbench where addresses must be whole; on a page they are paths, whatever stands before the server.
No article can write it into an address: quotes in its words are escaped."""

AT_ONCE = 12.0
"""Seconds for which stories are compared at one request; what is left waits for the next."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as a list shows it."""

    kept: KeptClaim
    lead: str
    warnings: list[str]

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        return self.kept.claim


def claim_row(kept: KeptClaim, t: Phrases) -> ClaimRow:
    """A claim with the sentences that tell what it is worth."""
    told = words(t.language)
    return ClaimRow(kept, facts.lead(kept.claim, told), facts.warnings(kept.claim, told))


@router.get("/claims")
async def claims(request: Request, bench: Bench, asked: Annotated[AskedClaims, Depends()], page: int = 1) -> Response:
    """The claims that are asked for."""
    number, _ = wanted(page, SIZE)
    problem = None
    found: list[KeptClaim] = []
    try:
        found = await bench.desk.ask(lambda corpus: corpus.claims(asked.query(SIZE + 1, (number - 1) * SIZE)))
    except UsageError as error:
        problem = str(error)
    t = language_of(request)
    shown = cut(found, 1, SIZE)
    return bench.page(
        request,
        "claims.html",
        422 if problem else 200,
        asked=asked,
        parameters=as_address(asked),
        claims=[claim_row(one, t) for one in shown.found],
        page={"number": number, "more": shown.more},
        waiting=await bench.desk.waiting.get(),
        problem=problem,
    )


@router.get("/claims/{identifier}")
async def claim(request: Request, bench: Bench, identifier: str) -> Response:
    """One claim: its sources, the graph, its statements side by side, who denies it."""
    kept, story = await bench.desk.ask(lambda corpus: _claim(corpus, identifier))
    section = claim_section(kept.claim, context_of(request, story, kept.articles))
    section = Markup(section.replace(f'href="{_HERE}/', 'href="/'))
    return bench.page(request, "claim.html", kept=kept, story=story, section=section)


@router.get("/claims/{identifier}/export")
async def export(request: Request, bench: Bench, identifier: str) -> Response:
    """The claim as a report of one file."""
    kept, story = await bench.desk.ask(lambda corpus: _claim(corpus, identifier))
    context = ClaimContext(stories={story.story.id: story.story}, language=language_of(request).language)
    page = claims_to_html([kept.claim], context).encode("utf-8", "replace")
    return as_file(page, f"inquit-claim-{_plain(kept.claim.id)}.html", "text/html; charset=utf-8")


@router.post("/compare")
async def compare(request: Request, bench: Bench) -> Response:
    """Compare what was not compared yet, for a while."""
    form = await bench.form(request)
    await bench.desk.change(compare_for_a_while)
    return goto(safe_path(form.text("back"), ("/claims", "/stories")))


def _claim(corpus: Corpus, identifier: str) -> tuple[KeptClaim, KeptStory]:
    kept = corpus.claim(identifier)
    return kept, corpus.story(kept.claim.story)


def _plain(identifier: str) -> str:
    return "".join(letter for letter in identifier if letter.isascii() and letter.isalnum())[:32]


def compare_for_a_while(corpus: Corpus) -> Compared:
    """Bring stories and claims up to date as far as the time allows."""
    until = time.monotonic() + AT_ONCE
    return corpus.compare(stop=lambda: time.monotonic() > until)


def context_of(request: Request, story: KeptStory, listed: tuple[StoryArticle, ...]) -> ClaimContext:
    """What stands around a claim: its story, and its articles, whose addresses are those of the workbench."""
    articles = {
        one.id: Article(
            id=one.id,
            origin="corpus",
            text="",
            language="de",
            title=one.title,
            outlet=one.outlet,
            url=f"{_HERE}/articles/{one.id}",
            published=one.published,
        )
        for one in (*listed, *story.articles)
    }
    return ClaimContext(
        stories={story.story.id: story.story}, articles=articles, language=language_of(request).language
    )
