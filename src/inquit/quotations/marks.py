"""Quotation marks to pairs: exact, in one pass, in every German house style and in damaged text.

A glyph alone does not say whether it opens or closes (“ closes „…“ and opens “…”, » opens »…« and closes «…»),
so the white space and the punctuation around it decide first and the glyph second. Pairs never cross a paragraph:
a quotation that goes on in the next paragraph is a row of pairs, linked by `goes_on` and `continues`.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from inquit.languages import Language
from inquit.languages.tokens import Tokens
from inquit.records import Span

UNCLOSED_LIMIT = 1000
"""Characters after which a quotation that is never closed ends at the next end of a sentence.

A paragraph of news has 200 to 900 characters, so this only matters where paragraphs are lost and the whole article
is one line. Set by hand; to set it again, take the longest closed pair of a corpus of news within one paragraph.
"""

SEARCH_DEPTH = 8
"""Open marks that a closing mark looks through for its partner; deeper nesting is damage, and time stays linear."""

CONTINUED_LIMIT = 3
"""Paragraphs without any mark that may lie between an opening mark and its closing mark."""

_DOUBLE = frozenset(("„", "“", "”", "‟", '"', "＂", "``", "''", ",,", "‚‚", "’’", "‘‘", "´´"))
_GUILLEMETS = frozenset(("«", "»", "<<", ">>"))
_SINGLE_GUILLEMETS = frozenset(("‹", "›"))
_SINGLE = frozenset(("‚", "‘", "’", "'", "‛", "`", "´"))
_SINGLE_FAMILY = 3
_FAMILY = {glyph: n for n, family in enumerate((_DOUBLE, _GUILLEMETS, _SINGLE_GUILLEMETS, _SINGLE)) for glyph in family}
_APOSTROPHES = frozenset("’'‘‛`´")
_COMMAS = frozenset((",,", "‚‚", "‚"))
_ARROWS = frozenset(("<<", ">>"))
_OPENING = frozenset(("„", "‟", ",,", "‚‚", "‚", "``", "‘‘"))
_PARTNERS = {
    "„": frozenset(
        (
            "“",
            "”",
            "‟",
        )
    ),
    "“": frozenset(("”",)),
    "”": frozenset(("”",)),
    '"': frozenset(('"',)),
    "‟": frozenset(("”",)),
    "``": frozenset(("''",)),
    ",,": frozenset(
        (
            "''",
            "“",
        )
    ),
    "‘‘": frozenset(("’’",)),
    "''": frozenset(("''",)),
    "«": frozenset(("»",)),
    "»": frozenset(("«",)),
    "<<": frozenset((">>",)),
    ">>": frozenset(("<<",)),
    "‹": frozenset(("›",)),
    "›": frozenset(("‹",)),
    "‚": frozenset(
        (
            "‘",
            "’",
        )
    ),
    "‘": frozenset(("’",)),
    "’": frozenset(("’",)),
    "'": frozenset(("'",)),
    "`": frozenset(
        (
            "´",
            "'",
        )
    ),
    "´": frozenset(("´",)),
}
_GLYPH = re.compile(r",,|‚‚|``|''|’’|‘‘|´´|<<|>>|[„“”‟\"＂«»‹›‚‘’'‛`´]")
_MARKS = frozenset("„“”‟\"＂«»‹›‚‘’'‛`´")
_BEFORE_OPENING = frozenset("([{/-–—:;>=|•*") | _MARKS
_AFTER_CLOSING = frozenset(".,;:!?…)]}/-–—|<") | _MARKS
_ONLY_AFTER_CLOSING = frozenset(",;:!?)]}")
_SIGNS = frozenset(('"', "”", "''", "´´", "’’", "'", "’", "´"))
_GENITIVE_ENDS = frozenset("sxzßSXZ")
_WORD = re.compile(r"\w+")
_DECADE = re.compile(r"\d\d(?:er[ns]?)?")

Position = Literal["open", "close", "either"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two quotation marks that belong together.

    `outer` has the marks, `inner` neither them nor the white space beside them; `depth` counts the pairs around it.
    Where `closed` is false the closing mark is missing and `inner` ends with the paragraph, before the next opening
    mark of the same kind, or after about `UNCLOSED_LIMIT` characters. `goes_on` says that the next paragraph carries
    the quotation on, `continues` that it carries on the one before; its own opening mark may then be missing.
    `mark` is the opening mark, empty where there is none.
    """

    outer: Span
    inner: Span
    depth: int
    closed: bool
    continues: bool
    goes_on: bool
    mark: str


