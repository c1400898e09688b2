"""The steps from an article to the chains of its quotations, with the choices open for training."""

from collections.abc import Callable

from inquit.languages import Language
from inquit.records import Article, Quotation
from inquit.sources.chains import Builder, Chain
from inquit.sources.entities import cast
from inquit.sources.reading import Reading, reading
from inquit.sources.relays import relays
from inquit.sources.speakers import Choose, Resolver, ranked
from inquit.sources.weights import ranker


def chains(
    article: Article,
    quotations: tuple[Quotation, ...],
    language: Language,
    *,
    choose: Choose | None = None,
    before: Callable[[Quotation], None] | None = None,
) -> tuple[Reading, dict[int, Chain]]:
    """The reading of the article and the chain of each quotation by id."""
    text = reading(article, quotations, language)
    actors = cast(text)
    resolver = Resolver(text, actors, choose or ranked(ranker(language, "antecedent")))
    builder = Builder(resolver, relays(text, actors), before)
    return text, builder.build(quotations)
