"""Quotations whose frame is a clause with a cue verb: before, after or inside what is said."""

from inquit.quotations.clauses import Segment, View, content_end
from inquit.quotations.cues import PASSIVE, Found, cues
from inquit.quotations.drafts import Draft, Frame, Range
from inquit.quotations.phrases import addressee, apposition_end, first_phrase, phrase_end, subject

NOUN_REACH = 6
"""Tokens from the end of a clause in which a noun may stand that announces the next clause."""

SKIPPED_PARTS = 4
"""Appositions and relative clauses that may stand between a cue verb and the clause that says what was said."""


def reports(seen: View, unit: Range, parts: list[Segment]) -> list[Draft]:
    """Quotations of one unit with a cue verb in their frame; words in quotation marks are left to `direct`."""
    end = content_end(seen, *unit)
    drafts: list[Draft] = []
    taken = -1
    for found in cues(seen, parts):
        if parts[found.part].first < taken:
            continue
        draft = _report(seen, unit[0], end, parts, found)
        if draft:
            drafts.append(draft)
            if draft.frame.ranges[0][0] < draft.first:
                taken = draft.last
    drafts += _so_frames(seen, unit[0], end, parts)
    drafts += _noun_frames(seen, unit[0], end, parts, drafts)
    return drafts


def _report(seen: View, first: int, end: int, parts: list[Segment], found: Found) -> Draft | None:
    """The quotation that one cue verb announces."""
    part = parts[found.part]
    head = _clause_head(seen, parts, found)
    if seen.lower[head.first] == "wie":
        return _as_clause(seen, (first, end), parts, found, head)
    before = _quote_before(seen, first, parts, found)
    if before:
        return _after_quote(seen, first, end, parts, found)
    complement = _complement(seen, parts, found)
    if complement is not None:
        begin = complement.first
        last = _quote_end(seen, parts, complement, end)
        frame = _clause_frame(seen, found, ((first, begin),), part, head)
        if _only_marks(seen, begin, last):
            return None
        return Draft("Indirect", ((begin, last),), frame, _complement_rule(seen, complement))
    return None


def pointing(seen: View, unit: Range, parts: list[Segment], before: Range | None) -> list[Draft]:
    """Find frames like "Das bestätigte die Ministerin", after the unit `before` that says what was said."""
    found = next(iter(cues(seen, parts[:2])), None)
    if before is None or found is None or found.verb != unit[0] + 1 or found.cue.medium == "ST":
        return []
    if seen.lower[unit[0]] not in seen.lexicon.group("pronouns", "pointing"):
        return []
    end = content_end(seen, *unit)
    frame = clause_frame(seen, found, ((unit[0], end),), unit[0])
    speaker = subject(seen, found.verb, end, found.verb) if not found.passive else frame.speaker
    if found.cue.verb in seen.lexicon.showing:
        speaker = _agent(seen, found.verb, end, place=True)
    if speaker is None:
        return []
    quote = (before[0], content_end(seen, *before))
    frame = Frame(frame.ranges, frame.cue, speaker, None, frame.medium, "das")
    return [Draft("Indirect", (quote,), frame, "das")]


def _clause_head(seen: View, parts: list[Segment], found: Found) -> Segment:
    """The segment in which the clause of the cue verb begins: before its appositions and relative clauses."""
    place = next(n for n, part in enumerate(parts) if part.first <= found.verb < part.last)
    part = parts[place]
    verb_first = found.verb == part.first
    if place and verb_first and parts[place - 1].after == ",":
        for earlier in range(place - 1, max(-1, place - 4), -1):
            if seen.lower[parts[earlier].first] == "wie":
                return parts[earlier]
    if place and found.verb == part.last - 1:
        for earlier in range(place - 1, max(-1, place - 4), -1):
            if seen.lower[parts[earlier].first] == "wie":
                return parts[earlier]
    return part


def _quote_before(seen: View, first: int, parts: list[Segment], found: Found) -> bool:
    """Whether what is said stands before the clause of the cue: the verb comes first and a whole clause precedes."""
    place = next(n for n, part in enumerate(parts) if part.first <= found.verb < part.last)
    part = parts[place]
    if place == 0 or part.before not in {",", "–", "-"}:
        return False
    pointing = seen.lower[part.first] in {"das", "dies"} and found.verb == part.first + 1
    if found.verb != part.first and not pointing:
        return False
    if not found.passive and subject(seen, found.verb, part.last, found.verb) is None and found.cue.verb != "heißen":
        return False
    if seen.lower[parts[0].first] in seen.lexicon.group("conjunctions", "subordinate") and place == 1:
        return seen.lower[parts[0].first] in seen.lexicon.group("conjunctions", "complement")
    return any(_is_main(seen, p) for p in parts[:place]) or any(seen.pair_of[p.first] >= 0 for p in parts[:place])


