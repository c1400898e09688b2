"""Quotations without a frame: passages in the Konjunktiv, evidential "sollen", and reports by a verb and its object."""

from dataclasses import replace

from inquit.quotations.clauses import Segment, View, content_end, segments
from inquit.quotations.complements import second_place
from inquit.quotations.cues import Found, cues
from inquit.quotations.drafts import Draft, Frame, Range
from inquit.quotations.framing import clause_frame


def konjunktiv(
    seen: View, unit: Range, parts: list[Segment], previous: Draft | None, near: Draft | None
) -> Draft | None:
    """The unit as free indirect speech of the speaker before, where its main verb is in the Konjunktiv.

    `near` is the quotation just before, which the Konjunktiv II needs: by itself it states conditions and wishes.
    """
    kind = _mood(seen, parts)
    speaker = near if kind == "Konjunktiv II" else previous
    if not kind or speaker is None:
        return None
    frame = Frame(speaker=speaker.frame.speaker, medium=speaker.frame.medium, rule=kind)
    return Draft("IndirectFreeIndirect", (unit,), frame, kind)


def _mood(seen: View, parts: list[Segment]) -> str:
    """The Konjunktiv of the main verb of a unit, or nothing; nothing too where somebody speaks of themselves."""
    lexicon = seen.lexicon
    own = lexicon.group("pronouns", "own")
    if not all(own.isdisjoint(seen.lower[part.first : part.last]) for part in parts):
        return ""
    head = range(parts[0].first, parts[0].last)
    wished = any(seen.lower[at] in lexicon.konjunktiv_second for at in head)
    if not wished and second_place(seen, parts[0]) == "Konjunktiv":
        return "Konjunktiv I"
    conditional = seen.lower[parts[0].first] in lexicon.group("conjunctions", "conditional")
    subordinate, relative = lexicon.group("conjunctions", "subordinate"), lexicon.group("pronouns", "relative")
    for part in parts:
        head_word = seen.lower[part.first]
        if part is parts[0] or not (head_word in subordinate or head_word in relative):
            mood = _first_mood(seen, part, opens=part is parts[0])
            if mood:
                return "" if mood == "indicative" or (conditional and mood == "Konjunktiv II") else mood
    return ""


def _first_mood(seen: View, part: Segment, *, opens: bool) -> str:
    """The mood of the first known verb form of a segment; the indicative only counts where `opens`."""
    lexicon = seen.lexicon
    for at in range(part.first, part.last):
        word = seen.lower[at]
        if seen.masked[at] or (seen.tokens.words[at][0].isupper() and not (opens and at == part.first)):
            continue
        if word in lexicon.konjunktiv_first:
            return "Konjunktiv I"
        if word in lexicon.konjunktiv_second:
            return "Konjunktiv II"
        if opens and word in lexicon.finite:
            return "indicative"
    return ""


def evidential(seen: View, unit: Range, parts: list[Segment], previous: Draft | None) -> Draft | None:
    """The unit as free indirect speech where "soll" reports what somebody else said."""
    words = seen.lexicon.group("modal", "evidential")
    at = next((i for i in range(parts[0].first, parts[0].last) if seen.lower[i] in words and not seen.masked[i]), None)
    if at is None or previous is None:
        return None
    frame = Frame(speaker=previous.frame.speaker, medium=previous.frame.medium, rule="evidential")
    return Draft("FreeIndirect", (unit,), frame, "evidential")


def reported(seen: View, unit: Range, parts: list[Segment]) -> Draft | None:
    """The unit as a report: a verb whose object says what was said."""
    for found in cues(seen, parts):
        rule = _object(seen, unit, found)
        if rule is None:
            continue
        end = content_end(seen, *unit)
        frame = clause_frame(seen, found, ((unit[0], end),), parts[found.part].first)
        if frame.speaker is None:
            continue
        who = Frame(speaker=frame.speaker, addressee=frame.addressee, medium=found.cue.medium, rule=rule)
        return Draft("Reported", (unit,), who, rule)
    return None


def mentioned(seen: View, unit: Range) -> Draft | None:
    """Who is said to speak in a unit without a quotation: the speaker of a Konjunktiv that may follow."""
    for found in cues(seen, segments(seen, *unit)):
        if found.passive:
            continue
        frame = clause_frame(seen, found, (unit,), unit[0])
        if frame.speaker:
            return Draft("Reported", (unit,), Frame(speaker=frame.speaker, medium=found.cue.medium))
    return None


def _object(seen: View, unit: Range, found: Found) -> str | None:
    """Name of the rule by which the object of a cue verb says what was said."""
    for preposition in found.cue.reported:
        if not preposition:
            return found.cue.verb
        contracted = seen.lexicon.group("prepositions", "contracted")
        near = {preposition, *(word for word in contracted if word[:2] == preposition[:2])}
        if any(seen.lower[at] in near and not seen.masked[at] for at in range(*unit)):
            return f"{found.cue.verb} {preposition}"
    return None


def merged(drafts: list[Draft]) -> list[Draft]:
    """The drafts, where passages without a frame of the same type that touch become one quotation."""
    out: list[Draft] = []
    latest = -1  # the place of the last passage without a frame in `out`
    for draft in drafts:
        free = draft.type in {"IndirectFreeIndirect", "FreeIndirect"}
        if free and latest >= 0 and out[latest].type == draft.type and out[latest].last == draft.first:
            out[latest] = replace(out[latest], quote=((out[latest].first, draft.last),))
            continue
        if free:
            latest = len(out)
        out.append(draft)
    return out
