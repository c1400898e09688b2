"""Quotations against gold: the published macro scoring and a strict one, side by side.

Macro: GermEval 2023 task 2 and Petersen-Frey and Biemann 2024. It assigns quotations without any overlap to each other
too, so that its `type` and `medium` can be high on nonsense; the strict scoring cannot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from inquit.evaluation.assignment import assign
from inquit.evaluation.figures import QuotationFigures, Score, counted, score
from inquit.evaluation.gold import PARTS, Scored
from inquit.records import TYPES, Type

PAIRED = 0.5
"""Token overlap (F1) from which two quotations are the same one, by the definition of the strict scoring."""

SAME_SPAN = 0.8
"""Token overlap (F1) from which the quote itself is right, by the definition of the strict scoring."""

_ROLES = PARTS[1:]
_NOTHING: dict[str, tuple[int, ...]] = dict.fromkeys(PARTS, ())


@dataclass(frozen=True, slots=True)
class Matched:
    """The quotations of one article: read and gold, and which read one is assigned to which gold one, as numbers."""

    read: Sequence[Scored]
    gold: Sequence[Scored]
    pairs: Sequence[tuple[int, int]]


def overlap(some: Sequence[int], others: Sequence[int]) -> float:
    """F1 of two sets of tokens, 0 to 1."""
    both = len(set(some) & set(others))
    return 2 * both / (len(some) + len(others)) if both else 0.0


def match(read: Sequence[Scored], gold: Sequence[Scored]) -> Matched:
    """The assignment of read to gold quotations with the highest overlap; type and medium break ties."""
    if not read or not gold:
        return Matched(read, gold, ())
    scores = []
    for one in gold:
        row = []
        for other in read:
            common = overlap(one.tokens["quote"], other.tokens["quote"])
            labels = 0.01 * (one.type == other.type) + 0.001 * (one.medium == other.medium)
            row.append(common + (labels if common > 0 else 0))
        scores.append(row)
    return Matched(read, gold, [(column, row) for row, column in assign(scores)])


def is_found(read: Scored, gold: Scored) -> bool:
    """Whether a pair counts in the strict scoring."""
    return overlap(read.tokens["quote"], gold.tokens["quote"]) >= PAIRED


def has_span(read: Scored, gold: Scored) -> bool:
    """Whether the quote of a pair is right."""
    return overlap(read.tokens["quote"], gold.tokens["quote"]) >= SAME_SPAN


def has_role(read: Scored, gold: Scored, role: str) -> bool:
    """Whether a role of a pair is right: at least half in common, or on both sides nothing."""
    some, others = read.tokens[role], gold.tokens[role]
    return overlap(some, others) >= PAIRED or not (some or others)


def is_right(read: Scored, gold: Scored) -> bool:
    """Whether quote, speaker and type of a pair are right: what `confidence` is the probability of."""
    return has_span(read, gold) and has_role(read, gold, "speaker") and read.type == gold.type


def quotation_figures(matched: Sequence[Matched]) -> QuotationFigures:
    """The figures over all articles."""
    strict, recall = _strict(matched)
    return QuotationFigures(
        articles=len(matched),
        gold=sum(len(one.gold) for one in matched),
        proposed=sum(len(one.read) for one in matched),
        macro=_macro(matched),
        strict=strict,
        recall_by_type=recall,
    )


def _macro(matched: Sequence[Matched]) -> dict[str, Score]:
    """Precision and recall averaged over quotations and roles, F1 of the averages."""
    precision: dict[str, list[float]] = {part: [] for part in PARTS}
    recall: dict[str, list[float]] = {part: [] for part in PARTS}
    labels = {"type": [0, 0, 0], "medium": [0, 0, 0]}
    for one in matched:
        for read, gold in _all_pairs(one):
            _add_parts(read, gold, precision, recall)
            for name, counts in labels.items():
                ours, theirs = getattr(read, name), getattr(gold, name)
                counts[0] += ours == theirs
                counts[1] += ours == theirs or ours is not None
                counts[2] += ours == theirs or theirs is not None
    out = {
        "message": score(_mean([precision["quote"]]), _mean([recall["quote"]])),
        "roles": score(_mean([precision[role] for role in _ROLES]), _mean([recall[role] for role in _ROLES])),
        "joint": score(_mean(list(precision.values())), _mean(list(recall.values()))),
    }
    return out | {name: counted(*counts) for name, counts in labels.items()}


def _all_pairs(one: Matched) -> list[tuple[Scored, Scored]]:
    """The pairs of an article, then what is left over on either side against nothing."""
    nothing = Scored(None, None, _NOTHING)
    pairs = [(one.read[j], one.gold[i]) for j, i in one.pairs]
    ours, theirs = {j for j, _ in one.pairs}, {i for _, i in one.pairs}
    pairs += [(read, nothing) for j, read in enumerate(one.read) if j not in ours]
    pairs += [(nothing, gold) for i, gold in enumerate(one.gold) if i not in theirs]
    return pairs


def _add_parts(read: Scored, gold: Scored, precision: dict[str, list[float]], recall: dict[str, list[float]]) -> None:
    """Add the precision and recall of each part that is there."""
    for part in PARTS:
        ours, theirs = set(read.tokens[part]), set(gold.tokens[part])
        if ours:
            precision[part].append(len(ours & theirs) / len(ours))
        if theirs:
            recall[part].append(len(ours & theirs) / len(theirs))


def _mean(lists: list[list[float]]) -> float:
    """Mean over all values of all lists."""
    flat = [value for values in lists for value in values]
    return sum(flat) / len(flat) if flat else 0.0


def _strict(matched: Sequence[Matched]) -> tuple[dict[str, Score], dict[Type, float]]:
    """Micro figures over quotations, and the recall of each type."""
    proposed = sum(len(one.read) for one in matched)
    total = sum(len(one.gold) for one in matched)
    hits = dict.fromkeys(("quote", "exact", "speaker", "cue", "type", "quote+speaker"), 0)
    by_type: dict[Type, list[int]] = {type_: [0, 0] for type_ in TYPES}
    for one in matched:
        for gold in one.gold:
            if gold.type:
                by_type[gold.type][1] += 1
        for j, i in one.pairs:
            read, gold = one.read[j], one.gold[i]
            if not is_found(read, gold):
                continue
            if gold.type:
                by_type[gold.type][0] += 1
            speaker = has_role(read, gold, "speaker")
            hits["quote"] += 1
            hits["exact"] += read.tokens["quote"] == gold.tokens["quote"]
            hits["speaker"] += speaker
            hits["quote+speaker"] += speaker and has_span(read, gold)
            hits["cue"] += has_role(read, gold, "cue")
            hits["type"] += read.type == gold.type
    recall = {type_: round(100 * found / there, 1) for type_, (found, there) in by_type.items() if there}
    return {name: counted(n, proposed, total) for name, n in hits.items()}, recall
