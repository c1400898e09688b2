"""Quotations whose frame is a clause with a cue verb: before, after or inside what is said."""

from inquit.quotations.clauses import Segment, View, content_end
from inquit.quotations.complements import complement, complement_rule, has_verb, is_main
from inquit.quotations.cues import Found, cues
from inquit.quotations.drafts import Draft, Frame, Range
from inquit.quotations.framing import agent, clause_frame
from inquit.quotations.phrases import apposition_end, first_phrase, phrase_end, subject

APPOSITIONS = 3
"""Parts back from the verb in which "wie" may begin its clause: "wie die Sprecherin, Eva Muster, sagte"."""

SHORTEST_QUOTE = 2
"""Tokens that a part of a quote has at least; a shorter one is left over from a frame."""


def reports(seen: View, unit: Range, parts: list[Segment]) -> list[Draft]:
    """Quotations of one unit with a cue verb in their frame; words in quotation marks are left to `direct`."""
    whole = (unit[0], content_end(seen, *unit))
    drafts: list[Draft] = []
    taken = -1
    for found in cues(seen, parts):
        if parts[found.part].first < taken:
            continue
        draft = _report(seen, whole, parts, found)
        if draft:
            drafts.append(draft)
            if draft.frame.ranges[0][0] < draft.first:
                taken = draft.last
    return drafts + _so_phrases(seen, whole, parts)


def pointing(seen: View, unit: Range, parts: list[Segment], before: Range | None) -> list[Draft]:
    """Find frames like "Das bestätigte die Ministerin", after the unit `before` that says what was said."""
    found = next(iter(cues(seen, parts[:2])), None)
    if before is None or found is None or found.verb != unit[0] + 1 or found.cue.medium == "ST":
        return []
    if seen.lower[unit[0]] not in seen.lexicon.group("pronouns", "pointing"):
        return []
    end = content_end(seen, *unit)
    frame = clause_frame(seen, found, ((unit[0], end),), unit[0])
    speaker = frame.speaker if found.passive else subject(seen, found.verb, end, found.verb)
    if found.cue.verb in seen.lexicon.showing:
        speaker = agent(seen, found.verb, end, place=True)
    if speaker is None:
        return []
    frame = Frame(frame.ranges, frame.cue, speaker, None, frame.medium, "pointing")
    return [Draft("Indirect", ((before[0], content_end(seen, *before)),), frame, "pointing")]


def _report(seen: View, whole: Range, parts: list[Segment], found: Found) -> Draft | None:
    """The quotation that one cue verb announces."""
    part = _part_of(parts, found.verb)
    as_clause = _as_head(seen, parts, found)
    if as_clause is not None:
        return _as_clause(seen, whole, parts, found, as_clause)
    if _quote_before(seen, parts, found):
        return _after_quote(seen, whole, parts, found)
    said = complement(seen, parts, found)
    if said is None:
        return None
    last = _quote_end(seen, parts, said, whole[1])
    if only_marks(seen, said.first, last):
        return None
    frame = clause_frame(seen, found, ((whole[0], said.first),), part.first)
    return Draft("Indirect", ((said.first, last),), frame, complement_rule(seen, said))


def _part_of(parts: list[Segment], at: int) -> Segment:
    """The segment with the token `at`."""
    return next(part for part in parts if part.first <= at < part.last)


def _as_head(seen: View, parts: list[Segment], found: Found) -> int | None:
    """Number of the segment in which a clause with "wie" begins that ends with the cue verb."""
    opening = seen.lexicon.group("conjunctions", "as")
    place = parts.index(_part_of(parts, found.verb))
    part = parts[place]
    if seen.lower[part.first] in opening:
        return place
    if place and (found.verb == part.first or found.verb == part.last - 1):
        for earlier in range(place - 1, max(-1, place - 1 - APPOSITIONS), -1):
            if seen.lower[parts[earlier].first] in opening:
                return earlier
    return None


