"""Verdicts: what waits for one, the most needed first, and those that were given."""

from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from inquit.corpus import Corpus, quotation_id
from inquit.records import Judgement, SearchQuery, Verdict
from inquit.web.bench import Bench, Form, goto
from inquit.web.hits import Hit
from inquit.web.pages.articles import NO_FORM, name_of, remembering
from inquit.web.paging import cut, wanted
from inquit.web.queue import due

router = APIRouter(include_in_schema=False)

SIZE = 12
"""Statements of one page."""


@dataclass(frozen=True, slots=True)
class Item:
    """A statement of the queue, or one with its verdict; `fix` leads to the form that corrects it."""

    hit: Hit
    reasons: tuple[str, ...] = ()
    verdict: Verdict | None = None
    fix: str = ""


@router.get("/review")
async def review(
    request: Request, bench: Bench, judged: Literal["", "right", "wrong", "fixed"] = "", page: int = 1
) -> Response:
    """The queue, or the verdicts of one kind."""
    number, limit = wanted(page, SIZE)

    def items(corpus: Corpus) -> tuple[list[Item], bool]:
        if not judged:
            waiting = cut(due(corpus, limit), number, SIZE)
            return [
                Item(Hit(one.hit), one.reasons, fix=_fix(corpus, one.hit.id)) for one in waiting.found
            ], waiting.more
        given = cut(corpus.search(SearchQuery(judged=judged, sort="time", limit=limit)), number, SIZE)
        return [Item(Hit(hit), (), _verdict(corpus, hit.id), _fix(corpus, hit.id)) for hit in given.found], given.more

    shown, more = await bench.desk.ask(items)
    return bench.page(
        request,
        "review.html",
        items=shown,
        page={"number": number, "more": more},
        judged=judged or None,
        by=name_of(request, NO_FORM),
    )


@router.post("/review")
async def judge(request: Request, bench: Bench) -> Response:
    """Keep a verdict, and show what is next."""
    form = await bench.form(request)
    by = name_of(request, form)
    identifier, judgement = _judged(form)
    await bench.desk.change(lambda corpus: corpus.mark(identifier, judgement, by=by))
    return remembering(goto("/review"), by)


def _judged(form: Form) -> tuple[str, Judgement]:
    if (right := form.text("right")) is not None:
        return right, "right"
    if (wrong := form.text("wrong")) is not None:
        return wrong, "wrong"
    raise HTTPException(422, "no statement was judged")


def _fix(corpus: Corpus, identifier: str) -> str:
    """What leads to the form that corrects a statement: its number is its place in the article."""
    article, number = quotation_id(identifier)
    place = next((at for at, q in enumerate(corpus.article(article).quotations, 1) if q.id == number), 1)
    return f"?at={number}&fix={place}#s{place}"


def _verdict(corpus: Corpus, identifier: str) -> Verdict | None:
    article, number = quotation_id(identifier)
    return corpus.article(article).verdicts.get(number)
