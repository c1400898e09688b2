"""Which quotations of an article stand against or for which others, with the words to show for it.

A pair counts by stance, order, shared words, who answers whom and who is spoken of, in a trained classifier.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from inquit.languages import Language
from inquit.records import Quotation
from inquit.sources.reading import Reading, begin, end
from inquit.sources.stance import cued
from inquit.sources.weights import Classifier, classifier

BEFORE, AFTER = 24, 8
"""Quotations before and after one that it may dispute; keeps the time linear."""
CALM = 6
"""Quotations before one that nothing marks as answering, with which it is compared."""
BEGINNING = 6
"""Letters by which content words count as the same."""
SHORTEST = 4
"""Letters of the shortest content word."""
DENIALS = (0.08, 0.2, 0.45, 0.75)
"""Bounds of the classes of the probability that a quotation denies or doubts."""
SHORT_CONTENT = 7
"""Content words up to which a denial is taken to deny what was said before as a whole."""
FEWEST_SHARED, FARTHEST = 3, 60
"""Content words that an outright denial and what it denies have in common at least where the classifier finds nothing,
and how many quotations before it are looked at. Set by judgement: two words are often a coincidence."""
DISPUTED, SUPPORTED = 0.23, 0.3
"""Probability from which a pair counts; set for the best F1 on held-out training articles."""


@dataclass(slots=True)
class Statement:
    """A quotation with what comparing it with others needs."""

    quotation: Quotation
    number: int
    paragraph: int
    content: frozenset[str]
    source: str | None
    names: frozenset[str]
    framed: frozenset[str]
    denying: bool
    denial: int
    negated: bool
    contrast: bool
    charged: bool
    begin: int
    end: int


@cache
def _table(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    table = language.table("source-hedges")["disputes"]
    return frozenset(table["contrast"]), frozenset(table["charges"])


def statements(
    text: Reading, quotations: tuple[Quotation, ...], denials: dict[int, float], language: Language
) -> list[Statement]:
    """The quotations in the order of the text, prepared for comparing.

    `denials` are the probabilities that a quotation denies or doubts, by id.
    """
    contrast, charges = _table(language)
    ordered = sorted(quotations, key=lambda q: (begin(q.quote), -end(q.quote), q.id))
    found = []
    for number, quotation in enumerate(ordered):
        words = text.words(quotation.quote)
        frame = text.words(quotation.frame)
        source = quotation.chain[-1].name if quotation.chain else None
        found.append(
            Statement(
                quotation=quotation,
                number=number,
                paragraph=text.paragraph(begin(quotation.quote)),
                content=frozenset(word[:BEGINNING] for word in words if len(word) >= SHORTEST and word.isalpha()),
                source=source,
                names=frozenset(part.casefold()[:BEGINNING] for part in (source or "").split() if part[:1].isupper()),
                framed=frozenset(word[:BEGINNING] for word in frame),
                denying="deny-strong" in cued(words[:12] + frame, language),
                denial=bisect_left(DENIALS, denials.get(quotation.id, 0.0)),
                negated=not text.nouns.sets["negations"].isdisjoint(words),
                contrast=not contrast.isdisjoint(frame) or not contrast.isdisjoint(words[:8]),
                charged=not charges.isdisjoint(frame) or not charges.isdisjoint(words[:12]),
                begin=begin(quotation.quote),
                end=end(quotation.quote),
            )
        )
    return found


def pairs(found: list[Statement]) -> list[tuple[Statement, Statement, list[str]]]:
    """Pairs that may stand against or for each other, with their features."""
    frequency = Counter(word for statement in found for word in statement.content)
    result = []
    for one in found:
        near = [found[at] for at in range(one.number - 1, max(-1, one.number - BEFORE - 1), -1)]
        later = [found[at] for at in range(one.number + 1, min(len(found), one.number + AFTER + 1))]
        if not _opposed(one):
            near, later = near[:CALM], []
        candidates = [two for two in near if _apart(one, two)]
        candidates += [two for two in later if _apart(one, two) and _may_look_ahead(one, two)]
        ranks = _ranks(one, candidates, frequency)
        result += [(one, two, _features(one, two, rank)) for two, rank in zip(candidates, ranks, strict=True)]
    return result


def _opposed(one: Statement) -> bool:
    """Whether anything in a quotation lets expect that it stands against or for another."""
    return one.quotation.stance != "assert" or one.denying or one.contrast or one.charged or one.denial > 0


@dataclass(frozen=True, slots=True)
class Rank:
    """How a candidate compares with the other candidates of the same quotation."""

    weight: float
    best: bool
    order: int
    order_spoken: int
    paragraph_order: int


def _ranks(one: Statement, candidates: list[Statement], frequency: Counter[str]) -> list[Rank]:
    """Shared words weighed by their rarity, and the order backwards, alone and among those that speak of the source."""
    weights = [sum(1.0 / frequency[word] for word in one.content & two.content) for two in candidates]
    top = max(weights, default=0.0)
    ranks, order, spoken, here = [], 0, 0, 0
    for two, weight in zip(candidates, weights, strict=True):
        of_it = not one.names.isdisjoint(two.content)
        ahead = two.number > one.number
        ranks.append(
            Rank(
                weight=weight,
                best=weight == top > 0,
                order=-1 if ahead else order,
                order_spoken=spoken if of_it and not ahead else -1,
                paragraph_order=here if two.paragraph == one.paragraph and not ahead else -1,
            )
        )
        if two.quotation.parent is None:
            order += 1
            spoken += of_it
            here += two.paragraph == one.paragraph
    return ranks


def _apart(one: Statement, two: Statement) -> bool:
    """Whether the two have different sources: nobody disputes or supports himself."""
    return one.source != two.source and one.source is not None


def _may_look_ahead(one: Statement, two: Statement) -> bool:
    return one.quotation.stance != "assert" or (one.begin <= two.begin and two.end <= one.end)


def _features(one: Statement, two: Statement, rank: Rank) -> list[str]:
    stance = one.quotation.stance
    against = f"denial={one.denial}" if one.denial or stance in {"assert", "deny", "doubt"} else stance
    shared = one.content & two.content
    smaller = max(1, min(len(one.content), len(two.content)))
    share = len(shared) / smaller
    strength = "0" if not shared else "1" if share < 0.15 else "2" if share < 0.35 else "3"
    rare = min(int(2 * rank.weight), 4)
    inside = one.begin <= two.begin and two.end <= one.end
    distance = _bucket(one.number - two.number)
    spoken = not one.names.isdisjoint(two.content)
    answered = not two.names.isdisjoint(one.content | one.framed)
    near = min(abs(one.paragraph - two.paragraph), 3)
    short = len(one.content) < SHORT_CONTENT
    order, here = min(rank.order, 4), min(rank.paragraph_order, 3)
    general = [
        f"distance={distance}",
        f"order={order}",
        f"here={here}",
        f"near={near}",
        f"share={strength}",
        f"rare={rare}",
        f"best={rank.best}|rare={rare}",
        f"inside={inside}",
        f"outside={two.begin <= one.begin and one.end <= two.end}",
        f"spoken={spoken}",
        f"spoken-order={min(rank.order_spoken, 3)}",
        f"answered={answered}",
        f"contrast={one.contrast}|order={order}",
        f"charged={one.charged}|order={order}",
        f"short={short}|order={order}",
        f"negated={one.negated}|rare={rare}",
        f"type={one.quotation.type}>{two.quotation.type}",
        f"nested={one.quotation.parent is not None}>{two.quotation.parent is not None}",
        f"headline={one.paragraph == 0}>{two.paragraph == 0}",
        f"other={two.quotation.stance}",
        f"first={two.number < 4}",
        f"sourced={two.source is not None}",
        f"spoken={spoken}|best={rank.best}",
        f"answered={answered}|best={rank.best}",
    ]
    return [*general, against, stance, *(f"{against}|{feature}" for feature in general)]


def _bucket(distance: int) -> str:
    if distance < 0:
        return "after"
    return str(distance) if distance < 5 else "5" if distance < 8 else "8" if distance < 14 else "14"


def related(
    text: Reading, quotations: tuple[Quotation, ...], denials: dict[int, float], language: Language
) -> tuple[Quotation, ...]:
    """The quotations with `disputes` and `supports` filled."""
    models = [(classifier(language, "dispute"), DISPUTED), (classifier(language, "support"), SUPPORTED)]
    edges: tuple[dict[int, list[tuple[int, str]]], ...] = ({}, {})
    if len(quotations) > 1:
        prepared = statements(text, quotations, denials, language)
        for one, two, features in pairs(prepared):
            for (model, least), found in zip(models, edges, strict=True):
                if model is not None and _probability(model, features) >= least:
                    found.setdefault(one.quotation.id, []).append((two.quotation.id, _shown(one, two)))
        _answer_denials(prepared, edges[0])
    return tuple(_with(quotation, *edges) for quotation in quotations)


def _answer_denials(prepared: list[Statement], disputed: dict[int, list[tuple[int, str]]]) -> None:
    """Give an outright denial that is not matched yet the earlier statement that says most nearly what it denies."""
    frequency = Counter(word for statement in prepared for word in statement.content)
    denials = {statement.quotation.id for statement in prepared if statement.denying}
    for one in prepared:
        if one.quotation.stance != "deny" or not one.denying:
            continue
        matched = [(other, why) for other, why in disputed.get(one.quotation.id, []) if other not in denials]
        if not matched:
            earlier = [
                two
                for two in prepared[max(0, one.number - FARTHEST) : one.number]
                if _apart(one, two) and not two.denying
            ]
            weights = [sum(1.0 / frequency[word] for word in one.content & two.content) for two in earlier]
            at = max(
                range(len(earlier)), key=lambda i: (len(one.content & earlier[i].content), weights[i]), default=None
            )
            if at is not None and len(one.content & earlier[at].content) >= FEWEST_SHARED:
                matched = [(earlier[at].quotation.id, _shown(one, earlier[at]))]
        if matched:
            disputed[one.quotation.id] = matched


def _probability(model: Classifier, features: list[str]) -> float:
    return model.probabilities(features)[model.labels.index("yes")]


def _shown(one: Statement, two: Statement) -> str:
    """What speaks for the pair, in words."""
    shared = sorted(one.content & two.content)[:3]
    parts: list[str] = [one.quotation.stance]
    if shared:
        parts.append(f"shared {', '.join(shared)}")
    if not one.names.isdisjoint(two.content):
        parts.append("its source is spoken of there")
    return "; ".join(parts)


def _with(
    quotation: Quotation, disputed: dict[int, list[tuple[int, str]]], supported: dict[int, list[tuple[int, str]]]
) -> Quotation:
    against, for_ = disputed.get(quotation.id, []), supported.get(quotation.id, [])
    if not against and not for_:
        return quotation
    why = [f"disputes {other}: {reason}" for other, reason in against]
    why += [f"supports {other}: {reason}" for other, reason in for_]
    return replace(
        quotation,
        disputes=tuple(sorted({other for other, _ in against})),
        supports=tuple(sorted({other for other, _ in for_} - {other for other, _ in against})),
        why=(*quotation.why, *why),
    )
