"""The steps from an article to the chains of its quotations, with the choices open for training."""

from collections.abc import Callable

from inquit.languages import Language
from inquit.records import Article, Quotation
from inquit.sources.casting import cast
from inquit.sources.chains import Accept, Builder, Chain, Decisions
from inquit.sources.entities import Entity
from inquit.sources.reading import Reading, reading
from inquit.sources.relays import Candidate, Decide, Relays
from inquit.sources.retelling import Retelling
from inquit.sources.speakers import Choose, Resolver
from inquit.sources.spreading import Spread
from inquit.sources.weights import Classifier, Ranker, classifier, ranker

RELAYED = 0.4
"""Probability from which a candidate counts as a relay; on held-out training articles
0.25 to 0.5 give the same share of right chains within two points."""


def chains(
    article: Article,
    quotations: tuple[Quotation, ...],
    language: Language,
    *,
    decisions: Decisions | None = None,
    before: Callable[[Quotation], None] | None = None,
) -> tuple[Reading, dict[int, Chain]]:
    """The reading of the article and the chain of each quotation by id."""
    decisions = decisions or trained(language)
    text = reading(article, quotations, language)
    actors = cast(text)
    resolver = Resolver(text, actors, decisions.antecedent)
    named = [e for e in actors.entities if e.kind == "outlet" and e.named and not text.is_own(e.name)]
    resolver.talk.only_outlet = named[0].order if len(named) == 1 else -1
    relays = Relays(text, actors, resolver.outlet, resolver.talk.only_outlet)
    relays.evidence(quotations)
    retelling = Retelling(resolver)
    retelling.note_bases()
    builder = Builder(resolver, relays, retelling, language, decisions, before)
    resolver.echoes = builder.echoes
    return text, builder.build(quotations)


def trained(language: Language) -> Decisions:
    """The decisions by the language's weights."""
    return Decisions(
        antecedent=ranked(ranker(language, "antecedent")),
        relays=relayed(classifier(language, "relay")),
        again=_accept(classifier(language, "inner")),
        inside=_accept(classifier(language, "content")),
        spread=_spreads(classifier(language, "spread")),
    )


def ranked(model: Ranker) -> Choose:
    """The choice of the candidate with the highest score."""

    def choose(rows: list[list[str]], new: list[str] | None, entities: list[Entity]) -> int | None:
        del entities
        scores = [model.score(row) for row in rows]
        best = max(range(len(scores)), key=scores.__getitem__)
        if new is not None and model.score(new) >= scores[best]:
            return None
        return best

    return choose


def relayed(model: Classifier | None) -> Decide:
    """The decision by a trained classifier; without one, media in the frame are relays."""

    def decide(candidates: list[Candidate]) -> list[bool]:
        if model is None:
            return [c.link.entity.kind == "outlet" and "frame" in c.features for c in candidates]
        at = model.labels.index("relay")
        return [model.probabilities(c.features)[at] >= RELAYED for c in candidates]

    return decide


def _accept(model: Classifier | None) -> Accept:
    """The decision by a trained classifier; without one, no."""

    def decide(features: list[str], name: str) -> bool:
        del name
        return model is not None and model.best(features)[0] == "again"

    return decide


def _spreads(model: Classifier | None) -> Spread:
    """The decision by a trained classifier; without one, no."""

    def decide(quotation: Quotation, features: list[str], name: str) -> bool:
        del quotation, name
        return model is not None and model.best(features)[0] == "yes"

    return decide
