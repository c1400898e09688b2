"""Furniture: the forms of many outlets are found, and sentences of articles are left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapes import PARAGRAPH, SCRAPES, SECOND, unmarked

from inquit.languages import language
from inquit.readers import furniture
from inquit.records import Span

GERMAN = language("de")


def found(text: str) -> list[str]:
    return [text[begin:end] for begin, end in furniture.find(text, GERMAN)]


@pytest.mark.parametrize("scrape", SCRAPES.values(), ids=SCRAPES)
def test_all_furniture_of_a_scrape_is_found_and_nothing_else(scrape: str) -> None:
    text, gold = unmarked(scrape)
    marked = {i for begin, end in furniture.find(text, GERMAN) for i in range(begin, end) if not text[i].isspace()}
    assert marked == {i for begin, end in gold for i in range(begin, end) if not text[i].isspace()}


@pytest.mark.parametrize(
    "line",
    [
        "Lesen Sie auch: «Ich gehe nicht», sagt der Wirt",
        "Mehr zum Thema: Bäder, Gemeinden",
        "+++ Mehr zum Thema: Alle Bäder im Überblick +++",
        "Das Bad von oben. Bild: Keystone",
        "„Da schwimmt keiner mehr“: Bademeister Ott. Foto: M. Ott",
        "Ein leeres Becken (Symbolbild)",
        "Newsletter „Guten Morgen“: kostenlos, werktags um 6 Uhr",
        "@oberwil: «Wir sind traurig.» 12 Reposts",
        "Jetzt kostenlos anmelden!",
        "Teilen Merken Drucken",
        "Alle 19 Kommentare lesen",
        "Aktualisiert am 3. Juni 2025, 08:45 Uhr",
        "Lesedauer: 3 Min.",
        "© Landbote 2025",
        "Mehr «Schweiz»",
    ],
)
def test_a_line_that_only_a_page_has_is_furniture_between_paragraphs(line: str) -> None:
    assert found(f"Gemeinde stoppt Hallenbad\n\n{PARAGRAPH}\n\n{line}\n\n{SECOND}\n") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Der Vertrag sei jederzeit kündbar, sagte Amrein.",
        "„Wir wollen jetzt testen“, sagte der Minister.",
        "Man könne hier spenden, sagte Kern.",
        "Jetzt abstimmen zu lassen, sei falsch, sagte Kern.",
        "Zur Anmeldung kamen dreissig Leute, so Amrein.",
        "Die Warnung kam direkt aufs Handy, sagte die Sprecherin.",
        "37 Kommentare seien gelöscht worden, teilte der Verlag mit.",
        "Er wolle keine Kommentare lesen, sagte Kern.",
        "Die Kommentarfunktion wurde geschlossen, wie der Verlag mitteilte.",
        "Newsletter sind ein gutes Geschäft, sagt der Verleger.",
        "Der Newsletter „Guten Morgen“ wird eingestellt, sagte der Verleger.",
        "Sie sind einverstanden, dass der Bund zahlt.",
        "Mehr dazu sagte die Ministerin nicht.",
        "Das Bild: ein Trümmerfeld. «Alles ist weg», sagt Ott.",
        "Sie sagte der «Bild»: «Nein.»",
        "Der Beitrag wurde zuvor von der Opposition kritisiert.",
        "„Lesen Sie das Protokoll“, sagte Kern.",
        "Am 12. Mai 2025 trat er zurück.",
        "17.42 Uhr",
        "dpa",
    ],
)
def test_a_sentence_of_an_article_is_not_furniture(line: str) -> None:
    assert found(f"Gemeinde stoppt Hallenbad\n\n{PARAGRAPH}\n\n{line}\n\n{SECOND}\n") == []


def test_a_credit_after_a_paragraph_takes_nothing_of_the_paragraph() -> None:
    assert found(f"Titel\n\n{PARAGRAPH} Quelle: Landbote\n\n{PARAGRAPH} {SECOND} Bild: Keystone\n") == [
        "Quelle: Landbote",
        "Bild: Keystone",
    ]


def test_a_sentence_after_a_list_of_links_is_no_link() -> None:
    quote = "Der Wirt sagte: „Ich gehe.“"
    text = f"Titel\n\n{PARAGRAPH}\n\nMehr zum Thema\nWo das Bad noch offen ist\n{quote}\n\n{SECOND}\n"
    assert found(text) == ["Mehr zum Thema", "Wo das Bad noch offen ist"]


def test_what_stands_before_and_in_the_title_is_marked_and_the_title_is_not() -> None:
    text = f"Aus dem Gemeinderat\nBad bleibt zu12.3.2024, 9.15 Uhr\n\n{PARAGRAPH}\n\n{SECOND}\n"
    assert found(text) == ["Aus dem Gemeinderat", "12.3.2024, 9.15 Uhr"]
    assert found(f" date 2024-03 Bad bleibt zu\n\n{PARAGRAPH}\n") == ["date 2024-03"]


def test_a_title_with_a_subtitle_below_is_no_label() -> None:
    assert found(f"Bad bleibt zu\nDie Gemeinde stoppt den Bau\n\n{PARAGRAPH}\n") == []


def test_a_sign_off_is_furniture_only_after_the_last_paragraph() -> None:
    assert found(f"Titel\n\n(abc)\n\n{PARAGRAPH}\n\n(abc/def)\n") == ["(abc/def)"]


def test_known_spans_are_joined_with_those_that_are_found() -> None:
    text = f"Titel\n\n{PARAGRAPH}\n\nLesen Sie auch: Mehr Bäder\n"
    begin = text.index("Lesen")
    spans = furniture.find(text, GERMAN, known=[Span(begin + 6, len(text) - 1), Span(0, 5)])
    assert spans == ((0, 5), (begin, len(text) - 1))


PIECES = st.sampled_from(
    [
        PARAGRAPH,
        SECOND,
        "Mehr zum Thema",
        "Lesen Sie auch: x",
        "Bild: dpa",
        "Foto",
        "12.3.2024",
        "Uhr",
        "|",
        ">",
        "Newsletter",
        "Umfrage",
        "Wie?",
        "(a/b)",
        "©",
        "\n",
        "\n\n",
        "\r\n",
        "\u2028",
        " ",
        "\t",
        "\xa0",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=200)))
def test_spans_lie_in_the_text_in_order_and_disjoint_and_are_not_blank(text: str) -> None:
    spans = furniture.find(text, GERMAN)
    ends = [0, *(end for _, end in spans)]
    assert all(last <= begin < end <= len(text) for last, (begin, end) in zip(ends, spans, strict=False))
    assert all(text[begin:end].strip() for begin, end in spans)
    assert furniture.find(text, GERMAN) == spans
