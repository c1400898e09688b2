"""Which quotations of an article stand against or for which others, with the words to show for it.

Boosted trees say how likely each pair is: by who answers whom, what both are about, order and distance, and signs of
denial in and around the quotations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from textwrap import shorten

import numpy as np

from inquit.languages import Language
from inquit.records import Quotation
from inquit.sources.answering import chances
from inquit.sources.content import forms
from inquit.sources.facing import Floats, Pairs, paired
from inquit.sources.reading import Reading
from inquit.sources.statements import Denials, Statement, statements
from inquit.sources.trees import trees

MOST_DISPUTED = 4
"""Quotations that one stands against or for, at most: 99 of 100 in the training articles have no more."""
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
LEAST_ANSWERING = 0.02
"""Chance of standing against another from which the pairs of a quotation are looked at; saves time only."""
LIKELY = 0.25
"""Probability from which a pair counts. The best F1 of disputes on the development sets as they are read; 0.2 loses two
to seven points, 0.3 one to four. To be set anew where the trees are grown anew: it is their scale."""

SURE, LEAST_LIKELY = 0.9, 0.05
"""Chance of standing against another from which a quotation without a likely pair takes its likeliest one, and from
which that counts: an outright denial denies something of the article. Costs nothing on the development sets."""

Edges = dict[int, list[tuple[int, str]]]


def related(
    text: Reading, quotations: tuple[Quotation, ...], denials: Mapping[int, Denials], language: Language
) -> tuple[Quotation, ...]:
    """The quotations with `disputes` and `supports` filled; `denials` by id."""
    if len(quotations) < 2:
        return quotations
    found = statements(text, quotations, denials, language)
    answers, is_sought = chances(found, language)
    edges: tuple[Edges, Edges] = ({}, {})
    models = trees(language, "disputing"), trees(language, "supporting")
    for facing in paired(found, answers, is_sought, least=LEAST_ANSWERING):
        for model, into in zip(models, edges, strict=True):
            sure = answers if into is edges[0] else ()
            for at in accepted(facing, model.probabilities(facing.rows), sure) if model is not None else ():
                one, two = found[facing.ones[at]], found[facing.twos[at]]
                into.setdefault(one.quotation.id, []).append((two.quotation.id, _shown(text, one, two, language)))
    return tuple(_with(quotation, *edges) for quotation in quotations)


def accepted(facing: Pairs, likely: Floats, answers: Sequence[float] = ()) -> list[int]:
    """Which pairs count: the likely ones, and the likeliest one of a quotation that surely `answers`."""
    by_one: dict[int, list[int]] = {}
    for at in np.flatnonzero(likely >= LEAST_LIKELY).tolist():
        by_one.setdefault(int(facing.ones[at]), []).append(at)
    found: list[int] = []
    for one, some in by_one.items():
        some.sort(key=lambda at: (-likely[at], at))
        enough = [at for at in some[:MOST_DISPUTED] if likely[at] >= LIKELY]
        found += enough or (some[:1] if answers and answers[one] >= SURE else [])
    return found


def _shown(text: Reading, one: Statement, two: Statement, language: Language) -> str:
    """How the other statement begins, and what speaks for the pair."""
    shared = sorted(one.content.keys() & two.content.keys(), key=lambda name: (-one.content[name], name))[:MOST_SHOWN]
    found = [STANCES[one.quotation.stance]]
    if shared:
        words = forms(text, one.quotation.quote, shared, language)
        found.append(f"both speak of {', '.join(f'“{word}”' for word in words)}")
    if not one.names.isdisjoint(two.words):
        found.append("its source is spoken of there")
    if not two.all_names.isdisjoint(one.words | one.around):
        found.append("it speaks of the other's source")
    if len(found) == 1:
        found.append("it answers what stands near it")
    begin, end = two.quotation.quote[0] if two.quotation.quote else (0, 0)
    opening = shorten(text.text[begin:end].strip('„“”"»«›‹ '), LONGEST_OPENING, placeholder=" …")
    return f"“{opening}”: {'; '.join(found)}"


def _with(quotation: Quotation, disputed: Edges, supported: Edges) -> Quotation:
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
