"""Noun phrases: a run of nouns and names with what stands to its left and right, and what that says about it."""

from dataclasses import dataclass

from inquit.records import Kind, Span
from inquit.sources.nouns import Noun, Nouns
from inquit.sources.reading import Reading

MOST_ADJECTIVES = 4
"""Words between a determiner and its noun that are looked through."""
LONGEST_QUOTED_NAME = 5
"""Tokens of the longest name in quotation marks."""
QUOTES = frozenset("„“”\"«»‹›‚‘'")
LONGEST_ATTRIBUTE = 6
"""Tokens of the longest phrase with a preposition before a participle and its noun."""
LONGEST_DATE = 5
"""Tokens of the longest date after a document."""
ACRONYM_MOST = 8
"""Letters of the longest abbreviation in brackets."""


@dataclass(slots=True, eq=False)
class Mention:
    """A noun phrase at the tokens `[first, last)`; the noun run without determiner begins at `core`.

    `head` is the noun that says what it is, `name` the proper name, both as written and empty where there is none.
    `definite` is d, i or p (definite, indefinite, possessive) or empty; `alias` an abbreviation in brackets.
    """

    first: int
    core: int
    last: int
    head: str = ""
    name: str = ""
    kind: Kind | None = None
    noun: Noun | None = None
    gender: str = ""
    number: str = ""
    definite: str = ""
    determiner: str = ""
    alias: str = ""
    party: str = ""
    age: str = ""
    quoted_name: bool = False
    joined: bool = False
    heads: tuple[str, ...] = ()

    def span(self, text: Reading) -> Span:
        """Characters of the phrase."""
        return text.tokens.span(self.first, self.last)


def look_left(text: Reading, mention: Mention) -> None:
    """Determiner and adjectives before the run."""
    nouns, words = text.nouns, text.tokens.words
    at = mention.core - 1
    steps = 0
    if mention.quoted_name and at >= 0 and words[at].endswith(nouns.endings["place_adjectives"]):
        at -= words[at][0].isupper()
    while at >= 0 and steps < MOST_ADJECTIVES and nouns.is_adjective(words[at]):
        at -= 1
        steps += 1
    if steps and not mention.name:
        at = _before_attribute(text, at)
    if at < 0 or text.sentence_of[at] != text.sentence_of[mention.core]:
        return
    word = text.lower[at]
    if word not in nouns.determiners:
        return
    sets = nouns.sets
    for letter, name in (("d", "definite"), ("i", "indefinite"), ("p", "possessive")):
        if word in sets[name]:
            mention.first, mention.definite, mention.determiner = at, letter, word
            if word in sets["of_several"] and at and text.lower[at - 1] in sets["one_of"]:
                mention.first, mention.definite, mention.determiner = at - 1, "i", text.lower[at - 1]
            return


def _before_attribute(text: Reading, at: int) -> int:
    """Token before what stands between a determiner and a participle: "a not by name known", "a with it familiar"."""
    sets, lower, determiners = text.nouns.sets, text.lower, text.nouns.determiners
    back = at
    while back >= 0 and at - back < MOST_ADJECTIVES and lower[back] in sets["inner_adverbs"]:
        back -= 1
    if 0 <= back < at and lower[back] in determiners:
        return back
    for back in range(at, max(at - LONGEST_ATTRIBUTE, 0), -1):
        if back in text.cuts or not text.tokens.words[back][0].isalnum():
            return at
        plain = lower[back - 1] in sets["definite"] or lower[back - 1] in sets["indefinite"]
        if plain and lower[back] in sets["prepositions"] and lower[back] not in sets["definite"]:
            return back - 1
    return at


def look_right(text: Reading, mention: Mention) -> None:
    """Party, age or abbreviation in brackets."""
    words = text.tokens.words
    at = mention.last
    if at + 2 >= len(words) or words[at] != "(":
        return
    inside = words[at + 1]
    if words[at + 2] not in {")", ",", "/"}:
        return
    if inside.isdigit() and len(inside) <= 3:
        mention.age = inside
    elif text.lower[at + 1] in text.nouns.sets["parties"]:
        mention.party = text.lower[at + 1]
    elif inside[0].isupper() and len(inside) <= ACRONYM_MOST:
        if mention.kind == "person" or (mention.kind is None and " " in mention.name):
            mention.party = text.lower[at + 1]
        else:
            mention.alias = inside


def settle(text: Reading, mention: Mention) -> None:
    """Gender, number and kind as far as the phrase alone shows them."""
    noun, sets = mention.noun, text.nouns.sets
    if noun is not None:
        mention.gender, mention.number = noun.gender, noun.number
        if noun.nominal or noun.number == "":
            _agree(mention, text.nouns)
    if mention.kind == "person" and (_is_genitive(text, mention) or (not mention.number and _is_bare(text, mention))):
        mention.number = "p"
    lower_heads = [head.casefold() for head in mention.heads]
    if any(head in sets["functions_without_article"] for head in lower_heads):
        mention.kind = "person"
        mention.gender = "f" if noun is not None and noun.gender == "f" else "m"
    if mention.kind == "person" and mention.number == "p":
        mention.kind = "group"
    is_person = " " in mention.name and mention.name.split()[0] in text.nouns.first_names and not mention.quoted_name
    if mention.kind is None and mention.name and not is_person and text.nouns.is_outlet(mention.name):
        mention.kind = "outlet"
    if mention.kind in {None, "person"} and mention.name:
        first = mention.name.split()[0]
        gender = text.nouns.gender_of_name(first)
        if gender and (first in text.nouns.first_names or mention.kind == "person" or mention.party or mention.age):
            mention.kind, mention.number = "person", "s"
            mention.gender = mention.gender if mention.gender == "f" else gender


