"""The reader by rules: each kind of frame, each type, and what is no quotation."""

import pytest

from inquit.languages import language
from inquit.quotations import ruled
from inquit.records import Article, Quotation, Spans

GERMAN = language("de")


def read(text: str) -> tuple[Quotation, ...]:
    return ruled.read(Article(id="a", origin="a", text=text), GERMAN)


def words(text: str, spans: Spans) -> str:
    return " … ".join(" ".join(text[begin:end].split()) for begin, end in spans)


@pytest.mark.parametrize(
    ("text", "quote", "speaker", "cue", "frame"),
    [
        (
            "Die Ministerin Eva Muster sagte am Montag, dass die Brücke sicher ist.",
            "dass die Brücke sicher ist", "Die Ministerin Eva Muster", "sagte",
            "Die Ministerin Eva Muster sagte am Montag,",
        ),
        ("Muster sagte, die Brücke sei sicher.", "die Brücke sei sicher", "Muster", "sagte", "Muster sagte,"),
        (
            "Der Sprecher, Jan Beispiel, teilte mit, die Halle werde gesperrt.",
            "die Halle werde gesperrt", "Der Sprecher, Jan Beispiel", "teilte mit",
            "Der Sprecher, Jan Beispiel, teilte mit,",
        ),
        (
            "Am Dienstag forderte die Gewerkschaft den Rat auf, die Löhne zu erhöhen.",
            "die Löhne zu erhöhen", "die Gewerkschaft", "forderte … auf",
            "Am Dienstag forderte die Gewerkschaft den Rat auf,",
        ),
        (
            "Der Verein hat angekündigt, das Stadion zu verkaufen.",
            "das Stadion zu verkaufen", "Der Verein", "hat angekündigt", "Der Verein hat angekündigt,",
        ),
        (
            "Die Brücke sei sicher, sagte die Ministerin.",
            "Die Brücke sei sicher", "die Ministerin", "sagte", ", sagte die Ministerin",
        ),
        (
            "Die Brücke ist gesperrt, wie die Stadt am Montag mitteilte.",
            "Die Brücke ist gesperrt", "die Stadt", "wie … mitteilte", ", wie die Stadt am Montag mitteilte",
        ),
        (
            "Wie die Stadt mitteilte, ist die Brücke gesperrt.",
            "ist die Brücke gesperrt", "die Stadt", "Wie … mitteilte", "Wie die Stadt mitteilte,",
        ),
        (
            "Das Wasser steigt weiter, so die Behörde.",
            "Das Wasser steigt weiter", "die Behörde", "so", ", so die Behörde",
        ),
        (
            "Nach Angaben der Polizei wurden drei Menschen verletzt.",
            "wurden drei Menschen verletzt", "Angaben der Polizei", "Nach", "Nach Angaben der Polizei",
        ),
        (
            "Die Halle war laut dem Bericht seit Jahren gesperrt.",
            "Die Halle war … seit Jahren gesperrt", "dem Bericht", "laut", "laut dem Bericht",
        ),
        (
            "Medienberichten zufolge starben zwei Menschen.",
            "starben zwei Menschen", "Medienberichten", "zufolge", "Medienberichten zufolge",
        ),
        (
            "Seiner Meinung nach fehlt der Stadt das Geld.",
            "fehlt der Stadt das Geld", "Seiner Meinung", "nach", "Seiner Meinung nach",
        ),
        ("Demnach war die Halle leer.", "war die Halle leer", "Demnach", "Demnach", "Demnach"),
        (
            "In dem Papier heißt es, die Kosten seien zu hoch.",
            "die Kosten seien zu hoch", "dem Papier", "heißt es", "In dem Papier heißt es,",
        ),
        (
            "Es gibt Berichte, wonach die Halle leer stand.",
            "die Halle leer stand", "Berichte", "wonach", "Es gibt Berichte, wonach",
        ),
        (
            "Er vertritt die Ansicht, dass die Halle zu klein ist.",
            "dass die Halle zu klein ist", "Er", "vertritt die Ansicht", "Er vertritt die Ansicht,",
        ),
        (
            "BASTRA argumentiert, diese Sorte erspare den Bauern viel Arbeit.",
            "diese Sorte erspare den Bauern viel Arbeit", "BASTRA", "argumentiert", "BASTRA argumentiert,",
        ),
        (
            "Laut tagesbote.example sank der Umsatz.",
            "sank der Umsatz", "tagesbote.example", "Laut", "Laut tagesbote.example",
        ),
    ],
)  # fmt: skip
def test_indirect(text: str, quote: str, speaker: str, cue: str, frame: str) -> None:
    (found,) = read(text)
    assert found.type == "Indirect"
    assert words(text, found.quote) == quote
    assert words(text, found.speaker) == speaker
    assert words(text, found.cue).replace("vertritt … die", "vertritt die") == cue
    assert words(text, found.frame) == frame


@pytest.mark.parametrize(
    ("text", "quote", "speaker"),
    [
        ("„Wir bauen ab Mai“, sagte Eva Muster dem „Tagesboten“.", "„Wir bauen ab Mai“", "Eva Muster"),
        ("Eva Muster sagte: „Wir bauen ab Mai.“", "„Wir bauen ab Mai.“", "Eva Muster"),
        ("Eva Muster: «Wir bauen ab Mai.»", "«Wir bauen ab Mai.»", "Eva Muster"),
        ("»Wir bauen. Ab Mai«, so Eva Muster.", "»Wir bauen. Ab Mai«", "Eva Muster"),
        ('"Wir bauen ab Mai", teilte das Amt mit.', '"Wir bauen ab Mai"', "das Amt"),
        ("Das Amt wurde von Eva Muster als „völlig überfordert“ bezeichnet.", "„völlig überfordert“", "Eva Muster"),
    ],
)
def test_direct(text: str, quote: str, speaker: str) -> None:
    (found,) = read(text)
    assert found.type == "Direct"
    assert words(text, found.quote) == quote
    assert words(text, found.speaker) == speaker


