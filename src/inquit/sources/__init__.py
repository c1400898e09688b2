"""Quotations to chains, naming, stance, hedges and disputes: on whose word the article has each statement."""

from dataclasses import replace

from inquit.languages import Language
from inquit.records import Article, Kind, Naming, Quotation, Source
from inquit.sources.balance import balance
from inquit.sources.hedges import hedged
from inquit.sources.naming import described
from inquit.sources.parts import chains
from inquit.sources.relays import Link
from inquit.sources.stance import judged, reason, settings, stances
from inquit.sources.statements import Denials

__all__ = ["attribute", "balance"]


def attribute(article: Article, quotations: tuple[Quotation, ...], language: Language) -> tuple[Quotation, ...]:
    """The same quotations with `chain`, `stance`, `hedges`, `disputes`, `supports` filled and reasons added."""
    if not quotations:
        return quotations
    text, found = chains(article, quotations, language)
    named: dict[int, tuple[Kind, Naming, str]] = {}
    for chain in found.values():
        for entity in chain.entities():
            if entity.order not in named:
                named[entity.order] = described(text, entity, language)
    primary = {number: chain.links[-1].entity for number, chain in found.items() if chain.links}
    sources = {number: named[entity.order][2] for number, entity in primary.items()}
    around = settings(text, quotations, sources, language)
    judgements = {one.id: judged(text, one, around[one.id], language) for one in quotations}
    names = {one.id: [named[link.entity.order][2] for link in found[one.id].links] for one in quotations}
    decided = stances(quotations, judgements, names, language)
    done = []
    for quotation in quotations:
        stance, chain = decided[quotation.id], found[quotation.id]
        distance = hedged(text, quotation, language)
        why = [*quotation.why, *chain.why, reason(text, quotation, stance, around[quotation.id], language)]
        if distance:
            why.append(f"hedges: {', '.join(text.text[b:e] for b, e in distance)}")
        links = tuple(_source(link, named[link.entity.order]) for link in chain.links)
        done.append(replace(quotation, chain=links, stance=stance, hedges=distance, why=tuple(why)))
    denials = {number: Denials(judgement.denial, judgement.features) for number, judgement in judgements.items()}
    # Imported here: NumPy is loaded by the first reading, not by `import inquit`.
    from inquit.sources.disputes import related

    return related(text, tuple(done), denials, language)


def _source(link: Link, what: tuple[Kind, Naming, str]) -> Source:
    kind, naming, name = what
    return Source(mention=link.mention, name=name, kind=kind, naming=naming)
