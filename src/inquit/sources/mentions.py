"""Mentions: the noun phrases of an article that may name a source.

A light chunker: runs of capitalised words, divided into functions and titles before a name and the name itself,
with determiner and adjectives to the left, and party, age or abbreviation in brackets to the right.
"""

from inquit.sources.nouns import Noun, kept
from inquit.sources.phrases import (
    QUOTES,
    Mention,
    look_left,
    look_right,
    quoted_range,
    settle,
)
from inquit.sources.reading import CLOSED, Reading

SHORT_NAME = 4
"""Letters of the longest abbreviation of an agency that is written in lower case."""


def scan(text: Reading) -> list[Mention]:
    """All mentions of the article, in the order of the text."""
    found: list[Mention] = []
    words, is_capital = text.tokens.words, text.nouns.is_capital
    at, number = 0, len(words)
    while at < number:
        word = words[at]
        if is_capital(word):
            last = _run_end(text, at)
            if last == at + 1 and _is_place_of_quoted(text, at):
                at = last
                continue
            if last > at:
                mention = _mention(text, at, last)
                if mention is not None:
                    found.append(mention)
                    last = max(last, mention.last)
                at = last
                continue
        elif word in QUOTES or word in text.short_names:
            mention = _quoted_name(text, at) if word in QUOTES else _agency(text, at)
            if mention is not None:
                found.append(mention)
                at = mention.last
                continue
        at += 1
    return found


def _is_place_of_quoted(text: Reading, at: int) -> bool:
    """Whether a word is the adjective of a place before a name in quotation marks: the Hamburg "Post"."""
    words = text.tokens.words
    adjective = words[at].endswith(text.nouns.endings["place_adjectives"]) and text.nouns.noun(words[at]) is None
    return adjective and at + 1 < len(words) and words[at + 1] in QUOTES and quoted_range(text, at + 1) is not None


def _is_closed(text: Reading, at: int) -> bool:
    """Whether a word is of a closed class and no first name before a name."""
    if text.lower[at] not in text.nouns.closed:
        return False
    words, nouns = text.tokens.words, text.nouns
    return not (words[at] in nouns.first_names and at + 1 < len(words) and nouns.is_capital(words[at + 1]))


def _run_end(text: Reading, at: int) -> int:
    """Token after the run of name and noun words that begins at `at`; `at` itself where none begins."""
    if _is_closed(text, at):
        return at
    words, sets, number = text.tokens.words, text.nouns.sets, len(text)
    last, names = at + 1, 0
    while last < number and last not in text.cuts:
        word, before = words[last], words[last - 1]
        if word == "." and (len(before) == 1 or text.lower[last - 1] in sets["titles"]) and _touches(text, last):
            last += 1
        elif (
            text.nouns.is_capital(word)
            and not _is_closed(text, last)
            and text.sentence_of[last] == text.sentence_of[at]
        ):
            names += before[0].isupper() and text.nouns.noun(before) is None
            last += 1
        elif (jump := _joined(text, last) or _particles(text, last, names)) > last:
            last = jump
        else:
            break
    return last


def _joined(text: Reading, at: int) -> int:
    """Token after "&", "- und" or a small number that holds a name together at `at`, 0 where there is none."""
    words = text.tokens.words
    following = words[at + 1] if at + 1 < len(words) and at + 1 not in text.cuts else ""
    if words[at] in {"&", "+"} and following[:1].isupper():
        return at + 1
    if words[at - 1].endswith("-") and text.lower[at] in text.nouns.sets["coordination"] and following[:1].isupper():
        return at + 1
    if words[at].isdigit() and len(words[at]) < 3:
        lower = text.lower[at - 1]
        if lower in text.nouns.sets["outlet_in_name"] or lower in text.nouns.sets["outlet_words"]:
            return at + 1
    return 0


def _particles(text: Reading, at: int, names: int) -> int:
    """Token after the particles at `at` that join a first name and a surname, `at` where there are none."""
    words, sets = text.tokens.words, text.nouns.sets
    before = words[at - 1]
    if words[at].startswith(text.nouns.endings["name_prefixes"]) and words[at][3:4].isupper():
        return at + 1
    if words[at] in sets["foreign_particles"] and at + 1 < len(words) and words[at + 1][0].isupper():
        return at + 1
    if text.lower[at] not in sets["particles"] or names > 1:
        return at
    if before not in text.nouns.first_names and (text.nouns.noun(before) is not None or names != 1):
        return at
    stop = at
    while stop < len(words) and text.lower[stop] in sets["particles"] and stop - at < 3:
        stop += 1
    if stop < len(words) and words[stop][0].isupper() and not _is_closed(text, stop):
        return stop
    return at


def _touches(text: Reading, at: int) -> bool:
    return at > 0 and text.tokens.begins[at] == text.tokens.ends[at - 1]


