"""The door: the page that asks for the password, and the link that a token opens."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from inquit.web.bench import Bench, Workbench, goto
from inquit.web.guards import safe_path

router = APIRouter(include_in_schema=False)

PAGES = ("/read", "/articles", "/sources", "/search", "/review", "/claims", "/stories")
"""Where one may have wanted to go before the password was asked for."""


@router.get("/login")
async def login(
    request: Request, bench: Bench, token: str = "", wanted: Annotated[str, Query(alias="next")] = ""
) -> Response:
    """Ask for the password; the right token in the address needs none."""
    failed = None
    if token:
        failed = _enter(request, bench, token)
        if failed is None:
            return goto("/")
    if request.state.session.allowed:
        return goto(safe_path(wanted, PAGES))
    return bench.page(request, "login.html", 403 if failed else 200, failed=failed, next=wanted)


@router.post("/login")
async def enter(request: Request, bench: Bench) -> Response:
    """Let in who knows the password."""
    form = await bench.form(request)
    failed = _enter(request, bench, form.text("password"))
    wanted = form.text("next") or ""
    if failed is None:
        return goto(safe_path(wanted, PAGES))
    return bench.page(request, "login.html", 429 if failed == "tired" else 403, failed=failed, next=wanted)


@router.post("/logout")
async def leave(request: Request, bench: Bench) -> Response:
    """Forget who was there."""
    await bench.form(request)
    request.scope["state"]["session"] = bench.sessions.opened()
    return goto("/login")


def _enter(request: Request, bench: Workbench, given: str | None) -> str | None:
    """Open a session for the right password; why not, where it is wrong."""
    if bench.sessions.tired():
        return "tired"
    if not bench.sessions.opens(given):
        return "wrong"
    request.scope["state"]["session"] = bench.sessions.opened(allowed=True)
    return None
