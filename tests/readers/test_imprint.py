"""What a text says of itself: title, authors, date, credits."""

import pytest
from scrapes import PARAGRAPH, SECOND

from inquit.languages import language
from inquit.readers import furniture, imprint
from inquit.readers.imprint import Imprint

GERMAN = language("de")


def seen(text: str) -> Imprint:
    return imprint.find(text, furniture.find(text, GERMAN), GERMAN)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Von Anna Beispiel", ("Anna Beispiel",)),
        ("Von Anna Beispiel, Bern", ("Anna Beispiel",)),
        ("Von Anna Beispiel, New York", ("Anna Beispiel",)),
        ("Von Anna Beispiel, Lugano und Bern", ("Anna Beispiel",)),
        ("Von Anna Beispiel und Ben von Muster", ("Anna Beispiel", "Ben von Muster")),
        ("Von Anna Beispiel, Ben Muster und Cem Öztürk", ("Anna Beispiel", "Ben Muster", "Cem Öztürk")),
        ("Von unserem Korrespondenten Ben Muster", ("Ben Muster",)),
        ("Von BLATT-Reporter BEN MUSTER", ("Ben Muster",)),
        ("Text: Jean-Pierre Müller", ("Jean-Pierre Müller",)),
        ("Ein Artikel von Anna Beispiel", ("Anna Beispiel",)),
        ("Von unserer Redaktion", ()),
        ("Von Bern nach Thun", ()),
        ("Von Anna Beispiel war nichts zu hören.", ()),
        ("Anna Beispiel", ()),
    ],
)
def test_authors(line: str, names: tuple[str, ...]) -> None:
    assert seen(f"Bad bleibt zu\n\n{line}\n\n{PARAGRAPH}\n").authors == names


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Publiziert: 04.02.2025, 11:02", "2025-02-04T11:02"),
        ("4. Februar 2025, 16.20 Uhr", "2025-02-04T16:20"),
        ("14. März 2025", "2025-03-14"),
        ("3. Jänner 2025", "2025-01-03"),
        ("2025-02-04", "2025-02-04"),
        ("Aktualisiert am 4. Februar 2025", None),
        ("Stand: 04.02.2025", None),
        ("Publiziert: 44.02.2025", None),
        ("Publiziert heute um 11:02 Uhr", None),
    ],
)
def test_published(line: str, date: str | None) -> None:
    assert seen(f"Bad bleibt zu\n{line}\n\n{PARAGRAPH}\n").published == date


def test_a_date_after_the_article_is_not_when_it_was_published() -> None:
    assert seen(f"Bad bleibt zu\n\n{PARAGRAPH}\n\n{SECOND}\n\nWahlen: 04.02.2025\n").published is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"Titel\n\nBern (abc) – {PARAGRAPH}", ("abc",)),
        (f"Titel\n\n(dpa) {PARAGRAPH}", ("dpa",)),
        (f"Titel\n\nWien/Bern (apa/red). {PARAGRAPH}", ("apa",)),
        (f"Titel\n\nBERN (red). {PARAGRAPH}", ()),
        (f"Titel\n\n{PARAGRAPH}\n\n{SECOND} (sda/rki)", ("sda",)),
        (f"Titel\n\n{PARAGRAPH}\n\ndpa/AFP", ("dpa", "AFP")),
        (f"Titel\n\n{PARAGRAPH}\n\nMit Material der dpa und der AFP", ("dpa", "AFP")),
        (f"Titel\n\nEin Artikel von\n\n{PARAGRAPH}\n\nWeitere Artikel von blatt-online:", ("blatt-online",)),
        (f"Titel\n\nEin Artikel von blatt-online\n\n{PARAGRAPH}", ("blatt-online",)),
        (f"Titel\n\nDieser Artikel erschien zuerst im «Landboten».\n\n{PARAGRAPH}", ("Landboten",)),
        (f"Titel\n\nAmrein (parteilos) sagte: {PARAGRAPH}", ()),
        (f"Titel\n\n{PARAGRAPH}", ()),
    ],
)
def test_credits(text: str, names: tuple[str, ...]) -> None:
    assert seen(text).credits == names


def test_the_title_is_the_first_line_that_is_no_furniture() -> None:
    assert seen(f"Sport > Schwimmen\nBad bleibt zu4.2.2025\n\n{PARAGRAPH}").title == "Bad bleibt zu"
    assert seen(f"{PARAGRAPH}\n\n{SECOND}").title is None
    assert seen("Bad bleibt zu").title is None
