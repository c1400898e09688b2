"""Noun phrases without a parser: where a name or a description ends, and which phrase is the subject of a clause."""

from inquit.quotations.clauses import View

LONGEST_TITLE = 8
"""Tokens, marks included, that a name in quotation marks has after a noun ("das Magazin „Der Bote“")."""

PHRASE_LIMIT = 30
"""Tokens that a noun phrase may have; longer ones are enumerations and no source."""


def phrase_end(seen: View, at: int, last: int, *, attributes: bool = True) -> int:
    """End of the noun phrase that begins at token `at`, or `at` where none begins there; never after `last`."""
    last = min(last, at + PHRASE_LIMIT)
    end = _simple_end(seen, at, last)
    if end == at:
        return at
    while end < last:
        following = _attribute_end(seen, end, last) if attributes else end
        if following == end:
            return end
        end = following
    return end


def _simple_end(seen: View, at: int, last: int) -> int:
    """End of determiner, adjectives and nouns from `at`, or `at`."""
    lower, group = seen.lower, seen.lexicon.group
    if at >= last:
        return at
    start = at
    determined = lower[at] in group("determiners", "nominative") or lower[at] in group("determiners", "oblique")
    if determined:
        at += 1
    at = _adjectives_end(seen, at, last)
    nouns = _nouns_end(seen, at, last)
    if nouns > at:
        return nouns
    pronoun = not determined or lower[start] not in group("determiners", "oblique")
    if lower[start] in group("pronouns", "nominative") and pronoun:
        return start + 1
    return start


def _adjectives_end(seen: View, at: int, last: int) -> int:
    """End of the adjectives from `at` that a noun follows, else `at`."""
    end = at
    while end < last and end - at < 8:
        word = seen.lower[end]
        if seen.is_name_like(end) or seen.masked[end]:
            return end if not seen.tokens.words[end][0].isdigit() or end > at else at
        adjective = word.endswith(seen.lexicon.endings["adjective"]) and word not in seen.lexicon.finite
        if not (
            adjective
            or word in seen.lexicon.group("adverbs", "words")
            or word in seen.lexicon.group("joining", "and")
            or word == ","
        ):
            return at
        if word in seen.lexicon.konjunktiv or (word == "," and end == at):
            return at
        end += 1
    return at


def _nouns_end(seen: View, at: int, last: int) -> int:
    """End of the capitalized words, numbers, names in quotation marks and brackets from `at`, else `at`."""
    end = at
    while end < last:
        following = _name_end(seen, at, end, last)
        if following == end:
            return end
        end = following
    return end


def _name_end(seen: View, at: int, end: int, last: int) -> int:
    """End of the next part of a name that began at `at` and has come to `end`; `end` where it has no more parts."""
    word = seen.tokens.words[end]
    if seen.masked[end]:
        following = _masked_end(seen, end, last)
        long = word != "(" and end > at and following - end > LONGEST_TITLE
        return end if long or (word == "(" and end == at) else following
    if seen.is_name_like(end):
        return end + 1
    if _is_address(seen, end, last):
        return end + 3
    if end == at or end + 1 >= last:
        return end
    abbreviated = word == "." and (len(seen.lower[end - 1]) == 1 or seen.lower[end - 1] in _titles(seen))
    slash = word == "/" and seen.is_name_like(end + 1)
    return end + 1 if abbreviated or slash or _joins_name(seen, end) else end


def _titles(seen: View) -> frozenset[str]:
    """Abbreviated titles in lower case, without their full stop."""
    return seen.lexicon.group("names", "titles")


def _is_address(seen: View, at: int, last: int) -> bool:
    """Whether an address of the web in lower case begins at `at`: word, full stop, word without space."""
    tokens = seen.tokens
    if at + 2 >= last or tokens.words[at + 1] != "." or not tokens.words[at + 2].isalpha():
        return False
    return tokens.ends[at] == tokens.begins[at + 1] and tokens.ends[at + 1] == tokens.begins[at + 2]


def _joins_name(seen: View, at: int) -> bool:
    """Whether a particle at `at` joins a name: an article may be the next phrase, "von" only follows a name."""
    if seen.lower[at] not in seen.lexicon.group("names", "particles") or not seen.is_name_like(at + 1):
        return False
    if seen.lower[at] not in seen.lexicon.group("names", "ambiguous"):
        return True
    return seen.lower[at] in seen.lexicon.group("prepositions", "agent") and seen.is_name_like(at - 1)


def _masked_end(seen: View, at: int, last: int) -> int:
    """End of the quotation marks or brackets that begin at `at`."""
    if seen.pair_of[at] >= 0:
        return min(last, seen.pair_tokens[seen.pair_of[at]][1])
    end = at
    while end < last and seen.masked[end] and seen.tokens.words[end] != ")":
        end += 1
    return min(last, end + 1)


def _attribute_end(seen: View, at: int, last: int) -> int:
    """End of a genitive, an attribute with a preposition, or a second noun after `und`, else `at`."""
    word, group = seen.lower[at], seen.lexicon.group
    if word in group("determiners", "genitive"):
        end = _simple_end(seen, at, last)
        return end if end > at + 1 else at
    joined = word in group("joining", "and") and at + 1 < last
    if joined or word in group("joining", "attribute"):
        end = _simple_end(seen, at + 1, last)
        pronoun = joined and end == at + 2 and not seen.is_name_like(at + 1)
        return end if end > at + 1 and not pronoun else at
    return at


