"""Quotation marks become pairs, in every house style and in damaged text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.languages import language
from inquit.languages.tokens import tokenize
from inquit.quotations.marks import UNCLOSED_LIMIT, Pair, pair_marks

GERMAN = language("de")


def pairs(text: str) -> tuple[Pair, ...]:
    return pair_marks(text, tokenize(text, GERMAN), GERMAN)


def inner(text: str) -> list[str]:
    return [text[slice(*pair.inner)] for pair in pairs(text)]


@pytest.mark.parametrize(
    "quoted",
    [
        "„{}“", "„{}”", '„{}"', "„{}„", "“{}”", "“{}“", "”{}”", '"{}"', '"{}“', "«{}»", "»{}«", "« {} »", "» {} «",
        "«\u00a0{}\u00a0»", "„ {} “", '" {} "', "‹{}›", "›{}‹", "‚{}‘", "‚{}’", "‘{}’", "’{}’", "'{}'", "`{}´",
        ",,{}''", "``{}''", ',,{}"', "''{}''", "‚‚{}‘‘", "<<{}>>", "„{} “",
    ],
)  # fmt: skip
def test_every_style_is_one_closed_pair(quoted: str) -> None:
    before, after = "Die Sprecherin sagte: ", ", und ging."
    text = before + quoted.format("Wir bauen ab Mai") + after
    (pair,) = pairs(text)
    assert text[slice(*pair.inner)] == "Wir bauen ab Mai"
    assert text[slice(*pair.outer)] == quoted.format("Wir bauen ab Mai")
    assert pair.closed
    assert pair.depth == 0
    assert not pair.continues
    assert not pair.goes_on


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„Er rief ‚Halt‘ und lief“, sagte sie.", ["Er rief ‚Halt‘ und lief", "Halt"]),
        ("„Er rief ‚Halt‘“, sagte sie.", ["Er rief ‚Halt‘", "Halt"]),
        ("„‚Halt‘, rief er“, sagte sie.", ["‚Halt‘, rief er", "Halt"]),
        ("\"Er rief 'Halt'\", sagte sie.", ["Er rief 'Halt'", "Halt"]),
        ("«Er rief ‹Halt› und lief», sagte sie.", ["Er rief ‹Halt› und lief", "Halt"]),
        ("„Er rief „Halt“ und lief“, sagte sie.", ["Er rief „Halt“ und lief", "Halt"]),
        ('"Er rief "Halt" und lief", sagte sie.', ['Er rief "Halt" und lief', "Halt"]),
        ("„Er rief “Halt” und lief“, sagte sie.", ["Er rief “Halt” und lief", "Halt"]),
        ("»Er rief „Halt“ und lief«, sagte sie.", ["Er rief „Halt“ und lief", "Halt"]),
        ("„Er rief »Halt« und ‚Nein‘.“", ["Er rief »Halt« und ‚Nein‘.", "Halt", "Nein"]),
    ],
)
def test_nested_pairs_come_after_the_outer_one(text: str, expected: list[str]) -> None:
    assert inner(text) == expected
    assert [pair.depth for pair in pairs(text)] == [0] + [1] * (len(expected) - 1)


def test_styles_may_change_from_pair_to_pair() -> None:
    assert inner('„Eins“, "zwei", «drei», »vier« und ‚fünf‘.') == ["Eins", "zwei", "drei", "vier", "fünf"]


@pytest.mark.parametrize(
    "text",
    [
        "Hans' Auto und Max’ Haus stehen dort.",
        "Das war's, sagt's weiter, so ist’s.",
        "Er hat 'ne Idee und 'n Plan, 's ist wahr.",
        "In den '68er Jahren und '90 war es anders.",
        "Der Rock'n'Roll und die d'Hondt-Zählung.",
        'Ein 27"-Monitor neben dem 15" Gerät.',
        "Um 5'30 lief er, 6'2\" groß war er.",
        "Es kam, wie es kam, doch 5 > 3.",
        "",
    ],
)
def test_apostrophes_and_inches_are_no_marks(text: str) -> None:
    assert pairs(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Der 27" Monitor ist neu", sagte sie.', ['Der 27" Monitor ist neu']),
        ("‚Das ist Hans’ Auto‘, sagte sie.", ["Das ist Hans’ Auto"]),
        ("'Das ist Hans' Auto', sagte sie.", ["Das ist Hans' Auto"]),
        ("„Wir haben’s geschafft“, sagte sie.", ["Wir haben’s geschafft"]),
        ('"Es waren 20", sagte sie.', ["Es waren 20"]),
        ('Der "Falke"-Prozess und die Nicht-"Helden" (siehe "Amt").', ["Falke", "Helden", "Amt"]),
        ('"...und dann?", fragte sie, "…nichts"', ["...und dann?", "…nichts"]),
        ('Sie sagte:"Ja."', ["Ja."]),
        ('"Eins", sagt sie. "Zwei", sagt er.', ["Eins", "Zwei"]),
        ('Wort ", sagte sie. "Zwei", sagt er.', ["Zwei"]),
        ("“Eins”, sagt sie. “Zwei”, sagt er.", ["Eins", "Zwei"]),
        ("„Eins. “Danach ging sie. „Zwei“, rief sie.", ["Eins.", "Zwei"]),
    ],
)
def test_spacing_decides_what_a_mark_does(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    text = "Sie sagte: „Wir bauen im Mai.\n\nDer Rat tagt am Montag.\n\n„Gut“, sagte er."
    first, second = pairs(text)
    assert text[slice(*first.outer)] == "„Wir bauen im Mai."
    assert text[slice(*first.inner)] == "Wir bauen im Mai."
    assert not first.closed
    assert not first.goes_on
    assert second.closed


def test_an_unclosed_mark_ends_before_the_next_of_its_kind() -> None:
    text = "„Wir bauen im Mai, sagte sie. „Gut“, sagte er."
    assert inner(text) == ["Wir bauen im Mai, sagte sie.", "Gut"]
    assert [pair.closed for pair in pairs(text)] == [False, True]
    assert [pair.depth for pair in pairs(text)] == [0, 0]


def test_an_unclosed_mark_does_not_swallow_an_article_on_one_line() -> None:
    text = "„Wir bauen im Mai. " + "Der Rat tagt am Montag in der Halle. " * 500
    (pair,) = pairs(text)
    assert not pair.closed
    assert UNCLOSED_LIMIT <= pair.inner.end < UNCLOSED_LIMIT + 50
    assert text[pair.inner.end - 1] == "."


def test_an_unclosed_inner_mark_ends_inside_the_outer_pair() -> None:
    text = "„Er rief »Halt und lief“, sagte sie."
    outer, nested = pairs(text)
    assert text[slice(*outer.inner)] == "Er rief »Halt und lief"
    assert text[slice(*nested.inner)] == "Halt und lief"
    assert (outer.closed, nested.closed, nested.depth) == (True, False, 1)


def test_marks_that_open_again_with_each_paragraph() -> None:
    text = "„Wir bauen im Mai.\n\n„Wir bauen im Juni.\n\n„Dann ruhen wir“, sagte sie.\n\n„Gut“, sagte er."
    found = pairs(text)
    assert [text[slice(*pair.inner)] for pair in found] == [
        "Wir bauen im Mai.", "Wir bauen im Juni.", "Dann ruhen wir", "Gut",
    ]  # fmt: skip
    assert [pair.goes_on for pair in found] == [True, True, False, False]
    assert [pair.continues for pair in found] == [False, True, True, False]
    assert [pair.closed for pair in found] == [False, False, True, True]


@pytest.mark.parametrize("marks", ["„“", '""', "«»", "»«"])
def test_a_quotation_over_paragraphs_without_marks_between(marks: str) -> None:
    text = f"Sie sagte: {marks[0]}Wir bauen im Mai.\n\nWir bauen im Juni.\n\nDann ruhen wir{marks[1]}, sagte sie."
    found = pairs(text)
    assert [text[slice(*pair.inner)] for pair in found] == ["Wir bauen im Mai.", "Wir bauen im Juni.", "Dann ruhen wir"]
    assert [(pair.continues, pair.goes_on) for pair in found] == [(False, True), (True, True), (True, False)]
    assert [pair.mark for pair in found] == [marks[0], "", ""]


def test_furniture_holds_no_marks() -> None:
    text = "„Eins“ „Lesen Sie auch“ „Zwei“"
    tokens = tokenize(text, GERMAN, [(7, 23)])  # type: ignore[list-item]
    assert [text[slice(*pair.inner)] for pair in pair_marks(text, tokens, GERMAN)] == ["Eins", "Zwei"]


PIECES = st.lists(
    st.sampled_from(
        [*"„“”\"«»‹›‚‘’'.,s -\n", ",,", "``", "''", "\n\n", "Wort", "15", "<<", " "]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@given(PIECES)
def test_pairs_lie_in_the_text_and_never_cross(text: str) -> None:
    found = pairs(text)
    assert found == pairs(text)
    open_ends: list[int] = []
    for pair in found:
        assert 0 <= pair.outer.begin <= pair.inner.begin <= pair.inner.end <= pair.outer.end <= len(text)
        assert pair.outer.begin < pair.outer.end
        assert text[pair.outer.begin :].startswith(pair.mark)
        assert "\n\n" not in text[slice(*pair.outer)].strip()
        while open_ends and open_ends[-1] <= pair.outer.begin:
            open_ends.pop()
        assert not open_ends or pair.outer.end <= open_ends[-1]
        assert pair.depth == len(open_ends)
        open_ends.append(pair.outer.end)


@given(PIECES)
def test_rows_of_paragraphs_are_linked_both_ways(text: str) -> None:
    found = pairs(text)
    assert sum(pair.goes_on for pair in found) == sum(pair.continues for pair in found)
