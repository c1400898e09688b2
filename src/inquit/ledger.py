"""How an article becomes a ledger: the one place where the rooms meet. Read this second."""

from inquit import quotations, sources
from inquit.languages import language
from inquit.records import Article, Ledger


def read_article(article: Article) -> Ledger:
    """The ledger of one article, in the language that the article says it has (German where it says nothing)."""
    knowledge = language(article.language or "de")
    found = quotations.find(article, knowledge)
    attributed = sources.attribute(article, found, knowledge)
    return Ledger(article=article, quotations=attributed, summary=sources.balance(article, attributed))
