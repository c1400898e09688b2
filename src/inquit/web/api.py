"""The same answers as JSON: the records as `--json` prints them, under `/api`, described by OpenAPI."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from inquit.corpus import Correction, Relay
from inquit.errors import UnknownIdError
from inquit.exports import to_json
from inquit.exports.selection import as_json
from inquit.records import (
    CorpusCount,
    KeptArticle,
    KeptClaim,
    KeptStory,
    Rejected,
    SearchHit,
    SearchQuery,
    SourceProfile,
    Span,
    Verdict,
)
from inquit.records import Ledger as LedgerRecord
from inquit.web.bench import Bench
from inquit.web.queries import Asked, AskedClaims, AskedSources, AskedStories
from inquit.web.reading import Given

DESCRIPTION = "Who said what, on whose word, how firmly, and who disputes it."

router = APIRouter(prefix="/api", tags=["corpus"])

Offset = Annotated[int, Query(ge=0, le=100_000, description="Leave out so many before.")]
Limit = Annotated[int, Query(ge=1, le=500, description="At most so many.")]


def changes(request: Request, bench: Bench) -> None:
    """A change needs the token of the session, or the secret with the request."""
    if not bench.sessions.confirms(request.state.session, request.headers.get("x-inquit-token")):
        raise HTTPException(403, "the header X-Inquit-Token is missing or wrong; GET /api/session tells it")


class ToRead(BaseModel):
    """An article to be read."""

    text: str = Field(min_length=1, description="The article: text, or a whole HTML page.")


class Relayed(BaseModel):
    """Through whom a statement came, in words of the article."""

    name: str = Field(min_length=1, max_length=300)
    kind: Literal["person", "organization", "outlet", "group", "document"] | None = None


class Judged(BaseModel):
    """A verdict on the quotation `ARTICLE:N`."""

    id: str = Field(max_length=300)
    judgement: Literal["right", "wrong", "fixed"]
    note: str | None = Field(None, max_length=500)
    by: str | None = Field(None, max_length=80)
    type: Literal["Direct", "Indirect", "Reported", "FreeIndirect", "IndirectFreeIndirect"] | None = None
    stance: Literal["assert", "confirm", "deny", "demand", "commit", "doubt"] | None = None
    speaker: str | None = Field(None, max_length=300)
    kind: Literal["person", "organization", "outlet", "group", "document"] | None = None
    naming: Literal["named", "described", "anonymous"] | None = None
    quote: list[tuple[int, int]] | None = Field(None, max_length=50)
    relays: list[Relayed] | None = Field(None, max_length=8, description="All of them, the outermost first.")


def answer(record: Any, status: int = 200) -> Response:
    """A record as JSON."""
    return Response(as_json(record), status, media_type="application/json")


def _told(model: Any) -> dict[int | str, dict[str, Any]]:
    return {200: {"model": model}}


@router.get("/session", summary="The token that changes need", tags=["session"])
async def session(request: Request, bench: Bench) -> dict[str, str]:
    """Send it as the header X-Inquit-Token, with the cookie of this answer."""
    return {"token": bench.sessions.token(request.state.session)}


@router.get("/count", summary="How much the corpus holds", responses=_told(CorpusCount))
async def count(bench: Bench) -> Response:
    """As `inquit show --json`."""
    return answer(await bench.desk.ask(lambda corpus: corpus.count()))


@router.get("/search", summary="Statements and articles", responses=_told(list[SearchHit]))
async def search(bench: Bench, asked: Annotated[Asked, Depends()], limit: Limit = 20) -> Response:
    """As `inquit search --json`, in one list."""
    return answer(await bench.desk.ask(lambda corpus: corpus.search(asked.query(limit))))


@router.get("/sources", summary="Sources, those with most statements first", responses=_told(list[SourceProfile]))
async def sources(
    bench: Bench, asked: Annotated[AskedSources, Depends()], limit: Limit = 20, offset: Offset = 0
) -> Response:
    """As `inquit sources --json`, in one list."""
    return answer(await bench.desk.ask(lambda corpus: corpus.sources(asked.query(limit, offset))))


@router.get("/sources/{identifier}", summary="A source and what it says", responses=_told(dict[str, Any]))
async def source(bench: Bench, identifier: str, limit: Limit = 20) -> Response:
    """As `inquit show SOURCE --json`."""
    found = await bench.desk.ask(lambda corpus: corpus.source(identifier))
    if found is None:
        raise UnknownIdError(f"{identifier} is no source of this corpus")
    query = SearchQuery(speaker=found.id, among="statements", sort="time", limit=limit)
    said = await bench.desk.ask(lambda corpus: corpus.search(query))
    return answer({"source": found, "statements": said})


@router.get("/claims", summary="Claims", responses=_told(list[KeptClaim]))
async def claims(
    bench: Bench, asked: Annotated[AskedClaims, Depends()], limit: Limit = 20, offset: Offset = 0
) -> Response:
    """The claims that are asked for, with what a list of them shows."""
    return answer(await bench.desk.ask(lambda corpus: corpus.claims(asked.query(limit, offset))))


@router.get("/claims/{identifier}", summary="A claim", responses=_told(KeptClaim))
async def claim(bench: Bench, identifier: str) -> Response:
    """A claim with its statements, sources, and who denies it."""
    return answer(await bench.desk.ask(lambda corpus: corpus.claim(identifier)))


@router.get("/stories", summary="Stories", responses=_told(list[KeptStory]))
async def stories(
    bench: Bench, asked: Annotated[AskedStories, Depends()], limit: Limit = 20, offset: Offset = 0
) -> Response:
    """The stories that are asked for, with what a list of them shows."""
    return answer(await bench.desk.ask(lambda corpus: corpus.stories(asked.query(limit, offset))))


@router.get("/stories/{identifier}", summary="A story", responses=_told(KeptStory))
async def story(bench: Bench, identifier: str) -> Response:
    """A story with its articles and how they derive from one another."""
    return answer(await bench.desk.ask(lambda corpus: corpus.story(identifier)))


@router.get("/articles/{identifier}", summary="An article with its ledger", responses=_told(KeptArticle))
async def article(bench: Bench, identifier: str) -> Response:
    """All that is kept of an article, by its id, the beginning of it, or its URL."""
    return answer(await bench.desk.ask(lambda corpus: corpus.article(identifier)))


@router.post(
    "/read",
    summary="Read an article without storing it",
    responses={200: {"model": LedgerRecord}, 422: {"model": Rejected}},
    dependencies=[Depends(changes)],
)
async def read(bench: Bench, given: ToRead) -> Response:
    """As `inquit read --json`; an article that is not read is an error with the reason."""
    found = await bench.reader.read(Given(given.text.encode("utf-8", "replace")))
    if isinstance(found, Rejected):
        return answer(found, 422)
    return Response(to_json(found), media_type="application/json")


@router.post(
    "/verdicts",
    summary="Say that a quotation is right, wrong, or how it should be",
    responses=_told(Verdict),
    dependencies=[Depends(changes)],
)
async def judge(bench: Bench, given: Judged) -> Response:
    """As `inquit mark --json`."""
    names = ("type", "stance", "speaker", "kind", "naming")
    quote = tuple(Span(*one) for one in given.quote) if given.quote else None
    relays = None if given.relays is None else tuple(Relay(one.name, one.kind) for one in given.relays)
    correction = Correction(**{name: getattr(given, name) for name in names}, quote=quote, relays=relays)
    marked = await bench.desk.change(
        lambda corpus: corpus.mark(given.id, given.judgement, note=given.note, correction=correction, by=given.by)
    )
    return answer(marked)


@router.get("", include_in_schema=False)
async def overview(request: Request, bench: Bench) -> Response:
    """The routes, for people."""
    told = [
        (method.upper(), path, about.get("summary", ""))
        for path, methods in request.app.openapi()["paths"].items()
        for method, about in methods.items()
    ]
    return bench.page(request, "api.html", routes=told)
