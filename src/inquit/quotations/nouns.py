"""Quotations that a noun announces: "die Behauptung, dass …", "er vertritt die Ansicht, …"."""

from inquit.quotations.clauses import Segment, View, content_end
from inquit.quotations.complements import field_end, has_verb, is_infinitive, is_relative, second_place
from inquit.quotations.drafts import Draft, Frame, Range
from inquit.quotations.phrases import phrase_end, subject

NOUN_REACH = 6
"""Tokens from the end of a clause in which a noun may stand that announces the next clause."""

DETERMINER_REACH = 3
"""Tokens before a noun that may belong to it as a cue: its article, "keine", "seine"."""


def nouns(seen: View, unit: Range, parts: list[Segment], known: list[Draft]) -> list[Draft]:
    """Quotations of one unit that a noun announces and no other rule has found."""
    drafts = []
    first, end = unit[0], content_end(seen, *unit)
    for n in range(len(parts) - 1):
        part, following = parts[n], parts[n + 1]
        noun = _noun(seen, part)
        if noun is None or following.before != "," or not _is_announced(seen, following):
            continue
        if any(one.first <= following.first < one.last for one in known):
            continue
        close = _quote_end(seen, parts, n, end)
        ranges: tuple[Range, ...] = ((first, following.first),)
        if close < end:
            ranges = (*ranges, (close, end))
        drafts.append(Draft("Indirect", ((following.first, close),), _frame(seen, part, noun, ranges), "noun"))
    return drafts


def _noun(seen: View, part: Segment) -> int | None:
    """The noun at the end of a segment that announces what was said, before its attributes."""
    for at in range(part.last - 1, max(part.first, part.last - NOUN_REACH) - 1, -1):
        if seen.lower[at] in seen.lexicon.nouns and seen.tokens.words[at][0].isupper() and not seen.masked[at]:
            return at
    return None


def _is_announced(seen: View, part: Segment) -> bool:
    """Whether a segment says what the noun before it announces, and is no relative clause."""
    if seen.lower[part.first] in seen.lexicon.group("conjunctions", "complement") or is_infinitive(seen, part):
        return True
    return second_place(seen, part) == "Konjunktiv" and not is_relative(seen, part)


def _quote_end(seen: View, parts: list[Segment], n: int, end: int) -> int:
    """End of the quote: where the clause of the noun goes on with its verb, else the end of the unit."""
    if any(not is_relative(seen, part) and has_verb(seen, part) for part in parts[: n + 1]):
        return end
    for part in parts[n + 2 :]:
        word = seen.lower[part.first]
        if word in seen.lexicon.finite or seen.lexicon.is_finite_cue(word):
            return part.first - 1
    return end


def _frame(seen: View, part: Segment, noun: int, ranges: tuple[Range, ...]) -> Frame:
    """The frame around a noun: who says it stands after the noun, or is the subject of its clause."""
    group = seen.lexicon.group
    determiners = group("determiners", "nominative") | group("determiners", "oblique")
    begin = noun
    while begin > part.first and noun - begin < DETERMINER_REACH and seen.lower[begin - 1] in determiners:
        begin -= 1
    cue: tuple[Range, ...] = ((begin, noun + 1),)
    medium = seen.lexicon.nouns[seen.lower[noun]]
    owner = _owner(seen, noun + 1, part.last)
    if owner:
        return Frame(ranges, cue, owner, None, medium, "noun")
    verb = next((at for at in range(part.first, noun) if _is_verb(seen, at)), field_end(seen, part))
    if not part.first < verb < noun:
        return Frame(ranges, cue, None, None, medium, "noun")
    who = subject(seen, part.first, part.last, verb)
    who = None if who and who[0] <= noun < who[1] else who
    cue = ((verb, verb + 1), *cue) if verb < begin else cue
    return Frame(ranges, cue, who, None, medium, "noun")


def _owner(seen: View, at: int, last: int) -> Range | None:
    """The genitive or the phrase with "von" after a noun: whose claim it is."""
    agents = seen.lexicon.group("prepositions", "agent")
    if at >= last or (
        seen.lower[at] not in seen.lexicon.group("determiners", "genitive") and seen.lower[at] not in agents
    ):
        return None
    begin = at + 1 if seen.lower[at] in agents else at
    end = phrase_end(seen, begin, last)
    return (begin, end) if end > begin else None


def _is_verb(seen: View, at: int) -> bool:
    """Whether a token is a known verb form."""
    return seen.lower[at] in seen.lexicon.finite or seen.lower[at] in seen.lexicon.verbs
