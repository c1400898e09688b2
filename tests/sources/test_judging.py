"""Naming, stance, hedges, disputes and supports."""

import math
from dataclasses import replace
from typing import Any

import pytest
from marking import GERMAN, article, attributed, quotation

from inquit.records import Quotation
from inquit.sources.reading import reading
from inquit.sources.stance import Judgement, features, settings, stances
from inquit.sources.stance import judged as heard
from inquit.sources.weights import classifier


def judged(text: str, quote: str, **roles: str) -> Quotation:
    return attributed(text, quotation(text, 0, quote, **roles))[0]


@pytest.mark.parametrize(
    ("text", "quote", "speaker", "naming", "kind"),
    [
        ("Es fehle Geld, sagte Mechanikerin Ute Lang.", "Es fehle Geld", "Mechanikerin Ute Lang", "named", "person"),
        ("Es fehle Geld, sagte ein Polizeisprecher.", "Es fehle Geld", "ein Polizeisprecher", "described", "person"),
        ("Es fehle Geld, sagte ein Insider.", "Es fehle Geld", "ein Insider", "anonymous", "person"),
        ("Es fehle Geld, hieß es aus Regierungskreisen.", "Es fehle Geld", "Regierungskreisen", "anonymous", "group"),
        ("Es fehle Geld, klagten mehrere Anwohner.", "Es fehle Geld", "mehrere Anwohner", "described", "group"),
        ("Es fehle Geld, steht in einem Gutachten.", "Es fehle Geld", "einem Gutachten", "described", "document"),
    ],
)
def test_naming_and_kind(text: str, quote: str, speaker: str, naming: str, kind: str) -> None:
    (source,) = judged(text, quote, speaker=speaker, frame=text[len(quote) : -1]).chain
    assert (source.naming, source.kind) == (naming, kind)


@pytest.mark.parametrize(
    ("frame", "quote", "stance"),
    [
        ("Der Sprecher erklärte,", "das Dach sei neu", "assert"),
        ("Der Sprecher bestätigte,", "dass das Dach neu ist", "confirm"),
        ("Der Sprecher bestritt,", "dass das Dach undicht ist", "deny"),
        ("Der Sprecher dementierte,", "dass das Dach undicht ist", "deny"),
        ("Der Sprecher forderte,", "das Dach sofort zu sperren", "demand"),
        ("Der Sprecher kündigte an,", "das Dach zu erneuern", "commit"),
    ],
)
def test_stance_by_the_verb_of_the_frame(frame: str, quote: str, stance: str) -> None:
    cue = " ".join(word for word in frame.rstrip(",").split() if word not in {"Der", "Sprecher", "an"})
    assert judged(f"{frame} {quote}.", quote, speaker="Der Sprecher", frame=frame, cue=cue).stance == stance


def test_evidential_soll_is_a_hedge_and_the_soll_of_a_duty_is_none() -> None:
    told = "Der Fahrer soll bei Rot über die Kreuzung gefahren sein."
    duty = "Das Haus soll im Frühjahr gestrichen werden, forderte Anwohnerin Rita Moll."
    (found,) = attributed(told, quotation(told, 0, told, type="FreeIndirect"))
    assert [told[b:e] for b, e in found.hedges] == ["soll"]
    assert judged(duty, "Das Haus soll im Frühjahr gestrichen werden", speaker="Anwohnerin Rita Moll").hedges == ()


def test_a_hedge_inside_the_words_of_the_source_is_none_of_the_article() -> None:
    text = "„Er ist angeblich krank“, sagte Trainerin Pia Senn."
    assert judged(text, "„Er ist angeblich krank“", type="Direct", speaker="Trainerin Pia Senn").hedges == ()


CHARGE = (
    "Die Umweltschützerin Lena Karg wirft dem Chemiewerk Salmotec vor, es habe Lauge in den Mühlbach geleitet. "
    "Ein Salmotec-Sprecher wies den Vorwurf zurück, das Werk habe Lauge in den Mühlbach geleitet."
)


def test_a_denial_disputes_what_it_denies_and_nobody_disputes_himself() -> None:
    charge = quotation(CHARGE, 0, "es habe Lauge in den Mühlbach geleitet", speaker="Die Umweltschützerin Lena Karg")
    denial = quotation(
        CHARGE,
        1,
        "Ein Salmotec-Sprecher wies den Vorwurf zurück, das Werk habe Lauge in den Mühlbach geleitet",
        speaker="Ein Salmotec-Sprecher",
        type="Reported",
    )
    first, second = attributed(CHARGE, charge, denial)
    assert (second.stance, second.disputes, first.disputes) == ("deny", (0,), ())
    assert any(reason.startswith("disputes “") and "Lauge" in reason for reason in second.why)


