"""Furniture in a text: which of its lines are not the article.

A line is judged by its form and its place: what only a page says (a button, a link to another article, a credit) is
furniture anywhere; a date, a label of a department or a sign-off only before or after the paragraphs of the article.
Where the form leaves doubt the line stays, because a statement that is lost is worse than a caption that is read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from inquit.languages import Language
from inquit.readers.forms import Forms, forms
from inquit.records import Span, Spans

_LONGEST_LINE = 320
"""Characters of the longest caption, teaser or notice; the longest in the scraped articles of
`inquit-articles/train.jsonl` has 170."""

_LONGEST_TEASER = 140
"""Characters of the longest headline in a list of links."""

_LONGEST_TITLE = 200
_LONGEST_LABEL = 60
_MOST_LABEL_WORDS = 5
"""A line before the title with more characters or words is no label of a department."""

_SHORTEST_PARAGRAPH = 140
"""Characters from which on a line that ends as a sentence does is a paragraph of the article."""

_MOST_SIGN_WORDS = 3

_LARGEST_BOX, _LONGEST_BOX_LINE = 6, 200
_LARGEST_LIST, _LARGEST_LIST_INSIDE = 12, 5
"""Lines of a box at most, and characters of each; lines of a list of links, fewer between paragraphs of the article."""

_LONGEST_CAPTION = 200
_LONGEST_CREDIT = 100
"""Characters of a caption with its credit; at the end of a longer line only the credit is furniture."""

_BLANKS = " \t\r\n\v\f\x1c\x1d\x1e\x85\xa0\u2028\u2029\u200b\ufeff\xad"
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n|\u2028)[^\S\n\r\u2028]*(?:\r\n?|\n|\u2028)|\u2029")
_ORNAMENT, _ORNAMENT_AFTER = "+*-–—•·→➔►▶>»|# ", "+*|# "
_TRAIL = re.compile(r"\s+[|·•/–]\s+|(?<=[^\W\d_])(?=\d)|(?<=[a-zäöüß?!.“”\"«»])(?=[A-ZÄÖÜ])")
_CRUMBS = re.compile(r"\s+[/>|»›·•→]\s+|(?<=\w)\s*[>|»›→]\s*(?=\w)")
_DASHES = re.compile(r"\s+[-–]\s+")
_SENTENCE_END = (".", "!", "?", "…", "“", "”", '"', "«", "»", "'", "’", "‹", "›", ")", ":")
_CLOSING = "“”\"»«’'›‹)] "


@dataclass(slots=True)
class _Line:
    """A line that is not blank: its characters without the white space around it, and what was found in it."""

    begin: int
    end: int
    text: str
    after_blank: bool
    spans: list[Span] = field(default_factory=list)

    def mark(self, begin: int | None = None, end: int | None = None) -> None:
        self.spans = [Span(self.begin if begin is None else begin, self.end if end is None else end)]

    @property
    def whole(self) -> bool:
        return any(span == (self.begin, self.end) for span in self.spans)

    @property
    def paragraph(self) -> bool:
        rest = self.text[: self.spans[0].begin - self.begin].rstrip() if self.spans else self.text
        return len(rest) >= _SHORTEST_PARAGRAPH and rest.endswith(_SENTENCE_END)


def find(text: str, language: Language, *, known: Iterable[Span] = ()) -> Spans:
    """Spans of furniture in `text`, in order and disjoint; `known` are those that the markup shows."""
    lines = _lines(text)
    form = forms(language)
    for i, line in enumerate(lines):
        _judge(line, form, first=not i)
    _boxes(lines, form)
    _lists(lines, form)
    _captions(lines, form)
    _head(lines, form)
    _tail(lines, form)
    spans = [span for line in lines for span in line.spans]
    return _disjoint([*spans, *(span for span in known if span.begin < span.end)])


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    at = 0
    for match in _LINE.finditer(text):
        content = match.group()
        stripped = content.lstrip(_BLANKS)
        begin = match.end() - len(stripped)
        stripped = stripped.rstrip(_BLANKS)
        if stripped:
            blank = not lines or _BLANK_LINE.search(text, at, begin) is not None
            lines.append(_Line(begin, begin + len(stripped), stripped, blank))
            at = begin + len(stripped)
    return lines


def _judge(line: _Line, form: Forms, *, first: bool) -> None:
    """Mark what is furniture anywhere in a text; a title ("Podcast: …") may look like some links."""
    if len(line.text) > _LONGEST_LINE:
        _mark_credit(line, form)
        return
    bare = _bare(line.text)
    whole = (form.button_alone, form.section_link, form.call, form.line, form.credit_alone)
    if (
        any(pattern.fullmatch(bare) or pattern.fullmatch(line.text) for pattern in whole)
        or _is_link(bare, form, first=first)
        or (form.caption.fullmatch(bare) and len(bare) <= _LONGEST_CAPTION)
        or (len(line.text) <= _LONGEST_CAPTION and _may_hold_credit(line.text) and form.credit.search(line.text))
        or _is_buttons(bare, form)
        or facts(line.text, form) == "strong"
        or _is_signed(line.text, form)
    ):
        line.mark()
    else:
        _mark_credit(line, form)


def _mark_credit(line: _Line, form: Forms) -> None:
    """Mark a credit at the end of a paragraph."""
    if not _may_hold_credit(line.text):
        return
    from_here = max(0, len(line.text) - _LONGEST_CREDIT)
    credit = form.credit.search(line.text, from_here) or form.source.search(line.text, from_here)
    if credit:
        line.mark(line.begin + _after_space(line.text, credit.start()))


def _may_hold_credit(text: str) -> bool:
    """A quick look that spares most lines the search for a credit."""
    return ":" in text[-_LONGEST_CREDIT:] or "©" in text or text.endswith((")", ").", "]"))


def _is_link(text: str, form: Forms, *, first: bool) -> bool:
    """Whether a line says that what follows are links, and names them; a paragraph may begin in the same words."""
    if len(text) >= _SHORTEST_PARAGRAPH and text.endswith("."):
        return False
    return bool(form.teaser.fullmatch(text) or (not first and form.teaser_below.fullmatch(text)))


def _bare(text: str) -> str:
    """A line without arrows, bullets and plus signs around it."""
    return text.lstrip(_ORNAMENT).rstrip(_ORNAMENT_AFTER)


def _after_space(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())


def _is_buttons(text: str, form: Forms) -> bool:
    """Whether a line consists of at least two buttons and nothing else."""
    at = found = 0
    while at < len(text):
        match = form.button.match(text, at) or form.separators.match(text, at)
        if match is None:
            return False
        found += match.re is form.button
        at = match.end()
    return found >= 2


def facts(text: str, form: Forms, at: int = 0) -> str | None:
    """`strong` or `date` where `text` from `at` on says nothing but dates, times, counts and the like, else `None`."""
    kind: str | None = None
    while at < len(text):
        for name, pattern in (("strong", form.strong), ("date", form.dates), ("", form.weak), ("", form.separators)):
            match = pattern.match(text, at)
            if match and match.end() > at:
                kind = name if name == "strong" or (name and kind is None) else kind
                at = match.end()
                break
        else:
            return None
    return kind


def _is_signed(text: str, form: Forms) -> bool:
    """Whether a line gives dates or counts and, after a bar, who wrote or sent the article."""
    before, bar, sign = text.rpartition("|")
    return bool(bar) and len(sign.split()) <= _MOST_SIGN_WORDS and facts(before, form) == "strong"


def _boxes(lines: list[_Line], form: Forms) -> None:
    """Mark the blocks of newsletters, embedded posts, consent and polls."""
    for i, line in enumerate(lines):
        bare = _bare(line.text)
        if len(bare) > _LONGEST_LINE:
            continue
        following = lines[i + 1] if i + 1 < len(lines) else None
        if form.poll.fullmatch(bare) and following and following.text.endswith("?"):
            line.mark()
            following.mark()
        if form.box.fullmatch(bare):
            line.mark()
            block = _block(lines, i)
            if line.after_blank and len(block) <= _LARGEST_BOX and all(len(b.text) <= _LONGEST_BOX_LINE for b in block):
                for other in block:
                    other.mark()


def _block(lines: list[_Line], first: int) -> list[_Line]:
    """Lines from `first` to the next blank line, one more than a box has at most."""
    last = first + 1
    while last < min(len(lines), first + _LARGEST_BOX + 1) and not lines[last].after_blank:
        last += 1
    return lines[first:last]


def _lists(lines: list[_Line], form: Forms) -> None:
    """Mark headings such as "Mehr zum Thema" and the headlines under them."""
    last = max((i for i, line in enumerate(lines) if line.paragraph), default=-1)
    for i, line in enumerate(lines):
        bare = _bare(line.text)
        inside = i < last
        heading = form.heading.fullmatch(bare) or (not inside and form.last_heading.fullmatch(bare))
        if len(bare) > _LONGEST_TEASER or not heading:
            continue
        line.mark()
        for other in lines[i + 1 : i + 1 + (_LARGEST_LIST_INSIDE if inside else _LARGEST_LIST)]:
            if not _is_teaser(other):
                break
            other.mark()


def _is_teaser(line: _Line) -> bool:
    """Whether a line may be a headline in a list of links: short, and not a sentence of running text."""
    return len(line.text) <= _LONGEST_TEASER and not line.text.rstrip(_CLOSING).endswith((".", ":", ";", ","))


def _captions(lines: list[_Line], form: Forms) -> None:
    """Mark a caption that stands on the line before its credit, the two being a block of their own."""
    for i in range(1, len(lines)):
        before, line = lines[i - 1], lines[i]
        ends = i + 1 == len(lines) or lines[i + 1].after_blank
        block = before.after_blank and not line.after_blank and ends and i > 1
        credit = line.whole and form.credit_alone.fullmatch(line.text)
        if block and credit and not before.spans and len(before.text) <= _LONGEST_CAPTION:
            before.mark()


def _head(lines: list[_Line], form: Forms) -> None:
    """Mark labels, breadcrumbs and dates before the first paragraph."""
    first = next((i for i, line in enumerate(lines) if line.paragraph), len(lines))
    head = lines[:first]
    if not head:
        return
    leading = form.leading_date.match(head[0].text)
    if leading and not head[0].spans and leading.end() < len(head[0].text):
        head[0].mark(head[0].begin, head[0].begin + len(leading.group().rstrip()))
    for i, line in enumerate(head):
        if not line.spans and i and facts(line.text, form):
            line.mark()
        elif not line.spans and len(line.text) <= _LONGEST_TITLE:
            at = _trailing_facts(line.text, form)
            if at is not None:
                line.mark(line.begin + at)
    _labels(head, form)


def _trailing_facts(text: str, form: Forms) -> int | None:
    """Where dates, times and counts begin that are stuck to the end of a line, or follow it after a bar."""
    for match in _TRAIL.finditer(text):
        at = _after_space(text, match.start())
        rest = match.end()
        if at > 0 and rest < len(text) and facts(text, form, rest) and form.dates.search(text, rest):
            return at
    return None


def _labels(head: list[_Line], form: Forms) -> None:
    """Mark what stands before the title: the line with a date stuck to it, or the last one before lines of facts."""
    title = next((i for i, line in enumerate(head) if line.spans and not line.whole), None)
    if title is None:
        title = next((i for i in range(1, len(head) - 1) if _before_facts(head, i, form)), None)
    for i, line in enumerate(head[:-1]):
        if title is not None and i >= title:
            break
        if line.whole:
            continue
        label = len(line.text) <= _LONGEST_LABEL and len(line.text.split()) <= _MOST_LABEL_WORDS
        if _is_trail(line.text) or form.section.fullmatch(line.text) or (label and title is not None):
            line.mark()
        else:
            break


def _before_facts(head: list[_Line], i: int, form: Forms) -> bool:
    """Whether line `i` stands between an unmarked short line and a line of dates and counts, no blank line between."""
    following = head[i + 1]
    return not head[i].after_blank and not following.after_blank and facts(following.text, form) is not None


def _is_trail(text: str) -> bool:
    """Whether a line is a breadcrumb or a row of departments."""
    if len(text) > 2 * _LONGEST_LABEL:
        return False
    parts = _CRUMBS.split(text)
    parts = parts if len(parts) > 1 else _DASHES.split(text)
    needed = 2 if _CRUMBS.search(text) else 3
    return len(parts) >= needed and all(part and len(part.split()) <= 3 for part in parts)


def _tail(lines: list[_Line], form: Forms) -> None:
    """Mark sign-offs and dates after the last paragraph."""
    seen_paragraph = any(line.paragraph for line in lines)
    for line in reversed(lines):
        if line.whole:
            continue
        if not seen_paragraph or not (form.signoff.fullmatch(line.text) or facts(line.text, form)):
            break
        line.mark()


def _disjoint(spans: list[Span]) -> Spans:
    """The union of `spans` as disjoint spans in order."""
    union: list[Span] = []
    for begin, end in sorted(spans):
        if union and begin < union[-1].end:
            union[-1] = Span(union[-1].begin, max(end, union[-1].end))
        else:
            union.append(Span(begin, end))
    return tuple(union)
