"""Words in quotation marks that are quotations: said words with a frame, and quoted words inside what is reported."""

from inquit.quotations.clauses import Segment, View, content_end
from inquit.quotations.cues import Found, cues
from inquit.quotations.drafts import Draft, Frame, Range
from inquit.quotations.framing import clause_frame
from inquit.quotations.phrases import apposition_end, phrase_end, subject

SENTENCE_TOKENS = 6
"""Tokens from which words in quotation marks with a verb are read as a sentence that somebody said."""


def direct(seen: View, unit: Range, parts: list[Segment], reported: list[Draft]) -> list[Draft]:
    """Direct quotations of one unit; `reported` are its other quotations."""
    drafts: list[Draft] = []
    numbers = _pairs(seen, unit)
    found = cues(seen, parts) if numbers else []
    for number in numbers:
        first, last = seen.pair_tokens[number]
        frame = _carried(drafts, first) or _frame(seen, unit, parts, found, (first, last))
        inside = [d for d in reported if any(a <= first and last <= b for a, b in d.quote)]
        if inside and (frame is None or not _is_sentence(seen, first, last)):
            if _is_quoted(seen, first, last):
                outer = min(inside, key=lambda d: d.last - d.first)
                drafts.append(Draft("Direct", ((first, last),), outer.frame, "marks in quote"))
        elif frame:
            if _is_quoted(seen, first, last) or seen.lower[first - 1] == ":":
                drafts.append(Draft("Direct", ((first, last),), frame, frame.rule))
        elif _is_whole(seen, unit, first, last):
            drafts.append(Draft("Direct", ((first, last),), Frame(), "marks alone"))
    return drafts


def _carried(drafts: list[Draft], first: int) -> Frame | None:
    """The frame between two pairs, which is that of the second too: "„…“, sagte die Ministerin, „…“"."""
    for draft in drafts[-1:]:
        after = draft.frame.ranges and draft.frame.ranges[0][0] >= draft.last
        if after and first - 1 <= draft.frame.ranges[-1][1] <= first:
            return draft.frame
    return None


def _pairs(seen: View, unit: Range) -> list[int]:
    """Numbers of the outermost pairs that begin in a unit."""
    numbers = []
    at = unit[0]
    while at < unit[1]:
        number = seen.pair_of[at]
        if number >= 0 and seen.pair_tokens[number][0] == at:
            numbers.append(number)
            at = seen.pair_tokens[number][1]
        else:
            at += 1
    return numbers


def _is_whole(seen: View, unit: Range, first: int, last: int) -> bool:
    """Whether words in quotation marks are all there is in a unit, and are a sentence."""
    rest = [at for at in range(*unit) if not first <= at < last and seen.tokens.words[at].isalnum()]
    return not rest and _is_sentence(seen, first, last)


def _inner(seen: View, first: int, last: int) -> Range:
    """The tokens between the marks of a pair, either of which may be missing."""
    pair = seen.pairs[seen.pair_of[first]]
    return first + bool(pair.mark), last - pair.closed


def _is_sentence(seen: View, first: int, last: int) -> bool:
    """Whether words in quotation marks are a sentence: they end like one, or are long and have a verb."""
    begin, end = _inner(seen, first, last)
    if begin >= end:
        return False
    if seen.lower[end - 1] in {".", "!", "?", ","}:
        return True
    if end - begin < SENTENCE_TOKENS:
        return False
    lexicon = seen.lexicon
    return seen.tokens.words[begin][0].islower() or any(
        word in lexicon.finite or word in lexicon.konjunktiv or word in lexicon.verbs for word in seen.lower[begin:end]
    )


def _is_quoted(seen: View, first: int, last: int) -> bool:
    """Whether words in quotation marks are somebody's words, and neither a title nor a name."""
    words = seen.tokens.words
    begin, end = _inner(seen, first, last)
    if _is_sentence(seen, first, last):
        return True
    if not any(words[at][0].islower() for at in range(begin, end)):
        return end - begin == 1 and seen.lower[first - 1] in seen.lexicon.group("determiners", "evaluating")
    noun_before = first > 0 and words[first - 1][0].isupper()
    return words[begin][0].islower() or not noun_before