def _is_main(seen: View, part: Segment) -> bool:
    """Whether a segment has the verb of a main clause, or begins a clause that says what was said."""
    words = seen.lexicon.words["conjunctions"]
    head = seen.lower[part.first]
    if head in words["complement"]:
        return True
    return head not in words["subordinate"] and not _is_relative(seen, part) and _has_verb(seen, part)


def _has_verb(seen: View, part: Segment) -> bool:
    """Whether a segment has a finite verb, as far as word lists and endings tell."""
    finite, konjunktiv = seen.lexicon.finite, seen.lexicon.konjunktiv
    for at in range(part.first, part.last):
        word = seen.lower[at]
        if seen.masked[at] or seen.tokens.words[at][0].isupper():
            continue
        if word in finite or word in konjunktiv or (len(word) > 4 and word.endswith(("te", "ten"))):
            return True
        if any(cue.finite for cue in seen.lexicon.verbs.get(word, ())):
            return True
    return False


def _after_quote(seen: View, first: int, end: int, parts: list[Segment], found: Found) -> Draft | None:
    """What is said, then the clause of the cue verb, and perhaps more of what is said."""
    part = parts[next(n for n, p in enumerate(parts) if p.first <= found.verb < p.last)]
    frame = _clause_frame(seen, found, ((part.first - 1, end),), part, part)
    if _only_marks(seen, first, part.first - 1):
        return None
    return Draft("Indirect", ((first, part.first - 1),), frame, "quote, cue")


def _as_clause(seen: View, whole: Range, parts: list[Segment], found: Found, head: Segment) -> Draft | None:
    """Find frames like "Wie … mitteilte, …", "…, wie … mitteilte"."""
    if found.cue.medium == "ST" and not found.passive:
        return None
    first, end = whole
    place = parts.index(head)
    last_part = max(found.part, place)
    close = parts[last_part].last
    spoken = first_phrase(seen, head.first + 1, close)
    begin = head.first if place == 0 else head.first - 1
    after = min(end, close + 1)
    quote = tuple(r for r in ((first, begin), (after, end)) if r[1] - r[0] >= 2)
    if not quote:
        return None
    cue = ((head.first, head.first + 1), *found.ranges)
    who = _agent(seen, head.first, close) if found.passive else spoken
    frame = Frame(((begin, min(after, end)),), cue, who, None, found.cue.medium, "wie")
    return Draft("Indirect", quote, frame, "wie")


def _so_frames(seen: View, first: int, end: int, parts: list[Segment]) -> list[Draft]:
    """Find frames like "…, so die Ministerin"."""
    drafts = []
    for n, part in enumerate(parts):
        if n == 0 or seen.lower[part.first] not in seen.lexicon.group("attribution", "through") or part.before != ",":
            continue
        stop = phrase_end(seen, part.first + 1, part.last)
        if stop <= part.first + 1 or _has_verb(seen, part):
            continue
        speaker = (part.first + 1, apposition_end(seen, stop, end))
        last = max(part.last, speaker[1])
        if n + 2 < len(parts) or (n + 1 < len(parts) and parts[n + 1].last < end):
            last = min(last, end)
        after = min(end, last + 1)
        quote = tuple(r for r in ((first, part.first - 1), (after, end)) if r[1] - r[0] >= 2)
        frame = Frame(((part.first - 1, after),), ((part.first, part.first + 1),), speaker, None, "Speech", "so")
        if quote and not all(_only_marks(seen, *r) for r in quote):
            drafts.append(Draft("Indirect", quote, frame, "so"))
    return drafts


def _noun_frames(seen: View, first: int, end: int, parts: list[Segment], known: list[Draft]) -> list[Draft]:
    """Find frames like "die Behauptung, dass …", "er vertritt die Ansicht, …"."""
    drafts = []
    for n in range(len(parts) - 1):
        part, following = parts[n], parts[n + 1]
        noun = _noun_cue(seen, part)
        if noun is None or following.before != "," or not _is_noun_clause(seen, following):
            continue
        if any(d.first <= following.first < d.last or d.frame.ranges[0][0] == following.first for d in known):
            continue
        close = _noun_quote_end(seen, parts, n, end)
        frame = _noun_frame(seen, first, part, noun, ((first, following.first), (close, end)) if close < end else ((first, following.first),))
        drafts.append(Draft("Indirect", ((following.first, close),), frame, "noun"))
    return drafts


