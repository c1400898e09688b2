"""Quotations whose frame is a phrase: "nach Angaben der Polizei", "laut …", "… zufolge", "demnach"."""

from inquit.quotations.clauses import Segment, View, content_end
from inquit.quotations.drafts import Draft, Frame, Range, subtract
from inquit.quotations.phrases import apposition_end, phrase_end
from inquit.records import Medium

LOOK_BACK = 12
"""Tokens before "zufolge" and "nach" in which their phrase is looked for."""


def attributions(seen: View, unit: Range, parts: list[Segment]) -> list[Draft]:
    """Quotations of one unit that a phrase attributes."""
    drafts = []
    end = content_end(seen, *unit)
    attributing = seen.lexicon.attributing
    for n, part in enumerate(parts):
        at = part.first
        while at < part.last:
            may = (seen.lower[at] in attributing or at == part.first) and not seen.masked[at]
            frame = _frame(seen, at, part, (unit[0], end)) if may else None
            if frame is None:
                at += 1
                continue
            scope = _scope(seen, parts, n, unit[0], end)
            if frame.rule == "relative phrase":
                scope = (frame.ranges[0][1], part.last if part.last < end else end)
            quote = subtract(scope, frame.ranges)
            quote = tuple(r for r in (_trimmed(seen, *r) for r in quote) if r[0] < r[1])
            if quote and sum(b - a for a, b in quote) >= 3:
                drafts.append(Draft("Indirect", quote, frame, frame.rule))
            at = max(at + 1, frame.ranges[-1][1])
    return drafts


def _trimmed(seen: View, first: int, last: int) -> Range:
    """A range without commas and dashes at its edges."""
    while first < last and seen.lower[first] in {",", "–", ":"}:
        first += 1
    while first < last and seen.lower[last - 1] in {",", "–", ":"}:
        last -= 1
    return first, last


def _scope(seen: View, parts: list[Segment], n: int, first: int, end: int) -> Range:
    """Tokens that the phrase in part `n` attributes: the unit, or the dependent clause that it stands in."""
    words = seen.lexicon.words["conjunctions"]
    head = seen.lower[parts[n].first]
    dependent = head in words["subordinate"] or head in seen.lexicon.group("pronouns", "relative")
    if n > 0 and dependent:
        last = parts[n].last if head in seen.lexicon.group("pronouns", "relative") else end
        return parts[n].first, min(last, end)
    return first, end


def _frame(seen: View, at: int, part: Segment, unit: Range) -> Frame | None:
    """The phrase frame whose cue is token `at`."""
    word, group = seen.lower[at], seen.lexicon.group
    if word in group("attribution", "alone"):
        return _alone(seen, at, part)
    if at == part.first and part.before == ",":
        relative = _relative(seen, at, part, unit)
        if relative:
            return relative
    if word in group("attribution", "after"):
        frame = _phrase_before(seen, at, part)
        if frame:
            return frame
    if word in group("attribution", "before"):
        return _phrase_after(seen, at, part, unit[1])
    return None


def _alone(seen: View, at: int, part: Segment) -> Frame | None:
    """Find frames like "Demnach" at the head of a clause or after its verb; "danach" only with a Konjunktiv."""
    if seen.lower[at] in seen.lexicon.group("attribution", "with_konjunktiv"):
        konjunktiv = any(seen.lower[i] in seen.lexicon.konjunktiv for i in range(at + 1, min(at + 3, part.last)))
        if not konjunktiv:
            return None
    return Frame(((at, at + 1),), ((at, at + 1),), (at, at + 1), None, "SW", "phrase alone")


def _relative(seen: View, at: int, part: Segment, unit: Range) -> Frame | None:
    """Find frames like "Pläne, nach denen …", "Berichte, wonach …", "denen zufolge …"."""
    cue = _relative_cue(seen, at, part)
    if cue is None:
        return None
    end = at + 1 if seen.lower[at] in seen.lexicon.group("attribution", "relative") else at + 2
    source = _noun_before(seen, unit[0], at - 1)
    return Frame(((unit[0], end),), ((cue, cue + 1),), source or (at, end), None, "SW", "relative phrase")


