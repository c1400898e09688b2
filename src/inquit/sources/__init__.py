"""Quotations to chains, naming, stance, hedges and disputes: on whose word the article has each statement."""

from dataclasses import replace

from inquit.languages import Language
from inquit.records import Article, Kind, Naming, Quotation, Source, Stance
from inquit.sources.balance import balance
from inquit.sources.chains import Chain
from inquit.sources.entities import Entity
from inquit.sources.disputes import related
from inquit.sources.hedges import hedged
from inquit.sources.naming import described
from inquit.sources.parts import chains
from inquit.sources.reading import Reading
from inquit.sources.stance import judged, settings

__all__ = ["attribute", "balance"]


def attribute(article: Article, quotations: tuple[Quotation, ...], language: Language) -> tuple[Quotation, ...]:
    """The same quotations with `chain`, `stance`, `hedges`, `disputes`, `supports` filled and reasons added."""
    if not quotations:
        return quotations
    text, found = chains(article, quotations, language)
    named = {entity: described(text, entity, language) for entity in {e for c in found.values() for e in c.entities()}}
    around = settings(text, quotations)
    done = tuple(
        _attributed(quotation, found[quotation.id], named, judged(text, quotation, around[quotation.id], language), text, language)
        for quotation in quotations
    )
    return related(text, done, language)


def _attributed(
    quotation: Quotation,
    chain: Chain,
    named: dict[Entity, tuple[Kind, Naming, str]],
    judgement: tuple[Stance, str],
    text: Reading,
    language: Language,
) -> Quotation:
    links = tuple(
        Source(mention=link.mention, kind=named[link.entity][0], naming=named[link.entity][1], name=named[link.entity][2])
        for link in chain.links
    )
    stance, why = judgement
    distance = hedged(text, quotation, language)
    reasons = [*chain.why, why]
    if distance:
        reasons.append(f"hedges: {', '.join(text.text[b:e] for b, e in distance)}")
    return replace(quotation, chain=links, stance=stance, hedges=distance, why=(*quotation.why, *reasons))
