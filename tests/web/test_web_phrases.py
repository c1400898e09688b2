"""The interface speaks German and English, and both wholly."""

import re
import string
from importlib.resources import files
from pathlib import Path

import pytest
from webpages import Visitor, harmless

from inquit import web
from inquit.records import KINDS, MEDIA, NAMINGS, REASONS, STANCES, TYPES
from inquit.web.phrases import LANGUAGES, Phrases, phrases, preferred

ROOM = Path(str(files(web)))
WRITTEN = "\n".join(path.read_text("utf-8") for path in [*ROOM.rglob("*.html"), *ROOM.rglob("*.py")])


def table(language: str) -> dict[str, str | dict[str, str]]:
    return dict(phrases(language)._words)  # type: ignore[arg-type]


def places(text: str | dict[str, str]) -> set[str]:
    told = text if isinstance(text, str) else " ".join(text.values())
    return {name for _, name, _, _ in string.Formatter().parse(told) if name}


def test_both_catalogues_have_the_same_keys_and_places() -> None:
    english, german = table("en"), table("de")
    assert set(english) == set(german)
    assert [key for key in english if places(english[key]) != places(german[key])] == []
    assert [key for key in english if isinstance(english[key], str) != isinstance(german[key], str)] == []
    assert [key for key, text in german.items() if not text] == []


def test_every_key_that_is_asked_for_is_there() -> None:
    asked = set(re.findall(r"""\bt\(["']([a-z_.]+[a-z_])["'][,)]""", WRITTEN))
    assert len(asked) > 100
    assert asked - set(table("en")) == set()


def test_no_key_is_there_for_nothing() -> None:
    beginnings = set(re.findall(r"""\bt\(f?["']([a-z_]+\.)["'{]""", WRITTEN)) | {"error.", "reason."}
    beginnings |= {f"{room}." for room in re.findall(r"""'([a-z]+)'\) \}\}""", WRITTEN)}  # as macros are given them
    exact = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)?)["']""", WRITTEN))
    unused = {key for key in table("en") if key not in exact and not key.startswith(tuple(beginnings))}
    assert unused == set()


@pytest.mark.parametrize(
    ("room", "values"),
    [
        ("type", TYPES),
        ("medium", MEDIA),
        ("stance", STANCES),
        ("naming", NAMINGS),
        ("kind", KINDS),
        ("reason", [reason.replace(" ", "_") for reason in REASONS]),
    ],
)
def test_every_label_has_words(room: str, values: tuple[str, ...]) -> None:
    assert [value for value in values if not phrases("de").has(f"{room}.{value}")] == []


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en-GB", "en"),
        ("fr, en;q=0.3, de;q=0.7", "de"),
        ("fr", "en"),
        ("de;q=x, en;q=0.1", "en"),
        (";;;,,,q=", "en"),
        (None, "en"),
    ],
)
def test_the_language_is_the_one_the_browser_prefers(header: str | None, language: str) -> None:
    assert preferred(header) == language


def test_numbers_and_times_are_those_of_the_language() -> None:
    german, english = phrases("de"), phrases("en")
    assert (german.number(12345), english.number(12345)) == ("12.345", "12,345")
    assert (german.when("2025-05-07T12:10:00+02:00"), english.when("2025-05-07 12:10")) == (
        "7.5.2025, 12:10",
        "2025-05-07, 12:10",
    )
    assert (german.when("2025-05"), german.when(None), german.when("<b>")) == ("5.2025", "", "<b>")
    assert german("count.statements", n=1) == "1 Aussage"
    assert german("count.statements", n=1200) == "1.200 Aussagen"


def test_values_are_never_taken_for_places() -> None:
    told = Phrases("en", {"key": "by {who}"})
    assert told("key", who="{who} {0} %s") == "by {who} {0} %s"


def test_a_visitor_chooses_and_the_choice_is_kept(visitor: Visitor) -> None:
    assert visitor.get("/search").headers["content-language"] == "en"
    chosen = visitor.get("/search?words=x&lang=de")
    assert chosen.headers["content-language"] == "de"
    assert "inquit-language=de" in chosen.headers["set-cookie"]
    assert visitor.get("/search").headers["content-language"] == "de"
    assert visitor.get("/search?lang=en").headers["content-language"] == "en"
    assert visitor.get("/search?lang=../../etc").headers["content-language"] == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language(visitor: Visitor, language: str) -> None:
    page = harmless(visitor.get("/sources", params={"lang": language}))
    assert page.named("html")[0]["lang"] == language
    visitor.get("/?lang=en")
