"""Which statements of a story deny what others say: by their words, by what stands beside them, and by whom they face.

Whether "there was no call" is a denial shows only beside the statement that there was one. So the stance that the
reader of a single article gives is one sign among others here.
"""

from collections.abc import Hashable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from inquit.languages import Language
from inquit.records import Span
from inquit.stories.affinity import FEATURES, Affinity
from inquit.stories.identity import Identity, speaks_for_body
from inquit.stories.relations import outer_positions, primary_node
from inquit.stories.statements import Unit
from inquit.stories.wording import sentence, words_of

DENIAL_FEATURES = (
    "the reader says so",
    "the reader says confirm",
    "the reader says demand or commit",
    "the reader says doubt",
    "disputes in its ledger",
    "negates",
    "rejects in its words",
    "rejects beside it",
    "rejected in the sentence before",
    "a neighbour of the same source denies",
    "through an outlet",
    "a named source",
    "of an unnamed source",
    "takes up another",
    "speaks for a body",
    "covers a statement of another source",
    "like a statement of another source",
    "covers it and negates",
    "covers it and rejects",
    "like a denial elsewhere",
    "the first of its article",
)

LIKE, COVER = FEATURES.index("product of rare"), FEATURES.index("larger coverage by words rare in the story")
"""The features by which two statements are alike here: both have the telling words of the other, or one has."""


def denial_features(
    units: Sequence[Unit], pairs: Affinity, identity: Identity, language: Language
) -> NDArray[np.float64]:
    """One row of `DENIAL_FEATURES`, 0 to 1 each, for each unit of a story."""
    return _features(units, _signs(units, language), pairs, identity, language)


Signs = NDArray[np.bool_]
"""For each unit whether it negates, and whether words that reject stand in it, beside it and before it."""


def _signs(units: Sequence[Unit], language: Language) -> Signs:
    rejecting = _which_reject([text for unit in units for text in (unit.text, *beside(unit))], language)
    negates = np.array([unit.negates for unit in units], bool)
    return np.column_stack([negates, np.array(rejecting, bool).reshape(-1, 3)])


def _features(
    units: Sequence[Unit], signs: Signs, pairs: Affinity, identity: Identity, language: Language
) -> NDArray[np.float64]:
    alike = unit_likeness(len(units), pairs, LIKE)
    roots = [identity.root(node) if (node := primary_node(unit)) is not None else None for unit in units]
    stance = [unit.quotation.stance for unit in units]
    negates, inside, beside_it, before = signs.T
    denial = np.array([one == "deny" for one in stance], bool)
    neighbours = _neighbours(units, roots)
    numbers = _numbered([root if root is not None else i for i, root in enumerate(roots)])
    other = numbers[:, None] != numbers[None, :]
    faced = other & ~(negates | denial | inside)[None, :]
    cover = _most(unit_likeness(len(units), pairs, COVER) * faced)
    articles = _numbered([unit.article.id for unit in units])
    elsewhere = articles[:, None] != articles[None, :]
    columns = [
        denial,
        [one == "confirm" for one in stance],
        [one in {"demand", "commit"} for one in stance],
        [one == "doubt" for one in stance],
        [bool(unit.quotation.disputes) for unit in units],
        negates,
        inside,
        beside_it,
        before & ~beside_it,
        [any(denial[j] or beside_it[j] or inside[j] for j in neighbours[i]) for i in range(len(units))],
        [any(source.kind == "outlet" for source in unit.quotation.chain) for unit in units],
        [unit.quotation.chain[-1:] != () and unit.quotation.chain[-1].naming == "named" for unit in units],
        [unit.quotation.chain[-1:] != () and unit.quotation.chain[-1].naming == "anonymous" for unit in units],
        [unit.takes_up for unit in units],
        [_speaks_for_body(unit, language) for unit in units],
        cover,
        _most(alike * faced),
        cover * negates,
        cover * (inside | beside_it | before),
        _most(alike * (elsewhere & (denial | beside_it)[None, :])),
        [unit.position == 0 for unit in units],
    ]
    return np.array(columns, np.float64).T.reshape(len(units), len(DENIAL_FEATURES))


def _speaks_for_body(unit: Unit, language: Language) -> bool:
    last = unit.quotation.chain[-1:]
    return bool(last) and (last[0].kind == "organization" or speaks_for_body(last[0].name, language))


