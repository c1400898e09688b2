"""The frame of a clause with a cue verb: who speaks in it, and to whom."""

from inquit.quotations.clauses import View
from inquit.quotations.cues import Found
from inquit.quotations.drafts import Frame, Range
from inquit.quotations.phrases import addressee, first_phrase, phrase_end, subject


def clause_frame(seen: View, found: Found, ranges: tuple[Range, ...], begin: int) -> Frame:
    """The frame of the clause around a cue verb; `begin` is where the segment of the verb begins."""
    first, last = ranges[0][0], ranges[-1][1]
    begin = first if begin > first and found.verb > begin else max(begin, first)
    verb, medium = found.cue.verb, found.cue.medium
    if found.passive and verb not in seen.lexicon.citing:
        told = subject(seen, begin, last, found.verb)
        return Frame(ranges, found.ranges, agent(seen, first, last), told, medium, verb)
    if verb in seen.lexicon.showing:
        return Frame(ranges, found.ranges, agent(seen, first, last, place=True), None, medium, verb)
    speaker = _clause_subject(seen, first, begin, last, found)
    if verb in seen.lexicon.citing and not found.passive and speaker:
        speaker = _cited(seen, speaker, found, last)
    told = None
    if speaker:
        told = addressee(seen, max(speaker[1], found.verb + 1), last)
    return Frame(ranges, found.ranges, speaker, told, medium, verb)


def _cited(seen: View, who: Range, found: Found, last: int) -> Range:
    """Whom the subject of a verb of citing cites, who is the speaker; the subject itself where nobody is named."""
    at = max(who[1], found.verb + 1)
    end = phrase_end(seen, at, last)
    return (at, end) if end > at else who


def _clause_subject(seen: View, first: int, begin: int, last: int, found: Found) -> Range | None:
    """Subject of the clause of a cue verb, by where its verb stands."""
    words = seen.lexicon.words["conjunctions"]
    head = _clause_begin(seen, first, found.verb)
    dependent = seen.lower[head] in words["subordinate"] or seen.lower[head] in words["question"]
    if dependent and found.verb > head:
        return first_phrase(seen, head + 1, found.verb)
    if head > first and seen.lower[head] in seen.lexicon.group("pronouns", "relative") and found.verb > head + 1:
        return head, head + 1
    if head > first and found.verb == head and seen.tokens.words[head - 1] == ",":
        # Appositions stand between subject and verb: "Die Sprecherin, Eva Muster, sagte".
        before = subject(seen, first, last, head - 1)
        if before and before[0] < head - 1:
            return before
    return subject(seen, head, last, found.verb)


def _clause_begin(seen: View, first: int, verb: int) -> int:
    """The first token of the clause whose verb is at `verb`: after the separator before it."""
    for at in range(verb - 1, first - 1, -1):
        if seen.tokens.words[at] in {",", ":", ";"} and not seen.masked[at]:
            return at + 1
    return first


def agent(seen: View, first: int, last: int, *, place: bool = False) -> Range | None:
    """The phrase with "von" in a passive clause, or where `place` is asked for the place where "es heißt"."""
    words = seen.lexicon.group("prepositions", "place" if place else "agent")
    temporal = seen.lexicon.group("temporal", "words")
    for at in range(first, last):
        if seen.lower[at] in words and not seen.masked[at]:
            end = phrase_end(seen, at + 1, last)
            timed = any(seen.lower[i] in temporal or seen.lower[i].isdigit() for i in range(at + 1, end))
            if end > at + 1 and not timed:
                return at + 1, end
    return None
