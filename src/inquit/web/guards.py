"""What stands before every page: whose requests are answered, how large they may be, what a browser may do.

A browser runs nothing but the scripts of the workbench, loads nothing from elsewhere, and no other site can make it
change anything: the `Host` must be an address of this server, the `Origin` of a change this server itself.
"""

import asyncio
import ipaddress
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inquit.web.serving import Serving
from inquit.web.sessions import LIFETIME, Session, Sessions

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: browsers then hide the origin of the workbench's own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
OPEN = ("/login", "/static/")
"""Paths that are shown to everybody: the page that asks for the password, and its looks."""

SMALL = 256_000
"""Bytes of a change: a verdict has a few hundred. Only what is read may be larger, as the limits of reading say."""

SECONDS = 60.0
"""Seconds in which a request must have arrived whole."""

NOT_HERE = 421
"""The status of an answer to a foreign host name, which gets no cookie either."""


class Guards:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, *, serving: Serving, sessions: Sessions) -> None:
        self._app = app
        self._sessions = sessions
        self._names = {"localhost", serving.host.lower()}
        self._largest = serving.limits.max_bytes + SMALL
        self._cookie = cookie_name(serving)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse, or pass on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request = Request(scope)
        session = self._session(request)
        scope.setdefault("state", {})["session"] = session
        answering = self._answering(scope, send)
        refusal = self._refusal(request, session)
        if refusal is not None:
            await refusal(scope, receive, answering)
            return
        largest = self._largest if scope["path"] in {"/read", "/api/read"} else SMALL
        if int(_number(request.headers.get("content-length"))) > largest:
            await _refused(request, 413, "too large")(scope, receive, answering)
            return
        if request.method == "HEAD":
            scope, answering = {**scope, "method": "GET"}, _without_body(answering)
        await self._app(scope, _measured(receive, largest), answering)

    def _session(self, request: Request) -> Session:
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and not self._sessions.tired() and self._sessions.opens(given.strip()):
            return replace(self._sessions.opened(allowed=True), program=True)
        return self._sessions.known(request.cookies.get(self._cookie)) or self._sessions.opened()

    def _refusal(self, request: Request, session: Session) -> Response | None:
        if not self._is_here(request.headers.get("host", "")):
            return PlainTextResponse("Inquit does not answer under this name.\n", NOT_HERE)
        if request.method not in {"GET", "HEAD"} and not _from_here(request.headers):
            return _refused(request, 403, "this change was asked for by another site")
        path = request.url.path
        if session.allowed or path.startswith(OPEN):
            return None
        if path.startswith("/api"):
            return JSONResponse({"detail": "the password or token is missing"}, 401, {"WWW-Authenticate": "Bearer"})
        back = f"?next={quote(path, safe='')}" if request.method == "GET" and path != "/" else ""
        return RedirectResponse(f"/login{back}", 303)

    def _is_here(self, host: str) -> bool:
        """Whether a request names this server: by an address, which no name server can turn elsewhere, or its name.

        Where a password is asked for any name will do: a page of another name has no cookie and knows no password.
        """
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            return False
        if name is None or name.lower() in self._names or self._sessions.guarded:
            return name is not None
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _answering(self, scope: Scope, send: Send) -> Send:
        """`send` with the headers that every answer has."""
        path = scope["path"]

        async def answering(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if "cache-control" not in headers:
                    headers["Cache-Control"] = "no-store"
                current: Session = scope["state"]["session"]
                nobody = current.program or message["status"] == NOT_HERE
                if current.fresh and not nobody and not path.startswith(("/static/", "/api/read")):
                    headers.append("Set-Cookie", self._set_cookie(current))
            await send(message)

        return answering

    def _set_cookie(self, session: Session) -> str:
        value = self._sessions.cookie(session)
        return f"{self._cookie}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={LIFETIME}"


def cookie_name(serving: Serving) -> str:
    """Servers on one machine share cookies, whatever their ports."""
    return f"inquit-{serving.port}"


def _from_here(headers: Headers) -> bool:
    """Whether a change comes from the server's own pages, or from a program that is no browser."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    # https where a proxy speaks it before this server.
    return origin is None or origin in {f"{scheme}://{headers.get('host')}" for scheme in ("http", "https")}


def _refused(request: Request, status: int, detail: str) -> Response:
    if request.url.path.startswith("/api"):
        return JSONResponse({"detail": detail}, status)
    return PlainTextResponse(f"Inquit refuses: {detail}.\n", status)


def _measured(receive: Receive, largest: int) -> Receive:
    """`receive` that ends a request which is too large or too slow."""
    read = 0
    until = asyncio.get_running_loop().time() + SECONDS
    whole = False

    async def measured() -> Message:
        nonlocal read, whole
        if whole:  # nothing comes any more but the news that the visitor has gone
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, "the request did not arrive in time") from None
        read += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if read > largest:
            raise HTTPException(413, "too large")
        return message

    return measured


def _without_body(send: Send) -> Send:
    """`send` for a visitor who asked for the head of an answer alone; its length stays as it was."""

    async def headed(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return headed


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 16 else 0


def safe_path(wanted: str | None, known: Iterable[str]) -> str:
    """A path of this server to go to; `/` where it is none that is known."""
    path = wanted or "/"
    good = path.startswith("/") and not path.startswith("//") and path.isprintable() and "\\" not in path
    return path if good and any(path == one or path.startswith(f"{one}/") for one in known) else "/"
