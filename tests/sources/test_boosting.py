"""How trees are grown, and the articles written to learn disputes from."""

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest

from inquit.records import Quotation, Span, Stance
from inquit.sources.trees import trees_of

if TYPE_CHECKING:
    from training.own_stories import Text

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("a", "b", "c")


@pytest.fixture(autouse=True)
def training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


def table() -> tuple[np.ndarray, np.ndarray]:
    """Rows of which those are true whose first two numbers differ; the third tells nothing."""
    chance = np.random.default_rng(5)
    rows = np.column_stack([chance.integers(0, 2, 400), chance.integers(0, 2, 400), chance.random(400)]).astype(float)
    return rows, (rows[:, 0] != rows[:, 1]).astype(float)


def test_trees_learn_what_no_sum_of_single_numbers_says() -> None:
    from training.boosting import Growth, grown

    rows, truth = table()
    made = trees_of(grown(rows, truth, NAMES, Growth(number=200, columns=1.0)))
    assert ((made.probabilities(rows) > 0.5) == truth).all()
    assert made.probabilities(np.array([[0.0, 1.0, 0.3], [1.0, 1.0, 0.3]])) == pytest.approx([1.0, 0.0], abs=0.1)


def test_the_same_seed_grows_the_same_trees_and_several_are_averaged() -> None:
    from training.boosting import Growth, ensemble, grown

    rows, truth = table()
    growth = Growth(number=10)
    assert grown(rows, truth, NAMES, growth) == grown(rows, truth, NAMES, growth)
    both = ensemble(rows, truth, NAMES, growth, 2)
    assert len(both["columns"]) == 20
    assert np.abs(both["leaves"]).max() < np.abs(grown(rows, truth, NAMES, growth)["leaves"]).max()


def assert_sources_stand_in(article: "Text") -> None:
    """No mark is left in the text, and each source is named as it stands there."""
    from training.own_stories import ledger

    assert not re.search(r"[{}|]", article.text), article.name
    for quotation in ledger(article, set())["quotations"]:
        for link in quotation["chain"]:
            begin, end = link["mention"]
            assert article.text[begin:end].casefold() == link["name"].casefold(), article.name


def test_each_claim_that_an_own_article_denies_is_made_there_and_each_source_stands_there() -> None:
    from training.own_stories import read

    articles = [one for path in sorted((ROOT / "training" / "disputes").glob("*.txt")) for one in read(path)[0]]
    assert len(articles) > 40
    for article in articles:
        makes = {claim for one in article.marked for claim in one.makes}
        assert {claim for one in article.marked for claim in one.denies} <= makes, article.name
        assert_sources_stand_in(article)


def test_each_source_of_an_article_about_stances_stands_there_and_each_stance_is_shown_often() -> None:
    from training.own_stories import read

    articles = [one for path in sorted((ROOT / "training" / "stances").glob("*.txt")) for one in read(path)[0]]
    shown = Counter(one.stance for article in articles for one in article.marked)
    assert min(shown[stance] for stance in get_args(Stance)) > 30
    for article in articles:
        assert_sources_stand_in(article)


def test_a_read_quotation_is_the_gold_one_that_it_has_most_of_and_no_gold_one_twice() -> None:
    from training.own_articles import matched

    gold = {7: {"quote": [[0, 20]]}, 8: {"quote": [[30, 60]]}}
    read = [
        Quotation(id=number, quote=(Span(*span),), type="Indirect", medium="Speech", confidence=1.0)
        for number, span in ((0, (2, 20)), (1, (0, 20)), (2, (30, 34)), (3, (28, 58)))
    ]
    assert matched(gold, read) == {1: 7, 3: 8}