class _Mark(NamedTuple):
    """One mark; `doubtful` where it may as well be an inch sign or the apostrophe of a genitive."""

    begin: int
    end: int
    glyph: str
    family: int
    position: Position
    doubtful: bool


class _Left(NamedTuple):
    """An opening mark that nothing closed, and where its quotation ends at the latest."""

    mark: _Mark
    end: int
    to_paragraph_end: bool


@dataclass(slots=True)
class _Paragraph:
    """What pairing one paragraph gave; `orphan` is its first closing mark that nothing opened."""

    begin: int
    end: int
    pairs: list[tuple[_Mark, _Mark]]
    left: list[_Left]
    orphan: _Mark | None
    marks: list[_Mark]


def pair_marks(text: str, tokens: Tokens, language: Language) -> tuple[Pair, ...]:
    """Pairs of quotation marks in `text`, outer before inner, in the order of the text."""
    elisions = language.words("elisions")
    sentence_ends = [tokens.ends[last - 1] for _, last in tokens.sentences]
    paragraphs = []
    for first, last in tokens.paragraphs:
        begin, end = tokens.begins[first], tokens.ends[last - 1]
        paragraphs.append(_pair_paragraph(_marks(text, begin, end, elisions), begin, end, sentence_ends))
    return _with_depths(_join_paragraphs(text, paragraphs))


def _marks(text: str, begin: int, end: int, elisions: frozenset[str]) -> list[_Mark]:
    """Quotation marks of `text[begin:end]`, without apostrophes and signs for feet, minutes, inches and seconds."""
    marks = []
    for match in _GLYPH.finditer(text, begin, end):
        glyph = match.group()
        at, stop = match.span()
        before = text[at - 1] if at > begin else ""
        after = text[stop] if stop < end else ""
        position = _position(before, after, text[stop : min(stop + 2, end)])
        if glyph in _APOSTROPHES and _is_apostrophe(before, text[stop : min(stop + 12, end)], position, elisions):
            continue
        if glyph in _COMMAS and position != "open":
            continue
        if glyph in _ARROWS and position == "either":
            continue
        genitive = glyph in _APOSTROPHES and before in _GENITIVE_ENDS and after.isspace()
        doubtful = glyph in _SIGNS and (before.isdigit() or genitive)
        marks.append(_Mark(at, stop, glyph, _FAMILY[glyph], position, doubtful))
    return marks


def _position(before: str, after: str, following: str) -> Position:
    """What the characters around a mark say about it; `following` are the two characters after it."""
    space_before = not before or before.isspace()
    space_after = not after or after.isspace()
    if space_before and space_after:
        return "open" if not before else "either" if after else "close"
    if space_after:
        return "close"
    if space_before:
        full_stop = following[0] == "." and following != ".."
        return "close" if before and (after in _ONLY_AFTER_CLOSING or full_stop) else "open"
    opens, closes = before in _BEFORE_OPENING, after in _AFTER_CLOSING
    if opens == closes:
        return "either"
    return "open" if opens else "close"


def _is_apostrophe(before: str, following: str, position: Position, elisions: frozenset[str]) -> bool:
    """Whether a single mark stands for letters left out or for feet and minutes; `following` is what comes after."""
    if before.isalnum() and following[:1].isalnum():
        return True
    if before.isdigit() and not following[:1].isalpha():
        return True
    if position != "open":
        return False
    word = _WORD.match(following)
    return word is not None and (word.group() in elisions or _DECADE.fullmatch(word.group()) is not None)


