import pytest

from inquit.records import Article, Span
from inquit.stories.outlets import credited, credits_outlet, named_at, same_outlet, which_outlet


def article(text: str = "", outlet: str | None = None, *credited_to: str) -> Article:
    return Article(id="a", origin="a", text=text, outlet=outlet, credits=credited_to)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Küstenländischer Bote", "Küstenländischen Boten"),
        ("Küstenländischer Kurier", "Küstenländischen Kuriers"),
        ("Landesbote", "Nordthaler Landesbote"),
        ("ndk Norddienst Küste", "ndk"),
        ("Die Warte", "Warte"),
    ],
)
def test_one_outlet_under_two_spellings(one: str, other: str) -> None:
    assert same_outlet(one, other)
    assert same_outlet(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Küstenländer Bote", "Nordthaler Bote"), ("Abendpost", "Post"), ("", ""), ("ndk", "ndr")]
)
def test_two_outlets(one: str, other: str) -> None:
    assert not same_outlet(one, other)


def test_a_short_name_that_fits_two_outlets_means_neither() -> None:
    assert which_outlet("Bote", ["Nordthaler Bote", "Küstenländer Bote"]) is None
    assert which_outlet("Bote", ["Nordthaler Bote", "Bote"]) == "Bote"
    assert which_outlet("Boten", ["Nordthaler Bote", "Abendpost"]) == "Nordthaler Bote"


def test_a_name_is_found_with_its_ending_and_not_inside_a_word() -> None:
    text = "Laut „Nordthaler Boten“ und ndk stimmt es. Die Botenpost und ndkx schweigen."
    found = [text[b:e] for name in ("Nordthaler Bote", "ndk Norddienst") for b, e in named_at(text, name)]
    assert found == ["Nordthaler Boten", "ndk"]


def test_credits_come_from_the_field_the_dateline_and_a_line_of_credits() -> None:
    assert credited(article("Aurich (ndk) - Es regnet.", None, "Von Ada Brink")) == ("Von Ada Brink", "ndk")
    assert "ndk" in credited(article("Es regnet.\n\nndk/ab"))


def test_an_outlet_does_not_credit_itself() -> None:
    assert credits_outlet(article("", "Abendpost", "ndk/ab"), "ndk")
    assert not credits_outlet(article("", "ndk", "ndk"), "ndk")
    assert not credits_outlet(article("", "Abendpost", "Von Ada Brink"), "ndk")
    assert not credits_outlet(article("", "ndk", "ndk"), "Abendpost")


def test_named_at_of_an_outlet_without_letters() -> None:
    assert named_at("…", "—") == []
    assert named_at("ab", "ab") == [Span(0, 2)]
