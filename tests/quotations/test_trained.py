"""The trained reader on small texts of every kind, and on hostile ones."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import inquit
from inquit.languages import language
from inquit.languages.tokens import tokenize
from inquit.quotations import decode, trained
from inquit.quotations.trained import read, read_together
from inquit.records import Article, Quotation, Spans

GERMAN = language("de")


def article(text: str) -> Article:
    return Article(id="t", origin="t", text=text, language="de")


def quotations(text: str) -> tuple[Quotation, ...]:
    return read(article(text), GERMAN)


def words(text: str, spans: Spans) -> str:
    return " … ".join(text[b:e] for b, e in spans)


def test_direct_quotation_with_its_frame_behind() -> None:
    text = "Der Rat tagte am Montag. „Wir haben kein Geld mehr für das Bad“, sagte Bürgermeisterin Ute Mahlow."
    (one,) = quotations(text)
    assert one.type == "Direct"
    assert words(text, one.quote) == "„Wir haben kein Geld mehr für das Bad“"
    assert words(text, one.speaker) == "Bürgermeisterin Ute Mahlow"
    assert words(text, one.cue) == "sagte"
    assert any("sagte" in reason for reason in one.why)


def test_a_time_is_no_source() -> None:
    assert quotations("Nach Veröffentlichung des Berichts liess das Dementi nicht lange auf sich warten.") == ()


def test_a_published_word_with_a_determiner_is_a_source() -> None:
    text = "Nach einer Veröffentlichung der Seebank sind die Preise im Mai um drei Prozent gestiegen."
    (one,) = quotations(text)
    assert words(text, one.speaker) == "einer Veröffentlichung der Seebank"


def test_the_reasons_name_a_rule_that_agrees() -> None:
    (one,) = quotations("Der Minister erklärte am Dienstag, dass die Brücke bis zum Herbst gesperrt bleibe.")
    assert "rule: cue, conjunction" in one.why


@pytest.mark.parametrize(("opening", "closing"), [("«", "»"), ("»", "«"), ('"', '"'), ("“", "”")])
def test_marks_of_other_houses(opening: str, closing: str) -> None:
    text = f"Der Rat tagte am Montag. {opening}Wir haben kein Geld mehr für das Bad{closing}, sagte Ute Mahlow."
    (one,) = quotations(text)
    assert one.type == "Direct"
    assert words(text, one.quote) == f"{opening}Wir haben kein Geld mehr für das Bad{closing}"
    assert words(text, one.speaker) == "Ute Mahlow"


def test_indirect_quotation_after_its_frame() -> None:
    text = "Der Minister erklärte am Dienstag, dass die Brücke bis zum Herbst gesperrt bleibe."
    (one,) = quotations(text)
    assert one.type == "Indirect"
    assert "die Brücke bis zum Herbst gesperrt bleibe" in words(text, one.quote)
    assert words(text, one.speaker) == "Der Minister"
    assert words(text, one.cue) == "erklärte"


def test_laut_frame_inside_the_quotation() -> None:
    text = "Bei dem Brand wurden laut Polizei drei Menschen leicht verletzt."
    (one,) = quotations(text)
    assert words(text, one.speaker) == "Polizei"
    assert "laut" in words(text, one.frame)
    assert "laut" not in words(text, one.quote)


def test_konjunktiv_passage_without_a_frame() -> None:
    text = (
        "Der Verband habe mit dem Streit nichts zu tun, sagte Vorstandschef Jonas Rehm am Freitag. "
        "Man sei von Anfang an dagegen gewesen. Die Kosten trage allein die Stadt."
    )
    found = quotations(text)
    free = [q for q in found if q.type == "IndirectFreeIndirect"]
    assert free
    assert all(words(text, q.speaker) == "Vorstandschef Jonas Rehm" for q in free)


def test_words_in_marks_inside_an_indirect_quotation_have_it_as_parent() -> None:
    text = "Die Ministerin sagte am Abend, das Vorgehen der Behörde sei „ein Skandal ohne Beispiel“."
    found = quotations(text)
    assert [q.type for q in found] == ["Indirect", "Direct"]
    assert found[1].parent == found[0].id


def test_plain_narration_holds_no_quotation() -> None:
    assert quotations("Der Zug fuhr um acht Uhr ab. Im Wagen saßen zwölf Reisende. Draußen regnete es.") == ()


@pytest.mark.parametrize("text", ["Er sagte: „…“ und ging.", "weist habe „ “", "„?!“, fragte Eva Kolb."])
def test_punctuation_alone_is_no_quotation(text: str) -> None:
    assert all(any(map(str.isalnum, words(text, q.quote))) for q in quotations(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "Ja",
        "„“„“««»»\"\"''‚‘" * 40,
        "„" * 3000,
        "Привет, сказал он. 你好，他说。 שלום",
        "a" * 50_000,
        "\u0000\ufffd\U0010ffff\u200b",
        "., " * 2000,
    ],
)
def test_hostile_texts_are_read(text: str) -> None:
    check(text, quotations(text))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="„“«»\"'‚‘.,:!?\n abDer sagte habe sei“, ", max_size=300))
def test_what_holds_for_every_text(text: str) -> None:
    found = quotations(text)
    check(text, found)
    assert quotations(text) == found


def check(text: str, found: tuple[Quotation, ...]) -> None:
    """Spans lie in the text, frames apart from quotes, children inside parents, ids in order."""
    assert [q.id for q in found] == list(range(len(found)))
    for q in found:
        assert q.quote
        assert 0 <= q.confidence <= 1
        for spans in (q.quote, q.speaker, q.cue, q.frame, q.addressee, q.hedges):
            assert all(0 <= b < e <= len(text) for b, e in spans)
            assert list(spans) == sorted(spans)
        assert not any(b < y and x < e for b, e in q.quote for x, y in q.frame)
        if q.parent is not None:
            assert q.parent < q.id
            assert all(any(x <= b and e <= y for x, y in found[q.parent].quote) for b, e in q.quote)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(alphabet="„“«»\"'.,:!?\n abDer sagte habe sei“, ", max_size=200), max_size=6))
def test_texts_read_together_are_read_as_one_by_one(texts: list[str]) -> None:
    texts = [*texts, "", "Der Rat habe getagt, sagte Ute Mahlow. „Wir haben kein Geld“, so Mahlow."]
    assert read_together([article(text) for text in texts], GERMAN) == [quotations(text) for text in texts]


def test_no_text_at_all_is_read_to_nothing() -> None:
    assert read_together([], GERMAN) == []


def test_texts_longer_than_a_section_are_read_beside_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    short = "Der Rat habe getagt, sagte Ute Mahlow am Montag. "
    texts = [short * 9, short, short * 3]
    apart = [quotations(text) for text in texts]
    assert read_together([article(text) for text in texts], GERMAN) == apart
    for module in (trained, decode):
        monkeypatch.setattr(module, "SECTION", 40)
    cut = read_together([article(text) for text in texts], GERMAN)
    assert cut[1:] == apart[1:]
    assert cut[0] == quotations(texts[0])
    assert len(cut[0]) == 9


def test_no_speaker_reaches_over_the_end_of_a_sentence() -> None:
    path = Path(__file__).parents[2] / "examples" / "relay.txt"
    ledger = inquit.read(path)
    text = ledger.article.text
    sentences = [
        (tokens.begins[first], tokens.ends[last - 1])
        for tokens in [tokenize(text, GERMAN, skip=ledger.article.furniture)]
        for first, last in tokens.sentences
    ]
    speakers = [span for quotation in ledger.quotations for span in quotation.speaker]
    assert len(speakers) > 10
    assert [one for one in speakers if not any(b <= one.begin and one.end <= e for b, e in sentences)] == []
