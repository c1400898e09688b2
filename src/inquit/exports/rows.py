"""A ledger as rows for pandas, polars or a spreadsheet: one row a quotation, plain values only."""

from inquit.exports.excerpts import pieces, quoted
from inquit.exports.wording import disputed_by
from inquit.records import Article, Ledger, Quotation, Spans

Value = str | int | float | None


def rows(ledger: Ledger) -> list[dict[str, Value]]:
    """One row a quotation, in the ledger's order; every row has the same columns.

    Several texts or ids in one column are joined by "; ", the sources of a chain by " ← " from the outermost to the
    primary one, reasons by line breaks. `begin` and `end` are the first and last offset of the quote. `None` means
    that there is nothing.
    """
    against = disputed_by(ledger)
    return [
        {**_article(ledger.article), **_quotation(ledger.article, quotation), **_sources(quotation)}
        | {"disputed_by": _joined(list(against.get(quotation.id, {})))}
        | {"confidence": quotation.confidence, "why": "\n".join(quotation.why) or None}
        for quotation in ledger.quotations
    ]


def _article(article: Article) -> dict[str, Value]:
    return {
        "article": article.id,
        "origin": article.origin,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "published": article.published,
    }


def _quotation(article: Article, quotation: Quotation) -> dict[str, Value]:
    def words(spans: Spans) -> str | None:
        return _joined(pieces(article, spans))

    return {
        "quotation": quotation.id,
        "parent": quotation.parent,
        "type": quotation.type,
        "medium": quotation.medium,
        "quote": quoted(article, quotation),
        "begin": quotation.quote[0].begin if quotation.quote else None,
        "end": quotation.quote[-1].end if quotation.quote else None,
        "speaker": words(quotation.speaker),
        "cue": words(quotation.cue),
        "frame": words(quotation.frame),
        "addressee": words(quotation.addressee),
        "hedges": words(quotation.hedges),
        "stance": quotation.stance,
        "disputes": _joined([str(other) for other in quotation.disputes]),
        "supports": _joined([str(other) for other in quotation.supports]),
    }


def _sources(quotation: Quotation) -> dict[str, Value]:
    primary = quotation.chain[-1] if quotation.chain else None
    return {
        "source": primary.name if primary else None,
        "source_kind": primary.kind if primary else None,
        "source_naming": primary.naming if primary else None,
        "chain": " ← ".join(source.name for source in quotation.chain) or None,
        "links": len(quotation.chain),
    }


def _joined(texts: list[str]) -> str | None:
    return "; ".join(texts) or None
