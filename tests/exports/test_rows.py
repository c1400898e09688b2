from exportsamples import few, hostile, ledgers, sample
from hypothesis import given

from inquit.exports import rows, to_notebook
from inquit.records import Ledger


@few
@given(ledgers())
def test_rows_are_flat_and_alike(ledger: Ledger) -> None:
    found = rows(ledger)
    assert len(found) == len(ledger.quotations)
    assert len({tuple(row) for row in found}) <= 1
    assert all(value is None or isinstance(value, str | int | float) for row in found for value in row.values())


def test_a_row_says_who_on_whose_word_and_who_disputes_it() -> None:
    row = rows(sample())[0]
    assert row["quote"] == "ist der Umbau offenbar gestoppt"
    assert row["source"] == "ein früherer Beamter"
    assert row["source_naming"] == "described"
    assert row["chain"] == "Hafenpost ← ein früherer Beamter"
    assert row["links"] == 2
    assert row["disputed_by"] == "Ada Lenz"
    assert row["hedges"] == "offenbar"
    assert row["confidence"] == 0.9
    assert row["article"] == "a1"


def test_a_statement_without_a_source_has_none() -> None:
    row = rows(sample())[-1]
    assert row["source"] is None
    assert row["chain"] is None
    assert row["links"] == 0


def test_a_notebook_shows_the_balance_and_every_statement() -> None:
    shown = to_notebook(sample())
    assert "4 of 8 statements rest on one unnamed source" in shown
    assert shown.count("<tr>") == len(sample().quotations) + 1
    assert "disputed by Ada Lenz" in shown


def test_a_notebook_shows_hostile_text_harmlessly() -> None:
    shown = to_notebook(hostile())
    assert "<script" not in shown
    assert "<img" not in shown
    assert "\x1b" not in shown