def _pair_paragraph(marks: list[_Mark], begin: int, end: int, sentence_ends: list[int]) -> _Paragraph:
    """Pair the marks of one paragraph by a stack."""
    found = _Paragraph(begin, end, [], [], None, marks)
    followers = _followers(marks)
    stack: list[_Mark] = []
    dropped: list[tuple[_Mark, int]] = []
    for mark, follower in zip(marks, followers, strict=True):
        partner = _partner(mark, stack)
        if partner >= 0 and _closes(mark, stack[partner], follower):
            dropped += [(opening, mark.begin) for opening in stack[partner + 1 :]]
            found.pairs.append((stack[partner], mark))
            del stack[partner:]
        elif _opens(mark, follower):
            stack.append(mark)
        elif found.orphan is None and not stack and not found.pairs and mark.family != _SINGLE_FAMILY:
            found.orphan = mark
    dropped += [(opening, end) for opening in stack]
    found.left = _without_crossing(_left_open(dropped, found, sentence_ends), found.pairs)
    return found


def _followers(marks: list[_Mark]) -> list[_Mark | None]:
    """For each mark the next one of its family."""
    following: list[_Mark | None] = []
    latest: dict[int, _Mark] = {}
    for mark in reversed(marks):
        following.append(latest.get(mark.family))
        latest[mark.family] = mark
    return following[::-1]


def _partner(mark: _Mark, stack: list[_Mark]) -> int:
    """Place on the stack of the mark that `mark` would close: its exact partner, else the nearest of its family."""
    nearest = -1
    for at in range(len(stack) - 1, max(-1, len(stack) - 1 - SEARCH_DEPTH), -1):
        if stack[at].family == mark.family:
            if mark.glyph in _PARTNERS.get(stack[at].glyph, ()):
                return at
            nearest = at if nearest < 0 else nearest
    return nearest


def _closes(mark: _Mark, opening: _Mark, follower: _Mark | None) -> bool:
    """Whether `mark` closes `opening`; `follower` is the next mark of the same family."""
    if mark.position == "close":
        # A better closing mark follows: this one is an inch sign or the apostrophe of a genitive.
        return not (mark.doubtful and follower is not None and follower.position == "close" and not follower.doubtful)
    exact = mark.glyph in _PARTNERS.get(opening.glyph, ())
    if mark.position == "either":
        return exact or mark.glyph not in _OPENING
    # It stands like an opening mark: it closes only as an exact partner with the white space on the wrong side.
    may_open = mark.glyph == opening.glyph or mark.family == _SINGLE_FAMILY
    return exact and not may_open and (follower is None or follower.glyph == opening.glyph)


def _opens(mark: _Mark, follower: _Mark | None) -> bool:
    """Whether `mark`, which closes nothing, opens a quotation."""
    if mark.position != "either":
        return mark.position == "open"
    return mark.glyph in _OPENING or (follower is not None and follower.position != "open")


def _left_open(dropped: list[tuple[_Mark, int]], found: _Paragraph, sentence_ends: list[int]) -> list[_Left]:
    """The marks that nothing closed, without those that were apostrophes after all."""
    if not dropped:
        return []
    opened = {opening.begin: opening for opening, _ in [*found.pairs, *dropped]}
    following: dict[int, int] = {}
    latest: dict[int, int] = {}
    for begin in sorted(opened, reverse=True):
        following[begin] = latest.get(opened[begin].family, found.end)
        latest[opened[begin].family] = begin
    left = []
    for mark, limit in sorted(dropped):
        if mark.glyph in _APOSTROPHES:
            continue
        end = min(limit, following[mark.begin])
        if end - mark.begin > UNCLOSED_LIMIT:
            at = bisect_left(sentence_ends, mark.begin + UNCLOSED_LIMIT)
            end = min(end, sentence_ends[at], mark.begin + 2 * UNCLOSED_LIMIT)
        left.append(_Left(mark, end, end == found.end))
    return left


def _without_crossing(left: list[_Left], pairs: list[tuple[_Mark, _Mark]]) -> list[_Left]:
    """The marks that nothing closed, with ends that cross no other pair."""
    if not left:
        return left
    ends = [one.end for one in left]
    around: list[tuple[int, int]] = []  # (end, place in `left` or -1)
    closed = [(opening.begin, closing.end, -1) for opening, closing in pairs]
    for begin, end, at in sorted(closed + [(one.mark.begin, one.end, n) for n, one in enumerate(left)]):
        while around and around[-1][0] <= begin:
            around.pop()
        if around and at >= 0:
            ends[at] = min(end, around[-1][0])
        while around and at < 0 and around[-1][0] < end:
            ends[around.pop()[1]] = begin
        around.append((ends[at] if at >= 0 else end, at))
    return [one._replace(end=end) for one, end in zip(left, ends, strict=True)]


