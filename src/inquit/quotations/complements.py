"""Clauses by their form: which clause says what was said, which is relative, and the mood of its verb."""

from inquit.quotations.clauses import Segment, View
from inquit.quotations.cues import Found
from inquit.quotations.phrases import phrase_end

SKIPPED_PARTS = 5
"""Parts after a cue verb among which the clause is looked for that says what was said: appositions may come first."""

LONG_INFINITIVE = 7
"""Letters above which a verb may hide its "zu" ("einzuziehen")."""


def complement(seen: View, parts: list[Segment], found: Found) -> Segment | None:
    """The first segment after the cue that says what was said."""
    for n in range(found.part + 1, min(len(parts), found.part + 1 + SKIPPED_PARTS)):
        part = parts[n]
        if is_complement(seen, part, found, direct=n == found.part + 1):
            return part
        if part.before in {":", ";"} or (has_verb(seen, part) and not is_relative(seen, part)):
            return None
    return None


def is_complement(seen: View, part: Segment, found: Found, *, direct: bool) -> bool:
    """Whether a segment is a clause that says what was said; `direct` where it follows the cue at once."""
    conjunctions = seen.lexicon.words["conjunctions"]
    at = _head(seen, part)
    if seen.lower[at] in conjunctions["complement"] or is_infinitive(seen, part):
        return True
    if direct and seen.lower[at] in conjunctions["question"] and found.cue.verb in seen.lexicon.asking:
        return True
    if part.before == ":":
        return has_verb(seen, part) and not seen.masked[part.first]
    subordinate = seen.lower[at] in conjunctions["subordinate"]
    if is_relative(seen, part) or (subordinate and not direct):
        return False
    return has_konjunktiv(seen, part) or (direct and not subordinate and _is_stated(seen, part, found, at))


def _is_stated(seen: View, part: Segment, found: Found, head: int) -> bool:
    """Whether a segment is a main clause that the cue verb may announce without a conjunction."""
    mood = second_place(seen, part)
    states = found.cue.verb in seen.lexicon.stating and not found.passive and part.first == head
    return mood == "Konjunktiv" or (states and mood == "indicative")


def _head(seen: View, part: Segment) -> int:
    """The first word of a segment after adverbs and coordinating conjunctions."""
    skipped = seen.lexicon.group("adverbs", "words") | seen.lexicon.group("conjunctions", "coordinate")
    for at in range(part.first, part.last):
        if seen.lower[at] not in skipped:
            return at
    return part.first


def complement_rule(seen: View, part: Segment) -> str:
    """The name of the rule by the form of the clause."""
    head = seen.lower[part.first]
    if head in seen.lexicon.group("conjunctions", "complement"):
        return "cue, conjunction"
    if part.before == ":":
        return "cue: clause"
    if has_konjunktiv(seen, part):
        return "cue, Konjunktiv"
    if is_infinitive(seen, part):
        return "cue, infinitive"
    return "cue, question" if head in seen.lexicon.group("conjunctions", "question") else "cue, main clause"


def has_konjunktiv(seen: View, part: Segment) -> bool:
    """Whether a segment has a form that can only be Konjunktiv."""
    konjunktiv = seen.lexicon.konjunktiv
    return any(seen.lower[at] in konjunktiv and not seen.masked[at] for at in range(part.first, part.last))


def has_verb(seen: View, part: Segment) -> bool:
    """Whether a segment has a finite verb, as far as word lists and endings tell."""
    lexicon = seen.lexicon
    for at in range(part.first, part.last):
        word = seen.lower[at]
        if seen.masked[at] or seen.tokens.words[at][0].isupper():
            continue
        if word in lexicon.finite or word in lexicon.konjunktiv or lexicon.is_finite_cue(word):
            return True
        if len(word) > 4 and word.endswith(lexicon.endings["past"]):
            return True
    return False


def is_main(seen: View, part: Segment) -> bool:
    """Whether a segment has the verb of a main clause, or begins a clause that says what was said."""
    words = seen.lexicon.words["conjunctions"]
    head = seen.lower[part.first]
    if head in words["complement"]:
        return True
    return head not in words["subordinate"] and not is_relative(seen, part) and has_verb(seen, part)


def is_relative(seen: View, part: Segment) -> bool:
    """Whether a segment is a relative clause: a pronoun, perhaps after a preposition, and the verb at the end."""
    at = part.first
    if seen.lower[at] in seen.lexicon.group("prepositions", "words"):
        at += 1
    if at >= part.last or seen.lower[at] not in seen.lexicon.group("pronouns", "relative"):
        return False
    last = part.last - 1
    while last > at and seen.lower[last] in {".", "?", "!"}:
        last -= 1
    for place in range(at + 1, last):
        word = seen.lower[place]
        if not seen.masked[place] and (word in seen.lexicon.konjunktiv or word in seen.lexicon.finite):
            return seen.lower[place + 1] in seen.lexicon.finite
    return not seen.is_name_like(last)


def is_infinitive(seen: View, part: Segment) -> bool:
    """Whether a segment ends in an infinitive with "zu" and is no clause of purpose."""
    lexicon = seen.lexicon
    if seen.lower[part.first] in lexicon.group("prepositions", "purpose"):
        return False
    marks, auxiliaries = lexicon.group("joining", "infinitive"), lexicon.group("auxiliaries", "infinitive")
    last = part.last - 1
    while last > part.first and (seen.masked[last] or seen.lower[last] == "." or seen.lower[last] in auxiliaries):
        if seen.lower[last - 1] in marks:
            return True
        last -= 1
    for at in range(max(part.first, last - 1), last + 1):
        word = seen.lower[at]
        if word in marks and at < last and seen.lower[at + 1].endswith(lexicon.endings["infinitive"]):
            return True
        hidden = len(word) > LONG_INFINITIVE and word.endswith(lexicon.endings["plural"])
        if hidden and seen.tokens.words[at][0].islower() and any(mark in word[2:-3] for mark in marks):
            return True
    return False


def second_place(seen: View, part: Segment) -> str:
    """Mood of the verb at the second place of a main clause, after one phrase: by its ending where it is unknown.

    "Konjunktiv", "indicative", or nothing where no verb stands there.
    """
    at = field_end(seen, part)
    if at == part.first or at >= part.last or seen.masked[at] or seen.is_name_like(at) or not seen.lower[at].isalpha():
        return ""
    word, group = seen.lower[at], seen.lexicon.group
    if word in seen.lexicon.konjunktiv:
        return "Konjunktiv"
    if word in seen.lexicon.finite:
        return "indicative"
    if word in group("prepositions", "words") or word in group("adverbs", "words") or len(word) < 4:
        return ""
    endings = seen.lexicon.endings
    ends_so = word.endswith(endings["konjunktiv"]) and not word.endswith(endings["past"])
    if ends_so and word not in group("determiners", "nominative"):
        return "Konjunktiv" if _follows_verb(seen, at + 1, part.last) else ""
    return "indicative" if word.endswith(endings["indicative"]) else ""


def _follows_verb(seen: View, at: int, last: int) -> bool:
    """Whether the word at `at` shows that the one before it is a verb and no adjective."""
    if at >= last or seen.is_name_like(at):
        return False
    word, group = seen.lower[at], seen.lexicon.group
    closed = word in group("determiners", "nominative") or word in group("determiners", "oblique")
    return closed or not word.endswith(seen.lexicon.endings["adjective"])


def field_end(seen: View, part: Segment) -> int:
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
    return max(at, phrase_end(seen, at, part.last))