def _is_genitive(text: Reading, mention: Mention) -> bool:
    """Whether "der" before a masculine noun is the genitive of the plural: after a noun, "the view of the critics"."""
    noun, sets = mention.noun, text.nouns.sets
    if mention.determiner != "der" or mention.name or noun is None or mention.first < 2 or mention.first in text.cuts:
        return False
    before = text.tokens.words[mention.first - 1]
    after_noun = before[0].isupper() and text.lower[mention.first - 1] not in sets["time_words"] | text.nouns.closed
    masculine = noun.gender == "m" or (noun.nominal and mention.head.endswith("n"))
    begins = mention.first - 1 == text.sentence(mention.core)[0]
    return after_noun and masculine and (not begins or text.lower[mention.first - 1] in sets["speech_nouns"])


def _is_bare(text: Reading, mention: Mention) -> bool:
    """Whether a noun for persons stands without determiner and name as only the plural does: "experts warn"."""
    if mention.determiner or mention.name or mention.first == 0 or text.paragraph_of[mention.core] == 0:
        return False
    before = text.lower[mention.first - 1]
    if before in text.nouns.sets["not_before_plural"] or text.tokens.words[mention.first - 1][0].isupper():
        return False
    after = text.tokens.words[mention.last] if mention.last < len(text) else ""
    return not (after[:1].islower() and after.endswith(text.nouns.endings["verb_singular"]))


def _agree(mention: Mention, nouns: Nouns) -> None:
    """Gender and number by the determiner, where the noun itself leaves them open."""
    noun = mention.noun
    if noun is None:
        return
    if mention.determiner in nouns.sets["plural"]:
        mention.number = "p"
    elif mention.definite == "i" or mention.name:
        mention.number = "s"
    if not noun.nominal and (noun.gender != "m" or mention.kind != "person"):
        return
    for rule in nouns.agreement:
        fits = rule.nominal == noun.nominal and mention.head.endswith(rule.ending)
        if fits and mention.determiner in rule.determiners and not (rule.unnamed and mention.name):
            mention.gender = rule.gender or mention.gender
            mention.number = rule.number
            return


def quoted_range(text: Reading, at: int) -> tuple[int, int] | None:
    """Tokens of a short name between quotation marks, the opening one at `at`."""
    words = text.tokens.words
    first = at + 1
    if first >= len(words) or not (words[first][0].isupper() or "-" in words[first]):
        return None
    for stop in range(first + 1, min(first + LONGEST_QUOTED_NAME + 1, len(words))):
        if words[stop] in QUOTES:
            return first, stop
        if words[stop] in {".", ",", "!", "?", ":"}:
            return None
    return None


def phrase(text: Reading, mention: Mention) -> str:
    """The noun phrase with what follows it inside the phrase: "a clerk of the town of X"."""
    first = mention.first
    if mention.determiner in text.nouns.sets["contracted"]:
        first += 1
    end = phrase_end(text, mention)
    return text.string(first, end + 3 if mention.age and end == mention.last else end)


def _date_end(text: Reading, at: int) -> int:
    """Token after the date at `at`: "of 21 August 2002", `at` itself where there is none."""
    stop = at
    while stop < len(text) and stop - at < LONGEST_DATE and stop not in text.cuts:
        if not (text.lower[stop].isdigit() or text.lower[stop] in text.nouns.sets["time_words"]):
            if text.lower[stop] != "." or not text.lower[stop - 1].isdigit() or stop == at:
                break
            if stop + 1 >= len(text) or text.sentence_of[stop + 1] != text.sentence_of[at]:
                break
        stop += 1
    return stop


def phrase_end(text: Reading, mention: Mention) -> int:
    """Token after the attributes that follow the noun without a comma."""
    words, lower, sets = text.tokens.words, text.lower, text.nouns.sets
    end, steps = mention.last, 0
    if mention.kind == "document" and end < len(words) and words[end].isdigit() and end not in text.cuts:
        end += 1
    while end < len(words) and end not in text.cuts and steps < 3 and lower[end] in sets["postmodifiers"]:
        at = end + 1
        while (
            at < len(words)
            and at - end < 5
            and words[at][0].islower()
            and words[at].endswith(text.nouns.endings["adjective_endings"])
        ):
            at += 1
        stop = at
        while (
            stop < len(words) and words[stop][0].isupper() and stop - at < 4 and lower[stop] not in sets["time_words"]
        ):
            stop += 1
            if stop in text.cuts:
                break
        if stop == at and mention.kind == "document":
            at += lower[at] in sets["definite"] if at < len(words) else 0
            stop = _date_end(text, at)
        if stop == at or text.sentence_of[at] != text.sentence_of[mention.core]:
            break
        if lower[end] not in sets["genitive"] and steps:
            break
        end, steps = stop, steps + 1
    return end
