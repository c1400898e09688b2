"""Stories and claims as the JSON objects that `inquit stories --json` and `inquit claims --json` print."""

from collections.abc import Mapping
from typing import Any

from inquit.records import Claim, Link, Statement, Story


def story_row(story: Story, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A story as plain values; `names` gives the URL of an article by its id, where it has one."""
    return {
        "id": story.id,
        "title": story.title,
        "articles": [_name(article, names) for article in story.articles],
        "links": [_link_row(link, names) for link in story.links],
    }


def _link_row(link: Link, names: Mapping[str, str] | None) -> dict[str, Any]:
    return {
        "from": _name(link.derived, names),
        "to": _name(link.original, names) if link.original is not None else None,
        "how": link.how,
        "outlet": link.outlet,
        "evidence": [list(span) for span in link.evidence],
        "evidence_there": [list(span) for span in link.original_evidence],
        "why": list(link.why),
    }


def claim_row(claim: Claim, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A claim as plain values; `names` gives the URL of an article by its id, where it has one."""
    return {
        "id": claim.id,
        "story": claim.story,
        "text": claim.text,
        "statements": [_statement_row(statement, names) for statement in claim.statements],
        "denied_by": [_statement_row(statement, names) for statement in claim.denied_by],
        "primary_sources": [
            {
                "name": source.name,
                "naming": source.naming,
                "kind": source.kind,
                "first_in": _name(source.first_in, names),
                "names": list(source.names),
                "independent": source.independent,
            }
            for source in claim.primary_sources
        ],
        "independent_sources": claim.independent_sources,
        "circular": claim.circular,
        "first_seen": claim.first_seen,
        "why": list(claim.why),
    }


def _statement_row(statement: Statement, names: Mapping[str, str] | None) -> dict[str, Any]:
    return {
        "article": _name(statement.article, names),
        "quotation": statement.quotation,
        "quote": [list(span) for span in statement.quote],
        "text": statement.text,
        "outlet": statement.outlet,
        "published": statement.published,
        "stance": statement.stance,
        "by": statement.by,
        "via": list(statement.via),
        "source": statement.source,
    }


def _name(article: str, names: Mapping[str, str] | None) -> str:
    """The URL of an article, or its id where it has none."""
    return (names or {}).get(article, article)
