"""Who is meant by phrases that say it in other words: attributes, compounds, genitives, reports, abbreviations."""

import pytest
from marking import attributed, names, quotation

from inquit.records import Quotation, Source


def said(text: str, quote: str, speaker: str, **more: str) -> Quotation:
    """One quotation of `text` after it was attributed."""
    return attributed(text, quotation(text, 0, quote, speaker=speaker, **more))[0]


def source(text: str, quote: str, speaker: str, **more: str) -> Source:
    """The primary source of one quotation."""
    return said(text, quote, speaker, **more).chain[-1]


def test_an_attribute_before_the_noun_belongs_to_an_unnamed_source_and_says_that_it_is_withheld() -> None:
    text = "Im Rathaus ist es unruhig. Es fehle Geld, sagte ein nicht namentlich genannter Mitarbeiter des Amtes."
    found = source(text, "Es fehle Geld", "ein nicht namentlich genannter Mitarbeiter des Amtes")
    assert found.name == "ein nicht namentlich genannter Mitarbeiter des Amtes"
    assert (found.kind, found.naming) == ("person", "anonymous")


def test_a_phrase_between_article_and_participle_is_part_of_the_description() -> None:
    text = "Es fehle Geld, erfuhr der «Uferbote» von einer mit den Plänen vertrauten Person."
    found = source(text, "Es fehle Geld", "einer mit den Plänen vertrauten Person")
    assert found.name == "einer mit den Plänen vertrauten Person"


def test_a_medium_in_marks_after_the_adjective_of_its_place() -> None:
    text = "Der Hafen wird verkauft, berichtet die Lübecker «Hafenpost»."
    found = source(
        text, "Der Hafen wird verkauft", "die Lübecker «Hafenpost»", frame="berichtet die Lübecker «Hafenpost»"
    )
    assert (found.name, found.kind, found.naming) == ("Hafenpost", "outlet", "named")


def test_an_adjective_that_begins_a_sentence_is_no_name() -> None:
    text = "Das Ergebnis liegt vor. Unabhängige Beobachter sagten, die Wahl sei fair gewesen."
    found = source(text, "die Wahl sei fair gewesen", "Unabhängige Beobachter", frame="Unabhängige Beobachter sagten,")
    assert (found.name, found.kind, found.naming) == ("Unabhängige Beobachter", "group", "described")


@pytest.mark.parametrize(
    ("text", "speaker", "name"),
    [
        ("Nach WWQ-Angaben fehlt Geld.", "WWQ-Angaben", "WWQ"),
        ("Die Molkerei Sennhof baut um. Nach Molkereiangaben fehlt Geld.", "Molkereiangaben", "Sennhof"),
        (
            "Nach den Vorstellungen der Gemeinde Aubach fehlt Geld.",
            "den Vorstellungen der Gemeinde Aubach",
            "Gemeinde Aubach",
        ),
    ],
)
def test_a_noun_of_saying_is_whose_it_says(text: str, speaker: str, name: str) -> None:
    assert source(text, "fehlt Geld", speaker, frame=f"Nach {speaker}").name == name


def test_the_genitive_of_the_plural_is_a_group() -> None:
    text = "Lange wurde gestritten. Nach Darstellung der Kritiker fehlt Geld."
    found = source(text, "fehlt Geld", "Darstellung der Kritiker", frame="Nach Darstellung der Kritiker")
    assert (found.kind, found.naming) == ("group", "described")


def test_the_report_is_that_of_the_medium_named_before() -> None:
    text = "Der „Uferbote“ schrieb am Montag über den Hafen. Dem Bericht zufolge fehlt Geld."
    found = source(text, "fehlt Geld", "Dem Bericht", frame="Dem Bericht zufolge")
    assert (found.name, found.kind) == ("Uferbote", "outlet")


def test_letters_that_begin_the_words_of_a_name_are_its_abbreviation() -> None:
    text = "Das Beben war stark, teilte der NIES mit. Der National Institute Earth Survey misst seit Jahren."
    assert source(text, "Das Beben war stark", "der NIES", frame="teilte der NIES mit").name.endswith("Earth Survey")


def test_a_document_keeps_its_date() -> None:
    text = "Es fehle Geld, heißt es in einem Vermerk vom 3. Mai, der seit Tagen kursiert."
    found = source(text, "Es fehle Geld", "einem Vermerk vom 3. Mai", frame="heißt es in einem Vermerk vom 3. Mai")
    assert found.name == "einem Vermerk vom 3. Mai"
    assert found.kind == "document"


def test_those_who_speak_together_are_named_together() -> None:
    text = "Es fehle Geld, klagten Anwohner und ein Arzt."
    assert source(text, "Es fehle Geld", "Anwohner und ein Arzt", frame="klagten Anwohner und ein Arzt").name == (
        "Anwohner und ein Arzt"
    )


def test_a_single_person_takes_up_no_group_without_a_name() -> None:
    text = (
        "Ein früherer Beamter sagte, es fehle Geld. Die Regierung habe andere Beamte befragt. "
        "Der frühere Beamte sagte, er bleibe dabei."
    )
    first, second = attributed(
        text,
        quotation(text, 0, "es fehle Geld", speaker="Ein früherer Beamter", frame="Ein früherer Beamter sagte,"),
        quotation(text, 1, "er bleibe dabei", speaker="Der frühere Beamte", frame="Der frühere Beamte sagte,"),
    )
    assert names(first) == names(second) == ["Ein früherer Beamter"]


def test_a_description_is_shown_in_the_nominative_where_the_text_has_it_so() -> None:
    text = (
        "Im Amt ist es unruhig. Nach Darstellung des Insiders fehlt Geld. Der Insider sagte am Abend, er bleibe dabei."
    )
    first, second = attributed(
        text,
        quotation(
            text, 0, "fehlt Geld", speaker="Darstellung des Insiders", frame="Nach Darstellung des Insiders"
        ),
        quotation(text, 1, "er bleibe dabei", speaker="Der Insider", frame="Der Insider sagte am Abend,"),
    )  # fmt: skip
    assert names(first) == names(second) == ["Der Insider"]


def test_a_name_in_quotation_marks_is_that_of_a_medium_and_never_of_a_person() -> None:
    text = "Im Rathaus ist es unruhig. Der «Auener Mittagsbogen» hatte am Morgen berichtet, es fehle Geld."
    found = source(text, "es fehle Geld", "Der «Auener Mittagsbogen»")
    assert (found.name, found.kind) == ("Auener Mittagsbogen", "outlet")


def test_one_person_without_a_name_is_never_named_and_anonymous_where_the_text_says_so() -> None:
    text = "Im Amt ist es unruhig. Ein früherer Abteilungsleiter sagte, es fehle Geld. Er will anonym bleiben."
    assert source(text, "es fehle Geld", "Ein früherer Abteilungsleiter").naming == "described"
    text = "Im Amt ist es unruhig. Ein früherer Abteilungsleiter, der anonym bleiben will, sagte, es fehle Geld."
    assert source(text, "es fehle Geld", "Ein früherer Abteilungsleiter").naming == "anonymous"
    text = "Im Amt ist es unruhig. Nach Darstellung des Insiders fehlt Geld."
    assert source(text, "fehlt Geld", "Darstellung des Insiders").naming == "anonymous"
