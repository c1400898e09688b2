"""Article: the text with its statements marked, the ledger in the margin, and what people say of it."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import quote, unquote

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from inquit.corpus import Corpus, Correction, Relay
from inquit.errors import UsageError
from inquit.exports import to_html, to_json, to_markdown
from inquit.exports.formats import FORMATS
from inquit.exports.htmlarticle import TYPE_CLASSES
from inquit.exports.selection import Selection
from inquit.records import Article, ArticleVersion, KeptArticle, Ledger, Span, Summary
from inquit.web.articleview import Known, Shown, article_view
from inquit.web.bench import Bench, Form, Workbench, goto, language_of
from inquit.web.guards import safe_path
from inquit.web.phrases import Phrases
from inquit.web.queries import CHOICES

router = APIRouter(include_in_schema=False)

EXPORTS = ("html", "markdown", "json", "annotation", "prov", "schema")
NAME_COOKIE = "inquit-name"
"""How a visitor calls themselves when they judge; nobody checks it."""

LONGEST_NOTE = 500
NO_FORM = Form(FormData())
_NOTHING = Summary(statements=0, primary_sources=(), unnamed_share=0, relayed_share=0, unsourced_share=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOf:
    """An article to be shown, and what a corpus knows of it."""

    ledger: Ledger
    kept: bool = True
    state: str = "read"
    detail: str | None = None
    versions: tuple[ArticleVersion, ...] = ()
    known: Known = field(default_factory=Known)


@router.get("/articles/{identifier}")
async def article(request: Request, bench: Bench, identifier: str) -> Response:
    """An article of the corpus."""
    kept = await bench.desk.ask(lambda corpus: corpus.article(identifier))
    return show(
        request,
        bench,
        PageOf(
            ledger=ledger_of(kept),
            state=kept.state,
            detail=kept.detail,
            versions=kept.versions,
            known=Known(verdicts=kept.verdicts, sources=kept.sources, lost=kept.lost),
        ),
    )


@router.get("/articles/{identifier}/export/{form}")
async def export(bench: Bench, identifier: str, form: str) -> Response:
    """The article as a file."""
    kept = await bench.desk.ask(lambda corpus: corpus.article(identifier))
    return exported(ledger_of(kept), form, kept)


@router.post("/articles/{identifier}/verdict")
async def judge(request: Request, bench: Bench, identifier: str) -> Response:
    """Keep what a visitor says of a statement."""
    form = await bench.form(request)
    by = name_of(request, form)
    number, judgement = _judged(form)
    note = (form.text("note") or "")[:LONGEST_NOTE] or None

    def mark(corpus: Corpus) -> None:
        kept = corpus.article(identifier)
        fix = correction(kept, number, form) if judgement == "fixed" else None
        corpus.mark(f"{kept.article.id}:{number}", judgement, note=note, correction=fix, by=by)

    await bench.desk.change(mark)
    back = safe_path((form.text("back") or "").partition("?")[0], ("/articles",))
    asked = (form.text("back") or "").partition("?")[2]
    safe = f"?{asked}" if re.fullmatch(r"[\w=&%+.-]{1,800}", asked, re.ASCII) else ""
    place = await bench.desk.ask(lambda corpus: _place(corpus.article(identifier), number))
    return remembering(goto(f"{back}{safe}#s{place}"), by)


def _judged(form: Form) -> tuple[int, Any]:
    for judgement in ("right", "wrong", "fixed"):
        number = form.text(judgement)
        if number is not None and number.isdecimal() and len(number) < 8:
            return int(number), judgement
    raise HTTPException(422, "no statement was judged")


def _place(kept: KeptArticle, number: int) -> int:
    return next((place for place, q in enumerate(kept.quotations, 1) if q.id == number), 1)


def name_of(request: Request, form: Form) -> str | None:
    """How the visitor calls themselves."""
    known = form.text("by") if "by" in form.data else unquote(request.cookies.get(NAME_COOKIE, ""))
    return " ".join((known or "").split())[:80] or None


def remembering(response: Response, by: str | None) -> Response:
    """The answer, with the visitor's name for the next time."""
    value = quote(by or "", safe="")
    response.headers.append("Set-Cookie", f"{NAME_COOKIE}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age=31536000")
    return response


def correction(kept: KeptArticle, number: int, form: Form) -> Correction | None:
    """What differs in a form from the statement as it is; `None` where nothing does."""
    quotation = next((q for q in kept.quotations if q.id == number), None)
    if quotation is None:
        raise HTTPException(404)
    source = quotation.chain[-1] if quotation.chain else None
    changed: dict[str, Any] = {}
    for name in ("type", "stance"):
        value = form.text(name)
        if value in CHOICES[name] and value != getattr(quotation, name):
            changed[name] = value
    speaker = form.text("speaker")
    if speaker and speaker != (source.name if source else None):
        changed["speaker"] = speaker.strip()
    for name in ("kind", "naming"):
        value = form.text(name)
        if value in CHOICES[name] and (source or "speaker" in changed) and value != getattr(source, name, None):
            changed[name] = value
    relays = _relays(form)
    if relays is not None and relays != [(link.name, link.kind) for link in quotation.chain[:-1]]:
        changed["relays"] = tuple(Relay(*one) for one in relays)
    spans = _spans(kept.article, quotation.quote, form)
    if spans != quotation.quote:
        changed["quote"] = spans
    if not changed:
        raise UsageError("nothing was changed; say `right` if it is right as it is")
    return Correction(**changed)


