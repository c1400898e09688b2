import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.languages import language
from inquit.languages.tokens import KEPT_LETTERS, tokenize
from inquit.records import Span

GERMAN = language("de")


def words(text: str) -> list[str]:
    return tokenize(text, GERMAN).words


def sentences(text: str) -> list[str]:
    tokens = tokenize(text, GERMAN)
    return [text[slice(*tokens.span(*sentence))] for sentence in tokens.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er kam, sah.", ["Er", "kam", ",", "sah", "."]),
        ("Die US-Regierung", ["Die", "US-Regierung"]),
        ("rund 86 000,50 Franken", ["rund", "86", "000,50", "Franken"]),
        ("Lohmarks «Moscow»-Bericht", ["Lohmarks", "«", "Moscow", "»", "-", "Bericht"]),
        ("Haus- und Hofblatt", ["Haus-", "und", "Hofblatt"]),
        ("geht's", ["geht's"]),
        ("z.B. heute", ["z.B.", "heute"]),
        (",,So''", [",,", "So", "''"]),
        ("die Schüler:innen", ["die", "Schüler:innen"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_decomposed_umlauts_are_one_word_and_keep_their_offsets() -> None:
    text = unicodedata.normalize("NFD", "Für Äußerungen büßen")
    tokens = tokenize(text, GERMAN)
    assert tokens.words == ["Für", "Äußerungen", "büßen"]
    assert text[slice(*tokens.span(1, 2))] == unicodedata.normalize("NFD", "Äußerungen")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am 3. Mai kam Dr. Moll. Er blieb.", ["Am 3. Mai kam Dr. Moll.", "Er blieb."]),
        ("„Nein. Nie!“, sagte er. Sie ging.", ["„Nein.", "Nie!“, sagte er.", "Sie ging."]),
        ("«Gut.» Dann schwieg sie.", ["«Gut.»", "Dann schwieg sie."]),
        ("Er fragte: „Wer?“ Und ging.", ["Er fragte: „Wer?“", "Und ging."]),
        ("K. Moll kam um 10.30 Uhr.", ["K. Moll kam um 10.30 Uhr."]),
        ("Das kostet ca. 3 Mio. Euro.", ["Das kostet ca. 3 Mio. Euro."]),
        ("Titel ohne Punkt\n\nDer Text beginnt.", ["Titel ohne Punkt", "Der Text beginnt."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_broken_sentence_is_no_paragraph() -> None:
    text = "Er nannte das\nganz offen „einen Witz“,\nund ging.\nDie nächste Zeile ist ein Absatz."
    assert len(tokenize(text, GERMAN).paragraphs) == 2


def test_a_line_is_a_paragraph_where_lines_are_not_wrapped() -> None:
    text = "Klinik schließt die Station\nDie Kreisklinik schreibt rote Zahlen.\nNun steht sie zur Disposition."
    assert len(tokenize(text, GERMAN).paragraphs) == 3


def test_wrapped_lines_are_one_paragraph_even_where_a_noun_begins_the_line() -> None:
    first = (
        "Die Kreisklinik schreibt seit drei Jahren rote Zahlen und der\n"
        "Landrat will das nicht länger hinnehmen, sagte er am Freitag im\n"
        "Kreishaus vor der Presse. Er sagte es dreimal.\n"
    )
    second = (
        "Die Opposition nennt das einen Bruch aller Zusagen vor der\n"
        "Wahl und hat eine Sitzung des Ausschusses beantragt, in der\n"
        "Zeugen gehört werden sollen."
    )
    tokens = tokenize(first + second, GERMAN)
    assert [tokens.span(*p).begin for p in tokens.paragraphs] == [0, len(first)]


def test_skipped_spans_have_no_tokens_and_end_a_paragraph() -> None:
    text = "Vorher steht das. Bild: Agentur Nachher steht dies."
    furniture = Span(text.index("Bild"), text.index("Nachher"))
    tokens = tokenize(text, GERMAN, skip=[furniture])
    assert "Bild" not in tokens.words
    assert len(tokens.paragraphs) == 2


@given(st.text(alphabet=st.sampled_from("aÄß .,;:!?„“«»\"'\n\r\t-–0123B…)(`\u0301\u2028"), max_size=200))
def test_tokens_cover_all_that_is_not_space(text: str) -> None:
    tokens = tokenize(text, GERMAN)
    covered = {i for b, e in zip(tokens.begins, tokens.ends, strict=True) for i in range(b, e)}
    assert covered == {i for i, c in enumerate(text) if not c.isspace()}
    for ranges in (tokens.sentences, tokens.paragraphs):
        assert [i for first, last in ranges for i in range(first, last)] == list(range(len(tokens)))


@given(st.text(max_size=300))
def test_tokens_are_in_order_and_never_empty(text: str) -> None:
    tokens = tokenize(text, GERMAN)
    edges = [x for pair in zip(tokens.begins, tokens.ends, strict=True) for x in pair]
    assert edges == sorted(edges)
    assert all(b < e <= len(text) for b, e in zip(tokens.begins, tokens.ends, strict=True))


def test_tokens_of_the_last_texts_are_kept_and_of_no_more() -> None:
    """A batch of short texts is kept whole; of texts as long as what is kept, only the last one."""
    short = [f"Nummer {n}. " * 200 for n in range(50)]
    first = [tokenize(text, GERMAN) for text in short]
    assert all(tokenize(text, GERMAN) is one for text, one in zip(short, first, strict=True))
    assert tokenize(short[0], GERMAN, [Span(0, 6)]) is not first[0]
    long = [letter * KEPT_LETTERS for letter in "ab"]
    both = [tokenize(text, GERMAN) for text in long]
    assert tokenize(long[1], GERMAN) is both[1]
    assert tokenize(long[0], GERMAN) is not both[0]
    assert tokenize(short[0], GERMAN) is not first[0]
