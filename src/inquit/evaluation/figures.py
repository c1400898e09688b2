"""The figures of an evaluation: frozen, in percent where not said otherwise."""

from dataclasses import dataclass
from typing import Literal

from inquit.records import Type

MistakeKind = Literal["missed", "spurious", "wrong span", "wrong speaker", "wrong type"]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 in percent."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationFigures:
    """How well quotations and their roles are found.

    `macro` has the published scoring (message, roles, joint, type, medium), `strict` counts only pairs with half of
    their tokens in common (quote, exact, speaker, cue, type, quote+speaker).
    """

    articles: int
    gold: int
    proposed: int
    macro: dict[str, Score]
    strict: dict[str, Score]
    recall_by_type: dict[Type, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFigures:
    """How well sources are found, over all gold quotations; `None` where the gold has nothing to count.

    `accuracy` has found, speaker, chain, chain2+, kind, naming, stance and stance_other.
    """

    gold: int
    proposed: int
    accuracy: dict[str, float | None]
    hedges: Score
    disputes: Score
    supports: Score


@dataclass(frozen=True, slots=True)
class Bin:
    """Quotations with about the same confidence: their number, mean confidence and share that is right, 0 to 1."""

    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Expected calibration error, 0 to 1, and the bins it is the weighted mean of, without the empty ones."""

    error: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake with its texts; `gold` or `read` is `None` where there is no such quotation."""

    kind: MistakeKind
    article: str
    gold: str | None
    read: str | None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of one evaluation; `chains` is `None` where the gold has no chains."""

    quotations: QuotationFigures
    chains: ChainFigures | None
    calibration: Calibration
    mistakes: tuple[Mistake, ...]


def score(precision: float, recall: float, digits: int = 2) -> Score:
    """A score from two shares between 0 and 1."""
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(round(100 * precision, digits), round(100 * recall, digits), round(100 * f1, digits))


def counted(hits: int, proposed: int, gold: int, digits: int = 2) -> Score:
    """A score from counts; nothing proposed or nothing there counts as 0."""
    return score(hits / proposed if proposed else 0.0, hits / gold if gold else 0.0, digits)
