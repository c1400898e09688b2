"""Article to quotations: who is quoted where, with the roles of each quotation. The network lives and dies here."""

from collections.abc import Sequence

from inquit.languages import Language
from inquit.records import Article, Quotation


def find(article: Article, language: Language) -> tuple[Quotation, ...]:
    """Quotations of `article`, in the order of the text, ids from 0; chains are not yet filled.

    Network and rules find them together (`trained`); `ruled` reads by rules alone, to measure how often each is right.
    """
    # Imported here: NumPy and the network are loaded by the first reading, not by `import inquit`.
    from inquit.quotations.trained import read

    return read(article, language)


def find_together(articles: Sequence[Article], language: Language) -> list[tuple[Quotation, ...]]:
    """Quotations of each of some articles, the same as those of `find`; some at once take less time than one by one."""
    from inquit.quotations.trained import read_together

    return read_together(articles, language)
