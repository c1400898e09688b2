"""The application: its pages, its JSON, its assets, and what stands before them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from inquit.errors import CorpusError, InquitError, UnknownIdError
from inquit.web import api
from inquit.web.bench import Workbench, asset, asset_address, bench_of, language_of
from inquit.web.desk import Desk
from inquit.web.guards import Guards
from inquit.web.pages import articles, claims, front, login, reading, review, searching, sources, stories
from inquit.web.reading import Reader
from inquit.web.serving import Serving
from inquit.web.sessions import Sessions

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_ROUTES = (front, reading, articles, claims, stories, sources, searching, review, login, api)


def create_app(serving: Serving) -> FastAPI:
    """The workbench over an existing corpus; raises `CorpusError` where it cannot be opened."""
    sessions = Sessions(serving.secret)
    bench = Workbench(
        serving=serving, sessions=sessions, desk=Desk(serving.corpus), reader=Reader(limits=serving.limits)
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        slow = (bench.desk.count, bench.desk.waiting, bench.desk.speaking)
        counting = [asyncio.create_task(one.get()) for one in slow]
        yield
        for one in counting:
            one.cancel()
        bench.reader.close()
        bench.desk.close()

    app = FastAPI(
        title="Inquit",
        description=api.DESCRIPTION,
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    app.state.bench = bench
    for module in _ROUTES:
        app.include_router(module.router)
    app.add_api_route("/static/{digest}/{name}", _asset, include_in_schema=False)
    app.add_middleware(Guards, serving=serving, sessions=sessions)
    app.add_exception_handler(InquitError, _failed)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _unclear)
    app.add_exception_handler(Exception, _broken)
    return app


async def _asset(digest: str, name: str) -> Response:
    """A style sheet or script; its address changes with its content."""
    kind = _TYPES.get(name.rpartition(".")[2])
    if kind is None or asset_address(name) != f"/static/{digest}/{name}":
        raise HTTPException(404)
    try:
        content = asset(name)
    except OSError:
        raise HTTPException(404) from None
    return Response(content, media_type=kind, headers={"Cache-Control": "private, max-age=31536000, immutable"})


# --- what goes wrong


async def _failed(request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, UnknownIdError) else 503 if isinstance(error, CorpusError) else 400
    return _told(request, status, str(error))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _told(request, error.status_code, "" if error.status_code == 404 else str(error.detail))


async def _unclear(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors()[:3])
    return _told(request, 422, told)


async def _broken(request: Request, error: Exception) -> Response:
    return _told(request, 500, type(error).__name__)


def _told(request: Request, status: int, detail: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": detail or "not found"}, status)
    t = language_of(request)
    key = f"error.{status}" if t.has(f"error.{status}") else "error.other"
    return bench_of(request).page(request, "error.html", status, title=t(key), detail=detail[:500])
