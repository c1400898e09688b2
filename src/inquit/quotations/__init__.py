"""Article to quotations: who is quoted where, with the roles of each quotation. The network lives and dies here."""

from inquit.languages import Language
from inquit.records import Article, Quotation


def find(article: Article, language: Language) -> tuple[Quotation, ...]:
    """Quotations of `article`, in the order of the text, ids from 0; chains, stance and hedges are not yet filled."""
    return ()
