"""What the network reads: house styles are made equal, marks are paired, parts of a text are as the text itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.languages import language
from inquit.languages.tokens import Tokens, tokenize
from inquit.quotations.features import (
    CASINGS,
    CLOSE,
    INSIDES,
    OPEN,
    PLACES,
    cut,
    features,
    normal_form,
    subwords,
    subwords_of,
)

GERMAN = language("de")
STYLES = (("„", "“"), ("«", "»"), ("»", "«"), ('"', '"'), ("“", "”"))


def tokens(text: str) -> Tokens:
    return tokenize(text, GERMAN)


@pytest.mark.parametrize("style", STYLES)
def test_every_house_style_reads_the_same(style: tuple[str, str]) -> None:
    text = "{0}Wir müssen heute sparen{1}, sagte Maria Lindner. Das {0}Haus{1} sei leer."
    plain = features(tokens(text.format("„", "“")))
    other = features(tokens(text.format(*style)))
    assert other.forms == plain.forms
    assert other.inside.tolist() == plain.inside.tolist()
    assert other.partner.tolist() == plain.partner.tolist()


def test_swiss_spelling_reads_the_same() -> None:
    assert normal_form("Straße") == normal_form("Strasse")
    assert normal_form("17.30") == normal_form("09.45")


def test_marks_are_paired_and_nested() -> None:
    seen = features(tokens("Er sagte: „Sie rief: ‚Komm nach Haus!‘ und ging.“"))
    assert seen.forms.count(OPEN) == seen.forms.count(CLOSE) == 2
    outer, inner = (i for i, form in enumerate(seen.forms) if form == OPEN)
    assert seen.partner[outer] > seen.partner[inner] > inner
    assert seen.inside[inner + 1] > seen.inside[outer + 1] > 0


def test_an_unclosed_mark_swallows_nothing_of_the_next_paragraph() -> None:
    seen = features(tokens("Er sagte: „Wir gehen.\n\nDer Rat tagt morgen wieder."))
    assert seen.inside[-3:].tolist() == [0, 0, 0]


def test_subwords_tell_words_apart() -> None:
    assert subwords("sagte") != subwords("fragte")
    assert subwords("sagte") == subwords("sagte")


@given(st.text(max_size=200))
def test_class_numbers_stay_in_their_tables(text: str) -> None:
    read = tokens(text)
    seen = features(read)
    assert len(seen.forms) == len(read)
    for numbers, size in ((seen.casing, CASINGS), (seen.inside, INSIDES), (seen.place, PLACES)):
        assert numbers.min(initial=0) >= 0
        assert numbers.max(initial=0) < size
    for i, partner in enumerate(seen.partner):
        assert partner == -1 or seen.partner[partner] == i
    assert all(subwords(form) for form in seen.forms)


@given(st.text(alphabet="ab .„“\n", max_size=120), st.data())
def test_a_part_has_ranges_without_gaps(text: str, data: st.DataObject) -> None:
    read = tokens(text)
    low = data.draw(st.integers(0, len(read)))
    high = data.draw(st.integers(low, len(read)))
    part, seen = cut(read, features(read), low, high)
    assert part.words == read.words[low:high]
    for ranges in (part.sentences, part.paragraphs):
        assert [i for first, last in ranges for i in range(first, last)] == list(range(high - low))
    assert all(-1 <= partner < high - low for partner in seen.partner)


@given(
    st.lists(st.text(alphabet="abcdefxyz-0äßΩ<>𝔊\ud800", max_size=9) | st.sampled_from([OPEN, CLOSE, "haus", "a", ""]))
)
def test_rows_of_many_forms_are_those_of_each(forms: list[str]) -> None:
    rows, lengths = subwords_of(forms)
    assert lengths.tolist() == [len(subwords(form)) for form in forms]
    assert rows.tolist() == [row for form in forms for row in subwords(form)]
