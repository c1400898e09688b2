"""The front page: how much there is, what came last, who speaks most."""

import time

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from inquit.corpus import Corpus
from inquit.records import ClaimQuery, CorpusCount, KeptClaim, SearchHit, SearchQuery, SourceProfile, SourceQuery
from inquit.web.bench import Bench, Workbench, language_of
from inquit.web.pages.claims import claim_row

router = APIRouter(include_in_schema=False)

NEWEST, MOST, CLAIMS = 8, 8, 3
"""Articles, sources and claims that are shown."""

HOLDS = 30.0
"""Seconds that the count of a corpus is good for: counting 100 000 articles takes longer than the rest of the page."""

Overview = tuple[list[SearchHit], list[SourceProfile], list[KeptClaim]]


@router.get("/")
async def front(request: Request, bench: Bench) -> Response:
    """What is in the corpus."""
    count = await counted(bench)
    newest, sources, claims = await bench.desk.ask(_overview)
    t = language_of(request)
    shown = [claim_row(one, t) for one in claims]
    return bench.page(request, "front.html", count=count, newest=newest, sources=sources, claims=shown)


async def counted(bench: Workbench) -> CorpusCount:
    """How much there is, as of a moment ago."""
    known = bench.counted
    if known is None or known[0] < time.monotonic() - HOLDS:
        known = time.monotonic(), await bench.desk.ask(lambda corpus: corpus.count())
        bench.counted = known
    return known[1]


def _overview(corpus: Corpus) -> Overview:
    newest = corpus.search(SearchQuery(among="articles", sort="time", limit=NEWEST))
    return newest, corpus.sources(SourceQuery(limit=MOST)), corpus.claims(ClaimQuery(outlets=2, limit=CLAIMS))
