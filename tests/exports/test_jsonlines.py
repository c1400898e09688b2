import json
from dataclasses import fields

import pytest
from exportsamples import HOSTILE, few, hostile, ledgers, sample
from hypothesis import given

from inquit.errors import RejectedError
from inquit.exports import from_json, to_json
from inquit.records import Ledger, Quotation, Span


@few
@given(ledgers(surrogates=False))
def test_what_is_written_reads_the_same(ledger: Ledger) -> None:
    assert from_json(to_json(ledger)) == ledger


@few
@given(ledgers())
def test_a_ledger_is_one_line_for_every_program(ledger: Ledger) -> None:
    assert len(to_json(ledger).decode().splitlines()) == 1


def test_keys_have_the_order_of_the_format() -> None:
    content = json.loads(to_json(sample()))
    assert list(content) == ["article", "quotations", "summary"]
    assert list(content["article"]) == (
        ["id", "origin", "language", "title", "outlet", "credits", "authors", "url", "published", "text", "furniture"]
    )
    assert " ".join(content["quotations"][0]) == (
        "id type medium parent quote speaker cue frame addressee chain stance hedges disputes supports confidence why"
    )
    assert list(content["quotations"][0]["chain"][0]) == ["mention", "name", "kind", "naming"]


def test_every_field_of_the_records_is_written() -> None:
    content = json.loads(to_json(sample()))
    assert set(content["article"]) == {field.name for field in fields(sample().article)}
    assert set(content["quotations"][0]) == {field.name for field in fields(Quotation)}
    assert set(content["summary"]) == {field.name for field in fields(sample().summary)}


def test_spans_are_pairs_and_nothing_is_null() -> None:
    content = json.loads(to_json(sample()))
    text = content["article"]["text"]
    [(begin, end)] = content["quotations"][2]["quote"]
    assert text[begin:end] == "«Wir haben seit Mai nichts mehr gebaut.»"
    assert content["quotations"][0]["parent"] is None


def test_half_a_surrogate_pair_does_not_break_the_line_or_move_offsets() -> None:
    content = json.loads(to_json(hostile()))
    [(begin, end)] = content["quotations"][-1]["quote"]
    assert content["article"]["text"][begin:end] == HOSTILE.replace("\ud800", "\ufffd")


def test_annotations_by_hand_are_completed() -> None:
    line = json.dumps(
        {
            "article": {"id": "x", "text": "Er sagte, sie sagte, es regne."},
            "quotations": [
                {"id": 4, "type": "Indirect", "nested": False, "quote": [[10, 29]]},
                {"id": 7, "type": "Indirect", "nested": True, "quote": [[21, 29]], "speaker": [[10, 13]]},
            ],
        }
    )
    ledger = from_json(line)
    assert [quotation.parent for quotation in ledger.quotations] == [None, 4]
    assert ledger.quotations[1].speaker == (Span(10, 13),)
    assert ledger.quotations[0].confidence == 1.0
    assert ledger.summary.statements == 2


@pytest.mark.parametrize(
    "line",
    [b"", b"{", b"[]", b"{}", b'{"article": {}}', b'{"article": {"text": "x"}, "quotations": [{"type": "Direct"}]}',
     b'{"article": {"text": "x"}, "quotations": [{"type": "Loud", "quote": [[0, 1]]}]}', b"\xff", b"[" * 100_000,
     b'{"article": {"text": "x"}, "quotations": [{"type": "Direct", "quote": [], "nested": true}, 3]}'],
)  # fmt: skip
def test_anything_else_is_rejected_with_a_reason(line: bytes) -> None:
    with pytest.raises(RejectedError, match="not a ledger"):
        from_json(line)