def _join_paragraphs(text: str, paragraphs: list[_Paragraph]) -> list[Pair]:
    """All pairs, where a quotation that goes on from paragraph to paragraph is a row of linked pairs."""
    pairs: list[Pair] = []
    carried: _Left | None = None
    for n, paragraph in enumerate(paragraphs):
        reopened = paragraph.marks[0] if carried and _reopens(paragraph, carried.mark) else None
        ends_here = bool(carried and not reopened and _ends_carried(paragraph, carried.mark))
        silent = bool(carried and not reopened and not ends_here)
        if ends_here and paragraph.orphan:
            closing = paragraph.orphan
            pairs.append(replace(_pair(text, paragraph.begin, closing.begin, closing.end, ""), continues=True))
        elif silent:
            whole = _pair(text, paragraph.begin, paragraph.end, paragraph.end, "")
            pairs.append(replace(whole, continues=True, goes_on=True))
        carried = carried if silent else _carried(paragraphs, n)
        for opening, closing in paragraph.pairs:
            pair = _pair(text, opening.begin, closing.begin, closing.end, opening.glyph)
            pairs.append(replace(pair, continues=opening is reopened))
        for left in paragraph.left:
            pair = _pair(text, left.mark.begin, left.end, left.end, left.mark.glyph)
            pairs.append(replace(pair, closed=False, continues=left.mark is reopened, goes_on=left is carried))
    return pairs


def _carried(paragraphs: list[_Paragraph], n: int) -> _Left | None:
    """The quotation that paragraph `n` leaves open and that the following paragraphs carry on."""
    for left in paragraphs[n].left:
        if not left.to_paragraph_end:
            continue
        for following in paragraphs[n + 1 : n + 2 + CONTINUED_LIMIT]:
            if following is paragraphs[n + 1] and _reopens(following, left.mark):
                return left
            if _ends_carried(following, left.mark):
                return left
            if any(mark.family == left.mark.family for mark in following.marks):
                break
    return None


def _reopens(paragraph: _Paragraph, mark: _Mark) -> bool:
    """Whether a paragraph begins with the mark that the one before left open."""
    first = paragraph.marks[0] if paragraph.marks else None
    if first is None or first.begin != paragraph.begin or first.family != mark.family:
        return False
    opens = any(opening is first for opening, _ in paragraph.pairs) or any(one.mark is first for one in paragraph.left)
    return opens and (first.position != "close" or first.glyph == mark.glyph)


def _ends_carried(paragraph: _Paragraph, mark: _Mark) -> bool:
    """Whether a paragraph has the closing mark of a quotation that an earlier paragraph left open."""
    orphan = paragraph.orphan
    return orphan is not None and orphan.family == mark.family and not orphan.doubtful


def _pair(text: str, begin: int, inner_end: int, end: int, mark: str) -> Pair:
    """A pair, its inner span without the white space beside the marks."""
    inner_begin = begin + len(mark)
    closed = end > inner_end
    while inner_begin < inner_end and text[inner_begin].isspace():
        inner_begin += 1
    while inner_end > inner_begin and text[inner_end - 1].isspace():
        inner_end -= 1
    outer = Span(begin, end if closed else max(inner_end, begin + len(mark)))
    return Pair(outer, Span(inner_begin, max(inner_begin, inner_end)), 0, closed, False, False, mark)


def _with_depths(pairs: list[Pair]) -> tuple[Pair, ...]:
    """The pairs in the order of the text, each with the number of pairs around it."""
    ordered = sorted(pairs, key=lambda pair: (pair.outer.begin, -pair.outer.end))
    ends: list[int] = []
    out = []
    for pair in ordered:
        while ends and ends[-1] < pair.outer.end:
            ends.pop()
        out.append(replace(pair, depth=len(ends)) if ends else pair)
        ends.append(pair.outer.end)
    return tuple(out)
