"""Through whom it came: what was told here, what X is said to have said, what a headline rests on."""

from marking import attributed, names, quotation


def test_what_was_told_to_the_medium_itself_came_through_nobody() -> None:
    text = (
        "Der „Uferbote“ hatte über den Hafen berichtet. Es fehle Geld, sagte Wirtin Rita Moll dieser Zeitung. "
        "Das Haus bleibe zu, sagte Moll."
    )
    found = attributed(
        text,
        quotation(
            text, 0, "Es fehle Geld", speaker="Wirtin Rita Moll", frame="sagte Wirtin Rita Moll dieser Zeitung",
            addressee="dieser Zeitung",
        ),
        quotation(text, 1, "Das Haus bleibe zu", speaker="Moll.", frame="sagte Moll"),
    )  # fmt: skip
    assert [names(q) for q in found] == [["Rita Moll"], ["Rita Moll"]]


def test_what_somebody_is_said_to_have_stressed_is_told_by_the_source_before() -> None:
    text = (
        "Dem „Uferboten“ sagte der frühere Minister Karl Bohn, es fehle Geld. "
        "Die Gegenseite habe betont, dass sie nichts zahle."
    )
    first, second = attributed(
        text,
        quotation(
            text, 0, "es fehle Geld", speaker="der frühere Minister Karl Bohn",
            frame="Dem „Uferboten“ sagte der frühere Minister Karl Bohn,",
        ),
        quotation(
            text, 1, "dass sie nichts zahle", speaker="Die Gegenseite", frame="Die Gegenseite habe betont,"
        ),
    )  # fmt: skip
    assert names(second) == [*names(first), "Die Gegenseite"]


def test_a_headline_rests_on_what_the_text_has_from_its_medium() -> None:
    text = (
        "Bericht: Werk Salmotec leitet Lauge in den Mühlbach\n\n"
        "Das Werk Salmotec leitet Lauge in den Mühlbach, berichtet der „Uferbote“ unter Berufung auf einen Wachmann."
    )
    head, body = "Werk Salmotec leitet Lauge in den Mühlbach", "Das Werk Salmotec leitet Lauge in den Mühlbach"
    first, second = attributed(
        text,
        quotation(text, 0, head, speaker="Bericht", frame="Bericht:"),
        quotation(
            text, 1, body, speaker="der „Uferbote“",
            frame="berichtet der „Uferbote“ unter Berufung auf einen Wachmann",
        ),
    )  # fmt: skip
    assert names(second) == ["Uferbote", "einen Wachmann"]
    assert names(first) == names(second)
