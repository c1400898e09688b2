"""Who said it, and through whom: names, relays, reports inside reports, and chains that always end."""

from dataclasses import replace

import pytest
from marking import attributed, names, quotation

BUDGET = (
    "Finanzministerin Klara Wiesner (SPD) verteidigte den Etat. Der Haushalt sei solide, sagte Wiesner. "
    "Die Ministerin kündigte an, sie werde nichts kürzen. Die Lage sei ernst, sagte sie."
)


def test_a_surname_a_function_and_a_pronoun_take_up_the_full_name() -> None:
    found = attributed(
        BUDGET,
        quotation(BUDGET, 0, "Der Haushalt sei solide", speaker="Wiesner.", frame="sagte Wiesner", cue="sagte"),
        quotation(BUDGET, 1, "sie werde nichts kürzen", speaker="Die Ministerin", frame="Die Ministerin kündigte an,"),
        quotation(BUDGET, 2, "Die Lage sei ernst", speaker="sie.", frame="sagte sie", cue="sagte"),
    )
    assert [names(q) for q in found] == [["Klara Wiesner"]] * 3
    assert {q.chain[-1].naming for q in found} == {"named"}
    assert {q.chain[-1].kind for q in found} == {"person"}


def test_every_decision_leaves_its_reason() -> None:
    given = quotation(
        BUDGET, 0, "Der Haushalt sei solide", speaker="Wiesner.", frame="sagte Wiesner", why=("reader: x",)
    )
    (found,) = attributed(BUDGET, given)
    assert found.why[0] == "reader: x"
    assert any(reason.startswith("source: ") and "Klara Wiesner" in reason for reason in found.why)
    assert any(reason.startswith("stance: assert") for reason in found.why)


def test_a_title_of_two_brings_each_name_to_its_own_person() -> None:
    text = (
        "Anna Holl leitet die Firma mit ihrem Mann Peter Holl. Alles sei gut, sagte Anna Holl. Nein, sagte Peter Holl."
    )
    one = quotation(text, 0, "Alles sei gut", speaker="Anna Holl.", frame="sagte Anna Holl")
    two = quotation(text, 1, "Nein", speaker="Peter Holl.", frame="sagte Peter Holl")
    assert [names(q) for q in attributed(text, one, two)] == [["Anna Holl"], ["Peter Holl"]]


def test_the_medium_that_was_told_stands_before_the_speaker() -> None:
    text = "Man habe alles geprüft, sagte Bürgermeister Jens Ohm der Zeitung «Talbote» am Montag."
    given = quotation(
        text,
        0,
        "Man habe alles geprüft",
        speaker="Bürgermeister Jens Ohm",
        cue="sagte",
        frame=", sagte Bürgermeister Jens Ohm der Zeitung «Talbote» am Montag",
        addressee="der Zeitung «Talbote»",
    )
    (found,) = attributed(text, given)
    assert names(found) == ["Talbote", "Jens Ohm"]
    assert [source.kind for source in found.chain] == ["outlet", "person"]


def test_what_a_report_rests_on_is_one_link_further() -> None:
    text = "Wie der Sender Radio Moosach unter Berufung auf Ermittlerkreise meldet, wurde das Büro durchsucht."
    frame = "Wie der Sender Radio Moosach unter Berufung auf Ermittlerkreise meldet,"
    given = quotation(
        text, 0, "wurde das Büro durchsucht", speaker="der Sender Radio Moosach", frame=frame, cue="meldet"
    )
    (found,) = attributed(text, given)
    assert names(found) == ["Radio Moosach", "Ermittlerkreise"]
    assert found.chain[1].naming == "anonymous"


def test_the_medium_that_prints_the_article_is_no_link() -> None:
    text = "Man habe alles geprüft, sagte Bürgermeister Jens Ohm dem «Talboten»."
    given = quotation(
        text,
        0,
        "Man habe alles geprüft",
        speaker="Bürgermeister Jens Ohm",
        frame=", sagte Bürgermeister Jens Ohm dem «Talboten»",
        addressee="dem «Talboten»",
    )
    (printed,) = attributed(text, given, url="https://www.talbote.example/a1.html")
    assert names(printed) == ["Jens Ohm"]


def test_a_quotation_inside_another_has_the_chain_around_it_and_one_link_more() -> None:
    text = "Die Ärztin Eva Roth sagte, der Pfleger habe ihr erklärt, das Bett sei leer."
    outer = quotation(
        text,
        0,
        "der Pfleger habe ihr erklärt, das Bett sei leer",
        speaker="Die Ärztin Eva Roth",
        frame="Die Ärztin Eva Roth sagte,",
    )
    inner = quotation(
        text, 1, "das Bett sei leer", speaker="der Pfleger", frame="der Pfleger habe ihr erklärt,", parent=0
    )
    found = attributed(text, outer, inner)
    assert names(found[0]) == ["Eva Roth"]
    assert names(found[1]) == ["Eva Roth", "der Pfleger"]