def _noun_cue(seen: View, part: Segment) -> int | None:
    """The noun at the end of a segment that announces what was said, before its attributes."""
    for at in range(part.last - 1, max(part.first, part.last - NOUN_REACH) - 1, -1):
        if seen.lower[at] in seen.lexicon.nouns and seen.tokens.words[at][0].isupper() and not seen.masked[at]:
            return at
    return None


def _is_noun_clause(seen: View, part: Segment) -> bool:
    """Whether a segment says what the noun before it announces, and is no relative clause."""
    if seen.lower[part.first] in seen.lexicon.group("conjunctions", "complement") or _is_infinitive(seen, part):
        return True
    return second_place(seen, part) == "Konjunktiv" and not _is_relative(seen, part)


def _noun_quote_end(seen: View, parts: list[Segment], n: int, end: int) -> int:
    """End of the quote: where the clause of the noun goes on with its verb, else the end of the unit."""
    if any(_has_finite(seen, part) for part in parts[: n + 1]):
        return end
    for part in parts[n + 2 :]:
        if seen.lower[part.first] in seen.lexicon.finite or any(c.finite for c in seen.lexicon.verbs.get(seen.lower[part.first], ())):
            return part.first - 1
    return end


def _has_finite(seen: View, part: Segment) -> bool:
    """Whether a segment has the verb of a main clause."""
    return not _is_relative(seen, part) and _has_verb(seen, part)


def _noun_frame(seen: View, first: int, part: Segment, noun: int, ranges: tuple[Range, ...]) -> Frame:
    """The frame around a noun: who says it stands after the noun, or is the subject of its clause."""
    group = seen.lexicon.group
    begin = noun
    determiners = group("determiners", "nominative") | group("determiners", "oblique")
    while begin > part.first and noun - begin < 3 and seen.lower[begin - 1] in determiners:
        begin -= 1
    cue: tuple[Range, ...] = ((begin, noun + 1),)
    medium = seen.lexicon.nouns[seen.lower[noun]]
    following = seen.lower[noun + 1] if noun + 1 < part.last else ""
    if following in group("determiners", "genitive") or following in group("prepositions", "agent"):
        at = noun + 2 if following in group("prepositions", "agent") else noun + 1
        stop = phrase_end(seen, at, part.last)
        if stop > at:
            return Frame(ranges, cue, (at, stop), None, medium, "noun")
    verb = next((at for at in range(part.first, noun) if seen.lower[at] in seen.lexicon.finite or seen.lower[at] in seen.lexicon.verbs), None)
    if verb is None:
        return Frame(ranges, cue, None, None, medium, "noun")
    who = subject(seen, part.first, part.last, verb)
    if who and who[0] <= noun < who[1]:
        who = None
    return Frame(ranges, ((verb, verb + 1), *cue) if verb < begin else cue, who, None, medium, "noun")


def _complement(seen: View, parts: list[Segment], found: Found) -> Segment | None:
    """The first segment after the cue that says what was said."""
    for n in range(found.part + 1, min(len(parts), found.part + 2 + SKIPPED_PARTS)):
        part = parts[n]
        if _is_complement(seen, part, found, direct=n == found.part + 1):
            return part
        if part.before in {":", ";"}:
            return None
        if not (_is_relative(seen, part) or not _has_verb(seen, part)):
            return None
    return None


def _is_complement(seen: View, part: Segment, found: Found, *, direct: bool) -> bool:
    """Whether a segment is a clause that says what was said; `direct` where it follows the cue at once."""
    conjunctions = seen.lexicon.words["conjunctions"]
    asked = found.cue.verb in seen.lexicon.asking
    at = part.first
    while at < part.last and seen.lower[at] in seen.lexicon.group("adverbs", "words") | conjunctions["coordinate"]:
        at += 1
    at = part.first if at >= part.last else at
    if seen.lower[at] in conjunctions["complement"] or (direct and asked and seen.lower[at] in conjunctions["question"]):
        return True
    if _is_infinitive(seen, part):
        return True
    if part.before == ":":
        return _has_verb(seen, part) and not seen.masked[part.first]
    relative = _is_relative(seen, part)
    konjunktiv = any(
        seen.lower[i] in seen.lexicon.konjunktiv and not seen.masked[i] for i in range(part.first, part.last)
    )
    if konjunktiv and not relative:
        return seen.lower[at] not in conjunctions["subordinate"] or direct
    if second_place(seen, part) == "Konjunktiv":
        return direct and not relative
    stated = direct and found.cue.verb in seen.lexicon.stating and not found.passive
    return stated and not relative and part.first == at and second_place(seen, part) == "indicative"


