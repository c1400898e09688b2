"""Quotations to chains, naming, stance, hedges and disputes: on whose word the article has each statement."""

from inquit.languages import Language
from inquit.records import Article, Quotation, Summary


def attribute(article: Article, quotations: tuple[Quotation, ...], language: Language) -> tuple[Quotation, ...]:
    """The same quotations with `chain`, `stance`, `hedges`, `disputes`, `supports` filled and reasons added."""
    return quotations


def balance(article: Article, quotations: tuple[Quotation, ...]) -> Summary:
    """The source balance of an article: what rests on whom."""
    return Summary(
        statements=len(quotations), primary_sources=(), unnamed_share=0.0, relayed_share=0.0, unsourced_share=0.0
    )
