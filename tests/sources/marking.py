"""Small articles with quotations marked by hand."""

from typing import Any

from inquit.languages import language
from inquit.records import Article, Quotation, Span, Spans
from inquit.sources import attribute

GERMAN = language("de")
ROLES = ("quote", "speaker", "cue", "frame", "addressee")


def article(text: str, **known: Any) -> Article:
    """An article of that text."""
    return Article(id="a", origin="test", text=text, **known)


def spans(text: str, *phrases: str) -> Spans:
    """Where each phrase stands first in the text."""
    return tuple(Span(text.index(phrase), text.index(phrase) + len(phrase)) for phrase in phrases if phrase)


def quotation(text: str, number: int, quote: str, **given: Any) -> Quotation:
    """A quotation whose roles are given by their words."""
    roles = {role: spans(text, given.pop(role)) for role in ROLES if role in given}
    known: dict[str, Any] = {"type": "Indirect", "medium": "Speech", "confidence": 1.0, **roles, **given}
    return Quotation(id=number, quote=spans(text, quote), **known)


def attributed(text: str, *quotations: Quotation, **known: Any) -> tuple[Quotation, ...]:
    """The quotations with their sources."""
    return attribute(article(text, **known), quotations, GERMAN)


def names(quotation: Quotation) -> list[str]:
    """Names of the links, outermost first."""
    return [source.name for source in quotation.chain]