def second_place(seen: View, part: Segment) -> str:
    """Mood of the verb at the second place of a main clause, after one phrase: by its ending where it is unknown."""
    at = _field_end(seen, part)
    if at == part.first or at >= part.last or seen.masked[at] or seen.is_name_like(at) or not seen.lower[at].isalpha():
        return ""
    word, group = seen.lower[at], seen.lexicon.group
    if word in seen.lexicon.konjunktiv:
        return "Konjunktiv"
    if word in group("prepositions", "words") or word in group("adverbs", "words") or len(word) < 4:
        return "indicative" if word in seen.lexicon.finite else ""
    if word in seen.lexicon.finite:
        return "indicative"
    if word.endswith("e") and not word.endswith("te") and word not in group("determiners", "nominative"):
        inside = at + 1 < part.last and not seen.is_name_like(at + 1)
        following = seen.lower[at + 1] if inside else ""
        closed = following in group("determiners", "nominative") or following in group("determiners", "oblique")
        adjective = following.endswith(("e", "en", "er", "es")) and not closed
        return "Konjunktiv" if inside and not adjective else ""
    return "indicative" if word.endswith(("t", "te", "ten", "en")) else ""


def _field_end(seen: View, part: Segment) -> int:
    """End of the one phrase, adverb or row of prepositional phrases before the verb of a main clause."""
    prepositions = seen.lexicon.group("prepositions", "words")
    adverbs = seen.lexicon.group("adverbs", "words")
    at = part.first
    while at < part.last and seen.lower[at] in adverbs:
        at += 1
    while at < part.last and seen.lower[at] in prepositions:
        following = phrase_end(seen, at + 1, part.last)
        if following == at + 1:
            return part.first
        at = following
    if at >= part.last or (at > part.first and seen.lower[at] in seen.lexicon.konjunktiv | seen.lexicon.finite):
        return at
    end = phrase_end(seen, at, part.last)
    return end if end > at else at


def _is_infinitive(seen: View, part: Segment) -> bool:
    """Whether a segment ends in an infinitive with `zu` and is no clause of purpose."""
    if seen.lower[part.first] in {"um", "ohne", "statt", "anstatt"}:
        return False
    last = part.last - 1
    while last > part.first and (
        seen.masked[last] or seen.lower[last] in {".", "haben", "sein", "werden", "können", "lassen"}
    ):
        if last > part.first and seen.lower[last - 1] == "zu":
            return True
        last -= 1
    for at in range(max(part.first, last - 1), last + 1):
        if seen.lower[at] == "zu" and at < last and seen.lower[at + 1].endswith("n"):
            return True
        word = seen.lower[at]
        if word.endswith("en") and "zu" in word[2:-3] and seen.tokens.words[at][0].islower() and len(word) > 7:
            return True
    return False


def _is_relative(seen: View, part: Segment) -> bool:
    """Whether a segment is a relative clause: a pronoun, perhaps after a preposition, and the verb at the end."""
    relative = seen.lexicon.group("pronouns", "relative")
    at = part.first
    if seen.lower[at] in seen.lexicon.group("prepositions", "words"):
        at += 1
    if at >= part.last or seen.lower[at] not in relative:
        return False
    last = part.last - 1
    while last > at and seen.lower[last] in {".", "?", "!"}:
        last -= 1
    for place in range(at + 1, last):
        word = seen.lower[place]
        if not seen.masked[place] and (word in seen.lexicon.konjunktiv or word in seen.lexicon.finite):
            return seen.lower[place + 1] in seen.lexicon.finite
    return not seen.is_name_like(last)


def _quote_end(seen: View, parts: list[Segment], complement: Segment, end: int) -> int:
    """End of the quote: the end of the unit, or where the clause of the frame goes on."""
    for part in parts:
        if part.first <= complement.first:
            continue
        head = seen.lower[part.first]
        if part.before == ";":
            return part.first - 1
        if head == "wie" and any(
            cue.finite and cue.medium != "ST"
            for i in range(max(part.first, part.last - 2), part.last)
            for cue in seen.lexicon.verbs.get(seen.lower[i], ())
        ):
            return part.first - 1
        if head in {"und", "aber", "doch"} and part.first + 1 < part.last:
            following = seen.lower[part.first + 1]
            cues_ = seen.lexicon.verbs.get(following, ())
            if any(cue.finite for cue in cues_) and following not in seen.lexicon.konjunktiv:
                return part.first - 1
    return end


