"""Who tells what another said, whom a marked object hides, and what is no source at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marking import GERMAN, article, attributed, names, quotation

from inquit.sources.content import content, coverage, forms
from inquit.sources.reading import reading


def test_who_has_heard_it_from_another_stands_before_him() -> None:
    text = "Die Lehrerin Ute Karg meldete sich zu Wort. Sie will von einem Gärtner gehört haben, der Teich sei leer."
    frame = "Sie will von einem Gärtner gehört haben,"
    (found,) = attributed(text, quotation(text, 0, "der Teich sei leer", speaker="einem Gärtner", frame=frame))
    assert names(found) == ["Ute Karg", "einem Gärtner"]


def test_what_was_told_to_the_source_before_is_one_link_further() -> None:
    text = "Der Bäcker Jan Foth klagte, der Ofen sei alt. Die Vermieterin habe ihm erklärt, ein neuer sei zu teuer."
    found = attributed(
        text,
        quotation(text, 0, "der Ofen sei alt", speaker="Der Bäcker Jan Foth", frame="Der Bäcker Jan Foth klagte,"),
        quotation(
            text,
            1,
            "ein neuer sei zu teuer",
            speaker="Die Vermieterin",
            frame="Die Vermieterin habe ihm erklärt,",
            cue="erklärt",
        ),
    )
    assert names(found[1]) == ["Jan Foth", "Die Vermieterin"]


@pytest.mark.parametrize("basis", ["einen Informanten", "eine Studie"])
def test_what_a_paper_relies_on_in_the_sentence_after_is_its_source(basis: str) -> None:
    text = f"Wie der «Moorbote» berichtet, wird das Bad geschlossen. Die Zeitung stützt sich auf {basis}."
    frame = "Wie der «Moorbote» berichtet,"
    (found,) = attributed(text, quotation(text, 0, "wird das Bad geschlossen", speaker="der «Moorbote»", frame=frame))
    assert names(found) == ["Moorbote", basis]


def test_a_marked_dative_hides_the_subject_behind_the_verb() -> None:
    text = "Rechtsanwältin Lene Dorn war empört. Dem Ministerium wirft sie vor, die Akte zu verstecken."
    given = quotation(
        text, 0, "die Akte zu verstecken", speaker="Dem Ministerium", frame="Dem Ministerium wirft sie vor,"
    )
    assert names(attributed(text, given)[0]) == ["Lene Dorn"]


def test_the_company_s_statement_is_the_company_s() -> None:
    text = "Das Unternehmen Nordkran baut um. Nach Unternehmensangaben sind die Kräne bestellt."
    given = quotation(
        text, 0, "sind die Kräne bestellt", speaker="Unternehmensangaben", frame="Nach Unternehmensangaben"
    )
    assert names(attributed(text, given)[0]) == ["Nordkran"]


def test_those_whom_a_relative_clause_is_about_are_one_link_further() -> None:
    text = "„Einige der Bauern, mit denen wir sprachen, haben gesagt, dass es reicht“, so ein Berater."
    outer = quotation(
        text, 0, text[: text.index("“") + 1], type="Direct", speaker="ein Berater", frame=", so ein Berater"
    )
    inner = quotation(text, 1, "dass es reicht", speaker="wir", cue="gesagt", parent=0)
    assert [names(one) for one in attributed(text, outer, inner)] == [
        ["ein Berater"],
        ["ein Berater", "Einige der Bauern"],
    ]


def test_the_noun_of_an_event_is_no_source() -> None:
    text = "Nach Veröffentlichung des Textes liess die Antwort auf sich warten."
    given = quotation(
        text, 0, "liess die Antwort auf sich warten", speaker="Veröffentlichung", frame="Nach Veröffentlichung"
    )
    (found,) = attributed(text, given)
    assert found.chain == ()
    assert "source: none, as 'Veröffentlichung' is an event" in found.why


def test_an_agency_by_its_credit_is_a_relay() -> None:
    text = "Melldorf (talinfo) - Das Werk bleibt offen, wie eine Sprecherin auf Anfrage von talinfo sagte."
    given = quotation(
        text,
        0,
        "Das Werk bleibt offen",
        speaker="eine Sprecherin",
        frame=", wie eine Sprecherin auf Anfrage von talinfo sagte",
    )
    (found,) = attributed(text, given)
    assert names(found) == ["talinfo", "eine Sprecherin"]


def test_reasons_name_no_feature() -> None:
    text = "Der Wirt Jost Ahn bestritt, dass er die Rechnung kenne. Der Pächter nannte die Rechnung echt."
    found = attributed(
        text,
        quotation(
            text,
            0,
            "dass er die Rechnung kenne",
            speaker="Der Wirt Jost Ahn",
            frame="Der Wirt Jost Ahn bestritt,",
            cue="bestritt",
        ),
        quotation(text, 1, "Der Pächter nannte die Rechnung echt", speaker="Der Pächter", type="Reported"),
    )
    lines = [line for one in found for line in one.why]
    assert any(line == "stance: deny by “bestritt”" for line in lines)
    assert not any(sign in line for line in lines for sign in ("=", "~", "|"))


def test_content_is_shared_by_word_family_and_told_in_the_words_of_the_text() -> None:
    text = "Das Werk soll schließen. Die Schließung des Werks ist beschlossen."
    read = reading(article(text), (), GERMAN)
    middle = text.index("Die")
    one = quotation(text, 0, text[: middle - 1])
    two = quotation(text, 1, text[middle:])
    first, second = content(read, one.quote, GERMAN), content(read, two.quote, GERMAN)
    assert 0 < coverage(first, second) <= 1
    shared = [name for name in first if name in second]
    assert "Schließung" in forms(read, two.quote, shared, GERMAN)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_coverage_is_a_share(one: str, two: str) -> None:
    text = f"{one}\n{two}"
    read = reading(article(text), (), GERMAN)
    first = content(read, quotation(text, 0, one).quote if one else (), GERMAN)
    second = content(read, quotation(text, 1, two).quote if two else (), GERMAN)
    assert 0 <= coverage(first, second) <= 1
    assert coverage(first, first) == pytest.approx(1.0 if first else 0.0)
