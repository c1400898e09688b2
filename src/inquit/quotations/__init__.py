"""Article to quotations: who is quoted where, with the roles of each quotation. The network lives and dies here."""

from inquit.languages import Language
from inquit.records import Article, Quotation


def find(article: Article, language: Language) -> tuple[Quotation, ...]:
    """Quotations of `article`, in the order of the text, ids from 0; chains are not yet filled.

    Network and rules find them together (`trained`); `ruled` reads by rules alone, to measure how often each is right.
    """
    # Imported here: NumPy and the network are loaded by the first reading, not by `import inquit`.
    from inquit.quotations.trained import read

    return read(article, language)