def _frame(seen: View, unit: Range, parts: list[Segment], found: list[Found], pair: Range) -> Frame | None:
    """The frame of the words in quotation marks at the tokens `pair`, outside of them in the same unit."""
    first, last = pair
    end = content_end(seen, *unit)
    after = _frame_after(seen, (unit[0], end), found, (first, last))
    if after:
        return after
    so = _so_after(seen, last, end)
    if so:
        return so
    return _frame_before(seen, (unit[0], end), parts, found, pair)


def _frame_after(seen: View, unit: Range, found: list[Found], pair: Range) -> Frame | None:
    """Find frames like "„…“, sagte die Ministerin"."""
    first, last = pair
    end = unit[1]
    for one in found:
        gap = one.verb - last
        if 0 <= gap <= 1 and (gap == 0 or seen.lower[last] in {",", "–", "-"}):
            if gap == 0 and one.last - one.verb <= 3:
                frame = clause_frame(seen, one, ((unit[0], first), (last, end)), unit[0])
                return Frame(frame.ranges, frame.cue, frame.speaker, frame.addressee, frame.medium, "marks between")
            stop = end
            for at in range(one.last, end):
                if seen.pair_of[at] >= 0 and seen.lower[at - 1] in {",", ":", "–"}:
                    stop = at
                    break
            frame = clause_frame(seen, one, ((last, stop),), one.verb)
            return Frame(frame.ranges, frame.cue, frame.speaker, frame.addressee, frame.medium, "marks, cue")
    return None


def _so_after(seen: View, last: int, end: int) -> Frame | None:
    """Find frames like "„…“, so die Ministerin"."""
    if (
        last + 2 < end
        and seen.lower[last] == ","
        and seen.lower[last + 1] in seen.lexicon.group("attribution", "through")
    ):
        stop = phrase_end(seen, last + 2, end)
        if stop > last + 2:
            speaker = (last + 2, apposition_end(seen, stop, end))
            close = speaker[1]
            while close < end and seen.lower[close] not in {",", "."} and seen.pair_of[close] < 0:
                close += 1
            return Frame(((last, close),), ((last + 1, last + 2),), speaker, None, "Speech", "marks, so")
    return None


def _frame_before(seen: View, unit: Range, parts: list[Segment], found: list[Found], pair: Range) -> Frame | None:
    """Find frames like "Die Ministerin sagte: „…“", "nannte den Plan „…“", "Die Ministerin: „…“"."""
    first, last = pair
    earlier = [one for one in found if one.verb < first]
    main = [one for one in earlier if not _is_dependent(seen, parts, one)]
    for one in reversed(main or earlier):
        around = one.last > last
        ranges = ((unit[0], first), (last, unit[1])) if around else ((unit[0], first),)
        frame = clause_frame(seen, one, ranges, one.verb if one.verb == unit[0] else unit[0])
        rule = "marks between" if around else "cue: marks" if seen.lower[first - 1] == ":" else "cue, marks"
        return Frame(frame.ranges, frame.cue, frame.speaker, frame.addressee, frame.medium, rule)
    if first > unit[0] and seen.lower[first - 1] == ":":
        return Frame(((unit[0], first),), (), _colon_speaker(seen, unit[0], first), None, "Speech", "colon")
    return None


def _colon_speaker(seen: View, first: int, last: int) -> Range | None:
    """Who speaks after a colon without a cue verb: the subject of the clause before it, or the name alone."""
    for at in range(first, last):
        if seen.lower[at] in seen.lexicon.finite and not seen.masked[at]:
            return subject(seen, first, last, at)
    at = first
    while at < last and seen.lower[at] in seen.lexicon.group("conjunctions", "coordinate"):
        at += 1
    stop = phrase_end(seen, at, last)
    return (at, stop) if stop > at else None


def _is_dependent(seen: View, parts: list[Segment], found: Found) -> bool:
    """Whether a cue verb stands in a relative clause or another dependent clause."""
    part = next(p for p in parts if p.first <= found.verb < p.last)
    head = seen.lower[part.first]
    subordinate = head in seen.lexicon.group("conjunctions", "subordinate")
    relative = part.before == "," and head in seen.lexicon.group("pronouns", "relative")
    return (subordinate or relative) and found.verb > part.first + 1