def _mention(text: Reading, core: int, last: int) -> Mention | None:
    """The mention of the run `[core, last)`, `None` where nothing in it names a source or a name."""
    first, core = core, _owner(text, core, last)
    if first == core and _begins_with_adjective(text, core, last):
        core += 1
    name_at, noun, heads = _divide(text, core, last)
    mention = Mention(first=core, core=core, last=last, noun=noun, heads=heads)
    mention.head = heads[-1] if heads else ""
    mention.kind = noun.kind if noun else None
    if name_at < last:
        _take_name(text, mention, name_at)
        if name_at == core and heads and heads[-1] == text.tokens.words[last - 1]:
            _take_purpose(text, mention)
        if noun is not None and noun.kind == "outlet" and text.nouns.noun(text.tokens.words[last - 1]) is noun:
            _take_quoted_name(text, mention)
    elif noun is not None:
        _take_quoted_name(text, mention)
        _take_short_name(text, mention)
        _take_purpose(text, mention)
    if noun is None and not mention.name:
        return None
    if first + 1 == core and _begins_with_adjective(text, first, last):
        mention.first = first
    elif first < core:
        mention.first, mention.definite, mention.determiner = first, "p", text.lower[first]
    else:
        look_left(text, mention)
    look_right(text, mention)
    settle(text, mention)
    return mention


def _begins_with_adjective(text: Reading, core: int, last: int) -> bool:
    """Whether a run begins a sentence with an adjective, which has a capital there: "Foreign observers"."""
    words, nouns = text.tokens.words, text.nouns
    if last - core != 2 or core != text.sentence(core)[0] or words[core] in nouns.first_names:
        return False
    if not words[core].endswith(nouns.endings["adjective_endings"]) or nouns.noun(words[core]) is not None:
        return False
    noun = nouns.noun(words[core + 1])
    return noun is not None and noun.kind in {"person", "group", "document"} and words[core + 1][0].isupper()


def _owner(text: Reading, core: int, last: int) -> int:
    """Token after a name in the genitive before a noun (Doe's spokesman), `core` where there is none."""
    words, nouns = text.tokens.words, text.nouns
    for at in range(core, last - 1):
        word = words[at]
        if nouns.noun(word) is not None or word == "." or text.lower[at] in nouns.sets["titles"]:
            return core
        if word.endswith(("s", "s’", "s'")) and word not in nouns.first_names and len(word) > 3:
            found = nouns.noun(words[at + 1])
            if found is not None and words[at + 1] not in nouns.first_names:
                return at + 1
    return core


def _take_purpose(text: Reading, mention: Mention) -> None:
    """A body named by what it is for: the office for statistics."""
    noun, words = mention.noun, text.tokens.words
    if noun is None or noun.kind != "organization" or noun.field == "company":
        return
    at = mention.last
    if at >= len(words) or text.lower[at] not in text.nouns.sets["purposes"] or at in text.cuts:
        return
    stop = at + 1
    while stop < len(words) and stop - at < 4 and words[stop][0].islower() and text.nouns.is_adjective(words[stop]):
        stop += 1
    end = stop
    while end < len(words) and end - stop < 4 and end not in text.cuts and _continues(text, end):
        end += 1
    if end > stop:
        mention.name, mention.last = text.string(mention.core, end), end


def _continues(text: Reading, at: int) -> bool:
    words = text.tokens.words
    if words[at].partition("-")[0] in text.nouns.first_names:
        return False
    if words[at][0].isupper() or words[at].endswith("-"):
        return text.lower[at] not in text.nouns.sets["time_words"]
    joined = text.lower[at] in text.nouns.sets["coordination"] and words[at - 1].endswith("-")
    return joined and at + 1 < len(words)


def _divide(text: Reading, core: int, last: int) -> tuple[int, Noun | None, tuple[str, ...]]:
    """Token where the name begins, the class of the noun before it, and the nouns before it."""
    if last - core > 1:
        return _divided(text, core, last)
    word, memory = text.tokens.words[core], text.nouns.divided
    known = memory.get(word)
    if known is None:
        at, noun, heads = _divided(text, core, last)
        known = kept(memory, word, (at - core, noun, heads))
    return core + known[0], known[1], known[2]


def _divided(text: Reading, core: int, last: int) -> tuple[int, Noun | None, tuple[str, ...]]:
    words, nouns, sets = text.tokens.words, text.nouns, text.nouns.sets
    noun: Noun | None = None
    heads: list[str] = []
    at = core
    medium = _medium(text, core, last)
    if medium is not None:
        return medium
    body = _body(text, core, last)
    if body is not None:
        return core, body, (words[last - 1],)
    first_name = next((i for i in range(core, last) if words[i] in nouns.first_names), last)
    if first_name == last - 1 and last - core > 1 and nouns.noun(words[last - 2]) is None:
        first_name = last
    while at < last and at < first_name:
        word = words[at]
        found = nouns.noun(word)
        place = word.endswith(nouns.endings["place_adjectives"]) and at + 1 < last and _is_person(text, at + 1)
        if found is None and word != "." and text.lower[at] not in sets["titles"] and first_name == last and not place:
            break
        if found is not None and at == last - 1 and at > core and noun is None and heads:
            break
        if found is not None:
            noun = found
        if word != ".":
            heads.append(word)
        at += 1
    return at, noun, tuple(heads)


