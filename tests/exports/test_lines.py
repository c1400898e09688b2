import json

from exporting import evil, judged, written
from exportsamples import few, ledgers, sample
from hypothesis import given

from inquit.exports import to_json
from inquit.exports.lines import to_jsonl
from inquit.records import Ledger


def test_without_verdicts_a_line_is_the_ledger_format() -> None:
    assert written(to_jsonl, sample(), sample()) == (to_json(sample()) + b"\n") * 2


def test_what_people_and_the_corpus_know_stands_beside_the_ledger() -> None:
    content = json.loads(written(to_jsonl, judged()))
    corpus = content.pop("corpus")
    assert content == json.loads(to_json(sample()))
    assert corpus["verdicts"]["0"]["judgement"] == "right"
    assert corpus["verdicts"]["0"]["note"] == "checked by phone"
    assert corpus["verdicts"]["7"]["judgement"] == "wrong"
    assert corpus["sources"] == {"0": "s0a", "1": "s0a", "2": "s0a", "5": "s0b", "6": "s0b"}


@few
@given(ledgers())
def test_any_ledger_is_one_line(ledger: Ledger) -> None:
    assert len(written(to_jsonl, ledger).decode().splitlines()) == 1


def test_hostile_text_is_one_line_of_json() -> None:
    assert len(json.loads(written(to_jsonl, evil()))["quotations"]) == 9