def apposition_end(seen: View, at: int, last: int) -> int:
    """End of an apposition between commas after a phrase that ends at `at` (its last comma left out), else `at`."""
    if at + 1 >= last or seen.tokens.words[at] != "," or seen.masked[at]:
        return at
    end = phrase_end(seen, at + 1, last)
    if end == at + 1 or seen.lower[at + 1] in seen.lexicon.group("pronouns", "nominative") - seen.lexicon.group(
        "determiners", "article"
    ):
        return at
    while end < last and seen.lower[end] in seen.lexicon.group("prepositions", "words"):
        following = phrase_end(seen, end + 1, last)
        if following == end + 1:
            return at
        end = following
    closed = end >= last or seen.tokens.words[end] in {",", ".", ":"}
    return end if closed else at


def subject(seen: View, first: int, last: int, verb: int) -> tuple[int, int] | None:
    """Tokens of the subject of the clause `[first, last)` whose finite verb is at `verb`, by the order of its words."""
    pronouns = seen.lexicon.group("pronouns", "subject")
    if verb + 1 < last and seen.lower[verb + 1] in pronouns:
        return verb + 1, verb + 2
    if verb > first:
        found = _before_verb(seen, first, verb)
        if found:
            return found
    return _after_verb(seen, verb + 1, last)


def _before_verb(seen: View, first: int, verb: int) -> tuple[int, int] | None:
    """The phrase before the verb, where it can be a subject."""
    lower, group = seen.lower, seen.lexicon.group
    at = first
    adverbs = group("adverbs", "words")
    while at < verb and (lower[at] in adverbs or lower[at] in group("conjunctions", "coordinate")):
        if lower[at] in group("temporal", "words"):
            return None
        at += 1
    if at >= verb or lower[at] in group("prepositions", "words"):
        return None
    if at + 1 == verb and at == first and lower[at].endswith(seen.lexicon.endings["adverb"]):
        return None
    oblique = group("determiners", "oblique") - group("determiners", "nominative")
    if lower[at] in oblique or lower[at] in group("conjunctions", "subordinate"):
        return None
    end = phrase_end(seen, at, verb)
    if end == at or _is_temporal(seen, at, end):
        return None
    return at, _whole_field(seen, end, verb)


def _whole_field(seen: View, end: int, verb: int) -> int:
    """End of the subject before the verb with what belongs to it: all up to the verb, without a last clause."""
    words = seen.tokens.words
    at = end
    while at < verb:
        if words[at] == "," and not seen.masked[at]:
            apposition = apposition_end(seen, at, verb)
            if apposition == at:
                return at
            at = apposition
        elif seen.lower[at] in seen.lexicon.group("adverbs", "words"):
            return at
        else:
            at += 1
    return at


def _is_temporal(seen: View, first: int, last: int) -> bool:
    """Whether a phrase tells a time: nouns of time, numbers and years, and nothing else with a capital."""
    temporal = seen.lexicon.group("temporal", "words")
    named = [at for at in range(first, last) if seen.is_name_like(at)]
    return bool(named) and all(seen.lower[at] in temporal or seen.lower[at][0].isdigit() for at in named)


def _after_verb(seen: View, at: int, last: int) -> tuple[int, int] | None:
    """The first phrase after the verb that can be a subject."""
    lower, group = seen.lower, seen.lexicon.group
    adverbs, prepositions = group("adverbs", "words"), group("prepositions", "words")
    dative = group("determiners", "dative") - group("determiners", "nominative")
    while at < last and seen.tokens.words[at] not in {",", ":", ";"}:
        word = lower[at]
        if word in prepositions:
            end = phrase_end(seen, at + 1, last)
            at = max(end, at + 1)
            continue
        if word in dative:
            at = max(phrase_end(seen, at, last), at + 1)
            continue
        if word in adverbs or word in group("pronouns", "empty"):
            at += 1
            continue
        end = phrase_end(seen, at, last)
        if end > at and not _is_temporal(seen, at, end):
            return at, apposition_end(seen, end, last)
        at = max(end, at + 1)
    return None


def first_phrase(seen: View, at: int, last: int) -> tuple[int, int] | None:
    """The first phrase of a clause whose verb stands at its end, after its conjunction."""
    return _after_verb(seen, at, last)


def addressee(seen: View, first: int, last: int) -> tuple[int, int] | None:
    """The phrase a statement is addressed to: after `gegenüber`, or in the dative after the verb."""
    lower, group = seen.lower, seen.lexicon.group
    dative = group("determiners", "dative")
    for at in range(first, last):
        if lower[at] in group("prepositions", "towards") and not seen.masked[at]:
            end = phrase_end(seen, at + 1, last)
            if end > at + 1:
                return at + 1, end
    for at in range(first, last):
        if lower[at] in dative and not seen.masked[at] and lower[at - 1] not in group("prepositions", "words"):
            end = phrase_end(seen, at, last)
            return (at, end) if end > at else None
        if lower[at] in group("prepositions", "words"):
            return None
    return None
