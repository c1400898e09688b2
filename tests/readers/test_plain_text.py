"""Plain text: the text of the file unchanged, or a reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapes import PARAGRAPH, SECOND

from inquit.readers import Limits, article_id, read_bytes, read_text
from inquit.records import REASONS, Article, Rejected

TEXT = f"Bad bleibt zu\r\n\r\n{PARAGRAPH}\r\n\r\n{SECOND}\n\u2028 „Übel“, sagte er.\u00a0\n"
GERMAN_LINES = st.lists(st.sampled_from([PARAGRAPH, SECOND, "Der Satz ist da.", "\n", "\r\n", "\t", "ä\u0308", " "]))


def article(data: bytes, **options: str) -> Article:
    result = read_bytes(data, origin="test", **options)  # type: ignore[arg-type]
    assert isinstance(result, Article), result
    return result


def reason(data: bytes, **options: object) -> str:
    result = read_bytes(data, origin="test", **options)  # type: ignore[arg-type]
    assert isinstance(result, Rejected), result
    assert result.detail
    assert "\n" not in result.detail
    return result.reason


def test_the_text_of_a_file_is_unchanged() -> None:
    assert article(TEXT.encode()).text == TEXT


def test_a_byte_order_mark_is_dropped() -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert article(TEXT.encode(encoding)).text == TEXT


@settings(max_examples=50, deadline=None)
@given(GERMAN_LINES.map("".join))
def test_every_german_text_comes_back_unchanged(text: str) -> None:
    result = read_bytes(text.encode(), origin="test")
    if text.strip():
        assert isinstance(result, Article)
        assert result.text == text
        assert result.language == "de"
    else:
        assert isinstance(result, Rejected)
        assert result.reason == "empty"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", ".txt", ".pdf", ".05 x"]))
def test_no_bytes_raise(data: bytes, suffix: str) -> None:
    result = read_bytes(data, origin="test", suffix=suffix)
    if isinstance(result, Rejected):
        assert result.reason in REASONS
        assert result.reason != "failed"
    else:
        assert result.text.strip()
        result.text.encode()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_string_raises(text: str) -> None:
    result = read_text(text, origin="test")
    assert isinstance(result, Rejected) or result.text == text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        ("\ufeff \n".encode(), "empty"),
        (b"%PDF-1.7 \n Der Text ist da.", "binary"),
        (b"PK\x03\x04" + bytes(200), "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00\x01\x02 der die das" * 40, "binary"),
        (b"The minister said that she was not there and that it was not her fault.", "language"),
    ],
)
def test_what_is_no_german_text_is_rejected_with_its_reason(data: bytes, expected: str) -> None:
    assert reason(data) == expected


def test_a_rejected_language_is_named() -> None:
    result = read_text("Le ministre a dit que la loi est dans les mains des juges et qu'il ne peut pas.", origin="test")
    assert isinstance(result, Rejected)
    assert "French (fr)" in result.detail


def test_too_large_is_rejected() -> None:
    assert reason(TEXT.encode(), limits=Limits(max_bytes=100)) == "too large"
    too_long = read_text(TEXT, origin="test", limits=Limits(max_bytes=100))
    assert isinstance(too_long, Rejected)
    assert too_long.reason == "too large"


def test_a_string_with_half_of_a_surrogate_pair_is_rejected() -> None:
    result = read_text("Der Text \ud83d ist halb.", origin="test")
    assert isinstance(result, Rejected)
    assert result.reason == "encoding"


def test_a_suffix_that_names_another_type_of_file_is_unsupported() -> None:
    assert reason(TEXT.encode(), suffix=".docx") == "unsupported"
    assert article(TEXT.encode(), suffix=".05 Bad").text == TEXT
    assert reason(TEXT.encode(), format="docx") == "unsupported"


def test_what_the_text_says_of_itself_is_in_the_record() -> None:
    text = f"Bad bleibt zu\n4.2.2025, 16.20 Uhr\nVon Anna Beispiel\n\nBern (sda) {PARAGRAPH}\n"
    result = article(text.encode())
    assert (result.title, result.authors, result.published) == ("Bad bleibt zu", ("Anna Beispiel",), "2025-02-04T16:20")
    assert (result.credits, result.outlet, result.url, result.origin) == (("sda",), None, None, "test")


def test_ids_come_from_the_content() -> None:
    assert article_id("Der Text") == article_id("Der Text") == "81e5f756c1aa4535"
    assert article(b"Der Text ist da.").id == article_id("Der Text ist da.")
    ids = {article_id("a"), article_id("b"), article_id("a", "https://a.example"), article_id("a", "https://b.example")}
    assert len(ids) == 4
    assert article_id("\ud800")
