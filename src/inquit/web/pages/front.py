"""The front page: how much there is, what came last, who speaks most."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from inquit.corpus import Corpus
from inquit.records import ClaimQuery, KeptClaim, SearchHit, SearchQuery
from inquit.web.bench import Bench, language_of
from inquit.web.pages.claims import claim_row

router = APIRouter(include_in_schema=False)

NEWEST, MOST, CLAIMS = 8, 8, 3
"""Articles, sources and claims that are shown."""

Overview = tuple[list[SearchHit], list[KeptClaim]]


@router.get("/")
async def front(request: Request, bench: Bench) -> Response:
    """What is in the corpus."""
    count = await bench.desk.count.get()
    sources = await bench.desk.speaking.get()
    newest, claims = await bench.desk.ask(_overview)
    t = language_of(request)
    shown = [claim_row(one, t) for one in claims]
    return bench.page(request, "front.html", count=count, newest=newest, sources=sources[:MOST], claims=shown)


def _overview(corpus: Corpus) -> Overview:
    newest = corpus.search(SearchQuery(among="articles", sort="time", limit=NEWEST))
    return newest, corpus.claims(ClaimQuery(outlets=2, limit=CLAIMS))
