"""Statements as W3C Web Annotations: each points to its words by position and by the words around them."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, BinaryIO

from inquit.exports.excerpts import line
from inquit.exports.iris import (
    SOFTWARE,
    TERMS,
    agent_iri,
    article_iri,
    content_iri,
    known_sources,
    statement_iris,
    web_address,
)
from inquit.exports.selection import Selection, as_json
from inquit.exports.wording import NAMINGS, NO_SOURCE, STANCES, TYPES, whose_word
from inquit.records import Article, Quotation, Span, Spans, Verdict

CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "inquit": TERMS,
        "assessing": "oa:assessing",
        "chain": {"@id": "inquit:chain", "@container": "@list"},
        **{
            term: {"@id": f"inquit:{term}"}
            for term in ("quotationType", "medium", "stance", "kind", "naming", "confidence", "fullName", "why")
        },
        **{term: {"@id": f"inquit:{term}", "@type": "@id"} for term in ("disputes", "supports", "within")},
        **{term: {"@id": f"inquit:{term}"} for term in ("speaker", "cue", "frame", "addressee", "hedge")},
    },
]
"""The W3C context, and after it the terms for which it has none; it got `assessing` only in 2021, and many programs
have an older copy."""

AROUND = 32
"""Characters before and after a quote that tell it from the same words elsewhere; as many as annotation tools take."""


def to_annotations(selections: Iterable[Selection], sink: BinaryIO) -> None:
    """Write one annotation collection with an annotation for each statement and for each person's verdict.

    What a person calls wrong is left out.
    """
    sink.write(b'{"@context":' + as_json(CONTEXT) + b',"type":"AnnotationCollection",')
    sink.write(b'"label":"Statements found by Inquit","first":{"type":"AnnotationPage","startIndex":0,"items":[')
    total = 0
    content = sha256()
    for selection in selections:
        for annotation in _annotations(selection):
            item = as_json(annotation)
            content.update(item)
            sink.write((b",\n" if total else b"\n") + item)
            total += 1
    name = f"urn:inquit:annotations:{content.hexdigest()[:16]}"
    sink.write(b"\n]," + as_json({"id": f"{name}:1", "partOf": name})[1:] + b",")
    sink.write(as_json({"id": name, "total": total})[1:] + b"\n")


def _annotations(selection: Selection) -> Iterable[dict[str, Any]]:
    iris = statement_iris(selection.ledger)
    for quotation in selection.held():
        annotation = _annotation(selection, quotation, iris)
        yield annotation
        verdict = selection.verdicts.get(quotation.id)
        if verdict is not None:
            yield _assessment(annotation["id"], verdict)


def _annotation(selection: Selection, quotation: Quotation, iris: dict[int, str]) -> dict[str, Any]:
    article = selection.ledger.article
    targets = [_target(article, span) for span in quotation.quote]
    return {
        "id": f"{iris[quotation.id]}&annotation",
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"id": SOFTWARE, "type": "Software", "name": "Inquit"},
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": told(quotation)},
            _statement(selection, quotation, iris),
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def told(quotation: Quotation) -> str:
    """A statement's labels in plain words."""
    if not quotation.chain:
        return f"{NO_SOURCE}; {TYPES[quotation.type]}"
    primary = quotation.chain[-1]
    naming = "" if primary.naming == "named" else f" ({NAMINGS[primary.naming]})"
    through = whose_word(quotation.chain)
    who = f"{line(primary.name)}{naming}{f', {through},' if through else ''}"
    return f"{who} {STANCES[quotation.stance]}; {TYPES[quotation.type]}"


def _statement(selection: Selection, quotation: Quotation, iris: dict[int, str]) -> dict[str, Any]:
    article = selection.ledger.article
    known = known_sources(selection.ledger, selection.sources)

    def targets(spans: Spans) -> list[dict[str, Any]]:
        return [_target(article, span) for span in spans]

    content = {
        "id": iris[quotation.id],
        "type": "inquit:Statement",
        "quotationType": quotation.type,
        "medium": quotation.medium,
        "stance": quotation.stance,
        "confidence": quotation.confidence,
        "chain": [
            {
                "id": agent_iri(article, source.kind, source.name, known),
                "fullName": source.name,
                "kind": source.kind,
                "naming": source.naming,
            }
            for source in quotation.chain
        ],
        "within": iris.get(quotation.parent) if quotation.parent is not None else None,
        "disputes": [iris[other] for other in quotation.disputes if other in iris],
        "supports": [iris[other] for other in quotation.supports if other in iris],
        **{role: targets(getattr(quotation, role)) for role in ("speaker", "cue", "frame", "addressee")},
        "hedge": targets(quotation.hedges),
        "why": list(quotation.why),
    }
    return {key: value for key, value in content.items() if value not in (None, [])}


def _target(article: Article, span: Span) -> dict[str, Any]:
    """Characters of an article. Offsets count in the text as Inquit has read it, which is a copy of the page."""
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": article_iri(article),
        "selector": [
            {"type": "TextPositionSelector", "start": span.begin, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": article.text[span.begin : span.end],
                "prefix": article.text[max(0, span.begin - AROUND) : span.begin],
                "suffix": article.text[span.end : span.end + AROUND],
            },
        ],
    }
    if web_address(article.url) is not None:
        target["state"] = {"type": "TimeState", "cached": content_iri(article)}
    return target


def _assessment(annotation: str, verdict: Verdict) -> dict[str, Any]:
    """A person's verdict, as an annotation of the annotation."""
    text = f"{verdict.judgement}: {verdict.note}" if verdict.note else verdict.judgement
    return {
        "id": f"{annotation}&verdict",
        "type": "Annotation",
        "motivation": "assessing",
        "created": verdict.made,
        "body": {"type": "TextualBody", "purpose": "assessing", "format": "text/plain", "value": text},
        "target": annotation,
    }