def _is_person(text: Reading, at: int) -> bool:
    noun = text.nouns.noun(text.tokens.words[at])
    return noun is not None and noun.kind == "person"


def _body(text: Reading, core: int, last: int) -> Noun | None:
    """The class of a body whose name begins with adjectives: the National Office, Deutsche Bank."""
    words, nouns = text.tokens.words, text.nouns
    found = nouns.noun(words[last - 1])
    if last - core < 2 or found is None or found.kind != "organization":
        return None
    endings = nouns.endings["adjective_endings"]
    fits = all(words[at].endswith(endings) and nouns.noun(words[at]) is None for at in range(core, last - 1))
    return found if fits else None


def _medium(text: Reading, core: int, last: int) -> tuple[int, Noun | None, tuple[str, ...]] | None:
    """The division of a run that ends as names of media do: "Elbe-Kurier", "the paper Neue Post"."""
    words, sets, nouns = text.tokens.words, text.nouns.sets, text.nouns
    tail = text.lower[last - 1].rpartition("-")[2]
    tail = tail[:-1] if tail.endswith("s") and tail not in sets["outlet_words"] else tail
    found = nouns.noun(words[last - 1])
    compound = "-" in words[last - 1]
    is_person = words[core] in nouns.first_names and last - core > 1 and not compound
    if is_person or (found is not None and found.kind == "document"):
        return None
    ending = tail in sets["outlet_words"] or tail.endswith(nouns.endings["outlet_endings"])
    if not ending or (last - core == 1 and not compound):
        return None
    if (
        last - core > 1
        and not compound
        and tail not in sets["outlet_words"]
        and (found is None or found.kind != "outlet")
    ):
        return None
    first = nouns.noun(words[core])
    if first is not None and first.kind == "outlet" and last - core > 1:
        return core + 1, first, (words[core],)
    if first is not None and first.kind == "person" and not words[core].endswith(text.nouns.endings["place_endings"]):
        return None
    return core, found if found is not None and found.kind == "outlet" else None, ()


def _take_name(text: Reading, mention: Mention, at: int) -> None:
    """The proper name `[at, last)`; places and numbers stay with the body that they belong to."""
    noun, words = mention.noun, text.tokens.words
    begin = at
    if noun is not None and noun.kind == "outlet" and text.lower[at - 1] in text.nouns.sets["outlet_in_name"]:
        begin = at - 1
    if noun is not None and noun.kind == "organization" and words[at - 1].isupper() and at > mention.core:
        begin = at - 1
    if noun is not None and noun.kind == "organization" and noun.field in {"state", "justice"} and at > mention.core:
        single = at == mention.last - 1
        if not (single and words[at].isupper()):
            begin = mention.core
    while begin < mention.last - 1 and (text.lower[begin] in text.nouns.sets["titles"] or words[begin] == "."):
        begin += 1
    mention.name = text.string(begin, mention.last)


def _take_quoted_name(text: Reading, mention: Mention) -> None:
    """A name in quotation marks right after the noun: the newspaper "X"."""
    if mention.last < len(text) and text.tokens.words[mention.last] in QUOTES and mention.noun is not None:
        quoted = quoted_range(text, mention.last)
        if quoted is not None and mention.noun.kind in {"outlet", "organization"}:
            mention.name = text.string(quoted[0], quoted[1])
            mention.quoted_name = True
            mention.last = quoted[1] + 1


def _take_short_name(text: Reading, mention: Mention) -> None:
    """The lower-case abbreviation that an agency goes by: the agency abc."""
    at, sets = mention.last, text.nouns.sets
    if mention.noun is None or mention.noun.stem not in sets["agencies"] or at >= len(text) or at in text.cuts:
        return
    word = text.tokens.words[at]
    short = word.isalpha() and len(word) <= SHORT_NAME and not any(word in sets[name] for name in CLOSED)
    if short or word in text.short_names:
        mention.name, mention.last = word, at + 1


def _quoted_name(text: Reading, at: int) -> Mention | None:
    """A name in quotation marks that stands alone, as outlets are cited: "X" reports."""
    quoted = quoted_range(text, at)
    if quoted is None:
        return None
    mention = Mention(first=at, core=at, last=quoted[1] + 1, quoted_name=True)
    mention.name = text.string(*quoted)
    look_left(text, mention)
    if text.nouns.is_outlet(mention.name):
        mention.kind = "outlet"
    return mention


def _agency(text: Reading, at: int) -> Mention:
    """An agency or broadcaster by its lower-case abbreviation."""
    mention = Mention(first=at, core=at, last=at + 1, name=text.tokens.words[at], kind="outlet")
    look_left(text, mention)
    return mention
