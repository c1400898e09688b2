"""Which quotations of an article stand against or for which others, with the words to show for it.

A pair counts by stance, order, shared word families, who answers whom and who is spoken of, in a trained classifier.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from textwrap import shorten

from inquit.languages import Language
from inquit.records import Quotation
from inquit.sources.content import Content, content, coverage, forms
from inquit.sources.lexicon import cued
from inquit.sources.reading import Reading, begin, end
from inquit.sources.weights import Classifier, classifier

BEFORE, AFTER = 30, 8
"""Quotations before and after one that it may dispute; keeps the time linear."""
CALM = 6
"""Quotations before one that nothing marks as answering, with which it is compared."""
BEGINNING = 6
"""Letters by which names and words of frames count as the same."""
DENIALS = (0.08, 0.2, 0.45, 0.75)
"""Bounds of the classes of the probability that a quotation denies or doubts."""
COVERED = (0.001, 0.12, 0.25, 0.4, 0.6)
"""Bounds of the classes of the share of content that one quotation has of another."""
SHORT_CONTENT = 14.0
"""Weight of content up to which a denial is taken to deny what was said before as a whole."""
CORE = 2
"""Number of the last paragraph of headline and lead, which say what the article is about."""
NEXT = 2
"""Quotations after one below the lead that it may dispute: "He denied it. That was what she had said"."""
FEWEST_SHARED, FARTHEST = 2, 60
"""Word families that an outright denial and what it denies have in common at least, whatever the classifier finds,
and how many quotations before it are looked at. Set by judgement, and looked at on the development sets."""
LEAST_DISPUTED = 0.1
"""Probability from which the most probable pair of a denial counts: it mostly denies something of the article."""
MOST_DISPUTED = 3
"""Quotations that one stands against or for, at most: 19 of 20 in the training articles have no more than two."""
MOST_SHOWN = 3
"""Words in common that are shown."""

LONGEST_OPENING = 48
"""Characters with which a reason names the other statement."""
STANCES: dict[str, str] = {
    "assert": "a statement",
    "confirm": "a confirmation",
    "deny": "a denial",
    "demand": "a demand",
    "commit": "an announcement",
    "doubt": "a doubt",
}
"""What is said of a quotation that stands against or for another, by its stance."""
DISPUTED, SUPPORTED = 0.3, 0.25
"""Probability from which a pair counts; set for the best F1 on held-out training articles."""


@dataclass(slots=True)
class Statement:
    """A quotation with what comparing it with others needs.

    `names` are beginnings of the words that name its source, `chain` all sources' names, `goes_on` is whether it
    continues a denial of the same source, `denial` the class of the probability that it denies.
    """

    quotation: Quotation
    number: int
    paragraph: int
    content: Content
    words: frozenset[str]
    source: str | None
    chain: tuple[str, ...]
    names: frozenset[str]
    framed: frozenset[str]
    denying: bool
    denial: int
    negated: bool
    contrast: bool
    charged: bool
    relayed: bool
    begin: int
    end: int
    goes_on: bool = False


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
    found: list[Statement] = []
    for number, quotation in enumerate(ordered):
        words = text.words(quotation.quote)
        frame = text.words(quotation.frame)
        chain = tuple(source.name for source in quotation.chain)
        one = Statement(
            quotation=quotation,
            number=number,
            paragraph=text.paragraph(begin(quotation.quote)),
            content=content(text, quotation.quote, language),
            words=frozenset(word[:BEGINNING] for word in words if word[0].isalpha()),
            source=chain[-1] if chain else None,
            chain=chain,
            names=_named(quotation),
            framed=frozenset(word[:BEGINNING] for word in frame),
            denying="deny-strong" in cued(words[:12] + frame, language),
            denial=bisect_left(DENIALS, denials.get(quotation.id, 0.0)),
            negated=not text.nouns.sets["negations"].isdisjoint(words),
            contrast=not contrast.isdisjoint(frame) or not contrast.isdisjoint(words[:8]),
            charged=not charges.isdisjoint(frame) or not charges.isdisjoint(words[:12]),
            relayed=any(source.kind == "outlet" for source in quotation.chain),
            begin=begin(quotation.quote),
            end=end(quotation.quote),
        )
        one.goes_on = any(
            two.source == one.source and (two.denial >= 3 or two.goes_on) and one.paragraph - two.paragraph <= 1
            for two in found[-2:]
        )
        found.append(one)
    return found


def _named(quotation: Quotation) -> frozenset[str]:
    """Beginnings of the words that name the source of a quotation."""
    if not quotation.chain:
        return frozenset()
    parts = [part for word in quotation.chain[-1].name.split() for part in word.strip('„“”«»"()').split("-")]
    return frozenset(part.casefold()[:BEGINNING] for part in parts if part[:1].isupper() and len(part) > 2)


def pairs(found: list[Statement]) -> list[tuple[Statement, Statement, list[str]]]:
    """Pairs that may stand against or for each other, with their features."""
    result = []
    for one in found:
        near = [found[at] for at in range(one.number - 1, max(-1, one.number - BEFORE - 1), -1)]
        later = [found[at] for at in range(one.number + 1, min(len(found), one.number + AFTER + 1))]
        if not _opposed(one):
            near, later = near[:CALM], []
        candidates = [two for two in near if _apart(one, two)]
        candidates += [two for two in later if _apart(one, two) and _may_look_ahead(one, two)]
        ranks = _ranks(one, candidates)
        result += [(one, two, _features(one, two, rank)) for two, rank in zip(candidates, ranks, strict=True)]
    return result


def _opposed(one: Statement) -> bool:
    """Whether anything in a quotation lets expect that it stands against or for another."""
    marked = one.denying or one.contrast or one.charged or one.denial > 0 or one.goes_on
    return one.quotation.stance != "assert" or marked


@dataclass(frozen=True, slots=True)
class Rank:
    """How a candidate compares with the other candidates of the same quotation.

    `shared` is the weight of what both are about, `covers` and `covered` its share of the one and the other; `place`
    is the rank by shared content, the orders count backwards: of all, of those that speak of the source, of the
    paragraph, and of those that are told by a medium or accuse.
    """

    shared: float
    covers: float
    covered: float
    place: int
    order: int
    order_spoken: int
    paragraph_order: int
    order_faced: int


def _ranks(one: Statement, candidates: Sequence[Statement]) -> list[Rank]:
    shared = [sum(value for name, value in two.content.items() if name in one.content) for two in candidates]
    places = {at: place for place, at in enumerate(sorted(range(len(shared)), key=lambda at: (-shared[at], at)))}
    ranks, order, spoken, here, faced = [], 0, 0, 0, 0
    for at, two in enumerate(candidates):
        of_it = not one.names.isdisjoint(two.words)
        may = two.denial < 3 and not two.goes_on and (two.relayed or two.charged or of_it)
        ahead = two.number > one.number
        ranks.append(
            Rank(
                shared=shared[at],
                covers=coverage(one.content, two.content),
                covered=coverage(two.content, one.content),
                place=places[at] if shared[at] else 9,
                order=-1 if ahead else order,
                order_spoken=spoken if of_it and not ahead else -1,
                paragraph_order=here if two.paragraph == one.paragraph and not ahead else -1,
                order_faced=faced if may and not ahead else -1,
            )
        )
        if two.quotation.parent is None:
            order += 1
            spoken += of_it
            here += two.paragraph == one.paragraph
            faced += may
    return ranks


def _apart(one: Statement, two: Statement) -> bool:
    """Whether the two have different sources: nobody disputes or supports himself."""
    return one.source != two.source and one.source is not None


def _may_look_ahead(one: Statement, two: Statement) -> bool:
    """Headline and lead may speak of what comes later; elsewhere only of what is inside or follows at once."""
    inside = one.begin <= two.begin and two.end <= one.end
    near = one.paragraph <= CORE or two.number - one.number <= NEXT
    return inside or (one.quotation.stance != "assert" and near)


def _features(one: Statement, two: Statement, rank: Rank) -> list[str]:
    stance = one.quotation.stance
    against = f"denial={one.denial}" if one.denial or stance in {"assert", "deny", "doubt"} else stance
    cover = f"{bisect_left(COVERED, rank.covers)}{bisect_left(COVERED, rank.covered)}"
    much = bisect_left((0.1, 4.0, 8.0, 14.0), rank.shared)
    inside = one.begin <= two.begin and two.end <= one.end
    spoken = not one.names.isdisjoint(two.words)
    answered = not two.names.isdisjoint(one.words | one.framed)
    near = min(abs(one.paragraph - two.paragraph), 3)
    short = sum(one.content.values()) < SHORT_CONTENT
    order, here = min(rank.order, 4), min(rank.paragraph_order, 3)
    place, faced = min(rank.place, 4), min(rank.order_faced, 3)
    opposed = one.negated != two.negated
    within = two.source in one.chain or one.source in two.chain
    general = [
        f"distance={_bucket(one.number - two.number)}",
        f"order={order}",
        f"here={here}",
        f"near={near}",
        f"cover={cover}",
        f"covers={bisect_left(COVERED, rank.covers)}|place={place}",
        f"covered={bisect_left(COVERED, rank.covered)}|place={place}",
        f"much={much}",
        f"place={place}|much={much}",
        f"place={place}|order={order}",
        f"inside={inside}",
        f"outside={two.begin <= one.begin and one.end <= two.end}",
        f"spoken={spoken}",
        f"spoken-order={min(rank.order_spoken, 3)}",
        f"answered={answered}",
        f"answered={answered}|order={order}",
        f"contrast={one.contrast}|order={order}",
        f"charged={one.charged}|order={order}",
        f"charged={one.charged}|relayed={two.relayed}",
        f"charged={one.charged}|accuses={two.charged}",
        f"faced={faced}|charged={one.charged}",
        f"faced={faced}|short={short}",
        f"faced={faced}|place={place}",
        f"short={short}|order={order}",
        f"short={short}|relayed={two.relayed}|core={two.paragraph <= CORE}",
        f"opposed={opposed}|much={much}",
        f"negated={one.negated}>{two.negated}|place={place}",
        f"type={one.quotation.type}>{two.quotation.type}",
        f"nested={one.quotation.parent is not None}>{two.quotation.parent is not None}",
        f"headline={one.paragraph == 0}>{two.paragraph == 0}",
        f"other={two.quotation.stance}",
        f"other-denial={two.denial}|{two.goes_on}",
        f"goes-on={one.goes_on}|order={order}",
        f"goes-on={one.goes_on}|place={place}",
        f"first={two.number < 4}",
        f"core={two.paragraph <= CORE}|place={place}",
        f"sourced={two.source is not None}",
        f"within={within}",
        f"relayed={one.relayed}>{two.relayed}",
        f"spoken={spoken}|place={place}",
        f"answered={answered}|place={place}",
        f"naming={two.quotation.chain[-1].naming if two.quotation.chain else None}|spoken={spoken}",
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
    edges: tuple[dict[int, list[tuple[int, str]]], ...] = ({}, {})
    if len(quotations) > 1:
        prepared = statements(text, quotations, denials, language)
        rows = pairs(prepared)
        limits = [("dispute", DISPUTED, LEAST_DISPUTED), ("support", SUPPORTED, SUPPORTED)]
        for (name, enough, least), found in zip(limits, edges, strict=True):
            model = classifier(language, name)
            chances = [_probability(model, features) for *_, features in rows] if model is not None else []
            for at in accepted([one for one, *_ in rows], chances, enough=enough, least=least):
                one, two, _ = rows[at]
                found.setdefault(one.quotation.id, []).append((two.quotation.id, _shown(text, one, two, language)))
        _answer_denials(text, prepared, edges[0], language)
    return tuple(_with(quotation, *edges) for quotation in quotations)


def accepted(ones: Sequence[Statement], chances: Sequence[float], *, enough: float, least: float) -> list[int]:
    """Which pairs count: those with a chance of `enough`, and the best one of each denial with a chance of `least`."""
    best: dict[int, int] = {}
    for at, one in enumerate(ones):
        if chances and one.quotation.stance == "deny" and chances[at] > chances[best.get(one.number, at)]:
            best[one.number] = at
        best.setdefault(one.number, at)
    taken: dict[int, list[int]] = {}
    for at, (one, chance) in enumerate(zip(ones, chances, strict=False)):
        if chance >= enough or (one.quotation.stance == "deny" and best[one.number] == at and chance >= least):
            taken.setdefault(one.number, []).append(at)
    return sorted(
        at for some in taken.values() for at in sorted(some, key=lambda at: (-chances[at], at))[:MOST_DISPUTED]
    )


def _answer_denials(
    text: Reading, prepared: list[Statement], disputed: dict[int, list[tuple[int, str]]], language: Language
) -> None:
    """Match an outright denial with the earlier statement that says most nearly what it denies."""
    denials = {statement.quotation.id for statement in prepared if statement.denying}
    for one in prepared:
        if one.quotation.stance != "deny" or not one.denying:
            continue
        matched = [(other, why) for other, why in disputed.get(one.quotation.id, []) if other not in denials]
        nearest = _nearest_in_content(one, prepared)
        if nearest is not None and all(other != nearest.quotation.id for other, _ in matched):
            matched.append((nearest.quotation.id, _shown(text, one, nearest, language)))
        if matched:
            disputed[one.quotation.id] = matched


def _nearest_in_content(one: Statement, prepared: list[Statement]) -> Statement | None:
    """The earlier statement of another source that has the most in common with a denial, if enough."""
    before = prepared[max(0, one.number - FARTHEST) : one.number]
    earlier = [two for two in before if _apart(one, two) and not two.denying]
    shared = [one.content.keys() & two.content.keys() for two in earlier]
    weights = [sum(one.content[name] for name in names) for names in shared]
    at = max(range(len(earlier)), key=lambda i: (len(shared[i]), weights[i]), default=None)
    return earlier[at] if at is not None and len(shared[at]) >= FEWEST_SHARED else None


def _probability(model: Classifier, features: list[str]) -> float:
    return model.probabilities(features)[model.labels.index("yes")]


def _shown(text: Reading, one: Statement, two: Statement, language: Language) -> str:
    """How the other statement begins, and what speaks for the pair."""
    shared = sorted(one.content.keys() & two.content.keys(), key=lambda name: (-one.content[name], name))[:MOST_SHOWN]
    found = [STANCES[one.quotation.stance]]
    if shared:
        words = forms(text, one.quotation.quote, shared, language)
        found.append(f"both speak of {', '.join(f'“{word}”' for word in words)}")
    if not one.names.isdisjoint(two.words):
        found.append("its source is spoken of there")
    if not two.names.isdisjoint(one.words | one.framed):
        found.append("it speaks of the other's source")
    if len(found) == 1:
        found.append("it answers what stands near it")
    begin, end = two.quotation.quote[0] if two.quotation.quote else (0, 0)
    opening = shorten(text.text[begin:end].strip('„“”"»«›‹ '), LONGEST_OPENING, placeholder=" …")
    return f"“{opening}”: {'; '.join(found)}"


def _with(
    quotation: Quotation, disputed: dict[int, list[tuple[int, str]]], supported: dict[int, list[tuple[int, str]]]
) -> Quotation:
    against, for_ = disputed.get(quotation.id, []), supported.get(quotation.id, [])
    if not against and not for_:
        return quotation
    why = [f"disputes {reason}" for _, reason in against]
    why += [f"supports {reason}" for _, reason in for_]
    return replace(
        quotation,
        disputes=tuple(sorted({other for other, _ in against})),
        supports=tuple(sorted({other for other, _ in for_} - {other for other, _ in against})),
        why=(*quotation.why, *why),
    )