def test_words_in_marks_do_what_the_statement_around_them_does() -> None:
    text = "Das Amt habe „nie“ gezahlt, sagte Ada Brunn."
    outer = quotation(text, 0, "Das Amt habe „nie“ gezahlt")
    inner = replace(quotation(text, 1, "„nie“"), parent=0)
    model = classifier(GERMAN, "stance")
    assert model is not None

    def scored(stance: str, score: float) -> Judgement:
        return Judgement(tuple(score if label == stance else 0.0 for label in model.labels), 0.0)

    judgements = {0: scored("deny", 6.0), 1: scored("assert", 4.0)}
    same, others = {0: ["Ada Brunn"], 1: ["Ada Brunn"]}, {0: ["Ada Brunn"], 1: ["Cleo Dorn"]}
    assert stances((outer, inner), judgements, same, GERMAN) == {0: "deny", 1: "deny"}
    assert stances((outer, inner), judgements, others, GERMAN) == {0: "deny", 1: "assert"}


def test_a_stance_that_is_nearly_as_likely_as_telling_is_taken() -> None:
    text = "Das Amt zahle, sagte Ada Brunn."
    model = classifier(GERMAN, "stance")
    assert model is not None
    for odds, stance in ((0.9, "demand"), (0.7, "assert")):
        scores = tuple({"assert": 9.0, "demand": 9.0 + math.log(odds)}.get(label, 0.0) for label in model.labels)
        found = stances((quotation(text, 0, "Das Amt zahle"),), {0: Judgement(scores, 0.0)}, {0: []}, GERMAN)
        assert found == {0: stance}


def told(text: str, quote: str, source: str | None, **given: Any) -> set[str]:
    """The features of one quotation for its stance, by a source of that name."""
    one = quotation(text, 0, quote, **given)
    read = reading(article(text), (one,), GERMAN)
    return set(features(read, one, settings(read, (one,), {0: source}, GERMAN)[0], GERMAN))


def test_a_sign_counts_apart_where_its_clause_is_negated() -> None:
    denies = told(
        "Der Sprecher bestritt, dass das Dach nicht dicht ist.", "dass das Dach nicht dicht ist", "Sprecher",
        frame="Der Sprecher bestritt,",
    )  # fmt: skip
    admits = told(
        "Der Sprecher bestritt nicht, dass das Dach undicht ist.", "dass das Dach undicht ist", "Sprecher",
        frame="Der Sprecher bestritt nicht,",
    )  # fmt: skip
    assert "frame~deny-strong" in denies & admits
    assert "frame~deny-strong|negated" in admits - denies


@pytest.mark.parametrize(("source", "is_own"), [("Bauamt Elmstadt", True), ("Rita Moll", False)])
def test_it_matters_whether_the_source_speaks_of_itself(source: str, is_own: bool) -> None:
    text = "Das Bauamt will das Dach im Frühjahr erneuern."
    found = told(text, text, source, type="Reported")
    assert f"R|own={is_own}~" in found
    assert ("R~commit-weak|own" in found) == is_own


def test_words_count_by_the_kind_of_quotation_by_their_place_and_wherever_they_stand() -> None:
    text = "Nach langem Zögern werde man das Dach erneuern, sagte sie."
    found = told(text, "Nach langem Zögern werde man das Dach erneuern", "Rita Moll")
    assert {"I=werde", "any=werde", "Iearly=werde", "any~commit-weak"} <= found
    assert "Iearly=erneue" not in found


def test_features_take_any_quotation_that_is_no_more_than_marks() -> None:
    assert told("„…“, sagte sie.", "„…“", "", type="Direct")


@pytest.mark.parametrize(
    ("text", "quote", "source", "stance"),
    [
        ("Die Stadtwerke planen ein Wärmenetz.", "Die Stadtwerke planen ein Wärmenetz", "Die Stadtwerke", "commit"),
        ("Die Wirtin will Schüsse gehört haben.", "Die Wirtin will Schüsse gehört haben", "Die Wirtin", "assert"),
        ("Die Kammer pocht auf ein Gutachten.", "Die Kammer pocht auf ein Gutachten", "Die Kammer", "demand"),
    ],
)
def test_stance_of_what_is_only_reported(text: str, quote: str, source: str, stance: str) -> None:
    assert judged(text, quote, speaker=source, type="Reported").stance == stance


def test_the_chance_of_a_denial_is_that_of_the_model_that_disputes_were_learned_with() -> None:
    text = "Das Amt bestritt, dass Geld fehle."
    one = quotation(text, 0, "dass Geld fehle", frame="Das Amt bestritt,", cue="bestritt")
    read = reading(article(text), (one,), GERMAN)
    found = heard(read, one, settings(read, (one,), {0: "Amt"}, GERMAN)[0], GERMAN)
    model, denying = classifier(GERMAN, "stance"), classifier(GERMAN, "denial")
    assert model is not None
    assert denying is not None
    chances = dict(zip(denying.labels, denying.probabilities(found.features), strict=True))
    assert found.denial == pytest.approx(chances["deny"] + chances["doubt"])
    assert found.scores == tuple(model.scores(found.features))
    assert found.denial > 0.5
