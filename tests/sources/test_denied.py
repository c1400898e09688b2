"""What points to a denial around a quotation."""

from marking import GERMAN, article, attributed, quotation

from inquit.sources.denied import Denied
from inquit.sources.reading import reading

TEXT = "Die Werft bestritt, dass sie schließt. «Es gibt keine Pläne», sagte sie. Das Wetter bleibt schön."
DENIED = quotation(TEXT, 0, "dass sie schließt", speaker="Die Werft", frame="Die Werft bestritt,")
SHORT = quotation(TEXT, 1, "«Es gibt keine Pläne»", type="Direct", speaker="sie", frame=", sagte sie")


def signs(sources: dict[int, str | None]) -> frozenset[str]:
    return Denied(reading(article(TEXT), (DENIED, SHORT), GERMAN), (DENIED, SHORT), sources, GERMAN).beside(SHORT)


def test_a_denial_before_it_counts_whoever_denies() -> None:
    assert "before-denied=strong" in signs({0: "Werft", 1: None})


def test_only_what_the_same_source_says_is_taken_as_its_own() -> None:
    assert {"earlier-denies=strong", "denier"} <= signs({0: "Werft", 1: "Werft"})
    assert "earlier-denies=strong" not in signs({0: "Werft", 1: "Bürgermeister"})


def test_a_negation_beside_a_denial_of_the_same_source_denies() -> None:
    text = TEXT.replace("«Es gibt keine Pläne»", "«Es gibt keine Pläne, weder geheime noch andere»")
    quote = "«Es gibt keine Pläne, weder geheime noch andere»"
    short = quotation(text, 1, quote, type="Direct", speaker="sie", frame=", sagte sie")
    assert attributed(text, DENIED, short)[1].stance == "deny"