def test_words_around_a_frame_are_two_quotations_with_the_same_frame() -> None:
    text = "„Wir bauen“, sagte Eva Muster, „und zwar ab Mai.“"
    first, second = read(text)
    assert [words(text, one.quote) for one in (first, second)] == ["„Wir bauen“", "„und zwar ab Mai.“"]
    assert [words(text, one.speaker) for one in (first, second)] == ["Eva Muster", "Eva Muster"]


def test_a_quotation_over_paragraphs_is_one() -> None:
    text = "„Wir bauen ab Mai.\n\n„Dann ruhen wir“, sagte Eva Muster."
    (found,) = read(text)
    assert words(text, found.quote) == "„Wir bauen ab Mai. „Dann ruhen wir“"
    assert words(text, found.speaker) == "Eva Muster"


def test_a_missing_mark_lowers_confidence_and_says_so() -> None:
    closed, unclosed = "Eva Muster sagte: „Wir bauen ab Mai.“", "Eva Muster sagte: „Wir bauen ab Mai."
    (sure,), (unsure,) = read(closed), read(unclosed + "\n\nDer Rat tagt am Montag.")
    assert unsure.confidence < sure.confidence
    assert "closing quotation mark missing" in unsure.why
    assert words(unclosed, unsure.quote) == "„Wir bauen ab Mai."


def test_quoted_words_inside_a_quotation_have_it_as_parent() -> None:
    text = "Eva Muster sagte, die Lage sei „sehr ernst“."
    outer, inner = read(text)
    assert (outer.type, inner.type) == ("Indirect", "Direct")
    assert inner.parent == outer.id
    assert inner.speaker == outer.speaker
    assert words(text, inner.quote) == "„sehr ernst“"


def test_a_passage_in_the_konjunktiv_goes_on_without_a_frame() -> None:
    text = "Eva Muster sagte, die Brücke sei sicher. Man habe sie geprüft. Auch der Belag halte noch. Es regnet."
    first, passage = read(text)
    assert passage.type == "IndirectFreeIndirect"
    assert words(text, passage.quote) == "Man habe sie geprüft. Auch der Belag halte noch."
    assert passage.speaker == first.speaker
    assert passage.frame == passage.cue == ()


def test_soll_after_a_quotation_is_free_indirect() -> None:
    text = "Die Polizei teilte mit, dass sie einen Mann sucht. Er soll das Geld gestohlen haben."
    _, free = read(text)
    assert free.type == "FreeIndirect"
    assert words(text, free.speaker) == "Die Polizei"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Die Polizei sprach von einem großen Erfolg.", "Die Polizei"),
        ("Am Montag forderte die Opposition den Rücktritt des Ministers.", "die Opposition"),
        ("Experten warnen vor starkem Regen.", "Experten"),
    ],
)
def test_reported(text: str, speaker: str) -> None:
    (found,) = read(text)
    assert found.type == "Reported"
    assert words(text, found.quote) == text
    assert words(text, found.speaker) == speaker


def test_what_is_pointed_back_to_is_the_quote() -> None:
    text = "Die Halle wird verkauft. Das bestätigte der Verein am Abend."
    (found,) = read(text)
    assert words(text, found.quote) == "Die Halle wird verkauft"
    assert words(text, found.speaker) == "der Verein"


@pytest.mark.parametrize(
    "text",
    [
        "Sie las den Roman „Der lange Weg“ und schlief ein.",
        "Das Schiff „Undine“ liegt im Hafen.",
        "Der 27\" Monitor steht in Hans' Büro.",
        "Die Halle ist seit Montag gesperrt, weil das Dach undicht ist.",
        "Wenn es regnet, wäre der Platz nass.",
        "Er fand den Schlüssel, den er verloren hatte.",
        "",
    ],
)
def test_what_is_no_quotation(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Muster sagte, es sei gut.", "Speech"),
        ("Muster schrieb, es sei gut.", "Writing"),
        ("Muster glaubt, es sei gut.", "ST"),
        ("Die Stadt teilte mit, es sei gut.", "SW"),
        ("Nach Ansicht der Stadt ist es gut genug.", "ST"),
        ("Laut der Zeitung ist es gut genug.", "Writing"),
    ],
)
def test_medium(text: str, medium: str) -> None:
    assert [one.medium for one in read(text)] == [medium]


def test_the_addressee_is_found() -> None:
    text = "Muster sagte gegenüber dem Tagesboten, es sei gut."
    (found,) = read(text)
    assert words(text, found.addressee) == "dem Tagesboten"


@pytest.mark.parametrize(
    "text",
    [
        "Muster erklärte, die Strasse müsse schliessen.",
        "Muster erklärte, die Straße müsse schließen.",
        "Muster erkla\u0308rte, die Straße müsse schlie\u00dfen.",
    ],
)
def test_spelling_does_not_matter(text: str) -> None:
    (found,) = read(text)
    assert words(text, found.speaker) == "Muster"
    assert words(text, found.quote).startswith("die Stra")


def test_every_reason_names_rule_and_words() -> None:
    (found,) = read("Muster sagte, es sei gut.")
    assert found.why == ("rule: cue, Konjunktiv", "cue: sagte")
    assert 0 < found.confidence < 1