def _quote_before(seen: View, parts: list[Segment], found: Found) -> bool:
    """Whether what is said stands before the clause of the cue: the verb comes first and a whole clause precedes."""
    part = _part_of(parts, found.verb)
    place = parts.index(part)
    if place == 0 or part.before not in {",", "–", "-"}:
        return False
    pointing_back = seen.lower[part.first] in seen.lexicon.group("pronouns", "neuter")
    if found.verb != part.first and not (pointing_back and found.verb == part.first + 1):
        return False
    subjectless = found.passive or found.cue.verb in seen.lexicon.showing
    if not subjectless and subject(seen, found.verb, part.last, found.verb) is None:
        return False
    words = seen.lexicon.words["conjunctions"]
    if seen.lower[parts[0].first] in words["subordinate"] and place == 1:
        return seen.lower[parts[0].first] in words["complement"]
    return any(is_main(seen, one) or seen.pair_of[one.first] >= 0 for one in parts[:place])


def _after_quote(seen: View, whole: Range, parts: list[Segment], found: Found) -> Draft | None:
    """What is said, then the clause of the cue verb."""
    part = _part_of(parts, found.verb)
    quote = (whole[0], part.first - 1)
    if only_marks(seen, *quote):
        return None
    frame = clause_frame(seen, found, ((part.first - 1, whole[1]),), part.first)
    return Draft("Indirect", (quote,), frame, "quote, cue")


def _as_clause(seen: View, whole: Range, parts: list[Segment], found: Found, place: int) -> Draft | None:
    """Find frames like "Wie … mitteilte, …" and "…, wie … mitteilte"."""
    if found.cue.medium == "ST" and not found.passive:
        return None
    head = parts[place]
    close = parts[max(found.part, place)].last
    begin = head.first if place == 0 else head.first - 1
    after = min(whole[1], close + 1)
    quote = _long_enough((whole[0], begin), (after, whole[1]))
    if not quote:
        return None
    who = agent(seen, head.first, close) if found.passive else first_phrase(seen, head.first + 1, close)
    cue = ((head.first, head.first + 1), *found.ranges)
    frame = Frame(((begin, after),), cue, who, None, found.cue.medium, "as clause")
    return Draft("Indirect", quote, frame, "as clause")


def _so_phrases(seen: View, whole: Range, parts: list[Segment]) -> list[Draft]:
    """Find frames like "…, so die Ministerin"."""
    drafts = []
    opening = seen.lexicon.group("attribution", "through")
    for part in parts[1:]:
        if seen.lower[part.first] not in opening or part.before != ",":
            continue
        stop = phrase_end(seen, part.first + 1, part.last)
        if stop <= part.first + 1 or has_verb(seen, part):
            continue
        speaker = (part.first + 1, apposition_end(seen, stop, whole[1]))
        after = min(whole[1], max(part.last, speaker[1]) + 1)
        quote = _long_enough((whole[0], part.first - 1), (after, whole[1]))
        frame = Frame(((part.first - 1, after),), ((part.first, part.first + 1),), speaker, None, "Speech", "so phrase")
        if quote and not all(only_marks(seen, *one) for one in quote):
            drafts.append(Draft("Indirect", quote, frame, "so phrase"))
    return drafts


def _long_enough(*ranges: Range) -> tuple[Range, ...]:
    """The ranges that are long enough for a part of a quote."""
    return tuple((first, last) for first, last in ranges if last - first >= SHORTEST_QUOTE)


def _quote_end(seen: View, parts: list[Segment], said: Segment, end: int) -> int:
    """End of the quote: the end of the unit, or where the clause of the frame goes on."""
    return next((part.first - 1 for part in parts if part.first > said.first and _ends_quote(seen, part)), end)


def _ends_quote(seen: View, part: Segment) -> bool:
    """Whether the frame goes on in a segment: after a semicolon, with another "wie … mitteilte", "und forderte"."""
    words, lexicon = seen.lexicon.words["conjunctions"], seen.lexicon
    head = seen.lower[part.first]
    if part.before == ";":
        return True
    if head in words["as"]:
        final = [seen.lower[at] for at in range(max(part.first, part.last - 2), part.last)]
        return any(cue.finite and cue.medium != "ST" for word in final for cue in lexicon.verbs.get(word, ()))
    if head in words["continuing"] and part.first + 1 < part.last:
        following = seen.lower[part.first + 1]
        return lexicon.is_finite_cue(following) and following not in lexicon.konjunktiv
    return False


def only_marks(seen: View, first: int, last: int) -> bool:
    """Whether a range holds nothing but words in quotation marks."""
    return first < last and all(seen.pair_of[at] >= 0 or seen.lower[at] in {",", ".", "–"} for at in range(first, last))
