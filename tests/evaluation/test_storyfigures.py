"""The figures of story sets: what counts as found, and what is counted once."""

from typing import Any

import pytest


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Any:
    from pathlib import Path

    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    from benchmarks import storyfigures

    return storyfigures


def statement(article: str, begin: int, end: int) -> dict[str, Any]:
    return {"article": article, "quote": [[begin, end]]}


def claim(*statements: dict[str, Any], **kw: Any) -> dict[str, Any]:
    known = {"denied_by": [], "primary_sources": [{"name": "Hedda Brandt"}], "independent_sources": 1}
    return {"statements": list(statements), "circular": False, **known, **kw}


def test_a_claim_that_is_found_whole_has_all_figures(figures: Any) -> None:
    gold = claim(statement("a", 0, 10), statement("b", 0, 10), denied_by=[statement("b", 20, 30)])
    assert set(figures.claim_figures([gold], [gold]).values()) == {100.0}


def test_half_of_the_characters_make_the_same_statement(figures: Any) -> None:
    assert figures.same_statement(statement("a", 0, 10), statement("a", 5, 15))
    assert not figures.same_statement(statement("a", 0, 10), statement("a", 6, 16))
    assert not figures.same_statement(statement("a", 0, 10), statement("b", 0, 10))


def test_a_statement_given_twice_is_found_once(figures: Any) -> None:
    one = statement("a", 0, 10)
    assert figures.matched([one, one], [one], figures.same_statement) == 1


def test_a_claim_of_other_statements_is_not_the_one(figures: Any) -> None:
    gold, other = claim(statement("a", 0, 10)), claim(statement("a", 50, 60))
    found = figures.claim_figures([gold], [other])
    assert found["claims"] == found["independent"] == found["circular"] == found["primary"] == 0.0


def test_sources_are_compared_by_their_names(figures: Any) -> None:
    gold = claim(statement("a", 0, 10))
    surname = claim(statement("a", 0, 10), primary_sources=[{"name": "Brandt"}, {"name": "ein Insider"}])
    assert figures.claim_figures([gold], [surname])["primary"] == pytest.approx(200 / 3)


def test_links_are_compared_with_and_without_their_kind(figures: Any) -> None:
    gold = [{"from": "b", "to": "a", "how": "rewrite"}]
    found = [{"articles": ["a", "b"], "links": [{"from": "b", "to": "a", "how": "cites"}]}]
    result = figures.link_figures({"a", "b"}, gold, found)
    assert result == {"grouped": 100.0, "links": 100.0, "links_how": 0.0, "copies": 100.0}
