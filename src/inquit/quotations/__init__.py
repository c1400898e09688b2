"""Article to quotations: who is quoted where, with the roles of each quotation. The network lives and dies here."""

from inquit.languages import Language
from inquit.records import Article, Quotation


def find(article: Article, language: Language) -> tuple[Quotation, ...]:
    """Quotations of `article`, in the order of the text, ids from 0; chains are not yet filled.

    The trained reader finds them (`trained`); `ruled` reads by rules alone and needs no weights.
    """
    # Imported here: NumPy and the network are loaded by the first reading, not by `import inquit`.
    from inquit.quotations.trained import read

    return read(article, language)
