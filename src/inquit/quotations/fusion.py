"""What the rules add to the network: candidates it may have missed, chances of spans, and roles.

The network reads what it has learnt of whole sentences, the rules read marks and clauses exactly; where both find
the same tokens, the quotation is all but certain. All functions are pure; the weights of `masses` are fitted by
`python -m training.fusion`.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from inquit.quotations.candidates import DIRECT, OUTPUTS, Floats, Ints
from inquit.quotations.drafts import Draft, Range
from inquit.records import MEDIA, TYPES

LONGEST_DRAFT = 400
"""Tokens of the longest draft that is heard; longer ones are passages in marks that somebody forgot to close."""

CLOSE = 0.4
"""Overlap (intersection over union) from which a draft says something else about the same words; see `SIGNS`."""

MATCHED = 0.6
"""Overlap above which a draft speaks of a quotation, so that its roles count. Set by hand on german-quotes/dev."""

HEARD = 0.005
"""Least probability of a candidate that the weights look at; others keep what the network says."""

OVERRULED = 0.05
"""Probability below which the network has no view of the type of a quotation, so that the rule's type counts."""

CHANCES = (0.001, 0.995)
RULE_CHANCES = (0.05, 0.97)
"""Bounds within which the log odds of the network and of a rule are taken."""

BONUS = {"cue": 0.5, "frame": 1.0, "addressee": 0.5}
"""What is added to the logit of a token that a matching draft gives a role, and taken from the others.

Set by hand on german-quotes/dev and the held-out articles, few values tried."""

SPEAKER_BONUS = 1.0
"""What is added to the logits of the first and the last token of the speaker of a matching draft; set as `BONUS`."""

NOBODY_BONUS = 0.5
"""What is added to the logits of no speaker where a matching draft has none; set as `BONUS`."""

SIGNS = (
    "always",
    "log odds of the network",
    "a rule finds exactly this",
    "log odds of that rule",
    "a rule finds about this",
    "a rule finds something that overlaps",
    "is Direct",
    "is Direct and a rule finds exactly this",
)
"""What the weights of `masses` belong to, for a candidate read as Direct or as one of the other types."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one draft of the rules says: tokens `first` to `last`, and the chance that its rule is right.

    `type` and `medium` are numbers; `roles` are half-open token ranges, without the roles that it leaves open.
    """

    first: int
    last: int
    type: int
    chance: float
    rule: str = ""
    medium: int = 0
    roles: dict[str, tuple[Range, ...]] = field(default_factory=dict)

    @property
    def direct(self) -> bool:
        """Whether the draft is a Direct quotation; those and the others are chosen apart."""
        return self.type == DIRECT


def evidence(draft: Draft, chance: float) -> Evidence:
    """A draft as evidence; `chance` is its confidence."""
    frame = draft.frame
    roles = {
        "speaker": (frame.speaker,) if frame.speaker else (),
        "cue": frame.cue,
        "frame": frame.ranges,
        "addressee": (frame.addressee,) if frame.addressee else (),
    }
    kind, medium = TYPES.index(draft.type), MEDIA.index(frame.medium)
    return Evidence(draft.first, draft.last - 1, kind, chance, draft.rule, medium, roles)


def within(known: Sequence[Evidence], low: int, high: int) -> list[Evidence]:
    """Evidence, sorted by first token, that lies in tokens `[low, high)`, counted from `low`."""
    found = []
    for at in range(bisect_left(known, low, key=lambda one: one.first), len(known)):
        if known[at].first >= high:
            break
        if known[at].last < high:
            found.append(_moved(known[at], -low))
    return found


def _moved(one: Evidence, by: int) -> Evidence:
    if not by:
        return one
    roles = {
        name: tuple((max(0, b + by), e + by) for b, e in ranges if e + by > 0) for name, ranges in one.roles.items()
    }
    return replace(one, first=one.first + by, last=one.last + by, roles=roles)


def joined(first: Ints, last: Ints, known: Sequence[Evidence]) -> tuple[Ints, Ints]:
    """The candidates (first and last tokens) and behind them the drafts that are not among them."""
    have = set(zip(first.tolist(), last.tolist(), strict=True))
    new = sorted({(one.first, one.last) for one in known} - have)
    added = np.array(new, np.int64).reshape(-1, 2)
    return np.concatenate([first, added[:, 0]]), np.concatenate([last, added[:, 1]])


def nearest(first: Ints, last: Ints, known: Sequence[Evidence]) -> tuple[Floats, Ints]:
    """For each span the largest overlap (intersection over union) with a draft, and its number or -1.

    `known` is sorted by first token. Only drafts that may overlap are compared, so time is linear in the text.
    """
    best, which = np.zeros(len(first), np.float32), np.full(len(first), -1)
    if not known or not len(first):
        return best, which
    begins, ends = np.array([one.first for one in known]), np.array([one.last for one in known])
    low = np.searchsorted(np.maximum.accumulate(ends), first)
    count = np.maximum(np.searchsorted(begins, last, "right") - low, 0)
    span = np.repeat(np.arange(len(first)), count)
    draft = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - low, count)
    common = np.minimum(ends[draft], last[span]) - np.maximum(begins[draft], first[span]) + 1
    union = np.maximum(ends[draft], last[span]) - np.minimum(begins[draft], first[span]) + 1
    overlap = (np.maximum(common, 0) / union).astype(np.float32)
    np.maximum.at(best, span, overlap)
    # Backwards, so that the first of equally near drafts is written last.
    hit = np.flatnonzero((overlap > 0) & (overlap == best[span]))[::-1]
    which[span[hit]] = draft[hit]
    return best, which


