"""Quotations by rules: each unit of the text is read once, from its start to its end."""

from inquit.languages import Language
from inquit.languages.tokens import Tokens
from inquit.quotations.attributions import attributions
from inquit.quotations.clauses import View, segments, view
from inquit.quotations.direct import direct
from inquit.quotations.drafts import Draft, Frame, Range
from inquit.quotations.free import evidential, konjunktiv, merged, reported
from inquit.quotations.lexicon import lexicon
from inquit.quotations.marks import Pair
from inquit.quotations.reports import pointing, reports

MEMORY = 6
"""Units over which the last speaker is remembered for a passage without a frame."""


def drafts(tokens: Tokens, pairs: tuple[Pair, ...], language: Language) -> list[Draft]:
    """Quotations of a text in token ranges, in the order of the text."""
    seen = view(tokens, pairs, lexicon(language))
    found: list[Draft] = []
    previous: Draft | None = None
    silent = 0
    before: Range | None = None
    for unit in seen.units:
        here = _unit(seen, unit, before, previous if silent <= MEMORY else None)
        before = unit
        framed = [d for d in here if d.frame.speaker or d.frame.ranges]
        silent = 0 if framed else silent + 1
        if framed:
            previous = framed[0] if not framed[0].frame.speaker else next(d for d in framed if d.frame.speaker)
        found += here
    return merged(found)


def _unit(seen: View, unit: Range, before: Range | None, previous: Draft | None) -> list[Draft]:
    """Quotations of one unit; `previous` is the last one before it."""
    parts = segments(seen, *unit)
    if not parts:
        return []
    here = attributions(seen, unit, parts) + reports(seen, unit, parts)
    if not here:
        here = pointing(seen, unit, parts, before)
    quoted = direct(seen, unit, parts, here)
    if not here and not any(d.rule != "marks in quote" for d in quoted):
        free = reported(seen, unit, parts) or konjunktiv(seen, unit, parts, previous)
        free = free or evidential(seen, unit, parts, previous)
        if free:
            here = [free]
            quoted = [_inside(d, free) for d in direct(seen, unit, parts, here)]
    quoted = [_with_speaker(d, previous) for d in quoted]
    return sorted(here + quoted, key=lambda d: (d.first, -d.last))


def _inside(draft: Draft, outer: Draft) -> Draft:
    """Quoted words inside a quotation without a frame have its speaker and no frame either."""
    if draft.rule != "marks in quote":
        return draft
    return Draft(draft.type, draft.quote, Frame(speaker=outer.frame.speaker, medium=outer.frame.medium), draft.rule)


def _with_speaker(draft: Draft, previous: Draft | None) -> Draft:
    """Words in quotation marks that stand alone are those of the speaker before."""
    if draft.rule != "marks alone" or previous is None:
        return draft
    return Draft(draft.type, draft.quote, previous.frame, draft.rule)