def _relative_cue(seen: View, at: int, part: Segment) -> int | None:
    """Place of the cue of a relative clause that begins at `at`."""
    group = seen.lexicon.group
    word = seen.lower[at]
    if word in group("attribution", "relative"):
        return at
    following = seen.lower[at + 1] if at + 1 < part.last else ""
    if word in group("attribution", "before") and following in group("attribution", "plural"):
        return at
    if word in group("pronouns", "relative") and following in group("attribution", "any_after"):
        return at + 1
    return None


def _noun_before(seen: View, first: int, last: int) -> Range | None:
    """The phrase that ends where a relative clause begins."""
    group = seen.lexicon.group
    determiners = group("determiners", "nominative") | group("determiners", "oblique")
    for at in range(max(first, last - LOOK_BACK), last):
        begins = seen.lower[at] in determiners or seen.is_name_like(at)
        if begins and not seen.masked[at] and phrase_end(seen, at, last) == last:
            return at, last
    return None


def _phrase_after(seen: View, at: int, part: Segment, end: int) -> Frame | None:
    """Find frames like "nach Angaben …", "laut …"."""
    last = phrase_end(seen, at + 1, part.last)
    if last <= at + 1:
        return None
    always = seen.lower[at] in seen.lexicon.group("attribution", "always")
    if not always and _attribution_noun(seen, at + 1, last) is None:
        return None
    last = max(last, apposition_end(seen, last, end))
    close = last + 1 if last < end and seen.lower[last] == "," and last > part.last else last
    medium = _medium(seen, at + 1, last)
    return Frame(((at, close),), ((at, at + 1),), (at + 1, last), None, medium, f"phrase with {seen.lower[at]}")


def _phrase_before(seen: View, at: int, part: Segment) -> Frame | None:
    """Find frames like "… zufolge", "seiner Meinung nach"."""
    group = seen.lexicon.group
    for first in range(max(part.first, at - LOOK_BACK), at):
        if seen.masked[first] or seen.lower[first] in group("prepositions", "words"):
            continue
        word = seen.lower[first]
        begins = word in group("determiners", "oblique") or word.endswith(seen.lexicon.endings["plural"])
        if (begins or seen.is_name_like(first)) and phrase_end(seen, first, at) == at:
            if seen.lower[at] not in group("attribution", "any_after") and _attribution_noun(seen, first, at) is None:
                return None
            rule = f"phrase before {seen.lower[at]}"
            return Frame(((first, at + 1),), ((at, at + 1),), (first, at), None, _medium(seen, first, at), rule)
    return None


def _attribution_noun(seen: View, first: int, last: int) -> int | None:
    """The noun in a phrase that names a statement ("Angaben", "Polizeiangaben"), before any genitive."""
    nouns = seen.lexicon.group("attribution", "nouns")
    for at in range(first, min(last, first + 6)):
        word = seen.lower[at]
        if seen.is_name_like(at) and (word in nouns or _ends_with_noun(word, nouns)):
            return at
    return None


def _ends_with_noun(word: str, nouns: frozenset[str]) -> bool:
    """Whether a compound ends in one of the nouns."""
    return len(word) > 9 and any(word[cut:] in nouns for cut in range(3, len(word) - 5))


def _medium(seen: View, first: int, last: int) -> Medium:
    """Medium by the words of the phrase."""
    thought, writing = seen.lexicon.group("attribution", "thought"), seen.lexicon.group("attribution", "writing")
    for at in range(first, min(last, first + 6)):
        word = seen.lower[at]
        if word in thought:
            return "ST"
        if word in writing or _ends_with_noun(word, writing):
            return "Writing"
        if word in seen.lexicon.group("attribution", "speech"):
            return "Speech"
    return "SW"
