"""Article to quotations: who is quoted where, with the roles of each quotation. The network lives and dies here."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inquit.languages import Language
from inquit.records import Article, Quotation

if TYPE_CHECKING:
    from inquit.quotations.trained import Begun


def find(article: Article, language: Language) -> tuple[Quotation, ...]:
    """Quotations of `article`, in the order of the text, ids from 0; chains are not yet filled.

    Network and rules find them together (`trained`); `ruled` reads by rules alone, to measure how often each is right.
    """
    # Imported here: NumPy and the network are loaded by the first reading, not by `import inquit`.
    from inquit.quotations.trained import read

    return read(article, language)


def begin(articles: Sequence[Article], language: Language) -> "Begun":
    """Let the network read some articles, together quicker than one by one, and mostly outside Python's lock."""
    from inquit.quotations.trained import begin

    return begin(articles, language)


def finish(begun: "Begun", language: Language) -> list[tuple[Quotation, ...]]:
    """Quotations of each of the articles that were begun, the same as those of `find`."""
    from inquit.quotations.trained import finish

    return finish(begun, language)