def signs(spans: tuple[Ints, Ints], mass: Floats, known: Sequence[Evidence], *, direct: bool) -> Floats:
    """[n, `SIGNS`] signs of candidates whose probability to be Direct, or of another type, is `mass`."""
    sort = [one for one in known if one.direct == direct]
    overlap, which = nearest(*spans, sort)
    exact = overlap == 1
    chances = _log_odds(np.clip(np.array([one.chance for one in sort] + [0.5]), *RULE_CHANCES))
    columns = (
        np.ones(len(mass)),
        _log_odds(np.clip(mass, *CHANCES)),
        exact,
        np.where(exact, chances[which], 0.0),
        ~exact & (overlap >= CLOSE),
        (overlap > 0) & (overlap < CLOSE),
        np.full(len(mass), direct),
        exact & direct,
    )
    return np.stack([np.asarray(column, np.float32) for column in columns], 1)


def masses(
    spans: tuple[Ints, Ints], probabilities: Floats, known: Sequence[Evidence], weights: Sequence[float]
) -> Floats:
    """Probabilities [n, 1 + types] of candidates, where the drafts of the rules have been heard."""
    fused = np.array(probabilities, np.float32)
    before = (1 - fused[:, 0] - fused[:, 1 + DIRECT], fused[:, 1 + DIRECT].copy())
    after = []
    for direct, mass in zip((False, True), before, strict=True):
        seen = signs(spans, mass, known, direct=direct)
        heard = (mass >= HEARD) | (seen[:, SIGNS.index("a rule finds exactly this")] > 0)
        score = np.clip(seen @ np.array(weights, np.float32), -30, 30)
        after.append(np.where(heard, 1 / (1 + np.exp(-score)), np.maximum(mass, 0)))
    total = np.maximum(after[0] + after[1], 1)
    other, quoted = after[0] / total, after[1] / total
    columns = [1 + kind for kind in range(len(TYPES)) if kind != DIRECT]
    fused[:, columns] *= (other / np.maximum(before[0], 1e-6))[:, None]
    _with_types_of_rules(fused, spans, (before[0], other), known)
    fused[:, 1 + DIRECT] = quoted
    fused[:, 0] = np.maximum(1 - other - quoted, 0)
    return fused


def _with_types_of_rules(
    fused: Floats, spans: tuple[Ints, Ints], other: tuple[Floats, Floats], known: Sequence[Evidence]
) -> None:
    """Give candidates that only a rule finds its type; `other` is the mass of types but Direct, before and after."""
    sort = [one for one in known if not one.direct]
    overlap, which = nearest(*spans, sort)
    for at in np.flatnonzero((overlap == 1) & (other[0] < OVERRULED)):
        kind = sort[which[at]].type
        fused[at, 1:] = 0
        fused[at, 1 + kind] = other[1][at]


def matching(
    spans: tuple[Ints, Ints], direct: npt.NDArray[np.bool_], known: Sequence[Evidence]
) -> list[Evidence | None]:
    """For each quotation the draft of its sort that speaks of it."""
    found: list[Evidence | None] = [None] * len(direct)
    for sort in (False, True):
        drafts = [one for one in known if one.direct == sort]
        overlap, which = nearest(*spans, drafts)
        for at in np.flatnonzero((direct == sort) & (overlap > MATCHED)):
            found[at] = drafts[which[at]]
    return found


def roles(logits: Floats, nobody: Floats, low: int, one: Evidence) -> tuple[Floats, Floats]:
    """Role logits of tokens from `low` on and logits of no speaker, with what the draft says added."""
    logits, nobody = logits.copy(), nobody.copy()
    n = len(logits)
    for name, bonus in BONUS.items():
        if ranges := one.roles.get(name):
            change = np.full(n, -bonus, np.float32)
            for begin, end in ranges:
                change[max(0, begin - low) : max(0, end - low)] = bonus
            logits[:, OUTPUTS.index(name)] += change
    speaker = one.roles.get("speaker")
    if not speaker:
        return logits, nobody + np.float32(NOBODY_BONUS)
    begin, end = speaker[0][0] - low, speaker[-1][1] - 1 - low
    if 0 <= begin <= end < n:
        logits[begin, OUTPUTS.index("speaker begin")] += SPEAKER_BONUS
        logits[end, OUTPUTS.index("speaker end")] += SPEAKER_BONUS
    return logits, nobody


def _log_odds(chance: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    return np.log(chance / (1 - chance))
