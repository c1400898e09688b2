"""Cue verbs in a clause: the finite verb with its particle, or the auxiliary with its participle."""

from dataclasses import dataclass

from inquit.quotations.clauses import Segment, View
from inquit.quotations.drafts import Range
from inquit.quotations.lexicon import Cue

PASSIVE = frozenset(("wird", "werden", "wurde", "wurden", "worden", "werde", "würde"))


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
    """The cue verbs of a unit, one a segment at most, in order."""
    found = []
    for n, part in enumerate(parts):
        one = _cue(seen, parts, n, part)
        if one:
            found.append(one)
    return found


def _cue(seen: View, parts: list[Segment], n: int, part: Segment) -> Found | None:
    """The cue verb of one segment: the first finite form that is complete, else a participle with its auxiliary."""
    verbs = seen.lexicon.verbs
    for at in range(part.first, part.last):
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
    if at == part.first or at + 1 >= part.last or not seen.is_name_like(at + 1) or seen.lower[at][-1] not in "en":
        return False
    before = seen.lower[at - 1]
    group = seen.lexicon.group
    determined = before in group("determiners", "nominative") or before in group("determiners", "oblique")
    return determined or before in group("prepositions", "words")


def _finite(seen: View, parts: list[Segment], n: int, at: int, cue: Cue) -> Found | None:
    """A finite cue with the particle it needs, which stands at the end of its segment or of a later one."""
    part = parts[n]
    infinitive = at > part.first and seen.lower[at - 1] == "zu"
    if infinitive:
        return None
    if not cue.particle:
        if at == part.last - 1 and at > part.first and _auxiliary(seen, part, at) is not None and not _is_t(seen, at):
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
    prepositions = seen.lexicon.group("prepositions", "words")
    return at >= part.last - 4 and (seen.lower[at + 1] in prepositions or seen.lower[at + 1] in {"und", "als"})


def _is_t(seen: View, at: int) -> bool:
    """Whether a form can only be finite."""
    return seen.lower[at].endswith(("te", "ten"))


def _correlate(seen: View, part: Segment, at: int) -> tuple[Range, ...]:
    """The word in the clause that points to what follows, just before its end or after the verb."""
    for place in (part.last - 1, part.last - 2, at + 1):
        if at < place < part.last and seen.lower[place] in seen.lexicon.correlates and not seen.masked[place]:
            return ((place, place + 1),)
    return ()


def _auxiliary(seen: View, part: Segment, at: int) -> int | None:
    """Place of the auxiliary or modal verb of a participle or infinitive at `at`."""
    finite, konjunktiv = seen.lexicon.finite, seen.lexicon.konjunktiv
    if at + 1 < part.last and seen.lower[at + 1] in _AUXILIARIES:
        return at + 1
    for place in range(at - 1, part.first - 1, -1):
        word = seen.lower[place]
        if word in _AUXILIARIES and (word in finite or word in konjunktiv) and not seen.masked[place]:
            return place
    return None


_AUXILIARIES = frozenset(
    (
        "hat",
        "haben",
        "hatte",
        "hatten",
        "habe",
        "hätte",
        "hätten",
        "ist",
        "sind",
        "war",
        "waren",
        "sei",
        "seien",
        "wird",
        "werden",
        "wurde",
        "wurden",
        "werde",
        "würde",
    )
)


def _participle(seen: View, part: Segment, n: int, at: int, cue: Cue) -> Found | None:
    """A participle at the end of its clause with its auxiliary."""
    if at < part.last - 3:
        return None
    if cue.particle and not any(seen.lower[i] == cue.particle for i in range(max(part.first, at - 1), at)):
        return None
    auxiliary = _auxiliary(seen, part, at)
    if auxiliary is None:
        return None
    begin = at - 1 if cue.particle else at
    end = at + 1
    while end < part.last and seen.lower[end] in _AUXILIARIES | PASSIVE:
        end += 1
    passive = seen.lower[auxiliary] in PASSIVE or any(seen.lower[i] in PASSIVE for i in range(at, end))
    ranges = ((begin, end),) if begin <= auxiliary < end else ((auxiliary, auxiliary + 1), (begin, end))
    return Found(cue, auxiliary, ranges, n, passive, end)


def _state(seen: View, part: Segment, n: int) -> Found | None:
    """Find frames like "zeigte sich zuversichtlich", "wurde bekannt", "ist überzeugt"."""
    for at in range(part.first, part.last):
        medium = seen.lexicon.states.get(seen.lower[at])
        if medium is None or seen.masked[at]:
            continue
        for place in range(part.first, part.last):
            if seen.lower[place] in _STATE_VERBS and place != at:
                cue = Cue(seen.lower[place] + " " + seen.lower[at], medium, True, "", True, ())
                end = at + 1
                while end < part.last and seen.lower[end] in _AUXILIARIES | PASSIVE | {"geworden"}:
                    end += 1
                ranges = tuple(sorted(((place, place + 1), (at, end)))) if place < at or place >= end else ((at, end),)
                return Found(cue, place, ranges, n, seen.lower[at] == "bekannt", max(end, place + 1))
    return None


_STATE_VERBS = frozenset(
    (
        "ist",
        "sind",
        "war",
        "waren",
        "zeigt",
        "zeigen",
        "zeigte",
        "zeigten",
        "wird",
        "wurde",
        "wurden",
        "äußerte",
        "äußerten",
        "sei",
    )
)
