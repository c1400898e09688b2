"""How likely a statement is to stand against another one, and how likely another one is to stand against it.

Two log-linear classifiers over the features of the stance, the words around, and the statements near by.
"""

from bisect import bisect_left
from collections.abc import Sequence

from inquit.languages import Language
from inquit.sources.content import coverage
from inquit.sources.statements import Statement
from inquit.sources.weights import Classifier, classifier

BEFORE, AFTER = 30, 12
"""Statements before and after one that it may stand against; keeps the time linear."""
NEXT = 4
"""Statements after one that may deny it at once."""
DENIALS = (0.03, 0.08, 0.2, 0.45, 0.75)
"""Bounds of the classes of the probability that a statement denies or doubts."""
COVERED = (0.001, 0.12, 0.25, 0.4, 0.6)
"""Bounds of the classes of the share of content that another statement has."""


def contenders(found: Sequence[Statement], one: Statement) -> list[Statement]:
    """The statements of other sources near enough to be disputed: nobody disputes himself."""
    if one.source is None:
        return []
    near = found[max(0, one.number - BEFORE) : one.number + AFTER + 1]
    return [two for two in near if two is not one and two.source != one.source]


def answering(found: Sequence[Statement], one: Statement) -> list[str]:
    """Features that tell whether a statement stands against another."""
    others = contenders(found, one)
    quotation, kind = one.quotation, one.quotation.chain[-1].kind if one.quotation.chain else ""
    denial = f"denial={bisect_left(DENIALS, one.denial)}"
    share, opposed = max(
        ((coverage(one.content, two.content), one.negated != two.negated) for two in others), default=(0.0, False)
    )
    accused = [two for two in others if not one.names.isdisjoint(two.words)]
    just_before = [two for two in others if one.number - 2 <= two.number < one.number]
    signs = [f"{place}{sign}" for place, sign in zip("qfrb", one.signs, strict=True)]
    special = [
        *signs,
        *(f"takes={name}" for name in one.takes_up),
        f"contrast={one.contrast}",
        f"near={bisect_left(DENIALS, one.near_denial)}",
        f"before={bisect_left(DENIALS, one.denial_before)}",
        f"kind={kind}",
        f"naming={quotation.chain[-1].naming if quotation.chain else ''}",
        f"relayed={_relayed(one)}",
        f"type={quotation.type}|{quotation.parent is not None}",
        f"paragraph={min(one.paragraph, 2)}",
        f"cover={bisect_left(COVERED, share)}|{opposed}",
        f"accused={any(two.number < one.number for two in accused)}",
        f"accused-of={any('accuses' in two.takes_up for two in accused)}",
        f"accuses-before={any('accuses' in two.takes_up for two in just_before)}",
        f"alone={not others}",
    ]
    negated = f"negated={one.negated}"
    return [
        *one.features,
        *(f"around={word}" for word in sorted(one.around)),
        denial,
        negated,
        *special,
        *(f"{denial}|{feature}" for feature in special),
        *(f"{negated}|{feature}" for feature in special),
    ]


def sought(found: Sequence[Statement], one: Statement) -> list[str]:
    """Features that tell whether another statement stands against this one."""
    quotation = one.quotation
    others = [two for two in found[max(0, one.number - BEFORE) : one.number + BEFORE] if two.source != one.source]
    later = [two.denial for two in others if one.number < two.number <= one.number + NEXT]
    return [
        *one.features,
        *(f"around={word}" for word in sorted(one.around)),
        f"accuses={'accuses' in one.takes_up}",
        f"hedged={bool(quotation.hedges)}",
        f"naming={quotation.chain[-1].naming if quotation.chain else ''}",
        f"kind={quotation.chain[-1].kind if quotation.chain else ''}",
        f"relayed={_relayed(one)}",
        f"links={min(len(quotation.chain), 3)}",
        f"denial={bisect_left(DENIALS, one.denial)}",
        f"paragraph={min(one.paragraph, 4)}",
        f"number={min(one.number, 5)}",
        f"nested={quotation.parent is not None}",
        f"stance={quotation.stance}",
        f"denied-next={bisect_left(DENIALS, max(later, default=0.0))}",
        f"spoken-of={any(not two.names.isdisjoint(one.words) for two in others)}",
        f"denied={any(two.denial > 0.2 and not one.all_names.isdisjoint(two.words | two.around) for two in others)}",
    ]


def _relayed(one: Statement) -> bool:
    return any(source.kind == "outlet" for source in one.quotation.chain)


def likely(model: Classifier | None, features: list[str]) -> float:
    """Probability of `yes`; of no model a half."""
    return model.probabilities(features)[model.labels.index("yes")] if model is not None else 0.5


def chances(found: Sequence[Statement], language: Language) -> tuple[list[float], list[float]]:
    """The probabilities of each statement that it stands against another, and that another stands against it."""
    against, for_ = classifier(language, "answering"), classifier(language, "sought")
    return [likely(against, answering(found, one)) for one in found], [
        likely(for_, sought(found, one)) for one in found
    ]