def _complement_rule(seen: View, part: Segment) -> str:
    """The name of the rule by the form of the clause."""
    head = seen.lower[part.first]
    if head in seen.lexicon.group("conjunctions", "complement"):
        return "cue, dass"
    if part.before == ":":
        return "cue: clause"
    if any(seen.lower[i] in seen.lexicon.konjunktiv for i in range(part.first, part.last)):
        return "cue, Konjunktiv"
    if _is_infinitive(seen, part):
        return "cue, infinitive"
    if head in seen.lexicon.group("conjunctions", "question"):
        return "cue, question"
    return "cue, main clause"


def _only_marks(seen: View, first: int, last: int) -> bool:
    """Whether a range holds nothing but words in quotation marks."""
    return first < last and all(seen.pair_of[at] >= 0 or seen.lower[at] in {",", ".", "–"} for at in range(first, last))


def _clause_frame(seen: View, found: Found, ranges: tuple[Range, ...], part: Segment, head: Segment) -> Frame:
    """The frame of a clause with its speaker and its addressee."""
    return clause_frame(seen, found, ranges, min(part.first, head.first))


def clause_frame(seen: View, found: Found, ranges: tuple[Range, ...], begin: int) -> Frame:
    """The frame of the clause around a cue verb; `begin` is where the segment of the verb begins."""
    first, last = ranges[0][0], ranges[-1][1]
    begin = first if begin > first and found.verb > begin else max(begin, first)
    passive = found.passive
    if found.cue.verb == "heißen" or passive:
        speaker = _agent(seen, first, last, place=found.cue.verb == "heißen")
        passive_zitiert = found.cue.verb == "zitieren" and passive
        to = subject(seen, begin, last, found.verb) if passive and not passive_zitiert else None
        if passive_zitiert:
            speaker = subject(seen, begin, last, found.verb) or speaker
        return Frame(ranges, found.ranges, speaker, to, found.cue.medium, found.cue.verb)
    speaker = _clause_subject(seen, first, begin, last, found)
    if found.cue.verb == "zitieren" and speaker:
        quoted = phrase_end(seen, max(speaker[1], found.verb + 1), last)
        if quoted > max(speaker[1], found.verb + 1):
            speaker = (max(speaker[1], found.verb + 1), quoted)
    to = None
    if speaker and speaker[0] < found.verb:
        to = addressee(seen, found.verb + 1, last)
    elif speaker:
        to = addressee(seen, speaker[1], last)
    return Frame(ranges, found.ranges, speaker, to, found.cue.medium, found.cue.verb)


def _clause_subject(seen: View, first: int, begin: int, last: int, found: Found) -> Range | None:
    """Subject of the clause of a cue verb, by where its verb stands."""
    words = seen.lexicon.words["conjunctions"]
    head = begin
    for at in range(found.verb - 1, first - 1, -1):
        if seen.tokens.words[at] in {",", ":", ";"} and not seen.masked[at]:
            head = at + 1
            break
    else:
        head = first
    dependent = seen.lower[head] in words["subordinate"] or seen.lower[head] in words["question"]
    if dependent and found.verb > head:
        return first_phrase(seen, head + 1, found.verb)
    if head > first and seen.lower[head] in seen.lexicon.group("pronouns", "relative") and found.verb > head + 1:
        return head, head + 1
    if head > first and found.verb == head:
        # Appositions stand between subject and verb: "Die Sprecherin, Eva Muster, sagte".
        before = subject(seen, first, last, head - 1) if seen.tokens.words[head - 1] == "," else None
        if before and before[0] < head - 1:
            return before
    return subject(seen, head, last, found.verb)


def _agent(seen: View, first: int, last: int, *, place: bool = False) -> Range | None:
    """The phrase with "von" in a passive clause, or where `place` is asked for the place where "es heißt"."""
    words = seen.lexicon.group("prepositions", "place" if place else "agent")
    for at in range(first, last):
        if seen.lower[at] in words and not seen.masked[at]:
            end = phrase_end(seen, at + 1, last)
            temporal = seen.lexicon.group("temporal", "words")
            if end > at + 1 and not any(
                seen.lower[i] in temporal or seen.lower[i].isdigit() for i in range(at + 1, end)
            ):
                return at + 1, end
    return None


__all__ = ["PASSIVE", "clause_frame", "reports"]
