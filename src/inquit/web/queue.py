"""What a person should look at first: what the reader is least sure of, and what most depends on."""

from dataclasses import dataclass

from inquit.corpus import Corpus
from inquit.records import ClaimQuery, SearchHit, SearchQuery

LOOKED_AT = 150
"""Newest statements of each kind that are weighed."""

DISPUTED, CARRIED, DENIAL, UNNAMED, UNSOURCED = 3.0, 2.5, 2.0, 1.5, 1.0
"""How much depends on a statement that is disputed, belongs to a claim that many outlets carry, is a denial, rests on
nobody with a name, or on nobody at all: a wrong label there changes who is said to dispute whom, or how many sources a
claim has. Set by meaning, not on data."""

CLAIMS = 20
"""Claims that count as carried by many: those with most outlets, of at least three."""

ORDINARY = 0.5
"""The same for any other statement."""


@dataclass(frozen=True, slots=True)
class Due:
    """A statement that waits for a verdict, and why it comes where it does."""

    hit: SearchHit
    weight: float
    reasons: tuple[str, ...]


def due(corpus: Corpus, limit: int) -> list[Due]:
    """Statements without a verdict: doubt times consequence, the largest first."""
    questions = [
        SearchQuery(disputed=True, sort="time", limit=LOOKED_AT),
        SearchQuery(stance="deny", sort="time", limit=LOOKED_AT),
        SearchQuery(naming="anonymous", sort="time", limit=LOOKED_AT),
        SearchQuery(naming="described", sort="time", limit=LOOKED_AT),
        SearchQuery(among="statements", sort="time", limit=LOOKED_AT),
    ]
    found = {hit.id: hit for question in questions for hit in corpus.search(question)}
    many = corpus.claims(ClaimQuery(outlets=3, limit=CLAIMS))
    carried = {f"{one.article}:{one.quotation}" for kept in many for one in kept.claim.statements}
    waiting = [weighed(hit, carried=hit.id in carried) for hit in found.values() if hit.verdict is None]
    return sorted(waiting, key=lambda one: (-one.weight, one.hit.id))[:limit]


def weighed(hit: SearchHit, *, carried: bool = False) -> Due:
    """A statement with its place in the queue."""
    reasons = []
    consequence = ORDINARY
    for holds, weight, reason in (
        (bool(hit.disputed), DISPUTED, "disputed"),
        (carried, CARRIED, "carried"),
        (hit.stance == "deny", DENIAL, "denial"),
        (hit.naming in {"described", "anonymous"}, UNNAMED, "unnamed"),
        (hit.speaker is None, UNSOURCED, "unsourced"),
    ):
        if holds:
            consequence += weight
            reasons.append(reason)
    doubt = 1.0 - (hit.confidence if hit.confidence is not None else 0.5)
    return Due(hit, doubt * consequence, tuple(reasons))