def test_words_in_marks_inside_an_indirect_quotation_have_its_source() -> None:
    text = "Der Plan sei „ein Witz“, sagte Tierarzt Uwe Kolb."
    outer = quotation(
        text, 0, "Der Plan sei „ein Witz“", speaker="Tierarzt Uwe Kolb", frame=", sagte Tierarzt Uwe Kolb"
    )
    inner = quotation(
        text, 1, "„ein Witz“", speaker="Tierarzt Uwe Kolb", frame=", sagte Tierarzt Uwe Kolb", parent=0, type="Direct"
    )
    assert [names(q) for q in attributed(text, outer, inner)] == [["Uwe Kolb"], ["Uwe Kolb"]]


def test_the_genitive_after_a_noun_of_saying_speaks() -> None:
    text = "Nach Angaben der Polizei Moosach wurde niemand verletzt."
    given = quotation(
        text,
        0,
        "wurde niemand verletzt",
        speaker="Angaben der Polizei Moosach",
        frame="Nach Angaben der Polizei Moosach",
    )
    (found,) = attributed(text, given)
    assert names(found) == ["Polizei Moosach"]
    assert (found.chain[0].kind, found.chain[0].naming) == ("organization", "named")


def test_without_a_source_the_chain_is_empty() -> None:
    text = "Der Weiher soll im Herbst zugeschüttet worden sein."
    (found,) = attributed(text, quotation(text, 0, text, type="FreeIndirect"))
    assert found.chain == ()


def test_an_abbreviation_in_brackets_names_the_body() -> None:
    text = (
        "Das Nationale Amt für Seilbahnen (NAS) prüft den Fall. "
        "Die Anlage bleibe geschlossen, teilte das NAS mit. Später sagte eine Sprecherin, es dauere noch."
    )
    given = quotation(text, 0, "Die Anlage bleibe geschlossen", speaker="das NAS", frame=", teilte das NAS mit")
    (found,) = attributed(text, given)
    assert "Amt für Seilbahnen" in found.chain[0].name


@pytest.mark.parametrize("parent", [0, 7])
def test_a_quotation_that_is_its_own_parent_or_has_none_ends(parent: int) -> None:
    given = quotation(BUDGET, 0, "Der Haushalt sei solide", speaker="Wiesner.", parent=parent)
    (found,) = attributed(BUDGET, given)
    assert names(found) == ["Klara Wiesner"]


def test_parents_in_a_circle_end() -> None:
    one = quotation(BUDGET, 0, "Der Haushalt sei solide", speaker="Wiesner.", parent=1)
    two = quotation(BUDGET, 1, "sie werde nichts kürzen", speaker="Die Ministerin", parent=0)
    assert all(len(q.chain) <= 2 for q in attributed(BUDGET, one, two))


def test_a_quotation_that_is_its_own_speaker_ends() -> None:
    given = quotation(BUDGET, 0, "Der Haushalt sei solide", speaker="Der Haushalt sei solide")
    (found,) = attributed(BUDGET, given)
    assert len(found.chain) <= 1


def test_ten_levels_deep_every_chain_is_finite_and_each_source_once() -> None:
    people = ["Bauer", "Lehrer", "Arzt", "Richter", "Pfarrer", "Wirt", "Händler", "Förster", "Polizist", "Maler"]
    text = "".join(f"der {person} habe gesagt, " for person in people) + "es sei wahr."
    given = [
        quotation(
            text, i, text[text.index(person) + len(person) :], speaker=f"der {person}", parent=i - 1 if i else None
        )
        for i, person in enumerate(people)
    ]
    found = attributed(text, *given)
    assert 1 < len(found[-1].chain) <= 8
    assert len(set(names(found[-1]))) == len(found[-1].chain)


def test_the_order_in_which_quotations_are_given_changes_nothing() -> None:
    one = quotation(BUDGET, 0, "Der Haushalt sei solide", speaker="Wiesner.", frame="sagte Wiesner", cue="sagte")
    two = quotation(BUDGET, 1, "Die Lage sei ernst", speaker="sie.", frame="sagte sie", cue="sagte")
    forward, backward = attributed(BUDGET, one, two), attributed(BUDGET, two, one)
    assert {q.id: q.chain for q in forward} == {q.id: q.chain for q in backward}


def test_a_headline_has_the_source_of_the_quotation_that_repeats_it() -> None:
    text = "„Wir machen einfach weiter“\n\nMan sei müde. „Wir machen einfach weiter“, sagte Wirtin Olga Brandt."
    first = quotation(text, 0, "„Wir machen einfach weiter“", type="Direct")
    second = replace(
        quotation(text, 1, "„Wir", type="Direct", speaker="Wirtin Olga Brandt", frame=", sagte Wirtin Olga Brandt"),
        quote=(type(first.quote[0])(text.rindex("„Wir"), text.rindex("“") + 1),),
    )
    assert names(attributed(text, first, second)[0]) == ["Olga Brandt"]
