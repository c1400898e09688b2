"""Sources: who speaks how often; and one of them, with all it says over time, and who is the same."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from inquit.corpus import Corpus
from inquit.errors import UnknownIdError, UsageError
from inquit.records import SearchHit, SearchQuery, SourceProfile, SourceQuery
from inquit.web.bench import Bench, goto, language_of
from inquit.web.desk import MOST
from inquit.web.hits import Hit
from inquit.web.paging import cut, wanted
from inquit.web.queries import CHOICES, AskedSources, as_address
from inquit.web.timeline import timeline

router = APIRouter(include_in_schema=False)

SIZE = MOST - 1
"""Sources of one page."""

STATEMENTS = 20
"""Statements of a source on one page."""

DRAWN = 120
"""Statements of a source that are drawn over time, the newest."""

LIKELY = 12
"""Sources of a similar name that are proposed to be the same."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the page of a source shows."""

    source: SourceProfile
    said: list[SearchHit]
    namesakes: list[SourceProfile]
    likely: list[SourceProfile]


@router.get("/sources")
async def sources(request: Request, bench: Bench, asked: Annotated[AskedSources, Depends()], page: int = 1) -> Response:
    """Those with most statements first."""
    number, _ = wanted(page, SIZE)
    problem = None
    found: list[SourceProfile] = []
    try:
        query = asked.query(SIZE + 1, (number - 1) * SIZE)
        first = query == SourceQuery(limit=MOST)
        found = await (bench.desk.speaking.get() if first else bench.desk.ask(lambda corpus: corpus.sources(query)))
    except UsageError as error:
        problem = str(error)
    shown = cut(found, 1, SIZE)
    most = max((one.statements for one in found), default=1)
    return bench.page(
        request,
        "sources.html",
        422 if problem else 200,
        query=asked,
        parameters=as_address(asked),
        found=shown.found,
        page={"number": number, "more": shown.more},
        most=most,
        problem=problem,
        choices=CHOICES,
    )


@router.get("/sources/{identifier}")
async def source(request: Request, bench: Bench, identifier: str, page: int = 1) -> Response:
    """All that a source says, and through whom."""
    number, limit = wanted(page, STATEMENTS)
    known = await bench.desk.ask(lambda corpus: _known(corpus, identifier, max(limit, DRAWN)))
    if known.source.id != identifier:
        return goto(f"/sources/{known.source.id}")
    t = language_of(request)
    shown = cut(known.said, number, STATEMENTS)
    articles = {
        hit.article: " · ".join(filter(None, (hit.outlet, hit.title or hit.article))) for hit in known.said[:40]
    }
    return bench.page(
        request,
        "source.html",
        source=known.source,
        known_as=[one.partition(":")[2] for one in known.source.known_as],
        hits=[Hit(one) for one in shown.found],
        page=shown,
        timeline=timeline(known.said[:DRAWN], t),
        namesakes=known.namesakes,
        likely=known.likely,
        articles=list(articles.items()),
    )


@router.post("/sources/{identifier}/merge")
async def merge(request: Request, bench: Bench, identifier: str) -> Response:
    """Say that another source is the same."""
    form = await bench.form(request)
    other = (form.text("other") or "").strip()
    merged = await bench.desk.change(lambda corpus: corpus.merge(identifier, [other]))
    return goto(f"/sources/{merged.id}")


@router.post("/sources/{identifier}/split")
async def split(request: Request, bench: Bench, identifier: str) -> Response:
    """Say that the source is somebody else in some articles."""
    form = await bench.form(request)
    parts = form.texts("part")
    if not parts:
        raise UsageError(language_of(request)("source.split_none"))
    made = await bench.desk.change(lambda corpus: corpus.split(identifier, parts))
    return goto(f"/sources/{made[0].id}" if made else "/sources")


def _known(corpus: Corpus, identifier: str, limit: int) -> _Known:
    found = corpus.source(identifier)
    if found is None:
        raise UnknownIdError(f"{identifier} is no source of this corpus")
    said = corpus.search(SearchQuery(speaker=found.id, among="statements", sort="time", limit=limit))
    namesakes = [one for name in found.namesakes[:10] if (one := corpus.source(name)) is not None]
    last_name = found.name.split()[-1] if found.name.split() else ""
    likely: list[SourceProfile] = []
    if last_name.isalnum():
        likely = corpus.sources(SourceQuery(name=last_name, limit=LIKELY))
    return _Known(found, said, namesakes, [one for one in likely if one.id != found.id])
