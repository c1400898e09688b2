"""Quotations by rules: each unit of the text is read once, from its start to its end."""

from dataclasses import dataclass, replace

from inquit.languages import Language
from inquit.languages.tokens import Tokens
from inquit.quotations.attributions import attributions
from inquit.quotations.clauses import View, segments, view
from inquit.quotations.direct import direct
from inquit.quotations.drafts import Draft, Frame, Range
from inquit.quotations.free import evidential, konjunktiv, mentioned, merged, reported
from inquit.quotations.lexicon import lexicon
from inquit.quotations.marks import Pair
from inquit.quotations.nouns import nouns
from inquit.quotations.reports import pointing, reports

MEMORY = 6
"""Units without a quotation over which the last speaker is remembered for a passage in the Konjunktiv I.

Set on german-quotes/train, where the precision of such passages falls below one half after it."""

NEAR = 1
"""The same for the Konjunktiv II, which is no reported speech by itself; set on the same data."""

MIDDLE = 3
"""The same for evidential "sollen"; set on the same data."""


@dataclass(slots=True)
class Memory:
    """What is remembered from unit to unit: the unit before, the last speaker, and how long ago that was.

    `quoted` says that the last speaker was that of a quotation and not only named with a verb of saying.
    """

    before: Range | None = None
    speaker: Draft | None = None
    silent: int = 0
    quoted: bool = False

    def within(self, units: int, *, quoted: bool = False) -> Draft | None:
        """The last quotation with a speaker, if it is at most that many units ago."""
        known = self.silent <= units and (self.quoted or not quoted)
        return self.speaker if known else None


def drafts(tokens: Tokens, pairs: tuple[Pair, ...], language: Language) -> list[Draft]:
    """Quotations of a text in token ranges, in the order of the text."""
    seen = view(tokens, pairs, lexicon(language))
    memory = Memory()
    found: list[Draft] = []
    for unit in seen.units:
        here = _unit(seen, unit, memory)
        _remember(seen, unit, here, memory)
        found += here
    return merged(_over_paragraphs(seen, found))


def _over_paragraphs(seen: View, found: list[Draft]) -> list[Draft]:
    """The drafts, where words in quotation marks that go on in the next paragraph are one quotation."""
    at_pair = {d.first: d for d in found if d.type == "Direct"}
    replaced: set[int] = set()
    joined: list[Draft] = []
    for row in _rows(seen):
        pieces = [at_pair[first] for first, _ in row if first in at_pair]
        missing = not seen.pairs[seen.pair_of[row[-1][0]]].closed
        if pieces and (len(row) > 1 or missing):
            framed = next((d for d in pieces if d.frame.ranges), pieces[0])
            joined.append(replace(framed, quote=tuple(row), unclosed=missing))
            replaced.update(id(d) for d in pieces)
    return sorted((d for d in [*found, *joined] if id(d) not in replaced), key=lambda d: (d.first, -d.last))


def _rows(seen: View) -> list[list[Range]]:
    """The pairs of quotation marks, as rows of tokens of those that carry each other on."""
    rows: list[list[Range]] = []
    for pair, tokens in zip(seen.pairs, seen.pair_tokens, strict=True):
        if pair.continues and rows:
            rows[-1].append(tokens)
        else:
            rows.append([tokens])
    return rows


def _remember(seen: View, unit: Range, here: list[Draft], memory: Memory) -> None:
    """Note who spoke in a unit."""
    memory.before = unit
    framed = [d for d in here if d.frame.speaker or d.frame.ranges]
    memory.silent += 1
    if framed:
        memory.speaker = next((d for d in framed if d.frame.speaker), framed[0])
        memory.silent, memory.quoted = 0, True
    elif not here:
        named = mentioned(seen, unit)
        if named:
            memory.speaker, memory.silent, memory.quoted = named, 0, False


def _unit(seen: View, unit: Range, memory: Memory) -> list[Draft]:
    """Quotations of one unit."""
    parts = segments(seen, *unit)
    if not parts:
        return []
    here = attributions(seen, unit, parts) + reports(seen, unit, parts)
    here += nouns(seen, unit, parts, here)
    if not here:
        here = pointing(seen, unit, parts, memory.before)
    quoted = direct(seen, unit, parts, here)
    if not here and not any(d.rule != "marks in quote" for d in quoted):
        free = (
            reported(seen, unit, parts)
            or konjunktiv(seen, unit, parts, memory.within(MEMORY), memory.within(NEAR, quoted=True))
            or evidential(seen, unit, parts, memory.within(MIDDLE, quoted=True))
        )
        if free:
            here = [free]
            quoted = [_inside(d, free) for d in direct(seen, unit, parts, here)]
    quoted = [_with_speaker(d, memory.within(MEMORY)) for d in quoted]
    return sorted(here + quoted, key=lambda d: (d.first, -d.last))


def _inside(draft: Draft, outer: Draft) -> Draft:
    """Quoted words inside a quotation without a frame have its speaker and no frame either."""
    if draft.rule != "marks in quote":
        return draft
    return Draft(draft.type, draft.quote, Frame(speaker=outer.frame.speaker, medium=outer.frame.medium), draft.rule)


def _with_speaker(draft: Draft, previous: Draft | None) -> Draft:
    """Words in quotation marks that stand alone, or after a colon without a name, are those of the speaker before."""
    if previous is None:
        return draft
    if draft.rule == "marks alone":
        return replace(draft, frame=previous.frame)
    if draft.rule == "colon" and draft.frame.speaker is None:
        return replace(draft, frame=replace(draft.frame, speaker=previous.frame.speaker))
    return draft
