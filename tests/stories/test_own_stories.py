"""The annotated stories of the training folder: what a text says is what its ledger and gold say."""

from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT))
    from training import own_stories

    return own_stories


def test_marks_leave_the_text_and_nested_quotations_know_their_parent(own: Any) -> None:
    text, marked = own.unmarked("Er sagte, {c1|ein Mann/pa||sie habe gesagt, {c1 -c2|ein Mann/pa>sie/pd|d|es reiche}}.")
    assert text == "Er sagte, sie habe gesagt, es reiche."
    outer, inner = marked
    assert text[outer.begin : outer.end] == "sie habe gesagt, es reiche"
    assert text[inner.begin : inner.end] == "es reiche"
    assert (outer.parent, inner.parent) == (None, 0)
    assert (inner.makes, inner.denies, inner.stance) == (("c1",), ("c2",), "deny")


@pytest.mark.parametrize("path", sorted((ROOT / "training" / "stories").glob("*.txt")), ids=lambda path: path.stem)
def test_each_story_is_whole(own: Any, path: Path) -> None:
    texts, head = own.read(path)
    truth = own.gold(texts, head)
    names = {claim["id"] for claim in truth["claims"]}
    assert len(texts) >= 5
    assert all("{" not in one.text and "}" not in one.text for one in texts)
    for one in texts:
        ledger = own.ledger(one, {other.outlet for other in texts})
        assert all(set(mark.makes) | set(mark.denies) <= names for mark in one.marked)
        for quotation in ledger["quotations"]:
            assert all(0 <= begin < end <= len(one.text) for begin, end in quotation["quote"])
    for claim in truth["claims"]:
        assert claim["statements"]
        assert claim["independent_sources"] <= len(claim["primary_sources"])