def _relays(form: Form) -> list[tuple[str, Any]] | None:
    """The links before the primary source as the form has them; `None` where it has no such fields."""
    names, kinds = ([str(one).strip() for one in form.data.getlist(name)] for name in ("relay", "relay_kind"))
    if not names or len(names) != len(kinds):
        return None
    return [(name, kind if kind in CHOICES["kind"] else None) for name, kind in zip(names, kinds, strict=True) if name]


def _spans(article: Article, before: tuple[Span, ...], form: Form) -> tuple[Span, ...]:
    """The quote as it was marked in the text, or else where the words that were typed stand."""
    marked = [one.partition("-") for one in (form.text("spans") or "").split()[:50]]
    spans = tuple(Span(int(b), int(e)) for b, _, e in marked if b.isdecimal() and e.isdecimal() and len(b + e) < 20)
    if spans and spans != before:
        return tuple(sorted(spans))
    words = " ".join((form.text("words") or "").split())
    as_it_is = " … ".join(" ".join(article.text[b:e].split()) for b, e in before)
    if not words or "…" in words or words == as_it_is:
        return before
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    at = before[0].begin if before else 0
    found = min(re.finditer(pattern, article.text), key=lambda match: abs(match.start() - at), default=None)
    if found is None:
        raise UsageError("the article does not say these words")
    return (Span(*found.span()),)


# --- shown and exported; also for what is not stored


def ledger_of(kept: KeptArticle) -> Ledger:
    """An article of the corpus as a ledger; one that is not read has no statements."""
    return Ledger(article=kept.article, quotations=kept.quotations, summary=kept.summary or _NOTHING)


def show(request: Request, bench: Workbench, page: PageOf) -> Response:
    """The page of an article."""
    t = language_of(request)
    parameters = request.query_params
    fix = parameters.get("fix", "")
    view = article_view(
        page.ledger,
        t,
        Shown(
            only=parameters.get("only") if parameters.get("only") in {"unnamed", "disputed"} else None,
            source=(parameters.get("source") or "")[:200] or None,
            part=_number(parameters.get("part")) or 1,
            at=_number(parameters.get("at")) if parameters.get("at") else None,
        ),
        page.known,
    )
    return bench.page(
        request,
        "article.html",
        view=view,
        kept=page.kept,
        state=page.state,
        detail=page.detail,
        versions=page.versions,
        url=page.ledger.article.url,
        exports=EXPORTS,
        figures=_figures(page.ledger.summary, t),
        type_classes=TYPE_CLASSES,
        fix=_number(fix),
        by=name_of(request, NO_FORM),
        choices=CHOICES,
    )


def _figures(summary: Summary, t: Phrases) -> list[tuple[str, str]]:
    disputed = len({dispute.disputed for dispute in summary.disputes})
    return [
        (t.number(summary.statements), t("figure.statements")),
        (t.number(len(summary.primary_sources)), t("figure.sources")),
        (t.percent(summary.unnamed_share), t("figure.unnamed")),
        (t.percent(summary.relayed_share), t("figure.relayed")),
        (t.percent(summary.unsourced_share), t("figure.unsourced")),
        (t.number(disputed), t("figure.disputed")),
    ]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 8 else 0


def exported(ledger: Ledger, form: str, kept: KeptArticle | None = None) -> Response:
    """A ledger as a file in one of `EXPORTS`."""
    name = f"inquit-{ledger.article.id[:16]}" if ledger.article.id.isalnum() else "inquit"
    if form == "html":
        return as_file(to_html([ledger]).encode("utf-8", "replace"), f"{name}.html", "text/html; charset=utf-8")
    if form == "markdown":
        return as_file(to_markdown([ledger]).encode("utf-8", "replace"), f"{name}.md", "text/markdown; charset=utf-8")
    if form == "json":
        return as_file(to_json(ledger) + b"\n", f"{name}.json", "application/json")
    if form not in EXPORTS:
        raise HTTPException(404)
    selection = Selection(ledger=ledger)
    if kept is not None:
        selection = Selection(ledger=ledger, verdicts=kept.verdicts, sources=kept.sources)
    sink = BytesIO()
    FORMATS[form].write([selection], sink)
    return as_file(sink.getvalue(), f"{name}.{form}.json", "application/json")


def as_file(content: bytes, name: str, kind: str) -> Response:
    """A file to be saved and never shown: what a browser would show, it might run."""
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
