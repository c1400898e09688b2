"""Quotations to chains, naming, stance, hedges and disputes: on whose word the article has each statement."""

from dataclasses import replace

from inquit.languages import Language
from inquit.records import Article, Quotation, Source
from inquit.sources.balance import balance
from inquit.sources.chains import Builder, Chain
from inquit.sources.entities import cast
from inquit.sources.naming import described
from inquit.sources.reading import reading
from inquit.sources.relays import relays
from inquit.sources.speakers import Resolver, ranked
from inquit.sources.weights import ranker

__all__ = ["attribute", "balance"]


def attribute(article: Article, quotations: tuple[Quotation, ...], language: Language) -> tuple[Quotation, ...]:
    """The same quotations with `chain`, `stance`, `hedges`, `disputes`, `supports` filled and reasons added."""
    if not quotations:
        return quotations
    text = reading(article, quotations, language)
    actors = cast(text)
    resolver = Resolver(text, actors, ranked(ranker(language, "antecedent")))
    chains = Builder(resolver, relays(text, actors)).build(quotations)
    found = tuple(_with_chain(quotation, chains[quotation.id], language, text) for quotation in quotations)
    return found


def _with_chain(quotation, chain, language, text):
    links = []
    for link in chain.links:
        kind, naming, name = described(text, link, language)
        links.append(Source(mention=link.mention, name=name, kind=kind, naming=naming))
    return replace(quotation, chain=tuple(links), why=quotation.why + tuple(chain.why))
