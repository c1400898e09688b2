"""The source balance of an article: what rests on whom."""

from inquit.records import Article, Quotation, Summary


def balance(article: Article, quotations: tuple[Quotation, ...]) -> Summary:
    """The source balance of an article: what rests on whom."""
    return Summary(
        statements=len(quotations), primary_sources=(), unnamed_share=0.0, relayed_share=0.0, unsourced_share=0.0
    )
