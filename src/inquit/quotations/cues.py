"""Cue verbs in a clause: the finite verb with its particle, or the auxiliary with its participle."""

from dataclasses import dataclass

from inquit.quotations.clauses import Segment, View
from inquit.quotations.drafts import Range
from inquit.quotations.lexicon import Cue

PARTICIPLE_REACH = 3
"""Tokens from the end of a clause in which its participle stands: auxiliaries and a full stop may follow."""

PARTICLE_REACH = 4
"""Tokens from the end of a clause in which a particle may stand when another phrase follows it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A cue verb: `verb` is the place of the finite verb, `ranges` are the tokens of the cue, `part` its segment."""

    cue: Cue
    verb: int
    ranges: tuple[Range, ...]
    part: int
    passive: bool
    last: int


def cues(seen: View, parts: list[Segment]) -> list[Found]:
    """The cue verbs of a unit, or of its first segments, one a segment at most, in order."""
    if not parts:
        return []
    key = parts[0].first, len(parts)
    if key not in seen.remembered:
        found = [_cue(seen, parts, n, part) for n, part in enumerate(parts)]
        seen.remembered[key] = [one for one in found if one]
    return seen.remembered[key]


def _cue(seen: View, parts: list[Segment], n: int, part: Segment) -> Found | None:
    """The cue verb of one segment: the first finite form that is complete, else a participle with its auxiliary."""
    verbs = seen.lexicon.verbs
    possible = not verbs.keys().isdisjoint(seen.lower[part.first : part.last])
    for at in range(part.first, part.last) if possible else ():
        if seen.masked[at] or seen.lower[at] not in verbs:
            continue
        if seen.tokens.words[at][0].isupper() and at != part.first:
            continue
        if _is_attribute(seen, at, part):
            continue
        for cue in verbs[seen.lower[at]]:
            one = _finite(seen, parts, n, at, cue) if cue.finite else _participle(seen, part, n, at, cue)
            if one:
                return one
    return _state(seen, part, n)


def _is_attribute(seen: View, at: int, part: Segment) -> bool:
    """Whether a form is an adjective between determiner and noun: "die veröffentlichten Zahlen"."""
    if at == part.first or at + 1 >= part.last or not seen.is_name_like(at + 1):
        return False
    before, group = seen.lower[at - 1], seen.lexicon.group
    determined = before in group("determiners", "nominative") or before in group("determiners", "oblique")
    adjective = seen.lower[at].endswith(seen.lexicon.endings["attribute"])
    return adjective and (determined or before in group("prepositions", "words"))


def _finite(seen: View, parts: list[Segment], n: int, at: int, cue: Cue) -> Found | None:
    """A finite cue with the particle it needs, which stands at the end of its segment or of a later one."""
    part = parts[n]
    infinitive = at > part.first and seen.lower[at - 1] in seen.lexicon.group("joining", "infinitive")
    if infinitive:
        return None
    if not cue.particle:
        last = at + 1 == part.last or not seen.lower[at + 1].isalpha()
        if last and at > part.first and not _is_t(seen, at) and _auxiliary(seen, part, at) is not None:
            return None
        correlate = _correlate(seen, part, at)
        ranges = ((at, at + 1), *correlate)
        return Found(cue, at, ranges, n, False, max(b for _, b in ranges))
    for m in range(n, min(n + 3, len(parts))):
        place = parts[m].last - 1
        while place > parts[m].first and not seen.lower[place].isalpha():
            place -= 1
        places = range(place, max(parts[m].first, at), -1) if m == n else (place,)
        for place in places:
            if seen.lower[place] == cue.particle and not seen.masked[place] and _is_particle(seen, place, parts[m]):
                correlate = _correlate(seen, part, at)
                return Found(cue, at, ((at, at + 1), *correlate, (place, place + 1)), m, False, place + 1)
    return None


def _is_particle(seen: View, at: int, part: Segment) -> bool:
    """Whether a word stands like a verb's particle, at the end of the clause, and not like a preposition."""
    if at >= part.last - 1 or not seen.lower[at + 1].isalpha():
        return True
    following, group = seen.lower[at + 1], seen.lexicon.group
    goes_on = following in group("prepositions", "words") or following in group("joining", "after_particle")
    return goes_on and at >= part.last - PARTICLE_REACH


def _is_t(seen: View, at: int) -> bool:
    """Whether a form can only be finite."""
    return seen.lower[at].endswith(seen.lexicon.endings["past"])


def _correlate(seen: View, part: Segment, at: int) -> tuple[Range, ...]:
    """The word in the clause that points to what follows, just before its end or after the verb."""
    for place in (part.last - 1, part.last - 2, at + 1):
        if at < place < part.last and seen.lower[place] in seen.lexicon.correlates and not seen.masked[place]:
            return ((place, place + 1),)
    return ()


def _auxiliary(seen: View, part: Segment, at: int) -> int | None:
    """Place of the auxiliary verb of a participle at `at`: just after it, else before it."""
    auxiliaries = seen.lexicon.group("auxiliaries", "words")
    if at + 1 < part.last and seen.lower[at + 1] in auxiliaries:
        return at + 1
    for place in range(at - 1, part.first - 1, -1):
        if seen.lower[place] in auxiliaries and not seen.masked[place]:
            return place
    return None


def _closing_end(seen: View, at: int, last: int) -> int:
    """End of the auxiliary verbs that close a clause from `at` on."""
    closing = seen.lexicon.group("auxiliaries", "closing")
    while at < last and seen.lower[at] in closing:
        at += 1
    return at


def _participle(seen: View, part: Segment, n: int, at: int, cue: Cue) -> Found | None:
    """A participle at the end of its clause with its auxiliary."""
    if at < part.last - PARTICIPLE_REACH:
        return None
    if cue.particle and not any(seen.lower[i] == cue.particle for i in range(max(part.first, at - 1), at)):
        return None
    auxiliary = _auxiliary(seen, part, at)
    if auxiliary is None:
        return None
    begin = at - 1 if cue.particle else at
    end = _closing_end(seen, at + 1, part.last)
    passives = seen.lexicon.group("auxiliaries", "passive")
    passive = any(seen.lower[i] in passives for i in (auxiliary, *range(at, end)))
    ranges = ((begin, end),) if begin <= auxiliary < end else ((auxiliary, auxiliary + 1), (begin, end))
    return Found(cue, auxiliary, ranges, n, passive, end)


def _state(seen: View, part: Segment, n: int) -> Found | None:
    """Find cues like "zeigte sich zuversichtlich", "wurde bekannt", "ist überzeugt"."""
    if seen.lexicon.states.keys().isdisjoint(seen.lower[part.first : part.last]):
        return None
    for at in range(part.first, part.last):
        medium = seen.lexicon.states.get(seen.lower[at])
        if medium is None or seen.masked[at]:
            continue
        verbs = seen.lexicon.group("auxiliaries", "state")
        place = next((i for i in range(part.first, part.last) if seen.lower[i] in verbs and i != at), None)
        if place is None:
            continue
        cue = Cue(f"{seen.lower[place]} {seen.lower[at]}", medium, True, "", True, ())
        end = _closing_end(seen, at + 1, part.last)
        ranges = ((at, end),) if at <= place < end else tuple(sorted(((place, place + 1), (at, end))))
        passive = seen.lower[at] in seen.lexicon.group("auxiliaries", "passive_states")
        return Found(cue, place, ranges, n, passive, max(end, place + 1))
    return None
