from itertools import pairwise

from exportsamples import few, ledgers
from hypothesis import given
from hypothesis import strategies as st

from inquit.exports.marking import Mark, depths, marks, paragraphs, steps
from inquit.records import Ledger, Quotation, Span


def _shown(text: str, *found: Mark) -> str:
    """The text with a bracket for every mark."""
    written = ""
    for step in steps(Span(0, len(text)), sorted(found, key=lambda mark: (mark.begin, -mark.end))):
        written += text[step.begin : step.end] if step.what == "text" else "[" if step.what == "open" else "]"
    return written


def test_marks_nest() -> None:
    assert _shown("abcdef", Mark(0, 6, "quote"), Mark(2, 4, "quote")) == "[ab[cd]ef]"


def test_marks_that_cross_are_cut() -> None:
    assert _shown("abcdef", Mark(0, 4, "quote"), Mark(2, 6, "quote")) == "[ab[cd]][ef]"


def test_marks_that_begin_and_end_together_nest() -> None:
    assert _shown("abc", Mark(0, 3, "quote"), Mark(0, 3, "hedge")) == "[[abc]]"


@few
@given(ledgers())
def test_steps_nest_and_lose_no_character(ledger: Ledger) -> None:
    text = ledger.article.text
    for paragraph in paragraphs(text):
        open_marks: list[Mark | None] = []
        shown = ""
        for step in steps(paragraph, marks(ledger)):
            if step.what == "open":
                open_marks.append(step.mark)
            elif step.what == "close":
                assert open_marks.pop() is step.mark
            else:
                shown += text[step.begin : step.end]
                assert all(mark and mark.begin <= step.begin and step.end <= mark.end for mark in open_marks)
        assert not open_marks
        assert shown == text[paragraph.begin : paragraph.end]


@few
@given(st.text(alphabet="ab \n\r\t\u2028", max_size=60))
def test_paragraphs_hold_every_word_in_order(text: str) -> None:
    found = paragraphs(text)
    assert all(before.end <= after.begin for before, after in pairwise(found))
    assert (
        "".join(text[begin:end] for begin, end in found).split() == text.split()
        or not found
        or "".join("".join(text[begin:end].split()) for begin, end in found) == "".join(text.split())
    )
    assert all(text[begin:end].strip() == text[begin:end] for begin, end in found)


def test_a_line_break_is_a_new_paragraph_unless_the_line_was_full() -> None:
    short = "Ein Satz steht hier.\nNoch einer."
    assert len(paragraphs(short)) == 2
    wrapped = (
        "Ein langer Satz, der von Hand umbrochen wurde, wie es in\nBriefen oft der Fall war und manchmal"
        " noch geschieht,\nendet erst hier."
    )
    assert len(paragraphs(wrapped)) == 1
    long = f"{'Wort ' * 40}Ende.\n{'Wort ' * 40}Ende."
    assert len(paragraphs(long)) == 2


def test_parents_in_a_circle_end() -> None:
    circle = tuple(
        Quotation(id=at, type="Direct", medium="none", quote=(Span(0, 1),), parent=1 - at, confidence=1.0)
        for at in (0, 1)
    )
    assert set(depths(circle)) == {0, 1}
