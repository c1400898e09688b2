"""Encodings: the old ones of German text are read right, doubt is reported."""

import logging

import pytest

from inquit.readers import read_bytes
from inquit.readers.encoding import Decoded, Undecodable, decode
from inquit.records import Article

SENTENCES = [
    "Die Bürgermeisterin sagte: „Das müssen wir prüfen.“",
    "Der Präsident sei „überrascht“ gewesen – mehr nicht.",
    "Für die Größe der Straße gebe es keine Begründung, heißt es.",
    "«Schön wär’s», sagte die Gemeindeschreiberin.",
    "Zürich",
]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_old_encodings_of_german_are_read_right(encoding: str, sentence: str) -> None:
    decoded = decode(sentence.encode(encoding))
    assert isinstance(decoded, Decoded)
    assert decoded.text == sentence


@pytest.mark.parametrize("encoding", ["cp850", "iso8859_15"])
def test_older_ones_too_where_they_have_the_letters(encoding: str) -> None:
    text = "Über die Größe der Straße müsse man später noch einmal reden, hieß es aus Köln."
    decoded = decode(text.encode(encoding))
    assert isinstance(decoded, Decoded)
    assert decoded.text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding: str) -> None:
    decoded = decode(SENTENCES[0].encode(encoding))
    assert isinstance(decoded, Decoded)
    assert (decoded.text, decoded.encoding) == (SENTENCES[0], encoding)


def test_a_text_cut_in_the_middle_of_a_letter_is_read_and_reported() -> None:
    decoded = decode("Die Bürgermeisterin prüft die Größ".encode() + "ß".encode()[:1])
    assert isinstance(decoded, Decoded)
    assert decoded.text == "Die Bürgermeisterin prüft die Größ\N{REPLACEMENT CHARACTER}"
    assert decoded.doubt


def test_valid_utf_8_is_never_in_doubt_whatever_the_document_says() -> None:
    decoded = decode(SENTENCES[0].encode(), declared="iso-8859-1")
    assert decoded == Decoded(SENTENCES[0], "utf-8")


@pytest.mark.parametrize("declared", ["iso-8859-1", "ISO-8859-15", "windows-1252", " 'latin1' "])
def test_what_the_document_declares_is_tried_first(declared: str) -> None:
    decoded = decode("Größe über alles, Ärger".encode("cp1252"), declared=declared)
    assert isinstance(decoded, Decoded)
    assert decoded.text == "Größe über alles, Ärger"


@pytest.mark.parametrize("declared", ["no-such-encoding", "base64", "utf-7\0", "utf-8", "rot13", "", "idna"])
def test_a_declaration_that_makes_no_sense_does_no_harm(declared: str) -> None:
    decoded = decode("Größe über alles".encode("cp1252"), declared=declared)
    assert isinstance(decoded, Decoded)
    assert decoded.text == "Größe über alles"


def test_a_mark_that_lies_is_an_error() -> None:
    result = decode(b"\xef\xbb\xbf" + bytes(range(128, 256)) * 10)
    assert isinstance(result, Undecodable)
    assert result.reason == "encoding"


def test_cyrillic_in_an_old_encoding_is_no_german() -> None:
    text = "Министр во вторник отвергла обвинения и заявила, что её никто не предупреждал до закрытия моста. " * 3
    result = read_bytes(text.encode("cp1251"), origin="test")
    assert not isinstance(result, Article)
    assert result.reason in {"language", "encoding"}


def test_doubt_is_reported_with_the_origin(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "inquit.readers"):
        read_bytes("Die Größe ist für die Straße richtig.".encode(), origin="certain.txt")
        assert caplog.records == []
        read_bytes("Die Größe ist für die Straße richtig.".encode() + b"\xc3", origin="cut.txt")
    assert "cut.txt" in caplog.text
