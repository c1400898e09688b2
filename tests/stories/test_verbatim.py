import pytest
from story_corpus import article, ledger

from inquit.languages import language
from inquit.records import Ledger
from inquit.stories import find_stories, verbatim
from inquit.stories.statements import units

CLOSES = "die Werft in Nordhaven schließe im Herbst"
FIGHTS = "man werde um jede Stelle der Schweißer kämpfen"
SOURCE = (("Hedda Brandt", "person", "named"),)


def carried(number: int) -> Ledger:
    told = f"Hedda Brandt sagte, {CLOSES}. Der Betriebsrat teilte mit, {FIGHTS}."
    text = f"Werft Nordhaven schließt\n\n{told} Stand {number}."
    return ledger(article(f"a{number}", text, f"Blatt {number}", number), [(CLOSES, SOURCE), (FIGHTS, ())])


def claims(ledgers: list[Ledger]) -> list[tuple[str, int, int, list[tuple[str, int]]]]:
    found = [claim for one in find_stories(ledgers) for claim in one.claims]
    said = [[(statement.article, statement.quotation) for statement in claim.statements] for claim in found]
    return [
        (claim.id, claim.independent_sources, len(claim.primary_sources), statements)
        for claim, statements in zip(found, said, strict=True)
    ]


def test_statements_in_the_same_words_compared_as_one_make_the_same_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    ledgers = [carried(number) for number in range(6)]
    expected = claims(ledgers)
    monkeypatch.setattr(verbatim, "MANY", 3)
    assert claims(ledgers) == expected
    assert [len(statements) for *_, statements in expected] == [6, 6]


def test_few_statements_are_each_compared() -> None:
    found = [unit for number in range(2) for unit in units(carried(number), language("de"))]
    assert verbatim.verbatim(found).same == ((0,), (1,), (2,), (3,))


def test_of_too_many_wordings_the_later_ones_are_left_out_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(verbatim, "MANY", 0)
    monkeypatch.setattr(verbatim, "MOST", 1)
    assert [statements for *_, statements in claims([carried(0), carried(1)])] == [[("a0", 0), ("a1", 0)]]
    assert "2 statements of a story" in caplog.text