def denying(
    units: Sequence[Unit], pairs: Affinity, identity: Identity, language: Language, *, least: float = 0.0
) -> NDArray[np.float64]:
    """The probability of each unit that it denies what another statement of the story says.

    0 for all where none reaches `least` because nobody in the story rejects or negates anything.
    """
    weights = language.table("claim-weights")["denying"]
    signs = _signs(units, language)
    said = any(unit.quotation.stance == "deny" or unit.quotation.disputes for unit in units)
    if not said and not signs.any() and _most_without_signs(language) < least:
        return np.zeros(len(units))
    values = _features(units, signs, pairs, identity, language)
    scores = values @ np.array([weights[name] for name in DENIAL_FEATURES]) + weights["bias"]
    result: NDArray[np.float64] = 1 / (1 + np.exp(-scores))
    return result


@cache
def _most_without_signs(language: Language) -> float:
    """The highest probability of a unit in a story where nobody rejects or negates anything."""
    weights = language.table("claim-weights")["denying"]
    score = weights["bias"] + sum(max(0.0, weights[name]) for name in WITHOUT_SIGNS)
    return float(1 / (1 + np.exp(-score)))


WITHOUT_SIGNS = (
    "the reader says confirm",
    "the reader says demand or commit",
    "the reader says doubt",
    "through an outlet",
    "a named source",
    "of an unnamed source",
    "takes up another",
    "speaks for a body",
    "covers a statement of another source",
    "like a statement of another source",
    "the first of its article",
)
"""The features that may be there where no statement rejects or negates and the reader says of none that it denies."""


def unit_likeness(count: int, pairs: Affinity, feature: int) -> NDArray[np.float64]:
    """`[i, j]`: the highest value of a feature between the parts of two units; 0 for a unit with itself."""
    highest = np.zeros((count, count))
    if len(pairs.owners):
        there, starts = np.unique(pairs.owners, return_index=True)
        rows = np.maximum.reduceat(pairs.values[feature], starts, axis=0)
        highest[np.ix_(there, there)] = np.maximum.reduceat(rows, starts, axis=1)
    np.fill_diagonal(highest, 0.0)
    return highest


def _numbered(names: Sequence[Hashable]) -> NDArray[np.int64]:
    """Each name as a number, equal ones as the same."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], np.int64)


def _most(values: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = values.max(axis=1, initial=0.0)
    return result


def _neighbours(units: Sequence[Unit], roots: Sequence[object]) -> list[list[int]]:
    """The statements of the same source just before and after each statement, and those around and inside it."""
    outer = outer_positions(units)
    places: dict[tuple[str, int], list[int]] = {}
    for i, unit in enumerate(units):
        places.setdefault((unit.article.id, outer[i]), []).append(i)
    return [
        [
            j
            for step in (-1, 0, 1)
            for j in places.get((unit.article.id, outer[i] + step), ())
            if j != i and roots[j] == roots[i]
        ]
        for i, unit in enumerate(units)
    ]


def beside(unit: Unit) -> tuple[str, str]:
    """The words of a statement's sentence that are not its own, and the sentence before."""
    text, quote = unit.article.text, unit.quotation.quote
    begin, end = sentence(text, Span(quote[0].begin, quote[-1].end))
    own, at = [], begin
    for piece in quote:
        own.append(text[at : piece.begin])
        at = max(at, piece.end)
    previous = sentence(text, Span(max(0, begin - 2), max(0, begin - 1))).begin if begin > 1 else begin
    return " ".join([*own, text[at:end]]), text[previous:begin]


@cache
def _cues(language: Language) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Beginnings of words, each after a blank: those that reject alone, and those of which all have to stand there."""
    listed = language.table("stance-cues")["deny"]
    extra = language.table("story-words")["rejects"]
    cues = [tuple(f" {part}" for part in cue.split("+")) for cue in [*listed["strong"], *extra] if " " not in cue]
    return tuple(cue[0] for cue in cues if len(cue) == 1), tuple(cue for cue in cues if len(cue) > 1)


def _which_reject(texts: Sequence[str], language: Language) -> list[bool]:
    """Whether words that reject what was said stand in each text; most texts have none, so many are asked at once."""
    if not texts or not _rejects(" ".join(texts), language):
        return [False] * len(texts)
    if len(texts) == 1:
        return [True]
    middle = len(texts) // 2
    return [*_which_reject(texts[:middle], language), *_which_reject(texts[middle:], language)]


def _rejects(text: str, language: Language) -> bool:
    # A word begins with a part where the part follows a blank: one search instead of a look at each word.
    words = " " + " ".join(words_of(text))
    alone, together = _cues(language)
    if [cue for cue in alone if cue in words]:
        return True
    begun = [others for first, *others in together if first in words]
    return any(all(part in words for part in others) for others in begun)
