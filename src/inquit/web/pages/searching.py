"""Search: everything in the corpus, with the filters of `inquit search`, and what was found as a file."""

from collections.abc import Iterator
from io import BytesIO
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from inquit.corpus import Corpus, quotation_id
from inquit.errors import CorpusError, UsageError
from inquit.exports.formats import FORMATS
from inquit.exports.selection import Selection
from inquit.records import SearchHit
from inquit.web.bench import Bench
from inquit.web.hits import Hit
from inquit.web.pages.articles import as_file, ledger_of
from inquit.web.paging import cut, wanted
from inquit.web.queries import CHOICES, Asked, as_address

router = APIRouter(include_in_schema=False)

SIZE = 20
"""Hits of one page."""

MOST_EXPORTED = 2000
"""Statements of one file; `inquit export` writes any number of them."""

KINDS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "parquet": "application/octet-stream"}


@router.get("/search")
async def search(request: Request, bench: Bench, asked: Annotated[Asked, Depends()], page: int = 1) -> Response:
    """Statements and articles."""
    number, limit = wanted(page, SIZE)
    hits: list[SearchHit] = []
    problem = None
    if asked:
        try:
            hits = await bench.desk.ask(lambda corpus: corpus.search(asked.query(limit)))
        except UsageError as error:
            problem = str(error)
    shown = cut(hits, number, SIZE)
    return bench.page(
        request,
        "search.html",
        422 if problem else 200,
        asked=bool(asked),
        query=asked,
        disputed=asked.disputed,
        filtered=asked.filters(),
        parameters=as_address(asked),
        hits=[Hit(one) for one in shown.found],
        page=shown,
        problem=problem,
        choices=CHOICES,
        most_exported=MOST_EXPORTED,
    )


@router.get("/search/export/{form}")
async def export(bench: Bench, form: str, asked: Annotated[Asked, Depends()]) -> Response:
    """The statements that were found, as a file."""
    if form not in KINDS:
        raise HTTPException(404)

    def written(corpus: Corpus) -> bytes:
        sink = BytesIO()
        FORMATS[form].write(_selections(corpus, asked), sink)
        return sink.getvalue()

    return as_file(await bench.desk.ask(written), f"inquit-statements.{form}", KINDS[form])


def _selections(corpus: Corpus, asked: Asked) -> Iterator[Selection]:
    """The articles of the statements that are found, each with those."""
    chosen: dict[str, set[int]] = {}
    for hit in corpus.search(asked.query(MOST_EXPORTED)):
        if hit.kind == "statement":
            article, number = quotation_id(hit.id)
            chosen.setdefault(article, set()).add(number)
    for article, numbers in chosen.items():
        try:
            kept = corpus.article(article)
        except CorpusError:
            continue  # it was replaced by another version meanwhile
        yield Selection(ledger=ledger_of(kept), chosen=frozenset(numbers), verdicts=kept.verdicts, sources=kept.sources)
