"""The workbench as its pages know it: the corpus, the reader, who is there, and how a page is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from inquit.exports.excerpts import short_name, visible
from inquit.exports.markup import Markup as Drawn
from inquit.exports.reasons import reason_in
from inquit.web.desk import Desk
from inquit.web.phrases import LANGUAGES, Phrases, phrases, preferred
from inquit.web.reading import Reader, Readings
from inquit.web.serving import Serving
from inquit.web.sessions import Session, Sessions

LANGUAGE_COOKIE = "inquit-language"
SHEETS = {"report.css": "inquit.exports", "claims.css": "inquit.exports"}
"""Style sheets that other rooms own: the report and the workbench are of one hand."""


@dataclass(slots=True)
class Workbench:
    """What lasts as long as the workbench runs."""

    serving: Serving
    sessions: Sessions
    desk: Desk
    reader: Reader
    readings: Readings = field(default_factory=Readings)
    environment: Environment = field(default_factory=lambda: _environment())  # noqa: PLW0108  it is defined below

    def page(self, request: Request, name: str, status: int = 200, **context: Any) -> Response:
        """A page in the visitor's language."""
        t = language_of(request)
        session: Session = request.state.session
        written = self.environment.get_template(name).render(
            t=t,
            lang=t.language,
            languages=LANGUAGES,
            serving=self.serving,
            token=self.sessions.token(session),
            guarded=self.sessions.guarded,
            path=request.url.path,
            here=lambda **changes: address(request, changes),
            **context,
        )
        response = HTMLResponse(written, status)
        if request.query_params.get("lang") in LANGUAGES:
            cookie = f"{LANGUAGE_COOKIE}={t.language}; SameSite=Lax; Path=/; Max-Age=31536000; HttpOnly"
            response.headers.append("Set-Cookie", cookie)
        response.headers["Vary"] = "Accept-Language, Cookie"
        response.headers["Content-Language"] = t.language
        return response

    async def form(self, request: Request) -> "Form":
        """The fields of a form that one of the session's own pages sent; refuses any other."""
        data = await request.form(max_files=1, max_fields=40, max_part_size=self.serving.limits.max_bytes)
        found = Form(data)
        if not self.sessions.confirms(request.state.session, found.text("token")):
            raise HTTPException(403, "the page is too old, or not of this session; load it again")
        return found


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form."""

    data: FormData

    def text(self, name: str) -> str | None:
        """The value of a field; `None` where it is empty or not there."""
        value = self.data.get(name)
        return value if isinstance(value, str) and value.strip() else None

    def texts(self, name: str) -> list[str]:
        """The values of a field that may be there more than once."""
        return [value for value in self.data.getlist(name) if isinstance(value, str) and value.strip()]

    def upload(self, name: str) -> UploadFile | None:
        """A file that was chosen."""
        value = self.data.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None


def bench_of(request: Request) -> Workbench:
    """The workbench of a request."""
    found: Workbench = request.app.state.bench
    return found


def language_of(request: Request) -> Phrases:
    """The language that is asked for in the address, chosen before, or preferred by the browser."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wanted in LANGUAGES:
            return phrases(str(wanted))
    return phrases(preferred(request.headers.get("accept-language")))


Bench = Annotated[Workbench, Depends(bench_of)]


def goto(path: str) -> Response:
    """Lead on after a change, so that loading the page again changes nothing again."""
    return RedirectResponse(path, 303)


def address(request: Request, changes: Mapping[str, Any]) -> str:
    """The address of the page that is shown, with other values; `None` takes a value out."""
    values = {name: value for name, value in request.query_params.items() if name != "lang"}
    for name, value in changes.items():
        values.pop(name, None)
        if value not in {None, ""}:
            values[name] = value
    return f"{request.url.path}?{urlencode(values)}" if values else request.url.path


@cache
def asset(name: str) -> bytes:
    """A file of the folder `static`, or a style sheet of another room."""
    folder = files(SHEETS[name]) if name in SHEETS else files(__package__) / "static"
    return (folder / name).read_bytes()


def asset_address(name: str) -> str:
    """The address of such a file; it changes with their content, so that browsers may keep it for ever."""
    return f"/static/{_digest()}/{name}"


@cache
def _digest() -> str:
    """One for all files: scripts name each other by their place."""
    names = sorted({*SHEETS, *(one.name for one in (files(__package__) / "static").iterdir())})
    return sha256(b"".join(asset(name) for name in names)).hexdigest()[:12]


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(__package__ or "inquit.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.globals["asset"] = asset_address
    made.filters["short_name"] = short_name
    made.filters["reason_in"] = lambda reason, language: reason_in(language, reason)
    made.filters["query"] = lambda values: urlencode({k: v for k, v in values.items() if v not in {None, ""}})
    return made


def _shown(value: Any) -> Any:
    """What nobody has checked, without characters that hide or turn around others; Jinja then escapes it."""
    if isinstance(value, Drawn):
        return Markup(value)  # noqa: S704  built by `exports.markup`, which escapes
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
