"""Read: an article goes in, its ledger comes out, and nothing is stored unless asked."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from inquit.corpus import Corpus
from inquit.errors import UsageError
from inquit.exports.wording import heading
from inquit.records import Kept, Ledger, Rejected
from inquit.web.bench import Bench, Form, Workbench, goto, language_of
from inquit.web.pages.articles import PageOf, exported, show
from inquit.web.pages.claims import compare_for_a_while
from inquit.web.reading import Given

router = APIRouter(include_in_schema=False)

FEW = 50
"""Articles up to which those that wait for comparison are compared when one is kept."""


@router.get("/read")
async def ask(request: Request, bench: Bench) -> Response:
    """The page on which an article is pasted or dropped."""
    return _page(request, bench)


@router.post("/read")
async def read(request: Request, bench: Bench) -> Response:
    """Read what was given."""
    given = await _given(await bench.form(request))
    if given is None:
        return _page(request, bench, Rejected(origin="text", reason="empty", detail=""))
    found = await bench.reader.read(given)
    if isinstance(found, Rejected):
        return _page(request, bench, found)
    return goto(f"/read/{bench.readings.put(request.state.session.name, found)}")


@router.get("/read/{name}")
async def reading(request: Request, bench: Bench, name: str) -> Response:
    """An article that was read and is not stored."""
    return show(request, bench, PageOf(ledger=_known(request, bench, name), kept=False))


@router.get("/read/{name}/export/{form}")
async def export(request: Request, bench: Bench, name: str, form: str) -> Response:
    """The same as a file."""
    return exported(_known(request, bench, name), form)


@router.post("/read/{name}/keep")
async def keep(request: Request, bench: Bench, name: str) -> Response:
    """Put the article into the corpus."""
    await bench.form(request)
    ledger = _known(request, bench, name)
    kept = await bench.desk.change(lambda corpus: _kept(corpus, ledger))
    if not kept or not isinstance(kept[0], Kept):
        raise UsageError(language_of(request)("read.not_kept"))
    bench.readings.drop(name)
    return goto(f"/articles/{kept[0].id}")


def _kept(corpus: Corpus, ledger: Ledger) -> list[Kept | Rejected]:
    """Put the article in, and compare it with the others where few wait."""
    kept = list(corpus.add_articles([ledger.article]))
    if corpus.waiting().articles_waiting <= FEW:
        compare_for_a_while(corpus)
    return kept


def _known(request: Request, bench: Workbench, name: str) -> Ledger:
    found = bench.readings.get(request.state.session.name, name)
    if found is None:
        raise HTTPException(404)
    return found


async def _given(form: Form) -> Given | None:
    """The file that was chosen, or else the text."""
    upload = form.upload("file")
    if upload is not None:
        return Given(await upload.read(), upload.filename or "")
    text = form.text("text")
    return None if text is None else Given(text.encode("utf-8", "replace"))


def _page(request: Request, bench: Workbench, rejected: Rejected | None = None) -> Response:
    last = [(name, heading(one.article)) for name, one in bench.readings.of(request.state.session.name)]
    status = 200 if rejected is None else 413 if rejected.reason == "too large" else 422
    return bench.page(request, "read.html", status, rejected=rejected, readings=last)
