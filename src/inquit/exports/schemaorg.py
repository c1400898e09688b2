"""Statements as schema.org JSON-LD: a `NewsArticle` whose parts are `Quotation`s."""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from inquit.exports.excerpts import quoted
from inquit.exports.iris import TERMS, agent_iri, article_iri, known_sources, link, statement_iris, web_address
from inquit.exports.selection import Selection, as_json
from inquit.exports.times import published_at
from inquit.records import Article, Kind, Quotation, Source

CONTEXT = "https://schema.org"
_TYPES: Mapping[Kind, str] = {
    "person": "Person",
    "organization": "Organization",
    "outlet": "NewsMediaOrganization",
    "group": "Organization",
}


def to_schema(selections: Iterable[Selection], sink: BinaryIO) -> None:
    """Write one graph with an article for each ledger; what a person calls wrong is left out."""
    sink.write(b'{"@context":' + as_json(CONTEXT) + b',"@graph":[')
    for n, selection in enumerate(selections):
        sink.write((b",\n" if n else b"\n") + as_json(_news_article(selection)))
    sink.write(b"\n]}\n")


def _news_article(selection: Selection) -> dict[str, Any]:
    article = selection.ledger.article
    iris = statement_iris(selection.ledger)
    known = known_sources(selection.ledger, selection.sources)
    return _held(
        {
            "@type": "NewsArticle",
            "@id": article_iri(article),
            "identifier": article.id,
            "url": web_address(article.url),
            "headline": article.title,
            "inLanguage": article.language,
            "datePublished": article.published if published_at(article.published) else None,
            "publisher": _agent(article, "outlet", article.outlet, known) if article.outlet else None,
            "author": [_agent(article, "person", author, known) for author in article.authors],
            "creditText": ", ".join(article.credits) or None,
            "hasPart": [_quotation(article, q, iris[q.id], known) for q in selection.held()],
        }
    )


def _quotation(
    article: Article, quotation: Quotation, iri: str, known: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    primary = quotation.chain[-1] if quotation.chain else None
    speaks = primary is not None and primary.kind != "document"
    relays = quotation.chain[:-1] if speaks else quotation.chain
    return _held(
        {
            "@type": "Quotation",
            "@id": iri,
            "text": quoted(article, quotation),
            "url": link(article, quotation),
            "spokenByCharacter": _source(article, primary, known) if primary is not None and speaks else None,
            "isBasedOn": [_work(article, source, known) for source in relays],
            "keywords": _labels(quotation, primary),
        }
    )


def _work(article: Article, source: Source, known: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """That through which a statement is known: a document, or what somebody said or published."""
    if source.kind == "document":
        return {
            "@type": "CreativeWork",
            "@id": agent_iri(article, source.kind, source.name, known),
            "name": source.name,
        }
    if source.kind == "outlet":
        return {"@type": "CreativeWork", "publisher": _source(article, source, known)}
    return {"@type": "Quotation", "spokenByCharacter": _source(article, source, known)}


def _source(article: Article, source: Source, known: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    return _agent(article, source.kind, source.name, known)


def _agent(article: Article, kind: Kind, name: str, known: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    return {"@type": _TYPES[kind], "@id": agent_iri(article, kind, name, known), "name": name}


def _labels(quotation: Quotation, primary: Source | None) -> list[dict[str, Any]]:
    """The labels for which schema.org has no property, as terms of sets that say what they are."""
    labels: dict[str, str] = {"type": quotation.type, "medium": quotation.medium, "stance": quotation.stance}
    if primary is not None:
        labels |= {"kind": primary.kind, "naming": primary.naming}
    return [
        {"@type": "DefinedTerm", "name": value, "inDefinedTermSet": f"{TERMS}{name}"} for name, value in labels.items()
    ]


def _held(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if value not in (None, [])}
